// Rules at work: asked before an act, told before the attempt, and pushing what they promise after a step.
import type { Ctx } from '../../../kernel/ctx.ts'
import { can } from '../../../kernel/access.ts'
import { on, type EventHandler } from '../../../kernel/events/event.ts'
import type { ActState } from '../../../kernel/http/codec.ts'
import type { Duration, Instant } from '../../../kernel/time/index.ts'
import { notify, underStamp, type SmsTemplate } from '../../platform/index.ts'
import { holding, storedOrder } from '../case-profiles/match-profile.ts'
import * as events from '../events.ts'
import { db, isMirror, readOrderRow, type OrderRow } from '../orders.queries.ts'
import { tellRequester } from '../requests/tell.ts'
import { record } from '../timeline.ts'
import { nodeActs, nodeOf, nodeRuleDefinition, type Demandable, type Node, type NodeRuleDefinition, type pushAfter } from './node-rule.ts'
import { nodeRuleFail } from './node-rules.errors.ts'
import { demandNames } from './node-rules.zh-CN.ts'

export type InForce = { id: string; name: string; node: Node; definition: NodeRuleDefinition }

/** Every version that was in force of the rules that are on: few, and asked at each step of each order. Switched off, a rule lets go of running orders too. */
const versions = underStamp('nodeRules', async (ctx): Promise<(InForce & { from: Instant; until: Instant | null })[]> => {
  const rows = await db(ctx).selectFrom('order_node_rule_version as v').innerJoin('order_node_rule as r', (j) => j.onRef('r.tenant_id', '=', 'v.tenant_id').onRef('r.id', '=', 'v.rule_id')).select(['v.rule_id', 'v.name', 'v.node', 'v.definition', 'v.from_at', 'v.until_at'])
    .where('v.tenant_id', '=', ctx.tenantId).where('r.enabled', '=', true).orderBy('v.name').limit(5000).execute()
  return rows.map((r) => ({ id: r.rule_id, name: r.name, node: r.node as Node, definition: nodeRuleDefinition.parse(r.definition), from: r.from_at, until: r.until_at }))
})

/** Versions that were in force when the order was registered: a running order keeps its rules. */
async function rulesOf(ctx: Ctx, order: Pick<OrderRow, 'registered_at'>, node?: Node): Promise<InForce[]> {
  const at = order.registered_at
  return (await versions(ctx)).filter((v) => v.from <= at && (v.until === null || v.until > at) && (node === undefined || v.node === node))
}

/** Those whose conditions hold of the order now. */
async function applicable(ctx: Ctx, order: OrderRow, rules: readonly InForce[]): Promise<InForce[]> {
  if (rules.length === 0) return []
  const held = await holding(ctx, storedOrder(ctx, order.id), rules.map((r) => r.definition.when))
  return rules.filter((_, i) => held.has(i))
}

const filled: Record<Demandable, (order: OrderRow) => unknown> = {
  matterId: (o) => o.matter_id, categoryId: (o) => o.category_id, industryId: (o) => o.industry_id, areaCode: (o) => o.area_code, address: (o) => o.address, detailAddress: (o) => o.detail_address, point: (o) => o.lon, occurredAt: (o) => o.occurred_at, summary: (o) => o.summary, purpose: (o) => o.purpose,
  enterpriseCode: (o) => o.enterprise_code, involvedCount: (o) => o.involved_count,
}
const missing = (order: OrderRow, rule: InForce): Demandable[] => rule.definition.demand.filter((key) => { const held = filled[key](order); return held === null || held === '' })

type Refusal = { code: 'nodeForbids' | 'nodePermission' | 'nodeDemands' | 'nodeExit'; rule: InForce; missing: Demandable[] }

async function refusalOf(ctx: Ctx, order: OrderRow, node: Node, act: string, rules: readonly InForce[]): Promise<Refusal | null> {
  const onward = nodeActs[node].onward.includes(act)
  for (const rule of rules) {
    const { forbid, permission, exit } = rule.definition
    if (forbid.includes(act)) return { code: 'nodeForbids', rule, missing: [] }
    if (permission !== null && !can(ctx, permission)) return { code: 'nodePermission', rule, missing: [] }
    if (!onward) continue
    const gaps = missing(order, rule)
    if (gaps.length > 0) return { code: 'nodeDemands', rule, missing: gaps }
    if (exit !== null && (await holding(ctx, storedOrder(ctx, order.id), [exit])).size === 0) return { code: 'nodeExit', rule, missing: [] }
  }
  return null
}

/** Throws the refusal of the first rule that does not let a person do this act at this node. The system acts by its own rules. */
export async function obey(ctx: Ctx, order: OrderRow, act: string, node: Node | null = nodeOf(order.state, act)): Promise<void> {
  if (node === null || ctx.actor.kind !== 'user') return
  const refusal = await refusalOf(ctx, order, node, act, await applicable(ctx, order, await rulesOf(ctx, order, node)))
  if (!refusal) return
  const { rule, code } = refusal
  throw nodeRuleFail(code, { rule: `orders.nodeRule.${rule.name}`, params: { rule: rule.name }, ...(rule.definition.reason ? { detail: rule.definition.reason } : {}), ...(refusal.missing.length > 0 ? { fields: refusal.missing.map((key) => ({ path: key, message: `请填写${demandNames[key]}` })) } : {}) })
}

