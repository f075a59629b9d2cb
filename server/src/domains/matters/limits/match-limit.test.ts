import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { limitClocks } from '../standard/content.ts'
import { shippedLimits } from './limit-defaults.ts'
import { limitApplies, limitRank, limitScopes, limitsConflict, rankLimits, type LimitCase, type LimitRule } from './match-limit.ts'

const aRule = (over: Partial<LimitRule> = {}): LimitRule => ({
  id: 'r', origin: 'own', distance: 0, scopeKind: 'tenant', scopeId: null, level: null, urgency: null, unitKind: null, enterpriseGrade: null,
  clock: 'handling', duration: { amount: 5, unit: 'workingDays' }, yellowBefore: null, receivers: {}, validFrom: null, validTo: null, ...over,
})
const aCase = (over: Partial<LimitCase> = {}): LimitCase => ({
  clock: 'handling', matterId: 'm1', categoryPath: ['c1', 'c2', 'c3'], industryPath: ['i1', 'i2'], appealTypePath: ['complaint'], level: 3, urgency: 'normal', unitKind: 'handling', enterpriseGrade: 'A',
  today: '2026-11-17', ...over,
})
const winner = (rules: LimitRule[], of: LimitCase = aCase()): string | undefined => rankLimits(rules, of)[0]?.id

const byScope = {
  matter: aRule({ id: 'matter', scopeKind: 'matter', scopeId: 'm1' }),
  category: aRule({ id: 'category', scopeKind: 'category', scopeId: 'c1' }),
  industry: aRule({ id: 'industry', scopeKind: 'industry', scopeId: 'i1' }),
  appealType: aRule({ id: 'appealType', scopeKind: 'appealType', scopeId: 'complaint' }),
  tenant: aRule({ id: 'tenant' }),
}

describe('时限规则的优先顺序', () => {
  test.each([
    ['事项优先于归口', [byScope.category, byScope.matter], 'matter'],
    ['归口优先于行业', [byScope.industry, byScope.category], 'category'],
    ['行业优先于诉求类型', [byScope.appealType, byScope.industry], 'industry'],
    ['诉求类型优先于全局', [byScope.tenant, byScope.appealType], 'appealType'],
    ['事项规则优先于写明层级和紧急程度的行业规则', [{ ...byScope.industry, level: 3, urgency: 'normal' }, byScope.matter], 'matter'],
    ['同一范围内写明层级的优先', [byScope.tenant, aRule({ id: 'level', level: 3 })], 'level'],
    ['层级优先于紧急程度', [aRule({ id: 'urgency', urgency: 'normal' }), aRule({ id: 'level', level: 3 })], 'level'],
    ['写明紧急程度的优先于不写的', [byScope.tenant, aRule({ id: 'urgency', urgency: 'normal' })], 'urgency'],
    ['紧急程度优先于单位类型', [aRule({ id: 'kind', unitKind: 'handling' }), aRule({ id: 'urgency', urgency: 'normal' })], 'urgency'],
    ['下级归口的规则优先于上级归口', [byScope.category, aRule({ id: 'deep', scopeKind: 'category', scopeId: 'c3' })], 'deep'],
    ['本级规则优先于上级同条件规则', [aRule({ id: 'upper', origin: 'upper', distance: 1 }), byScope.tenant], 'tenant'],
    ['上级的事项规则优先于本级的全局规则', [aRule({ id: 'upper', origin: 'upper', distance: 1, scopeKind: 'matter', scopeId: 'm1' }), byScope.tenant], 'upper'],
    ['层级不符的规则不适用', [aRule({ id: 'other', level: 4 }), byScope.tenant], 'tenant'],
    ['未到有效期的规则不适用', [aRule({ id: 'later', level: 3, validFrom: '2026-11-18' }), byScope.tenant], 'tenant'],
    ['有效期最后一天仍适用', [aRule({ id: 'last', level: 3, validTo: '2026-11-17' }), byScope.tenant], 'last'],
    ['其他时钟的规则不适用', [aRule({ id: 'sign', clock: 'sign', level: 3 }), byScope.tenant], 'tenant'],
  ])('%s', (_name, rules, expected) => {
    expect(winner(rules)).toBe(expected)
    expect(winner(rules.toReversed())).toBe(expected)
  })

  test('子类型适用上级诉求类型的规则，自己的规则优先', () => {
    const of = aCase({ appealTypePath: ['complaint', 'noise'] })
    expect(winner([byScope.appealType], of)).toBe('appealType')
    expect(winner([byScope.appealType, aRule({ id: 'sub', scopeKind: 'appealType', scopeId: 'noise' })], of)).toBe('sub')
  })

  test.each([
    ['consultation', 'normal', 1, 'workingDays'], ['help', 'normal', 3, 'workingDays'], ['complaint', 'normal', 5, 'workingDays'], ['report', 'normal', 5, 'workingDays'],
    ['suggestion', 'normal', 5, 'workingDays'], ['praise', 'normal', 5, 'workingDays'], ['complaint', 'urgent', 24, 'naturalHours'], ['consultation', 'major', 24, 'naturalHours'],
  ])('默认办理时限：%s、%s', (type, urgency, amount, unit) => {
    expect(rankLimits(shippedLimits, aCase({ appealTypePath: [type], urgency }))[0]?.duration).toEqual({ amount, unit })
  })

  test('默认响应时限只对紧急工单和涉企工单', () => {
    expect(rankLimits(shippedLimits, aCase({ clock: 'response', urgency: 'urgent', enterpriseGrade: null }))[0]?.duration).toEqual({ amount: 2, unit: 'naturalHours' })
    expect(rankLimits(shippedLimits, aCase({ clock: 'response', urgency: 'normal', enterpriseGrade: null }))).toEqual([])
    for (const [grade, amount] of [['A', 2], ['B', 4]] as const) expect(rankLimits(shippedLimits, aCase({ clock: 'response', urgency: 'normal', enterpriseGrade: grade }))[0]?.duration).toEqual({ amount, unit: 'naturalHours' })
  })

  test('默认时限两两不冲突，租户同条件的规则替代它', () => {
    for (const [i, a] of shippedLimits.entries()) for (const b of shippedLimits.slice(i + 1)) expect(limitsConflict(a, b)).toBe(false)
    const own = aRule({ id: 'own', scopeKind: 'appealType', scopeId: 'complaint', urgency: 'normal' })
    expect(winner([...shippedLimits, own])).toBe('own')
  })
})

