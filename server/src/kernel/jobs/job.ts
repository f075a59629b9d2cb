// Background work: kinds are declared, enqueued only inside a transaction, isolated from each other.
import type { z } from 'zod'
import type { Ctx } from '../ctx.ts'

export type JobRun = { attempt: number; maxAttempts: number }

export type JobKind<P> = {
  name: string
  schema: z.ZodType<P>
  maxAttempts: number
  /** Opens its own transactions through `begin` (long work commits in steps). */
  run: (begin: <T>(fn: (ctx: Ctx) => Promise<T>) => Promise<T>, payload: P, info: JobRun) => Promise<void>
}
export type AnyJob = { name: string; maxAttempts: number; run: (begin: <T>(fn: (ctx: Ctx) => Promise<T>) => Promise<T>, payload: unknown, info: JobRun) => Promise<void> }

/** Declares a kind of job. The payload is ids, not data. */
export const defineJob = <P>(kind: JobKind<P>): JobKind<P> => kind

/** For module.ts: erases the payload type after checking it by schema. */
export const asJob = <P>(kind: JobKind<P>): AnyJob => ({
  name: kind.name,
  maxAttempts: kind.maxAttempts,
  run: (begin, payload, info) => kind.run(begin, kind.schema.parse(payload), info),
})
