// Values against a form: every problem at once, in the order of the form. Pure; browser and server decide alike.
import { isRequired, visibleNames } from './conditions.ts'
import { choicesOf, isBlank, orderOf, rowSchema, type FieldSchema, type FormSchema, type FormValue } from './schema.ts'

export type ProblemCode =
  | 'required' | 'choose' | 'type' | 'number' | 'integer' | 'choice' | 'short' | 'long' | 'small' | 'large' | 'few' | 'many' | 'twice' | 'date' | 'phone' | 'format' | 'unknown' | 'hidden' | 'point' | 'own'
/** `path`: field, for tables `rows.0.amount`. `own`: the words of the definition. */
export type FormProblem = { path: string; title: string; code: ProblemCode; limit?: number; own?: string }

/**
 * Strict for the server: unknown and hidden fields are problems, read-only ones and everything that controls alone can give (choices,
 * dates, references, files) are checked. Otherwise masked telephone numbers pass.
 */
export type Strictness = { strict: boolean }

const uuid = /^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$/
const areaCode = /^(\d{6}|\d{9}|\d{12})$/
const telephone = /^(?:(?:\+?86)?1\d{10}|0\d{2,3}-?\d{7,8}(?:-\d{1,6})?|\d{5,8}|[48]00-?\d{3}-?\d{4})$/
const moment = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/

export function checkValues(schema: FormSchema, value: FormValue, how: Strictness, at = ''): FormProblem[] {
  const seen = visibleNames(schema, value)
  const problems = orderOf(schema).flatMap((name): FormProblem[] => {
    const field = schema.properties[name]
    if (!field) return []
    const held = value[name]
    const path = `${at}${name}`
    if (!seen.has(name) || field.format === 'note') return how.strict && !isBlank(held) ? [{ path, title: field.title, code: field.format === 'note' ? 'unknown' : 'hidden' }] : []
    if ((field.readOnly || field['x-compute']) && !how.strict) return []
    if (isBlank(held)) {
      if (held !== undefined && held !== null && how.strict && !fitsType(field, held)) return [problem(field, path, wrongType(field))]
      return isRequired(schema, name, value) && !field['x-compute'] ? [{ path, title: field.title, code: chosen(field) ? 'choose' : 'required' }] : []
    }
    return valueProblems(field, held, path, how)
  })
  if (!how.strict) return problems
  const unknown = Object.keys(value).filter((name) => !(name in schema.properties)).map((name): FormProblem => ({ path: `${at}${name}`, title: name, code: 'unknown' }))
  return [...problems, ...unknown]
}

const chosen = (field: FieldSchema): boolean => choicesOf(field) !== null || ['date', 'date-time', 'area', 'unit', 'matter', 'user', 'cascade', 'point'].includes(field.format ?? '')
const problem = (field: FieldSchema, path: string, code: ProblemCode, limit?: number): FormProblem => ({ path, title: field.title, code: field['x-message'] ? 'own' : code, ...(limit === undefined ? {} : { limit }), ...(field['x-message'] ? { own: field['x-message'] } : {}) })
const wrongType = (field: FieldSchema): ProblemCode => (field.type === 'number' || field.type === 'integer' ? 'number' : 'type')

function fitsType(field: FieldSchema, value: unknown): boolean {
  switch (field.type) {
    case 'array':
      return Array.isArray(value)
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
    case 'integer':
      return typeof value === 'number'
    default:
      return typeof value === field.type
  }
}

function valueProblems(field: FieldSchema, value: unknown, path: string, how: Strictness): FormProblem[] {
  if (!fitsType(field, value)) return [problem(field, path, wrongType(field))]
  if (Array.isArray(value)) return listProblems(field, value, path, how)
  if (typeof value === 'string') return textProblems(field, value, path, how)
  if (typeof value === 'number') return numberProblems(field, value, path)
  if (typeof value === 'object' && value !== null) return objectProblems(field, Object.entries(value), path, how)
  return []
}

function numberProblems(field: FieldSchema, value: number, path: string): FormProblem[] {
  if (!Number.isFinite(value)) return [problem(field, path, 'number')]
  if (field.type === 'integer' && !Number.isInteger(value)) return [problem(field, path, 'integer')]
  const least = field.minimum ?? (field.format === 'rating' ? 1 : undefined)
  const most = field.maximum ?? (field.format === 'rating' ? 5 : undefined)
  if (least !== undefined && value < least) return [problem(field, path, 'small', least)]
  if (most !== undefined && value > most) return [problem(field, path, 'large', most)]
  return []
}

