// Assignment rules: kept, tried on past orders, and reported when two contradict each other (ORD-30).
import { sql, type Selectable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { DAY, localParts, plus, type Instant } from '../../../kernel/time/index.ts'
import { schemeNodeById } from '../../matters/index.ts'
import { centreUnit, isSubordinate, tenantById, unitsByIds } from '../../platform/index.ts'
import { dispatchFault } from '../assignment.ts'
import { orderFail } from '../orders.errors.ts'
import { db, type OrderRow } from '../orders.queries.ts'
import type { OrdersTables } from '../tables.gen.ts'
import { dispatchFaults } from '../texts.zh-CN.ts'
import type * as contract from './dispatching-contract.ts'
import { dispatchingFail } from './dispatching.errors.ts'
import { isEmpty, matches, sameCondition, valid, type RuleCondition, type RuleSubject } from './match-rule.ts'

export type RuleRow = Selectable<OrdersTables['order_assign_rule']>
export type RuleAction = { units: { unitId: string; role: 'lead' | 'assist' | 'parallel'; requirement?: string | undefined }[]; route?: 'levelByLevel' | 'straight' | undefined; opinion?: string | undefined; limitHours?: number | undefined }

// Both are checked by the contract when written.
export const conditionOf = (rule: Pick<RuleRow, 'condition'>): RuleCondition => rule.condition as RuleCondition
export const actionOf = (rule: Pick<RuleRow, 'action'>): RuleAction => rule.action as RuleAction

/** Enabled rules that hold now, in their order: those that dispatch, or those that only weigh proposals. */
export async function activeRules(ctx: Ctx, effect: 'force' | 'score' = 'force'): Promise<RuleRow[]> {
  const rows = await db(ctx).selectFrom('order_assign_rule').selectAll().where('tenant_id', '=', ctx.tenantId).where('enabled', '=', true).where('effect', '=', effect).orderBy('position').orderBy('id').limit(1000).execute()
  return rows.filter((r) => valid(r, ctx.clock.now()))
}

type Looked = Pick<OrderRow, 'id' | 'profile_id' | 'appeal_type' | 'category_id' | 'matter_id' | 'area_code' | 'channel' | 'urgency' | 'flags' | 'title' | 'content' | 'address' | 'registered_at'>

/** Turns orders into what rules look at; category paths are read once for each category. */
export async function subjectsOf(ctx: Ctx, orders: readonly Looked[]): Promise<RuleSubject[]> {
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const paths = new Map<string, string[]>()
  for (const id of new Set(orders.flatMap((o) => o.category_id ?? []))) paths.set(id, await categoryPath(ctx, id))
  const marks = orders.length === 0 ? [] : await db(ctx).selectFrom('order_label').select(['order_id', 'label_id']).where('tenant_id', '=', ctx.tenantId).where('order_id', 'in', orders.map((o) => o.id)).where('removed_at', 'is', null).execute()
  const used = [...new Set(orders.flatMap((o) => o.profile_id ?? []))]
  const profiles = new Map(used.length === 0 ? [] : (await db(ctx).selectFrom('order_profile').select(['id', 'code']).where('tenant_id', '=', ctx.tenantId).where('id', 'in', used).execute()).map((r) => [r.id, r.code]))
  const labels = Map.groupBy(marks, (m) => m.order_id)
  return orders.map((o) => ({
    labelIds: labels.get(o.id)?.map((m) => m.label_id) ?? [], profile: o.profile_id === null ? null : (profiles.get(o.profile_id) ?? null),
    appealType: o.appeal_type, categoryPath: o.category_id ? (paths.get(o.category_id) ?? [o.category_id]) : [], matterId: o.matter_id, areaCode: o.area_code, channel: o.channel, urgency: o.urgency, flags: o.flags, text: `${o.title}\n${o.content}\n${o.address ?? ''}`, hour: localParts(o.registered_at, timeZone).hour,
  }))
}

async function categoryPath(ctx: Ctx, id: string): Promise<string[]> {
  const path: string[] = []
  for (let at: string | null = id; at !== null && path.length < 12; ) {
    path.push(at)
    const node: { parentId?: string | null } | null = await schemeNodeById(ctx, at).catch(() => null)
    at = node?.parentId ?? null
  }
  return path
}

export const firstMatch = (rules: readonly RuleRow[], subject: RuleSubject): RuleRow | undefined => rules.find((rule) => matches(conditionOf(rule), subject))

type Body = Input<typeof contract.createAssignRuleRoute>

async function columns(ctx: Ctx, body: Body, id: string | null) {
  if (isEmpty(body.condition)) throw dispatchingFail('ruleFault', { params: { fault: '请至少设置一个命中条件' }, fields: [{ path: 'condition', message: '请至少设置一个命中条件' }] })
  const fault = dispatchFault(body.action.units)
  if (fault) throw dispatchingFail('ruleFault', { params: { fault: dispatchFaults[fault] }, fields: [{ path: 'action.units', message: dispatchFaults[fault] }] })
  const units = await unitsByIds(ctx, body.action.units.map((u) => u.unitId))
  const centre = await centreUnit(ctx)
  for (const { unitId } of body.action.units) {
    const unit = units.get(unitId)
    if (!unit || unit.state !== 'active' || (unit.id !== centre.id && !isSubordinate(centre, unit))) throw orderFail('unitOutsideHierarchy', { rule: 'orders.hierarchy', params: { unit: unit?.name ?? '所选单位' }, fields: [{ path: 'action.units', message: '只能选择本中心可派发的单位' }] })
  }
  if (body.validFrom !== undefined && body.validTo !== undefined && body.validTo <= body.validFrom) throw dispatchingFail('ruleFault', { params: { fault: '失效时间须晚于生效时间' }, fields: [{ path: 'validTo', message: '失效时间须晚于生效时间' }] })
  const others = await db(ctx).selectFrom('order_assign_rule').selectAll().where('tenant_id', '=', ctx.tenantId).limit(1000).execute()
  if (others.some((r) => r.name === body.name && r.id !== id)) throw dispatchingFail('ruleNameTaken', { fields: [{ path: 'name', message: '已有同名的规则' }] })
  const lead = (action: RuleAction): string | undefined => (action.units.find((u) => u.role === 'lead') ?? action.units[0])?.unitId
  const clash = body.enabled ? others.find((r) => r.id !== id && r.enabled && r.effect === body.effect && sameCondition(conditionOf(r), body.condition) && lead(actionOf(r)) !== lead(body.action)) : undefined
  if (clash) throw dispatchingFail('ruleContradicts', { rule: 'orders.assignRule.contradiction', params: { rule: clash.name }, fields: [{ path: 'condition', message: `与规则“${clash.name}”条件相同而去向不同` }] })
  return {
    name: body.name, position: body.position, effect: body.effect, score: body.score, condition: json(body.condition as never), action: json(body.action as never), enabled: body.enabled, valid_from_at: body.validFrom === undefined ? null : ts(body.validFrom), valid_to_at: body.validTo === undefined ? null : ts(body.validTo),
    changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name,
  }
}

export async function createAssignRule(ctx: Ctx, input: Body) {
  authorize(ctx, 'orders.manageRules')
  const row = await db(ctx).insertInto('order_assign_rule').values({ tenant_id: ctx.tenantId, id: newId(), ...(await columns(ctx, input, null)) }).returningAll().executeTakeFirstOrThrow()
  ctx.audit({ module: 'orders', act: 'createAssignRule', objectType: 'key:parameter', objectId: row.id, changes: { name: { old: null, new: row.name }, enabled: { old: null, new: row.enabled } } })
  return one(ctx, row)
}

export async function changeAssignRule(ctx: Ctx, input: Input<typeof contract.changeAssignRuleRoute>) {
  authorize(ctx, 'orders.manageRules')
  const old = await lockRule(ctx, input.id)
  if (old.version !== input.version) throw dispatchingFail('ruleChanged', { params: { by: old.changed_by_name }, current: { version: old.version, changedBy: old.changed_by_name } })
  const row = await db(ctx).updateTable('order_assign_rule').set({ ...(await columns(ctx, input, old.id)), version: old.version + 1 }).where('tenant_id', '=', ctx.tenantId).where('id', '=', old.id).returningAll().executeTakeFirstOrThrow()
  ctx.audit({ module: 'orders', act: 'changeAssignRule', objectType: 'key:parameter', objectId: row.id, changes: { condition: { old: old.condition, new: row.condition }, action: { old: old.action, new: row.action }, enabled: { old: old.enabled, new: row.enabled } } })
  return one(ctx, row)
}

/** What it dispatched keeps its stamp. */
export async function deleteAssignRule(ctx: Ctx, input: Input<typeof contract.deleteAssignRuleRoute>): Promise<Record<string, never>> {
  authorize(ctx, 'orders.manageRules')
  const old = await lockRule(ctx, input.id)
  await db(ctx).deleteFrom('order_assign_rule').where('tenant_id', '=', ctx.tenantId).where('id', '=', old.id).execute()
  ctx.audit({ module: 'orders', act: 'deleteAssignRule', objectType: 'key:parameter', objectId: old.id, changes: { name: { old: old.name, new: null } } })
  return {}
}

async function lockRule(ctx: Ctx, id: string): Promise<RuleRow> {
  const row = await db(ctx).selectFrom('order_assign_rule').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw orderFail('notFound')
  return row
}

export async function listAssignRules(ctx: Ctx, input: Input<typeof contract.listAssignRulesRoute>) {
  let query = db(ctx).selectFrom('order_assign_rule').selectAll().where('tenant_id', '=', ctx.tenantId).orderBy('position').orderBy('name').limit(500)
  if (input.enabled !== undefined) query = query.where('enabled', '=', input.enabled)
  const rows = (await query.execute()).filter((r) => !input.query || r.name.includes(input.query))
  return { items: await views(ctx, rows) }
}

const one = async (ctx: Ctx, row: RuleRow) => {
  const [view] = await views(ctx, [row])
  if (!view) throw orderFail('notFound')
  return view
}

async function views(ctx: Ctx, rows: RuleRow[]) {
  const units = await unitsByIds(ctx, rows.flatMap((r) => actionOf(r).units.map((u) => u.unitId)))
  const counted = rows.length === 0 ? [] : (await sql<{ rule_id: string; hits: number; good: number; bad: number; failed: number }>`select rule_id, count(*) filter (where state = 'dispatched')::int as hits, count(*) filter (where verdict = 'right')::int as good, count(*) filter (where verdict = 'wrong')::int as bad, count(*) filter (where state = 'failed')::int as failed
    from order_auto_assignment where tenant_id = ${ctx.tenantId} and rule_id = any(${rows.map((r) => r.id)}::uuid[]) group by rule_id`.execute(ctx.db())).rows
  return rows.map((r) => {
    const n = counted.find((c) => c.rule_id === r.id)
    return {
      id: r.id, name: r.name, position: r.position, effect: r.effect as 'force' | 'score', score: r.score, condition: conditionOf(r), action: actionOf(r), unitNames: actionOf(r).units.map((u) => units.get(u.unitId)?.name ?? ''), enabled: r.enabled, validFrom: r.valid_from_at, validTo: r.valid_to_at, version: r.version, changedAt: r.changed_at, changedByName: r.changed_by_name,
      hits: n?.hits ?? 0, right: n?.good ?? 0, wrong: n?.bad ?? 0, failed: n?.failed ?? 0,
    }
  })
}

const LOOKED = 5000

/** A dry run on past orders, newest first: how many it would have caught, and whether people decided alike. Changes nothing. */
export async function tryAssignRule(ctx: Ctx, input: Input<typeof contract.tryAssignRuleRoute>) {
  authorize(ctx, 'orders.manageRules')
  type Past = Looked & { id: string; number: string; lead_unit_id: string | null; lead_unit_name: string | null }
  const since: Instant = plus(ctx.clock.now(), -input.days * DAY)
  const orders = (await db(ctx).selectFrom('order_order').select(['id', 'number', 'title', 'content', 'address', 'appeal_type', 'category_id', 'matter_id', 'area_code', 'channel', 'urgency', 'flags', 'profile_id', 'registered_at', 'lead_unit_id', 'lead_unit_name'])
    .where('tenant_id', '=', ctx.tenantId).where('registered_at', '>=', ts(since)).where('confidential', '=', false).orderBy('registered_at', 'desc').orderBy('id', 'desc').limit(LOOKED).execute()) as Past[]
  const subjects = await subjectsOf(ctx, orders)
  const rules = await activeRules(ctx)
  const lead = input.action?.units?.find((u) => u.role === 'lead')?.unitId ?? input.action?.units?.[0]?.unitId
  const earlier = new Map<string, number>()
  const hits = orders.flatMap((order, i) => {
    const subject = subjects[i]
    if (!subject || !matches(input.condition, subject)) return []
    const before = firstMatch(rules, subject)
    if (before) earlier.set(before.name, (earlier.get(before.name) ?? 0) + 1)
    return [{ order, agrees: lead === undefined || order.lead_unit_id === null ? null : order.lead_unit_id === lead }]
  })
  return {
    looked: orders.length, hits: hits.length, agree: hits.filter((h) => h.agrees === true).length, capped: orders.length === LOOKED, otherRules: [...earlier].map(([name, n]) => ({ name, hits: n })),
    sample: hits.slice(0, 20).map(({ order, agrees }) => ({ orderId: order.id, number: order.number, title: order.title, leadUnitName: order.lead_unit_name, agrees, registeredAt: order.registered_at })),
  }
}
