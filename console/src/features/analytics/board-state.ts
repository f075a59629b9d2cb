// What a reader has chosen on a board, kept in the address: a named period or two dates, and what was picked in its panels.
import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import type { Period } from '../../ui/period.ts'
import { isPeriodName, namedPeriod, periodNamed, type PeriodName } from './periods.ts'
import type { Pick } from './question.ts'

const isDate = (text: string | null): text is string => text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text)

export type ChosenPeriod = { period: Period; name: PeriodName | ''; /** False while the days of the name are being asked. */ ready: boolean; choose: (next: PeriodName | Period) => void }
export type Picks = { picks: Pick[]; pick: (one: Pick) => void; drop: (dimension?: string) => void }

export function usePeriod(fallback: PeriodName): ChosenPeriod {
  const [search, setSearch] = useSearchParams()
  const [name, from, to] = [search.get('period'), search.get('from'), search.get('to')]
  const named = isPeriodName(name) ? name : isDate(from) && isDate(to) ? '' : fallback
  const told = useQueryOf('listNamedPeriods', {}, { staleTime: 600_000 }).data?.items
  const known = useMemo(() => (named === '' ? { from: from ?? '', to: to ?? '' } : periodNamed(named, told)), [named, from, to, told])
  const period = useMemo(() => known ?? namedPeriod('month'), [known])
  const choose = (next: PeriodName | Period): void => setSearch((held) => {
    const all = new URLSearchParams(held)
    for (const key of ['period', 'from', 'to']) all.delete(key)
    for (const [key, value] of Object.entries(typeof next === 'string' ? { period: next } : next)) all.set(key, value)
    return all
  }, { replace: true })
  return { period, name: named, ready: known !== null, choose }
}

/** What was picked, in the address: `pick=county:990101:临澜区`; an empty key is 未知. */
export function usePicks(): Picks {
  const [search, setSearch] = useSearchParams()
  const text = search.getAll('pick').join('\n')
  const picks = useMemo(() => text.split('\n').filter(Boolean).map((one): Pick => { const [dimension = '', key = '', ...name] = one.split(':'); return { dimension, key: key === '' ? null : key, name: name.join(':') } }), [text])
  const write = useCallback((next: Pick[]) => setSearch((held) => {
    const all = new URLSearchParams(held)
    all.delete('pick')
    for (const one of next) all.append('pick', `${one.dimension}:${one.key ?? ''}:${one.name}`)
    return all
  }), [setSearch])
  return { picks, pick: (one) => write([...picks.filter((p) => p.dimension !== one.dimension), one]), drop: (dimension) => write(dimension === undefined ? [] : picks.filter((p) => p.dimension !== dimension)) }
}
