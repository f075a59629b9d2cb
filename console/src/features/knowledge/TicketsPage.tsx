// 采编审核: what waits for me, what is to be published, what I wrote; the object, the differences, the decision beside them.
import { Button, Checkbox, Input, Segmented } from 'antd'
import type { InputRef } from 'antd'
import type { ReactElement } from 'react'
import { useRef, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import type { Problem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { useSession } from '../../app/session.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { DateInput } from '../../ui/DateInput.tsx'
import { Empty, ProblemLine, QueryView } from '../../ui/Empty.tsx'
import { useKeys } from '../../ui/keys.ts'
import { say } from '../../ui/notices.ts'
import { cappedCount } from '../../ui/numbers.ts'
import { Facts, Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import type { Tone } from '../../ui/Tags.tsx'
import { when } from '../../ui/time.ts'
import { useDraft } from '../../ui/use-draft.ts'
import { useAct } from '../../ui/use-act.ts'
import { Changes } from './Changes.tsx'
import { knowledgeQueries } from './EditPage.tsx'
import { ItemBody } from './ItemBody.tsx'
import { t } from './texts.zh-CN.ts'
import '../../ui/parts.css'
import './knowledge.css'

type Ticket = OutputOf<'getKnowledgeTicket'>
const boxes = ['review', 'publish', 'mine', 'all'] as const
export const ticketTones: Record<Ticket['state'], Tone> = { draft: 'calm', inReview: 'primary', returned: 'over', approved: 'near', scheduled: 'low', done: 'ok', cancelled: 'calm' }

export default function TicketsPage(): ReactElement {
  const { can } = useSession()
  const [search, setSearch] = useSearchParams()
  const offered = boxes.filter((box) => (box === 'review' ? can('knowledge.review') : box === 'publish' ? can('knowledge.publish') : box === 'mine' ? can('knowledge.edit') : true))
  const named = offered.find((one) => one === search.get('box'))
  const box = named ?? (search.get('ticket') ? 'all' : (offered[0] ?? 'all'))
  const list = useQueryOf('listKnowledgeTickets', { box, limit: 100 }, { keepPrevious: true })
  useTopic('knowledge.tickets', ['listKnowledgeTickets', 'getKnowledgeTicket', 'homeCounts'])
  const items = list.data?.items ?? []
  const chosen = search.get('ticket') ?? items[0]?.id ?? null
  const open = (id: string | null) => setSearch({ box, ...(id ? { ticket: id } : {}) }, { replace: true })
  const move = (by: number) => {
    const next = items[Math.max(0, Math.min(items.length - 1, items.findIndex((one) => one.id === chosen) + by))]
    if (next) open(next.id)
  }
  const after = () => {
    const at = items.findIndex((one) => one.id === chosen)
    open(box === 'review' || box === 'publish' ? ((items[at + 1] ?? items[at - 1])?.id ?? null) : chosen)
  }
  useKeys(t('tickets'), [{ keys: 'j', label: '下一件', run: () => move(1) }, { keys: 'k', label: '上一件', run: () => move(-1) }, { keys: 's', label: '跳过', run: () => move(1) }])
  return (
    <Page fill title={t('tickets')} help="knowledge" state={<><Segmented size="small" value={box} options={offered.map((value) => ({ value, label: t(`box.${value}`) }))} onChange={(value) => setSearch({ box: value })} /><span className="ms-muted">{cappedCount(list.data?.count ?? null)}</span></>}
      acts={can('knowledge.edit') ? <Link to="/knowledge/items/new"><Button type="primary">{t('newItem')}</Button></Link> : null}>
      <div className="ms-split" data-wide>
        <div className="ms-split-list">
          <QueryView query={list}>{(data) => (data.items.length === 0 ? <Empty kind="done" text={t('queueEmpty')} /> : <div className="ms-picklist">{data.items.map((one) => (
            <button key={one.id} type="button" aria-current={one.id === chosen} onClick={() => open(one.id)} style={{ flexDirection: 'column', alignItems: 'stretch', gap: 2 }}>
              <span className="ms-row" style={{ gap: 6, flexWrap: 'nowrap' }}><Tag tone={ticketTones[one.state]}>{one.kindName}</Tag><span className="ms-ellipsis">{one.title}</span></span>
              <span className="ms-hint ms-ellipsis">{one.typeName} · {one.unitName || one.authorName} · {one.stateName}{one.step ? `（${one.step}）` : ''} {when(one.submittedAt ?? one.changedAt)}</span>
            </button>
          ))}</div>)}</QueryView>
        </div>
        <div className="ms-split-main">{chosen ? <TicketView key={chosen} id={chosen} after={after} /> : null}</div>
      </div>
    </Page>
  )
}

function TicketView({ id, after }: { id: string; after: () => void }): ReactElement {
  const ticket = useQueryOf('getKnowledgeTicket', { id })
  return <QueryView query={ticket}>{(data) => <Shown key={`${data.id}:${data.version}`} ticket={data} after={after} />}</QueryView>
}

function Shown({ ticket, after }: { ticket: Ticket; after: () => void }): ReactElement {
  const send = useAct(...knowledgeQueries)
  const [opinion, setOpinion] = useState('')
  const [publishAt, setPublishAt] = useState<string | null>(null)
  const [looked, setLooked] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const field = useRef<InputRef>(null)
  const draft = useDraft({ key: `knowledge-review:${ticket.id}`, value: opinion ? { opinion } : null })
  const act = (name: string) => ticket.acts.find((one) => one.act === name)
  const mayDecide = act('decide')?.enabled ?? false
  const run = async (work: () => Promise<string>) => {
    if (busy) return
    setBusy(true)
    setProblem(null)
    try {
      say(await work())
      draft.clear()
      after()
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(false)
    }
  }
  const ref = { id: ticket.id, version: ticket.version }
  const decide = (outcome: 'approve' | 'return') => {
    if (!mayDecide) return
    if (outcome === 'return' && opinion.trim() === '') {
      field.current?.focus()
      return say(t('opinionMust'), 'over')
    }
    void run(async () => { await send('decideKnowledgeTicket', { ...ref, outcome, opinion: opinion.trim() }); return outcome === 'approve' ? t('approved') : t('returned') })
  }
  const publish = () => void run(async () => {
    const { number } = await send('publishKnowledgeTicket', { ...ref, publishAt, looked })
    return number === null ? t('scheduled') : t('published', { n: number })
  })
  const simple = (op: 'recallKnowledgeTicket' | 'unscheduleKnowledgeTicket' | 'cancelKnowledgeTicket', text: string) => void run(async () => { await send(op, { id: ticket.id }); return text })
  useKeys(t('object'), [
    { keys: 'a', label: t('approve'), run: () => field.current?.focus(), enabled: mayDecide }, { keys: 'r', label: t('return'), run: () => field.current?.focus(), enabled: mayDecide },
    { keys: 'Ctrl Enter', label: mayDecide ? t('approve') : t('publish'), run: () => { if (mayDecide) decide('approve'); else if (act('publish')) publish() } },
  ])
  const reviewed = ticket.steps.filter((step) => step.decidedBy !== null || step.state === 'current')
  return (
    <>
      <Section title={<>{ticket.title} <span className="ms-hint">{ticket.code}</span></>} extra={<span className="ms-row"><Tag tone={ticketTones[ticket.state]}>{ticket.stateName}</Tag>{ticket.publishAt ? <span className="ms-hint">{t('scheduledAt', { at: when(ticket.publishAt) })}</span> : null}</span>}>
        <Facts columns={3} items={[
          { label: t('author'), value: `${ticket.authorName}${ticket.unitName ? `（${ticket.unitName}）` : ''}` }, { label: t('type'), value: ticket.typeName }, { label: t('changeKind'), value: ticket.kindName }, { label: t('reason'), value: ticket.reason ?? '', hidden: !ticket.reason },
          ...(['basis', 'processing', 'openPoints'] as const).map((key) => ({ label: t(`statement.${key}`), value: ticket.statement[key], hidden: ticket.statement[key] === '' })),
        ]} />
        {act('decide') ? (
          <div className="ms-stack" style={{ marginBlockStart: 12 }}>
            {mayDecide ? <Input.TextArea ref={field as never} autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} placeholder={t('opinion')} aria-label={t('opinion')} value={opinion} onChange={(e) => setOpinion(e.target.value)} /> : <span className="ms-hint">{act('decide')?.reason}</span>}
            {mayDecide ? <div className="ms-row"><Button type="primary" loading={busy} onClick={() => decide('approve')} title="Ctrl Enter">{t('approve')}</Button><Button danger disabled={busy} onClick={() => decide('return')}>{t('return')}</Button></div> : null}
          </div>
        ) : null}
        <div className="ms-row" style={{ marginBlockStart: 12 }}>
          {act('publish') ? <><Button type="primary" loading={busy} onClick={publish}>{publishAt ? t('publishAt') : t('publishNow')}</Button><span style={{ inlineSize: 220 }}><DateInput withTime value={publishAt ?? ''} onChange={(next) => setPublishAt(next || null)} /></span><span className="ms-hint">{t('publishAt')}</span></> : null}
          {act('unschedule') ? <Button disabled={busy} onClick={() => simple('unscheduleKnowledgeTicket', t('unscheduled'))}>{t('unschedule')}</Button> : null}
          {act('edit') ? <Link to={`/knowledge/tickets/${ticket.id}/edit`}><Button type={act('publish') ? 'default' : 'primary'}>{t('edit')}</Button></Link> : null}
          {act('submit') && !act('edit') ? <Button disabled={busy} onClick={() => void run(async () => { await send('submitKnowledgeTicket', ref); return t('submitted') })}>{t('submit')}</Button> : null}
          {act('recall') ? <Button disabled={busy} onClick={() => simple('recallKnowledgeTicket', t('recalled'))}>{t('recall')}</Button> : null}
          {act('cancel') ? <Button type="text" danger disabled={busy} onClick={() => void confirm({ title: t('cancel'), text: t('cancelText'), verb: t('cancel'), danger: true }).then((yes) => { if (yes) simple('cancelKnowledgeTicket', t('cancelled')) })}>{t('cancel')}</Button> : null}
          <span style={{ flex: 1 }} /><Link to={`/knowledge/items/${ticket.itemId}`}>{t('open')}</Link>
        </div>
        {act('publish') && ticket.content.typeCode === 'material' && ticket.files.length + ticket.newFiles.length > 0 ? <Checkbox checked={looked} onChange={(e) => setLooked(e.target.checked)}>{t('material.looked')}</Checkbox> : null}
        {problem ? <ProblemLine problem={problem} /> : null}
      </Section>
      {reviewed.length > 0 ? <Section title={t('steps')}><ol className="ms-kno-steps">{reviewed.map((step, at) => <li key={at}><span className="ms-row">{ticket.steps.some((one) => one.round > 1) ? <span className="ms-hint">{t('round', { n: step.round })}</span> : null}<strong>{step.name}</strong>{step.state === 'current' ? <span className="ms-hint">{t('waiting', { name: step.actor })}</span> : <><span>{step.decidedBy}</span><Tag tone={step.state === 'returned' ? 'over' : 'ok'}>{step.state === 'returned' ? t('returned') : t('approved')}</Tag>{step.decidedAt ? <Time iso={step.decidedAt} /> : null}</>}</span>{step.opinion ? <div className="ms-pre">{step.opinion}</div> : null}</li>)}</ol></Section> : null}
      {ticket.baseVersion !== null && ticket.kind === 'modify' ? <Section title={t('changes')} flush><Changes fields={ticket.fieldChanges} lines={ticket.lines} /></Section> : null}
      <Section title={t('body')}>{ticket.gaps.length > 0 ? <div className="ms-note">{ticket.gaps.map((gap) => gap.message).join('；')}</div> : null}<ItemBody content={ticket.content} fields={ticket.fields} files={[...ticket.files, ...ticket.newFiles]} /></Section>
    </>
  )
}
