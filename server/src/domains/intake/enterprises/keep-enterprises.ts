// The staff's side: verifying, opening, pausing, closing, levels, and what an enterprise asked.
import { sql } from 'kysely'
import { authorize, can } from '../../../kernel/access.ts'
import { maskName } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { appealTypes, enterEnterprise, findEnterprise } from '../../matters/index.ts'
import { afterCursor, boundCount, filesOf, nextPage, setting, tenantById, type FileObject } from '../../platform/index.ts'
import { db } from '../accounts/account.queries.ts'
import { tellCitizen } from '../messages/tell-citizen.ts'
import { rate } from '../statistics/suppress.ts'
import type * as contract from './enterprise-contract.ts'
import { ENTERPRISE, enterpriseById, enterpriseFail, figuresOf, levelFor, levelUnder, logState, type EnterpriseRow } from './enterprise.queries.ts'
import { enterpriseLevels } from './enterprise.settings.ts'
import { accessNames, actNames, roleNames, stateNames, transitions, type EnterpriseAct, type EnterpriseState, type Role, type AccessRule } from './enterprise.ts'
import type { EnterpriseCheck } from './use-enterprise.ts'

type Whole = contract.EnterpriseAccount

export async function listEnterpriseAccounts(ctx: Ctx, input: Input<typeof contract.listEnterpriseAccounts>): Promise<Output<typeof contract.listEnterpriseAccounts>> {
  authorize(ctx, 'intake.enterprises')
  let query = db(ctx).selectFrom('intake_enterprise').where('tenant_id', '=', ctx.tenantId)
  if (input.state) query = query.where('state', '=', input.state)
  if (input.query) query = query.where(sql<boolean>`(credit_code = ${input.query.toUpperCase()} or position(${input.query} in name) > 0)`)
  const rows = await query.selectAll().where(afterCursor(input.cursor, 'created_at', 'id')).orderBy('created_at', 'desc').orderBy('id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (r) => r.created_at)
  return { items: await linesOf(ctx, page.items), next: page.next, count: await boundCount(ctx, query) }
}

type Line = Output<typeof contract.listEnterpriseAccounts>['items'][number]

/** Lines with their counts: two questions for all of them. */
async function linesOf(ctx: Ctx, rows: readonly EnterpriseRow[]): Promise<Line[]> {
  if (rows.length === 0) return []
  const ids = rows.map((row) => row.id)
  const counted = (table: 'intake_enterprise_contact' | 'intake_submission') => db(ctx).selectFrom(table).select(['enterprise_id as id', (eb) => eb.fn.countAll<number>().as('n')]).where('tenant_id', '=', ctx.tenantId).where('enterprise_id', 'in', ids).groupBy('enterprise_id')
  const contacts = new Map((await counted('intake_enterprise_contact').where('left_at', 'is', null).execute()).map((c) => [c.id, c.n]))
  const orders = new Map((await counted('intake_submission').execute()).map((c) => [c.id, c.n]))
  const rules = await setting(ctx, enterpriseLevels)
  return rows.map((row) => {
    const level = levelUnder(rules, row)
    return {
      id: row.id, name: row.name, creditCode: row.credit_code, industry: row.industry, size: row.size, state: row.state as EnterpriseState, stateName: stateNames[row.state as EnterpriseState], level: level?.code ?? null, levelName: level?.name ?? null,
      contacts: contacts.get(row.id) ?? 0, orders: orders.get(row.id) ?? 0, createdAt: row.created_at,
    }
  })
}

export async function getEnterpriseAccount(ctx: Ctx, input: Input<typeof contract.getEnterpriseAccount>): Promise<Whole> {
  authorize(ctx, 'intake.enterprises')
  return viewOf(ctx, await enterpriseById(ctx, input.id))
}

/** The whole account as its keepers see it. */
export async function viewOf(ctx: Ctx, row: EnterpriseRow): Promise<Whole> {
  const people = await db(ctx).selectFrom('intake_enterprise_contact as c').innerJoin('intake_account as a', (j) => j.onRef('a.tenant_id', '=', 'c.tenant_id').onRef('a.id', '=', 'c.account_id')).select(['c.id', 'c.name', 'c.post', 'c.role', 'c.added_at', 'c.left_at', 'a.phone_mask'])
    .where('c.tenant_id', '=', ctx.tenantId).where('c.enterprise_id', '=', row.id).orderBy('c.added_at').execute()
  const history = await db(ctx).selectFrom('intake_enterprise_state').selectAll().where('tenant_id', '=', ctx.tenantId).where('enterprise_id', '=', row.id).orderBy('at').orderBy('id').execute()
  const registry = await findEnterprise(ctx, { creditCode: row.credit_code })
  const files = (await filesOf(ctx, ENTERPRISE, [row.id])).get(row.id) ?? []
  const { byRule, rules } = await levelFor(ctx, row)
  const [line] = await linesOf(ctx, [row])
  if (!line) throw kernelErrors('notFound')
  const named = (state: string | null): string | null => (state === null ? null : (stateNames[state as EnterpriseState] ?? state))
  return {
    ...line, address: row.address, reason: row.state_reason, note: row.note, registry: registry ? { id: registry.id, official: registry.official } : null, checks: row.checks as unknown as EnterpriseCheck[], files: files.map((f) => ({ id: f.id, name: f.name })), // written by verify() only
    people: people.map((p) => ({ id: p.id, name: p.name === '' ? '' : maskName(p.name), mobile: p.phone_mask, post: p.post, role: p.role as Role, roleName: roleNames[p.role as Role], addedAt: p.added_at, leftAt: p.left_at })),
    history: history.map((h) => ({ at: h.at, act: h.act, from: named(h.from_state), to: named(h.to_state) ?? '', reason: h.reason, by: h.by_name })), figures: figuresOf(row), levelReason: row.level_reason, levelBy: row.level_by_name, ruleLevel: byRule?.name ?? null, levels: rules.map(({ code, name }) => ({ code, name })),
    access: { phone: row.phone_access as AccessRule, phoneName: accessNames[row.phone_access as AccessRule], chat: row.chat_access as AccessRule, chatName: accessNames[row.chat_access as AccessRule], seat: row.seat_id === null ? null : { id: row.seat_id, name: row.seat_name ?? '' } },
    acts: (Object.keys(transitions) as EnterpriseAct[]).filter((act) => transitions[act].from.includes(row.state as EnterpriseState)).map((act) => ({ act, label: actNames[act], enabled: true })), version: row.version,
  }
}

/** Locked for a change. @throws 409 where somebody was faster */
export async function locked(ctx: Ctx, id: string, version: number): Promise<EnterpriseRow> {
  const row = await enterpriseById(ctx, id, true)
  if (row.version !== version) throw kernelErrors('conflict', { current: { version: row.version, state: row.state } })
  return row
}

export async function actOnEnterprise(ctx: Ctx, input: Input<typeof contract.actOnEnterprise>): Promise<Whole> {
  authorize(ctx, 'intake.enterprises')
  const row = await locked(ctx, input.id, input.version)
  const { from, to } = transitions[input.act]
  if (!from.includes(row.state as EnterpriseState)) throw enterpriseFail('enterpriseState', { params: { state: stateNames[row.state as EnterpriseState], act: actNames[input.act] } })
  const now = ts(ctx.clock.now())
  const saved = await db(ctx).updateTable('intake_enterprise').set({ state: to, state_reason: input.reason, updated_at: now, version: row.version + 1, ...(to === 'closed' ? { address: '', note: '', staff_count: null, revenue: null, tax: null, employed: null } : {}) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).returningAll().executeTakeFirstOrThrow()
  await logState(ctx, row, { act: actNames[input.act], from: row.state, to, reason: input.reason })
  // The account hangs on the registry: orders find the enterprise there by its code.
  if (input.act === 'open') await enterEnterprise(ctx, { creditCode: row.credit_code, name: row.name, address: row.address, industry: row.industry, size: row.size, source: '企业账号' })
  const people = await db(ctx).selectFrom('intake_enterprise_contact').select(['id', 'account_id']).where('tenant_id', '=', ctx.tenantId).where('enterprise_id', '=', row.id).where('left_at', 'is', null).where('role', '=', 'admin').execute()
  for (const person of people) await tellCitizen(ctx, { accountId: person.account_id, kind: 'system', title: `企业账号“${row.name}”已${to === 'active' ? '开通' : stateNames[to]}`, text: input.reason, link: `/enterprise/${row.id}`, objectId: `enterprise:${row.id}:${saved.version}` })
  // What a closed account held of persons goes; name and code stay with the orders that were submitted.
  if (to === 'closed') await db(ctx).updateTable('intake_enterprise_contact').set({ name: '', post: '', left_at: now }).where('tenant_id', '=', ctx.tenantId).where('enterprise_id', '=', row.id).execute()
  ctx.audit({ module: 'intake', act: 'actOnEnterpriseAccount', objectType: 'key:enterpriseAccount', objectId: row.id, changes: { state: { old: row.state, new: to } }, text: input.reason })
  return viewOf(ctx, saved)
}

export async function setLevel(ctx: Ctx, input: Input<typeof contract.setLevel>): Promise<Whole> {
  authorize(ctx, 'intake.enterprises')
  const row = await locked(ctx, input.id, input.version)
  const { rules } = await levelFor(ctx, row)
  if (input.level !== null && !rules.some((rule) => rule.code === input.level)) throw kernelErrors('invalid', { fields: [{ path: 'level', message: '没有这个等级' }] })
  if (input.level !== null && input.reason === '') throw kernelErrors('invalid', { fields: [{ path: 'reason', message: '手工定级须填写原因' }] })
  const saved = await db(ctx).updateTable('intake_enterprise')
    .set({ staff_count: input.staff, revenue: input.revenue, tax: input.tax, employed: input.employed, level: input.level, level_reason: input.level === null ? null : input.reason, level_by_name: input.level === null ? null : ctx.actor.name, updated_at: ts(ctx.clock.now()), version: row.version + 1 })
    .where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).returningAll().executeTakeFirstOrThrow()
  await logState(ctx, row, { act: input.level === null ? '按规则定级' : `手工定级 ${input.level}`, from: row.state, to: row.state, reason: input.reason })
  ctx.audit({ module: 'intake', act: 'setEnterpriseLevel', objectType: 'key:enterpriseAccount', objectId: row.id, changes: { level: { old: row.level, new: input.level } }, text: input.reason })
  return viewOf(ctx, saved)
}

/** Type, month and satisfaction of its orders, and what its industry asks for most. */
export async function enterpriseStatistics(ctx: Ctx, input: Input<typeof contract.enterpriseStatistics>): Promise<Output<typeof contract.enterpriseStatistics>> {
  authorize(ctx, 'intake.enterprises')
  const row = await enterpriseById(ctx, input.id)
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const names = new Map((await appealTypes(ctx)).map((type) => [type.id, type.name]))
  const own = sql`intake_submission s join order_view o on o.tenant_id = s.tenant_id and o.id = s.order_id where s.tenant_id = ${ctx.tenantId} and s.enterprise_id = ${row.id}`
  const types = (await sql<{ key: string; n: number }>`select o.appeal_type as key, count(*)::int as n from ${own} group by 1 order by n desc`.execute(ctx.db())).rows
  const months = (await sql<{ month: string; count: number }>`select to_char(o.registered_at at time zone ${timeZone}, 'YYYY-MM') as month, count(*)::int as count from ${own} group by 1 order by 1 desc limit 12`.execute(ctx.db())).rows
  const rated = (await sql<{ good: number; n: number }>`select count(*) filter (where r.satisfied = 'yes')::int as good, count(*)::int as n from intake_rating r join intake_submission s on s.tenant_id = r.tenant_id and s.order_id = r.order_id where s.tenant_id = ${ctx.tenantId} and s.enterprise_id = ${row.id}`.execute(ctx.db())).rows[0] ?? { good: 0, n: 0 }
  const matters = (await sql<{ name: string; count: number }>`select coalesce(o.matter_name, '未归类') as name, count(*)::int as count from intake_submission s join intake_enterprise e on e.tenant_id = s.tenant_id and e.id = s.enterprise_id join order_view o on o.tenant_id = s.tenant_id and o.id = s.order_id
    where s.tenant_id = ${ctx.tenantId} and e.industry = ${row.industry} and not o.confidential group by 1 order by count desc, name limit 10`.execute(ctx.db())).rows
  const peers = await db(ctx).selectFrom('intake_enterprise').select((eb) => eb.fn.countAll<number>().as('n')).where('tenant_id', '=', ctx.tenantId).where('industry', '=', row.industry).executeTakeFirst()
  return {
    total: types.reduce((sum, type) => sum + type.n, 0), types: types.map((type) => ({ name: names.get(type.key) ?? type.key, count: type.n })), months, satisfied: rate(rated.good, rated.n, 1), industry: { name: row.industry || '未填写行业', enterprises: peers?.n ?? 0, matters },
  }
}

/** Licences: staff who verify, and the enterprise's own administrators. */
export async function mayOpenLicence(ctx: Ctx, object: FileObject): Promise<boolean | null> {
  if (object.objectType !== ENTERPRISE) return null
  if (ctx.actor.kind === 'user') return can(ctx, 'intake.enterprises')
  if (ctx.actor.kind !== 'citizen') return false
  const held = await db(ctx).selectFrom('intake_enterprise_contact').select('role').where('tenant_id', '=', ctx.tenantId).where('enterprise_id', '=', object.objectId).where('account_id', '=', ctx.actor.id).where('left_at', 'is', null).executeTakeFirst()
  return held?.role === 'admin'
}
