import type { Ctx } from '../../../kernel/ctx.ts'
import { localDate } from '../../../kernel/time/index.ts'
import { areaNames, calendarOf, unitsByIds } from '../../platform/index.ts'
import { dutyLinesOf } from './duty.queries.ts'
import { matchDuty, type DutyLine } from './match-duty.ts'
import { awaitsConfirmation } from '../issues/local.ts'
import { findMatter } from '../matter/matter-by-id.ts'

export type UnitPath = { id: string; name: string }[]

export type RecommendedUnit = {
  unitId: string
  role: 'lead' | 'assist'
  /** `职责清单：供热不热 × 临澜区 主办`. */
  reason: string
  /** Null where the matter's competent department stands in for a missing line. */
  dutyEntryId: string | null
  /** From the root of the unit tree to the unit: the recommended way of dispatch. */
  path: UnitPath
}

/**
 * Units for an order of a matter in an area, leads first. The duty line with the longest matching area wins; a line of
 * the city holds where no district has its own; negative lines exclude; disabled units are passed over. Without any lead
 * the matter's competent department is proposed. Empty when nothing is known, or while a matter
 * issued to this tenant waits for its confirmation. Never throws for an unknown matter.
 */
export async function recommendUnits(ctx: Ctx, input: { matterId: string; areaCode: string }): Promise<RecommendedUnit[]> {
  const matter = await findMatter(ctx, input.matterId)
  if (!matter || (await awaitsConfirmation(ctx, matter.id))) return []
  const lines = await currentLines(ctx, input.matterId)
  const ids = [...lines.map((line) => line.unitId), ...(matter.competentUnitId ? [matter.competentUnitId] : [])]
  const units = await unitsByIds(ctx, [...new Set(ids)])
  const active = (id: string): boolean => units.get(id)?.state === 'active'
  const match = matchDuty(lines.filter((line) => line.role === 'negative' || active(line.unitId)), input.areaCode)
  const paths = await pathNames(ctx, [...units.values()].flatMap((unit) => unit.path))
  const pathOf = (id: string): UnitPath => (units.get(id)?.path ?? []).map((step) => ({ id: step, name: paths.get(step) ?? '' }))
  const areas = await shortAreaNames(ctx, [...match.leads, ...match.assists].map((line) => line.areaCode))
  const propose = (line: DutyLine, role: 'lead' | 'assist'): RecommendedUnit => ({
    unitId: line.unitId,
    role,
    reason: `职责清单：${matter.name} × ${areas.get(line.areaCode) ?? line.areaCode} ${role === 'lead' ? '主办' : '协办'}`,
    dutyEntryId: line.id,
    path: pathOf(line.unitId),
  })
  const leads = match.leads.map((line) => propose(line, 'lead'))
  const assists = match.assists.map((line) => propose(line, 'assist'))
  const competent = matter.competentUnitId
  const excluded = new Set(match.negatives.map((line) => line.unitId))
  if (leads.length === 0 && competent && active(competent) && !excluded.has(competent)) {
    leads.push({ unitId: competent, role: 'lead', reason: `事项主管部门：${matter.name}`, dutyEntryId: null, path: pathOf(competent) })
  }
  return [...leads, ...assists.filter((assist) => assist.unitId !== leads[0]?.unitId)]
}

/** Units that must not get an order of this matter in this area, with the line of the negative list and its reason. */
export async function negativeUnits(ctx: Ctx, input: { matterId: string; areaCode: string }): Promise<{ unitId: string; dutyEntryId: string; reason: string }[]> {
  const { negatives } = matchDuty(await currentLines(ctx, input.matterId), input.areaCode)
  return negatives.map((line) => ({ unitId: line.unitId, dutyEntryId: line.id, reason: line.boundary ?? '负面清单' }))
}

async function currentLines(ctx: Ctx, matterId: string): Promise<DutyLine[]> {
  const { timeZone } = await calendarOf(ctx)
  return dutyLinesOf(ctx, matterId, localDate(ctx.clock.now(), timeZone))
}

async function pathNames(ctx: Ctx, ids: string[]): Promise<Map<string, string>> {
  const units = await unitsByIds(ctx, [...new Set(ids)])
  return new Map([...units.values()].map((unit) => [unit.id, unit.name]))
}

/** `临澜区` of `宁原省澜川市临澜区` by code: what a reason needs. */
async function shortAreaNames(ctx: Ctx, codes: readonly string[]): Promise<Map<string, string>> {
  const full = await areaNames(ctx, codes.flatMap((code) => [code, parentCode(code) ?? code]))
  return new Map(
    codes.map((code) => {
      const name = full.get(code) ?? code
      const above = full.get(parentCode(code) ?? '') ?? ''
      return [code, name.startsWith(above) && name.length > above.length ? name.slice(above.length) : name]
    }),
  )
}

function parentCode(code: string): string | null {
  if (code.length > 6) return code.slice(0, -3)
  if (!code.endsWith('00')) return `${code.slice(0, 4)}00`
  return code.endsWith('0000') ? null : `${code.slice(0, 2)}0000`
}
