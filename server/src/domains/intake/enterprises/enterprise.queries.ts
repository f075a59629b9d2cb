// Rows of enterprise accounts and of the people who act for them.
import type { Selectable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { defineErrors, kernelErrors } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/runtime.ts'
import { setting } from '../../platform/index.ts'
import { db } from '../accounts/account.queries.ts'
import type { IntakeTables } from '../tables.gen.ts'
import { contactsSeeAll, enterpriseLevels } from './enterprise.settings.ts'
import { chatPriority, levelOf, type AccessRule, type EnterpriseState, type LevelRule, type Role } from './enterprise.ts'

export type EnterpriseRow = Selectable<IntakeTables['intake_enterprise']>
export type ContactRow = Selectable<IntakeTables['intake_enterprise_contact']>
/** Licences hang on the account as on an object of this type. */
export const ENTERPRISE = 'enterpriseAccount'

export const enterpriseFail = defineErrors('intake', {
  enterpriseTaken: { status: 409, title: '该企业已有账号，请联系企业管理员把您加为联系人' },
  enterpriseState: { status: 409, title: '企业账号{state}，不能{act}' },
  enterpriseClosed: { status: 403, title: '企业账号{state}，不能以企业名义提交' },
  enterpriseAdminOnly: { status: 403, title: '只有企业管理员可以操作' },
  lastAdmin: { status: 409, title: '至少保留一名管理员' },
})

export async function enterpriseById(ctx: Ctx, id: string, lock = false): Promise<EnterpriseRow> {
  const query = db(ctx).selectFrom('intake_enterprise').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id)
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  return row
}

const memberships = (ctx: Ctx) => db(ctx).selectFrom('intake_enterprise_contact').where('tenant_id', '=', ctx.tenantId).where('left_at', 'is', null).where('account_id', '=', ctx.actor.kind === 'citizen' ? ctx.actor.id : null)

/** The enterprise and the acting citizen's role in it; for everybody else it does not exist. */
export async function ownEnterprise(ctx: Ctx, id: string): Promise<{ row: EnterpriseRow; role: Role }> {
  const held = await memberships(ctx).select('role').where('enterprise_id', '=', id).executeTakeFirst()
  if (!held) throw kernelErrors('notFound')
  return { row: await enterpriseById(ctx, id), role: held.role as Role } // held to the list by a check constraint
}

export async function ownMemberships(ctx: Ctx): Promise<{ row: EnterpriseRow; role: Role }[]> {
  const held = await memberships(ctx).select(['enterprise_id', 'role']).execute()
  if (held.length === 0) return []
  const rows = await db(ctx).selectFrom('intake_enterprise').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', 'in', held.map((h) => h.enterprise_id)).orderBy('created_at').execute()
  return rows.map((row) => ({ row, role: held.find((h) => h.enterprise_id === row.id)?.role as Role }))
}

export const seesAll = async (ctx: Ctx, role: Role): Promise<boolean> => role === 'admin' || (await setting(ctx, contactsSeeAll))

/** The enterprise in whose name the acting citizen submits. @throws intake.enterpriseClosed while it is not active */
export async function submittingEnterprise(ctx: Ctx, id: string, stateName: (state: EnterpriseState) => string): Promise<EnterpriseRow> {
  const { row } = await ownEnterprise(ctx, id)
  if (row.state !== 'active') throw enterpriseFail('enterpriseClosed', { rule: 'enterprise.state', params: { state: stateName(row.state as EnterpriseState) } })
  return row
}

/** An order that was submitted in the name of an enterprise whose orders the acting citizen may see. */
export async function mayFollowOrder(ctx: Ctx, orderId: string): Promise<boolean> {
  const found = await db(ctx).selectFrom('intake_submission').select(['enterprise_id', 'account_id']).where('tenant_id', '=', ctx.tenantId).where('order_id', '=', orderId).executeTakeFirst()
  if (!found?.enterprise_id) return false
  const held = await memberships(ctx).select('role').where('enterprise_id', '=', found.enterprise_id).executeTakeFirst()
  return held !== undefined && (found.account_id === ctx.actor.id || (await seesAll(ctx, held.role as Role)))
}

const num = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value))
export const figuresOf = (row: EnterpriseRow) => ({ staff: row.staff_count, revenue: num(row.revenue), tax: num(row.tax), employed: row.employed })

/** Set by hand with a reason, else by rule. */
export function levelUnder(rules: readonly LevelRule[], row: EnterpriseRow): LevelRule | null {
  return (row.level_reason === null ? undefined : rules.find((rule) => rule.code === row.level)) ?? levelOf(rules, figuresOf(row))
}

export async function levelFor(ctx: Ctx, row: EnterpriseRow): Promise<{ level: LevelRule | null; byRule: LevelRule | null; rules: LevelRule[] }> {
  const rules = await setting(ctx, enterpriseLevels)
  return { level: levelUnder(rules, row), byRule: levelOf(rules, figuresOf(row)), rules }
}

/** Place of the acting citizen in the queue of conversations and the seat that is his enterprise's own: the best of his active enterprises. */
export async function chatPlace(ctx: Ctx): Promise<{ priority: number; seatId: string | null }> {
  const rules = await setting(ctx, enterpriseLevels)
  const held = (await ownMemberships(ctx)).filter(({ row }) => row.state === 'active').map(({ row }) => ({ priority: chatPriority(row.chat_access as AccessRule, levelUnder(rules, row)), seatId: row.seat_id }))
  return held.toSorted((a, b) => b.priority - a.priority)[0] ?? { priority: 0, seatId: null }
}

/** The active enterprise for which somebody with this number acts; null for everybody else. */
export async function enterpriseOfPhone(ctx: Ctx, phoneHash: string): Promise<EnterpriseRow | null> {
  const row = await db(ctx).selectFrom('intake_account as a').innerJoin('intake_enterprise_contact as c', (j) => j.onRef('c.tenant_id', '=', 'a.tenant_id').onRef('c.account_id', '=', 'a.id')).innerJoin('intake_enterprise as e', (j) => j.onRef('e.tenant_id', '=', 'c.tenant_id').onRef('e.id', '=', 'c.enterprise_id'))
    .selectAll('e').where('a.tenant_id', '=', ctx.tenantId).where('a.phone_hash', '=', phoneHash).where('c.left_at', 'is', null).where('e.state', '=', 'active').orderBy('c.added_at').executeTakeFirst()
  return row ?? null
}

export async function logState(ctx: Ctx, row: Pick<EnterpriseRow, 'id'>, entry: { act: string; from: string | null; to: string; reason: string }): Promise<void> {
  await db(ctx).insertInto('intake_enterprise_state').values({ tenant_id: ctx.tenantId, id: newId(), enterprise_id: row.id, act: entry.act, from_state: entry.from, to_state: entry.to, reason: entry.reason, by_name: ctx.actor.name, at: ts(ctx.clock.now()) }).execute()
}
