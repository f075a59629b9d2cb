// What is switched off for a tenant: by itself, or by a tenant above for it and all below. Rights of a module that is off are nobody's.
import { sql, type Kysely } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { allPermissions } from '../roles/rights-catalogue.ts'
import { stampsOf } from '../stamps.ts'

type AnyDb = Kysely<Record<string, never>>
export type Limits = { permissions: ReadonlySet<string>; /** Of them those of modules that are off. */ off: ReadonlySet<string>; roles: ReadonlySet<string>; modules: ReadonlySet<string> }

/** Without these there is no hotline; they cannot be switched off. */
export const coreModules: readonly string[] = ['platform', 'flow', 'forms', 'matters', 'orders']

const cache = new Map<string, { stamp: string; limits: Promise<Limits> }>()

/** Rights, role templates and modules that a tenant may not use, for a caller that has just read the stamp of tenants. */
export function limitsUnder(db: AnyDb, tenantId: string, stamp: string): Promise<Limits> {
  const held = cache.get(tenantId)
  if (held?.stamp === stamp) return held.limits
  const limits = readLimits(db, tenantId)
  cache.set(tenantId, { stamp, limits })
  limits.catch(() => cache.delete(tenantId))
  return limits
}

export async function limitsOf(ctx: Ctx, tenantId: string): Promise<Limits> {
  return limitsUnder(ctx.acrossTenants('limits come from the tenants above'), tenantId, (await stampsOf(ctx)).tenants)
}

async function readLimits(db: AnyDb, tenantId: string): Promise<Limits> {
  const { rows } = await sql<{ modules: string[]; permissions: string[]; roles: string[] }>`select case when c.tenant_id = t.id then c.modules_off || c.own_modules_off else c.modules_off end as modules, c.barred_permissions as permissions, c.barred_roles as roles
    from platform_tenant t join platform_tenant_control c on c.tenant_id = any(t.path) where t.id = ${tenantId}`.execute(db)
  const modules = new Set(rows.flatMap((row) => row.modules).filter((module) => !coreModules.includes(module)))
  const off = new Set(allPermissions().filter((one) => modules.has(one.module)).map((one) => one.code))
  const permissions = new Set([...rows.flatMap((row) => row.permissions), ...off])
  return { modules, permissions, off, roles: new Set(rows.flatMap((row) => row.roles)) }
}
