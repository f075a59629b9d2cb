// Which units an order of a matter in an area belongs to, by the duty list. Pure.
import { areaPrefix } from '../../platform/index.ts'
import { areaCovers } from './area-cover.ts'
import type { DutyRole } from '../standard/content.ts'

export type DutyLine = { id: string; unitId: string; role: DutyRole; areaCode: string; boundary: string | null }

/** Area of a line that holds in the whole tenant. */
export const EVERYWHERE = '*'

export type DutyMatch<L extends DutyLine> = { leads: L[]; assists: L[]; negatives: L[] }

/**
 * Negative lines exclude their units first; of the rest the lines with the longest area win, for leads and for assists
 * by themselves, so that a county's own lead comes with the city's assisting department. A unit that leads does not assist.
 */
export function matchDuty<L extends DutyLine>(lines: readonly L[], areaCode: string): DutyMatch<L> {
  const covering = lines.filter((line) => line.areaCode === EVERYWHERE || areaCovers(line.areaCode, areaCode))
  const negatives = covering.filter((line) => line.role === 'negative')
  const excluded = new Set(negatives.map((line) => line.unitId))
  const usable = covering.filter((line) => !excluded.has(line.unitId))
  const leads = narrowest(usable.filter((line) => line.role === 'lead'))
  const leading = new Set(leads.map((line) => line.unitId))
  const assists = narrowest(usable.filter((line) => line.role === 'assist' && !leading.has(line.unitId)))
  return { leads, assists, negatives }
}

function narrowest<L extends DutyLine>(lines: L[]): L[] {
  const length = Math.max(0, ...lines.map((line) => areaPrefix(line.areaCode).length))
  return lines.filter((line) => areaPrefix(line.areaCode).length === length).toSorted((a, b) => (a.id < b.id ? -1 : 1))
}
