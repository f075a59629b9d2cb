// Acts of whistles, joint tasks and industry marks on the order page.
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import type { FieldSchema } from '../../ui/form-rules.ts'
import { fault, fields, filesField, opinionField } from '../orders/acts/act-form.ts'
import type { ActForm } from '../orders/acts/act-form.ts'
import { fileIds, text, words } from '../orders/acts/form-values.ts'
import { versionKeeper } from '../orders/acts/versions.ts'
import type { AssignmentRef, OrderDetail } from '../orders/order-types.ts'
import { categoryLoader } from '../orders/pickers.ts'
import { deliverForm, reportForm } from './row-forms.tsx'
import type { JointRow, WhistleRow } from './row-forms.tsx'
import { t } from './texts.zh-CN.ts'

export type JointData = { whistle: WhistleRow | undefined; joint: JointRow | undefined; linked: OutputOf<'listLinkedUnits'>['items'] }
export const jointUnitActs = ['blowWhistle', 'markIndustry'] as const
export const jointCentreActs = ['markWhistle', 'supplementWhistle', 'reportIn', 'objectIndustry', 'deliverJoint', 'openJoint'] as const

const ids = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [])
const units = (title: string): FieldSchema => ({ type: 'array', format: 'unit', title, items: { type: 'string' } })
const calling = { unitIds: units(t('blow.units')), reason: opinionField({ title: t('blow.reason') }), place: { type: 'string', title: t('blow.place'), maxLength: 200 }, hours: { type: 'number', title: t('blow.hours'), minimum: 0.5, maximum: 720 } } satisfies Record<string, FieldSchema>
const hoursOf = (v: Record<string, unknown>): number | undefined => (typeof v.hours === 'number' ? v.hours : undefined)

const blow = (order: OrderDetail, ref: AssignmentRef): ActForm => ({
  title: t('blow.title'), submitLabel: t('blow.title'), notice: t('blow.effect'), initial: { place: order.address ?? undefined, hours: 24 }, schema: fields({ ...calling, fileIds: filesField({ title: t('blow.files') }) }, ['unitIds', 'reason']),
  send: (v, o) => call('blowWhistle', { id: ref.id, unitIds: ids(v.unitIds), reason: words(v, 'reason'), place: text(v, 'place'), hours: hoursOf(v), fileIds: fileIds(v) }, o),
})

/** A class of the industry scheme is picked like a matter, by a tree of its own. */
export const industryLoaders = { matter: categoryLoader('industry') }
const industry = (_: OrderDetail, ref: AssignmentRef): ActForm => ({
  title: t('industry.title'), submitLabel: t('industry.title'), notice: t('industry.effect'), loaders: industryLoaders,
  schema: fields({ industryUnitId: { type: 'string', format: 'unit', title: t('industry.unit') }, industryClassId: { type: 'string', format: 'matter', title: t('industry.class') } }, ['industryUnitId']),
  send: (v, o) => call('markIndustry', { id: ref.id, industryUnitId: words(v, 'industryUnitId'), industryClassId: text(v, 'industryClassId') }, o),
})

const wanted = (order: OrderDetail): ActForm => {
  const at = versionKeeper(order.version)
  return { title: t('mark.title'), submitLabel: t('mark.title'), notice: t('mark.effect'), schema: fields({ reason: opinionField({ title: t('reason'), maxLength: 500 }) }, ['reason']), send: (v, o) => at((version) => call('markWhistle', { id: order.id, version, reason: words(v, 'reason') }, o)) }
}

const supplement = (order: OrderDetail): ActForm => {
  const at = versionKeeper(order.version)
  return {
    title: t('supplement.title'), submitLabel: t('supplement.title'), notice: t('supplement.effect'), initial: { place: order.address ?? undefined, hours: 24 }, schema: fields(calling, ['unitIds', 'reason']),
    send: (v, o) => at((version) => call('supplementWhistle', { id: order.id, version, unitIds: ids(v.unitIds), reason: words(v, 'reason'), place: text(v, 'place'), hours: hoursOf(v) }, o)),
  }
}

const report = (_: OrderDetail, { whistle }: JointData): ActForm | null => {
  if (!whistle) return null
  const { submitLabel = t('report.title'), ...form } = reportForm(whistle)
  return { ...form, submitLabel }
}

