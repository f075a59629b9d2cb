// The map canvas: its own chunk with the parts a map needs.
import { MapChart, ScatterChart } from 'echarts/charts'
import { GeoComponent, TooltipComponent, VisualMapComponent } from 'echarts/components'
import { init, registerMap, use } from 'echarts/core'
import type { ECharts } from 'echarts/core'
import { LabelLayout } from 'echarts/features'
import { CanvasRenderer } from 'echarts/renderers'
import type { ReactElement } from 'react'
import { useEffect, useRef } from 'react'

use([MapChart, ScatterChart, GeoComponent, TooltipComponent, VisualMapComponent, LabelLayout, CanvasRenderer])

type Area = { code: string; rings: [number, number][][] }
type Props = { name: string; areas: readonly Area[]; option: Record<string, unknown>; label: string; height: number; onPick: (code: string) => void }

export default function MapDrawing({ name, areas, option, label, height, onPick }: Props): ReactElement {
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<ECharts | null>(null)
  const pick = useRef(onPick)
  pick.current = onPick
  useEffect(() => {
    if (!box.current) return
    const made = init(box.current, { textStyle: { fontFamily: 'system-ui, "PingFang SC", "Noto Sans CJK SC", sans-serif' } })
    chart.current = made
    made.on('click', (params) => { if (params.seriesType === 'map') pick.current(params.name) })
    const observer = new ResizeObserver(() => made.resize())
    observer.observe(box.current)
    return () => { observer.disconnect(); made.dispose(); chart.current = null }
  }, [])
  useEffect(() => {
    // features are named by their codes: names of areas repeat
    registerMap(name, { type: 'FeatureCollection', features: areas.map((area) => ({ type: 'Feature', properties: { name: area.code }, geometry: { type: 'Polygon', coordinates: area.rings } })) } as Parameters<typeof registerMap>[1])
    chart.current?.setOption({ animation: false, ...option }, { notMerge: true })
  }, [name, areas, option])
  return <div ref={box} role="img" aria-label={label} style={{ blockSize: height }} />
}