const why = ({ code, rule, missing: gaps }: Refusal): string => rule.definition.reason || { nodeForbids: `环节规则“${rule.name}”不允许`, nodePermission: `环节规则“${rule.name}”限定岗位`, nodeDemands: `请先填写${gaps.map((key) => demandNames[key]).join('、')}`, nodeExit: `环节规则“${rule.name}”的放行条件未满足` }[code]

/** Acts as told to the reader: one that a rule refuses is disabled with that rule. */
export async function underRules(ctx: Ctx, order: OrderRow, acts: ActState[], at: (act: string) => Node | null = (act) => nodeOf(order.state, act)): Promise<ActState[]> {
  const asked = acts.filter((a) => a.enabled && at(a.act) !== null)
  if (asked.length === 0) return acts
  const rules = await applicable(ctx, order, await rulesOf(ctx, order))
  if (rules.length === 0) return acts
  return Promise.all(acts.map(async (act) => {
    const node = act.enabled ? at(act.act) : null
    const refusal = node ? await refusalOf(ctx, order, node, act.act, rules.filter((r) => r.node === node)) : null
    return refusal ? { ...act, enabled: false, rule: `orders.nodeRule.${refusal.rule.name}`, reason: why(refusal) } : act
  }))
}

/** A limit that a rule sets for a node of this order, with its name; null: the general one. */
export async function nodeLimit(ctx: Ctx, order: OrderRow, node: 'review' | 'dispatch' | 'handling'): Promise<{ duration: Duration; name: string } | null> {
  const rules = (await rulesOf(ctx, order, node)).filter((r) => r.definition.limit !== null)
  const [rule] = await applicable(ctx, order, rules)
  return rule?.definition.limit ? { duration: rule.definition.limit, name: rule.name } : null
}

const desks = { reviewers: 'orders.review', dispatchers: 'orders.dispatch', resultReviewers: 'orders.reviewResult' } as const
export const nodeSms: Record<string, SmsTemplate> = { nodePush: { text: '【12345】{text}（工单{number}）' } }

async function push(ctx: Ctx, after: (typeof pushAfter)[number], orderId: string): Promise<void> {
  const pushes = (rule: InForce): boolean => rule.definition.push.some((p) => p.after === after)
  if (!(await versions(ctx)).some(pushes)) return
  const order = await readOrderRow(ctx, orderId)
  const rules = (await rulesOf(ctx, order)).filter(pushes)
  for (const rule of await applicable(ctx, order, rules)) {
    for (const one of rule.definition.push.filter((p) => p.after === after)) {
      const text = one.text.replaceAll('{工单号}', order.number).replaceAll('{标题}', order.title)
      if (one.to === 'requester') {
        if (!isMirror(order)) await tellRequester(ctx, order, 'nodePush', { text })
      } else {
        const to = one.to === 'registrar' ? { userIds: order.registered_by ? [order.registered_by] : [] } : one.to === 'units' ? { unitIds: await openUnits(ctx, order.id) } : { permission: desks[one.to] }
        await notify(ctx, { type: 'order.nodePush', to, title: text, link: `/orders/${order.number}`, objectType: 'order', objectId: order.id, level: 'P3' })
      }
      await record(ctx, order, { act: 'nodePush', text, visibility: 'internal', data: { rule: rule.name, to: one.to } })
    }
  }
}

async function openUnits(ctx: Ctx, orderId: string): Promise<string[]> {
  const rows = await db(ctx).selectFrom('order_assignment').select('unit_id').distinct().where('tenant_id', '=', ctx.tenantId).where('order_id', '=', orderId).where('state', 'not in', ['returned', 'cancelled']).execute()
  return rows.map((r) => r.unit_id)
}

const after = (trigger: (typeof pushAfter)[number]) => (ctx: Ctx, event: { orderId: string }): Promise<void> => push(ctx, trigger, event.orderId)
const CONSUMER = 'orders.nodeRules'
export const nodeHandlers: EventHandler[] = [
  on(events.orderRegistered, CONSUMER, after('registered')), on(events.orderReturnedToAgent, CONSUMER, after('returnedToAgent')), on(events.orderDispatched, CONSUMER, after('dispatched')), on(events.assignmentSigned, CONSUMER, after('assignmentSigned')), on(events.feedbackSubmitted, CONSUMER, after('feedbackSubmitted')),
  on(events.orderResultReady, CONSUMER, after('resultReady')), on(events.orderResultReturned, CONSUMER, after('resultReturned')), on(events.orderResultAccepted, CONSUMER, after('resultAccepted')), on(events.orderClosed, CONSUMER, after('closed')),
]
