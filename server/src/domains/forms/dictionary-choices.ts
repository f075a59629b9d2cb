// Choices that come from a dictionary are put into the form when it is handed out: a form says which, the dictionary says what.
import type { TreeChoice } from '../../../../forms/index.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { dictionaryItems, type DictionaryItem } from '../platform/index.ts'
import type { FieldSchema, FormSchema } from './form-schema.ts'

/** `offered` for new values, `all` for the words of old ones. A dictionary that is gone leaves the field without choices. */
export async function withDictionaries(ctx: Ctx, form: FormSchema, which: 'offered' | 'all'): Promise<FormSchema> {
  const codes = new Set(dictionariesOf(form).map((one) => one.code))
  if (codes.size === 0) return form
  const known = new Map<string, DictionaryItem[]>()
  for (const code of codes) known.set(code, (await itemsOf(ctx, code))?.filter((item) => which === 'all' || item.offered) ?? [])
  const fill = (field: FieldSchema): FieldSchema => {
    const columns = field.items?.properties
    const filled = columns ? { ...field, items: { ...field.items, properties: mapped(columns, fill) } } : field
    const items = known.get(field['x-dictionary'] ?? '')
    if (!items || items.length === 0) return filled
    if (field.format === 'cascade') return { ...filled, 'x-tree': treeOf(items, null) }
    const oneOf = items.map((item) => ({ const: item.code, title: item.label }))
    return field.type === 'array' ? { ...filled, items: { oneOf } } : { ...filled, oneOf }
  }
  return { ...form, properties: mapped(form.properties, fill) }
}

/** Dictionaries a form names, with the place of each. */
export function dictionariesOf(form: Pick<FormSchema, 'properties'>, at: string[] = ['schema', 'properties']): { code: string; path: string }[] {
  return Object.entries(form.properties).flatMap(([name, field]) => [
    ...(field['x-dictionary'] ? [{ code: field['x-dictionary'], path: [...at, name, 'x-dictionary'].join('.') }] : []),
    ...(field.items?.properties ? dictionariesOf({ properties: field.items.properties }, [...at, name, 'items', 'properties']) : []),
  ])
}

/** Null where there is no such dictionary. */
export async function itemsOf(ctx: Ctx, code: string): Promise<DictionaryItem[] | null> {
  try {
    return (await dictionaryItems(ctx, code)).items
  } catch (error) {
    if (error instanceof AppError && error.status === 404) return null
    throw error
  }
}

const mapped = (fields: Record<string, FieldSchema>, change: (field: FieldSchema) => FieldSchema): Record<string, FieldSchema> => Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, change(field)]))

function treeOf(items: readonly DictionaryItem[], parent: string | null): TreeChoice[] {
  const codes = new Set(items.map((item) => item.code))
  return items.filter((item) => (item.parentCode !== null && codes.has(item.parentCode) ? item.parentCode : null) === parent).map((item) => {
    const children = treeOf(items, item.code)
    return { const: item.code, title: item.label, ...(children.length > 0 ? { children } : {}) }
  })
}
