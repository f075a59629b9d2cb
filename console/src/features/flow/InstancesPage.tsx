// All processes that run or ran, with search.
import type { ReactElement } from 'react'
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter } from '../../ui/list-types.ts'
import { Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { orderLoaders } from '../orders/pickers.ts'
import { t } from './texts.zh-CN.ts'
import { instanceTones } from './tones.ts'

type Row = OutputOf<'listFlowInstances'>['items'][number]
const states = ['running', 'approved', 'returned', 'ended'] as const

const columns: Column<Row>[] = [
  { key: 'title', title: t('title_'), width: 260, wide: true, render: (row) => row.title },
  { key: 'flow', title: t('title'), width: 200, render: (row) => `${row.flowName} v${row.version}` },
  { key: 'state', title: t('state'), width: 130, render: (row) => <><Tag tone={instanceTones[row.state]}>{t(`state_${row.state}`)}</Tag>{row.suspended ? <> <Tag tone="calm">{t('suspended')}</Tag></> : null}</> },
  { key: 'current', title: t('current'), width: 220, render: (row) => row.currentName ?? '–' },
  { key: 'applicant', title: t('applicant'), width: 160, render: (row) => `${row.applicantName}${row.unitName ? ` · ${row.unitName}` : ''}` },
  { key: 'started', title: t('started'), width: 120, render: (row) => <Time iso={row.startedAt} /> },
  { key: 'due', title: t('dueAt'), width: 120, render: (row) => (row.dueAt ? <Time iso={row.dueAt} /> : '–') },
  { key: 'finished', title: t('finished'), width: 120, render: (row) => (row.finishedAt ? <Time iso={row.finishedAt} /> : '–') },
]

export default function InstancesPage(): ReactElement {
  const flows = useQueryOf('listFlows', {}, { staleTime: 60_000 })
  const filters: Filter[] = [
    { key: 'flow', label: t('title'), kind: 'select', options: [...new Map((flows.data?.items ?? []).map((one) => [one.key, { value: one.key, label: one.name }])).values()] },
    { key: 'state', label: t('state'), kind: 'select', options: states.map((value) => ({ value, label: t(`state_${value}`) })) },
    { key: 'overdue', label: t('overdue'), kind: 'boolean' },
    { key: 'suspended', label: t('suspended'), kind: 'boolean' },
    { key: 'applicant', label: t('applicant'), kind: 'text' },
    ...(orderLoaders.unit ? [{ key: 'unitId', label: t('applicantUnit'), kind: 'pick' as const, loader: orderLoaders.unit }] : []),
    { key: 'started', label: t('started'), kind: 'dates', keys: ['from', 'to'], instants: true },
  ]
  return <ListPage<Row> page="flow.instances" title={t('monitor')} columns={columns} filters={filters} load={(query, signal) => call('listFlowInstances', query, { signal })} rowKey={(row) => row.id} open={(row) => `/flow/instances/${row.id}`} searchHint={t('searchTitle')} exportable={false} empty={{ text: t('noInstances') }} />
}
