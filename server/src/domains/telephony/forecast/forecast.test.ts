import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { levelOf, staffing, waitChance } from './erlang.ts'
import { backtest, bent, expectDay, SLOTS, type Day } from './volume.ts'

const curve = (slot: number): number => (slot < 14 || slot > 44 ? 2 : 20 + 15 * Math.sin(((slot - 14) / 30) * Math.PI))
const day = (i: number, of: (slot: number) => number = curve, work = i % 7 < 5): Day => ({ weekday: (i % 7) + 1, work, counts: Array.from({ length: SLOTS }, (_, slot) => Math.round(of(slot) * (work ? 1 : 0.4))) })

describe('TEL-22 按排队模型算座席', () => {
  test('Erlang C 与教科书的数一致：100 通/半小时、每通 180 秒、15 秒内 80% 要 14 席', () => {
    const load = (100 * 180) / 1800
    expect(load).toBe(10)
    expect(waitChance(10, 14)).toBeCloseTo(0.1741, 3)
    expect(levelOf(10, 14, 180, 20)).toBeCloseTo(88.8, 1)
    expect(staffing({ calls: 100, slotSeconds: 1800, handleSeconds: 180, share: 80, seconds: 15, occupancy: 100, shrinkage: 0 })).toMatchObject({ seats: 14, roster: 14 })
    expect(staffing({ calls: 0, slotSeconds: 1800, handleSeconds: 180, share: 95, seconds: 15, occupancy: 85, shrinkage: 15 })).toMatchObject({ seats: 0, level: 100 })
  })

  test('任何量下：建议的席数达到目标，少一席则达不到目标或超过占用上限；量多不会建议更少', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 4000 }), fc.integer({ min: 30, max: 900 }), fc.integer({ min: 50, max: 99 }), (calls, handleSeconds, share) => {
      const ask = { calls, slotSeconds: 1800, handleSeconds, share, seconds: 15, occupancy: 90, shrinkage: 0 }
      const { seats, level, load } = staffing(ask)
      expect(level).toBeGreaterThanOrEqual(share)
      expect(seats === 1 || seats - 1 < load / 0.9 || levelOf(load, seats - 1, handleSeconds, 15) < share).toBe(true)
      expect(staffing({ ...ask, calls: calls + 50 }).seats).toBeGreaterThanOrEqual(seats)
    }), { numRuns: 60 })
  })
})

describe('TEL-40 来电预测', () => {
  const weeks = Array.from({ length: 56 }, (_, i) => day(i))

  test('规律的来电：预测等于规律；休息日按休息日；没有历史就是零', () => {
    expect(expectDay(weeks, { weekday: 1, work: true })[30]).toBeCloseTo(curve(30), 0)
    expect(expectDay(weeks, { weekday: 3, work: false })[30]).toBeCloseTo(curve(30) * 0.4, 0)
    expect(expectDay([], { weekday: 1, work: true }).every((n) => n === 0)).toBe(true)
  })

  test('今天比往常多一半，后面半小时跟着抬高，几小时后回到往常', () => {
    const plain = expectDay(weeks, { weekday: 1, work: true })
    const raised = bent(plain, plain.slice(0, 24).map((n) => n * 1.5))
    expect(raised[24]).toBeGreaterThan((plain[24] ?? 0) * 1.3)
    expect((raised[44] ?? 0) / (plain[44] ?? 1)).toBeLessThan(1.1)
    expect(raised.slice(0, 24)).toEqual(plain.slice(0, 24))
  })

  test('带随机和一天突增的八周：误差与上周同时段（天真法）并列，且不比它差', () => {
    let seed = 7
    const chance = (): number => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed / 2147483648 }
    const noisy = Array.from({ length: 56 }, (_, i) => { const storm = (i === 50 ? 2.5 : 1) * (0.8 + 0.4 * chance()); return day(i, (slot) => curve(slot) * storm * (0.6 + 0.8 * chance())) })
    const { halfHour, day: whole } = backtest(noisy, 14)
    expect(halfHour.slots).toBe(14 * SLOTS)
    expect(halfHour.error ?? 100).toBeLessThan(halfHour.naive ?? 0)
    expect(whole.error ?? 100).toBeLessThan(whole.naive ?? 0)
  })
})
