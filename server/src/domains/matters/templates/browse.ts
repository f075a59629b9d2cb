// The standard base seen by department or by a class instead of by directory (MAT-04, MAT-11).
import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { localDate } from '../../../kernel/time/index.ts'
import { calendarOf, unitsByIds } from '../../platform/index.ts'
import { effectiveNodes } from '../classes/scheme-nodes.ts'
import { schemes } from '../classes/schemes.ts'
import { nearestOnly } from '../standard/nearest.ts'
import { tenantChain } from '../standard/standard-cache.ts'
import type { MattersTables } from '../tables.gen.ts'
import type * as contract from './template-contract.ts'

type Item = Output<typeof contract.browseMatters>['items'][number]

/** Departments with matters of theirs, or the classes of a scheme that matters are linked to, each with those above it. */
export async function browseMatters(ctx: Ctx, input: Input<typeof contract.browseMatters>): Promise<Output<typeof contract.browseMatters>> {
  authorize(ctx, 'matters.read')
  const linked = new Set((await ctx.db<MattersTables>().selectFrom('matter_link').select('scheme').distinct().where('tenant_id', '=', ctx.tenantId).execute()).map((row) => row.scheme))
  const dimensions = [{ by: 'unit', name: '主管部门' }, ...(await schemes(ctx)).filter((scheme) => linked.has(scheme.code)).map((scheme) => ({ by: scheme.code, name: scheme.name }))]
  return { dimensions, items: input.by === 'unit' ? await byUnit(ctx) : linked.has(input.by) ? await byScheme(ctx, input.by) : [] }
}

async function byUnit(ctx: Ctx): Promise<Item[]> {
  const rows = await ctx.acrossTenants<MattersTables>('matters of upper tenants hold below').selectFrom('matter_matter').select(['competent_unit_id as unitId', (e) => e.fn.countAll<number>().as('n')])
    .where('tenant_id', 'in', await tenantChain(ctx)).where('state', '=', 'effective').where('competent_unit_id', 'is not', null).where(await nearestOnly(ctx, 'matter_matter')).groupBy('competent_unit_id').execute()
  const own = await unitsByIds(ctx, rows.flatMap((row) => row.unitId ?? []))
  const all = await unitsByIds(ctx, [...new Set([...own.values()].flatMap((unit) => unit.path))])
  const counts = new Map(rows.map((row) => [row.unitId, Number(row.n)]))
  return [...all.values()].toSorted((a, b) => a.code.localeCompare(b.code)).map((unit) => ({ id: unit.id, parentId: unit.parentId && all.has(unit.parentId) ? unit.parentId : null, name: unit.name, code: unit.code, matters: counts.get(unit.id) ?? 0 }))
}

async function byScheme(ctx: Ctx, scheme: string): Promise<Item[]> {
  const { rows } = await sql<{ nodeId: string; n: number }>`select l.node_id as "nodeId", count(*)::int as n from matter_link l join matter_matter m on m.id = l.matter_id and m.tenant_id = any(${await tenantChain(ctx)}::uuid[]) and m.state = 'effective'
    where l.tenant_id = ${ctx.tenantId} and l.scheme = ${scheme} group by 1`.execute(ctx.acrossTenants('matters of upper tenants hold below'))
  const counts = new Map(rows.map((row) => [row.nodeId, row.n]))
  const nodes = await effectiveNodes(ctx, scheme, localDate(ctx.clock.now(), (await calendarOf(ctx)).timeZone))
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const kept = new Set<string>()
  for (const id of counts.keys()) for (let at = byId.get(id); at && !kept.has(at.id); at = at.parentId ? byId.get(at.parentId) : undefined) kept.add(at.id)
  return nodes.filter((node) => kept.has(node.id)).map((node) => ({ id: node.id, parentId: node.parentId, name: node.name, code: node.code, matters: counts.get(node.id) ?? 0 }))
}
