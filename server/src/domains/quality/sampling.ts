// How many are drawn, and who looks at them. The draw itself is an order by the hash of seed and object, made where the objects are. Pure.
import { createHash } from 'node:crypto'

export type Draw = { by: 'ratio' | 'number'; value: number; perAgent: boolean }

/** Rounded half up; at least one of some, where the ratio is above nothing. */
export function drawnOf(draw: Draw, hits: number): number {
  if (hits === 0 || draw.value <= 0) return 0
  return Math.min(hits, draw.by === 'number' ? draw.value : Math.max(1, Math.round((hits * draw.value) / 100)))
}

/** The place of an object in the draw of a seed; the same in SQL: `md5(seed || ':' || id)`. */
export const drawKey = (seed: string, id: string): string => createHash('md5').update(`${seed}:${id}`).digest('hex')

/** The first `count` of the objects by their place under the seed. */
export const drawFrom = <T extends { id: string }>(items: readonly T[], seed: string, count: number): T[] =>
  items.map((one) => ({ one, key: drawKey(seed, one.id) })).toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).slice(0, Math.max(0, count)).map(({ one }) => one)

/** One inspector after another, the least laden first, never with own work; null where nobody is left. */
export function shareOut<T extends { id: string; agentId: string | null }>(items: readonly T[], inspectors: readonly { id: string; load: number }[]): Map<string, string | null> {
  const load = new Map(inspectors.map((one) => [one.id, one.load]))
  const out = new Map<string, string | null>()
  for (const item of items) {
    const next = [...load.entries()].filter(([id]) => id !== item.agentId).toSorted((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1))[0]
    out.set(item.id, next?.[0] ?? null)
    if (next) load.set(next[0], next[1] + 1)
  }
  return out
}
