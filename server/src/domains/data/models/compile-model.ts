// A checked definition as SQL over its base: fields by their registry, conditions by the kind of their field, values always as parameters.
import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import { can, permissionName } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import { addDays, DAY, parseIso, plus, startOfDay, toIso } from '../../../kernel/time/index.ts'
import { nodesUnder } from '../../matters/index.ts'
import { hasWords, leavesOf, parseConditions, type ConditionLeaf, type ConditionOperator, type ConditionTree } from '../../orders/index.ts'
import { areaPrefix } from '../../platform/index.ts'
import { dataFail } from '../data.errors.ts'
import type { Range } from '../facts.ts'
import { bases, opsOf, type Base, type ModelField } from './model-bases.ts'
import { isList, measuresOf, type Control, type ModelDefinition } from './model.ts'
import { modelWords as w } from './models.zh-CN.ts'

const refuse = (path: string, message: string): Error => dataFail('modelFault', { params: { fault: message }, fields: [{ path, message }] })

/** @throws kernel.forbidden without the right to what the base counts, data.modelFault for a base that does not exist */
export function baseOf(ctx: Ctx, key: string): Base {
  const base = bases.get(key)
  if (!base) throw refuse('base', w.noBase)
  if (!can(ctx, base.needs)) throw kernelErrors('forbidden', { rule: base.needs, params: { permission: permissionName(base.needs) } })
  return base
}

/** @throws data.fieldAbove for a field above the reader's right */
export function fieldOf(ctx: Ctx, base: Base, key: string, path: string): ModelField {
  const field = base.fields.get(key)
  if (!field) throw refuse(path, w.unknownField(key))
  if (field.needs && !can(ctx, field.needs)) throw dataFail('fieldAbove', { rule: field.needs, params: { field: field.label, permission: permissionName(field.needs) } })
  return field
}

const fits: Record<Control['kind'], readonly ModelField['kind'][]> = { text: ['text', 'words'], number: ['number'], dateRange: ['instant'], select: ['choice', 'boolean'], multiSelect: ['choice'], tree: ['area', 'unit', 'matter', 'category'] }

/** Every name exists, is within the reader's rights and stands where it can: what cannot run is never kept. */
export function checkModel(ctx: Ctx, d: ModelDefinition): { base: Base; tree: ConditionTree } {
  const base = baseOf(ctx, d.base)
  const tree = parseConditions(d.where)
  for (const leaf of leavesOf(tree)) condition(fieldOf(ctx, base, leaf.field, 'where'), leaf.op, 'where')
  const shown = (key: string, path: string): ModelField => {
    const field = fieldOf(ctx, base, key, path)
    if (field.only === 'where') throw refuse(path, w.notShown(field.label))
    return field
  }
  for (const [path, keys] of [['fields', d.fields], ['groups', d.groups], ['controls', d.controls.map((c) => c.field)]] as const) {
    const twice = keys.find((key, i) => keys.indexOf(key) !== i)
    if (twice !== undefined) throw refuse(path, w.twice(base.fields.get(twice)?.label ?? twice))
  }
  d.fields.forEach((key, i) => shown(key, `fields.${i}`))
  d.groups.forEach((key, i) => { if (shown(key, `groups.${i}`).kind === 'instant') throw refuse(`groups.${i}`, w.notGroup(base.fields.get(key)?.label ?? key)) })
  for (const key of Object.keys(d.names)) fieldOf(ctx, base, key, `names.${key}`)
  measuresOf(d).forEach(({ how, field: key }, i) => {
    if (how === 'count' || how === 'orders') return
    if (key === undefined) throw refuse(`measures.${i}`, w.noMeasure)
    const field = shown(key, `measures.${i}`)
    if (field.kind !== 'number') throw refuse(`measures.${i}`, w.notNumber(field.label))
  })
  d.controls.forEach((c, i) => {
    const field = fieldOf(ctx, base, c.field, `controls.${i}`)
    if (field.only === 'shown') throw refuse(`controls.${i}`, w.notCondition(field.label))
    if (!fits[c.kind].includes(field.kind)) throw refuse(`controls.${i}`, w.notControl(field.label))
  })
  if (isList(d) && d.fields.length === 0) throw refuse('fields', w.noFields)
  if (d.sort !== undefined) shown(d.sort.replace(/^-/, ''), 'sort')
  return { base, tree }
}

const isOp = (field: ModelField, op: string): op is ConditionOperator => opsOf[field.kind].some((one) => one === op)
function condition(field: ModelField, op: string, path: string): ConditionOperator {
  if (field.only === 'shown' && op !== 'empty' && op !== 'filled') throw refuse(path, w.notCondition(field.label))
  if (!isOp(field, op)) throw refuse(path, w.notOp(field.label))
  return op
}

export type Where = { base: Base; range: Range; timeZone: string }
const texts = z.array(z.string().min(1).max(80)).min(1).max(200)
const listed = (value: unknown): string[] => texts.parse(Array.isArray(value) ? value : [value])
const ids = (value: unknown): string[] => z.array(z.uuid()).parse(listed(value))
const number = (value: unknown): number => z.number().min(-1e12).max(1e12).parse(value)
const word = (value: unknown): string => z.string().trim().min(1).max(100).parse(value)
const DAY_ONLY = /^\d{4}-\d{2}-\d{2}$/

