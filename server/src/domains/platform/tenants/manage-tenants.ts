// The tree of tenants as an administrator above sees and changes it.
import { sql } from 'kysely'
import { authorize, scopesOf } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { toIso } from '../../../kernel/time/index.ts'
import { changesOf } from '../changes.ts'
import { reachableTenants } from '../reach.ts'
import { touchStamp } from '../stamps.ts'
import type { PlatformTables } from '../tables.gen.ts'
import type * as contract from './contract.ts'
import { areaFor, openTenant } from './open-tenant.ts'
import { tenantErrors } from './tenant.errors.ts'
import { tenantById, tenantsBelow } from './tenant-tree.ts'

const MANAGE = 'platform.manageTenants'

export async function listTenants(ctx: Ctx): Promise<Output<typeof contract.listTenants>> {
  return { items: await tenantsBelow(ctx) }
}

type Item = Output<typeof contract.listTenantTree>['items'][number]

export async function listTenantTree(ctx: Ctx): Promise<Output<typeof contract.listTenantTree>> {
  authorize(ctx, MANAGE)
  const { rows } = await sql<Item>`select t.id, t.code, t.name, t.kind, t.area_code as "areaCode", a.full_name as "areaName", t.parent_id as "parentId", t.level, t.time_zone as "timeZone", t.state,
      t.state_reason as "stateReason", (select count(*)::int from platform_user u where u.tenant_id = t.id and u.state <> 'deleted') as users,
      (select count(*)::int from platform_unit n where n.tenant_id = t.id) as units, t.version, t.created_at as "createdAt"
    from platform_tenant t join platform_area a on a.code = t.area_code where t.id = any(${reachableTenants(ctx, MANAGE)}::uuid[]) order by cardinality(t.path), t.code`.execute(ctx.db())
  return { items: rows }
}

export async function createTenant(ctx: Ctx, input: Input<typeof contract.createTenant>): Promise<Output<typeof contract.createTenant>> {
  authorize(ctx, MANAGE)
  const parentId = input.parentId ?? ctx.tenantId
  // A tenant below is made by who reaches below: a scope of the own tenant is not enough.
  if (!scopesOf(ctx, MANAGE).includes('tenantsBelow')) throw kernelErrors('forbidden', { rule: MANAGE, params: { permission: '管理下级租户' } })
  if (!reachableTenants(ctx, MANAGE).includes(parentId)) throw kernelErrors('notFound')
  const { parentId: _parent, timeZone, ...tenant } = input
  const parent = await tenantById(ctx, parentId)
  return openTenant(ctx, { ...tenant, parent, timeZone: timeZone ?? parent.timeZone })
}

/** A tenant below the own one; the own one cannot be acted on from inside. */
async function below(ctx: Ctx, id: string): Promise<void> {
  authorize(ctx, MANAGE)
  if (!reachableTenants(ctx, MANAGE).includes(id)) throw kernelErrors('notFound')
  if (id === ctx.tenantId) throw tenantErrors('ownTenant')
}

export async function changeTenant(ctx: Ctx, input: Input<typeof contract.changeTenant>): Promise<{ version: number }> {
  authorize(ctx, MANAGE)
  if (!reachableTenants(ctx, MANAGE).includes(input.id)) throw kernelErrors('notFound')
  const before = await tenantById(ctx, input.id)
  const area = await areaFor(ctx, input.areaCode ?? before.areaCode, before.parentId === null ? null : (await tenantById(ctx, before.parentId)).areaCode)
  const updated = await ctx
    .db<PlatformTables>()
    .updateTable('platform_tenant')
    .set((e) => ({ name: input.name ?? before.name, time_zone: input.timeZone ?? before.timeZone, area_code: area.code, level: area.level, version: e('version', '+', 1) }))
    .where('id', '=', input.id)
    .where('version', '=', input.version)
    .returning('version')
    .executeTakeFirst()
  if (!updated) throw kernelErrors('conflict')
  await touchStamp(ctx, 'tenants')
  ctx.audit({ module: 'platform', act: 'changeTenant', objectType: 'key:tenant', objectId: input.id, tenantId: input.id, changes: changesOf({ ...before }, { name: input.name, timeZone: input.timeZone, areaCode: input.areaCode }) })
  return updated
}

async function setState(ctx: Ctx, input: Input<typeof contract.suspendTenant>, state: 'active' | 'suspended'): Promise<Record<string, never>> {
  await below(ctx, input.id)
  const before = await tenantById(ctx, input.id)
  await ctx.db<PlatformTables>().updateTable('platform_tenant').set((e) => ({ state, state_reason: input.reason, version: e('version', '+', 1) })).where('id', '=', input.id).execute()
  await touchStamp(ctx, 'tenants')
  if (state === 'suspended') await sql`delete from kernel_session where tenant_id = ${input.id} and expires_at > ${toIso(ctx.clock.now())}`.execute(ctx.db())
  ctx.audit({ module: 'platform', act: state === 'active' ? 'reopenTenant' : 'suspendTenant', objectType: 'key:tenant', objectId: input.id, tenantId: input.id, changes: { state: { old: before.state, new: state } }, text: input.reason })
  return {}
}

/** Nobody of a suspended tenant signs in, its timers stop; data stay. */
export const suspendTenant = (ctx: Ctx, input: Input<typeof contract.suspendTenant>): Promise<Record<string, never>> => setState(ctx, input, 'suspended')
export const reopenTenant = (ctx: Ctx, input: Input<typeof contract.reopenTenant>): Promise<Record<string, never>> => setState(ctx, input, 'active')
