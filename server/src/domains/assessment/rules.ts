// The rules of a score as data: items, each a value (a formula over indicators of the catalogue) and how the value becomes points.
import Fraction from 'fraction.js'
import { z } from 'zod'
import { compileFormula, type Formula } from '../data/index.ts'
import { ExpressionError } from '../flow/index.ts'
import { assessmentFail } from './assessment.errors.ts'
import { itemKindNames } from './texts.zh-CN.ts'

const number = z.number().min(-1_000_000).max(1_000_000)
const band = z.strictObject({ below: number, points: number })
const rule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('proportional'), full: number.positive().describe('The value that earns the whole weight') }),
  z.strictObject({ kind: z.literal('bands'), bands: z.array(band).min(1).max(20), otherwise: number }),
  z.strictObject({ kind: z.literal('rank'), step: number.min(0).describe('Points less for each place behind the first, within the peers'), direction: z.enum(['up', 'down']) }),
  z.strictObject({ kind: z.literal('perCase'), each: number.positive(), most: number.positive() }),
  z.strictObject({ kind: z.literal('formula'), points: z.string().trim().min(1).max(1000).describe('Over value, weight and indicators') }),
])
const code = z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/)
export const item = z.strictObject({
  code, name: z.string().trim().min(1).max(40), value: z.string().trim().min(1).max(1000), unit: z.string().trim().max(10).default('%'), scale: z.int().min(0).max(6).default(2),
  role: z.enum(['score', 'deduction', 'bonus']).default('score'), weight: number.min(0), rule, cause: z.string().trim().min(1).max(40).describe('What a lost point is called: 未解决'), basis: z.string().trim().max(200).default('').describe('The clause behind it'),
  target: number.optional(),
})
const input = z.strictObject({
  code, name: z.string().trim().min(1).max(40), unit: z.string().trim().max(10).default('分'), scale: z.int().min(0).max(6).default(2),
  source: z.enum(['entered', 'score']).default('entered').describe('entered: by people, with evidence and review; score: the published total of the same object in another model'),
  model: z.string().max(40).default('').describe('Of a score: code of the model'), least: number.optional(), most: number.optional(), help: z.string().trim().max(200).default(''),
})
const grade = z.strictObject({ name: z.string().trim().min(1).max(20), from: number.describe('Totals from here up to the next better grade') })
export const definition = z.strictObject({
  full: number.positive().default(100), scale: z.int().min(0).max(4).default(2), weights: z.enum(['refuse', 'normalise']).default('refuse'), items: z.array(item).min(1).max(40),
  inputs: z.array(input).max(40).default([]).describe('Values that no order tells, one an object and period; items read them by code'),
  excludedTypes: z.array(z.string().max(40)).max(20).default([]).describe('Appeal types handled apart this year'),
  dateBase: z.enum(['closed', 'asDefined']).default('closed').describe('closed: callbacks count in the period in which their order was closed'),
  callbacks: z.enum(['latest', 'every']).default('latest').describe('latest: of several answers of an order the last one counts'),
  missing: z.enum(['none', 'full', 'spread']).default('none').describe('What an item without a value does: no score, its full weight, or its weight goes to the others'),
  grades: z.array(grade).max(12).default([]).describe('Bands of the total, best first; a total below the last has no grade'),
})
export type Item = z.output<typeof item>
export type FigureInput = z.output<typeof input>
export type Definition = z.output<typeof definition>

const fault = (path: string, message: string): Error => assessmentFail('ruleFault', { params: { fault: message }, fields: [{ path: `definition.${path}`, message }] })
export const exactly = (value: number): Fraction => new Fraction(String(value))
const weighed = (d: Definition): Item[] => d.items.filter((i) => i.role === 'score')
const weightSum = (d: Definition): Fraction => weighed(d).reduce((sum, i) => sum.add(exactly(i.weight)), new Fraction(0))

/** Names that the points' formula of an item may use besides indicators. */
const given = new Set(['value', 'weight'])

