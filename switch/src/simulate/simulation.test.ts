import { describe, expect, test } from 'vitest'
import { simulate } from './simulation.ts'

describe('随机模拟', () => {
  test.each([1, 2, 3])('五百通随机来电，来电人挂断、网页崩溃、线路中断，没有卡住的座席，没有不结束的通话（种子 %i）', (seed) => {
    const result = simulate({ seed, calls: 500 })
    expect(result.findings).toEqual([])
    expect(result.calls).toBe(500)
  }, 180_000)
  test.each([11, 12])('交换机多次被强行终止并恢复，仍没有卡住的座席和通话（种子 %i）', (seed) => {
    const result = simulate({ seed, calls: 500, kills: true, killShare: 0.004 })
    expect(result.findings).toEqual([])
    expect(result.kills).toBeGreaterThan(0)
  }, 180_000)
})
