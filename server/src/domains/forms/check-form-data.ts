// Values against a form: every error at once, in Chinese, by field.
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import type { FieldError } from '../../kernel/errors.ts'
import { isTelephone, normalisePhone } from '../../kernel/crypto/index.ts'
import { isLocalDate, parseIso } from '../../kernel/time/index.ts'
import { choicesOf, isVisible, type FieldSchema, type FormSchema } from './form-schema.ts'

const uuid = '^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$'
const area = '^(\\d{6}|\\d{9}|\\d{12})$'

const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true })
ajv.addFormat('date', (text: string) => isLocalDate(text))
ajv.addFormat('phone', (text: string) => isTelephone(normalisePhone(text)))
ajv.addFormat('date-time', (text: string) => {
  try {
    parseIso(text)
    return true
  } catch {
    return false
  }
})

type Json = Record<string, unknown>

const object = (properties: Json): Json => ({ type: 'object', additionalProperties: false, properties })

/** What a format means for a value, beyond its type. */
const formats: Partial<Record<NonNullable<FieldSchema['format']>, Json>> = {
  date: { format: 'date' },
  'date-time': { format: 'date-time' },
  phone: { format: 'phone' },
  area: { pattern: area },
  unit: { pattern: uuid },
  matter: { pattern: uuid },
  user: { pattern: uuid },
  address: object({ areaId: { type: 'string', pattern: area }, text: { type: 'string', maxLength: 300 }, lon: { type: 'number', minimum: -180, maximum: 180 }, lat: { type: 'number', minimum: -90, maximum: 90 } }),
  person: object({ name: { type: 'string', maxLength: 60 }, phone: { type: 'string', maxLength: 30 }, gender: { type: 'string', enum: ['male', 'female'] } }),
}
const fileItem = {
  type: ['string', 'object'],
  pattern: uuid,
  required: ['id'],
  properties: { id: { type: 'string', pattern: uuid }, name: { type: 'string', maxLength: 200 }, size: { type: 'number' }, type: { type: 'string', maxLength: 100 } },
  additionalProperties: false,
}

function valueSchema(field: FieldSchema): Json {
  const { type, minLength, pattern, minimum, maximum, minItems, maxItems } = field
  const limits = Object.fromEntries(Object.entries({ minLength, pattern, minimum, maximum, minItems, maxItems }).filter(([, value]) => value !== undefined))
  const values = choicesOf(field)?.map((one) => one.value)
  if (type === 'array') {
    const item = field.format === 'file' || field.items?.format === 'file' ? fileItem : { type: 'string', maxLength: 200, ...(values ? { enum: values } : {}), ...formats[field.items?.format ?? field.format ?? 'text'] }
    return { type, items: item, uniqueItems: true, maxItems: 200, ...limits }
  }
  const length = type === 'string' ? { maxLength: field.maxLength ?? (field.format === 'textarea' ? 4000 : 300) } : {}
  return { type, ...length, ...limits, ...(values ? { enum: values } : {}), ...formats[field.format ?? 'text'] }
}

/** Compiles a form once; forms do not change after publication. */
export function compileForm(form: FormSchema): (data: Json) => FieldError[] {
  const validate: ValidateFunction = ajv.compile({ type: 'object', additionalProperties: false, properties: Object.fromEntries(Object.entries(form.properties).map(([key, field]) => [key, valueSchema(field)])) })
  return (data) => {
    validate(data)
    const errors = (validate.errors ?? []).map((error) => fieldError(form, error))
    for (const key of Object.keys(form.properties)) {
      const empty = data[key] === undefined || (typeof data[key] === 'string' && data[key].trim() === '') || (Array.isArray(data[key]) && data[key].length === 0)
      const visible = isVisible(form, key, data)
      if (visible && empty && form.required?.includes(key)) errors.push({ path: `formData.${key}`, message: '必填' })
      if (!visible && !empty) errors.push({ path: `formData.${key}`, message: '按当前选择不应填写此项' })
    }
    // One message a field: the first is the nearest to the cause.
    return [...new Map(errors.toReversed().map((error) => [error.path, error])).values()].toReversed()
  }
}

function fieldError(form: FormSchema, error: ErrorObject): FieldError {
  const parts = error.instancePath.split('/').slice(1)
  const extra = error.keyword === 'additionalProperties' ? String(error.params['additionalProperty']) : null
  const key = parts[0] ?? extra ?? ''
  return { path: ['formData', ...parts, ...(extra ? [extra] : [])].join('.'), message: extra ? '表单没有这一项' : chinese(error, form.properties[key]?.format) }
}

function chinese(error: ErrorObject, format: string | undefined): string {
  const limit = String(error.params['limit'] ?? '')
  switch (error.keyword) {
    case 'type':
      return error.params['type'] === 'number' || error.params['type'] === 'integer' ? '请填写数字' : '类型不正确'
    case 'enum':
      return '不在可选范围内'
    case 'minLength':
      return `至少 ${limit} 个字`
    case 'maxLength':
      return `不能超过 ${limit} 个字`
    case 'minimum':
      return `不能小于 ${limit}`
    case 'maximum':
      return `不能大于 ${limit}`
    case 'minItems':
      return `至少 ${limit} 项`
    case 'maxItems':
      return `不能超过 ${limit} 项`
    case 'uniqueItems':
      return '有重复项'
    case 'format':
      return format === 'phone' ? '电话号码不正确' : '请填写正确的日期或时间'
    default:
      return '格式不正确'
  }
}
