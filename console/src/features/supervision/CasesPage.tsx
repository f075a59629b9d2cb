// 督查案件: cases by state, and setting one up from the source library.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useMemo } from 'react'
import { useNavigate } from 'react-router'
import { useSession } from '../../app/session.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListView } from '../../ui/ListPage.tsx'
import { Time } from '../../ui/Page.tsx'
import { ClockChip, Tag } from '../../ui/Tags.tsx'
import { unitLoader } from '../orders/pickers.ts'
import { reads } from '../../ui/reads.ts'
import type { CaseRow } from './lists.ts'
import { t } from './texts.zh-CN.ts'
import { w } from './words.zh-CN.ts'

const states = ['pending', 'returned', 'handling', 'reported', 'closed'] as const
const tones = { pending: 'near', returned: 'over', handling: 'primary', reported: 'near', closed: 'ok' } as const
const load = reads<CaseRow>('/api/supervision/cases')

export function CaseState({ row }: { row: Pick<CaseRow, 'state' | 'stateName' | 'overdue' | 'late' | 'materialOwed' | 'solved'> }): ReactElement {
  return <><Tag tone={row.overdue ? 'over' : tones[row.state]}>{row.stateName}</Tag>{row.materialOwed ? <> <Tag tone="over">{w('owedMaterial')}</Tag></> : null}{row.late ? <> <Tag tone="over">{w('late')}</Tag></> : null}</>
}

const columns: Column<CaseRow>[] = [
  { key: 'title', title: w('caseTitle'), width: 240, wide: true, render: (row) => row.title },
  { key: 'state', title: w('caseState'), width: 190, render: (row) => <CaseState row={row} /> },
  { key: 'unit', title: t('col.unit'), width: 170, render: (row) => row.unitName },
  { key: 'orders', title: w('orderCount'), width: 80, align: 'end', render: (row) => row.orders },
  { key: 'due', title: w('caseDue'), width: 140, render: (row) => (row.state === 'handling' ? <ClockChip plain clock={{ state: 'running', dueAt: row.dueAt }} /> : <Time iso={row.dueAt} />) },
  { key: 'by', title: t('task.source'), width: 110, render: (row) => row.createdByName },
  { key: 'created', title: t('col.opened'), width: 104, render: (row) => <Time iso={row.createdAt} /> },
]

export default function CasesPage(): ReactElement {
  const { can } = useSession()
  const navigate = useNavigate()
  const filters = useMemo((): Filter[] => [
    { key: 'state', label: w('caseState'), kind: 'multi', options: states.map((value) => ({ value, label: w(`c.${value}`) })) },
    { key: 'overdue', label: t('filter.overdue'), kind: 'boolean' },
    { key: 'unitId', label: t('filter.unit'), kind: 'pick', loader: unitLoader() }, { key: 'below', label: t('filter.below'), kind: 'boolean' },
  ], [])
  const views = useMemo((): ListView[] => [{ id: 'all', name: w('allInstructions'), filter: {} }, ...states.map((state) => ({ id: state, name: w(`c.${state}`), filter: { state: [state] } }))], [])
  return <ListPage<CaseRow> page="inspectionCases" noSearch title={w('cases')} columns={columns} filters={filters} views={views} load={load} rowKey={(row) => row.id} open={(row) => `/supervision/cases/${row.id}`} topic="supervision.board" empty={{ text: w('noCases') }}
    acts={can('supervision.inspect') ? <Button type="primary" onClick={() => void navigate('/supervision/sources')}>{w('newCase')}</Button> : null} countOf={async (filter, signal) => (await load({ limit: 1, ...filter }, signal)).count} />
}
