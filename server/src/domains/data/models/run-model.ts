// One run of a model under the reader's scope: a page of its rows, or its groups with the total from the same statement.
import { expressionBuilder, sql, type RawBuilder } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { formatFull, instant, localDate } from '../../../kernel/time/index.ts'
import { visible, leavesOf } from '../../orders/index.ts'
import { setting, tenantById } from '../../platform/index.ts'
import { dataFail } from '../data.errors.ts'
import { queryRows, querySeconds } from '../settings.ts'
import { checkModel, compileTree, fieldOf, leafSql, partsOf, type Where } from './compile-model.ts'
import type { ModelField } from './model-bases.ts'
import type * as contract from './model-contract.ts'
import { answered, conditionOf, isList, measuresOf, type Measure, type ModelDefinition } from './model.ts'
import { modelWords as w } from './models.zh-CN.ts'

type Ask = Pick<Input<typeof contract.modelFileRoute>, 'definition' | 'values' | 'keys'>
export type Result = Output<typeof contract.runModelRoute>
const MOST_GROUPS = 2000
const DEEPEST = 10_000

/** @throws data.controlEmpty with each control's own message, data.tooSlow beyond the setting, and what checkModel refuses */
export async function runModel(ctx: Ctx, input: Ask & { offset?: number; limit?: number }): Promise<Result> {
  authorize(ctx, 'data.read')
  const d = input.definition
  const { base, tree } = checkModel(ctx, d)
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const { asked, missing } = answered(d.controls, input.values, localDate(ctx.clock.now(), timeZone))
  if (missing.length > 0) throw dataFail('controlEmpty', { fields: missing.map((c) => ({ path: `values.${c.field}`, message: c.message || w.noValue(c.name || d.names[c.field] || base.fields.get(c.field)?.label || c.field) })) })
  const now = ctx.clock.now()
  const at: Where = { base, timeZone, range: { from: now, before: now, now } }
  const ofKeys = input.keys.map(({ field, key }) => {
    const value = fieldOf(ctx, base, field, 'keys').sql(at.range, timeZone)
    return key === null ? sql`(${value}) is null` : sql`(${value})::text = ${key}`
  })
  const where = [
    ...(base.fact.own ? [base.fact.own.scope(ctx, false)] : [sql`o.tenant_id = ${ctx.tenantId}`, visible(ctx, expressionBuilder() as never)]),
    await compileTree(ctx, at, tree), ...(await Promise.all(asked.map((a) => leafSql(ctx, at, conditionOf(a), `values.${a.control.field}`)))), ...ofKeys,
  ]
  const named = [...leavesOf(tree).map((l) => l.field), ...asked.map((a) => a.control.field), ...input.keys.map((k) => k.field), ...(isList(d) ? [...d.fields, ...(d.sort ? [d.sort.replace(/^-/, '')] : [])] : [...d.groups, ...measuresOf(d).flatMap((m) => m.field ?? [])])]
  const source = sql`from ${base.from} ${sql.join(partsOf(ctx, base, named), sql` `)} where ${sql.join(where, sql` and `)}`
  await sql`set local statement_timeout = ${sql.lit(`${await setting(ctx, querySeconds)}s`)}`.execute(ctx.acrossTenants('a setting of this transaction'))
  try {
    return isList(d) ? await listed(ctx, at, d, source, { offset: input.offset ?? 0, limit: input.limit ?? 50 }) : await grouped(ctx, at, d, source)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === TIMED_OUT) throw dataFail('tooSlow', { params: { seconds: await setting(ctx, querySeconds).catch(() => '') } })
    throw error
  }
}
const TIMED_OUT = '57014'

type Line = Record<string, unknown>
const execute = async (ctx: Ctx, text: RawBuilder<unknown>): Promise<Line[]> => (await sql<Line>`${text}`.execute(ctx.acrossTenants('rows are held to the tenant by the scope'))).rows
const labelOf = (d: ModelDefinition, f: ModelField): string => d.names[f.key] ?? f.label
const shownField = (at: Where, key: string): ModelField => at.base.fields.get(key) as ModelField // checked by checkModel

/** A column's values as they are read on the page and in every file. */
async function shownValues(ctx: Ctx, at: Where, field: ModelField, values: readonly unknown[]): Promise<(string | null)[]> {
  const names = field.names ? await field.names(ctx, [...new Set(values.flatMap((v) => (typeof v === 'string' ? [v] : [])))]) : null
  return values.map((v) => {
    if (v === null || v === undefined) return null
    if (field.kind === 'boolean') return v === true || v === 'true' ? w.yes : w.no
    if (field.kind === 'instant') return formatFull(instant(Number(v)), at.timeZone).replace(/ \(.*\)$/, '')
    return names?.get(String(v)) ?? field.choices?.[String(v)] ?? String(v)
  })
}

