// What a reader has chosen on a board, kept in the address: a named period or two dates, and what was picked in its panels.
import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'
import type { Period } from '../../ui/period.ts'
import { isPeriodName, namedPeriod, type PeriodName } from './periods.ts'
import type { Pick } from './question.ts'

const isDate = (text: string | null): text is string => text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text)

export type ChosenPeriod = { period: Period; name: PeriodName | ''; choose: (next: PeriodName | Period) => void }
export type Picks = { picks: Pick[]; pick: (one: Pick) => void; drop: (dimension?: string) => void }

export function usePeriod(fallback: PeriodName): ChosenPeriod {
  const [search, setSearch] = useSearchParams()
  const [name, from, to] = [search.get('period'), search.get('from'), search.get('to')]
  const named = isPeriodName(name) ? name : isDate(from) && isDate(to) ? '' : fallback
  const period = useMemo(() => (named === '' ? { from: from ?? '', to: to ?? '' } : namedPeriod(named)), [named, from, to])
  const choose = (next: PeriodName | Period): void => setSearch((held) => {
    const all = new URLSearchParams(held)
    for (const key of ['period', 'from', 'to']) all.delete(key)
    for (const [key, value] of Object.entries(typeof next === 'string' ? { period: next } : next)) all.set(key, value)
    return all
  }, { replace: true })
  return { period, name: named, choose }
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
