import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addDuration,
  buildCalendar,
  DURATION_UNITS,
  HOUR,
  instant,
  parseIso,
  pauseShift,
  plus,
  remaining,
  seedHolidays,
  subtractDuration,
  workingMsBetween,
} from './index.ts'
import type { DurationUnit } from './index.ts'

const seed = seedHolidays([2026])
const calendars = [
  buildCalendar(seed.days, { coveredUntil: seed.coveredUntil }),
  buildCalendar(seed.days, {
    coveredUntil: seed.coveredUntil,
    workingHours: [
      { from: '08:30', to: '12:00' },
      { from: '13:00', to: '17:00' },
    ],
  }),
  buildCalendar([], {
    coveredUntil: '2026-12-31',
    timeZone: 'Asia/Urumqi',
    workingHours: [{ from: '00:00', to: '24:00' }],
  }),
]

const anyCalendar = fc.constantFrom(...calendars)
const anyUnit = fc.constantFrom(...DURATION_UNITS)
const workingUnit = fc.constantFrom<DurationUnit>('workingHours', 'workingDays')
const anyMoment = fc
  .integer({ min: parseIso('2026-01-01T00:00:00Z'), max: parseIso('2027-03-01T00:00:00Z') })
  .map((ms) => instant(ms))
// Quarters, so that a limit is a whole number of milliseconds in every unit.
const anyAmount = fc.integer({ min: 0, max: 80 }).map((quarters) => quarters / 4)
const anyLength = fc.integer({ min: 0, max: 30 * 24 * HOUR })

test('起点越晚，期限不会越早', () => {
  fc.assert(
    fc.property(anyCalendar, anyMoment, anyLength, anyAmount, anyUnit, (calendar, start, length, amount, unit) => {
      const early = addDuration(calendar, start, { amount, unit })
      expect(addDuration(calendar, plus(start, length), { amount, unit })).toBeGreaterThanOrEqual(early)
    }),
  )
})

test('时限越长，期限不会越早，也不会早于起点', () => {
  fc.assert(
    fc.property(anyCalendar, anyMoment, anyAmount, anyAmount, anyUnit, (calendar, start, a, b, unit) => {
      const short = addDuration(calendar, start, { amount: Math.min(a, b), unit })
      const long = addDuration(calendar, start, { amount: Math.max(a, b), unit })
      expect(short).toBeGreaterThanOrEqual(start)
      expect(long).toBeGreaterThanOrEqual(short)
    }),
  )
})

test('起点到期限之间的工作时间恰好等于时限', () => {
  fc.assert(
    fc.property(anyCalendar, anyMoment, anyAmount, workingUnit, (calendar, start, amount, unit) => {
      const due = addDuration(calendar, start, { amount, unit })
      const unitMs = unit === 'workingDays' ? calendar.dayMs : HOUR
      expect(workingMsBetween(calendar, start, due)).toBe(amount * unitMs)
    }),
  )
})

test('往回数同样的工作时间，剩下的恰好等于提前量', () => {
  fc.assert(
    fc.property(anyCalendar, anyMoment, anyAmount, workingUnit, (calendar, end, amount, unit) => {
      const before = subtractDuration(calendar, end, { amount, unit })
      const unitMs = unit === 'workingDays' ? calendar.dayMs : HOUR
      expect(workingMsBetween(calendar, before, end)).toBe(amount * unitMs)
    }),
  )
})

test('工作时间可以分段相加', () => {
  fc.assert(
    fc.property(anyCalendar, anyMoment, anyLength, anyLength, (calendar, a, one, two) => {
      const [b, c] = [plus(a, one), plus(a, one + two)]
      expect(workingMsBetween(calendar, a, b) + workingMsBetween(calendar, b, c)).toBe(workingMsBetween(calendar, a, c))
      expect(workingMsBetween(calendar, c, a)).toBe(-workingMsBetween(calendar, a, c))
    }),
  )
})

test('挂起又续办后，剩余（或超期）时间与挂起时相同', () => {
  fc.assert(
    fc.property(
      anyCalendar,
      anyMoment,
      anyAmount,
      anyUnit,
      anyLength,
      anyLength,
      (calendar, start, amount, unit, untilPause, paused) => {
        const due = addDuration(calendar, start, { amount, unit })
        const pausedAt = plus(start, untilPause)
        const resumedAt = plus(pausedAt, paused)
        const moved = pauseShift(calendar, due, pausedAt, resumedAt, unit)
        expect(remaining(calendar, resumedAt, moved, unit).ms).toBe(remaining(calendar, pausedAt, due, unit).ms)
        expect(moved).toBeGreaterThanOrEqual(due)
        if (paused === 0) expect(moved).toBe(due)
      },
    ),
  )
})

test('起点就挂起等于续办时才起算', () => {
  fc.assert(
    fc.property(anyCalendar, anyMoment, anyAmount, anyUnit, anyLength, (calendar, start, amount, unit, paused) => {
      fc.pre(amount > 0)
      const resumedAt = plus(start, paused)
      const moved = pauseShift(calendar, addDuration(calendar, start, { amount, unit }), start, resumedAt, unit)
      const fresh = addDuration(calendar, resumedAt, { amount, unit })
      expect(moved).toBe(fresh)
    }),
  )
})
