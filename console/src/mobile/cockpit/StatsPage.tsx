// 移动统计 (ANA-44): the assessment month in one column, asked with the very questions of the desktop, so that the figures are equal.
import { Card, PullToRefresh, Skeleton, Trouble } from '@minsheng/portal/kit'
import { useQueryClient } from '@tanstack/react-query'
import type { ReactElement, ReactNode } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { namedPeriod, periodNamed } from '../../features/analytics/periods.ts'
import { asked, numberOf, type Question } from '../../features/analytics/question.ts'
import { brief, shown } from '../../features/data/values.ts'
import type { Period } from '../../ui/period.ts'
import { dayStart } from '../../ui/time.ts'
import { Page } from '../frame/Frame.tsx'
import { useSession } from '../session.tsx'
import { t } from '../texts.zh-CN.ts'
import { when } from '../time.ts'
import { rowsOf } from './figures.ts'

const periods = ['assessmentMonth', 'month', 'lastMonth', 'year'] as const
/** A rate of a handful of callbacks honours nobody. */
const LEAST_CALLBACKS = 3
const HONOURED = 10

export default function StatsPage(): ReactElement {
  const { can } = useSession()
  const client = useQueryClient()
  const [search, setSearch] = useSearchParams()
  const name = periods.find((one) => one === search.get('period')) ?? 'assessmentMonth'
  const told = useQueryOf('listNamedPeriods', {}, { enabled: can('data.read'), staleTime: 300_000 })
  const period = name === 'assessmentMonth' ? periodNamed(name, told.data?.items) : namedPeriod(name)
  return (
    <Page title={t('stats')} back="/m/me">
      <PullToRefresh onRefresh={() => Promise.all(['queryFigures', 'contactRates', 'myAssessment'].map((key) => client.invalidateQueries({ queryKey: [key] })))}>
        <div className="k-stack">
          {can('data.read') ? <div className="m-tabs" role="tablist">{periods.map((one) => <button key={one} type="button" role="tab" aria-selected={one === name} onClick={() => setSearch({ period: one }, { replace: true })}>{t(`stats.period.${one}`)}</button>)}</div> : null}
          {can('assessment.read') ? <Scores /> : null}
          {can('data.read') && !period ? <Skeleton lines={8} /> : null}
          {can('data.read') && period ? (
            <>
              <p className="k-hint">{t('stats.of', { from: period.from, to: period.to })}</p>
              <Ranking title={t('stats.streets')} period={period} ask={{ indicators: ['received'], dimensions: ['street'], limit: 15 }} />
              <Ranking title={t('stats.bureaus')} period={period} ask={{ indicators: ['dispatches'], dimensions: ['unit'], limit: 15 }} />
              <Refunds period={period} />
            </>
          ) : null}
          {can('orders.read') ? <Meetings period={period ?? namedPeriod('month')} /> : null}
          {can('data.read') && period ? <Honours period={period} /> : null}
        </div>
      </PullToRefresh>
    </Page>
  )
}

/** Own score and place: as published, else as it stands now. */
function Scores(): ReactElement | null {
  const mine = useQueryOf('myAssessment', {})
  if (mine.error) return <Trouble problem={mine.error} retry={() => void mine.refetch()} />
  if (!mine.data) return <Skeleton lines={3} />
  if (mine.data.items.length === 0) return null
  return (
    <Card title={t('stats.scores')}>
      <ul className="m-stages">{mine.data.items.map((one) => {
        const score = one.live ?? one.asPublished
        return <li key={`${one.objectId} ${one.modelName}`}><span><span className="m-two">{one.modelName}</span><small className="k-hint">{one.objectName}{score ? ` · ${score.name}${one.live ? t('stats.live') : t('stats.published')}` : ''}</small></span><span className="m-score">{score ? <><b className="k-num">{score.total ?? t('none')}</b><small className="k-hint">{score.rank === null ? '' : t('stats.rank', { rank: score.rank, of: score.of })}</small></> : t('none')}</span></li>
      })}</ul>
    </Card>
  )
}

type Ask = Omit<Question, 'from' | 'to'>
const useFigures = (period: Period, ask: Ask) => useQueryOf('queryFigures', { ...period, below: false, ...ask }, { refetchEvery: 60_000, keepPrevious: true })

