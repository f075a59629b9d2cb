// The form of an item: what of a content stands in schema fields, and back.
import type { OutputOf } from '../../api/call.ts'
import type { FieldSchema, FormSchema, FormValue } from '../../ui/form-rules.ts'
import { t } from './texts.zh-CN.ts'

export type Type = OutputOf<'listKnowledgeTypes'>['items'][number]
export type Ticket = OutputOf<'getKnowledgeTicket'>
export type Content = Ticket['content']

export const audienceChoices = [{ const: 'public', title: '公众（同时供座席、单位使用）' }, { const: 'staff', title: '全体工作人员' }, { const: 'centre', title: '仅热线中心' }, { const: 'units', title: '指定单位' }]
const groupChoices = [{ const: 'person', title: '个人' }, { const: 'enterprise', title: '企业' }, { const: 'elder', title: '老年人' }, { const: 'newcomer', title: '新市民' }, { const: 'worker', title: '灵活就业人员' }]
const kinds = { text: {}, longText: { format: 'textarea' as const }, date: { format: 'date' as const }, choice: {} }

const listOf = (value: unknown, by: RegExp): string[] => (typeof value === 'string' ? [...new Set(value.split(by).map((part) => part.trim()).filter(Boolean))] : [])
const ids = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [])
const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')

/** Fields of the type's template, named `field_<key>`. */
export function templateSchema(type: Type | undefined): FormSchema {
  const properties = Object.fromEntries((type?.fields ?? []).map((field): [string, FieldSchema] => [`field_${field.key}`, { type: 'string', title: field.label, maxLength: 4000, ...kinds[field.kind], ...(field.help ? { description: field.help } : {}), ...(field.kind === 'choice' ? { oneOf: (field.options ?? []).map((one) => ({ const: one, title: one })) } : {}), ...(field.kind === 'text' || field.kind === 'date' || field.kind === 'choice' ? { 'x-half': true } : {}) }]))
  return { type: 'object', properties, required: (type?.fields ?? []).filter((field) => field.required).map((field) => `field_${field.key}`) }
}

export const mainSchema: FormSchema = {
  type: 'object', required: ['title'],
  properties: {
    title: { type: 'string', title: t('title'), description: t('titleHelp'), maxLength: 120 },
    summary: { type: 'string', format: 'textarea', title: t('summary'), description: t('summaryHelp'), maxLength: 500 },
  },
}
export const moreSchema: FormSchema = {
  type: 'object', required: [],
  properties: {
    keywords: { type: 'string', title: t('keywords'), description: t('keywordsHelp'), maxLength: 400 },
    wordings: { type: 'string', format: 'textarea', title: t('wordings'), description: t('wordingsHelp'), maxLength: 3000 },
    basis: { type: 'string', title: t('basis'), maxLength: 500 }, source: { type: 'string', title: t('source'), maxLength: 500 }, contact: { type: 'string', title: t('contact'), maxLength: 200 },
  },
}
export const sideSchema: FormSchema = {
  type: 'object', required: ['typeCode', 'directoryId', 'ownerUnitId'],
  properties: {
    directoryId: { type: 'string', format: 'matter', title: t('directory') },
    ownerUnitId: { type: 'string', format: 'unit', title: t('owner') },
    audience: { type: 'string', title: t('audience'), oneOf: audienceChoices },
    audienceUnitIds: { type: 'array', format: 'unit', title: t('audienceUnits'), 'x-visibleIf': { field: 'audience', equals: 'units' } },
    groups: { type: 'array', title: t('groups'), description: t('groupsHelp'), items: { type: 'string', oneOf: groupChoices }, 'x-visibleIf': { field: 'audience', equals: 'public' } },
    areaCode: { type: 'string', format: 'area', title: t('area') },
    validFrom: { type: 'string', format: 'date', title: t('validFrom'), 'x-half': true }, validTo: { type: 'string', format: 'date', title: t('validTo2'), 'x-half': true },
  },
}

export function formOf(content: Content): FormValue {
  return {
    typeCode: content.typeCode, directoryId: content.directoryId, title: content.title, summary: content.summary, keywords: content.keywords.join(' '), wordings: content.wordings.join('\n'), basis: content.basis, source: content.source, contact: content.contact, ownerUnitId: content.ownerUnitId, audience: content.audience, audienceUnitIds: content.audienceUnitIds, groups: content.groups,
    areaCode: content.areaCode ?? undefined, validFrom: content.validFrom ?? undefined, validTo: content.validTo ?? undefined, matterIds: content.matterIds, ...Object.fromEntries(Object.entries(content.fields).map(([key, value]) => [`field_${key}`, value])),
  }
}

/** What the form says, over what the content holds beside it (labels, related items, older fields). */
export function contentOf(form: FormValue, body: unknown, before: Content | null, dropFileIds: string[]): Record<string, unknown> {
  const fields = Object.fromEntries(Object.entries(form).filter(([key, value]) => key.startsWith('field_') && text(value) !== '').map(([key, value]) => [key.slice(6), text(value)]))
  return {
    ...before, typeCode: text(form.typeCode), directoryId: text(form.directoryId), directoryIds: before?.directoryIds.filter((id) => id !== form.directoryId) ?? [], title: text(form.title), summary: text(form.summary), keywords: listOf(form.keywords, /[\s、,，]+/), wordings: listOf(form.wordings, /\n+/), body, fields,
    basis: text(form.basis), source: text(form.source), contact: text(form.contact), ownerUnitId: text(form.ownerUnitId), audience: text(form.audience) || 'staff', audienceUnitIds: form.audience === 'units' ? ids(form.audienceUnitIds) : [], groups: form.audience === 'public' ? ids(form.groups) : [], areaCode: text(form.areaCode) || null, validFrom: text(form.validFrom) || null, validTo: text(form.validTo) || null, matterIds: ids(form.matterIds), dropFileIds,
  }
}

/** The server's field paths as names of the form. */
export const fieldName = (path: string): string => path.replace(/^content\./, '').replace(/^fields\./, 'field_').split('.')[0] ?? ''
