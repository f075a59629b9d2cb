// Forms of what administrators keep: rules, opinions, conditions, closing templates.
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import type { FieldSchema, FormValue } from '../../ui/form-rules.ts'
import type { TreeLoader } from '../../ui/Pickers.tsx'
import { fault, fields } from '../orders/acts/act-form.ts'
import { oneOf, text, words, yes } from '../orders/acts/form-values.ts'
import { idsOf } from './row-forms.tsx'
import type { RowForm } from './RowAct.tsx'
import { channelNames } from './channel-names.ts'
import { layoutHelp, opinionHelp, t } from './texts.zh-CN.ts'

type Rule = OutputOf<'listAssignRules'>['items'][number]
type Opinion = OutputOf<'listOpinions'>['items'][number]
type Condition = OutputOf<'listPauseConditions'>['items'][number]
type Template = OutputOf<'listClosingTemplates'>['items'][number]
type Named = { id: string; name: string }

const number = (value: FormValue, name: string): number | undefined => (typeof value[name] === 'number' ? value[name] : undefined)
const split = (value: FormValue, name: string): string[] => words(value, name).split(/[\s,，、;；]+/).filter(Boolean)
const list = (value: FormValue, name: string): string[] | undefined => { const ids = idsOf(value[name]); return ids.length > 0 ? ids : undefined }
const several = (title: string, choices: { const: string; title: string }[]): FieldSchema => ({ type: 'array', title, items: { type: 'string', oneOf: choices } })
const channels = Object.entries(channelNames).map(([value, name]) => ({ const: value, title: name }))

const hoursOf = (v: FormValue) => { const [from, to] = [number(v, 'hourFrom'), number(v, 'hourTo')]; return from === undefined || to === undefined ? undefined : { from, to } }

export function ruleForm(rule: Rule | null, options: { appealTypes: readonly Named[]; urgencies: readonly { code: string; name: string }[]; labels: readonly Named[]; profiles: readonly { code: string; name: string }[] }): RowForm {
  const c = rule?.condition
  const lead = rule?.action.units.find((one) => one.role === 'lead')?.unitId
  return {
    title: rule ? t('rule.edit') : t('rule.new'), notice: t('rule.effect'),
    initial: rule ? {
      name: rule.name, position: rule.position, enabled: rule.enabled, anyWords: c?.anyWords?.join(' '), noWords: c?.noWords?.join(' '), appealTypes: c?.appealTypes, channels: c?.channels, urgencies: c?.urgencies, labelIds: c?.labelIds, profiles: c?.profiles, hourFrom: c?.hours?.from, hourTo: c?.hours?.to, matterIds: c?.matterIds, areaCode: c?.areaCode, lead, assist: rule.action.units.filter((one) => one.role === 'assist').map((one) => one.unitId),
      opinion: rule.action.opinion, limitHours: rule.action.limitHours, validFrom: rule.validFrom ?? undefined, validTo: rule.validTo ?? undefined,
    } : { position: 100, enabled: false },
    schema: fields({
      name: { type: 'string', title: t('col.name'), maxLength: 60 }, position: { type: 'integer', title: t('rule.order'), minimum: 0, maximum: 100_000, 'x-half': true }, enabled: { type: 'boolean', title: t('rule.enabled'), 'x-half': true },
      anyWords: { type: 'string', title: t('rule.words'), description: t('rule.wordsHelp'), maxLength: 400 }, noWords: { type: 'string', title: t('rule.noWords'), maxLength: 400 },
      appealTypes: several(t('rule.types'), options.appealTypes.map((one) => ({ const: one.id, title: one.name }))), channels: several(t('rule.channels'), channels), urgencies: several(t('rule.urgencies'), options.urgencies.map((one) => ({ const: one.code, title: one.name }))),
      ...(options.profiles.length > 0 ? { profiles: several(t('rule.profiles'), options.profiles.map((one) => ({ const: one.code, title: one.name }))) } : {}), ...(options.labels.length > 0 ? { labelIds: several(t('rule.labels'), options.labels.map((one) => ({ const: one.id, title: one.name }))) } : {}),
      hourFrom: { type: 'integer', title: t('rule.hourFrom'), minimum: 0, maximum: 24, 'x-half': true }, hourTo: { type: 'integer', title: t('rule.hourTo'), minimum: 0, maximum: 24, 'x-half': true },
      matterIds: { type: 'array', format: 'matter', title: t('rule.matters'), items: { type: 'string' } }, areaCode: { type: 'string', format: 'area', title: t('rule.area') },
      lead: { type: 'string', format: 'unit', title: t('rule.lead') }, assist: { type: 'array', format: 'unit', title: t('rule.assist'), items: { type: 'string' } },
      opinion: { type: 'string', format: 'textarea', title: t('rule.opinion'), maxLength: 1000 }, limitHours: { type: 'number', title: t('rule.limit'), minimum: 1, maximum: 2000 }, validFrom: { type: 'string', format: 'date-time', title: t('rule.from'), 'x-half': true }, validTo: { type: 'string', format: 'date-time', title: t('rule.to'), 'x-half': true },
    }, ['name', 'lead']),
    send: (v, o) => {
      const body = {
        name: words(v, 'name'), position: number(v, 'position') ?? 100, effect: 'force' as const, score: 0, enabled: yes(v, 'enabled'), validFrom: text(v, 'validFrom'), validTo: text(v, 'validTo'),
        condition: { ...c, anyWords: split(v, 'anyWords'), noWords: split(v, 'noWords'), appealTypes: list(v, 'appealTypes'), channels: list(v, 'channels'), urgencies: list(v, 'urgencies'), labelIds: list(v, 'labelIds'), profiles: list(v, 'profiles'), hours: hoursOf(v), matterIds: list(v, 'matterIds'), areaCode: text(v, 'areaCode') },
        action: { units: [{ unitId: words(v, 'lead'), role: 'lead' as const }, ...idsOf(v.assist).map((unitId) => ({ unitId, role: 'assist' as const }))], opinion: text(v, 'opinion'), limitHours: number(v, 'limitHours') },
      }
      return rule ? call('changeAssignRule', { id: rule.id, version: rule.version, ...body }, o) : call('createAssignRule', body, o)
    },
  }
}

