// What an item says and to whom: one shape for working copies and published versions. Pure.
import { z } from 'zod'
import { maskText } from '../../kernel/crypto/index.ts'
import { id, localDate } from '../../kernel/http/codec.ts'
import { document, emptyDoc, imageIds, mapText, plainText, type Doc } from './document.ts'

const text = (max: number) => z.string().trim().max(max)
const words = z.array(text(40).min(1)).max(30)

export const audiences = ['public', 'staff', 'centre', 'units'] as const
export type Audience = (typeof audiences)[number]

export const groups = ['person', 'enterprise', 'elder', 'newcomer', 'worker'] as const
export type Group = (typeof groups)[number]

export const content = z.strictObject({
  typeCode: z.string().max(40), directoryId: id, directoryIds: z.array(id).max(10).default([]), title: text(120).min(1, '请填写标题'), summary: text(500).default(''), keywords: words.default([]),
  /** How people ask for it. */
  wordings: z.array(text(100).min(1)).max(50).default([]),
  body: document.default(emptyDoc),
  /** By the key of the type's template. */
  fields: z.record(z.string().max(40), text(4000)).default({}),
  basis: text(500).default(''), source: text(500).default(''), contact: text(200).default(''), matterIds: z.array(id).max(50).default([]), labelIds: z.array(id).max(20).default([]), relatedIds: z.array(id).max(20).default([]), successorId: id.nullable().default(null),
  ownerUnitId: id, areaCode: z.string().regex(/^\d{6,12}$/).nullable().default(null), audience: z.enum(audiences).default('staff'), audienceUnitIds: z.array(id).max(100).default([]),
  /** Of the public; empty means everybody. */
  groups: z.array(z.enum(groups)).max(10).default([]),
  /** Attachments of the version before that this one leaves out. */
  dropFileIds: z.array(id).max(20).default([]), validFrom: localDate.nullable().default(null), validTo: localDate.nullable().default(null),
})
export type Content = z.output<typeof content>

export type FieldKind = 'text' | 'longText' | 'date' | 'choice'
export type TemplateField = { key: string; label: string; kind: FieldKind; required: boolean; options?: string[]; help?: string }
export type TypeTemplate = { code: string; name: string; enabled: boolean; fields: TemplateField[] }

export type Gap = { path: string; message: string }

/** What is missing or wrong before a submission: fields of the type, text, people and dates that contradict each other. */
export function gapsOf(of: Content, type: TypeTemplate, has: { files: number; today: string; /** Attachments at hand, by id. */ fileIds?: ReadonlySet<string> }): Gap[] {
  const gaps: Gap[] = []
  const gap = (path: string, message: string): void => void gaps.push({ path, message })
  if (plainText(of.body) === '' && has.files === 0) gap('body', '请填写正文或上传附件')
  if (has.fileIds && [...imageIds(of.body)].some((id) => !has.fileIds?.has(id))) gap('body', '正文里有不存在的图片，请删除后重新插入')
  for (const field of type.fields) {
    const value = of.fields[field.key] ?? ''
    if (field.required && value === '') gap(`fields.${field.key}`, `请填写“${field.label}”`)
    else if (value !== '' && field.kind === 'choice' && !(field.options ?? []).includes(value)) gap(`fields.${field.key}`, `“${field.label}”请从选项中选择`)
    else if (value !== '' && field.kind === 'date' && !/^\d{4}-\d{2}-\d{2}$/.test(value)) gap(`fields.${field.key}`, `“${field.label}”须为日期`)
  }
  if (of.audience === 'units' && of.audienceUnitIds.length === 0) gap('audienceUnitIds', '请选择可见单位')
  if (of.validFrom !== null && of.validTo !== null && of.validTo < of.validFrom) gap('validTo', '有效期止不能早于起')
  if (of.validTo !== null && of.validTo < has.today) gap('validTo', '有效期止已过')
  return gaps
}

