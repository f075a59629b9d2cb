// Acts on rows of whistles, joint tasks, marks and linked units, as forms.
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import type { FieldSchema } from '../../ui/form-rules.ts'
import { nowIso } from '../../ui/time.ts'
import { fault, fields, filesField, opinionField } from '../orders/acts/act-form.ts'
import { fileIds, oneOf, text, words, yes } from '../orders/acts/form-values.ts'
import type { RowForm } from '../handling/RowAct.tsx'
import { categoryLoader } from '../orders/pickers.ts'
import { t } from './texts.zh-CN.ts'

export type WhistleRow = OutputOf<'listWhistles'>['items'][number]
export type JointRow = OutputOf<'listJoints'>['items'][number]
export type MarkRow = OutputOf<'listMarkObjections'>['items'][number]
export type LinkedRow = OutputOf<'listLinkedUnits'>['items'][number]

const sub = (row: { number: string; title: string }) => <><bdi className="ms-code">{row.number}</bdi> {row.title}</>
const ids = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [])
const unit = (title: string, more: Partial<FieldSchema> = {}): FieldSchema => ({ type: 'string', format: 'unit', title, ...more })

export const reportForm = (row: WhistleRow): RowForm => ({
  title: t('report.title'), sub: sub(row), notice: [row.reason, row.place].filter(Boolean).join('；'), initial: { at: nowIso() },
  schema: fields({ person: { type: 'string', title: t('report.person'), maxLength: 60 }, at: { type: 'string', format: 'date-time', title: t('report.at') }, result: opinionField({ title: t('report.result'), maxLength: 2000 }), fileIds: filesField({ title: t('report.files') }) }, ['person', 'result']),
  send: (v, o) => call('reportIn', { id: row.id, person: words(v, 'person'), result: words(v, 'result'), at: text(v, 'at'), fileIds: fileIds(v) }, o),
})
export const agreeForm = (row: WhistleRow): RowForm => ({ title: t('agree.title'), sub: sub(row), notice: t('agree.effect'), schema: fields({ note: opinionField({ title: t('note'), maxLength: 500 }) }, ['note']), send: (v, o) => call('agreeWhistleRelease', { id: row.id, note: words(v, 'note') }, o) })
export const releaseForm = (row: WhistleRow): RowForm => {
  const agreed = row.calls.filter((one) => one.mayRelease)
  return {
    title: t('release.title'), sub: sub(row), initial: { unitId: agreed[0]?.unitId }, schema: fields({ unitId: { type: 'string', title: t('blow.units'), oneOf: agreed.map((one) => ({ const: one.unitId, title: one.unitName })) }, reason: opinionField({ title: t('reason'), maxLength: 500 }) }, ['unitId', 'reason']),
    send: (v, o) => call('releaseWhistle', { id: row.id, unitId: words(v, 'unitId'), reason: words(v, 'reason') }, o),
  }
}
export const correctForm = (row: WhistleRow): RowForm => {
  const waiting = row.calls.filter((one) => one.state === 'called')
  return {
    title: t('correct.title'), sub: sub(row),
    schema: fields({
      add: { type: 'array', format: 'unit', title: t('correct.add'), items: { type: 'string' } }, ...(waiting.length > 0 ? { remove: { type: 'array', title: t('correct.remove'), items: { type: 'string', oneOf: waiting.map((one) => ({ const: one.unitId, title: one.unitName })) } } satisfies FieldSchema } : {}), reason: opinionField({ title: t('reason'), maxLength: 500 }),
    }, ['reason']),
    send: (v, o) => call('correctWhistle', { id: row.id, add: ids(v.add), remove: ids(v.remove), reason: words(v, 'reason') }, o),
  }
}
export const endWhistleForm = (row: WhistleRow): RowForm => ({ title: row.state === 'wanted' ? t('unmark.title') : t('endWhistle.title'), sub: sub(row), schema: fields({ reason: opinionField({ title: t('reason'), maxLength: 500 }) }, ['reason']), send: (v, o) => call('endWhistle', { id: row.id, reason: words(v, 'reason') }, o) })

