// Joint review of a result: the proposal, who has said what, and my word; and the drawer that opens one (QUA-09).
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { asProblem, type Problem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { Empty, ProblemLine, QueryView } from '../../ui/Empty.tsx'
import type { FormSchema } from '../../ui/form-rules.ts'
import { say } from '../../ui/notices.ts'
import { Time } from '../../ui/Page.tsx'
import { Tag, type Tone } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { j } from './joint.zh-CN.ts'

export type JointRow = OutputOf<'listQualityJoints'>['items'][number]
export const jointTone = (state: JointRow['state']): Tone => (state === 'open' ? 'primary' : state === 'agreed' ? 'ok' : 'calm')
const voiceTone = (voice: JointRow['members'][number]['voice']): Tone => (voice === 'confirm' ? 'ok' : voice === 'object' ? 'over' : 'calm')
const stale = ['listQualityJoints', 'showQualityTask', 'listQualityTasks', 'home', 'homeCounts', 'list']

export function JointPart({ taskId, fullScore }: { taskId: string; fullScore: number }): ReactElement {
  const joints = useQueryOf('listQualityJoints', { taskId, limit: 20 })
  return <QueryView query={joints}>{({ items }) => (items.length === 0 ? <Empty kind="pending" text={j('none')} hint={j('noneHint')} /> : <div className="ms-desk-body">{items.map((one) => <One key={`${one.id}${one.round}`} joint={one} fullScore={fullScore} />)}</div>)}</QueryView>
}

function One({ joint, fullScore }: { joint: JointRow; fullScore: number }): ReactElement {
  const send = useAct(...stale)
  const [asking, setAsking] = useState<'object' | 'change' | 'end' | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const close = () => setAsking(null)
  const confirm = () => void send('voiceQualityJoint', { id: joint.id, voice: 'confirm', round: joint.round }).then((now) => say(now.state === 'agreed' ? j('agreed') : j('said')), (error: unknown) => setProblem(asProblem(error)))
  return (
    <section className="ms-desk-part">
      <span className="ms-row"><Tag tone={jointTone(joint.state)}>{joint.stateName}</Tag><b className="ms-num">{j('proposal', { old: joint.state === 'agreed' ? '' : (joint.oldPoints ?? '–'), points: joint.points })}</b><span className="ms-muted">{joint.openedByName}</span><Time iso={joint.at} />{joint.round > 1 ? <Tag>{j('round', { n: joint.round })}</Tag> : null}</span>
      <p className="ms-desk-text">{joint.reason}</p>
      {joint.members.map((one) => (
        <div key={one.userId} className="ms-desk-entry">
          <span className="ms-row"><Tag tone={voiceTone(one.voice)}>{one.voiceName}</Tag><b>{one.name}</b><span className="ms-muted">{one.roleName}</span>{one.at ? <Time iso={one.at} /> : null}</span>
          {one.opinion ? <span className="ms-hint">{one.opinion}</span> : null}
        </div>
      ))}
      {joint.endReason ? <span className="ms-hint">{j('endReason')}：{joint.endReason}</span> : null}
      {problem ? <ProblemLine problem={problem} /> : null}
      {joint.mayVoice || joint.mayLead ? (
        <div className="ms-row">
          {joint.mayVoice ? <><Button type="primary" onClick={confirm}>{j('confirm')}</Button><Button onClick={() => setAsking('object')}>{j('object')}</Button></> : null}
          {joint.mayLead ? <><Button onClick={() => setAsking('change')}>{j('change')}</Button><Button onClick={() => setAsking('end')}>{j('end')}</Button></> : null}
        </div>
      ) : null}
      {asking === 'object' ? <ActDrawer open onClose={close} title={j('object')} sub={joint.label} submitLabel={j('object')} schema={{ type: 'object', required: ['opinion'], properties: { opinion: { type: 'string', format: 'textarea', title: j('objectReason'), maxLength: 500 } } }} submit={async (values) => { await send('voiceQualityJoint', { id: joint.id, voice: 'object', round: joint.round, ...values }); say(j('said')) }} onDone={close} /> : null}
      {asking === 'change' ? <ActDrawer open onClose={close} title={j('change')} sub={joint.label} submitLabel={j('change')} schema={proposal(fullScore)} initial={{ points: joint.points, reason: joint.reason }} submit={async (values) => { await send('changeQualityJoint', { id: joint.id, round: joint.round, ...values }); say(j('changed')) }} onDone={close} /> : null}
      {asking === 'end' ? <ActDrawer open onClose={close} title={j('end')} sub={joint.label} submitLabel={j('end')} schema={{ type: 'object', required: ['reason'], properties: { reason: { type: 'string', format: 'textarea', title: j('endReason'), maxLength: 300 } } }} submit={async (values) => { await send('endQualityJoint', { id: joint.id, ...values }); say(j('ended')) }} onDone={close} /> : null}
    </section>
  )
}

const proposal = (fullScore: number): FormSchema => ({ type: 'object', required: ['points', 'reason'], properties: { points: { type: 'integer', title: j('points'), minimum: 0, maximum: fullScore }, reason: { type: 'string', format: 'textarea', title: j('reason'), maxLength: 500 } } })

export function OpenJoint({ task, fullScore, onClose, onDone }: { task: { id: string; label: string; points: number | null }; fullScore: number; onClose: () => void; onDone: () => void }): ReactElement {
  const send = useAct(...stale)
  const people = useQueryOf('qualityJointPeople', { id: task.id })
  const choices = (people.data?.items ?? []).map((one) => ({ const: one.id, title: one.name }))
  const schema = proposal(fullScore)
  return (
    <ActDrawer open onClose={onClose} title={j('open')} sub={task.label} submitLabel={j('open')} draftKey={`quality-joint:${task.id}`} initial={{ points: task.points ?? 0 }}
      schema={{ ...schema, required: ['points', 'reason', 'leaderId', 'expertIds'], properties: { ...schema.properties, leaderId: { type: 'string', title: j('leader'), oneOf: choices }, expertIds: { type: 'array', title: j('experts'), items: { type: 'string', oneOf: choices } } } }}
      submit={async (values) => { const made = await send('openQualityJoint', { id: task.id, ...values }); say(j('opened', { n: made.members.length })) }} onDone={onDone} />
  )
}
