// 知识条目: the stock of those who keep it, in every state, with acts on many.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { Link } from 'react-router'
import { useQueryClient } from '@tanstack/react-query'
import type { OutputOf } from '../../api/call.ts'
import { request } from '../../api/http.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import type { FieldSchema } from '../../ui/form-rules.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListResult } from '../../ui/ListPage.tsx'
import { say } from '../../ui/notices.ts'
import { Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { dateFromPicker, fromEpoch, now, toPicker } from '../../ui/time.ts'
import { localLoader } from '../../ui/local-loader.ts'
import { useAct } from '../../ui/use-act.ts'
import { orderLoaders, unitLoader } from '../orders/pickers.ts'
import { audienceChoices } from './edit-form.ts'
import { knowledgeQueries } from './EditPage.tsx'
import { ImportItems } from './ImportItems.tsx'
import { itemTones } from './ItemPage.tsx'
import { t } from './texts.zh-CN.ts'

type Row = OutputOf<'listKnowledgeItems'>['items'][number]
const stateNames: Record<Row['state'], string> = { draft: '草稿', inReview: '审核中', returned: '已退回', approved: '待发布', scheduled: '定时发布', published: '已发布', suspended: '已下架', expired: '已失效', discarded: '已废止' }
const bulk = ['confirm', 'move', 'owner', 'validity', 'suspend', 'restore', 'discard'] as const
type Bulk = (typeof bulk)[number]

const columns: Column<Row>[] = [
  { key: 'code', title: t('code'), width: 90, render: (row) => row.code },
  { key: 'title', title: t('col.title'), width: 300, wide: true, render: (row) => <>{row.title}{row.ticketState ? <> <Tag tone="near">{row.ticketState}</Tag></> : null}</>, text: (row) => row.title },
  { key: 'type', title: t('col.type'), width: 90, render: (row) => row.typeName },
  { key: 'directory', title: t('col.directory'), width: 150, render: (row) => row.directoryPath.join(' / ') },
  { key: 'owner', title: t('col.owner'), width: 130, render: (row) => row.ownerUnitName },
  { key: 'state', title: t('col.state'), width: 90, render: (row) => <Tag tone={itemTones[row.state]}>{row.stateName}</Tag> },
  { key: 'audience', title: t('col.audience'), width: 100, render: (row) => row.audienceName },
  { key: 'version', title: t('col.version'), width: 60, align: 'end', render: (row) => row.version },
  { key: 'valid', title: t('col.valid'), width: 110, render: (row) => row.validTo ?? t('valid') },
  { key: 'reads', title: t('col.reads'), width: 70, align: 'end', render: (row) => row.reads },
  { key: 'cites', title: t('col.cites'), width: 70, align: 'end', render: (row) => row.cites },
  { key: 'rated', title: t('col.rated'), width: 90, align: 'end', hidden: true, render: (row) => `${row.useful}/${row.useless}` },
  { key: 'changed', title: t('col.changed'), width: 120, render: (row) => <Time iso={row.changedAt} /> },
]

export default function StockPage(): ReactElement {
  const { can } = useSession()
  const client = useQueryClient()
  const types = useQueryOf('listKnowledgeTypes', {}, { staleTime: 300_000 })
  const tree = useQueryOf('listKnowledgeDirectories', {}, { staleTime: 60_000 })
  const directories = useMemo(() => localLoader(`knowledge:${tree.data?.items.length ?? 0}`, tree.data?.items ?? []), [tree.data])
  const [acting, setActing] = useState<{ act: Bulk; ids: string[] } | null>(null)
  const [importing, setImporting] = useState(false)
  const send = useAct(...knowledgeQueries)
  const soon = dateFromPicker(toPicker(fromEpoch(now() + 30 * 86_400_000))) ?? ''
  const filters: Filter[] = [
    { key: 'state', label: t('state'), kind: 'multi', options: Object.entries(stateNames).map(([value, label]) => ({ value, label })) },
    { key: 'typeCode', label: t('type'), kind: 'select', options: (types.data?.items ?? []).map((one) => ({ value: one.code, label: one.name })) },
    { key: 'directoryId', label: t('directory'), kind: 'pick', loader: directories },
    { key: 'ownerUnitId', label: t('owner'), kind: 'pick', loader: unitLoader() },
    { key: 'audience', label: t('audience'), kind: 'select', options: audienceChoices.map((one) => ({ value: one.const, label: one.title })) },
    { key: 'own', label: t('mine'), kind: 'boolean' },
  ]
  const fields: Record<Bulk, Record<string, FieldSchema>> = {
    confirm: {}, move: { directoryId: { type: 'string', format: 'matter', title: t('directory') } }, owner: { ownerUnitId: { type: 'string', format: 'unit', title: t('owner') } }, validity: { validTo: { type: 'string', format: 'date', title: t('validTo2') } },
    suspend: {}, restore: {}, discard: {},
  }
  const needsReason = acting !== null && ['suspend', 'restore', 'discard'].includes(acting.act)
  const run = async (act: Bulk, ids: string[], values: Record<string, unknown>) => {
    const { results } = await send('bulkKnowledge', { ids, act, ...values, ...(act === 'validity' && !values.validTo ? { validTo: null } : {}) })
    const bad = results.filter((one) => !one.ok)
    say(`${t('bulkDone', { ok: results.length - bad.length, bad: bad.length })}${bad[0] ? `：${bad[0].title} ${bad[0].message ?? ''}` : ''}`, bad.length > 0 ? 'over' : 'ok')
    await client.invalidateQueries({ queryKey: ['list'] })
  }
  return (
    <>
      <ListPage<Row> page="knowledgeItems" title={t('stock')} columns={columns} filters={filters} rowKey={(row) => row.id} open={(row) => `/knowledge/items/${row.id}`} topic="knowledge.items" load={(query, signal) => request<ListResult<Row>>('GET', '/api/knowledge/items', query, { signal })}
        views={[{ id: 'all', name: t('all'), filter: {} }, { id: 'published', name: t('published2'), filter: { state: ['published'] } }, { id: 'drafts', name: t('drafts'), filter: { state: ['draft', 'returned'] } }, { id: 'expiring', name: t('expiring'), filter: { state: ['published'], expiresBefore: [soon] } }, { id: 'expired', name: t('expired'), filter: { state: ['expired', 'suspended'] } }]}
        searchHint={`${t('title')}、${t('code')}、拼音`}
        bulkActs={can('knowledge.edit') ? bulk.map((act) => ({ id: act, label: t(`bulk.${act}`), danger: act === 'discard', run: (selection) => { if (!selection.all) setActing({ act, ids: selection.ids }) } })) : []}
        exportable={can('knowledge.edit')} acts={can('knowledge.edit') ? <><Button onClick={() => setImporting(true)}>{t('importItems')}</Button><Link to="/knowledge/items/new"><Button type="primary">{t('newItem')}</Button></Link></> : null} empty={{ text: t('none') }} />
      {importing ? <ImportItems close={() => { setImporting(false); void client.invalidateQueries({ queryKey: ['list'] }) }} /> : null}
      {acting ? <ActDrawer open onClose={() => setActing(null)} title={t(`bulk.${acting.act}`)} sub={t('chosen', { n: acting.ids.length })} submitLabel={t(`bulk.${acting.act}`)} loaders={{ ...orderLoaders, matter: directories }} {...(['move', 'owner', 'validity'].includes(acting.act) ? { notice: t('bulkReview') } : {})}
        schema={{ type: 'object', required: [...Object.keys(fields[acting.act]).filter((name) => name !== 'validTo'), ...(needsReason ? ['reason'] : [])], properties: { ...fields[acting.act], ...(acting.act === 'confirm' ? {} : { reason: { type: 'string', format: 'textarea', title: t('reason'), maxLength: 500 } }) } }} submit={(values) => run(acting.act, acting.ids, values)} /> : null}
    </>
  )
}
