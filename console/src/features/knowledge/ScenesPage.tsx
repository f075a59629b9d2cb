// 场景知识库: libraries and their scenarios; what leads a scenario is chosen by hand, what is near follows by itself.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { localLoader } from '../../ui/local-loader.ts'
import { say } from '../../ui/notices.ts'
import { Page, Section } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { TreePane } from '../../ui/TreePane.tsx'
import { useAct } from '../../ui/use-act.ts'
import { itemLoader, textList, wordList } from './pickers.ts'
import { t } from './texts.zh-CN.ts'
import '../../ui/parts.css'
import './knowledge.css'

type Libraries = OutputOf<'listKnowledgeLibraries'>
type Library = Libraries['items'][number]
type Scenario = Library['scenarios'][number]
type Editing = { library: Library | null } | { scenario: Scenario | null; libraryId: string } | null
const stale = ['listKnowledgeLibraries', 'getKnowledgeScenario', 'searchKnowledge']

export default function ScenesPage(): ReactElement {
  const { can } = useSession()
  const [search, setSearch] = useSearchParams()
  const list = useQueryOf('listKnowledgeLibraries', {})
  const send = useAct(...stale)
  const [editing, setEditing] = useState<Editing>(null)
  const manage = can('knowledge.manage')
  const nodes = useMemo(() => (list.data?.items ?? []).flatMap((one) => [{ id: one.id, parentId: null, name: one.name, off: !one.enabled, note: one.audience === 'public' ? '公众' : '内部' }, ...one.scenarios.map((scenario) => ({ id: scenario.id, parentId: one.id, name: scenario.name, off: !scenario.enabled, note: scenario.items > 0 ? String(scenario.items) : '' }))]), [list.data])
  const chosen = search.get('scene') ?? list.data?.items[0]?.scenarios[0]?.id ?? null
  const ship = () => void send('addShippedKnowledgeLibraries', {}).then(() => say(t('saved')), (error: unknown) => say(asProblem(error).message, 'over'))
  return (
    <Page fill title={t('scenes')} help="knowledge" acts={manage ? <>{list.data && list.data.shipped > 0 ? <Button onClick={ship}>{t('shippedLibraries', { n: list.data.shipped })}</Button> : null}<Button type="primary" onClick={() => setEditing({ library: null })}>{t('addLibrary')}</Button></> : null}>
      <QueryView query={list}>{(data) => (data.items.length === 0 ? <Section><Empty kind="done" text={t('noLibraries')} hint={t('noLibrariesHint')} /></Section> : (
        <div className="ms-split">
          <TreePane label={t('scenes')} items={nodes} selected={chosen} onSelect={(id) => setSearch(id ? { scene: id } : {})} />
          <div className="ms-split-main"><Chosen data={data} id={chosen} manage={manage} edit={setEditing} /></div>
        </div>
      ))}</QueryView>
      {editing && 'library' in editing ? <LibraryDrawer old={editing.library} close={() => setEditing(null)} /> : null}
      {editing && 'scenario' in editing ? <ScenarioDrawer old={editing.scenario} libraryId={editing.libraryId} close={() => setEditing(null)} /> : null}
    </Page>
  )
}

function Chosen({ data, id, manage, edit }: { data: Libraries; id: string | null; manage: boolean; edit: (next: Editing) => void }): ReactElement {
  const library = data.items.find((one) => one.id === id || one.scenarios.some((scenario) => scenario.id === id))
  const scenario = library?.scenarios.find((one) => one.id === id)
  if (!library) return <Section><Empty kind="done" text={t('pickScene')} /></Section>
  return (
    <>
      {scenario ? <SceneItems key={scenario.id} scenario={scenario} manage={manage} edit={() => edit({ scenario, libraryId: library.id })} /> : null}
      <Section title={library.name} extra={manage ? <span className="ms-row"><Button size="small" onClick={() => edit({ library })}>{t('change')}</Button><Button size="small" onClick={() => edit({ scenario: null, libraryId: library.id })}>{t('addScene')}</Button></span> : null}>
        <p className="ms-hint" style={{ margin: 0 }}>{[library.description, library.audience === 'public' ? '公众页可按场景浏览' : '仅供工作人员', library.open ? t('openLibrary') : '', library.directoryNames.join('、')].filter(Boolean).join(' · ')}</p>
        {library.scenarios.length === 0 ? <p>{t('nothing')}</p> : <ul className="ms-plain-list">{library.scenarios.map((one) => <li key={one.id}><Link to={`?scene=${one.id}`}>{one.name}</Link> <span className="ms-hint">{t('sceneN', { n: one.items })} · {one.words.join('、')}</span></li>)}</ul>}
      </Section>
      {manage && data.loose.length > 0 ? <Section title={t('looseWords')}><div className="ms-row">{data.loose.map((one) => <Tag key={one.words}>{one.words} {one.n}</Tag>)}</div></Section> : null}
    </>
  )
}