function formula(text: string, path: string, known: (name: string) => boolean): Formula {
  try {
    const compiled = compileFormula(text)
    for (const name of compiled.names) if (!known(name)) throw fault(path, `没有编码为“${name}”的指标`)
    return compiled
  } catch (error) {
    if (error instanceof ExpressionError) throw fault(path, `第 ${error.at + 1} 个字符：${error.message}`)
    throw error
  }
}

/** @throws assessment.ruleFault with field and place, assessment.weights */
export function checkDefinition(d: Definition, known: (indicator: string) => boolean): void {
  checkInputs(d, known)
  const names = (name: string): boolean => known(name) || d.inputs.some((one) => one.code === name)
  const seen = new Set<string>()
  d.items.forEach((one, i) => {
    if (seen.has(one.code)) throw fault(`items.${i}.code`, `“${one.code}”重复`)
    seen.add(one.code)
    formula(one.value, `items.${i}.value`, names)
    if (one.rule.kind === 'formula') formula(one.rule.points, `items.${i}.rule.points`, (name) => given.has(name) || names(name))
    if (one.rule.kind === 'bands') one.rule.bands.forEach((b, j, all) => {
      const before = all[j - 1]
      if (before && b.below <= before.below) throw fault(`items.${i}.rule.bands.${j}.below`, '档位上限须逐档增大')
    })
    if (one.rule.kind === 'perCase' && one.role === 'score') throw fault(`items.${i}.rule.kind`, `“${itemKindNames.perCase}”只用于扣分或加分项`)
  })
  d.grades.forEach((one, i, all) => {
    const better = all[i - 1]
    if (better && one.from >= better.from) throw fault(`grades.${i}.from`, '等级由高到低排列，起始分须逐级减小')
    if (all.findIndex((other) => other.name === one.name) !== i) throw fault(`grades.${i}.name`, `“${one.name}”重复`)
  })
  const sum = weightSum(d)
  if (weighed(d).length === 0 || sum.lte(0)) throw fault('items', '至少要有一个计分项，权重大于零')
  if (d.weights === 'refuse' && !sum.equals(exactly(d.full))) throw assessmentFail('weights', { params: { sum: sum.toString(), full: d.full }, fields: [{ path: 'definition.items', message: `权重合计为 ${sum.toString()}，应为 ${d.full}` }] })
}

/** A name means one thing: an indicator of the catalogue or an input. */
function checkInputs(d: Definition, known: (indicator: string) => boolean): void {
  d.inputs.forEach((one, i, all) => {
    if (all.findIndex((other) => other.code === one.code) !== i) throw fault(`inputs.${i}.code`, `“${one.code}”重复`)
    if (known(one.code) || given.has(one.code)) throw fault(`inputs.${i}.code`, `“${one.code}”已是指标编码，请换一个`)
    if (one.source === 'score' && one.model === '') throw fault(`inputs.${i}.model`, '请选择取哪个模型的成绩')
    if (one.least !== undefined && one.most !== undefined && one.least > one.most) throw fault(`inputs.${i}.least`, '最小值不能大于最大值')
  })
}

/** Inputs of rules; rules of runs computed before there were any have none. */
export const inputsOf = (d: { inputs?: FigureInput[] }): FigureInput[] => d.inputs ?? []

/** Catalogue codes that the rules read. */
export const indicatorsOf = (d: Definition): string[] => namesOf(d).filter((name) => !inputsOf(d).some((one) => one.code === name))
const namesOf = (d: Definition): string[] => [...new Set(d.items.flatMap((i) => [...compileFormula(i.value).names, ...(i.rule.kind === 'formula' ? compileFormula(i.rule.points).names.filter((name) => !given.has(name)) : [])]))]

/** The grade of a total by the rules it was computed with: a changed band reaches only periods of the new rules. Runs computed before grades existed have none. */
export const gradeOf = (d: { grades?: Definition['grades'] }, total: string | null): string | null => (total === null ? null : (d.grades?.find((one) => exactly(one.from).lte(new Fraction(total)))?.name ?? null))

/** The weight as it counts: normalised to the full score where the rules say so. */
export const weightOf = (d: Definition, one: Item): Fraction => (d.weights === 'normalise' && one.role === 'score' ? exactly(one.weight).mul(exactly(d.full)).div(weightSum(d)) : exactly(one.weight))
