// What an agent fills in during a call: its shape, what is missing, and what is sent. Pure.
import type { InputOf } from '../../api/call.ts'
import { newKey } from '../../api/http.ts'
import type { Attachment } from '../../ui/Attachments.tsx'
import { validate, visibleValue } from '../../ui/form-rules.ts'
import type { FieldSchema, FormErrors, FormSchema, FormValue } from '../../ui/form-rules.ts'
import { now } from '../../ui/time.ts'
import { t } from './texts.zh-CN.ts'

/** The person as entered; masked values of the record go back untouched. */
export type RequesterForm = { subjectKind: 'person' | 'enterprise'; name: string; anonymous: boolean; sex?: 'male' | 'female'; ageRange?: string; idNumber?: string }

export const channels = ['phone', 'visit', 'letter'] as const
export type Channel = (typeof channels)[number]

export type CallForm = {
  /** A call, or a visit or letter registered by an officer. */
  channel: Channel
  phone: string
  /** The record chosen for this call. */
  requesterId?: string
  requester: RequesterForm
  /** Fields of the registration form by name; those of the bound form and the matter's elements apart. */
  fields: FormValue
  formData: FormValue
  elements: FormValue
  /** The form of a merged line and the own fields of a case profile. */
  lineData: FormValue
  profileData: FormValue
  files: Attachment[]
  sameCallAs?: { id: string; number: string }
  /** When it was last changed on this machine; the newer of two copies wins. */
  touchedAt: number
}

export const emptyForm = (channel: Channel = 'phone'): CallForm => ({ channel, phone: '', requester: { subjectKind: 'person', name: '', anonymous: false }, fields: { urgency: 'normal', callbackManner: 'call', confidential: false }, formData: {}, elements: {}, lineData: {}, profileData: {}, files: [], touchedAt: 0 })

