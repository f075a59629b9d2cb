// 办结申报: industry department, basis and out-of-area cases as declared.
import type { ReactElement } from 'react'
import { useMemo } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListView } from '../../ui/ListPage.tsx'
import { Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { unitLoader } from '../orders/pickers.ts'
import { numberColumn, titleColumn } from './lists.tsx'
import { reads } from '../../ui/reads.ts'
import { t } from './texts.zh-CN.ts'

type Row = OutputOf<'listDeclarations'>['items'][number]
const load = reads<Row>('/api/order-declarations')
const columns: Column<Row>[] = [
  numberColumn(), titleColumn(),
  { key: 'industry', title: t('col.industry'), width: 150, render: (row) => row.industryUnitName ?? '–' },
  { key: 'basis', title: t('col.basis'), width: 180, render: (row) => row.basis ?? '–' },
  { key: 'outside', title: t('col.outside'), width: 180, render: (row) => (row.outsideArea ? <><Tag tone="near">{t('col.outside')}</Tag> {row.outsideDetail}</> : '–') },
  { key: 'unit', title: t('col.unit'), width: 140, render: (row) => row.unitName ?? '–' },
  { key: 'by', title: t('col.by'), width: 80, render: (row) => row.correctedByName ?? row.declaredByName },
  { key: 'at', title: t('col.at'), width: 112, render: (row) => <Time iso={row.correctedAt ?? row.declaredAt} /> },
]

export default function DeclarationsPage(): ReactElement {
  const filters = useMemo((): Filter[] => [{ key: 'industryUnitId', label: t('col.industry'), kind: 'pick', loader: unitLoader() }, { key: 'at', label: t('col.at'), kind: 'dates', keys: ['from', 'to'], instants: true }], [])
  const views = useMemo((): ListView[] => [{ id: 'all', name: t('view.all'), filter: {} }, { id: 'outside', name: t('view.outside'), filter: { outsideArea: ['true'] } }], [])
  return <ListPage<Row> page="handlingDeclarations" noSearch title={t('declarations')} columns={columns} filters={filters} views={views} load={load} rowKey={(row) => row.orderId} open={(row) => `/orders/${row.number}`} countOf={async (filter, signal) => (await load({ limit: 1, ...filter }, signal)).count} empty={{ text: t('none') }} />
}
