// 评价处理: ratings of calls, conversations and orders together; a bad one stays open until the requester was answered (CBK-13, CBK-14).
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { request } from '../../api/http.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Chart, Figure } from '../../ui/Figure.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListQuery, ListResult } from '../../ui/ListPage.tsx'
import { say } from '../../ui/notices.ts'
import { count } from '../../ui/numbers.ts'
import { Facts, Page, Section, Time } from '../../ui/Page.tsx'
import { periodOf } from '../../ui/period.ts'
import { Tag } from '../../ui/Tags.tsx'
import { light } from '../../ui/tokens.ts'
import { useAct } from '../../ui/use-act.ts'
import { fields } from '../orders/acts/act-form.ts'
import { PeriodBar } from './PeriodBar.tsx'
import { r } from './rating.zh-CN.ts'
import { SurveySwitches } from './SurveySwitches.tsx'
import './callback.css'

type Row = OutputOf<'listServiceRatings'>['items'][number]
type Summary = OutputOf<'serviceRatingSummary'>
const objects = ['call', 'chat', 'order'] as const
const schema = fields({
  opinion: { type: 'string', format: 'textarea', title: r('opinion'), maxLength: 1000 },
  answer: { type: 'string', format: 'textarea', title: r('answerText'), maxLength: 1000 },
  way: { type: 'string', title: r('way'), oneOf: [{ const: 'call', title: r('phoneCall') }, { const: 'sms', title: r('sms') }, { const: 'chat', title: r('online') }, { const: 'other', title: r('other') }] },
}, ['answer', 'way'])

const columnsOf = (answer: (row: Row) => void): Column<Row>[] => [
  { key: 'at', title: r('at'), width: 116, render: (row) => <Time iso={row.at} /> },
  { key: 'object', title: r('object'), width: 96, render: (row) => row.objectName },
  { key: 'stars', title: r('stars'), width: 72, render: (row) => <span className={row.stars <= 2 ? 'ms-callback-off' : undefined}>{r('starsOf', { n: row.stars })}</span>, text: (row) => String(row.stars) },
  { key: 'text', title: r('text'), width: 220, wide: true, render: (row) => row.text },
  { key: 'who', title: `${r('agent')} / ${r('unit')}`, width: 140, render: (row) => row.agentName ?? row.unitName },
  { key: 'number', title: r('number'), width: 168, render: (row) => (row.number ? <bdi className="ms-code">{row.number}</bdi> : null), text: (row) => row.number ?? '' },
  { key: 'phone', title: r('phone'), width: 116, render: (row) => <span className="ms-num">{row.phoneMask}</span> },
  { key: 'care', title: r('careState'), width: 96, render: (row) => (row.care ? <Tag tone={row.care.state === 'open' ? 'near' : 'ok'}>{row.care.stateName}</Tag> : null) },
  { key: 'act', title: '', width: 112, export: false, render: (row) => (row.care?.mayAnswer ? <Button size="small" onClick={(event) => { event.stopPropagation(); answer(row) }}>{r('answer')}</Button> : null) },
]

