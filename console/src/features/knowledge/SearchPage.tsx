// 知识检索: directories and types, hits with the reason, the chosen item beside them. The whole state is in the address.
import { Button, Checkbox, Input, Segmented } from 'antd'
import type { InputRef } from 'antd'
import type { ReactElement } from 'react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { useKeys } from '../../ui/keys.ts'
import { Page } from '../../ui/Page.tsx'
import { HotList } from './HotList.tsx'
import { AnswerLine, HitLines } from './HitLines.tsx'
import { ItemPreview } from './ItemPreview.tsx'
import { useNoHit } from './no-hit.tsx'
import { t } from './texts.zh-CN.ts'
import './knowledge.css'

type Found = OutputOf<'searchKnowledge'>
const sorts = ['fit', 'newest', 'used'] as const
const PAGE = 20

/** What was typed, once the person has stopped for a moment. */
export function useSettled(text: string, ms: number): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), ms)
    return () => clearTimeout(timer)
  }, [text, ms])
  return settled
}

export default function SearchPage(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const navigate = useNavigate()
  const [typed, setTyped] = useState(search.get('q') ?? '')
  const box = useRef<InputRef>(null)
  const q = useSettled(typed.trim(), 250)
  const calm = useSettled(q, 1500)
  const set = (more: Record<string, string | null>) => setSearch((before) => {
    const next = new URLSearchParams(before)
    for (const [key, value] of Object.entries(more)) if (value) next.set(key, value); else next.delete(key)
    return next
  }, { replace: true })
  useEffect(() => { if ((search.get('q') ?? '') !== q) set({ q, offset: null }) }, [q]) // oxlint-disable-line react-hooks/exhaustive-deps -- the address follows what was typed
  const get = (key: string): string | undefined => search.get(key) ?? undefined
  const sort = sorts.find((one) => one === search.get('sort')) ?? 'fit'
  const offset = Number(search.get('offset') ?? 0)
  const filter = { typeCode: get('type'), directoryId: get('directory'), ownerUnitId: get('unit'), among: get('among'), labelId: get('label'), ownLabel: get('own'), ...(search.get('files') ? { files: 'true' as const } : {}) }
  const settled = calm === q && q.length > 1
  const found = useQueryOf('searchKnowledge', { q, sort, offset, limit: PAGE, ...filter, ...(settled ? { settled: 'true' as const } : {}) }, { keepPrevious: true, staleTime: 20_000 })
  const favourites = search.get('kept') === '1'
  const items = found.data?.items ?? []
  const chosen = search.get('item') ?? items[0]?.id ?? null
  const move = (by: number) => {
    const next = items[Math.max(0, Math.min(items.length - 1, items.findIndex((one) => one.id === chosen) + by))]
    if (next) set({ item: next.id })
  }
  useKeys(t('search'), [
    { keys: '/', label: t('searchKey'), run: () => box.current?.focus({ cursor: 'all' }) }, { keys: 'F3', label: t('searchKey'), run: () => { const picked = String(getSelection() ?? '').trim().slice(0, 100); if (picked) setTyped(picked); box.current?.focus({ cursor: 'all' }) }, inLayers: true },
    { keys: 'j', label: '下一条', run: () => move(1) }, { keys: 'k', label: '上一条', run: () => move(-1) }, { keys: 'o', label: t('open'), run: () => { if (chosen) void navigate(`/knowledge/items/${chosen}`) } },
  ])
  return (
    <Page fill title={t('search')} help="knowledge" state={found.data ? <span className="ms-muted">{countText(found.data)}</span> : null}>
      <div className="ms-kno">
        <Browse found={found.data} get={get} set={set} favourites={favourites} />
        <section className="ms-kno-main" aria-label={t('search')} data-region>
          <div className="ms-kno-box">
            <Input.Search ref={box} autoFocus size="large" allowClear value={typed} placeholder={t('hint')} aria-label={t('box')} maxLength={200} onChange={(e) => { setTyped(e.target.value); if (search.get('item')) set({ item: null }) }} onSearch={() => set({ q: typed.trim(), item: null, offset: null })}
              onKeyDown={(e) => { if (e.key === 'ArrowDown') { e.preventDefault(); move(1) } else if (e.key === 'ArrowUp') { e.preventDefault(); move(-1) } }} />
            <div className="ms-kno-bar">
              <Segmented size="small" value={sort} options={sorts.map((value) => ({ value, label: t(`sort.${value}`) }))} onChange={(value) => set({ sort: value === 'fit' ? null : value, offset: null })} />
              <Checkbox checked={Boolean(search.get('files'))} onChange={(e) => set({ files: e.target.checked ? '1' : null, offset: null })}>{t('files')}</Checkbox>
              <Input size="small" style={{ inlineSize: 150 }} allowClear defaultValue={search.get('among') ?? ''} placeholder={t('among')} aria-label={t('among')} onPressEnter={(e) => set({ among: e.currentTarget.value.trim(), offset: null })} onBlur={(e) => set({ among: e.currentTarget.value.trim() })} />
            </div>
          </div>
          {favourites ? <Favourites chosen={chosen} pick={(id) => set({ item: id })} /> : (
            <QueryView query={found}>{(data) => (data.items.length === 0 ? <Nothing q={q} /> : (
              <>
                {q === '' && offset === 0 ? <HotList pick={(id) => set({ item: id })} search={setTyped} /> : null}{q === '' ? <div className="ms-kno-meta" style={{ padding: '8px 12px 0' }}>{t('latest')}</div> : null}
                {data.answer ? <div style={{ padding: '8px 12px' }}><AnswerLine answer={data.answer} /></div> : null}
                {data.scenario && data.scenario.items.length > 0 ? <Lead scenario={data.scenario} pick={(id) => set({ item: id })} /> : null}
                <ul className="ms-kno-hits" aria-busy={found.isPlaceholderData} style={found.isPlaceholderData ? { opacity: 0.5 } : {}}>{data.items.map((hit) => <li key={hit.id}><button type="button" className="ms-kno-hit" aria-current={hit.id === chosen} onClick={() => { set({ item: hit.id }); if (settled) void call('openKnowledgeHit', { id: hit.id, words: q }).catch(() => undefined) }} onDoubleClick={() => void navigate(`/knowledge/items/${hit.id}`)}><HitLines hit={hit} /></button></li>)}</ul>
                {data.count > PAGE ? <div className="ms-kno-bar" style={{ justifyContent: 'center', padding: 12 }}><Button disabled={offset === 0} onClick={() => set({ offset: offset - PAGE > 0 ? String(offset - PAGE) : null, item: null })}>上一页</Button><span className="ms-muted">{offset + 1}–{Math.min(offset + PAGE, data.count)}</span><Button disabled={offset + PAGE >= data.count || offset + PAGE > 980} onClick={() => set({ offset: String(offset + PAGE), item: null })}>下一页</Button></div> : null}
                <AlsoShared q={settled ? q : ''} />
              </>
            ))}</QueryView>
          )}
        </section>
        <section className="ms-kno-preview" aria-label={t('item')} data-region>{chosen ? <ItemPreview key={chosen} id={chosen} words={found.data?.items.find((one) => one.id === chosen)?.why.words ?? []} /> : <Empty kind="done" text={t('start')} hint={t('startHint')} />}</section>
      </div>
    </Page>
  )
}

