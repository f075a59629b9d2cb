// Acts on rows of the lists, as forms.
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import { fields, filesField, opinionField } from '../orders/acts/act-form.ts'
import { fileIds, oneOf, text, words, yes } from '../orders/acts/form-values.ts'
import type { FieldSchema } from '../../ui/form-rules.ts'
import type { RowForm } from './RowAct.tsx'
import { Voices } from './Voices.tsx'
import { t } from './texts.zh-CN.ts'

export type PauseRow = OutputOf<'listPauses'>['items'][number]
export type TrackingRow = OutputOf<'listTrackings'>['items'][number]
export type DisputeRow = OutputOf<'listDisputes'>['items'][number]
export type HardRow = OutputOf<'listHards'>['items'][number]
export type ContactRow = OutputOf<'listOrderContacts'>['items'][number]
export type AutoRow = OutputOf<'listAutoAssignments'>['items'][number]
export type ExclusionRow = OutputOf<'listExclusions'>['items'][number]

const unit = (title: string): FieldSchema => ({ type: 'string', format: 'unit', title })
const units = (title: string): FieldSchema => ({ type: 'array', format: 'unit', title, items: { type: 'string' } })
export const idsOf = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [])
const leadAndAssist = (lead: string, assist: string[]) => [...(lead ? [{ unitId: lead, role: 'lead' as const }] : []), ...assist.filter((id) => id !== lead).map((unitId) => ({ unitId, role: 'assist' as const }))]
const sub = (row: { number: string; title: string }) => <><bdi className="ms-code">{row.number}</bdi> {row.title}</>

export const resumeForm = (row: PauseRow): RowForm => ({ title: t('resume.by'), sub: sub(row), notice: t('resume.byEffect'), schema: fields({ reason: opinionField({ title: t('reason') }) }, ['reason']), send: (v, o) => call('resumePause', { id: row.id, reason: words(v, 'reason') }, o) })

export const adjudicateForm = (row: DisputeRow): RowForm => ({
  title: t('adjudicate.title'), sub: sub(row), notice: t('adjudicate.effect'), side: <Voices list={row.voices} />, initial: { way: row.voices.some((one) => one.position) ? 'adjudication' : 'ruling' },
  schema: fields({
    way: { type: 'string', title: t('adjudicate.way'), oneOf: [{ const: 'adjudication', title: t('adjudicate.adjudication') }, { const: 'ruling', title: t('adjudicate.ruling') }], 'x-buttons': true }, decidingBody: { type: 'string', title: t('adjudicate.body'), maxLength: 100 },
    lead: unit(t('adjudicate.lead')), assist: units(t('adjudicate.assist')), opinion: opinionField(), fileIds: filesField(),
  }, ['way', 'decidingBody', 'lead', 'opinion']),
  send: (v, o) => call('decideDispute', { id: row.id, way: oneOf(v, 'way', ['adjudication', 'ruling'], 'adjudication'), units: leadAndAssist(words(v, 'lead'), idsOf(v.assist)), decidingBody: words(v, 'decidingBody'), opinion: words(v, 'opinion'), fileIds: fileIds(v) }, o),
})

export const voiceForm = (row: DisputeRow): RowForm => ({
  title: t('voice.title'), sub: sub(row), notice: row.difficulty,
  schema: fields({ position: { type: 'string', title: t('voice.position'), oneOf: (['ours', 'notOurs', 'shared'] as const).map((one) => ({ const: one, title: t(`voice.${one}`) })), 'x-buttons': true }, text: opinionField(), fileIds: filesField() }, ['position', 'text']),
  send: (v, o) => call('speakDispute', { id: row.id, position: oneOf(v, 'position', ['ours', 'notOurs', 'shared'], 'notOurs'), text: words(v, 'text'), fileIds: fileIds(v) }, o),
})

export const inviteForm = (row: DisputeRow): RowForm => ({ title: t('invite.title'), sub: sub(row), schema: fields({ unitIds: units(t('dispute.units')) }, ['unitIds']), send: (v, o) => call('inviteDispute', { id: row.id, unitIds: idsOf(v.unitIds) }, o) })

