// The map canvas: its own chunk with the parts a map needs.
import { HeatmapChart, LinesChart, MapChart, ScatterChart } from 'echarts/charts'
import { GeoComponent, TooltipComponent, VisualMapComponent } from 'echarts/components'
import { init, registerMap, use } from 'echarts/core'
import type { ECharts } from 'echarts/core'
import { LabelLayout } from 'echarts/features'
import { CanvasRenderer } from 'echarts/renderers'
import type { ReactElement } from 'react'
import { useEffect, useImperativeHandle, useRef, type Ref } from 'react'

use([HeatmapChart, LinesChart, MapChart, ScatterChart, GeoComponent, TooltipComponent, VisualMapComponent, LabelLayout, CanvasRenderer])

type Area = { code: string; rings: [number, number][][] }
export type Picture = { /** A PNG of what is shown. */ take: () => string | undefined }
type Props = { name: string; areas: readonly Area[]; option: Record<string, unknown>; label: string; height: number; onPick: (code: string) => void; onCell: (cell: string) => void; /** While a region is drawn, a click is one of its corners. */ onCorner?: ((at: [number, number]) => void) | undefined; picture?: Ref<Picture> }

export default function MapDrawing({ name, areas, option, label, height, onPick, onCell, onCorner, picture }: Props): ReactElement {
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<ECharts | null>(null)
  const acts = useRef({ onPick, onCell, onCorner })
  acts.current = { onPick, onCell, onCorner }
  useImperativeHandle(picture, () => ({ take: () => chart.current?.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: '#fff' }) }), [])
  useEffect(() => {
    if (!box.current) return
    const made = init(box.current, { textStyle: { fontFamily: 'system-ui, "PingFang SC", "Noto Sans CJK SC", sans-serif' } })
    chart.current = made
    made.on('click', (params) => {
      if (acts.current.onCorner) return
      const data = params.data as { cell?: string } | undefined
      if (params.seriesType === 'map') acts.current.onPick(params.name)
      else if (data?.cell) acts.current.onCell(data.cell)
    })
    made.getZr().on('click', (event: { offsetX: number; offsetY: number }) => {
      const at = acts.current.onCorner ? made.convertFromPixel('geo', [event.offsetX, event.offsetY]) : null
      if (Array.isArray(at) && typeof at[0] === 'number' && typeof at[1] === 'number') acts.current.onCorner?.([at[0], at[1]])
    })
    // hidden while the next page loads: a map of no size cannot be projected
    const observer = new ResizeObserver(([entry]) => { if (entry && entry.contentRect.width > 0 && entry.contentRect.height > 0) made.resize() })
    observer.observe(box.current)
    return () => { observer.disconnect(); made.dispose(); chart.current = null }
  }, [])
  useEffect(() => {
    // features are named by their codes: names of areas repeat
    registerMap(name, { type: 'FeatureCollection', features: areas.map((area) => ({ type: 'Feature', properties: { name: area.code }, geometry: { type: 'Polygon', coordinates: area.rings } })) } as Parameters<typeof registerMap>[1])
    chart.current?.setOption({ animation: false, ...option }, { notMerge: true })
  }, [name, areas, option])
  return <div ref={box} role="img" aria-label={label} style={{ blockSize: height, ...(onCorner ? { cursor: 'crosshair' } : {}) }} />
}
