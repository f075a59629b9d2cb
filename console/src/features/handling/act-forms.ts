// Acts of handling that are a few fields each: by the unit on its assignment, by the centre on the order.
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import { moment } from '../../ui/time.ts'
import type { ActFormHandle } from '../../ui/ActDrawer.tsx'
import { fault, fields, filesField, opinionField } from '../orders/acts/act-form.ts'
import type { ActForm } from '../orders/acts/act-form.ts'
import { fileIds, text, words, yes } from '../orders/acts/form-values.ts'
import { versionKeeper } from '../orders/acts/versions.ts'
import type { AssignmentRef, OrderDetail } from '../orders/order-types.ts'
import { industryLoaders, jointCentreActs, jointCentreForms, jointUnitActs, jointUnitForms } from '../joint/act-forms.ts'
import type { JointData } from '../joint/act-forms.ts'
import { claimFrom, claimOf, exclusionFields } from './exclusion-form.ts'
import type { ExclusionData } from './exclusion-form.ts'
import { t } from './texts.zh-CN.ts'

export type Conditions = OutputOf<'listPauseConditions'>['items']
export type HandlingData = { conditions: Conditions; exclusion?: ExclusionData | undefined }

export const unitActs = ['requestSuspension', 'requestResumption', 'confirmPromise', 'requestPromise', 'requestTracking', 'reportTracking', 'declareExclusion', 'prepareExclusion', ...jointUnitActs] as const
export const centreActs = ['proposeDispute', 'markHard', 'correctDeclaration', ...jointCentreActs] as const
export type UnitAct = (typeof unitActs)[number]
export type CentreAct = (typeof centreActs)[number]
export const isUnitAct = (act: string): act is UnitAct => unitActs.some((one) => one === act)
export const isCentreAct = (act: string): act is CentreAct => centreActs.some((one) => one === act)

type BuildUnit = (order: OrderDetail, ref: AssignmentRef, data: HandlingData) => ActForm | null
type BuildCentre = (order: OrderDetail, data: JointData) => ActForm | null

const reason = opinionField({ title: t('reason') })
const ids = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [])
/** Until when an act's window or promise holds, in words. */
function due(order: OrderDetail, ref: AssignmentRef, act: string): string {
  const until = order.assignments.find((one) => one.id === ref.id)?.acts.find((one) => one.act === act)?.until
  return until ? moment(until) : '–'
}

const suspend: BuildUnit = (_, ref, { conditions }) => {
  const chosen = (form: ActFormHandle) => conditions.find((one) => one.id === form.value.conditionId)
  return {
    title: t('suspend.title'), submitLabel: t('suspend.title'),
    notice: (form) => {
      const one = chosen(form)
      return one ? [t('suspend.permit', { name: one.name, n: one.permittedDays }), one.evidenceRequired ? t('suspend.needFiles') : '', one.promise === 'required' ? t('suspend.needPromise') : '', t('suspend.effect')].filter(Boolean).join('；') : conditions.length === 0 ? t('suspend.none') : t('suspend.effect')
    },
    schema: fields({
      conditionId: { type: 'string', title: t('suspend.condition'), oneOf: conditions.map((one) => ({ const: one.id, title: one.name })), 'x-buttons': conditions.length <= 6 },
      promisedAt: { type: 'string', format: 'date-time', title: t('suspend.promised'), 'x-visibleIf': { field: 'conditionId', in: conditions.filter((one) => one.promise !== 'none').map((one) => one.id) } },
      reason: { ...reason, title: t('suspend.why') }, fileIds: filesField({ title: t('files') }),
    }, ['conditionId', 'reason']),
    check: (v) => {
      const one = conditions.find((condition) => condition.id === v.conditionId)
      return { ...fault('fileIds', one?.evidenceRequired === true && fileIds(v).length === 0 && t('suspend.needFiles')), ...fault('promisedAt', one?.promise === 'required' && !text(v, 'promisedAt') && t('suspend.needPromise')) }
    },
    send: (v, o) => call('requestSuspension', { id: ref.id, conditionId: words(v, 'conditionId'), reason: words(v, 'reason'), promisedAt: text(v, 'promisedAt'), fileIds: fileIds(v) }, o),
  }
}

const resume: BuildUnit = (_, ref) => ({
  title: t('resume.title'), submitLabel: t('resume.title'), notice: t('resume.effect'), schema: fields({ reason, fileIds: filesField({ title: t('files') }) }, ['reason']),
  send: (v, o) => call('requestResumption', { id: ref.id, reason: words(v, 'reason'), fileIds: fileIds(v) }, o),
})

const confirm: BuildUnit = (order, ref) => ({
  title: t('confirm.title'), submitLabel: t('confirm.title'), notice: t('confirm.effect', { moment: due(order, ref, 'confirmPromise') }), initial: { onTrack: 'yes' },
  schema: fields({ onTrack: { type: 'string', title: t('confirm.onTrack'), oneOf: [{ const: 'yes', title: t('confirm.can') }, { const: 'no', title: t('confirm.cannot') }], 'x-buttons': true }, progress: opinionField({ title: t('confirm.progress') }) }, ['onTrack', 'progress']),
  send: (v, o) => call('confirmPromise', { id: ref.id, onTrack: v.onTrack === 'yes', progress: words(v, 'progress') }, o),
})

