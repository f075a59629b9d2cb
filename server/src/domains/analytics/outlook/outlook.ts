// Forecasts and effects, asked of the semantic layer under the reader's own scope.
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { addDays, daysBetween, localDate, type LocalDate } from '../../../kernel/time/index.ts'
import { catalogueOf, dimensionOf, figures } from '../../data/index.ts'
import { tenantById } from '../../platform/index.ts'
import { analyticsFail } from '../analytics.errors.ts'
import { impactWords, outlookTexts, wayNames } from '../texts.zh-CN.ts'
import { forecastOf, LEAST } from './forecast.ts'
import { impactOf, surgeOf } from './impact.ts'
import type * as contract from './outlook-contract.ts'

const MONTHS = 24
const WEEKS = 20
type Period = { period: string; from: LocalDate; to: LocalDate }

const monthStart = (day: LocalDate, back: number): LocalDate => {
  const n = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 - back
  return `${Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}-01`
}
const months = (today: LocalDate): Period[] => Array.from({ length: MONTHS }, (_, i) => { const from = monthStart(today, MONTHS - i); return { period: from.slice(0, 7), from, to: addDays(monthStart(today, MONTHS - i - 1), -1) } })
/** Weeks of seven days up to yesterday. */
const weeks = (today: LocalDate): Period[] => Array.from({ length: WEEKS }, (_, i) => { const from = addDays(today, (i - WEEKS) * 7); return { period: from, from, to: addDays(from, 6) } })

/** Days of a rate do not add up to the rate of a month: only what is counted can be carried on. */
async function requireCounted(ctx: Ctx, code: string): Promise<void> {
  const found = (await catalogueOf(ctx)).get(code)
  if (found && found.versions.at(-1)?.definition.kind !== 'basic') throw analyticsFail('notCounted', { params: { name: found.name }, fields: [{ path: 'indicator', message: '请选择计数类指标' }] })
}

export async function forecastFigures(ctx: Ctx, input: Input<typeof contract.forecastRoute>): Promise<Output<typeof contract.forecastRoute>> {
  authorize(ctx, 'data.read')
  await requireCounted(ctx, input.indicator)
  const today = localDate(ctx.clock.now(), (await tenantById(ctx, ctx.tenantId)).timeZone)
  const monthly = await pastOf(ctx, input, months(today), 'month')
  const enough = monthly.lines.some((line) => forecastOf(line.values) !== null)
  const held = enough ? { ...monthly, grain: 'month' as const } : { ...(await pastOf(ctx, input, weeks(today), 'day')), grain: 'week' as const }
  const items = held.lines.map(({ key, values }) => {
    const found = forecastOf(values)
    return { key, past: held.periods.map((p, i) => ({ ...p, value: values[i] ?? 0 })), forecast: found ? { ...found, wayName: wayNames[found.way] } : null, reason: found ? null : outlookTexts.tooLittle(LEAST, held.grain) }
  })
  const shown = items.toSorted((a, b) => (b.forecast?.value ?? -1) - (a.forecast?.value ?? -1)).slice(0, input.limit)
  return { name: held.name, unit: held.unit, grain: held.grain, next: held.grain === 'month' ? today.slice(0, 7) : `${today} – ${addDays(today, 6)}`, items: shown }
}

type Line = { key: Output<typeof contract.forecastRoute>['items'][number]['key']; values: number[] }

async function pastOf(ctx: Ctx, input: Input<typeof contract.forecastRoute>, periods: Period[], by: 'month' | 'day'): Promise<{ name: string; unit: string; periods: Period[]; lines: Line[] }> {
  const [from, to] = [periods[0]?.from ?? '', periods.at(-1)?.to ?? '']
  const answer = await figures(ctx, { from, to, indicators: [input.indicator], dimensions: input.dimension ? [by, input.dimension] : [by], where: input.where, below: false, known: true, limit: 2000 })
  const lines = new Map<string, Line>()
  if (!input.dimension) lines.set('', { key: null, values: periods.map(() => 0) })
  for (const row of answer.rows) {
    const [when, member] = row.keys
    const line = lines.get(member?.key ?? '') ?? { key: member ?? null, values: periods.map(() => 0) }
    lines.set(member?.key ?? '', line)
    const at = periods.findIndex((p) => (by === 'month' ? p.period === when?.key : (when?.key ?? '') >= p.from && (when?.key ?? '') <= p.to))
    if (at >= 0) line.values[at] = (line.values[at] ?? 0) + Number(row.values[input.indicator] ?? 0)
  }
  const column = answer.columns.find((c) => c.code === input.indicator)
  return { name: column?.name ?? input.indicator, unit: column?.unit ?? '', periods, lines: [...lines.values()] }
}

