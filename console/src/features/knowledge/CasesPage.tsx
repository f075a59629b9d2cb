// 案例库: finished cases by keyword, directory, area, period, unit and label; conditions can be saved as views.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useMemo } from 'react'
import { Link } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { request } from '../../api/http.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListResult } from '../../ui/ListPage.tsx'
import { localLoader } from '../../ui/local-loader.ts'
import { Time } from '../../ui/Page.tsx'
import { labelLoader } from '../labels/label-loader.ts'
import { areaLoader, unitLoader } from '../orders/pickers.ts'
import { ItemPreview } from './ItemPreview.tsx'
import { t } from './texts.zh-CN.ts'
import './knowledge.css'

type Found = OutputOf<'searchKnowledge'>
type Row = Found['items'][number]
const PAGE = 50

const columns: Column<Row>[] = [
  { key: 'title', title: t('col.title'), width: 320, wide: true, render: (row) => row.title, text: (row) => row.title },
  { key: 'summary', title: t('summary'), width: 320, render: (row) => row.summary || row.excerpt },
  { key: 'directory', title: t('col.directory'), width: 150, render: (row) => row.directoryPath.join(' / ') },
  { key: 'owner', title: t('col.owner'), width: 140, render: (row) => row.ownerUnitName },
  { key: 'cites', title: t('col.cites'), width: 70, align: 'end', render: (row) => row.cites },
  { key: 'published', title: t('publisher'), width: 120, render: (row) => <Time iso={row.publishedAt} /> },
]

export default function CasesPage(): ReactElement {
  const { can } = useSession()
  const tree = useQueryOf('listKnowledgeDirectories', {}, { staleTime: 60_000 })
  const directories = useMemo(() => localLoader(`knowledge:${tree.data?.items.length ?? 0}`, tree.data?.items ?? []), [tree.data])
  const filters: Filter[] = [
    { key: 'directoryId', label: t('directory'), kind: 'pick', loader: directories }, { key: 'ownerUnitId', label: t('owner'), kind: 'pick', loader: unitLoader() }, { key: 'areaCode', label: t('area'), kind: 'pick', loader: areaLoader },
    { key: 'published', label: t('caseFrom'), kind: 'dates', keys: ['publishedFrom', 'publishedTo'] }, { key: 'labelId', label: t('labels'), kind: 'pick', loader: labelLoader },
  ]
  const load = async (query: Record<string, unknown>, signal: AbortSignal): Promise<ListResult<Row>> => {
    const { cursor, limit: _, sort: __, ...rest } = query
    const offset = Number(cursor ?? 0)
    const found = await request<Found>('GET', '/api/knowledge/search', { ...rest, typeCode: 'case', offset, limit: PAGE }, { signal })
    return { items: found.items, next: offset + PAGE < Math.min(found.count, 980) ? String(offset + PAGE) : null, count: { value: found.count, capped: found.capped } }
  }
  return <ListPage<Row> page="knowledgeCases" title={t('cases')} columns={columns} filters={filters} rowKey={(row) => row.id} open={(row) => `/knowledge/items/${row.id}`} views={[{ id: 'all', name: t('all'), filter: {} }]} preview={(row) => <div className="ms-kno-preview" style={{ display: 'flex' }}><ItemPreview id={row.id} words={row.why.words} /></div>} load={load} topic="knowledge.items" searchHint={t('hint')}
    acts={can('knowledge.edit') ? <Link to="/knowledge/items/new?type=case"><Button type="primary">{t('addCase')}</Button></Link> : null} empty={{ text: t('none'), hint: t('casesHint') }} />
}
