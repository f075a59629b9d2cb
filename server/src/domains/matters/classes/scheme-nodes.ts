// Reading the classification schemes: nodes of the own tenant and of those above it.
import type { Ctx } from '../../../kernel/ctx.ts'
import { nearestOf } from '../standard/nearest.ts'
import { cachedPart, tenantChain } from '../standard/standard-cache.ts'
import type { MattersTables } from '../tables.gen.ts'

export type SchemeNode = {
  id: string
  tenantId: string
  scheme: string
  code: string
  name: string
  parentId: string | null
  /** Ids from the root to the node, and their names. */
  path: string[]
  pathNames: string[]
  level: number
  leaf: boolean
  state: string
  validFrom: string | null
  validTo: string | null
  /** The unit that answers for the class; null: the nearest one above that has one. */
  ownerUnitId: string | null
}

type Nodes = Map<string, SchemeNode>

/** All published nodes of the chain, retired ones too; a national scheme of some thousand nodes is about a megabyte. */
const allNodes = (ctx: Ctx): Promise<Nodes> => cachedPart(ctx, 'schemeNodes', (chain) => loadNodes(ctx, chain))

async function loadNodes(ctx: Ctx, chain: string[]): Promise<Nodes> {
  const rows = await ctx.acrossTenants<MattersTables>('schemes of upper tenants hold below').selectFrom('matter_scheme_node')
    .select(['id', 'tenant_id as tenantId', 'scheme', 'code', 'name', 'parent_id as parentId', 'path', 'level', 'state', 'valid_from as validFrom', 'valid_to as validTo', 'owner_unit_id as ownerUnitId'])
    .where('tenant_id', 'in', chain).where('state', 'in', ['effective', 'offline', 'void']).orderBy('level').orderBy('sort').orderBy('code').execute()
  const names = new Map(rows.map((row) => [row.id, row.name]))
  const parents = new Set(rows.filter((row) => row.state === 'effective').map((row) => row.parentId))
  return new Map(rows.map((row) => [row.id, { ...row, pathNames: row.path.map((id) => names.get(id) ?? ''), leaf: !parents.has(row.id) }]))
}

/** Nodes of a scheme that may be chosen on `today` (those in force), upper levels first, by sort and code. */
export async function effectiveNodes(ctx: Ctx, scheme: string, today: string): Promise<SchemeNode[]> {
  const nodes = [...(await allNodes(ctx)).values()].filter((node) => node.scheme === scheme && node.state === 'effective' && inForce(node, today))
  return nearestOf(nodes, await tenantChain(ctx), (node) => node.code)
}

/** A node of any scheme by id, retired ones too (old orders show their name); null when unknown here. */
export async function schemeNodeById(ctx: Ctx, id: string): Promise<SchemeNode | null> {
  return (await allNodes(ctx)).get(id) ?? null
}

/** A node of the category tree (归口) by id with its full path, retired ones too; null when unknown or of another scheme. */
export async function categoryById(ctx: Ctx, id: string): Promise<SchemeNode | null> {
  const node = await schemeNodeById(ctx, id)
  return node?.scheme === 'category' ? node : null
}

/** Ids root → node; empty when unknown. */
export async function nodePath(ctx: Ctx, id: string): Promise<string[]> {
  return (await schemeNodeById(ctx, id))?.path ?? []
}

/** Ids of a node and all nodes below it, retired ones too: what a filter or a total by an upper class means. */
export async function nodesUnder(ctx: Ctx, id: string): Promise<string[]> {
  return [...(await allNodes(ctx)).values()].filter((node) => node.path.includes(id)).map((node) => node.id)
}

const inForce = (node: { validFrom: string | null; validTo: string | null }, today: string): boolean =>
  (node.validFrom === null || node.validFrom <= today) && (node.validTo === null || today <= node.validTo)

