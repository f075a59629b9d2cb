import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, daysBetween } from '../../../kernel/time/index.ts'
import { segmentsOf } from './periods.ts'

/** How often each day is counted by the segments: a month stands for its days. */
function coverage(from: string, to: string): Map<string, number> {
  const days = new Map<string, number>()
  for (const s of segmentsOf(from, to, false)) {
    for (let day = s.from ?? '2020-01-01'; day <= s.to; day = s.grain === 'd' ? addDays(day, 1) : `${addDays(day, 31).slice(0, 7)}-01`) {
      if (s.grain === 'd') days.set(day, (days.get(day) ?? 0) + s.sign)
      else for (let d = day; d.slice(0, 7) === day.slice(0, 7); d = addDays(d, 1)) days.set(d, (days.get(d) ?? 0) + s.sign)
    }
  }
  return days
}

test('统计期拆成整月和零头后，每一天恰好数一次', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 1500 }), fc.integer({ min: 0, max: 800 }), (start, length) => {
    const from = addDays('2023-01-01', start)
    const to = addDays(from, length)
    const counted = [...coverage(from, to)].filter(([, n]) => n !== 0)
    expect(counted.every(([day, n]) => n === 1 && day >= from && day <= to)).toBe(true)
    expect(counted.length).toBe(daysBetween(from, to) + 1)
  }))
})

test('三年只用三十六个整月，不逐日', () => {
  expect(segmentsOf('2023-01-01', '2025-12-31', false)).toEqual([{ grain: 'm', from: '2023-01-01', to: '2025-12-01', sign: 1 }])
  expect(segmentsOf(null, '2025-12-30', false)).toEqual([{ grain: 'd', from: '2025-12-31', to: '2025-12-31', sign: -1 }, { grain: 'm', from: null, to: '2025-12-01', sign: 1 }])
})
