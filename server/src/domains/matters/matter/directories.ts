// Reading the directory tree: own tenant and those above it.
import { z } from 'zod'
import type { Ctx } from '../../../kernel/ctx.ts'
import { element, type MatterElement } from '../standard/content.ts'
import { cachedPart } from '../standard/standard-cache.ts'
import type { MattersTables } from '../tables.gen.ts'

export type Directory = {
  id: string
  tenantId: string
  code: string
  name: string
  parentId: string | null
  path: string[]
  level: number
  sort: number
  state: string
  elements: MatterElement[]
}

/** Elements as a row keeps them. */
export const storedElements = z.array(element)

/** Every directory of the chain by id, whatever its state; upper levels first, by sort and code. */
export const allDirectories = (ctx: Ctx): Promise<Map<string, Directory>> =>
  cachedPart(ctx, 'directories', async (chain) => {
    const rows = await ctx.acrossTenants<MattersTables>('directories of upper tenants hold below').selectFrom('matter_directory')
      .select(['id', 'tenant_id as tenantId', 'code', 'name', 'parent_id as parentId', 'path', 'level', 'sort', 'state', 'elements'])
      .where('tenant_id', 'in', chain).orderBy('level').orderBy('sort').orderBy('code').execute()
    return new Map(rows.map((row) => [row.id, { ...row, elements: storedElements.parse(row.elements) }]))
  })

/** Directories of a path, root first; unknown ids are passed over. */
export async function directoryChain(ctx: Ctx, path: readonly string[]): Promise<Directory[]> {
  const all = await allDirectories(ctx)
  return path.flatMap((id) => all.get(id) ?? [])
}