const deliver = (_: OrderDetail, { joint }: JointData): ActForm | null => {
  const member = joint?.members.find((one) => one.mayDeliver && one.mine)
  return joint && member ? { ...deliverForm(joint, member), submitLabel: t('deliver.title') } : null
}

const object = (order: OrderDetail): ActForm => ({
  title: t('object.title'), submitLabel: t('object.title'), notice: t('object.effect'), schema: fields({ reason: opinionField({ title: t('object.reason') }), fileIds: filesField() }, ['reason']),
  send: (v, o) => call('objectIndustry', { id: order.id, reason: words(v, 'reason'), fileIds: fileIds(v) }, o),
})

type Line = Record<string, unknown>
const lines = (value: unknown): Line[] => (Array.isArray(value) ? value.filter((one): one is Line => typeof one === 'object' && one !== null) : [])
const line = (row: Line, name: string): string | undefined => (typeof row[name] === 'string' && row[name] !== '' ? row[name] : undefined)

const open = (order: OrderDetail, { linked }: JointData): ActForm => {
  const at = versionKeeper(order.version)
  const lead = order.assignments.find((one) => one.role === 'lead' && one.parentId === null)?.unitId
  return {
    title: t('open.title'), submitLabel: t('open.title'), notice: t('open.effect'), initial: { title: order.title, leadUnitId: lead, members: [{}], nodes: [] },
    schema: fields({
      title: { type: 'string', title: t('open.name'), maxLength: 80 }, goal: opinionField({ title: t('open.goal') }), way: { type: 'string', title: t('open.way'), maxLength: 500 }, leadUnitId: { type: 'string', format: 'unit', title: t('open.lead') },
      members: {
        type: 'array', format: 'table', title: t('open.members'), maxItems: 20, items: {
          type: 'object', required: ['duty'], properties: {
            ...(linked.length > 0 ? { linkedId: { type: 'string', title: t('open.linkedUnit'), oneOf: linked.map((one) => ({ const: one.id, title: one.name })), 'x-buttons': false } satisfies FieldSchema } : {}),
            unitId: { type: 'string', format: 'unit', title: linked.length > 0 ? t('open.unit') : t('open.members') }, duty: { type: 'string', title: t('open.duty'), maxLength: 300 }, rights: { type: 'string', title: t('open.rights'), oneOf: [{ const: 'feedback', title: t('open.feedback') }, { const: 'view', title: t('open.view') }], 'x-buttons': false }, dueAt: { type: 'string', format: 'date-time', title: t('open.due') },
          },
        },
      },
      nodes: { type: 'array', format: 'table', title: t('open.nodes'), maxItems: 20, items: { type: 'object', required: ['name', 'dueAt'], properties: { name: { type: 'string', title: t('open.node'), maxLength: 60 }, dueAt: { type: 'string', format: 'date-time', title: t('open.nodeDue') } } } },
    }, ['title', 'goal', 'leadUnitId', 'members']),
    check: (v) => fault('members', lines(v.members).filter((row) => line(row, 'linkedId') || line(row, 'unitId')).length === 0 && t('open.needMember')),
    send: (v, o) => at((version) => call('openJoint', {
      id: order.id, version, title: words(v, 'title'), goal: words(v, 'goal'), way: text(v, 'way'), leadUnitId: words(v, 'leadUnitId'),
      members: lines(v.members).filter((row) => line(row, 'linkedId') || line(row, 'unitId')).map((row) => ({ linkedId: line(row, 'linkedId'), unitId: line(row, 'linkedId') ? undefined : line(row, 'unitId'), duty: line(row, 'duty') ?? '', rights: row.rights === 'view' ? ('view' as const) : ('feedback' as const), dueAt: line(row, 'dueAt') })),
      nodes: lines(v.nodes).flatMap((row) => { const name = line(row, 'name'); const dueAt = line(row, 'dueAt'); return name && dueAt ? [{ name, dueAt }] : [] }),
    }, o)),
  }
}

export const jointUnitForms = { blowWhistle: blow, markIndustry: industry }
export const jointCentreForms = { markWhistle: wanted, supplementWhistle: supplement, reportIn: report, objectIndustry: object, deliverJoint: deliver, openJoint: open }
