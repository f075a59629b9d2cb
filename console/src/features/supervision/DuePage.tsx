// What falls due on each of the next days, and who has been reminded.
import type { ReactElement } from 'react'
import { useMemo } from 'react'
import { Link } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { QueryView } from '../../ui/Empty.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter } from '../../ui/ListPage.tsx'
import { count } from '../../ui/numbers.ts'
import { Page, Section } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { whenFull } from '../../ui/time.ts'
import { unitLoader } from '../orders/pickers.ts'
import { clockColumns } from './clock-columns.tsx'
import { pathOf } from './lists.ts'
import { reads } from '../../ui/reads.ts'
import { t } from './texts.zh-CN.ts'
import './supervision.css'

type Row = OutputOf<'dueLists'>['items'][number]
const days = [1, 2, 3, 5, 7] as const
const columns: Column<Row>[] = [
  ...clockColumns.filter((column) => column.key !== 'rule'),
  { key: 'reminders', title: t('col.reminders'), width: 190, render: (row) => row.reminders.filter((one) => one.sent).map((one) => <Tag key={one.days} tone="ok" title={whenFull(one.at)}>{t('due.reminded', { n: one.days })}</Tag>) },
]
const load = reads<Row>('/api/supervision/due')

export default function DuePage(): ReactElement {
  const counts = useQueryOf('dueLists', { days: 7, limit: 1 })
  useTopic('supervision.board', ['dueLists'])
  const filters = useMemo((): Filter[] => [
    { key: 'day', label: t('filter.day'), kind: 'select', options: [1, 2, 3, 4, 5, 6, 7].map((value) => ({ value: String(value), label: t('days.left', { n: value }) })) },
    { key: 'days', label: t('due.days'), kind: 'select', options: days.map((value) => ({ value: String(value), label: t('due.daysN', { n: value }) })) },
    { key: 'clock', label: t('col.clock'), kind: 'select', options: (['handling', 'upper', 'ownEarlier'] as const).map((value) => ({ value, label: t(`kind.${value}`) })) },
    { key: 'unitId', label: t('filter.unit'), kind: 'pick', loader: unitLoader() }, { key: 'below', label: t('filter.below'), kind: 'boolean' },
  ], [])
  return (
    <Page fill title={t('due')}>
      <Section title={t('due.matrix')}>
        <QueryView query={counts} lines={3}>{(data) => <Matrix counts={data.counts} />}</QueryView>
      </Section>
      <div className="ms-board-list"><ListPage<Row> embedded page="supervisionDue" noSearch title={t('due')} columns={columns} filters={filters} load={(query, signal) => load({ ...query, ...('days' in query || 'day' in query ? {} : { days: '7' }) }, signal)} rowKey={(row) => row.id} open={(row) => `/orders/${row.number}`} topic="supervision.board" empty={{ text: t('none.due') }} /></div>
    </Page>
  )
}

/** Clocks by row, days by column; each number opens exactly its rows below. */
function Matrix({ counts }: { counts: OutputOf<'dueLists'>['counts'] }): ReactElement {
  const clocks = [...new Map(counts.map((one) => [one.clock, one.clockName]))]
  const columnDays = [...new Map(counts.map((one) => [one.day, one.name]))].sort((a, b) => a[0] - b[0])
  return (
    <table className="ms-board-table">
      <caption className="ms-hidden">{t('due.matrix')}</caption>
      <thead><tr><th scope="col">{t('col.clock')}</th>{columnDays.map(([day, name]) => <th key={day} scope="col" className="ms-num">{name}</th>)}</tr></thead>
      <tbody>
        {clocks.map(([clock, name]) => (
          <tr key={clock}>
            <th scope="row">{name}</th>
            {columnDays.map(([day]) => {
              const cell = counts.find((one) => one.clock === clock && one.day === day)
              return <td key={day} className="ms-num">{cell && cell.count > 0 ? <Link to={pathOf(cell.list)} data-tone={day === 1 ? 'near' : undefined}>{count(cell.count)}</Link> : <span className="ms-hint">0</span>}</td>
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
