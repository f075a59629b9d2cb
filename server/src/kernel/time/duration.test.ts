import { expect, test } from 'vitest'
import {
  addDuration,
  buildCalendar,
  durationBetween,
  instant,
  leadBefore,
  localParts,
  nextWorkingMoment,
  parseIso,
  pauseShift,
  remaining,
  seedHolidays,
  subtractDuration,
  toIso,
  workingMsBetween,
} from './index.ts'
import type { DurationUnit, Instant } from './index.ts'

const seed = seedHolidays([2026])
// 09:00–12:00, 14:00–18:00：每天 7 个工作小时
const calendar = buildCalendar(seed.days, { coveredUntil: seed.coveredUntil })

const at = (local: string): Instant => parseIso(`${local.replace(' ', 'T')}:00+08:00`)
const shown = (moment: Instant): string => toIso(instant(moment + 8 * 3_600_000)).slice(0, 16).replace('T', ' ')

test.each<[string, number, DurationUnit, string, string]>([
  // 工作日
  ['2026-11-16 10:20', 1, 'workingDays', '2026-11-17 10:20', '次日同一时刻'],
  ['2026-11-20 15:00', 1, 'workingDays', '2026-11-23 15:00', '周五到下周一'],
  ['2026-11-21 11:00', 1, 'workingDays', '2026-11-24 09:00', '周六登记，周一上班起算'],
  ['2026-11-16 08:00', 1, 'workingDays', '2026-11-17 09:00', '上班前登记，上班起算'],
  ['2026-11-16 12:30', 1, 'workingDays', '2026-11-17 14:00', '午休登记，下午上班起算'],
  ['2026-11-16 18:00', 1, 'workingDays', '2026-11-18 09:00', '下班时登记，次日上班起算'],
  ['2026-09-30 10:00', 1, 'workingDays', '2026-10-08 10:00', '跨国庆节'],
  ['2026-10-03 10:00', 3, 'workingDays', '2026-10-12 09:00', '节日登记，周六调休上班计入'],
  ['2026-09-30 10:00', 5, 'workingDays', '2026-10-13 10:00', '8、9、10（调休）、12、13 日'],
  ['2026-09-18 16:30', 2, 'workingDays', '2026-09-21 16:30', '周日调休上班计入'],
  ['2026-02-13 17:00', 5, 'workingDays', '2026-02-27 17:00', '跨春节：14（调休）、24、25、26、27 日'],
  ['2026-02-13 17:00', 6, 'workingDays', '2026-02-28 17:00', '节后周六调休上班计入'],
  ['2026-11-16 09:00', 0.5, 'workingDays', '2026-11-16 14:30', '半个工作日为 3.5 小时'],
  ['2026-12-31 10:00', 1, 'workingDays', '2027-01-04 10:00', '元旦按固定日期推算'],
  ['2026-11-21 11:00', 0, 'workingDays', '2026-11-21 11:00', '零时限不移动'],
  // 工作小时
  ['2026-11-16 10:00', 2, 'workingHours', '2026-11-16 12:00', '止于上午下班'],
  ['2026-11-16 10:00', 3, 'workingHours', '2026-11-16 15:00', '跳过午休'],
  ['2026-11-16 09:00', 7, 'workingHours', '2026-11-16 18:00', '一整天止于当日下班'],
  ['2026-11-16 17:30', 1, 'workingHours', '2026-11-17 09:30', '跨夜'],
  ['2026-11-20 17:30', 1.5, 'workingHours', '2026-11-23 10:00', '跨周末'],
  ['2026-09-30 17:00', 8, 'workingHours', '2026-10-08 18:00', '跨国庆节'],
  ['2026-10-09 17:00', 2, 'workingHours', '2026-10-10 10:00', '调休的周六照常计时'],
  ['2026-02-15 00:00', 1, 'workingHours', '2026-02-24 10:00', '春节里登记'],
  // 自然时间
  ['2026-09-30 23:30', 45, 'naturalMinutes', '2026-10-01 00:15', '不管昼夜'],
  ['2026-09-30 17:00', 24, 'naturalHours', '2026-10-01 17:00', '不管节日'],
  ['2026-09-30 17:00', 15, 'naturalDays', '2026-10-15 17:00', '不管节日'],
  ['2026-09-30 17:00', 1.5, 'naturalDays', '2026-10-02 05:00', '一天半'],
])('从 %s 起 %d %s 到 %s 止（%s）', (start, amount, unit, due) => {
  expect(shown(addDuration(calendar, at(start), { amount, unit }))).toBe(due)
})

