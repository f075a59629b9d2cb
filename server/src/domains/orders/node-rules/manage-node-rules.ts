// Node rules: listed with the process they narrow, made, changed (each change a version), switched off; one that blocks every way is refused.
import type { Selectable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { AppError, type FieldError } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { allPermissions, touchStamp, usersOf } from '../../platform/index.ts'
import { nextState, orderActs, type OrderAct, type OrderState } from '../order.ts'
import { db } from '../orders.queries.ts'
import { compile } from '../query/compile-conditions.ts'
import { parseConditions } from '../query/conditions.ts'
import { tryOnPast } from '../query/run-query.ts'
import type { OrdersTables } from '../tables.gen.ts'
import { actNames, stateNames } from '../texts.zh-CN.ts'
import { deadEnd, demandable, nodeActs, nodeRuleDefinition, nodes, pushAfter, pushTo, type Node, type NodeRuleDefinition } from './node-rule.ts'
import type * as contract from './node-rule-contract.ts'
import { nodeRuleFail } from './node-rules.errors.ts'
import { demandNames, nodeNames, pushAfterNames, pushToNames } from './node-rules.zh-CN.ts'
import { shippedNodeRules } from './shipped-node-rules.zh-CN.ts'

type Row = Selectable<OrdersTables['order_node_rule']>
type Rule = Output<typeof contract.createNodeRuleRoute>

const rows = (ctx: Ctx) => db(ctx).selectFrom('order_node_rule').selectAll().where('tenant_id', '=', ctx.tenantId)
const view = (row: Row): Rule => ({ id: row.id, name: row.name, node: row.node as Node, nodeName: nodeNames[row.node as Node], shipped: row.shipped, enabled: row.enabled, definition: nodeRuleDefinition.parse(row.definition), version: row.version, changedAt: row.changed_at, changedByName: row.changed_by_name })

const limited: readonly Node[] = ['review', 'dispatch', 'handling']
const stateOf: Partial<Record<Node, OrderState>> = { registration: 'draft', review: 'pendingReview', dispatch: 'pendingDispatch', handling: 'inProgress', resultReview: 'pendingResultReview' }
/** Where an act leads in the order's table of transitions; acts on assignments stay within the order's state. */
function leadsTo(node: Node, act: string): string | null {
  const from = stateOf[node]
  const known = orderActs.find((a): a is OrderAct => a === act)
  const next = from && known ? nextState(from, known, { callbackOwed: true }) : null
  return next ? stateNames[next.state] : null
}

export async function listNodeRules(ctx: Ctx, input: Input<typeof contract.listNodeRulesRoute>): Promise<Output<typeof contract.listNodeRulesRoute>> {
  authorize(ctx, 'orders.manageNodeRules')
  const all = (await rows(ctx).orderBy('enabled', 'desc').orderBy('name').limit(500).execute()).map(view)
  const wanted = (r: Rule): boolean => (!input.node || r.node === input.node) && (!input.state || input.state.includes(r.enabled ? 'enabled' : 'disabled')) && (!input.name || r.name.includes(input.name))
  const options = <K extends string>(list: readonly K[], names: Record<K, string>) => list.map((value) => ({ value, label: names[value] }))
  return {
    items: all.filter(wanted),
    nodes: nodes.map((value) => ({ value, label: nodeNames[value], rules: all.filter((r) => r.node === value && r.enabled).length, mayLimit: limited.includes(value), acts: nodeActs[value].acts.map((act) => ({ value: act, label: actNames[act] ?? act, onward: nodeActs[value].onward.includes(act), to: leadsTo(value, act) })) })),
    demands: options(demandable, demandNames), pushAfter: options(pushAfter, pushAfterNames), pushTo: options(pushTo, pushToNames),
    permissions: allPermissions().filter((p) => p.code.startsWith('orders.')).map((p) => ({ value: p.code, label: p.name })),
  }
}

type Body = Pick<Input<typeof contract.createNodeRuleRoute>, 'name' | 'node' | 'enabled' | 'definition'>

async function check(ctx: Ctx, id: string, { name, node, enabled, definition }: Body): Promise<void> {
  const fields: FieldError[] = []
  if (await rows(ctx).where('name', '=', name).where('id', '<>', id).executeTakeFirst()) throw nodeRuleFail('nodeRuleTaken', { fields: [{ path: 'name', message: '已有同名规则' }] })
  for (const key of ['when', 'exit'] as const) {
    const one = definition[key]
    if (one) await compile(ctx, parseConditions(one)).catch((error: unknown) => { if (!(error instanceof AppError)) throw error; fields.push({ path: `definition.${key}`, message: error.refusal.fields?.[0]?.message ?? '条件不正确' }) })
  }
  const foreign = definition.forbid.filter((act) => !nodeActs[node].acts.includes(act))
  if (foreign.length > 0) fields.push({ path: 'definition.forbid', message: `“${nodeNames[node]}”环节没有操作：${foreign.map((act) => actNames[act] ?? act).join('、')}` })
  if (definition.limit && !limited.includes(node)) fields.push({ path: 'definition.limit', message: '该环节的时限由时限规则规定' })
  if (definition.permission !== null && (!allPermissions().some((p) => p.code === definition.permission) || (await usersOf(ctx, { permission: definition.permission })).length === 0)) fields.push({ path: 'definition.permission', message: '没有人持有该权限，工单将无人能办' })
  if (fields.length > 0) throw nodeRuleFail('nodeRuleFault', { rule: 'orders.nodeRule.definition', params: { fault: fields[0]?.message ?? '' }, fields })
  if (!enabled) return
  const others = (await rows(ctx).where('node', '=', node).where('enabled', '=', true).where('id', '<>', id).execute()).map(view)
  const blocking = deadEnd(node, [{ name, definition }, ...others])
  // Other rules may be blocking each other already; what is new is refused only if it takes part.
  if (blocking?.includes(name)) throw nodeRuleFail('nodeRuleFault', { rule: 'orders.nodeRule.deadEnd', params: { fault: '该规则会使工单没有下一步' }, detail: `“${nodeNames[node]}”环节的去向全部被禁止：${blocking.join('、')}`, fields: [{ path: 'definition.forbid', message: '至少保留一个去向' }] })
}

/** The version in force ends now, and the next begins: orders registered before keep the old one. */
async function keep(ctx: Ctx, rule: { id: string; version: number } & Body): Promise<void> {
  const now = ts(ctx.clock.now())
  await db(ctx).updateTable('order_node_rule_version').set({ until_at: now }).where('tenant_id', '=', ctx.tenantId).where('rule_id', '=', rule.id).where('until_at', 'is', null).execute()
  if (rule.enabled) await db(ctx).insertInto('order_node_rule_version').values({ tenant_id: ctx.tenantId, rule_id: rule.id, version: rule.version, name: rule.name, node: rule.node, definition: json(rule.definition as never), from_at: now, by_name: ctx.actor.name }).execute()
  await touchStamp(ctx, 'nodeRules')
}

export async function createNodeRule(ctx: Ctx, input: Body): Promise<Rule> {
  authorize(ctx, 'orders.manageNodeRules')
  const id = newId()
  await check(ctx, id, input)
  const row = await insert(ctx, id, input, false)
  await keep(ctx, { id, version: 1, ...input })
  ctx.audit({ module: 'orders', act: 'createNodeRule', objectType: 'key:parameter', objectId: id, changes: { rule: { old: null, new: { name: input.name, node: input.node, enabled: input.enabled } } } })
  return view(row)
}

const insert = (ctx: Ctx, id: string, input: Body, shipped: boolean): Promise<Row> =>
  db(ctx).insertInto('order_node_rule').values({ tenant_id: ctx.tenantId, id, name: input.name, node: input.node, shipped, enabled: input.enabled, definition: json(input.definition as never), changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name }).returningAll().executeTakeFirstOrThrow()

export async function changeNodeRule(ctx: Ctx, input: Input<typeof contract.changeNodeRuleRoute>): Promise<Rule> {
  authorize(ctx, 'orders.manageNodeRules')
  const old = await rows(ctx).where('id', '=', input.id).forUpdate().executeTakeFirst()
  if (!old) throw nodeRuleFail('nodeRuleNotFound')
  if (old.version !== input.version) throw nodeRuleFail('nodeRuleChanged', { params: { by: old.changed_by_name }, current: { version: old.version, changedBy: old.changed_by_name } })
  await check(ctx, old.id, input)
  const version = old.version + 1
  const row = await db(ctx).updateTable('order_node_rule').set({ name: input.name, node: input.node, enabled: input.enabled, definition: json(input.definition as never), version, changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name }).where('tenant_id', '=', ctx.tenantId).where('id', '=', old.id).returningAll().executeTakeFirstOrThrow()
  await keep(ctx, { ...input, id: old.id, version })
  ctx.audit({ module: 'orders', act: 'changeNodeRule', objectType: 'key:parameter', objectId: old.id, changes: { rule: { old: { enabled: old.enabled, definition: old.definition }, new: { enabled: input.enabled, definition: input.definition } } } })
  return view(row)
}

export async function nodeRuleVersions(ctx: Ctx, input: { id: string }) {
  authorize(ctx, 'orders.manageNodeRules')
  const list = await db(ctx).selectFrom('order_node_rule_version').selectAll().where('tenant_id', '=', ctx.tenantId).where('rule_id', '=', input.id).orderBy('version', 'desc').limit(100).execute()
  return { items: list.map((v) => ({ version: v.version, name: v.name, definition: nodeRuleDefinition.parse(v.definition) satisfies NodeRuleDefinition, fromAt: v.from_at, untilAt: v.until_at, byName: v.by_name })) }
}

export async function tryNodeRule(ctx: Ctx, input: Input<typeof contract.tryNodeRuleRoute>) {
  authorize(ctx, 'orders.manageNodeRules')
  return tryOnPast(ctx, input.when, input.days)
}

/** Shipped rules wait switched off: what they ask is for each centre to decide. */
export async function ensureNodeRules(ctx: Ctx): Promise<void> {
  const held = new Set((await db(ctx).selectFrom('order_node_rule').select('name').where('tenant_id', '=', ctx.tenantId).execute()).map((r) => r.name))
  for (const one of shippedNodeRules) if (!held.has(one.name)) await insert(ctx, newId(), { name: one.name, node: one.node, enabled: false, definition: nodeRuleDefinition.parse(one.definition) }, true)
}
