// Types of the typed client: one flat input per operation, from the operations that openapi-typescript generates.
import type { RequestOptions } from './http.ts'

// "none" is `unknown`, because it vanishes in an intersection
type PathOf<O> = O extends { parameters: { path: infer P } } ? P : unknown
type QueryOf<O> = O extends { parameters: { query: infer Q } }
  ? Q
  : O extends { parameters: { query?: infer Q } }
    ? [NonNullable<Q>] extends [never] ? unknown : Partial<NonNullable<Q>>
    : unknown
type BodyOf<O> = O extends { requestBody: { content: { 'application/json': infer B } } }
  ? B extends Record<string, never> ? unknown : B // an empty body adds nothing to the input
  : O extends { requestBody?: { content: { 'application/json': infer B } } }
    ? Partial<B>
    : unknown

type ContentOf<R> = R extends { content: { 'application/json': infer T } } ? T : void
type SuccessOf<R> = R extends { 200: infer A } ? ContentOf<A> : R extends { 201: infer A } ? ContentOf<A> : R extends { 202: infer A } ? ContentOf<A> : void

/** Everything an operation takes, in one object. */
export type Input<O> = PathOf<O> & QueryOf<O> & BodyOf<O>
/** What it answers with on success. */
export type Output<O> = O extends { responses: infer R } ? SuccessOf<R> : void
/** The argument list: the input may be left out where nothing in it is required. */
export type Arguments<O> = object extends Input<O> ? [input?: Input<O>, options?: RequestOptions] : [input: Input<O>, options?: RequestOptions]
