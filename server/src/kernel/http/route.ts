// A route is described apart from its code; the description is the API, its checks and its OpenAPI page.
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Ctx } from '../ctx.ts'

/** Who may call: a permission code, any signed-in person of the audience, or everybody. */
export type Access = { permission: string } | { anyOf: string[] } | 'signedIn' | 'everybody'

export type RouteSpec = {
  id: string
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** `/api/orders/:id/close` */
  path: string
  summary: string
  audience: 'staff' | 'public' | 'both'
  access: Access
  params?: z.ZodObject
  query?: z.ZodObject
  body?: z.ZodType
  response: z.ZodType
  /** Sessions that are not fully open (second factor, forced password change) may call it. */
  beforeOpen?: boolean
  /** Own permission group shown in docs; default is the domain. */
  tag?: string
  /** Multipart upload (runs outside a transaction, audits itself) or binary answer: the handler gets request and reply. */
  raw?: 'upload' | 'download'
  /** Waits for others (a language model): no transaction is held meanwhile; each statement stands for itself. */
  waits?: true
  /** A GET that writes (reveals of masked values) runs in a transaction too. */
  writes?: boolean
  /** Commands are audited unless they say otherwise (autosave, presence). */
  audit?: false
  /** Request or answer carries a credential: nothing of it is kept for repeated sends. */
  secret?: true
  /** Calls a minute per address (public) or actor. */
  limit?: number
}

// `z.object({})` says Record<string, never>, which would forbid the other parts' fields.
type Part<T> = T extends z.ZodType ? (Record<string, never> extends z.output<T> ? (z.output<T> extends Record<string, never> ? unknown : z.output<T>) : z.output<T>) : unknown

/** One flat input: path, query and body together. */
export type Input<S extends RouteSpec> = Part<S['params']> & Part<S['query']> & Part<S['body']>
export type Output<S extends RouteSpec> = z.output<S['response']>

export type Route = {
  spec: RouteSpec
  handler: (ctx: Ctx, input: never, raw: RawExchange) => Promise<unknown>
  /** What takes its time (reading files) and must not hold a transaction: runs before it and writes nothing. */
  before?: (ctx: Ctx, input: never) => Promise<unknown>
}
export type RawExchange = { request: FastifyRequest; reply: FastifyReply; /** What `before` found. */ found?: unknown }

/** Keeps the literal types of a description. */
export const describeRoute = <const S extends RouteSpec>(spec: S): S => spec

/** Binds a description to its use-case; the binder opens the transaction and checks the answer too. */
export function bind<S extends RouteSpec>(spec: S, handler: (ctx: Ctx, input: Input<S>, raw: RawExchange) => Promise<Output<S>>): Route {
  return { spec, handler: handler as Route['handler'] } // the binder parses `input` by this very spec
}

/**
 * Like `bind`, for a command that has to read something slow first: `before` runs as a query, outside any transaction, with the same input;
 * what it found goes to the command, which must still ask whether it holds: between the two the world may have changed.
 */
export function bindAfter<S extends RouteSpec, F>(spec: S, before: (ctx: Ctx, input: Input<S>) => Promise<F>, handler: (ctx: Ctx, input: Input<S>, found: F) => Promise<Output<S>>): Route {
  return { spec, before: before as Route['before'] & object, handler: ((ctx: Ctx, input: Input<S>, raw: RawExchange) => handler(ctx, input, raw.found as F)) as Route['handler'] } // parsed by this very spec; `found` is what `before` gave
}
