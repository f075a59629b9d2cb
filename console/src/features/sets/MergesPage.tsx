// Merges, newest first (ORD-63).
import type { ReactElement } from 'react'
import { call } from '../../api/call.ts'
import type { InputOf, OutputOf } from '../../api/call.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter } from '../../ui/list-types.ts'
import { Time } from '../../ui/Page.tsx'
import { StateTag, Tag } from '../../ui/Tags.tsx'
import { setTone } from './set-tones.ts'
import { t } from './texts.zh-CN.ts'

type Row = OutputOf<'listMerges'>['items'][number]

const columns: Column<Row>[] = [
  { key: 'number', title: t('c.number'), width: 132, render: (row) => <bdi className="ms-code">{row.number}</bdi> },
  { key: 'title', title: t('c.title'), width: 300, wide: true, text: (row) => row.title, render: (row) => row.title },
  { key: 'state', title: t('c.state'), width: 96, render: (row) => <Tag tone={setTone(row.state)}>{row.stateName}</Tag> },
  { key: 'lead', title: t('c.lead'), width: 148, render: (row) => <bdi className="ms-code">{row.leadNumber}</bdi> },
  { key: 'leadState', title: t('m.state'), width: 116, render: (row) => <StateTag state={row.leadState} /> },
  { key: 'members', title: t('c.members'), width: 72, align: 'end', render: (row) => row.members + 1 },
  { key: 'createdByName', title: t('c.by'), width: 88, render: (row) => row.createdByName },
  { key: 'createdAt', title: t('c.at'), width: 128, render: (row) => <Time iso={row.createdAt} /> },
]
const filters: Filter[] = [{ key: 'state', label: t('f.state'), kind: 'multi', options: (['draft', 'sent', 'undone'] as const).map((value) => ({ value, label: t(`f.${value}`) })) }]

export default function MergesPage(): ReactElement {
  return (
    <ListPage<Row> page="order-merges" title={t('merges')} columns={columns} filters={filters} noSearch rowKey={(row) => row.id} open={(row) => `/orders/merges/${row.id}`} topic="orders.list"
      load={(query, signal) => call('listMerges', query as InputOf<'listMerges'>, { signal })} empty={{ text: t('mergeNone'), hint: t('mergeNoneHint') }} />
  )
}
