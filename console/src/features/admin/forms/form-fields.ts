// Fields of a form schema as rows of an editor, and back. Pure.
import type { FieldSchema, FormSchema } from '../../../ui/form-rules.ts'
import { choicesOf } from '../../../ui/form-rules.ts'
import { t } from './texts.zh-CN.ts'

export const fieldTypes = ['text', 'textarea', 'number', 'integer', 'date', 'date-time', 'choice', 'multiple', 'boolean', 'phone', 'area', 'address', 'person', 'file', 'unit', 'matter', 'user'] as const
export type FieldType = (typeof fieldTypes)[number]
export type FieldRow = { key: string; field: FieldSchema; required: boolean }

const isType = (name: string): name is FieldType => fieldTypes.some((type) => type === name)

export function typeOf(field: FieldSchema): FieldType {
  const format = field.format ?? field.items?.format
  if (format && isType(format)) return format
  if (choicesOf(field)) return field.type === 'array' ? 'multiple' : 'choice'
  if (field.type === 'number' || field.type === 'integer' || field.type === 'boolean') return field.type
  return 'text'
}

const base: Record<FieldType, Omit<FieldSchema, 'title'>> = {
  text: { type: 'string' }, textarea: { type: 'string', format: 'textarea' }, number: { type: 'number' }, integer: { type: 'integer' }, date: { type: 'string', format: 'date' }, 'date-time': { type: 'string', format: 'date-time' }, choice: { type: 'string', enum: [] }, multiple: { type: 'array', items: { enum: [] } }, boolean: { type: 'boolean' },
  phone: { type: 'string', format: 'phone' }, area: { type: 'string', format: 'area' }, address: { type: 'object', format: 'address' }, person: { type: 'object', format: 'person' }, file: { type: 'array', format: 'file' }, unit: { type: 'string', format: 'unit' }, matter: { type: 'string', format: 'matter' }, user: { type: 'string', format: 'user' },
}

/** A field of another type keeps its words and conditions, not its bounds. */
export function retyped(field: FieldSchema, type: FieldType): FieldSchema {
  const kept: FieldSchema = { ...base[type], title: field.title, ...(field.description ? { description: field.description } : {}), ...(field['x-visibleIf'] ? { 'x-visibleIf': field['x-visibleIf'] } : {}), ...(field['x-half'] ? { 'x-half': true } : {}) }
  return kept
}

export const optionsOf = (field: FieldSchema): string[] => (choicesOf(field) ?? []).map((choice) => choice.label)

export function withOptions(field: FieldSchema, options: string[]): FieldSchema {
  const { oneOf: _oneOf, enum: _enum, items: _items, ...rest } = field
  return field.type === 'array' ? { ...rest, items: { enum: options } } : { ...rest, enum: options }
}

export function rowsOf(schema: FormSchema): FieldRow[] {
  return Object.entries(schema.properties).map(([key, field]) => ({ key, field, required: schema.required?.includes(key) ?? false }))
}

/** Groups keep the fields that are still there. */
export function schemaOf(rows: readonly FieldRow[], before: FormSchema): FormSchema {
  const keys = new Set(rows.map((row) => row.key))
  const groups = (before['x-groups'] ?? []).map((group) => ({ ...group, fields: group.fields.filter((field) => keys.has(field)) })).filter((group) => group.fields.length)
  const required = rows.filter((row) => row.required).map((row) => row.key)
  return { type: 'object', properties: Object.fromEntries(rows.map((row) => [row.key, row.field])), ...(required.length ? { required } : {}), ...(groups.length ? { 'x-groups': groups } : {}) }
}

export function conditionText(field: FieldSchema, schema: FormSchema): string {
  const rule = field['x-visibleIf']
  if (!rule) return '–'
  const name = schema.properties[rule.field]?.title ?? rule.field
  const words = (value: unknown): string => choicesOf(schema.properties[rule.field] ?? { type: 'string', title: '' })?.find((choice) => choice.value === value)?.label ?? String(value)
  if (rule.filled !== undefined) return t('whenFilled', { field: name })
  return rule.in ? t('whenIn', { field: name, value: rule.in.map(words).join('、') }) : t('whenEquals', { field: name, value: words(rule.equals) })
}