function SceneItems({ scenario, manage, edit }: { scenario: Scenario; manage: boolean; edit: () => void }): ReactElement {
  const read = useQueryOf('getKnowledgeScenario', { id: scenario.id })
  const send = useAct(...stale)
  const [adding, setAdding] = useState(false)
  const linked = (read.data?.list ?? []).filter((one) => one.linked).map((one) => one.id)
  const set = (itemIds: string[]) => send('linkKnowledgeScenario', { id: scenario.id, itemIds }).then(() => say(t('saved')), (error: unknown) => say(asProblem(error).message, 'over'))
  const up = (id: string) => { const at = linked.indexOf(id); const next = linked.filter((one) => one !== id); next.splice(at - 1, 0, id); return set(next) }
  return (
    <Section title={scenario.name} flush extra={manage ? <span className="ms-row"><Button size="small" onClick={edit}>{t('change')}</Button><Button size="small" type="primary" onClick={() => setAdding(true)}>{t('sceneAdd')}</Button></span> : null}>
      {scenario.words.length > 0 ? <p className="ms-hint" style={{ padding: '8px 16px 0', margin: 0 }}>{t('sceneWords')}：{scenario.words.join('、')}</p> : null}
      <QueryView query={read}>{(data) => (data.list.length === 0 ? <Empty kind="done" text={t('sceneEmpty')} /> : (
        <table className="ms-plain-table"><tbody>{data.list.map((one) => (
          <tr key={one.id}><td style={{ inlineSize: 70 }}><Tag tone={one.linked ? 'ok' : 'calm'}>{one.linked ? t('sceneLinked') : t('sceneNear')}</Tag></td><td><Link to={`/knowledge/items/${one.id}`}>{one.title}</Link>{one.summary ? <div className="ms-hint">{one.summary}</div> : null}</td><td style={{ inlineSize: 90 }}>{one.typeName}</td>
            {manage ? <td style={{ inlineSize: 130 }}><span className="ms-row" style={{ justifyContent: 'flex-end', flexWrap: 'nowrap' }}>{one.linked ? <>{linked[0] === one.id ? null : <button type="button" className="ms-link-button" onClick={() => void up(one.id)}>{t('sceneUp')}</button>}<button type="button" className="ms-link-button" onClick={() => void set(linked.filter((id) => id !== one.id))}>{t('sceneOut')}</button></> : <button type="button" className="ms-link-button" onClick={() => void set([...linked, one.id])}>{t('sceneIn')}</button>}</span></td> : null}</tr>
        ))}</tbody></table>
      ))}</QueryView>
      {adding ? <ActDrawer open onClose={() => setAdding(false)} title={t('sceneAdd')} sub={scenario.name} submitLabel={t('sceneIn')} loaders={{ matter: itemLoader }} schema={{ type: 'object', required: ['itemIds'], properties: { itemIds: { type: 'array', format: 'matter', title: t('item') } } }} submit={async (values) => { await send('linkKnowledgeScenario', { id: scenario.id, itemIds: [...new Set([...linked, ...textList(values.itemIds)])] }); say(t('saved')) }} /> : null}
    </Section>
  )
}

function LibraryDrawer({ old, close }: { old: Library | null; close: () => void }): ReactElement {
  const tree = useQueryOf('listKnowledgeDirectories', {}, { staleTime: 60_000 })
  const directories = useMemo(() => localLoader(`knowledge-library:${tree.data?.items.length ?? 0}`, tree.data?.items ?? []), [tree.data])
  const send = useAct(...stale)
  return (
    <ActDrawer open onClose={close} title={old ? t('change') : t('addLibrary')} submitLabel={t('saveIt')} loaders={{ matter: directories }}
      initial={old ? { code: old.code, name: old.name, description: old.description, directoryIds: old.directoryIds, audience: old.audience, open: old.open, enabled: old.enabled, sort: old.sort } : { audience: 'staff', open: false, enabled: true, sort: 100 }}
      schema={{ type: 'object', required: ['code', 'name', 'audience'], properties: {
        name: { type: 'string', title: t('name'), maxLength: 40 }, code: { type: 'string', title: t('typeCode'), description: t('codeHelp'), maxLength: 40 }, description: { type: 'string', title: t('description'), maxLength: 200 }, directoryIds: { type: 'array', format: 'matter', title: t('directories') },
        audience: { type: 'string', title: t('audience'), oneOf: [{ const: 'public', title: '公众' }, { const: 'staff', title: '工作人员' }] }, open: { type: 'boolean', title: t('openLibrary') }, enabled: { type: 'boolean', title: t('enabled') }, sort: { type: 'integer', title: t('sort'), minimum: 0, maximum: 9999 },
      } }}
      submit={async (values) => { await send('saveKnowledgeLibrary', { ...(old ? { id: old.id } : {}), version: old?.version ?? 0, code: String(values.code), name: String(values.name), description: String(values.description ?? ''), directoryIds: textList(values.directoryIds), audience: values.audience === 'public' ? 'public' : 'staff', open: values.open === true, enabled: values.enabled === true, sort: Number(values.sort ?? 100) }); say(t('saved')) }} />
  )
}

function ScenarioDrawer({ old, libraryId, close }: { old: Scenario | null; libraryId: string; close: () => void }): ReactElement {
  const send = useAct(...stale)
  return (
    <ActDrawer open onClose={close} title={old ? t('change') : t('addScene')} submitLabel={t('saveIt')} initial={old ? { name: old.name, description: old.description, words: old.words.join(' '), enabled: old.enabled, sort: old.sort } : { enabled: true, sort: 100 }}
      schema={{ type: 'object', required: ['name'], properties: { name: { type: 'string', title: t('name'), maxLength: 40 }, description: { type: 'string', title: t('description'), maxLength: 200 }, words: { type: 'string', title: t('sceneWords'), description: t('sceneWordsHelp'), maxLength: 400 }, enabled: { type: 'boolean', title: t('enabled') }, sort: { type: 'integer', title: t('sort'), minimum: 0, maximum: 9999 } } }}
      submit={async (values) => { await send('saveKnowledgeScenario', { ...(old ? { id: old.id } : {}), version: old?.version ?? 0, libraryId, name: String(values.name), description: String(values.description ?? ''), words: wordList(values.words), enabled: values.enabled === true, sort: Number(values.sort ?? 100) }); say(t('saved')) }} />
  )
}