export function opinionForm(row: Opinion | null, { manage, appealTypes }: { manage: boolean; appealTypes: readonly Named[] }): RowForm {
  return {
    title: row ? t('opinion.edit') : t('opinion.new'), notice: opinionHelp, initial: row ? { name: row.name, text: row.text, channel: row.channel ?? undefined, appealType: row.appealType ?? undefined, unitId: row.unitId ?? undefined, active: row.active, own: row.own ? 'own' : 'library' } : { own: manage ? 'library' : 'own', active: true },
    schema: fields({
      ...(manage && !row ? { own: { type: 'string', title: t('opinion.where'), oneOf: [{ const: 'library', title: t('opinion.library') }, { const: 'own', title: t('opinion.own') }], 'x-buttons': true } } : {}),
      name: { type: 'string', title: t('col.name'), maxLength: 60 }, text: { type: 'string', format: 'textarea', title: t('opinion.text'), maxLength: 1000 }, channel: { type: 'string', title: t('rule.channels'), oneOf: channels, 'x-half': true }, appealType: { type: 'string', title: t('rule.types'), oneOf: appealTypes.map((one) => ({ const: one.id, title: one.name })), 'x-buttons': false, 'x-half': true },
      unitId: { type: 'string', format: 'unit', title: t('col.unit') }, active: { type: 'boolean', title: t('condition.active') },
    }, ['name', 'text']),
    send: (v, o) => {
      const body = { name: words(v, 'name'), text: words(v, 'text'), channel: text(v, 'channel'), appealType: text(v, 'appealType'), unitId: text(v, 'unitId'), position: row?.position ?? 100, active: yes(v, 'active') }
      return row ? call('changeOpinion', { id: row.id, version: row.version, ...body }, o) : call('createOpinion', { ...body, own: v.own !== 'library' }, o)
    },
  }
}

