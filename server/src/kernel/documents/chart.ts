// A chart as data, and how it is drawn in print: labels at the values, no pointers to hover. The pages of the console draw for the screen.
export const chartKinds = ['bar', 'rows', 'line', 'area', 'stacked', 'pie', 'points'] as const
export type ChartKind = (typeof chartKinds)[number]
export type Chart = {
  kind: ChartKind
  categories: string[]
  series: { name: string; values: (number | null)[]; /** What is compared with: grey and dashed. */ before?: boolean }[]
  unit?: string
  /** A line to be reached. */
  target?: number
  /** Of `points`: named places between two axes, the axes' crossing included. */
  points?: { name: string; x: number; y: number }[]
  axes?: { x: string; y: string }
  /** Categories to stand out (one's own). */
  marked?: string[]
}

export const seriesColours = ['#1456A8', '#E69F00', '#009E73', '#9B8AE0', '#6E3B00', '#8FA3BF', '#004D40', '#3B2A5E']
const quiet = '#8A94A3'
const text = '#1B2430'
export const CHART_FONT = 'Noto Sans Hans'
const MOST_LABELLED = 14
/** On a page the reader's own font stands in. */
const words = { color: text, fontFamily: `${CHART_FONT}, system-ui, sans-serif`, fontSize: 12 }
const short = (name: string): string => (/^\d{4}-\d{2}-\d{2}$/.test(name) ? name.slice(5) : name)
const numbers = (chart: Chart): number[] => chart.series.flatMap((s) => s.values).filter((v) => v !== null)
const NAME_SIZE = 11
const MOST_SLANTED = 24
const axisLine = { lineStyle: { color: '#D5DCE6' } }

/** Names under standing bars: flat where they fit, slanted where not, so that none is left out; dates may leave some out. */
function slanted(names: readonly string[], width: number): { interval?: 0; hideOverlap: boolean; rotate: number } {
  const dated = names.some((name) => /^\d/.test(name))
  const fits = names.length * (Math.max(0, ...names.map((name) => name.length)) * NAME_SIZE + 6) <= width - 50
  return dated || names.length > MOST_SLANTED ? { hideOverlap: true, rotate: 0 } : { interval: 0, hideOverlap: false, rotate: fits ? 0 : 32 }
}

function cartesian(chart: Chart, width: number): Record<string, unknown> {
  const lying = chart.kind === 'rows'
  const drawn = chart.kind === 'line' || chart.kind === 'area' ? 'line' : 'bar'
  const few = chart.categories.length * chart.series.length <= MOST_LABELLED * 2 && chart.kind !== 'stacked' && (drawn === 'bar' || chart.categories.length <= MOST_LABELLED)
  const percent = chart.unit === '%' && numbers(chart).every((n) => n <= 100)
  const names = { type: 'category', data: chart.categories.map(short), inverse: lying, axisTick: { show: false }, axisLine, axisLabel: { ...words, fontSize: NAME_SIZE, ...(lying ? { hideOverlap: true } : slanted(chart.categories.map(short), width)), width: lying ? 150 : 90, overflow: 'truncate' } }
  const values = { type: 'value', splitLine: { lineStyle: { color: '#E9EEF5' } }, axisLabel: { ...words, fontSize: 11, color: '#667085', formatter: percent ? '{value}%' : '{value}' }, ...(percent ? { max: 100 } : { minInterval: numbers(chart).every(Number.isInteger) ? 1 : 0 }) }
  return {
    legend: chart.series.length > 1 ? { top: 0, textStyle: words, itemWidth: 16, itemHeight: 9 } : { show: false },
    grid: { left: 6, right: lying ? 44 : 14, top: chart.series.length > 1 ? 34 : 20, bottom: 4, containLabel: true },
    xAxis: lying ? { ...values, show: false } : names, yAxis: lying ? names : values,
    series: chart.series.map((s, i) => ({
      type: drawn, name: s.name, barMaxWidth: lying ? 16 : 26, showSymbol: chart.categories.length <= 31, symbolSize: 5, ...(chart.kind === 'stacked' ? { stack: 'all' } : {}), ...(chart.kind === 'area' && !s.before ? { areaStyle: { opacity: 0.14 } } : {}),
      ...(s.before ? { lineStyle: { type: 'dashed', color: quiet }, itemStyle: { color: '#C3CBD6' } } : { itemStyle: { color: seriesColours[i % seriesColours.length] }, lineStyle: { width: 2.4 } }),
      label: { show: few && !s.before, position: drawn === 'line' ? 'top' : lying ? 'right' : 'top', ...words, fontSize: 10.5 },
      data: s.values.map((value, at) => (chart.marked?.includes(chart.categories[at] ?? '') && drawn === 'bar' ? { value, itemStyle: { color: '#E69F00' } } : value)),
      ...(i === 0 && chart.target !== undefined ? { markLine: { symbol: 'none', silent: true, lineStyle: { color: '#B3171D', type: 'dashed' }, label: { ...words, fontSize: 10.5, color: '#B3171D', formatter: `目标 ${chart.target}` }, data: [lying ? { xAxis: chart.target } : { yAxis: chart.target }] } } : {}),
    })),
  }
}

const ring = (chart: Chart): Record<string, unknown> => ({
  series: [{ type: 'pie', radius: ['40%', '66%'], center: ['50%', '52%'], minShowLabelAngle: 5, label: { ...words, fontSize: 11.5, formatter: '{b}\n{d}%' }, labelLine: { length: 8, length2: 8 }, itemStyle: { borderColor: '#fff', borderWidth: 1.5 }, data: chart.categories.map((name, i) => ({ name, value: chart.series[0]?.values[i] ?? 0 })) }],
})

function points(chart: Chart): Record<string, unknown> {
  const list = chart.points ?? []
  const middle = (values: number[]): number => values.reduce((a, b) => a + b, 0) / Math.max(1, values.length)
  const axis = (name: string) => ({ type: 'value', name, nameLocation: 'middle', nameGap: 26, nameTextStyle: words, splitLine: { show: false }, axisLine: { show: true, ...axisLine }, axisLabel: { ...words, fontSize: 11, color: '#667085' } })
  return {
    grid: { left: 44, right: 60, top: 16, bottom: 40 }, xAxis: axis(chart.axes?.x ?? ''), yAxis: { ...axis(chart.axes?.y ?? ''), nameGap: 34 },
    series: [{
      type: 'scatter', symbolSize: 11, labelLayout: { hideOverlap: true }, label: { show: true, position: 'right', ...words, fontSize: 10.5, formatter: (p: { dataIndex: number }) => list[p.dataIndex]?.name ?? '' },
      data: list.map((p) => ({ value: [p.x, p.y], itemStyle: { color: chart.marked?.includes(p.name) ? '#E69F00' : '#1456A8' } })),
      markLine: { symbol: 'none', silent: true, label: { show: false }, lineStyle: { color: quiet, type: 'dashed' }, data: [{ xAxis: middle(list.map((p) => p.x)) }, { yAxis: middle(list.map((p) => p.y)) }] },
    }],
  }
}

/** The ECharts option of a chart on paper, `width` pixels wide. */
export function printOption(chart: Chart, width: number): Record<string, unknown> {
  const option = chart.kind === 'pie' ? ring(chart) : chart.kind === 'points' ? points(chart) : cartesian(chart, width)
  return { animation: false, color: seriesColours, textStyle: words, ...option }
}
