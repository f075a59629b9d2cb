// Numbers and segments that may not be dialled. Emergency numbers never are among them.
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { setting } from '../../platform/index.ts'
import { policyChanged } from '../events.ts'
import { emergencyNumbers } from '../settings.ts'
import { telephonyFail } from '../telephony.errors.ts'
import { db } from '../telephony.queries.ts'
import type * as contract from './line-contract.ts'

const columns = ['id', 'digits', 'segment', 'extensions', 'reason', 'created_at as createdAt', 'created_by_name as createdByName'] as const
export const barredRows = (ctx: Ctx) => db(ctx).selectFrom('telephony_barred').select(columns).where('tenant_id', '=', ctx.tenantId).orderBy('created_at', 'desc').limit(5000).execute()

export async function listBarred(ctx: Ctx) {
  authorize(ctx, 'telephony.lists')
  return { items: await barredRows(ctx) }
}

export async function addBarred(ctx: Ctx, input: Input<typeof contract.addBarred>) {
  authorize(ctx, 'telephony.lists')
  const fault = (message: string): Error => kernelErrors('invalid', { fields: [{ path: 'digits', message }] })
  const emergency = await setting(ctx, emergencyNumbers)
  if (emergency.some((n) => n === input.digits || (input.segment && n.startsWith(input.digits)))) throw fault('应急号码不能禁拨')
  const covers = (a: { digits: string; segment: boolean }, b: { digits: string; segment: boolean }): boolean => (a.segment ? b.digits.startsWith(a.digits) : !b.segment && a.digits === b.digits)
  const meets = (a: string[], b: string[]): boolean => a.length === 0 || b.length === 0 || a.some((e) => b.includes(e))
  const known = (await barredRows(ctx)).find((row) => meets(row.extensions, input.extensions) && (covers(row, input) || covers(input, row)))
  if (known) throw fault(`与已有的 ${known.digits}${known.segment ? '*' : ''} 重叠`)
  const row = { id: newId(), digits: input.digits, segment: input.segment, extensions: input.extensions, reason: input.reason }
  const now = ctx.clock.now()
  await db(ctx).insertInto('telephony_barred').values({ tenant_id: ctx.tenantId, ...row, created_at: ts(now), created_by_name: ctx.actor.name }).execute()
  ctx.audit({ module: 'telephony', act: 'addBarredNumber', objectType: 'key:barredNumber', objectId: row.id, text: `${row.digits}${row.segment ? '*' : ''}：${row.reason}` })
  ctx.publish(policyChanged({ tenantId: ctx.tenantId, what: 'barred' }))
  return { ...row, createdAt: now, createdByName: ctx.actor.name }
}

export async function removeBarred(ctx: Ctx, input: { id: string }) {
  authorize(ctx, 'telephony.lists')
  const row = await db(ctx).deleteFrom('telephony_barred').where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).returning(['id', 'digits']).executeTakeFirst()
  if (!row) throw telephonyFail('notFound')
  ctx.audit({ module: 'telephony', act: 'removeBarredNumber', objectType: 'key:barredNumber', objectId: row.id, text: row.digits })
  ctx.publish(policyChanged({ tenantId: ctx.tenantId, what: 'barred' }))
  return {}
}

/** The rule that bars a number for an extension, or null. */
export async function barringRule(ctx: Ctx, number: string, extension: string | null): Promise<string | null> {
  const digits = number.replace(/^\+/, '')
  if ((await setting(ctx, emergencyNumbers)).includes(digits)) return null
  const row = (await barredRows(ctx)).find((b) => (b.segment ? digits.startsWith(b.digits) : digits === b.digits) && (b.extensions.length === 0 || (extension !== null && b.extensions.includes(extension))))
  return row?.reason ?? null
}
