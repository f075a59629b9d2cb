// Reading the organisation tree.
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { PlatformTables } from '../tables.gen.ts'

/** A `virtual` unit belongs to a group and lives and ends with it; administrators of units make the others. */
export const unitKinds = ['centre', 'handling', 'section', 'community', 'enterprise', 'subCentre', 'virtual'] as const
export type UnitKind = (typeof unitKinds)[number]

export type Unit = {
  tenantId: string
  id: string
  /** Unique in the deployment; used for routing and data exchange. */
  code: string
  name: string
  kind: UnitKind
  areaCode: string
  parentId: string | null
  /** Ids from the root unit to itself. */
  path: string[]
  /** Led from above (垂管单位), outside the local administration. */
  vertical: boolean
  state: 'active' | 'disabled'
}

const selectUnit = (ctx: Ctx) =>
  ctx
    .db<PlatformTables>()
    .selectFrom('platform_unit')
    .select(['tenant_id as tenantId', 'id', 'code', 'name', 'kind', 'area_code as areaCode', 'parent_id as parentId', 'path', 'vertical', 'state'])

type Row = Awaited<ReturnType<ReturnType<typeof selectUnit>['execute']>>[number]
const unitOf = (row: Row): Unit => row as Unit // kind and state are held to these values by check constraints

/** Tenants whose units may be read: the context's own and those below the actor's. */
const readable = (ctx: Ctx): string[] => [...new Set([ctx.tenantId, ...ctx.actor.tenantIds])]

/** A unit of the own tenant or of one below. @throws kernel.notFound */
export async function unitById(ctx: Ctx, id: string): Promise<Unit> {
  const row = await selectUnit(ctx).where('tenant_id', 'in', readable(ctx)).where('id', '=', id).executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  return unitOf(row)
}

/** Units by id, disabled ones too (old orders keep naming them); unknown ids are missing in the map. */
export async function unitsByIds(ctx: Ctx, ids: readonly string[]): Promise<Map<string, Unit>> {
  if (ids.length === 0) return new Map()
  const rows = await selectUnit(ctx).where('tenant_id', 'in', readable(ctx)).where('id', 'in', [...new Set(ids)]).execute()
  return new Map(rows.map((row) => [row.id, unitOf(row)]))
}

/** Active units of the own tenant whose code or name is one of `texts`: sheets name units by either. */
export async function unitsNamed(ctx: Ctx, texts: readonly string[]): Promise<Unit[]> {
  if (texts.length === 0) return []
  const wanted = [...new Set(texts)]
  const rows = await selectUnit(ctx).where('tenant_id', '=', ctx.tenantId).where('state', '=', 'active').where((e) => e.or([e('code', 'in', wanted), e('name', 'in', wanted)])).execute()
  return rows.map(unitOf)
}

/** All active units of the own tenant, by code. */
export async function activeUnits(ctx: Ctx): Promise<Unit[]> {
  return (await selectUnit(ctx).where('tenant_id', '=', ctx.tenantId).where('state', '=', 'active').orderBy('code').limit(20_000).execute()).map(unitOf)
}

/** The hotline centre of the context's tenant: its topmost unit of kind centre. @throws kernel.notFound when it has none yet */
export async function centreUnit(ctx: Ctx): Promise<Unit> {
  const rows = await selectUnit(ctx).where('tenant_id', '=', ctx.tenantId).where('kind', '=', 'centre').where('state', '=', 'active').execute()
  const top = rows.toSorted((a, b) => a.path.length - b.path.length || a.code.localeCompare(b.code))[0]
  if (!top) throw kernelErrors('notFound')
  return unitOf(top)
}

/** Whether `lower` stands below `upper` in the tree (not the unit itself). */
export function isSubordinate(upper: Pick<Unit, 'id'>, lower: Pick<Unit, 'id' | 'path'>): boolean {
  return lower.id !== upper.id && lower.path.includes(upper.id)
}
