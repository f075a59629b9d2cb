// Which tenants an order may be passed to, and in which direction that is.
import type { Ctx } from '../../../kernel/ctx.ts'
import { listTenantIds, setting, tenantById, tenantsAbove, tenantsBelow, type Tenant } from '../../platform/index.ts'
import { orderFail } from '../orders.errors.ts'
import { transferAcross } from '../settings.ts'

export type Direction = 'down' | 'up' | 'across'
export type TransferTarget = { id: string; name: string; areaCode: string; direction: Direction }

/** Centres below, the one right above, and where the tenant allows it ⚙ every other centre of the deployment. */
export async function transferTargets(ctx: Ctx): Promise<TransferTarget[]> {
  const own = await tenantById(ctx, ctx.tenantId)
  const [below, above] = await Promise.all([tenantsBelow(ctx), tenantsAbove(ctx)])
  const named = (tenant: Tenant, direction: Direction): TransferTarget => ({ id: tenant.id, name: tenant.name, areaCode: tenant.areaCode, direction })
  const active = (tenant: Tenant): boolean => tenant.state === 'active' && tenant.id !== own.id
  const near = [...below.filter(active).map((t) => named(t, 'down')), ...above.filter((t) => active(t) && t.id === own.parentId).map((t) => named(t, 'up'))]
  if (!(await setting(ctx, transferAcross))) return near
  const line = new Set([own.id, ...below.map((t) => t.id), ...above.map((t) => t.id)])
  const others = await Promise.all((await listTenantIds(ctx.acrossTenants('centres know of each other'))).filter((id) => !line.has(id)).map((id) => tenantById(ctx, id)))
  return [...near, ...others.filter(active).map((t) => named(t, 'across'))]
}

/** @throws orders.tenantNotBelow for a tenant that cannot be chosen */
export async function directionTo(ctx: Ctx, tenantId: string): Promise<Direction> {
  const found = (await transferTargets(ctx)).find((t) => t.id === tenantId)
  if (!found) throw orderFail('tenantNotBelow', { rule: 'orders.transfer.target', fields: [{ path: 'tenantId', message: '不能转往该中心' }] })
  return found.direction
}
