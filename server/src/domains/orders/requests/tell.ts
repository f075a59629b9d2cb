// Telling people: the unit with its handler and leaders in the system and by SMS, the requester by SMS in public words only.
import type { Ctx } from '../../../kernel/ctx.ts'
import { isMobile } from '../../../kernel/crypto/index.ts'
import { mobilesOf, notify, sendSms, usersOf, type MessageLevel } from '../../platform/index.ts'
import type { AssignmentRow, OrderRow } from '../orders.queries.ts'
import { plainPhone } from '../requesters/contact.ts'

export type Word = { type: string; title: string; text: string; level: MessageLevel; sms?: string }

/** Handler (or all handlers) and leaders of the assignment's unit; `sms` is a template that takes {number}. */
export async function tellUnit(ctx: Ctx, order: Pick<OrderRow, 'id' | 'number'>, assignment: Pick<AssignmentRow, 'unit_id' | 'handler_id'>, word: Word): Promise<void> {
  const handlers = await usersOf(ctx, { unitId: assignment.unit_id, permission: 'orders.handle' })
  const leaders = await usersOf(ctx, { unitId: assignment.unit_id, permission: 'orders.approve' })
  const named = handlers.filter((p) => p.id === assignment.handler_id)
  const userIds = [...new Set([...(named.length > 0 ? named : handlers), ...leaders].map((p) => p.id))]
  await tellUsers(ctx, order, userIds, word)
}

/** Everybody at a desk of the centre. */
export async function tellDesk(ctx: Ctx, order: Pick<OrderRow, 'id' | 'number'>, permission: string, word: Word): Promise<void> {
  const people = await usersOf(ctx, { permission })
  await tellUsers(ctx, order, people.map((p) => p.id), word)
}

export async function tellUsers(ctx: Ctx, order: Pick<OrderRow, 'id' | 'number'>, userIds: string[], word: Word): Promise<void> {
  if (userIds.length === 0) return
  await notify(ctx, { type: word.type, to: { userIds }, level: word.level, title: word.title, text: word.text, link: `/orders/${order.number}`, objectType: 'order', objectId: order.id })
  if (!word.sms) return
  const mobiles = await mobilesOf(ctx, userIds)
  for (const phone of new Set(mobiles.values())) if (isMobile(phone)) await sendSms(ctx, { phone, template: word.sms, params: { number: order.number }, objectType: 'order', objectId: order.id })
}

/** Nobody is written to whose order came from another centre or an import, who stayed anonymous, left no mobile or wants no contact. */
export async function tellRequester(ctx: Ctx, order: OrderRow, template: string, params: Record<string, string>): Promise<void> {
  if (order.import_source !== null || order.source === 'upper' || order.anonymous || order.callback_manner === 'none') return
  const phone = plainPhone(ctx, order)
  if (phone === null || !isMobile(phone)) return
  await sendSms(ctx, { phone, template, params: { number: order.number, ...params }, objectType: 'order', objectId: order.id })
}
