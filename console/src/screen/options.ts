// Panels as ECharts options for the dark screen; minimum text 20 px at 1920×1080.
import { dark, series } from './dark.ts'
import { amount, asked, words, type Answer, type Column, type Panel, type PanelData } from './values.ts'

type Option = Record<string, unknown>
const SIZE = 20
const label = { color: dark.soft, fontSize: SIZE }
const short = (name: string): string => (/^\d{4}-\d{2}-\d{2}$/.test(name) ? name.slice(5) : /^\d{4}-\d{2}$/.test(name) ? `${Number(name.slice(5))}月` : name)

function course(panel: Panel, answer: Answer): Option {
  const columns = asked(answer)
  const names = answer.rows.map((row) => row.keys[0]?.name ?? '')
  const bars = panel.kind === 'bar' || panel.kind === 'stacked'
  const share = columns.some((c) => c.unit === '%')
  const lines = columns.flatMap((c, i) => [
    ...(answer.before ? [{ type: 'line', name: '', silent: true, showSymbol: false, data: answer.rows.map((row) => amount(row.before?.[c.code])), lineStyle: { color: dark.control, type: 'dashed', width: 2 } }] : []),
    bars
      ? { type: 'bar', name: c.name, barMaxWidth: 36, itemStyle: { color: series[i], borderRadius: [4, 4, 0, 0] }, label: { show: names.length <= 8, position: 'top', color: dark.text, fontSize: SIZE }, data: answer.rows.map((row) => amount(row.values[c.code])) }
      : { type: 'line', name: c.name, smooth: 0.3, smoothMonotone: 'x', showSymbol: names.length <= 14, symbolSize: 8, connectNulls: true, lineStyle: { width: 3, color: series[i] }, itemStyle: { color: series[i] }, areaStyle: { color: { type: 'linear', x: 0, y: 0, x2: 0, y2: 1, colorStops: [{ offset: 0, color: `${series[i]}66` }, { offset: 1, color: `${series[i]}00` }] } }, data: answer.rows.map((row) => amount(row.values[c.code])) },
  ])
  return {
    grid: { left: 8, right: 20, top: columns.length > 1 ? 44 : 24, bottom: 4, containLabel: true }, ...(columns.length > 1 ? { legend: { top: 0, right: 0, data: columns.map((c) => c.name), textStyle: label, itemWidth: 20 } } : {}),
    xAxis: { type: 'category', data: names.map(short), boundaryGap: bars, axisLabel: { ...label, hideOverlap: true, interval: bars ? 0 : 'auto', width: bars ? 96 : 120, overflow: 'truncate' }, axisLine: { lineStyle: { color: dark.line } }, axisTick: { show: false } },
    yAxis: { type: 'value', minInterval: share ? 0 : 1, ...(share ? { max: 100 } : {}), splitNumber: 3, axisLabel: label, splitLine: { lineStyle: { color: dark.line, type: 'dashed' } } }, series: lines,
  }
}

function ring(answer: Answer, column: Column): Option {
  const rows = answer.rows.map((row) => ({ name: row.keys[0]?.name ?? '', value: amount(row.values[column.code]) ?? 0 })).filter((one) => one.value > 0)
  const shown = rows.length > 6 ? [...rows.slice(0, 5), { name: '其他', value: rows.slice(5).reduce((sum, one) => sum + one.value, 0) }] : rows
  const whole = shown.reduce((sum, one) => sum + one.value, 0)
  return {
    color: [...series], title: { text: words(answer.total[column.code], column.unit), left: '30%', top: '50%', padding: 0, textAlign: 'center', textVerticalAlign: 'middle', textStyle: { color: dark.text, fontSize: 34 } },
    legend: { orient: 'vertical', right: 0, top: 'middle', icon: 'circle', itemGap: 14, textStyle: { color: dark.text, fontSize: SIZE }, formatter: (name: string) => { const one = shown.find((s) => s.name === name); return `${name}  ${one && whole > 0 ? ((one.value / whole) * 100).toFixed(1) : '0'}%` } },
    series: [{ type: 'pie', radius: ['48%', '68%'], center: ['30%', '50%'], label: { show: false }, itemStyle: { borderColor: dark.panel, borderWidth: 3 }, data: shown }],
  }
}

