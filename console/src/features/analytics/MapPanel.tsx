// A map of a board: areas coloured by the number, orders as counts on a grid; a click goes down a level and filters the page. The list beside
// it holds the same numbers, each opens its rows; orders without a point are counted, not dropped.
import { Checkbox, Segmented } from 'antd'
import type { ReactElement } from 'react'
import { Suspense, lazy, useMemo, useState } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import { Empty, Loading, ProblemLine } from '../../ui/Empty.tsx'
import { light, sequential } from '../../ui/tokens.ts'
import { shown } from '../data/values.ts'
import { Rank } from './cards.tsx'
import type { PanelProps } from './PanelView.tsx'
import { asked, numberOf, questionOf, type Answer } from './question.ts'
import { t } from './texts.zh-CN.ts'

const MapDrawing = lazy(() => import('./MapDrawing.tsx'))
const levels = ['county', 'street'] as const
type Level = (typeof levels)[number]
const isLevel = (key: string | undefined): key is Level => levels.some((one) => one === key)

export function MapPanel({ board, panel, period, picks, onPick, onOpen, refreshEvery }: PanelProps): ReactElement {
  const own = panel.dimensions[0]
  const county = picks.find((p) => p.dimension === 'county')?.key ?? undefined
  const [chosen, setChosen] = useState<Level | null>(null)
  const [points, setPoints] = useState(true)
  // a chosen county is looked at by its streets
  const level: Level = chosen ?? (county ? 'street' : isLevel(own) ? own : 'county')
  const question = useMemo(() => ({ ...questionOf(board, { ...panel, dimensions: [level], limit: 300 }, period, picks), dimensions: [level] }), [board, panel, period, picks, level])
  const answer = useQueryOf('queryFigures', question, { keepPrevious: true, ...(refreshEvery ? { refetchEvery: refreshEvery } : {}) })
  const data = useQueryOf('mapFigures', { ...period, level, where: question.where ?? [], ...(county ? { under: county } : {}) }, { keepPrevious: true })
  const name = `${panel.id}.${level}.${county ?? ''}`
  const option = useMemo(() => (answer.data && data.data ? optionOf(name, answer.data, data.data, points) : null), [name, answer.data, data.data, points])
  if (answer.isError) return <ProblemLine problem={answer.error} onRetry={() => void answer.refetch()} />
  if (data.isError) return <ProblemLine problem={data.error} onRetry={() => void data.refetch()} />
  if (!answer.data || !data.data || !option) return <Loading lines={6} />
  const { areas, withoutPoint } = data.data
  const pick = (code: string): void => { const area = areas.find((one) => one.code === code); if (area) onPick({ dimension: level, key: code, name: area.name }) }
  return (
    <div className="ms-analytics-map">
      <div>
        <div className="ms-row"><Segmented size="small" value={level} onChange={setChosen} options={levels.map((value) => ({ value, label: t(`level.${value}`) }))} /><Checkbox checked={points} onChange={(e) => setPoints(e.target.checked)}>{t('mapPoints')}</Checkbox></div>
        {areas.length === 0 ? <Empty kind="scope" text={t('mapNoOutline')} hint={t('mapNoOutlineHint')} /> : <Suspense fallback={<Loading lines={6} />}><MapDrawing name={name} areas={areas} option={option} label={t('mapSummary', { n: areas.length })} height={400} onPick={pick} /></Suspense>}
        <p className="ms-hint">{t('mapBeside', { n: withoutPoint })}</p>
      </div>
      <div className="ms-analytics-map-list"><Rank answer={answer.data} compare={panel.compare} onPick={(key) => { if (key) onPick({ dimension: key.dimension, key: key.key, name: key.name }) }} onOpen={(column, keys) => onOpen({ column, keys, period, where: question.where ?? [] })} /></div>
    </div>
  )
}

type Data = { areas: { code: string; name: string; rings: [number, number][][] }[]; points: { lon: number; lat: number; n: number }[] }

function optionOf(name: string, answer: Answer, data: Data, points: boolean): Record<string, unknown> {
  const column = asked(answer)[0]
  const rows = new Map(answer.rows.map((row) => [row.keys[0]?.key ?? '', row]))
  const values = data.areas.map((area) => { const row = rows.get(area.code); return { name: area.code, title: area.name, value: column ? numberOf(row?.values, column.code) : null, text: column ? shown(row?.values[column.code] ?? (column.formula === null ? '0' : null), column.unit) : '' } })
  const numbers = values.flatMap((one) => one.value ?? [])
  const most = Math.max(1, ...data.points.map((p) => p.n))
  return {
    tooltip: { confine: true, formatter: (p: { data?: { title?: string; text?: string } }) => (p.data?.title ? `${p.data.title}：${p.data.text ?? ''}` : '') },
    visualMap: { min: 0, max: Math.max(1, ...numbers), seriesIndex: 0, left: 0, bottom: 0, itemWidth: 12, itemHeight: 80, calculable: false, textStyle: { color: light['text-2'] }, inRange: { color: [...sequential] } },
    geo: { map: name, layoutCenter: ['50%', '50%'], layoutSize: '96%', aspectScale: 0.77, roam: false, selectedMode: false, itemStyle: { areaColor: light['bg-sunk'], borderColor: light['bg-panel'], borderWidth: 1.5 }, emphasis: { itemStyle: { areaColor: light['near-mark'] }, label: { color: light['text-1'] } }, label: { show: true, color: light['text-1'], fontSize: 12, textBorderColor: light['bg-panel'], textBorderWidth: 3, formatter: (p: { name: string }) => { const one = values.find((v) => v.name === p.name); return one ? `${one.title}\n${one.text}` : '' } } },
    series: [
      { type: 'map', geoIndex: 0, data: values },
      ...(points ? [{ type: 'scatter', coordinateSystem: 'geo', silent: true, symbolSize: (value: number[]) => 5 + (14 * (value[2] ?? 0)) / most, itemStyle: { color: light['over-mark'], opacity: 0.55 }, data: data.points.map((p) => [p.lon, p.lat, p.n]) }] : []),
    ],
  }
}
