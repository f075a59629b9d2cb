// Problem points of a theme: the tree with its orders, bindings, merges and a test of a text.
import { Button, Select } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { call } from '../../../api/call.ts'
import type { OutputOf } from '../../../api/call.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { useSession } from '../../../app/session.tsx'
import { ActDrawer } from '../../../ui/ActDrawer.tsx'
import { confirm } from '../../../ui/confirm.tsx'
import { Empty, QueryView } from '../../../ui/Empty.tsx'
import type { FormSchema } from '../../../ui/form-rules.ts'
import { localLoader } from '../../../ui/local-loader.ts'
import { say } from '../../../ui/notices.ts'
import { cappedCount } from '../../../ui/numbers.ts'
import { Page, Section, Time } from '../../../ui/Page.tsx'
import { StateTag } from '../../../ui/Tags.tsx'
import { useAct } from '../../../ui/use-act.ts'
import { MatterPicker } from '../../../ui/Pickers.tsx'
import { labelLoader } from '../../labels/label-loader.ts'
import { categoryLoader, matterLoader } from '../../orders/pickers.ts'
import { t } from './texts.zh-CN.ts'
import '../parts/matters.css'

type Point = OutputOf<'listProblemPoints'>['items'][number]
const loaders = { categories: categoryLoader('category'), matters: matterLoader() }
const wordsIn = (value: unknown): string[] => [...new Set(String(value ?? '').split(/[\s,，、]+/).filter((word) => word.length >= 2))]
const ids = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [])
const depthOf = (list: readonly Point[], point: Point): number => { const above = list.find((one) => one.id === point.parentId); return above ? 1 + depthOf(list, above) : 0 }

