// What a definition must fulfil to be stored: the language of forms as a schema of request bodies, mistakes with their place.
import { z } from 'zod'
import { choicesOf, conditionsOf, ExpressionError, fieldsOfExpression, orderOf, sectionsOf, type FieldSchema, type FormSchema, type ItemSchema, type Rule } from '../../../../forms/index.ts'

export type { FieldSchema, FormSchema }

export const fieldFormats = ['text', 'textarea', 'date', 'date-time', 'phone', 'area', 'address', 'person', 'file', 'unit', 'matter', 'user', 'cascade', 'point', 'table', 'rating', 'note'] as const

const choice = z.object({ const: z.string().min(1).max(100), title: z.string().min(1).max(100) }).strict()
const choices = { enum: z.array(z.string().min(1).max(100)).min(1).max(500).optional(), oneOf: z.array(choice).min(1).max(500).optional() }
// Five levels, as areas have; written out, because the API description knows no recursion.
const below = <T extends z.ZodType>(child: T) => choice.extend({ children: z.array(child).max(500).optional() })
const tree = below(below(below(below(choice))))

const scalar = z.union([z.string().max(300), z.number(), z.boolean()])
const condition = z
  .object({ field: z.string().max(40), equals: scalar.optional(), in: z.array(scalar).min(1).max(100).optional(), not: scalar.optional(), filled: z.boolean().optional(), atLeast: z.number().optional(), atMost: z.number().optional() })
  .strict()
  .refine((one) => Object.values(one).filter((value) => value !== undefined).length === 2, '条件须且只能有一种比较方式')
const conditions = z.array(condition).min(1).max(10)
const rule = z.union([z.object({ all: conditions }).strict(), z.object({ any: conditions }).strict(), condition])

/** A quantified group that is quantified again can take minutes on a short text. */
const explosive = /\([^()]*[+*}][^()]*\)[+*{]/

const pattern = z.string().max(200).refine((text) => {
  try {
    return new RegExp(text, 'u').source !== ''
  } catch {
    return false
  }
}, '不是有效的正则表达式').refine((text) => !explosive.test(text), '重复的分组不能再次重复')

const key = z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/, '字段标识须以小写字母开头，只含字母和数字，最长 40 位')

const plain = {
  type: z.enum(['string', 'number', 'integer', 'boolean', 'array', 'object']),
  title: z.string().min(1).max(60),
  description: z.string().max(500).optional(),
  format: z.enum(fieldFormats).optional(),
  ...choices,
  minLength: z.number().int().min(0).optional(),
  maxLength: z.number().int().min(1).max(10_000).optional(),
  pattern: pattern.optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minItems: z.number().int().min(0).optional(),
  maxItems: z.number().int().min(1).max(200).optional(),
  default: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]).optional(),
  readOnly: z.boolean().optional(),
  'x-visibleIf': rule.optional(),
  'x-requiredIf': rule.optional(),
  'x-message': z.string().min(1).max(100).optional(),
  'x-unit': z.string().max(20).optional(),
  'x-buttons': z.boolean().optional(),
  'x-phrases': z.array(z.string().max(200)).max(50).optional(),
  'x-half': z.boolean().optional(),
  'x-dictionary': z.string().min(1).max(60).optional(),
  'x-tree': z.array(tree).min(1).max(500).optional(),
  'x-compute': z.string().min(1).max(300).optional(),
  'x-mask': z.enum(['none', 'partial', 'hidden']).optional(),
}
const item = z.object({ type: z.enum(['string', 'object']).optional(), format: z.enum(fieldFormats).optional(), ...choices }).strict()
const cell = z.object({ ...plain, items: item.optional() }).strict()
const row = item.extend({ properties: z.record(key, cell).optional(), required: z.array(z.string()).max(30).optional(), 'x-order': z.array(z.string()).max(30).optional() }).strict()
const fieldSchema: z.ZodType<FieldSchema> = z.object({ ...plain, items: row.optional() }).strict()

type Report = (path: (string | number)[], message: string) => void
type Fields = { properties: Record<string, FieldSchema>; required?: string[] | undefined; 'x-order'?: string[] | undefined }

