// 包案统计: by unit, leader or month; every figure opens its orders; who has not reported stands beside.
import { Button, Segmented, Select } from 'antd'
import type { ReactElement } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { count } from '../../ui/numbers.ts'
import { Page, Section } from '../../ui/Page.tsx'
import { pathOf } from './lists.ts'
import { lastMonths } from './months.ts'
import { o } from './overview-words.zh-CN.ts'
import { w } from './words.zh-CN.ts'
import './supervision.css'

const ways = ['unit', 'leader', 'month'] as const
const cells = [['reportsCount', 'reports'], ['approvedCount', 'approved'], ['caseCount', 'cases'], ['whistleCount', 'whistles'], ['stillOpen', 'open']] as const

export default function LeaderStatisticsPage(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const [to = ''] = lastMonths(1)
  const period = { from: search.get('from') ?? to, to: search.get('to') ?? to }
  const by = ways.find((one) => one === search.get('by')) ?? 'unit'
  const stats = useQueryOf('leaderCaseStatistics', { ...period, by }, { keepPrevious: true })
  const set = (change: Record<string, string>) => setSearch({ ...Object.fromEntries(search), ...change })
  const options = lastMonths(24).map((value) => ({ value, label: value }))
  return (
    <Page title={o('statistics')} sub={`${period.from} – ${period.to}`} acts={<>
      <Select aria-label={o('month')} style={{ inlineSize: 120 }} value={period.from} options={options} onChange={(value) => set({ from: value })} /><span>{w('until')}</span><Select aria-label={`${o('month')} ${w('until')}`} style={{ inlineSize: 120 }} value={period.to} options={options} onChange={(value) => set({ to: value })} />
      <Button onClick={() => window.print()}>{w('print')}</Button>
    </>}>
      <QueryView query={stats}>
        {(data) => (
          <>
            <Section title={o('statistics')} extra={<Segmented size="small" value={by} options={ways.map((value) => ({ value, label: o(`by.${value}`) }))} onChange={(value) => set({ by: String(value) })} />}>
              {data.lines.length === 0 ? <Empty kind="done" text={o('noStatistics')} /> : (
                <table className="ms-board-table">
                  <thead><tr><th scope="col" />{cells.map(([name]) => <th key={name} scope="col" className="ms-num">{o(name)}</th>)}</tr></thead>
                  <tbody>{data.lines.map((line) => <tr key={line.key}><th scope="row">{line.name}</th>{cells.map(([name, key]) => <td key={name} className="ms-num">{line[key].count > 0 ? <Link to={pathOf(line[key].list)}>{count(line[key].count)}</Link> : <span className="ms-hint">0</span>}</td>)}</tr>)}</tbody>
                </table>
              )}
            </Section>
            <Section title={o('missing', { month: data.month })}>
              {data.missing.length === 0 ? <Empty kind="done" text={o('nobodyMissing')} /> : <ul className="ms-plain-list">{data.missing.map((one) => <li key={one.id}>{one.unitName} {one.name}</li>)}</ul>}
            </Section>
          </>
        )}
      </QueryView>
    </Page>
  )
}
