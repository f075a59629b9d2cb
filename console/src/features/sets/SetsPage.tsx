// Event sets, newest first (ORD-62).
import type { ReactElement } from 'react'
import { call } from '../../api/call.ts'
import type { InputOf, OutputOf } from '../../api/call.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListView } from '../../ui/list-types.ts'
import { Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { setTone } from './set-tones.ts'
import { t } from './texts.zh-CN.ts'

type Row = OutputOf<'listEventSets'>['items'][number]

const columns: Column<Row>[] = [
  { key: 'number', title: t('c.number'), width: 132, render: (row) => <bdi className="ms-code">{row.number}</bdi> },
  { key: 'title', title: t('c.title'), width: 300, wide: true, text: (row) => row.title, render: (row) => row.title },
  { key: 'state', title: t('c.state'), width: 96, render: (row) => <Tag tone={setTone(row.state)}>{row.stateName}</Tag> },
  { key: 'members', title: t('c.members'), width: 72, align: 'end', render: (row) => row.members },
  { key: 'proposed', title: t('c.proposed'), width: 80, align: 'end', render: (row) => row.proposed || '–' },
  { key: 'answered', title: t('c.answered'), width: 80, align: 'end', render: (row) => row.answered || '–' },
  { key: 'leadUnitName', title: t('c.unit'), width: 140, render: (row) => row.leadUnitName ?? '–' },
  { key: 'matterName', title: t('c.matter'), width: 140, render: (row) => row.matterName ?? '–' },
  { key: 'createdByName', title: t('c.by'), width: 88, render: (row) => row.createdByName },
  { key: 'createdAt', title: t('c.at'), width: 128, render: (row) => <Time iso={row.createdAt} /> },
]
const states = ['proposed', 'open', 'dispatched', 'answered', 'dissolved'] as const
const filters: Filter[] = [{ key: 'state', label: t('f.state'), kind: 'multi', options: states.map((value) => ({ value, label: t(`f.${value}`) })) }]
const views: ListView[] = [
  { id: 'live', name: t('f.open'), filter: { state: ['proposed', 'open', 'dispatched'] } },
  ...states.map((state) => ({ id: state, name: t(`f.${state}`), filter: { state: [state] } })),
]

export default function SetsPage(): ReactElement {
  return (
    <ListPage<Row> page="order-sets" title={t('sets')} columns={columns} filters={filters} views={[{ id: 'all', name: t('sets'), filter: {} }, ...views.slice(1)]} noSearch rowKey={(row) => row.id} open={(row) => `/orders/sets/${row.id}`} topic="orders.list"
      load={(query, signal) => call('listEventSets', query as InputOf<'listEventSets'>, { signal })} empty={{ text: t('none'), hint: t('noneHint') }} />
  )
}