async function listed(ctx: Ctx, at: Where, d: ModelDefinition, source: RawBuilder<unknown>, { offset, limit }: { offset: number; limit: number }): Promise<Result> {
  const fields = d.fields.map((key) => shownField(at, key))
  const most = await setting(ctx, queryRows)
  const { fact, object } = at.base
  const sort = d.sort ? shownField(at, d.sort.replace(/^-/, '')).sql(at.range, at.timeZone) : null
  const cells = fields.map((f, i) => sql`(${f.kind === 'instant' ? sql`(extract(epoch from ${f.sql(at.range, at.timeZone)}) * 1000)::bigint` : f.sql(at.range, at.timeZone)})::text as ${sql.ref(`c${i}`)}`)
  const order = sort ? sql`${sort} ${d.sort?.startsWith('-') ? sql`desc` : sql`asc`} nulls last, ${fact.id} desc` : sql`${fact.id} desc`
  const counted = await execute(ctx, sql`select count(*)::int as n from (select 1 ${source} limit ${most + 1}) as bounded`)
  const lines = await execute(ctx, sql`select ${fact.id}::text as id, ${object === 'order' ? sql.ref('o.number') : sql`null::text`} as number, ${sql.join(cells)} ${source} order by ${order} limit ${limit + 1} offset ${offset}`)
  const page = lines.slice(0, limit)
  const columns = await Promise.all(fields.map((f, i) => shownValues(ctx, at, f, page.map((line) => line[`c${i}`]))))
  const n = Number(counted[0]?.['n'] ?? 0)
  return {
    asOf: ctx.clock.now(), object, total: null, count: Math.min(n, most), more: n > most, next: lines.length > limit && offset + limit <= DEEPEST ? offset + limit : null,
    columns: fields.map((f) => ({ key: f.key, label: labelOf(d, f), end: f.kind === 'number' })),
    rows: page.map((line, r) => ({ id: String(line['id']), orderNumber: typeof line['number'] === 'string' ? line['number'] : null, keys: [], cells: columns.map((c) => c[r] ?? null) })),
  }
}

/** Over the inner rows, whose measured numbers are m0, m1 …: a parameter named twice would be two expressions to `group by`. */
const measureSql = ({ how, field }: Measure, i: number): RawBuilder<unknown> => {
  if (how === 'orders') return sql`count(distinct f.order_id)`
  if (field === undefined || how === 'count') return sql`count(*)`
  const v = sql.ref(`f.m${i}`)
  return how === 'sum' ? sql`sum(${v})` : how === 'avg' ? sql`round(avg(${v}), 2)` : how === 'min' ? sql`min(${v})` : sql`max(${v})`
}

async function grouped(ctx: Ctx, at: Where, d: ModelDefinition, source: RawBuilder<unknown>): Promise<Result> {
  const groups = d.groups.map((key) => shownField(at, key))
  const measures = measuresOf(d)
  const inner = [
    sql`${at.base.fact.orderId} as order_id`, ...groups.map((f, i) => sql`(${f.sql(at.range, at.timeZone)})::text as ${sql.ref(`k${i}`)}`),
    ...measures.flatMap((m, i) => (m.field === undefined || m.how === 'count' || m.how === 'orders' ? [] : [sql`(${shownField(at, m.field).sql(at.range, at.timeZone)})::numeric as ${sql.ref(`m${i}`)}`])),
  ]
  const keys = groups.map((_, i) => sql.ref(`f.k${i}`))
  const values = measures.map((m, i) => sql`${measureSql(m, i)} as ${sql.ref(`v${i}`)}`)
  const heads = [...keys.map((k, i) => sql`${k} as ${sql.ref(`k${i}`)}`), groups.length === 0 ? sql`true as total` : sql`grouping(${sql.join(keys)}) > 0 as total`]
  const order = sql.join([sql`total desc`, ...(groups[0]?.sorted ? [] : [sql`v0 desc nulls last`]), ...groups.map((_, i) => sql`${sql.ref(`k${i}`)} nulls last`)])
  const lines = await execute(ctx, sql`select * from (select ${sql.join([...heads, ...values])} from (select ${sql.join(inner)} ${source}) f ${groups.length === 0 ? sql`` : sql`group by grouping sets ((${sql.join(keys)}), ())`}) g order by ${order} limit ${MOST_GROUPS + 2}`)
  const [total, ...found] = lines
  const page = found.slice(0, MOST_GROUPS)
  const names = await Promise.all(groups.map((f, i) => shownValues(ctx, at, f, page.map((line) => line[`k${i}`]))))
  const held = (line: Line | undefined): (string | null)[] => measures.map((_, i) => { const v = line?.[`v${i}`]; return v === null || v === undefined ? null : trimmed(String(v)) })
  return {
    asOf: ctx.clock.now(), object: at.base.object, count: page.length, more: found.length > MOST_GROUPS, next: null, total: held(total),
    columns: [...groups.map((f) => ({ key: f.key, label: labelOf(d, f), end: false })), ...measures.map((m, i) => ({ key: `v${i}`, label: m.field && m.how !== 'count' && m.how !== 'orders' ? `${labelOf(d, shownField(at, m.field))}${w.measure[m.how] ?? ''}` : (w.measure[m.how] ?? m.how), end: true }))],
    rows: page.map((line, r) => ({ id: null, orderNumber: null, keys: groups.map((f, i) => ({ field: f.key, key: typeof line[`k${i}`] === 'string' ? String(line[`k${i}`]) : null, name: names[i]?.[r] ?? w.unknown })), cells: held(line) })),
  }
}

/** 12.50 is 12.5, 3.00 is 3. */
const trimmed = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text)
