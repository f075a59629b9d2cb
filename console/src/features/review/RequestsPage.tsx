// Approvals of requests by their flow: extensions first of all, and whatever else is asked of this person step by step.
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useMemo } from 'react'
import { Link } from 'react-router'
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import type { Problem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { Loading } from '../../ui/Empty.tsx'
import { Attachments } from '../../ui/Attachments.tsx'
import { Facts, Time } from '../../ui/Page.tsx'
import { ClockChip, Tag } from '../../ui/Tags.tsx'
import { duration, instant } from '../../ui/time.ts'
import type { OrderDetail, OrderRequest } from '../orders/order-types.ts'
import { useContinuous, useDeskQueue } from '../../ui/desk-queue.ts'
import { DeskFrame, DeskNothing } from './DeskFrame.tsx'
import { FlowDecision } from './FlowDecision.tsx'
import { OrderContent, OrderHead } from '../orders/OrderObject.tsx'
import { Part } from '../../ui/DeskPart.tsx'
import { t } from './texts.zh-CN.ts'

type Row = OutputOf<'listMyFlowTasks'>['items'][number]
type Instance = OutputOf<'showFlowInstance'>

const byDue = (a: Row, b: Row): number => ((a.dueAt ?? '9') < (b.dueAt ?? '9') ? -1 : 1)

/** The order that a request belongs to; the approval knows it by its link. */
const numberOf = (row: Row | undefined): string | undefined => (row?.objectType === 'orderRequest' ? /^\/orders\/([\w-]+)$/.exec(row.link ?? '')?.[1] : undefined)

export default function RequestsPage(): ReactElement {
  const list = useQueryOf('listMyFlowTasks', { limit: 100 }, { keepPrevious: true })
  useTopic('home.counts', ['listMyFlowTasks'])
  const rows = useMemo(() => list.data?.items.toSorted(byDue), [list.data])
  const continuous = useContinuous()
  const queue = useDeskQueue(rows)
  const { row } = queue
  const instance = useQueryOf('showFlowInstance', { id: row?.instanceId ?? '' }, { enabled: row !== undefined })
  const number = numberOf(row)
  const order = useQuery<OrderDetail, Problem>({ queryKey: ['getOrderByNumber', { number }], queryFn: ({ signal }) => call('getOrderByNumber', { number: number ?? '' }, { signal }), enabled: number !== undefined, staleTime: 10_000 })
  const request = order.data?.requests.find((one) => one.id === row?.objectId)
  const shown = row && instance.data ? (
    <>
      {order.data ? <OrderHead order={order.data} /> : <header className="ms-desk-head"><h2>{row.title}</h2></header>}
      <div className="ms-desk-body" tabIndex={0}>
        {request ? <Extension request={request} /> : row.link && !number ? <Link to={row.link}>{t('flow.openObject')}</Link> : null}
        <Chain instance={instance.data} />
        {order.data ? <OrderContent order={order.data} /> : null}
      </div>
    </>
  ) : null
  return (
    <DeskFrame title={t('desk.requests')} query={list} queue={queue} continuous={continuous} renderRow={(one) => <TaskLines row={one} />}
      object={shown ?? (row ? (instance.error ? <DeskNothing problem={instance.error} /> : <div className="ms-desk-pad"><Loading /></div>) : null)}
      decision={row && instance.data ? <FlowDecision key={row.id} task={row} instance={instance.data} onDone={(go) => queue.finish(row.id, go)} continuous={continuous[0]} /> : null} />
  )
}

function TaskLines({ row }: { row: Row }): ReactElement {
  return (
    <>
      <span className="ms-desk-row-line">
        {row.dueAt ? <ClockChip plain clock={{ state: 'running', dueAt: row.dueAt }} /> : <span className="ms-hint"><Time iso={row.at} /></span>}
        <span className="ms-grow" />
        <Tag>{row.nodeName}</Tag>
      </span>
      <span className="ms-desk-row-title" title={row.title}>{row.title}</span>
      <span className="ms-hint ms-ellipsis">{[row.unitName, t('flow.applicant', { name: row.applicantName })].filter(Boolean).join(' · ')}</span>
    </>
  )
}

function Extension({ request }: { request: OrderRequest }): ReactElement {
  const longer = request.oldDueAt && request.newDueAt ? duration(instant(request.newDueAt) - instant(request.oldDueAt)) : null
  return (
    <Part title={t('flow.request', { kind: request.kindName })} extra={<Tag>{t('return.round', { n: request.round })}</Tag>}>
      <Facts columns={2} items={[
        { label: t('flow.unit'), value: `${request.unitName} · ${request.applicantName}` },
        { label: t('return.asked'), value: <Time iso={request.createdAt} /> },
        { label: t('flow.from'), value: <Time iso={request.oldDueAt} />, hidden: !request.oldDueAt },
        { label: t('flow.to'), value: <><Time iso={request.newDueAt} />{longer ? <span className="ms-hint"> {t('flow.longer', { time: longer })}</span> : null}</>, hidden: !request.newDueAt },
      ]} />
      <div className="ms-desk-quote"><p>{request.reason}</p>{request.files.length ? <Attachments readOnly value={request.files} /> : null}</div>
    </Part>
  )
}

function Chain({ instance }: { instance: Instance }): ReactElement {
  return (
    <Part title={t('flow.chain')} extra={<span className="ms-hint">{instance.flowName}</span>}>
      <ol className="ms-steps">
        {instance.steps.map((step, i) => (
          <li key={`${step.node}${i}`} data-state={step.state}>
            <span className="ms-row"><strong>{step.name}</strong><span className="ms-hint">{step.decidedBy ?? step.actor}</span><Tag tone={step.state === 'current' ? 'primary' : step.state === 'approved' ? 'ok' : step.state === 'returned' ? 'over' : 'plain'}>{t(`flow.state.${step.state}`)}</Tag>{step.decidedAt ? <Time iso={step.decidedAt} /> : null}</span>
            {step.opinion ? <div>{step.opinion}</div> : null}
          </li>
        ))}
      </ol>
    </Part>
  )
}
