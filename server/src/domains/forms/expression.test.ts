import fc from 'fast-check'
import { expect, test } from 'vitest'
import { computed, ExpressionError, fieldsOfExpression, visibleNames, withComputed, type FormSchema } from '../../../../forms/index.ts'

test.each([
  ['1 + 2 * 3', {}, 7], ['(1 + 2) * 3', {}, 9], ['-a / 4', { a: 10 }, -2.5], ['sum(rows.n)', { rows: [{ n: 1 }, { n: 2.5 }, {}] }, 3.5], ['sum(rows.n)', {}, 0], ['count(rows)', { rows: [{}, { n: 1 }] }, 1],
  ['avg(rows.n)', { rows: [{ n: 1 }, { n: 3 }] }, 2], ['max(a, b, 3)', { a: 1, b: 2 }, 3], ['round(a / 3, 2)', { a: 10 }, 3.33], ['days(from, to)', { from: '2026-02-27', to: '2026-03-02T08:00:00+08:00' }, 3],
  ['a + b', { a: 1 }, null], ['a / 0', { a: 1 }, null], ['0.1 + 0.2', {}, 0.3],
])('算式 %s 在 %o 时为 %s', (text, value, expected) => {
  expect(computed(text, value)).toBe(expected)
})

test.each([['a +', 3], ['a b', 2], ['evil(a)', 0], ['sum(1)', 0], ['a ; b', 2], ['((((((((((((((((((((((a))))))))))))))))))))))', 19]])('坏的算式 %s 被拒绝', (text, at) => {
  expect(() => fieldsOfExpression(text)).toThrow(ExpressionError)
  try {
    fieldsOfExpression(text)
  } catch (error) {
    expect(error instanceof ExpressionError ? Math.abs(error.at - at) < 2 : false).toBe(true)
  }
})

test('任何文字都不会被当作代码执行：要么是算式，要么报错', () => {
  fc.assert(fc.property(fc.string({ maxLength: 60 }), (text) => {
    const made = computed(text, { a: 1 })
    expect(made === null || Number.isFinite(made)).toBe(true)
  }))
})

test('同一组条件算两次结果相同，隐藏的字段不让下级显示，计算不受书写次序以外的影响', () => {
  const names = ['a', 'b', 'c', 'd']
  const field = fc.record({ on: fc.constantFrom(...names), filled: fc.boolean() })
  fc.assert(fc.property(fc.dictionary(fc.constantFrom(...names), field), fc.dictionary(fc.constantFrom(...names), fc.string()), (rules, value) => {
    const schema: FormSchema = { type: 'object', properties: Object.fromEntries(names.map((name) => [name, { type: 'string' as const, title: name, ...(rules[name] ? { 'x-visibleIf': { field: rules[name].on, filled: rules[name].filled } } : {}) }])) }
    const once = visibleNames(schema, value)
    expect(visibleNames(schema, value)).toEqual(once)
    for (const name of names) {
      const rule = rules[name]
      if (rule && rule.on !== name && rule.filled && !rules[rule.on] && !(value[rule.on] ?? '').trim()) expect(once.has(name)).toBe(false)
    }
  }))
  expect(withComputed({ type: 'object', properties: { a: { type: 'number', title: 'a' }, b: { type: 'number', title: 'b', 'x-compute': 'a * 2' }, c: { type: 'number', title: 'c', 'x-compute': 'b + 1' } }, 'x-order': ['a', 'b', 'c'] }, { a: 2, c: 99 })).toEqual({ a: 2, b: 4, c: 5 })
})
