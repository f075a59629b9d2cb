// Small counts could point at a person: they are shown as "<5" and never as a number. Pure.
export type Cell = { name: string; count: number | null; shown: string }

export const suppress = (name: string, count: number, below: number): Cell => (count > 0 && count < below ? { name, count: null, shown: `<${below}` } : { name, count, shown: String(count) })

/**
 * Cells of a whole that is shown beside them: a single suppressed one could be reckoned from the rest, so the next smallest is hidden too.
 */
export function suppressAll(rows: readonly { name: string; count: number }[], below: number): Cell[] {
  const cells = rows.map((r) => suppress(r.name, r.count, below))
  const hidden = cells.filter((c) => c.count === null)
  if (hidden.length !== 1) return cells
  const next = cells.filter((c) => c.count !== null && c.count > 0).toSorted((a, b) => (a.count ?? 0) - (b.count ?? 0))[0]
  return next ? cells.map((c) => (c === next ? { ...c, count: null, shown: '–' } : c)) : cells
}

/** A rate with one decimal; without enough behind it there is none. */
export const rate = (part: number, base: number, below: number): string => asGiven(((part / base) * 100).toFixed(1), base, below)

/** A rate that was computed elsewhere, in per cent. */
export const asGiven = (percent: string | null | undefined, base: number, below: number): string => (base < Math.max(1, below) || !percent ? '–' : `${percent}%`)
