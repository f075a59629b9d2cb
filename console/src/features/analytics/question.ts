// From a panel on a board to the question asked of the semantic layer; what the reader picked filters every panel.
import type { InputOf, OutputOf } from '../../api/call.ts'
import type { Period } from '../../ui/period.ts'
import { instant } from '../../ui/time.ts'

export type BoardView = OutputOf<'showBoard'>
export type Board = BoardView['definition']
export type Panel = Board['panels'][number]
export type Answer = OutputOf<'queryFigures'>
export type Row = Answer['rows'][number]
export type Column = Answer['columns'][number]
/** What the reader picked: one member of a dimension. */
export type Pick = { dimension: string; key: string | null; name: string }
export type Question = InputOf<'queryFigures'>

/** A graph needs every pair: how often a member occurs at all is their sum. */
const MOST_PAIRS = 2000

/** A panel whose own dimension is filtered goes down one step where its definition says to. */
export const dimensionsOf = (panel: Panel, picks: readonly Pick[], period?: Period): string[] =>
  (panel.drill && picks.some((p) => p.dimension === panel.dimensions[0]) ? [panel.drill, ...panel.dimensions.slice(1)] : panel.dimensions).map((key) => (key === 'day' && period && drawn.has(panel.kind) ? grainOf(period) : key))

/** A line of more days than fit becomes one of weeks, then of months; tables keep their days. */
const drawn = new Set<Panel['kind']>(['line', 'area', 'bar', 'stacked', 'heat'])
const MOST_DAYS = 62
const MOST_WEEKS = 190
const DAY = 86_400_000
function grainOf({ from, to }: Period): 'day' | 'week' | 'month' {
  const days = Math.round((instant(`${to}T00:00:00+08:00`) - instant(`${from}T00:00:00+08:00`)) / DAY) + 1
  return days <= MOST_DAYS ? 'day' : days <= MOST_WEEKS ? 'week' : 'month'
}

export function questionOf(board: Filtered, panel: Panel, period: Period, picks: readonly Pick[]): Question {
  const picked = picks.map((p) => ({ dimension: p.dimension, values: [p.key] }))
  return {
    ...period, indicators: panel.indicators, dimensions: dimensionsOf(panel, picks, period), where: [...board.where, ...panel.where, ...picked].slice(0, 10), below: false, limit: panel.kind === 'graph' ? MOST_PAIRS : (panel.limit ?? 200),
    ...(panel.compare ? { compare: panel.compare } : {}), ...(panel.order ? { order: panel.order } : {}),
  }
}
type Filtered = { where: Board['where'] }

export const asked = (answer: Answer): Column[] => answer.columns.filter((c) => c.asked)

export const numberOf = (values: Record<string, string | null> | null | undefined, code: string): number | null => {
  const text = values?.[code]
  return text === null || text === undefined ? null : Number(text)
}

export type Change = { text: 'none' | 'same' } | { text: 'percent' | 'points'; sign: '↑' | '↓'; size: string; better: boolean | undefined }

/** How a value stands to the period before: shares in points, all else in percent; nothing before gives no percentage. */
export function changeOf(column: Judged, now: number | null, before: number | null): Change {
  if (now === null || before === null || (before === 0 && column.unit !== '%')) return { text: 'none' }
  const difference = now - before
  if (difference === 0) return { text: 'same' }
  const sign = difference > 0 ? '↑' : '↓'
  const better = column.direction === 'none' ? undefined : (difference > 0) === (column.direction === 'up')
  return column.unit === '%' ? { text: 'points', sign, size: Math.abs(difference).toFixed(1), better } : { text: 'percent', sign, size: Math.abs((difference / before) * 100).toFixed(1), better }
}
type Judged = { unit: string; direction: 'up' | 'down' | 'none' }
