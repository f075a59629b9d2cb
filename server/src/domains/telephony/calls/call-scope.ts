// Who sees which calls: own ones, those of the unit and below it, those of the centre. One condition for lists, single calls and recordings.
import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { scopesOf } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'

export const callTenants = (ctx: Ctx, permission: string): string[] => (scopesOf(ctx, permission).includes('tenantsBelow') ? ctx.actor.tenantIds : [ctx.tenantId])

/** Condition on `telephony_call as c`. */
export function callsInScope(ctx: Ctx, permission: 'telephony.calls' | 'telephony.recordings' | 'telephony.download'): RawBuilder<SqlBool> {
  const scopes = scopesOf(ctx, permission)
  const tenants = sql<SqlBool>`c.tenant_id in (${sql.join(callTenants(ctx, permission))})`
  if (scopes.includes('tenant') || scopes.includes('tenantsBelow')) return tenants
  const parts: RawBuilder<SqlBool>[] = []
  const me = ctx.actor.id
  if (scopes.length > 0 && me) parts.push(sql`c.agent_ids @> array[${me}]::uuid[]`, sql`c.agent_id = ${me}`)
  if ((scopes.includes('unit') || scopes.includes('unitTree')) && ctx.actor.unitIds.length > 0)
    parts.push(scopes.includes('unitTree') ? sql`c.unit_id in (select u.id from platform_unit_view u where u.tenant_id = ${ctx.tenantId} and u.path && array[${sql.join(ctx.actor.unitIds)}]::uuid[])` : sql`c.unit_id in (${sql.join(ctx.actor.unitIds)})`)
  return parts.length === 0 ? sql<SqlBool>`false` : sql<SqlBool>`${tenants} and (${sql.join(parts, sql` or `)})`
}
