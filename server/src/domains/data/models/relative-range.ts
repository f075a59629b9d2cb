// Ranges of days named by today: a kept query asks for last month whenever it is run.
import { addDays, dayOfWeek, type LocalDate } from '../../../kernel/time/index.ts'
import { byMonths } from '../compare.ts'

const first = (day: LocalDate): LocalDate => `${day.slice(0, 8)}01`
const monday = (day: LocalDate): LocalDate => addDays(day, -((dayOfWeek(day) + 6) % 7))
const ranges = {
  today: (day) => [day, day], yesterday: (day) => [addDays(day, -1), addDays(day, -1)], last7: (day) => [addDays(day, -6), day], last30: (day) => [addDays(day, -29), day],
  week: (day) => [monday(day), day], lastWeek: (day) => [addDays(monday(day), -7), addDays(monday(day), -1)], month: (day) => [first(day), day], lastMonth: (day) => [byMonths(first(day), -1), addDays(first(day), -1)],
  quarter: (day) => [`${day.slice(0, 5)}${String(Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1).padStart(2, '0')}-01`, day], year: (day) => [`${day.slice(0, 4)}-01-01`, day],
} satisfies Record<string, (day: LocalDate) => [LocalDate, LocalDate]>

/** From and to of a named range on this day; anything else stays as it is, for the field to check. */
export const rangeOn = (value: unknown, day: LocalDate): unknown => (typeof value === 'string' && Object.hasOwn(ranges, value) ? ranges[value as keyof typeof ranges](day) : value)
