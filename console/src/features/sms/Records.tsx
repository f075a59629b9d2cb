// What was sent by hand: to whom, by whom, with what result.
import type { ReactElement } from 'react'
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter } from '../../ui/ListPage.tsx'
import { Facts, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { t } from './texts.zh-CN.ts'

type Row = OutputOf<'listSmsSends'>['items'][number]
const tones = { queued: 'near', sent: 'ok', failed: 'over' } as const
const stateName = (state: Row['state']): string => (state === 'sent' ? t('sentState') : t(state))

const columns: Column<Row>[] = [
  { key: 'at', title: t('at'), width: 130, render: (row) => <Time iso={row.at} /> },
  { key: 'by', title: t('by'), width: 90, render: (row) => row.by },
  { key: 'toName', title: t('toName'), width: 110, render: (row) => row.toName },
  { key: 'phone', title: t('phone'), width: 120, render: (row) => row.phone },
  { key: 'templateName', title: t('template'), width: 130, render: (row) => row.templateName },
  { key: 'text', title: t('text'), width: 320, wide: true, render: (row) => row.text },
  { key: 'state', title: t('state'), width: 90, render: (row) => <Tag tone={tones[row.state]}>{stateName(row.state)}</Tag> },
  { key: 'result', title: t('result'), width: 180, render: (row) => row.result },
]
const filters: Filter[] = [
  { key: 'state', label: t('state'), kind: 'select', options: [{ value: 'queued', label: t('queued') }, { value: 'sent', label: t('sentState') }, { value: 'failed', label: t('failed') }] },
  { key: 'date', label: t('from'), kind: 'dates', keys: ['from', 'to'] },
]

export function Records(): ReactElement {
  return (
    <div className="ms-split-list" style={{ flex: 1 }}>
      <ListPage<Row> embedded page="smsSends" title={t('records')} columns={columns} filters={filters} rowKey={(row) => row.id} searchHint={t('search')} searchKey="query" exportable empty={{ text: t('noRecords') }}
        load={(query, signal) => { const { q, sort: _sort, ...rest } = query; return call('listSmsSends', { ...rest, ...(q ? { query: q } : {}) }, { signal }) }}
        preview={(row) => <div className="ms-stack"><h2 style={{ margin: 0, fontSize: 'var(--ms-size-title)' }}>{row.toName ?? row.phone}</h2><p className="ms-pre">{row.text}</p><Facts items={[{ label: t('by'), value: row.by }, { label: t('template'), value: row.templateName }, { label: t('state'), value: <Tag tone={tones[row.state]}>{stateName(row.state)}</Tag> }, { label: t('result'), value: row.result }, { label: t('at'), value: <Time iso={row.sentAt ?? row.at} /> }]} /></div>} />
    </div>
  )
}