/** Old items show a new field as empty, and keep what a removed field held. */
export function shownFields(of: Pick<Content, 'fields'>, type: Pick<TypeTemplate, 'fields'>): { key: string; label: string; kind: FieldKind | 'gone'; value: string }[] {
  const known = new Set(type.fields.map((field) => field.key))
  return [
    ...type.fields.map((field) => ({ key: field.key, label: field.label, kind: field.kind, value: of.fields[field.key] ?? '' })),
    ...Object.entries(of.fields).filter(([key, value]) => !known.has(key) && value !== '').map(([key, value]) => ({ key, label: key, kind: 'gone' as const, value })),
  ]
}

/** Cases tell of people: telephone and identity numbers in them are masked for whoever does not keep them. Other types name offices. */
export function maskedCase(of: Content): Content {
  if (of.typeCode !== 'case') return of
  return { ...of, title: maskText(of.title), summary: maskText(of.summary), contact: maskText(of.contact), body: mapText(of.body, maskText), fields: Object.fromEntries(Object.entries(of.fields).map(([key, value]) => [key, maskText(value)])) }
}

/** `《标题》（文号，第 3 版）`: the type says how it is cited; unknown or empty placeholders vanish with their brackets. */
export function citationOf(form: string, of: Content, number: number): string {
  const values: Record<string, string> = { title: of.title, basis: of.basis, source: of.source, version: String(number), ...of.fields }
  return form.replace(/\{(\w+)\}/g, (_, key: string) => values[key] ?? '').replace(/（[，、\s]*）/g, '').replace(/（[，、]/g, '（').replace(/[，、]）/g, '）').trim()
}

export type Difference = { field: string; before: string; after: string }

const lists = ['keywords', 'wordings', 'matterIds', 'labelIds', 'relatedIds', 'directoryIds', 'audienceUnitIds', 'groups'] as const
const scalars = ['title', 'summary', 'typeCode', 'directoryId', 'basis', 'source', 'contact', 'ownerUnitId', 'areaCode', 'audience', 'validFrom', 'validTo', 'successorId'] as const
export type ComparedField = (typeof lists)[number] | (typeof scalars)[number]

/** Fields that differ, as texts (ids stay ids: the reader puts in the names). The body is compared block by block elsewhere. */
export function differences(before: Content | null, after: Content): Difference[] {
  const rows: Difference[] = []
  const add = (field: string, a: string, b: string): void => void (a === b ? undefined : rows.push({ field, before: a, after: b }))
  for (const field of scalars) add(field, before?.[field] ?? '', after[field] ?? '')
  for (const field of lists) add(field, (before?.[field] ?? []).join('、'), after[field].join('、'))
  for (const key of new Set([...Object.keys(before?.fields ?? {}), ...Object.keys(after.fields)])) add(`fields.${key}`, before?.fields[key] ?? '', after.fields[key] ?? '')
  return rows
}

export type Line = { mark: 'same' | 'added' | 'removed'; text: string }

/** Lines of two texts by their longest common subsequence; what is far apart in a very long text is shown whole. */
export function compareLines(before: readonly string[], after: readonly string[]): Line[] {
  if (before.length * after.length > 4_000_000) return [...before.map((text): Line => ({ mark: 'removed', text })), ...after.map((text): Line => ({ mark: 'added', text }))]
  const width = after.length + 1
  const best = new Uint32Array((before.length + 1) * width)
  for (let i = before.length - 1; i >= 0; i--) for (let j = after.length - 1; j >= 0; j--) best[i * width + j] = before[i] === after[j] ? (best[(i + 1) * width + j + 1] ?? 0) + 1 : Math.max(best[(i + 1) * width + j] ?? 0, best[i * width + j + 1] ?? 0)
  const out: Line[] = []
  let [i, j] = [0, 0]
  while (i < before.length || j < after.length) {
    const [a, b] = [before[i], after[j]]
    if (a !== undefined && a === b) { out.push({ mark: 'same', text: a }); i++; j++ }
    else if (b === undefined || (a !== undefined && (best[(i + 1) * width + j] ?? 0) >= (best[i * width + j + 1] ?? 0))) { out.push({ mark: 'removed', text: a ?? '' }); i++ }
    else { out.push({ mark: 'added', text: b }); j++ }
  }
  return out
}

export const linesOf = (doc: Doc): string[] => plainText(doc).split('\n').filter((line) => line !== '')
