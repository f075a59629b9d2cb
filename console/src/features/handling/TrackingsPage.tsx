// 任务跟踪: what lasts, who reports when, and what is late.
import type { ReactElement } from 'react'
import { useMemo } from 'react'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListView } from '../../ui/ListPage.tsx'
import { Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { unitLoader } from '../orders/pickers.ts'
import { numberColumn, titleColumn } from './lists.tsx'
import { reads } from '../../ui/reads.ts'
import type { TrackingRow } from './row-forms.tsx'
import { t } from './texts.zh-CN.ts'

const load = reads<TrackingRow>('/api/order-trackings')
const columns: Column<TrackingRow>[] = [
  numberColumn(), titleColumn(),
  { key: 'unit', title: t('col.unit'), width: 140, render: (row) => row.unitName },
  { key: 'next', title: t('col.next'), width: 152, render: (row) => (row.state === 'ended' ? <Time iso={row.endedAt} /> : <><Time iso={row.nextReportAt} /> {row.overdue ? <Tag tone="over">{t('overdue')}</Tag> : null}</>) },
  { key: 'until', title: t('col.until'), width: 152, render: (row) => <Time iso={row.untilAt} /> },
  { key: 'reports', title: t('col.reports'), width: 112, render: (row) => `${t('reports', { n: row.reports })} ${t('interval', { n: row.intervalDays })}` },
  { key: 'missed', title: t('col.missed'), width: 72, render: (row) => (row.missed > 0 ? <Tag tone="over">{row.missed}</Tag> : 0) },
  { key: 'plan', title: t('col.plan'), width: 200, render: (row) => row.plan, hidden: true },
]

export default function TrackingsPage(): ReactElement {
  const filters = useMemo((): Filter[] => [{ key: 'unitId', label: t('col.unit'), kind: 'pick', loader: unitLoader() }, { key: 'overdue', label: t('view.late'), kind: 'boolean' }], [])
  const views = useMemo((): ListView[] => [{ id: 'active', name: t('view.tracked'), filter: { state: ['active'] } }, { id: 'late', name: t('view.late'), filter: { state: ['active'], overdue: ['true'] } }, { id: 'ended', name: t('view.ended'), filter: { state: ['ended'] } }], [])
  return <ListPage<TrackingRow> page="handlingTrackings" noSearch title={t('trackings')} columns={columns} filters={filters} views={views} load={load} rowKey={(row) => row.id} open={(row) => `/orders/${row.number}`} topic="orders.list" countOf={async (filter, signal) => (await load({ limit: 1, ...filter }, signal)).count} empty={{ text: t('none') }} />
}
