// 反馈: all versions, newest first, with what each rests on, its checklist, files and the review.
import type { ReactElement } from 'react'
import { Attachments } from '../../ui/Attachments.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Facts, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import type { Tone } from '../../ui/Tags.tsx'
import { when } from '../../ui/time.ts'
import { checklistOf } from './acts/ReviewResult.tsx'
import type { Feedback, OrderDetail } from './order-types.ts'
import { t } from './texts.zh-CN.ts'

const states: Record<string, [string, Tone]> = { submitted: [t('fb.submitted'), 'near'], accepted: [t('fb.accepted'), 'ok'], sentBack: [t('fb.sentBack'), 'over'] }
const stated: Record<string, string> = { yes: t('fb.yes'), no: t('fb.no'), partly: t('fb.partly'), notStated: t('fb.notStated') }
const rate = (value: string | null): string => stated[value ?? 'notStated'] ?? t('fb.notStated')

export function FeedbackTab({ order }: { order: OrderDetail }): ReactElement {
  const list = [...order.feedback].sort((a, b) => (a.submittedAt < b.submittedAt ? 1 : -1))
  if (list.length === 0 && order.hiddenFeedback === 0) return <Empty kind="done" text={t('fb.none')} hint={t('fb.noneHint')} />
  return (
    <div className="ms-stack">
      {list.map((one) => <FeedbackCard key={one.id} feedback={one} order={order} />)}
      {order.hiddenFeedback > 0 ? <p className="ms-hint">{t('fb.hidden')}</p> : null}
    </div>
  )
}

export function FeedbackCard({ feedback: one, order }: { feedback: Feedback; order: OrderDetail }): ReactElement {
  const [stateName, tone] = states[one.state] ?? [one.state, 'plain']
  const quoted = one.quotedFrom ? order.feedback.find((other) => other.id === one.quotedFrom) : undefined
  const checklist = checklistOf(one)
  const told = contactText(one.contact)
  return (
    <article className="ms-quote ms-feedback">
      <header className="ms-row">
        <strong>{one.unitName}</strong>
        <Tag>{one.kind === 'progress' ? t('fb.progress') : t('fb.result')}</Tag>
        {one.version > 1 ? <Tag>{t('fb.version', { n: one.version })}</Tag> : null}
        {one.kind === 'result' ? <Tag tone={tone}>{stateName}</Tag> : null}
        {quoted ? <Tag tone="low">{t('fb.quoted', { unit: quoted.unitName })}</Tag> : null}
        <span className="ms-grow" />
        <span className="ms-hint">{one.submittedByName} <Time iso={one.submittedAt} /></span>
      </header>
      <p className="ms-text">{one.result}</p>
      {one.kind === 'result' ? (
        <Facts columns={2} items={[
          { label: t('fb.method'), value: one.method, hidden: !one.method },
          { label: t('fb.handledAt'), value: <Time iso={one.handledAt} />, hidden: !one.handledAt },
          { label: t('fb.basis'), value: one.basis, hidden: !one.basis },
          { label: t('fb.contact'), value: told, hidden: !told },
          { label: t('fb.rates'), value: t('fb.ratesText', { a: rate(one.contacted), b: rate(one.solved), c: rate(one.satisfied) }) },
          { label: t('fb.opinion'), value: one.opinion, hidden: !one.opinion },
        ]} />
      ) : null}
      {checklist.length > 0 ? <ul className="ms-plain-list">{checklist.map((item) => <li key={item.text}><span aria-hidden="true">{item.done ? '☑' : '☐'}</span> {item.text}</li>)}</ul> : null}
      <div className="ms-row">
        {one.callbackRequested ? <Tag tone="primary">{t('fb.callback')}</Tag> : null}
        {one.outsideArea ? <Tag>{t('fb.outside')}</Tag> : null}
        {one.visibility === 'public' ? <Tag>{t('fb.public')}</Tag> : null}
      </div>
      {one.files.length > 0 ? <Attachments readOnly value={one.files} /> : null}
      {one.reviewOpinion ? <p className="ms-hint">{t('fb.review')}：{one.reviewOpinion}（{one.reviewedByName} {when(one.reviewedAt)}）</p> : null}
    </article>
  )
}

const methods: Record<string, string> = { phone: '电话', visit: '上门', message: '短信或网络', other: '其他' }

function contactText(contact: unknown): string {
  if (typeof contact !== 'object' || contact === null) return ''
  const method = 'method' in contact && typeof contact.method === 'string' ? (methods[contact.method] ?? contact.method) : ''
  const reached = 'reached' in contact ? (contact.reached === true ? t('t.reached') : t('t.notReached')) : ''
  const note = 'note' in contact && typeof contact.note === 'string' ? contact.note : ''
  return [method, reached, note].filter(Boolean).join(' · ')
}
