// Acts of the centre that are a few fields each.
import { call } from '../../../api/call.ts'
import type { FormErrors } from '../../../ui/form-rules.ts'
import type { OrderDetail } from '../order-types.ts'
import { fields, filesField, opinionField } from './act-form.ts'
import type { ActForm } from './act-form.ts'
import { fileIds, text, words } from './form-values.ts'
import { answer } from './answer-form.tsx'
import { lifeActs } from './life-acts.tsx'
import { t } from './texts.zh-CN.ts'
import { versionKeeper } from './versions.ts'

type Build = (order: OrderDetail) => ActForm

const passReview: Build = (order) => {
  const at = versionKeeper(order.version)
  return {
    title: t('pass.title'), submitLabel: t('pass.title'), notice: t('pass.notice'), schema: fields({ opinion: opinionField() }),
    send: (v, o) => at((version) => call('passReview', { id: order.id, version, opinion: text(v, 'opinion') }, o)),
  }
}

const returnToAgent: Build = (order) => {
  const at = versionKeeper(order.version)
  return {
    title: t('returnToAgent.title'), submitLabel: t('returnToAgent.title'), notice: t('returnToAgent.notice', { name: order.registeredByName }),
    schema: fields({ opinion: opinionField({ 'x-phrases': [t('returnToAgent.phrase1'), t('returnToAgent.phrase2'), t('returnToAgent.phrase3')] }), fileIds: filesField() }, ['opinion']),
    send: (v, o) => at((version) => call('returnToAgent', { id: order.id, version, opinion: words(v, 'opinion'), fileIds: fileIds(v) }, o)),
  }
}

const recall: Build = (order) => {
  const at = versionKeeper(order.version)
  return {
    title: t('recall.title'), submitLabel: t('recall.title'), notice: t('recall.notice'), schema: fields({ reason: opinionField({ title: t('reason'), maxLength: 500 }) }),
    send: (v, o) => at((version) => call('recallDispatch', { id: order.id, version, reason: text(v, 'reason') }, o)),
  }
}

/** Classes are the tenant's own ⚙. */
export const withdrawForm = (order: OrderDetail, options: { withdrawClasses: string[]; withdrawalApproval: boolean }): ActForm => {
  const at = versionKeeper(order.version)
  return {
    title: t('withdraw.title'), submitLabel: t('withdraw.title'), notice: options.withdrawalApproval ? t('withdraw.approval') : t('withdraw.notice'),
    schema: fields({ reasonClass: { type: 'string', title: t('withdraw.class'), enum: options.withdrawClasses, 'x-buttons': true }, reason: { type: 'string', format: 'textarea', title: t('withdraw.reason'), maxLength: 500 } }, ['reasonClass', 'reason']),
    send: (v, o) => at((version) => call('withdrawOrder', { id: order.id, version, reasonClass: words(v, 'reasonClass'), reason: words(v, 'reason') }, o)),
  }
}

type Repeat = { id: string; urgeCount: number }

/** 催办 and 追加 for whoever takes the repeat call; a row of the requester's history is enough. */
export const repeatCallForm = (act: 'urge' | 'supplement', order: Repeat): ActForm => (act === 'urge' ? urge(order) : supplement(order))

const supplement = (order: Repeat): ActForm => ({
  title: t('supplement.title'), submitLabel: t('supplement.title'), notice: t('supplement.notice'),
  schema: fields({ content: { type: 'string', format: 'textarea', title: t('supplement.content'), maxLength: 2000 }, fileIds: filesField() }, ['content']),
  send: (v, o) => call('supplementOrder', { id: order.id, content: words(v, 'content'), fileIds: fileIds(v) }, o),
})

const urge = (order: Repeat): ActForm => ({
  title: t('urge.title'), submitLabel: t('urge.title'), notice: order.urgeCount > 0 ? t('urge.notice', { n: order.urgeCount }) : t('urge.notice0'),
  schema: fields({ content: { type: 'string', format: 'textarea', title: t('urge.content'), maxLength: 1000, 'x-phrases': [t('urge.phrase1'), t('urge.phrase2')] }, fileIds: filesField() }, ['content']),
  send: (v, o) => call('urgeOrder', { id: order.id, content: words(v, 'content'), fileIds: fileIds(v) }, o),
})

const prioritise: Build = (order) => ({
  title: t('prioritise.title'), submitLabel: t('prioritise.title'), notice: order.priorityManual === null ? t('prioritise.byRule', { n: order.priority }) : t('prioritise.byHand', { n: order.priority }),
  initial: { how: order.priorityManual === null ? 'set' : 'rule', value: order.priority },
  schema: fields({
    how: { type: 'string', title: t('prioritise.how'), oneOf: [{ const: 'set', title: t('prioritise.set') }, { const: 'rule', title: t('prioritise.rule') }], 'x-buttons': true },
    value: { type: 'integer', title: t('prioritise.value'), description: t('prioritise.help'), minimum: -9, maximum: 9, 'x-visibleIf': { field: 'how', equals: 'set' } }, reason: opinionField({ title: t('reason'), maxLength: 300 }),
  }, ['how', 'reason']),
  check: (v): FormErrors => (v.how === 'set' && typeof v.value !== 'number' ? { value: t('prioritise.need') } : {}),
  send: (v, o) => call('prioritiseOrder', { id: order.id, value: v.how === 'set' && typeof v.value === 'number' ? v.value : null, reason: words(v, 'reason'), version: order.version }, o),
})

export const centreActs: Record<string, Build> = { prioritise, passReview, returnToAgent, answer, recall, supplement, urge, ...lifeActs }
