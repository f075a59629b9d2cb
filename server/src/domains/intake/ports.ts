// What intake asks of later domains inside the same transaction.
import type { Ctx } from '../../kernel/ctx.ts'
import { definePort } from '../../kernel/port.ts'

/** The requester urges his order (SUP-11). Implemented by supervision; without it the act is not offered. The caller has checked that the order is his and being handled. */
export const urgeByRequester = definePort<(ctx: Ctx, urge: { orderId: string; content: string }) => Promise<void>>('intake.urgeByRequester')

export type RequesterAnswer = { orderId: string; round: number; stars: number; satisfied: 'yes' | 'no'; solved: 'yes' | 'partly' | 'no'; reasons: string[]; text: string | null }

/**
 * A rating while a callback is owed takes its place: callback ends its open task with these answers and moves the order (CBK-03, CBK-12).
 * True when the order went back to its unit. Without an implementation rating waits until the order is closed.
 */
export const answerByRequester = definePort<(ctx: Ctx, answer: RequesterAnswer) => Promise<boolean>>('intake.answerByRequester')