test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('时限不能是 %d', (amount) => {
  expect(() => addDuration(calendar, at('2026-11-16 10:00'), { amount, unit: 'workingDays' })).toThrow(RangeError)
  expect(() => subtractDuration(calendar, at('2026-11-16 10:00'), { amount, unit: 'naturalHours' })).toThrow(RangeError)
})

test.each<[string, number, DurationUnit, string]>([
  ['2026-10-08 10:00', 1, 'workingDays', '2026-09-30 10:00'],
  ['2026-10-08 10:00', 2, 'workingHours', '2026-09-30 17:00'],
  ['2026-10-08 10:00', 1, 'workingHours', '2026-10-08 09:00'],
  ['2026-10-08 10:00', 24, 'naturalHours', '2026-10-07 10:00'],
  ['2026-10-08 10:00', 3, 'naturalDays', '2026-10-05 10:00'],
  ['2026-10-08 10:00', 30, 'naturalMinutes', '2026-10-08 09:30'],
  ['2026-10-04 10:00', 0, 'workingHours', '2026-10-04 10:00'],
])('%s 之前 %d %s 是 %s', (end, amount, unit, before) => {
  expect(shown(subtractDuration(calendar, at(end), { amount, unit }))).toBe(before)
})

test.each([
  ['2026-11-16 10:00', '2026-11-16 15:00', 3],
  ['2026-11-16 20:00', '2026-11-17 08:00', 0],
  ['2026-09-30 00:00', '2026-10-13 00:00', 35], // 30、8、9、10（调休）、12 日
  ['2026-10-01 00:00', '2026-10-08 00:00', 0],
  ['2026-11-16 15:00', '2026-11-16 10:00', -3],
])('%s 到 %s 有 %d 个工作小时', (a, b, hours) => {
  expect(workingMsBetween(calendar, at(a), at(b)) / 3_600_000).toBe(hours)
})

test('下一个工作时刻：上班中不动，否则到下一次上班', () => {
  expect(shown(nextWorkingMoment(calendar, at('2026-11-16 10:00')))).toBe('2026-11-16 10:00')
  expect(shown(nextWorkingMoment(calendar, at('2026-11-16 12:00')))).toBe('2026-11-16 14:00')
  expect(shown(nextWorkingMoment(calendar, at('2026-10-01 10:00')))).toBe('2026-10-08 09:00')
})

test.each<[string, string, string, string, DurationUnit, string]>([
  ['2026-11-18 10:00', '2026-11-16 10:00', '2026-11-16 16:00', '2026-11-18 16:00', 'workingDays', '同日挂起 4 小时'],
  ['2026-11-18 10:00', '2026-11-16 10:00', '2026-11-17 10:00', '2026-11-19 10:00', 'workingDays', '挂起一个工作日'],
  ['2026-11-18 10:00', '2026-11-16 18:30', '2026-11-17 08:30', '2026-11-18 10:00', 'workingDays', '夜里挂起不移动'],
  ['2026-09-30 16:00', '2026-09-29 15:00', '2026-10-09 15:00', '2026-10-10 16:00', 'workingDays', '跨节三个工作日'],
  ['2026-11-17 09:00', '2026-11-16 10:00', '2026-11-17 10:00', '2026-11-18 09:00', 'workingDays', '止于上班时刻的仍止于上班时刻'],
  ['2026-11-16 18:00', '2026-11-16 10:00', '2026-11-17 10:00', '2026-11-17 18:00', 'workingHours', '止于下班时刻的仍止于下班时刻'],
  ['2026-11-17 10:00', '2026-11-16 10:00', '2026-11-18 11:30', '2026-11-19 11:30', 'naturalHours', '自然时间整段顺延'],
  ['2026-11-16 10:00', '2026-11-16 15:00', '2026-11-16 17:00', '2026-11-16 12:00', 'workingHours', '已超期的超期时长不变'],
])('期限 %s 于 %s 挂起、%s 续办后为 %s（%s，%s）', (due, paused, resumed, moved, unit) => {
  expect(shown(pauseShift(calendar, at(due), at(paused), at(resumed), unit))).toBe(moved)
})

