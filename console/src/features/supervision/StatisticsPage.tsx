// 督办统计: a chart with its table, every figure opens its tasks; prints as it stands.
import { Button, Segmented } from 'antd'
import type { ReactElement } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Chart, Figure } from '../../ui/Figure.tsx'
import { count } from '../../ui/numbers.ts'
import { DateInput } from '../../ui/DateInput.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { light } from '../../ui/tokens.ts'
import { lastDays, lastMonth, month, periodOf } from '../../ui/period.ts'
import { pathOf } from './lists.ts'
import { w } from './words.zh-CN.ts'
import './supervision.css'

type Stats = OutputOf<'supervisionStatistics'>
type Line = Stats['total']
const ways = ['type', 'unit', 'area', 'level', 'source', 'month', 'quarter'] as const
const percent = (rate: number | null): string => (rate === null ? '–' : `${rate}%`)

export default function StatisticsPage(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const period = periodOf(search)
  const by = ways.find((one) => one === search.get('by')) ?? 'type'
  const compare = (['previous', 'lastYear'] as const).find((one) => one === search.get('compare'))
  const stats = useQueryOf('supervisionStatistics', { ...period, by, ...(compare ? { compare } : {}) }, { keepPrevious: true })
  const set = (change: Record<string, string>) => setSearch({ ...Object.fromEntries(search), ...change })
  return (
    <Page title={w('statistics')} sub={`${period.from} – ${period.to}`} acts={<>
      <Button onClick={() => set(month())}>{w('thisMonth')}</Button><Button onClick={() => set(lastMonth())}>{w('lastMonth')}</Button><Button onClick={() => set(lastDays(90))}>{w('last90')}</Button>
      <span style={{ inlineSize: 140 }}><DateInput value={period.from} onChange={(value) => value && set({ from: value.slice(0, 10) })} /></span><span>{w('until')}</span><span style={{ inlineSize: 140 }}><DateInput value={period.to} onChange={(value) => value && set({ to: value.slice(0, 10) })} /></span>
      <Segmented size="small" aria-label={w('compareWith')} value={compare ?? 'none'} options={(['none', 'previous', 'lastYear'] as const).map((value) => ({ value, label: w(`compare.${value}`) }))} onChange={(value) => set({ compare: String(value) })} />
      <Button onClick={() => window.print()}>{w('print')}</Button>
    </>}>
      <QueryView query={stats}>
        {(data) => (
          <>
            <div className="ms-watch-figures">
              <Figure label={w('total')} value={data.total.total.count} to={pathOf(data.total.total.list)} definition={{ definition: w('definition') }} {...was(data, (one) => one.total.count)} />
              <Figure label={w('onTimeRate')} value={percent(data.total.onTimeRate)} to={pathOf(data.total.onTime.list)} {...was(data, (one) => percent(one.onTimeRate))} />
              <Figure label={w('raisedRate')} value={percent(data.total.raisedRate)} to={pathOf(data.total.raised.list)} {...was(data, (one) => percent(one.raisedRate))} />
              <Figure label={w('openRate')} value={percent(data.total.openRate)} to={pathOf(data.total.open.list)} {...was(data, (one) => percent(one.openRate))} />
              <Figure label={w('openTasks')} value={data.total.open.count} to={pathOf(data.total.open.list)} />
              <Figure label={w('overdueTasks')} value={data.total.overdue.count} to={pathOf(data.total.overdue.list)} {...(data.total.overdue.count > 0 ? { tone: 'over' as const } : {})} />
              <Figure label={w('firstResponse')} value={data.total.firstResponseHours ?? '–'} to={pathOf(data.total.firstLate.list)} delta={{ text: `${w('firstLate')} ${data.total.firstLate.count}` }} />
              <Figure label={w('yellowCards')} value={data.cards.yellow.count} to={pathOf(data.cards.yellow.list)} />
              <Figure label={w('redCards')} value={data.cards.red.count} to={pathOf(data.cards.red.list)} />
              <Figure label={w('voidCards')} value={data.cards.voided.count} to={pathOf(data.cards.voided.list)} />
              <Figure label={w('alerts')} value={data.alerts.count} to={pathOf(data.alerts.list)} />
              <Figure label={w('redoneOrders')} value={`${data.callbacks.dissatisfied} / ${data.callbacks.supervised}`} delta={{ text: w('supervisedOrders') }} />
            </div>
            <Section title={w('statistics')} extra={<Segmented size="small" value={by} options={ways.map((value) => ({ value, label: w(`s.${value}`) }))} onChange={(value) => set({ by: String(value) })} />}>
              {data.lines.length === 0 ? <Empty kind="done" text={w('noStatistics')} /> : <><Bars data={data} /><Lines data={data} /></>}
            </Section>
          </>
        )}
      </QueryView>
    </Page>
  )
}

