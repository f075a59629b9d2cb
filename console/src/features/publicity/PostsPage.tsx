// 公告与案例: what is written, waits for review, is public, was withdrawn (INT-20).
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { request } from '../../api/http.ts'
import { useCommand, useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListResult } from '../../ui/ListPage.tsx'
import { say } from '../../ui/notices.ts'
import { Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { orderLoaders } from '../orders/pickers.ts'
import { kinds, states, toneOf } from './post-kinds.ts'
import { t } from './texts.zh-CN.ts'

type Row = OutputOf<'listPublications'>['items'][number]

const columns: Column<Row>[] = [
  { key: 'kind', title: t('col.kind'), width: 90, render: (row) => row.kindName },
  { key: 'title', title: t('col.title'), width: 300, wide: true, render: (row) => <>{row.title} {row.pinned ? <Tag tone="primary">{t('pinnedTag')}</Tag> : null}</> },
  { key: 'state', title: t('col.state'), width: 90, render: (row) => <Tag tone={toneOf(row.state)}>{row.stateName}</Tag> },
  { key: 'author', title: t('col.author'), width: 90, render: (row) => row.authorName },
  { key: 'reviewer', title: t('col.reviewer'), width: 90, render: (row) => row.reviewerName },
  { key: 'published', title: t('col.published'), width: 120, render: (row) => (row.publishedAt ? <Time iso={row.publishedAt} /> : null) },
  { key: 'reads', title: t('col.reads'), width: 70, align: 'end', render: (row) => row.reads },
  { key: 'pushed', title: t('col.pushed'), width: 120, render: (row) => (row.pushedAt ? <Time iso={row.pushedAt} /> : null) },
  { key: 'updated', title: t('col.updated'), width: 120, render: (row) => <Time iso={row.updatedAt} /> },
]
const filters: Filter[] = [
  { key: 'kind', label: t('col.kind'), kind: 'select', options: kinds },
  { key: 'state', label: t('col.state'), kind: 'select', options: states },
  { key: 'sort', label: t('sort'), kind: 'select', options: [{ value: 'newest', label: t('newest') }, { value: 'reads', label: t('reads') }] },
]

export default function PostsPage(): ReactElement {
  const navigate = useNavigate()
  const [drafting, setDrafting] = useState(false)
  const [batching, setBatching] = useState(false)
  const [pushed, setPushed] = useState<Row[]>([])
  const fromOrder = useCommand('publicationFromOrder')
  const batch = useCommand('draftBatchOfResults', { invalidates: ['listPublications'] })
  const push = useCommand('pushPublications', { invalidates: ['listPublications'] })
  const options = useQueryOf('matterOptions', {}, { enabled: batching, staleTime: 300_000 })
  return (
    <>
      <ListPage<Row> noSearch page="publications" title={t('posts')} columns={columns} filters={filters} rowKey={(row) => row.id} open={(row) => `/content/posts/${row.id}`} load={(query, signal) => request<ListResult<Row>>('GET', '/api/publications', query, { signal })}
        bulkActs={[{ id: 'push', label: t('push'), run: (selection) => { if (!selection.all) setPushed(selection.rows) } }]}
        acts={<><Button onClick={() => setBatching(true)}>{t('batch')}</Button><Button onClick={() => setDrafting(true)}>{t('fromOrder')}</Button><Button type="primary" onClick={() => void navigate('/content/posts/new')}>{t('add')}</Button></>} />
      <ActDrawer open={drafting} onClose={() => setDrafting(false)} title={t('fromOrder')} submitLabel={t('draft')} notice={t('orderNumberHelp')} initial={{ kind: 'case' }}
        schema={{ type: 'object', required: ['number', 'kind'], properties: { number: { type: 'string', title: t('orderNumber'), maxLength: 40 }, kind: { type: 'string', title: t('kind'), oneOf: [{ const: 'case', title: t('kind.case') }, { const: 'result', title: t('kind.result') }] } } }}
        submit={async (values) => {
          const kind = values.kind === 'result' ? 'result' : 'case'
          const made = await fromOrder.mutateAsync({ number: String(values.number), kind })
          void navigate('/content/posts/new', { state: { ...made, kind } })
        }} />
      <ActDrawer open={batching} onClose={() => setBatching(false)} title={t('batch')} submitLabel={t('draft')} notice={t('batchHelp')} initial={{ limit: 30 }} loaders={orderLoaders}
        schema={{ type: 'object', required: ['title', 'from', 'until', 'limit'], properties: {
          title: { type: 'string', title: t('title'), maxLength: 80 }, from: { type: 'string', format: 'date-time', title: t('closedFrom'), 'x-half': true }, until: { type: 'string', format: 'date-time', title: t('closedUntil'), 'x-half': true },
          appealType: { type: 'string', title: t('appealType'), oneOf: (options.data?.appealTypes ?? []).filter((one) => one.parentId === null).map((one) => ({ const: one.id, title: one.name })) }, matterId: { type: 'string', format: 'matter', title: t('matter') }, areaCode: { type: 'string', format: 'area', title: t('area') },
          limit: { type: 'integer', title: t('batchLimit'), minimum: 1, maximum: 50 },
        } }}
        submit={async (values) => {
          const text = (name: string): string | undefined => (typeof values[name] === 'string' && values[name] !== '' ? values[name] : undefined)
          const made = await batch.mutateAsync({ title: text('title') ?? '', from: text('from') ?? '', until: text('until') ?? '', appealType: text('appealType'), matterId: text('matterId'), areaCode: text('areaCode'), limit: Number(values.limit) })
          say(made.left > 0 ? t('batchMadeLeft', { n: made.taken, left: made.left }) : t('batchMade', { n: made.taken }))
          void navigate(`/content/posts/${made.id}`)
        }} />
      <ActDrawer open={pushed.length > 0} onClose={() => setPushed([])} title={t('push')} sub={t('pushN', { n: pushed.length })} submitLabel={t('push')} notice={`${t('pushHelp')} ${pushed.map((row) => row.title).join('；')}`} schema={{ type: 'object', properties: {} }}
        submit={async () => { const { bound } = await push.mutateAsync({ ids: pushed.map((row) => row.id) }); say(t('pushDone', { n: bound })) }} />
    </>
  )
}