/** Names used in a list must exist, each once; an order names every field. */
function checkNames(fields: Fields, report: Report): void {
  const names = Object.keys(fields.properties)
  for (const [at, name] of (fields.required ?? []).entries()) if (!names.includes(name)) report(['required', at], `没有字段“${name}”`)
  const order = fields['x-order']
  if (!order) return
  for (const [at, name] of order.entries()) {
    if (!names.includes(name)) report(['x-order', at], `没有字段“${name}”`)
    else if (order.indexOf(name) !== at) report(['x-order', at], `字段“${name}”出现两次`)
  }
  for (const name of names) if (!order.includes(name)) report(['x-order'], `字段“${name}”没有排入次序`)
}

function checkRule(name: string, which: 'x-visibleIf' | 'x-requiredIf', fields: Fields, report: Report): void {
  const held: Rule | undefined = fields.properties[name]?.[which]
  if (!held) return
  for (const [at, one] of conditionsOf(held).entries()) {
    const place = ['properties', name, which, ...('all' in held ? ['all', at] : 'any' in held ? ['any', at] : [])]
    const other = fields.properties[one.field]
    if (!other) report([...place, 'field'], `没有字段“${one.field}”`)
    else if (one.field === name) report([...place, 'field'], '不能以自身为条件')
    else {
      const known = other['x-dictionary'] ? null : choicesOf(other)?.map((option) => option.value)
      const unknown = [one.equals, one.not, ...(one.in ?? [])].filter((value) => value !== undefined && known && !known.includes(String(value)))
      if (unknown.length > 0) report(place, `“${other.title}”没有选项“${unknown.join('、')}”`)
    }
  }
}

/** Fields whose conditions or formulas lead back to themselves. */
function checkCircles(fields: Fields, report: Report): void {
  const needs = (name: string): string[] => {
    const field = fields.properties[name]
    const rules = field?.['x-visibleIf'] ? conditionsOf(field['x-visibleIf']).map((one) => one.field) : []
    return [...rules, ...formulaFields(field).map((path) => path.split('.')[0] ?? '')]
  }
  for (const name of Object.keys(fields.properties)) {
    const passed = new Set<string>()
    const open = needs(name)
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (next === name) {
        report(['properties', name, fields.properties[name]?.['x-compute'] ? 'x-compute' : 'x-visibleIf'], '条件或算式循环引用')
        break
      }
      if (!passed.has(next)) open.push(...needs(next))
      passed.add(next)
    }
  }
}

function formulaFields(field: FieldSchema | undefined): string[] {
  try {
    return field?.['x-compute'] ? fieldsOfExpression(field['x-compute']) : []
  } catch {
    return []
  }
}

function checkFormula(name: string, fields: Fields, report: Report): void {
  const field = fields.properties[name]
  const text = field?.['x-compute']
  if (!field || text === undefined) return
  const place = ['properties', name, 'x-compute']
  if (field.type !== 'number' && field.type !== 'integer') report(['properties', name, 'type'], '计算字段须为数值')
  try {
    for (const path of fieldsOfExpression(text)) {
      const [first = '', second] = path.split('.')
      const other = fields.properties[first]
      if (!other) report(place, `没有字段“${first}”`)
      else if (second !== undefined && !other.items?.properties?.[second]) report(place, `“${other.title}”没有列“${second}”`)
    }
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    report(place, `第 ${error.at + 1} 个字符：${error.message}`)
  }
}

