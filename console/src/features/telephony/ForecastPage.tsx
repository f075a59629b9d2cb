// 话务预测: the next half hour of every queue and who is missing, a day by half hours against what came, the coming week, and how far forecasts were off (TEL-40).
import { Segmented } from 'antd'
import type { ReactElement } from 'react'
import { useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { DateInput } from '../../ui/DateInput.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Chart } from '../../ui/Figure.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { clockTime } from '../../ui/time.ts'
import { useNow } from '../../ui/use-now.ts'
import { f } from './forecast.zh-CN.ts'
import './telephony.css'

type Now = OutputOf<'forecastNow'>
type Day = OutputOf<'forecastDay'>
const per = (n: number | null): string => (n === null ? '–' : `${n}%`)

export default function ForecastPage(): ReactElement {
  const [params, setParams] = useSearchParams()
  useNow(30)
  const now = useQueryOf('forecastNow', {}, { keepPrevious: true, staleTime: 20_000 })
  useTopic('telephony.calls', ['forecastNow'])
  const set = (key: string, value: string | undefined) => setParams((held) => { const next = new URLSearchParams(held); if (value) next.set(key, value); else next.delete(key); return next }, { replace: true })
  const queue = params.get('queue') ?? now.data?.items[0]?.id ?? null
  return (
    <Page title={f('title')}>
      <QueryView query={now}>
        {(data) => data.items.length === 0 ? <Empty kind="pending" text={f('noQueues')} /> : (
          <div className="ms-stack">
            <Section flush title={f('next')} extra={<span className="ms-hint">{f('target', { seconds: data.target.seconds, share: data.target.share })}</span>}><NextHalfHour data={data} chosen={queue} onChoose={(id) => set('queue', id)} /></Section>
            {queue ? <QueueDay key={queue} id={queue} name={data.items.find((q) => q.id === queue)?.name ?? ''} day={params.get('day') ?? undefined} onDay={(day) => set('day', day)} /> : null}
            {queue ? <Curve id={queue} /> : null}
          </div>
        )}
      </QueryView>
    </Page>
  )
}

function NextHalfHour({ data, chosen, onChoose }: { data: Now; chosen: string | null; onChoose: (id: string) => void }): ReactElement {
  const heads = ['queue', 'recent', 'usual', 'expected', 'needed', 'present', 'talking', 'signInRate', 'handle', 'advice'] as const
  return (
    <table className="ms-plain-table">
      <caption className="ms-hidden">{f('next')}</caption>
      <thead><tr>{heads.map((key) => <th key={key} scope="col" className={key === 'queue' || key === 'advice' ? undefined : 'ms-num'}>{f(key, { n: data.items[0]?.last.minutes ?? 10 })}</th>)}</tr></thead>
      <tbody>{data.items.map((q) => (
        <tr key={q.id} aria-selected={q.id === chosen}>
          <th scope="row"><button type="button" className="ms-link-button" aria-pressed={q.id === chosen} onClick={() => onChoose(q.id)}>{q.name}</button></th>
          <td className="ms-num">{q.surge ? <strong className="ms-over">▲ {q.last.arrived}</strong> : q.last.arrived}</td><td className="ms-num">{q.last.usual}</td><td className="ms-num">{q.next.expected}</td><td className="ms-num">{q.next.needed}</td><td className="ms-num">{q.present}</td><td className="ms-num">{q.talking}</td>
          <td className="ms-num">{q.members === 0 ? '–' : `${Math.round((q.present / q.members) * 100)}%`}</td><td className="ms-num">{q.handleSeconds} {f('second')}</td><td>{q.advice ? <span className={q.surge ? 'ms-over' : undefined}>{q.advice}</span> : f('enough')}</td>
        </tr>
      ))}</tbody>
    </table>
  )
}

function QueueDay({ id, name, day, onDay }: { id: string; name: string; day: string | undefined; onDay: (day: string | undefined) => void }): ReactElement {
  const data = useQueryOf('forecastDay', { queueId: id, ...(day ? { day } : {}) }, { keepPrevious: true, staleTime: 60_000 })
  return (
    <QueryView query={data}>
      {(d) => (
        <>
          <Section title={f('dayOf', { name, day: d.day })} extra={<span className="ms-row"><DateInput value={d.day} onChange={(next) => onDay(next === d.today ? undefined : next)} placeholder={f('day')} /></span>}>
            {d.historyDays < 8 ? <p className="ms-note">{f('shortHistory', { n: d.historyDays })}</p> : null}
            <Chart height={260} summary={f('daySummary', { expected: Math.round(d.slots.reduce((sum, s) => sum + s.expected, 0)), arrived: d.slots.reduce((sum, s) => sum + (s.arrived ?? 0), 0) })}
              table={{ columns: [f('slot'), f('expected'), f('naive'), f('arrived'), f('needed'), f('present')], rows: d.slots.map((s) => [clockTime(s.at).slice(0, 5), s.expected, s.naive, s.arrived ?? '–', s.needed, s.present ?? '–']) }}
              option={{ legend: {}, tooltip: { trigger: 'axis' }, grid: { left: 8, right: 8, top: 36, bottom: 8, containLabel: true }, xAxis: { type: 'category', data: d.slots.map((s) => clockTime(s.at).slice(0, 5)) }, yAxis: [{ type: 'value', name: f('calls') }, { type: 'value', name: f('seats'), splitLine: { show: false } }],
                series: [{ type: 'bar', name: f('arrived'), data: d.slots.map((s) => s.arrived) }, { type: 'line', name: f('expected'), showSymbol: false, data: d.slots.map((s) => s.expected) }, { type: 'line', name: f('naive'), showSymbol: false, lineStyle: { type: 'dotted' }, data: d.slots.map((s) => s.naive) }, { type: 'line', step: 'middle', name: f('needed'), yAxisIndex: 1, showSymbol: false, data: d.slots.map((s) => s.needed) }] }} />
          </Section>
          <Section title={f('days')}>
            <Chart height={220} summary={f('daysSummary')} table={{ columns: [f('day'), f('kind'), f('expected'), f('arrived'), f('peak')], rows: d.days.map((one) => [one.day, one.work ? f('workDay') : f('restDay'), one.expected, one.arrived ?? '–', one.peak]) }}
              option={{ legend: {}, tooltip: { trigger: 'axis' }, grid: { left: 8, right: 8, top: 36, bottom: 8, containLabel: true }, xAxis: { type: 'category', data: d.days.map((one) => one.day.slice(5)) }, yAxis: [{ type: 'value', name: f('calls') }, { type: 'value', name: f('seats'), splitLine: { show: false } }], series: [{ type: 'bar', name: f('arrived'), data: d.days.map((one) => one.arrived) }, { type: 'line', name: f('expected'), data: d.days.map((one) => one.expected) }, { type: 'line', step: 'middle', name: f('peak'), yAxisIndex: 1, data: d.days.map((one) => one.peak) }] }} />
          </Section>
          <Section flush title={f('errors')}><Errors error={d.error} /></Section>
        </>
      )}
    </QueryView>
  )
}

function Errors({ error }: { error: Day['error'] }): ReactElement {
  return (
    <table className="ms-plain-table">
      <caption className="ms-hidden">{f('errors')}</caption>
      <thead><tr>{(['which', 'slots', 'calls', 'error', 'naiveError'] as const).map((key) => <th key={key} scope="col" className={key === 'which' ? undefined : 'ms-num'}>{f(key)}</th>)}</tr></thead>
      <tbody>{(['halfHour', 'day', 'kept'] as const).map((key) => <tr key={key}><th scope="row">{f(`which.${key}`)}</th><td className="ms-num">{error[key].slots}</td><td className="ms-num">{error[key].calls}</td><td className="ms-num">{per(error[key].error)}</td><td className="ms-num">{per(error[key].naive)}</td></tr>)}</tbody>
    </table>
  )
}

function Curve({ id }: { id: string }): ReactElement {
  const [params, setParams] = useSearchParams()
  const hours = ['1', '3', '24'].find((one) => one === params.get('hours')) ?? '1'
  const curve = useQueryOf('queueCurve', { id, hours: Number(hours) }, { keepPrevious: true, staleTime: 30_000 })
  return (
    <Section title={f('curve')} extra={<Segmented size="small" value={hours} options={[{ value: '1', label: f('hours.1') }, { value: '3', label: f('hours.3') }, { value: '24', label: f('hours.24') }]} onChange={(next) => setParams((held) => { const all = new URLSearchParams(held); all.set('hours', next); return all }, { replace: true })} />}>
      <QueryView query={curve}>
        {({ points }) => points.length === 0 ? <Empty kind="pending" text={f('noCurve')} /> : (
          <Chart height={220} summary={f('curveSummary')} table={{ columns: [f('slot'), f('waiting'), f('longest'), f('ready'), f('talking')], rows: points.map((p) => [clockTime(p.at), p.waiting, Math.round(p.longestMs / 1000), p.ready, p.talking]) }}
            option={{ legend: {}, tooltip: { trigger: 'axis' }, grid: { left: 8, right: 8, top: 36, bottom: 8, containLabel: true }, xAxis: { type: 'category', data: points.map((p) => clockTime(p.at).slice(0, 5)) }, yAxis: [{ type: 'value', minInterval: 1 }, { type: 'value', name: f('second'), splitLine: { show: false } }], series: [{ type: 'line', name: f('waiting'), showSymbol: false, data: points.map((p) => p.waiting) }, { type: 'line', name: f('longest'), yAxisIndex: 1, showSymbol: false, data: points.map((p) => Math.round(p.longestMs / 1000)) }, { type: 'line', name: f('ready'), showSymbol: false, data: points.map((p) => p.ready) }, { type: 'line', name: f('talking'), showSymbol: false, data: points.map((p) => p.talking) }] }} />
        )}
      </QueryView>
    </Section>
  )
}