test('续办不能早于挂起', () => {
  const [early, late] = [at('2026-11-16 10:00'), at('2026-11-16 11:00')]
  expect(() => pauseShift(calendar, late, late, early, 'naturalHours')).toThrow(RangeError)
})

test.each<[string, number, DurationUnit, number, DurationUnit, string, string]>([
  ['2026-11-23 10:00', 5, 'workingDays', 24, 'naturalHours', '2026-11-22 10:00', '期限前 24 小时'],
  ['2026-11-17 10:00', 24, 'naturalHours', 24, 'naturalHours', '2026-11-16 22:00', '不早于一半：12 小时'],
  ['2026-11-16 12:00', 2, 'naturalHours', 24, 'naturalHours', '2026-11-16 11:00', '不早于一半：1 小时'],
  ['2026-11-17 10:00', 1, 'workingDays', 24, 'naturalHours', '2026-11-16 15:30', '不早于一半：3.5 工作小时'],
  ['2026-11-16 12:00', 4, 'naturalHours', 1, 'naturalHours', '2026-11-16 11:00', '企业诉求提前 1 小时'],
  ['2026-10-08 10:00', 3, 'workingDays', 1, 'workingDays', '2026-09-30 10:00', '提前一个工作日，跨节'],
])('期限 %s、时限 %d %s、提前 %d %s：%s 起预警（%s）', (due, limit, limitUnit, lead, leadUnit, warn) => {
  expect(
    shown(leadBefore(calendar, at(due), { amount: lead, unit: leadUnit }, { amount: limit, unit: limitUnit })),
  ).toBe(warn)
})

test('剩余与超期按时钟的计时方式计算', () => {
  const due = at('2026-10-08 10:00')
  expect(remaining(calendar, at('2026-09-30 17:00'), due, 'workingDays')).toEqual({
    overdue: false,
    ms: 2 * 3_600_000,
    basis: 'working',
    dayMs: 7 * 3_600_000,
  })
  expect(remaining(calendar, at('2026-10-07 17:00'), due, 'naturalHours')).toMatchObject({ overdue: false, ms: 17 * 3_600_000 })
  expect(remaining(calendar, at('2026-10-09 09:30'), due, 'workingHours')).toMatchObject({ overdue: true, ms: 6.5 * 3_600_000 })
  expect(remaining(calendar, due, due, 'naturalDays')).toMatchObject({ overdue: false, ms: 0, basis: 'natural' })
})

test('两个时刻之间换算成时限', () => {
  const [a, b] = [at('2026-09-30 10:00'), at('2026-10-08 10:00')]
  const amounts: [DurationUnit, number][] = [['workingDays', 1], ['workingHours', 7], ['naturalDays', 8], ['naturalHours', 192], ['naturalMinutes', 11520]]
  for (const [unit, amount] of amounts) expect(durationBetween(calendar, a, b, unit)).toEqual({ amount, unit })
  expect(durationBetween(calendar, b, a, 'workingDays').amount).toBe(0)
})

test('夏令时地区：工作日与自然日止于当地同一时刻，自然小时按实际小时', () => {
  const zone = 'America/New_York'
  const abroad = buildCalendar([], { timeZone: zone, coveredUntil: '2026-12-31' })
  const friday = parseIso('2026-03-06T15:00:00-05:00') // 3 月 8 日开始夏令时
  const local = (moment: Instant) => `${localParts(moment, zone).date} ${localParts(moment, zone).hour}`
  expect(local(addDuration(abroad, friday, { amount: 1, unit: 'workingDays' }))).toBe('2026-03-09 15')
  expect(local(addDuration(abroad, friday, { amount: 3, unit: 'naturalDays' }))).toBe('2026-03-09 15')
  expect(local(addDuration(abroad, friday, { amount: 72, unit: 'naturalHours' }))).toBe('2026-03-09 16')
  expect(local(addDuration(abroad, friday, { amount: 4, unit: 'workingHours' }))).toBe('2026-03-09 10')
  expect(workingMsBetween(abroad, friday, parseIso('2026-03-09T10:00:00-04:00'))).toBe(4 * 3_600_000)
})
