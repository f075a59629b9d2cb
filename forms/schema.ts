// The language of forms: what a definition may say. Pure; the server, the console and the portal read it alike.

export type FormValue = Record<string, unknown>

export type FieldFormat =
  | 'text' | 'password' | 'textarea' | 'date' | 'date-time' | 'phone' | 'area' | 'address' | 'person' | 'file' | 'unit' | 'matter' | 'user'
  | 'cascade' | 'point' | 'table' | 'rating' | 'note'

export type Choice = { const: string; title: string }
/** A graded choice: the value is the `const` of a leaf. */
export type TreeChoice = { const: string; title: string; children?: TreeChoice[] }

export type Scalar = string | number | boolean

/** One of the tests is given. A field that is hidden counts as empty. */
export type Condition = { field: string; equals?: Scalar; in?: Scalar[]; not?: Scalar; filled?: boolean; atLeast?: number; atMost?: number }
export type Rule = Condition | { all: Condition[] } | { any: Condition[] }

/** Items of a list: choices, references, or (in a table) the columns of a row. */
export type ItemSchema = {
  type?: 'string' | 'object'
  format?: FieldFormat
  enum?: string[]
  oneOf?: Choice[]
  properties?: Record<string, FieldSchema>
  required?: string[]
  'x-order'?: string[]
}

/** JSON Schema with hints (`x-…`) for the renderer. */
export type FieldSchema = {
  type: 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object'
  title: string
  description?: string
  format?: FieldFormat
  enum?: string[]
  oneOf?: Choice[]
  items?: ItemSchema
  minLength?: number
  maxLength?: number
  pattern?: string
  minimum?: number
  maximum?: number
  minItems?: number
  maxItems?: number
  default?: Scalar | string[]
  readOnly?: boolean
  'x-visibleIf'?: Rule
  'x-requiredIf'?: Rule
  /** Said instead of the built-in message when the value does not fit. */
  'x-message'?: string
  /** Unit shown after a number: ℃, 元. */
  'x-unit'?: string
  /** Choices as a row of buttons instead of a list; default for up to four. */
  'x-buttons'?: boolean
  /** Reusable texts offered for a text field. */
  'x-phrases'?: string[]
  /** Shares its line with the next field. */
  'x-half'?: boolean
  /** Code of a dictionary that gives the choices; the server puts them into `oneOf` or `x-tree` when it hands out the form. */
  'x-dictionary'?: string
  'x-tree'?: TreeChoice[]
  /** Value computed from other fields, never typed: `sum(rows.amount) * 0.1`. */
  'x-compute'?: string
  'x-mask'?: 'none' | 'partial' | 'hidden'
}

export type FormSchema = {
  type: 'object'
  properties: Record<string, FieldSchema>
  required?: string[]
  /** Every field once, in the order in which it is shown: JSON objects keep none. */
  'x-order'?: string[]
  /** Headings over fields; fields in none come first. */
  'x-groups'?: { title: string; fields: string[] }[]
}

type Ordered = Pick<FormSchema, 'properties' | 'required' | 'x-order' | 'x-groups'>

/** Names in the order of the definition; names the order does not know follow as they come. */
export function orderOf(schema: Ordered): string[] {
  const names = Object.keys(schema.properties)
  const order = (schema['x-order'] ?? []).filter((name) => name in schema.properties)
  return [...new Set([...order, ...names])]
}

/** The sections of a form as they are shown; ungrouped fields first, without a heading. */
export function sectionsOf(schema: Ordered): { title: string; fields: string[] }[] {
  const groups = schema['x-groups'] ?? []
  const grouped = new Set(groups.flatMap((group) => group.fields))
  const place = new Map(orderOf(schema).map((name, at) => [name, at]))
  // Without an order of its own the definition's groups are the order.
  const sorted = (fields: readonly string[]): string[] => {
    const known = fields.filter((name) => place.has(name))
    return schema['x-order'] ? [...known].sort((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0)) : known
  }
  return [{ title: '', fields: sorted([...place.keys()].filter((name) => !grouped.has(name))) }, ...groups.map((group) => ({ title: group.title, fields: sorted(group.fields) }))]
}

export function isBlank(value: unknown): boolean {
  if (value === undefined || value === null) return true
  if (typeof value === 'string') return value.trim() === ''
  if (Array.isArray(value)) return value.length === 0
  if (typeof value === 'object') return Object.values(value).every(isBlank)
  return false
}

/** Choices of a field with words, whichever way the definition gives them; graded ones by their leaves, with the way there. */
export function choicesOf(field: FieldSchema): { value: string; label: string }[] | null {
  if (field['x-tree']) return leavesOf(field['x-tree'])
  const from = field.type === 'array' ? field.items : field
  if (from?.oneOf) return from.oneOf.map((one) => ({ value: one.const, label: one.title }))
  return from?.enum?.map((one) => ({ value: one, label: one })) ?? null
}

function leavesOf(nodes: readonly TreeChoice[], above = ''): { value: string; label: string }[] {
  return nodes.flatMap((node) => {
    const label = above ? `${above} / ${node.title}` : node.title
    return node.children?.length ? leavesOf(node.children, label) : [{ value: node.const, label }]
  })
}

/** Short, related fields share a line. */
export function linesOf(schema: Pick<FormSchema, 'properties'>, names: readonly string[]): string[][] {
  const lines: string[][] = []
  for (const name of names) {
    const last = lines.at(-1)
    const open = last && last.length < 2 && schema.properties[last[0] ?? '']?.['x-half'] && schema.properties[name]?.['x-half']
    if (last && open) last.push(name)
    else lines.push([name])
  }
  return lines
}

/** The columns of a table field as a small form of one row. */
export const rowSchema = (field: FieldSchema): FormSchema => ({
  type: 'object', properties: field.items?.properties ?? {}, ...(field.items?.required ? { required: field.items.required } : {}), ...(field.items?.['x-order'] ? { 'x-order': field.items['x-order'] } : {}),
})