function checkField(name: string, field: FieldSchema, report: Report, inTable: boolean): void {
  const say = (part: string, message: string): void => report(['properties', name, part], message)
  const { type, format } = field
  if (format === 'note') return field.description ? undefined : say('description', '说明文字不能为空')
  if (format === 'table') {
    if (inTable) return say('format', '表格中不能再放表格')
    if (type !== 'array') return say('type', '表格字段的类型应为列表')
    return Object.keys(field.items?.properties ?? {}).length === 0 ? say('items', '表格至少有一列') : undefined
  }
  if (format === 'cascade' && type !== 'string') say('type', '级联字段的类型应为文本')
  if (format === 'cascade' && !field['x-tree'] && !field['x-dictionary']) say('x-tree', '级联字段须给出选项或字典')
  if (format === 'rating' && type !== 'integer') say('type', '评分字段的类型应为整数')
  if (format === 'point' && type !== 'object') say('type', '地图点字段的类型应为对象')
  if (type === 'object' && !['address', 'person', 'point'].includes(format ?? '')) say('format', '对象字段只能是地址、人员或地图点')
  if (type === 'array' && !field.items && !['file', 'unit', 'matter', 'user', 'area'].includes(format ?? '') && !field['x-dictionary']) say('items', '多选字段须给出选项')
  const options = choicesOf(field)?.map((one) => one.value) ?? []
  if (new Set(options).size < options.length) say(field['x-tree'] ? 'x-tree' : type === 'array' ? 'items' : field.oneOf ? 'oneOf' : 'enum', '选项重复')
  if (field.minimum !== undefined && field.maximum !== undefined && field.minimum > field.maximum) say('minimum', '最小值大于最大值')
  if (field.minLength !== undefined && field.maxLength !== undefined && field.minLength > field.maxLength) say('minLength', '最短长度大于最大长度')
  if (field.minItems !== undefined && field.maxItems !== undefined && field.minItems > field.maxItems) say('minItems', '最少项数大于最多项数')
  if (field.default !== undefined && options.length > 0 && [field.default].flat().some((one) => !options.includes(String(one)))) say('default', '默认值不在选项中')
}

function checkFields(fields: Fields, report: Report, inTable = false): void {
  checkNames(fields, report)
  for (const [name, field] of Object.entries(fields.properties)) {
    checkField(name, field, report, inTable)
    checkRule(name, 'x-visibleIf', fields, report)
    checkRule(name, 'x-requiredIf', fields, report)
    checkFormula(name, fields, report)
    const columns: ItemSchema | undefined = field.format === 'table' ? field.items : undefined
    if (columns?.properties) checkFields({ properties: columns.properties, required: columns.required, 'x-order': columns['x-order'] }, (path, message) => report(['properties', name, 'items', ...path], message), true)
  }
  checkCircles(fields, report)
}

export const formSchema = z
  .object({
    type: z.literal('object'),
    properties: z.record(key, fieldSchema),
    required: z.array(z.string()).max(200).optional(),
    'x-order': z.array(z.string()).max(200).optional(),
    'x-groups': z.array(z.object({ title: z.string().max(60), fields: z.array(z.string()).max(200) }).strict()).max(50).optional(),
  })
  .strict()
  .superRefine((form, context) => {
    const report: Report = (path, message) => context.addIssue({ code: 'custom', path, message })
    const names = Object.keys(form.properties)
    if (names.length === 0 || names.length > 200) report(['properties'], '字段数应为 1 至 200')
    const grouped = new Set<string>()
    for (const [at, group] of (form['x-groups'] ?? []).entries()) {
      for (const [index, name] of group.fields.entries()) {
        if (!names.includes(name)) report(['x-groups', at, 'fields', index], `没有字段“${name}”`)
        else if (grouped.has(name)) report(['x-groups', at, 'fields', index], `字段“${name}”已在其他分组中`)
        grouped.add(name)
      }
    }
    checkFields(form, report)
  })

/** The definition with its order written down and its fields in that order: stored objects keep none of their own. */
export function inOrder(form: FormSchema): FormSchema {
  const order = form['x-order'] ? orderOf(form) : sectionsOf(form).flatMap((section) => section.fields)
  const properties = Object.fromEntries(order.flatMap((name) => {
    const field = form.properties[name]
    if (!field) return []
    const columns = field.items?.properties
    if (!columns || !field.items) return [[name, field]]
    const own = orderOf({ properties: columns, ...(field.items['x-order'] ? { 'x-order': field.items['x-order'] } : {}) })
    return [[name, { ...field, items: { ...field.items, properties: Object.fromEntries(own.flatMap((column) => (columns[column] ? [[column, columns[column]]] : []))), 'x-order': own } }]]
  }))
  return { ...form, properties, 'x-order': order }
}

/** A field of a form as lists, filters and exports use it. */
export type FormField = { key: string; title: string; type: FieldSchema['type']; format: string | null; required: boolean; choices: { value: string; label: string }[] | null }

export function fieldsOf(form: FormSchema): FormField[] {
  return orderOf(form).flatMap((name) => {
    const field = form.properties[name]
    if (!field || field.format === 'note') return []
    return [{ key: name, title: field.title, type: field.type, format: field.format ?? null, required: form.required?.includes(name) ?? false, choices: choicesOf(field) }]
  })
}
