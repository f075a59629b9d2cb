import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import { appealTypeById } from '../classes/appeal-types.ts'
import { matterContent, standardStates, type ClosingItem, type MatterContent, type MatterElement, type StandardState } from '../standard/content.ts'
import { directoryChain } from './directories.ts'
import { mergeElements } from '../standard/elements.ts'
import { tenantChain } from '../standard/standard-cache.ts'
import type { MattersTables } from '../tables.gen.ts'

export type Matter = {
  id: string
  /** The tenant that owns the standard: the own one or one above. */
  tenantId: string
  code: string
  name: string
  directoryId: string
  /** Names from the root directory down to the leaf. */
  directoryPath: string[]
  /** May be a unit of an upper tenant for an inherited matter. */
  competentUnitId: string | null
  division: string | null
  /** Codes; empty: all. */
  appealTypes: string[]
  conditions: string | null
  materials: string | null
  closingStandard: ClosingItem[]
  closingBasis: string | null
  /** Own elements and those inherited from the directories above, in the order they are asked. */
  elements: MatterElement[]
  rules: MatterContent['rules']
  levels: number[]
  /** Led from above (垂管事项). */
  vertical: boolean
  status: StandardState
  /** Published version; orders keep it. */
  version: number
}

/**
 * A matter of the own tenant or of one above it, whatever its state (old orders name retired ones); a new order checks
 * `status === 'effective'`. With `appealType` the elements of the type are merged in.
 * @throws kernel.notFound
 */
export async function matterById(ctx: Ctx, id: string, options: { appealType?: string } = {}): Promise<Matter> {
  const matter = await findMatter(ctx, id, options)
  if (!matter) throw kernelErrors('notFound')
  return matter
}

/** The same, null when there is none. */
export async function findMatter(ctx: Ctx, id: string, options: { appealType?: string } = {}): Promise<Matter | null> {
  const row = await ctx.acrossTenants<MattersTables>('matters of upper tenants hold below').selectFrom('matter_matter').selectAll()
    .where('tenant_id', 'in', await tenantChain(ctx)).where('id', '=', id).executeTakeFirst()
  if (!row) return null
  const content = matterContent.pick({ closingStandard: true, elements: true, rules: true }).parse({ closingStandard: row.closing_standard, elements: row.elements, rules: row.rules })
  const directories = await directoryChain(ctx, row.directory_path)
  const type = options.appealType ? await appealTypeById(ctx, options.appealType) : null
  return {
    id: row.id,
    tenantId: row.tenant_id,
    code: row.code,
    name: row.name,
    directoryId: row.directory_id,
    directoryPath: directories.map((directory) => directory.name),
    competentUnitId: row.competent_unit_id,
    division: row.division,
    appealTypes: row.appeal_types,
    conditions: row.conditions,
    materials: row.materials,
    closingStandard: content.closingStandard,
    closingBasis: row.closing_basis,
    elements: mergeElements([...directories.map((directory) => directory.elements), type?.elements ?? [], content.elements]),
    rules: content.rules,
    levels: row.levels,
    vertical: row.vertical,
    status: standardStates.find((state) => state === row.state) ?? 'void',
    version: row.version,
  }
}

/** Names and codes for lists of orders; unknown ids are missing in the map. */
export async function mattersByIds(ctx: Ctx, ids: readonly string[]): Promise<Map<string, { id: string; tenantId: string; code: string; name: string; status: string; version: number }>> {
  if (ids.length === 0) return new Map()
  const rows = await ctx.acrossTenants<MattersTables>('matters of upper tenants hold below').selectFrom('matter_matter').select(['id', 'tenant_id as tenantId', 'code', 'name', 'state as status', 'version'])
    .where('tenant_id', 'in', [...new Set([...(await tenantChain(ctx)), ...ctx.actor.tenantIds])]).where('id', 'in', [...new Set(ids)]).execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** Ids and names of every matter in force, the tenant's own and those of the tenants above. */
export async function matterNames(ctx: Ctx): Promise<{ id: string; name: string }[]> {
  return ctx.acrossTenants<MattersTables>('matters of upper tenants hold below').selectFrom('matter_matter').select(['id', 'name']).where('tenant_id', 'in', await tenantChain(ctx)).where('state', '=', 'effective').orderBy('code').limit(20_000).execute()
}
