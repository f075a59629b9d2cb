// A map of a board as an ECharts option: areas coloured by the number, places as points or as heat, names above both.
import { light, sequential } from '../../ui/tokens.ts'
import { shown } from '../data/values.ts'
import { asked, numberOf, type Answer } from './question.ts'
import type { OutputOf } from '../../api/call.ts'
import { t } from './texts.zh-CN.ts'

export type MapData = OutputOf<'mapFigures'>
export type Point = MapData['points'][number]
export const layers = ['points', 'heat', 'none'] as const
export type Layer = (typeof layers)[number]

/** Where the name of an area stands: the middle of its largest ring. */
export function middleOf(rings: readonly (readonly [number, number][])[]): [number, number] {
  const ring = rings.toSorted((a, b) => b.length - a.length)[0] ?? []
  let [area, x, y] = [0, 0, 0]
  ring.forEach(([x0, y0], i) => {
    const [x1, y1] = ring[(i + 1) % ring.length] ?? [x0, y0]
    const cross = x0 * y1 - x1 * y0
    area += cross
    x += (x0 + x1) * cross
    y += (y0 + y1) * cross
  })
  return area === 0 ? (ring[0] ?? [0, 0]) : [x / (3 * area), y / (3 * area)]
}

const toneOf = (point: Point): string => (point.kind === 'sudden' ? light['over-mark'] : point.kind === 'chronic' ? light['near-mark'] : light['text-1'])

/** `corners`: of a region being drawn. */
export function mapOption(name: string, answer: Answer, data: MapData, layer: Layer, corners: readonly (readonly [number, number])[]): Record<string, unknown> {
  const column = asked(answer)[0]
  const rows = new Map(answer.rows.map((row) => [row.keys[0]?.key ?? '', row]))
  const values = data.areas.map((area) => { const row = rows.get(area.code); return { name: area.code, title: area.name, value: column ? numberOf(row?.values, column.code) : null, text: column ? shown(row?.values[column.code] ?? (column.formula === null ? '0' : null), column.unit) : '' } })
  const numbers = values.flatMap((one) => one.value ?? [])
  const most = Math.max(1, ...data.points.map((p) => p.n))
  const on = { coordinateSystem: 'geo' }
  return {
    tooltip: { confine: true, formatter: (p: { data?: { title?: string; text?: string } }) => (p.data?.title ? `${p.data.title}：${p.data.text ?? ''}` : '') },
    visualMap: [
      { min: 0, max: Math.max(1, ...numbers), seriesIndex: 0, left: 0, bottom: 0, itemWidth: 12, itemHeight: 80, text: [shown(String(Math.max(1, ...numbers)), column?.unit ?? ''), '0'], textStyle: { color: light['text-2'] }, calculable: false, inRange: { color: sequential.slice(0, layer === 'heat' ? 2 : 4) } },
      ...(layer === 'heat' ? [{ show: false, min: 0, max: most, seriesIndex: 1, inRange: { color: ['#FFE9A800', '#FFC02E', '#F07C1F', '#C4221F'] } }] : []),
    ],
    geo: { map: name, layoutCenter: ['50%', '50%'], layoutSize: '98%', aspectScale: 0.77, roam: false, selectedMode: false, itemStyle: { areaColor: light['bg-sunk'], borderColor: light['bg-panel'], borderWidth: 1.5 }, emphasis: { itemStyle: { areaColor: sequential[1] }, label: { show: false } }, label: { show: false } },
    series: [
      { type: 'map', geoIndex: 0, data: values },
      layer === 'heat'
        ? { type: 'heatmap', ...on, pointSize: 14, blurSize: 22, minOpacity: 0.05, maxOpacity: 0.9, data: data.points.map((p) => [p.lon, p.lat, p.n]) }
        : { type: 'scatter', ...on, symbolSize: (value: number[]) => 7 + (11 * (value[2] ?? 0)) / most, cursor: 'pointer', data: layer === 'none' ? [] : data.points.map((p) => ({ value: [p.lon, p.lat, p.n], cell: p.cell, title: t(p.kind ? `spot.${p.kind}` : 'spot'), text: t('spotOf', { n: p.n, weeks: p.weeks }), itemStyle: { color: toneOf(p), opacity: p.kind ? 0.95 : 0.6, borderColor: light['bg-panel'], borderWidth: 1 } })) },
      { type: 'scatter', ...on, silent: true, symbolSize: 0, z: 5, label: { show: true, color: light['text-1'], fontSize: 12, lineHeight: 16, textBorderColor: light['bg-panel'], textBorderWidth: 3, formatter: (p: { dataIndex: number }) => { const one = values[p.dataIndex]; return one ? `${one.title}\n${one.text}` : '' } }, data: data.areas.map((area) => middleOf(area.rings)) },
      { type: 'lines', ...on, silent: true, polyline: true, z: 6, lineStyle: { color: light['over-mark'], width: 2, type: 'dashed', opacity: 1 }, data: corners.length > 1 ? [{ coords: [...corners, ...(corners.length > 2 ? corners.slice(0, 1) : [])] }] : [] },
      { type: 'scatter', ...on, silent: true, z: 6, symbolSize: 8, itemStyle: { color: light['over-mark'] }, data: corners },
    ],
  }
}