const optional = <T>(arb: fc.Arbitrary<T>) => fc.option(arb, { nil: null })
const day = fc.constantFrom('2026-01-01', '2026-11-16', '2026-11-17', '2026-11-18', '2026-12-31')
const anyRule: fc.Arbitrary<LimitRule> = fc
  .record({
    scopeKind: fc.constantFrom(...limitScopes), level: optional(fc.integer({ min: 2, max: 4 })), urgency: optional(fc.constantFrom('normal', 'urgent')), unitKind: optional(fc.constantFrom('handling', 'enterprise')),
    enterpriseGrade: optional(fc.constantFrom('A', 'B')), clock: fc.constantFrom(...limitClocks.slice(0, 2)), validFrom: optional(day), validTo: optional(day), pick: fc.nat(3),
  })
  .map(({ pick, ...rest }) => {
    const ids = { matter: ['m1', 'm2', 'm1', 'm2'], category: ['c1', 'c2', 'c3', 'c9'], industry: ['i1', 'i2', 'i9', 'i1'], appealType: ['complaint', 'help', 'noise', 'help'], tenant: [null, null, null, null] }
    return aRule({ ...rest, scopeId: ids[rest.scopeKind][pick] ?? null })
  })
const anyCase = fc
  .record({ urgency: fc.constantFrom('normal', 'urgent'), level: optional(fc.integer({ min: 2, max: 4 })), clock: fc.constantFrom(...limitClocks.slice(0, 2)), unitKind: optional(fc.constantFrom('handling', 'enterprise')), matterId: fc.constantFrom('m1', 'm2', null) })
  .map((over) => aCase(over))

describe('对任意规则集', () => {
  test('互不冲突的规则总有唯一胜者，与保存顺序无关', () => {
    fc.assert(
      fc.property(fc.array(anyRule, { maxLength: 25 }), anyCase, (drawn, of) => {
        const rules: LimitRule[] = []
        for (const [index, rule] of drawn.entries()) if (!rules.some((kept) => limitsConflict(kept, rule))) rules.push({ ...rule, id: String(index) })
        const first = winner(rules, of)
        expect(winner(rules.toReversed(), of)).toBe(first)
        expect(first !== undefined).toBe(rules.some((rule) => limitApplies(rule, of)))
        const ranks = rules.filter((rule) => limitApplies(rule, of)).map((rule) => JSON.stringify(limitRank(rule, of)))
        expect(new Set(ranks).size).toBe(ranks.length)
      }),
    )
  })

  test('加一条不适用的规则不改变结果', () => {
    fc.assert(
      fc.property(fc.array(anyRule, { maxLength: 10 }), anyRule, anyCase, (rules, more, of) => {
        const named = rules.map((rule, index) => ({ ...rule, id: String(index) }))
        fc.pre(!limitApplies(more, of))
        expect(winner([...named, { ...more, id: 'more' }], of)).toBe(winner(named, of))
      }),
    )
  })

  test('冲突关系是对称的', () => {
    fc.assert(fc.property(anyRule, anyRule, (a, b) => {
      expect(limitsConflict(a, b)).toBe(limitsConflict(b, a))
    }))
  })
})
