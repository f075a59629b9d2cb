// Rules, weights and the sharing out of lost points, without a database.
import fc from 'fast-check'
import Fraction from 'fraction.js'
import { describe, expect, test } from 'vitest'
import type { Indicator } from '../data/index.ts'
import { apportion } from './apportion.ts'
import { evaluator } from './evaluate.ts'
import { isRatioOfCounts, ratioOf } from './linear.ts'
import { lossesOf } from './losses.ts'
import { periodHolding } from './periods.ts'
import { checkDefinition, definition, gradeOf, type Definition } from './rules.ts'

const look = { unit: '', scale: 2, direction: 'up', statement: '-' } as const
const basic = (code: string): Indicator => ({ code, name: code, version: 1, fromDay: null, definition: { ...look, kind: 'basic', fact: 'callback', date: 'calledBack', aggregate: 'count', where: [] } })
const formula = (code: string, text: string): Indicator => ({ code, name: code, version: 1, fromDay: null, definition: { ...look, kind: 'derived', formula: text } })
const indicators = [basic('callbacks'), basic('solved'), basic('late'), formula('solvedRate', 'solved / callbacks * 100')]
const known = (code: string): boolean => indicators.some((i) => i.code === code)
const item = (code: string, value: string, weight: number, rule: Record<string, unknown> = { kind: 'proportional', full: 100 }, more: Record<string, unknown> = {}) => ({ code, name: code, value, weight, rule, cause: code, ...more })
const rules = (items: unknown[], more: Record<string, unknown> = {}): Definition => definition.parse({ items, ...more })
const scores = (d: Definition, ...counts: Record<string, number>[]) => evaluator(d, indicators).scores(counts.map((c, i) => ({ id: `o${i}`, peer: '', counts: new Map(Object.entries(c).map(([k, n]) => [k, new Fraction(n)])) })))
const shown = (f: Fraction | null): string | null => (f === null ? null : f.toString())

describe('ASM-22 模拟', () => {
  test('名次类指标换一个值，名次、本人和被超过者的得分一起重算', () => {
    const d = rules([item('a', 'solvedRate', 60, { kind: 'rank', step: 5, direction: 'up' }), item('b', 'solvedRate', 40)])
    const engine = evaluator(d, indicators)
    const three = [90, 80, 70].map((solved, i) => ({ id: `o${i}`, peer: '', counts: new Map([['callbacks', new Fraction(100)], ['solved', new Fraction(solved)]]) }))
    const points = (put?: { id: string; item: string; value: Fraction }) => engine.scores(three, put).map((s) => [s.id, s.items[0]?.rank, shown(s.items[0]?.points ?? null)])
    expect(points()).toEqual([['o0', 1, '60'], ['o1', 2, '55'], ['o2', 3, '50']])
    expect(points({ id: 'o2', item: 'a', value: new Fraction(10) })).toEqual([['o0', 1, '60'], ['o1', 2, '55'], ['o2', 3, '50']])
    expect(points({ id: 'o2', item: 'a', value: new Fraction(85) })).toEqual([['o0', 1, '60'], ['o1', 3, '50'], ['o2', 2, '55']])
  })
})

