// 领导包案: monthly reports; a leader fills in his own, the centre approves or returns.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { useNavigate } from 'react-router'
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import { useSession } from '../../app/session.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListView } from '../../ui/ListPage.tsx'
import { Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { words } from '../orders/acts/form-values.ts'
import { unitLoader } from '../orders/pickers.ts'
import { choice, form } from './fields.ts'
import { reads } from '../../ui/reads.ts'
import { lastMonths } from './months.ts'
import { o } from './overview-words.zh-CN.ts'
import { t } from './texts.zh-CN.ts'

type Row = OutputOf<'listLeaderReports'>['items'][number]
export const reportTones = { draft: 'calm', submitted: 'near', approved: 'ok', rejected: 'over' } as const
const states = ['draft', 'submitted', 'approved', 'rejected'] as const
const columns: Column<Row>[] = [
  { key: 'month', title: o('month'), width: 90, render: (row) => row.month },
  { key: 'unit', title: t('col.unit'), width: 200, wide: true, render: (row) => row.unitName },
  { key: 'leader', title: o('leader'), width: 120, render: (row) => row.leaderName },
  { key: 'state', title: o('state'), width: 100, render: (row) => <Tag tone={reportTones[row.state]}>{row.stateName}</Tag> },
  { key: 'cases', title: o('caseCount'), width: 80, align: 'end', render: (row) => row.cases },
  { key: 'whistles', title: o('whistleCount'), width: 80, align: 'end', render: (row) => row.whistles },
  { key: 'submitted', title: o('submitted'), width: 120, render: (row) => <Time iso={row.submittedAt} /> },
  { key: 'decided', title: o('decided'), width: 200, render: (row) => <>{row.decidedByName} <Time iso={row.decidedAt} /></> },
]
const load = reads<Row>('/api/supervision/leader-reports')

export default function LeaderReportsPage(): ReactElement {
  const { can } = useSession()
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  const reporter = can('supervision.reportCases')
  const filters = useMemo((): Filter[] => [
    { key: 'state', label: o('state'), kind: 'multi', options: states.map((value) => ({ value, label: o(`s.${value}`) })) },
    { key: 'month', label: o('month'), kind: 'select', options: lastMonths(12).map((value) => ({ value, label: value })) },
    { key: 'unitId', label: t('filter.unit'), kind: 'pick', loader: unitLoader() }, { key: 'below', label: t('filter.below'), kind: 'boolean' },
  ], [])
  const views = useMemo((): ListView[] => [
    ...(reporter ? [{ id: 'mine', name: o('mine'), filter: { mine: ['true'] } }] : []),
    { id: 'all', name: o('all'), filter: {} },
    { id: 'submitted', name: o('s.submitted'), filter: { state: ['submitted'] } },
  ], [reporter])
  return (
    <>
      <ListPage<Row> page="leaderReports" noSearch title={o('reports')} columns={columns} filters={filters} views={views} load={load} rowKey={(row) => row.id} open={(row) => `/supervision/leader-reports/${row.id}`} empty={{ text: o('noReports') }}
        countOf={async (filter, signal) => (await load({ limit: 1, ...filter }, signal)).count}
        acts={<><Button onClick={() => void navigate('/supervision/leader-statistics')}>{o('statistics')}</Button>{reporter ? <Button type="primary" onClick={() => setAsking(true)}>{o('newReport')}</Button> : null}</>} />
      {asking ? (
        <ActDrawer open onClose={() => setAsking(false)} title={o('newReport')} submitLabel={o('fill')} initial={{ month: lastMonths(1)[0] }} schema={form({ month: choice(o('month'), lastMonths(3).map((value) => ({ value, label: value })), { 'x-buttons': true }) }, ['month'])}
          submit={async (v) => {
            const made = await call('openLeaderReport', { month: words(v, 'month') })
            void navigate(`/supervision/leader-reports/${made.id}`)
          }} />
      ) : null}
    </>
  )
}
