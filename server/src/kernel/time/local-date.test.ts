import { expect, test } from 'vitest'
import {
  addDays,
  atLocalTime,
  dayOfWeek,
  daysBetween,
  instant,
  isLocalDate,
  localDate,
  localParts,
  lastOfMonth,
  monthOf,
  movableClock,
  parseIso,
  plus,
  startOfDay,
  toIso,
  yyMMdd,
} from './index.ts'

test.each([
  ['2026-10-01T01:00:00Z', '2026-10-01T01:00:00.000Z'],
  ['2026-10-01T09:00:00+08:00', '2026-10-01T01:00:00.000Z'],
  ['2026-10-01 09:00:00.123456+08', '2026-10-01T01:00:00.123Z'],
  ['2026-09-30T20:30:00.5-04:30', '2026-10-01T01:00:00.500Z'],
  ['2026-10-01T09:00+0800', '2026-10-01T01:00:00.000Z'],
])('moment %s is read as %s', (text, iso) => {
  expect(toIso(parseIso(text))).toBe(iso)
})

test.each(['2026-10-01T09:00:00', '2026-02-30T00:00:00Z', '2026-10-01', '2026-10-01T24:00:00Z', '2026-13-01T00:00:00Z', ''])(
  'text %j is refused as a moment',
  (text) => {
    expect(() => parseIso(text)).toThrow(RangeError)
  },
)

test('numbers that are no moment are refused', () => {
  expect(() => instant(Number.NaN)).toThrow(RangeError)
  expect(() => instant(9e15)).toThrow(RangeError)
  expect(instant(1.9)).toBe(1)
})

test('a movable clock stands still until it is moved', () => {
  const clock = movableClock('2026-10-01T00:00:00Z')
  expect(clock.now()).toBe(clock.now())
  expect(toIso(clock.advance(90_000))).toBe('2026-10-01T00:01:30.000Z')
  clock.set('2026-01-01T00:00:00Z')
  expect(toIso(clock.now())).toBe('2026-01-01T00:00:00.000Z')
})

test.each([
  ['2026-09-30T15:59:59.999Z', 'Asia/Shanghai', '2026-09-30'],
  ['2026-09-30T16:00:00Z', 'Asia/Shanghai', '2026-10-01'],
  ['1988-07-01T15:30:00Z', 'Asia/Shanghai', '1988-07-02'], // 中国 1986–1991 年实行过夏令时
  ['2026-09-30T16:00:00Z', 'Asia/Urumqi', '2026-09-30'],
  ['2026-07-01T03:59:00Z', 'America/New_York', '2026-06-30'],
  ['2026-07-01T04:00:00Z', 'America/New_York', '2026-07-01'],
  ['2026-01-01T04:30:00Z', 'America/New_York', '2025-12-31'],
])('%s 在 %s 是 %s', (iso, zone, date) => {
  expect(localDate(parseIso(iso), zone)).toBe(date)
})

test('墙上的日历：年月日时分秒与星期', () => {
  expect(localParts(parseIso('2026-11-01T05:06:07Z'))).toEqual({
    date: '2026-11-01',
    year: 2026,
    month: 11,
    day: 1,
    hour: 13,
    minute: 6,
    second: 7,
    weekday: 7,
  })
})

test('一天从当地零点开始', () => {
  expect(toIso(startOfDay('2026-10-01'))).toBe('2026-09-30T16:00:00.000Z')
  expect(toIso(startOfDay('2026-07-01', 'America/New_York'))).toBe('2026-07-01T04:00:00.000Z')
})

test('summer time: skipped times move later, repeated times mean the first', () => {
  const zone = 'America/New_York'
  expect(toIso(atLocalTime('2026-03-08', '02:30', zone))).toBe('2026-03-08T07:30:00.000Z')
  expect(toIso(atLocalTime('2026-11-01', '01:30', zone))).toBe('2026-11-01T05:30:00.000Z')
  expect(toIso(atLocalTime('2026-11-01', '02:30', zone))).toBe('2026-11-01T07:30:00.000Z')
  expect(startOfDay('2026-03-09', zone) - startOfDay('2026-03-08', zone)).toBe(23 * 3_600_000)
})

test('a summer time that starts at midnight gives the first existing moment of the day', () => {
  expect(toIso(startOfDay('2026-03-29', 'Asia/Beirut'))).toBe('2026-03-28T22:00:00.000Z')
  expect(localDate(plus(startOfDay('2026-03-29', 'Asia/Beirut'), -1), 'Asia/Beirut')).toBe('2026-03-28')
})

test('an unknown time zone is refused', () => {
  expect(() => localDate(instant(0), 'Asia/Nowhere')).toThrow(RangeError)
})

test('dates: month, order number prefix, weekday, distance', () => {
  expect(monthOf('2026-10-01')).toBe('2026-10')
  expect(['2026-02-03', '2028-02-29', '2026-12-31', '2026-04-30'].map(lastOfMonth)).toEqual(['2026-02-28', '2028-02-29', '2026-12-31', '2026-04-30'])
  expect(yyMMdd('2026-10-01')).toBe('261001')
  expect(['2026-10-04', '2026-10-05', '1969-12-28'].map(dayOfWeek)).toEqual([7, 1, 7])
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
  expect(addDays('2028-03-01', -1)).toBe('2028-02-29')
  expect(daysBetween('2026-02-01', '2026-03-01')).toBe(28)
  expect(daysBetween('2026-03-01', '2026-02-01')).toBe(-28)
})

test.each(['2026-02-29', '2026-13-01', '2026-1-1', '26-01-01', '2026-00-10', ''])('%j is no day', (text) => {
  expect(isLocalDate(text)).toBe(false)
  expect(() => dayOfWeek(text)).toThrow(RangeError)
  expect(() => yyMMdd(text)).toThrow(RangeError)
})
