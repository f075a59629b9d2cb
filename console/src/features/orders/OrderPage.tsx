// 工单详情: header with clocks and notices, facts, tabs, side cards, acts (ux.md §3.4). Changes by others arrive as a bar.
import type { ReactElement } from 'react'
import { useEffect, useState } from 'react'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { useTopic } from '../../api/realtime.ts'
import { useRecent } from '../../app/recent.ts'
import { useSession } from '../../app/session.tsx'
import { ActBar } from '../../ui/ActBar.tsx'
import type { Act } from '../../ui/ActBar.tsx'
import { Empty, Loading, ProblemLine, copyText } from '../../ui/Empty.tsx'
import { useKeys } from '../../ui/keys.ts'
import { usePageTitle } from '../../ui/Page.tsx'
import { useAssignmentActs } from './acts/assignment-acts.tsx'
import { useOrderActs } from './acts/order-acts.tsx'
import { AssignmentsTab } from './AssignmentsTab.tsx'
import { ChainTab } from './ChainTab.tsx'
import { ClockBar } from './ClockBar.tsx'
import { FeedbackTab } from './FeedbackTab.tsx'
import { FilesTab, fileGroups } from './FilesTab.tsx'
import { fetchOrder, useOrderByNumber } from './order-data.ts'
import type { Assignment, OrderDetail } from './order-types.ts'
import { OrderFacts } from './OrderFacts.tsx'
import { OrderHead } from './OrderHead.tsx'
import { OrderNotices } from './OrderNotices.tsx'
import { OrderSide } from './OrderSide.tsx'
import { usePlace } from './place.ts'
import { RequestsTab } from './RequestsTab.tsx'
import { SlotPart } from './SlotPart.tsx'
import { slotsOf } from './slots.ts'
import { SupervisionTab, useCards, useUrges } from './SupervisionTab.tsx'
import { TabRow } from './TabRow.tsx'
import { t } from './texts.zh-CN.ts'
import { TimelineTab } from './TimelineTab.tsx'
import './orders.css'

export default function OrderPage(): ReactElement {
  const number = useParams().number ?? ''
  const navigate = useNavigate()
  const query = useOrderByNumber(number)
  if (query.data) return <Order key={query.data.id} order={query.data} reload={async () => { await query.refetch() }} problem={query.error ? <ProblemLine problem={query.error} onRetry={() => void query.refetch()} /> : null} />
  if (query.error?.status === 404) return <NotFound />
  if (query.error) return <Empty kind="failed" problem={query.error} action={{ label: t('p.toList'), run: () => void navigate('/orders') }} />
  return <div className="ms-page"><Loading lines={12} /></div>
}

/** Unknown, out of scope and confidential look alike, so that the page tells nothing. */
function NotFound(): ReactElement {
  const navigate = useNavigate()
  usePageTitle(t('p.notFound'))
  return <Empty kind="scope" text={t('p.notFound')} hint={t('p.notFoundHint')} action={{ label: t('p.toList'), run: () => void navigate('/orders') }} />
}

type Tab = { id: string; name: string; count?: number; show: () => ReactElement }

