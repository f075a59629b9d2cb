// Domain events: declared with a schema by the domain that publishes them, handled by later domains.
import type { z } from 'zod'
import type { Ctx } from '../ctx.ts'

export type DomainEvent = { name: string; aggregateId: string; payload: unknown; tenantId?: string }

export type EventType<S extends z.ZodType = z.ZodType> = {
  name: string
  schema: S
  aggregate: string
  (payload: z.output<S>): DomainEvent
}

/** `export const orderClosed = defineEvent('order.closed', z.object({ orderId: z.string() }), 'orderId')`; publish by `ctx.publish(orderClosed({ orderId }))`. */
export function defineEvent<S extends z.ZodType<Record<string, unknown>>>(name: string, schema: S, aggregate: keyof z.output<S> & string): EventType<S> {
  const make = (payload: z.output<S>): DomainEvent => ({ name, aggregateId: String(payload[aggregate]), payload })
  return Object.defineProperty(Object.assign(make, { schema, aggregate }), 'name', { value: name }) as unknown as EventType<S> // a function's own `name` is the event's name
}

export type EventHandler = {
  /** Stable name of the consumer; its position in the stream is kept under it. */
  consumer: string
  event: string
  run: (ctx: Ctx, payload: unknown) => Promise<void>
}

/** In module.ts: `handles: [on(orderResultAccepted, 'callback', scheduleCallback)]`. Handlers are idempotent; they run by the system, in the event's tenant, in a transaction with the consumer's cursor. */
export function on<S extends z.ZodType<Record<string, unknown>>>(type: EventType<S>, consumer: string, run: (ctx: Ctx, payload: z.output<S>) => Promise<void>): EventHandler {
  return { consumer, event: type.name, run: (ctx, payload) => run(ctx, type.schema.parse(payload)) }
}
