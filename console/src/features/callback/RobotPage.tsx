// 机器人回访: calls finished, running, not started, with the list behind each; a missing recording is an alarm (CBK-09).
import type { ReactElement } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { request } from '../../api/http.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { QueryView } from '../../ui/Empty.tsx'
import { Figure } from '../../ui/Figure.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListQuery, ListResult } from '../../ui/ListPage.tsx'
import { Page, Time } from '../../ui/Page.tsx'
import { periodOf } from '../../ui/period.ts'
import { Tag } from '../../ui/Tags.tsx'
import { PeriodBar } from './PeriodBar.tsx'
import { outcomeTone } from './ResultCard.tsx'
import { w } from './outbound.zh-CN.ts'
import './callback.css'

type Row = OutputOf<'listRobotCallbacks'>['items'][number]
const stages = ['notStarted', 'running', 'finished'] as const

const columns: Column<Row>[] = [
  { key: 'number', title: w('number'), width: 168, render: (row) => <bdi className="ms-code">{row.number}</bdi>, text: (row) => row.number },
  { key: 'title', title: w('title'), width: 200, wide: true, render: (row) => row.title },
  { key: 'stage', title: w('stage'), width: 96, render: (row) => <Tag tone={row.stage === 'running' ? 'primary' : row.stage === 'finished' ? 'ok' : 'calm'}>{row.stageName}</Tag> },
  { key: 'outcome', title: w('outcome'), width: 96, render: (row) => (row.outcome ? <Tag tone={outcomeTone(row.outcome)}>{row.outcomeName}</Tag> : row.stateName) },
  { key: 'recorded', title: w('recording'), width: 72, render: (row) => (row.recorded === null ? null : row.recorded ? w('hasRecording') : <Tag tone="over">{w('noRecording')}</Tag>) },
  { key: 'phone', title: w('phone'), width: 116, render: (row) => <span className="ms-num">{row.phone}</span> },
  { key: 'by', title: w('caller'), width: 100, render: (row) => row.byName },
  { key: 'attempts', title: w('attempts'), width: 56, align: 'end', render: (row) => row.attempts, hidden: true },
  { key: 'plan', title: w('plan'), width: 130, render: (row) => row.planName },
  { key: 'problem', title: w('problem'), width: 130, render: (row) => row.problem },
  { key: 'unit', title: w('unit'), width: 130, render: (row) => row.unitName, hidden: true },
  { key: 'call', title: w('call'), width: 108, render: (row) => (row.callId ? <Link to={`/telephony/calls/${row.callId}`}><Time iso={row.at ?? row.dueAt} /></Link> : null) },
]

export default function RobotPage(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const period = periodOf(search)
  const planId = search.get('planId') ?? undefined
  const board = useQueryOf('callbackRobotBoard', { ...period, ...(planId ? { planId } : {}) }, { keepPrevious: true, refetchEvery: 10_000 })
  const plans = useQueryOf('listCallbackPlans', {}, { staleTime: 60_000 })
  useTopic('callback.queue', ['callbackRobotBoard', 'list'])
  const base = `?from=${period.from}&to=${period.to}${planId ? `&planId=${planId}` : ''}`
  const filters: Filter[] = [
    { key: 'stage', label: w('stage'), kind: 'select', options: stages.map((value) => ({ value, label: w(value) })) }, { key: 'planId', label: w('plan'), kind: 'select', options: (plans.data?.items ?? []).map((one) => ({ value: one.id, label: one.name })) },
    { key: 'phone', label: w('phone'), kind: 'text' }, { key: 'agent', label: w('agentName'), kind: 'text' }, { key: 'missing', label: w('onlyMissing'), kind: 'boolean' },
  ]
  return (
    <Page title={w('robotBoard')} bar={<PeriodBar period={period} onChange={(next) => setSearch({ ...period, ...next, ...(planId ? { planId } : {}) })} />}>
      <QueryView query={board}>
        {(data) => (
          <>
            {data.on ? null : <div className="ms-note" data-tone="info">{w('robotOff')}</div>}
            {data.missing > 0 ? <div className="ms-note" data-tone="over" role="alert">{w('missingAlarm', { n: data.missing })}</div> : null}
            <div className="ms-callback-board">
              {stages.map((stage) => <Figure key={stage} label={w(stage)} value={data.counts[stage]} to={`${base}&stage=${stage}`} />)}
              <Figure label={w('reached')} value={data.counts.reached} to={`${base}&outcome=satisfied,dissatisfied,notStated,notAttributable`} />
              <Figure label={w('toPerson')} value={data.toPerson} to={base} />
              <Figure label={w('connected')} value={data.connected} to={base} />
              <Figure label={w('recorded')} value={data.recorded} to={base} />
              <Figure label={w('missing')} value={data.missing} to={`${base}&missing=true`} tone={data.missing > 0 ? 'over' : undefined} />
            </div>
          </>
        )}
      </QueryView>
      <ListPage<Row> embedded noSearch page="callbackRobot" title={w('robotBoard')} columns={columns} filters={filters} load={(query: ListQuery, signal) => request<ListResult<Row>>('GET', '/api/callback/robot/tasks', { ...period, ...query }, { signal })} rowKey={(row) => row.id} open={(row) => `/orders/${row.number}`} empty={{ text: w('noCalls') }} />
    </Page>
  )
}
