// Time: the only place that reads the clock and uses `Date`. Pure; rows and settings come as arguments.
export { DAY, earlier, HOUR, instant, later, MINUTE, parseIso, plus, SECOND, toDate, toHttpDate, toIso } from './instant.ts'
export type { Instant } from './instant.ts'
export { movableClock, systemClock } from './clock.ts'
export type { Clock, MovableClock } from './clock.ts'
export {
  addDays,
  atLocalTime,
  dayOfWeek,
  daysBetween,
  DEFAULT_TIME_ZONE,
  isLocalDate,
  lastOfMonth,
  localDate,
  localParts,
  monthOf,
  startOfDay,
  yyMMdd,
} from './local-date.ts'
export type { LocalDate, LocalParts } from './local-date.ts'
export { buildCalendar, DEFAULT_WORKING_HOURS, isUncertain, isWorkingDay } from './work-calendar.ts'
export type { CalendarDay, CalendarSettings, DayKind, WorkCalendar, WorkingHours } from './work-calendar.ts'
export { nextWorkingMoment, workingMsBetween } from './working-time.ts'
export {
  addDuration,
  DURATION_UNITS,
  durationBetween,
  isWorkingUnit,
  leadBefore,
  pauseShift,
  remaining,
  subtractDuration,
} from './duration.ts'
export type { Duration, DurationUnit, Remaining } from './duration.ts'
export { formatDue, formatDuration, formatElapsed, formatFull, formatMoment, formatRemaining } from './format.ts'
export { durationUnitTexts, timeTexts } from './time.zh-CN.ts'
export { seedHolidays } from './holidays.ts'
export type { HolidaySeed } from './holidays.ts'
