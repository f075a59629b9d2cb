// Whether a requester may be called about a callback now: never a listed number, inside the windows, not too often.
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { toIso } from '../../../kernel/time/index.ts'
import { tenantById } from '../../platform/index.ts'
import { outboundOpen } from '../../telephony/index.ts'
import { db, type TaskRow } from '../callback.queries.ts'
import { countedSince, freeAgainAt, mayCall } from './strategy.ts'
import { offHours, offHoursLeft, strategyFor } from './task-strategy.ts'

export type NotNow = { rule: string; reason: string; until?: string; /** Waiting does not help. */ never?: true }

export async function isListed(ctx: Ctx, phoneHash: string | null): Promise<boolean> {
  if (phoneHash === null) return false
  const found = await db(ctx).selectFrom('callback_do_not_call').select('id').where('tenant_id', '=', ctx.tenantId).where('phone_hash', '=', phoneHash).where('removed_at', 'is', null).where((eb) => eb.or([eb('until_at', 'is', null), eb('until_at', '>', ts(ctx.clock.now()))])).executeTakeFirst()
  return found !== undefined
}

/** Null where the call may be made now. Reaching nobody is no contact. */
export async function notNow(ctx: Ctx, task: Pick<TaskRow, 'id' | 'order_id' | 'plan_id' | 'phone_hash'>): Promise<NotNow | null> {
  if (await isListed(ctx, task.phone_hash)) return { rule: 'callback.doNotCall', reason: '该号码在免打扰名单中', never: true }
  if (task.plan_id !== null) {
    const plan = await db(ctx).selectFrom('callback_plan').select('state').where('tenant_id', '=', ctx.tenantId).where('id', '=', task.plan_id).executeTakeFirst()
    if (plan?.state === 'paused') return { rule: 'callback.plan', reason: '所属回访计划已暂停' }
  }
  const [{ timeZone }, strategy, now] = [await tenantById(ctx, ctx.tenantId), await strategyFor(ctx, task), ctx.clock.now()]
  if (!(await outboundOpen(ctx)) || !mayCall(strategy, now, timeZone)) return { rule: 'callback.window', reason: '现在不在可拨时段' }
  if (strategy.offHoursShare < 100 && (await offHours(ctx)) && !(await offHoursLeft(ctx, task, strategy.offHoursShare))) return { rule: 'callback.offHours', reason: `非工作时间的呼叫已达计划的 ${strategy.offHoursShare}%` }
  if (task.phone_hash === null) return null
  const { n } = await db(ctx).selectFrom('callback_contact').select((eb) => eb.fn.countAll<number>().as('n')).where('tenant_id', '=', ctx.tenantId).where('phone_hash', '=', task.phone_hash).where('at', '>=', ts(countedSince(now, strategy.contactDays, timeZone))).executeTakeFirstOrThrow()
  return Number(n) >= strategy.contacts ? { rule: 'callback.contactLimit', reason: `该诉求人 ${strategy.contactDays} 天内已接通 ${n} 次`, until: toIso(freeAgainAt(now, timeZone)) } : null
}
