import { describe, expect, it } from 'vitest'
import { daysIn, monthGrid, weekday } from './month-grid.ts'

describe('年历', () => {
  it('一周从星期一开始：2026-11-22 是星期日，2026-10-01 是星期四', () => {
    expect(weekday(2026, 11, 22)).toBe(6)
    expect(weekday(2026, 10, 1)).toBe(3)
    expect(weekday(2000, 1, 1)).toBe(5)
  })
  it('闰年二月 29 天，整百年不闰', () => {
    expect([daysIn(2028, 2), daysIn(2026, 2), daysIn(2100, 2), daysIn(2000, 2)]).toEqual([29, 28, 28, 29])
  })
  it('每月的每一天恰好出现一次，每行七格', () => {
    for (let month = 1; month <= 12; month += 1) {
      const weeks = monthGrid(2027, month)
      expect(weeks.every((week) => week.length === 7)).toBe(true)
      expect(weeks.flat().filter((day) => day !== null)).toEqual(Array.from({ length: daysIn(2027, month) }, (_, i) => i + 1))
    }
  })
})
