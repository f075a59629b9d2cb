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
import { overflowText, QueueDrawer } from './QueueDrawer.tsx'
import { QueueRules } from './QueueRules.tsx'
import { RemoteSeatsDrawer } from './RemoteSeatsDrawer.tsx'
import { SkillsDrawer } from './SkillsDrawer.tsx'
import { t } from './texts.zh-CN.ts'

type Queue = OutputOf<'listQueues'>['items'][number]
const dayNames = ['一', '二', '三', '四', '五', '六', '日']
const openingText = (queue: Queue): string => (queue.opening?.length ? queue.opening.map((span) => `${span.days.length === 7 ? '' : `周${span.days.map((day) => dayNames[day - 1]).join('')} `}${span.days.length === 7 ? t('day', { from: span.from, to: span.to }) : `${span.from}–${span.to}`}`).join('、') : t('allDay'))

export default function QueuesPage(): ReactElement {
  const list = useQueryOf('listQueues', {})
  const [adding, setAdding] = useState(false)
  const [editing, setEditing] = useState<Queue | null>(null)
  const [members, setMembers] = useState<Queue | null>(null)
  const [skills, setSkills] = useState(false)
  const [remote, setRemote] = useState(false)
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
    <Page title={t('queuesTitle')} acts={<Space><Button onClick={() => setRemote(true)}>{t('remoteSeats')}</Button><Button onClick={() => setSkills(true)}>{t('skillsTitle')}</Button><Button type="primary" icon={<Icon name="plus" size={14} />} onClick={() => setAdding(true)}>{t('queueAdd')}</Button></Space>}>
      <QueryView query={list}>{(data) => (
        <Section flush={data.items.length > 0}>{data.items.length === 0 ? <Empty kind="done" text={t('noQueuesYet')} /> : (
          <table className="ms-plain-table"><thead><tr><th scope="col">{t('name')}</th><th scope="col">{t('service')}</th><th scope="col">{t('strategies')}</th><th scope="col" className="ms-num">{t('ringSeconds')}</th><th scope="col">{t('opening')}</th><th scope="col">{t('overflow')}</th><th scope="col" className="ms-num">{t('members')}</th><th scope="col">{t('usedBy')}</th><th scope="col">{t('col.state')}</th><th scope="col" /></tr></thead>
            <tbody>{data.items.map((queue) => (
              <tr key={queue.id}>
                <td><strong>{queue.name}</strong> <span className="ms-hint ms-code">{queue.code}</span></td><td>{queue.service}</td><td>{queue.strategies.map((one) => t(`pick.${one.pick}`)).join(' → ')}</td><td className="ms-num">{queue.ringSeconds}</td><td>{openingText(queue)}{queue.closedOnHolidays ? <><br /><span className="ms-hint">{t('closedOnHolidaysShort')}</span></> : null}</td><td>{overflowText(queue, data.items) || '–'}</td>
                <td className="ms-num"><button type="button" className="ms-link-button" onClick={() => setMembers(queue)}>{t('membersN', { n: queue.members.length })}</button></td><td>{queue.usedBy.join('、') || '–'}</td><td><Tag tone={queue.open ? 'ok' : 'calm'}>{queue.open ? t('opened') : t('closed')}</Tag>{queue.members.length === 0 ? <> <Tag tone="near">{t('noSeatsYet')}</Tag></> : null}</td>
                <td className="ms-num"><Space><button type="button" className="ms-link-button" onClick={() => setEditing(queue)}>{t('edit')}</button><button type="button" className="ms-link-button" onClick={() => setScoring(queue)}>{t('scoring')}</button><button type="button" className="ms-link-button" onClick={() => void toggle(queue)}>{queue.open ? t('closeNow') : t('openNow')}</button></Space></td>
              </tr>
            ))}</tbody></table>
        )}</Section>
      )}</QueryView>
      <ActDrawer open={adding} onClose={() => setAdding(false)} title={t('queueAdd')} submitLabel={t('queueAdd')} schema={{ type: 'object', required: ['code', 'name', 'service'], properties: { name: { type: 'string', title: t('name'), maxLength: 40 }, code: { type: 'string', title: t('code'), maxLength: 30, description: t('codeHelp') }, service: { type: 'string', title: t('service'), maxLength: 40 } } }} submit={async (values) => { setMembers(await send('addQueue', { code: values.code, name: values.name, service: values.service })) }} />
      {editing ? <QueueDrawer queue={editing} others={list.data?.items ?? []} onClose={() => setEditing(null)} /> : null}
      <RemoteSeatsDrawer open={remote} onClose={() => setRemote(false)} />
      <SkillsDrawer open={skills} onClose={() => setSkills(false)} />
      {scoring ? <QueueRules queue={scoring} onClose={() => setScoring(null)} /> : null}
      <Drawer open={members !== null} size={520} title={`${members?.name ?? ''} ${t('members')}`} onClose={() => setMembers(null)} destroyOnHidden>{members ? <Members queue={members} onClose={() => setMembers(null)} /> : null}</Drawer>
    </Page>
  )
}

function Members({ queue, onClose }: { queue: Queue; onClose: () => void }): ReactElement {
  const seats = useQueryOf('listSeats', {})
  const skills = useQueryOf('listSkills', {})
  const [held, setHeld] = useState(new Map(queue.members.map((one) => [one.userId, one.tier])))
  const send = useAct('listQueues', 'listSeats')
  useEffect(() => setHeld(new Map(queue.members.map((one) => [one.userId, one.tier]))), [queue])
  const save = async (open: boolean) => {
    try {
      await send('setQueueMembers', { id: queue.id, members: [...held].map(([userId, tier]) => ({ userId, tier })) })
      if (open) await send('openQueue', { id: queue.id, open: true })
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
        <Space><Button type="primary" onClick={() => void save(false)}>{t('save')}</Button>{queue.open ? null : <Button disabled={held.size === 0} onClick={() => void save(true)}>{t('saveAndOpen')}</Button>}</Space>
      </div>
    )}</QueryView>
  )
}
