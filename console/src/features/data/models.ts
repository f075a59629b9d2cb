// What the query page holds while a model is put together; pure.
import type { InputOf, OutputOf } from '../../api/call.ts'
import type { Group } from '../query/tree.ts'
import { light } from '../../ui/tokens.ts'

export type Bases = OutputOf<'listModelBases'>['items']
export type ModelBase = Bases[number]
export type ModelField = ModelBase['fields'][number]
export type Model = OutputOf<'showModel'>
export type Definition = Model['definition']
export type Control = Definition['controls'][number]
export type Result = OutputOf<'runModel'>
export type Ask = Pick<InputOf<'runModel'>, 'definition' | 'values' | 'keys'>
export type Key = { field: string; key: string | null; name?: string }

export const looks = ['list', 'table', 'bar', 'line', 'pie'] as const

/** Which control asks for a field; undefined where none can. */
export const controlKinds = (kind: string): readonly Control['kind'][] => ({ text: ['text'], words: ['text'], number: ['number'], instant: ['dateRange'], choice: ['multiSelect', 'select'], boolean: ['select'], area: ['tree'], unit: ['tree'], matter: ['tree'], category: ['tree'] } as Record<string, readonly Control['kind'][]>)[kind] ?? []

export const startOf = (base: ModelBase): Definition => ({ base: base.key, where: { all: [] }, controls: [], names: {}, fields: base.fields.filter((f) => f.shown && ['number', 'title', 'unit', 'state', 'phone', 'agentName', 'registeredAt', 'startedAt'].includes(f.key)).map((f) => f.key), groups: [], measures: [], look: 'list' })

/** The tree of conditions, whatever the wire holds: its outermost is a group. */
export const treeOf = (where: Definition['where']): Group => ('all' in where && Array.isArray(where['all']) ? { all: where['all'] } : 'any' in where && Array.isArray(where['any']) ? { any: where['any'] } : { all: [] }) as Group // checked by the server on each run

const MOST_AXIS = 40
const MOST_SERIES = 8
const number = (text: string | null | undefined): number | null => (text === null || text === undefined ? null : Number(text))

/** The drawing of groups; null where there is nothing to draw. */
export function drawingOf(look: string, groups: number, result: Result): Record<string, unknown> | null {
  if (groups === 0 || result.rows.length === 0) return null
  const axis = [...new Set(result.rows.map((r) => r.keys[0]?.name ?? ''))].slice(0, MOST_AXIS)
  const at = new Map(result.rows.map((r) => [r.keys.map((k) => k.name).join('\0'), r]))
  const measures = result.columns.slice(groups)
  if (look === 'pie') return { tooltip: { trigger: 'item' }, series: [{ type: 'pie', radius: ['40%', '70%'], data: result.rows.slice(0, MOST_AXIS).map((r) => ({ name: r.keys.map((k) => k.name).join(' · '), value: number(r.cells[0]) })) }] }
  const series = groups > 1
    ? [...new Set(result.rows.map((r) => r.keys[1]?.name ?? ''))].slice(0, MOST_SERIES).map((name) => ({ name, data: axis.map((a) => number(at.get(`${a}\0${name}`)?.cells[0])) }))
    : measures.slice(0, MOST_SERIES).map((m, i) => ({ name: m.label, data: axis.map((a) => number(at.get(a)?.cells[i])) }))
  return {
    tooltip: { trigger: 'axis' }, ...(series.length > 1 ? { legend: {} } : {}), grid: { left: 8, right: 16, top: series.length > 1 ? 40 : 16, bottom: 8, containLabel: true },
    xAxis: { type: 'category', data: axis, axisLabel: { interval: 0, rotate: axis.length > 8 ? 30 : 0, width: 110, overflow: 'truncate' } }, yAxis: { type: 'value' },
    series: series.map((s) => ({ ...s, type: look === 'line' ? 'line' : 'bar', barMaxWidth: 28, ...(series.length === 1 ? { itemStyle: { color: light.primary } } : {}) })),
  }
}
