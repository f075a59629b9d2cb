// 应急推送: started in one step, with who has confirmed and who has not.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link } from 'react-router'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { when } from '../../ui/time.ts'
import { useAct } from '../../ui/use-act.ts'
import { orderLoaders } from '../orders/pickers.ts'
import { itemLoader } from './pickers.ts'
import { t } from './texts.zh-CN.ts'
import '../../ui/parts.css'

export default function EmergencyPage(): ReactElement {
  const list = useQueryOf('listKnowledgeEmergencies', {})
  useTopic('knowledge.emergency', ['listKnowledgeEmergencies', 'listKnowledgeReceipts'])
  const send = useAct('listKnowledgeEmergencies')
  const [starting, setStarting] = useState(false)
  const [open, setOpen] = useState<string | null>(null)
  const end = async (id: string, title: string) => {
    if (!(await confirm({ title: `${t('endPush')}：${title}`, text: '', verb: t('endPush') }))) return
    await send('endKnowledgeEmergency', { id }).then(() => say(t('ended')), (error: unknown) => say(asProblem(error).message, 'over'))
  }
  return (
    <Page title={t('emergency')} help="knowledge" acts={<Button type="primary" danger onClick={() => setStarting(true)}>{t('emergencyStart')}</Button>}>
      <QueryView query={list}>{(data) => (data.items.length === 0 ? <Section><Empty kind="done" text={t('nothing')} /></Section> : <div className="ms-stack">{data.items.map((one) => (
        <Section key={one.id} title={<Link to={`/knowledge/items/${one.itemId}?version=${one.version}`}>{one.title}</Link>} extra={<span className="ms-row"><Tag tone={one.endedAt ? 'calm' : one.level === 'major' ? 'over' : 'near'}>{one.endedAt ? t('ended') : t('running')} · {t(`level.${one.level}`)}</Tag><button type="button" className="ms-link-button" onClick={() => setOpen(open === one.id ? null : one.id)}>{t('confirmedOf', { n: one.confirmed, m: one.expected })}</button>{one.endedAt ? null : <Button size="small" onClick={() => void end(one.id, one.title)}>{t('endPush')}</Button>}</span>}>
          <p className="ms-pre">{one.wording}</p>
          <p className="ms-hint">{t('startedBy', { name: one.startedByName, at: when(one.startedAt) })} · {t('lockedTo', { at: when(one.lockedUntil) })}</p>
          {open === one.id ? <Receipts id={one.id} /> : null}
        </Section>
      ))}</div>)}</QueryView>
      {starting ? <ActDrawer open onClose={() => setStarting(false)} title={t('emergencyStart')} submitLabel={t('emergencyStart')} notice={t('emergencyHelp')} loaders={{ ...orderLoaders, matter: itemLoader }} initial={{ level: 'general', blocksCalls: true }}
        schema={{ type: 'object', required: ['itemId', 'wording'], properties: { itemId: { type: 'string', format: 'matter', title: t('emergencyItem') }, wording: { type: 'string', format: 'textarea', title: t('wording'), description: t('wordingHelp'), maxLength: 1000 }, level: { type: 'string', title: t('level'), oneOf: [{ const: 'general', title: t('level.general') }, { const: 'major', title: t('level.major') }] }, blocksCalls: { type: 'boolean', title: t('blocksCalls') }, endsAt: { type: 'string', format: 'date-time', title: t('endsAt') } } }}
        submit={async (values) => { await send('startKnowledgeEmergency', values); say(t('started')) }} /> : null}
    </Page>
  )
}

function Receipts({ id }: { id: string }): ReactElement {
  const read = useQueryOf('listKnowledgeReceipts', { id })
  return <QueryView query={read}>{(data) => <ul className="ms-plain-list" style={{ columns: 3 }}>{data.items.map((one) => <li key={one.userId}>{one.name} {one.at ? <Time iso={one.at} /> : <Tag tone="over">{t('notYet')}</Tag>}</li>)}</ul>}</QueryView>
}
