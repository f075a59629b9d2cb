// Columns, widths and density of one list, kept on this machine per view; pure except for the store at the end.
import type { Column } from './list-types.ts'

export type Density = 'compact' | 'standard' | 'loose'
export type ListLayout = { columns: string[] | null; widths: Record<string, number>; density: Density }

const blankLayout: ListLayout = { columns: null, widths: {}, density: 'compact' }
export const rowHeight: Record<Density, number> = { compact: 32, standard: 40, loose: 48 }

/** Columns to show, in order: the chosen ones that still exist, or the default ones. */
export function visibleColumns<T>(columns: readonly Column<T>[], layout: ListLayout): Column<T>[] {
  if (!layout.columns) return columns.filter((column) => !column.hidden)
  return layout.columns.flatMap((key) => columns.find((column) => column.key === key) ?? [])
}

/** What a wide column needs to be read. */
const readable = 220

/** The default columns that a table of this width holds without squeezing its wide one. Columns chosen by hand all stay: then the table scrolls. */
export function fittingColumns<T>(columns: readonly Column<T>[], layout: ListLayout, width: number): Column<T>[] {
  const shown = visibleColumns(columns, layout)
  if (layout.columns || width <= 0) return shown
  const need = (column: Column<T>): number => layout.widths[column.key] ?? (column.wide ? Math.min(column.width, readable) : column.width)
  let over = shown.reduce((sum, column) => sum + need(column), 0) - width
  const gone = new Set<Column<T>>()
  for (const column of shown.filter((one) => one.yields !== undefined).toSorted((a, b) => (a.yields ?? 0) - (b.yields ?? 0))) {
    if (over <= 0) break
    gone.add(column)
    over -= need(column)
  }
  return shown.filter((column) => !gone.has(column))
}

function isDensity(value: unknown): value is Density {
  return value === 'compact' || value === 'standard' || value === 'loose'
}

/** Reads what was stored; anything odd becomes the default. */
export function parseLayout(stored: string | null): ListLayout {
  if (!stored) return blankLayout
  try {
    const value: unknown = JSON.parse(stored)
    if (typeof value !== 'object' || value === null) return blankLayout
    const columns = 'columns' in value && Array.isArray(value.columns) ? value.columns.filter((one) => typeof one === 'string') : null
    const raw = 'widths' in value && typeof value.widths === 'object' && value.widths !== null ? Object.entries(value.widths) : []
    const widths = Object.fromEntries(raw.filter((pair): pair is [string, number] => typeof pair[1] === 'number'))
    return { columns: columns?.length ? columns : null, widths, density: 'density' in value && isDensity(value.density) ? value.density : 'compact' }
  } catch {
    return blankLayout
  }
}

const address = (page: string, view: string): string => `ms-list:${page}:${view}`

export function recallLayout(page: string, view: string): ListLayout {
  return parseLayout(localStorage.getItem(address(page, view)))
}

export function keepLayout(page: string, view: string, layout: ListLayout): void {
  try {
    localStorage.setItem(address(page, view), JSON.stringify(layout))
  } catch {
    // without a store the layout lasts as long as the page
  }
}