export const consentForm = (row: MarkRow): RowForm => ({
  title: t('consent.title'), sub: sub(row), notice: row.reason,
  schema: fields({ consent: { type: 'string', title: t('consent.answer'), oneOf: [{ const: 'yes', title: t('consent.yes') }, { const: 'no', title: t('consent.no') }], 'x-buttons': true }, opinion: opinionField() }, ['consent', 'opinion']),
  send: (v, o) => call('consentMark', { id: row.id, consent: v.consent === 'yes', opinion: words(v, 'opinion') }, o),
})
export const ruleForm = (row: MarkRow): RowForm => {
  const correcting = { 'x-visibleIf': { field: 'outcome', equals: 'correct' } }
  return {
    title: t('rule.title'), sub: sub(row), notice: t('rule.effect'), initial: { outcome: 'keep' }, loaders: { matter: categoryLoader('industry') },
    schema: fields({
      outcome: { type: 'string', title: t('rule.outcome'), oneOf: (['keep', 'correct', 'cancel'] as const).map((one) => ({ const: one, title: t(`rule.${one}`) })), 'x-buttons': true }, industryUnitId: unit(t('industry.unit'), correcting), industryClassId: { type: 'string', format: 'matter', title: t('industry.class'), ...correcting }, opinion: opinionField(), fileIds: filesField(),
    }, ['outcome', 'opinion']),
    check: (v) => fault('industryUnitId', v.outcome === 'correct' && !text(v, 'industryUnitId') && t('industry.unit')),
    send: (v, o) => call('ruleMark', { id: row.id, outcome: oneOf(v, 'outcome', ['keep', 'correct', 'cancel'], 'keep'), industryUnitId: text(v, 'industryUnitId'), industryClassId: text(v, 'industryClassId'), opinion: words(v, 'opinion'), fileIds: fileIds(v) }, o),
  }
}

export const deliverForm = (row: JointRow, member: JointRow['members'][number]): RowForm => ({
  title: t('deliver.title'), sub: sub(row), notice: t('deliver.for', { name: member.name, duty: member.duty }), schema: fields({ text: opinionField({ title: t('deliver.text'), maxLength: 3000 }), fileIds: filesField() }, ['text']),
  send: (v, o) => call('deliverJoint', { id: row.id, memberId: member.id, text: words(v, 'text'), fileIds: fileIds(v) }, o),
})
export const nodeForm = (row: JointRow, node: JointRow['nodes'][number]): RowForm => ({ title: t('node.title'), sub: sub(row), notice: node.name, schema: fields({ note: opinionField({ title: t('note'), maxLength: 500 }) }, ['note']), send: (v, o) => call('jointNodeDone', { id: row.id, n: node.n, note: words(v, 'note') }, o) })
const owing = (row: JointRow): string[] => row.members.filter((one) => one.rights === 'feedback' && !one.deliveredAt).map((one) => one.name)
export const remindForm = (row: JointRow): RowForm => ({ title: t('remind.title'), sub: sub(row), notice: t('remind.effect', { names: owing(row).join('、') }), schema: fields({ note: opinionField({ title: t('note'), maxLength: 500 }) }, ['note']), send: (v, o) => call('remindJoint', { id: row.id, note: words(v, 'note') }, o) })
export const concludeForm = (row: JointRow): RowForm => ({
  title: t('conclude.title'), sub: sub(row), notice: t('conclude.effect'), initial: { tell: 'sms' },
  schema: fields({
    measures: opinionField({ title: t('conclude.measures'), maxLength: 2000 }), compensation: { type: 'string', title: t('conclude.compensation'), maxLength: 1000 }, later: { type: 'string', title: t('conclude.later'), maxLength: 1000 }, plain: { type: 'string', format: 'textarea', title: t('conclude.plain'), description: t('conclude.plainHelp'), maxLength: 200 },
    tell: { type: 'string', title: t('conclude.tell'), oneOf: [{ const: 'sms', title: t('conclude.sms') }, { const: 'phone', title: t('conclude.phone') }, { const: 'none', title: t('conclude.noTell') }], 'x-buttons': true }, ...(owing(row).length > 0 ? { missingReason: { type: 'string', title: t('conclude.missing'), description: owing(row).join('、'), maxLength: 500 } satisfies FieldSchema } : {}),
  }, ['measures', 'plain', 'tell', ...(owing(row).length > 0 ? ['missingReason'] : [])]),
  send: (v, o) => call('concludeJoint', { id: row.id, measures: words(v, 'measures'), compensation: text(v, 'compensation'), later: text(v, 'later'), plain: words(v, 'plain'), tell: oneOf(v, 'tell', ['sms', 'phone', 'none'], 'sms'), missingReason: text(v, 'missingReason') }, o),
})
export const endJointForm = (row: JointRow): RowForm => ({ title: t('endJoint.title'), sub: sub(row), schema: fields({ reason: opinionField({ title: t('reason'), maxLength: 500 }) }, ['reason']), send: (v, o) => call('endJoint', { id: row.id, reason: words(v, 'reason') }, o) })
const score = (title: string): FieldSchema => ({ type: 'string', title, oneOf: [5, 4, 3, 2, 1].map((n) => ({ const: String(n), title: t('rate.score', { n }) })), 'x-buttons': true })
export const rateForm = (row: JointRow): RowForm => ({
  title: t('rate.title'), sub: sub(row), schema: fields({ timeliness: score(t('rate.timeliness')), satisfaction: score(t('rate.satisfaction')), communication: score(t('rate.communication')), note: opinionField({ title: t('note'), maxLength: 500 }) }, ['timeliness', 'satisfaction', 'communication']),
  send: (v, o) => call('rateJoint', { id: row.id, timeliness: Number(v.timeliness), satisfaction: Number(v.satisfaction), communication: Number(v.communication), note: text(v, 'note') }, o),
})

