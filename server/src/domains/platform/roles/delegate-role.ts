// A person lets a colleague of his unit hold one of his roles for some days. It lapses by itself, and with his own grant.
import { sql } from 'kysely'
import { z } from 'zod'
import { userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { defineSetting } from '../../../kernel/settings.ts'
import { addDays, daysBetween, localDate } from '../../../kernel/time/index.ts'
import { setting } from '../settings/setting-chain.ts'
import { forgetStamps } from '../stamps.ts'
import type { PlatformTables } from '../tables.gen.ts'
import { checkExclusive, tellOfRights } from './grants.ts'
import type * as contract from './report-contract.ts'
import { keepEnded } from './rights-history.ts'
import { roleErrors } from './role.errors.ts'
import { effectiveRights, type EffectiveRole } from './role-rights.ts'

export const delegationSetting = defineSetting({
  key: 'account.delegation', label: '代理授权', help: '最长天数（0 为不允许）；不得委托的角色，按角色编码或模板编码',
  schema: z.object({ maxDays: z.int().min(0).max(366), barred: z.array(z.string().max(40)).max(50) }),
  fallback: { maxDays: 60, barred: ['tenantAdmin', 'systemAdmin', 'auditor'] }, scope: 'tenant',
})

/** Roles that the person holds by a grant of his own today, and may let others hold. */
async function ownRoles(ctx: Ctx): Promise<EffectiveRole[]> {
  const { maxDays, barred } = await setting(ctx, delegationSetting)
  if (maxDays === 0) return []
  const today = localDate(ctx.clock.now())
  const roles = await effectiveRights(ctx, ctx.tenantId)
  const { rows } = await sql<{ role_id: string }>`select role_id from platform_grant where tenant_id = ${ctx.tenantId} and user_id = ${userId(ctx)} and coalesce(valid_from <= ${today}::date, true) and coalesce(valid_to >= ${today}::date, true)`.execute(ctx.db())
  return rows.flatMap((row) => roles.get(row.role_id) ?? []).filter((role) => role.active && !barred.includes(role.code) && (role.template === null || !barred.includes(role.template)))
}

type Row = Omit<Output<typeof contract.listMyDelegations>['given'][number], 'state'> & { mine: boolean; ended: boolean }

export async function listMyDelegations(ctx: Ctx): Promise<Output<typeof contract.listMyDelegations>> {
  const me = userId(ctx)
  const today = localDate(ctx.clock.now())
  const { rows } = await sql<Row>`select d.id, d.from_user_id = ${me} as mine, o.name as "otherName", r.name as "roleName", d.valid_from as "validFrom", d.valid_to as "validTo", d.reason, d.ended_at is not null as ended, d.created_at as "createdAt"
    from platform_delegation d join platform_role r on r.tenant_id = d.tenant_id and r.id = d.role_id
      join platform_user o on o.tenant_id = d.tenant_id and o.id = case when d.from_user_id = ${me} then d.to_user_id else d.from_user_id end
    where d.tenant_id = ${ctx.tenantId} and (d.from_user_id = ${me} or d.to_user_id = ${me}) order by d.created_at desc limit 100`.execute(ctx.db())
  const shown = rows.map(({ mine, ended, ...row }) => ({ mine, item: { ...row, state: ended ? ('ended' as const) : row.validTo < today ? ('over' as const) : row.validFrom > today ? ('planned' as const) : ('inForce' as const) } }))
  return {
    given: shown.filter((one) => one.mine).map((one) => one.item), received: shown.filter((one) => !one.mine).map((one) => one.item),
    roles: (await ownRoles(ctx)).map(({ id, name }) => ({ id, name })), maxDays: (await setting(ctx, delegationSetting)).maxDays,
  }
}

/** @throws platform.notHeld, platform.notColleague, platform.delegationPeriod, platform.exclusiveRoles */
export async function delegateRole(ctx: Ctx, input: Input<typeof contract.delegateRole>): Promise<{ id: string }> {
  const me = userId(ctx)
  const role = (await ownRoles(ctx)).find((one) => one.id === input.roleId)
  if (!role) throw roleErrors('notHeld', { rule: delegationSetting.key, fields: [{ path: 'roleId', message: '未直接持有，或此角色不允许委托' }] })
  const { maxDays } = await setting(ctx, delegationSetting)
  const today = localDate(ctx.clock.now())
  if (input.validFrom < today || input.validTo < input.validFrom || daysBetween(input.validFrom, input.validTo) >= maxDays) {
    throw roleErrors('delegationPeriod', { rule: delegationSetting.key, detail: `从今天起，最长 ${maxDays} 天，最晚至 ${addDays(input.validFrom, maxDays - 1)}`, fields: [{ path: 'validTo', message: `最长 ${maxDays} 天` }] })
  }
  await colleague(ctx, input.toUserId)
  await checkExclusive(ctx, ctx.tenantId, input.toUserId, [role])
  const id = newId()
  await ctx.db<PlatformTables>().insertInto('platform_delegation').values({ tenant_id: ctx.tenantId, id, from_user_id: me, to_user_id: input.toUserId, role_id: role.id, valid_from: input.validFrom, valid_to: input.validTo, reason: input.reason, created_at: ts(ctx.clock.now()), created_by: ctx.actor.name }).execute()
  forgetStamps(ctx)
  ctx.audit({ module: 'platform', act: 'delegateRole', objectType: 'key:grant', objectId: input.toUserId, changes: { role: { old: null, new: role.name }, period: { old: null, new: `${input.validFrom} — ${input.validTo}` } }, text: input.reason })
  for (const person of [input.toUserId, me]) await tellOfRights(ctx, { id: person, tenantId: ctx.tenantId }, { title: person === me ? '您的角色已委托他人代理' : '您的权限有变更：受托代理角色', roleId: role.id, reason: `${input.reason}（${input.validFrom} 至 ${input.validTo}）` })
  return { id }
}

/** An active person with a post in one of the own units. */
async function colleague(ctx: Ctx, id: string): Promise<void> {
  const { rows } = await sql`select 1 from platform_user u where u.tenant_id = ${ctx.tenantId} and u.id = ${id} and u.id <> ${userId(ctx)} and u.state = 'active'
    and exists (select 1 from platform_post p where p.tenant_id = u.tenant_id and p.user_id = u.id and p.unit_id = any(${ctx.actor.unitIds}::uuid[]))`.execute(ctx.db())
  if (rows.length === 0) throw roleErrors('notColleague', { fields: [{ path: 'toUserId', message: '请选择同一机构的在职同事' }] })
}

export async function endDelegation(ctx: Ctx, input: Input<typeof contract.endDelegation>): Promise<Record<string, never>> {
  const row = await ctx
    .db<PlatformTables>()
    .updateTable('platform_delegation')
    .set({ ended_at: ts(ctx.clock.now()), ended_by: ctx.actor.name })
    .where('tenant_id', '=', ctx.tenantId)
    .where('id', '=', input.id)
    .where('from_user_id', '=', userId(ctx))
    .where('ended_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  await keepEnded(ctx, ctx.tenantId, [{ userId: row.to_user_id, roleId: row.role_id, scope: null, via: 'delegation', viaName: ctx.actor.name, validFrom: row.valid_from, validTo: row.valid_to, givenAt: row.created_at, givenBy: row.created_by, givenReason: row.reason }], undefined)
  forgetStamps(ctx)
  ctx.audit({ module: 'platform', act: 'endDelegation', objectType: 'key:grant', objectId: row.to_user_id, changes: { role: { old: row.role_id, new: null } } })
  await tellOfRights(ctx, { id: row.to_user_id, tenantId: ctx.tenantId }, { title: '您的权限有变更：委托已收回', roleId: row.role_id })
  return {}
}
