// How well things go, as a number: each factor is an indicator with a value that is good and one that is bad, and a weight. Points lost name
// the causes. The model is data; nothing here knows an indicator.
import { z } from 'zod'

const code = z.string().regex(/^[a-z][A-Za-z0-9]{1,39}$/)
export const factor = z.strictObject({
  indicator: code, measure: z.enum(['value', 'change']).describe('change: per cent against the period before'), good: z.number().describe('Full marks here and beyond'), bad: z.number().describe('No marks here and beyond'),
  trouble: code.optional().describe('The counted indicator whose rows are what went wrong; without it a factor opens nothing'),
  weight: z.number().min(1).max(100), plan: z.string().trim().max(500).describe('处置预案: what is done when this factor is bad'),
})
export const model = z.strictObject({
  factors: z.array(factor).min(1).max(20), bands: z.tuple([z.number(), z.number(), z.number()]).describe('Least scores of 平稳, 关注, 预警; below is 高风险'),
})
export type Model = z.output<typeof model>
export type Factor = z.output<typeof factor>
export const levels = ['calm', 'watch', 'warn', 'risk'] as const
export type Level = (typeof levels)[number]

/** 0–100, straight between bad and good; the better side is where `good` stands. */
export const scoreOf = (value: number, { good, bad }: Pick<Factor, 'good' | 'bad'>): number => Math.max(0, Math.min(100, ((value - bad) / (good - bad)) * 100))

export const levelOf = (score: number, bands: Model['bands']): Level => levels[bands.findIndex((least) => score >= least)] ?? 'risk'

/** What a factor is measured by: the value, or its change in per cent; null without a base. */
export const measured = (f: Factor, now: number | null, before: number | null): number | null => (f.measure === 'value' ? now : now === null || before === null || before === 0 ? null : ((now - before) / before) * 100)

export type Judged = { value: number | null; score: number | null; lost: number }

/** Factors without a value carry no weight. `lost`: points of the whole. */
export function judge(factors: readonly Factor[], values: readonly (number | null)[]): { score: number | null; factors: Judged[] } {
  const scores = factors.map((f, i) => { const value = values[i] ?? null; return value === null ? null : scoreOf(value, f) })
  const weights = factors.reduce((sum, f, i) => sum + (scores[i] === null ? 0 : f.weight), 0)
  const round = (v: number): number => Math.round(v * 10) / 10
  const judged = factors.map((f, i): Judged => { const score = scores[i] ?? null; return { value: values[i] ?? null, score: score === null ? null : round(score), lost: score === null ? 0 : round(((100 - score) * f.weight) / weights) } })
  const whole = factors.reduce((sum, f, i) => sum + (scores[i] ?? 0) * f.weight, 0)
  return { score: weights === 0 ? null : round(whole / weights), factors: judged }
}

/** Faults of a model in words for its editor. */
export function faultsOfModel(m: Model, known: (code: string) => boolean, counted: (code: string) => boolean): { path: string; message: string }[] {
  const twice = m.factors.findIndex((f, i) => m.factors.findIndex((g) => g.indicator === f.indicator && g.measure === f.measure) !== i)
  return [
    ...m.factors.flatMap((f, i) => (known(f.indicator) ? [] : [{ path: `factors.${i}.indicator`, message: `没有可用的指标“${f.indicator}”` }])),
    ...m.factors.flatMap((f, i) => (f.trouble === undefined || counted(f.trouble) ? [] : [{ path: `factors.${i}.trouble`, message: '失分明细要选按工单计数的指标' }])),
    ...m.factors.flatMap((f, i) => (f.good === f.bad ? [{ path: `factors.${i}.bad`, message: '满分值和零分值不能相同' }] : [])),
    ...(twice < 0 ? [] : [{ path: `factors.${twice}.indicator`, message: '同一指标的同一种算法只能出现一次' }]),
    ...(m.bands[0] > m.bands[1] && m.bands[1] > m.bands[2] && m.bands[2] > 0 && m.bands[0] < 100 ? [] : [{ path: 'bands', message: '三档分数应从高到低，在 0 和 100 之间' }]),
  ]
}
