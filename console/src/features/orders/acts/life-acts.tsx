// Acts between centres and around results: turned back, signed toward the platform above, returned upward, rejected closings, withdrawals.
import { Select } from 'antd'
import type { ReactElement } from 'react'
import { call } from '../../../api/call.ts'
import { useQueryOf } from '../../../api/queries.ts'
import type { ActFormHandle } from '../../../ui/ActDrawer.tsx'
import { Attachments } from '../../../ui/Attachments.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import type { AssignmentRef, Feedback, OrderDetail, OrderRequest } from '../order-types.ts'
import { fault, fields, filesField, opinionField } from './act-form.ts'
import type { ActForm } from './act-form.ts'
import { fileIds, text, words, yes } from './form-values.ts'
import { t } from './texts.zh-CN.ts'
import { versionKeeper } from './versions.ts'

type Build = (order: OrderDetail) => ActForm

const turnBack: Build = (order) => {
  const at = versionKeeper(order.version)
  return {
    title: t('turnBack.title'), submitLabel: t('turnBack.title'), notice: t('turnBack.notice'), schema: fields({ reason: opinionField({ title: t('reason') }) }, ['reason']),
    send: (v, o) => at((version) => call('turnBackTransfer', { id: order.id, version, reason: words(v, 'reason') }, o)),
  }
}

const signUpper: Build = (order) => {
  const at = versionKeeper(order.version)
  return { title: t('signUpper.title'), submitLabel: t('signUpper.title'), notice: t('signUpper.notice', { number: order.upperNumber ?? '' }), schema: fields({}), send: (_, o) => at((version) => call('signUpperOrder', { id: order.id, version }, o)) }
}

const returnUpward: Build = (order) => {
  const at = versionKeeper(order.version)
  return {
    title: t('returnUpward.title'), submitLabel: t('returnUpward.title'), notice: t('returnUpward.notice'), side: <RatioSide />, schema: fields({ reason: opinionField({ title: t('returnUpward.reason') }) }, ['reason']),
    send: (v, o) => at((version) => call('returnOrderUpward', { id: order.id, version, reason: words(v, 'reason') }, o)),
  }
}

const tones = { none: 'plain', calm: 'ok', near: 'near', over: 'over' } as const

/** The live ratio of direct orders that went back upward this month. */
export function RatioSide(): ReactElement {
  const ratio = useQueryOf('upwardRatio', {}, { staleTime: 10_000 }).data
  if (!ratio) return <span className="ms-hint">…</span>
  const line = (name: string, one: { direct: number; returned: number; percent: number | null }, level: keyof typeof tones) => (
    <div key={name} className="ms-row"><span className="ms-grow ms-ellipsis">{name}</span><span className="ms-hint">{one.returned}/{one.direct}</span><Tag tone={tones[level]}>{one.percent === null ? '–' : `${one.percent}%`}</Tag></div>
  )
  return (
    <div className="ms-stack">
      <strong>{t('ratio.title')}</strong>
      <span className="ms-hint">{ratio.limit === null ? t('ratio.noLimit') : t('ratio.limit', { n: ratio.limit })}{ratio.onExcess === 'block' ? t('ratio.block') : ''}</span>
      {line(t('ratio.all'), ratio.all, ratio.level)}
      {ratio.units.filter((unit) => unit.returned > 0).slice(0, 8).map((unit) => line(unit.unitName, unit, unit.level))}
    </div>
  )
}

export const rejectClosing: Build = (order) => {
  const at = versionKeeper(order.version)
  return {
    title: t('rejectClosing.title'), submitLabel: t('rejectClosing.title'), notice: t('rejectClosing.notice'),
    schema: fields({ opinion: opinionField({ title: t('rejectClosing.reason'), 'x-phrases': [t('rejectClosing.phrase1'), t('rejectClosing.phrase2')] }) }, ['opinion']),
    send: (v, o) => at((version) => call('reviewResult', { id: order.id, version, outcome: 'reject', opinion: words(v, 'opinion') }, o)),
  }
}

export const pendingWithdrawal = (order: OrderDetail): OrderRequest | undefined => order.requests.find((one) => one.kind === 'withdrawal' && one.state === 'pending' && one.mayDecide)

