// 专题导图: published maps for everybody on the desk; whoever keeps knowledge draws, publishes and withdraws them.
import { Button, Drawer, Segmented } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { localLoader } from '../../ui/local-loader.ts'
import { say } from '../../ui/notices.ts'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { TreePane } from '../../ui/TreePane.tsx'
import { useAct } from '../../ui/use-act.ts'
import { MindMap } from './MindMap.tsx'
import { textList } from './pickers.ts'
import { t } from './texts.zh-CN.ts'
import { TopicNode } from './TopicNode.tsx'
import '../../ui/parts.css'
import './knowledge.css'

type Line = OutputOf<'listKnowledgeTopics'>['items'][number]
type Topic = OutputOf<'getKnowledgeTopic'>
const stale = ['listKnowledgeTopics', 'getKnowledgeTopic', 'listKnowledgeTopicLog']
const tones = { draft: 'calm', published: 'ok', offline: 'near' } as const
const styles = ['map', 'cards', 'list'] as const
type Asking = 'edit' | 'draw' | 'delete' | 'log' | null

export default function TopicsPage(): ReactElement {
  const { can } = useSession()
  const [search, setSearch] = useSearchParams()
  const topics = useQueryOf('listKnowledgeTopics', {})
  const [adding, setAdding] = useState(false)
  const manage = can('knowledge.manage')
  const chosen = search.get('topic') ?? topics.data?.items[0]?.id ?? null
  return (
    <Page fill title={t('topics')} help="knowledge" acts={manage ? <Button type="primary" onClick={() => setAdding(true)}>{t('addTopic')}</Button> : null}>
      <QueryView query={topics}>{(data) => (data.items.length === 0 ? <Section><Empty kind="done" text={t('noTopics')} hint={t('noTopicsHint')} /></Section> : (
        <div className="ms-split">
          <TreePane label={t('topics')} items={data.items.map((one) => ({ id: one.id, parentId: null, name: one.name, note: manage ? one.stateName : one.level }))} selected={chosen} onSelect={(id) => setSearch(id ? { topic: id } : {})} />
          <div className="ms-split-main">{chosen ? <Shown key={chosen} id={chosen} manage={manage} leave={() => setSearch({})} /> : null}</div>
        </div>
      ))}</QueryView>
      {adding ? <TopicDrawer old={null} close={() => setAdding(false)} onSaved={(id) => setSearch({ topic: id })} /> : null}
    </Page>
  )
}

function Shown({ id, manage, leave }: { id: string; manage: boolean; leave: () => void }): ReactElement {
  const topic = useQueryOf('getKnowledgeTopic', { id })
  const send = useAct(...stale)
  const [asking, setAsking] = useState<Asking>(null)
  const [style, setStyle] = useState<Topic['style'] | null>(null)
  const [node, setNode] = useState<string | 'new' | null>(null)
  const set = (data: Topic, state: 'published' | 'offline') => void send('setKnowledgeTopicState', { id, state, version: data.version }).then(() => say(state === 'published' ? t('topicPublished') : t('topicOffline')), (error: unknown) => say(asProblem(error).message, 'over'))
  return (
    <QueryView query={topic}>{(data) => (
      <>
        <Section title={<span className="ms-row">{data.name}{manage ? <Tag tone={tones[data.state]}>{data.stateName}</Tag> : null}{data.level ? <Tag>{data.level}</Tag> : null}</span>}
          extra={manage ? <span className="ms-row"><Button size="small" onClick={() => setAsking('log')}>{t('topicLog')}</Button><Button size="small" onClick={() => setAsking('edit')}>{t('change')}</Button><Button size="small" onClick={() => setAsking('draw')}>{t('drawTopic')}</Button><Button size="small" onClick={() => setNode('new')}>{t('addNode')}</Button>
            {data.state === 'published' ? <Button size="small" onClick={() => set(data, 'offline')}>{t('topicDown')}</Button> : <><Button size="small" danger onClick={() => setAsking('delete')}>{t('remove')}</Button><Button size="small" type="primary" onClick={() => set(data, 'published')}>{t('publish')}</Button></>}</span> : null}>
          <div className="ms-row" style={{ justifyContent: 'space-between' }}>
            <span className="ms-hint">{[data.description, data.audience === 'public' ? t('topicPublic') : t('topicStaff')].filter(Boolean).join(' · ')}{manage ? <> · {data.changedByName} <Time iso={data.changedAt} /></> : null}</span>
            <Segmented size="small" value={style ?? data.style} options={styles.map((value) => ({ value, label: t(`topicStyle.${value}`) }))} onChange={setStyle} />
          </div>
          {data.tree.length === 0 ? <Empty kind="done" text={t('noNodes')} hint={manage ? t('noNodesHint') : ''} /> : <MindMap tree={data.tree} style={style ?? data.style} chosen={node} choose={(next) => setNode(next === node ? null : next)} />}
        </Section>
        {node !== null ? <TopicNode key={node} topic={data} node={data.tree.find((one) => one.id === node) ?? null} manage={manage} close={() => setNode(null)} /> : null}
        {asking === 'edit' ? <TopicDrawer old={data} close={() => setAsking(null)} onSaved={() => undefined} /> : null}
        {asking === 'draw' ? <DrawDrawer topic={data} close={() => setAsking(null)} /> : null}
        {asking === 'log' ? <TopicLog topic={data} close={() => setAsking(null)} /> : null}
        {asking === 'delete' ? <ActDrawer open onClose={() => setAsking(null)} title={t('deleteTopic')} sub={data.name} notice={t('deleteTopicHelp')} submitLabel={t('remove')} schema={{ type: 'object', required: ['confirm'], properties: { confirm: { type: 'string', title: t('typeName', { name: data.name }), maxLength: 60 } } }}
          submit={async (values) => { await send('deleteKnowledgeTopic', { id, confirm: String(values.confirm) }); say(t('removed')); leave() }} /> : null}
      </>
    )}</QueryView>
  )
}

