// What a handled case is worth: indicators that are either met or not, weighed by a scoring model. Pure.
import { z } from 'zod'

export const indicatorKinds = ['lateSign', 'lateHandling', 'lateContact', 'dissatisfied', 'unsolved', 'askedAgain', 'unconfirmed', 'returned', 'redone', 'urged', 'keyword'] as const
export type IndicatorKind = (typeof indicatorKinds)[number]
const id = z.uuid()
const points = z.int().min(0).max(100)

export const indicatorDefinition = z.object({
  kind: z.enum(indicatorKinds),
  /** Of what is counted: returns, rounds of redoing, urges, words. */
  atLeast: z.int().min(1).max(99).default(1),
  /** Of keywords: own words; none are the quality keywords of the word store. */
  words: z.array(z.string().trim().min(1).max(40)).max(100).default([]),
})
export const screeningDefinition = z.object({ indicatorIds: z.array(id).min(1).max(40), scoringId: id, /** How far back cases are looked at. */ days: z.int().min(1).max(365).default(30) })
export const scoringDefinition = z.object({ weights: z.record(id, points), /** From here a classic case. */ high: points, /** Below this for inspection. */ low: points })
export type Indicator = z.output<typeof indicatorDefinition> & { id: string; name: string }
export type Scoring = z.output<typeof scoringDefinition>

export type CaseFacts = { /** Kinds of clocks that were overrun. */ late: readonly string[]; dissatisfied: boolean; unsolved: boolean; confirmed: boolean; askedAgain: number; returns: number; round: number; urges: number; /** Keywords found, by indicator. */ words: ReadonlyMap<string, readonly string[]> }
export type Hit = { id: string; name: string; weight: number; detail: string }

const counted = (n: number, atLeast: number): string | null => (n >= atLeast ? `${n} 次` : null)
const clock = (facts: CaseFacts, kinds: readonly string[]): string | null => (facts.late.some((kind) => kinds.includes(kind)) ? '超过时限' : null)
const yes = (is: boolean, detail: string): string | null => (is ? detail : null)
const readers: Record<IndicatorKind, (facts: CaseFacts, of: Indicator) => string | null> = {
  lateSign: (f) => clock(f, ['sign']),
  lateHandling: (f) => clock(f, ['handling', 'upper', 'ownEarlier']),
  lateContact: (f) => clock(f, ['firstContact', 'response']),
  dissatisfied: (f) => yes(f.dissatisfied, '回访不满意'),
  unsolved: (f) => yes(f.unsolved, '回访未解决'),
  askedAgain: (f, of) => counted(f.askedAgain, of.atLeast),
  unconfirmed: (f) => yes(!f.confirmed, '没有解决且满意的回访'),
  returned: (f, of) => counted(f.returns, of.atLeast),
  redone: (f, of) => counted(f.round - 1, of.atLeast),
  urged: (f, of) => counted(f.urges, of.atLeast),
  keyword: (f, of) => { const found = f.words.get(of.id) ?? []; return yes(found.length >= of.atLeast, found.slice(0, 5).join('、')) },
}

/** The share of the chosen weights that was not lost, of a hundred; null where none of the indicators has a weight. */
export function scoreCase(facts: CaseFacts, indicators: readonly Indicator[], scoring: Scoring): { points: number; hits: Hit[]; pool: 'classic' | 'inspection' | null } | null {
  const weightOf = (one: Indicator): number => scoring.weights[one.id] ?? 0
  const total = indicators.reduce((sum, one) => sum + weightOf(one), 0)
  if (total === 0) return null
  const hits = indicators.flatMap((one): Hit[] => { const detail = readers[one.kind](facts, one); return detail === null ? [] : [{ id: one.id, name: one.name, weight: weightOf(one), detail }] })
  const worth = Math.round(100 * (1 - hits.reduce((sum, one) => sum + one.weight, 0) / total))
  return { points: worth, hits, pool: worth >= scoring.high ? 'classic' : worth < scoring.low ? 'inspection' : null }
}
