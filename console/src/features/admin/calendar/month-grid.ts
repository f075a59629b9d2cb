// Days of a year by month, weeks beginning on Monday. Pure, on calendar dates without time or zone.
const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
export const daysIn = (year: number, month: number): number => (month === 2 && isLeap(year) ? 29 : (lengths[month - 1] ?? 30))
export const dateOf = (year: number, month: number, day: number): string => `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`

/** 0 Monday … 6 Sunday (Zeller's congruence). */
export function weekday(year: number, month: number, day: number): number {
  const m = month < 3 ? month + 12 : month
  const y = month < 3 ? year - 1 : year
  const h = (day + Math.floor((13 * (m + 1)) / 5) + (y % 100) + Math.floor((y % 100) / 4) + Math.floor(Math.floor(y / 100) / 4) + 5 * Math.floor(y / 100)) % 7
  return (h + 5) % 7
}

/** Weeks of a month; null where the week belongs to a neighbour. */
export function monthGrid(year: number, month: number): (number | null)[][] {
  const cells: (number | null)[] = [...Array.from({ length: weekday(year, month, 1) }, () => null), ...Array.from({ length: daysIn(year, month) }, (_, i) => i + 1)]
  while (cells.length % 7 !== 0) cells.push(null)
  return Array.from({ length: cells.length / 7 }, (_, i) => cells.slice(i * 7, i * 7 + 7))
}
