// The subset of JSON Schema in which parameters describe their values, and values in words. Pure.
import { choiceName, fieldName } from './setting-words.zh-CN.ts'
import { t } from './texts.zh-CN.ts'

export type JsonSchema = {
  type?: string
  enum?: unknown[]
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema | false
  prefixItems?: JsonSchema[]
  additionalProperties?: JsonSchema | boolean
  propertyNames?: JsonSchema
  minimum?: number
  maximum?: number
  maxLength?: number
  maxItems?: number
  minItems?: number
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The contract gives schemas as open records; only what we know of is read. */
export function asSchema(value: Record<string, unknown>): JsonSchema {
  return value
}

export function valueText(setting: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return t('unset')
  if (typeof value === 'boolean') return value ? t('yes') : t('no')
  if (typeof value === 'string') return choiceName(setting, value)
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value)) return value.length ? value.map((one: unknown) => (Array.isArray(one) ? one.map((part: unknown) => valueText(setting, part)).join(' / ') : isRecord(one) ? recordText(setting, one, ' ') : valueText(setting, one))).join('、') : t('empty')
  if (isRecord(value)) return Object.keys(value).length ? recordText(setting, value, '，') : t('empty')
  return JSON.stringify(value)
}

function recordText(setting: string, value: Record<string, unknown>, between: string): string {
  // a span of hours or a coded name reads well without the names of its parts
  if (typeof value.from === 'string' && typeof value.to === 'string') return `${value.from}–${value.to}`
  if (typeof value.name === 'string') return value.name
  if (typeof value.title === 'string') return value.title
  return Object.entries(value).map(([key, one]) => `${choiceName(setting, fieldName(key))} ${isRecord(one) ? `（${recordText(setting, one, ' ')}）` : valueText(setting, one)}`).join(between)
}

/** What a new entry of a list begins as. */
export function blank(schema: JsonSchema): unknown {
  if (schema.enum) return schema.enum[0]
  if (schema.prefixItems) return schema.prefixItems.map(blank)
  switch (schema.type) {
    case 'boolean': return false
    case 'number': case 'integer': return schema.minimum ?? 0
    case 'array': return []
    case 'object': return Object.fromEntries(Object.entries(schema.properties ?? {}).filter(([key]) => schema.required?.includes(key) ?? false).map(([key, one]) => [key, blank(one)]))
    default: return ''
  }
}