export const linkedForm = (row: LinkedRow | null): RowForm => ({
  title: row ? t('linked.edit') : t('linked.new'), initial: row ? { kind: row.kind, name: row.name, unitId: row.unitId ?? undefined, duties: row.duties ?? undefined, contactName: row.contactName ?? undefined, contactPhone: row.contactPhone ?? undefined, rights: row.rights, active: row.active } : { kind: 'department', rights: 'feedback', active: true },
  schema: fields({
    kind: { type: 'string', title: t('linked.kind'), oneOf: (['department', 'institution', 'enterprise'] as const).map((one) => ({ const: one, title: t(`linked.${one}`) })), 'x-buttons': true }, name: { type: 'string', title: t('linked.name'), maxLength: 60 }, unitId: unit(t('linked.unit'), { description: t('linked.unitHelp') }), duties: { type: 'string', format: 'textarea', title: t('linked.duties'), maxLength: 500 },
    contactName: { type: 'string', title: t('linked.contact'), maxLength: 40, 'x-half': true }, contactPhone: { type: 'string', title: t('linked.phone'), maxLength: 40, 'x-half': true }, rights: { type: 'string', title: t('linked.rights'), oneOf: [{ const: 'feedback', title: t('open.feedback') }, { const: 'view', title: t('open.view') }], 'x-buttons': true }, active: { type: 'boolean', title: t('linked.active') },
  }, ['kind', 'name', 'rights']),
  send: (v, o) => {
    const body = { kind: oneOf(v, 'kind', ['department', 'institution', 'enterprise'], 'department'), name: words(v, 'name'), unitId: text(v, 'unitId') ?? null, duties: text(v, 'duties') ?? null, contactName: text(v, 'contactName') ?? null, contactPhone: text(v, 'contactPhone') ?? null, rights: oneOf(v, 'rights', ['view', 'feedback'], 'feedback'), active: yes(v, 'active') }
    return row ? call('changeLinkedUnit', { id: row.id, version: row.version, ...body }, o) : call('createLinkedUnit', body, o)
  },
})
