// The shift leader's desk: what the agents registered today, what is not reviewed yet, and who waits longest.
import { Segmented } from 'antd'
import type { ReactElement } from 'react'
import { useMemo } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Figure } from '../../ui/Figure.tsx'
import type { Column } from '../../ui/list-types.ts'
import { ListTable } from '../../ui/ListTable.tsx'
import { cappedCount } from '../../ui/numbers.ts'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { ClockChip, StateTag, Tag, UrgencyTag } from '../../ui/Tags.tsx'
import { duration, instant, parseTyped } from '../../ui/time.ts'
import { useNow } from '../../ui/use-now.ts'
import { clockOfRow } from '../review/OrderRowLines.tsx'
import { t } from './texts.zh-CN.ts'
import { waitedFor } from './waited.ts'
import '../../ui/desk.css'
import './desk.css'

type Row = OutputOf<'listOrders'>['items'][number]
type Agent = { name: string; all: number; pending: number; draft: number; onward: number; answered: number; last: string }

const most = 200

function perAgent(rows: readonly Row[]): Agent[] {
  const agents = new Map<string, Agent>()
  for (const row of rows) {
    const one = agents.get(row.registeredByName) ?? { name: row.registeredByName, all: 0, pending: 0, draft: 0, onward: 0, answered: 0, last: row.registeredAt }
    one.all += 1
    if (row.state === 'pendingReview') one.pending += 1
    else if (row.state === 'draft') one.draft += 1
    else if ((row.state === 'closed' || row.state === 'archived') && row.leadUnitId === null) one.answered += 1
    else one.onward += 1
    if (row.registeredAt > one.last) one.last = row.registeredAt
    agents.set(row.registeredByName, one)
  }
  return [...agents.values()].sort((a, b) => b.all - a.all)
}

const agentColumns: Column<Agent>[] = [
  { key: 'name', title: t('lead.agent'), width: 110, wide: true, render: (one) => one.name },
  { key: 'all', title: t('lead.count'), width: 56, align: 'end', render: (one) => one.all },
  { key: 'pending', title: t('lead.pending'), width: 68, align: 'end', render: (one) => one.pending || t('lead.none') },
  { key: 'draft', title: t('lead.draft'), width: 80, align: 'end', render: (one) => one.draft || t('lead.none') },
  { key: 'onward', title: t('lead.onward'), width: 68, align: 'end', render: (one) => one.onward || t('lead.none') },
  { key: 'answered', title: t('lead.answered'), width: 80, align: 'end', render: (one) => one.answered || t('lead.none') },
  { key: 'last', title: t('lead.last'), width: 100, render: (one) => <Time iso={one.last} /> },
]

const orderColumns: Column<Row>[] = [
  { key: 'number', title: t('lead.number'), width: 178, render: (row) => <bdi className="ms-code">{row.number}</bdi> },
  { key: 'title', title: t('lead.title'), width: 200, wide: true, text: (row) => row.title, render: (row) => row.title },
  { key: 'state', title: t('lead.state'), width: 108, render: (row) => <StateTag state={row.state} round={row.round} /> },
  { key: 'at', title: t('lead.at'), width: 100, render: (row) => <Time iso={row.registeredAt} /> },
]

const reviewColumns: Column<Row>[] = [
  { key: 'clock', title: t('lead.clock'), width: 150, render: (row) => { const clock = clockOfRow(row.nextClock); return clock ? <ClockChip plain clock={clock} /> : t('lead.none') } },
  { key: 'title', title: t('lead.title'), width: 200, wide: true, text: (row) => row.title, render: (row) => <><UrgencyTag urgency={row.urgency} /> {row.title}</> },
  { key: 'agent', title: t('lead.agent'), width: 90, render: (row) => row.registeredByName },
]