export default function RatingsPage(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const period = periodOf(search)
  const care = search.get('care')
  const [service, word] = [search.get('service'), search.get('word')]
  const narrow = { ...(service === null ? {} : { service, ...(search.get('object') ? { object: search.get('object') ?? '' } : {}) }), ...(word === null ? {} : { word }) }
  const summary = useQueryOf('serviceRatingSummary', period, { keepPrevious: true })
  const [answering, setAnswering] = useState<Row | null>(null)
  const [switching, setSwitching] = useState(false)
  const send = useAct('serviceRatingSummary', 'list')
  useTopic('callback.queue', ['serviceRatingSummary', 'list'])
  const columns = useMemo(() => columnsOf(setAnswering), [setAnswering])
  const filters = useMemo((): Filter[] => [
    { key: 'object', label: r('object'), kind: 'select', options: objects.map((value) => ({ value, label: r(value) })) }, { key: 'stars', label: r('stars'), kind: 'multi', options: ['1', '2', '3', '4', '5'].map((value) => ({ value, label: r('starsOf', { n: value }) })) },
    { key: 'care', label: r('careState'), kind: 'select', options: (['open', 'done', 'none'] as const).map((value) => ({ value, label: r(value) })) }, { key: 'agent', label: r('agent'), kind: 'text' }, { key: 'number', label: r('number'), kind: 'text' },
  ], [])
  const to = (more: Record<string, string>): string => `?${new URLSearchParams({ ...period, ...more }).toString()}`
  return (
    <Page title={r('ratings')} acts={<Button onClick={() => setSwitching(true)}>{r('switches')}</Button>} bar={<PeriodBar period={period} onChange={(next) => setSearch({ ...period, ...next, ...(care ? { care } : {}) })} />}>
      <QueryView query={summary}>
        {(data) => (
          <div className="ms-callback-board">
            <Figure label={r('total')} value={data.total} to={to({})} />
            <Figure label={r('average')} value={data.average ?? '–'} definition={{ definition: r('averageHelp') }} />
            <Figure label={r('bad')} value={data.bad} to={to({ stars: data.distribution.flatMap((one) => (one.stars <= data.badStars ? [String(one.stars)] : [])).join(',') })} definition={{ definition: r('badHelp', { n: data.badStars }) }} />
            <Figure label={r('open')} value={data.open} to={to({ care: 'open' })} tone={data.open > 0 ? 'over' : undefined} />
            <Figure label={r('done')} value={data.done} to={to({ care: 'done' })} />
            {data.objects.map((one) => <Figure key={one.object} label={one.name} value={one.count} to={to({ object: one.object })} delta={{ text: one.average === null ? '–' : r('starsOf', { n: one.average }) }} />)}
          </div>
        )}
      </QueryView>
      {service !== null || word !== null ? <div className="ms-note" data-tone="info">{r('only', { what: word ?? summary.data?.services.find((one) => one.service === service)?.name ?? service ?? '' })} <Link to={to({})}>{r('all')}</Link></div> : null}
      <ListPage<Row> key={`${service ?? ''} ${word ?? ''}`} embedded noSearch exportable fixed={Object.fromEntries(Object.entries({ ...period, ...narrow }).map(([key, value]) => [key, [value]]))} page="serviceRatings" title={r('ratings')} columns={columns} filters={filters} load={(query: ListQuery, signal) => request<ListResult<Row>>('GET', '/api/callback/ratings', { ...period, ...narrow, ...query }, { signal })} rowKey={(row) => `${row.object}${row.id}`}
        open={(row) => (row.number ? `/orders/${row.number}` : row.object === 'call' ? `/telephony/calls/${row.id}` : '/desk/chat/records')} preview={(row) => <Preview row={row} />} empty={{ text: r('empty'), hint: r('emptyHint') }} />
      {summary.data && summary.data.total > 0 ? <div className="ms-callback-halves"><div className="ms-stack"><Agents data={summary.data} /><Services data={summary.data} to={to} /><Words data={summary.data} to={to} /></div><Charts data={summary.data} /></div> : null}
      <ActDrawer open={answering !== null} onClose={() => setAnswering(null)} title={r('answer')} sub={answering ? `${answering.objectName} ${r('starsOf', { n: answering.stars })} ${answering.text ?? ''}` : ''} schema={schema} initial={{ way: 'call' }} submitLabel={r('answer')} draftKey={answering ? `rating:${answering.care?.id ?? ''}` : undefined}
        submit={async (values) => { await send('answerServiceRating', { id: answering?.care?.id ?? '', ...values }); setAnswering(null); say(r('answered')) }} />
      {switching ? <SurveySwitches onClose={() => setSwitching(false)} /> : null}
    </Page>
  )
}

function Agents({ data }: { data: Summary }): ReactElement {
  return (
    <Section flush title={r('byAgent')}>
      {data.agents.length === 0 ? <Empty kind="done" text={r('nobody')} /> : (
        <table className="ms-plain-table">
          <caption className="ms-hidden">{r('byAgent')}</caption>
          <thead><tr><th scope="col">{r('agent')}</th><th scope="col" className="ms-num">{r('count')}</th><th scope="col" className="ms-num">{r('average')}</th><th scope="col" className="ms-num">{r('bad')}</th>{data.distribution.map((one) => <th key={one.stars} scope="col" className="ms-num">{r('starsOf', { n: one.stars })}</th>)}</tr></thead>
          <tbody>{data.agents.slice(0, 15).map((one) => <tr key={one.agentName}><td>{one.agentName}</td><td className="ms-num">{count(one.count)}</td><td className="ms-num">{one.average}</td><td className="ms-num">{one.bad}</td>{one.spread.map((n, i) => <td key={i} className="ms-num" style={{ background: n > 0 ? `color-mix(in srgb, ${i < 2 ? light['over-mark'] : light['ok-mark']} ${Math.round(10 + (n / one.count) * 40)}%, transparent)` : undefined }}>{n || ''}</td>)}</tr>)}</tbody>
        </table>
      )}
    </Section>
  )
}

