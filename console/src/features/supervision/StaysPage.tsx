// Tasks that one unit has held longer than the limit.
import type { ReactElement } from 'react'
import { useMemo } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter } from '../../ui/ListPage.tsx'
import { Time } from '../../ui/Page.tsx'
import { AssignmentStateTag } from '../../ui/Tags.tsx'
import { unitLoader } from '../orders/pickers.ts'
import { reads } from '../../ui/reads.ts'
import { t } from './texts.zh-CN.ts'
import { useSupervise } from './use-supervise.tsx'

type Row = OutputOf<'listStays'>['items'][number]
const columns: Column<Row>[] = [
  { key: 'number', title: t('col.number'), width: 168, render: (row) => <bdi className="ms-code">{row.number}</bdi>, text: (row) => row.number },
  { key: 'hours', title: t('col.hours'), width: 110, align: 'end', render: (row) => t('hours', { n: row.hours }) },
  { key: 'title', title: t('col.title'), width: 240, wide: true, render: (row) => row.title },
  { key: 'unit', title: t('col.unit'), width: 200, render: (row) => row.unitName },
  { key: 'state', title: t('col.state'), width: 100, render: (row) => <AssignmentStateTag state={row.state} /> },
  { key: 'orderState', title: t('col.orderState'), width: 120, render: (row) => row.orderStateName },
  { key: 'since', title: t('col.since'), width: 112, render: (row) => <Time iso={row.since} /> },
  { key: 'due', title: t('col.due'), width: 112, render: (row) => <Time iso={row.dueAt} /> },
]
const load = reads<Row>('/api/supervision/stays')

export default function StaysPage(): ReactElement {
  const filters = useMemo((): Filter[] => [
    { key: 'unitId', label: t('filter.unit'), kind: 'pick', loader: unitLoader() }, { key: 'below', label: t('filter.below'), kind: 'boolean' },
    { key: 'ownUnitId', label: t('filter.ownUnit'), kind: 'pick', loader: unitLoader() },
  ], [])
  const supervise = useSupervise<Row>((row) => ({ id: row.orderId, number: row.number, title: row.title }))
  return <>{supervise.drawer}<ListPage<Row> bulkActs={supervise.bulkActs} page="supervisionStays" noSearch title={t('stays')} columns={columns} filters={filters} load={load} rowKey={(row) => row.id} open={(row) => `/orders/${row.number}`} topic="supervision.board" empty={{ text: t('none.stays') }} /></>
}
