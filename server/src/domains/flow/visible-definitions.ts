// Which definitions a tenant sees, and which it keeps: its own; the deployment's are kept by the root tenant.
import type { Ctx } from '../../kernel/ctx.ts'
import { kernelErrors } from '../../kernel/errors.ts'
import { tenantsAbove, type Tenant } from '../platform/index.ts'
import { flowErrors } from './flow.errors.ts'
import type { FlowTables } from './tables.gen.ts'

export type Scope = 'deployment' | 'tenant' | 'area'
export type Definition = { id: string; key: string; name: string; scope: Scope; tenantId: string | null; areaCode: string | null; editable: boolean }

/** The own tenant first, then those above. */
export type Above = Tenant[]
export const above = (ctx: Ctx): Promise<Above> => tenantsAbove(ctx)

/** A tenant keeps its own processes; the root tenant those of the deployment too. */
export const keeps = (ctx: Ctx, tenants: Above, tenantId: string | null): boolean => (tenantId === null ? tenants.length <= 1 : tenantId === ctx.tenantId)

export const definitionsSeen = (ctx: Ctx, tenants: Above) => {
  const ids = tenants.map((tenant) => tenant.id)
  return ctx.db<FlowTables>().selectFrom('flow_definition as d').where((eb) => eb.or([eb('d.scope_tenant_id', 'is', null), ...(ids.length > 0 ? [eb('d.scope_tenant_id', 'in', ids)] : [])]))
}

async function rowsWhere(ctx: Ctx, column: 'd.key' | 'd.id', value: string): Promise<Definition[]> {
  const tenants = await above(ctx)
  const rows = await definitionsSeen(ctx, tenants).select((eb) => ['d.id', 'd.key', 'd.name', eb.ref('d.scope').$castTo<Scope>().as('scope'), 'd.scope_tenant_id as tenantId', 'd.area_code as areaCode']).where(column, '=', value).execute()
  return rows.map((row) => ({ ...row, editable: keeps(ctx, tenants, row.tenantId) })).toSorted((a, b) => rank(tenants, a) - rank(tenants, b))
}
const rank = (tenants: Above, row: Definition): number => (row.tenantId === null ? tenants.length : tenants.findIndex((tenant) => tenant.id === row.tenantId)) * 2 + (row.areaCode === null ? 0 : 1)

const isUuid = (value: string): boolean => /^[0-9a-f]{8}-/.test(value)

/** By id, or by key: the one that holds for the own tenant as a whole. @throws kernel.notFound */
export async function visibleDefinition(ctx: Ctx, keyOrId: string): Promise<Definition> {
  const rows = await rowsWhere(ctx, isUuid(keyOrId) ? 'd.id' : 'd.key', keyOrId)
  const held = rows.find((row) => row.areaCode === null) ?? rows[0]
  if (!held) throw kernelErrors('notFound')
  return held
}

/** One that may be changed here. @throws kernel.notFound, flow.notOurs */
export async function ownDefinition(ctx: Ctx, keyOrId: string): Promise<Definition> {
  const definition = await visibleDefinition(ctx, keyOrId)
  if (!definition.editable) throw flowErrors('notOurs')
  return definition
}

export type VersionRow = { id: string; definitionId: string; version: number; state: 'draft' | 'scheduled' | 'published' | 'history'; revision: number; changedAt: unknown; changedByName: string | null }

/** A version of a definition that is seen here. @throws kernel.notFound */
export async function visibleVersion(ctx: Ctx, id: string): Promise<VersionRow & { definition: Definition }> {
  if (!isUuid(id)) throw kernelErrors('notFound')
  const row = await ctx
    .db<FlowTables>()
    .selectFrom('flow_version')
    .select((eb) => ['id', 'definition_id as definitionId', 'version', eb.ref('state').$castTo<VersionRow['state']>().as('state'), 'revision', 'changed_at as changedAt', 'changed_by_name as changedByName'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  return { ...row, definition: await visibleDefinition(ctx, row.definitionId) }
}

/** @throws flow.notOurs besides */
export async function ownVersion(ctx: Ctx, id: string): Promise<VersionRow & { definition: Definition }> {
  const version = await visibleVersion(ctx, id)
  if (!version.definition.editable) throw flowErrors('notOurs')
  return version
}
