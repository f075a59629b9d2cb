// Where the lost points of an object went: each to the orders behind it where the value is a ratio or a number of cases, else to the
// line of the rules, with the orders behind that. Shares are whole units of two places more than the score, by largest remainder: they
// add up to what was lost, to the last digit.
import Fraction from 'fraction.js'
import { formulaOf, isBasic, type Indicator } from '../data/index.ts'
import { apportion } from './apportion.ts'
import type { ItemScore } from './evaluate.ts'
import { isRatioOfCounts, ratioOf } from './linear.ts'
import { exactly, type Item } from './rules.ts'

/** What an order counts for: indicator → how often. */
export type OrderCounts = { orderId: string; counts: ReadonlyMap<string, number> }
export type Loss = { item: string; orderId: string | null; points: Fraction }
type ItemLosses = { losses: Loss[]; /** Orders behind a line of the rules. */ behind: string[] }

/** Places behind the point that shares have beyond the score's. */
export const EXTRA = 2

/** `scale` is the score's. */
export function lossesOf(item: Item, score: ItemScore, orders: readonly OrderCounts[], indicators: ReadonlyMap<string, Indicator>, scale: number): ItemLosses {
  if (score.lost === null || score.lost.equals(0)) return { losses: [], behind: [] }
  const weights = shortfalls(item, orders, indicators)
  if (!weights.known) return { losses: [{ item: item.code, orderId: null, points: score.lost }], behind: weights.orders }
  const shares = apportion(score.lost, weights.shares, scale + EXTRA)
  return { losses: [...shares].map(([orderId, points]) => ({ item: item.code, orderId, points })), behind: [] }
}

type Shortfalls = { known: true; shares: { key: string; weight: Fraction }[] } | { known: false; orders: string[] }

/** How much each order is short: what it asked for (its part of the base) less what it brought. */
function shortfalls(item: Item, orders: readonly OrderCounts[], indicators: ReadonlyMap<string, Indicator>): Shortfalls {
  const ratio = ratioOf(item.value, indicators)
  const rated = ratio && isRatioOfCounts(ratio)
  const full = item.rule.kind === 'proportional' ? exactly(item.rule.full) : new Fraction(100)
  const sum = (of: ReadonlyMap<string, Fraction>, counts: OrderCounts['counts']): Fraction => [...of].reduce((all, [code, factor]) => all.add(factor.mul(counts.get(code) ?? 0)), new Fraction(0))
  if (ratio) {
    const short = orders.map((o) => ({ key: o.orderId, weight: rated ? full.mul(sum(ratio.bottom, o.counts)).sub(sum(ratio.top, o.counts)) : sum(ratio.top, o.counts) }))
    const named = short.filter((s) => s.weight.gt(0))
    const exactlyTheirs = (rated ? item.rule.kind === 'proportional' && !ratio.bottom.has('') : item.rule.kind === 'perCase') && !ratio.top.has('')
    if (exactlyTheirs && named.length > 0 && !short.some((s) => s.weight.lt(0))) return { known: true, shares: named }
    if (named.length > 0) return { known: false, orders: named.map((s) => s.key) }
  }
  // Nothing tells one order from another: all that the value was counted from.
  const used = countedBy(item.value, indicators)
  return { known: false, orders: orders.filter((o) => [...used].some((code) => (o.counts.get(code) ?? 0) > 0)).map((o) => o.orderId) }
}

/** Basic indicators below a formula. */
function countedBy(text: string, indicators: ReadonlyMap<string, Indicator>): Set<string> {
  const found = new Set<string>()
  const visit = (names: readonly string[]): void => {
    for (const name of names) {
      const d = indicators.get(name)?.definition
      if (!d) continue
      if (isBasic(d)) found.add(name)
      else visit(formulaOf(d).names)
    }
  }
  visit(formulaOf({ kind: 'derived', formula: text, unit: '', scale: 0, direction: 'none', statement: '-' }).names)
  return found
}
