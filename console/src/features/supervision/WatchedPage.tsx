// Open orders under special watch: returned often, urged, urged again, supervised.
import type { ReactElement } from 'react'
import { useMemo } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { request } from '../../api/http.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListQuery, ListResult } from '../../ui/ListPage.tsx'
import { Time } from '../../ui/Page.tsx'
import { StateTag, UrgencyTag } from '../../ui/Tags.tsx'
import { unitLoader } from '../orders/pickers.ts'
import { t } from './texts.zh-CN.ts'
import { useSupervise } from './use-supervise.tsx'

type Row = OutputOf<'listWatchedOrders'>['items'][number]
const figures = ['supervised', 'repeatUrged', 'urged', 'returned'] as const
const columns: Column<Row>[] = [
  { key: 'number', title: t('col.number'), width: 168, render: (row) => <bdi className="ms-code">{row.number}</bdi>, text: (row) => row.number },
  { key: 'title', title: t('col.title'), width: 260, wide: true, render: (row) => <><UrgencyTag urgency={row.urgency} /> {row.title}</>, text: (row) => row.title },
  { key: 'state', title: t('col.orderState'), width: 120, render: (row) => <StateTag state={row.state} /> },
  { key: 'unit', title: t('col.unit'), width: 150, render: (row) => row.unitName },
  { key: 'returns', title: t('col.returns'), width: 80, align: 'end', render: (row) => row.returnCount },
  { key: 'urges', title: t('col.urges'), width: 80, align: 'end', render: (row) => row.urgeCount },
  { key: 'nextDue', title: t('col.nextDue'), width: 112, render: (row) => <Time iso={row.nextDueAt} /> },
  { key: 'registered', title: t('col.registered'), width: 112, render: (row) => <Time iso={row.registeredAt} />, hidden: true },
]
const load = (query: ListQuery, signal?: AbortSignal) => request<ListResult<Row>>('GET', '/api/supervision/orders', { figure: 'supervised', ...query }, { signal })

export default function WatchedPage(): ReactElement {
  const filters = useMemo((): Filter[] => [
    { key: 'figure', label: t('filter.figure'), kind: 'select', options: figures.map((value) => ({ value, label: t(`figure.${value}`) })) },
    { key: 'unitId', label: t('filter.unit'), kind: 'pick', loader: unitLoader() }, { key: 'below', label: t('filter.below'), kind: 'boolean' },
  ], [])
  const views = useMemo(() => figures.map((figure) => ({ id: figure, name: t(`figure.${figure}`), filter: { figure: [figure] } })), [])
  const supervise = useSupervise<Row>((row) => ({ id: row.id, number: row.number, title: row.title }))
  return <>{supervise.drawer}<ListPage<Row> bulkActs={supervise.bulkActs} page="supervisionOrders" noSearch title={t('watched')} columns={columns} filters={filters} views={views} load={load} rowKey={(row) => row.id} open={(row) => `/orders/${row.number}`} topic="supervision.board"
    countOf={async (filter, signal) => (await load({ limit: 1, ...filter }, signal)).count} empty={{ text: t('none.orders') }} /></>
}
