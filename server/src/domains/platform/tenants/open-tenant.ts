// A new tenant: its row, its centre, the shipped roles and the first administrator with a one-time password.
import { inTenant, type Ctx } from '../../../kernel/ctx.ts'
import { hashPassword, oneTimePassword } from '../../../kernel/crypto/index.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { newId } from '../../../kernel/runtime.ts'
import { areaPrefix } from '../areas/area-tree.ts'
import { tenantCreated } from '../events.ts'
import { addGrant } from '../roles/grants.ts'
import { seedRoleTemplates } from '../roles/seed-templates.ts'
import { touchStamp } from '../stamps.ts'
import type { PlatformTables } from '../tables.gen.ts'
import { unitErrors } from '../units/unit.errors.ts'
import { insertUser } from '../users/create-user.ts'
import { tenantErrors } from './tenant.errors.ts'
import type { Tenant } from './tenant-tree.ts'

export type NewTenant = {
  code: string; name: string; kind: 'administration' | 'enterprise'; areaCode: string; parent: Tenant | null; timeZone: string
  centre: { code: string; name: string }
  admin: { login: string; name: string; mobile: string | null }
}

/** @throws platform.tenantCodeTaken, platform.unitCodeTaken, platform.loginTaken, platform.unknownArea, platform.areaOutside */
export async function openTenant(ctx: Ctx, tenant: NewTenant): Promise<{ id: string; adminLogin: string; oneTimePassword: string }> {
  const id = await insertTenant(ctx, tenant)
  await touchStamp(ctx, 'tenants') // before anything asks for the new tenant
  const unitId = await insertCentre(ctx, id, tenant)
  const system = inTenant(ctx, id)
  const roles = await seedRoleTemplates(system, id)
  const password = oneTimePassword()
  const userId = await insertUser(system, {
    tenantId: id, login: tenant.admin.login, name: tenant.admin.name, staffNo: 'A0001', mobile: tenant.admin.mobile, email: null, validFrom: null, validTo: null,
    posts: [{ unitId, main: true, title: null }], passwordHash: await hashPassword(password),
  })
  await addGrant(system, { tenantId: id, userId, roleId: roles.get('tenantAdmin') ?? '', scope: null, validFrom: null, validTo: null, origin: 'firstAdmin' })
  ctx.audit({ module: 'platform', act: 'createTenant', objectType: 'key:tenant', objectId: id, tenantId: id, changes: { name: { old: null, new: tenant.name }, admin: { old: null, new: tenant.admin.login } } })
  ctx.publish({ ...tenantCreated({ tenantId: id }), tenantId: id })
  return { id, adminLogin: tenant.admin.login.toLowerCase(), oneTimePassword: password }
}

async function insertTenant(ctx: Ctx, tenant: NewTenant): Promise<string> {
  const db = ctx.db<PlatformTables>()
  const taken = await db.selectFrom('platform_tenant').select('id').where('code', '=', tenant.code).executeTakeFirst()
  if (taken) throw tenantErrors('tenantCodeTaken', { params: { code: tenant.code }, fields: [{ path: 'code', message: '编码已存在' }] })
  const area = await areaFor(ctx, tenant.areaCode, tenant.parent?.areaCode ?? null)
  const id = newId()
  await db
    .insertInto('platform_tenant')
    .values({
      id, code: tenant.code, name: tenant.name, kind: tenant.kind, area_code: tenant.areaCode, parent_id: tenant.parent?.id ?? null, level: area.level,
      path: [...(tenant.parent?.path ?? []), id], time_zone: tenant.timeZone, created_at: ts(ctx.clock.now()),
    })
    .execute()
  return id
}

/** The area a tenant is bound to: in use, and within that of the tenant above. */
export async function areaFor(ctx: Ctx, code: string, within: string | null): Promise<{ code: string; level: number }> {
  const area = await ctx.db<PlatformTables>().selectFrom('platform_area').select(['code', 'level']).where('code', '=', code).where('state', '=', 'active').executeTakeFirst()
  if (!area) throw unitErrors('unknownArea', { fields: [{ path: 'areaCode', message: '区划不存在或已停用' }] })
  if (within !== null && !area.code.startsWith(areaPrefix(within))) throw tenantErrors('areaOutside', { fields: [{ path: 'areaCode', message: '区划不在上级租户之内' }] })
  return area
}

async function insertCentre(ctx: Ctx, tenantId: string, tenant: NewTenant): Promise<string> {
  const taken = await ctx.acrossTenants<PlatformTables>('codes are unique in the deployment').selectFrom('platform_unit').select('id').where('code', '=', tenant.centre.code).executeTakeFirst()
  if (taken) throw unitErrors('unitCodeTaken', { params: { code: tenant.centre.code }, fields: [{ path: 'centre.code', message: '编码已被使用' }] })
  const id = newId()
  const now = ts(ctx.clock.now())
  await ctx
    .db<PlatformTables>()
    .insertInto('platform_unit')
    .values({ tenant_id: tenantId, id, code: tenant.centre.code, name: tenant.centre.name, kind: 'centre', area_code: tenant.areaCode, parent_id: null, path: [id], created_at: now, changed_at: now, changed_by: ctx.actor.name })
    .execute()
  return id
}
