// 预警响应 and 自动巡检: what rules found, who was told, what was done about it.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { Link } from 'react-router'
import { call } from '../../api/call.ts'
import { request } from '../../api/http.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { Chart } from '../../ui/Figure.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListQuery, ListResult, ListView } from '../../ui/ListPage.tsx'
import { say } from '../../ui/notices.ts'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { light } from '../../ui/tokens.ts'
import { lastDays } from '../../ui/period.ts'
import { text, words } from '../orders/acts/form-values.ts'
import { unitLoader } from '../orders/pickers.ts'
import { form, long } from './fields.ts'
import type { HitRow } from './lists.ts'
import { t } from './texts.zh-CN.ts'
import { w } from './words.zh-CN.ts'
import './supervision.css'

type Effect = 'alert' | 'finding'
const kinds = ['dispatch', 'attachments', 'replies', 'supervised', 'urged', 'flow', 'upper'] as const
const tone = { open: 'near', answered: 'ok', closed: 'calm' } as const

export function HitsPage({ effect }: { effect: Effect }): ReactElement {
  const [answering, setAnswering] = useState<HitRow | null>(null)
  const [version, setVersion] = useState(0)
  const finding = effect === 'finding'
  const load = useMemo(() => (query: ListQuery, signal?: AbortSignal) => request<ListResult<HitRow>>('GET', '/api/supervision/hits', { ...query, effect }, { signal }), [effect])
  const columns = useMemo((): Column<HitRow>[] => [
    { key: 'number', title: t('col.number'), width: 168, render: (row) => <bdi className="ms-code">{row.number}</bdi>, text: (row) => row.number },
    { key: 'rule', title: w('rule'), width: 150, render: (row) => row.ruleName },
    ...(finding ? [{ key: 'kind', title: w('kind'), width: 90, render: (row: HitRow) => row.kindName }] : []),
    { key: 'title', title: t('col.title'), width: 200, wide: true, render: (row) => row.title },
    { key: 'unit', title: t('col.unit'), width: 150, render: (row) => row.unitName ?? t('centre') },
    { key: 'found', title: w('found'), width: 104, render: (row) => <Time iso={row.foundAt} /> },
    { key: 'state', title: w('responded'), width: 130, render: (row) => <><Tag tone={tone[row.state]}>{row.stateName}</Tag>{row.acknowledgedByName && row.state === 'open' ? <span className="ms-hint"> {row.acknowledgedByName}</span> : null}</> },
    { key: 'measure', title: w('measure'), width: 180, render: (row) => row.measure ?? (row.mayAnswer ? <Button size="small" onClick={(event) => { event.stopPropagation(); setAnswering(row) }}>{w('answerHit')}</Button> : null), text: (row) => row.measure ?? '' },
    { key: 'recipients', title: w('recipients'), width: 160, render: (row) => row.recipients.join('、'), hidden: !finding },
    { key: 'toldCount', title: w('told'), width: 80, render: (row) => w('toldN', { n: row.toldCount }), hidden: true, export: false },
    { key: 'result', title: w('result'), width: 160, render: (row) => row.result, hidden: true },
    { key: 'ended', title: w('ended'), width: 104, render: (row) => <Time iso={row.endedAt} /> },
  ], [finding])
  const filters = useMemo((): Filter[] => [
    { key: 'state', label: w('responded'), kind: 'multi', options: (['open', 'answered', 'closed'] as const).map((value) => ({ value, label: w(`${value}Hits`) })) },
    { key: 'current', label: w('current'), kind: 'boolean' },
    ...(finding ? [{ key: 'kind', label: w('kind'), kind: 'select' as const, options: kinds.map((value) => ({ value, label: w(`kind.${value}`) })) }] : []),
    { key: 'found', label: w('found'), kind: 'dates', keys: ['from', 'to'] },
    { key: 'unitId', label: t('filter.unit'), kind: 'pick', loader: unitLoader() }, { key: 'below', label: t('filter.below'), kind: 'boolean' },
  ], [finding])
  const views = useMemo((): ListView[] => [
    { id: 'open', name: w('openHits'), filter: { state: ['open'], current: ['true'] } },
    { id: 'current', name: w('current'), filter: { current: ['true'] } },
    { id: 'answered', name: w('answeredHits'), filter: { state: ['answered'] } },
    { id: 'all', name: w('allInstructions'), filter: {} },
  ], [])
  return (
    <Page fill title={finding ? w('findings') : w('alerts')}>
      <HitRates effect={effect} />
      <div className="ms-board-list">
        <ListPage<HitRow> key={version} embedded page="supervisionHits" exportable fixed={{ effect: [effect] }} noSearch title={finding ? w('findings') : w('alerts')} columns={columns} filters={filters} views={views} load={load} rowKey={(row) => row.id} open={(row) => `/orders/${row.number}`} topic="supervision.board" empty={{ text: w('noHits') }}
          countOf={async (filter, signal) => (await load({ limit: 1, ...filter }, signal)).count}
          rowActs={(row) => (row.mayAnswer ? [
            ...(row.acknowledgedAt === null ? [{ id: 'acknowledge', label: w('acknowledgeHit'), run: () => void call('acknowledgeSupervisionHit', { id: row.id }).then(() => { say(w('done', { act: w('acknowledgeHit') })); setVersion((n) => n + 1) }) }] : []),
            { id: 'answer', label: w('answerHit'), run: () => setAnswering(row) },
          ] : [])} />
      </div>
      {answering ? (
        <ActDrawer open onClose={() => setAnswering(null)} title={w('answerHit')} sub={<><bdi className="ms-code">{answering.number}</bdi> <Link to={`/orders/${answering.number}`}>{answering.title}</Link></>} submitLabel={w('answerHit')} notice={answering.ruleName} draftKey={`hit:${answering.id}`}
          schema={form({ measure: long(finding ? w('cause') : w('measure'), 500), result: long(w('result'), 500) }, ['measure'])}
          submit={async (v) => {
            await call('answerSupervisionHit', { id: answering.id, measure: words(v, 'measure'), result: text(v, 'result') })
            say(w('done', { act: w('answerHit') }))
            setVersion((n) => n + 1)
          }} />
      ) : null}
    </Page>
  )
}

