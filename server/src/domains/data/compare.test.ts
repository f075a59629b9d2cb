import { expect, test } from 'vitest'
import { bucketsOf, byMonths, keyBefore, periodBefore } from './compare.ts'

test('环比：整月对整月，其余按等长的前一段', () => {
  expect(periodBefore({ from: '2026-10-01', to: '2026-10-31' }, 'previous')).toEqual({ from: '2026-09-01', to: '2026-09-30' })
  expect(periodBefore({ from: '2026-01-01', to: '2026-03-31' }, 'previous')).toEqual({ from: '2025-10-01', to: '2025-12-31' })
  expect(periodBefore({ from: '2026-11-01', to: '2026-11-18' }, 'previous')).toEqual({ from: '2026-10-14', to: '2026-10-31' })
  expect(periodBefore({ from: '2026-11-18', to: '2026-11-18' }, 'previous')).toEqual({ from: '2026-11-17', to: '2026-11-17' })
})

test('ANA-14 二月二十九日的同比是二十八日；整月同比仍是整月', () => {
  expect(periodBefore({ from: '2028-02-29', to: '2028-02-29' }, 'lastYear')).toEqual({ from: '2027-02-28', to: '2027-02-28' })
  expect(periodBefore({ from: '2027-02-01', to: '2027-02-28' }, 'lastYear')).toEqual({ from: '2026-02-01', to: '2026-02-28' })
  expect(periodBefore({ from: '2029-02-01', to: '2029-02-28' }, 'lastYear')).toEqual({ from: '2028-02-01', to: '2028-02-29' })
  expect(byMonths('2026-03-31', -1)).toBe('2026-02-28')
})

test('时间分组的对应组：日、月移动，时段不动，没有对应的不比', () => {
  const october = { from: '2026-10-01', to: '2026-10-31' }
  expect(keyBefore('day', '2026-10-05', october, 'previous')).toBe('2026-09-05')
  expect(keyBefore('day', '2026-10-31', october, 'previous')).toBeNull()
  expect(keyBefore('day', '2026-11-02', { from: '2026-11-01', to: '2026-11-10' }, 'previous')).toBe('2026-10-23')
  expect(keyBefore('month', '2026-01', october, 'lastYear')).toBe('2025-01')
  expect(keyBefore('month', '2026-11', { from: '2026-11-01', to: '2026-11-10' }, 'previous')).toBeNull()
  expect(keyBefore('hour', '09', october, 'previous')).toBe('09')
  expect(keyBefore('county', '990101', october, 'lastYear')).toBe('990101')
})

test('走势补齐没有数据的日、月和时段，不补今天以后的', () => {
  expect(bucketsOf('day', { from: '2026-11-16', to: '2026-11-30' }, '2026-11-18')).toEqual(['2026-11-16', '2026-11-17', '2026-11-18'])
  expect(bucketsOf('month', { from: '2025-11-05', to: '2026-01-10' }, '2026-11-18')).toEqual(['2025-11', '2025-12', '2026-01'])
  expect(bucketsOf('hour', { from: '2026-11-18', to: '2026-11-18' }, '2026-11-18')).toHaveLength(24)
  expect(bucketsOf('county', { from: '2026-11-18', to: '2026-11-18' }, '2026-11-18')).toEqual([])
})
