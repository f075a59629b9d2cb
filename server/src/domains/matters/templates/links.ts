// Parallel dimensions of matters: links to nodes of any scheme, the tenant's own label sets among them.
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { schemeNodeById } from '../classes/scheme-nodes.ts'
import { schemes } from '../classes/schemes.ts'
import { findMatter, mattersByIds } from '../matter/matter-by-id.ts'
import type { MattersTables } from '../tables.gen.ts'
import type * as contract from './template-contract.ts'

/**
 * Links what fits and names what does not: a matter that is not in force, a branch where a leaf is meant, a scheme that none of the
 * matter's appeal types uses.
 */
export async function linkMatters(ctx: Ctx, input: Input<typeof contract.linkMatters>): Promise<Output<typeof contract.linkMatters>> {
  authorize(ctx, 'matters.edit')
  const node = await schemeNodeById(ctx, input.nodeId)
  if (!node || node.tenantId !== ctx.tenantId) throw kernelErrors('invalid', { fields: [{ path: 'nodeId', message: '分类不存在或由上级维护' }] })
  const db = ctx.db<MattersTables>()
  if (input.remove) {
    const gone = await db.deleteFrom('matter_link').where('tenant_id', '=', ctx.tenantId).where('node_id', '=', input.nodeId).where('matter_id', 'in', input.matterIds).returning('matter_id').execute()
    return { done: gone.length, mismatches: [] }
  }
  const scheme = (await schemes(ctx)).find((one) => one.code === node.scheme)
  const mismatches: Output<typeof contract.linkMatters>['mismatches'] = []
  let done = 0
  for (const matterId of new Set(input.matterIds)) {
    const matter = await findMatter(ctx, matterId)
    const types = scheme?.usedIn.appealTypes ?? []
    const reason = !matter || matter.status !== 'effective' ? '事项未生效'
      : !node.leaf ? `“${node.name}”不是末级分类`
      : types.length > 0 && matter.appealTypes.length > 0 && !matter.appealTypes.some((type) => types.includes(type)) ? `事项的诉求类型不使用“${scheme?.name ?? ''}”`
      : null
    if (reason) {
      mismatches.push({ matterId, name: matter?.name ?? matterId, reason })
      continue
    }
    await db.insertInto('matter_link').values({ tenant_id: ctx.tenantId, matter_id: matterId, node_id: node.id, scheme: node.scheme, created_by_name: ctx.actor.name, created_at: ts(ctx.clock.now()) })
      .onConflict((oc) => oc.columns(['tenant_id', 'matter_id', 'node_id']).doNothing()).execute()
    done += 1
  }
  ctx.signal('matters.standard')
  return { done, mismatches }
}

export async function listLinks(ctx: Ctx, input: Input<typeof contract.listLinks>): Promise<Output<typeof contract.listLinks>> {
  authorize(ctx, 'matters.read')
  let query = ctx.db<MattersTables>().selectFrom('matter_link as l').innerJoin('matter_scheme_node as n', (join) => join.onRef('n.tenant_id', '=', 'l.tenant_id').onRef('n.id', '=', 'l.node_id'))
    .select(['l.matter_id as matterId', 'l.node_id as nodeId', 'l.scheme', 'n.code as nodeCode', 'n.name as nodeName']).where('l.tenant_id', '=', ctx.tenantId)
  if (input.nodeId) query = query.where('l.node_id', '=', input.nodeId)
  if (input.matterId?.length) query = query.where('l.matter_id', 'in', input.matterId)
  const rows = await query.orderBy('n.code').orderBy('l.matter_id').limit(1000).execute()
  const matters = await mattersByIds(ctx, rows.map((row) => row.matterId))
  return { items: rows.map((row) => ({ ...row, matterCode: matters.get(row.matterId)?.code ?? '', matterName: matters.get(row.matterId)?.name ?? '' })) }
}