/** Response rate by rule of the last 90 days, beside the overdue rate of each month. */
function HitRates({ effect }: { effect: Effect }): ReactElement | null {
  const period = useMemo(() => lastDays(90), [])
  const stats = useQueryOf('supervisionHitStats', { effect, ...period }, { refetchEvery: 60_000 })
  const data = stats.data
  if (!data || data.total.count === 0) return null
  const option = {
    tooltip: { trigger: 'axis' }, legend: {}, grid: { left: 8, right: 8, top: 32, bottom: 8, containLabel: true }, xAxis: { type: 'category', data: data.months.map((m) => m.month) }, yAxis: [{ type: 'value', minInterval: 1 }, { type: 'value', axisLabel: { formatter: '{value}%' } }],
    series: [{ type: 'bar', name: w('hitCount'), barMaxWidth: 28, itemStyle: { color: light['near-mark'] }, data: data.months.map((m) => m.count) }, { type: 'line', name: w('overdueRate'), yAxisIndex: 1, itemStyle: { color: light['over-mark'] }, data: data.months.map((m) => m.overdueRate) }],
  }
  return (
    <Section title={w('hitStats')} extra={<span className="ms-hint">{w('hitRate')} {data.total.rate ?? 0}% · {period.from} – {period.to}</span>}>
      <div className="ms-board-columns">
        <Chart height={150} option={option} summary={`${w('hitCount')} ${data.total.count}`} table={{ columns: [w('month'), w('hitCount'), w('overdueRate')], rows: data.months.map((m) => [m.month, m.count, m.overdueRate === null ? '' : `${m.overdueRate}%`]) }} />
        <table className="ms-board-table">
          <thead><tr><th scope="col">{w('rule')}</th><th scope="col" className="ms-num">{w('hitCount')}</th><th scope="col" className="ms-num">{w('answeredHits')}</th><th scope="col" className="ms-num">{w('hitRate')}</th></tr></thead>
          <tbody>{data.rules.slice(0, 4).map((rule) => <tr key={rule.ruleId}><th scope="row">{rule.name}</th><td className="ms-num">{rule.count}</td><td className="ms-num">{rule.answered}</td><td className="ms-num">{rule.rate === null ? '' : `${rule.rate}%`}</td></tr>)}</tbody>
        </table>
      </div>
    </Section>
  )
}
