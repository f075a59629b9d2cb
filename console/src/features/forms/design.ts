// A form as the designer holds it, and every change of it. Pure: canvas, keys and properties use the same functions.
import { choicesOf, conditionsOf, orderOf, sectionsOf } from '../../ui/form-rules.ts'
import type { Condition, FieldSchema, FormSchema, Rule, TreeChoice } from '../../ui/form-rules.ts'
import { t } from './texts.zh-CN.ts'

export const kinds = ['text', 'textarea', 'number', 'integer', 'date', 'date-time', 'choice', 'multiple', 'boolean', 'cascade', 'rating', 'phone', 'person', 'area', 'address', 'point', 'unit', 'matter', 'user', 'file', 'table', 'computed', 'note'] as const
export type FieldKind = (typeof kinds)[number]

const made: Record<FieldKind, Omit<FieldSchema, 'title'>> = {
  text: { type: 'string' }, textarea: { type: 'string', format: 'textarea' }, number: { type: 'number' }, integer: { type: 'integer' }, date: { type: 'string', format: 'date' }, 'date-time': { type: 'string', format: 'date-time' },
  choice: { type: 'string', enum: [t('sampleOption', { n: 1 }), t('sampleOption', { n: 2 })] }, multiple: { type: 'array', items: { enum: [t('sampleOption', { n: 1 }), t('sampleOption', { n: 2 })] } }, boolean: { type: 'boolean' },
  cascade: { type: 'string', format: 'cascade', 'x-tree': [{ const: '1', title: t('sampleOption', { n: 1 }), children: [{ const: '1-1', title: t('sampleOption', { n: '1-1' }) }] }] }, rating: { type: 'integer', format: 'rating', maximum: 5 },
  phone: { type: 'string', format: 'phone' }, person: { type: 'object', format: 'person' }, area: { type: 'string', format: 'area' }, address: { type: 'object', format: 'address' }, point: { type: 'object', format: 'point' },
  unit: { type: 'string', format: 'unit' }, matter: { type: 'string', format: 'matter' }, user: { type: 'string', format: 'user' }, file: { type: 'array', format: 'file', maxItems: 5 },
  table: { type: 'array', format: 'table', items: { type: 'object', properties: { column1: { type: 'string', title: t('sampleColumn', { n: 1 }) } }, 'x-order': ['column1'] } },
  computed: { type: 'number', readOnly: true, 'x-compute': '0' }, note: { type: 'string', format: 'note', description: t('sampleNote') },
}

const isKind = (name: string | undefined): name is FieldKind => kinds.some((kind) => kind === name)

export function kindOf(field: FieldSchema): FieldKind {
  if (field['x-compute'] !== undefined) return 'computed'
  const format = field.format ?? (field.items?.format === 'file' ? 'file' : undefined)
  if (isKind(format)) return format
  if (field.type === 'array') return 'multiple'
  if (choicesOf(field) || field['x-dictionary']) return 'choice'
  return field.type === 'number' || field.type === 'integer' || field.type === 'boolean' ? field.type : 'text'
}

export const kindName = (kind: FieldKind): string => t(`type_${kind}`)

/** A field of another kind keeps its words and conditions, not its bounds. */
export function retyped(field: FieldSchema, kind: FieldKind): FieldSchema {
  const kept: FieldSchema = { ...structuredClone(made[kind]), title: field.title }
  if (field.description) kept.description = field.description
  for (const hint of ['x-visibleIf', 'x-requiredIf', 'x-half'] as const) if (field[hint] !== undefined) Object.assign(kept, { [hint]: field[hint] })
  return kept
}

/** With every list the definition may hold, so that changes need not ask. */
export type Design = FormSchema & { required: string[]; 'x-order': string[]; 'x-groups': { title: string; fields: string[] }[] }

export const designOf = (schema: FormSchema): Design => ({ ...schema, required: schema.required ?? [], 'x-order': sectionsOf(schema).flatMap((section) => section.fields), 'x-groups': schema['x-groups'] ?? [] })

/** What is stored: empty lists left out. */
export function schemaOf(design: Design): FormSchema {
  const { required, 'x-groups': groups, ...rest } = design
  const filled = groups.filter((group) => group.fields.length > 0)
  return { ...rest, 'x-order': sectionsOf(design).flatMap((section) => section.fields), ...(required.length ? { required } : {}), ...(filled.length ? { 'x-groups': filled } : {}) }
}

export const groupOf = (design: Design, name: string): number => design['x-groups'].findIndex((group) => group.fields.includes(name))

const freeName = (design: Design, base: string): string => {
  for (let n = Object.keys(design.properties).length + 1; ; n++) if (!(`${base}${n}` in design.properties)) return `${base}${n}`
}