/** Extra = observed − expected, both shown; what has no first day cannot be judged. @throws analytics.noStart */
export async function impactOfEvent(ctx: Ctx, input: Input<typeof contract.impactRoute>): Promise<Output<typeof contract.impactRoute>> {
  authorize(ctx, 'data.read')
  await requireCounted(ctx, input.indicator)
  const { from, to } = input
  if (from === undefined) throw analyticsFail('noStart', { fields: [{ path: 'from', message: outlookTexts.noStart }] })
  if (from > to) throw analyticsFail('wrongWay', { fields: [{ path: 'to', message: outlookTexts.order }] })
  const perDay = async (first: LocalDate, last: LocalDate): Promise<{ name: string; days: { day: string; value: number }[] }> => {
    const answer = await figures(ctx, { from: first, to: last, indicators: [input.indicator], dimensions: ['day'], where: input.where, below: false, known: false, limit: 2000 })
    const values = new Map(answer.rows.map((row) => [row.keys[0]?.key, Number(row.values[input.indicator] ?? 0)]))
    return { name: answer.columns.find((c) => c.code === input.indicator)?.name ?? '', days: Array.from({ length: daysBetween(first, last) + 1 }, (_, i) => addDays(first, i)).map((day) => ({ day, value: values.get(day) ?? 0 })) }
  }
  const start = addDays(from, -7 * input.weeks)
  const within = await perDay(from, to)
  const before = await perDay(start, addDays(from, -1))
  const found = impactOf(within.days, before.days.map((d) => d.value))
  const surge = surgeOf(found.days)
  const drivers = await driversOf(ctx, input, { from, to, start })
  return { name: within.name, from, to, where: input.where, ...found, ...surge, drivers, words: impactWords({ name: within.name, ...found, ...surge, rose: drivers.filter((one) => one.extra > 0).slice(0, MOST_NAMED) }) }
}

const DRIVERS = ['category', 'street', 'unit'] as const
const MOST_DRIVERS = 12
const MOST_NAMED = 3
/** Per member: what came in within the window against its share of the weeks before. Times and stocks have no members to compare. */
async function driversOf(ctx: Ctx, input: Input<typeof contract.impactRoute>, { from, to, start }: { from: LocalDate; to: LocalDate; start: LocalDate }): Promise<Output<typeof contract.impactRoute>['drivers']> {
  const share = (daysBetween(from, to) + 1) / (7 * input.weeks)
  const lines: Output<typeof contract.impactRoute>['drivers'] = []
  for (const dimension of DRIVERS) {
    const ask = (first: LocalDate, last: LocalDate) => figures(ctx, { from: first, to: last, indicators: [input.indicator], dimensions: [dimension], where: input.where, below: false, known: true, limit: 300 })
    const [now, past] = [await ask(from, to), await ask(start, addDays(from, -1))]
    const amount = (row: (typeof now.rows)[number]): number => Number(row.values[input.indicator] ?? 0)
    const expected = new Map(past.rows.map((row) => [row.keys[0]?.key ?? '', amount(row) * share]))
    const seen = new Set(now.rows.map((row) => row.keys[0]?.key ?? ''))
    const label = dimensionOf(dimension)?.label ?? dimension
    for (const row of [...now.rows, ...past.rows.filter((one) => !seen.has(one.keys[0]?.key ?? ''))]) {
      const key = row.keys[0]
      if (!key) continue
      const [observed, usual] = [seen.has(key.key ?? '') ? amount(row) : 0, expected.get(key.key ?? '') ?? 0]
      lines.push({ dimension, label, key: key.key, name: key.name, observed, expected: Math.round(usual * 10) / 10, extra: Math.round((observed - usual) * 10) / 10 })
    }
  }
  return lines.filter((one) => one.extra !== 0).toSorted((a, b) => Math.abs(b.extra) - Math.abs(a.extra)).slice(0, MOST_DRIVERS).toSorted((a, b) => b.extra - a.extra)
}
