// What rules dispatch without a person, and what people say of it (人工判定).
import { sql, type Selectable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize, can } from '../../../kernel/access.ts'
import { sm3 } from '../../../kernel/crypto/index.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { AppError } from '../../../kernel/errors.ts'
import { newId, runNested } from '../../../kernel/runtime.ts'
import { addDuration } from '../../../kernel/time/index.ts'
import { calendarOf, unitsByIds } from '../../platform/index.ts'
import { answerOf } from '../acts.ts'
import { blocksOf, dispatchLocked } from '../dispatch-order.ts'
import { orderFail } from '../orders.errors.ts'
import { assertVisible } from '../orders.policy.ts'
import { db, lockOrder, saveOrder, type OrderRow } from '../orders.queries.ts'
import { listOf, orderColumns, type OrderColumns } from '../requests/list-frame.ts'
import { takeBackAll } from '../requests/rework.ts'
import { record } from '../timeline.ts'
import type { OrdersTables } from '../tables.gen.ts'
import { actionOf, activeRules, firstMatch, subjectsOf, type RuleAction, type RuleRow } from './assign-rules.ts'
import type * as contract from './dispatching-contract.ts'
import { dispatchingFail } from './dispatching.errors.ts'
import { leftToPeople, waitingOrders } from './waiting-orders.ts'

type AutoRow = Selectable<OrdersTables['order_auto_assignment']>
type Given = { unitId: string; unitName: string; role: string }

const AT_ONCE = 50

/** Orders that wait for their first dispatch go out by the first rule that matches; the others are left to people. */
export async function sweepRules(ctx: Ctx): Promise<void> {
  const rules = await activeRules(ctx)
  if (rules.length === 0) return
  const stamp = sm3(rules.map((r) => `${r.id}.${r.version}`).join(' '))
  const waiting = await waitingOrders(ctx, 'rules', stamp)
  const subjects = await subjectsOf(ctx, waiting)
  const left: OrderRow[] = []
  let out = 0
  for (const [i, seen] of waiting.entries()) {
    const subject = subjects[i]
    const rule = subject && firstMatch(rules, subject)
    if (rule && out++ >= AT_ONCE) continue
    // A contested order is left as well, until it changes: it must not stand in the way of those behind it.
    if (!rule || !(await dispatchBy(ctx, seen.id, { ...rule, action: actionOf(rule) }))) left.push(seen)
  }
  await leftToPeople(ctx, 'rules', stamp, left)
}

/** Dispatch by a rule, or by the preset route of a case profile; a fault or a refusal leaves the order to a person. True where it went out. */
export async function dispatchBy(ctx: Ctx, orderId: string, rule: Pick<RuleRow, 'id' | 'name' | 'version'> & { action: RuleAction }): Promise<boolean> {
  const order = await lockOrder(ctx, orderId)
  if (order.state !== 'pendingDispatch' || order.dispatched_at !== null || order.flags.includes('disputed')) return false
  const { action } = rule
  const units = await unitsByIds(ctx, action.units.map((u) => u.unitId))
  const given: Given[] = action.units.map((u) => ({ unitId: u.unitId, unitName: units.get(u.unitId)?.name ?? '', role: u.role }))
  const due = action.limitHours ? addDuration(await calendarOf(ctx), ctx.clock.now(), { amount: action.limitHours, unit: 'workingHours' }) : undefined
  const fault = (await ruleFault(ctx, order, given, units)) ?? (await refusalOf(ctx, () => dispatchLocked(ctx, order, { units: action.units, route: action.route, opinion: action.opinion, fileIds: [], ...(due === undefined ? {} : { dueAt: due, dueReason: `规则“${rule.name}”` }) }, { rule: { id: rule.id, name: rule.name, version: rule.version } })))
  await db(ctx).insertInto('order_auto_assignment').values({ tenant_id: ctx.tenantId, id: newId(), order_id: order.id, rule_id: rule.id, rule_name: rule.name, rule_version: rule.version, state: fault ? 'failed' : 'dispatched', units: json(given as never), why: fault, at: ts(ctx.clock.now()) }).execute()
  if (fault) await record(ctx, order, { act: 'autoDispatchFailed', text: fault, data: { rule: rule.name }, visibility: 'internal' })
  return fault === null
}

