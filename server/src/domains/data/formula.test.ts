import Fraction from 'fraction.js'
import { describe, expect, it } from 'vitest'
import { CircleError, compileFormula, decimal, inOrder, type Exact } from './formula.ts'

const run = (text: string, values: Record<string, number | null> = {}): Exact => compileFormula(text).run(new Map(Object.entries(values).map(([k, v]) => [k, v === null ? null : new Fraction(v)])))
const shown = (text: string, values: Record<string, number | null> = {}, scale = 2): string | null => decimal(run(text, values), scale)

describe('公式', () => {
  it('按分数精确计算，只在显示时四舍五入', () => {
    expect(shown('a / b * 100', { a: 1, b: 3 })).toBe('33.33')
    expect(shown('a / b * b', { a: 1, b: 3 })).toBe('1.00')
    expect(shown('0.1 + 0.2', {}, 20)).toBe('0.30000000000000000000')
    expect(shown('a / 8', { a: 1 })).toBe('0.13')
    expect(shown('0 - a / 8', { a: 1 })).toBe('-0.13')
    expect(shown('0 - a / 1000', { a: 1 })).toBe('0.00')
  })

  it('除以零和缺少的部分没有值，不是零', () => {
    expect(run('a / b', { a: 3, b: 0 })).toBeNull()
    expect(run('a + b', { a: 3 })).toBeNull()
    expect(shown('coalesce(a / b, 0)', { a: 3, b: 0 })).toBe('0.00')
    expect(run('if(a / b > 1, 1, 0)', { a: 3, b: 0 })).toBeNull()
  })

  it('分段、条件和界限', () => {
    expect([59, 60, 79.99, 80].map((x) => shown('band(x, 60, 1, 80, 2, 3)', { x }, 0))).toEqual(['1', '2', '2', '3'])
    expect(shown('min(100, max(0, x - 5 * n))', { x: 90, n: 3 }, 0)).toBe('75')
    expect(shown('if(x >= 95 and n = 0, 100, round(x, 1))', { x: 93.25, n: 0 })).toBe('93.30')
  })

  it.each([
    ['a +', '表达式不完整'], ['evil(a)', '没有函数“evil”'], ['a in [1]', '公式里不能用“in”'], ['a > 3', '公式的结果应为数值'], ['"x"', '公式里只能有数值和指标'], ['if(a, 1, 2)', '应为条件'], ['a; b', '不能识别'],
  ])('“%s”被拒绝并指出原因', (text, reason) => {
    expect(() => compileFormula(text)).toThrow(reason)
  })

  it('先算组成再算公式，循环引用说出路径', () => {
    const parts: Record<string, string[]> = { rate: ['yes', 'all'], all: ['yes', 'no'], loopA: ['loopB'], loopB: ['loopA'] }
    expect(inOrder(['rate'], (code) => parts[code] ?? [])).toEqual(['yes', 'no', 'all', 'rate'])
    expect(() => inOrder(['loopA'], (code) => parts[code] ?? [])).toThrow(new CircleError(['loopA', 'loopB', 'loopA']))
  })
})
