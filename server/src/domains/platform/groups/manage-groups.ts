// User groups: who belongs to them and what they give. Giving a role through a group needs the same right as giving it to each member.
import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import { inTenant, type Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { localDate, type Instant } from '../../../kernel/time/index.ts'
import { newId } from '../../../kernel/runtime.ts'
import { changesOf } from '../changes.ts'
import { notify } from '../messages/notify.ts'
import { reachesUnit } from '../reach.ts'
import { checkDelegation } from '../roles/delegation.ts'
import { checkExclusive, checkPostsInReach, grantedRights } from '../roles/grants.ts'
import { keepEnded, type HeldRole } from '../roles/rights-history.ts'
import { roleErrors } from '../roles/role.errors.ts'
import { effectiveRights } from '../roles/role-rights.ts'
import { forgetStamps } from '../stamps.ts'
import type { PlatformTables } from '../tables.gen.ts'
import { unitById } from '../units/unit-tree.ts'
import { userInReach } from '../users/user.queries.ts'
import type * as contract from './contract.ts'
import { groupInReach, MANAGE, membersOf, readGroups, rolesOf } from './group.queries.ts'
import { alignOwnUnit, createOwnUnit } from './own-unit.ts'

type Members = Input<typeof contract.createGroup>['members']
type Roles = Input<typeof contract.createGroup>['roles']

export async function listGroups(ctx: Ctx, input: Input<typeof contract.listGroups>): Promise<Output<typeof contract.listGroups>> {
  authorize(ctx, MANAGE)
  return { items: await readGroups(ctx, input) }
}

export async function getGroup(ctx: Ctx, input: Input<typeof contract.getGroup>): Promise<Output<typeof contract.getGroup>> {
  authorize(ctx, MANAGE)
  const { members: _m, roles: _r, leaders: _l, ...group } = await groupInReach(ctx, input.id)
  return { ...group, members: await membersOf(ctx, group.id), roles: await rolesOf(ctx, group.id) }
}

export async function createGroup(ctx: Ctx, input: Input<typeof contract.createGroup>): Promise<{ id: string }> {
  authorize(ctx, MANAGE)
  const unit = await unitById(ctx, input.unitId)
  if (unit.tenantId !== ctx.tenantId || unit.state !== 'active' || !reachesUnit(ctx, MANAGE, unit)) throw kernelErrors('invalid', { fields: [{ path: 'unitId', message: '机构不存在、已停用或不在您的管理范围' }] })
  const id = newId()
  const now = ts(ctx.clock.now())
  await checkName(ctx, input.name, null)
  if (input.kind === 'virtual') checkPeriod(ctx, input.endsOn)
  const ownUnitId = input.kind === 'virtual' ? await createOwnUnit(ctx, { id, name: input.name, endsOn: input.endsOn }, unit) : null
  await ctx.db<PlatformTables>().insertInto('platform_group').values({ tenant_id: ctx.tenantId, id, unit_id: unit.id, name: input.name, kind: input.kind, own_unit_id: ownUnitId, purpose: input.purpose, ends_on: input.endsOn, created_at: now, changed_at: now, changed_by: ctx.actor.name }).execute()
  await write(ctx, { id, name: input.name }, { members: [], roles: [] }, { members: input.members, roles: input.roles }, undefined)
  ctx.audit({ module: 'platform', act: 'createGroup', objectType: 'key:group', objectId: id, changes: { name: { old: null, new: input.name }, members: { old: null, new: input.members }, roles: { old: null, new: input.roles } } })
  return { id }
}

export async function changeGroup(ctx: Ctx, input: Input<typeof contract.changeGroup>): Promise<{ version: number }> {
  authorize(ctx, MANAGE)
  const group = await groupInReach(ctx, input.id)
  if (input.name !== undefined) await checkName(ctx, input.name, group.id)
  if (input.kind !== undefined && input.kind !== group.kind && (input.kind === 'virtual' || group.kind === 'virtual')) throw kernelErrors('invalid', { fields: [{ path: 'kind', message: '虚拟组织与其他类型不能互换，请另建' }] })
  if (group.kind === 'virtual' && input.endsOn !== undefined && input.endsOn !== group.endsOn) checkPeriod(ctx, input.endsOn)
  const before = { members: await membersOf(ctx, group.id), roles: await rolesOf(ctx, group.id) }
  const members = before.members.map(({ userId, leader }) => ({ userId, leader }))
  const roles = before.roles.map(({ roleId, scope }) => ({ roleId, scope }))
  const next = { members: input.members ?? members, roles: input.roles ?? roles }
  const opens = group.state === 'disabled' && input.state === 'active'
  const lasts = group.endsOn !== null && input.endsOn !== undefined && (input.endsOn === null || input.endsOn > group.endsOn)
  // What lets rights hold again, or longer, is giving them.
  if ((opens || lasts) && next.roles.length > 0) await checkGiving(ctx, next.members, next.roles)
  const updated = await ctx
    .db<PlatformTables>()
    .updateTable('platform_group')
    .set((e) => ({
      name: input.name ?? group.name, kind: input.kind ?? group.kind, purpose: input.purpose ?? group.purpose, ends_on: input.endsOn === undefined ? group.endsOn : input.endsOn, state: input.state ?? group.state,
      version: e('version', '+', 1), changed_at: ts(ctx.clock.now()), changed_by: ctx.actor.name,
    }))
    .where('tenant_id', '=', ctx.tenantId)
    .where('id', '=', group.id)
    .where('version', '=', input.version)
    .returning('version')
    .executeTakeFirst()
  if (!updated) throw kernelErrors('conflict', { current: { version: group.version, changedBy: group.changedBy, changedAt: group.changedAt } })
  await write(ctx, group, before, next, input.reason)
  // Reports count from the day on which the roles hold again.
  if (opens) await ctx.db<PlatformTables>().updateTable('platform_group_role').set({ given_at: ts(ctx.clock.now()), given_by: ctx.actor.name }).where('tenant_id', '=', ctx.tenantId).where('group_id', '=', group.id).execute()
  if (input.state === 'disabled' && group.state === 'active') await close(ctx, group, next, before, input.reason)
  await alignOwnUnit(ctx, { ownUnitId: group.ownUnitId, name: input.name ?? group.name, state: input.state ?? group.state, endsOn: input.endsOn === undefined ? group.endsOn : input.endsOn })
  forgetStamps(ctx)
  ctx.audit({
    module: 'platform', act: 'changeGroup', objectType: 'key:group', objectId: group.id, ...(input.reason ? { text: input.reason } : {}),
    changes: changesOf({ ...group, members, roles }, { name: input.name, kind: input.kind, purpose: input.purpose, endsOn: input.endsOn, state: input.state, members: input.members, roles: input.roles }),
  })
  return updated
}

export async function deleteGroup(ctx: Ctx, input: Input<typeof contract.deleteGroup>): Promise<Record<string, never>> {
  authorize(ctx, MANAGE)
  const group = await groupInReach(ctx, input.id)
  await write(ctx, group, { members: await membersOf(ctx, group.id), roles: await rolesOf(ctx, group.id) }, { members: [], roles: [] }, input.reason)
  await ctx.db<PlatformTables>().deleteFrom('platform_group').where('tenant_id', '=', ctx.tenantId).where('id', '=', group.id).execute()
  // Orders keep naming its unit.
  await alignOwnUnit(ctx, { ...group, state: 'disabled' })
  forgetStamps(ctx)
  ctx.audit({ module: 'platform', act: 'deleteGroup', objectType: 'key:group', objectId: group.id, changes: { name: { old: group.name, new: null } }, ...(input.reason ? { text: input.reason } : {}) })
  return {}
}

/** Its rights lapse by themselves, so there must be a day. */
function checkPeriod(ctx: Ctx, endsOn: string | null): void {
  if (endsOn === null) throw kernelErrors('invalid', { fields: [{ path: 'endsOn', message: '虚拟组织须填写有效期' }] })
  if (endsOn < localDate(ctx.clock.now())) throw kernelErrors('invalid', { fields: [{ path: 'endsOn', message: '有效期不能早于今天' }] })
}

async function checkName(ctx: Ctx, name: string, except: string | null): Promise<void> {
  const { rows } = await sql`select 1 from platform_group where tenant_id = ${ctx.tenantId} and name = ${name} and id is distinct from ${except}::uuid`.execute(ctx.db())
  if (rows.length > 0) throw roleErrors('groupNameTaken', { params: { name }, fields: [{ path: 'name', message: '名称已存在' }] })
}

type Group = { id: string; name: string }
type Before = { members: { userId: string; joinedAt: Instant; addedBy: string }[]; roles: { roleId: string; scope: string | null; givenAt: number }[] }

/** Checks what is newly given, writes members and roles, keeps what ends, and tells the people concerned. */
async function write(ctx: Ctx, group: Group, before: Before, next: { members: Members; roles: Roles }, reason: string | undefined): Promise<void> {
  const had = new Set(before.members.map((one) => one.userId))
  const joined = next.members.filter((one) => !had.has(one.userId))
  const left = before.members.filter((one) => !next.members.some((other) => other.userId === one.userId))
  const key = (role: { roleId: string; scope: string | null }): string => `${role.roleId} ${role.scope ?? ''}`
  const held = new Set(before.roles.map(key))
  const given = next.roles.filter((role) => !held.has(key(role)))
  const taken = before.roles.filter((role) => !next.roles.some((other) => key(other) === key(role)))
  for (const member of joined) await memberInReach(ctx, member.userId)
  if (joined.length > 0 && next.roles.length > 0) await checkGiving(ctx, joined, next.roles)
  if (given.length > 0) await checkGiving(ctx, next.members, given)
  const stays = (userId: string): boolean => next.members.some((one) => one.userId === userId)
  await keepEnded(ctx, ctx.tenantId, before.members.flatMap((member) => (stays(member.userId) ? taken : before.roles).map((role) => ended(group, member, role))), reason)
  await save(ctx, group.id, { joined, left: left.map((one) => one.userId), next, given, taken: taken.map((one) => one.roleId) })
  forgetStamps(ctx)
  const tell = async (userIds: string[], what: string): Promise<void> => {
    const others = userIds.filter((id) => id !== ctx.actor.id)
    if (others.length > 0) await notify(inTenant(ctx, ctx.tenantId), { type: 'system.rights', to: { userIds: others }, title: `您的权限有变更：${what}`, text: `用户组：${group.name}；操作人：${ctx.actor.name}${reason ? `；原因：${reason}` : ''}`, link: '/me', objectType: 'group', objectId: group.id, level: 'P3' })
  }
  await tell(joined.map((one) => one.userId), '加入用户组')
  await tell(left.map((one) => one.userId), '移出用户组')
  if (given.length > 0 || taken.length > 0) await tell(next.members.filter((one) => had.has(one.userId)).map((one) => one.userId), '用户组的角色已调整')
}

const ended = (group: Group, member: Before['members'][number], role: Before['roles'][number]): HeldRole => ({
  userId: member.userId, roleId: role.roleId, scope: role.scope, via: 'group', viaName: group.name, validFrom: null, validTo: null, givenAt: Math.max(member.joinedAt, role.givenAt) as Instant, givenBy: member.addedBy,
})

/** A disabled group gives nothing: what its members held by it ends here. */
async function close(ctx: Ctx, group: Group, next: { members: Members }, before: Before, reason: string | undefined): Promise<void> {
  const members = before.members.filter((one) => next.members.some((other) => other.userId === one.userId))
  await keepEnded(ctx, ctx.tenantId, members.flatMap((member) => before.roles.map((role) => ended(group, member, role))), reason)
}

async function memberInReach(ctx: Ctx, userId: string): Promise<void> {
  const user = await userInReach(ctx, MANAGE, userId).catch(() => null)
  if (user?.state !== 'active' || user.tenantId !== ctx.tenantId) throw roleErrors('groupUnknownUser', { fields: [{ path: 'members', message: '成员不存在、已停用或不在您的管理范围' }] })
}

/** As if each role were granted to each member. @throws platform.beyondOwnRights, platform.exclusiveRoles, platform.ownGrant, platform.postsBeyondReach */
async function checkGiving(ctx: Ctx, members: Members, roles: Roles): Promise<void> {
  authorize(ctx, 'platform.grantRoles')
  const all = await effectiveRights(ctx, ctx.tenantId)
  const wanted = roles.map(({ roleId, scope }) => {
    const role = all.get(roleId)
    if (!role?.active) throw roleErrors('unknownRole', { fields: [{ path: 'roles', message: '角色不存在或已停用' }] })
    checkDelegation(ctx, grantedRights(role, scope))
    return role
  })
  for (const { userId } of members) {
    if (userId === ctx.actor.id) throw roleErrors('ownGrant')
    const user = await userInReach(ctx, 'platform.grantRoles', userId).catch(() => null)
    if (!user) throw roleErrors('groupUnknownUser', { fields: [{ path: 'members', message: '成员不在您的授权范围' }] })
    await checkPostsInReach(ctx, user)
    await checkExclusive(ctx, ctx.tenantId, userId, wanted)
  }
}

async function save(ctx: Ctx, id: string, change: { joined: Members; left: string[]; next: { members: Members }; given: Roles; taken: string[] }): Promise<void> {
  const db = ctx.db<PlatformTables>()
  const at = ts(ctx.clock.now())
  const mine = { tenant_id: ctx.tenantId, group_id: id }
  if (change.left.length > 0) await db.deleteFrom('platform_group_member').where('tenant_id', '=', ctx.tenantId).where('group_id', '=', id).where('user_id', 'in', change.left).execute()
  if (change.joined.length > 0) await db.insertInto('platform_group_member').values(change.joined.map((one) => ({ ...mine, user_id: one.userId, leader: one.leader, joined_at: at, added_by: ctx.actor.name }))).execute()
  const leaders = change.next.members.filter((one) => one.leader).map((one) => one.userId)
  await sql`update platform_group_member set leader = not leader where tenant_id = ${ctx.tenantId} and group_id = ${id} and leader <> (user_id = any(${leaders}::uuid[]))`.execute(db)
  if (change.taken.length > 0) await db.deleteFrom('platform_group_role').where('tenant_id', '=', ctx.tenantId).where('group_id', '=', id).where('role_id', 'in', change.taken).execute()
  if (change.given.length > 0) await db.insertInto('platform_group_role').values(change.given.map((role) => ({ ...mine, role_id: role.roleId, scope: role.scope, given_at: at, given_by: ctx.actor.name }))).execute()
}
