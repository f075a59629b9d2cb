// Data of a screen: everything at the board's refresh, the large numbers on each event; what was shown last stays when the network goes.
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { useQueryOf } from '../api/queries.ts'
import { startRealtime, useTopic } from '../api/realtime.ts'
import { instant } from '../ui/time.ts'
import type { ScreenData } from './values.ts'

/** Shared by several events: the wall follows within two seconds. */
const GAP = 1200
/** Where no event comes through (a proxy without sockets), the large numbers ask by themselves. */
const POLL = 10_000

export function useScreen(code: string): { data: ScreenData | undefined; failing: boolean } {
  const client = useQueryClient()
  const whole = useQueryOf('showScreen', { code, live: 'false' }, { refetchEvery: 30_000, keepPrevious: false })
  const quick = useQueryOf('showScreen', { code, live: 'true' }, { refetchEvery: POLL })
  useEffect(() => startRealtime(), [])
  useEffect(() => {
    const every = (whole.data?.board.refreshSeconds ?? 60) * 1000
    const timer = setInterval(() => void client.invalidateQueries({ queryKey: ['showScreen', { code, live: 'false' }] }), every)
    return () => clearInterval(timer)
  }, [client, code, whole.data?.board.refreshSeconds])
  const soon = useMemo(() => {
    let waiting: ReturnType<typeof setTimeout> | undefined
    return () => { waiting ??= setTimeout(() => { waiting = undefined; void client.invalidateQueries({ queryKey: ['showScreen', { code, live: 'true' }] }) }, GAP) }
  }, [client, code])
  useTopic('orders.counts', soon)
  useTopic('analytics.screen', () => void client.invalidateQueries())
  const data = useMemo(() => {
    if (!whole.data) return undefined
    if (!quick.data || quick.data.board.code !== whole.data.board.code || instant(quick.data.asOf) < instant(whole.data.asOf)) return whole.data
    const fresh = new Map(quick.data.panels.map((one) => [one.id, one]))
    return { ...whole.data, asOf: quick.data.asOf, panels: whole.data.panels.map((one) => fresh.get(one.id) ?? one) }
  }, [whole.data, quick.data])
  return { data, failing: whole.isError || quick.isError }
}