/** What the dispatch itself refuses, undone: the next order of the sweep is not held up by it. */
async function refusalOf(ctx: Ctx, dispatch: () => Promise<unknown>): Promise<string | null> {
  try {
    await runNested(ctx, dispatch)
    return null
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return error.title
  }
}

/** A barred or disabled unit is never chosen by a rule: then a person dispatches. */
async function ruleFault(ctx: Ctx, order: OrderRow, given: Given[], units: Map<string, { state: string; tenantId: string }>): Promise<string | null> {
  const blocks = await blocksOf(ctx, order)
  for (const { unitId, unitName } of given) {
    const unit = units.get(unitId)
    if (!unit || unit.tenantId !== ctx.tenantId || unit.state !== 'active') return `“${unitName || unitId}”已停用或不可派发`
    if (blocks.has(unitId)) return `“${unitName}”不能再派此工单`
  }
  return null
}

/** Right, or wrong with a new dispatch; wrong ones are counted against the rule. */
export async function judgeAutoAssignment(ctx: Ctx, input: Input<typeof contract.judgeAutoAssignmentRoute>) {
  authorize(ctx, 'orders.dispatch')
  const found = await db(ctx).selectFrom('order_auto_assignment').select('order_id').where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).executeTakeFirst()
  if (!found) throw orderFail('notFound')
  const order = await lockOrder(ctx, found.order_id)
  await assertVisible(ctx, order)
  const row = await db(ctx).selectFrom('order_auto_assignment').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).forUpdate().executeTakeFirstOrThrow()
  if (row.verdict !== null) throw dispatchingFail('judgedAlready', { rule: 'orders.autoAssignment', params: { by: row.judged_by_name ?? '' }, current: { verdict: row.verdict } })
  const again = input.verdict === 'wrong' && row.state === 'dispatched' && order.state === 'inProgress'
  if (again && !input.units) throw dispatchingFail('judgeUnits', { rule: 'orders.autoAssignment.units', fields: [{ path: 'units', message: '请选择正确的单位' }] })
  await db(ctx).updateTable('order_auto_assignment').set({ verdict: input.verdict, judged_by_name: ctx.actor.name, judged_at: ts(ctx.clock.now()), note: input.note ?? null }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  await record(ctx, order, { act: 'judgeAutoDispatch', text: input.note ?? null, data: { verdict: input.verdict, rule: row.rule_name }, visibility: 'internal' })
  const saved = await saveOrder(ctx, order, {})
  if (!again || !input.units) return answerOf(saved)
  const waiting = await takeBackAll(ctx, saved, { act: 'reassigned', reason: input.note || '自动交办有误，重新派发' })
  return dispatchLocked(ctx, waiting, { units: input.units, opinion: input.note, overrideReason: input.overrideReason, fileIds: [] }, { judged: row.rule_name })
}

export async function listAutoAssignments(ctx: Ctx, input: Input<typeof contract.listAutoAssignmentsRoute>) {
  const where = [sql`x.tenant_id = ${ctx.tenantId}`]
  if (input.verdict === 'none') where.push(sql`x.verdict is null`)
  else if (input.verdict) where.push(sql`x.verdict = ${input.verdict}`)
  if (input.state) where.push(sql`x.state = ${input.state}`)
  if (input.ruleId) where.push(sql`x.rule_id = ${input.ruleId}`)
  if (input.orderId) where.push(sql`x.order_id = ${input.orderId}`)
  const page = await listOf<AutoRow & OrderColumns & { order_version: number }>(ctx, { columns: sql`x.*, ${orderColumns}, o.version as order_version`, from: sql`order_auto_assignment x join order_order o on o.tenant_id = x.tenant_id and o.id = x.order_id`, where, at: 'x.at', id: 'x.id', down: true }, input)
  return {
    items: page.rows.map((r) => ({
      id: r.id, orderId: r.order_id, number: r.number, title: r.title, urgency: r.urgency, orderState: r.order_state, ruleId: r.rule_id, ruleName: r.rule_name, ruleVersion: r.rule_version, state: r.state as 'dispatched' | 'failed', units: Array.isArray(r.units) ? (r.units as Given[]) : [], why: r.why, at: r.at,
      verdict: r.verdict as 'right' | null, judgedByName: r.judged_by_name, judgedAt: r.judged_at, note: r.note, mayJudge: r.verdict === null && can(ctx, 'orders.dispatch'), version: r.order_version,
    })),
    next: page.next, count: page.count,
  }
}

