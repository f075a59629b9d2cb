// Whether a value is a ratio of counts: then every row has its own share in what was lost.
import Fraction from 'fraction.js'
import { parseExpression, type Tree } from '../flow/index.ts'
import { isBasic, type Indicator } from '../data/index.ts'

/** Count by code, times its factor; the constant stands under ''. */
type Sum = ReadonlyMap<string, Fraction>
type Ratio = { top: Sum; bottom: Sum }

const ONE = new Fraction(1)
const constant = (value: Fraction): Sum => new Map([['', value]])
const constantOf = (sum: Sum): Fraction | null => (sum.size === 0 ? new Fraction(0) : sum.size === 1 ? (sum.get('') ?? null) : null)
const times = (sum: Sum, by: Fraction): Sum => new Map([...sum].map(([code, factor]) => [code, factor.mul(by)]))
const plus = (a: Sum, b: Sum): Sum => {
  const all = new Map(a)
  for (const [code, factor] of b) all.set(code, (all.get(code) ?? new Fraction(0)).add(factor))
  return all
}
const same = (a: Sum, b: Sum): boolean => a.size === b.size && [...a].every(([code, factor]) => b.get(code)?.equals(factor))

/** The formula as (a·x + b·y …) / (c·z …) over counted indicators; null where it is anything else (bands, products of counts …). */
export function ratioOf(text: string, indicators: ReadonlyMap<string, Indicator>): Ratio | null {
  return read(parseExpression(text), indicators)
}

function read(tree: Tree, indicators: ReadonlyMap<string, Indicator>): Ratio | null {
  if (tree.kind === 'value') return typeof tree.value === 'number' ? { top: constant(new Fraction(String(tree.value))), bottom: constant(ONE) } : null
  if (tree.kind === 'name') {
    const found = indicators.get(tree.name)?.definition
    if (!found) return null
    return isBasic(found) ? { top: new Map([[tree.name, ONE]]), bottom: constant(ONE) } : ratioOf(found.formula, indicators)
  }
  if (tree.kind === 'minus') {
    const of = read(tree.of, indicators)
    return of && { ...of, top: times(of.top, ONE.neg()) }
  }
  if (tree.kind !== 'binary') return null
  const [a, b] = [read(tree.left, indicators), read(tree.right, indicators)]
  return a && b ? combined(tree.op, a, b) : null
}

function combined(op: string, a: Ratio, b: Ratio): Ratio | null {
  const fixed = { a: fixedOf(a), b: fixedOf(b) }
  if (op === '*') return fixed.b ? { ...a, top: times(a.top, fixed.b) } : fixed.a ? { ...b, top: times(b.top, fixed.a) } : null
  if (op === '/') {
    if (fixed.b) return fixed.b.equals(0) ? null : { ...a, top: times(a.top, fixed.b.inverse()) }
    const [x, y] = [constantOf(a.bottom), constantOf(b.bottom)]
    return x && y && !x.equals(0) && !y.equals(0) ? { top: times(a.top, x.inverse()), bottom: times(b.top, y.inverse()) } : null
  }
  if (op !== '+' && op !== '-') return null
  if (!same(a.bottom, b.bottom)) return null
  return { top: plus(a.top, op === '+' ? b.top : times(b.top, ONE.neg())), bottom: a.bottom }
}

/** The value of a ratio of constants. */
function fixedOf(ratio: Ratio): Fraction | null {
  const [top, bottom] = [constantOf(ratio.top), constantOf(ratio.bottom)]
  return top && bottom && !bottom.equals(0) ? top.div(bottom) : null
}

export const isRatioOfCounts = (ratio: Ratio): boolean => constantOf(ratio.bottom) === null
