import { fromEpoch, now } from '../../ui/time.ts'

const start = now()

/** An instant so many milliseconds from when the page was opened. */
export function isoIn(ms: number): string {
  return fromEpoch(start + ms)
}
