// Months as codes, this one first.
import { day, nowIso } from '../../ui/time.ts'

export function lastMonths(count: number): string[] {
  const [year, month] = day(nowIso()).split('-').map(Number)
  return Array.from({ length: count }, (_, back) => {
    const n = (year ?? 0) * 12 + (month ?? 1) - 1 - back
    return `${String(Math.floor(n / 12))}-${String((n % 12) + 1).padStart(2, '0')}`
  })
}
