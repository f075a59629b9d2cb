// 关注事项: one's own followed orders, and those that leaders follow.
import type { ReactElement } from 'react'
import { useMemo } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListView } from '../../ui/ListPage.tsx'
import { Time } from '../../ui/Page.tsx'
import { StateTag } from '../../ui/Tags.tsx'
import { reads } from '../../ui/reads.ts'
import { t } from './texts.zh-CN.ts'
import { w } from './words.zh-CN.ts'

type Row = OutputOf<'listFocus'>['items'][number]
const load = reads<Row>('/api/supervision/focus')
const columns: Column<Row>[] = [
  { key: 'number', title: t('col.number'), width: 168, render: (row) => <bdi className="ms-code">{row.number}</bdi>, text: (row) => row.number },
  { key: 'title', title: t('col.title'), width: 260, wide: true, render: (row) => row.title },
  { key: 'state', title: t('col.orderState'), width: 120, render: (row) => <StateTag state={row.state} /> },
  { key: 'unit', title: t('col.unit'), width: 170, render: (row) => row.unitName },
  { key: 'user', title: w('follow'), width: 110, render: (row) => row.userName },
  { key: 'due', title: t('col.nextDue'), width: 112, render: (row) => <Time iso={row.nextDueAt} /> },
  { key: 'since', title: w('since'), width: 112, render: (row) => <Time iso={row.createdAt} /> },
]

export default function FocusPage(): ReactElement {
  const filters = useMemo((): Filter[] => [{ key: 'list', label: w('focus'), kind: 'select', options: [{ value: 'mine', label: w('myFocus') }, { value: 'leaders', label: w('leaders') }] }], [])
  const views = useMemo((): ListView[] => [{ id: 'mine', name: w('myFocus'), filter: { list: ['mine'] } }, { id: 'leaders', name: w('leaders'), filter: { list: ['leaders'] } }], [])
  return <ListPage<Row> page="supervisionFocus" noSearch title={w('focus')} columns={columns} filters={filters} views={views} load={load} rowKey={(row) => `${row.orderId}${row.userName}`} open={(row) => `/orders/${row.number}`} topic="orders.list" empty={{ text: w('noFocus') }} countOf={async (filter, signal) => (await load({ limit: 1, ...filter }, signal)).count} />
}