function Ranking({ title, period, ask }: { title: string; period: Period; ask: Ask }): ReactElement {
  const query = useFigures(period, ask)
  const column = query.data ? asked(query.data)[0] : undefined
  const most = query.data && column ? Math.max(1, ...query.data.rows.map((row) => numberOf(row.values, column.code) ?? 0)) : 1
  return (
    <Part title={title} query={query} none={query.data?.rows.length === 0}>
      {query.data && column ? <ol className="m-stages">{query.data.rows.map((row, i) => (
        <li key={row.keys[0]?.key ?? ''}><Link to={rowsOf(column, query.data, row.keys) ?? ''}><span className="m-share"><span><small className="k-hint k-num">{i + 1}</small> {row.keys[0]?.name}</span><i style={{ inlineSize: `${((numberOf(row.values, column.code) ?? 0) / most) * 100}%` }} /></span><b className="k-num">{shown(row.values[column.code], column.unit)}</b></Link></li>
      ))}</ol> : null}
    </Part>
  )
}

/** The refund group of the consumption theme, by the words that theme has. */
function Refunds({ period }: { period: Period }): ReactElement | null {
  const theme = useQueryOf('showBoard', { code: 'consumption' }, { staleTime: 300_000 })
  const group = theme.data?.definition.groups.find((one) => one.name.includes('退费'))
  return group ? <RefundFigures period={period} words={group.words} /> : null
}
function RefundFigures({ period, words }: { period: Period; words: string[] }): ReactElement {
  const query = useFigures(period, { indicators: ['received', 'closed', 'open', 'satisfiedRate'], dimensions: [], where: [{ dimension: 'words', values: words }] })
  return (
    <Part title={t('stats.refunds')} query={query}>
      {query.data ? <div className="m-tiles">{asked(query.data).map((column) => {
        const to = rowsOf(column, period, [], words)
        const body = <><b className="k-num">{brief(query.data.total[column.code], column.unit)}</b><span className="k-hint">{column.name}</span></>
        return to ? <Link key={column.code} className="k-item m-tile" to={to}>{body}</Link> : <div key={column.code} className="k-item m-tile">{body}</div>
      })}</div> : null}
    </Part>
  )
}

function Meetings({ period }: { period: Period }): ReactElement {
  const query = useQueryOf('contactRates', { from: dayStart(period.from), to: dayStart(period.to, 1) })
  const rows = (query.data?.items ?? []).filter((one) => one.orders > 0).toSorted((a, b) => (b.meetingRate ?? 0) - (a.meetingRate ?? 0)).slice(0, 15)
  return (
    <Part title={t('stats.meetings')} query={query} none={query.data !== undefined && rows.length === 0}>
      <ol className="m-stages">{rows.map((one) => <li key={one.unitId}><span className="m-two">{one.unitName}<small className="k-hint"> {t('stats.met', { met: one.met, orders: one.orders })}</small></span><b className="k-num">{one.meetingRate === null ? t('none') : `${(one.meetingRate * 100).toFixed(1)}%`}</b></li>)}</ol>
    </Part>
  )
}

/** 光荣榜: units by satisfaction; those with few callbacks are left out, and said so. */
function Honours({ period }: { period: Period }): ReactElement {
  const query = useFigures(period, { indicators: ['satisfiedRate', 'callbacks'], dimensions: ['unit'], order: '-satisfiedRate', limit: 200 })
  const rows = (query.data?.rows ?? []).filter((row) => (numberOf(row.values, 'callbacks') ?? 0) >= LEAST_CALLBACKS && numberOf(row.values, 'satisfiedRate') !== null).slice(0, HONOURED)
  return (
    <Part title={t('stats.honours')} query={query} none={query.data !== undefined && rows.length === 0} hint={t('stats.honoursHint', { n: LEAST_CALLBACKS })}>
      <ol className="m-stages">{rows.map((row, i) => <li key={row.keys[0]?.key ?? ''}><span className="m-two"><small className="k-hint k-num">{i + 1}</small> {row.keys[0]?.name}<small className="k-hint"> {t('stats.callbacks', { n: row.values['callbacks'] ?? '0' })}</small></span><b className="k-num">{shown(row.values['satisfiedRate'], '%')}</b></li>)}</ol>
    </Part>
  )
}

type Asked = { data: unknown; error: Parameters<typeof Trouble>[0]['problem'] | null; refetch: () => unknown }
function Part({ title, query, none, hint, children }: { title: string; query: Asked; none?: boolean; hint?: string; children: ReactNode }): ReactElement {
  const at = (query.data as { asOf?: string } | undefined)?.asOf
  return (
    <Card title={title} extra={at ? <small className="k-hint">{t('asOf', { at: when(at) })}</small> : undefined}>
      {query.data ? (none ? <p className="k-hint">{t('stats.none')}</p> : children) : query.error ? <Trouble problem={query.error} retry={() => void query.refetch()} /> : <Skeleton lines={4} />}
      {hint ? <p className="k-hint">{hint}</p> : null}
    </Card>
  )
}
