// Urgent, major and overdue orders on the phone: followed with one touch, instructed in two steps (SUP-23, SUP-24).
import { Button, Card, Choices, ClockChip, Empty, say, Sheet, Skeleton, Tag, TextArea, Trouble } from '@minsheng/portal/kit'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useCommand, useQueryOf } from '../../api/queries.ts'
import { useSession } from '../session.tsx'
import { t } from '../texts.zh-CN.ts'
import { fromEpoch, now, when } from '../time.ts'

const inHand = 'pendingReview,pendingDispatch,inProgress,pendingResultReview,pendingCallback'
const HOUR = 3_600_000
type Order = OutputOf<'listOrders'>['items'][number]

export function KeyOrders(): ReactElement {
  const { can } = useSession()
  const urgent = useQueryOf('listOrders', { state: inHand, urgency: 'urgent,major', own: 'true', sort: 'registeredAt', limit: 5 }, { refetchEvery: 60_000 })
  const late = useQueryOf('listOrders', { state: inHand, overdue: 'true', own: 'true', limit: 5 }, { refetchEvery: 60_000 })
  const focus = useQueryOf('listFocus', { list: 'mine', limit: 100 })
  const [instructing, setInstructing] = useState<Order | null>(null)
  const follow = useCommand('followOrder', { invalidates: ['listFocus'], onDone: () => say(t('follow.done')) })
  const unfollow = useCommand('unfollowOrder', { invalidates: ['listFocus'], onDone: () => say(t('follow.undone')) })
  const rows = [...new Map([...(urgent.data?.items ?? []), ...(late.data?.items ?? [])].map((row) => [row.id, row])).values()].slice(0, 8)
  const followed = (id: string): boolean => (focus.data?.items ?? []).some((one) => one.orderId === id)
  return (
    <Card title={t('cockpit.key')}>
      {urgent.isPending || late.isPending ? <Skeleton lines={4} /> : rows.length === 0 ? <Empty kind="done" title={t('cockpit.keyNone')} /> : (
        <ul className="m-key">
          {rows.map((row) => (
            <li key={row.id}>
              <Link to={`/m/orders/${row.number}`} className="m-two">{row.title}</Link>
              <span className="k-line" data-spread><span className="k-hint">{row.leadUnitName ?? row.stateName}</span>{row.nextClock ? <ClockChip name={row.nextClock.name} state={row.nextClock.paused ? 'paused' : 'running'} dueAt={row.nextClock.dueAt} /> : <span className="k-hint">{when(row.registeredAt)}</span>}</span>
              <span className="k-line">
                {row.urgency === 'normal' ? null : <Tag tone="over">{row.urgencyName}</Tag>}<span className="m-end" />
                <Button tone="quiet" onClick={() => (followed(row.id) ? unfollow : follow).mutate({ id: row.id })}>{t(followed(row.id) ? 'follow.undo' : 'follow.do')}</Button>
                {can('supervision.instruct') ? <Button tone="soft" onClick={() => setInstructing(row)}>{t('instruct.title')}</Button> : null}
              </span>
            </li>
          ))}
        </ul>
      )}
      {instructing ? <InstructSheet order={instructing} onClose={() => setInstructing(null)} /> : null}
    </Card>
  )
}

const dues = ['24', '72', '168'] as const

/** The words go to the lead unit, which reports by then; without a unit to the desks of the centre. */
function InstructSheet({ order, onClose }: { order: Order; onClose: () => void }): ReactElement {
  const held = useQueryOf('orderInstructions', { id: order.id })
  const [text, setText] = useState('')
  const [due, setDue] = useState<(typeof dues)[number]>('72')
  const issue = useCommand('issueInstruction', { invalidates: ['orderInstructions', 'listInstructions'], onDone: () => { say(t('instruct.done')); onClose() } })
  const lead = held.data?.units[0]
  const send = (): void => {
    if (text.trim() === '') return say(t('instruct.empty'))
    issue.mutate({ id: order.id, text: text.trim(), urgency: 'normal', ...(lead ? { unitIds: [lead.id], reportDueAt: fromEpoch(now() + Number(due) * HOUR) } : {}) })
  }
  return (
    <Sheet open title={t('instruct.title')} onClose={onClose} footer={<><Button onClick={onClose}>{t('cancel')}</Button><Button tone="primary" busy={issue.isPending} disabled={!held.data} onClick={send}>{t('instruct.title')}</Button></>}>
      <div className="k-stack">
        {issue.error ? <Trouble problem={issue.error} /> : null}
        <p><strong>{order.title}</strong></p>
        <p className="k-hint">{lead ? `${t('instruct.to')}：${lead.name}` : t('instruct.desk')}</p>
        <TextArea name="text" label={t('instruct.text')} rows={4} limit={1000} value={text} onValue={setText} />
        {lead ? <Choices name="due" label={t('instruct.due')} value={due} options={dues.map((value) => ({ value, label: t(`instruct.due.${value}`) }))} onValue={setDue} /> : null}
      </div>
    </Sheet>
  )
}
