import { addDays, atLocalTime, localDate, localParts, type Instant } from '../../../kernel/time/index.ts'

/** The end of the quiet time that `now` lies in (`22:00-07:00`, over midnight too), or null when it is not quiet. Pure. */
export function quietUntil(now: Instant, hours: string): Instant | null {
  const [from = '', to = ''] = hours.split('-')
  const { hour, minute } = localParts(now)
  const clock = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
  const overnight = from > to
  const quiet = overnight ? clock >= from || clock < to : clock >= from && clock < to
  if (!quiet) return null
  const today = localDate(now)
  return atLocalTime(overnight && clock >= from ? addDays(today, 1) : today, to)
}
