// Review of a registered order: pass, return to the agent, resubmit, answer directly (ORD-22, ORD-23).
import type { Ctx } from '../../kernel/ctx.ts'
import { authorize, can } from '../../kernel/access.ts'
import type { Input } from '../../kernel/http/route.ts'
import { cite, citationsOf } from '../knowledge/index.ts'
import { attachFiles, setting } from '../platform/index.ts'
import { about, answerOf, move } from './acts.ts'
import { meetClocks } from './clocks.ts'
import type * as contract from './contract.ts'
import { orderReturnedToAgent } from './events.ts'
import { orderFail } from './orders.errors.ts'
import { assertVisible, readOrder } from './orders.policy.ts'
import { isMirror, lockOrder, type OrderRow } from './orders.queries.ts'
import { requireSorter } from './queues/index.ts'
import { reportUp } from './transfer/index.ts'
import { answerWithoutKnowledge, skipReview } from './settings.ts'

async function openForReview(ctx: Ctx, id: string, version: number | undefined): Promise<OrderRow> {
  const order = await lockOrder(ctx, id, version)
  await assertVisible(ctx, order)
  if (order.triage === 'waiting' || (order.triage === 'picked' && order.picked_by !== ctx.actor.id)) throw orderFail('pickedByOther', { params: { by: order.picked_by_name ?? '全媒体受理台' } })
  if (order.upper_platform !== null && order.upper_signed_at === null) throw orderFail('signFirst', { rule: 'orders.upper.sign' })
  await requireSorter(ctx, order)
  return order
}

const triageDone = (order: OrderRow) => (order.triage ? { triage: 'done' as const, picked_until_at: null } : {})

export async function passReview(ctx: Ctx, input: Input<typeof contract.passReviewRoute>) {
  authorize(ctx, 'orders.review')
  const order = await openForReview(ctx, input.id, input.version)
  return answerOf(await move(ctx, order, 'passReview', { change: triageDone(order), entry: { text: input.opinion ?? null } }))
}

export async function returnToAgent(ctx: Ctx, input: Input<typeof contract.returnToAgentRoute>) {
  authorize(ctx, 'orders.review')
  const order = await openForReview(ctx, input.id, input.version)
  const saved = await move(ctx, order, 'returnToAgent', { change: triageDone(order), entry: { text: input.opinion, visibility: 'internal' } })
  await attachFiles(ctx, { fileIds: input.fileIds, place: 'order', objectType: 'order', objectId: order.id, audience: 'staff' })
  ctx.publish(orderReturnedToAgent({ ...about(order), agentId: order.registered_by ?? order.picked_by, opinion: input.opinion }))
  return answerOf(saved)
}

/** The agent's supplement is done; the order goes back to review under its number. */
export async function submitOrder(ctx: Ctx, input: Input<typeof contract.submitOrderRoute>) {
  authorize(ctx, 'orders.register')
  const order = await openForReview(ctx, input.id, input.version)
  const skip = await setting(ctx, skipReview)
  return answerOf(await move(ctx, order, 'submit', { facts: { skipReview: skip }, entry: { text: null } }))
}

/** An answer rests on quoted knowledge or, for those who may (⚙ answerWithoutKnowledge), on a basis in words. What is quoted must hold now; it stays as quoted. */
export async function answerOrder(ctx: Ctx, input: Input<typeof contract.answerOrderRoute>) {
  authorize(ctx, 'orders.answer')
  const order = await openForReview(ctx, input.id, input.version)
  const everybody = (await setting(ctx, answerWithoutKnowledge)) === 'everybody'
  if (input.citations.length === 0 && !everybody && !can(ctx, 'orders.answerUncited')) throw orderFail('answerNotAllowed', { rule: 'answerWithoutKnowledge', fields: [{ path: 'citations', message: '请引用知识' }] })
  const cited = await cite(ctx, { objectType: 'order', objectId: order.id, citations: input.citations })
  const basis = input.basis || cited.map((one) => one.citation).join('；').slice(0, 1000)
  if (basis === '') throw orderFail('basisRequired', { fields: [{ path: 'basis', message: '请填写法律法规或事实依据' }] })
  if (isMirror(order)) return answerOf(await answerUp(ctx, order, { reply: input.reply, basis }))
  await meetClocks(ctx, order.id, {})
  return answerOf(
    await move(ctx, order, 'answer', { change: { ...triageDone(order), reply: input.reply, reply_basis: basis }, entry: { text: input.reply, data: { basis, ...(cited.length > 0 ? { citations: cited.map(({ itemId, version, title }) => ({ itemId, version, title })) } : {}) }, visibility: 'public' } }),
  )
}

export async function listOrderCitations(ctx: Ctx, input: Input<typeof contract.listOrderCitationsRoute>) {
  authorize(ctx, 'orders.read')
  const order = await readOrder(ctx, input.id)
  return { items: await citationsOf(ctx, 'order', order.id) }
}

/** The sender of a mirror checks the answer like a result; only it speaks to the requester. */
async function answerUp(ctx: Ctx, order: OrderRow, input: { reply: string; basis: string }): Promise<OrderRow> {
  await meetClocks(ctx, order.id, { kinds: ['stage'] })
  await reportUp(ctx, order, { reply: input.reply, basis: input.basis })
  return move(ctx, order, 'answerUp', { change: { ...triageDone(order), reply: input.reply, reply_basis: input.basis }, entry: { text: input.reply, data: { basis: input.basis } } })
}

/** How long review or dispatch may take: a node rule's limit, else the general one. */
