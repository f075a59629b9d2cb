// Whether a requester may be called about a callback now: never a listed number, inside the windows, not too often.
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { toIso } from '../../../kernel/time/index.ts'
import { setting, tenantById } from '../../platform/index.ts'
import { outboundOpen } from '../../telephony/index.ts'
import { db, type TaskRow } from '../callback.queries.ts'
import { callingWindow } from '../settings.ts'
import { contactLimit } from './outbound.settings.ts'
import { countedSince, freeAgainAt, mayCall, type Strategy, type Window } from './strategy.ts'

const everyDay = [1, 2, 3, 4, 5, 6, 7]
export type NotNow = { rule: string; reason: string; until?: string; /** Waiting does not help. */ never?: true }

export async function isListed(ctx: Ctx, phoneHash: string | null): Promise<boolean> {
  if (phoneHash === null) return false
  const found = await db(ctx).selectFrom('callback_do_not_call').select('id').where('tenant_id', '=', ctx.tenantId).where('phone_hash', '=', phoneHash).where('removed_at', 'is', null).where((eb) => eb.or([eb('until_at', 'is', null), eb('until_at', '>', ts(ctx.clock.now()))])).executeTakeFirst()
  return found !== undefined
}

/** The strategy of the task's plan, else what the tenant has set for all. */
async function strategyOf(ctx: Ctx, task: Pick<TaskRow, 'plan_id'>): Promise<Strategy> {
  const { contacts, days } = await setting(ctx, contactLimit)
  const common: Strategy = { weekdays: everyDay, windows: [await setting(ctx, callingWindow)], contacts, contactDays: days }
  if (task.plan_id === null) return common
  const row = await db(ctx).selectFrom('callback_plan as p').innerJoin('callback_strategy as s', (join) => join.onRef('s.tenant_id', '=', 'p.tenant_id').onRef('s.id', '=', 'p.strategy_id')).select(['s.weekdays', 's.windows', 's.contacts', 's.contact_days']).where('p.tenant_id', '=', ctx.tenantId).where('p.id', '=', task.plan_id).executeTakeFirst()
  return row ? { weekdays: row.weekdays, windows: row.windows as Window[], contacts: row.contacts, contactDays: row.contact_days } : common // written by saveStrategy only, in this shape
}

/** Null where the call may be made now. Reaching nobody is no contact. */
export async function notNow(ctx: Ctx, task: Pick<TaskRow, 'plan_id' | 'phone_hash'>): Promise<NotNow | null> {
  if (await isListed(ctx, task.phone_hash)) return { rule: 'callback.doNotCall', reason: '该号码在免打扰名单中', never: true }
  if (task.plan_id !== null) {
    const plan = await db(ctx).selectFrom('callback_plan').select('state').where('tenant_id', '=', ctx.tenantId).where('id', '=', task.plan_id).executeTakeFirst()
    if (plan?.state === 'paused') return { rule: 'callback.plan', reason: '所属回访计划已暂停' }
  }
  const [{ timeZone }, strategy, now] = [await tenantById(ctx, ctx.tenantId), await strategyOf(ctx, task), ctx.clock.now()]
  if (!(await outboundOpen(ctx)) || !mayCall(strategy, now, timeZone)) return { rule: 'callback.window', reason: '现在不在可拨时段' }
  if (task.phone_hash === null) return null
  const { n } = await db(ctx).selectFrom('callback_contact').select((eb) => eb.fn.countAll<number>().as('n')).where('tenant_id', '=', ctx.tenantId).where('phone_hash', '=', task.phone_hash).where('at', '>=', ts(countedSince(now, strategy.contactDays, timeZone))).executeTakeFirstOrThrow()
  return Number(n) >= strategy.contacts ? { rule: 'callback.contactLimit', reason: `该诉求人 ${strategy.contactDays} 天内已接通 ${n} 次`, until: toIso(freeAgainAt(now, timeZone)) } : null
}
