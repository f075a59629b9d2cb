// Rules that put labels: what they are, a trial on past orders, and what each has labelled (ORD-12).
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { afterCursor, boundCount, labelsByIds, nextPage, offeredLabels } from '../../platform/index.ts'
import { db } from '../orders.queries.ts'
import { compile } from '../query/compile-conditions.ts'
import { parseConditions } from '../query/conditions.ts'
import { tryOnPast } from '../query/run-query.ts'
import { triggers, type Trigger } from './label-contract.ts'
import type * as contract from './label-contract.ts'
import { labelFail } from './labels.errors.ts'
import { triggerNames } from './labels.zh-CN.ts'

type Rule = Output<typeof contract.createLabelRuleRoute>

const rows = (ctx: Ctx) => db(ctx).selectFrom('order_label_rule').selectAll().where('tenant_id', '=', ctx.tenantId)

async function views(ctx: Ctx, list: Awaited<ReturnType<ReturnType<typeof rows>['execute']>>): Promise<Rule[]> {
  const labels = await labelsByIds(ctx, list.map((r) => r.label_id))
  return list.map((r) => ({
    id: r.id, name: r.name, labelId: r.label_id, labelName: labels.get(r.label_id)?.name ?? '', labelState: labels.get(r.label_id)?.state ?? '', triggers: r.acts as Trigger[], condition: r.condition as Record<string, unknown>, weight: r.weight, enabled: r.enabled,
    added: r.added, lastAt: r.last_at, changedByName: r.changed_by_name, changedAt: r.changed_at, version: r.version,
  }))
}

export async function listLabelRules(ctx: Ctx) {
  authorize(ctx, 'orders.manageLabelRules')
  return { items: await views(ctx, await rows(ctx).orderBy('enabled', 'desc').orderBy('weight', 'desc').orderBy('name').limit(500).execute()), triggers: triggers.map((value) => ({ value, label: triggerNames[value] })) }
}

/** A condition that does not compile is refused before anybody relies on it. */
async function check(ctx: Ctx, input: { labelId?: string | undefined; condition?: Record<string, unknown> | undefined; name?: string | undefined }, except: string): Promise<void> {
  if (input.condition) await compile(ctx, parseConditions(input.condition))
  if (input.labelId && (await offeredLabels(ctx, { ids: [input.labelId] })).length === 0) throw labelFail('labelNotOffered', { fields: [{ path: 'labelId', message: '请选择已启用的标签' }] })
  if (input.name && (await rows(ctx).where('name', '=', input.name).where('id', '<>', except).executeTakeFirst())) throw labelFail('ruleNameTaken', { params: { name: input.name }, fields: [{ path: 'name', message: '已有同名规则' }] })
}

export async function createLabelRule(ctx: Ctx, input: Input<typeof contract.createLabelRuleRoute>): Promise<Rule> {
  authorize(ctx, 'orders.manageLabelRules')
  const id = newId()
  await check(ctx, input, id)
  await db(ctx).insertInto('order_label_rule').values({
    tenant_id: ctx.tenantId, id, name: input.name, label_id: input.labelId, acts: input.triggers, condition: json(input.condition as never), weight: input.weight, enabled: input.enabled, changed_by_name: ctx.actor.name, changed_at: ts(ctx.clock.now()),
  }).execute()
  ctx.audit({ module: 'orders', act: 'createLabelRule', objectType: 'key:parameter', objectId: id, changes: { rule: { old: null, new: { name: input.name, condition: input.condition, enabled: input.enabled } } } })
  return one(ctx, id)
}

export async function changeLabelRule(ctx: Ctx, input: Input<typeof contract.changeLabelRuleRoute>): Promise<Rule> {
  authorize(ctx, 'orders.manageLabelRules')
  const row = await rows(ctx).where('id', '=', input.id).forUpdate().executeTakeFirst()
  if (!row) throw labelFail('ruleNotFound')
  if (row.version !== input.version) throw labelFail('ruleChanged', { params: { by: row.changed_by_name }, current: { version: row.version } })
  await check(ctx, input, row.id)
  const { name, labelId, condition, weight, enabled } = input
  await db(ctx).updateTable('order_label_rule').set((eb) => ({
    ...(name === undefined ? {} : { name }), ...(labelId === undefined ? {} : { label_id: labelId }), ...(input.triggers === undefined ? {} : { acts: input.triggers }), ...(condition === undefined ? {} : { condition: json(condition as never) }),
    ...(weight === undefined ? {} : { weight }), ...(enabled === undefined ? {} : { enabled }), version: eb('version', '+', 1), changed_by_name: ctx.actor.name, changed_at: ts(ctx.clock.now()),
  })).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  ctx.audit({ module: 'orders', act: 'changeLabelRule', objectType: 'key:parameter', objectId: row.id, changes: { rule: { old: { name: row.name, condition: row.condition, enabled: row.enabled }, new: { name, condition, enabled } } } })
  return one(ctx, row.id)
}

async function one(ctx: Ctx, id: string): Promise<Rule> {
  const [view] = await views(ctx, await rows(ctx).where('id', '=', id).execute())
  if (!view) throw labelFail('ruleNotFound')
  return view
}

/** What the rule would have labelled among the orders of the last days, under the tester's own scope. Changes nothing. */
export async function tryLabelRule(ctx: Ctx, input: Input<typeof contract.tryLabelRuleRoute>) {
  authorize(ctx, 'orders.manageLabelRules')
  return tryOnPast(ctx, input.condition, input.days)
}

export async function labelRuleHits(ctx: Ctx, input: Input<typeof contract.labelRuleHitsRoute>) {
  authorize(ctx, 'orders.manageLabelRules')
  await one(ctx, input.id)
  const query = db(ctx).selectFrom('order_label as l').innerJoin('order_order as o', (j) => j.onRef('o.tenant_id', '=', 'l.tenant_id').onRef('o.id', '=', 'l.order_id')).where('l.tenant_id', '=', ctx.tenantId).where('l.rule_id', '=', input.id)
  const found = await query.select(['l.id', 'o.id as orderId', 'o.number', 'o.title', 'l.at', 'l.removed_at as removedAt']).where(afterCursor(input.cursor, 'l.at', 'l.id')).orderBy('l.at', 'desc').orderBy('l.id', 'desc').limit(input.limit + 1).execute()
  return { ...nextPage(found, input.limit, (r) => r.at), count: await boundCount(ctx, query) }
}

