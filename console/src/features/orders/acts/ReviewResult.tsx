// Result review: missing files first, the closing standard as a checklist, the units' feedback, and the reply to the requester.
import { Checkbox } from 'antd'
import type { ReactElement } from 'react'
import { call } from '../../../api/call.ts'
import { Attachments } from '../../../ui/Attachments.tsx'
import { Icon } from '../../../ui/icons.tsx'
import { Time } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { ReplyCheck } from '../../ai/ReplyCheck.tsx'
import { ComposeClosing } from '../../handling/ComposeClosing.tsx'
import type { Feedback, OrderDetail } from '../order-types.ts'
import { fields, opinionField } from './act-form.ts'
import type { ActForm } from './act-form.ts'
import { oneOf, text } from './form-values.ts'
import { t } from './texts.zh-CN.ts'
import { versionKeeper } from './versions.ts'
import './acts-on-orders.css'

/** Results of this round's top assignments, the lead's first: what may be adopted as the reply. */
export function currentResults(order: OrderDetail): Feedback[] {
  const tops = new Map(order.assignments.filter((one) => one.parentId === null && one.round === order.round).map((one) => [one.id, one.role]))
  const latest = new Map<string, Feedback>()
  for (const one of order.feedback) if (one.kind === 'result' && one.state === 'accepted' && tops.has(one.assignmentId) && (latest.get(one.assignmentId)?.version ?? 0) < one.version) latest.set(one.assignmentId, one)
  return [...latest.values()].sort((a, b) => Number(tops.get(b.assignmentId) === 'lead') - Number(tops.get(a.assignmentId) === 'lead'))
}

/** Evidence that the standard demands while no file came with the results. */
function missingOf(order: OrderDetail, results: Feedback[]): string[] {
  const quoted = order.feedback.filter((one) => results.some((result) => result.quotedFrom === one.id))
  const held = [...results, ...quoted].some((one) => one.files.length > 0)
  return held ? [] : (order.matter?.closingStandard ?? []).filter((one) => one.evidence).map((one) => one.text)
}

export function resultForm(order: OrderDetail, outcome: 'accept' | 'return'): ActForm {
  const at = versionKeeper(order.version)
  const results = currentResults(order)
  const missing = missingOf(order, results)
  const lower = order.lowerResult?.reply ?? order.reply ?? undefined
  return {
    title: t('result.title'), submitLabel: t('result.submit'),
    initial: { outcome, reply: results[0]?.result ?? lower, tellRequester: true },
    notice: missing.length > 0 ? <span className="ms-row"><Icon name="warning" />{t('result.missing', { names: missing.join('、') })}</span> : undefined,
    side: <Standard order={order} results={results} />,
    own: { names: [], render: (form) => <><Results list={results} />{form.value.outcome === 'return' ? null : <><ComposeClosing of={{ orderId: order.id }} form={form} /><ReplyCheck orderId={order.id} reply={typeof form.value.reply === 'string' ? form.value.reply : ''} /></>}</> },
    schema: fields({
      outcome: { type: 'string', title: t('result.outcome'), oneOf: [{ const: 'accept', title: t('result.accept') }, { const: 'return', title: t('result.return') }], 'x-buttons': true },
      reply: { type: 'string', format: 'textarea', title: t('result.reply'), description: results.length > 0 ? t('result.replyHelp') : undefined, maxLength: 5000, 'x-visibleIf': { field: 'outcome', equals: 'accept' } },
      ...(missing.length > 0 ? { missingReason: { type: 'string' as const, title: t('result.missingReason'), maxLength: 500, 'x-visibleIf': { field: 'outcome', equals: 'accept' } } } : {}),
      tellRequester: { type: 'boolean', title: t('result.tell'), 'x-visibleIf': { field: 'outcome', equals: 'accept' } },
      returnOpinion: opinionField({ title: t('result.opinionReturn'), 'x-visibleIf': { field: 'outcome', equals: 'return' }, 'x-phrases': [t('result.returnPhrase1'), t('result.returnPhrase2')] }),
      opinion: opinionField({ 'x-visibleIf': { field: 'outcome', equals: 'accept' } }),
    }, ['outcome', 'reply', 'returnOpinion', 'missingReason']),
    send: (v, o) => at((version) => {
      const chosen = oneOf(v, 'outcome', ['accept', 'return'], outcome)
      if (chosen === 'return') return call('reviewResult', { id: order.id, version, outcome: chosen, opinion: text(v, 'returnOpinion') }, o)
      // an adopted text is told apart from an own one: then only the adoption is recorded
      const reply = text(v, 'reply') === results[0]?.result.trim() ? undefined : text(v, 'reply')
      return call('reviewResult', { id: order.id, version, outcome: chosen, reply, opinion: text(v, 'opinion'), missingReason: text(v, 'missingReason'), tellRequester: v.tellRequester !== false }, o)
    }),
  }
}

function Standard({ order, results }: { order: OrderDetail; results: Feedback[] }): ReactElement {
  const items = order.matter?.closingStandard ?? []
  const ticked = new Set(results.flatMap((one) => checklistOf(one)).filter((one) => one.done).map((one) => one.text))
  const files = results.reduce((sum, one) => sum + one.files.length, 0)
  return (
    <div className="ms-stack">
      <strong>{t('result.standard')}</strong>
      <span className="ms-hint">{order.matter?.name}</span>
      {items.length === 0 ? <span className="ms-hint">{t('result.noStandard')}</span> : null}
      {items.map((item) => (
        <Checkbox key={item.text} defaultChecked={item.evidence ? files > 0 : ticked.has(item.text)}>{item.text}{item.evidence && files === 0 ? <> <Tag tone="over">{t('feedback.evidenceMissing')}</Tag></> : null}</Checkbox>
      ))}
    </div>
  )
}

export function checklistOf(feedback: Feedback): { text: string; done: boolean }[] {
  const list = feedback.checklist
  return Array.isArray(list) ? list.filter((one): one is { text: string; done: boolean } => typeof one === 'object' && one !== null && 'text' in one && typeof one.text === 'string' && 'done' in one && typeof one.done === 'boolean') : []
}

function Results({ list }: { list: Feedback[] }): ReactElement {
  if (list.length === 0) return <div className="ms-hint">{t('result.noFeedback')}</div>
  return (
    <div className="ms-stack">
      {list.map((one) => (
        <article key={one.id} className="ms-quote">
          <header className="ms-row"><strong>{one.unitName}</strong><span className="ms-hint">{one.submittedByName} <Time iso={one.submittedAt} /></span></header>
          <p className="ms-text">{one.result}</p>
          {one.basis ? <p className="ms-hint">{t('feedback.basis')}：{one.basis}</p> : null}
          {one.files.length > 0 ? <Attachments readOnly value={one.files} /> : null}
        </article>
      ))}
    </div>
  )
}