/** An id for a draft; random UUID version 4, also where browsers have no `crypto.randomUUID` (plain HTTP). */
export function newDraftId(): string {
  const hex = newKey()
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A stored copy as a form; anything missing or odd is empty, so that an old draft always opens. */
export function formOf(stored: unknown): CallForm | null {
  if (!isRecord(stored) || !isRecord(stored.fields)) return null
  const blank = emptyForm()
  const person = isRecord(stored.requester) ? stored.requester : {}
  const same = isRecord(stored.sameCallAs) && typeof stored.sameCallAs.id === 'string' && typeof stored.sameCallAs.number === 'string' ? { id: stored.sameCallAs.id, number: stored.sameCallAs.number } : undefined
  return {
    channel: channels.find((one) => one === stored.channel) ?? 'phone',
    phone: typeof stored.phone === 'string' ? stored.phone : '',
    requesterId: typeof stored.requesterId === 'string' ? stored.requesterId : undefined,
    requester: {
      subjectKind: person.subjectKind === 'enterprise' ? 'enterprise' : 'person', name: typeof person.name === 'string' ? person.name : '', anonymous: person.anonymous === true,
      sex: person.sex === 'male' || person.sex === 'female' ? person.sex : undefined, ageRange: typeof person.ageRange === 'string' ? person.ageRange : undefined, idNumber: typeof person.idNumber === 'string' ? person.idNumber : undefined,
    },
    fields: { ...blank.fields, ...stored.fields },
    formData: isRecord(stored.formData) ? stored.formData : {},
    elements: isRecord(stored.elements) ? stored.elements : {},
    lineData: isRecord(stored.lineData) ? stored.lineData : {},
    profileData: isRecord(stored.profileData) ? stored.profileData : {},
    files: Array.isArray(stored.files) ? stored.files.filter((one): one is Attachment => isRecord(one) && typeof one.id === 'string' && typeof one.name === 'string') : [],
    sameCallAs: same,
    touchedAt: typeof stored.touchedAt === 'number' ? stored.touchedAt : 0,
  }
}

const word = (value: FormValue, name: string): string | undefined => (typeof value[name] === 'string' && value[name].trim() !== '' ? value[name].trim() : undefined)
export const numberOf = (form: CallForm, name: string): number | undefined => (typeof form.fields[name] === 'number' ? form.fields[name] : undefined)
export const fieldOf = (form: CallForm, name: string): string | undefined => word(form.fields, name)

/** Something worth keeping was entered. */
export function isTouched(form: CallForm): boolean {
  return form.phone.trim() !== '' || form.requester.name !== '' || form.files.length > 0 || ['appealType', 'title', 'content', 'matterId', 'areaCode', 'address', 'detailAddress'].some((name) => word(form.fields, name) !== undefined)
}

/** What a card is called: its title, else how it begins, else who calls (masked). */
export function draftTitle(form: CallForm): string {
  const number = form.phone.replaceAll(/[\s-]/g, '')
  const caller = number.length >= 7 ? t('cardOf', { phone: `${number.slice(0, 3)}****${number.slice(-4)}` }) : ''
  return fieldOf(form, 'title') ?? fieldOf(form, 'content')?.slice(0, 40) ?? caller
}

export type Choice = { const: string; title: string }

/** The rows of the middle region, in the order in which they are asked. */
export type MainOptions = { appealTypes: Choice[]; urgencies: Choice[]; lines?: Choice[]; sources?: string[]; channel?: Channel }

export function mainSchema({ appealTypes, urgencies, lines = [], sources = [], channel = 'phone' }: MainOptions): FormSchema {
  const inPerson = channel !== 'phone'
  return {
    type: 'object', required: ['appealType', 'title', 'content', ...(inPerson ? ['registrationSource'] : [])],
    properties: {
      ...(inPerson ? { registrationSource: { type: 'string' as const, title: t('field.registrationSource'), enum: sources, 'x-buttons': sources.length <= 3 } } : {}),
      ...(lines.length ? { line: { type: 'string' as const, title: t('field.line'), oneOf: lines, 'x-buttons': false } } : {}),
      appealType: { type: 'string', title: t('field.appealType'), oneOf: appealTypes, 'x-buttons': appealTypes.length <= 9 },
      matterId: { type: 'string', format: 'matter', title: t('field.matterId') },
      areaCode: { type: 'string', format: 'area', title: t('field.areaCode') },
      address: { type: 'string', title: t('field.address'), maxLength: 200 },
      detailAddress: { type: 'string', title: t('field.detailAddress'), maxLength: 200 },
      title: { type: 'string', title: t('field.title'), maxLength: 80 },
      content: { type: 'string', format: 'textarea', title: t('field.content'), maxLength: 5000 },
      occurredAt: { type: 'string', format: 'date-time', title: t('field.occurredAt') },
      ...(inPerson ? { requesterCount: { type: 'integer' as const, title: channel === 'visit' ? t('field.visitors') : t('field.signers'), minimum: 1, maximum: 100_000, 'x-unit': t('people') }, involvedCount: { type: 'integer' as const, title: t('field.involved'), minimum: 0, maximum: 10_000_000, 'x-unit': t('people') }, purpose: { type: 'string' as const, title: t('field.purpose'), enum: purposes, 'x-buttons': true } } : {}),
      urgency: { type: 'string', title: t('field.urgency'), oneOf: urgencies, 'x-buttons': true },
      callbackManner: { type: 'string', title: t('field.callbackManner'), 'x-buttons': true, oneOf: [{ const: 'call', title: t('callback.call') }, { const: 'sms', title: t('callback.sms') }, { const: 'none', title: t('callback.none') }] },
      confidential: { type: 'boolean', title: t('field.confidential') },
      enterprise: { type: 'boolean', title: t('field.enterprise') },
    },
  }
}

/** 诉求目的 of petitions (ORD-01). */
const purposes = ['申诉', '求决', '意见建议', '揭发控告', '其他']

/** An enterprise's order: said by hand, or asked by an enterprise. */
export const isEnterprise = (form: CallForm): boolean => form.fields.enterprise === true || (form.fields.enterprise !== false && form.requester.subjectKind === 'enterprise')

export const enterpriseSchema = (chosen: boolean): FormSchema => ({
  type: 'object',
  properties: {
    ...(chosen ? {} : { enterpriseCode: { type: 'string', title: t('field.enterpriseCode'), maxLength: 18, 'x-half': true }, enterpriseName: { type: 'string', title: t('field.enterpriseName'), maxLength: 100, 'x-half': true } }),
    extent: { type: 'string', title: t('field.extent'), oneOf: [{ const: 'one', title: t('extent.one') }, { const: 'industry', title: t('extent.industry') }], 'x-buttons': true },
    legalPerson: { type: 'boolean', title: t('field.legalPerson') },
  },
})

export type Element = {
  code: string; name: string; type: string; required?: boolean; options?: string[]; format?: string; min?: number; max?: number; help?: string; prompt?: string
  dependsOn?: { code: string; equals: string[] }
}

const elementKinds: Record<string, Pick<FieldSchema, 'type' | 'format'>> = {
  text: { type: 'string' }, number: { type: 'number' }, date: { type: 'string', format: 'date' }, telephone: { type: 'string', format: 'phone' }, address: { type: 'string' }, person: { type: 'string' },
}

/** The matter's elements as a form; files come as attachments of the order, not as a field. */
export function elementSchema(elements: readonly Element[]): FormSchema | null {
  const usable = elements.filter((one) => one.type !== 'file')
  if (usable.length === 0) return null
  const properties = Object.fromEntries(usable.map((one): [string, FieldSchema] => {
    const shared = { title: one.name, description: one.prompt ?? one.help, ...(one.dependsOn ? { 'x-visibleIf': { field: one.dependsOn.code, in: one.dependsOn.equals } } : {}) }
    if (one.type === 'choice') return [one.code, { type: 'string', enum: one.options ?? [], ...shared }]
    if (one.type === 'multiple') return [one.code, { type: 'array', items: { enum: one.options ?? [] }, ...shared }]
    return [one.code, { ...(elementKinds[one.type] ?? { type: 'string' }), minimum: one.min, maximum: one.max, pattern: one.format, ...shared }]
  }))
  return { type: 'object', properties }
}

const inWords = (value: unknown): string => (Array.isArray(value) ? value.join('、') : value === undefined || value === null ? '' : String(value))

/** Elements that should be asked and have no answer yet. */
export function unasked(elements: readonly Element[], values: FormValue): Element[] {
  return elements.filter((one) => one.required && one.type !== 'file' && inWords(values[one.code]).trim() === '' && (!one.dependsOn || one.dependsOn.equals.includes(inWords(values[one.dependsOn.code]))))
}

/** Content with the answers below it, each on a line of its own; asked for but not known says so. As the portal writes them. */
export function contentWithAnswers(content: string, elements: readonly Element[], values: FormValue): string {
  const missing = new Set(unasked(elements, values).map((one) => one.code))
  const lines = elements.flatMap((one) => {
    const answer = inWords(values[one.code]).trim()
    if (answer === '' && !missing.has(one.code)) return []
    return [`${one.name}：${answer === '' ? t('unknown') : answer}`]
  })
  return lines.length ? [content, '', t('answersTitle'), ...lines].join('\n') : content
}

/** All gaps at once, by field name: those of the form, of the bound form, and who calls. */
export function gapsOf(form: CallForm, main: FormSchema, bound: FormSchema | null, elements: FormSchema | null): FormErrors {
  const { requester } = form
  return {
    ...(!requester.anonymous && requester.name.trim() === '' && form.phone.trim() === '' && !form.requesterId ? { phone: t('needCaller') } : {}),
    ...validate(main, form.fields),
    ...(bound ? validate(bound, form.formData) : {}),
    ...(elements ? validate(elements, form.elements) : {}),
  }
}

type Registration = InputOf<'registerOrder'>
const urgencyOf = (value: unknown): Registration['urgency'] => (value === 'urgent' || value === 'major' ? value : 'normal')
const mannerOf = (value: unknown): Registration['callbackManner'] => (value === 'sms' || value === 'none' ? value : 'call')

const filledOf = (values: FormValue): FormValue => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== ''))