const ways = ['conclude', 'leadAssist', 'parallel', 'subCentre', 'up', 'down'] as const
export const handleHardForm = (row: HardRow, centres: { id: string; name: string; direction: string }[]): RowForm => {
  const tenants = centres.filter((one) => one.direction === 'down')
  const when = (...list: string[]) => ({ 'x-visibleIf': { field: 'way', in: list } })
  const offered = ways.filter((one) => (one !== 'down' || tenants.length > 0) && (one !== 'up' || centres.some((centre) => centre.direction === 'up')))
  return {
    title: t('hard.handle'), sub: sub(row), notice: t('hard.handleEffect'), initial: { way: 'leadAssist' },
    schema: fields({
      way: { type: 'string', title: t('hard.way'), oneOf: offered.map((one) => ({ const: one, title: t(`hard.${one}`) })), 'x-buttons': true },
      lead: { ...unit(t('hard.lead')), ...when('leadAssist') }, assist: { ...units(t('hard.assist')), ...when('leadAssist') }, units: { ...units(t('hard.units')), ...when('parallel') }, sub: { ...unit(t('hard.sub')), ...when('subCentre') },
      tenantId: { type: 'string', title: t('hard.tenant'), oneOf: tenants.map((one) => ({ const: one.id, title: one.name })), ...when('down') },
      result: { type: 'string', format: 'textarea', title: t('hard.result'), maxLength: 5000, ...when('conclude') }, basis: { type: 'string', title: t('col.basis'), maxLength: 1000, ...when('conclude') }, opinion: opinionField(), fileIds: filesField(),
    }, ['way', 'opinion']),
    send: (v, o) => {
      const way = oneOf(v, 'way', ways, 'leadAssist')
      const list = way === 'leadAssist' ? leadAndAssist(words(v, 'lead'), idsOf(v.assist)) : way === 'parallel' ? idsOf(v.units).map((unitId) => ({ unitId, role: 'parallel' as const })) : way === 'subCentre' && text(v, 'sub') ? [{ unitId: words(v, 'sub'), role: 'lead' as const }] : undefined
      return call('handleHard', { id: row.id, way, opinion: words(v, 'opinion'), units: list && list.length > 0 ? list : undefined, tenantId: text(v, 'tenantId'), result: text(v, 'result'), basis: text(v, 'basis'), fileIds: fileIds(v) }, o)
    },
  }
}
export const returnHardForm = (row: HardRow): RowForm => ({ title: t('hard.returnTitle'), sub: sub(row), schema: fields({ opinion: opinionField() }, ['opinion']), send: (v, o) => call('returnHard', { id: row.id, opinion: words(v, 'opinion') }, o) })
export const instructForm = (row: HardRow): RowForm => ({ title: t('hard.instruct'), sub: sub(row), schema: fields({ opinion: opinionField() }, ['opinion']), send: (v, o) => call('issueInstruction', { id: row.orderId, text: words(v, 'opinion') }, o) })
/** `from`: a saved process that the new one begins with. */
export const processForm = (row: HardRow, from?: HardRow['offered'][number]): RowForm => ({
  title: t('hard.process'), sub: sub(row), initial: { name: from?.name ?? row.processName ?? undefined, steps: from ? from.steps.map((one) => ({ name: one.name, days: one.days ?? undefined })) : row.steps.map((one) => ({ name: one.name })), save: false },
  schema: fields({
    name: { type: 'string', title: t('col.name'), maxLength: 60 }, steps: { type: 'array', format: 'table', title: t('hard.steps'), maxItems: 20, items: { type: 'object', properties: { name: { type: 'string', title: t('hard.stepName'), maxLength: 60 }, days: { type: 'integer', title: t('hard.stepDays'), minimum: 1, maximum: 366 } }, required: ['name'] } },
    save: { type: 'boolean', title: t('hard.save') },
  }, ['name', 'steps']),
  send: (v, o) => call('setHardProcess', { id: row.id, name: words(v, 'name'), steps: stepsOf(v.steps), save: yes(v, 'save') }, o),
})
const stepsOf = (value: unknown): { name: string; days?: number }[] => (Array.isArray(value) ? value.flatMap((one: unknown) => (typeof one === 'object' && one !== null && 'name' in one && typeof one.name === 'string' && one.name.trim() ? [{ name: one.name.trim(), ...('days' in one && typeof one.days === 'number' ? { days: one.days } : {}) }] : [])) : [])

export const closePromiseForm = (row: ContactRow): RowForm => ({
  title: t('contact.close'), sub: sub(row), initial: { kept: 'yes' }, schema: fields({ kept: { type: 'string', title: t('contact.kept'), oneOf: [{ const: 'yes', title: t('contact.keptYes') }, { const: 'no', title: t('contact.keptNo') }], 'x-buttons': true }, note: opinionField({ title: t('note'), maxLength: 500 }) }, ['kept', 'note']),
  send: (v, o) => call('closeContactPromise', { id: row.id, kept: v.kept === 'yes', note: words(v, 'note') }, o),
})
export const judgeForm = (row: AutoRow): RowForm => ({
  title: t('auto.judge'), sub: sub(row), notice: t('auto.effect'), initial: { verdict: 'right' },
  schema: fields({
    verdict: { type: 'string', title: t('auto.verdict'), oneOf: [{ const: 'right', title: t('auto.right') }, { const: 'wrong', title: t('auto.wrong') }], 'x-buttons': true }, lead: { ...unit(t('auto.to')), 'x-visibleIf': { field: 'verdict', equals: 'wrong' } }, note: opinionField({ title: t('note'), maxLength: 500 }),
  }, ['verdict']),
  send: (v, o) => call('judgeAutoAssignment', { id: row.id, verdict: oneOf(v, 'verdict', ['right', 'wrong'], 'right'), note: text(v, 'note'), units: text(v, 'lead') ? [{ unitId: words(v, 'lead'), role: 'lead' }] : undefined }, o),
})
export const extendShelvingForm = (row: ExclusionRow): RowForm => ({ title: t('exclude.extend'), sub: sub(row), notice: t('exclude.extendEffect'), schema: fields({ expiresAt: { type: 'string', format: 'date-time', title: t('exclude.extendTo') }, reason: opinionField({ title: t('reason'), maxLength: 500 }) }, ['expiresAt', 'reason']), send: (v, o) => call('extendShelving', { id: row.id, expiresAt: words(v, 'expiresAt'), reason: words(v, 'reason') }, o) })
export const liftForm = (row: ExclusionRow): RowForm => ({ title: t('exclude.lift'), sub: sub(row), schema: fields({ reason: opinionField({ title: t('reason'), maxLength: 500 }) }, ['reason']), send: (v, o) => call('liftExclusion', { id: row.id, reason: words(v, 'reason') }, o) })
