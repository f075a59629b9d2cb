// 重点事项: urgent and major orders in hand, those over their limit, and those the leader follows; follow and instruct in place.
import { Segmented } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { Empty, Loading, ProblemLine } from '../../ui/Empty.tsx'
import { cappedCount } from '../../ui/numbers.ts'
import { Section, Time } from '../../ui/Page.tsx'
import { ClockChip, StateTag, Tag } from '../../ui/Tags.tsx'
import { nextClockOf } from '../orders/clocks.ts'
import { OrderActs } from './OrderActs.tsx'
import { t } from './texts.zh-CN.ts'
import { useUnread } from './unread.ts'

const inHand = 'pendingReview,pendingDispatch,inProgress,pendingResultReview,pendingCallback'
const MOST = 6
const kinds = ['urgent', 'overdue', 'follow'] as const
type Kind = (typeof kinds)[number]
const filters = { urgent: { state: inHand, urgency: 'urgent,major', own: 'true', sort: 'registeredAt' }, overdue: { state: inHand, overdue: 'true', own: 'true' } } as const

export function KeyEvents(): ReactElement {
  const [kind, setKind] = useState<Kind>('urgent')
  const focus = useQueryOf('listFocus', { limit: 100, list: 'mine' }, { refetchEvery: 60_000 })
  const unread = useUnread('supervision.focus')
  useTopic('orders.list', ['listOrders', 'listFocus'])
  const followed = new Set((focus.data?.items ?? []).map((one) => one.orderId))
  return (
    <Section title={t('key')} extra={<Segmented size="small" value={kind} onChange={setKind} options={kinds.map((value) => ({ value, label: <>{t(`key.${value}`)}{value === 'follow' && unread.size > 0 ? <span className="ms-cockpit-dot" role="img" aria-label={t('unread')} /> : null}</> }))} />}>
      {kind === 'follow' ? (
        focus.data ? (
          <Rows kind={kind} count={cappedCount(focus.data.count)} to="/supervision/focus" rows={focus.data.items.slice(0, MOST).map((row) => ({ id: row.orderId, number: row.number, title: row.title, head: <StateTag state={row.state} />, unit: row.unitName, end: <Time iso={row.nextDueAt} /> }))} followed={followed} unread={unread} />
        ) : focus.isError ? <ProblemLine problem={focus.error} /> : <Loading lines={4} />
      ) : <Listed kind={kind} followed={followed} unread={unread} />}
    </Section>
  )
}

type Shared = { followed: ReadonlySet<string>; unread: ReturnType<typeof useUnread> }

function Listed({ kind, ...shared }: Shared & { kind: keyof typeof filters }): ReactElement {
  const orders = useQueryOf('listOrders', { ...filters[kind], limit: MOST }, { refetchEvery: 60_000 })
  if (orders.isError) return <ProblemLine problem={orders.error} onRetry={() => void orders.refetch()} />
  if (!orders.data) return <Loading lines={4} />
  return (
    <Rows kind={kind} {...shared} count={cappedCount(orders.data.count)} to={`/orders?${new URLSearchParams(filters[kind]).toString()}`}
      rows={orders.data.items.map((row) => ({ id: row.id, number: row.number, title: row.title, unit: row.leadUnitName, head: row.urgency === 'normal' ? <StateTag state={row.state} /> : <Tag tone="over">{row.urgencyName}</Tag>, end: row.nextClock ? <ClockChip plain clock={nextClockOf(row.nextClock)} /> : <Time iso={row.registeredAt} /> }))} />
  )
}

type Row = { id: string; number: string; title: string; unit: string | null; head: ReactElement; end: ReactElement }

function Rows({ kind, rows, count, to, followed, unread }: Shared & { kind: Kind; rows: Row[]; count: number | string; to: string }): ReactElement {
  if (rows.length === 0) return <Empty kind="done" text={t(`key.none.${kind}`)} />
  return (
    <>
      <ul className="ms-cockpit-list">
        {rows.map((row) => (
          <li key={row.id}>
            <div className="ms-row">{row.head}<Link className="ms-ellipsis ms-cockpit-title" title={row.title} to={`/orders/${row.number}?tab=supervising`} onClick={() => unread.read(row.id)}>{unread.has(row.id) ? <span className="ms-cockpit-dot" role="img" aria-label={t('unread')} /> : null}{row.title}</Link></div>
            <div className="ms-row ms-hint"><span className="ms-ellipsis">{row.unit ?? t('notYet')}</span>{row.end}<span className="ms-grow" /><OrderActs order={row} followed={followed.has(row.id)} /></div>
          </li>
        ))}
      </ul>
      <Link to={to}>{t('all', { n: count })}</Link>
    </>
  )
}