function dial(answer: Answer, column: Column, target: number | undefined): Option {
  const value = amount(answer.total[column.code])
  const colour = target !== undefined && value !== null && value < target ? dark.near : dark.ok
  return {
    series: [{
      type: 'gauge', startAngle: 200, endAngle: -20, min: 0, max: column.unit === '%' ? 100 : Math.max(1, value ?? 0), radius: '108%', center: ['50%', '66%'], progress: { show: true, width: 22, roundCap: true, itemStyle: { color: colour } }, axisLine: { roundCap: true, lineStyle: { width: 22, color: [[1, dark.sunk]] } },
      pointer: { show: false }, axisTick: { show: false }, splitLine: { show: false }, axisLabel: { show: false }, anchor: { show: false }, title: { show: false }, detail: { valueAnimation: false, offsetCenter: [0, '-8%'], fontSize: 48, fontWeight: 600, color: dark.text, formatter: () => words(answer.total[column.code], column.unit) }, data: [{ value: value ?? 0 }],
    }],
  }
}

/** Areas coloured by the number, orders as points on a grid. `name` is that of the registered outlines. */
export function mapOption(panel: Panel, data: PanelData, name: string): Option {
  const column = data.answer ? asked(data.answer)[0] : undefined
  const areas = data.map?.areas ?? []
  const rows = new Map((data.answer?.rows ?? []).map((row) => [row.keys[0]?.key ?? '', row]))
  const values = areas.map((area) => ({ name: area.code, title: area.name, value: column ? amount(rows.get(area.code)?.values[column.code]) : null, text: column ? words(rows.get(area.code)?.values[column.code] ?? (column.formula === null ? '0' : null), column.unit) : '' }))
  const numbers = values.flatMap((one) => one.value ?? [])
  const least = column?.unit === '%' ? Math.min(100, ...numbers) : 0
  const points = panel.note === 'points' ? (data.map?.points ?? []) : []
  const most = Math.max(1, ...points.map((p) => p.n))
  return {
    visualMap: { show: false, min: least, max: Math.max(least + 1, ...numbers), seriesIndex: 0, inRange: { color: [dark.shallow, '#1F5C9E', '#3F86CC', dark.deep] } },
    geo: { map: name, roam: false, layoutCenter: ['50%', '50%'], layoutSize: '98%', aspectScale: 0.77, itemStyle: { areaColor: dark.shallow, borderColor: dark.primary, borderWidth: 1.5, shadowColor: '#4CA6FF55', shadowBlur: 18 }, emphasis: { disabled: true }, label: { show: false } },
    series: [
      { type: 'map', geoIndex: 0, data: values },
      { type: 'scatter', coordinateSystem: 'geo', silent: true, symbolSize: (value: number[]) => 10 + (26 * (value[2] ?? 0)) / most, itemStyle: { color: dark.near, opacity: 0.75, shadowBlur: 12, shadowColor: dark.near }, data: points.map((p) => [p.lon, p.lat, p.n]) },
      { type: 'scatter', coordinateSystem: 'geo', silent: true, symbolSize: 1, itemStyle: { color: 'transparent' }, label: { show: true, formatter: (p: { data: { text: string } }) => p.data.text, color: '#FFFFFF', fontSize: areas.length > 8 ? 20 : 24, fontWeight: 600, lineHeight: areas.length > 8 ? 26 : 32, textBorderColor: dark.sunk, textBorderWidth: 4, align: 'center' }, labelLayout: { hideOverlap: true }, data: areas.map((area, i) => ({ value: middle(area.rings), text: `${area.name}\n${values[i]?.text ?? ''}` })) },
    ],
  }
}

/** Middle of the largest ring, for its label. */
function middle(rings: [number, number][][]): [number, number] {
  const ring = rings.toSorted((a, b) => b.length - a.length)[0] ?? []
  const xs = ring.map((p) => p[0])
  const ys = ring.map((p) => p[1])
  return [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2]
}

/** Null for panels that are drawn without a canvas. */
export function optionOf(panel: Panel, answer: Answer): Option | null {
  const column = asked(answer)[0]
  if (!column) return null
  switch (panel.kind) {
    case 'bar': case 'stacked': case 'line': case 'area': return course(panel, answer)
    case 'pie': return ring(answer, column)
    case 'gauge': return dial(answer, column, panel.target)
    default: return null
  }
}
