// 办理反馈 in six sections, with the closing standard and the checks beside it (ux.md §3.7); progress is the same act, shorter.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { call } from '../../../api/call.ts'
import type { ActFormHandle } from '../../../ui/ActDrawer.tsx'
import { isAttachments } from '../../../ui/Attachments.tsx'
import { Icon } from '../../../ui/icons.tsx'
import { Time } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { nowIso } from '../../../ui/time.ts'
import type { FieldSchema } from '../../../ui/form-rules.ts'
import type { Assignment, AssignmentRef, Feedback, OrderDetail } from '../order-types.ts'
import { fields, filesField, opinionField } from './act-form.ts'
import type { ActForm } from './act-form.ts'
import { FeedbackSide } from './FeedbackSide.tsx'
import { categoryLoader } from '../pickers.ts'
import { fileIds, oneOf, text, words, yes } from './form-values.ts'
import { checklistOf } from './ReviewResult.tsx'
import { ComposeClosing, isClosing } from '../../handling/ComposeClosing.tsx'
import { t } from './texts.zh-CN.ts'
import './acts-on-orders.css'

const stated = ['yes', 'no', 'notStated'] as const
const solvedValues = ['yes', 'partly', 'no', 'notStated'] as const
const contactMethods = ['phone', 'visit', 'message', 'other'] as const
const rate = (title: string, values: readonly ('yes' | 'partly' | 'no' | 'notStated')[]): FieldSchema => ({ type: 'string', title, default: 'notStated', oneOf: values.map((one) => ({ const: one, title: t(`feedback.${one}`) })), 'x-buttons': true })

/** What lower units reported to this assignment, newest version of each. */
function lowerFeedback(order: OrderDetail, assignmentId: string): Feedback[] {
  const children = new Set(order.assignments.filter((one) => one.parentId === assignmentId).map((one) => one.id))
  const latest = new Map<string, Feedback>()
  for (const one of order.feedback) if (one.kind === 'result' && children.has(one.assignmentId) && (latest.get(one.assignmentId)?.version ?? 0) < one.version) latest.set(one.assignmentId, one)
  return [...latest.values()]
}

export function feedbackForm(order: OrderDetail, ref: AssignmentRef): ActForm {
  const assignment = order.assignments.find((one) => one.id === ref.id)
  const lower = lowerFeedback(order, ref.id)
  // what came back is corrected, not written anew
  const before = order.feedback.filter((one) => one.kind === 'result' && one.assignmentId === ref.id).toSorted((a, b) => b.version - a.version)[0]
  const standard = order.matter?.closingStandard ?? []
  const evidence = standard.filter((one) => one.evidence).map((one) => one.text)
  const methods = [t('feedback.method1'), t('feedback.method2'), t('feedback.method3'), t('feedback.method4'), t('feedback.method5'), t('feedback.method6')]
  const reachedOnly = { 'x-visibleIf': { field: 'contactMethod', filled: true } }
  const result = { own: { names: ['quotedFrom', 'closing'], render: (form: ActFormHandle) => <>{lower.length > 0 ? <Lower list={lower} form={form} /> : null}<ComposeClosing of={{ assignmentId: ref.id }} form={form} /></> } }
  return {
    title: t('feedback.title'), submitLabel: t('feedback.submit'), ...result, loaders: { matter: categoryLoader('industry') },
    initial: { handledAt: nowIso(), contactReached: true, ticked: before ? checklistOf(before).filter((one) => one.done).map((one) => one.text) : [], ...(before ? { result: before.result, basis: before.basis ?? undefined, method: before.method ?? undefined, opinion: before.opinion ?? undefined } : {}) },
    notice: assignment ? <><Contacted assignment={assignment} />{before ? <div>{t('feedback.before', { n: before.version })}</div> : null}</> : undefined,
    side: (form) => <FeedbackSide standard={standard} basisNeeded={order.matter?.closingBasis ?? false} contacted={assignment?.contactedAt !== null} form={form} />,
    schema: fields({
      contactMethod: { type: 'string', title: t('feedback.contactMethod'), oneOf: contactMethods.map((one) => ({ const: one, title: t(`contact.${one}`) })), 'x-buttons': true },
      contactReached: { type: 'boolean', title: t('feedback.reached'), ...reachedOnly, 'x-half': true },
      contactMet: { type: 'boolean', title: t('feedback.met'), ...reachedOnly, 'x-half': true },
      contactAt: { type: 'string', format: 'date-time', title: t('feedback.contactAt'), ...reachedOnly },
      contactNote: { type: 'string', title: t('feedback.contactNote'), maxLength: 500, ...reachedOnly },
      handledAt: { type: 'string', format: 'date-time', title: t('feedback.handledAt'), 'x-half': true },
      method: { type: 'string', title: t('feedback.method'), enum: methods, 'x-buttons': false, 'x-half': true },
      result: { type: 'string', format: 'textarea', title: t('feedback.result'), description: t('feedback.resultHelp'), maxLength: 5000 },
      basis: { type: 'string', format: 'textarea', title: t('feedback.basis'), description: t('feedback.basisHelp'), maxLength: 1000 },
      fileIds: filesField({ title: t('feedback.files'), description: evidence.length > 0 ? t('feedback.filesNeeded', { names: evidence.join('、') }) : undefined }),
      contacted: { ...rate(t('feedback.rate1'), stated), 'x-half': true }, solved: { ...rate(t('feedback.rate2'), solvedValues), 'x-half': true }, satisfied: rate(t('feedback.rate3'), stated),
      industryUnitId: { type: 'string', format: 'unit', title: t('feedback.industry') }, industryClassId: { type: 'string', format: 'matter', title: t('feedback.industryClass') },
      outsideArea: { type: 'boolean', title: t('feedback.outsideArea'), 'x-half': true },
      callbackRequested: { type: 'boolean', title: t('feedback.callbackRequested'), 'x-half': true },
      outsideDetail: { type: 'string', title: t('feedback.outsideDetail'), maxLength: 500, 'x-visibleIf': { field: 'outsideArea', equals: true } },
      public: { type: 'boolean', title: t('feedback.public') },
      opinion: opinionField({ title: t('feedback.opinion') }),
    }, ['result', ...(order.matter?.closingBasis ? ['basis'] : [])], [
      { title: t('feedback.section1'), fields: ['contactMethod', 'contactReached', 'contactMet', 'contactAt', 'contactNote'] },
      { title: t('feedback.section2'), fields: ['handledAt', 'method', 'result'] },
      { title: t('feedback.section3'), fields: ['basis'] },
      { title: t('feedback.section4'), fields: ['fileIds'] },
      { title: t('feedback.section5'), fields: ['contacted', 'solved', 'satisfied'] },
      { title: t('feedback.section6'), fields: ['industryUnitId', 'industryClassId', 'outsideArea', 'outsideDetail', 'callbackRequested', 'public', 'opinion'] },
    ]),
    send: (v, o) => {
      const method = text(v, 'contactMethod')
      const ticked = Array.isArray(v.ticked) ? v.ticked : []
      const hasFiles = isAttachments(v.fileIds) && v.fileIds.length > 0
      return call('submitFeedback', {
        id: ref.id, kind: 'result', handledAt: text(v, 'handledAt'), method: text(v, 'method'), result: words(v, 'result'), basis: text(v, 'basis'), opinion: text(v, 'opinion'), quotedFrom: text(v, 'quotedFrom'), fileIds: fileIds(v),
        ...(method ? { contact: { method, at: text(v, 'contactAt'), reached: v.contactReached !== false, met: yes(v, 'contactMet'), note: text(v, 'contactNote') } } : {}),
        contacted: oneOf(v, 'contacted', stated, 'notStated'), solved: oneOf(v, 'solved', solvedValues, 'notStated'), satisfied: oneOf(v, 'satisfied', stated, 'notStated'),
        ...(standard.length > 0 ? { checklist: standard.map((item) => ({ text: item.text, done: item.evidence ? hasFiles : ticked.includes(item.text) })) } : {}),
        callbackRequested: yes(v, 'callbackRequested'), outsideArea: yes(v, 'outsideArea'), outsideDetail: text(v, 'outsideDetail'), industryUnitId: text(v, 'industryUnitId'), industryClassId: text(v, 'industryClassId'), ...(isClosing(v.closing) ? { closing: v.closing } : {}), public: yes(v, 'public'),
      }, o)
    },
  }
}

