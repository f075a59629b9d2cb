// Rules that sign matching orders of an upper platform without an act; each hit is stamped and counted (ORD-24).
import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { DAY, plus } from '../../../kernel/time/index.ts'
import { schemeNodeById } from '../../matters/index.ts'
import { db, readOrderRow, type OrderRow } from '../orders.queries.ts'
import type * as contract from './upper-contract.ts'
import { signConditions, type SignConditions } from './upper-contract.ts'

type Facts = Pick<OrderRow, 'upper_platform' | 'dispatch_kind' | 'appeal_type' | 'urgency' | 'category_id' | 'matter_id' | 'title' | 'content'>

/** Every condition that is set must be met; of a list one value is enough. Pure. */
export function matches(conditions: SignConditions, order: Facts, marks: readonly string[] = []): boolean {
  const among = (list: readonly string[] | undefined, value: string | null): boolean => !list || list.length === 0 || (value !== null && list.includes(value))
  const text = `${order.title}\n${order.content}`
  return among(conditions.platforms, order.upper_platform) && among(conditions.dispatchKinds, order.dispatch_kind) && among(conditions.appealTypes, order.appeal_type) && among(conditions.urgencies, order.urgency) && among(conditions.categoryIds, order.category_id) &&
    among(conditions.matterIds, order.matter_id) && (!conditions.marks || conditions.marks.length === 0 || conditions.marks.some((mark) => marks.includes(mark))) && (!conditions.words || conditions.words.length === 0 || conditions.words.some((word) => text.includes(word)))
}

