/** Seeded random numbers (mulberry32): the same seed gives the same demo city on every machine. */

export interface Rng {
  /** A float in [0, 1). */
  next(): number
  /** An integer from `min` to `max`, both included. */
  int(min: number, max: number): number
  /** True with the given probability (0–1). */
  chance(probability: number): boolean
  /** One element of a non-empty list; throws on an empty one. */
  pick<T>(items: readonly T[]): T
  /** One element, drawn in proportion to `weight(item)` (≥ 0, not all zero). */
  weighted<T>(items: readonly T[], weight: (item: T) => number): T
  /** A shuffled copy. */
  shuffle<T>(items: readonly T[]): T[]
  /** `count` different elements (fewer when the list is shorter). */
  sample<T>(items: readonly T[], count: number): T[]
  /** An independent generator that depends on this seed and the label only, not on draws made so far. */
  fork(label: string): Rng
}

/** Hash of a text to 32 bits (FNV-1a over UTF-16 units), used to derive seeds from labels. */
function hash(text: string, seed: number): number {
  let value = (0x811c9dc5 ^ seed) >>> 0
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0
  return value
}

/** Makes a generator from a 32-bit integer seed. Not for secrets. */
export function createRng(seed: number): Rng {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1))
  const at = <T>(items: readonly T[], index: number): T => {
    const item = items[index]
    if (item === undefined) throw new RangeError('pick from an empty list')
    return item
  }
  const shuffle = <T>(items: readonly T[]): T[] => {
    const copy = [...items]
    for (let i = copy.length - 1; i > 0; i--) {
      const j = int(0, i)
      const held = at(copy, i)
      copy[i] = at(copy, j)
      copy[j] = held
    }
    return copy
  }
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (items) => at(items, int(0, items.length - 1)),
    weighted: (items, weight) => {
      const total = items.reduce((sum, item) => sum + weight(item), 0)
      if (!(total > 0)) throw new RangeError('weighted pick without any weight')
      let rest = next() * total
      for (const item of items) {
        rest -= weight(item)
        if (rest < 0) return item
      }
      return at(items, items.length - 1)
    },
    shuffle,
    sample: (items, count) => shuffle(items).slice(0, count),
    fork: (label) => createRng(hash(label, seed)),
  }
}