describe('ASM-03 ASM-04 规则检查', () => {
  test('权重不等于满分被拒；设为折算则按比例', () => {
    expect(() => checkDefinition(rules([item('a', 'solvedRate', 90)]), known)).toThrow('权重合计为 90，应为 100')
    const d = rules([item('a', 'solvedRate', 30), item('b', 'solvedRate', 30), item('c', 'solvedRate', 30)], { weights: 'normalise' })
    checkDefinition(d, known)
    expect(scores(d, { callbacks: 1, solved: 1 })[0]?.items.map((i) => shown(i.points))).toEqual(['33.34', '33.33', '33.33'])
  })
  test('等级由高到低、不重名；恰在起始分上为该级，低于最后一级或没有成绩的不评级', () => {
    const graded = (...grades: [string, number][]) => rules([item('a', 'solvedRate', 100)], { grades: grades.map(([name, from]) => ({ name, from })) })
    expect(() => checkDefinition(graded(['良', 60], ['优', 90]), known)).toThrow('等级由高到低')
    expect(() => checkDefinition(graded(['优', 90], ['优', 60]), known)).toThrow('重复')
    const d = graded(['优', 90], ['良', 60])
    checkDefinition(d, known)
    expect(['100.00', '90.00', '89.99', '60.00', '59.99', null].map((total) => gradeOf(d, total))).toEqual(['优', '优', '良', '良', null, null])
  })
  test('未知编码、写错的公式、错序的档位、重名被拒并指出位置', () => {
    const refused = (items: unknown[]) => { try { checkDefinition(rules(items), known); return null } catch (error) { return (error as { refusal: { fields: { path: string; message: string }[] } }).refusal.fields[0] } }
    expect(refused([item('a', 'nothing / callbacks', 100)])).toEqual({ path: 'definition.items.0.value', message: '没有编码为“nothing”的指标' })
    expect(refused([item('a', 'solved +', 100)])).toEqual({ path: 'definition.items.0.value', message: '第 9 个字符：表达式不完整' })
    expect(refused([item('a', 'solvedRate', 100, { kind: 'bands', bands: [{ below: 80, points: 1 }, { below: 60, points: 2 }], otherwise: 3 })])).toMatchObject({ path: 'definition.items.0.rule.bands.1.below' })
    expect(refused([item('a', 'solvedRate', 50), item('a', 'solvedRate', 50)])).toMatchObject({ path: 'definition.items.1.code' })
    expect(refused([item('a', 'solvedRate', 100, { kind: 'formula', points: 'valeu * 2' })])).toMatchObject({ path: 'definition.items.0.rule.points' })
  })
})

describe('ASM-05 计分', () => {
  test('十件回访八件响应六件解决五件满意', () => {
    const d = rules([item('a', 'late / callbacks * 100', 30), item('b', 'solvedRate', 70)])
    expect(scores(d, { callbacks: 10, late: 8, solved: 6 })[0]?.items.map((i) => shown(i.value))).toEqual(['80', '60'])
  })
  test('除以零没有成绩，不是零分；按规则可给满分或把权重分给其他项，总和仍是满分', () => {
    const items = [item('a', 'solvedRate', 70), item('b', 'late / solved * 100', 30)]
    expect(scores(rules(items), { callbacks: 2 }, { callbacks: 2, solved: 2, late: 2 }).map((s) => [shown(s.total), s.rank])).toEqual([[null, null], ['100', 1]])
    expect(shown(scores(rules(items, { missing: 'full' }), { callbacks: 2 })[0]?.total ?? null)).toBe('30')
    const thirds = rules([item('a', 'solvedRate', 40), item('b', 'solvedRate', 30), item('c', 'solvedRate', 25), item('d', 'late / late * 100', 5)], { missing: 'spread' })
    expect(shown(scores(thirds, { callbacks: 3, solved: 3 })[0]?.total ?? null)).toBe('100')
  })
  test('档位、名次、按件扣分与封顶、加分、公式', () => {
    const d = rules([
      item('band', 'solvedRate', 40, { kind: 'bands', bands: [{ below: 60, points: 0 }, { below: 80, points: 20 }], otherwise: 40 }), item('place', 'solvedRate', 30, { kind: 'rank', step: 5, direction: 'up' }), item('own', 'solvedRate', 30, { kind: 'formula', points: 'if(value >= 80, weight, weight / 2)' }),
      item('minus', 'late', 0, { kind: 'perCase', each: 1.5, most: 4 }, { role: 'deduction' }), item('plus', 'solved', 0, { kind: 'perCase', each: 0.1, most: 1 }, { role: 'bonus' }),
    ])
    const [a, b, c] = scores(d, { callbacks: 10, solved: 8, late: 2 }, { callbacks: 10, solved: 8, late: 3 }, { callbacks: 10, solved: 6, late: 0 })
    expect(a?.items.map((i) => shown(i.points))).toEqual(['40', '30', '30', '3', '0.8'])
    expect(b?.items.map((i) => shown(i.points))).toEqual(['40', '30', '30', '4', '0.8'])
    expect(c?.items.map((i) => shown(i.points))).toEqual(['20', '20', '15', '0', '0.6'])
    expect([a, b, c].map((s) => [shown(s?.total ?? null), s?.rank])).toEqual([['97.8', 1], ['96.8', 2], ['55.6', 3]])
  })
  test('并列同名次，其后顺延', () => {
    expect(scores(rules([item('a', 'solvedRate', 100)]), { callbacks: 2, solved: 2 }, { callbacks: 4, solved: 4 }, { callbacks: 2, solved: 1 }, {}).map((s) => s.rank)).toEqual([1, 1, 3, null])
  })
})

