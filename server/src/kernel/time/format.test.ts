import { expect, test } from 'vitest'
import {
  DAY,
  formatDue,
  formatDuration,
  formatElapsed,
  formatFull,
  formatMoment,
  formatRemaining,
  HOUR,
  MINUTE,
  parseIso,
  SECOND,
} from './index.ts'
import type { Remaining } from './index.ts'

const natural = (ms: number): Remaining => ({ overdue: ms < 0, ms: Math.abs(ms), basis: 'natural', dayMs: DAY })
const working = (ms: number, dayMs = 7 * HOUR): Remaining => ({ ...natural(ms), basis: 'working', dayMs })

test.each([
  [natural(2 * DAY + 4 * HOUR + 59 * MINUTE), '剩余 2天4小时'],
  [natural(2 * DAY), '剩余 2天'],
  [natural(DAY - 1), '剩余 23小时59分'],
  [natural(3 * HOUR + 20 * MINUTE + 59 * SECOND), '剩余 3小时20分'],
  [natural(HOUR + 5 * MINUTE), '剩余 1小时05分'],
  [natural(2 * HOUR), '剩余 2小时'],
  [natural(40 * MINUTE), '剩余 40分'],
  [natural(59 * SECOND), '剩余 0分'],
  [natural(0), '剩余 0分'],
  [natural(-1), '超期 1分'],
  [natural(-(2 * HOUR + 9 * MINUTE + 1)), '超期 2小时10分'],
  [natural(-(59 * MINUTE + 1)), '超期 1小时'],
  [natural(-(DAY - 1)), '超期 1天'],
  [natural(-(2 * DAY - 1)), '超期 2天'],
  [natural(-(DAY + 1)), '超期 1天1小时'],
  [working(2 * 7 * HOUR + 3 * HOUR), '剩余 2个工作日3小时'],
  [working(7 * HOUR), '剩余 1个工作日'],
  [working(7.5 * HOUR, 7.5 * HOUR), '剩余 1个工作日'],
  [working(-(14.9 * HOUR), 7.5 * HOUR), '超期 2个工作日'], // 7.4 小时进位为满一个工作日
  [working(-(7 * HOUR + 6.5 * HOUR)), '超期 2个工作日'],
  [working(7 * HOUR - 1), '剩余 6小时59分'],
  [{ ...working(0), overdue: true }, '超期 1分'],
])('%j 显示为 %s', (left, text) => {
  expect(formatRemaining(left)).toBe(text)
})

test('通话和五分钟以内的环节时限显示到秒', () => {
  expect(formatRemaining(natural(4 * MINUTE + 20 * SECOND + 999), { seconds: true })).toBe('剩余 4分20秒')
  expect(formatRemaining(natural(-500), { seconds: true })).toBe('超期 1秒')
  expect(formatElapsed(75 * SECOND, { seconds: true })).toBe('1分15秒')
  expect(formatElapsed(65 * MINUTE)).toBe('1小时05分')
})

test('时限的写法', () => {
  expect(formatDuration({ amount: 3, unit: 'workingDays' })).toBe('3个工作日')
  expect(formatDuration({ amount: 24, unit: 'naturalHours' })).toBe('24小时')
  expect(formatDuration({ amount: 30, unit: 'naturalMinutes' })).toBe('30分钟')
})

const now = parseIso('2026-11-21T14:30:00+08:00')

test.each([
  ['2026-11-21T14:20:00+08:00', '今天 14:20'],
  ['2026-11-21T00:00:00+08:00', '今天 00:00'],
  ['2026-11-20T09:12:00+08:00', '昨天 09:12'],
  ['2026-11-18T09:12:00+08:00', '11-18 09:12'],
  ['2025-11-18T09:12:00+08:00', '2025-11-18 09:12'],
  ['2027-01-01T00:00:00+08:00', '2027-01-01 00:00'],
])('%s 显示为 %s', (iso, text) => {
  expect(formatMoment(parseIso(iso), now)).toBe(text)
})

test('期限与完整写法', () => {
  expect(formatDue(parseIso('2026-11-25T17:30:00+08:00'), now)).toBe('至 11-25 周三 17:30')
  expect(formatDue(parseIso('2027-01-03T09:00:00+08:00'), now)).toBe('至 2027-01-03 周日 09:00')
  expect(formatFull(parseIso('2026-11-25T09:30:05Z'))).toBe('2026-11-25 17:30:05 (Asia/Shanghai)')
})
