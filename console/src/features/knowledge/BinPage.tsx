// 回收站: what is down for a while and may come back by review, what is given up and when it is removed for good.
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { request } from '../../api/http.ts'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListResult } from '../../ui/ListPage.tsx'
import { localLoader } from '../../ui/local-loader.ts'
import { say } from '../../ui/notices.ts'
import { Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { knowledgeQueries } from './EditPage.tsx'
import { itemTones } from './ItemPage.tsx'
import { t } from './texts.zh-CN.ts'

type Row = OutputOf<'listKnowledgeBin'>['items'][number]

const columns: Column<Row>[] = [
  { key: 'code', title: t('code'), width: 90, render: (row) => row.code },
  { key: 'title', title: t('col.title'), width: 280, wide: true, render: (row) => row.title, text: (row) => row.title },
  { key: 'state', title: t('col.state'), width: 90, render: (row) => <Tag tone={itemTones[row.state]}>{row.stateName}</Tag> },
  { key: 'reason', title: t('reason'), width: 220, render: (row) => row.reason ?? '–' },
  { key: 'by', title: t('downBy'), width: 100, render: (row) => row.downByName },
  { key: 'at', title: t('downAt'), width: 120, render: (row) => <Time iso={row.downAt} /> },
  { key: 'directory', title: t('fromDirectory'), width: 160, render: (row) => row.directoryPath.join(' / ') },
  { key: 'type', title: t('col.type'), width: 90, render: (row) => row.typeName },
  { key: 'owner', title: t('col.owner'), width: 140, render: (row) => row.ownerUnitName },
  { key: 'removed', title: t('removedAt'), width: 140, render: (row) => (row.removedAt ? <Time iso={row.removedAt} /> : row.state === 'discarded' ? t('stays') : t('comesBack')) },
]

export default function BinPage(): ReactElement {
  const client = useQueryClient()
  const types = useQueryOf('listKnowledgeTypes', {}, { staleTime: 300_000 })
  const tree = useQueryOf('listKnowledgeDirectories', {}, { staleTime: 60_000 })
  const directories = useMemo(() => localLoader(`knowledge-bin:${tree.data?.items.length ?? 0}`, tree.data?.items ?? []), [tree.data])
  const [asking, setAsking] = useState<{ act: 'restore' | 'discard'; ids: string[] } | null>(null)
  const send = useAct(...knowledgeQueries)
  const filters: Filter[] = [
    { key: 'class', label: t('binClass'), kind: 'select', options: [{ value: 'down', label: t('binDown') }, { value: 'discarded', label: t('binGone') }] },
    { key: 'typeCode', label: t('type'), kind: 'select', options: (types.data?.items ?? []).map((one) => ({ value: one.code, label: one.name })) },
    { key: 'directoryId', label: t('fromDirectory'), kind: 'pick', loader: directories },
  ]
  return (
    <>
      <ListPage<Row> page="knowledgeBin" title={t('bin')} columns={columns} filters={filters} rowKey={(row) => row.id} open={(row) => `/knowledge/items/${row.id}`} topic="knowledge.items" load={(query, signal) => request<ListResult<Row>>('GET', '/api/knowledge/bin', query, { signal })}
        views={[{ id: 'all', name: t('all'), filter: {} }, { id: 'down', name: t('binDown'), filter: { class: ['down'] } }, { id: 'gone', name: t('binGone'), filter: { class: ['discarded'] } }]} searchHint={`${t('title')}、${t('code')}`} searchKey="q"
        bulkActs={(['restore', 'discard'] as const).map((act) => ({ id: act, label: t(`bulk.${act}`), danger: act === 'discard', run: (selection) => { if (!selection.all) setAsking({ act, ids: selection.ids }) } }))} empty={{ text: t('binEmpty') }} />
      {asking ? <ActDrawer open onClose={() => setAsking(null)} title={t(`bulk.${asking.act}`)} sub={t('chosen', { n: asking.ids.length })} notice={t(asking.act === 'restore' ? 'restoreText' : 'discardText')} submitLabel={t(`bulk.${asking.act}`)} schema={{ type: 'object', required: ['reason'], properties: { reason: { type: 'string', format: 'textarea', title: t('reason'), maxLength: 500 } } }}
        submit={async (values) => {
          const { results } = await send('bulkKnowledge', { ids: asking.ids, act: asking.act, reason: String(values.reason) })
          const bad = results.filter((one) => !one.ok)
          say(`${t('bulkDone', { ok: results.length - bad.length, bad: bad.length })}${bad[0] ? `：${bad[0].title} ${bad[0].message ?? ''}` : ''}`, bad.length > 0 ? 'over' : 'ok')
          await client.invalidateQueries({ queryKey: ['list'] })
        }} /> : null}
    </>
  )
}
