// A query whose last answer is kept on the device and shown when the server cannot be reached.
import type { UseQueryResult } from '@tanstack/react-query'
import { useEffect, useState, useSyncExternalStore } from 'react'
import type { Problem } from '../api/problem.ts'
import { held, keep } from './kept.ts'

const subscribe = (listener: () => void) => {
  window.addEventListener('online', listener)
  window.addEventListener('offline', listener)
  return () => {
    window.removeEventListener('online', listener)
    window.removeEventListener('offline', listener)
  }
}

export const useOnline = (): boolean => useSyncExternalStore(subscribe, () => navigator.onLine)

/** `data` must be the same object until it changes: each new one is written to the device. `keptAt` is set when what is shown comes from the device. */
export function useKept<T>(name: string, query: Pick<UseQueryResult<T, Problem>, 'data' | 'error' | 'fetchStatus'>, write: (value: T) => void = (value) => void keep(name, value)): { data: T | undefined; keptAt: string | null } {
  const [old, setOld] = useState<{ name: string; at: string; value: T } | null>(null)
  const { data } = query
  // a phone without a network never gets to fail: its queries wait ("paused")
  const unreachable = query.fetchStatus === 'paused' || query.error?.undecided === true
  useEffect(() => {
    if (data !== undefined) write(data)
  }, [data])
  useEffect(() => {
    if (data !== undefined || !unreachable) return
    let gone = false
    void held<T>(name).then((kept) => { if (!gone && kept) setOld({ name, ...kept }) })
    return () => { gone = true }
  }, [name, data, unreachable])
  if (data !== undefined) return { data, keptAt: null }
  return old?.name === name ? { data: old.value, keptAt: old.at } : { data: undefined, keptAt: null }
}
