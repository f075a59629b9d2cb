// 领导驾驶舱 in its least form: ten facts on one page, each opens its list (ux.md §3.15).
import type { ReactElement } from 'react'
import { useMemo } from 'react'
import { useNavigate } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { useSession } from '../../app/session.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import { Chart, Figure } from '../../ui/Figure.tsx'
import { cappedCount, count, rate } from '../../ui/numbers.ts'
import { Page, Section } from '../../ui/Page.tsx'
import { clockTime } from '../../ui/time.ts'
import { light } from '../../ui/tokens.ts'
import { month } from '../../ui/period.ts'
import { rowsPath } from '../callback/period.ts'
import { BoardFact } from './BoardPage.tsx'
import { CardList } from './CardList.tsx'
import { pathOf } from './lists.ts'
import type { Board } from './lists.ts'
import { t } from './texts.zh-CN.ts'
import './supervision.css'

const fromBoard = ['near', 'overdue', 'redCards', 'tasksOpen']
const parts = [['inTime', light['ok-mark']], ['near', light['near-mark']], ['overdue', light['over-mark']]] as const

export default function CockpitPage(): ReactElement {
  const { can } = useSession()
  const board = useQueryOf('supervisionBoard', {}, { refetchEvery: 60_000 })
  const counts = useQueryOf('orderCounts', {}, { enabled: can('orders.read'), refetchEvery: 60_000 })
  const period = useMemo(month, [])
  const rates = useQueryOf('callbackRates', period, { enabled: can('callback.read') })
  useTopic('supervision.board', ['supervisionBoard', 'listCards'])
  useTopic('orders.list', ['orderCounts'])
  return (
    <Page title={t('cockpit')} sub={t('cockpit.month', period)} acts={board.data ? <span className="ms-hint">{t('asOf', { time: clockTime(board.data.at) })}</span> : null}>
      <QueryView query={board}>
        {(data) => (
          <>
            <div className="ms-board-figures">
              {counts.data ? <OrderFacts counts={counts.data} /> : null}
              {fromBoard.flatMap((key) => data.figures.filter((one) => one.key === key)).map((figure) => <BoardFact key={figure.key} figure={figure} at={data.at} />)}
              {rates.data ? <RateFacts rates={rates.data} /> : null}
            </div>
            <div className="ms-board-columns">
              <div className="ms-stack">
                <Section title={t('cockpit.states')}><Stages board={data} /></Section>
                <Section title={t('cockpit.units')}><Units board={data} /></Section>
              </div>
              <CardList unitId={undefined} at={data.at} />
            </div>
          </>
        )}
      </QueryView>
    </Page>
  )
}

type Counts = OutputOf<'orderCounts'>

function OrderFacts({ counts }: { counts: Counts }): ReactElement {
  const of = (states: string[]) => {
    const found = counts.states.filter((one) => states.includes(one.key))
    return { value: cappedCount({ value: found.reduce((sum, one) => sum + one.count.value, 0), capped: found.some((one) => one.count.capped) }), to: `/orders?${states.map((state) => `state=${state}`).join('&')}` }
  }
  return (
    <>
      <Figure label={t('cockpit.handling')} {...of(['inProgress'])} definition={{ definition: t('cockpit.handling.def') }} asOf={counts.at} />
      <Figure label={t('cockpit.waiting')} {...of(['pendingReview', 'pendingDispatch'])} definition={{ definition: t('cockpit.waiting.def') }} asOf={counts.at} />
      <Figure label={t('cockpit.callback')} {...of(['pendingCallback'])} definition={{ definition: t('cockpit.callback.def') }} asOf={counts.at} />
    </>
  )
}

function RateFacts({ rates }: { rates: OutputOf<'callbackRates'> }): ReactElement {
  const figures = [['response', 'contacted'], ['solved', 'solved'], ['satisfied', 'satisfied']] as const
  return (
    <>
      {figures.map(([key, figure]) => <Figure key={key} label={t(`cockpit.${key}`)} value={rate(rates[key].rate)} to={rowsPath(rates, `${figure}.yes`)} delta={{ text: rates[key].base ? t('cockpit.base', { n: count(rates[key].base) }) : t('cockpit.noBase') }} definition={{ definition: rates.definition, filter: `${rates.from} – ${rates.to}` }} />)}
    </>
  )
}

function Stages({ board }: { board: Board }): ReactElement {
  const navigate = useNavigate()
  const { stages } = board
  const option = useMemo(() => ({
    tooltip: { trigger: 'axis' }, legend: {}, grid: { left: 8, right: 16, top: 32, bottom: 8, containLabel: true },
    xAxis: { type: 'value', minInterval: 1 }, yAxis: { type: 'category', inverse: true, data: stages.map((stage) => stage.name) },
    series: parts.map(([key, color]) => ({ type: 'bar', stack: 'all', name: t(key), itemStyle: { color }, barMaxWidth: 22, data: stages.map((stage) => stage[key].count) })),
  }), [stages])
  const sum = (key: (typeof parts)[number][0]) => stages.reduce((all, stage) => all + stage[key].count, 0)
  return (
    <Chart height={240} option={option} summary={t('cockpit.statesSummary', { n: count(sum('inTime') + sum('near') + sum('overdue')), over: count(sum('overdue')) })}
      table={{ columns: [t('stage'), ...parts.map(([key]) => t(key))], rows: stages.map((stage) => [stage.name, ...parts.map(([key]) => stage[key].count)]) }}
      onPick={({ dataIndex, seriesName }) => {
        const key = parts.find(([one]) => t(one) === seriesName)?.[0]
        const stage = stages[dataIndex]
        if (key && stage) void navigate(pathOf(stage[key].list))
      }} />
  )
}

function Units({ board }: { board: Board }): ReactElement {
  const navigate = useNavigate()
  const units = useMemo(() => board.units.filter((unit) => unit.overdue.count > 0), [board])
  const option = useMemo(() => ({
    tooltip: { trigger: 'axis' }, grid: { left: 8, right: 32, top: 8, bottom: 8, containLabel: true }, xAxis: { type: 'value', minInterval: 1 }, yAxis: { type: 'category', inverse: true, data: units.map((unit) => unit.unitName) },
    series: [{ type: 'bar', name: t('overdue'), itemStyle: { color: light['over-mark'] }, barMaxWidth: 18, label: { show: true, position: 'right' }, data: units.map((unit) => unit.overdue.count) }],
  }), [units])
  const worst = units[0]
  if (!worst) return <span className="ms-hint">{t('unitsNone')}</span>
  return (
    <Chart height={40 + units.length * 28} option={option} summary={t('cockpit.unitsSummary', { name: worst.unitName, n: count(worst.overdue.count) })} table={{ columns: [t('unit'), t('overdue')], rows: units.map((unit) => [unit.unitName, unit.overdue.count]) }}
      onPick={({ dataIndex }) => { const unit = units[dataIndex]; if (unit) void navigate(pathOf(unit.overdue.list)) }} />
  )
}