function Services({ data, to }: { data: Summary; to: (more: Record<string, string>) => string }): ReactElement {
  return (
    <Section flush title={r('byService')}>
      <table className="ms-plain-table">
        <caption className="ms-hidden">{r('byService')}</caption>
        <thead><tr><th scope="col">{r('object')}</th><th scope="col">{r('service')}</th><th scope="col" className="ms-num">{r('count')}</th><th scope="col" className="ms-num">{r('average')}</th><th scope="col" className="ms-num">{r('bad')}</th></tr></thead>
        <tbody>{data.services.slice(0, 15).map((one) => <tr key={`${one.object}${one.service}`}><td>{r(one.object)}</td><td>{one.name}</td><td className="ms-num"><Link to={to({ object: one.object, service: one.service })}>{count(one.count)}</Link></td><td className="ms-num">{one.average}</td><td className="ms-num">{one.bad}</td></tr>)}</tbody>
      </table>
    </Section>
  )
}

/** The more ratings say a word, the larger it stands; words of bad ratings are marked by colour and by their title. */
function Words({ data, to }: { data: Summary; to: (more: Record<string, string>) => string }): ReactElement {
  const most = Math.max(1, ...data.words.map((one) => one.count))
  return (
    <Section title={r('words')}>
      {data.words.length === 0 ? <span className="ms-hint">{r('noWords')}</span> : (
        <>
          <p className="ms-hint">{r('wordsHelp')}</p>
          <div className="ms-row ms-wrap" style={{ alignItems: 'baseline' }}>{data.words.map((one) => <Link key={one.word} to={to({ word: one.word })} title={r('wordTitle', { n: one.count, bad: one.bad })} style={{ fontSize: Math.round(13 + (13 * one.count) / most), color: one.bad * 2 > one.count ? light['over-mark'] : undefined }}>{one.word}</Link>)}</div>
        </>
      )}
    </Section>
  )
}

function Charts({ data }: { data: Summary }): ReactElement {
  const trend = useMemo(() => ({ tooltip: { trigger: 'axis' }, grid: { left: 8, right: 16, top: 16, bottom: 8, containLabel: true }, xAxis: { type: 'category', data: data.days.map((one) => one.day.slice(5)) }, yAxis: { type: 'value', min: 1, max: 5 }, series: [{ type: 'line', name: r('average'), data: data.days.map((one) => one.average), itemStyle: { color: light['primary'] } }] }), [data])
  const spread = useMemo(() => ({ tooltip: { trigger: 'axis' }, grid: { left: 8, right: 32, top: 8, bottom: 8, containLabel: true }, xAxis: { type: 'value', minInterval: 1 }, yAxis: { type: 'category', data: data.distribution.map((one) => r('starsOf', { n: one.stars })) }, series: [{ type: 'bar', barMaxWidth: 18, label: { show: true, position: 'right' }, data: data.distribution.map((one) => ({ value: one.count, itemStyle: { color: one.stars <= data.badStars ? light['over-mark'] : light['ok-mark'] } })) }] }), [data])
  return (
    <div className="ms-stack">
      <Section title={r('trend')}><Chart height={180} option={trend} summary={r('trendSummary', { n: count(data.total), average: data.average ?? '–' })} table={{ columns: [r('at'), r('count'), r('average')], rows: data.days.map((one) => [one.day, one.count, one.average]) }} /></Section>
      <Section title={r('spread')}><Chart height={160} option={spread} summary={r('spreadSummary', { n: count(data.total) })} table={{ columns: [r('stars'), r('count')], rows: data.distribution.map((one) => [one.stars, one.count]) }} /></Section>
    </div>
  )
}

function Preview({ row }: { row: Row }): ReactElement {
  return (
    <div className="ms-stack">
      <div className="ms-row"><strong>{row.objectName}</strong><Tag tone={row.stars <= 2 ? 'over' : 'ok'}>{r('starsOf', { n: row.stars })}</Tag>{row.care ? <Tag tone={row.care.state === 'open' ? 'near' : 'ok'}>{row.care.stateName}</Tag> : null}</div>
      <Facts items={[
        { label: r('text'), value: row.text }, { label: r('agent'), value: row.agentName }, { label: r('unit'), value: row.unitName }, { label: r('number'), value: row.number }, { label: r('service'), value: row.service }, { label: r('opinion'), value: row.care?.opinion ?? null }, { label: r('answerText'), value: row.care?.answer ?? null }, { label: r('way'), value: row.care?.answerWayName ?? null }, { label: r('by'), value: row.care?.doneByName ?? null },
      ]} />
    </div>
  )
}
