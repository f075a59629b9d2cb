// Rules of schema forms: what is visible, what is missing, where the server's messages belong. Pure.
import type { Problem } from '../api/problem.ts'
import { t } from './texts.zh-CN.ts'

export type FormValue = Record<string, unknown>
export type FormErrors = Record<string, string>

export type FieldFormat =
  | 'text' | 'textarea' | 'date' | 'date-time' | 'phone' | 'area' | 'address' | 'person' | 'file' | 'unit' | 'matter' | 'user'

export type VisibleIf = { field: string; equals?: unknown; in?: unknown[]; filled?: boolean }

/** JSON Schema with a few `x-` hints for the renderer. */
export type FieldSchema = {
  type: 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object'
  title: string
  description?: string
  format?: FieldFormat
  enum?: string[]
  /** Choices with words. */
  oneOf?: { const: string; title: string }[]
  items?: { type?: 'string'; enum?: string[]; oneOf?: { const: string; title: string }[]; format?: FieldFormat }
  minLength?: number
  maxLength?: number
  pattern?: string
  minimum?: number
  maximum?: number
  minItems?: number
  maxItems?: number
  default?: unknown
  readOnly?: boolean
  'x-visibleIf'?: VisibleIf
  /** Unit shown after a number: ℃, 元. */
  'x-unit'?: string
  /** Shown as a row of buttons instead of a list; default for up to four choices. */
  'x-buttons'?: boolean
  /** Reusable texts offered for a text field. */
  'x-phrases'?: string[]
  /** Shares its line with the next field. */
  'x-half'?: boolean
}

export type FormSchema = {
  type: 'object'
  properties: Record<string, FieldSchema>
  required?: string[]
  /** Headings over fields; fields in none come first. */
  'x-groups'?: { title: string; fields: string[] }[]
}

function isBlank(value: unknown): boolean {
  if (value === undefined || value === null) return true
  if (typeof value === 'string') return value.trim() === ''
  if (Array.isArray(value)) return value.length === 0
  if (typeof value === 'object') return Object.values(value).every(isBlank)
  return false
}

export function isVisible(field: FieldSchema, value: FormValue): boolean {
  const rule = field['x-visibleIf']
  if (!rule) return true
  const other = value[rule.field]
  if (rule.filled !== undefined) return isBlank(other) !== rule.filled
  const held = Array.isArray(other) ? other : [other]
  if (rule.in) return held.some((one) => rule.in?.includes(one))
  return held.includes(rule.equals)
}

/** Choices of a field, with words, whichever way the schema gives them. */
export function choicesOf(field: FieldSchema): { value: string; label: string }[] | null {
  const from = field.type === 'array' ? field.items : field
  if (from?.oneOf) return from.oneOf.map((one) => ({ value: one.const, label: one.title }))
  if (from?.enum) return from.enum.map((one) => ({ value: one, label: one }))
  return null
}

export function withDefaults(schema: FormSchema, value: FormValue = {}): FormValue {
  const defaults = Object.entries(schema.properties).flatMap(([name, field]) => (field.default === undefined ? [] : [[name, field.default] as const]))
  return { ...Object.fromEntries(defaults), ...value }
}

/** Only what is visible is sent: a hidden field keeps its text in the form, not in the record. */
export function visibleValue(schema: FormSchema, value: FormValue): FormValue {
  return Object.fromEntries(Object.entries(value).filter(([name, one]) => {
    const field = schema.properties[name]
    return (!field || isVisible(field, value)) && !(typeof one === 'string' && one.trim() === '') && one !== undefined
  }))
}

/** All errors at once, by field name, in the order of the form. */
export function validate(schema: FormSchema, value: FormValue): FormErrors {
  const errors: FormErrors = {}
  for (const [name, field] of Object.entries(schema.properties)) {
    if (!isVisible(field, value) || field.readOnly) continue
    const message = messageFor(field, value[name], schema.required?.includes(name) ?? false)
    if (message) errors[name] = message
  }
  return errors
}

const phone = /^(?:1\d{10}|0\d{2,3}-?\d{7,8}(?:-\d{1,6})?|\d{5,8})$/

function messageFor(field: FieldSchema, value: unknown, required: boolean): string | null {
  const label = field.title
  if (isBlank(value)) {
    if (!required) return null
    const choose = choicesOf(field) !== null || ['date', 'date-time', 'area', 'unit', 'matter', 'user'].includes(field.format ?? '')
    return choose ? t('form.mustChoose', { label }) : t('form.mustFill', { label })
  }
  if (typeof value === 'string') return textMessage(field, value.trim())
  if (typeof value === 'number') {
    if (field.minimum !== undefined && value < field.minimum) return t('form.tooSmall', { label, n: field.minimum })
    if (field.maximum !== undefined && value > field.maximum) return t('form.tooLarge', { label, n: field.maximum })
  }
  return null
}

function textMessage(field: FieldSchema, value: string): string | null {
  const label = field.title
  if (field.minLength !== undefined && value.length < field.minLength) return t('form.tooShort', { label, n: field.minLength })
  if (field.maxLength !== undefined && value.length > field.maxLength) return t('form.tooLong', { label, n: field.maxLength })
  // a masked number goes back untouched and is not ours to judge
  if (field.format === 'phone' && !value.includes('*') && !phone.test(value.replace(/\s/g, ''))) return t('form.badPhone', { label })
  if (field.pattern && !new RegExp(field.pattern, 'u').test(value)) return t('form.badFormat', { label })
  return null
}

/**
 * The server's field messages by form field. Paths come as `reason`, `/reason`, `body.reason`, `values.address.text`: the longest known
 * beginning wins; what belongs to no field is returned as `rest`.
 */
export function errorsOf(problem: Problem, names: readonly string[]): { errors: FormErrors; rest: string[] } {
  const errors: FormErrors = {}
  const rest: string[] = []
  for (const { path, message } of problem.fields) {
    const parts = path.split(/[./[\]]+/).filter(Boolean)
    const name = parts.find((part) => names.includes(part))
    if (name === undefined) rest.push(message)
    else errors[name] ??= message
  }
  return { errors, rest }
}