export function decideWithdrawalForm(_order: OrderDetail, request: OrderRequest): ActForm {
  return {
    title: t('decideWithdrawal.title'), submitLabel: t('decide.submit'), notice: t('decideWithdrawal.notice', { who: request.applicantName, why: `${request.reasonClass ?? ''}：${request.reason}` }),
    schema: fields({ outcome: { type: 'string', title: t('decide.outcome'), oneOf: [{ const: 'approve', title: t('decideWithdrawal.approve') }, { const: 'refuse', title: t('decide.refuse') }], 'x-buttons': true }, opinion: opinionField() }, ['outcome']),
    check: (v) => fault('opinion', v.outcome === 'refuse' && words(v, 'opinion') === '' && t('decide.opinionNeeded')),
    send: (v, o) => call('decideReturn', { id: request.id, outcome: v.outcome === 'approve' ? 'approve' : 'refuse', opinion: words(v, 'opinion'), fileIds: [] }, o),
  }
}

export const lifeActs: Record<string, Build> = { turnBack, signUpper, returnUpward, rejectClosing }

/** Where a returned or passed order may go; grouped by direction. */
export function TenantSelect({ tenants, form, id }: { tenants: readonly { id: string; name: string; direction: 'down' | 'up' | 'across' }[]; form: ActFormHandle; id: string }): ReactElement {
  const group = (direction: 'down' | 'up' | 'across') => {
    const options = tenants.filter((one) => one.direction === direction).map((one) => ({ value: one.id, label: one.name }))
    return options.length > 0 ? [{ label: t(`direction.${direction}`), options }] : []
  }
  return (
    <div className="ms-field" data-field="tenantId">
      <label className="ms-field-label" htmlFor={id}><b aria-hidden="true">*</b>{t('transfer.tenant')}</label>
      <Select id={id} showSearch={{ optionFilterProp: 'label' }} status={form.errors.tenantId ? 'error' : ''} value={text(form.value, 'tenantId')} notFoundContent={t('transfer.none')} options={[...group('down'), ...group('up'), ...group('across')]} onChange={(tenantId) => form.set({ tenantId })} />
      {form.errors.tenantId ? <div className="ms-field-notes"><span className="ms-field-error" role="alert">{form.errors.tenantId}</span></div> : null}
    </div>
  )
}

// Acts of the unit on its own assignment.
type UnitBuild = (order: OrderDetail, ref: AssignmentRef) => ActForm
const newest = (list: Feedback[]): Feedback | undefined => list.toSorted((a, b) => b.version - a.version)[0]

/** The fields of a corrected feedback, filled with what stands. */
const correctionFields = (before: Feedback | undefined) => ({
  result: { type: 'string' as const, format: 'textarea' as const, title: t('feedback.result'), maxLength: 5000 },
  basis: { type: 'string' as const, format: 'textarea' as const, title: t('feedback.basis'), maxLength: 1000 },
  fileIds: filesField({ title: t('correct.files') }),
  ...(before && before.files.length > 0 ? { keepFiles: { type: 'boolean' as const, title: t('correct.keepFiles', { n: before.files.length }) } } : {}),
})

const correctClosing: UnitBuild = (order, ref) => {
  const before = newest(order.feedback.filter((one) => one.assignmentId === ref.id && one.kind === 'result' && one.state === 'rejected'))
  return {
    title: t('correct.title'), submitLabel: t('correct.submit'), initial: { result: before?.result, basis: before?.basis ?? undefined, keepFiles: true },
    notice: before?.reviewOpinion ? t('correct.why', { who: before.reviewedByName ?? '', why: before.reviewOpinion }) : undefined,
    schema: fields(correctionFields(before), ['result']),
    own: before && before.files.length > 0 ? { names: [], render: () => <Attachments readOnly value={before.files} /> } : undefined,
    send: (v, o) => call('correctClosing', { id: ref.id, result: words(v, 'result'), basis: text(v, 'basis') ?? '', fileIds: fileIds(v), keepFiles: v.keepFiles !== false }, o),
  }
}

const secondHandling: UnitBuild = (_, ref) => ({
  title: t('second.title'), submitLabel: t('second.title'), notice: t('second.notice'), schema: fields({ reason: opinionField({ title: t('reason') }) }, ['reason']),
  send: (v, o) => call('secondHandling', { id: ref.id, reason: words(v, 'reason') }, o),
})

