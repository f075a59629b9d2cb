// The rules of callbacks, without a database.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compare, drawn, outcomeOf, owedCause, rateOf, statements, type OwedFacts } from './callback.ts'

const facts = (more: Partial<OwedFacts> = {}): OwedFacts => ({ id: '01997a60-0000-7000-8000-000000000001', source: 'own', round: 1, urgency: 'normal', enterprise: false, byProfile: false, wanted: true, reachable: true, ...more })
const always = ['urgent', 'enterprise', 'dissatisfiedBefore'] as const

describe('谁应回访', () => {
  test.each([
    ['诉求人要求且留有电话', {}, 'wanted'],
    ['不需要回访', { wanted: false }, null],
    ['没有联系电话', { reachable: false }, null],
    ['上级下派的镜像工单由上级回访', { source: 'upper', urgency: 'major' }, null],
    ['紧急工单必须回访', { wanted: false, urgency: 'urgent' }, 'urgent'],
    ['企业诉求必须回访', { wanted: false, enterprise: true }, 'enterprise'],
    ['专项类型规定必须回访', { wanted: false, byProfile: true }, 'profile'],
    ['曾不满意的重办工单必须回访', { wanted: false, round: 2 }, 'dissatisfiedBefore'],
  ])('%s', (_name, more, cause) => {
    expect(owedCause(facts(more), always, 100)).toBe(cause)
  })

  test('关闭“必须回访”后按诉求人意愿', () => {
    expect(owedCause(facts({ wanted: false, urgency: 'urgent' }), [], 100)).toBeNull()
  })

  test('抽取可重复，比例接近设定值', () => {
    const ids = Array.from({ length: 4000 }, (_, i) => `01997a60-${String(i).padStart(4, '0')}-7000-8000-${String(i * 7919).padStart(12, '0')}`)
    const picked = ids.filter((id) => drawn(id, 30))
    expect(ids.filter((id) => drawn(id, 30))).toEqual(picked)
    expect(picked.length / ids.length).toBeGreaterThan(0.26)
    expect(picked.length / ids.length).toBeLessThan(0.34)
    expect(ids.every((id) => drawn(id, 100))).toBe(true)
    expect(ids.some((id) => drawn(id, 0))).toBe(false)
    // A larger share only adds orders.
    expect(picked.every((id) => drawn(id, 60))).toBe(true)
  })
})

describe('回答的后果', () => {
  const answer = fc.record({ solved: fc.constantFrom(...statements), satisfied: fc.constantFrom(...statements), attributable: fc.boolean() })

  test('只有明确的“否”才重办；没说的绝不算满意', () => {
    fc.assert(
      fc.property(answer, (a) => {
        const outcome = outcomeOf(a)
        const no = a.solved === 'no' || a.satisfied === 'no'
        expect(outcome === 'dissatisfied').toBe(no && a.attributable)
        expect(outcome === 'notAttributable').toBe(no && !a.attributable)
        expect(outcome === 'satisfied').toBe(a.solved === 'yes' && a.satisfied === 'yes')
      }),
    )
  })

  test('单位自报与诉求人回答并列，有一方没说就不比较', () => {
    expect(compare('yes', 'no')).toEqual({ unit: 'yes', requester: 'no', same: false })
    expect(compare('yes', 'yes').same).toBe(true)
    expect(compare('notStated', 'yes').same).toBeNull()
    expect(compare('yes', 'notStated').same).toBeNull()
    expect(compare(null, 'yes').same).toBeNull()
  })

  test('未表态不进分母', () => {
    expect(rateOf({ yes: 3, no: 1, notStated: 6 })).toEqual({ yes: 3, no: 1, notStated: 6, base: 4, rate: 0.75 })
    expect(rateOf({ yes: 0, no: 0, notStated: 2 }).rate).toBeNull()
    expect(rateOf({ yes: 3, no: 1, notStated: 0 }, 4).rate).toBe(3 / 8)
  })
})
