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

export type BulletinAsk = { indicators: string[]; dimension?: string; /** Days of the tenant, both inclusive. */ from: string; to: string; /** Area codes; empty: everywhere. */ areas: readonly string[]; limit?: number }
export type BulletinFigures = { total: Record<string, string | null>; rows: { key: string; name: string; values: Record<string, string | null> }[]; definitions: Record<string, { name: string; unit: string; statement: string }> }

/** Figures of the indicator catalogue for the public: of the whole tenant without confidential orders (INT-21). Implemented by data. */
export const bulletinFigures = definePort<(ctx: Ctx, ask: BulletinAsk) => Promise<BulletinFigures>>('intake.bulletinFigures')