export default function PointsPage(): ReactElement {
  const { can } = useSession()
  const [search, setSearch] = useSearchParams()
  const theme = search.get('theme') ?? undefined
  const points = useQueryOf('listProblemPoints', theme ? { theme } : {}, { keepPrevious: true })
  const send = useAct('listProblemPoints', 'problemPointOrders', 'problemPointLog')
  const [drawer, setDrawer] = useState<'new' | 'edit' | 'merge' | 'test' | null>(null)
  const [hits, setHits] = useState<string | null>(null)
  const items = points.data?.items ?? []
  const current = theme ?? items[0]?.theme
  const chosen = items.find((one) => one.id === search.get('point')) ?? null
  const edit = can('matters.edit')
  const others = useMemo(() => localLoader(`points:${current ?? ''}:${items.length}`, items.map(({ id, parentId, name }) => ({ id, parentId, name }))), [current, items])
  const choose = (id: string | null) => setSearch({ ...(current ? { theme: current } : {}), ...(id ? { point: id } : {}) })
  const fields: FormSchema['properties'] = { name: { type: 'string', title: t('name'), maxLength: 60 }, parentId: { type: 'string', format: 'matter', title: t('parent') }, words: { type: 'string', format: 'textarea', title: t('words'), description: t('wordsHelp'), maxLength: 1000 } }
  const own = { names: ['categoryIds', 'matterIds', 'labelIds'], render: (form: { value: Record<string, unknown>; set: (change: Record<string, unknown>) => void }) => (
    <>
      <label className="ms-stack"><span>{t('categories')}</span><MatterPicker multiple loader={loaders.categories} value={ids(form.value['categoryIds'])} onChange={(next) => form.set({ categoryIds: ids(next) })} /></label>
      <label className="ms-stack"><span>{t('matters')}</span><MatterPicker multiple loader={loaders.matters} value={ids(form.value['matterIds'])} onChange={(next) => form.set({ matterIds: ids(next) })} /></label>
      <label className="ms-stack"><span>{t('labels')}</span><MatterPicker multiple loader={labelLoader} value={ids(form.value['labelIds'])} onChange={(next) => form.set({ labelIds: ids(next) })} /></label>
    </>
  ) }
  const bindingsOf = (v: Record<string, unknown>) => ({ categoryIds: ids(v['categoryIds']), matterIds: ids(v['matterIds']), labelIds: ids(v['labelIds']), words: wordsIn(v['words']) })
  return (
    <Page title={t('points')} acts={<>
      {points.data && points.data.themes.length > 0 ? <Select aria-label={t('theme')} style={{ inlineSize: 160 }} value={current} options={points.data.themes.map((value) => ({ value, label: value }))} onChange={(value: string) => setSearch({ theme: value })} /> : null}
      {items.length > 0 ? <Button onClick={() => setDrawer('test')}>{t('test')}</Button> : null}
      {edit ? <Button type="primary" onClick={() => setDrawer('new')}>{t('newPoint')}</Button> : null}
    </>}>
      {hits === null ? null : <p className="ms-text">{hits}</p>}
      <div className="ms-catalogue">
        <Section title={t('tree')}>
          <QueryView query={points}>
            {() => (items.length === 0 ? <Empty kind="pending" text={t('noPoints')} /> : (
              <table className="ms-chart-table">
                <thead><tr><th scope="col">{t('name')}</th><th scope="col">{t('bindings')}</th><th scope="col">{t('orders')}</th></tr></thead>
                <tbody>{items.map((one) => (
                  <tr key={one.id} aria-current={one.id === chosen?.id}><td style={{ paddingInlineStart: 8 + depthOf(items, one) * 20 }}><button type="button" className="ms-link-button" aria-pressed={one.id === chosen?.id} onClick={() => choose(one.id)}>{one.name}</button></td><td>{one.bindingNames.join('、') || <span className="ms-hint">{t('unbound')}</span>}</td><td className="ms-num">{one.orders ? cappedCount(one.orders) : '–'}</td></tr>
                ))}</tbody>
              </table>
            ))}
          </QueryView>
        </Section>
        {chosen ? <PointView key={chosen.id} point={chosen} acts={edit ? <><Button size="small" onClick={() => setDrawer('edit')}>{t('edit')}</Button> <Button size="small" onClick={() => setDrawer('merge')}>{t('merge')}</Button> <Button size="small" danger onClick={() => void confirm({ title: t('remove'), text: t('removeAsk', { name: chosen.name }), verb: t('remove'), danger: true }).then(async (yes) => { if (yes) { await send('removeProblemPoint', { id: chosen.id }); choose(null) } })}>{t('remove')}</Button></> : null} /> : <Section title={t('orders')}><Empty kind="done" text={t('choose')} /></Section>}
      </div>
      <ActDrawer open={drawer === 'new'} onClose={() => setDrawer(null)} title={t('newPoint')} submitLabel={t('newPoint')} loaders={{ matter: others }} own={own} initial={{ theme: current ?? '', ...(chosen ? { parentId: chosen.id } : {}) }} schema={{ type: 'object', required: ['theme', 'name'], properties: { theme: { type: 'string', title: t('theme'), maxLength: 60 }, ...fields } }}
        submit={async (v) => {
          const into = String(v['theme'])
          const made = await send('createProblemPoint', { theme: into, name: String(v['name']), parentId: into === current && typeof v['parentId'] === 'string' ? v['parentId'] : null, bindings: bindingsOf(v) })
          say(t('saved'))
          setSearch({ theme: into, point: made.id })
        }} />
      {chosen ? (
        <>
          <ActDrawer open={drawer === 'edit'} onClose={() => setDrawer(null)} title={t('edit')} sub={chosen.name} submitLabel={t('edit')} loaders={{ matter: others }} own={own} initial={{ name: chosen.name, ...(chosen.parentId ? { parentId: chosen.parentId } : {}), words: chosen.bindings.words.join(' '), categoryIds: chosen.bindings.categoryIds, matterIds: chosen.bindings.matterIds, labelIds: chosen.bindings.labelIds }} schema={{ type: 'object', required: ['name'], properties: fields }}
            submit={async (v) => { await send('changeProblemPoint', { id: chosen.id, version: chosen.version, name: String(v['name']), parentId: typeof v['parentId'] === 'string' && v['parentId'] ? v['parentId'] : null, bindings: bindingsOf(v) }); say(t('saved')) }} />
          <ActDrawer open={drawer === 'merge'} onClose={() => setDrawer(null)} title={t('merge')} sub={chosen.name} submitLabel={t('merge')} notice={t('mergeNotice')} loaders={{ matter: others }} schema={{ type: 'object', required: ['intoId'], properties: { intoId: { type: 'string', format: 'matter', title: t('mergeInto') } } }}
            submit={async (v) => { const made = await send('mergeProblemPoint', { id: chosen.id, intoId: String(v['intoId']) }); say(t('saved')); choose(made.id) }} />
        </>
      ) : null}
      <ActDrawer open={drawer === 'test'} onClose={() => setDrawer(null)} title={t('test')} submitLabel={t('test')} schema={{ type: 'object', required: ['text'], properties: { text: { type: 'string', format: 'textarea', title: t('testText'), maxLength: 2000 } } }}
        submit={async (v) => { const found = await call('testProblemPoints', { theme: current ?? '', text: String(v['text']) }); setHits(found.points.length === 0 ? t('testNone') : t('testHits', { list: found.points.map((one) => `${one.path}（${one.words.join('、')}）`).join('；') })) }} />
    </Page>
  )
}

function PointView({ point, acts }: { point: Point; acts: ReactElement | null }): ReactElement {
  const { can } = useSession()
  const orders = useQueryOf('problemPointOrders', { id: point.id, limit: 50 }, { enabled: can('orders.read') })
  const log = useQueryOf('problemPointLog', { id: point.id })
  return (
    <div className="ms-stack">
      <Section title={t('ordersOf', { name: point.name })} extra={acts}>
        {can('orders.read') ? <QueryView query={orders} lines={4}>
          {(data) => (data.items.length === 0 ? <Empty kind="done" text={t('noOrders')} /> : <table className="ms-chart-table"><tbody>{data.items.map((one) => <tr key={one.id}><td><Link to={`/orders/${one.number}`}><bdi className="ms-code">{one.number}</bdi></Link></td><td>{one.title}</td><td><StateTag state={one.state} /></td><td><Time iso={one.registeredAt} /></td></tr>)}</tbody></table>)}
        </QueryView> : <Empty kind="scope" text={t('noRight')} />}
      </Section>
      <Section title={t('history')}><ul className="ms-plain-list">{(log.data?.items ?? []).map((one) => <li key={one.id}>{one.actName} {one.pointName}{one.text && one.text !== one.pointName ? ` → ${one.text}` : ''} <span className="ms-hint">{one.byName} <Time iso={one.at} /></span></li>)}</ul></Section>
    </div>
  )
}
