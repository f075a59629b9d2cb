// The ECharts canvas: its own chunk with the parts we draw with.
import { BarChart, CustomChart, FunnelChart, GaugeChart, GraphChart, LineChart, PieChart, RadarChart, ScatterChart } from 'echarts/charts'
import { DatasetComponent, GridComponent, LegendComponent, LegendScrollComponent, MarkLineComponent, RadarComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import type { ECharts } from 'echarts/core'
import { LabelLayout } from 'echarts/features'
import { CanvasRenderer } from 'echarts/renderers'
import type { ReactElement } from 'react'
import { useEffect, useRef } from 'react'
import { light, series } from './tokens.ts'

use([BarChart, CustomChart, FunnelChart, GaugeChart, GraphChart, LineChart, PieChart, RadarChart, ScatterChart, DatasetComponent, GridComponent, LegendComponent, LegendScrollComponent, MarkLineComponent, RadarComponent, TooltipComponent, LabelLayout, CanvasRenderer])

const axis = { axisLine: { lineStyle: { color: light['line-control'] } }, axisLabel: { color: light['text-2'] }, splitLine: { lineStyle: { color: light.line } } }
const theme = { color: [...series], textStyle: { fontFamily: 'system-ui, "PingFang SC", "Noto Sans CJK SC", sans-serif' }, categoryAxis: axis, valueAxis: axis, legend: { top: 0, bottom: 'auto', textStyle: { color: light['text-2'] } } }

type Props = {
  option: Record<string, unknown>
  label: string
  height: number
  onPick?: (params: { name: string; seriesName?: string; dataIndex: number }) => void
}

export default function Drawing({ option, label, height, onPick }: Props): ReactElement {
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<ECharts | null>(null)
  const pick = useRef(onPick)
  pick.current = onPick
  useEffect(() => {
    if (!box.current) return
    const made = init(box.current, theme)
    chart.current = made
    made.on('click', (params) => pick.current?.({ name: params.name, seriesName: params.seriesName, dataIndex: params.dataIndex }))
    const observer = new ResizeObserver(() => made.resize())
    observer.observe(box.current)
    return () => {
      observer.disconnect()
      made.dispose()
      chart.current = null
    }
  }, [])
  useEffect(() => {
    chart.current?.setOption({ animation: false, ...option }, { notMerge: true })
  }, [option])
  return <div ref={box} role="img" aria-label={label} style={{ blockSize: height }} />
}