const promise: BuildUnit = (order, ref) => ({
  title: t('promise.title'), submitLabel: t('promise.title'), notice: t('confirm.effect', { moment: due(order, ref, 'requestPromise') }),
  schema: fields({ promisedAt: { type: 'string', format: 'date-time', title: t('promise.date') }, reason, fileIds: filesField({ title: t('files') }) }, ['promisedAt', 'reason']),
  send: (v, o) => call('requestPromise', { id: ref.id, promisedAt: words(v, 'promisedAt'), reason: words(v, 'reason'), fileIds: fileIds(v) }, o),
})

const track: BuildUnit = (_, ref) => ({
  title: t('track.title'), submitLabel: t('track.title'), notice: t('track.effect'), initial: { intervalDays: 30 },
  schema: fields({
    untilAt: { type: 'string', format: 'date-time', title: t('track.until'), 'x-half': true }, intervalDays: { type: 'integer', title: t('track.interval'), minimum: 1, maximum: 366, 'x-half': true },
    plan: { type: 'string', format: 'textarea', title: t('track.plan'), maxLength: 2000 }, reason, fileIds: filesField({ title: t('files') }),
  }, ['untilAt', 'plan', 'reason']),
  send: (v, o) => call('requestTracking', { id: ref.id, untilAt: words(v, 'untilAt'), intervalDays: typeof v.intervalDays === 'number' ? v.intervalDays : undefined, plan: words(v, 'plan'), reason: words(v, 'reason'), fileIds: fileIds(v) }, o),
})

const report: BuildUnit = (_, ref) => ({
  title: t('report.title'), submitLabel: t('report.title'), notice: t('report.effect'), initial: { public: true },
  schema: fields({ text: { type: 'string', format: 'textarea', title: t('report.text'), maxLength: 5000 }, public: { type: 'boolean', title: t('report.public') }, fileIds: filesField() }, ['text']),
  send: (v, o) => call('reportTracking', { id: ref.id, text: words(v, 'text'), public: yes(v, 'public'), fileIds: fileIds(v) }, o),
})

/** Declared now, or prepared for the next window: one form, but only what is declared must have its evidence. */
const exclude = (act: 'declareExclusion' | 'prepareExclusion'): BuildUnit => (_, ref, { exclusion }) => {
  const now = act === 'declareExclusion'
  const title = now ? t('exclude.title') : t('draft.title')
  const hint = exclusion?.hints[0]
  return {
    title, submitLabel: title, notice: `${hint ? t('exclude.hinted', { because: hint.because }) : ''}${now ? t('exclude.effect') : t('draft.effect')}`, initial: claimFrom(hint), schema: exclusionFields(exclusion ?? { items: [], texts: [] }, now),
    send: (v, o) => call(act, { id: ref.id, ...claimOf(v) }, o),
  }
}

export const unitForms: Record<UnitAct, BuildUnit> = { requestSuspension: suspend, requestResumption: resume, confirmPromise: confirm, requestPromise: promise, requestTracking: track, reportTracking: report, declareExclusion: exclude('declareExclusion'), prepareExclusion: exclude('prepareExclusion'), ...jointUnitForms }

const dispute: BuildCentre = (order) => {
  const at = versionKeeper(order.version)
  return {
    title: t('dispute.title'), submitLabel: t('dispute.title'), notice: t('dispute.effect'),
    schema: fields({ difficulty: opinionField({ title: t('dispute.difficulty') }), unitIds: { type: 'array', format: 'unit', title: t('dispute.units'), items: { type: 'string' } }, fileIds: filesField() }, ['difficulty']),
    send: (v, o) => at((version) => call('proposeDispute', { id: order.id, version, difficulty: words(v, 'difficulty'), unitIds: ids(v.unitIds), fileIds: fileIds(v) }, o)),
  }
}

const hard: BuildCentre = (order) => {
  const at = versionKeeper(order.version)
  return {
    title: t('hard.title'), submitLabel: t('hard.title'), notice: t('hard.effect'), schema: fields({ reason: opinionField({ title: t('hard.reason') }), fileIds: filesField() }, ['reason']),
    send: (v, o) => at((version) => call('markHard', { id: order.id, version, reason: words(v, 'reason'), fileIds: fileIds(v) }, o)),
  }
}

const declaration: BuildCentre = (order) => ({
  title: t('declare.title'), submitLabel: t('declare.title'), loaders: industryLoaders,
  schema: fields({
    industryUnitId: { type: 'string', format: 'unit', title: t('declare.industry') }, industryClassId: { type: 'string', format: 'matter', title: t('declare.class') }, basis: { type: 'string', title: t('declare.basis'), maxLength: 1000 }, outsideArea: { type: 'boolean', title: t('declare.outside') },
    outsideDetail: { type: 'string', title: t('declare.detail'), maxLength: 500, 'x-visibleIf': { field: 'outsideArea', equals: true } }, reason: opinionField({ title: t('reason'), maxLength: 500 }),
  }, ['reason']),
  send: (v, o) => call('correctDeclaration', { id: order.id, industryUnitId: text(v, 'industryUnitId') ?? null, industryClassId: text(v, 'industryClassId'), basis: text(v, 'basis') ?? null, outsideArea: yes(v, 'outsideArea'), outsideDetail: text(v, 'outsideDetail') ?? null, reason: words(v, 'reason') }, o),
})

export const centreForms: Record<CentreAct, BuildCentre> = { proposeDispute: dispute, markHard: hard, correctDeclaration: declaration, ...jointCentreForms }
