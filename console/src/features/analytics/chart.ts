// Answers as ECharts options. Bars start at zero; the table beside every chart holds the same numbers.
import { light, series as colours } from '../../ui/tokens.ts'
import { shown } from '../data/values.ts'
import { asked, numberOf, type Answer, type Column, type Panel, type Row } from './question.ts'
import { markOption } from './marks.ts'
import { t } from './texts.zh-CN.ts'

const MOST_GROUPS = 60
const MOST_MEMBERS = 8
const grid = { left: 8, right: 16, top: 36, bottom: 8, containLabel: true }
const nameOf = (row: Row, i: number): string => row.keys[i]?.name ?? ''
const short = (name: string): string => (/^\d{4}-\d{2}-\d{2}$/.test(name) ? name.slice(5) : name)

export const tableOf = (answer: Answer): { columns: string[]; rows: (string | null)[][] } => ({
  columns: [t('name'), ...asked(answer).map((c) => c.name)],
  rows: answer.rows.map((row) => [row.keys.map((k) => k.name).join(' · '), ...asked(answer).map((c) => shown(row.values[c.code], c.unit))]),
})

/** Rows a click on the chart opens: the first dimension's member by its place on the axis. */
export function axisOf(answer: Answer): Row['keys'][number][] {
  const seen = new Map<string, Row['keys'][number]>()
  for (const row of answer.rows) {
    const key = row.keys[0]
    if (key && !seen.has(key.name)) seen.set(key.name, key)
  }
  return [...seen.values()].slice(0, MOST_GROUPS)
}

function cartesian(panel: Panel, answer: Answer, stacked: boolean): Record<string, unknown> {
  const columns = asked(answer)
  const axis = axisOf(answer).map((k) => k.name)
  const two = (answer.rows[0]?.keys.length ?? 0) > 1
  const members = two ? [...new Set(answer.rows.map((r) => nameOf(r, 1)))].slice(0, MOST_MEMBERS) : []
  const type = panel.kind === 'line' || panel.kind === 'area' ? 'line' : 'bar'
  const at = new Map(answer.rows.map((row) => [row.keys.map((k) => k.name).join('\0'), row]))
  const column = columns[0]
  const look = type === 'line' ? { smooth: false, showSymbol: axis.length <= 31, symbolSize: 5, ...(panel.kind === 'area' ? { areaStyle: { opacity: 0.12 } } : {}) } : { barMaxWidth: 28, ...(stacked ? { stack: 'all' } : {}) }
  const lines: Record<string, unknown>[] = two && column
    ? members.map((member) => ({ type, name: member, ...look, data: axis.map((name) => numberOf(at.get(`${name}\0${member}`)?.values, column.code) ?? (type === 'bar' ? 0 : null)) }))
    : columns.flatMap((c) => [
      { type, name: c.name, ...look, data: axis.map((name) => numberOf(at.get(name)?.values, c.code)) },
      ...(answer.before ? [{ type, name: `${c.name}（${panel.compare === 'lastYear' ? t('lastYear') : t('before')}）`, ...look, areaStyle: undefined, lineStyle: { type: 'dashed' }, itemStyle: { color: light['line-control'] }, data: axis.map((name) => numberOf(at.get(name)?.before, c.code)) }] : []),
    ])
  return {
    tooltip: { trigger: 'axis', confine: true }, ...(lines.length > 1 ? { legend: { type: 'scroll' } } : {}), grid: { ...grid, top: lines.length > 1 ? 36 : 16 },
    xAxis: { type: 'category', data: axis, axisLabel: { formatter: short, hideOverlap: true, rotate: axis.length > 10 && axis.some((n) => n.length > 5) ? 30 : 0, width: 90, overflow: 'truncate' } },
    yAxis: { type: 'value', minInterval: columns.every((c) => c.unit !== '%') ? 1 : 0, ...(columns.some((c) => c.unit === '%') ? { max: 100 } : {}) }, series: lines,
  }
}

function ring(answer: Answer, column: Column): Record<string, unknown> {
  return {
    tooltip: { trigger: 'item', formatter: '{b}：{c}（{d}%）', confine: true },
    series: [{ type: 'pie', radius: ['36%', '58%'], minShowLabelAngle: 4, percentPrecision: 1, label: { formatter: '{b}\n{d}%', alignTo: 'edge', edgeDistance: 2, overflow: 'truncate', lineHeight: 15 }, data: answer.rows.map((row) => ({ name: nameOf(row, 0), value: numberOf(row.values, column.code) ?? 0 })) }],
  }
}

function web(answer: Answer): Record<string, unknown> {
  const columns = asked(answer)
  return {
    tooltip: { confine: true }, legend: { type: 'scroll' },
    radar: { radius: '60%', center: ['50%', '56%'], indicator: columns.map((c) => ({ name: c.name, max: c.unit === '%' ? 100 : Math.max(1, ...answer.rows.map((r) => numberOf(r.values, c.code) ?? 0)) })), axisName: { color: light['text-2'] } },
    series: [{ type: 'radar', data: answer.rows.slice(0, MOST_MEMBERS).map((row) => ({ name: nameOf(row, 0), value: columns.map((c) => numberOf(row.values, c.code) ?? 0), areaStyle: { opacity: 0.06 } })) }],
  }
}

function dial(answer: Answer, column: Column, target: number | undefined): Record<string, unknown> {
  const value = numberOf(answer.total, column.code)
  const most = column.unit === '%' ? 100 : Math.max(1, value ?? 0, target ?? 0)
  return {
    series: [{
      type: 'gauge', startAngle: 210, endAngle: -30, min: 0, max: most, radius: '92%', center: ['50%', '58%'], progress: { show: true, width: 12, itemStyle: { color: target !== undefined && (value ?? 0) < target ? light['near-mark'] : colours[2] } }, axisLine: { lineStyle: { width: 12, color: [[1, light['bg-sunk']]] } },
      pointer: { show: false }, axisTick: { show: false }, splitLine: { show: false }, axisLabel: { show: false }, anchor: { show: false }, title: { show: false },
      detail: { valueAnimation: false, offsetCenter: [0, 0], fontSize: 26, color: light['text-1'], formatter: () => shown(answer.total[column.code], column.unit) }, data: [{ value: value ?? 0 }],
    }],
  }
}

/** The option of a drawn panel; null for those drawn without a canvas. */
export function optionOf(panel: Panel, answer: Answer): Record<string, unknown> | null {
  const column = asked(answer)[0]
  if (!column) return null
  switch (panel.kind) {
    case 'bar': case 'line': case 'area': return cartesian(panel, answer, false)
    case 'stacked': return cartesian(panel, answer, true)
    case 'pie': return ring(answer, column)
    case 'radar': return web(answer)
    case 'scatter': return markOption('scatter', answer, { height: panel.indicators[0] ?? '', colour: panel.indicators[1] ?? '', size: panel.indicators[2] ?? '' })
    case 'gauge': return dial(answer, column, panel.target)
    default: return null
  }
}
