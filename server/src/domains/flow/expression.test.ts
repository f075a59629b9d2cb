import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ExpressionError, parseExpression } from './expression.ts'
import { evaluateExpression, expressionProblems } from './expression-value.ts'
import type { VariableType } from './graph.ts'

const variables = { days: 6, kind: 'help', urgent: true, due: '2026-11-22', none: null, 金额: 120 }

test.each([
  ['days > 5', true], ['days >= 6 and kind = "help"', true], ['days > 5 or nothing = 1', true], ['kind in ["help", "complaint"]', true], ['not urgent', false], ['!urgent || days != 6', false],
  ['1 + 2 * 3', 7], ['(1 + 2) * 3', 9], ['-days + 10 % 4', -4], ['if(empty(none), 1, 2)', 1], ['max(days, 9, 3)', 9], ['round(days / 4)', 2], ['"a" + "b"', 'ab'], ['contains(kind, "el")', true], ['due < "2026-12-01"', true],
  ['金额 > 100 且 days = 6', true], ['none = null', true], ['days = null', false], ['len("民声")', 2], ["kind = 'help'", true], ['kind = "he\\"lp"', false],
])('%s 的值为 %j', (text, value) => {
  expect(evaluateExpression(text, variables)).toEqual(value)
})

test('没有给出的变量使比较不成立，除数为零得空', () => {
  for (const text of ['missing > 1', 'missing = 1', 'missing != 1', 'missing in [1]', 'days / 0 = 1']) expect(evaluateExpression(text, variables)).toBe(false)
  expect(evaluateExpression('days / 0', variables)).toBeNull()
})

test.each([['1 +', '表达式不完整'], ['(1', '此处应为“)”'], ['1 2', '此处不应出现“2”'], ['"abc', '文字缺少结束引号'], ['a # b', '不能识别'], ['eval("1")', '没有函数“eval”'], ['constructor("x")', '没有函数'], ['max()', '需要 1 个参数'], ['a < b < c', '此处不应出现“<”'], ['a = 1; b', '不能识别']])('%s 被拒绝', (text, message) => {
  expect(expressionProblems(text, new Map()).join()).toContain(message)
})

test('语言之外的名称只是没有声明的变量，不触及任何对象', () => {
  for (const text of ['__proto__', 'constructor', 'toString', 'process.env']) {
    expect(evaluateExpression(text, {})).toBeNull()
    expect(expressionProblems(text, new Map())).toEqual([`没有声明变量“${text}”`])
  }
})

describe('类型', () => {
  const declared = new Map<string, VariableType>([['days', 'number'], ['kind', 'text'], ['urgent', 'boolean'], ['due', 'date']])
  test.each([['days > "a"', '此处应为数值'], ['days and urgent', '此处应为是否'], ['kind + 1', '此处应为文字'], ['urgent in days', '此处应为列表'], ['kind = 3', '此处应为文字'], ['days', '结果应为是否，实为数值']])('%s：%s', (text, message) => {
    expect(expressionProblems(text, declared, 'boolean').join()).toContain(message)
  })
  test.each(['days > 5 and urgent', 'due >= "2026-01-01"', 'if(urgent, days > 1, false)', 'kind in ["a"]', 'not empty(kind)'])('%s 没有问题', (text) => {
    expect(expressionProblems(text, declared, 'boolean')).toEqual([])
  })
})

test('任何文字要么读成表达式，要么指出哪里不对；过深过长的被拒绝', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ maxLength: 80 }), fc.array(fc.constantFrom('a', '1', '"x"', '(', ')', '[', ']', ',', '+', '-', '*', 'and', 'or', 'not', 'in', '=', '<', 'if', ' '), { maxLength: 40 }).map((parts) => parts.join(' '))), (text) => {
      try {
        parseExpression(text)
      } catch (error) {
        expect(error).toBeInstanceOf(ExpressionError)
      }
    }),
    { numRuns: 2000 },
  )
  expect(() => parseExpression(`${'('.repeat(200)}1${')'.repeat(200)}`)).toThrow('嵌套过深')
  expect(() => parseExpression('1'.repeat(1001))).toThrow('不能超过')
})
