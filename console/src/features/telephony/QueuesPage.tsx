// 队列: business groups, strategies, seats and skills; changes hold from the next call (TEL-15, TEL-18).
import { Button, Checkbox, Drawer, InputNumber, Select, Space } from 'antd'
import type { ReactElement } from 'react'
import { useEffect, useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Icon } from '../../ui/icons.tsx'
import { say } from '../../ui/notices.ts'
import { Page, Section } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { picks } from './picks.ts'
import { QueueRules } from './QueueRules.tsx'
import { SkillsDrawer } from './SkillsDrawer.tsx'
import { t } from './texts.zh-CN.ts'

type Queue = OutputOf<'listQueues'>['items'][number]
const dayNames = ['一', '二', '三', '四', '五', '六', '日']
const VOICEMAIL = 'voicemail'
const openingText = (queue: Queue): string => (queue.opening?.length ? queue.opening.map((span) => `${span.days.length === 7 ? '' : `周${span.days.map((day) => dayNames[day - 1]).join('')} `}${span.days.length === 7 ? t('day', { from: span.from, to: span.to }) : `${span.from}–${span.to}`}`).join('、') : t('allDay'))

export default function QueuesPage(): ReactElement {
  const list = useQueryOf('listQueues', {})
  const [adding, setAdding] = useState(false)
  const [editing, setEditing] = useState<Queue | null>(null)
  const [members, setMembers] = useState<Queue | null>(null)
  const [skills, setSkills] = useState(false)
  const [scoring, setScoring] = useState<Queue | null>(null)
  const send = useAct('listQueues', 'listSeats')
  const toggle = async (queue: Queue) => {
    try {
      await send('openQueue', { id: queue.id, open: !queue.open })
      say(t('saved'))
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  return (
    <Page title={t('queuesTitle')} acts={<Space><Button onClick={() => setSkills(true)}>{t('skillsTitle')}</Button><Button type="primary" icon={<Icon name="plus" size={14} />} onClick={() => setAdding(true)}>{t('queueAdd')}</Button></Space>}>
      <QueryView query={list}>{(data) => (
        <Section flush={data.items.length > 0}>{data.items.length === 0 ? <Empty kind="done" text={t('noQueuesYet')} /> : (
          <table className="ms-plain-table"><thead><tr><th scope="col">{t('name')}</th><th scope="col">{t('service')}</th><th scope="col">{t('strategies')}</th><th scope="col" className="ms-num">{t('ringSeconds')}</th><th scope="col">{t('opening')}</th><th scope="col" className="ms-num">{t('members')}</th><th scope="col">{t('usedBy')}</th><th scope="col">{t('col.state')}</th><th scope="col" /></tr></thead>
            <tbody>{data.items.map((queue) => (
              <tr key={queue.id}>
                <td><strong>{queue.name}</strong> <span className="ms-hint ms-code">{queue.code}</span></td><td>{queue.service}</td><td>{queue.strategies.map((one) => t(`pick.${one.pick}`)).join(' → ')}</td><td className="ms-num">{queue.ringSeconds}</td><td>{openingText(queue)}</td>
                <td className="ms-num"><button type="button" className="ms-link-button" onClick={() => setMembers(queue)}>{t('membersN', { n: queue.members.length })}</button></td><td>{queue.usedBy.join('、') || '–'}</td><td><Tag tone={queue.open ? 'ok' : 'calm'}>{queue.open ? t('opened') : t('closed')}</Tag></td>
                <td className="ms-num"><Space><button type="button" className="ms-link-button" onClick={() => setEditing(queue)}>{t('edit')}</button><button type="button" className="ms-link-button" onClick={() => setScoring(queue)}>{t('scoring')}</button><button type="button" className="ms-link-button" onClick={() => void toggle(queue)}>{queue.open ? t('closeNow') : t('openNow')}</button></Space></td>
              </tr>
            ))}</tbody></table>
        )}</Section>
      )}</QueryView>
      <ActDrawer open={adding} onClose={() => setAdding(false)} title={t('queueAdd')} submitLabel={t('queueAdd')} schema={{ type: 'object', required: ['code', 'name', 'service'], properties: { code: { type: 'string', title: t('code'), maxLength: 30 }, name: { type: 'string', title: t('name'), maxLength: 40 }, service: { type: 'string', title: t('service'), maxLength: 40 } } }} submit={async (values) => { await send('addQueue', { code: values.code, name: values.name, service: values.service }) }} />
      {editing ? <Edit queue={editing} others={list.data?.items ?? []} onClose={() => setEditing(null)} /> : null}
      <SkillsDrawer open={skills} onClose={() => setSkills(false)} />
      {scoring ? <QueueRules queue={scoring} onClose={() => setScoring(null)} /> : null}
      <Drawer open={members !== null} size={520} title={`${members?.name ?? ''} ${t('members')}`} onClose={() => setMembers(null)} destroyOnHidden>{members ? <Members queue={members} onClose={() => setMembers(null)} /> : null}</Drawer>
    </Page>
  )
}

const daysOf = (value: unknown): number[] => (Array.isArray(value) && value.length > 0 ? value.map(Number).toSorted((a, b) => a - b) : [1, 2, 3, 4, 5, 6, 7])

function Edit({ queue, others, onClose }: { queue: Queue; others: Queue[]; onClose: () => void }): ReactElement {
  const send = useAct('listQueues')
  const prompts = useQueryOf('listPrompts', {})
  const flows = useQueryOf('listVoiceFlows', {})
  const skills = useQueryOf('listSkills', {})
  const [first] = queue.opening ?? []
  const [over] = queue.overflow
  const choice = picks.map((value) => ({ const: value, title: t(`pick.${value}`) }))
  return (
    <ActDrawer open onClose={onClose} title={`${t('edit')} ${queue.name}`} submitLabel={t('save')}
      initial={{
        name: queue.name, service: queue.service, pick1: queue.strategies[0]?.pick, pick2: queue.strategies[1]?.pick, ringSeconds: queue.ringSeconds, capacity: queue.capacity, wrapUpSeconds: queue.wrapUpSeconds ?? undefined, from: first?.from, to: first?.to, days: (first?.days ?? [1, 2, 3, 4, 5, 6, 7]).map(String), needs: queue.skills.map((one) => one.skillId), tellPositionSeconds: queue.tellPositionSeconds, callbackAfterSeconds: queue.callbackAfterSeconds ?? undefined,
        musicPromptId: queue.musicPromptId ?? undefined, surveyFlowId: queue.surveyFlowId ?? undefined, voicemail: queue.voicemail, sayStaffNumber: queue.sayStaffNumber, recordNotice: queue.recordNotice, overflowAfter: over?.waitedSeconds, overflowWaiting: over?.waiting, overflowAverage: over?.averageWaitSeconds, overflowTo: !over ? undefined : 'queueId' in over.to ? over.to.queueId : 'voicemail' in over.to ? VOICEMAIL : undefined,
      }}
      schema={{
        type: 'object', required: ['name', 'service', 'pick1', 'ringSeconds'],
        properties: {
          name: { type: 'string', title: t('name'), maxLength: 40, 'x-half': true }, service: { type: 'string', title: t('service'), maxLength: 40, 'x-half': true }, pick1: { type: 'string', title: `${t('strategies')} 1`, oneOf: choice, 'x-half': true }, pick2: { type: 'string', title: `${t('strategies')} 2`, oneOf: choice, 'x-half': true },
          ringSeconds: { type: 'integer', title: t('ringSeconds'), minimum: 5, maximum: 120, 'x-half': true }, capacity: { type: 'integer', title: t('capacity'), minimum: 0, 'x-half': true }, wrapUpSeconds: { type: 'integer', title: t('wrapUp'), minimum: 0, maximum: 1800, 'x-half': true }, tellPositionSeconds: { type: 'integer', title: t('tellPosition'), minimum: 0, maximum: 600, 'x-half': true },
          callbackAfterSeconds: { type: 'integer', title: t('callbackAfter'), minimum: 0, maximum: 7200 }, from: { type: 'string', title: `${t('opening')} ${t('dayFrom')}`, pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', 'x-half': true }, to: { type: 'string', title: t('dayTo'), pattern: '^([01]\\d|2[0-3]):[0-5]\\d$|^24:00$', 'x-half': true },
          days: { type: 'array', title: t('weekly'), items: { type: 'string', oneOf: dayNames.map((name, index) => ({ const: String(index + 1), title: name })) } },
          ...(skills.data?.items.length ? { needs: { type: 'array' as const, title: t('queueSkills'), items: { type: 'string' as const, oneOf: skills.data.items.map((one) => ({ const: one.id, title: one.path.join(' / ') })) } } } : {}),
          ...(prompts.data?.items.length ? { musicPromptId: { type: 'string' as const, title: t('music'), oneOf: prompts.data.items.map((one) => ({ const: one.id, title: one.name })) } } : {}), surveyFlowId: { type: 'string', title: t('surveyFlow'), oneOf: (flows.data?.items ?? []).filter((one) => one.use === 'survey').map((one) => ({ const: one.id, title: one.name })) },
          overflowAfter: { type: 'integer', title: `${t('overflow')} ${t('waitSeconds')}`, minimum: 0, maximum: 7200, 'x-half': true }, overflowWaiting: { type: 'integer', title: t('overflowWaiting'), minimum: 1, maximum: 10_000, 'x-half': true }, overflowAverage: { type: 'integer', title: t('overflowAverage'), minimum: 1, maximum: 7200, 'x-half': true },
          overflowTo: { type: 'string', title: t('overflowTo'), oneOf: [...others.filter((one) => one.id !== queue.id).map((one) => ({ const: one.id, title: one.name })), { const: VOICEMAIL, title: t('toVoicemail') }] },
          voicemail: { type: 'boolean', title: t('voicemailOn') }, sayStaffNumber: { type: 'boolean', title: t('sayStaff') }, recordNotice: { type: 'boolean', title: t('recordNotice') },
        },
      }}
      submit={async (v) => {
        await send('changeQueue', {
          id: queue.id, version: queue.version, name: v.name, service: v.service, ringSeconds: v.ringSeconds, capacity: v.capacity ?? 0, wrapUpSeconds: v.wrapUpSeconds ?? null, tellPositionSeconds: v.tellPositionSeconds ?? 0, callbackAfterSeconds: v.callbackAfterSeconds ?? null, musicPromptId: v.musicPromptId ?? null, surveyFlowId: v.surveyFlowId ?? null,
          voicemail: v.voicemail === true, sayStaffNumber: v.sayStaffNumber === true, recordNotice: v.recordNotice === true, strategies: [{ pick: v.pick1, afterSeconds: 0 }, ...(v.pick2 && v.pick2 !== v.pick1 ? [{ pick: v.pick2, afterSeconds: 0 }] : [])], opening: v.from && v.to ? [{ days: daysOf(v.days), from: v.from, to: v.to }, ...(queue.opening ?? []).slice(1)] : null, skills: (Array.isArray(v.needs) ? v.needs.map(String) : []).map((skillId) => ({ skillId, level: queue.skills.find((one) => one.skillId === skillId)?.level ?? 1 })),
          overflow: v.overflowTo ? [{ ...(v.overflowAfter === undefined && (v.overflowWaiting ?? v.overflowAverage) !== undefined ? {} : { waitedSeconds: v.overflowAfter ?? 120 }), ...(v.overflowWaiting === undefined ? {} : { waiting: v.overflowWaiting }), ...(v.overflowAverage === undefined ? {} : { averageWaitSeconds: v.overflowAverage }), to: v.overflowTo === VOICEMAIL ? { voicemail: true } : { queueId: v.overflowTo } }, ...queue.overflow.slice(1)] : queue.overflow.slice(1),
        })
        say(t('saved'))
      }} />
  )
}

function Members({ queue, onClose }: { queue: Queue; onClose: () => void }): ReactElement {
  const seats = useQueryOf('listSeats', {})
  const skills = useQueryOf('listSkills', {})
  const [held, setHeld] = useState(new Map(queue.members.map((one) => [one.userId, one.tier])))
  const send = useAct('listQueues', 'listSeats')
  useEffect(() => setHeld(new Map(queue.members.map((one) => [one.userId, one.tier]))), [queue])
  const save = async () => {
    try {
      await send('setQueueMembers', { id: queue.id, members: [...held].map(([userId, tier]) => ({ userId, tier })) })
      say(t('saved'))
      onClose()
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  const setSkill = async (userId: string, ids: string[]) => {
    try {
      await send('setAgentSkills', { userId, skills: ids.map((skillId) => ({ skillId, level: 3 })) })
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  return (
    <QueryView query={seats}>{(data) => (
      <div className="ms-stack">
        <table className="ms-plain-table"><thead><tr><th scope="col">{t('col.agent')}</th><th scope="col">{t('extensionsTitle')}</th><th scope="col">{t('tier')}</th><th scope="col">{t('skills')}</th></tr></thead>
          <tbody>{data.items.map((seat) => (
            <tr key={seat.userId}>
              <td><Checkbox checked={held.has(seat.userId)} onChange={(event) => setHeld((before) => { const next = new Map(before); if (event.target.checked) next.set(seat.userId, 1); else next.delete(seat.userId); return next })}>{seat.name}</Checkbox></td><td>{seat.extension ?? '–'}</td>
              <td><InputNumber size="small" min={1} max={99} style={{ width: 60 }} aria-label={t('tier')} disabled={!held.has(seat.userId)} value={held.get(seat.userId) ?? null} onChange={(tier) => setHeld((before) => new Map(before).set(seat.userId, tier ?? 1))} /></td>
              <td><Select mode="multiple" size="small" style={{ minWidth: 140 }} aria-label={t('skills')} value={seat.skills.map((one) => one.skillId)} options={(skills.data?.items ?? []).map((one) => ({ value: one.id, label: one.path.join(' / ') }))} onChange={(ids) => void setSkill(seat.userId, ids)} /></td>
            </tr>
          ))}</tbody></table>
        <Button type="primary" onClick={() => void save()}>{t('save')}</Button>
      </div>
    )}</QueryView>
  )
}
