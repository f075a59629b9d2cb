// The end of a suspension, whoever brings it about: the clocks go on, the record keeps why.
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { cancelFlows } from '../../flow/index.ts'
import { answerOf } from '../acts.ts'
import { orderFail } from '../orders.errors.ts'
import { assertVisible } from '../orders.policy.ts'
import { db, lockAssignments, lockOrder, saveOrder, type AssignmentRow, type OrderRow } from '../orders.queries.ts'
import { tellUnit } from '../requests/tell.ts'
import { endRequest } from '../return-requests.ts'
import { record } from '../timeline.ts'
import { resumeClocks } from './pause-clocks.ts'
import type * as contract from './pause-contract.ts'
import { pauseFail } from './pause.errors.ts'
import type { PauseRow } from './pause.queries.ts'
import { pauseEnds } from './pauses.zh-CN.ts'

export type PauseEnd = 'resumed' | 'byCentre' | 'promiseLapsed' | 'notOnTrack' | 'timeOver'

/** Ends one suspension; the caller saves the order with `afterPause`. */
export async function endPause(ctx: Ctx, order: OrderRow, all: AssignmentRow[], pause: PauseRow, how: PauseEnd, reason: string): Promise<void> {
  await db(ctx).updateTable('order_pause').set({ state: 'ended', ended_at: ts(ctx.clock.now()), end_kind: how, end_reason: reason, ended_by_name: ctx.actor.name }).where('tenant_id', '=', ctx.tenantId).where('id', '=', pause.id).execute()
  await resumeClocks(ctx, all, pause.assignment_id, `${pauseEnds[how]}：${reason}`)
  await dropPending(ctx, pause.assignment_id)
  await record(ctx, order, { act: 'resumedWork', assignmentId: pause.assignment_id, unit: { id: pause.unit_id, name: pause.unit_name }, text: how === 'resumed' ? '办理已继续' : pauseEnds[how], data: { how, reason, condition: pause.condition_name }, visibility: 'unitLine' })
  const assignment = all.find((a) => a.id === pause.assignment_id)
  if (assignment && how !== 'resumed') await tellUnit(ctx, order, assignment, { type: 'order.pause', level: 'P2', title: `已续办：${order.title}`, text: `工单 ${order.number}：${pauseEnds[how]}，办理时限继续计算`, sms: 'unitResumed' })
}

/** Requests that were asked about this suspension have lost their object. */
async function dropPending(ctx: Ctx, assignmentId: string): Promise<void> {
  const rows = await db(ctx).selectFrom('order_request').select('id').where('tenant_id', '=', ctx.tenantId).where('assignment_id', '=', assignmentId).where('kind', 'in', ['resumption', 'promise']).where('state', '=', 'pending').execute()
  for (const { id } of rows) {
    await cancelFlows(ctx, 'orderRequest', id, '已续办')
    await endRequest(ctx, id, 'cancelled', 'resumed', '')
  }
}

/** The flag goes when nothing on the order is suspended any more. */
export async function afterPause(ctx: Ctx, order: Pick<OrderRow, 'id' | 'flags'>): Promise<{ flags: string[] }> {
  const left = await db(ctx).selectFrom('order_pause').select('id').where('tenant_id', '=', ctx.tenantId).where('order_id', '=', order.id).where('state', '=', 'active').executeTakeFirst()
  return { flags: left ? order.flags : order.flags.filter((f) => f !== 'suspended') }
}

/** The centre ends a suspension whose reason is gone (责令续办). */
export async function resumeByCentre(ctx: Ctx, input: Input<typeof contract.resumePauseRoute>) {
  authorize(ctx, 'orders.reviewPause')
  const found = await db(ctx).selectFrom('order_pause').select('order_id').where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).executeTakeFirst()
  if (!found) throw orderFail('notFound')
  const order = await lockOrder(ctx, found.order_id)
  await assertVisible(ctx, order)
  const all = await lockAssignments(ctx, order.id)
  const pause = await db(ctx).selectFrom('order_pause').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).forUpdate().executeTakeFirstOrThrow()
  if (pause.state !== 'active') throw pauseFail('pauseNotActive', { rule: 'orders.paused', current: { endedBy: pause.ended_by_name, how: pause.end_kind } })
  await endPause(ctx, order, all, pause, 'byCentre', input.reason)
  return answerOf(await saveOrder(ctx, order, await afterPause(ctx, order)))
}

/** The order ended or its unit is out: nothing waits any more, and no clock is started again. */
export async function dropPauses(ctx: Ctx, orderId: string, assignmentIds?: string[]): Promise<void> {
  let query = db(ctx).updateTable('order_pause').set({ state: 'ended', ended_at: ts(ctx.clock.now()), end_kind: 'orderEnded', ended_by_name: ctx.actor.name }).where('tenant_id', '=', ctx.tenantId).where('order_id', '=', orderId).where('state', '=', 'active')
  if (assignmentIds) query = query.where('assignment_id', 'in', assignmentIds)
  await query.execute()
}
