// Times of the phone pages: those of the console, plus what the phone's own date field speaks.
import { clockTime, day, parseTyped } from '../ui/time.ts'

export { duration, fromEpoch, instant, learnServerTime, localNow, moment, now, nowIso, setTimeZone, when } from '../ui/time.ts'

/** The wall clock of the tenant for `datetime-local`. */
export const toField = (iso: string | null | undefined): string => (iso ? `${day(iso)}T${clockTime(iso).slice(0, 5)}` : '')

/** The instant of what was chosen; null for nothing or nonsense. */
export const fromField = (text: string): string | null => parseTyped(text.replace('T', ' '))

/** The first moment of today in the tenant's zone. */
export const today = (): string => parseTyped('今天') ?? ''
