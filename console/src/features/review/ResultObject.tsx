// A result under review: missing files first, the closing standard as a checklist beside the feedback, then what was asked.
import { Checkbox } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { Attachments } from '../../ui/Attachments.tsx'
import { AssignmentTree } from '../../ui/AssignmentTree.tsx'
import type { AssignmentNode } from '../../ui/AssignmentTree.tsx'
import { Icon } from '../../ui/icons.tsx'
import { Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { currentResults } from '../orders/acts/ReviewResult.tsx'
import type { Assignment, Feedback, OrderDetail } from '../orders/order-types.ts'
import { OrderContent, OrderHead, valueWords } from '../orders/OrderObject.tsx'
import { Part } from '../../ui/DeskPart.tsx'
import { missingEvidence, resultsWithQuoted, tickedByUnit } from './result-decision.ts'
import { t } from './texts.zh-CN.ts'

export function ResultObject({ order, note }: { order: OrderDetail; note: ReactNode }): ReactElement {
  const results = currentResults(order)
  const shown = new Set(results.map((one) => one.id))
  const older = order.feedback.filter((one) => !shown.has(one.id))
  return (
    <>
      <OrderHead order={order} />
      {note}
      <div className="ms-desk-body" tabIndex={0}>
        <Evidence order={order} />
        <div className="ms-desk-pair">
          <Part title={t('standard')} extra={<span className="ms-hint">{t('result.checkHint')}</span>}><Standard order={order} /></Part>
          <Part title={t('result.feedback')}>
            {order.lowerResult ? <article className="ms-desk-quote"><header className="ms-row"><strong>{t('result.lower', { centre: order.lowerResult.tenantName })}</strong></header><p>{order.lowerResult.reply}</p>{order.lowerResult.basis ? <span className="ms-hint">{order.lowerResult.basis}</span> : null}</article> : null}
            {results.map((one) => <FeedbackView key={one.id} order={order} feedback={one} />)}
            {order.hiddenFeedback ? <span className="ms-hint">{t('result.hidden')}</span> : null}
          </Part>
        </div>
        {older.length ? (
          <details className="ms-desk-part">
            <summary>{t('result.older', { n: older.length })}</summary>
            <div className="ms-stack">{older.map((one) => <FeedbackView key={one.id} order={order} feedback={one} />)}</div>
          </details>
        ) : null}
        <Part title={t('result.assignments')}><AssignmentTree nodes={treeOf(order.assignments)} /></Part>
        <OrderContent order={order} />
      </div>
    </>
  )
}

function Evidence({ order }: { order: OrderDetail }): ReactElement {
  const missing = missingEvidence(order)
  const needed = (order.matter?.closingStandard ?? []).some((one) => one.evidence)
  if (missing.length) return <div className="ms-problem" role="status"><Icon name="warning" /><span>{t('result.missing', { names: missing.join('、') })}</span></div>
  return <div className="ms-hint"><Icon name={needed ? 'check' : 'info'} size={14} /> {needed ? t('result.complete') : t('result.noneNeeded')}</div>
}

/** The reviewer's own ticks help to go through the list; they are not kept. */
function Standard({ order }: { order: OrderDetail }): ReactElement {
  const items = order.matter?.closingStandard ?? []
  const ticked = tickedByUnit(order)
  const files = resultsWithQuoted(order).some((one) => one.files.length > 0)
  if (items.length === 0) return <span className="ms-hint">{t('noStandard')}</span>
  return (
    <ul className="ms-desk-checks" key={order.id}>
      {items.map((item) => (
        <li key={item.text}>
          <Checkbox>{item.text}</Checkbox>
          <div className="ms-row">
            {item.evidence ? <Tag tone={files ? 'ok' : 'over'} icon="clip">{t('result.needsFile')}</Tag> : null}
            <span className="ms-hint">{ticked.has(item.text) ? t('result.ticked') : t('result.notTicked')}</span>
          </div>
        </li>
      ))}
    </ul>
  )
}

const rateWords = (value: string | null): string => (value === 'yes' ? t('rate.yes') : value === 'no' ? t('rate.no') : value === 'partly' ? t('rate.partly') : t('rate.notStated'))

function FeedbackView({ order, feedback }: { order: OrderDetail; feedback: Feedback }): ReactElement {
  const assignment = order.assignments.find((one) => one.id === feedback.assignmentId)
  const contact = feedback.contact
  const reached = typeof contact === 'object' && contact !== null && 'reached' in contact ? contact.reached === true : null
  const note = typeof contact === 'object' && contact !== null && 'note' in contact ? valueWords(contact.note) : ''
  return (
    <article className="ms-desk-quote">
      <header className="ms-row">
        <strong>{t('result.unit', { role: assignment?.roleName ?? '', unit: feedback.unitName })}</strong>
        <span className="ms-hint">{feedback.submittedByName} <Time iso={feedback.submittedAt} /></span>
      </header>
      <p>{feedback.result}</p>
      {feedback.basis ? <p className="ms-muted">{t('result.basis')}：{feedback.basis}</p> : null}
      {reached === null ? null : <p className="ms-muted">{t('result.contact')}：{reached ? t('result.reached') : t('result.notReached')}{note ? `，${note}` : ''}</p>}
      <p className="ms-muted">{t('result.rates')}：{t('result.contacted')} {rateWords(feedback.contacted)} · {t('result.solved')} {rateWords(feedback.solved)} · {t('result.satisfied')} {rateWords(feedback.satisfied)}</p>
      {feedback.opinion ? <p className="ms-muted">{t('result.opinion')}：{feedback.opinion}</p> : null}
      <div className="ms-row">
        {feedback.callbackRequested ? <Tag tone="primary">{t('result.callbackRequested')}</Tag> : null}
        {feedback.outsideArea ? <Tag>{t('result.outsideArea')}</Tag> : null}
      </div>
      {feedback.files.length ? <Attachments readOnly value={feedback.files} /> : null}
    </article>
  )
}

const roleOf = (role: string): AssignmentNode['role'] => (role === 'assist' || role === 'parallel' ? role : 'lead')

function treeOf(all: readonly Assignment[], parentId: string | null = null): AssignmentNode[] {
  return all.filter((one) => one.parentId === parentId && one.state !== 'cancelled').map((one) => ({
    id: one.id, unitName: one.unitName, role: roleOf(one.role), state: one.state, signedBy: one.signedByName, signedAt: one.signedAt, owed: one.owed, round: one.round,
    clock: one.dueAt ? { state: one.state === 'done' ? 'met' : 'running', dueAt: one.dueAt, startedAt: one.dispatchedAt, endedAt: one.doneAt } : null,
    children: treeOf(all, one.id),
  }))
}
