// Flows that other domains bring along: made and published once, the site's own from then on.
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { newId } from '../../../kernel/runtime.ts'
import { db } from '../telephony.queries.ts'
import { asFlow } from './flow.queries.ts'
import { storeVersion } from './keep-flows.ts'

export type ShippedFlow = { code: string; name: string; use: 'robot' | 'survey' | 'callback'; /** start, nodes by id: the form of `switch/src/port/flow.ts` */ graph: { start: string; person?: string; nodes: Record<string, Record<string, unknown>> } }

/**
 * Makes and publishes a flow of this code where the tenant has none; a site that changed it keeps its own.
 * @throws Error when the graph is none (a fault of whoever ships it)
 */
export async function keepFlow(ctx: Ctx, flow: ShippedFlow): Promise<{ id: string }> {
  const known = await db(ctx).selectFrom('telephony_flow').select('id').where('tenant_id', '=', ctx.tenantId).where('code', '=', flow.code).executeTakeFirst()
  if (known) return known
  const row = { id: newId(), name: flow.name, use: flow.use, published: 0 }
  const read = asFlow(row, 1, flow.graph)
  if ('faults' in read) throw new Error(`flow ${flow.code}: ${JSON.stringify(read.faults)}`)
  await db(ctx).insertInto('telephony_flow').values({ tenant_id: ctx.tenantId, id: row.id, code: flow.code, name: flow.name, use: flow.use, draft: json(flow.graph as never), draft_at: ts(ctx.clock.now()), draft_by_name: ctx.actor.name }).execute()
  await storeVersion(ctx, row, flow.graph, '随产品提供')
  return { id: row.id }
}
