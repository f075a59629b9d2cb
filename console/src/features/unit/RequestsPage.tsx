// 我的申请: returns and extensions of the own unit with their state and the chain of who decides.
import type { ReactElement } from 'react'
import { useMemo } from 'react'
import { request } from '../../api/http.ts'
import { useQueryOf } from '../../api/queries.ts'
import { Button } from 'antd'
import { Empty, Loading, ProblemLine } from '../../ui/Empty.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListQuery, ListResult } from '../../ui/ListPage.tsx'
import { Facts, Time } from '../../ui/Page.tsx'
import { StateTag, Tag, UrgencyTag } from '../../ui/Tags.tsx'
import type { Tone } from '../../ui/Tags.tsx'
import { useRequestActs } from '../orders/acts/index.ts'
import { useOrder } from '../orders/order-data.ts'
import { unitLoader } from '../orders/pickers.ts'
import { FlowSteps } from './FlowSteps.tsx'
import { t } from './texts.zh-CN.ts'
import type { RequestKind, RequestState, UnitRequest } from './unit-data.ts'

const kinds: RequestKind[] = ['return', 'extension']
const states: RequestState[] = ['pending', 'approved', 'refused', 'cancelled']
const tones: Record<RequestState, Tone> = { pending: 'primary', approved: 'ok', refused: 'over', cancelled: 'plain' }
const stages = ['leader', 'review', 'arbitration', 'flow', 'ended'] as const

const isKind = (value: string): value is RequestKind => kinds.some((one) => one === value)
const isState = (value: string): value is RequestState => states.some((one) => one === value)
const stageWords = (value: string): string => {
  const stage = stages.find((one) => one === value)
  return stage ? t(`requests.stage.${stage}`) : value
}

function State({ value }: { value: string }): ReactElement {
  return isState(value) ? <Tag tone={tones[value]}>{t(`requests.${value}`)}</Tag> : <Tag>{value}</Tag>
}

const columns: Column<UnitRequest>[] = [
  { key: 'number', title: t('col.number'), width: 168, render: (row) => <bdi className="ms-code">{row.number}</bdi>, text: (row) => row.number },
  { key: 'state', title: t('requests.state'), width: 84, render: (row) => <State value={row.state} /> },
  { key: 'stage', title: t('requests.stage'), width: 104, render: (row) => stageWords(row.stage) },
  { key: 'title', title: t('col.title'), width: 240, wide: true, render: (row) => <><UrgencyTag urgency={row.urgency} /> {row.title}</>, text: (row) => row.title },
  { key: 'reasonClass', title: t('requests.reasonClass'), width: 100, render: (row) => row.reasonClass },
  { key: 'reason', title: t('requests.reason'), width: 140, render: (row) => row.reason },
  { key: 'window', title: t('requests.window'), width: 88, render: (row) => (row.withinWindow === null ? null : <Tag tone={row.withinWindow ? 'ok' : 'near'}>{row.withinWindow ? t('requests.within') : t('requests.beyond')}</Tag>), hidden: true },
  { key: 'newDueAt', title: t('requests.newDue'), width: 108, render: (row) => <Time iso={row.newDueAt} /> },
  { key: 'unit', title: t('col.unit'), width: 132, render: (row) => row.unitName, hidden: true },
  { key: 'applicant', title: t('requests.applicant'), width: 80, render: (row) => row.applicantName, hidden: true },
  { key: 'createdAt', title: t('requests.created'), width: 108, render: (row) => <Time iso={row.createdAt} /> },
  { key: 'opinion', title: t('requests.opinion'), width: 180, render: (row) => row.opinion, hidden: true },
]

type Query = ListQuery & { kind?: string; state?: string; unitId?: string }