describe('ASM-21 失分分摊', () => {
  test('看得出是件数之比的公式，件件有份；档位指到条款', () => {
    const map = new Map(indicators.map((i) => [i.code, i]))
    expect(['solvedRate', 'solved / callbacks', '(solved - late) / callbacks * 100', '100 - 0 * 3', 'min(solved, 3)', 'solved * callbacks'].map((text) => { const r = ratioOf(text, map); return r !== null && isRatioOfCounts(r) })).toEqual([true, true, true, false, false, false])
    const orders = [{ orderId: 'x', counts: new Map([['callbacks', 1], ['solved', 1]]) }, { orderId: 'y', counts: new Map([['callbacks', 1]]) }]
    const of = (rule: Record<string, unknown>) => {
      const d = rules([item('a', 'solvedRate', 100, rule)])
      const [score] = scores(d, { callbacks: 2, solved: 1 })
      return lossesOf(d.items[0] as never, score?.items[0] as never, orders, map, 2)
    }
    expect(of({ kind: 'proportional', full: 100 }).losses.map((l) => [l.orderId, shown(l.points)])).toEqual([['y', '50']])
    expect(of({ kind: 'bands', bands: [{ below: 60, points: 10 }], otherwise: 100 })).toMatchObject({ losses: [{ orderId: null }], behind: ['y'] })
  })
  test('任意多件分摊，合计与失分一位不差', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 100_000 }), fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 60 }), (units, weights) => {
      const total = new Fraction(units, 10_000)
      const shares = apportion(total, weights.map((w, i) => ({ key: `k${i}`, weight: new Fraction(w) })), 4)
      const sum = [...shares.values()].reduce((a, b) => a.add(b), new Fraction(0))
      return sum.equals(total) && [...shares.values()].every((s) => s.mul(10_000).d === 1n && s.gte(0))
    }))
  })
  test('一组对象的失分合计等于满分减得分', () => {
    fc.assert(fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 80 }), (solved) => {
      const d = rules([item('a', 'solvedRate', 100)])
      const [score] = scores(d, { callbacks: solved.length, solved: solved.filter(Boolean).length })
      const orders = solved.map((s, i) => ({ orderId: `o${i}`, counts: new Map([['callbacks', 1], ...(s ? [['solved', 1] as [string, number]] : [])]) }))
      const { losses } = lossesOf(d.items[0] as never, score?.items[0] as never, orders, new Map(indicators.map((i) => [i.code, i])), 2)
      return losses.reduce((a, l) => a.add(l.points), new Fraction(0)).equals(new Fraction(100).sub(score?.total ?? 0)) && losses.length === solved.filter((s) => !s).length
    }))
  })
})

test('ASM-01 考核期的起止：自然月、20 日起的考核月、跨年的季度、周一起的周', () => {
  const of = (...args: Parameters<typeof periodHolding>) => { const p = periodHolding(...args); return [p.name, p.from, p.to] }
  expect(of('month', '2026-02-28', 1)).toEqual(['2026年2月', '2026-02-01', '2026-02-28'])
  expect(of('month', '2026-10-20', 20)).toEqual(['2026年11月', '2026-10-20', '2026-11-19'])
  expect(of('month', '2026-12-25', 20)).toEqual(['2027年1月', '2026-12-20', '2027-01-19'])
  expect(of('quarter', '2026-11-19', 20)).toEqual(['2026年第4季度', '2026-09-20', '2026-12-19'])
  expect(of('year', '2026-12-31', 1)).toEqual(['2026年', '2026-01-01', '2026-12-31'])
  expect(of('week', '2026-11-22', 1)).toEqual(['2026-11-16 周', '2026-11-16', '2026-11-22'])
})
