// 运行体检: one score, what lost it, what rose, and the prepared plan beside each bad factor; every number opens its rows.
import { Button, Drawer } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { Empty, Loading, ProblemLine } from '../../ui/Empty.tsx'
import { Chart } from '../../ui/Figure.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { light } from '../../ui/tokens.ts'
import { when } from '../../ui/time.ts'
import { BehindFigure, type Behind } from '../data/BehindFigure.tsx'
import { PeriodBar } from './PeriodBar.tsx'
import { usePeriod } from './board-state.ts'
import { HealthModel } from './HealthModel.tsx'
import { t } from './texts.zh-CN.ts'
import './analytics.css'
import '../data/data.css'

export type Health = OutputOf<'checkHealth'>
type Factor = Health['factors'][number]
type Level = NonNullable<Health['level']>
const PAST = 6
const tones = { calm: 'ok', watch: 'low', warn: 'near', risk: 'over' } as const
const colour: Record<Level, string> = { calm: light['ok-mark'], watch: light.primary, warn: light['near-mark'], risk: light['over-mark'] }

export default function HealthPage(): ReactElement {
  const chosen = usePeriod('last30')
  const { period } = chosen
  const [opened, setOpened] = useState<Behind | null>(null)
  const [editing, setEditing] = useState(false)
  const health = useQueryOf('checkHealth', { ...period }, { keepPrevious: true, refetchEvery: 60_000 })
  const course = useQueryOf('checkHealth', { ...period, past: PAST }, { keepPrevious: true, staleTime: 300_000 })
  const data = health.data
  const open = (code: string, name: string, keys: Behind['keys']): void => setOpened({ column: { code, name, kind: 'basic', unit: '件', direction: 'none', version: 1, statement: '', formula: null, asked: true }, keys, period, where: [] })
  return (
    <Page title={t('health')} help="health" sub={t('healthHint')} acts={data?.mayEdit ? <Button onClick={() => setEditing(true)}>{t('healthEdit')}</Button> : null} bar={<PeriodBar offers={['week', 'lastWeek', 'month', 'lastMonth', 'quarter', 'last30']} period={chosen} />}>
      {health.isError ? <ProblemLine problem={health.error} onRetry={() => void health.refetch()} /> : !data ? <Loading lines={8} /> : (
        <div className="ms-analytics-health">
          <div className="ms-analytics-stack">
            <Section title={t('healthScore')} extra={<span className="ms-hint">{t('asOf', { time: when(data.asOf) })}</span>}>
              <Score data={data} />
              {course.data ? <Chart bare height={130} option={courseOf(course.data)} summary={t('healthCourse', { n: PAST + 1 })} table={{ columns: [t('name'), t('healthScore')], rows: course.data.course.map((one) => [`${one.from} – ${one.to}`, one.score === null ? null : String(one.score)]) }} /> : <Loading lines={3} />}
            </Section>
            <Section title={t('healthRising')}>
              {data.rising.length === 0 ? <Empty kind="done" text={t('healthNoRising')} /> : <ol className="ms-analytics-rank">{data.rising.map((one) => <li key={one.key}><span className="ms-ellipsis" title={one.name}>{one.name}</span><small className="ms-hint ms-grow">{t('healthRose', { n: one.now - (one.before ?? 0), before: one.before ?? 0 })}</small><Button type="link" size="small" onClick={() => open('received', one.name, [one])}>{one.now}</Button></li>)}</ol>}
            </Section>
          </div>
          <Section title={t('healthFactors')} extra={<span className="ms-hint">{t('healthOrder')}</span>}>
            <ul className="ms-analytics-factors">{data.factors.map((one) => <FactorLine key={`${one.indicator} ${one.measure}`} one={one} onOpen={open} />)}</ul>
          </Section>
        </div>
      )}
      {opened ? <Drawer open size={860} title={t('rows', { name: opened.column.name })} onClose={() => setOpened(null)}><BehindFigure {...opened} /></Drawer> : null}
      {editing && data ? <HealthModel data={data} onClose={() => setEditing(false)} /> : null}
    </Page>
  )
}

function Score({ data }: { data: Health }): ReactElement {
  if (data.score === null || data.level === null) return <Empty kind="filter" text={t('nothing')} hint={t('nothingHint')} />
  const worst = data.factors.filter((one) => one.lost > 0).slice(0, 2).map((one) => one.name)
  return (
    <div className="ms-analytics-score">
      <b data-tone={tones[data.level]}>{data.score}</b>
      <div><Tag tone={tones[data.level]}>{data.levelName}</Tag><p>{worst.length > 0 ? t('healthWorst', { names: worst.join('、') }) : t('healthFull')}</p></div>
    </div>
  )
}

function FactorLine({ one, onOpen }: { one: Factor; onOpen: (code: string, name: string, keys: Behind['keys']) => void }): ReactElement {
  const { counted } = one
  return (
    <li>
      <div className="ms-row"><strong title={one.statement}>{one.name}</strong>{one.measure === 'change' ? <small className="ms-hint">{t('healthChange')}</small> : null}<span className="ms-grow" /><span className="ms-num">{one.score === null ? '–' : t('healthPoints', { score: one.score, lost: one.lost })}</span></div>
      <span className="ms-analytics-track" role="meter" aria-label={one.name} aria-valuemin={0} aria-valuemax={100} aria-valuenow={one.score ?? undefined}><i style={{ inlineSize: `${one.score ?? 0}%`, ...(one.level ? { background: colour[one.level] } : {}) }} /></span>
      <p>{one.words}</p>
      {counted && one.troubles > 0 ? <div className="ms-analytics-chips"><Button type="link" size="small" onClick={() => onOpen(counted, one.name, [])}>{t('healthOpen', { n: one.troubles })}</Button>{one.top.map((part) => <Button key={part.key} size="small" onClick={() => onOpen(counted, part.name, [part])}>{part.name} {part.now}</Button>)}</div> : null}
      {one.level && one.level !== 'calm' && one.plan ? <p className="ms-note">{t('healthPlan')}{one.plan}</p> : null}
    </li>
  )
}

const courseOf = ({ course, bands }: Health): Record<string, unknown> => ({
  tooltip: { trigger: 'axis', confine: true }, grid: { left: 4, right: 12, top: 12, bottom: 4, containLabel: true },
  xAxis: { type: 'category', data: course.map((one) => one.to.slice(5)) }, yAxis: { type: 'value', min: 0, max: 100, splitNumber: 2 },
  series: [{ type: 'line', name: t('healthScore'), data: course.map((one) => one.score), symbolSize: 6, markLine: { silent: true, symbol: 'none', label: { show: false }, lineStyle: { color: light['line-control'], type: 'dashed' }, data: [{ yAxis: bands[0] }] } }],
})
