// User groups as rows.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Output } from '../../../kernel/http/route.ts'
import { likeText, unitsInReach } from '../reach.ts'
import type * as contract from './contract.ts'

export const MANAGE = 'platform.manageGroups'
type Item = Output<typeof contract.listGroups>['items'][number]
export type GroupRow = Omit<Item, 'members' | 'roles' | 'leaders'>
type Member = Output<typeof contract.getGroup>['members'][number]
type GroupRole = Output<typeof contract.getGroup>['roles'][number]

/** Groups of the own tenant whose unit the actor may manage. */
export async function readGroups(ctx: Ctx, filter: { id?: string; query?: string | undefined }): Promise<Item[]> {
  const { rows } = await sql<Item>`select g.id, g.name, g.kind, g.unit_id as "unitId", u.name as "unitName", g.own_unit_id as "ownUnitId", o.code as "ownUnitCode", g.purpose, g.ends_on as "endsOn", g.state, g.version, g.changed_at as "changedAt", g.changed_by as "changedBy",
      (select count(*)::int from platform_group_member m where m.tenant_id = g.tenant_id and m.group_id = g.id) as members,
      array(select p.name from platform_group_member m join platform_user p on p.tenant_id = m.tenant_id and p.id = m.user_id where m.tenant_id = g.tenant_id and m.group_id = g.id and m.leader order by p.staff_no) as leaders,
      array(select r.name from platform_group_role h join platform_role r on r.tenant_id = h.tenant_id and r.id = h.role_id where h.tenant_id = g.tenant_id and h.group_id = g.id order by r.name) as roles
    from platform_group g join platform_unit u on u.tenant_id = g.tenant_id and u.id = g.unit_id left join platform_unit o on o.tenant_id = g.tenant_id and o.id = g.own_unit_id
    where g.tenant_id = ${ctx.tenantId} and ${unitsInReach(ctx, MANAGE, 'u')} and (${filter.id ?? null}::uuid is null or g.id = ${filter.id ?? null}::uuid)
      and ${filter.query ? sql`g.name ilike ${`%${likeText(filter.query)}%`}` : sql`true`}
    order by g.state, g.name limit 500`.execute(ctx.db())
  return rows
}

/** @throws kernel.notFound */
export async function groupInReach(ctx: Ctx, id: string): Promise<Item> {
  const [row] = await readGroups(ctx, { id })
  if (!row) throw kernelErrors('notFound')
  return row
}

export async function membersOf(ctx: Ctx, id: string): Promise<Member[]> {
  const { rows } = await sql<Member>`select u.id as "userId", u.name, u.staff_no as "staffNo", n.name as "unitName", m.leader, u.state, m.joined_at as "joinedAt", m.added_by as "addedBy"
    from platform_group_member m join platform_user u on u.tenant_id = m.tenant_id and u.id = m.user_id left join platform_post p on p.tenant_id = u.tenant_id and p.user_id = u.id and p.main left join platform_unit n on n.tenant_id = p.tenant_id and n.id = p.unit_id
    where m.tenant_id = ${ctx.tenantId} and m.group_id = ${id} order by m.leader desc, u.staff_no`.execute(ctx.db())
  return rows
}

export async function rolesOf(ctx: Ctx, id: string): Promise<(GroupRole & { givenAt: number })[]> {
  const { rows } = await sql<GroupRole & { givenAt: number }>`select h.role_id as "roleId", r.name, h.scope, h.given_at as "givenAt" from platform_group_role h join platform_role r on r.tenant_id = h.tenant_id and r.id = h.role_id
    where h.tenant_id = ${ctx.tenantId} and h.group_id = ${id} order by r.name`.execute(ctx.db())
  return rows
}
