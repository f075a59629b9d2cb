// Return requests that wait for this person: of the own unit before they leave the house, and of lower units.
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { OutputOf } from '../../api/call.ts'
import type { Problem } from '../../api/problem.ts'
import { Empty, Loading, ProblemLine } from '../../ui/Empty.tsx'
import { Time } from '../../ui/Page.tsx'
import { Tag, UrgencyTag } from '../../ui/Tags.tsx'
import { RequestAct } from '../orders/acts/index.ts'
import { useOrder } from '../orders/order-data.ts'
import { useDeskQueue } from '../../ui/desk-queue.ts'
import { OrderContent, OrderHead } from '../orders/OrderObject.tsx'
import { DeskColumns } from './DeskColumns.tsx'
import { t } from './texts.zh-CN.ts'
import type { UnitRequest } from './unit-data.ts'

export function ReturnDesk({ query, goOn }: { query: UseQueryResult<OutputOf<'listOrderRequests'>, Problem>; goOn: boolean }): ReactElement {
  const queue = useDeskQueue(query.data?.items)
  const { row } = queue
  const order = row ? { id: row.orderId, number: row.number, title: row.title } : undefined
  const read = useOrder(order)
  return (
    <DeskColumns query={query} queue={queue} row={(one) => <RequestLines row={one} />}
      object={row ? (read.error ? <div className="ms-desk-pad"><ProblemLine problem={read.error} /></div> : read.data ? (
        <>
          <OrderHead order={read.data} />
          <div className="ms-desk-body" tabIndex={0}><OrderContent order={read.data} /></div>
        </>
      ) : <div className="ms-desk-pad"><Loading /></div>) : null}
      decision={row && order ? (
        <div className="ms-desk-form">
          {row.mayDecide ? <RequestAct key={row.id} inline request={row} order={order} onClose={() => undefined} onDone={() => queue.finish(row.id, goOn)} onNext={() => queue.finish(row.id, true)} /> : <Empty kind="done" text={t('desk.closed')} />}
        </div>
      ) : null} />
  )
}

function RequestLines({ row }: { row: UnitRequest }): ReactElement {
  return (
    <>
      <span className="ms-desk-row-line"><span className="ms-hint"><Time iso={row.createdAt} /></span><span className="ms-grow" /><UrgencyTag urgency={row.urgency} />{row.reasonClass ? <Tag>{row.reasonClass}</Tag> : null}</span>
      <span className="ms-desk-row-title" title={row.title}>{row.title}</span>
      <span className="ms-hint ms-ellipsis">{t('desk.applied', { unit: row.unitName, name: row.applicantName })}</span>
    </>
  )
}
