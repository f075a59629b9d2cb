import { expect, test } from 'vitest'
import { atLocalTime, buildCalendar, isUncertain, isWorkingDay, seedHolidays } from './index.ts'

const seed = seedHolidays([2026])
const calendar = buildCalendar(seed.days, { coveredUntil: seed.coveredUntil })

test.each([
  ['2026-09-20', true, '国庆调休上班的周日'],
  ['2026-09-25', false, '中秋节'],
  ['2026-09-30', true, '节前的周三'],
  ['2026-10-01', false, '国庆节'],
  ['2026-10-07', false, '国庆节最后一天'],
  ['2026-10-08', true, '节后的周四'],
  ['2026-10-10', true, '国庆调休上班的周六'],
  ['2026-10-11', false, '普通周日'],
  ['2026-02-14', true, '春节调休上班的周六'],
  ['2026-02-23', false, '春节最后一天'],
  ['2026-02-28', true, '春节调休上班的周六'],
])('%s 是否工作日：%s（%s）', (date, working) => {
  expect(isWorkingDay(calendar, date)).toBe(working)
  expect(isUncertain(calendar, date)).toBe(false)
})

test.each([
  ['2027-01-01', false, '元旦，周五'],
  ['2027-02-08', true, '春节尚未公布，按周一算'],
  ['2027-10-01', false, '国庆节，周五'],
  ['2027-10-04', true, '调休尚未公布，按周一算'],
  ['2028-05-01', false, '劳动节，周一'],
  ['2028-05-02', false, '劳动节第二天，周二'],
])('超出已公布日历的 %s 按固定日期的节日推算并标为不确定：%s（%s）', (date, working) => {
  expect(isWorkingDay(calendar, date)).toBe(working)
  expect(isUncertain(calendar, date)).toBe(true)
})

test('时刻按租户时区的日期判断是否不确定', () => {
  expect(isUncertain(calendar, atLocalTime('2026-12-31', '23:59'))).toBe(false)
  expect(isUncertain(calendar, atLocalTime('2027-01-01', '00:00'))).toBe(true)
})

test('已录入的日期优先于推算，后录入的优先于先录入的', () => {
  const own = buildCalendar(
    [
      { date: '2027-10-01', kind: 'workday' },
      { date: '2026-07-01', kind: 'holiday' },
      { date: '2026-10-10', kind: 'workday' },
      { date: '2026-10-10', kind: 'holiday' },
    ],
    { coveredUntil: '2026-12-31' },
  )
  expect(['2027-10-01', '2026-07-01', '2026-10-10'].map((date) => isWorkingDay(own, date))).toEqual([true, false, false])
})

test('未公布的年份没有行，覆盖日期止于已公布的最后一年', () => {
  const later = seedHolidays([2025, 2026, 2027])
  expect(later.coveredUntil).toBe('2026-12-31')
  expect(later.days.at(-1)).toEqual({ date: '2026-10-10', kind: 'workday', name: '国庆节' })
  expect(later.days.map((row) => row.date)).toEqual(later.days.map((row) => row.date).toSorted())
  expect(later.days.filter((row) => row.date.startsWith('2026'))).toEqual(seed.days)
  expect(seedHolidays([2025]).coveredUntil).toBe('2025-12-31')
})

test('calendars that cannot be are refused', () => {
  const settings = { coveredUntil: '2026-12-31' }
  expect(() => buildCalendar([{ date: '2026-02-30', kind: 'holiday' }], settings)).toThrow(RangeError)
  expect(() => buildCalendar([], { coveredUntil: 'soon' })).toThrow(RangeError)
  expect(() => buildCalendar([], { ...settings, timeZone: 'Nowhere' })).toThrow(RangeError)
  expect(() => buildCalendar([], { ...settings, workingHours: [] })).toThrow('needs working hours')
  const hours = (...pairs: [string, string][]) => ({ ...settings, workingHours: pairs.map(([from, to]) => ({ from, to })) })
  expect(() => buildCalendar([], hours(['09:00', '12:00'], ['11:00', '18:00']))).toThrow('overlap')
  expect(() => buildCalendar([], hours(['18:00', '09:00']))).toThrow('out of order')
  expect(() => buildCalendar([], hours(['9:00', '18:00']))).toThrow('time of day')
  expect(() => buildCalendar([], hours(['09:00', '24:01']))).toThrow('time of day')
  expect(buildCalendar([], hours(['00:00', '24:00'])).dayMs).toBe(24 * 3_600_000)
})
