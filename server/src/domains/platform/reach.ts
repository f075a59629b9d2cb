// How far an administrator's hand reaches: which tenants, and within a tenant which branch of the organisation tree.
import { sql, type RawBuilder } from 'kysely'
import { scopesOf } from '../../kernel/access.ts'
import type { Ctx, ScopeKind } from '../../kernel/ctx.ts'
import { kernelErrors } from '../../kernel/errors.ts'
import { areaPrefix } from './areas/area-tree.ts'
import type { Unit } from './units/unit-tree.ts'

/** Tenants in which the actor may use a permission. */
export function reachableTenants(ctx: Ctx, permission: string): string[] {
  return scopesOf(ctx, permission).includes('tenantsBelow') ? [...new Set([ctx.tenantId, ...ctx.actor.tenantIds])] : [ctx.tenantId]
}

/** The tenant meant by a request: the named one if it is within reach, else the own. @throws kernel.notFound */
export function targetTenant(ctx: Ctx, permission: string, tenantId: string | undefined): string {
  const wanted = tenantId ?? ctx.tenantId
  if (!reachableTenants(ctx, permission).includes(wanted)) throw kernelErrors('notFound')
  return wanted
}

const widestWithin = (ctx: Ctx, permission: string): ScopeKind => scopesOf(ctx, permission).at(-1) ?? 'own'

/** Whether the actor may use a permission on a unit (and on the people in it). */
export function reachesUnit(ctx: Ctx, permission: string, unit: Pick<Unit, 'id' | 'tenantId' | 'path' | 'areaCode'>): boolean {
  if (!reachableTenants(ctx, permission).includes(unit.tenantId)) return false
  if (unit.tenantId !== ctx.tenantId) return true
  switch (widestWithin(ctx, permission)) {
    case 'tenant':
    case 'tenantsBelow':
      return true
    case 'area':
      return ctx.actor.areaCode !== null && unit.areaCode.startsWith(areaPrefix(ctx.actor.areaCode))
    case 'unitTree':
      return ctx.actor.unitIds.some((id) => unit.path.includes(id))
    case 'unit':
      return ctx.actor.unitIds.includes(unit.id)
    case 'group':
    case 'own':
      return false
  }
}

/** The same as a condition on a row of units with the given alias; combine it with `tenant_id in reachableTenants`. */
export function unitsInReach(ctx: Ctx, permission: string, alias: string): RawBuilder<boolean> {
  const own = (condition: RawBuilder<boolean>): RawBuilder<boolean> => sql<boolean>`(${sql.ref(`${alias}.tenant_id`)} <> ${ctx.tenantId} or ${condition})`
  switch (widestWithin(ctx, permission)) {
    case 'tenant':
    case 'tenantsBelow':
      return sql<boolean>`true`
    case 'area':
      return own(sql<boolean>`starts_with(${sql.ref(`${alias}.area_code`)}, ${ctx.actor.areaCode === null ? '-' : areaPrefix(ctx.actor.areaCode)})`)
    case 'unitTree':
      return own(sql<boolean>`${sql.ref(`${alias}.path`)} && ${ctx.actor.unitIds}::uuid[]`)
    case 'unit':
      return own(sql<boolean>`${sql.ref(`${alias}.id`)} = any(${ctx.actor.unitIds}::uuid[])`)
    case 'group':
    case 'own':
      return sql<boolean>`false`
  }
}

/** Text that a LIKE pattern takes literally. */
export const likeText = (text: string): string => text.replace(/[\\%_]/g, '\\$&')