/** A new field before the one named, or at the end of a group (-1: outside all). */
export function addField(design: Design, kind: FieldKind, place: { before?: string | undefined; group: number }): { design: Design; name: string } {
  const name = freeName(design, 'field')
  const properties = { ...design.properties, [name]: { ...structuredClone(made[kind]), title: kindName(kind) } }
  return { design: placed({ ...design, properties, 'x-order': [...design['x-order'], name] }, name, place), name }
}

/** Puts a field before another one, or at the end of a group. */
export function placed(design: Design, name: string, place: { before?: string | undefined; group: number }): Design {
  const group = place.before === undefined ? place.group : groupOf(design, place.before)
  const order = design['x-order'].filter((one) => one !== name)
  const mates = group < 0 ? order.filter((one) => groupOf(design, one) < 0) : order.filter((one) => design['x-groups'][group]?.fields.includes(one))
  const last = mates.at(-1)
  const at = place.before !== undefined && place.before !== name ? order.indexOf(place.before) : last === undefined ? order.length : order.indexOf(last) + 1
  order.splice(at, 0, name)
  const groups = design['x-groups'].map((one, index) => {
    const fields = one.fields.filter((field) => field !== name)
    return { ...one, fields: index === group ? order.filter((field) => fields.includes(field) || field === name) : fields }
  })
  return { ...design, 'x-order': order, 'x-groups': groups }
}

/** One place up or down; at the edge of its group into the next one. */
export function moved(design: Design, name: string, by: -1 | 1): Design {
  const sections = sectionsOf(design).map((section) => section.fields)
  const section = sections.findIndex((fields) => fields.includes(name))
  const fields = sections[section] ?? []
  const at = fields.indexOf(name)
  const next = fields[at + by]
  if (next !== undefined) return by < 0 ? placed(design, name, { before: next, group: section - 1 }) : placed(design, name, { before: fields[at + 2], group: section - 1 })
  const beside = section + by
  const target = sections[beside]
  if (!target) return design
  return placed(design, name, { before: by < 0 ? undefined : target[0], group: beside - 1 })
}

const withoutRule = (rule: Rule, name: string): Rule | undefined => {
  const left = conditionsOf(rule).filter((one) => one.field !== name)
  return left.length === 0 ? undefined : 'any' in rule ? { any: left } : { all: left }
}

/** Without a field, and without the conditions that named it. */
export function removed(design: Design, name: string): Design {
  const { [name]: _gone, ...rest } = design.properties
  const properties = Object.fromEntries(Object.entries(rest).map(([key, field]) => [key, withRules(field, (rule) => (conditionsOf(rule).some((one) => one.field === name) ? withoutRule(rule, name) : rule))]))
  return { ...design, properties, required: design.required.filter((one) => one !== name), 'x-order': design['x-order'].filter((one) => one !== name), 'x-groups': design['x-groups'].map((group) => ({ ...group, fields: group.fields.filter((one) => one !== name) })) }
}

function withRules(field: FieldSchema, change: (rule: Rule) => Rule | undefined): FieldSchema {
  const next = { ...field }
  for (const which of ['x-visibleIf', 'x-requiredIf'] as const) {
    const rule = field[which]
    if (!rule) continue
    const kept = change(rule)
    if (kept) next[which] = kept
    else delete next[which]
  }
  return next
}

/** Another key for a field, followed by everything that names it. */
export function renamed(design: Design, from: string, to: string): Design {
  if (from === to || to in design.properties) return design
  const swap = (name: string): string => (name === from ? to : name)
  const swapRule = (rule: Rule): Rule => {
    const one = (condition: Condition): Condition => ({ ...condition, field: swap(condition.field) })
    return 'all' in rule ? { all: rule.all.map(one) } : 'any' in rule ? { any: rule.any.map(one) } : one(rule)
  }
  const formula = new RegExp(`\\b${from}\\b(?!\\s*\\()`, 'g')
  const properties = Object.fromEntries(Object.entries(design.properties).map(([key, field]) => {
    const next = withRules(field, swapRule)
    return [swap(key), next['x-compute'] === undefined ? next : { ...next, 'x-compute': next['x-compute'].replace(formula, to) }]
  }))
  return { ...design, properties, required: design.required.map(swap), 'x-order': design['x-order'].map(swap), 'x-groups': design['x-groups'].map((group) => ({ ...group, fields: group.fields.map(swap) })) }
}

/** Changes of one field; undefined takes a property away. */
export function changed(design: Design, name: string, change: Partial<FieldSchema>): Design {
  const field = design.properties[name]
  if (!field) return design
  const next = Object.fromEntries(Object.entries({ ...field, ...change }).filter(([, value]) => value !== undefined)) as FieldSchema // type and title are never taken away
  return { ...design, properties: { ...design.properties, [name]: next } }
}