const countText = (data: Found): string => `${t(data.capped ? 'countCapped' : 'count', { n: data.count })} · ${t('took', { n: data.tookMs })}`

function Lead({ scenario, pick }: { scenario: NonNullable<Found['scenario']>; pick: (id: string) => void }): ReactElement {
  return (
    <div className="ms-kno-hot" role="group" aria-label={t('sceneLead', { name: scenario.name })}>
      <h3><Link to={`/knowledge/scenes?scene=${scenario.id}`}>{t('sceneLead', { name: scenario.name })}</Link></h3>
      <ol>{scenario.items.slice(0, 3).map((one) => <li key={one.id}><button type="button" className="ms-link-button" onClick={() => pick(one.id)}>{one.title}</button><span className="ms-hint">{one.typeName}</span></li>)}</ol>
    </div>
  )
}

/** What other hotlines share with us on the same words. */
function AlsoShared({ q }: { q: string }): ReactElement | null {
  const shared = useQueryOf('listSharedKnowledge', { q, limit: 3 }, { enabled: q !== '', staleTime: 60_000 })
  const items = q === '' ? [] : (shared.data?.items ?? [])
  if (items.length === 0) return null
  return <div className="ms-kno-hot"><h3><Link to={`/knowledge/shared?q=${encodeURIComponent(q)}`}>{t('alsoShared', { n: shared.data?.count ?? 0 })}</Link></h3><ol>{items.map((one) => <li key={one.tenantId + one.id}><Link to={`/knowledge/shared/${one.tenantId}/${one.id}`}>{one.title}</Link><span className="ms-hint">{one.tenantName}</span></li>)}</ol></div>
}

