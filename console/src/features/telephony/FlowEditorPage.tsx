// The editor of a voice flow: palette, drawing or list, properties; check, trial, publish, versions, file (TEL-08). Everything is possible in the list by keyboard.
import { Button, Drawer, Dropdown, Segmented } from 'antd'
import type { ReactElement } from 'react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { Link, useParams } from 'react-router'
import { call as request, type OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import { useKeys } from '../../ui/keys.ts'
import { say } from '../../ui/notices.ts'
import { Page, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { Canvas } from '../flow/Canvas.tsx'
import type { Chosen } from '../flow/flow-types.ts'
import type { Mark } from '../flow/shapes.ts'
import { useHistory } from '../flow/use-history.ts'
import '../flow/flow.css'
import { drawn, redrawn } from './flow-drawing.ts'
import { useAct } from '../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'
import { TryDrawer } from './TryDrawer.tsx'
import { VoiceNodePanel } from './VoiceNodePanel.tsx'
import { addNode, branches, inOrder, kinds, readGraph } from './voice-graph.ts'
import type { VoiceGraph } from './voice-graph.ts'
import './telephony.css'

type Flow = OutputOf<'showVoiceFlow'>
type Finding = OutputOf<'checkVoiceFlow'>['findings'][number]

export default function FlowEditorPage(): ReactElement {
  const { id = '' } = useParams()
  const flow = useQueryOf('showVoiceFlow', { id })
  return <QueryView query={flow}>{(data) => <Editor key={`${data.id}:${data.published}`} flow={data} reload={() => void flow.refetch()} />}</QueryView>
}

function Editor({ flow, reload }: { flow: Flow; reload: () => void }): ReactElement {
  const first = useMemo(() => readGraph(flow.draft) ?? { start: '', nodes: {} }, [flow.draft])
  const { can } = useSession()
  const history = useHistory<VoiceGraph>(first)
  const graph = history.now
  const [chosen, setChosen] = useState<string | null>(null)
  const [view, setView] = useState<'drawing' | 'list'>('drawing')
  const [found, setFindings] = useState<Finding[] | null>(null)
  const [saved, setSaved] = useState<string>(JSON.stringify(first))
  const version = useRef(flow.version)
  const looked = useRef(graph)
  const [layer, setLayer] = useState<'publish' | 'try' | 'versions' | null>(null)
  const file = useRef<HTMLInputElement>(null)
  const send = useAct('listVoiceFlows')
  // What was mended since is no finding any more.
  const findings = found?.filter((one) => one.node === null || graph.nodes[one.node] === looked.current.nodes[one.node]) ?? null
  const text = JSON.stringify(graph)
  const dirty = text !== saved
  const save = async (): Promise<boolean> => {
    if (!dirty) return true
    try {
      const answer = await send('saveVoiceFlow', { id: flow.id, name: flow.name, draft: graph, version: version.current })
      version.current = answer.version
      setSaved(text)
      return true
    } catch (error) {
      say(t('saveFailed', { why: asProblem(error).message }), 'over')
      return false
    }
  }
  useEffect(() => {
    if (!dirty) return undefined
    const timer = setTimeout(() => void save(), 4000)
    return () => clearTimeout(timer)
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the text is what is saved
  }, [text])
  /** What stands against publishing; null where it could not be asked. */
  const look = async (): Promise<Finding[] | null> => {
    if (!(await save())) return null
    try {
      const { findings: told } = await request('checkVoiceFlow', { id: flow.id })
      looked.current = graph
      setFindings(told)
      return told
    } catch (error) {
      say(asProblem(error).message, 'over')
      return null
    }
  }
  const check = async () => {
    if ((await look())?.length === 0) say(t('checkOk'))
  }
  const publish = async () => {
    if ((await look())?.every((one) => one.severity === 'warning')) setLayer('publish')
  }
  useKeys(t('flows'), [{ keys: 'Ctrl S', label: t('save'), run: () => void save(), inLayers: true }, { keys: 'Ctrl Z', label: t('undo'), run: () => history.undo(), enabled: history.canUndo }])
  const picture = useMemo(() => drawn(graph), [graph])
  const marks = useMemo(() => ({ nodes: new Map<string, Mark>((findings ?? []).flatMap((one) => (one.node ? [[one.node, 'problem' as const]] : []))), edges: new Map<number, Mark>() }), [found, graph])
  const add = (kind: (typeof kinds)[number]) => {
    const made = addNode(graph, kind, t(`node.${kind}`), chosen ?? undefined)
    history.set(made.graph)
    setChosen(made.id)
  }
  const load = async (list: FileList | null) => {
    const [one] = list ?? []
    if (!one) return
    const read = await one.text().then((content) => readGraph(JSON.parse(content) as unknown)).catch(() => null)
    if (read) history.set(read)
    else say(t('importBad'), 'over')
  }
  const save2file = () => {
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([JSON.stringify(graph, null, 2)], { type: 'application/json' }))
    link.download = `${flow.code}.json`
    link.click()
    URL.revokeObjectURL(link.href)
  }
  return (
    <Page title={flow.name} fill state={<span className="ms-row"><Tag tone={flow.published ? 'ok' : 'calm'}>{flow.published ? t('published', { n: flow.published }) : t('neverPublished')}</Tag><span className="ms-hint" role="status">{dirty ? t('unsaved') : t('savedAt')}</span></span>}
      acts={<>
        <Segmented size="small" value={view} onChange={(next) => setView(next === 'list' ? 'list' : 'drawing')} options={[{ value: 'drawing', label: t('flow.drawing') }, { value: 'list', label: t('flow.list') }]} />
        <Button onClick={() => void check()}>{t('check')}</Button><Button onClick={() => { void save().then((ok) => ok && setLayer('try')) }}>{t('tryRun')}</Button>
        <Dropdown trigger={['click']} menu={{ items: [{ key: 'versions', label: t('versions'), onClick: () => setLayer('versions') }, { key: 'out', label: t('exportFile'), onClick: save2file }, { key: 'in', label: t('importFile'), onClick: () => file.current?.click() }] }}><Button>{t('more')}</Button></Dropdown>
        <Button type="primary" onClick={() => void publish()}>{t('publish')}</Button>
      </>}
      bar={<>
        {flow.published > 0 && flow.use === 'inbound' && flow.usedBy.length === 0 ? <div className="ms-note" role="status">{t('notUsed')} {can('telephony.lines') ? <Link to="/telephony/lines">{t('notUsedGo')}</Link> : null}</div> : null}
        {findings && findings.length > 0 ? <div className="ms-note" role="alert"><strong>{t('findings', { n: findings.length })}</strong><ul className="ms-findings">{findings.map((one, index) => <li key={index}><button type="button" className="ms-link-button" onClick={() => setChosen(one.node)}>{one.nodeName ? `${one.nodeName}：` : ''}{one.text}</button></li>)}</ul></div> : null}
      </>}>
      <input ref={file} type="file" accept="application/json" hidden onChange={(event) => void load(event.target.files)} />
      <div className="ms-voice-editor">
        <div className="ms-voice-side" role="toolbar" aria-label={t('addNode')}>{kinds.map((kind) => <Button key={kind} size="small" onClick={() => add(kind)}>{t(`node.${kind}`)}</Button>)}</div>
        {view === 'drawing' ? (
          <div className="ms-flow-middle"><Canvas graph={picture} marks={marks} chosen={chosen ? { node: chosen } : null} label={flow.name} onChoose={(next: Chosen) => setChosen(next && 'node' in next ? next.node : null)} onRefused={() => say(t('why.wrongState'), 'over')}
            onChange={(after) => {
              const next = redrawn(graph, picture, after)
              if (next) history.set(next)
              else {
                say(t('why.wrongState'), 'over')
                history.set({ ...graph })
              }
            }} /></div>
        ) : (
          <div className="ms-voice-side"><ol className="ms-plain-list">{inOrder(graph).map(([id, node]) => <li key={id}><button type="button" className="ms-link-button" aria-pressed={chosen === id} onClick={() => setChosen(id)}>{id === graph.start ? '▶ ' : ''}{node.name}</button> <span className="ms-hint">{t(`node.${node.kind}` as 'node.play')} → {branches(node).map((way) => `${way.label ? `${way.label}：` : ''}${graph.nodes[way.to]?.name ?? '?'}`).join('，') || '–'}</span></li>)}</ol></div>
        )}
        <div className="ms-voice-side">{chosen && graph.nodes[chosen] ? <VoiceNodePanel graph={graph} id={chosen} onChange={history.set} onGone={() => setChosen(null)} findings={(findings ?? []).filter((one) => one.node === chosen)} /> : <span className="ms-hint">{t('chooseNode')}。{t('connectHint')}</span>}</div>
      </div>
      <ActDrawer open={layer === 'publish'} onClose={() => setLayer(null)} title={t('publishTitle', { name: flow.name })} sub={t('publishHelp')} submitLabel={t('publish')} schema={{ type: 'object', properties: { note: { type: 'string', title: t('publishNote'), maxLength: 200 } } }}
        submit={async (values) => {
          await send('publishVoiceFlow', { id: flow.id, version: version.current, ...(values.note ? { note: values.note } : {}) })
          say(t('saved'))
          reload()
        }} />
      <Drawer open={layer === 'versions'} size={520} title={t('versions')} onClose={() => setLayer(null)} destroyOnHidden>
        <table className="ms-plain-table"><tbody>{flow.versions.map((one) => <tr key={one.number}><td>{t('published', { n: one.number })}</td><td>{one.note ?? '–'}</td><td>{one.publishedByName} <Time iso={one.publishedAt} /></td><td className="ms-num">{one.number === flow.published ? null : <button type="button" className="ms-link-button" onClick={() => void (async () => {
          if (!(await confirm({ title: `${t('rollBack')} ${one.number}`, text: t('publishHelp'), verb: t('rollBack') }))) return
          await send('rollBackVoiceFlow', { id: flow.id, number: one.number, version: version.current }).then(() => { say(t('rolledBack')); setLayer(null); reload() }, (error: unknown) => say(asProblem(error).message, 'over'))
        })()}>{t('rollBack')}</button>}</td></tr>)}</tbody></table>
      </Drawer>
      <Drawer open={layer === 'try'} size={560} title={t('tryRun')} onClose={() => setLayer(null)} destroyOnHidden>{layer === 'try' ? <TryDrawer id={flow.id} names={graph.nodes} onStep={setChosen} /> : null}</Drawer>
    </Page>
  )
}