export default function LeadPage(): ReactElement {
  const navigate = useNavigate()
  const [params, setParams] = useSearchParams()
  const at = useNow(60)
  const midnight = parseTyped('今天', at)
  const today = useQueryOf('listOrders', { registeredFrom: midnight ?? undefined, triage: 'none', sort: 'registeredAt', limit: most }, { keepPrevious: true, refetchEvery: 60_000 })
  const unreviewed = useQueryOf('listOrders', { state: 'pendingReview', triage: 'none', sort: 'nearestClock', limit: 20 }, { keepPrevious: true })
  const counts = useQueryOf('orderCounts', {}, { refetchEvery: 60_000 })
  const waiting = useQueryOf('listChannelDesk', { view: 'all', limit: 10 }, { keepPrevious: true })
  useTopic('orders.list', ['listOrders', 'orderCounts'])
  useTopic('desk.channels', ['listChannelDesk'])

  // appeals that came online were registered by their requesters
  const rows = useMemo(() => (today.data?.items ?? []).filter((row) => row.triage === null), [today.data])
  const agents = useMemo(() => perAgent(rows), [rows])
  const chosen = params.get('agent')
  const shown = chosen ? rows.filter((row) => row.registeredByName === chosen) : rows
  const choose = (agent: string | null) => setParams(agent ? { agent } : {}, { replace: true })
  const oldest = waiting.data?.items.find((one) => one.pick === 'waiting')
  const returned = counts.data?.states.find((one) => one.key === 'draft')
  return (
    <Page title={t('lead')}>
      <div className="ms-lead-figures">
        <Figure label={t('lead.today')} value={today.data ? (today.data.next ? cappedCount(today.data.count) : rows.length) : undefined} to="#today" />
        <Figure label={t('lead.unreviewed')} value={unreviewed.data ? cappedCount(unreviewed.data.count) : undefined} to="/review/pending" />
        <Figure label={t('lead.waiting')} value={waiting.data?.waiting} to="/desk/channels?view=waiting" />
        <Figure label={t('lead.longest')} value={waiting.data ? (oldest ? duration(at - instant(oldest.submittedAt)) : t('lead.none')) : undefined} to={oldest ? `/desk/channels?row=${oldest.id}` : undefined} />
        <Figure label={t('lead.returned')} value={returned ? cappedCount(returned.count) : undefined} to="/orders?state=draft" />
      </div>
      {today.data?.next ? <div className="ms-note">{t('lead.capped', { n: most })}</div> : null}
      <div className="ms-lead">
        <div className="ms-stack">
          <Section title={t('lead.agents')} flush>
            <QueryView query={today}>{() => (agents.length ? <ListTable columns={agentColumns} rows={agents} rowKey={(one) => one.name} caption={t('lead.agents')} current={chosen} onOpen={(one) => choose(one.name === chosen ? null : one.name)} /> : <Empty kind="done" text={t('lead.noneToday')} />)}</QueryView>
          </Section>
          <div id="today">
            <Section title={chosen ? t('lead.of', { name: chosen }) : t('lead.orders')} flush
              extra={chosen ? <Segmented size="small" value={chosen} options={[{ value: chosen, label: chosen }, { value: '', label: t('lead.allOf') }]} onChange={(next) => choose(next || null)} /> : null}>
              <QueryView query={today}>{() => (shown.length ? <ListTable columns={orderColumns} rows={shown} rowKey={(row) => row.id} caption={t('lead.orders')} onOpen={(row) => void navigate(`/orders/${row.number}`)} /> : <Empty kind="done" text={t('lead.noneToday')} />)}</QueryView>
            </Section>
          </div>
        </div>
        <div className="ms-stack">
          <Section title={t('lead.reviewList')} flush extra={<Link to="/review/pending">{t('lead.review')}</Link>}>
            <QueryView query={unreviewed}>{(data) => (data.items.length ? <ListTable columns={reviewColumns} rows={data.items} rowKey={(row) => row.id} caption={t('lead.reviewList')} onOpen={(row) => void navigate(`/review/pending?row=${row.id}`)} /> : <Empty kind="done" text={t('lead.noReview')} />)}</QueryView>
          </Section>
          <Section title={t('lead.waitingList')} flush extra={<Link to="/desk/channels">{t('lead.desk')}</Link>}>
            <QueryView query={waiting}>
              {(data) => (data.items.length ? (
                <ul className="ms-desk-rows">
                  {data.items.map((one) => (
                    <li key={one.id}>
                      <Link className="ms-desk-row" to={`/desk/channels?row=${one.id}`}>
                        <span className="ms-desk-row-line"><Tag tone="primary">{one.channelName}</Tag><span>{waitedFor(one.submittedAt, at)}</span><span className="ms-grow" />{one.pickedBy ? <Tag icon="lock">{one.pickedBy}</Tag> : null}</span>
                        <span className="ms-desk-row-title">{one.title}</span>
                      </Link>
                    </li>
                  ))}
                </ul>
              ) : <Empty kind="done" text={t('lead.noWaiting')} />)}
            </QueryView>
          </Section>
        </div>
      </div>
    </Page>
  )
}
