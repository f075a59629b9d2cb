import { z } from 'zod'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import type * as contract from './contract.ts'
import { pickUnitRows, treeRows, unitInReach } from './unit.queries.ts'
import { unitsByIds } from './unit-tree.ts'

export async function pickUnits(ctx: Ctx, input: Input<typeof contract.pickUnits>): Promise<Output<typeof contract.pickUnits>> {
  const { ids, ...filter } = input
  const wanted = ids?.split(',').filter((text) => z.uuid().safeParse(text).success)
  return { items: await pickUnitRows(ctx, { ...filter, ...(wanted ? { ids: wanted } : {}) }) }
}

/** The tree of the own tenant; of a lower one for those who may act downward. */
export async function unitTree(ctx: Ctx, input: Input<typeof contract.unitTree>): Promise<Output<typeof contract.unitTree>> {
  const tenantId = input.tenantId ?? ctx.tenantId
  const below = ctx.actor.tenantIds.includes(tenantId) && [...ctx.actor.grants.values()].some((scopes) => scopes.has('tenantsBelow'))
  if (tenantId !== ctx.tenantId && !below) throw kernelErrors('notFound')
  return { items: await treeRows(ctx, tenantId, input.disabled) }
}

export async function getUnit(ctx: Ctx, input: Input<typeof contract.getUnit>): Promise<Output<typeof contract.getUnit>> {
  authorize(ctx, 'platform.manageUnits')
  const unit = await unitInReach(ctx, 'platform.manageUnits', input.id)
  const names = await unitsByIds(ctx, unit.path)
  return { ...unit, path: unit.path.map((id) => ({ id, name: names.get(id)?.name ?? '' })) }
}
