// react-query around call(): a query per operation and input, commands that keep their key until the answer is known.
import { MutationCache, QueryClient, keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query'
import { useRef } from 'react'
import type { Args, InputOf, Op, OutputOf } from './call.ts'
import { call } from './call.ts'
import { newKey } from './http.ts'
import { Problem, asProblem } from './problem.ts'

export function makeQueryClient(): QueryClient {
  // What others do reaches the figures with some delay; what one has done oneself is seen at once.
  const figures = (): void => {
    for (const key of ['home', 'homeCounts']) void client.invalidateQueries({ queryKey: [key] })
  }
  const client = new QueryClient({
    mutationCache: new MutationCache({ onSuccess: figures }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        // a refusal does not become permission by asking again
        retry: (count, error) => count < 2 && (!(error instanceof Problem) || error.undecided),
        refetchOnWindowFocus: true,
        refetchIntervalInBackground: false,
      },
      mutations: { retry: false },
    },
  })
  return client
}

export type QuerySettings = {
  enabled?: boolean
  /** Milliseconds; never runs in hidden pages. */
  refetchEvery?: number
  /** Keep showing the former rows while the next input loads (lists). */
  keepPrevious?: boolean
  staleTime?: number
}

/** Reads an operation; the key is `[op, input]`, so `invalidate('listOrders')` refreshes all its inputs. */
export function useQueryOf<K extends Op>(op: K, input: InputOf<K>, settings: QuerySettings = {}): UseQueryResult<OutputOf<K>, Problem> {
  return useQuery<OutputOf<K>, Problem>({
    queryKey: [op, input],
    queryFn: ({ signal }) => call(op, ...callArgs<K>(input, signal)),
    enabled: settings.enabled ?? true,
    ...(settings.refetchEvery === undefined ? {} : { refetchInterval: settings.refetchEvery }),
    ...(settings.keepPrevious ? { placeholderData: keepPreviousData } : {}),
    ...(settings.staleTime === undefined ? {} : { staleTime: settings.staleTime }),
  })
}

function callArgs<K extends Op>(input: InputOf<K>, signal: AbortSignal): Args<K> {
  // TypeScript cannot see that both shapes of Args accept a full input
  return [input, { signal }] as unknown as Args<K>
}

export type CommandSettings<K extends Op> = {
  /** Operations whose answers are out of date afterwards. */
  invalidates?: Op[]
  onDone?: (output: OutputOf<K>, input: InputOf<K>) => void
}

/**
 * A command: `run.mutateAsync(input)`. A failed attempt whose effect is unknown (network, 5xx) keeps its idempotency key when the
 * same input is sent again, so pressing twice makes one result.
 */
export function useCommand<K extends Op>(op: K, settings: CommandSettings<K> = {}): UseMutationResult<OutputOf<K>, Problem, InputOf<K>> {
  const client = useQueryClient()
  const attempt = useRef<{ input: string; key: string } | null>(null)
  return useMutation<OutputOf<K>, Problem, InputOf<K>>({
    mutationKey: [op],
    mutationFn: async (input) => {
      const text = JSON.stringify(input)
      if (attempt.current?.input !== text) attempt.current = { input: text, key: newKey() }
      try {
        const output = await call(op, ...commandArgs<K>(input, attempt.current.key))
        attempt.current = null
        return output
      } catch (error) {
        const problem = asProblem(error)
        if (!problem.undecided) attempt.current = null
        throw problem
      }
    },
    onSuccess: async (output, input) => {
      settings.onDone?.(output, input)
      await Promise.all((settings.invalidates ?? []).map((one) => client.invalidateQueries({ queryKey: [one] })))
    },
  })
}

function commandArgs<K extends Op>(input: InputOf<K>, idempotencyKey: string): Args<K> {
  return [input, { idempotencyKey }] as unknown as Args<K>
}