export function conditionForm(row: Condition | null): RowForm {
  return {
    title: row ? t('condition.edit') : t('condition.new'), notice: t('condition.effect'), initial: row ? { name: row.name, permittedDays: row.permittedDays, evidenceRequired: row.evidenceRequired, promise: row.promise, note: row.note ?? undefined, active: row.active } : { permittedDays: 10, evidenceRequired: true, promise: 'optional', active: true },
    schema: fields({
      name: { type: 'string', title: t('col.name'), maxLength: 60 }, permittedDays: { type: 'integer', title: t('condition.days'), minimum: 1, maximum: 400 }, evidenceRequired: { type: 'boolean', title: t('condition.evidence') },
      promise: { type: 'string', title: t('condition.promise'), oneOf: [{ const: 'none', title: t('condition.promiseNone') }, { const: 'optional', title: t('condition.promiseOptional') }, { const: 'required', title: t('condition.promiseRequired') }], 'x-buttons': true }, note: { type: 'string', title: t('condition.note'), maxLength: 500 }, active: { type: 'boolean', title: t('condition.active') },
    }, ['name', 'permittedDays', 'promise']),
    send: (v, o) => {
      const body = { name: words(v, 'name'), permittedDays: number(v, 'permittedDays') ?? 10, evidenceRequired: yes(v, 'evidenceRequired'), promise: oneOf(v, 'promise', ['none', 'optional', 'required'], 'optional'), note: text(v, 'note'), active: yes(v, 'active'), position: row?.position ?? 0 }
      return row ? call('changePauseCondition', { id: row.id, version: row.version, ...body }, o) : call('createPauseCondition', body, o)
    },
  }
}

type Part = { key: string; label: string; required: boolean }
const partsOf = (value: unknown): Part[] => (Array.isArray(value) ? value.flatMap((one: unknown) => (typeof one === 'object' && one !== null && 'key' in one && 'label' in one && typeof one.key === 'string' && typeof one.label === 'string' ? [{ key: one.key.trim(), label: one.label.trim(), required: !('required' in one) || one.required !== false }] : [])) : [])

export function templateForm(row: Template | null, appealTypes: readonly Named[], _categories: TreeLoader): RowForm {
  return {
    title: row ? t('template.edit') : t('template.new'), notice: layoutHelp,
    initial: row ? { name: row.name, level: row.level, appealType: row.appealType ?? undefined, unitId: row.unitId ?? undefined, parts: row.parts.map(({ key, label, required }) => ({ key, label, required })), layout: row.layout, active: row.active } : { level: 'any', active: true, parts: [{ key: 'found', label: '核查情况', required: true }, { key: 'done', label: '处理结果', required: true }], layout: '经核查，{found}。{done}。' },
    schema: fields({
      name: { type: 'string', title: t('col.name'), maxLength: 60 }, level: { type: 'string', title: t('template.level'), oneOf: (['any', 'section', 'unit', 'centre'] as const).map((one) => ({ const: one, title: t(`template.${one}`) })), 'x-buttons': true },
      appealType: { type: 'string', title: t('rule.types'), oneOf: appealTypes.map((one) => ({ const: one.id, title: one.name })), 'x-buttons': false, 'x-half': true }, unitId: { type: 'string', format: 'unit', title: t('col.unit'), 'x-half': true },
      parts: { type: 'array', format: 'table', title: t('template.parts'), maxItems: 12, items: { type: 'object', properties: { key: { type: 'string', title: t('template.partKey'), maxLength: 30 }, label: { type: 'string', title: t('template.partLabel'), maxLength: 40 }, required: { type: 'boolean', title: t('template.partRequired') } }, required: ['key', 'label'] } },
      layout: { type: 'string', format: 'textarea', title: t('template.layout'), maxLength: 4000 }, active: { type: 'boolean', title: t('condition.active') },
    }, ['name', 'parts', 'layout']),
    check: (v) => fault('parts', partsOf(v.parts).length === 0 && t('compose.blank', { label: t('template.parts') })),
    send: (v, o) => {
      const body = { name: words(v, 'name'), level: oneOf(v, 'level', ['any', 'section', 'unit', 'centre'], 'any'), appealType: text(v, 'appealType'), unitId: text(v, 'unitId'), parts: partsOf(v.parts), layout: words(v, 'layout'), active: yes(v, 'active') }
      return row ? call('changeClosingTemplate', { id: row.id, version: row.version, ...body }, o) : call('createClosingTemplate', body, o)
    },
  }
}