/** The first enabled rule that matches, counted as hit. */
export async function ruleFor(ctx: Ctx, order: Facts, marks: readonly string[]): Promise<{ name: string; toDispatch: boolean } | null> {
  const rows = await db(ctx).selectFrom('order_sign_rule').select(['id', 'name', 'conditions', 'to_dispatch as toDispatch']).where('tenant_id', '=', ctx.tenantId).where('enabled', '=', true).orderBy('position').orderBy('name').execute()
  for (const row of rows) {
    const parsed = signConditions.safeParse(row.conditions)
    if (!parsed.success || !matches(parsed.data, order, marks)) continue
    await db(ctx).updateTable('order_sign_rule').set((eb) => ({ hits: eb('hits', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
    return { name: row.name, toDispatch: row.toDispatch }
  }
  return null
}

/**
 * Mined from history: groups of orders by platform, way, type and category that people signed and passed on without exception, as
 * long as no enabled rule signs them already. A person decides; nothing is switched on by itself.
 */
export async function proposeSignRules(ctx: Ctx, input: Input<typeof contract.proposeSignRulesRoute>) {
  authorize(ctx, 'orders.manageSignRules')
  type Group = { platform: string; dispatchKind: 'direct' | 'transferred'; appealType: string; categoryId: string | null; orders: number; sample: string }
  const { rows } = await sql<Group>`select upper_platform as platform, dispatch_kind as "dispatchKind", appeal_type as "appealType", category_id as "categoryId", count(*)::int as orders, (array_agg(id order by upper_signed_at desc))[1] as sample
    from order_order where tenant_id = ${ctx.tenantId} and upper_platform is not null and upper_signed_at >= ${ts(plus(ctx.clock.now(), -input.days * DAY))} and upper_sign_rule is null and dispatch_kind in ('direct', 'transferred')
    group by 1, 2, 3, 4 having count(*) >= ${input.least} and bool_and(state not in ('withdrawn', 'merged', 'draft', 'pendingReview')) order by count(*) desc limit 20`.execute(ctx.db())
  const rules = await db(ctx).selectFrom('order_sign_rule').select('conditions').where('tenant_id', '=', ctx.tenantId).where('enabled', '=', true).execute()
  const items = []
  for (const { sample, ...group } of rows) {
    const order = await readOrderRow(ctx, sample)
    if (rules.some((rule) => { const parsed = signConditions.safeParse(rule.conditions); return parsed.success && matches(parsed.data, order) })) continue
    const category = group.categoryId === null ? null : await schemeNodeById(ctx, group.categoryId).catch(() => null)
    items.push({ ...group, categoryName: category?.pathNames.join(' / ') ?? null, conditions: { platforms: [group.platform], dispatchKinds: [group.dispatchKind], appealTypes: [group.appealType], ...(group.categoryId === null ? {} : { categoryIds: [group.categoryId] }) } })
  }
  return { items }
}

const columns = ['id', 'name', 'position', 'enabled', 'conditions', 'to_dispatch as toDispatch', 'hits', 'version', 'changed_at as changedAt', 'changed_by_name as changedByName'] as const

export async function listSignRules(ctx: Ctx) {
  authorize(ctx, 'orders.manageSignRules')
  return { items: await db(ctx).selectFrom('order_sign_rule').select(columns).where('tenant_id', '=', ctx.tenantId).orderBy('position').orderBy('name').execute() }
}

const readRule = (ctx: Ctx, id: string) => db(ctx).selectFrom('order_sign_rule').select(columns).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).executeTakeFirst()

async function refuseSameName(ctx: Ctx, name: string, except?: string): Promise<void> {
  const same = await db(ctx).selectFrom('order_sign_rule').select('id').where('tenant_id', '=', ctx.tenantId).where('name', '=', name).executeTakeFirst()
  if (same && same.id !== except) throw kernelErrors('invalid', { fields: [{ path: 'name', message: '已有同名规则' }] })
}

export async function createSignRule(ctx: Ctx, input: Input<typeof contract.createSignRuleRoute>) {
  authorize(ctx, 'orders.manageSignRules')
  await refuseSameName(ctx, input.name)
  const id = newId()
  await db(ctx).insertInto('order_sign_rule').values({ tenant_id: ctx.tenantId, id, name: input.name, position: input.position, enabled: input.enabled, conditions: json(input.conditions as never), to_dispatch: input.toDispatch, changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name }).execute()
  ctx.audit({ module: 'orders', act: 'key:signRule', objectType: 'signRule', objectId: id, changes: { rule: { old: null, new: input } } })
  return read(ctx, id)
}

export async function changeSignRule(ctx: Ctx, input: Input<typeof contract.changeSignRuleRoute>) {
  authorize(ctx, 'orders.manageSignRules')
  const before = await read(ctx, input.id)
  if (before.version !== input.version) throw kernelErrors('conflict', { current: { version: before.version, changedBy: before.changedByName, changedAt: before.changedAt } })
  await refuseSameName(ctx, input.name, input.id)
  await db(ctx).updateTable('order_sign_rule').set({ name: input.name, position: input.position, enabled: input.enabled, conditions: json(input.conditions as never), to_dispatch: input.toDispatch, version: before.version + 1, changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name })
    .where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).execute()
  ctx.audit({ module: 'orders', act: 'key:signRule', objectType: 'signRule', objectId: input.id, changes: { rule: { old: { name: before.name, enabled: before.enabled, conditions: before.conditions }, new: { name: input.name, enabled: input.enabled, conditions: input.conditions } } } })
  return read(ctx, input.id)
}

export async function deleteSignRule(ctx: Ctx, input: Input<typeof contract.deleteSignRuleRoute>) {
  authorize(ctx, 'orders.manageSignRules')
  const before = await read(ctx, input.id)
  await db(ctx).deleteFrom('order_sign_rule').where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).execute()
  ctx.audit({ module: 'orders', act: 'key:signRule', objectType: 'signRule', objectId: input.id, changes: { rule: { old: { name: before.name, conditions: before.conditions }, new: null } } })
  return { id: input.id }
}

async function read(ctx: Ctx, id: string) {
  const row = await readRule(ctx, id)
  if (!row) throw kernelErrors('notFound')
  return row
}
