// The answer of the semantic layer as it is shown: named groups in order, gaps of time filled, the period before beside it.
import Fraction from 'fraction.js'
import type { Ctx } from '../../kernel/ctx.ts'
import { authorize } from '../../kernel/access.ts'
import type { Input, Output } from '../../kernel/http/route.ts'
import { localDate, SECOND } from '../../kernel/time/index.ts'
import { setting, tenantById } from '../platform/index.ts'
import { catalogueOf } from './catalogue.ts'
import { bucketsOf, keyBefore, periodBefore } from './compare.ts'
import type * as contract from './contract.ts'
import { UNKNOWN } from './dimensions.ts'
import { chosen, evaluate } from './figures.ts'
import { decimal, type Exact } from './formula.ts'
import { formulaOf, isBasic } from './indicator.ts'
import { lateAfter } from './settings.ts'

export async function figures(ctx: Ctx, input: Input<typeof contract.figuresRoute>): Promise<Output<typeof contract.figuresRoute>> {
  authorize(ctx, 'data.read')
  const by = input.dimensions.map(chosen)
  const catalogue = await catalogueOf(ctx)
  const { indicators, groups, asOf, changed } = await evaluate(ctx, input, catalogue)
  const compare = input.compare
  const period = { from: input.from, to: input.to }
  const then = compare ? { ...periodBefore(period, compare), by: compare } : null
  const earlier = then ? (await evaluate(ctx, { ...input, from: then.from, to: then.to }, catalogue)).groups : null
  const before = (keys: (string | null)[]): Record<string, string | null> | null => {
    if (!earlier || !then) return null
    const moved = keys.map((key, i) => keyBefore(by[i]?.key ?? '', key, period, then.by))
    if (moved.some((key, i) => key === null && keys[i] !== null)) return null
    return view(earlier.get(JSON.stringify(moved))?.values ?? new Map(counted.map(({ code }) => [code, new Fraction(0)])))
  }
  // Rows of the period that no indicator counts make no group.
  const counted = indicators.filter((i) => isBasic(i.definition))
  const lines = [...groups].filter(([key, { values }]) => key !== null && counted.some(({ code }) => values.get(code)?.n)).map(([, group]) => group).filter((group) => !input.known || !group.keys.includes(null))
  // A day on which nothing came in stands in a course of days.
  const gaps = by.length === 1 && by[0] && lines.length > 0 ? bucketsOf(by[0].key, period, localDate(ctx.clock.now(), (await tenantById(ctx, ctx.tenantId)).timeZone)).filter((key) => !lines.some((l) => l.keys[0] === key)) : []
  for (const key of gaps) {
    const values = new Map<string, Exact>(counted.map(({ code }) => [code, new Fraction(0)]))
    for (const { code, definition: d } of indicators) if (!isBasic(d)) values.set(code, formulaOf(d).run(values))
    lines.push({ keys: [key], values })
  }
  // A series nobody has loaded is named, and has no value rather than none at all.
  const absent = counted.filter((i) => isBasic(i.definition) && i.definition.fact === 'external' && !groups.get(null)?.values.get(i.code)?.n)
  const missing = new Set(absent.map((i) => i.code))
  const names = await Promise.all(by.map((d, i) => d.names(ctx, [...new Set(lines.flatMap((l) => l.keys[i] ?? []))])))
  const view = (values: ReadonlyMap<string, Exact>): Record<string, string | null> => Object.fromEntries(indicators.map((i) => [i.code, missing.has(i.code) ? null : decimal(values.get(i.code) ?? null, i.definition.scale)]))
  const label = (key: string | null, i: number): string => (key === null ? UNKNOWN : (names[i]?.get(key) ?? key))
  const asked = [...input.indicators.flatMap((code) => indicators.find((i) => i.code === code) ?? []), ...indicators.filter((i) => !input.indicators.includes(i.code))]
  const order = input.order ?? (by[0]?.sorted ? null : `-${input.indicators[0]}`)
  const sorted = order === null ? lines.toSorted(byKeys) : lines.toSorted((a, b) => byValue(order)(a, b) || byKeys(a, b))
  return {
    missing: absent.map((i) => i.name), changed, asOf, late: ctx.clock.now() - asOf > (await setting(ctx, lateAfter)) * SECOND, from: input.from, to: input.to,
    columns: asked.map((i) => ({ code: i.code, name: i.name, kind: i.definition.kind, unit: i.definition.unit, direction: i.definition.direction, version: i.version, statement: i.definition.statement, formula: isBasic(i.definition) ? null : i.definition.formula, asked: input.indicators.includes(i.code) })),
    rows: sorted.slice(0, input.limit).map((line) => ({ keys: line.keys.map((key, i) => ({ dimension: by[i]?.key ?? '', key, name: label(key, i) })), values: view(line.values), before: before(line.keys) })),
    total: view(groups.get(null)?.values ?? new Map()), groups: lines.length,
    before: then ? { from: then.from, to: then.to, total: view(earlier?.get(null)?.values ?? new Map()) } : null,
  }
}

// Equal values stand in the same order however they were counted.
const byKeys = (a: { keys: (string | null)[] }, b: { keys: (string | null)[] }): number => (a.keys.join('\0') < b.keys.join('\0') ? -1 : 1)

const byValue = (order: string) => (a: { values: Map<string, Exact> }, b: { values: Map<string, Exact> }): number => {
  const code = order.replace(/^-/, '')
  const [x, y] = [a.values.get(code) ?? null, b.values.get(code) ?? null]
  if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1
  return order.startsWith('-') ? y.compare(x) : x.compare(y)
}
