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
  parse: (payload: unknown) => unknown
  run: (ctx: Ctx, payloads: readonly unknown[]) => Promise<void>
  /** The events of a batch come in one call, after all others of it. */
  together: boolean
}

/** In module.ts: `handles: [on(orderResultAccepted, 'callback', scheduleCallback)]`. Handlers are idempotent; they run by the system, in the event's tenant, in a transaction with the consumer's cursor. */
export function on<S extends z.ZodType<Record<string, unknown>>>(type: EventType<S>, consumer: string, run: (ctx: Ctx, payload: z.output<S>) => Promise<void>): EventHandler {
  const one = async (ctx: Ctx, payloads: readonly unknown[]): Promise<void> => {
    for (const payload of payloads) await run(ctx, payload as z.output<S>) // parsed by the schema of the event
  }
  return { consumer, event: type.name, parse: (payload) => type.schema.parse(payload), run: one, together: false }
}

/**
 * For work that costs nearly the same for one change and for many, or that takes a lock others wait for: the events of all these types
 * that a batch has for a tenant come in one call, at the batch's end. A consumer has either these or single ones.
 */
export function onMany<P extends Record<string, unknown>>(types: readonly Pick<EventType<z.ZodType<P>>, 'name' | 'schema'>[], consumer: string, run: (ctx: Ctx, payloads: readonly P[]) => Promise<void>): EventHandler[] {
  const all = (ctx: Ctx, payloads: readonly unknown[]): Promise<void> => run(ctx, payloads as P[]) // parsed by the schemas of the events
  return types.map((type) => ({ consumer, event: type.name, parse: (payload) => type.schema.parse(payload), run: all, together: true }))
}
