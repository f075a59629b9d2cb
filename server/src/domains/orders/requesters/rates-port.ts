// What requesters said of earlier orders is known to a later domain.
import type { Ctx } from '../../../kernel/ctx.ts'
import { definePort } from '../../../kernel/port.ts'

export type OrderRates = { contacted: string | null; solved: string | null; satisfied: string | null }

/** The three rates stated for orders (yes, no, partly, notStated), by order id; orders never called back are missing. Callback answers. */
export const ratesOfOrders = definePort<(ctx: Ctx, orderIds: string[]) => Promise<Map<string, OrderRates>>>('orders.ratesOfOrders', async () => new Map())
