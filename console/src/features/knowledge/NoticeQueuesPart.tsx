// Own queues: what is handed out now or at a time; others do not see them.
import { Button, Input } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { orderLoaders } from '../orders/pickers.ts'
import { itemLoader, textList } from './pickers.ts'
import { useSettled } from './SearchPage.tsx'
import { t } from './texts.zh-CN.ts'

type Queue = OutputOf<'listKnowledgeNoticeQueues'>['items'][number]
const stale = ['listKnowledgeNoticeQueues', 'listKnowledgeNoticeQueueEntries'] as const
const failed = (error: unknown): void => say(asProblem(error).message, 'over')

export function NoticeQueuesPart(): ReactElement {
  const [typed, setTyped] = useState('')
  const q = useSettled(typed.trim(), 300)
  const queues = useQueryOf('listKnowledgeNoticeQueues', q ? { q } : {}, { keepPrevious: true })
  const templates = useQueryOf('listKnowledgeNoticeTemplates', {}, { staleTime: 60_000 })
  const send = useAct(...stale)
  const [editing, setEditing] = useState<Queue | 'new' | null>(null)
  const [adding, setAdding] = useState<Queue | null>(null)
  const [open, setOpen] = useState<string | null>(null)
  const usable = (templates.data?.items ?? []).filter((one) => one.enabled && one.trigger !== 'down')
  const old = editing === 'new' || editing === null ? null : editing
  const remove = async (one: Queue) => { if (await confirm({ title: t('notice.deleteQueue'), text: t('notice.deleteQueueText', { name: one.name, n: one.waiting }), verb: t('remove'), danger: true })) await send('deleteKnowledgeNoticeQueue', { id: one.id }).then(() => say(t('done')), failed) }
  return (
    <Section title={<Input allowClear size="small" style={{ inlineSize: 280 }} value={typed} maxLength={60} placeholder={t('notice.queueSearch')} aria-label={t('notice.queueSearch')} onChange={(e) => setTyped(e.target.value)} />} flush extra={<Button size="small" type="primary" onClick={() => setEditing('new')}>{t('notice.addQueue')}</Button>}>
      <QueryView query={queues}>{(data) => (data.items.length === 0 ? <Empty kind={q ? 'filter' : 'done'} text={q ? t('none') : t('notice.noQueues')} hint={q ? '' : t('notice.noQueuesHint')} /> : (
        <table className="ms-plain-table"><caption className="ms-hidden">{t('notice.queues')}</caption><thead><tr><th scope="col">{t('name')}</th><th scope="col" className="ms-num">{t('notice.waiting')}</th><th scope="col" className="ms-num">{t('notice.sent')}</th><th scope="col">{t('notice.created')}</th><th scope="col" /></tr></thead>
          <tbody>{data.items.map((one) => (
            <tr key={one.id}><td><button type="button" className="ms-link-button" aria-expanded={open === one.id} onClick={() => setOpen(open === one.id ? null : one.id)}>{one.name}</button>{one.description ? <div className="ms-hint">{one.description}</div> : null}{open === one.id ? <Entries id={one.id} /> : null}</td><td className="ms-num">{one.waiting}</td><td className="ms-num">{one.sent}</td><td>{one.ownerName} <Time iso={one.createdAt} /></td>
              <td><span className="ms-row" style={{ flexWrap: 'nowrap', justifyContent: 'flex-end' }}><Button size="small" type="primary" disabled={usable.length === 0} title={usable.length === 0 ? t('notice.needTemplate') : ''} onClick={() => setAdding(one)}>{t('notice.hand')}</Button><Button size="small" onClick={() => setEditing(one)}>{t('change')}</Button><Button size="small" danger onClick={() => void remove(one)}>{t('remove')}</Button></span></td></tr>
          ))}</tbody></table>
      ))}</QueryView>
      {editing ? <ActDrawer open onClose={() => setEditing(null)} title={old ? t('change') : t('notice.addQueue')} submitLabel={t('notice.save')} initial={old ? { name: old.name, description: old.description } : {}} schema={{ type: 'object', required: ['name'], properties: { name: { type: 'string', title: t('name'), maxLength: 60 }, description: { type: 'string', title: t('notice.description'), maxLength: 200 } } }}
        submit={async (values) => { await send('saveKnowledgeNoticeQueue', { ...(old ? { id: old.id } : {}), name: String(values.name), description: String(values.description ?? '') }); say(t('saved')) }} /> : null}
      {adding ? <ActDrawer open onClose={() => setAdding(null)} title={t('notice.hand')} sub={adding.name} submitLabel={t('notice.hand')} notice={t('notice.handHelp')} loaders={{ ...orderLoaders, matter: itemLoader }} initial={{ templateId: usable[0]?.id }}
        schema={{ type: 'object', required: ['itemIds', 'templateId'], properties: { itemIds: { type: 'array', format: 'matter', title: t('item') }, templateId: { type: 'string', title: t('notice.template'), oneOf: usable.map((one) => ({ const: one.id, title: one.name })) }, sendAt: { type: 'string', format: 'date-time', title: t('notice.sendAt'), description: t('notice.sendAtHelp') } } }}
        submit={async (values) => { const done = await send('addKnowledgeNoticeQueueEntries', { id: adding.id, itemIds: textList(values.itemIds), templateId: String(values.templateId), sendAt: typeof values.sendAt === 'string' && values.sendAt !== '' ? values.sendAt : null }); say(values.sendAt ? t('notice.planned', { n: done.added }) : t('notice.handed', { n: done.added, told: done.told })) }} /> : null}
    </Section>
  )
}

function Entries({ id }: { id: string }): ReactElement {
  const entries = useQueryOf('listKnowledgeNoticeQueueEntries', { id })
  const send = useAct(...stale)
  return (
    <QueryView query={entries}>{(data) => (
      <ul className="ms-plain-list">
        {data.items.length === 0 ? <li className="ms-hint">{t('nothing')}</li> : data.items.map((one) => (
          <li key={one.id}><Link to={`/knowledge/items/${one.itemId}`}>{one.itemTitle}</Link> <Tag tone={one.state === 'sent' ? 'ok' : one.state === 'waiting' ? 'near' : 'calm'}>{t(`notice.state.${one.state}`)}</Tag> <span className="ms-hint">{one.templateName} · <Time iso={one.sentAt ?? one.dueAt} />{one.state === 'sent' ? ` · ${t('notice.toldN', { n: one.told })}` : ''}</span>{one.state === 'waiting' ? <Button size="small" type="link" onClick={() => void send('dropKnowledgeNoticeQueueEntry', { id: one.id }).then(() => say(t('done')), failed)}>{t('remove')}</Button> : null}</li>
        ))}
      </ul>
    )}</QueryView>
  )
}