export default function RequestsPage(): ReactElement {
  const board = useQueryOf('unitBoard', {}, { staleTime: 300_000 })
  const own = board.data?.units
  const filters = useMemo((): Filter[] => [
    { key: 'kind', label: t('requests.kind'), kind: 'select', options: kinds.map((value) => ({ value, label: t(`kind.${value}`) })) },
    { key: 'state', label: t('requests.state'), kind: 'select', options: states.map((value) => ({ value, label: t(`requests.${value}`) })) },
    { key: 'unitId', label: t('filter.unit'), kind: 'pick', loader: unitLoader() },
  ], [])
  const views = useMemo(() => kinds.flatMap((kind) => states.map((state) => ({ id: `${kind}-${state}`, name: t('requests.view', { kind: t(`kind.${kind}`), state: t(`requests.${state}`) }), filter: { kind: [kind], state: [state] } }))), [])
  if (!own) return board.error ? <Empty kind="failed" problem={board.error} /> : <Loading />
  // a person of one unit asks for it; of several, the list holds all that the person may see until one is chosen
  const home = own.length === 1 ? own[0]?.id : undefined
  const load = (query: Query, signal: AbortSignal) => request<ListResult<UnitRequest>>('GET', '/api/order-requests', { ...query, kind: query.kind && isKind(query.kind) ? query.kind : 'return', state: query.state && isState(query.state) ? query.state : 'pending', unitId: query.unitId ?? home }, { signal })
  return (
    <ListPage<UnitRequest> page="unitRequests" noSearch title={t('requests')} columns={columns} filters={filters} views={views} load={load} rowKey={(row) => row.id} open={(row) => `/orders/${row.number}`} preview={(row) => <Preview key={row.id} row={row} />}
      countOf={async (filter, signal) => (await load({ limit: 1, kind: filter.kind?.[0], state: filter.state?.[0], unitId: filter.unitId?.[0] }, signal)).count} topic="orders.list" empty={{ text: t('requests.none'), hint: t('requests.noneHint') }} />
  )
}

function Preview({ row }: { row: UnitRequest }): ReactElement {
  const order = { id: row.orderId, number: row.number, title: row.title }
  const read = useOrder(order)
  const detail = read.data?.requests.find((one) => one.id === row.id)
  const flowId = detail?.flowInstanceId ?? undefined
  const flow = useQueryOf('showFlowInstance', { id: flowId ?? '' }, { enabled: flowId !== undefined })
  const { open, drawers } = useRequestActs(row, order)
  return (
    <div className="ms-stack">
      <div className="ms-row"><bdi className="ms-code">{row.number}</bdi><StateTag state={row.orderState} /><State value={row.state} /></div>
      <strong>{row.title}</strong>
      <Facts items={[
        { label: t('requests.applicant'), value: <>{row.unitName} · {row.applicantName} <Time iso={row.createdAt} /></> },
        { label: t('requests.reasonClass'), value: row.reasonClass, hidden: !row.reasonClass },
        { label: t('requests.reason'), value: row.reason },
        { label: t('requests.newDue'), value: <><Time iso={detail?.oldDueAt} /> → <Time iso={row.newDueAt} /></>, hidden: !row.newDueAt },
        { label: t('requests.stage'), value: stageWords(row.stage) },
        { label: t('requests.decided'), value: row.decidedByName ? <>{row.decidedByName} <Time iso={row.decidedAt} /></> : null, hidden: !row.decidedByName },
        { label: t('requests.opinion'), value: row.opinion, hidden: !row.opinion },
      ]} />
      {row.state === 'pending' ? <div><Button onClick={() => open('cancel')}>{t('act.cancel')}</Button></div> : null}
      <strong>{t('requests.chain')}</strong>
      {row.kind === 'return' ? <ReturnChain row={row} /> : flow.data ? <FlowSteps steps={flow.data.steps} /> : flow.error ? <ProblemLine problem={flow.error} /> : <Loading lines={3} />}
      {drawers}
    </div>
  )
}

/** A return goes over the unit's own leader, the desk that dispatched, and in dispute the arbiter. */
function ReturnChain({ row }: { row: UnitRequest }): ReactElement {
  const way = row.stage === 'arbitration' ? (['leader', 'review', 'arbitration'] as const) : (['leader', 'review'] as const)
  const at = way.findIndex((one) => one === row.stage)
  const decided = row.state !== 'pending'
  const stateOf = (i: number) => (decided ? 'approved' : i < at ? 'approved' : i === at ? 'current' : 'waiting')
  return (
    <ol className="ms-steps">
      {way.map((stage, i) => <li key={stage} data-state={stateOf(i)}><div className="ms-row"><strong>{t(`requests.stage.${stage}`)}</strong>{decided ? null : <Tag tone={i === at ? 'primary' : i < at ? 'ok' : 'plain'}>{i < at ? t('step.approved') : i === at ? t('step.current') : t('step.waiting')}</Tag>}</div></li>)}
      {decided ? <li data-state={row.state === 'approved' ? 'approved' : 'returned'}><div className="ms-row"><State value={row.state} />{row.decidedByName}<span className="ms-hint"><Time iso={row.decidedAt} /></span></div></li> : null}
    </ol>
  )
}
