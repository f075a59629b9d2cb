// 民意问卷: what is being built, waits for review, runs, is over (INT-22).
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useNavigate } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { request } from '../../api/http.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListResult } from '../../ui/ListPage.tsx'
import { Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { stateTone, t } from './texts.zh-CN.ts'

type Row = OutputOf<'listSurveys'>['items'][number]

const columns: Column<Row>[] = [
  { key: 'title', title: t('col.title'), width: 300, wide: true, render: (row) => row.title },
  { key: 'state', title: t('col.state'), width: 90, render: (row) => <Tag tone={stateTone(row.state)}>{row.stateName}</Tag> },
  { key: 'target', title: t('col.target'), width: 150, render: (row) => row.targetName },
  { key: 'answers', title: t('col.answers'), width: 80, align: 'end', render: (row) => row.answers },
  { key: 'author', title: t('col.author'), width: 100, render: (row) => row.authorName },
  { key: 'ends', title: t('col.ends'), width: 130, render: (row) => (row.endsAt ? <Time iso={row.endsAt} /> : null) },
  { key: 'updated', title: t('col.updated'), width: 130, render: (row) => <Time iso={row.updatedAt} /> },
]
const filters: Filter[] = [{ key: 'state', label: t('col.state'), kind: 'select', options: (['draft', 'review', 'published', 'closed'] as const).map((value) => ({ value, label: t(`state.${value}`) })) }]

export default function SurveysPage(): ReactElement {
  const navigate = useNavigate()
  return <ListPage<Row> noSearch page="surveys" title={t('title')} columns={columns} filters={filters} rowKey={(row) => row.id} open={(row) => `/content/surveys/${row.id}`} load={(query, signal) => request<ListResult<Row>>('GET', '/api/surveys', query, { signal })} acts={<Button type="primary" onClick={() => void navigate('/content/surveys/new')}>{t('add')}</Button>} />
}
