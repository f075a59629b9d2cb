// 驾驶舱 on the phone: day, week, month and year against the period before, in one column; each number opens exactly its list.
import { Card, LinkButton, PullToRefresh, Skeleton } from '@minsheng/portal/kit'
import { useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { changeWords, toneOf } from '../../features/analytics/change.ts'
import { asked, changeOf, numberOf, type Answer, type Board, type Column } from '../../features/analytics/question.ts'
import { brief, shown } from '../../features/data/values.ts'
import { Page } from '../frame/Frame.tsx'
import { useSession } from '../session.tsx'
import { t } from '../texts.zh-CN.ts'
import { when } from '../time.ts'
import { periods, rowsOf, useHot, usePanel, type PeriodName } from './figures.ts'
import { KeyOrders } from './KeyOrders.tsx'
import { OrderFacts } from './OrderFacts.tsx'
import { AskedOfMe } from './RequestsPage.tsx'

export default function CockpitPage(): ReactElement {
  const { can } = useSession()
  const client = useQueryClient()
  const [search, setSearch] = useSearchParams()
  const name = periods.find((one) => one === search.get('period')) ?? 'today'
  const board = useQueryOf('showBoard', { code: 'cockpit' }, { enabled: can('data.read'), staleTime: 300_000 })
  useTopic('orders.counts', ['orderCounts', 'listOrders'])
  return (
    <Page title={t('cockpit')}>
      <PullToRefresh onRefresh={() => Promise.all(['orderCounts', 'listOrders', 'queryFigures'].map((key) => client.invalidateQueries({ queryKey: [key] })))}>
        <div className="k-stack">
          <AskedOfMe />
          {can('data.read') ? (
            <>
              <div className="m-tabs" role="tablist">{periods.map((one) => <button key={one} type="button" role="tab" aria-selected={one === name} onClick={() => setSearch({ period: one }, { replace: true })}>{t(`cockpit.period.${one}`)}</button>)}</div>
              {board.data ? <Figures board={board.data.definition} name={name} /> : <Skeleton lines={8} />}
            </>
          ) : null}
          <OrderFacts />
          {can('data.read') ? <LinkButton to="/m/stats" block>{t('stats')}</LinkButton> : null}
        </div>
      </PullToRefresh>
    </Page>
  )
}

function Figures({ board, name }: { board: Board; name: PeriodName }): ReactElement {
  const { can } = useSession()
  const counts = usePanel(board, 'counts', name)
  return (
    <>
      {counts.answer ? <p className="k-hint">{t('asOf', { at: when(counts.answer.asOf) })} · {t('cockpit.hint')}</p> : null}
      {counts.answer ? <div className="m-tiles">{asked(counts.answer).map((column) => <Tile key={column.code} column={column} answer={counts.answer as Answer} />)}</div> : <Skeleton lines={6} />}
      <Hours board={board} name={name} />
      <HotList board={board} name={name} />
      {can('supervision.read') ? <KeyOrders /> : null}
      <Ranking board={board} id="counties" name={name} />
      <Ranking board={board} id="units" name={name} />
    </>
  )
}

function Tile({ column, answer }: { column: Column; answer: Answer }): ReactElement {
  const change = answer.before ? changeOf(column, numberOf(answer.total, column.code), numberOf(answer.before.total, column.code)) : null
  const to = rowsOf(column, answer, [])
  const body = <><b className="k-num">{brief(answer.total[column.code], column.unit)}</b><span className="k-hint">{column.name}</span>{change && change.text !== 'none' ? <small className="m-change" data-tone={toneOf(change)}>{changeWords(change)}</small> : null}</>
  return to ? <Link className="k-item m-tile" to={to}>{body}</Link> : <div className="k-item m-tile">{body}</div>
}

/** Bars of the hours, those of the period before behind them; asks again each minute. */
function Hours({ board, name }: { board: Board; name: PeriodName }): ReactElement | null {
  const { panel, answer } = usePanel(board, 'hours', name)
  const column = answer ? asked(answer)[0] : undefined
  if (!panel || !answer || !column) return null
  const hours = answer.rows.map((row) => ({ key: row.keys, hour: row.keys[0]?.name ?? '', now: numberOf(row.values, column.code) ?? 0, before: numberOf(row.before, column.code) ?? 0 }))
  const most = Math.max(1, ...hours.flatMap((one) => [one.now, one.before]))
  const peak = hours.reduce((best, one) => (one.now > best.now ? one : best), { hour: '', now: 0 })
  return (
    <Card title={t('cockpit.hours')}>
      <p className="k-hint">{peak.now > 0 ? t('cockpit.hoursSummary', { hour: peak.hour, n: peak.now }) : t('cockpit.hoursNone')}</p>
      {hours.length > 0 ? (
        <div className="m-hours">
          {hours.map((one) => {
            const to = rowsOf(column, answer, one.key)
            const bars = <><i style={{ blockSize: `${(one.before / most) * 100}%` }} /><b style={{ blockSize: `${(one.now / most) * 100}%` }} /></>
            return to && one.now > 0 ? <Link key={one.hour} to={to} aria-label={`${one.hour} ${one.now}`}>{bars}</Link> : <span key={one.hour}>{bars}</span>
          })}
        </div>
      ) : null}
      {hours.length > 0 ? <p className="m-hours-axis k-hint"><span>{hours[0]?.hour}</span><span>{hours[Math.floor(hours.length / 2)]?.hour}</span><span>{hours.at(-1)?.hour}</span></p> : null}
    </Card>
  )
}

function HotList({ board, name }: { board: Board; name: PeriodName }): ReactElement {
  const hot = useHot(board, name)
  const period = usePanel(board, 'counts', name).answer
  return (
    <Card title={t('cockpit.hot')}>
      {hot && period ? (hot.length === 0 ? <p className="k-hint">{t('cockpit.hoursNone')}</p> : (
        <ul className="m-stages">{hot.slice(0, 8).map((one) => {
          const to = one.column ? rowsOf(one.column, period, [], one.words) : null
          const change = one.column && one.before !== null ? changeOf(one.column, one.now, one.before) : null
          return <li key={one.name}><Link to={to ?? ''}><span>{one.name}</span><span>{change && change.text !== 'none' ? <small className="m-change">{changeWords(change)} </small> : null}<b className="k-num">{one.now}</b></span></Link></li>
        })}</ul>
      )) : <Skeleton lines={5} />}
    </Card>
  )
}

function Ranking({ board, id, name }: { board: Board; id: string; name: PeriodName }): ReactElement | null {
  const { panel, answer } = usePanel(board, id, name)
  const column = answer ? asked(answer)[0] : undefined
  if (!panel || !answer || !column || answer.rows.length === 0) return null
  return (
    <Card title={panel.title}>
      <ul className="m-stages">{answer.rows.map((row) => <li key={row.keys[0]?.key ?? ''}><Link to={rowsOf(column, answer, row.keys) ?? ''}><span className="m-two">{row.keys[0]?.name}</span><b className="k-num">{shown(row.values[column.code], column.unit)}</b></Link></li>)}</ul>
    </Card>
  )
}
