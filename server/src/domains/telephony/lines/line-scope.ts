// Who manages which line: the whole centre, or only the lines of the own sub-centre (TEL-01).
import { scopesOf } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { unitsByIds } from '../../platform/index.ts'
import { telephonyFail } from '../telephony.errors.ts'

export async function lineReach(ctx: Ctx, unitIds: (string | null)[]): Promise<(unitId: string | null) => boolean> {
  const scopes = scopesOf(ctx, 'telephony.lines')
  if (scopes.includes('tenant') || scopes.includes('tenantsBelow')) return () => true
  if (scopes.length === 0) return () => false
  const units = await unitsByIds(ctx, unitIds.flatMap((u) => u ?? []))
  return (unitId) => unitId !== null && (units.get(unitId)?.path.some((above) => ctx.actor.unitIds.includes(above)) ?? false)
}

/** @throws telephony.otherCentre (403) */
export async function requireLine(ctx: Ctx, unitId: string | null): Promise<void> {
  if (!(await lineReach(ctx, [unitId]))(unitId)) throw telephonyFail('otherCentre', { rule: 'telephony.lines' })
}
