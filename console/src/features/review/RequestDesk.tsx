// The desk of return requests: request, evidence, duty list, earlier rounds and window side by side; outcomes as buttons.
import type { ReactElement } from 'react'
import { useMemo } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { Loading } from '../../ui/Empty.tsx'
import { ClockChip, Tag, UrgencyTag } from '../../ui/Tags.tsx'
import { useOrder } from '../orders/order-data.ts'
import { useContinuous, useDeskQueue } from '../../ui/desk-queue.ts'
import { DeskFrame, DeskNothing } from './DeskFrame.tsx'
import { JustDone, noteDone, useJustDone } from './JustDone.tsx'
import { ReturnDecision } from './ReturnDecision.tsx'
import { ReturnObject } from './ReturnObject.tsx'
import { t } from './texts.zh-CN.ts'

type Row = OutputOf<'listOrderRequests'>['items'][number]

const byDue = (a: Row, b: Row): number => (a.dueAt ?? '9') < (b.dueAt ?? '9') ? -1 : 1

export function RequestDesk({ desk, title, stage }: { desk: string; title: string; stage?: 'arbitration' }): ReactElement {
  const list = useQueryOf('listOrderRequests', { kind: 'return', mine: 'true', stage, limit: 100 }, { keepPrevious: true })
  useTopic('orders.list', ['listOrderRequests', 'homeCounts'])
  const rows = useMemo(() => list.data?.items.toSorted(byDue), [list.data])
  const continuous = useContinuous()
  const queue = useDeskQueue(rows)
  const { row } = queue
  const read = useOrder(row ? { id: row.orderId, number: row.number, title: row.title } : undefined)
  const justDone = useJustDone(desk)
  const order = read.data
  const request = order?.requests.find((one) => one.id === queue.current)
  const done = (act: string, go: boolean) => {
    if (!row) return
    noteDone(desk, { id: row.orderId, number: row.number, title: row.title, act })
    queue.finish(row.id, go)
  }
  return (
    <DeskFrame title={title} query={list} queue={queue} continuous={continuous} renderRow={(one) => <RequestLines row={one} />} after={<JustDone entries={justDone} />}
      object={order && request ? <ReturnObject order={order} request={request} /> : row ? (read.error ? <DeskNothing problem={read.error} /> : <div className="ms-desk-pad"><Loading lines={10} /></div>) : null}
      decision={order && request ? <ReturnDecision key={request.id} order={order} request={request} title={title} onDone={done} continuous={continuous[0]} /> : null} />
  )
}

function RequestLines({ row }: { row: Row }): ReactElement {
  return (
    <>
      <span className="ms-desk-row-line">
        {row.dueAt ? <ClockChip plain clock={{ state: 'running', dueAt: row.dueAt }} /> : null}
        <span className="ms-grow" />
        <UrgencyTag urgency={row.urgency} />
        {row.earlierReturns > 0 ? <Tag tone="near">{t('return.count', { n: row.earlierReturns + 1 })}</Tag> : null}
      </span>
      <span className="ms-desk-row-title" title={row.title}>{row.title}</span>
      <span className="ms-hint ms-ellipsis">{[row.unitName, row.reasonClass].filter(Boolean).join(' · ')}</span>
    </>
  )
}
