import { expect, test } from 'vitest'
import { day, daysLeft, duration, remaining, when } from './time.ts'

const at = Date.parse('2026-11-18T10:00:00+08:00')

test.each([
  ['2026-11-18T09:05:00+08:00', '今天 09:05'],
  ['2026-11-17T23:59:00+08:00', '昨天 23:59'],
  ['2026-03-01T08:00:00+08:00', '03-01 08:00'],
  ['2025-12-31T08:00:00+08:00', '2025-12-31 08:00'],
])('时间 %s 显示为 %s', (iso, text) => expect(when(iso, at)).toBe(text))

test('跨年的日期带年份，本年的不带', () => {
  expect(day('2026-11-25T17:30:00+08:00', at)).toBe('11月25日 周三')
  expect(day('2027-01-04T17:30:00+08:00', at)).toBe('2027年1月4日 周一')
})

test('剩余时间向下取整，超期向上取整', () => {
  expect(remaining('2026-11-20T14:59:59+08:00', at)).toEqual({ overdue: false, text: '剩余 2天4小时' })
  expect(remaining('2026-11-18T09:59:30+08:00', at)).toEqual({ overdue: true, text: '超期 1分' })
  expect(duration(3 * 3_600_000)).toBe('3小时')
})

test('评价期最后一天还剩 1 天，过期为 0', () => {
  expect(daysLeft('2026-11-18T23:00:00+08:00', at)).toBe(1)
  expect(daysLeft('2026-11-18T09:00:00+08:00', at)).toBe(0)
})
