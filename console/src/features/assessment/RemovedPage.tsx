// 主动剔除工单: what the upper platform itself does not assess, as marked and unmarked by its details.
import type { ReactElement } from 'react'
import { useMemo } from 'react'
import { Link } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import type { OutputOf } from '../../api/call.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter } from '../../ui/ListPage.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import { count } from '../../ui/numbers.ts'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { lastMonths } from '../../ui/period.ts'
import { reads } from '../../ui/reads.ts'
import { unitLoader } from '../orders/pickers.ts'
import { u } from './upper.zh-CN.ts'
import './assessment.css'

type Row = OutputOf<'listRemovedOrders'>['items'][number]
const load = reads<Row>('/api/assessment/upper/removed')
const columns: Column<Row>[] = [
  { key: 'number', title: u('number'), width: 172, render: (row) => <bdi className="ms-code">{row.number}</bdi>, text: (row) => row.number },
  { key: 'title', title: u('titleOf'), width: 200, wide: true, render: (row) => row.title },
  { key: 'unit', title: u('unit'), width: 140, render: (row) => row.unitName },
  { key: 'reason', title: u('reason'), width: 180, render: (row) => row.reason ?? '–' },
  { key: 'since', title: u('since'), width: 170, render: (row) => <>{row.sinceMonth} <Time iso={row.sinceAt} /></>, text: (row) => row.sinceMonth },
  { key: 'ended', title: u('ended'), width: 170, render: (row) => (row.endedAt ? <>{row.endedMonth} <Time iso={row.endedAt} /></> : '–'), text: (row) => row.endedMonth ?? '' },
]

const opens = (unitId: string | null, standing: string): string => `?${new URLSearchParams({ standing, ...(unitId ? { unitId } : {}) }).toString()}`

export default function RemovedPage(): ReactElement {
  const statistics = useQueryOf('removedByUnit', {})
  const filters = useMemo((): Filter[] => [{ key: 'standing', label: u('state'), kind: 'select', options: [{ value: 'true', label: u('standingView') }, { value: 'false', label: u('endedView') }] }, { key: 'month', label: u('month'), kind: 'select', options: lastMonths(13) }, { key: 'unitId', label: u('unit'), kind: 'pick', loader: unitLoader() }, { key: 'number', label: u('number'), kind: 'text' }], [])
  return (
    <Page title={u('removed')} sub={u('removedHint')} help="assessmentUpper">
      <ListPage<Row> embedded noSearch page="assessmentRemoved" title={u('removed')} columns={columns} filters={filters} load={load} rowKey={(row) => row.id} open={(row) => `/orders/${row.number}`} empty={{ text: u('removedNone'), hint: u('removedNoneHint') }} />
      <QueryView query={statistics}>{(s) => s.standing + s.ended === 0 ? null : (
        <div className="ms-assess-halves">
          <Section flush title={u('byUnit')}><div className="ms-assess-table"><table className="ms-plain-table"><caption className="ms-hidden">{u('byUnit')}</caption><thead><tr><th scope="col">{u('unit')}</th><th scope="col" className="ms-num">{u('standingView')}</th><th scope="col" className="ms-num">{u('endedView')}</th></tr></thead><tbody>{s.units.slice(0, 60).map((one) => <tr key={one.unitId ?? ''}><th scope="row">{one.unitName}</th><td className="ms-num"><Link to={opens(one.unitId, 'true')}>{count(one.standing)}</Link></td><td className="ms-num"><Link to={opens(one.unitId, 'false')}>{count(one.ended)}</Link></td></tr>)}</tbody></table></div></Section>
          <Section flush title={u('byReason')}><table className="ms-plain-table"><caption className="ms-hidden">{u('byReason')}</caption><tbody>{s.reasons.map((one) => <tr key={one.reason}><td>{one.reason}</td><td className="ms-num">{u('cases', { n: count(one.standing) })}</td></tr>)}</tbody></table></Section>
        </div>
      )}</QueryView>
    </Page>
  )
}
