// The ECharts canvas of the screen, sharp at the scale the stage is shown in.
import { BarChart, GaugeChart, LineChart, MapChart, PieChart, ScatterChart } from 'echarts/charts'
import { GeoComponent, GridComponent, LegendComponent, TitleComponent, VisualMapComponent } from 'echarts/components'
import { init, registerMap, use } from 'echarts/core'
import type { ECharts } from 'echarts/core'
import { LabelLayout } from 'echarts/features'
import { CanvasRenderer } from 'echarts/renderers'
import type { ReactElement } from 'react'
import { useEffect, useRef } from 'react'

use([BarChart, GaugeChart, LineChart, MapChart, PieChart, ScatterChart, GeoComponent, GridComponent, LegendComponent, TitleComponent, VisualMapComponent, LabelLayout, CanvasRenderer])
const font = { textStyle: { fontFamily: 'system-ui, "PingFang SC", "Noto Sans CJK SC", sans-serif' } }

type Area = { code: string; rings: [number, number][][] }

/** Makes outlines known to ECharts under a name; features are named by their code. */
export function learnMap(name: string, areas: readonly Area[]): void {
  registerMap(name, { type: 'FeatureCollection', features: areas.map((area) => ({ type: 'Feature', properties: { name: area.code }, geometry: { type: 'Polygon', coordinates: area.rings } })) } as Parameters<typeof registerMap>[1])
}

export function Canvas({ option, label, scale, map }: { option: Record<string, unknown>; label: string; scale: number; map?: { name: string; areas: readonly Area[] } }): ReactElement {
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<ECharts | null>(null)
  useEffect(() => {
    if (!box.current) return
    const made = init(box.current, font, { devicePixelRatio: Math.min(3, Math.max(1, scale * devicePixelRatio)) })
    chart.current = made
    return () => { made.dispose(); chart.current = null }
  }, [scale])
  useEffect(() => {
    if (map) learnMap(map.name, map.areas)
    chart.current?.setOption({ animationDuration: 500, animationDurationUpdate: 500, ...option }, { notMerge: true })
  }, [option, map, scale])
  return <div ref={box} role="img" aria-label={label} className="s-canvas" />
}
