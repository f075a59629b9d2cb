import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { addDays, startOfDay, toIso } from '../../../kernel/time/index.ts'
import { calendarOf } from '../../platform/index.ts'
import { directoryContent } from '../standard/content.ts'
import { nearestOf } from '../standard/nearest.ts'
import { tenantChain } from '../standard/standard-cache.ts'
import type { MattersTables } from '../tables.gen.ts'
import { allDirectories } from './directories.ts'
import type * as contract from './matter-contract.ts'

type Tree = Output<typeof contract.directoryTree>
type Node = Pick<Tree['items'][number], 'id' | 'code' | 'name' | 'parentId' | 'level' | 'state'> & { sort: number }

/** The effective tree, with `all` also drafts and retired nodes, with `asOf` as it stood at the end of that day. */
export async function directoryTree(ctx: Ctx, input: Input<typeof contract.directoryTree>): Promise<Tree> {
  authorize(ctx, 'matters.read')
  if (input.asOf) return finish(await nodesAsOf(ctx, input.asOf), new Map())
  const offered = nearestOf([...(await allDirectories(ctx)).values()], await tenantChain(ctx), (node) => node.code)
  const all = offered.filter((node) => node.state === 'effective' || (input.all === true && node.tenantId === ctx.tenantId))
  const counts = await ctx.acrossTenants<MattersTables>('matters of upper tenants hold below').selectFrom('matter_matter').select(['directory_id as directoryId']).select((e) => e.fn.countAll<number>().as('n'))
    .where('tenant_id', 'in', await tenantChain(ctx)).where('state', '=', 'effective').groupBy('directory_id').execute()
  return finish(all.map((node) => ({ ...node, level: node.path.length - 1 })), new Map(counts.map((row) => [row.directoryId, row.n])))
}

async function nodesAsOf(ctx: Ctx, day: string): Promise<Node[]> {
  const { timeZone } = await calendarOf(ctx)
  const end = startOfDay(addDays(day, 1), timeZone)
  const { rows } = await sql<{ id: string; state: string; snapshot: unknown }>`
    select distinct on (object_id) object_id as id, state, snapshot from matter_version
    where tenant_id = any(${await tenantChain(ctx)}::uuid[]) and object_kind = 'directory' and at < ${toIso(end)}::timestamptz
    order by object_id, version desc`.execute(ctx.acrossTenants('directories of upper tenants hold below'))
  const nodes = rows.filter((row) => row.state === 'effective').map((row) => ({ ...directoryContent.parse(row.snapshot), id: row.id, state: row.state, level: 0 }))
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const levelOf = (node: { parentId: string | null }): number => {
    const parent = byId.get(node.parentId ?? '')
    return parent ? levelOf(parent) + 1 : 0
  }
  return nodes.map((node) => ({ ...node, level: levelOf(node) }))
}

function finish(nodes: Node[], counts: ReadonlyMap<string, number>): Tree {
  const parents = new Set(nodes.map((node) => node.parentId))
  const sorted = nodes.toSorted((a, b) => a.level - b.level || a.sort - b.sort || (a.code < b.code ? -1 : 1))
  return { items: sorted.map((node) => ({ id: node.id, code: node.code, name: node.name, parentId: node.parentId, level: node.level, state: node.state, leaf: !parents.has(node.id), matters: counts.get(node.id) ?? 0 })) }
}
