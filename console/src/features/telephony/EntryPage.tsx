// 公告与应急: what every caller hears first for a time, and events whose calls are connected first (TEL-10, TEL-21).
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { e } from './entry.zh-CN.ts'

type News = OutputOf<'listAnnouncements'>['items'][number]
const tones = { coming: 'plain', playing: 'ok', over: 'calm' } as const
const listed = (text: unknown): string[] => String(text ?? '').split(/[,，、;；\s]+/).filter(Boolean)

export default function EntryPage(): ReactElement {
  const { can } = useSession()
  return <Page title={e('title')}><div className="ms-stack">{can('telephony.force') ? <Modes /> : null}{can('telephony.flows') ? <Announcements /> : null}</div></Page>
}

function Modes(): ReactElement {
  const list = useQueryOf('listEmergencyModes', {})
  const queues = useQueryOf('listQueues', {})
  const [beginning, setBeginning] = useState(false)
  const send = useAct('listEmergencyModes')
  const end = async (id: string, name: string) => {
    if (!(await confirm({ title: e('endTitle', { name }), text: e('endText'), verb: e('end') }))) return
    await send('endEmergencyMode', { id })
    say(e('ended'))
  }
  return (
    <Section flush title={e('modes')} extra={<Button danger onClick={() => setBeginning(true)}>{e('begin')}</Button>}>
      <QueryView query={list}>{({ items }) => items.length === 0 ? <Empty kind="done" text={e('noModes')} hint={e('modesHint')} /> : (
        <table className="ms-plain-table">
          <caption className="ms-hidden">{e('modes')}</caption>
          <thead><tr>{(['event', 'state', 'text', 'key', 'numbers', 'queue', 'from', 'until', 'calls', 'by'] as const).map((key) => <th key={key} scope="col" className={key === 'key' || key === 'numbers' || key === 'calls' ? 'ms-num' : undefined}>{e(key)}</th>)}<th /></tr></thead>
          <tbody>{items.map((m) => (
            <tr key={m.id}>
              <th scope="row">{m.name}</th><td><Tag tone={m.on ? 'over' : 'calm'}>{m.on ? e('on') : e('off')}</Tag></td><td>{m.text}</td><td className="ms-num">{m.key ?? '–'}</td><td className="ms-num">{m.numberCount}</td><td>{m.queueName}</td><td><Time iso={m.from} /></td><td><Time iso={m.endedAt ?? m.until} /></td><td className="ms-num">{m.calls}</td><td>{m.endedByName ? `${m.begunByName} / ${m.endedByName}` : m.begunByName}</td>
              <td>{m.on ? <button type="button" className="ms-link-button" onClick={() => void end(m.id, m.name)}>{e('end')}</button> : null}</td>
            </tr>
          ))}</tbody>
        </table>
      )}</QueryView>
      <ActDrawer open={beginning} onClose={() => setBeginning(false)} title={e('begin')} submitLabel={e('begin')} initial={{ hours: 12, key: '9' }}
        schema={{ type: 'object', required: ['name', 'text', 'queueId', 'hours'], properties: { name: { type: 'string', title: e('event'), maxLength: 30 }, text: { type: 'string', title: e('text'), format: 'textarea', maxLength: 500, description: e('modeTextHelp') }, key: { type: 'string', title: e('key'), maxLength: 1, description: e('keyHelp'), 'x-half': true }, hours: { type: 'number', title: e('hours'), minimum: 0.1, maximum: 168, 'x-half': true }, queueId: { type: 'string', title: e('queue'), oneOf: (queues.data?.items ?? []).filter((q) => q.open).map((q) => ({ const: q.id, title: q.name })) }, numbers: { type: 'string', title: e('numbersOf'), format: 'textarea', description: e('numbersHelp') } } }}
        submit={async (v) => {
          await send('beginEmergencyMode', { name: v.name, text: v.text, key: v.key ? v.key : null, hours: v.hours, queueId: v.queueId, numbers: listed(v.numbers) })
          say(e('begun'))
        }} />
    </Section>
  )
}

function Announcements(): ReactElement {
  const list = useQueryOf('listAnnouncements', {})
  const prompts = useQueryOf('listPrompts', {})
  const [shown, setShown] = useState<News | 'new' | null>(null)
  const send = useAct('listAnnouncements')
  const one = shown === 'new' ? null : shown
  const remove = async (row: News) => {
    if (!(await confirm({ title: e('removeTitle', { name: row.name }), text: e('removeText'), verb: e('remove') }))) return
    await send('removeAnnouncement', { id: row.id })
    say(e('removed'))
  }
  return (
    <Section flush title={e('announcements')} extra={<Button type="primary" onClick={() => setShown('new')}>{e('add')}</Button>}>
      <QueryView query={list}>{({ items }) => items.length === 0 ? <Empty kind="done" text={e('noNews')} hint={e('newsHint')} /> : (
        <table className="ms-plain-table">
          <caption className="ms-hidden">{e('announcements')}</caption>
          <thead><tr>{(['place', 'name', 'state', 'text', 'serviceNumbers', 'from', 'until', 'by'] as const).map((key) => <th key={key} scope="col" className={key === 'place' ? 'ms-num' : undefined}>{e(key)}</th>)}<th /></tr></thead>
          <tbody>{items.map((row) => (
            <tr key={row.id}>
              <td className="ms-num">{row.place}</td><th scope="row">{row.name}</th><td><Tag tone={tones[row.state]}>{row.stateName}</Tag></td><td>{row.promptName ? `♪ ${row.promptName}` : row.text}</td><td>{row.numbers.join('、') || e('allNumbers')}</td><td><Time iso={row.from} /></td><td><Time iso={row.until} /></td><td>{row.changedByName}</td>
              <td><span className="ms-row"><button type="button" className="ms-link-button" onClick={() => setShown(row)}>{e('change')}</button><button type="button" className="ms-link-button" onClick={() => void remove(row)}>{e('remove')}</button></span></td>
            </tr>
          ))}</tbody>
        </table>
      )}</QueryView>
      <ActDrawer key={one?.id ?? 'new'} open={shown !== null} onClose={() => setShown(null)} title={one ? e('change') : e('add')} submitLabel={e('save')} initial={one ? { name: one.name, text: one.text, from: one.from, until: one.until, place: one.place, numbers: one.numbers.join('，'), promptId: one.promptId ?? undefined } : { place: 10 }}
        schema={{ type: 'object', required: ['name', 'text', 'from', 'until'], properties: { name: { type: 'string', title: e('name'), maxLength: 60 }, text: { type: 'string', title: e('text'), format: 'textarea', maxLength: 500 }, promptId: { type: 'string', title: e('prompt'), description: e('promptHelp'), oneOf: (prompts.data?.items ?? []).filter((p) => p.released > 0).map((p) => ({ const: p.id, title: p.name })) }, from: { type: 'string', title: e('from'), format: 'date-time', 'x-half': true }, until: { type: 'string', title: e('until'), format: 'date-time', 'x-half': true }, numbers: { type: 'string', title: e('serviceNumbers'), description: e('serviceNumbersHelp'), 'x-half': true }, place: { type: 'integer', title: e('place'), minimum: 0, maximum: 999, 'x-half': true } } }}
        submit={async (v) => {
          const body = { name: v.name, text: v.text, promptId: v.promptId ?? null, from: v.from, until: v.until, numbers: listed(v.numbers), place: v.place ?? 10 }
          if (one) await send('changeAnnouncement', { ...body, id: one.id, version: one.version })
          else await send('addAnnouncement', body)
          say(e('saved'))
        }} />
    </Section>
  )
}
