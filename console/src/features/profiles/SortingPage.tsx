// 专班分拣: the queues of the own task forces; who is not on the roster now sees what waits, not the acts.
import type { ReactElement } from 'react'
import { NavLink, useParams } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { useSession } from '../../app/session.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Page } from '../../ui/Page.tsx'
import { when } from '../../ui/time.ts'
import { OrderDecision } from '../review/OrderDecision.tsx'
import { OrderDesk } from '../review/OrderDesk.tsx'
import { OrderObject } from '../orders/OrderObject.tsx'
import { t } from './texts.zh-CN.ts'

export default function SortingPage(): ReactElement {
  const asked = useParams().code
  const queues = useQueryOf('ownQueues', {}, { refetchEvery: 60_000 })
  useTopic('orders.list', ['ownQueues'])
  return (
    <QueryView query={queues}>
      {({ items }) => {
        const queue = items.find((one) => one.code === asked) ?? items[0]
        if (!queue) return <Page title={t('sorting')}><Empty kind="scope" text={t('noQueue')} hint={t('noQueueHint')} /></Page>
        const bar = <div className="ms-desk-tabs">{items.map((one) => <NavLink key={one.code} to={`/review/taskforce/${one.code}`} className={`ms-desk-tab${one.code === queue.code ? ' active' : ''}`}>{one.name}<b>{one.waiting}</b></NavLink>)}</div>
        if (!queue.onDuty) return <Page title={t('sorting')} bar={bar}><Empty kind="scope" text={t('offDuty', { name: queue.name })} hint={t('offDutyHint', { n: queue.waiting })} /></Page>
        return <Desk key={queue.code} code={queue.code} title={`${t('sorting')} · ${queue.name}`} until={queue.dutyUntil} tabs={bar} />
      }}
    </QueryView>
  )
}

/** Review first, dispatch next: the desk of the state that has work, by the sorter's rights. */
function Desk({ code, title, until, tabs }: { code: string; title: string; until: string | null; tabs: ReactElement }): ReactElement {
  const { can } = useSession()
  const pending = useQueryOf('listOrders', { state: 'pendingReview', queue: code, own: 'true', limit: 1 }, { enabled: can('orders.review') })
  const state = can('orders.review') && (pending.data?.count.value ?? 1) > 0 ? 'pendingReview' : can('orders.dispatch') ? 'pendingDispatch' : 'pendingReview'
  const act = state === 'pendingReview' ? 'passReview' : 'dispatch'
  return (
    <OrderDesk key={state} desk={`taskforce:${code}`} title={title} act={act} state={state} queue={code} tabs={<>{tabs}{until ? <span className="ms-hint">{t('dutyUntil', { at: when(until) })}</span> : null}</>} ahead={state === 'pendingDispatch' ? 'dispatchOptions' : undefined}
      object={(order, note) => <OrderObject order={order} note={note} />} decision={(order, done, continuous) => <OrderDecision order={order} main={act} title={title} onDone={done} continuous={continuous} />} />
  )
}
