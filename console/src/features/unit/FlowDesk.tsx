// Steps of approvals that wait for this person, extensions above all.
import type { UseQueryResult } from '@tanstack/react-query'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { OutputOf } from '../../api/call.ts'
import type { Problem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { Attachments } from '../../ui/Attachments.tsx'
import { Loading, ProblemLine } from '../../ui/Empty.tsx'
import { Time } from '../../ui/Page.tsx'
import { ClockChip, Tag } from '../../ui/Tags.tsx'
import { moment } from '../../ui/time.ts'
import { call } from '../../api/call.ts'
import type { OrderDetail } from '../orders/order-types.ts'
import { useDeskQueue } from '../../ui/desk-queue.ts'
import { FlowDecision } from '../review/FlowDecision.tsx'
import { OrderContent, OrderHead } from '../orders/OrderObject.tsx'
import { Part } from '../../ui/DeskPart.tsx'
import { DeskColumns } from './DeskColumns.tsx'
import { FlowSteps } from './FlowSteps.tsx'
import { t } from './texts.zh-CN.ts'

type Task = OutputOf<'listMyFlowTasks'>['items'][number]

export function FlowDesk({ query, goOn }: { query: UseQueryResult<OutputOf<'listMyFlowTasks'>, Problem>; goOn: boolean }): ReactElement {
  const queue = useDeskQueue(query.data?.items)
  const { row } = queue
  const instance = useQueryOf('showFlowInstance', { id: row?.instanceId ?? '' }, { enabled: row !== undefined })
  // an approval knows its order only by the link
  const number = /^\/orders\/([\w-]+)$/.exec(row?.link ?? '')?.[1]
  const order = useQuery<OrderDetail, Problem>({ queryKey: ['getOrder', { number }], queryFn: ({ signal }) => call('getOrderByNumber', { number: number ?? '' }, { signal }), enabled: number !== undefined })
  const request = order.data?.requests.find((one) => one.id === row?.objectId)
  const failed = instance.error ?? order.error
  return (
    <DeskColumns query={query} queue={queue} row={(one) => <TaskLines task={one} />}
      object={row ? (failed ? <div className="ms-desk-pad"><ProblemLine problem={failed} /></div> : (
        <>
          {order.data ? <OrderHead order={order.data} /> : <header className="ms-desk-head"><h2>{row.title}</h2></header>}
          <div className="ms-desk-body" tabIndex={0}>
            {request ? (
              <Part title={t('desk.reason')} extra={<span className="ms-hint">{t('desk.applied', { unit: request.unitName, name: request.applicantName })} <Time iso={request.createdAt} /></span>}>
                <div className="ms-desk-quote">
                  {request.oldDueAt && request.newDueAt ? <strong>{t('desk.change', { old: moment(request.oldDueAt), next: moment(request.newDueAt) })}</strong> : null}
                  <p>{request.reason}</p>
                  {request.files.length ? <Attachments readOnly value={request.files} /> : null}
                </div>
              </Part>
            ) : null}
            <Part title={t('desk.flowState')}>{instance.data ? <FlowSteps steps={instance.data.steps} /> : <Loading lines={3} />}</Part>
            {order.data ? <OrderContent order={order.data} /> : null}
          </div>
        </>
      )) : null}
      decision={row && instance.data ? <FlowDecision key={row.id} task={row} instance={instance.data} continuous={goOn} onDone={(go) => queue.finish(row.id, go)} /> : null} />
  )
}

function TaskLines({ task }: { task: Task }): ReactElement {
  return (
    <>
      <span className="ms-desk-row-line">{task.dueAt ? <ClockChip plain clock={{ state: 'running', dueAt: task.dueAt }} /> : <span className="ms-hint"><Time iso={task.at} /></span>}<span className="ms-grow" /><Tag>{task.nodeName}</Tag></span>
      <span className="ms-desk-row-title" title={task.title}>{task.title}</span>
      <span className="ms-hint ms-ellipsis">{t('desk.applied', { unit: task.unitName ?? '', name: task.applicantName })}</span>
    </>
  )
}
