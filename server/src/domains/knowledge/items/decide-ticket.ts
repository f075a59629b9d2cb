// What a review decides: on to publication, back to the author, or down from the shelf.
import { planNotices } from '../notices/send-notices.ts'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { decideFlow, flowsOf, type FinishedFlow } from '../../flow/index.ts'
import { notify } from '../../platform/index.ts'
import { knowledgeFail } from '../knowledge.errors.ts'
import { ticketKindNames } from '../texts.zh-CN.ts'
import { requireTicketAct } from './edit-item.ts'
import { stateOfFirst, type TicketKind, type TicketState } from './item.ts'
import type * as contract from './item-contract.ts'
import { itemRow, lockTicket, saveItem, saveTicket, TICKET, trail, type ItemRow, type TicketRow } from './item.queries.ts'
import { indexVersion } from '../search/index-version.ts'
import { dropPassages } from '../search/passages.ts'

/** The step of the process that waits for the actor; an author is refused, whoever is not asked does not learn of it. */
export async function decideTicket(ctx: Ctx, input: Input<typeof contract.decideTicket>): Promise<{ state: string }> {
  authorize(ctx, 'knowledge.review')
  const ticket = await lockTicket(ctx, input.id, input.version)
  requireTicketAct('decide', ticket)
  if (input.outcome === 'return' && input.opinion === '') throw knowledgeFail('opinionRequired', { fields: [{ path: 'opinion', message: '请填写退回意见' }] })
  if (ticket.author_id !== null && ticket.author_id === ctx.actor.id) throw knowledgeFail('fourEyes', { rule: 'knowledge.fourEyes' })
  if (!ticket.flow_instance_id) throw kernelErrors('notFound')
  await decideFlow(ctx, { instanceId: ticket.flow_instance_id, outcome: input.outcome, opinion: input.opinion })
  const after = await lockTicket(ctx, ticket.id)
  // A step on the way; the last one writes its own line with the outcome.
  if (after.state === 'inReview') await trail(ctx, { itemId: ticket.item_id, act: 'step', text: input.opinion || '同意' })
  ctx.signal('knowledge.tickets')
  return { state: after.state }
}

/** The port of the flow domain: the process of a ticket has ended, here or on the page of approvals. */
export async function reviewFinished(ctx: Ctx, finished: FinishedFlow): Promise<void> {
  if (finished.objectType !== TICKET) return
  const ticket = await lockTicket(ctx, finished.objectId)
  const item = await itemRow(ctx, ticket.item_id)
  if (!item || ticket.state !== 'inReview') return
  const to: TicketState = finished.withdrawn ? 'draft' : finished.outcome === 'returned' ? 'returned' : ticket.kind === 'add' || ticket.kind === 'modify' ? 'approved' : 'done'
  await saveTicket(ctx, ticket, { state: to, opinion: finished.opinion.trim() || null, decided_at: ts(ctx.clock.now()) })
  if (item.version_number === null) await saveItem(ctx, item.id, { state: stateOfFirst[to] })
  if (!finished.withdrawn) {
    await trail(ctx, { itemId: item.id, act: to === 'returned' ? 'return' : 'approve', text: finished.opinion.trim() || null })
    await tellAuthor(ctx, ticket, to === 'returned' ? '被退回' : '审核通过', finished.opinion)
  }
  if (to === 'approved') await notify(ctx, { type: 'knowledge.toPublish', to: { permission: 'knowledge.publish' }, title: `待发布：${ticket.title}`, link: `/knowledge/tickets?ticket=${ticket.id}`, objectType: TICKET, objectId: ticket.id, level: 'P4' })
  if (to === 'done') await applyShelf(ctx, ticket, item)
  ctx.signal('knowledge.tickets')
}

/** An approved take-down or restoration has effect at once. */
async function applyShelf(ctx: Ctx, ticket: TicketRow, item: ItemRow): Promise<void> {
  if (ticket.kind === 'suspend') await takeDown(ctx, item, 'suspend', ticket.reason ?? '', { ticket_id: null })
  else {
    await saveItem(ctx, item.id, { state: 'published', down_reason: null, down_at: null, down_by_name: null, ticket_id: null })
    await indexVersion(ctx, item.id, item.version_number ?? 0)
    await trail(ctx, { itemId: item.id, act: 'restore', text: ticket.reason })
  }
  ctx.signal('knowledge.items', item.id)
}

export async function takeDown(ctx: Ctx, item: ItemRow, act: 'suspend' | 'emergencySuspend' | 'expire' | 'discard', reason: string, more: { ticket_id?: null } = {}): Promise<void> {
  const state = act === 'expire' ? 'expired' : act === 'discard' ? 'discarded' : 'suspended'
  await saveItem(ctx, item.id, { ...more, state, down_reason: reason || null, down_at: ts(ctx.clock.now()), down_by_name: ctx.actor.name })
  await dropPassages(ctx, item.id)
  if (item.version_number !== null && item.state === 'published') await planNotices(ctx, item, item.version_number, 'down')
  await trail(ctx, { itemId: item.id, act, text: reason || null })
  ctx.signal('knowledge.items', item.id)
}

async function tellAuthor(ctx: Ctx, ticket: TicketRow, what: string, opinion: string): Promise<void> {
  if (!ticket.author_id) return
  await notify(ctx, { type: 'knowledge.reviewed', to: { userIds: [ticket.author_id] }, title: `知识${ticketKindNames[ticket.kind as TicketKind]}${what}：${ticket.title}`, text: opinion, link: `/knowledge/tickets?ticket=${ticket.id}`, objectType: TICKET, objectId: ticket.id, level: 'P4' })
}

/** The steps of all reviews a ticket went through, oldest first: one ticket with all opinions. */
export async function opinionsOf(ctx: Ctx, ticket: Pick<TicketRow, 'past_flow_ids'>) {
  const flows = await flowsOf(ctx, ticket.past_flow_ids)
  return ticket.past_flow_ids.flatMap((id, round) => (flows.get(id)?.steps ?? []).map((step) => ({ ...step, round: round + 1 })))
}
