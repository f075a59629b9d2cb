// Scores of all objects of a level from their counts. Exact throughout; points are rounded half up at the scale of the rules, and the
// score is the sum of the rounded points, so that what is shown adds up. Nothing divided by zero has points.
import Fraction from 'fraction.js'
import { compileFormula, formulaOf, halfUp, isBasic, type Exact, type Formula, type Indicator } from '../data/index.ts'
import { apportion } from './apportion.ts'
import { exactly, inputsOf, weightOf, type Definition, type Item } from './rules.ts'

export type Counts = ReadonlyMap<string, Fraction>
type Subject = { id: string; peer: string; counts: Counts }
/** `lost` is what the item is short of its weight (deductions: what they take); null where it has no value. */
export type ItemScore = { code: string; value: Exact; weight: Fraction; points: Fraction | null; lost: Fraction | null; rank: number | null; spread: boolean }
export type Score = { id: string; peer: string; total: Fraction | null; bonus: Fraction; items: ItemScore[]; rank: number | null; peerRank: number | null }

export type Evaluator = {
  definition: Definition
  indicators: ReadonlyMap<string, Indicator>
  /** Values of all indicators of one object, computed ones after their parts. */
  values: (counts: Counts) => Map<string, Exact>
  /** `put` replaces the value of one item of one subject: what would be, for all of them. */
  scores: (subjects: readonly Subject[], put?: { id: string; item: string; value: Fraction }) => Score[]
}

/** `indicators`: parts first, as pinned. */
export function evaluator(definition: Definition, indicators: readonly Indicator[]): Evaluator {
  const computed = indicators.flatMap((i) => (isBasic(i.definition) ? [] : [{ code: i.code, formula: formulaOf(i.definition) }]))
  const basics = indicators.filter((i) => isBasic(i.definition)).map((i) => i.code)
  const inputs = inputsOf(definition)
  const items = definition.items.map((item) => ({ item, value: compileFormula(item.value), points: item.rule.kind === 'formula' ? compileFormula(item.rule.points) : null, weight: weightOf(definition, item) }))
  const values = (counts: Counts): Map<string, Exact> => {
    // Nothing counted is zero; nothing entered is unknown.
    const all = new Map<string, Exact>([...inputs.map((one) => [one.code, counts.get(one.code) ?? null] as const), ...basics.map((code) => [code, counts.get(code) ?? new Fraction(0)] as const)])
    for (const { code, formula } of computed) all.set(code, formula.run(all))
    return all
  }
  return {
    definition, indicators: new Map(indicators.map((i) => [i.code, i])), values,
    scores(subjects, put) {
      const read = subjects.map((subject) => {
        const of = values(subject.counts)
        return { subject, of, values: items.map(({ item, value }) => (put?.id === subject.id && put.item === item.code ? put.value : value.run(of))) }
      })
      const places = items.map(({ item }, i) => (item.rule.kind === 'rank' ? ranksWithin(read.map((r) => ({ id: r.subject.id, peer: r.subject.peer, value: r.values[i] ?? null })), item.rule.direction) : null))
      const scored = read.map(({ subject, of, values: own }) => {
        const parts = items.map((part, i) => earned(part, own[i] ?? null, of, places[i]?.get(subject.id) ?? null))
        return { id: subject.id, peer: subject.peer, ...summed(definition, parts) }
      })
      return ranked(scored)
    },
  }
}

type Part = { item: Item; points: Formula | null; weight: Fraction }
/** What an item earned, exactly, before weights are shared out. */
type Earned = { item: Item; value: Exact; weight: Fraction; exact: Exact; rank: number | null }

