/** Which matters people call about in a month. */
import { demoMatters, inMonths, type DemoMatter } from './matters/index.ts'
import type { Rng } from './rng.ts'

/** A matter in proportion to how often it occurs; those out of season do not occur. */
export function pickMatter(rng: Rng, month: number): DemoMatter {
  return rng.weighted(demoMatters, (matter) => (inMonths(matter.months, month) ? matter.weight : 0))
}
