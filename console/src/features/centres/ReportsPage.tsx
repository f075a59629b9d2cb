// 办理报告: all reports that the reader may see.
import type { ReactElement } from 'react'
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import { useSession } from '../../app/session.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListQuery } from '../../ui/ListPage.tsx'
import { Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { reportStates } from './report-states.ts'
import { ReportCard } from './ReportsTab.tsx'
import { t } from './texts.zh-CN.ts'

type Row = OutputOf<'listHandlingReports'>['items'][number]
const columns: Column<Row>[] = [
  { key: 'title', title: t('d.title'), width: 260, wide: true, render: (row) => row.title },
  { key: 'number', title: t('d.order'), width: 170, render: (row) => <bdi className="ms-code">{row.number}</bdi> },
  { key: 'unit', title: t('d.unit'), width: 150, render: (row) => row.unitName },
  { key: 'version', title: t('d.version'), width: 72, render: (row) => t('d.nth', { n: row.version }) },
  { key: 'state', title: t('d.state'), width: 110, render: (row) => <Tag tone={reportStates[row.state][1]}>{reportStates[row.state][0]}</Tag> },
  { key: 'by', title: t('d.by'), width: 88, render: (row) => row.writtenByName },
  { key: 'at', title: t('d.at'), width: 120, render: (row) => <Time iso={row.writtenAt} /> },
]
const filters: Filter[] = [
  { key: 'state', label: t('d.state'), kind: 'select', options: (['pending', 'approved', 'returned'] as const).map((value) => ({ value, label: reportStates[value][0] })) },
  { key: 'number', label: t('d.order'), kind: 'text' },
]

export default function ReportsPage(): ReactElement {
  const { can } = useSession()
  return (
    <ListPage<Row> page="orders.reports" title={t('reports')} columns={columns} filters={filters} views={[]} rowKey={(row) => row.id} open={(row) => `/orders/${row.number}?tab=reports`} preview={(row) => <ReportCard key={row.id} id={row.id} first />} searchHint={t('d.search')} searchKey="text" topic="orders.list" exportable={can('orders.export')}
      load={({ q, ...query }: ListQuery, signal) => call('listHandlingReports', { ...query, text: q } as never, { signal })} empty={{ text: t('d.none'), hint: t('d.noneHint') }} /> // the engine's query is the API's
  )
}