/** What `registerOrder` takes. */
export function registration(form: CallForm, elements: readonly Element[], bound: { versionId: string; schema: FormSchema } | null, draftId: string, pass: boolean): Registration {
  const { requester, fields } = form
  return {
    requester: {
      subjectKind: requester.subjectKind, name: requester.anonymous ? '' : requester.name.trim(), anonymous: requester.anonymous, sex: requester.sex, ageRange: requester.ageRange || undefined, idNumber: requester.idNumber?.trim() || undefined,
      phone: form.phone.replaceAll(/[\s-]/g, '') || undefined, otherPhones: [],
    },
    requesterId: form.requesterId,
    appealType: word(fields, 'appealType') ?? '', matterId: word(fields, 'matterId'), categoryId: word(fields, 'categoryId'), title: word(fields, 'title') ?? '', content: contentWithAnswers(word(fields, 'content') ?? '', elements, form.elements),
    areaCode: word(fields, 'areaCode'), address: word(fields, 'address'), detailAddress: word(fields, 'detailAddress'), occurredAt: word(fields, 'occurredAt'), requesterCount: numberOf(form, 'requesterCount') ?? 1, involvedCount: numberOf(form, 'involvedCount'), purpose: word(fields, 'purpose'), registrationSource: word(fields, 'registrationSource'),
    urgency: urgencyOf(fields.urgency), callbackManner: mannerOf(fields.callbackManner), callbackWanted: fields.callbackManner !== 'none', confidential: fields.confidential === true,
    ...(bound ? { formVersionId: bound.versionId, formData: visibleValue(bound.schema, form.formData) } : {}),
    ...(word(fields, 'line') ? { line: word(fields, 'line'), lineData: filledOf(form.lineData) } : {}), ...(Object.keys(filledOf(form.profileData)).length ? { profileData: filledOf(form.profileData) } : {}),
    ...(isEnterprise(form) ? { enterprise: true, enterpriseId: word(fields, 'enterpriseId'), ...(word(fields, 'enterpriseId') ? {} : { enterpriseCode: word(fields, 'enterpriseCode'), enterpriseName: word(fields, 'enterpriseName') }), legalPerson: fields.legalPerson === true, extent: fields.extent === 'industry' ? 'industry' as const : 'one' as const } : {}),
    fileIds: form.files.map((file) => file.id), channel: form.channel, draftId, sameCallAs: form.sameCallAs?.id, pass, lon: numberOf(form, 'lon'), lat: numberOf(form, 'lat'),
  }
}

/** What the next order begins with where the centre says nothing else (⚙ copyFields). */
export const usualCopy: readonly string[] = ['appealType', 'title', 'areaCode', 'detailAddress']

/** 再登记一件: the centre's fields (type, title, area, detailed address), the requester, and the call; never the content (ORD-03). */
export function copyOf(form: CallForm, from: { id: string; number: string }, names: readonly string[] = usualCopy): CallForm {
  const copied = Object.fromEntries(names.filter((name) => name !== 'content').map((name) => [name, form.fields[name]]))
  const blank = emptyForm(form.channel)
  return { ...blank, phone: form.phone, requesterId: form.requesterId, requester: form.requester, fields: { ...blank.fields, ...copied }, sameCallAs: from, touchedAt: now() }
}

/** Elements to ask for: those of the matter, then those of the type that the matter has not. */
export const elementsFor = (ofMatter: readonly Element[], ofType: readonly Element[]): Element[] => [...ofMatter, ...ofType.filter((one) => !ofMatter.some((held) => held.code === one.code))]