function textProblems(field: FieldSchema, raw: string, path: string, how: Strictness): FormProblem[] {
  const value = raw.trim()
  const most = field.maxLength ?? (!how.strict ? Number.POSITIVE_INFINITY : field.format === 'textarea' ? 4000 : 300)
  if (field.minLength !== undefined && value.length < field.minLength) return [problem(field, path, 'short', field.minLength)]
  if (value.length > most) return [problem(field, path, 'long', most)]
  const choices = choicesOf(field)
  if (how.strict && choices && !choices.some((one) => one.value === value)) return [problem(field, path, 'choice')]
  // On the way down a graded choice the value is a branch: not chosen yet.
  if (!how.strict && field.format === 'cascade' && choices && !choices.some((one) => one.value === value)) return [problem(field, path, 'choose')]
  const bad = formatProblem(field.format, value, how)
  if (bad) return [problem(field, path, bad)]
  if (field.pattern && !new RegExp(field.pattern, 'u').test(value)) return [problem(field, path, 'format')]
  return []
}

function formatProblem(format: FieldSchema['format'], value: string, how: Strictness): ProblemCode | null {
  // A masked number goes back untouched and is not the browser's to judge.
  if (format === 'phone') return telephone.test(value.replace(/[\s()（）]/g, '')) || (!how.strict && value.includes('*')) ? null : 'phone'
  if (!how.strict) return null
  switch (format) {
    case 'date':
      return isDay(value) ? null : 'date'
    case 'date-time':
      return isDay(moment.exec(value)?.[1] ?? '') ? null : 'date'
    case 'area':
      return areaCode.test(value) ? null : 'format'
    case 'unit': case 'matter': case 'user':
      return uuid.test(value) ? null : 'format'
    default:
      return null
  }
}

function isDay(text: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!parts) return false
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return month >= 1 && month <= 12 && day >= 1 && day <= (month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31)
}

function listProblems(field: FieldSchema, value: readonly unknown[], path: string, how: Strictness): FormProblem[] {
  if (field.minItems !== undefined && value.length < field.minItems) return [problem(field, path, 'few', field.minItems)]
  const most = field.maxItems ?? 200
  if (value.length > most) return [problem(field, path, 'many', most)]
  if (field.format === 'table') {
    const columns = rowSchema(field)
    return value.flatMap((row, index) => (isRecord(row) ? checkValues(columns, row, how, `${path}.${index}.`) : [problem(field, `${path}.${index}`, 'type')]))
  }
  if (!how.strict) return []
  if (field.format === 'file' || field.items?.format === 'file') return value.flatMap((one, index) => (isFile(one) ? [] : [problem(field, `${path}.${index}`, 'format')]))
  const choices = choicesOf(field)
  const found = value.flatMap((one, index): FormProblem[] => {
    const item = `${path}.${index}`
    if (typeof one !== 'string' || one.length > 200) return [problem(field, item, 'type')]
    if (choices && !choices.some((choice) => choice.value === one)) return [problem(field, item, 'choice')]
    const bad = formatProblem(field.items?.format ?? field.format, one, how)
    return bad ? [problem(field, item, bad)] : []
  })
  return found.length === 0 && new Set(value).size < value.length ? [problem(field, path, 'twice')] : found
}

const isRecord = (value: unknown): value is FormValue => typeof value === 'object' && value !== null && !Array.isArray(value)

function isFile(value: unknown): boolean {
  if (typeof value === 'string') return uuid.test(value)
  if (!isRecord(value)) return false
  const { id, name, size, type, ...rest } = value
  return typeof id === 'string' && uuid.test(id) && isText(name, 200) && isText(type, 100) && (size === undefined || typeof size === 'number') && Object.keys(rest).length === 0
}
const isText = (value: unknown, most: number): boolean => value === undefined || (typeof value === 'string' && value.length <= most)
const isDegree = (value: unknown, most: number): boolean => typeof value === 'number' && Math.abs(value) <= most

const parts: Partial<Record<NonNullable<FieldSchema['format']>, Record<string, (value: unknown) => boolean>>> = {
  address: { areaId: (one) => typeof one === 'string' && areaCode.test(one), text: (one) => isText(one, 300), lon: (one) => isDegree(one, 180), lat: (one) => isDegree(one, 90) },
  person: { name: (one) => isText(one, 60), phone: (one) => isText(one, 30), gender: (one) => one === 'male' || one === 'female' },
  point: { lon: (one) => isDegree(one, 180), lat: (one) => isDegree(one, 90), text: (one) => isText(one, 300) },
}

function objectProblems(field: FieldSchema, entries: readonly [string, unknown][], path: string, how: Strictness): FormProblem[] {
  const known = parts[field.format ?? 'text'] ?? {}
  const bad = (how.strict ? entries : []).filter(([, one]) => one !== undefined && one !== null).flatMap(([key, one]): FormProblem[] => {
    const fits = known[key]
    return fits ? (fits(one) ? [] : [problem(field, `${path}.${key}`, 'format')]) : [{ path: `${path}.${key}`, title: key, code: 'unknown' }]
  })
  const held = new Map(entries)
  if (field.format === 'point' && bad.length === 0 && (typeof held.get('lon') !== 'number' || typeof held.get('lat') !== 'number')) return [problem(field, path, 'point')]
  return bad
}