function Order({ order, reload, problem }: { order: OrderDetail; reload: () => Promise<void>; problem: ReactElement | null }): ReactElement {
  const { can } = useSession()
  const [search, setSearch] = useSearchParams()
  const place = usePlace()
  const urges = useUrges(order).data?.items ?? []
  const cards = useCards(order).data?.cards ?? []
  const changed = useLiveChange(order)
  usePageTitle(`${order.number} ${order.title}`, order.stateName)
  useRecent({ kind: t('orders'), title: order.title, hint: order.number, path: `/orders/${order.number}` })

  const tabs: Tab[] = [
    { id: 'timeline', name: t('tab.timeline'), show: () => <TimelineTab order={order} /> },
    { id: 'assignments', name: t('tab.assignments'), count: order.assignments.length, show: () => <AssignmentsTab order={order} /> },
    { id: 'feedback', name: t('tab.feedback'), count: order.feedback.length, show: () => <FeedbackTab order={order} /> },
    { id: 'files', name: t('tab.files'), count: fileGroups(order).reduce((sum, group) => sum + group.files.length, 0), show: () => <FilesTab order={order} /> },
    { id: 'chain', name: t('tab.chain'), count: order.chain.length + order.links.length, show: () => <ChainTab order={order} /> },
    { id: 'requests', name: t('tab.requests'), count: order.requests.length, show: () => <RequestsTab order={order} /> },
    { id: 'supervision', name: t('tab.supervision'), count: order.urgeCount + cards.length, show: () => <SupervisionTab order={order} /> },
    ...slotsOf('tabs', order, can).map((part): Tab => ({ id: part.id, name: part.title, show: () => <SlotPart key={part.id} load={part.lazy} order={order} /> })),
  ]
  const current = tabs.find((tab) => tab.id === search.get('tab')) ?? tabs[0]
  const see = (id: string) => setSearch((before) => { before.set('tab', id); return before }, { replace: true, state: history.state?.usr })
  useKeys(t('orders'), [
    ...tabs.slice(0, 9).map((tab, i) => ({ keys: String(i + 1), label: t('p.tab', { name: tab.name }), run: () => see(tab.id) })),
    { keys: 'n', label: t('p.next'), run: place.goNext, enabled: place.next },
    { keys: 'p', label: t('p.previous'), run: place.goPrevious, enabled: place.previous },
    { keys: 'y', label: t('p.copyNumber'), run: () => void copyText(order.number) },
  ])
  return (
    <div className="ms-page ms-order" data-fill>
      <OrderHead order={order} place={place} />
      <ClockBar clocks={order.clocks} cards={cards} />
      {problem}
      {changed ? (
        <div className="ms-order-notice" data-tone="info" role="status">
          {t('p.changed', { by: changed.by })} <button type="button" className="ms-link-button" onClick={() => { see('timeline'); void reload() }}>{t('p.showChange')}</button>
        </div>
      ) : null}
      <OrderNotices order={order} urges={urges} cards={cards} see={see} />
      {slotsOf('notices', order, can).map((part) => <SlotPart key={part.id} load={part.lazy} order={order} />)}
      <div className="ms-order-columns">
        <aside className="ms-order-left" aria-label={t('d.facts')}><OrderFacts order={order} /></aside>
        <section className="ms-order-middle">
          <TabRow tabs={tabs} current={current?.id ?? ''} onSee={see} />
          <div role="tabpanel" className="ms-order-panel">{current?.show()}</div>
        </section>
        <aside className="ms-order-right"><OrderSide order={order} /></aside>
      </div>
      <Acts order={order} />
    </div>
  )
}

/** What of the order somebody else changed since it was read: told by the socket, proved by the version. */
function useLiveChange(order: OrderDetail): { by: string } | null {
  const [newer, setNewer] = useState<{ version: number; by: string } | null>(null)
  useTopic('orders.list', (message) => {
    if (message.id !== order.id) return
    // our own act is on its way, too: the page's reading is then already the newer one
    setTimeout(() => void fetchOrder(order.id).then((now) => setNewer({ version: now.version, by: now.changedByName ?? t('p.someone') })).catch(() => undefined), 600)
  })
  useEffect(() => setNewer((before) => (before && before.version > order.version ? before : null)), [order.version])
  return newer && newer.version > order.version ? newer : null
}

const mainActs = ['sign', 'accept', 'feedback', 'decideReturn', 'passReview', 'dispatch', 'acceptResult', 'submit']

/** Acts of the own assignment and of the order in one bar; assignments of lower units have theirs in their rows. */
function Acts({ order }: { order: OrderDetail }): ReactElement | null {
  const own = ownAssignment(order)
  const onOrder = useOrderActs(order)
  const onOwn = useAssignmentActs(own, order)
  // what cannot be undone stands last
  const acts: Act[] = [...(own?.acts ?? []), ...order.acts].sort((a, b) => Number(a.act === 'withdraw') - Number(b.act === 'withdraw'))
  const main = mainActs.find((name) => acts.some((act) => act.act === name && act.enabled))
  if (acts.length === 0) return null
  return (
    <footer className="ms-order-acts ms-no-print">
      <ActBar acts={acts} known={{ ...onOrder.known, ...onOwn.known }} main={main ?? ''} group={t('p.acts')} />
      {onOrder.drawers}
      {onOwn.drawers}
    </footer>
  )
}

/** The open assignment of the reader's own unit in this round; else the last one, whose acts say why nothing can be done. */
function ownAssignment(order: OrderDetail): Assignment | undefined {
  const mine = order.assignments.filter((one) => one.mine && one.acts.length > 0)
  const current = mine.filter((one) => one.round === order.round)
  const able = (one: Assignment): boolean => one.acts.some((act) => act.enabled)
  // An ended assignment of an earlier round may still be written a report on: it must not stand before the redo.
  return current.find(able) ?? mine.find(able) ?? current.at(-1)
}
