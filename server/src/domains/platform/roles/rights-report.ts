// Who has which right, now or at the end of a past day, and what was changed when (PLA-15).
import { sql } from 'kysely'
import { authorize, permissionName } from '../../../kernel/access.ts'
import { inTenant, type Ctx, type ScopeKind } from '../../../kernel/ctx.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { addDays, earlier, localDate, plus, startOfDay, toIso, type Instant } from '../../../kernel/time/index.ts'
import { targetTenant } from '../reach.ts'
import { tenantById } from '../tenants/tenant-tree.ts'
import type * as contract from './report-contract.ts'
import { addRight, effectiveRights, inherit, narrow, widest, type EffectiveRole, type Rights } from './role-rights.ts'
import { scopeTexts } from './scopes.zh-CN.ts'

const READ = 'platform.readRoles'
const MOST = 1000

type Holder = Output<typeof contract.listRightHolders>['items'][number]

export async function listRightHolders(ctx: Ctx, input: Input<typeof contract.listRightHolders>): Promise<Output<typeof contract.listRightHolders>> {
  authorize(ctx, READ)
  const tenantId = targetTenant(ctx, READ, input.tenantId)
  const zone = (await tenantById(ctx, tenantId)).timeZone
  const today = localDate(ctx.clock.now(), zone)
  const on = input.on === undefined || input.on > today ? today : input.on
  // What ended in this very moment is over.
  const at = earlier(plus(ctx.clock.now(), 1), startOfDay(addDays(on, 1), zone))
  const roles = await rolesAt(ctx, tenantId, at)
  const wanted = [...roles.values()].filter((role) => role.active && (input.roleId === undefined || role.id === input.roleId) && (input.permission === undefined || role.rights.has(input.permission)))
  const held = await heldAt(ctx, tenantId, { at, on, roleIds: wanted.map((role) => role.id), userId: input.userId })
  const items = held.map((row): Holder => {
    const role = roles.get(row.roleId)
    const scopes = input.permission === undefined ? undefined : role?.rights.get(input.permission)
    const scope = scopes ? widest(new Set([...scopes].map((one) => narrow(one, row.scope)))) : row.scope
    return { ...row, roleName: role?.name ?? row.roleName, scope }
  })
  return { items: items.slice(0, MOST), more: items.length > MOST }
}

type HeldRow = Holder & { scope: ScopeKind | null }

/** Roles held at a moment of a day: those held still, and those that ended later. */
async function heldAt(ctx: Ctx, tenantId: string, which: { at: Instant; on: string; roleIds: string[]; userId: string | undefined }): Promise<HeldRow[]> {
  const at = sql`${toIso(which.at)}::timestamptz`
  const { rows } = await sql<HeldRow>`
    select h.user_id as "userId", u.name, u.staff_no as "staffNo", n.name as "unitName", u.state as "userState", h.role_id as "roleId", h.role_name as "roleName", h.via, h.via_name as "viaName", h.scope, h.given_at as since, h.given_by as "givenBy", h.valid_to as "validTo"
    from (
      select v.tenant_id, v.user_id, v.role_id, '' as role_name, v.via, case v.via when 'group' then (select g.name from platform_group g where g.tenant_id = v.tenant_id and g.id = v.via_id) when 'delegation' then v.given_by end as via_name,
          v.scope, v.given_at, v.given_by, v.valid_from, v.valid_to from platform_held_role_view v where v.tenant_id = ${tenantId} and v.given_at < ${at}
      union all
      select e.tenant_id, e.user_id, e.role_id, e.role_name, e.via, e.via_name, e.scope, e.given_at, e.given_by, e.valid_from, e.valid_to from platform_grant_ended e where e.tenant_id = ${tenantId} and e.given_at < ${at} and e.ended_at >= ${at}) h
      join platform_user u on u.tenant_id = h.tenant_id and u.id = h.user_id
      left join platform_post p on p.tenant_id = u.tenant_id and p.user_id = u.id and p.main left join platform_unit n on n.tenant_id = p.tenant_id and n.id = p.unit_id
    where u.tenant_id = ${tenantId} and coalesce(h.valid_from <= ${which.on}::date, true) and coalesce(h.valid_to >= ${which.on}::date, true) and h.role_id = any(${which.roleIds}::uuid[])
      and ${which.userId === undefined ? sql`true` : sql`u.id = ${which.userId}`}
    order by u.staff_no, h.role_id, h.given_at limit ${MOST + 1}`.execute(ctx.acrossTenants('narrowed to the tenant in reach'))
  return rows
}

type Past = { roleId: string; name: string; state: string; parentIds: string[]; permissions: [string, ScopeKind][]; untilAt: Instant; changedBy: string; reason: string | null }

const rightsOf = (list: readonly [string, ScopeKind][]): Rights => {
  const rights: Rights = new Map()
  for (const [permission, scope] of list) addRight(rights, permission, scope)
  return rights
}

/** Roles with their inheritance as they stood at a moment: of each the first former content that held beyond it, else what it is now. */
async function rolesAt(ctx: Ctx, tenantId: string, at: Instant): Promise<Map<string, EffectiveRole>> {
  const now = await effectiveRights(ctx, tenantId)
  const past = await readPast(ctx, tenantId, { from: at })
  if (past.length === 0) return now
  const first = new Map(past.toReversed().map((row) => [row.roleId, row]))
  const roles: Omit<EffectiveRole, 'rights'>[] = [...now.values()].filter((role) => !first.has(role.id))
  for (const row of first.values()) {
    const role = now.get(row.roleId)
    roles.push({ id: row.roleId, code: role?.code ?? '', template: role?.template ?? null, startPage: role?.startPage ?? '/home', name: row.name, active: row.state === 'active', parentIds: row.parentIds, own: rightsOf(row.permissions) })
  }
  return inherit(roles)
}

