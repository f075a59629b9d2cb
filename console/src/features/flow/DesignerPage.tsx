// Drawing a process: palette, canvas or list, properties, faults, trial, files, publication.
import { Button, Dropdown, Segmented } from 'antd'
import type { ReactElement } from 'react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { useQueryClient } from '@tanstack/react-query'
import { call } from '../../api/call.ts'
import { asProblem, type Problem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ProblemLine, QueryView } from '../../ui/Empty.tsx'
import { Icon } from '../../ui/icons.tsx'
import { useKeys } from '../../ui/keys.ts'
import { say } from '../../ui/notices.ts'
import { Page } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { nowIso, when } from '../../ui/time.ts'
import { Canvas, type CanvasHandle } from './Canvas.tsx'
import { downloadText, pickText } from './files.ts'
import type { Chosen, Flow, Graph, GraphProblem, Version } from './flow-types.ts'
import { addNode, arrange, placeOf, remove } from './graph-edit.ts'
import { NodeList } from './NodeList.tsx'
import { NodePanel } from './NodePanel.tsx'
import { Palette } from './Palette.tsx'
import { PublishDialog } from './PublishDialog.tsx'
import type { Marks } from './shapes.ts'
import { t } from './texts.zh-CN.ts'
import { stateTones } from './tones.ts'
import { TrialDrawer } from './TrialDrawer.tsx'
import { useHistory } from './use-history.ts'
import './flow.css'

const AUTOSAVE = 3000
const CHECK = 600

export default function DesignerPage(): ReactElement {
  const { key = '', version = '' } = useParams()
  const flow = useQueryOf('showFlow', { key })
  return (
    <QueryView query={flow}>
      {(data) => {
        const held = data.versions.find((one) => one.id === version) ?? data.versions[0]
        return held ? <Designer key={held.id} flow={data} version={held} /> : <Page title={data.name}>{t('none')}</Page>
      }}
    </QueryView>
  )
}

