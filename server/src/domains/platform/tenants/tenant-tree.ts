// Reading the tree of tenants.
import { sql, type Kysely } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import { stampsOf } from '../stamps.ts'
import type { PlatformTables } from '../tables.gen.ts'

export type TenantLevel = 1 | 2 | 3 | 4 | 5
export type Tenant = {
  id: string
  code: string
  name: string
  kind: 'administration' | 'enterprise'
  areaCode: string
  parentId: string | null
  level: TenantLevel
  /** Ids from the root tenant to itself. */
  path: string[]
  timeZone: string
  state: 'active' | 'suspended'
}

/** Acts of the system that belong to no tenant (before there is one) carry it. */
export const NO_TENANT = '00000000-0000-0000-0000-000000000000'

type Tree = { stamp: string; byId: Promise<Map<string, Tenant>> }
let held: Tree | null = null

/** All tenants (some hundreds at most), held under their stamp: nearly every act asks for one. */
async function tree(ctx: Ctx): Promise<Map<string, Tenant>> {
  const { tenants: stamp } = await stampsOf(ctx)
  if (held?.stamp === stamp) return held.byId
  const byId = readTree(ctx)
  held = { stamp, byId }
  byId.catch(() => (held = null))
  return byId
}

async function readTree(ctx: Ctx): Promise<Map<string, Tenant>> {
  const rows = await ctx
    .db<PlatformTables>()
    .selectFrom('platform_tenant')
    .select(['id', 'code', 'name', 'kind', 'area_code as areaCode', 'parent_id as parentId', 'level', 'path', 'time_zone as timeZone', 'state'])
    .orderBy('level')
    .orderBy('code')
    .execute()
  return new Map(rows.map((row) => [row.id, row as Tenant])) // kind, level and state are held to these values by check constraints
}

/** A tenant by id, whoever asks: transfers name tenants outside the own subtree. @throws kernel.notFound */
export async function tenantById(ctx: Ctx, id: string): Promise<Tenant> {
  const tenant = (await tree(ctx)).get(id)
  if (!tenant) throw kernelErrors('notFound')
  return tenant
}

/** The context's tenant and all below it, upper ones first. */
export async function tenantsBelow(ctx: Ctx): Promise<Tenant[]> {
  return [...(await tree(ctx)).values()].filter((tenant) => tenant.path.includes(ctx.tenantId))
}

/** The context's tenant and those above it, nearest first: the order in which settings and templates are inherited. */
export async function tenantsAbove(ctx: Ctx): Promise<Tenant[]> {
  const all = await tree(ctx)
  return (all.get(ctx.tenantId)?.path ?? []).flatMap((id) => all.get(id) ?? []).toReversed()
}

/** The tenant whose public portal this deployment serves. @throws kernel.notFound before the first start is finished */
export async function homeTenant(ctx: Ctx): Promise<Tenant> {
  return tenantById(ctx, await readHomeTenantId(ctx.acrossTenants('the home tenant is a fact of the installation')))
}

type AnyDb = Kysely<Record<string, never>>

/** Ids of the tenants that are running now, upper ones first; timers run for each. */
export async function listTenantIds(db: AnyDb): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from platform_tenant where state = 'active' order by level, created_at, id`.execute(db.withoutPlugins())
  return rows.map((row) => row.id)
}

/** Tenant of nobody and of the public portal: the one named in the state of the installation, else the first root; the nil id when there is none. */
export async function readHomeTenantId(db: AnyDb): Promise<string> {
  const { rows } = await sql<{ id: string }>`select t.id from platform_tenant t left join kernel_state s on s.key = 'platform.homeTenant'
    order by (to_jsonb(t.id::text) = s.value) desc nulls last, t.level, t.created_at, t.id limit 1`.execute(db.withoutPlugins())
  return rows[0]?.id ?? NO_TENANT
}
