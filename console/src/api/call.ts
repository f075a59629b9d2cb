// The typed client: one flat input per operation, typed from the generated OpenAPI operations.
import type { Arguments, Input, Output } from '../../../portal/src/kit/client.ts'
import { request } from './http.ts'
import type { operations } from './openapi.gen.ts'
import { routes } from './routes.gen.ts'

type Ops = operations

/** Ids of the operations that are both routed and described. */
export type Op = Extract<keyof typeof routes, keyof Ops>

export type InputOf<K extends Op> = Input<Ops[K]>
export type OutputOf<K extends Op> = Output<Ops[K]>
export type Args<K extends Op> = Arguments<Ops[K]>

/**
 * Calls an operation: path parameters are filled from the input, the rest is the query (GET) or the JSON body.
 * @throws Problem with the server's code, Chinese title and fields
 */
export function call<K extends Op>(op: K, ...args: Args<K>): Promise<OutputOf<K>> {
  const [method, template] = routes[op]
  const [input, options] = args
  return request<OutputOf<K>>(method, template, Object.assign({}, input), options)
}