function Designer({ flow, version }: { flow: Flow; version: Version }): ReactElement {
  const { can } = useSession()
  const navigate = useNavigate()
  const client = useQueryClient()
  const readOnly = version.state !== 'draft' || !flow.editable || !can('flow.manage')
  const history = useHistory<Graph>(useMemo(() => arrange(version.graph), [version.graph]))
  const { now: graph, set: setGraph } = history
  const [chosen, setChosen] = useState<Chosen>(null)
  const [asList, setAsList] = useState(false)
  const [problems, setProblems] = useState<GraphProblem[] | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [trial, setTrial] = useState(false)
  const [publishing, setPublishing] = useState(false)
  const [trail, setTrail] = useState<{ nodes: string[]; edges: number[] } | null>(null)
  const canvas = useRef<CanvasHandle>(null)
  const parts = useQueryOf('showFlowParts', {}, { staleTime: 600_000 })
  const flows = useQueryOf('listFlows', { state: 'published' }, { staleTime: 60_000 })
  const saved = useRef({ graph: history.now, revision: version.revision })
  const [saving, setSaving] = useState(false)
  const [savedAt, setSavedAt] = useState(version.changedAt)
  const dirty = !readOnly && saved.current.graph !== graph

  const change = useCallback((next: Graph, choose?: Chosen) => {
    setGraph(next)
    setTrail(null)
    if (choose !== undefined) setChosen(choose)
  }, [setGraph])

  const save = useCallback(async () => {
    if (readOnly || saved.current.graph === graph) return true
    setSaving(true)
    try {
      const answer = await call('saveFlowDraft', { id: version.id, graph, revision: saved.current.revision })
      saved.current = { graph, revision: answer.revision }
      setProblems(answer.problems)
      setProblem(null)
      setSavedAt(nowIso())
      return true
    } catch (error) {
      setProblem(asProblem(error))
      return false
    } finally {
      setSaving(false)
    }
  }, [graph, readOnly, version.id])

  // Drafts save themselves a moment after the last change; a refusal waits for the next change.
  useEffect(() => {
    if (!dirty) return undefined
    const timer = setTimeout(() => void save(), AUTOSAVE)
    return () => clearTimeout(timer)
  }, [dirty, save])

  // What was changed is asked for again when the page is left.
  useEffect(() => () => void client.invalidateQueries({ queryKey: ['showFlow'] }), [client])

  // Faults are told while one draws.
  useEffect(() => {
    let live = true
    const timer = setTimeout(() => void call('checkFlow', { graph }).then((answer) => live && setProblems(answer.problems), () => undefined), CHECK)
    return () => {
      live = false
      clearTimeout(timer)
    }
  }, [graph])

  const check = async () => {
    const answer = await call('checkFlow', { graph }).catch((error: unknown) => (setProblem(asProblem(error)), null))
    if (answer) {
      setProblems(answer.problems)
      say(answer.problems.length === 0 ? t('checkOk') : t('problems', { n: answer.problems.length }), answer.problems.length === 0 ? 'ok' : 'over')
    }
  }
  const locate = (path: string) => {
    const place = placeOf(path)
    setChosen(place)
    if (place && 'node' in place) canvas.current?.show(place.node)
    else if (place) canvas.current?.show(`edge${place.edge}`)
  }
  const importFile = async () => {
    const xml = await pickText('.bpmn,.xml')
    if (xml === null) return
    try {
      const answer = await call('importFlow', { xml })
      change(arrange(answer.graph), null)
      setProblem(null)
      say(t('imported'))
      setTimeout(() => canvas.current?.fit(), 100)
    } catch (error) {
      setProblem(asProblem(error))
    }
  }
  const exportFile = async () => {
    if (!(await save())) return
    const answer = await call('exportFlow', { id: version.id }).catch((error: unknown) => (setProblem(asProblem(error)), null))
    if (answer) downloadText(answer.fileName, answer.xml)
  }
  const drop = () => {
    if (readOnly || !chosen) return
    change(remove(graph, chosen), null)
  }
  useKeys(t('keys'), [
    { keys: 'Ctrl s', label: t('save'), run: () => void save() },
    { keys: 'Ctrl z', label: t('undo'), run: history.undo, enabled: history.canUndo && !readOnly },
    { keys: 'Ctrl y', label: t('redo'), run: history.redo, enabled: history.canRedo && !readOnly },
    { keys: 'Delete', label: t('remove'), run: drop, enabled: chosen !== null && !readOnly },
    { keys: 'Escape', label: t('close'), run: () => setChosen(null), enabled: chosen !== null },
  ])

  const marks = useMemo<Marks>(() => {
    if (trail) return { nodes: new Map(trail.nodes.map((node) => [node, 'passed' as const])), edges: new Map(trail.edges.map((edge) => [edge, 'passed' as const])) }
    const places = (problems ?? []).map((one) => placeOf(one.path))
    return { nodes: new Map(places.flatMap((one) => (one && 'node' in one ? [[one.node, 'problem' as const]] : []))), edges: new Map(places.flatMap((one) => (one && 'edge' in one ? [[one.edge, 'problem' as const]] : []))) }
  }, [problems, trail])

  return (
    <Page fill title={flow.name} sub={<span className="ms-code">{flow.key}</span>} help="flows" state={<><Tag tone={stateTones[version.state]}>v{version.version} {t(version.state)}</Tag>{readOnly ? <Tag tone="calm" icon="lock">{t('readOnly')}</Tag> : <span className="ms-hint">{saving ? t('saving') : dirty ? t('unsaved') : t('savedAt', { time: when(savedAt) })}</span>}</>}
      acts={(
        <>
          <Button onClick={() => void check()}>{t('check')}</Button>
          <Button onClick={() => setTrial(true)}>{t('simulate')}</Button>
          <Dropdown trigger={['click']} menu={{ items: [{ key: 'export', label: t('exportXml') }, ...(readOnly ? [] : [{ key: 'import', label: t('importXml') }, { key: 'arrange', label: t('arrange') }])], onClick: ({ key }) => {
            if (key === 'export') void exportFile()
            else if (key === 'import') void importFile()
            else change(arrange(graph, true))
          } }}><Button icon={<Icon name="more" size={16} />}>{t('more')}</Button></Dropdown>
          {readOnly ? null : <Button onClick={() => void save()} loading={saving} disabled={!dirty}>{t('save')}</Button>}
          {readOnly ? null : <Button type="primary" onClick={() => void save().then((ok) => ok && setPublishing(true))}>{t('publish')}</Button>}
          <Button onClick={() => void navigate(`/admin/flows/${flow.id}`)}>{t('close')}</Button>
        </>
      )}>
      {problem ? <div className="ms-stack"><ProblemLine problem={problem} />{problem.fields.length > 0 ? <ul className="ms-flow-refused">{problem.fields.slice(0, 20).map((one, i) => <li key={i}>{one.message}</li>)}</ul> : null}</div> : null}
      <div className="ms-flow-desk" data-readonly={readOnly || undefined}>
        {readOnly ? null : <Palette onDrag={(kind) => canvas.current?.drag(kind)} onAdd={(kind) => {
          const added = addNode(graph, kind, canvas.current?.middle() ?? { x: 300, y: 200 })
          change(added.graph, { node: added.key })
        }} />}
        <div className="ms-flow-middle">
          <div className="ms-flow-tools" role="toolbar" aria-label={t('graph')}>
            <Segmented size="small" value={asList ? 'list' : 'graph'} options={[{ value: 'graph', label: t('asGraph') }, { value: 'list', label: t('asList') }]} onChange={(value) => setAsList(value === 'list')} />
            {readOnly ? null : (
              <>
                <Tool icon="undo" label={t('undo')} disabled={!history.canUndo} run={history.undo} />
                <Tool icon="refresh" label={t('redo')} disabled={!history.canRedo} run={history.redo} />
                <Tool icon="close" label={t('remove')} disabled={chosen === null} run={drop} />
              </>
            )}
            <Tool icon="minus" label={t('zoomOut')} disabled={asList} run={() => canvas.current?.zoom(-1)} />
            <Tool icon="plus" label={t('zoomIn')} disabled={asList} run={() => canvas.current?.zoom(1)} />
            <Button size="small" type="text" disabled={asList} onClick={() => canvas.current?.zoom('actual')}>100%</Button>
            <Button size="small" type="text" disabled={asList} onClick={() => canvas.current?.fit()}>{t('fit')}</Button>
          </div>
          {asList ? <NodeList graph={graph} chosen={chosen} readOnly={readOnly} problems={problems ?? []} onChoose={setChosen} onChange={change} /> : <Canvas handle={canvas} graph={graph} marks={marks} chosen={chosen} readOnly={readOnly} label={flow.name} onChoose={setChosen} onChange={change} onRefused={() => say(t('refused'), 'over')} />}
          <Problems problems={problems} onLocate={locate} />
        </div>
        <NodePanel graph={graph} chosen={chosen} parts={parts.data} flows={(flows.data?.items ?? []).filter((one) => one.key !== flow.key)} readOnly={readOnly} onChange={change} onChoose={setChosen} />
      </div>
      <TrialDrawer open={trial} graph={graph} onClose={() => setTrial(false)} onTrail={setTrail} />
      <PublishDialog open={publishing} flow={flow} version={version} onClose={() => setPublishing(false)} onProblem={setProblem} onDone={async () => {
        await client.invalidateQueries({ queryKey: ['showFlow'] })
        await client.invalidateQueries({ queryKey: ['listFlows'] })
        void navigate(`/admin/flows/${flow.id}`)
      }} />
    </Page>
  )
}

function Tool({ icon, label, disabled, run }: { icon: Parameters<typeof Icon>[0]['name']; label: string; disabled: boolean; run: () => void }): ReactElement {
  return <Button size="small" type="text" icon={<Icon name={icon} size={16} />} aria-label={label} title={label} disabled={disabled} onClick={run} />
}

function Problems({ problems, onLocate }: { problems: GraphProblem[] | null; onLocate: (path: string) => void }): ReactElement {
  return (
    <div className="ms-flow-problems" aria-live="polite">
      {problems === null ? null : problems.length === 0 ? <Tag tone="ok" icon="check">{t('checkOk')}</Tag> : (
        <>
          <strong>{t('problems', { n: problems.length })}</strong>
          <ul>{problems.map((one, i) => <li key={i}><button type="button" className="ms-flow-locate" onClick={() => onLocate(one.path)}>{one.message}<span className="ms-hint"> {t('locate')}</span></button></li>)}</ul>
        </>
      )}
    </div>
  )
}

