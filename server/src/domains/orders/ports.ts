// What orders ask of later domains inside the same transaction.
import type { Ctx } from '../../kernel/ctx.ts'
import { definePort } from '../../kernel/port.ts'
import type { OrderRow } from './orders.queries.ts'

/** Whether the requester must be called back before the order closes. Implemented by callback; without it nothing is owed. */
export const callbackOwed = definePort<(ctx: Ctx, order: OrderRow) => Promise<boolean>>('orders.callbackOwed', async () => false)

/** Checks on the text of a reply before it is accepted; throws its own refusal (sensitive words, reply check). */
export const replyChecks = definePort<(ctx: Ctx, about: { orderId: string; reply: string }) => Promise<void>>('orders.replyChecks')

/** Other contacts of a requester (calls, chats), newest first, for the history beside the form. */
export const contactHistory = definePort<(ctx: Ctx, requesterId: string) => Promise<{ kind: string; at: number; text: string }[]>>('orders.contactHistory')

/** Whether a form that somebody else began came to the actor with what it belongs to (a call that was passed on): he may open, keep and submit it. */
export const formPassedOn = definePort<(ctx: Ctx, draftId: string) => Promise<boolean>>('orders.formPassedOn', async () => false)
