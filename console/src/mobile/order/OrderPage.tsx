// The order on the phone: clocks, what is asked of me, facts, files, timeline; acts in a sticky bar.
import { Card, ClockChip, Empty, Skeleton, Tag, Trouble } from '@minsheng/portal/kit'
import { lazy, Suspense } from 'react'
import type { ReactElement } from 'react'
import { useParams } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { Page } from '../frame/Frame.tsx'
import { keepOrder } from '../kept.ts'
import type { OrderDetail } from '../kept.ts'
import { t } from '../texts.zh-CN.ts'
import { moment, when } from '../time.ts'
import { useKept, useOnline } from '../use-kept.ts'
import { ActBar } from './ActBar.tsx'
import { Asked } from './Asked.tsx'
import { FeedbackText } from './FeedbackText.tsx'
import { Files } from './Files.tsx'
import { OrderFacts } from './OrderFacts.tsx'
import { OrderTimeline } from './OrderTimeline.tsx'
import { Profile } from './Profile.tsx'
import { Requests, Units } from './OrderParts.tsx'

const OrderWatch = lazy(() => import('./OrderWatch.tsx'))
const OrderCalls = lazy(() => import('./OrderCalls.tsx'))

export function OrderPage(): ReactElement {
  const { number = '' } = useParams()
  const online = useOnline()
  const query = useQueryOf('getOrderByNumber', { number })
  const kept = useKept<OrderDetail>(`order:${number}`, query, (order) => void keepOrder(order))
  const order = kept.data
  useTopic(order ? `orders/${order.id}` : undefined, ['getOrderByNumber', 'orderTimeline'])
  if (!order) {
    return (
      <Page title={number} back="/m">
        {query.error && query.error.status === 404 ? <Empty kind="scope" title={t('missing')} /> : query.error && !query.error.undecided ? <Trouble problem={query.error} retry={() => void query.refetch()} /> : query.fetchStatus === 'paused' || query.error ? <Empty kind="scope" title={t('notKept')} /> : <Skeleton lines={12} />}
      </Page>
    )
  }
  const live = online && kept.keptAt === null
  return (
    <Page title={order.stateName} back="/m" end={<bdi className="k-code k-hint">{order.number}</bdi>} bar={order.own ? <ActBar order={order} live={live} /> : undefined}>
      <div className="k-stack">
        {kept.keptAt ? <p className="k-hint">{t('keptAt', { at: when(kept.keptAt) })}</p> : null}
        <div className="k-stack" data-gap="small">
          <span className="k-line">
            {order.urgency === 'normal' ? null : <Tag tone={order.urgency === 'urgent' ? 'near' : 'over'}>{order.urgencyName}</Tag>}
            {order.confidential ? <Tag tone="over" icon="shield">{t('confidential')}</Tag> : null}
            {order.round > 1 ? <Tag tone="primary">{t('round', { n: order.round })}</Tag> : null}
            {order.urgeCount > 0 ? <Tag tone="near">{t('urges', { n: order.urgeCount })}</Tag> : null}
            {order.flags.map((one) => <Tag key={one.code}>{one.name}</Tag>)}
          </span>
          <h2>{order.title}</h2>
        </div>
        <Clocks order={order} />
        <Asked order={order} />
        {live && order.own ? <Suspense fallback={null}><OrderWatch order={order} /></Suspense> : null}
        <OrderFacts order={order} live={live} />
        <Profile order={order} live={live} />
        {order.files.length > 0 ? <Card title={t('files')}><Files files={order.files} /></Card> : null}
        {order.feedback.length > 0 || order.hiddenFeedback > 0 ? (
          <section className="k-stack" data-gap="small">
            <h2 className="m-group">{t('feedbackTitle')}</h2>
            {order.feedback.toSorted((a, b) => (a.submittedAt < b.submittedAt ? 1 : -1)).map((one) => <FeedbackText key={one.id} feedback={one} />)}
            {order.hiddenFeedback > 0 ? <p className="k-hint">{t('hiddenFeedback', { n: order.hiddenFeedback })}</p> : null}
          </section>
        ) : null}
        <Requests order={order} />
        <Units order={order} />
        {live && order.own ? <Suspense fallback={null}><OrderCalls order={order} /></Suspense> : null}
        {live ? <OrderTimeline orderId={order.id} /> : null}
      </div>
    </Page>
  )
}

const open = (state: string) => state === 'running' || state === 'paused'

function Clocks({ order }: { order: OrderDetail }): ReactElement | null {
  const mine = new Set(order.assignments.filter((one) => one.mine).map((one) => one.id))
  const clocks = order.clocks.filter((one) => open(one.state)).toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : 1))
  const near = clocks.filter((one) => one.assignmentId === null || mine.has(one.assignmentId))
  const rest = clocks.filter((one) => !near.includes(one))
  if (clocks.length === 0) return null
  const line = (one: (typeof clocks)[number]) => (
    <li key={one.id} className="k-line" data-spread>
      <ClockChip name={one.name} state={one.state === 'paused' ? 'paused' : 'running'} dueAt={one.dueAt} nearAt={one.yellowAt} />
      <span className="k-hint m-end">{one.unitName && rest.includes(one) ? `${one.unitName} ` : ''}{t('until', { at: moment(one.dueAt) })}</span>
    </li>
  )
  return (
    <section className="k-card" aria-label={t('clocks')}>
      <ul className="k-stack" data-gap="small">{(near.length > 0 ? near : rest).map(line)}</ul>
      {near.length > 0 && rest.length > 0 ? <details><summary className="m-summary">{t('clocksMore')} {rest.length}</summary><ul className="k-stack" data-gap="small">{rest.map(line)}</ul></details> : null}
    </section>
  )
}
