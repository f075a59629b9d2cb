// How the panels of a board stand: tabs, and places on a grid of 24 × 12.
import { placesOf } from '../../ui/places.ts'
import type { Panel } from './question.ts'

type Part = { id: string; tab?: string | undefined; carousel?: string | undefined }
export const COLUMNS = 24
export const ROWS = 12

/** Names of the tabs, in the order of their first panel. */
export const tabsOf = (panels: readonly Part[]): string[] => [...new Set(panels.flatMap((one) => (one.tab === undefined ? [] : [one.tab])))]

const clamp = (n: number, least: number, most: number): number => Math.max(least, Math.min(most, n))
export type At = NonNullable<Panel['at']>
/** A place moved or stretched by cells, kept on the grid. */
export function shifted(at: At, by: { columns: number; rows: number }, how: 'move' | 'stretch'): At {
  return how === 'move'
    ? { ...at, column: clamp(at.column + by.columns, 1, COLUMNS + 1 - at.width), row: clamp(at.row + by.rows, 1, ROWS + 1 - at.height) }
    : { ...at, width: clamp(at.width + by.columns, 3, COLUMNS + 1 - at.column), height: clamp(at.height + by.rows, 2, ROWS + 1 - at.row) }
}

/** Places for a board that had none: left to right in its widths, four rows high. Null where they do not fit. */
export function placedInOrder<T extends Part & { width: number }>(panels: readonly T[]): (T & { at: At })[] | null {
  const next = new Map<string, { column: number; row: number }>()
  const height = clamp(Math.floor(ROWS / Math.max(1, Math.ceil(placesOf(panels).reduce((sum, [first]) => sum + (first?.width ?? 0), 0) / 12))), 2, 4)
  const places = new Map<string, At>()
  for (const place of placesOf(panels)) {
    const first = place[0]
    if (!first) continue
    const at = next.get(first.tab ?? '') ?? { column: 1, row: 1 }
    const width = first.width * 2
    const wraps = at.column + width > COLUMNS + 1
    const own = { column: wraps ? 1 : at.column, row: wraps ? at.row + height : at.row, width, height }
    if (own.row + height > ROWS + 1) return null
    for (const one of place) places.set(one.id, own)
    next.set(first.tab ?? '', { column: own.column + width, row: own.row })
  }
  return panels.flatMap((one) => { const at = places.get(one.id); return at ? [{ ...one, at }] : [] })
}