/** The names of parts that these fields are read from. */
export const partsOf = (ctx: Ctx, base: Base, keys: readonly string[]): RawBuilder<unknown>[] => [...new Set(keys.flatMap((key) => base.fields.get(key)?.part ?? []))].flatMap((part) => base.parts[part]?.(ctx) ?? [])

export async function compileTree(ctx: Ctx, at: Where, tree: ConditionTree): Promise<RawBuilder<unknown>> {
  if ('field' in tree) return leafSql(ctx, at, tree)
  if ('not' in tree) return sql`not coalesce(${await compileTree(ctx, at, tree.not)}, false)`
  const parts = await Promise.all(('all' in tree ? tree.all : tree.any).map((child) => compileTree(ctx, at, child)))
  return parts.length === 0 ? sql`true` : sql`(${sql.join(parts, 'all' in tree ? sql` and ` : sql` or `)})`
}

/** One condition. @throws data.modelFault naming the field whose value does not fit */
export async function leafSql(ctx: Ctx, at: Where, leaf: ConditionLeaf, path = 'where'): Promise<RawBuilder<unknown>> {
  const field = fieldOf(ctx, at.base, leaf.field, path)
  const op = condition(field, leaf.op, path)
  try {
    return await valueSql(ctx, at, field, op, leaf.value)
  } catch (error) {
    if (error instanceof z.ZodError || error instanceof RangeError) throw refuse(path, w.wrongValue(field.label))
    throw error
  }
}

async function valueSql(ctx: Ctx, { base, range, timeZone }: Where, field: ModelField, op: ConditionOperator, value: unknown): Promise<RawBuilder<unknown>> {
  const v = sql`(${field.sql(range, timeZone)})`
  if (op === 'empty') return sql`(${v} is null)`
  if (op === 'filled') return sql`(${v} is not null)`
  const not = (within: RawBuilder<unknown>): RawBuilder<unknown> => (op === 'notIn' || op === 'hasNot' ? sql`not coalesce(${within}, false)` : within)
  switch (field.kind) {
    case 'boolean': return z.union([z.boolean(), z.enum(['true', 'false']).transform((t) => t === 'true')]).parse(Array.isArray(value) ? value[0] : value) ? sql`coalesce(${v}, false)` : sql`not coalesce(${v}, false)`
    case 'words': return not(await hasWords(ctx, word(value)))
    case 'text': return op === 'is' ? sql`${v} = ${word(value)}` : sql`position(lower(${word(value)}) in lower(${v})) > 0`
    case 'choice': return not(sql`${v} in (${sql.join(listed(value))})`)
    case 'area': return not(sql`(${sql.join(listed(value).map((code) => sql`${v} like ${`${areaPrefix(z.string().regex(/^\d{2,12}$/).parse(code))}%`}`), sql` or `)})`)
    case 'unit': return not(sql`${base.fact.unit} = any(${ids(value)}::uuid[])`)
    case 'matter': return not(sql`o.matter_id = any(${ids(value)}::uuid[])`)
    case 'category': return not(sql`o.category_id = any(${[...new Set((await Promise.all(ids(value).map(async (id) => [id, ...(await nodesUnder(ctx, id))]))).flat())]}::uuid[])`)
    case 'number': {
      if (op !== 'between') return op === 'is' ? sql`${v} = ${number(value)}` : op === 'gte' ? sql`${v} >= ${number(value)}` : sql`${v} <= ${number(value)}`
      return span(value, number, (from) => sql`${v} >= ${from}`, (to) => sql`${v} <= ${to}`)
    }
    case 'instant': {
      if (op === 'lastDays') return sql`${v} >= ${toIso(plus(range.now, -z.number().int().min(1).max(3660).parse(value) * DAY))}::timestamptz`
      // A day as the end is the whole of it.
      const moment = (text: unknown, end: boolean): string => { const s = z.string().max(40).parse(text); return DAY_ONLY.test(s) ? toIso(startOfDay(end ? addDays(z.iso.date().parse(s), 1) : z.iso.date().parse(s), timeZone)) : toIso(parseIso(z.iso.datetime({ offset: true }).parse(s))) }
      if (op === 'before') return sql`${v} < ${moment(value, false)}::timestamptz`
      if (op === 'after') return sql`${v} >= ${moment(value, false)}::timestamptz`
      return span(value, (x) => x, (from) => sql`${v} >= ${moment(from, false)}::timestamptz`, (to) => sql`${v} < ${moment(to, true)}::timestamptz`)
    }
  }
}

/** From and to, either of which may be open, not both. */
function span<T>(value: unknown, one: (v: unknown) => T, from: (v: T) => RawBuilder<unknown>, to: (v: T) => RawBuilder<unknown>): RawBuilder<unknown> {
  const [a, b] = z.tuple([z.unknown(), z.unknown()]).refine((p) => p.some((v) => v !== null && v !== '')).parse(value)
  return sql`(${sql.join([...(a === null || a === '' ? [] : [from(one(a))]), ...(b === null || b === '' ? [] : [to(one(b))])], sql` and `)})`
}
