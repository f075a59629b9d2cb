import { scopesOf } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'

/** Whether the actor edits for this unit: a member of it, or an editor of the whole tenant. */
export function inCharge(ctx: Ctx, unitId: string | null): boolean {
  const scopes = scopesOf(ctx, 'knowledge.edit')
  return scopes.includes('tenant') || (scopes.length > 0 && unitId !== null && ctx.actor.unitIds.includes(unitId))
}
