// Fields of a form schema as rows of an editor, and back. Pure.
import type { FieldSchema, FormSchema } from '../../../ui/form-rules.ts'
import { choicesOf } from '../../../ui/form-rules.ts'
import { t } from './texts.zh-CN.ts'

export const fieldTypes = ['text', 'textarea', 'number', 'integer', 'date', 'date-time', 'choice', 'multiple', 'boolean', 'phone', 'area', 'address', 'person', 'file', 'unit', 'matter', 'user'] as const
type FieldType = (typeof fieldTypes)[number]
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

/** Keys in the order in which the form shows them: fields of no group first. Stored objects keep no order of their own. */
function orderOf(schema: FormSchema): string[] {
  const grouped = (schema['x-groups'] ?? []).flatMap((group) => group.fields)
  return [...Object.keys(schema.properties).filter((key) => !grouped.includes(key)), ...grouped]
}

export function rowsOf(schema: FormSchema): FieldRow[] {
  return orderOf(schema).flatMap((key) => {
    const field = schema.properties[key]
    return field ? [{ key, field, required: schema.required?.includes(key) ?? false }] : []
  })
}

/** The order of the rows is kept in the groups; a new field joins the group of the one before it. */
export function schemaOf(rows: readonly FieldRow[], before: FormSchema): FormSchema {
  const groups = new Map<string, string[]>()
  let title = ''
  for (const row of rows) {
    const held = before['x-groups']?.find((group) => group.fields.includes(row.key))
    if (held) title = held.title
    else if (before.properties[row.key]) title = ''
    groups.set(title, [...(groups.get(title) ?? []), row.key])
  }
  const required = rows.filter((row) => row.required).map((row) => row.key)
  return {
    type: 'object', properties: Object.fromEntries(rows.map((row) => [row.key, row.field])), ...(required.length ? { required } : {}),
    'x-groups': [...groups].map(([name, fields]) => ({ title: name, fields })),
  }
}

export function conditionText(field: FieldSchema, schema: FormSchema): string {
  const rule = field['x-visibleIf']
  if (!rule) return '–'
  const name = schema.properties[rule.field]?.title ?? rule.field
  const words = (value: unknown): string => choicesOf(schema.properties[rule.field] ?? { type: 'string', title: '' })?.find((choice) => choice.value === value)?.label ?? String(value)
  if (rule.filled !== undefined) return t('whenFilled', { field: name })
  return rule.in ? t('whenIn', { field: name, value: rule.in.map(words).join('、') }) : t('whenEquals', { field: name, value: words(rule.equals) })
}