function TopicDrawer({ old, close, onSaved }: { old: Line | null; close: () => void; onSaved: (id: string) => void }): ReactElement {
  const send = useAct(...stale)
  return (
    <ActDrawer open onClose={close} title={old ? t('change') : t('addTopic')} submitLabel={t('saveIt')} initial={old ? { name: old.name, description: old.description, style: old.style, level: old.level, audience: old.audience } : { style: 'map', audience: 'staff' }}
      schema={{ type: 'object', required: ['name', 'style', 'audience'], properties: {
        name: { type: 'string', title: t('name'), maxLength: 60 }, description: { type: 'string', title: t('description'), maxLength: 300 }, style: { type: 'string', title: t('topicStyle'), oneOf: styles.map((value) => ({ const: value, title: t(`topicStyle.${value}`) })) },
        level: { type: 'string', title: t('topicLevel'), description: t('topicLevelHelp'), maxLength: 20 }, audience: { type: 'string', title: t('audience'), oneOf: [{ const: 'public', title: '公众' }, { const: 'staff', title: '工作人员' }] },
      } }}
      submit={async (values) => { const { id } = await send('saveKnowledgeTopic', { ...(old ? { id: old.id, version: old.version } : {}), name: String(values.name), description: String(values.description ?? ''), style: values.style, level: String(values.level ?? ''), audience: values.audience }); say(t('saved')); onSaved(id) }} />
  )
}

function DrawDrawer({ topic, close }: { topic: Topic; close: () => void }): ReactElement {
  const libraries = useQueryOf('listKnowledgeLibraries', {})
  const send = useAct(...stale)
  const loader = localLoader(`topic-libraries:${libraries.data?.items.length ?? 0}`, (libraries.data?.items ?? []).map((one) => ({ id: one.id, parentId: null, name: one.name })))
  return <ActDrawer open onClose={close} title={t('drawTopic')} sub={topic.name} notice={t('drawHelp')} submitLabel={t('drawTopic')} loaders={{ matter: loader }} schema={{ type: 'object', required: ['libraryIds'], properties: { libraryIds: { type: 'array', format: 'matter', title: t('scenes') } } }}
    submit={async (values) => { const { added } = await send('drawKnowledgeTopic', { id: topic.id, libraryIds: textList(values.libraryIds) }); say(t('drawn', { n: added })) }} />
}

function TopicLog({ topic, close }: { topic: Topic; close: () => void }): ReactElement {
  const log = useQueryOf('listKnowledgeTopicLog', { id: topic.id })
  return <Drawer open onClose={close} title={`${t('topicLog')} · ${topic.name}`} size={520}><QueryView query={log}>{(data) => <ul className="ms-plain-list">{data.items.map((one) => <li key={one.id}><Time iso={one.at} /> <strong>{one.actName}</strong> {one.text} <span className="ms-hint">{one.byName}</span></li>)}</ul>}</QueryView></Drawer>
}
