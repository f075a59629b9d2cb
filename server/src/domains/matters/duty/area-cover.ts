// Area codes (GB/T 2260) as prefixes: a code covers all codes below it.
import { areaPrefix } from '../../platform/index.ts'

/** Whether an entry for `upper` holds for an order in `lower` (the area itself or one below it). */
export function areaCovers(upper: string, lower: string): boolean {
  return lower.startsWith(areaPrefix(upper))
}

/** Whether one of two areas lies in the other. */
export function areasNest(a: string, b: string): boolean {
  return areaCovers(a, b) || areaCovers(b, a)
}