const appeal: UnitBuild = (_, ref) => ({
  title: t('appeal.title'), submitLabel: t('appeal.submit'), notice: t('appeal.notice'), side: <FlowChain flow="orders.dissatisfactionAppeal" unitId={ref.unitId} />,
  schema: fields({ reason: { type: 'string', format: 'textarea', title: t('appeal.reason'), maxLength: 2000 }, fileIds: filesField({ title: t('appeal.files') }) }, ['reason', 'fileIds']),
  check: (v) => fault('fileIds', fileIds(v).length === 0 && t('appeal.filesNeeded')),
  send: (v, o) => call('appealDissatisfaction', { id: ref.id, reason: words(v, 'reason'), fileIds: fileIds(v) }, o),
})

const requestReturnReset: UnitBuild = (_, ref) => ({
  title: t('reset.title'), submitLabel: t('reset.title'), notice: t('reset.notice'), side: <FlowChain flow="orders.returnReset" unitId={ref.unitId} />,
  schema: fields({ reason: opinionField({ title: t('reason') }), fileIds: filesField() }, ['reason']),
  send: (v, o) => call('requestReturnReset', { id: ref.id, reason: words(v, 'reason'), fileIds: fileIds(v) }, o),
})

/** `template` is read before the form opens. */
export const reportForm = (ref: AssignmentRef, template: { title: string; content: string }): ActForm => ({
  title: t('report.title'), submitLabel: t('report.submit'), notice: t('report.notice'), side: <FlowChain flow="orders.handlingReport" unitId={ref.unitId} />, initial: { title: template.title, content: template.content },
  schema: fields({ title: { type: 'string', title: t('report.name'), maxLength: 100 }, content: { type: 'string', format: 'textarea', title: t('report.content'), maxLength: 20_000 }, fileIds: filesField() }, ['title', 'content']),
  send: (v, o) => call('writeHandlingReport', { id: ref.id, title: words(v, 'title'), content: words(v, 'content'), fileIds: fileIds(v) }, o),
})

/** The leader accepts; corrections are sent only where words or files differ. */
export const acceptWithCorrection: UnitBuild = (order, ref) => {
  const before = newest(order.feedback.filter((one) => one.assignmentId === ref.id && one.kind === 'result' && one.state === 'submitted'))
  return {
    title: t('review.accept'), submitLabel: t('review.accept'), notice: t('review.acceptNotice'), initial: { correct: false, result: before?.result, basis: before?.basis ?? undefined, keepFiles: true },
    schema: fields({
      opinion: opinionField(),
      correct: { type: 'boolean', title: t('correct.leader') },
      ...Object.fromEntries(Object.entries(correctionFields(before)).map(([name, field]) => [name, { ...field, 'x-visibleIf': { field: 'correct', equals: true } }])),
    }),
    send: (v, o) => {
      const changed = yes(v, 'correct') && (words(v, 'result') !== before?.result || (text(v, 'basis') ?? '') !== (before?.basis ?? '') || fileIds(v).length > 0 || v.keepFiles === false)
      const corrected = changed ? { result: words(v, 'result'), basis: text(v, 'basis') ?? '', fileIds: fileIds(v), keepFiles: v.keepFiles !== false } : undefined
      return call('reviewFeedback', { id: ref.id, outcome: 'accept', opinion: text(v, 'opinion'), ...(corrected ? { corrected } : {}) }, o)
    },
  }
}

export const lifeUnitForms: Record<string, UnitBuild> = { correctClosing, secondHandling, appeal, requestReturnReset }

/** The real chain of an approval: steps and the people who would decide now. */
export function FlowChain({ flow, unitId }: { flow: string; unitId: string }): ReactElement {
  const chain = useQueryOf('previewFlow', { key: flow, unitId }, { staleTime: 60_000 })
  const steps = chain.data?.steps ?? []
  return (
    <div className="ms-stack">
      <strong>{t('extension.chainTitle')}</strong>
      {chain.isLoading ? <span className="ms-hint">…</span> : null}
      <ol className="ms-chain-steps">{steps.map((step, i) => <li key={i}>{step.name}<div className="ms-hint">{step.actors.length > 0 ? step.actors.join('、') : t('extension.nobody')}</div></li>)}</ol>
      {flow === 'orders.extension' ? <span className="ms-hint">{t('extension.chainNote')}</span> : null}
    </div>
  )
}
