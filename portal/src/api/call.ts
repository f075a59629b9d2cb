// The typed client: one flat input per operation, typed from the generated OpenAPI operations.
import type { operations } from './openapi.gen.ts'
import { routes } from './routes.gen.ts'
import type { RequestOptions } from './http.ts'
import { request } from './http.ts'

type Ops = operations

/** Ids of the operations that are both routed and described. */
export type Op = Extract<keyof typeof routes, keyof Ops>

// "none" is `unknown`, because it vanishes in an intersection
type PathOf<O> = O extends { parameters: { path: infer P } } ? P : unknown
type QueryOf<O> = O extends { parameters: { query: infer Q } }
  ? Q
  : O extends { parameters: { query?: infer Q } }
    ? [NonNullable<Q>] extends [never] ? unknown : Partial<NonNullable<Q>>
    : unknown
type BodyOf<O> = O extends { requestBody: { content: { 'application/json': infer B } } }
  ? B
  : O extends { requestBody?: { content: { 'application/json': infer B } } }
    ? Partial<B>
    : unknown

type ContentOf<R> = R extends { content: { 'application/json': infer T } } ? T : void
type SuccessOf<R> = R extends { 200: infer A } ? ContentOf<A> : R extends { 201: infer A } ? ContentOf<A> : R extends { 202: infer A } ? ContentOf<A> : void

export type InputOf<K extends Op> = PathOf<Ops[K]> & QueryOf<Ops[K]> & BodyOf<Ops[K]>
export type OutputOf<K extends Op> = Ops[K] extends { responses: infer R } ? SuccessOf<R> : void

/** The argument list: the input may be left out where nothing in it is required. */
export type Args<K extends Op> = object extends InputOf<K> ? [input?: InputOf<K>, options?: RequestOptions] : [input: InputOf<K>, options?: RequestOptions]

/**
 * Calls an operation: path parameters are filled from the input, the rest is the query (GET) or the JSON body.
 * @throws Problem with the server's code, Chinese title and fields
 */
export function call<K extends Op>(op: K, ...args: Args<K>): Promise<OutputOf<K>> {
  const [method, template] = routes[op]
  const [input, options] = args
  return request<OutputOf<K>>(method, template, Object.assign({}, input), options)
}
