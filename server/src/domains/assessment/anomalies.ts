// What in a result looks wrong before it is published: jumps of a rate, objects that fell out, impossible values. Pure; people judge.
import { decimal } from '../data/index.ts'
import { exact } from './compute-run.ts'
import type { StoredItem } from './assessment.queries.ts'
import type { Item } from './rules.ts'

type Scored = { object_id: string; name: string; total: string | null; items: readonly StoredItem[] }
export type Anomaly = { kind: 'jump' | 'missing' | 'absent' | 'range'; objectId: string; name: string; item: string | null; before: string | null; now: string | null }

const order: readonly Anomaly['kind'][] = ['range', 'missing', 'absent', 'jump']

/**
 * Compares scores with the published ones of the period before. `jump` is in percentage points, and one that is exactly as large counts.
 * `missing`: assessed, but without a score where there was one. `absent`: no longer among the objects (closed, moved, or forgotten).
 */
export function anomalies(items: readonly Pick<Item, 'code' | 'name' | 'unit' | 'scale'>[], scores: readonly Scored[], before: ReadonlyMap<string, Scored>, jump: number): Anomaly[] {
  const found = scores.flatMap((score): Anomaly[] => {
    const who = { objectId: score.object_id, name: score.name }
    const last = before.get(score.object_id)
    if (score.total === null && last && last.total !== null) return [{ ...who, kind: 'missing', item: null, before: last.total, now: null }]
    return items.flatMap((item): Anomaly[] => {
      const now = exact(score.items.find((i) => i.code === item.code)?.value ?? null)
      if (now === null) return []
      const was = exact(last?.items.find((i) => i.code === item.code)?.value ?? null)
      const line = { ...who, item: item.name, before: decimal(was, item.scale), now: decimal(now, item.scale) }
      if (now.compare(0) < 0 || (item.unit === '%' && now.compare(100) > 0)) return [{ ...line, kind: 'range' }]
      return item.unit === '%' && was !== null && now.sub(was).abs().compare(jump) >= 0 ? [{ ...line, kind: 'jump' }] : []
    })
  })
  const present = new Set(scores.map((s) => s.object_id))
  const gone = scores.length === 0 ? [] : [...before.values()].filter((s) => s.total !== null && !present.has(s.object_id)).map((s): Anomaly => ({ kind: 'absent', objectId: s.object_id, name: s.name, item: null, before: s.total, now: null }))
  return [...found, ...gone].toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}
