// react-query around call(): a query per operation and input, commands that keep their key until the answer is known.
import { QueryClient, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query'
import { useRef } from 'react'
import type { Args, InputOf, Op, OutputOf } from './call.ts'
import { call } from './call.ts'
import { newKey } from './http.ts'
import { asProblem, Problem } from './problem.ts'

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 15_000, retry: (count, error) => count < 2 && (!(error instanceof Problem) || error.undecided), networkMode: 'offlineFirst' },
    mutations: { retry: false, networkMode: 'always' },
  },
})

/** Reads an operation; the key is `[op, input]`, so invalidating `[op]` refreshes all its inputs. */
export function useQueryOf<K extends Op>(op: K, input: InputOf<K>, settings: { enabled?: boolean; staleTime?: number; refetchEvery?: number } = {}): UseQueryResult<OutputOf<K>, Problem> {
  return useQuery<OutputOf<K>, Problem>({
    queryKey: [op, input],
    queryFn: ({ signal }) => call(op, ...args<K>(input, { signal })),
    enabled: settings.enabled ?? true,
    ...(settings.staleTime === undefined ? {} : { staleTime: settings.staleTime }),
    ...(settings.refetchEvery === undefined ? {} : { refetchInterval: settings.refetchEvery }),
  })
}

/** Pages of a list, more on demand. */
export function usePagesOf<K extends Op>(op: K, input: InputOf<K>, enabled: boolean) {
  return useInfiniteQuery<OutputOf<K>, Problem, { pages: OutputOf<K>[] }, unknown[], string | null>({
    queryKey: [op, 'pages', input],
    queryFn: ({ pageParam, signal }) => call(op, ...args<K>(pageParam === null ? input : Object.assign({}, input, { cursor: pageParam }), { signal })),
    initialPageParam: null,
    getNextPageParam: nextOf,
    enabled,
  })
}

/** A command; a failed attempt whose effect is unknown keeps its key when the same input is sent again. */
export function useCommand<K extends Op>(op: K, settings: { invalidates?: Op[] } = {}): UseMutationResult<OutputOf<K>, Problem, InputOf<K>> {
  const client = useQueryClient()
  const attempt = useRef<{ input: string; key: string } | null>(null)
  return useMutation<OutputOf<K>, Problem, InputOf<K>>({
    mutationFn: async (input) => {
      const text = JSON.stringify(input)
      if (attempt.current?.input !== text) attempt.current = { input: text, key: newKey() }
      try {
        const output = await call(op, ...args<K>(input, { idempotencyKey: attempt.current.key }))
        attempt.current = null
        return output
      } catch (error) {
        const problem = asProblem(error)
        if (!problem.undecided) attempt.current = null
        throw problem
      }
    },
    onSuccess: async () => {
      await Promise.all((settings.invalidates ?? []).map((one) => client.invalidateQueries({ queryKey: [one] })))
    },
  })
}

// TypeScript cannot see that both shapes of Args accept a full input.
const args = <K extends Op>(input: InputOf<K>, options: object): Args<K> => [input, options] as unknown as Args<K>

function nextOf(page: unknown): string | null {
  return typeof page === 'object' && page !== null && 'next' in page && typeof page.next === 'string' ? page.next : null
}