function Nothing({ q }: { q: string }): ReactElement {
  const noHit = useNoHit(q)
  return <><Empty kind="filter" text={t('none')} hint={t('noneHint')} />{noHit ? <div className="ms-kno-bar" style={{ justifyContent: 'center' }}>{noHit}</div> : null}</>
}

function Browse({ found, get, set, favourites }: { found: Found | undefined; get: (key: string) => string | undefined; set: (more: Record<string, string | null>) => void; favourites: boolean }): ReactElement {
  const tree = useQueryOf('listKnowledgeDirectories', {}, { staleTime: 60_000 })
  const lines = useMemo(() => {
    const items = tree.data?.items ?? []
    const under = (parentId: string | null, depth: number): { id: string; name: string; depth: number; items: number }[] => items.filter((one) => one.parentId === parentId).flatMap((one) => [{ id: one.id, name: one.name, depth, items: one.items }, ...under(one.id, depth + 1)])
    return under(null, 0)
  }, [tree.data])
  const pick = (key: string, value: string) => set({ [key]: get(key) === value ? null : value, offset: null, item: null, kept: null })
  return (
    <nav className="ms-kno-side" aria-label={t('directories')} data-region>
      <button type="button" className="ms-kno-pick" aria-pressed={favourites} onClick={() => set({ kept: favourites ? null : '1', item: null })}><span>★ {t('favourites')}</span></button>
      <h3>{t('directories')}</h3>
      {lines.map((one) => <button key={one.id} type="button" className="ms-kno-pick" aria-pressed={get('directory') === one.id} style={{ paddingInlineStart: 8 + one.depth * 14 }} onClick={() => pick('directory', one.id)}><span title={one.name}>{one.name}</span><span>{one.items}</span></button>)}
      {found && found.facets.types.length > 0 ? <h3>{t('types')}</h3> : null}
      {found?.facets.types.map((one) => <button key={one.value} type="button" className="ms-kno-pick" aria-pressed={get('type') === one.value} onClick={() => pick('type', one.value)}><span>{one.name}</span><span>{one.count}</span></button>)}
      {found && found.facets.units.length > 0 ? <h3>{t('units')}</h3> : null}
      {found?.facets.units.slice(0, 12).map((one) => <button key={one.value} type="button" className="ms-kno-pick" aria-pressed={get('unit') === one.value} onClick={() => pick('unit', one.value)}><span title={one.name}>{one.name}</span><span>{one.count}</span></button>)}
      <LabelFilters get={get} pick={pick} />
      {get('directory') || get('type') || get('unit') || get('label') || get('own') ? <button type="button" className="ms-link-button" style={{ padding: 8 }} onClick={() => set({ directory: null, type: null, unit: null, label: null, own: null, offset: null })}>{t('clear')}</button> : null}
    </nav>
  )
}

/** Labels everybody may filter by, and one's own. */
function LabelFilters({ get, pick }: { get: (key: string) => string | undefined; pick: (key: string, value: string) => void }): ReactElement {
  const labels = useQueryOf('listKnowledgeLabelFilters', {}, { staleTime: 60_000 })
  const { mine = [], public: shared = [] } = labels.data ?? {}
  return (
    <>
      {shared.length > 0 ? <h3>{t('publicLabels')}</h3> : null}
      {shared.slice(0, 12).map((one) => <button key={one.id} type="button" className="ms-kno-pick" aria-pressed={get('label') === one.id} onClick={() => pick('label', one.id)}><span>{one.name}</span><span>{one.items}</span></button>)}
      {mine.length > 0 ? <h3>{t('myLabels')}</h3> : null}
      {mine.slice(0, 12).map((one) => <button key={one.content} type="button" className="ms-kno-pick" aria-pressed={get('own') === one.content} onClick={() => pick('own', one.content)}><span>{one.content}</span><span>{one.items}</span></button>)}
    </>
  )
}

function Favourites({ chosen, pick }: { chosen: string | null; pick: (id: string) => void }): ReactElement {
  const kept = useQueryOf('listKnowledgeFavourites', {})
  return <QueryView query={kept}>{(data) => (data.items.length === 0 ? <Empty kind="done" text={t('nothing')} /> : <ul className="ms-kno-hits">{data.items.map((one) => <li key={one.id}><button type="button" className="ms-kno-hit" aria-current={one.id === chosen} onClick={() => pick(one.id)}><strong>{one.title}</strong><span className="ms-kno-meta">{[one.folder, one.typeName, one.why].filter(Boolean).join(' · ')}</span></button></li>)}</ul>)}</QueryView>
}