export const replaced = (design: Design, name: string, field: FieldSchema): Design => ({ ...design, properties: { ...design.properties, [name]: field } })
export const needed = (design: Design, name: string, required: boolean): Design => ({ ...design, required: required ? [...new Set([...design.required, name])] : design.required.filter((one) => one !== name) })
export const addGroup = (design: Design, title: string): Design => ({ ...design, 'x-groups': [...design['x-groups'], { title, fields: [] }] })
export const titledGroup = (design: Design, at: number, title: string): Design => ({ ...design, 'x-groups': design['x-groups'].map((group, index) => (index === at ? { ...group, title } : group)) })
export const withoutGroup = (design: Design, at: number): Design => ({ ...design, 'x-groups': design['x-groups'].filter((_, index) => index !== at) })

/** Choices as lines of text: `code 名称`, or the name alone. */
export const optionLines = (field: FieldSchema): string => ((field.type === 'array' ? field.items : field)?.oneOf?.map((one) => (one.const === one.title ? one.title : `${one.const} ${one.title}`)) ?? choicesOf(field)?.map((one) => one.label) ?? []).join('\n')

export function withOptions(field: FieldSchema, lines: string): Partial<FieldSchema> {
  const options = lines.split('\n').map((line) => line.trim()).filter(Boolean)
  const coded = options.map((line) => /^([A-Za-z0-9._-]+)\s+(.+)$/.exec(line))
  const list = coded.some(Boolean) ? { oneOf: options.map((line, at) => ({ const: coded[at]?.[1] ?? line, title: coded[at]?.[2] ?? line })) } : { enum: options }
  return field.type === 'array' ? { items: list } : { oneOf: undefined, enum: undefined, ...list }
}

/** A graded choice as text: two spaces a level. */
export const treeLines = (nodes: readonly TreeChoice[], depth = 0): string => nodes.map((node) => `${'  '.repeat(depth)}${node.const} ${node.title}${node.children?.length ? `\n${treeLines(node.children, depth + 1)}` : ''}`).join('\n')

export function treeOf(lines: string): TreeChoice[] {
  const roots: TreeChoice[] = []
  const above: TreeChoice[] = []
  for (const line of lines.split('\n').filter((one) => one.trim() !== '')) {
    const depth = Math.min(above.length, Math.floor((/^\s*/.exec(line)?.[0].length ?? 0) / 2))
    const [, code = line.trim(), title = line.trim()] = /^\s*(\S+)\s+(.+)$/.exec(line) ?? []
    const node: TreeChoice = { const: code, title }
    const parent = above[depth - 1]
    if (parent) parent.children = [...(parent.children ?? []), node]
    else roots.push(node)
    above.length = depth
    above.push(node)
  }
  return roots
}

const valueWords = (schema: FormSchema, name: string, value: unknown): string => choicesOf(schema.properties[name] ?? { type: 'string', title: '' })?.find((one) => one.value === value)?.label ?? (value === true ? t('yes') : value === false ? t('no') : String(value))

/** `种类 为 乙 且 数量 不小于 2`. */
export function ruleWords(schema: FormSchema, rule: Rule | undefined): string {
  if (!rule) return ''
  return conditionsOf(rule).map((one) => {
    const field = schema.properties[one.field]?.title ?? one.field
    if (one.filled !== undefined) return one.filled ? t('whenFilled', { field }) : t('whenEmpty', { field })
    if (one.in) return t('whenIn', { field, value: one.in.map((value) => valueWords(schema, one.field, value)).join('、') })
    if (one.not !== undefined) return t('whenNot', { field, value: valueWords(schema, one.field, one.not) })
    if (one.atLeast !== undefined) return t('whenAtLeast', { field, value: one.atLeast })
    if (one.atMost !== undefined) return t('whenAtMost', { field, value: one.atMost })
    return t('whenEquals', { field, value: valueWords(schema, one.field, one.equals) })
  }).join('any' in rule ? t('or') : t('and'))
}

/** Place of a mistake in words: `properties.a.x-compute` → 字段“甲”的算式. */
export function placeWords(schema: FormSchema, path: string): { field: string | null; words: string } {
  const parts = path.replace(/^schema\./, '').split('.')
  const name = parts[0] === 'properties' ? (parts[1] ?? null) : parts[0] === 'x-groups' ? null : null
  const field = name ? schema.properties[name] : undefined
  return { field: field ? name : null, words: field ? t('placeField', { field: field.title }) : t('placeForm') }
}

export const fieldNames = orderOf
