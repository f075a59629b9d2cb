// 包案工单: the orders behind the figures of leaders' cases.
import type { ReactElement } from 'react'
import { useMemo } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter } from '../../ui/ListPage.tsx'
import { StateTag } from '../../ui/Tags.tsx'
import { unitLoader } from '../orders/pickers.ts'
import { reads } from '../../ui/reads.ts'
import { lastMonths } from './months.ts'
import { o } from './overview-words.zh-CN.ts'
import { t } from './texts.zh-CN.ts'

type Row = OutputOf<'listLeaderCases'>['items'][number]
const columns: Column<Row>[] = [
  { key: 'number', title: t('col.number'), width: 168, render: (row) => <bdi className="ms-code">{row.number}</bdi>, text: (row) => row.number },
  { key: 'title', title: t('col.title'), width: 240, wide: true, render: (row) => row.title },
  { key: 'state', title: t('col.orderState'), width: 120, render: (row) => <StateTag state={row.state} /> },
  { key: 'kind', title: o('kind'), width: 80, render: (row) => row.kindName },
  { key: 'month', title: o('month'), width: 90, render: (row) => row.month },
  { key: 'unit', title: t('col.unit'), width: 170, render: (row) => row.unitName },
  { key: 'leader', title: o('leader'), width: 110, render: (row) => row.leaderName },
  { key: 'note', title: o('note'), width: 200, render: (row) => row.note },
]
const load = reads<Row>('/api/supervision/leader-cases')

export default function LeaderCasesPage(): ReactElement {
  const filters = useMemo((): Filter[] => [
    { key: 'kind', label: o('kind'), kind: 'select', options: [{ value: 'case', label: o('caseCount') }, { value: 'whistle', label: o('whistleCount') }] },
    { key: 'open', label: o('stillOpen'), kind: 'boolean' },
    { key: 'from', label: `${o('month')} ≥`, kind: 'select', options: lastMonths(24).map((value) => ({ value, label: value })) },
    { key: 'to', label: `${o('month')} ≤`, kind: 'select', options: lastMonths(24).map((value) => ({ value, label: value })) },
    { key: 'unitId', label: t('filter.unit'), kind: 'pick', loader: unitLoader() }, { key: 'below', label: t('filter.below'), kind: 'boolean' },
  ], [])
  return <ListPage<Row> page="leaderCases" noSearch title={o('cases')} columns={columns} filters={filters} load={load} rowKey={(row) => row.id} open={(row) => `/orders/${row.number}`} empty={{ text: o('noCases') }} />
}
