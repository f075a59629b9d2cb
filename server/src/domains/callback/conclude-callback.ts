// What follows from answers, whoever asked for them: kept as they were said, the task ends, the order moves (CBK-03).
import type { Ctx } from '../../kernel/ctx.ts'
import { json, ts } from '../../kernel/db/connect.ts'
import { newId } from '../../kernel/runtime.ts'
import { applyCallback, record, wayAfterDissatisfaction, type OrderRow } from '../orders/index.ts'
import { outcomeOf, stated, type Outcome, type Statement } from './callback.ts'
import { db, saveTask, type ResultRow, type TaskRow } from './callback.queries.ts'
import { callbackCompleted } from './events.ts'
import { closeForm } from './forms/form.queries.ts'
import { statementsOf } from './read-results.ts'
import { consequences } from './texts.zh-CN.ts'

export type Said = {
  contacted: Statement
  solved: Statement
  satisfied: Statement
  reasons: string[]
  grade?: string | undefined
  stars?: number | undefined
  items?: { name: string; grade: string }[] | undefined
  opinion?: string | null | undefined
  suggestion?: string | undefined
  attributable?: boolean | undefined
  notAttributableReason?: string | undefined
}
export type Asked = { kind: 'person' | 'robot' | 'sms' | 'online'; actorId: string | null; actorName: string; way: 'call' | 'otherWay'; wayNote?: string | undefined; callId?: string | null | undefined }

/**
 * Order and task are locked by the caller, the answers are checked. An order that has left its callback meanwhile, or was asked
 * again after it ended, keeps its state: the answers stand beside it.
 */
export async function conclude(ctx: Ctx, order: OrderRow, task: TaskRow, said: Said, asked: Asked): Promise<{ order: OrderRow; result: ResultRow; outcome: Outcome; consequence: string }> {
  const outcome = outcomeOf({ ...said, attributable: said.attributable ?? true })
  const units = await statementsOf(ctx, order.id, task.round)
  const moves = order.state === 'pendingCallback' && order.round === task.round
  const consequence = moves ? await consequenceOf(ctx, order, said, outcome, units) : consequences.kept(outcome)
  const now = ctx.clock.now()
  const result = (await db(ctx)
    .insertInto('callback_result')
    .values({
      tenant_id: ctx.tenantId, id: newId(), task_id: task.id, order_id: order.id, round: task.round, at: ts(now), by_kind: asked.kind, actor_id: asked.actorId, actor_name: asked.actorName, way: asked.way, way_note: asked.wayNote ?? null, call_id: asked.callId ?? null,
      contacted: said.contacted, solved: said.solved, satisfied: said.satisfied, grade: said.grade ?? null, stars: said.stars ?? null, reasons: said.reasons, opinion: said.opinion ?? null, suggestion: said.suggestion ?? null, attributable: said.attributable ?? true,
      not_attributable_reason: said.notAttributableReason ?? null, outcome, consequence, unit_id: order.lead_unit_id, unit_name: order.lead_unit_name, items: json(said.items ?? []),
      unit_contacted: stated(units.map((u) => u.contacted)), unit_solved: stated(units.map((u) => u.solved)), unit_satisfied: stated(units.map((u) => u.satisfied)),
    })
    .returningAll()
    .executeTakeFirstOrThrow()) as ResultRow
  await saveTask(ctx, task.id, { state: 'done', claimed_until_at: null, finished_at: ts(now), finished_by_name: asked.actorName, ...(asked.kind === 'person' ? { assignee_id: asked.actorId, assignee_name: asked.actorName } : {}) })
  if ((asked.kind === 'person' || asked.kind === 'robot') && task.phone_hash !== null) await db(ctx).insertInto('callback_contact').values({ tenant_id: ctx.tenantId, id: newId(), phone_hash: task.phone_hash, at: ts(now), task_id: task.id, by_kind: asked.kind }).execute()
  await closeForm(ctx, task.id, asked.kind === 'sms' ? 'answered' : 'closed')
  const data = {
    taskId: task.id, resultId: result.id, contacted: said.contacted, solved: said.solved, satisfied: said.satisfied, grade: said.grade ?? null, ...(said.stars === undefined ? {} : { stars: said.stars }), reasons: said.reasons, opinion: said.opinion ?? null, suggestion: said.suggestion ?? null,
    items: said.items ?? [], way: asked.way, wayNote: asked.wayNote ?? null, ...(asked.callId ? { callId: asked.callId } : {}),
  }
  const saved = moves
    ? await applyCallback(ctx, order.id, outcome === 'dissatisfied' ? { kind: outcome, reason: reasonOf(said), data } : { kind: outcome, text: textOf(said, outcome, consequence), data })
    : await keep(ctx, order, { text: textOf(said, outcome, consequence), data })
  ctx.publish(callbackCompleted({ taskId: task.id, orderId: order.id, round: task.round, outcome }))
  return { order: saved, result, outcome, consequence }
}

async function consequenceOf(ctx: Ctx, order: OrderRow, said: Said, outcome: Outcome, units: { unitName: string }[]): Promise<string> {
  if (outcome !== 'dissatisfied') return consequences[outcome]
  const names = units.length > 0 ? [...new Set(units.map((u) => u.unitName))].join('、') : (order.lead_unit_name ?? '承办单位')
  return consequences.dissatisfied(said.satisfied === 'no' ? '不满意' : '未解决', await wayAfterDissatisfaction(ctx, order), names, order.round + 1)
}

async function keep(ctx: Ctx, order: OrderRow, entry: { text: string; data: Record<string, unknown> }): Promise<OrderRow> {
  await record(ctx, order, { act: 'callbackRecorded', ...entry, visibility: 'staff' })
  return order
}

const reasonOf = (said: Said): string => [...said.reasons, ...(said.opinion ? [said.opinion] : [])].join('；') || '诉求人评价不满意'
const textOf = (said: Said, outcome: Outcome, consequence: string): string => (outcome === 'notAttributable' ? `${consequence}：${said.notAttributableReason ?? ''}` : [consequence, said.opinion].filter(Boolean).join('；'))
