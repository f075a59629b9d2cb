// Reading and fixing what a subordinate tenant may use, and where it differs from what it was handed.
import { sql } from 'kysely'
import { authorize, permissionName } from '../../../kernel/access.ts'
import { inTenant, type Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import type { Instant } from '../../../kernel/time/index.ts'
import { changesOf } from '../changes.ts'
import { reachableTenants } from '../reach.ts'
import { allPermissions, roleTemplates } from '../roles/rights-catalogue.ts'
import { effectiveRights } from '../roles/role-rights.ts'
import { scopeTexts } from '../roles/scopes.zh-CN.ts'
import { findSetting } from '../settings/registry.ts'
import { lockAbove, settingSteps, WHOLE_TENANT } from '../settings/setting-chain.ts'
import { touchStamp } from '../stamps.ts'
import type { PlatformTables } from '../tables.gen.ts'
import type * as contract from './control-contract.ts'
import { moduleTexts, packOf } from './product-catalogue.zh-CN.ts'
import { coreModules, limitsOf } from './tenant-control.ts'
import { tenantErrors } from './tenant.errors.ts'
import { tenantById } from './tenant-tree.ts'

const MANAGE = 'platform.manageTenants'

async function controlRow(ctx: Ctx, tenantId: string) {
  return ctx.db<PlatformTables>().selectFrom('platform_tenant_control').selectAll().where('tenant_id', '=', tenantId).executeTakeFirst()
}

function inReach(ctx: Ctx, id: string): void {
  authorize(ctx, MANAGE)
  if (!reachableTenants(ctx, MANAGE).includes(id)) throw kernelErrors('notFound')
}

export async function getTenantControl(ctx: Ctx, input: { id: string }): Promise<Output<typeof contract.getTenantControl>> {
  inReach(ctx, input.id)
  const tenant = await tenantById(ctx, input.id)
  const row = await controlRow(ctx, tenant.id)
  const above = tenant.parentId === null ? new Set<string>() : (await limitsOf(ctx, tenant.parentId)).modules
  // What a tenant leaves off for itself does not bind those below.
  const parentOwn = tenant.parentId === null ? [] : ((await controlRow(ctx, tenant.parentId))?.own_modules_off ?? [])
  const users = await sql<{ n: number }>`select count(*)::int as n from platform_user where tenant_id = ${tenant.id} and state <> 'deleted'`.execute(ctx.db())
  const modules = [...new Set(allPermissions().map((one) => one.module))].map((code) => {
    const core = coreModules.includes(code)
    const [offAbove, offHere, offOwn] = [above.has(code) && !parentOwn.includes(code), row?.modules_off.includes(code) ?? false, row?.own_modules_off.includes(code) ?? false]
    return { code, name: moduleTexts[code] ?? code, pack: packOf(code), core, offAbove, offHere, offOwn, on: core || !(offAbove || offHere || offOwn) }
  })
  return {
    tenantId: tenant.id, own: tenant.id === ctx.tenantId, quota: row?.account_quota ?? null, users: users.rows[0]?.n ?? 0, version: row?.version ?? 0, changedAt: row?.changed_at ?? null, changedBy: row?.changed_by ?? null, modules,
    barredPermissions: row?.barred_permissions ?? [], barredRoles: row?.barred_roles ?? [], permissions: allPermissions(), roles: roleTemplates().map(({ code, name }) => ({ code, name })),
  }
}

/** The tenant above fixes quota, modules and rights; a tenant itself only leaves modules off. @throws platform.ownControl, platform.coreModule */
export async function changeTenantControl(ctx: Ctx, input: Input<typeof contract.changeTenantControl>): Promise<{ version: number }> {
  inReach(ctx, input.id)
  const own = input.id === ctx.tenantId
  const fixes = input.quota !== undefined || input.modulesOff !== undefined || input.barredPermissions !== undefined || input.barredRoles !== undefined
  if (own && fixes) throw tenantErrors('ownControl')
  const core = [...(input.modulesOff ?? []), ...(input.ownModulesOff ?? [])].filter((module) => coreModules.includes(module))
  if (core.length > 0) throw tenantErrors('coreModule', { params: { name: moduleTexts[core[0] ?? ''] ?? '' } })
  const row = await controlRow(ctx, input.id)
  if ((row?.version ?? 0) !== input.version) throw kernelErrors('conflict', { current: { version: row?.version ?? 0, changedBy: row?.changed_by ?? null } })
  const next = {
    account_quota: input.quota === undefined ? (row?.account_quota ?? null) : input.quota, modules_off: input.modulesOff ?? row?.modules_off ?? [], own_modules_off: input.ownModulesOff ?? row?.own_modules_off ?? [],
    barred_permissions: input.barredPermissions ?? row?.barred_permissions ?? [], barred_roles: input.barredRoles ?? row?.barred_roles ?? [], changed_at: ts(ctx.clock.now()), changed_by: ctx.actor.name, version: input.version + 1,
  }
  await ctx.db<PlatformTables>().insertInto('platform_tenant_control').values({ tenant_id: input.id, ...next }).onConflict((c) => c.column('tenant_id').doUpdateSet(next)).execute()
  await touchStamp(ctx, 'tenants')
  const changes = changesOf({ quota: row?.account_quota, modulesOff: row?.modules_off, ownModulesOff: row?.own_modules_off, barredPermissions: row?.barred_permissions, barredRoles: row?.barred_roles }, { quota: input.quota, modulesOff: input.modulesOff, ownModulesOff: input.ownModulesOff, barredPermissions: input.barredPermissions, barredRoles: input.barredRoles })
  ctx.audit({ module: 'platform', act: 'changeTenantControl', objectType: 'key:tenant', objectId: input.id, tenantId: input.id, changes, text: input.reason })
  return { version: next.version }
}

export async function listTenantDifferences(ctx: Ctx, input: { id: string }): Promise<Output<typeof contract.listTenantDifferences>> {
  inReach(ctx, input.id)
  const there = inTenant(ctx, input.id)
  const { rows } = await sql<{ key: string; value: unknown; changedAt: Instant; changedBy: string }>`select key, value, changed_at as "changedAt", changed_by as "changedBy" from platform_setting_value where tenant_id = ${input.id} and unit_id = ${WHOLE_TENANT} order by key`.execute(ctx.db())
  const settings = []
  for (const row of rows) {
    const declared = findSetting(row.key)
    if (!declared) continue
    const inherited = (await settingSteps(there, declared)).find((step) => step.tenantId !== input.id)?.value ?? declared.fallback
    const locked = (await lockAbove(there, declared.key)) !== null
    if (locked || JSON.stringify(inherited) !== JSON.stringify(row.value)) settings.push({ key: row.key, label: declared.label, own: row.value, inherited, mode: locked ? ('locked' as const) : ('override' as const), changedAt: row.changedAt, changedBy: row.changedBy })
  }
  const templates = new Map(roleTemplates().map((template) => [template.code as string, new Set(template.permissions.map((one) => `${one.permission} ${one.scope}`))]))
  const words = (right: string): string => { const [permission = '', scope = 'own'] = right.split(' '); return `${permissionName(permission)}（${scopeTexts[scope as 'own']}）` } // scopes come from the catalogue
  const roles = [...(await effectiveRights(ctx, input.id)).values()].flatMap((role) => {
    const held = new Set([...role.own].flatMap(([permission, scopes]) => [...scopes].map((scope) => `${permission} ${scope}`)))
    const given = templates.get(role.template ?? '') ?? new Set<string>()
    const [added, removed] = [[...held].filter((right) => !given.has(right)), [...given].filter((right) => !held.has(right))]
    return added.length + removed.length === 0 ? [] : [{ roleId: role.id, name: role.name, template: role.template, added: added.map(words), removed: removed.map(words) }]
  })
  return { settings, roles }
}
