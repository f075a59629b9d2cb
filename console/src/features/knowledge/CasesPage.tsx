// 案例库: finished cases of this hotline and of those that share with it, by how much of the question they hold; conditions can be saved as views.
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
import { Facts, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { labelLoader } from '../labels/label-loader.ts'
import { areaLoader, unitLoader } from '../orders/pickers.ts'
import { casePath, SimilarCases } from './SimilarCases.tsx'
import { t } from './texts.zh-CN.ts'
import './knowledge.css'

type Found = OutputOf<'findCases'>
type Row = Found['items'][number]
const PAGE = 50
const LAST = 450

const match = (row: Row): string => (row.match !== null ? `${row.match}%` : row.byName ? t('matchName') : '–')

const columns: Column<Row>[] = [
  { key: 'title', title: t('col.title'), width: 280, wide: true, render: (row) => <>{row.title} {row.pushed ? <Tag tone="near">{t('pushedTag')}</Tag> : null}</>, text: (row) => row.title },
  { key: 'match', title: t('match'), width: 80, align: 'end', render: match, yields: 5 },
  { key: 'hotline', title: t('fromHotline'), width: 130, render: (row) => row.tenantName ?? t('ownHotline'), yields: 6 },
  { key: 'appeal', title: t('case.appeal'), width: 220, render: (row) => row.appeal || row.summary, text: (row) => row.appeal || row.summary, yields: 4 },
  { key: 'result', title: t('case.result'), width: 220, render: (row) => row.result, text: (row) => row.result, yields: 3 },
  { key: 'labels', title: t('labels'), width: 120, render: (row) => row.labels.join('、'), yields: 1 },
  { key: 'owner', title: t('col.owner'), width: 130, render: (row) => row.ownerUnitName, yields: 2 },
  { key: 'published', title: t('publisher'), width: 110, render: (row) => <Time iso={row.publishedAt} />, yields: 2 },
]

export default function CasesPage(): ReactElement {
  const { can } = useSession()
  const tree = useQueryOf('listKnowledgeDirectories', {}, { staleTime: 60_000 })
  const sources = useQueryOf('findCases', { scope: 'shared', limit: 1 }, { staleTime: 60_000 })
  const directories = useMemo(() => localLoader(`knowledge:${tree.data?.items.length ?? 0}`, tree.data?.items ?? []), [tree.data])
  const filters: Filter[] = [
    { key: 'scope', label: t('caseScope'), kind: 'select', options: (['own', 'shared'] as const).map((value) => ({ value, label: t(`caseScope.${value}`) })) },
    { key: 'tenantId', label: t('fromHotline'), kind: 'select', options: (sources.data?.sources ?? []).map((one) => ({ value: one.tenantId, label: one.name })) },
    { key: 'directoryId', label: t('directory'), kind: 'pick', loader: directories }, { key: 'ownerUnitId', label: t('owner'), kind: 'pick', loader: unitLoader() }, { key: 'areaCode', label: t('area'), kind: 'pick', loader: areaLoader },
    { key: 'published', label: t('caseFrom'), kind: 'dates', keys: ['publishedFrom', 'publishedTo'] }, { key: 'labelId', label: t('labels'), kind: 'pick', loader: labelLoader },
  ]
  const load = async (query: Record<string, unknown>, signal: AbortSignal): Promise<ListResult<Row>> => {
    const { cursor, limit: _, sort: __, ...rest } = query
    const offset = Number(cursor ?? 0)
    const found = await request<Found>('GET', '/api/knowledge/cases', { ...rest, offset, limit: PAGE }, { signal })
    return { items: found.items, next: offset + PAGE <= LAST && offset + PAGE < found.count ? String(offset + PAGE) : null, count: { value: found.count, capped: found.capped } }
  }
  return <ListPage<Row> page="knowledgeCases" title={t('cases')} columns={columns} filters={filters} rowKey={(row) => `${row.tenantId}.${row.id}`} open={casePath} views={[{ id: 'all', name: t('all'), filter: {} }, { id: 'own', name: t('caseScope.own'), filter: { scope: ['own'] } }, { id: 'shared', name: t('caseScope.shared'), filter: { scope: ['shared'] } }]} preview={(row) => <CasePreview row={row} />} load={load} topic="knowledge.items" searchHint={t('hint')}
    acts={can('knowledge.edit') ? <Link to="/knowledge/items/new?type=case"><Button type="primary">{t('addCase')}</Button></Link> : null} empty={{ text: t('none'), hint: t('casesHint') }} />
}

function CasePreview({ row }: { row: Row }): ReactElement {
  return (
    <div className="ms-kno-preview" style={{ display: 'flex' }}>
      <h2><Link to={casePath(row)}>{row.title}</Link></h2>
      <div className="ms-kno-meta"><Tag tone="primary">{row.tenantName ?? t('ownHotline')}</Tag><span>{row.directoryPath.join(' / ')}</span><span>{[row.areaName, row.ownerUnitName].filter(Boolean).join(' ')}</span>{row.match === null ? null : <span>{t('matchShare', { n: row.match })}</span>}</div>
      <Facts items={(['appeal', 'handling', 'result', 'points'] as const).map((key) => ({ label: t(`case.${key}`), value: row[key], hidden: row[key] === '' }))} />
      {row.labels.length > 0 ? <div className="ms-row">{row.labels.map((one) => <Tag key={one}>{one}</Tag>)}</div> : null}
      <SimilarCases id={row.id} tenantId={row.tenantId} />
    </div>
  )
}