function earned({ item, points: formula, weight }: Part, value: Exact, of: ReadonlyMap<string, Exact>, rank: number | null): Earned {
  const { rule } = item
  const got = (): Exact => {
    if (value === null) return null
    switch (rule.kind) {
      case 'proportional': return weight.mul(value).div(exactly(rule.full))
      case 'bands': return exactly(rule.bands.find((b) => value.lt(exactly(b.below)))?.points ?? rule.otherwise)
      case 'rank': return rank === null ? null : weight.sub(exactly(rule.step).mul(rank - 1))
      case 'perCase': return least(exactly(rule.each).mul(value), exactly(rule.most))
      case 'formula': return formula?.run(new Map([...of, ['value', value], ['weight', weight]])) ?? null
    }
  }
  const exact = got()
  const floored = exact === null ? null : exact.lt(0) ? new Fraction(0) : exact
  return { item, value, weight, rank, exact: floored === null || item.role !== 'score' ? floored : least(floored, weight) }
}

const least = (a: Fraction, b: Fraction): Fraction => (a.gt(b) ? b : a)
const sum = (all: readonly Fraction[]): Fraction => all.reduce((a, b) => a.add(b), new Fraction(0))

/**
 * Full score less what was lost; the bonus stands apart and is added. Weights as they count are multiples of the scale and add up to the
 * full score. An item without a value does as the rules say.
 */
function summed(d: Definition, all: readonly Earned[]): Pick<Score, 'total' | 'bonus' | 'items'> {
  const scored = all.filter((e) => e.item.role === 'score')
  const without = scored.filter((e) => e.exact === null)
  const spread = without.length > 0 && without.length < scored.length && d.missing === 'spread'
  const weights = apportion(exactly(d.full), scored.filter((e) => !spread || e.exact !== null).map((e) => ({ key: e.item.code, weight: e.weight })), d.scale)
  const items = all.map(({ item, value, weight, exact, rank }): ItemScore => {
    const head = { code: item.code, value, rank }
    if (item.role !== 'score') {
      const points = exact === null ? new Fraction(0) : halfUp(exact, d.scale)
      return { ...head, weight: new Fraction(0), points, lost: item.role === 'deduction' ? points : new Fraction(0), spread: false }
    }
    const whole = weights.get(item.code) ?? new Fraction(0)
    if (exact === null) return d.missing === 'full' || spread ? { ...head, weight: whole, points: whole, lost: new Fraction(0), spread: true } : { ...head, weight: whole, points: null, lost: null, spread: false }
    const points = weight.equals(0) ? new Fraction(0) : halfUp(exact.mul(whole).div(weight), d.scale)
    return { ...head, weight: whole, points, lost: whole.sub(points), spread: false }
  })
  const by = (role: Item['role']): Fraction => sum(items.filter((_, i) => all[i]?.item.role === role).map((p) => p.points ?? new Fraction(0)))
  const bonus = by('bonus')
  const lacks = without.length > 0 && d.missing !== 'full' && !spread
  const total = by('score').sub(by('deduction')).add(bonus)
  return { total: lacks ? null : total.lt(0) ? new Fraction(0) : total, bonus, items }
}

type Placed = { id: string; peer: string; value: Exact }

/** Equal values share a place, the next ones are skipped; what has no value has no place. */
export function ranks(all: readonly Placed[], direction: 'up' | 'down' = 'up'): Map<string, number> {
  const valued = all.flatMap((one) => (one.value === null ? [] : [{ id: one.id, value: one.value }])).toSorted((a, b) => (direction === 'up' ? b.value.compare(a.value) : a.value.compare(b.value)))
  const places = new Map<string, number>()
  let place = 0
  valued.forEach((one, i) => {
    const before = valued[i - 1]
    if (!before?.value.equals(one.value)) place = i + 1
    places.set(one.id, place)
  })
  return places
}

const ranksWithin = (all: readonly Placed[], direction: 'up' | 'down'): Map<string, number> => new Map([...Map.groupBy(all, (one) => one.peer).values()].flatMap((peers) => [...ranks(peers, direction)]))

function ranked(scores: readonly Omit<Score, 'rank' | 'peerRank'>[]): Score[] {
  const placed = scores.map((s) => ({ id: s.id, peer: s.peer, value: s.total }))
  const [all, within] = [ranks(placed), ranksWithin(placed, 'up')]
  return scores.map((s) => ({ ...s, rank: all.get(s.id) ?? null, peerRank: within.get(s.id) ?? null }))
}
