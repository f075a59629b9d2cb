// Several measures of one answer in one drawing: rows along the axis, one measure by height, one by colour, one by thickness (ANA-17).
import { sequential, series as colours } from '../../ui/tokens.ts'
import { asked, numberOf, type Answer, type Row } from './question.ts'

export type Marks = { height: string; colour: string; size: string }
type Kind = 'bar' | 'line' | 'scatter'
type Point = { name: string; value: (number | null)[]; itemStyle?: { color: string }; symbolSize?: number }
const MOST_AXIS = 60
const MOST_MEMBERS = 8
const THIN = 6
const THICK = 34

/** Where a value stands between the least and the most of all, 0 to 1; the middle where all are equal. */
export function scaleOf(values: readonly (number | null)[]): (value: number | null) => number {
  const known = values.filter((v) => v !== null)
  const [least, most] = [Math.min(...known), Math.max(...known)]
  return (value) => (value === null ? 0 : most > least ? (value - least) / (most - least) : 0.5)
}

/** The option; null where no measure has a column. A point holds its place, height, colour and thickness. */
export function markOption(kind: Kind, answer: Answer, marks: Marks): Record<string, unknown> | null {
  const column = (code: string) => asked(answer).find((c) => c.code === code)
  const [height, colour, size] = [column(marks.height), column(marks.colour), column(marks.size)]
  if (!height) return null
  const axis = [...new Set(answer.rows.map((row) => row.keys[0]?.name ?? ''))].slice(0, MOST_AXIS)
  const member = (row: Row): string => row.keys[1]?.name ?? height.name
  const members = [...new Set(answer.rows.map(member))].slice(0, MOST_MEMBERS)
  const values = (code: string | undefined): (number | null)[] => (code ? answer.rows.map((row) => numberOf(row.values, code)) : [])
  const [shade, thick] = [scaleOf(values(colour?.code)), scaleOf(values(size?.code))]
  const points = (name: string): Point[] => answer.rows.filter((row) => member(row) === name && axis.includes(row.keys[0]?.name ?? '')).map((row) => {
    const [h, c, s] = [height, colour, size].map((one) => (one ? numberOf(row.values, one.code) : null))
    const at = row.keys[0]?.name ?? ''
    const px = size ? THIN + (THICK - THIN) * thick(s ?? null) : 10
    return { name: at, value: [axis.indexOf(at), h ?? null, c ?? null, s ?? null, px], symbolSize: px, ...(colour ? { itemStyle: { color: sequential[1 + Math.round(shade(c ?? null) * (sequential.length - 2))] ?? colours[0] } } : {}) }
  })
  const bars = kind === 'bar'
  const all = members.map((name, i) => ({ name, type: bars && size ? 'custom' : kind, data: points(name), encode: { x: 0, y: 1 }, ...(bars && size ? { renderItem: barOf(i, members.length) } : {}), ...(bars ? { barMaxWidth: 34 } : kind === 'line' ? { showSymbol: true } : { itemStyle: { opacity: 0.8 } }) }))
  const tip = ({ seriesName, name, value }: { seriesName: string; name: string; value: (number | null)[] }): string => [`${name}${members.length > 1 ? ` · ${seriesName}` : ''}`, ...[height, colour, size].flatMap((one, i) => (one ? [`${one.name}：${value[i + 1] ?? '–'}${one.unit}`] : []))].map(escaped).join('<br/>')
  return {
    tooltip: { trigger: 'item', confine: true, formatter: tip }, ...(members.length > 1 ? { legend: { type: 'scroll' } } : {}), grid: { left: 8, right: 16, top: members.length > 1 ? 36 : 16, bottom: 8, containLabel: true },
    xAxis: { type: 'category', data: axis, axisLabel: { hideOverlap: true, rotate: axis.length > 10 && axis.some((n) => n.length > 5) ? 30 : 0, width: 90, overflow: 'truncate' } },
    yAxis: { type: 'value', ...(height.unit === '%' ? { max: 100 } : { minInterval: height.unit === '件' ? 1 : 0 }) }, series: all,
  }
}

type Place = { value: (dimension: number) => number; coord: (at: [number, number]) => [number, number]; size: (of: [number, number]) => [number, number]; visual: (of: 'color') => string }
/** A bar as thick as its measure; the bars of a place stand beside each other. */
const barOf = (index: number, count: number) => (_: unknown, at: Place): Record<string, unknown> => {
  const [x, top] = at.coord([at.value(0), at.value(1)])
  const [, floor] = at.coord([at.value(0), 0])
  const room = (at.size([1, 0])[0] * 0.8) / count
  const width = Math.max(2, Math.min(room, at.value(4)))
  return { type: 'rect', shape: { x: x + room * (index - (count - 1) / 2) - width / 2, y: top, width, height: floor - top }, style: { fill: at.visual('color') } }
}
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
