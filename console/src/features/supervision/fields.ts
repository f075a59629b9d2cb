// Fields that the forms of supervision share.
import type { FieldSchema, FormSchema } from '../../ui/form-rules.ts'
import { fromEpoch, now } from '../../ui/time.ts'
import { w } from './words.zh-CN.ts'

export const long = (title: string, maxLength = 1000, more: Partial<FieldSchema> = {}): FieldSchema => ({ type: 'string', format: 'textarea', title, maxLength, ...more })
export const files: FieldSchema = { type: 'array', format: 'file', title: w('f.files'), maxItems: 20 }
export const dueField = (title: string): FieldSchema => ({ type: 'string', format: 'date-time', title, 'x-half': true })
export const choice = (title: string, options: { value: string; label: string }[], more: Partial<FieldSchema> = {}): FieldSchema => ({ type: 'string', title, oneOf: options.map((o) => ({ const: o.value, title: o.label })), ...more })
export const many = (title: string, options: { value: string; label: string }[], more: Partial<FieldSchema> = {}): FieldSchema => ({ type: 'array', title, items: { type: 'string', oneOf: options.map((o) => ({ const: o.value, title: o.label })) }, ...more })
export const form = (properties: Record<string, FieldSchema>, required: string[] = []): FormSchema => ({ type: 'object', properties, required })
/** So many hours from now, at a full quarter. */
export const inHours = (hours: number): string => fromEpoch(Math.ceil((now() + hours * 3_600_000) / 900_000) * 900_000)
export const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [])
