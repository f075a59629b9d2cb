// What is decided on a result: the reply that goes to the requester, or the words with which the work goes back.
import { createElement, Fragment } from 'react'
import { call } from '../../api/call.ts'
import type { FieldSchema } from '../../ui/form-rules.ts'
import { ReplyCheck } from '../ai/ReplyCheck.tsx'
import { ComposeClosing } from '../handling/ComposeClosing.tsx'
import { fields, opinionField } from '../orders/acts/act-form.ts'
import type { ActForm } from '../orders/acts/act-form.ts'
import { text } from '../orders/acts/form-values.ts'
import { checklistOf, currentResults } from '../orders/acts/ReviewResult.tsx'
import { t as acts } from '../orders/acts/texts.zh-CN.ts'
import { versionKeeper } from '../orders/acts/versions.ts'
import type { Feedback, OrderDetail } from '../orders/order-types.ts'

/** Results of this round with those they quote: all of it may bring the evidence. */
export function resultsWithQuoted(order: OrderDetail): Feedback[] {
  const results = currentResults(order)
  return [...results, ...order.feedback.filter((one) => results.some((result) => result.quotedFrom === one.id))]
}

/** Items of the closing standard that demand evidence while no result came with a file. */
export function missingEvidence(order: OrderDetail): string[] {
  if (resultsWithQuoted(order).some((one) => one.files.length > 0)) return []
  return (order.matter?.closingStandard ?? []).filter((one) => one.evidence).map((one) => one.text)
}

/** What the unit itself ticked of the standard. */
export function tickedByUnit(order: OrderDetail): ReadonlySet<string> {
  return new Set(currentResults(order).flatMap(checklistOf).filter((one) => one.done).map((one) => one.text))
}

export function resultDecision(order: OrderDetail, outcome: 'acceptResult' | 'returnResult'): ActForm {
  const at = versionKeeper(order.version)
  if (outcome === 'returnResult') {
    return {
      title: acts('result.return'), submitLabel: acts('result.return'),
      schema: fields({ opinion: opinionField({ title: acts('result.opinionReturn'), 'x-phrases': [acts('result.returnPhrase1'), acts('result.returnPhrase2')] }) }, ['opinion']),
      send: (v, o) => at((version) => call('reviewResult', { id: order.id, version, outcome: 'return', opinion: text(v, 'opinion') }, o)),
    }
  }
  const adopted = order.lowerResult?.reply ?? currentResults(order)[0]?.result ?? order.reply ?? undefined
  const missing = missingEvidence(order)
  const missingReason: Record<string, FieldSchema> = missing.length ? { missingReason: { type: 'string', title: acts('result.missingReason'), maxLength: 500 } } : {}
  return {
    title: acts('result.accept'), submitLabel: acts('result.accept'), initial: { reply: adopted, tellRequester: true },
    notice: missing.length ? acts('result.missing', { names: missing.join('、') }) : undefined,
    own: { names: [], render: (form) => createElement(Fragment, null, createElement(ComposeClosing, { of: { orderId: order.id }, form }), createElement(ReplyCheck, { orderId: order.id, reply: typeof form.value.reply === 'string' ? form.value.reply : '' })) },
    schema: fields({
      ...missingReason,
      reply: { type: 'string', format: 'textarea', title: acts('result.reply'), description: acts('result.replyHelp'), maxLength: 5000 },
      opinion: opinionField(),
      tellRequester: { type: 'boolean', title: acts('result.tell') },
    }, ['reply', ...(missing.length ? ['missingReason'] : [])]),
    send: (v, o) => at((version) => call('reviewResult', {
      id: order.id, version, outcome: 'accept', opinion: text(v, 'opinion'), missingReason: text(v, 'missingReason'), tellRequester: v.tellRequester !== false,
      // an adopted text is told apart from an own one: then only the adoption is recorded
      reply: text(v, 'reply') === adopted?.trim() ? undefined : text(v, 'reply'),
    }, o)),
  }
}
