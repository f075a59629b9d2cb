// The desk of orders in one state: pending review, pending dispatch, pending result review.
import { useQueryClient } from '@tanstack/react-query'
import type { ReactElement, ReactNode } from 'react'
import { useEffect, useMemo } from 'react'
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { Loading } from '../../ui/Empty.tsx'
import { fetchOrder, useOrder } from '../orders/order-data.ts'
import type { OrderDetail } from '../orders/order-types.ts'
import { useContinuous, useDeskQueue } from '../../ui/desk-queue.ts'
import { DeskFrame, DeskNothing } from './DeskFrame.tsx'
import { JustDone, noteDone, useJustDone } from './JustDone.tsx'
import { OrderRowLines } from './OrderRowLines.tsx'
import { t } from './texts.zh-CN.ts'

type Row = OutputOf<'listOrders'>['items'][number]
type State = Row['state']

export type DeskDone = (act: string, go: boolean) => void
type Props = {
  desk: string
  title: string
  state: State
  object: (order: OrderDetail, note: ReactNode) => ReactNode
  decision: (order: OrderDetail, done: DeskDone, continuous: boolean) => ReactNode
  /** Queue of a task force; without it the general pool. */
  queue?: string
  /** Instead of the tabs of all desks. */
  tabs?: ReactNode
  /** The act of the desk; orders of lower centres are in the reader's list, but nobody decides on them here. */
  act: string
  /** Read ahead with the next order, so that it opens at once. */
  ahead?: 'dispatchOptions'
}

export function OrderDesk({ desk, title, state, act, object, decision, ahead, queue: taskForce, tabs }: Props): ReactElement {
  const list = useQueryOf('listOrders', { state, triage: state === 'pendingReview' ? 'none' : undefined, queue: state === 'pendingResultReview' ? undefined : (taskForce ?? 'general'), sort: 'nearestClock', own: 'true', limit: 100 }, { keepPrevious: true })
  useTopic('orders.list', ['listOrders', 'homeCounts'])
  const continuous = useContinuous()
  const rows = useMemo(() => list.data?.items.filter((row) => row.acts.includes(act)), [list.data, act])
  const queue = useDeskQueue(rows)
  const client = useQueryClient()
  const next = queue.upcoming?.id
  useEffect(() => {
    if (!next) return
    void client.prefetchQuery({ queryKey: ['getOrder', { id: next }], queryFn: ({ signal }) => fetchOrder(next, signal), staleTime: 30_000 })
    if (ahead) void client.prefetchQuery({ queryKey: [ahead, { id: next }], queryFn: ({ signal }) => call(ahead, { id: next }, { signal }), staleTime: 30_000 })
  }, [next, ahead, client])

  const read = useOrder(queue.current ? { id: queue.current, number: '', title: '' } : undefined)
  const order = read.data
  const justDone = useJustDone(desk)
  const done = (did: string, go: boolean) => {
    if (!order) return
    noteDone(desk, { id: order.id, number: order.number, title: order.title, act: did })
    queue.finish(order.id, go)
  }
  const gone = order && order.state !== state ? <div className="ms-desk-note">{t('left', { state: order.stateName })}</div> : null
  const nothing = <DeskNothing problem={read.error} />
  return (
    <DeskFrame title={title} tabs={tabs} query={list} queue={queue} continuous={continuous} renderRow={(row: Row) => <OrderRowLines row={row} />}
      after={<JustDone entries={justDone} />}
      object={order ? object(order, gone) : read.error ? nothing : queue.current ? <div className="ms-desk-pad"><Loading lines={10} /></div> : nothing}
      decision={order ? <div key={order.id} style={{ display: 'contents' }}>{decision(order, done, continuous[0])}</div> : null} />
  )
}
