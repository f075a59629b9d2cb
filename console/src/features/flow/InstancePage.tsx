// One running or finished process: the path coloured on its drawing, who decided what, and what may be done now.
import { Button, Select } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { Link, useParams } from 'react-router'
import { useQueryClient } from '@tanstack/react-query'
import { call } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import { Facts, Page, Section, Time } from '../../ui/Page.tsx'
import { UserPicker } from '../../ui/Pickers.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { orderLoaders } from '../orders/pickers.ts'
import { Canvas } from './Canvas.tsx'
import type { Instance } from './flow-types.ts'
import { arrange } from './graph-edit.ts'
import { ReasonDialog } from './ReasonDialog.tsx'
import type { Mark, Marks } from './shapes.ts'
import { t } from './texts.zh-CN.ts'
import { instanceTones } from './tones.ts'
import './flow.css'

const known = ['approve', 'return', 'passUp', 'addSigner', 'forward', 'withdraw', 'reassign', 'jump', 'suspend', 'resume', 'end'] as const
type Act = (typeof known)[number]

export default function InstancePage(): ReactElement {
  const { id = '' } = useParams()
  const instance = useQueryOf('showFlowInstance', { id })
  return <QueryView query={instance}>{(data) => <View instance={data} />}</QueryView>
}

