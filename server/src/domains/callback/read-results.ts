// Answers as they are shown: beside what the units themselves stated, and by order.
import type { Ctx } from '../../kernel/ctx.ts'
import type { Input } from '../../kernel/http/route.ts'
import { readOrder, type OrderRates } from '../orders/index.ts'
import { setting } from '../platform/index.ts'
import { compare } from './callback.ts'
import { db, type AttemptRow, type ResultRow, type TaskRow } from './callback.queries.ts'
import type * as contract from './contract.ts'
import { satisfactionScale } from './settings.ts'
import { attemptResultNames, outcomeNames, taskStateNames } from './texts.zh-CN.ts'

/** What the units of a round stated with their results, the lead first; the latest of each assignment. */
export async function statementsOf(ctx: Ctx, orderId: string, round: number, states: string[] = ['accepted']) {
  const rows = await db(ctx)
    .selectFrom('callback_statement_view')
    .select(['assignment_id as assignmentId', 'unit_name as unitName', 'role', 'contacted', 'solved', 'satisfied', 'submitted_at as at'])
    .where('tenant_id', '=', ctx.tenantId).where('order_id', '=', orderId).where('round', '=', round).where('state', 'in', states).where('role', '<>', 'assist')
    .orderBy('submitted_at', 'desc')
    .execute()
  const seen = new Set<string | null>()
  return rows
    .filter((row) => !seen.has(row.assignmentId) && seen.add(row.assignmentId))
    .toSorted((a, b) => Number(b.role === 'lead') - Number(a.role === 'lead'))
    .flatMap(({ unitName, contacted, solved, satisfied, at }) => (at === null ? [] : [{ unitName: unitName ?? '', contacted, solved, satisfied, at }]))
}

export async function resultView(ctx: Ctx, row: ResultRow) {
  const scale = await setting(ctx, satisfactionScale)
  const nameOf = (code: string) => scale.find((g) => g.code === code)?.name ?? code
  return {
    id: row.id, taskId: row.task_id, round: row.round, at: row.at, actorName: row.actor_name, byKind: row.by_kind, callId: row.call_id, way: row.way, wayNote: row.way_note, contacted: row.contacted, solved: row.solved, satisfied: row.satisfied, stars: row.stars,
    // A grade that was taken off the scale keeps its code, so that old answers stay readable.
    grade: row.grade, gradeName: row.grade === null ? null : nameOf(row.grade), items: row.items.map((item) => ({ ...item, gradeName: nameOf(item.grade) })), reasons: row.reasons, opinion: row.opinion, suggestion: row.suggestion, attributable: row.attributable, notAttributableReason: row.not_attributable_reason,
    outcome: row.outcome, outcomeName: outcomeNames[row.outcome], consequence: row.consequence, unitName: row.unit_name,
    comparison: { contacted: compare(row.unit_contacted, row.contacted), solved: compare(row.unit_solved, row.solved), satisfied: compare(row.unit_satisfied, row.satisfied) },
  }
}

export async function resultsOf(ctx: Ctx, tenantId: string, orderId: string): Promise<ResultRow[]> {
  const rows = await db(ctx).selectFrom('callback_result').selectAll().where('tenant_id', '=', tenantId).where('order_id', '=', orderId).orderBy('at', 'desc').execute()
  return rows as ResultRow[]
}

export const attemptView = (row: AttemptRow) => ({ id: row.id, number: row.number, at: row.at, actorName: row.actor_name, result: row.result, resultName: attemptResultNames[row.result], note: row.note })

export async function attemptsOf(ctx: Ctx, tenantId: string, orderId: string): Promise<AttemptRow[]> {
  const rows = await db(ctx).selectFrom('callback_attempt').selectAll().where('tenant_id', '=', tenantId).where('order_id', '=', orderId).orderBy('at').execute()
  return rows as AttemptRow[]
}

/** All rounds of an order, for whoever may read the order. */
export async function orderCallbacks(ctx: Ctx, input: Input<typeof contract.orderCallbacksRoute>) {
  const order = await readOrder(ctx, input.id)
  const tasks = (await db(ctx).selectFrom('callback_task').selectAll().where('tenant_id', '=', order.tenant_id).where('order_id', '=', order.id).orderBy('round').execute()) as TaskRow[]
  const attempts = await attemptsOf(ctx, order.tenant_id, order.id)
  return {
    tasks: tasks.map((t) => ({ id: t.id, round: t.round, state: t.state, stateName: taskStateNames[t.state], attempts: attempts.filter((a) => a.task_id === t.id).map(attemptView) })),
    results: await Promise.all((await resultsOf(ctx, order.tenant_id, order.id)).map((row) => resultView(ctx, row))),
  }
}

/** Answers the port `ratesOfOrders`: the latest answers of each order. */
export async function latestRates(ctx: Ctx, orderIds: string[]): Promise<Map<string, OrderRates>> {
  if (orderIds.length === 0) return new Map()
  const rows = await db(ctx).selectFrom('callback_result').select(['order_id', 'contacted', 'solved', 'satisfied']).where('tenant_id', '=', ctx.tenantId).where('order_id', 'in', orderIds).orderBy('at').execute()
  return new Map(rows.map(({ order_id, ...rates }) => [order_id, rates]))
}
