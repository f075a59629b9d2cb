// The dialect of JSON Schema that forms are written in: flat fields with hints (`x-…`) for the renderer.
import { z } from 'zod'

export const fieldFormats = ['text', 'textarea', 'date', 'date-time', 'phone', 'area', 'address', 'person', 'file', 'unit', 'matter', 'user'] as const

const choice = z.object({ const: z.string().min(1).max(100), title: z.string().min(1).max(100) }).strict()
const choices = { enum: z.array(z.string().min(1).max(100)).min(1).max(500).optional(), oneOf: z.array(choice).min(1).max(500).optional() }

const visibleIf = z
  .object({ field: z.string(), equals: z.union([z.string(), z.number(), z.boolean()]).optional(), in: z.array(z.union([z.string(), z.number()])).min(1).optional(), filled: z.boolean().optional() })
  .strict()

const pattern = z.string().max(200).refine((text) => {
  try {
    return new RegExp(text, 'u').source !== ''
  } catch {
    return false
  }
}, '不是有效的正则表达式')

export const fieldSchema = z
  .object({
    type: z.enum(['string', 'number', 'integer', 'boolean', 'array', 'object']),
    title: z.string().min(1).max(60),
    description: z.string().max(300).optional(),
    format: z.enum(fieldFormats).optional(),
    ...choices,
    items: z.object({ type: z.literal('string').optional(), format: z.enum(fieldFormats).optional(), ...choices }).strict().optional(),
    minLength: z.number().int().min(0).optional(),
    maxLength: z.number().int().min(1).max(10_000).optional(),
    pattern: pattern.optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    minItems: z.number().int().min(0).optional(),
    maxItems: z.number().int().min(1).max(200).optional(),
    default: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]).optional(),
    readOnly: z.boolean().optional(),
    'x-visibleIf': visibleIf.optional(),
    'x-unit': z.string().max(20).optional(),
    'x-buttons': z.boolean().optional(),
    'x-phrases': z.array(z.string().max(200)).max(50).optional(),
    'x-half': z.boolean().optional(),
    'x-dictionary': z.string().max(60).optional(),
    'x-mask': z.enum(['none', 'partial', 'hidden']).optional(),
  })
  .strict()
export type FieldSchema = z.output<typeof fieldSchema>

export const formSchema = z
  .object({
    type: z.literal('object'),
    properties: z.record(z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/, '字段标识须以小写字母开头，只含字母和数字'), fieldSchema),
    required: z.array(z.string()).optional(),
    'x-groups': z.array(z.object({ title: z.string().max(60), fields: z.array(z.string()) }).strict()).optional(),
  })
  .strict()
  .superRefine((form, context) => {
    const names = new Set(Object.keys(form.properties))
    if (names.size === 0 || names.size > 200) context.addIssue({ code: 'custom', path: ['properties'], message: '字段数应为 1 至 200' })
    const check = (name: string, path: (string | number)[]): void => {
      if (!names.has(name)) context.addIssue({ code: 'custom', path, message: `没有字段“${name}”` })
    }
    for (const [at, name] of (form.required ?? []).entries()) check(name, ['required', at])
    for (const [at, group] of (form['x-groups'] ?? []).entries()) for (const name of group.fields) check(name, ['x-groups', at])
    for (const [name, field] of Object.entries(form.properties)) {
      const rule = field['x-visibleIf']
      if (rule) check(rule.field, ['properties', name, 'x-visibleIf', 'field'])
      if (rule?.field === name) context.addIssue({ code: 'custom', path: ['properties', name, 'x-visibleIf', 'field'], message: '不能以自身为条件' })
      if (field.type === 'array' && !field.items && field.format !== 'file') context.addIssue({ code: 'custom', path: ['properties', name, 'items'], message: '多选字段须给出选项' })
      if (field.type === 'object' && field.format !== 'address' && field.format !== 'person') context.addIssue({ code: 'custom', path: ['properties', name, 'format'], message: '对象字段只能是地址或人员' })
    }
  })
export type FormSchema = z.output<typeof formSchema>

/** A field of a form as lists, filters and exports use it. */
export type FormField = { key: string; title: string; type: FieldSchema['type']; format: string | null; required: boolean; choices: { value: string; label: string }[] | null }

export function fieldsOf(form: FormSchema): FormField[] {
  return Object.entries(form.properties).map(([key, field]) => ({
    key, title: field.title, type: field.type, format: field.format ?? null, required: form.required?.includes(key) ?? false, choices: choicesOf(field),
  }))
}

export function choicesOf(field: FieldSchema): { value: string; label: string }[] | null {
  const from = field.type === 'array' ? field.items : field
  if (from?.oneOf) return from.oneOf.map((one) => ({ value: one.const, label: one.title }))
  return from?.enum?.map((one) => ({ value: one, label: one })) ?? null
}

const isBlank = (value: unknown): boolean => value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** The renderer's rule: a field shows when the field it depends on has the value, one of the values, or any. A hidden field counts as empty. */
export function isVisible(form: FormSchema, key: string, data: Record<string, unknown>, above: readonly string[] = []): boolean {
  const rule = form.properties[key]?.['x-visibleIf']
  if (!rule || above.includes(key)) return true
  const other = isVisible(form, rule.field, data, [...above, key]) ? data[rule.field] : undefined
  if (rule.filled !== undefined) return isBlank(other) !== rule.filled
  const held: unknown[] = Array.isArray(other) ? other : [other]
  if (rule.in) return held.some((one) => rule.in?.some((wanted) => wanted === one))
  return held.includes(rule.equals)
}
