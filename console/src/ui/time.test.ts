import { describe, expect, test } from 'vitest'
import { day, duration, fromPicker, learnServerTime, localNow, moment, now, parseTyped, remaining, stopwatch, toPicker, when, whenFull } from './time.ts'

// 2026-11-21 14:00 in Shanghai, a Saturday
const at = Date.parse('2026-11-21T06:00:00Z')

describe('日期按租户时区显示', () => {
  test.each([
    ['2026-11-21T06:20:00Z', '今天 14:20'],
    ['2026-11-20T16:30:00Z', '今天 00:30'],
    ['2026-11-20T01:12:00Z', '昨天 09:12'],
    ['2026-11-18T01:12:00Z', '11-18 09:12'],
    ['2025-11-18T01:12:00Z', '2025-11-18 09:12'],
    ['2025-12-31T16:30:00Z', '01-01 00:30'],
  ])('%s → %s', (iso, text) => expect(when(iso, at)).toBe(text))
  test('没有值显示短横', () => {
    expect(when(null, at)).toBe('–')
    expect(when('nonsense', at)).toBe('–')
  })
  test('悬停给出完整时间和时区', () => expect(whenFull('2025-11-18T01:12:33Z')).toBe('2025-11-18 09:12:33 GMT+8'))
  test('时限写到星期', () => {
    expect(moment('2026-11-25T09:30:00Z', at)).toBe('11-25 周三 17:30')
    expect(moment('2026-11-21T09:30:00Z', at)).toBe('今天 17:30')
  })
})

describe('时长', () => {
  const minute = 60_000
  test.each([
    [40 * minute + 59_000, '40分'],
    [200 * minute, '3小时20分'],
    [180 * minute, '3小时'],
    [52 * 60 * minute + 59 * minute, '2天4小时'],
    [24 * 60 * minute, '1天'],
    [0, '0分'],
  ])('%d 毫秒 → %s', (ms, text) => expect(duration(ms)).toBe(text))
  test('剩余向下取整，超期向上取整', () => {
    expect(remaining(new Date(at + 59_999).toISOString(), at)).toEqual({ overdue: false, text: '剩余 0分' })
    expect(remaining(new Date(at - 1).toISOString(), at)).toEqual({ overdue: true, text: '超期 1分' })
  })
  test('超期向上取整时不会出现 24 小时', () => {
    expect(remaining(new Date(at - (24 * 60 - 1) * minute - 1).toISOString(), at).text).toBe('超期 1天')
  })
  test('环节时限不足五分钟时写到秒', () => expect(remaining(new Date(at + 192_000).toISOString(), at, true).text).toBe('剩余 3分12秒'))
  test('通话计时', () => {
    expect(stopwatch(192_000)).toBe('03:12')
    expect(stopwatch(3_725_000)).toBe('1:02:05')
  })
})

describe('直接输入日期', () => {
  test.each([
    ['1118', '2026-11-17T16:00:00.000Z'],
    ['1118 14', '2026-11-18T06:00:00.000Z'],
    ['1118 1430', '2026-11-18T06:30:00.000Z'],
    ['2025-11-18 9:05', '2025-11-18T01:05:00.000Z'],
    ['今天 17:30', '2026-11-21T09:30:00.000Z'],
  ])('%s', (text, iso) => expect(parseTyped(text, at)).toBe(iso))
  test.each(['', 'abc', '1332', '0230', '1118 25'])('不认识的“%s”不猜', (text) => expect(parseTyped(text, at)).toBeNull())
})

test('选择器显示租户时间，选回来是同一时刻', () => {
  const iso = '2026-11-18T06:30:00.000Z'
  expect(toPicker(iso)?.format('YYYY-MM-DD HH:mm')).toBe('2026-11-18 14:30')
  expect(fromPicker(toPicker(iso))).toBe(iso)
  expect(day(iso)).toBe('2026-11-18')
})

test('本机时钟快一小时时按服务器时间显示', () => {
  const local = localNow()
  learnServerTime(new Date(local - 3_600_000).toISOString(), local, local + 20)
  expect(Math.abs(now() - (localNow() - 3_600_000))).toBeLessThan(1500)
  learnServerTime(new Date(localNow()).toISOString(), localNow(), localNow())
})
