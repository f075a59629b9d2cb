// 会话记录: past and present conversations, so that an unfinished registration can be completed later (INT-18).
import type { ReactElement } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { request } from '../../api/http.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListResult } from '../../ui/ListPage.tsx'
import { Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { t } from './texts.zh-CN.ts'

type Row = OutputOf<'listChats'>['items'][number]

const columns: Column<Row>[] = [
  { key: 'at', title: t('col.at'), width: 130, render: (row) => <Time iso={row.queuedAt} /> },
  { key: 'citizen', title: t('col.citizen'), width: 190, render: (row) => `${row.citizen || t('noName')} ${row.mobile}` },
  { key: 'topic', title: t('col.topic'), width: 260, wide: true, render: (row) => row.topic || row.lastText },
  { key: 'agent', title: t('col.agent'), width: 110, render: (row) => row.agentName },
  { key: 'state', title: t('col.state'), width: 90, render: (row) => <Tag tone={row.state === 'closed' ? 'calm' : row.state === 'open' ? 'primary' : 'near'}>{t(`session.${row.state}`)}</Tag> },
  { key: 'orders', title: t('col.orders'), width: 70, align: 'end', render: (row) => row.orders || null },
  { key: 'stars', title: t('col.stars'), width: 70, align: 'end', render: (row) => (row.stars ? t('stars', { n: row.stars }) : null) },
]

const filters: Filter[] = [
  { key: 'mobile', label: t('filter.mobile'), kind: 'text' },
  { key: 'mine', label: t('filter.mine'), kind: 'boolean' },
  { key: 'unregistered', label: t('filter.unregistered'), kind: 'boolean' },
]

export default function RecordsPage(): ReactElement {
  return (
    <ListPage<Row> page="chatRecords" title={t('records')} columns={columns} filters={filters} rowKey={(row) => row.id} open={(row) => `/desk/chat?session=${row.id}`}
      load={(query, signal) => request<ListResult<Row>>('GET', '/api/chat/sessions', query, { signal })} topic="chat" searchHint={t('filter.mobile')} searchTo={(text) => ({ mobile: [text] })} />
  )
}