function View({ instance }: { instance: Instance }): ReactElement {
  const { can } = useSession()
  const client = useQueryClient()
  const [act, setAct] = useState<Act | null>(null)
  const [person, setPerson] = useState<string | null>(null)
  const [place, setPlace] = useState<string | null>(null)
  const graph = useMemo(() => arrange(instance.graph), [instance.graph])
  const marks = useMemo(() => marksOf(instance), [instance])
  const acts = instance.acts.filter((one): one is typeof one & { act: Act } => (known as readonly string[]).includes(one.act))
  const start = (next: Act) => {
    setPerson(null)
    setPlace(null)
    setAct(next)
  }
  const refresh = () => Promise.all(['showFlowInstance', 'listFlowInstances', 'listMyFlowTasks'].map((name) => client.invalidateQueries({ queryKey: [name] })))
  const run = (reason: string): Promise<unknown> => {
    const { id } = instance
    switch (act) {
      case 'approve':
      case 'passUp':
        return call('decideFlowStep', { id, outcome: act, opinion: reason })
      case 'return':
        return call('decideFlowStep', { id, outcome: 'return', opinion: reason, ...(place ? { returnTo: place } : {}) })
      case 'addSigner':
        return call('addFlowSigner', { id, userId: person ?? '', opinion: reason })
      case 'forward':
        return call('forwardFlowStep', { id, userId: person ?? '', opinion: reason })
      case 'reassign':
        return call('reassignFlowStep', { id, userId: person ?? '', reason })
      case 'jump':
        return call('jumpFlow', { id, nodeKey: place ?? '', reason })
      case 'withdraw':
        return call('withdrawFlow', { id, reason })
      case 'suspend':
        return call('suspendFlow', { id, reason })
      case 'resume':
        return call('resumeFlow', { id, reason })
      default:
        return call('endFlow', { id, reason })
    }
  }
  const needsPerson = act === 'addSigner' || act === 'forward' || act === 'reassign'
  const decides = act === 'approve' || act === 'passUp' || act === 'addSigner' || act === 'forward'
  return (
    <Page title={instance.title} sub={`${instance.flowName} v${instance.version}`} help="flows" state={<><Tag tone={instanceTones[instance.state]}>{t(`state_${instance.state}`)}</Tag>{instance.suspended ? <Tag tone="calm">{t('suspended')}</Tag> : null}</>}
      acts={acts.map((one) => <Button key={one.act} type={one.act === 'approve' ? 'primary' : 'default'} danger={one.act === 'end'} disabled={!one.enabled} title={one.reason ?? ''} onClick={() => start(one.act)}>{one.label}</Button>)}>
      <div className="ms-row">{can('flow.read') ? <Link to="/admin/flow-instances">{t('backInstances')}</Link> : null}{instance.link ? <Link to={instance.link}>{t('openObject')}</Link> : null}{instance.parentId ? <Link to={`/flow/instances/${instance.parentId}`}>{t('parent')}</Link> : null}{instance.children.map((one) => <Link key={one.id} to={`/flow/instances/${one.id}`}>{t('children')}：{one.flowName}（{t(`state_${one.state}`)}）</Link>)}</div>
      <Section><Facts columns={3} items={[{ label: t('applicant'), value: `${instance.applicantName}${instance.unitName ? `（${instance.unitName}）` : ''}` }, { label: t('current'), value: instance.currentName ?? '–' }, { label: t('started'), value: <><Time iso={instance.startedAt} />{instance.finishedAt ? <> – <Time iso={instance.finishedAt} /></> : null}</> }]} /></Section>
      <Section title={t('graph')} extra={<span className="ms-hint">{t('trail')}</span>}><Canvas graph={graph} marks={marks} chosen={null} readOnly label={instance.title} height={340} /></Section>
      {instance.tasks.length > 0 ? (
        <Section title={t('tasks')} flush>
          <table className="ms-plain-table"><thead><tr><th scope="col">{t('node')}</th><th scope="col">{t('actor')}</th><th scope="col">{t('opens')}</th><th scope="col">{t('dueAt')}</th></tr></thead>
            <tbody>{instance.tasks.map((one) => <tr key={one.id}><td>{one.name} {one.mine ? <Tag tone="primary">{t('mine')}</Tag> : null}</td><td>{one.actor}</td><td><Time iso={one.openedAt} /></td><td>{one.dueAt ? <Time iso={one.dueAt} /> : '–'}</td></tr>)}</tbody></table>
        </Section>
      ) : null}
      <Section title={t('records')} flush>
        <table className="ms-plain-table"><thead><tr><th scope="col">{t('started')}</th><th scope="col">{t('node')}</th><th scope="col">{t('actor')}</th><th scope="col">{t('outcome')}</th><th scope="col">{t('opinionText')}</th></tr></thead>
          <tbody>{instance.records.map((one) => <tr key={one.id}><td><Time iso={one.at} /></td><td>{one.name}{one.unitName ? `（${one.unitName}）` : ''}</td><td>{one.actorName}</td><td>{t(`record_${one.outcome}`)}</td><td>{one.opinion ?? ''}</td></tr>)}</tbody></table>
      </Section>
      <ReasonDialog open={act !== null} title={act ? t(`act_${act}`) : ''} verb={t('act_ok')} danger={act === 'end'} label={decides || act === 'return' ? t('opinionText') : t('reason')} optional={decides} ready={(!needsPerson || person !== null) && (act !== 'jump' || place !== null)} onClose={() => setAct(null)} run={run} onDone={refresh}>
        {needsPerson && orderLoaders.user ? <div className="ms-field"><span className="ms-field-label">{t('act_person')}</span><UserPicker loader={orderLoaders.user} value={person ?? undefined} onChange={(value) => setPerson(typeof value === 'string' ? value : null)} /></div> : null}
        {act === 'jump' ? <div className="ms-field"><span className="ms-field-label">{t('act_node')}</span><Select aria-label={t('act_node')} value={place} onChange={setPlace} options={graph.nodes.filter((one) => one.kind === 'userTask' || one.kind === 'end').map((one) => ({ value: one.key, label: one.name }))} /></div> : null}
        {act === 'return' && instance.returnTo.length > 0 ? <div className="ms-field"><span className="ms-field-label">{t('act_returnTo')}</span><Select aria-label={t('act_returnTo')} value={place ?? ''} onChange={(value) => setPlace(value || null)} options={[{ value: '', label: t('act_returnRoute') }, ...instance.returnTo.map((one) => ({ value: one.to, label: one.label }))]} /></div> : null}
      </ReasonDialog>
    </Page>
  )
}

/** Routes that were passed and the nodes at their ends; what waits now stands out. */
function marksOf(instance: Instance): Marks {
  const edges = new Map<number, Mark>()
  const nodes = new Map<string, Mark>()
  for (const record of instance.records) {
    nodes.set(record.node, record.outcome === 'return' ? 'returned' : 'passed')
    for (const at of record.trail) {
      edges.set(at, 'passed')
      const edge = instance.graph.edges[at]
      if (edge && !nodes.has(edge.to)) nodes.set(edge.to, 'passed')
    }
  }
  for (const task of instance.tasks) nodes.set(task.node, 'current')
  return { nodes, edges }
}
