// 上级来单: the sign-in queue, the ratio of direct orders that went back, and what was signed how (ORD-24, ORD-32).
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListQuery } from '../../ui/ListPage.tsx'
import { say } from '../../ui/notices.ts'
import { Time } from '../../ui/Page.tsx'
import { ClockChip, StateTag, Tag, UrgencyTag } from '../../ui/Tags.tsx'
import { RatioSide } from '../orders/acts/life-acts.tsx'
import { useRefreshOrders } from '../orders/order-data.ts'
import { t } from './texts.zh-CN.ts'

type Row = OutputOf<'listUpperOrders'>['items'][number]

const columns: Column<Row>[] = [
  { key: 'upperNumber', title: t('c.upperNumber'), width: 150, render: (row) => <bdi className="ms-code">{row.upperNumber}</bdi> },
  { key: 'platform', title: t('c.platform'), width: 110, render: (row) => row.platform },
  { key: 'kind', title: t('c.kind'), width: 72, render: (row) => <Tag tone={row.dispatchKind === 'direct' ? 'primary' : 'plain'}>{row.dispatchKind === 'direct' ? t('kind.direct') : t('kind.transferred')}</Tag> },
  { key: 'title', title: t('c.title'), width: 260, wide: true, render: (row) => <><UrgencyTag urgency={row.urgency} /> {row.title}</> },
  { key: 'number', title: t('c.number'), width: 160, render: (row) => <bdi className="ms-code">{row.number}</bdi> },
  { key: 'state', title: t('c.state'), width: 100, render: (row) => <StateTag state={row.state} /> },
  { key: 'dispatchedAt', title: t('c.dispatchedAt'), width: 112, render: (row) => <Time iso={row.upperDispatchedAt} /> },
  { key: 'signDue', title: t('c.signDue'), width: 170, render: (row) => (row.signedAt ? <>{row.signedByName} <Time iso={row.signedAt} /></> : row.signDueAt ? <ClockChip plain clock={{ state: 'running', dueAt: row.signDueAt }} /> : '–') },
  { key: 'upperDue', title: t('c.upperDue'), width: 112, render: (row) => <Time iso={row.upperDueAt} /> },
  { key: 'rule', title: t('c.rule'), width: 130, render: (row) => row.rule ?? '–' },
]
const choice = (value: string, label: string) => ({ value, label })
const filters: Filter[] = [
  { key: 'box', label: t('f.box'), kind: 'select', options: [choice('waiting', t('box.waiting')), choice('signed', t('box.signed'))] },
  { key: 'way', label: t('f.way'), kind: 'select', options: [choice('person', t('way.person')), choice('rule', t('way.rule')), choice('model', t('way.model')), choice('limit', t('way.limit'))] },
  { key: 'dispatchKind', label: t('f.kind'), kind: 'select', options: [choice('direct', t('kind.direct')), choice('transferred', t('kind.transferred'))] },
]
const views = [{ id: 'waiting', name: t('box.waiting'), filter: { box: ['waiting'] } }, { id: 'signed', name: t('box.signed'), filter: { box: ['signed'] } }]

export default function UpperPage(): ReactElement {
  const { can } = useSession()
  const refresh = useRefreshOrders()
  const summary = useQueryOf('listUpperOrders', { limit: 1 })
  const sign = async (row: Row) => {
    try {
      await call('signUpperOrder', { id: row.id, version: row.version })
      say(t('signed', { number: row.upperNumber }))
    } catch (error) {
      say(t('failed', { number: row.upperNumber, why: asProblem(error).message }), 'over')
    }
    await refresh()
    await summary.refetch()
  }
  return (
    <ListPage<Row> page="orders.upper" title={t('upper')} columns={columns} filters={filters} views={views} noSearch rowKey={(row) => row.id} open={(row) => `/orders/${row.number}`} topic="orders.list"
      load={(query: ListQuery, signal) => call('listUpperOrders', query as never, { signal })} // the engine's query is the API's
      rowActs={(row) => (row.signedAt ? [] : [{ id: 'sign', label: t('sign'), run: () => void sign(row) }])} preview={() => <RatioSide />}
      acts={<>{summary.data ? <span className="ms-hint">{t('signedHow', summary.data.signed)}</span> : null}{can('orders.receiveUpper') ? <Link to="/review/upper/new"><Button>{t('register')}</Button></Link> : null}</>}
      empty={{ text: t('noUpper'), hint: t('noUpperHint') }} />
  )
}