/** Former contents that ended at `from` or later, oldest first. */
async function readPast(ctx: Ctx, tenantId: string, range: { from: Instant; to?: Instant }): Promise<Past[]> {
  const { rows } = await sql<Past>`select role_id as "roleId", name, state, parent_ids as "parentIds", permissions, until_at as "untilAt", changed_by as "changedBy", reason from platform_role_past
    where tenant_id = ${tenantId} and until_at >= ${toIso(range.from)}::timestamptz and ${range.to === undefined ? sql`true` : sql`until_at < ${toIso(range.to)}::timestamptz`} order by until_at, id limit 5000`.execute(ctx.acrossTenants('narrowed to the tenant in reach'))
  return rows
}

type Change = Output<typeof contract.listRightChanges>['items'][number]
const MOST_CHANGES = 500
const DEFAULT_DAYS = 30

export async function listRightChanges(ctx: Ctx, input: Input<typeof contract.listRightChanges>): Promise<Output<typeof contract.listRightChanges>> {
  authorize(ctx, READ)
  const tenantId = targetTenant(ctx, READ, input.tenantId)
  const zone = (await tenantById(ctx, tenantId)).timeZone
  const today = localDate(ctx.clock.now(), zone)
  const from = startOfDay(input.from ?? addDays(input.to ?? today, -DEFAULT_DAYS), zone)
  const to = startOfDay(addDays(input.to ?? today, 1), zone)
  const people = await changesOfPeople(ctx, tenantId, { from, to, userId: input.userId })
  const roles = input.userId === undefined ? await changesOfRoles(ctx, tenantId, { from, to }) : []
  const items = [...people, ...roles].toSorted((a, b) => b.at - a.at)
  return { items: items.slice(0, MOST_CHANGES), more: items.length > MOST_CHANGES }
}

type PersonRow = Omit<Change, 'old' | 'new'> & { scope: ScopeKind | null }

async function changesOfPeople(ctx: Ctx, tenantId: string, which: { from: Instant; to: Instant; userId: string | undefined }): Promise<Change[]> {
  const within = (column: string) => sql`${sql.ref(column)} >= ${toIso(which.from)}::timestamptz and ${sql.ref(column)} < ${toIso(which.to)}::timestamptz`
  const one = (column: string) => (which.userId === undefined ? sql`true` : sql`${sql.ref(column)} = ${which.userId}`)
  const { rows } = await sql<PersonRow>`select c.at, c.kind, c.user_id as "userId", u.name as "userName", c.role_name as "roleName", c.via, c.via_name as "viaName", c.by, c.reason, c.scope from (
      select v.given_at as at, 'given' as kind, v.tenant_id, v.user_id, r.name as role_name, v.via, case v.via when 'group' then (select g.name from platform_group g where g.tenant_id = v.tenant_id and g.id = v.via_id) when 'delegation' then v.given_by end as via_name,
          v.given_by as by, v.reason, v.scope from platform_held_role_view v join platform_role r on r.tenant_id = v.tenant_id and r.id = v.role_id where v.tenant_id = ${tenantId} and ${within('v.given_at')} and ${one('v.user_id')}
      union all
      select e.given_at, 'given', e.tenant_id, e.user_id, e.role_name, e.via, e.via_name, e.given_by, e.given_reason, e.scope from platform_grant_ended e where e.tenant_id = ${tenantId} and ${within('e.given_at')} and ${one('e.user_id')}
      union all
      select e.ended_at, 'ended', e.tenant_id, e.user_id, e.role_name, e.via, e.via_name, e.ended_by, e.reason, e.scope from platform_grant_ended e where e.tenant_id = ${tenantId} and ${within('e.ended_at')} and ${one('e.user_id')}) c
    join platform_user u on u.tenant_id = c.tenant_id and u.id = c.user_id where u.tenant_id = ${tenantId} order by c.at desc limit ${MOST_CHANGES + 1}`.execute(ctx.acrossTenants('narrowed to the tenant in reach'))
  return rows.map(({ scope, ...row }) => {
    const content = [`${row.roleName}${scope === null ? '' : `（${scopeTexts[scope]}）`}`]
    return { ...row, old: row.kind === 'ended' ? content : [], new: row.kind === 'given' ? content : [] }
  })
}

async function changesOfRoles(ctx: Ctx, tenantId: string, range: { from: Instant; to: Instant }): Promise<Change[]> {
  const past = await readPast(inTenant(ctx, tenantId), tenantId, { from: range.from })
  const now = await effectiveRights(ctx, tenantId)
  const byRole = Map.groupBy(past, (row) => row.roleId)
  return past.filter((row) => row.untilAt < range.to).map((row): Change => {
    const after = byRole.get(row.roleId)?.find((other) => other.untilAt > row.untilAt)
    const role = now.get(row.roleId)
    const next = after ? describe(after, rightsOf(after.permissions)) : role ? describe({ state: role.active ? 'active' : 'disabled' }, role.own) : ['（已删除）']
    const before = describe(row, rightsOf(row.permissions))
    return { at: row.untilAt, kind: 'roleChanged', userId: null, userName: null, roleName: row.name, via: null, viaName: null, by: row.changedBy, reason: row.reason, old: before.filter((text) => !next.includes(text)), new: next.filter((text) => !before.includes(text)) }
  })
}

const describe = (role: { state: string }, rights: Rights): string[] => [
  ...(role.state === 'active' ? [] : ['（停用）']), ...[...rights].flatMap(([permission, scopes]) => [...scopes].map((scope) => `${permissionName(permission)}（${scopeTexts[scope]}）`)),
]
