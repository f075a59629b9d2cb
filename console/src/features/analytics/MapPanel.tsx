// A map of a board: areas coloured by the number, orders as counts on a grid, as points or as heat; a click goes down a level and filters the
// page, a point opens its orders, a drawn region filters every panel. The list beside it holds the same numbers, each opens its rows; orders
// without a point are counted, not dropped.
import { Button, Checkbox, Segmented } from 'antd'
import type { ReactElement } from 'react'
import { Suspense, lazy, useMemo, useRef, useState } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import { Empty, Loading, ProblemLine } from '../../ui/Empty.tsx'
import { Rank } from './cards.tsx'
import { layers, mapOption, type Layer, type Point } from './map-option.ts'
import type { Picture } from './MapDrawing.tsx'
import type { PanelProps } from './PanelView.tsx'
import { questionOf, type Column } from './question.ts'
import { stepsOf } from './time-steps.ts'
import { TimeAxis } from './TimeAxis.tsx'
import { t } from './texts.zh-CN.ts'

const MapDrawing = lazy(() => import('./MapDrawing.tsx'))
const levels = ['county', 'street'] as const
type Level = (typeof levels)[number]
const isLevel = (key: string | undefined): key is Level => levels.some((one) => one === key)
/** Points count what was registered, whatever the areas are coloured by. */
const received: Column = { code: 'received', name: t('spot'), kind: 'basic', unit: '件', direction: 'none', version: 1, statement: t('spotRows'), formula: null, asked: true }
const MOST_CORNERS = 30
const SPOTS = 8

export function MapPanel({ board, panel, period, picks, onPick, onOpen, refreshEvery }: PanelProps): ReactElement {
  const own = panel.dimensions[0]
  const county = picks.find((p) => p.dimension === 'county')?.key ?? undefined
  const [chosen, setChosen] = useState<Level | null>(null)
  const [layer, setLayer] = useState<Layer>('points')
  const [step, setStep] = useState<number | null>(null)
  const [corners, setCorners] = useState<[number, number][] | null>(null)
  const picture = useRef<Picture>(null)
  const steps = useMemo(() => stepsOf(period), [period])
  const looked = (step === null ? undefined : steps[step]) ?? period
  // a chosen county is looked at by its streets
  const level: Level = chosen ?? (county ? 'street' : isLevel(own) ? own : 'county')
  const question = useMemo(() => ({ ...questionOf(board, { ...panel, dimensions: [level], limit: 300 }, looked, picks), dimensions: [level] }), [board, panel, looked, picks, level])
  const answer = useQueryOf('queryFigures', question, { keepPrevious: true, ...(refreshEvery ? { refetchEvery: refreshEvery } : {}) })
  const where = question.where ?? []
  const data = useQueryOf('mapFigures', { ...looked, level, where, ...(county ? { under: county } : {}) }, { keepPrevious: true })
  const name = `${panel.id}.${level}.${county ?? ''}`
  const option = useMemo(() => (answer.data && data.data ? mapOption(name, answer.data, data.data, layer, corners ?? []) : null), [name, answer.data, data.data, layer, corners])
  if (answer.isError) return <ProblemLine problem={answer.error} onRetry={() => void answer.refetch()} />
  if (data.isError) return <ProblemLine problem={data.error} onRetry={() => void data.refetch()} />
  if (!answer.data || !data.data || !option) return <Loading lines={6} />
  const { areas, points, withoutPoint, beyond } = data.data
  const pick = (code: string): void => { const area = areas.find((one) => one.code === code); if (area) onPick({ dimension: level, key: code, name: area.name }) }
  const openCell = (cell: string): void => onOpen({ column: received, keys: [], period: looked, where: [...where, { dimension: 'cell', values: [cell] }] })
  const finish = (): void => { if (corners && corners.length > 2) onPick({ dimension: 'within', key: corners.map((at) => at.map((v) => v.toFixed(5)).join(',')).join(';'), name: t('region') }); setCorners(null) }
  const save = (): void => { const url = picture.current?.take(); if (url) Object.assign(document.createElement('a'), { href: url, download: `${panel.title}.png` }).click() }
  return (
    <div className="ms-analytics-map">
      <div>
        <div className="ms-row ms-analytics-map-bar">
          <Segmented size="small" value={level} onChange={setChosen} options={levels.map((value) => ({ value, label: t(`level.${value}`) }))} />
          <Segmented size="small" aria-label={t('mapPoints')} value={layer} onChange={setLayer} options={layers.map((value) => ({ value, label: t(`layer.${value}`) }))} />
          {steps.length > 1 ? <Checkbox checked={step !== null} onChange={(e) => setStep(e.target.checked ? 0 : null)}>{t('timeAxis')}</Checkbox> : null}
          <span className="ms-grow" />
          {corners ? <><Button size="small" type="primary" disabled={corners.length < 3} onClick={finish}>{t('regionDone')}</Button><Button size="small" disabled={corners.length === 0} onClick={() => setCorners(corners.slice(0, -1))}>{t('regionBack')}</Button><Button size="small" onClick={() => setCorners(null)}>{t('cancel')}</Button></> : areas.length > 0 ? <Button size="small" onClick={() => setCorners([])}>{t('region')}</Button> : null}
          {areas.length > 0 && !corners ? <Button size="small" onClick={save}>{t('savePicture')}</Button> : null}
        </div>
        {step === null ? null : <TimeAxis steps={steps} at={Math.min(step, steps.length - 1)} onAt={setStep} />}
        {areas.length === 0 ? <Empty kind="scope" text={t('mapNoOutline')} hint={t('mapNoOutlineHint')} /> : <Suspense fallback={<Loading lines={6} />}><MapDrawing name={name} areas={areas} option={option} label={t('mapSummary', { n: areas.length })} height={440} picture={picture} onPick={pick} onCell={openCell} onCorner={corners ? (at) => setCorners((held) => (held && held.length < MOST_CORNERS ? [...held, at] : held)) : undefined} /></Suspense>}
        {corners ? <p className="ms-note" role="status">{t('regionHint')}</p> : <p className="ms-hint">{t('mapBeside', { n: withoutPoint })}{beyond > 0 ? t('mapBeyond', { n: beyond }) : ''}</p>}
      </div>
      <div className="ms-analytics-map-list">
        <Rank answer={answer.data} compare={panel.compare} onPick={(key) => { if (key) onPick({ dimension: key.dimension, key: key.key, name: key.name }) }} onOpen={(column, keys) => onOpen({ column, keys, period: looked, where })} />
        {step === null ? <Spots points={points} onOpen={openCell} /> : null}
      </div>
    </div>
  )
}

/** Places that come back week after week, and those that rose within the last seven days. */
function Spots({ points, onOpen }: { points: readonly Point[]; onOpen: (cell: string) => void }): ReactElement | null {
  const found = points.filter((p) => p.kind !== null)
  if (found.length === 0) return null
  return (
    <>
      <h3 className="ms-analytics-spots">{t('spots', { n: found.length })}</h3>
      <ol className="ms-analytics-rank">{found.slice(0, SPOTS).map((p) => <li key={p.cell}><span className="ms-analytics-spot" data-kind={p.kind ?? undefined}>{t(`spot.${p.kind ?? 'chronic'}`)}</span><span className="ms-ellipsis">{p.lon.toFixed(3)}, {p.lat.toFixed(3)}</span><small className="ms-hint ms-grow">{t('spotWeeks', { weeks: p.weeks, last: p.last })}</small><Button type="link" size="small" onClick={() => onOpen(p.cell)}>{p.n}</Button></li>)}</ol>
    </>
  )
}