/** The same figure of the period compared with. */
const was = (data: Stats, pick: (total: Line) => string | number) => (data.before ? { delta: { text: w('beforeWas', { from: data.before.from, to: data.before.to, value: pick(data.before.total) }) } } : {})

const parts = [['onTime', 'onTime', light['ok-mark']], ['lateClosed', 'late', light['over-mark']], ['openTasks', 'open', light['near-mark']]] as const

function Bars({ data }: { data: Stats }): ReactElement {
  const navigate = useNavigate()
  const lines = data.lines.slice(0, 12)
  const option = {
    tooltip: { trigger: 'axis' }, legend: {}, grid: { left: 8, right: 16, top: 32, bottom: 8, containLabel: true }, xAxis: { type: 'category', data: lines.map((line) => line.name), axisLabel: { interval: 0, rotate: lines.length > 6 ? 30 : 0 } }, yAxis: { type: 'value', minInterval: 1 },
    series: parts.map(([name, key, color]) => ({ type: 'bar', stack: 'all', name: w(name), itemStyle: { color }, barMaxWidth: 36, data: lines.map((line) => line[key].count) })),
  }
  return (
    <Chart height={240} option={option} summary={w('statSummary', { from: data.from, to: data.to, n: data.total.total.count, rate: percent(data.total.onTimeRate) })} table={{ columns: ['', ...parts.map(([name]) => w(name))], rows: lines.map((line) => [line.name, ...parts.map(([, key]) => line[key].count)]) }}
      onPick={({ dataIndex, seriesName }) => {
        const line = lines[dataIndex]
        const key = parts.find(([name]) => w(name) === seriesName)?.[1]
        if (line && key) void navigate(pathOf(line[key].list))
      }} />
  )
}

const cells = [['total', 'total'], ['onTime', 'onTime'], ['lateClosed', 'late'], ['openTasks', 'open'], ['overdueTasks', 'overdue'], ['raisedTasks', 'raised'], ['firstLate', 'firstLate']] as const

function Lines({ data }: { data: Stats }): ReactElement {
  const row = (line: Line) => (
    <tr key={line.key}>
      <th scope="row">{line.name}</th>
      {cells.map(([name, key]) => <td key={name} className="ms-num">{line[key].count > 0 ? <Link to={pathOf(line[key].list)} data-tone={key === 'overdue' || key === 'late' ? 'over' : undefined}>{count(line[key].count)}</Link> : <span className="ms-hint">0</span>}</td>)}
      <td className="ms-num">{percent(line.onTimeRate)}</td><td className="ms-num">{percent(line.overdueRate)}</td><td className="ms-num">{line.firstResponseHours ?? '–'}</td>
    </tr>
  )
  return (
    <table className="ms-board-table">
      <thead><tr><th scope="col" />{cells.map(([name]) => <th key={name} scope="col" className="ms-num">{w(name)}</th>)}<th scope="col" className="ms-num">{w('onTimeRate')}</th><th scope="col" className="ms-num">{w('overdueShare')}</th><th scope="col" className="ms-num">{w('firstResponse')}</th></tr></thead>
      <tbody>{data.lines.map(row)}{row(data.total)}</tbody>
    </table>
  )
}
