// What one address may ask of us: buckets of messages, and fewer of those kinds that cost work. Trunks have a larger measure of their own.

export type Measure = { perSecond: number; burst: number }
export type Limits = {
  /** Any message of an address that is no trunk. */
  messages: Measure
  /** INVITE and REGISTER of such an address. */
  starts: Measure
  /** INVITE of a trunk's address. */
  trunkStarts: Measure
}

export const DEFAULT_LIMITS: Limits = { messages: { perSecond: 100, burst: 400 }, starts: { perSecond: 10, burst: 50 }, trunkStarts: { perSecond: 400, burst: 1000 } }

/** At most so many addresses are remembered: a flood from invented ones must not fill the memory. */
const MOST_ADDRESSES = 20_000

type Bucket = { level: number; at: number }

/** `take(key)` is false while the key has used up its measure. */
export function createBuckets(measure: Measure, now: () => number = () => performance.now()) {
  const buckets = new Map<string, Bucket>()
  let sweptAt = Number.NEGATIVE_INFINITY

  /** Forgets those that are full again; at most once a second, or a flood of addresses would cost a walk each. */
  function sweep(at: number): void {
    if (at - sweptAt < 1000) return
    sweptAt = at
    for (const [one, { level, at: then }] of buckets) if (level + ((at - then) / 1000) * measure.perSecond >= measure.burst) buckets.delete(one)
  }

  return {
    take(key: string): boolean {
      const at = now()
      const bucket = buckets.get(key)
      if (!bucket) {
        if (buckets.size >= MOST_ADDRESSES) sweep(at)
        if (buckets.size >= MOST_ADDRESSES) return false
        buckets.set(key, { level: measure.burst - 1, at })
        return true
      }
      bucket.level = Math.min(measure.burst, bucket.level + ((at - bucket.at) / 1000) * measure.perSecond)
      bucket.at = at
      if (bucket.level < 1) return false
      bucket.level--
      return true
    },
    get size(): number {
      return buckets.size
    },
  }
}
