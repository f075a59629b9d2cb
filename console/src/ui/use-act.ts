// Commands whose input comes out of a schema form: typed answer, one idempotency key per attempt, stale queries asked again.
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef } from 'react'
import type { Op, OutputOf } from '../api/call.ts'
import { newKey, request } from '../api/http.ts'
import { asProblem } from '../api/problem.ts'
import { routes } from '../api/routes.gen.ts'

type Send = <K extends Op>(op: K, input: Record<string, unknown>) => Promise<OutputOf<K>>

/** `stale`: operations (or names of query keys) whose answers are out of date afterwards. @throws Problem */
export function useAct(...stale: string[]): Send {
  const client = useQueryClient()
  const attempt = useRef<{ text: string; key: string } | null>(null)
  const names = stale.join(' ')
  return useCallback(async <K extends Op>(op: K, input: Record<string, unknown>) => {
    const text = `${op} ${JSON.stringify(input)}`
    if (attempt.current?.text !== text) attempt.current = { text, key: newKey() }
    const [method, template] = routes[op]
    try {
      const output = await request<OutputOf<K>>(method, template, input, { idempotencyKey: attempt.current.key })
      attempt.current = null
      await Promise.all(names.split(' ').map((name) => client.invalidateQueries({ queryKey: [name] })))
      return output
    } catch (error) {
      const problem = asProblem(error)
      if (!problem.undecided) attempt.current = null
      throw problem
    }
  }, [client, names])
}

/** Fields left empty are sent as null, so that the server clears them. */
export function cleared(values: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return { ...Object.fromEntries(names.map((name) => [name, null])), ...values }
}
