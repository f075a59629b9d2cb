// Units as rows.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Instant } from '../../../kernel/time/index.ts'
import { likeText, reachableTenants, unitsInReach } from '../reach.ts'
import { unitsByIds, type Unit, type UnitKind } from './unit-tree.ts'

export type UnitRow = Unit & {
  sort: number; validFrom: string | null; validTo: string | null; leaderName: string | null; contactName: string | null; phoneMasked: string | null
  areaName: string; mergedInto: { id: string; name: string } | null; version: number; createdAt: Instant; changedAt: Instant; changedBy: string
}

/** A unit within reach of the permission. @throws kernel.notFound */
export async function unitInReach(ctx: Ctx, permission: string, unitId: string): Promise<UnitRow> {
  const { rows } = await sql<UnitRow>`select u.tenant_id as "tenantId", u.id, u.code, u.name, u.kind, u.area_code as "areaCode", a.full_name as "areaName", u.parent_id as "parentId", u.path, u.vertical, u.state,
      u.sort, u.valid_from as "validFrom", u.valid_to as "validTo", u.leader_name as "leaderName", u.contact_name as "contactName", u.phone_mask as "phoneMasked",
      (select jsonb_build_object('id', m.id, 'name', m.name) from platform_unit m where m.tenant_id = u.tenant_id and m.id = u.merged_into) as "mergedInto", u.version, u.created_at as "createdAt", u.changed_at as "changedAt", u.changed_by as "changedBy"
    from platform_unit u join platform_area a on a.code = u.area_code
    where u.tenant_id = any(${reachableTenants(ctx, permission)}::uuid[]) and u.id = ${unitId} and ${unitsInReach(ctx, permission, 'u')}`.execute(ctx.db())
  const row = rows[0]
  if (!row) throw kernelErrors('notFound')
  return row
}

/** Units of a tenant by code. */
export async function unitsByCodes(ctx: Ctx, tenantId: string, codes: readonly string[]): Promise<Map<string, Unit>> {
  const { rows } = await sql<{ id: string }>`select id from platform_unit where tenant_id = ${tenantId} and code = any(${[...new Set(codes)]}::text[])`.execute(ctx.db())
  const units = await unitsByIds(ctx, rows.map((row) => row.id))
  return new Map([...units.values()].map((unit) => [unit.code, unit]))
}

export type PickFilter = { query?: string; under?: string; kind?: UnitKind; area?: string; ids?: string[]; limit: number }
export type PickedUnit = { id: string; code: string; name: string; kind: UnitKind; areaCode: string; parentId: string | null; parentName: string | null; vertical: boolean }

/** Active units of the own tenant; given ids are answered whatever their state. Names that begin with the query come first. */
export async function pickUnitRows(ctx: Ctx, filter: PickFilter): Promise<PickedUnit[]> {
  const text = likeText(filter.query ?? '')
  // 城管 finds 城市管理局: people call units by their short names.
  const loose = /^\p{Script=Han}{2,6}$/u.test(filter.query ?? '') ? `%${[...(filter.query ?? '')].join('%')}%` : null
  const { rows } = await sql<PickedUnit>`select u.id, u.code, u.name, u.kind, u.area_code as "areaCode", u.parent_id as "parentId", p.name as "parentName", u.vertical
    from platform_unit u left join platform_unit p on p.tenant_id = u.tenant_id and p.id = u.parent_id
    where u.tenant_id = ${ctx.tenantId} and ${filter.ids ? sql`u.id = any(${filter.ids}::uuid[])` : sql`u.state = 'active'`}
      and ${filter.query ? sql`(u.name ilike ${`%${text}%`} or u.code ilike ${`${text}%`} or u.name like ${loose})` : sql`true`}
      and ${filter.under ? sql`u.path @> array[${filter.under}]::uuid[] and u.id <> ${filter.under}` : sql`true`}
      and ${filter.kind ? sql`u.kind = ${filter.kind}` : sql`true`}
      and ${filter.area ? sql`starts_with(u.area_code, ${filter.area})` : sql`true`}
    order by (u.name ilike ${`${text}%`}) desc, (u.name ilike ${`%${text}%`}) desc, cardinality(u.path), u.sort, u.code limit ${filter.limit}`.execute(ctx.db())
  return rows
}

export type TreeRow = { id: string; code: string; name: string; kind: UnitKind; areaCode: string; parentId: string | null; depth: number; vertical: boolean; state: 'active' | 'disabled'; users: number }

/** All units of a tenant, upper ones first. */
export async function treeRows(ctx: Ctx, tenantId: string, disabled: boolean): Promise<TreeRow[]> {
  const { rows } = await sql<TreeRow>`select u.id, u.code, u.name, u.kind, u.area_code as "areaCode", u.parent_id as "parentId", cardinality(u.path) as depth, u.vertical, u.state, coalesce(c.users, 0)::int as users
    from platform_unit u left join (select unit_id, count(*) as users from platform_post where tenant_id = ${tenantId} group by unit_id) c on c.unit_id = u.id
    where u.tenant_id = ${tenantId} and (${disabled} or u.state = 'active') order by cardinality(u.path), u.sort, u.code`.execute(ctx.db())
  return rows
}

/** One change of the tree at a time: paths of a branch are rewritten together. */
export async function lockTree(ctx: Ctx, tenantId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`platform_unit:${tenantId}`}, 0))`.execute(ctx.db())
}

/** Puts a branch under another path and returns the ids of all its units. */
export async function rewritePaths(ctx: Ctx, unit: Pick<Unit, 'tenantId' | 'id' | 'path'>, newPath: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`update platform_unit set path = ${newPath}::uuid[] || path[${unit.path.length + 1}:]
    where tenant_id = ${unit.tenantId} and path @> array[${unit.id}]::uuid[] returning id`.execute(ctx.db())
  return rows.map((row) => row.id)
}
