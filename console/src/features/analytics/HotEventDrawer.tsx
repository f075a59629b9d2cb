// One hot event: put into words while it is a draft, then confirmed or set aside; its report is made at a click.
import { Button, Drawer, Input, InputNumber } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import type { Period } from '../../ui/period.ts'
import { when } from '../../ui/time.ts'
import { useAct } from '../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'

type Event = OutputOf<'showHotEvent'>
type Props = { id: string; mayManage: boolean; onClose: () => void; onRows: (name: string, ids: readonly string[], period: Period) => void }

export function HotEventDrawer({ id, mayManage, onClose, onRows }: Props): ReactElement {
  const query = useQueryOf('showHotEvent', { id }, { staleTime: 0 })
  return <Drawer open size={640} title={t('hotEvent')} onClose={onClose}><QueryView query={query}>{(event) => <One key={event.edit} event={event} mayManage={mayManage} onClose={onClose} onRows={onRows} />}</QueryView></Drawer>
}

function One({ event, mayManage, onClose, onRows }: Omit<Props, 'id'> & { event: Event }): ReactElement {
  const navigate = useNavigate()
  const { can } = useSession()
  const send = useAct('listHotEvents', 'showHotEvent', 'listReports')
  const [words, setWords] = useState({ title: event.title, summary: event.summary, subject: event.subject, people: event.people, areaName: event.areaName })
  const [drop, setDrop] = useState<string[]>([])
  const [busy, setBusy] = useState(false)
  const draft = mayManage && event.state === 'draft'
  const run = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true)
    try { await work() } catch (error) { say(asProblem(error).title, 'over') } finally { setBusy(false) }
  }
  const changed = drop.length > 0 || words.title !== event.title || words.summary !== event.summary || words.subject !== event.subject || words.people !== event.people || words.areaName !== event.areaName
  const save = async (): Promise<void> => { if (changed) await send('changeHotEvent', { id: event.id, ...words, drop, edit: event.edit }) }
  const decide = (act: 'confirm' | 'reject' | 'reopen'): Promise<void> => run(async () => { if (act === 'confirm') await save(); await send('decideHotEvent', { id: event.id, act }); say(t(`hotAct.${act}.done`)); if (act !== 'reopen') onClose() })
  const report = (): Promise<void> => run(async () => {
    const made = await send('createReport', { template: `event:${event.id}`, from: event.from, to: event.to, name: '', readers: { all: true, unitIds: [], userIds: [] } })
    say(t('reportMade'))
    void navigate(`/analytics/reports/${made.id}`)
  })
  const field = (label: string, control: ReactElement): ReactElement => <label className="ms-field"><span className="ms-field-label">{label}</span>{control}</label>
  return (
    <div className="ms-analytics-form">
      {field(t('hotTitle'), <Input disabled={!draft} maxLength={60} value={words.title} onChange={(e) => setWords({ ...words, title: e.target.value })} />)}
      {field(t('hotSummary'), <Input.TextArea disabled={!draft} autoSize={{ minRows: 3 }} maxLength={1000} value={words.summary} onChange={(e) => setWords({ ...words, summary: e.target.value })} />)}
      <div className="ms-data-half">
        {field(t('hotSubject'), <Input disabled={!draft} maxLength={60} value={words.subject} onChange={(e) => setWords({ ...words, subject: e.target.value })} />)}
        {field(t('hotPeople'), <InputNumber disabled={!draft} min={0} max={10_000_000} style={{ inlineSize: '100%' }} value={words.people} onChange={(n) => setWords({ ...words, people: n ?? 0 })} />)}
      </div>
      {field(t('hotArea'), <Input disabled={!draft} maxLength={60} value={words.areaName} onChange={(e) => setWords({ ...words, areaName: e.target.value })} />)}
      <div className="ms-row"><span className="ms-field-label ms-grow">{t('hotMembers', { n: event.orders - drop.length })}</span><Button size="small" onClick={() => onRows(event.title, event.orderIds, { from: event.from, to: event.to })}>{t('hotOpen')}</Button></div>
      {draft ? <Members event={event} drop={drop} onDrop={setDrop} /> : null}
      <p className="ms-hint">{t('hotChanged', { by: event.changedByName, time: when(event.changedAt) })}</p>
      <div className="ms-row" style={{ justifyContent: 'flex-end', flexWrap: 'wrap' }}>
        <Button onClick={() => void navigate(`/analytics/impact?${new URLSearchParams([['from', event.from], ['to', event.to], ...event.keywords.map((word) => ['word', word])]).toString()}`)}>{t('impactFrom')}</Button>
        {can('reports.write') && event.state === 'confirmed' ? <Button loading={busy} onClick={() => void report()}>{t('makeReport')}</Button> : null}
        {mayManage && event.state !== 'draft' ? <Button disabled={busy} onClick={() => void decide('reopen')}>{t('hotAct.reopen')}</Button> : null}
        {draft ? <><Button disabled={busy} onClick={() => void decide('reject')}>{t('hotAct.reject')}</Button><Button disabled={busy || !changed || words.title.trim() === ''} onClick={() => void run(async () => { await save(); say(t('saved')) })}>{t('save')}</Button><Button type="primary" loading={busy} disabled={words.title.trim() === ''} onClick={() => void decide('confirm')}>{t('hotAct.confirm')}</Button></> : null}
      </div>
    </div>
  )
}

/** Orders of a draft; what does not belong to it is taken out, and can be put back until it is saved. */
function Members({ event, drop, onDrop }: { event: Event; drop: string[]; onDrop: (next: string[]) => void }): ReactElement {
  const query = useQueryOf('figureRows', { from: event.from, to: event.to, indicator: 'received', where: [{ dimension: 'order', values: event.orderIds }], limit: 200 }, { staleTime: 60_000 })
  return (
    <QueryView query={query}>
      {(data) => (
        <ul className="ms-analytics-members">{data.items.map((row) => {
          const out = drop.includes(row.id)
          return <li key={row.id} data-out={out || undefined}><span className="ms-ellipsis ms-grow" title={row.title}>{row.number} {row.title}</span><Button type="text" size="small" disabled={!out && drop.length >= event.orderIds.length - 1} onClick={() => onDrop(out ? drop.filter((one) => one !== row.id) : [...drop, row.id])}>{t(out ? 'hotBack' : 'hotDrop')}</Button></li>
        })}</ul>
      )}
    </QueryView>
  )
}
