// What an indicator is: counted from rows (basic), computed from others (derived), or weighted together (composite, a formula too).
import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import { ExpressionError } from '../flow/index.ts'
import { dataFail } from './data.errors.ts'
import { factOf } from './fact-catalogue.ts'
import type { Fact, Range } from './facts.ts'
import { compileFormula, type Formula } from './formula.ts'

export const operators = ['in', 'notIn', 'gte', 'lte', 'yes', 'no', 'empty', 'filled'] as const
export const condition = z.strictObject({ field: z.string().max(40), op: z.enum(operators), value: z.union([z.array(z.string().max(80)).min(1).max(100), z.number()]).optional() })
export type Condition = z.output<typeof condition>

const look = { unit: z.string().trim().max(10).describe('As shown behind the value: 件, %, 小时'), scale: z.int().min(0).max(6), direction: z.enum(['up', 'down', 'none']).describe('up: higher is better'), statement: z.string().trim().min(1).max(500).describe('The definition in words') }
export const basic = z.strictObject({ kind: z.literal('basic'), ...look, fact: z.string().max(20), date: z.string().max(20), aggregate: z.enum(['count', 'orders', 'sum', 'max']).describe('count: rows; orders: different orders; sum, max: of the measure'), measure: z.string().max(40).optional(), where: z.array(condition).max(20) })
export const computed = z.strictObject({ kind: z.enum(['derived', 'composite']), ...look, formula: z.string().trim().min(1).max(1000) })
export const definition = z.discriminatedUnion('kind', [basic, computed])
export type Basic = z.output<typeof basic>
export type Computed = z.output<typeof computed>
export type Definition = z.output<typeof definition>
export const indicatorKinds = ['basic', 'derived', 'composite'] as const

/** A definition at one day, with the version it comes from. */
export type Indicator = { code: string; name: string; version: number; fromDay: string | null; definition: Definition }

export const isBasic = (d: Definition): d is Basic => d.kind === 'basic'
export const formulaOf = (d: Computed): Formula => compileFormula(d.formula)
export const partsOf = (d: Definition): string[] => (isBasic(d) ? [] : formulaOf(d).names)

const refuse = (path: string, message: string): Error => dataFail('definitionFault', { params: { fault: message }, fields: [{ path: `definition.${path}`, message }] })

/** @throws data.definitionFault with the field and, for formulas, the place */
export function checkDefinition(d: Definition, known: (code: string) => boolean): void {
  if (!isBasic(d)) {
    try {
      for (const name of formulaOf(d).names) if (!known(name)) throw refuse('formula', `没有编码为“${name}”的指标`)
    } catch (error) {
      if (error instanceof ExpressionError) throw refuse('formula', `第 ${error.at + 1} 个字符：${error.message}`)
      throw error
    }
    return
  }
  const fact = factOf(d.fact)
  if (!fact) throw refuse('fact', `没有“${d.fact}”这类数据`)
  if (!Object.hasOwn(fact.dates, d.date)) throw refuse('date', `“${fact.label}”没有“${d.date}”这个时间`)
  if ((d.aggregate === 'sum' || d.aggregate === 'max') && !(d.measure !== undefined && Object.hasOwn(fact.measures, d.measure))) throw refuse('measure', `请选择“${fact.label}”可求和的量`)
  d.where.forEach((c, i) => checkCondition(fact, c, i))
}

function checkCondition(fact: Fact, c: Condition, i: number): void {
  const field = Object.hasOwn(fact.fields, c.field) ? fact.fields[c.field] : undefined
  const path = `where.${i}`
  if (!field) throw refuse(`${path}.field`, `“${fact.label}”没有“${c.field}”这个条件`)
  const ops = { choice: ['in', 'notIn', 'empty', 'filled'], number: ['gte', 'lte', 'empty', 'filled'], flag: ['yes', 'no'] }[field.kind]
  if (!ops.includes(c.op)) throw refuse(`${path}.op`, `“${field.label}”不能用这种比较`)
  if ((c.op === 'in' || c.op === 'notIn') && !Array.isArray(c.value)) throw refuse(`${path}.value`, `请选择“${field.label}”的值`)
  if ((c.op === 'gte' || c.op === 'lte') && typeof c.value !== 'number') throw refuse(`${path}.value`, `请填写“${field.label}”的数值`)
}

/** A checked condition as SQL on the fact's rows; never null, so that `not` is safe. */
export function conditionSql(fact: Fact, c: Condition, range: Range): RawBuilder<unknown> {
  const field = fact.fields[c.field]
  if (!field) throw dataFail('definitionFault', { params: { fault: c.field } })
  const value = field.sql(range)
  const list = Array.isArray(c.value) ? c.value : []
  switch (c.op) {
    case 'in': return sql`coalesce(${value} in (${sql.join(list)}), false)`
    case 'notIn': return sql`coalesce(${value} not in (${sql.join(list)}), true)`
    case 'gte': return sql`coalesce(${value} >= ${c.value}, false)`
    case 'lte': return sql`coalesce(${value} <= ${c.value}, false)`
    case 'yes': return sql`coalesce(${value}, false)`
    case 'no': return sql`not coalesce(${value}, false)`
    case 'empty': return sql`(${value} is null)`
    case 'filled': return sql`(${value} is not null)`
  }
}

export const allConditions = (fact: Fact, d: Basic, range: Range): RawBuilder<unknown> => sql.join([fact.dates[d.date]?.within(range) ?? sql`false`, ...d.where.map((c) => conditionSql(fact, c, range))], sql` and `)
