// Shares that add up: by largest remainder.
import Fraction from 'fraction.js'

/** Shares of `total` by weight, each a multiple of 10^-scale, adding up to it exactly; equal rests go by the order of keys. */
export function apportion(total: Fraction, shares: readonly { key: string; weight: Fraction }[], scale: number): Map<string, Fraction> {
  const unit = new Fraction(1n, 10n ** BigInt(scale))
  const units = total.div(unit)
  const whole = shares.reduce((sum, s) => sum.add(s.weight), new Fraction(0))
  const parts = shares.map((s) => {
    const exact = whole.equals(0) ? new Fraction(0) : units.mul(s.weight).div(whole)
    const floor = exact.floor(0)
    return { key: s.key, floor, rest: exact.sub(floor) }
  })
  let left = Number(units.sub(parts.reduce((sum, p) => sum.add(p.floor), new Fraction(0))).valueOf())
  const more = new Set<string>()
  for (const part of parts.toSorted((a, b) => b.rest.compare(a.rest) || (a.key < b.key ? -1 : 1))) if (left-- > 0) more.add(part.key)
  return new Map(parts.map((p) => [p.key, (more.has(p.key) ? p.floor.add(1) : p.floor).mul(unit)]))
}
