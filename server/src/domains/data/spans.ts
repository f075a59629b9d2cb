// A period in which definitions change, as spans that each have one set of them, cut where groups of time begin.
import { addDays, daysBetween, type LocalDate } from '../../kernel/time/index.ts'
import type { Catalogue } from './catalogue.ts'
import type { Period } from './compare.ts'
import { partsOf } from './indicator.ts'

export type Change = { code: string; name: string; fromDay: LocalDate }

/** Definitions of these indicators and of whatever they were ever made of that change after the first day of the period. */
export function changesIn(catalogue: Catalogue, codes: readonly string[], { from, to }: Period): Change[] {
  const seen = new Set<string>()
  const visit = (code: string): Change[] => {
    const entry = catalogue.get(code)
    if (!entry || seen.has(code)) return []
    seen.add(code)
    return [
      ...entry.versions.flatMap((v) => (v.fromDay !== null && v.fromDay > from && v.fromDay <= to && v.version > (entry.versions[0]?.version ?? 1) ? [{ code, name: entry.name, fromDay: v.fromDay }] : [])),
      ...entry.versions.flatMap((v) => partsOf(v.definition).flatMap(visit)),
    ]
  }
  return codes.flatMap(visit)
}

const MONDAY = '2024-01-01'

/** The first day of the group of time a day lies in. */
export function bucketStart(dimension: string, day: LocalDate): LocalDate {
  const [year, month] = [day.slice(0, 4), Number(day.slice(5, 7))]
  switch (dimension) {
    case 'week': return addDays(day, -(((daysBetween(MONDAY, day) % 7) + 7) % 7))
    case 'month': return `${day.slice(0, 7)}-01`
    case 'halfYear': return `${year}-${month <= 6 ? '01' : '07'}-01`
    case 'quarter': return `${year}-${String(month - ((month - 1) % 3)).padStart(2, '0')}-01`
    case 'year': return `${year}-01-01`
    default: return day
  }
}

/** A group in which a definition changes is counted by the new one as a whole. */
export function spansOf(dimension: string, { from, to }: Period, changes: readonly LocalDate[]): Period[] {
  const cuts = [...new Set(changes.map((day) => bucketStart(dimension, day)))].filter((day) => day > from).toSorted()
  return [from, ...cuts].map((start, i) => ({ from: start, to: cuts[i] ? addDays(cuts[i], -1) : to }))
}
