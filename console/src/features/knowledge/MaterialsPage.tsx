// 宣传素材: what is planned and published, through which channels it went out, and how often it was viewed there.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link } from 'react-router'
import { useQueryClient } from '@tanstack/react-query'
import type { OutputOf } from '../../api/call.ts'
import { request } from '../../api/http.ts'
import { useQueryOf } from '../../api/queries.ts'
import { asProblem } from '../../api/problem.ts'
import { useSession } from '../../app/session.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListResult } from '../../ui/ListPage.tsx'
import { say } from '../../ui/notices.ts'
import { Facts, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { itemTones } from './ItemPage.tsx'
import { t } from './texts.zh-CN.ts'

type Row = OutputOf<'listPublicityMaterials'>['items'][number]
type Release = OutputOf<'listMaterialReleases'>['items'][number]
const states = { draft: '草稿', inReview: '审核中', approved: '待发布', scheduled: '定时发布', published: '已发布', suspended: '已下架' } as const

const columns: Column<Row>[] = [
  { key: 'title', title: t('col.title'), width: 300, wide: true, render: (row) => row.title, text: (row) => row.title },
  { key: 'form', title: t('material.form'), width: 110, render: (row) => row.form },
  { key: 'state', title: t('col.state'), width: 90, render: (row) => <Tag tone={itemTones[row.state]}>{row.stateName}</Tag> },
  { key: 'planned', title: t('material.planned'), width: 150, render: (row) => row.plannedChannels },
  { key: 'publishAt', title: t('material.when'), width: 120, render: (row) => (row.publishAt ?? row.publishedAt ? <Time iso={row.publishAt ?? row.publishedAt ?? ''} /> : null) },
  { key: 'channels', title: t('material.out'), width: 180, render: (row) => row.channels.join('、') },
  { key: 'views', title: t('material.views'), width: 90, align: 'end', render: (row) => row.views },
  { key: 'reads', title: t('col.reads'), width: 70, align: 'end', render: (row) => row.reads },
  { key: 'owner', title: t('col.owner'), width: 130, render: (row) => row.ownerUnitName },
]
const filters: Filter[] = [{ key: 'state', label: t('state'), kind: 'select', options: Object.entries(states).map(([value, label]) => ({ value, label })) }]

export default function MaterialsPage(): ReactElement {
  const { can } = useSession()
  const load = (query: Record<string, unknown>, signal: AbortSignal) => request<ListResult<Row>>('GET', '/api/knowledge/materials', query, { signal })
  return <ListPage<Row> page="publicityMaterials" title={t('materials')} columns={columns} filters={filters} rowKey={(row) => row.id} open={(row) => `/knowledge/items/${row.id}`} views={[{ id: 'all', name: t('all'), filter: {} }]} preview={(row) => <Releases key={row.id} of={row} />} load={load} topic="knowledge.items" searchHint={t('material.hint')}
    acts={can('knowledge.edit') ? <Link to="/knowledge/items/new?type=material"><Button type="primary">{t('material.add')}</Button></Link> : null} empty={{ text: t('material.none'), hint: t('material.noneHint') }} />
}

function Releases({ of }: { of: Row }): ReactElement {
  const { can } = useSession()
  const client = useQueryClient()
  const releases = useQueryOf('listMaterialReleases', { id: of.id })
  const send = useAct('listMaterialReleases')
  const [adding, setAdding] = useState(false)
  const [counting, setCounting] = useState<Release | null>(null)
  const done = async () => { say(t('saved')); await client.invalidateQueries({ queryKey: ['list'] }) }
  const remove = (one: Release) => void send('removeMaterialRelease', { id: one.id }).then(done, (error: unknown) => say(asProblem(error).message, 'over'))
  const mayKeep = can('knowledge.publish')
  return (
    <div className="ms-stack">
      <h2><Link to={`/knowledge/items/${of.id}`}>{of.title}</Link></h2>
      <Facts items={[{ label: t('material.form'), value: of.form }, { label: t('material.planned'), value: of.plannedChannels, hidden: of.plannedChannels === '' }, { label: t('publishAt'), value: <Time iso={of.publishAt ?? ''} />, hidden: !of.publishAt }, { label: t('col.reads'), value: of.reads }]} />
      <QueryView query={releases}>{(data) => (
        <>
          {mayKeep && data.usable ? <div><Button type="primary" onClick={() => setAdding(true)}>{t('material.release')}</Button></div> : null}
          {data.items.length === 0 ? <Empty kind="done" text={t('material.noRelease')} hint={data.usable ? t('material.noReleaseHint') : t('material.notYet')} /> : (
            <ul className="ms-plain-list">{data.items.map((one) => (
              <li key={one.id} className="ms-row"><span style={{ flex: 1 }}>{one.address ? <a href={one.address} target="_blank" rel="noreferrer">{one.channel}</a> : one.channel}<span className="ms-hint"> {one.releasedOn} · {t('version', { n: one.versionNumber })} · {one.byName}</span></span>
                <span>{one.views === null ? t('material.unknown') : t('material.viewed', { n: one.views })}</span>
                {mayKeep ? <><button type="button" className="ms-link-button" onClick={() => setCounting(one)}>{t('material.count')}</button><button type="button" className="ms-link-button" onClick={() => remove(one)}>{t('remove')}</button></> : null}</li>
            ))}</ul>)}
          {adding ? <ActDrawer open onClose={() => setAdding(false)} title={t('material.release')} sub={of.title} schema={{ type: 'object', required: ['channel', 'releasedOn'], properties: { channel: { type: 'string', title: t('material.channel'), maxLength: 40, description: data.channels.length > 0 ? t('material.known', { names: data.channels.join('、') }) : t('material.channelHelp') }, releasedOn: { type: 'string', format: 'date', title: t('material.day') }, address: { type: 'string', title: t('linkAddress'), maxLength: 500 }, views: { type: 'integer', title: t('material.views'), minimum: 0 } } }}
            submit={(values) => send('addMaterialRelease', { id: of.id, channel: String(values.channel ?? ''), releasedOn: String(values.releasedOn ?? ''), address: String(values.address ?? ''), views: typeof values.views === 'number' ? values.views : null })} onDone={() => void done()} /> : null}
        </>
      )}</QueryView>
      {counting ? <ActDrawer open onClose={() => setCounting(null)} title={t('material.count')} sub={counting.channel} schema={{ type: 'object', required: ['views'], properties: { views: { type: 'integer', title: t('material.views'), minimum: 0, description: t('material.countHelp') } } }} initial={{ views: counting.views ?? undefined }} submit={(values) => send('noteMaterialViews', { id: counting.id, views: Number(values.views ?? 0) })} onDone={() => void done()} /> : null}
    </div>
  )
}
