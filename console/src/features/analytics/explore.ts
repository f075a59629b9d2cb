// What stands in which zone of 多维分析, and what may stand there: kept in the address, so that a link brings it all back.
import type { OutputOf } from '../../api/call.ts'
import type { Panel, Pick } from './question.ts'
import { t } from './texts.zh-CN.ts'

export const looks = ['pivot', 'bar', 'stacked', 'line', 'heat', 'scatter'] as const
export type Look = (typeof looks)[number]
export const axes = ['rows', 'columns'] as const
export type Axis = (typeof axes)[number]
export const marks = ['height', 'colour', 'size'] as const
export type Mark = (typeof marks)[number]
export type State = Record<Axis | Mark, string> & { look: Look; slices: string[] }
export const NONE = ''

type Catalogue = OutputOf<'listIndicators'>
export type Indicator = Catalogue['items'][number]
export type Dimension = Catalogue['dimensions'][number]

export function stateOf(search: URLSearchParams): State {
  return {
    rows: search.get('rows') ?? 'county', columns: search.get('columns') ?? 'appealType', height: search.get('height') ?? search.get('indicator') ?? 'received', colour: search.get('colour') ?? NONE, size: search.get('size') ?? NONE,
    look: looks.find((one) => one === search.get('look')) ?? 'pivot', slices: search.getAll('slice'),
  }
}

/** The measures asked for, each once, the height first. */
export const measuresOf = (state: State): string[] => [...new Set([state.height, state.colour, state.size].filter((code) => code !== NONE))]
export const dimensionsUsed = (state: State): string[] => axes.map((axis) => state[axis]).filter((key) => key !== NONE)

/** Why an indicator cannot be laid out by a dimension; undefined where it can. */
export function refusalOf(indicator: Indicator | undefined, dimension: Dimension | undefined): string | undefined {
  if (!indicator || !dimension) return undefined
  const stock = indicator.definition.kind === 'basic' && indicator.definition.date === 'asOf'
  if (stock && dimension.of === 'all') return t('exploreStock', { name: indicator.name })
  return dimension.of === 'all' || indicator.of.every((object) => object === dimension.of) ? undefined : t('exploreNotOf', { name: indicator.name, dimension: dimension.label })
}

const kindOf: Record<Look, Panel['kind']> = { pivot: 'pivot', bar: 'bar', stacked: 'stacked', line: 'line', heat: 'heat', scatter: 'scatter' }
/** The same view as a panel of a board; a kind of panel takes only as many measures as it can draw. */
export function panelOf(state: State, title: string, picks: readonly Pick[]): Panel {
  const dimensions = dimensionsUsed(state)
  const single = state.look === 'heat' || state.look === 'stacked'
  const kind = dimensions.length < 2 && (state.look === 'pivot' || single) ? 'table' : kindOf[state.look]
  return { id: 'explore', kind, title, indicators: single ? [state.height] : measuresOf(state), dimensions, where: picks.map((p) => ({ dimension: p.dimension, values: [p.key] })).slice(0, 5), limit: 300, width: 12 }
}

/** The address that shows a panel's question here. */
export function addressOf(panel: Panel, where: readonly { dimension: string; values: (string | null)[] }[], period: { from: string; to: string }): string {
  const [height = 'received', colour = NONE, size = NONE] = panel.indicators
  const search = new URLSearchParams({ rows: panel.dimensions[0] ?? 'county', columns: panel.dimensions[1] ?? NONE, height, colour, size, look: looks.find((one) => one === panel.kind) ?? 'pivot', ...period })
  for (const one of where) if (one.values.length === 1) search.append('pick', `${one.dimension}:${one.values[0] ?? ''}:${one.values[0] ?? ''}`)
  return `/analytics/explore?${search.toString()}`
}