export function progressForm(ref: AssignmentRef): ActForm {
  return {
    title: t('progress.title'), submitLabel: t('progress.title'), notice: t('progress.notice'),
    schema: fields({ result: { type: 'string', format: 'textarea', title: t('progress.result'), maxLength: 5000 }, fileIds: filesField() }, ['result']),
    send: (v, o) => call('submitFeedback', { id: ref.id, kind: 'progress', result: words(v, 'result'), fileIds: fileIds(v) }, o),
  }
}

function Contacted({ assignment }: { assignment: Assignment }): ReactElement {
  return <span className="ms-row"><Icon name="phone" size={14} />{assignment.contactedAt ? <>{t('feedback.firstContact')} <Time iso={assignment.contactedAt} /></> : t('feedback.notContacted')}</span>
}

/** One click takes the lower unit's text, basis and evidence; the source is recorded. */
function Lower({ list, form }: { list: Feedback[]; form: ActFormHandle }): ReactElement {
  const quote = (one: Feedback) => form.set({ quotedFrom: one.id, result: one.result, ...(one.basis ? { basis: one.basis } : {}), ...(one.method ? { method: one.method } : {}), ...(one.handledAt ? { handledAt: one.handledAt } : {}) })
  return (
    <div className="ms-stack">
      <strong>{t('feedback.lower')}</strong>
      {list.map((one) => {
        const quoted = form.value.quotedFrom === one.id
        return (
          <article key={one.id} className="ms-quote">
            <header className="ms-row">
              <strong>{one.unitName}</strong><span className="ms-hint">{one.submittedByName} <Time iso={one.submittedAt} /></span>
              {one.files.length > 0 ? <Tag>{t('feedback.nFiles', { n: one.files.length })}</Tag> : null}
              <span className="ms-grow" />
              {quoted ? <><Tag tone="ok">{t('feedback.quoted')}</Tag><Button size="small" type="text" onClick={() => form.set({ quotedFrom: undefined })}>{t('feedback.unquote')}</Button></> : <Button size="small" onClick={() => quote(one)}>{t('feedback.quote')}</Button>}
            </header>
            <p className="ms-text">{one.result}</p>
          </article>
        )
      })}
    </div>
  )
}
