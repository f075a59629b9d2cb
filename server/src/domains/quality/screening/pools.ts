// Scores and the two pools of candidates. Nothing leaves a pool but by a person's choice: classic cases become drafts of the knowledge base, low ones go to the sources of inspection.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize, can } from '../../../kernel/access.ts'
import { maskText } from '../../../kernel/crypto/index.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { draftCase } from '../../knowledge/index.ts'
import { readOrder, visible } from '../../orders/index.ts'
import { afterCursor, boundCount, centreUnit, dayRange, nextPage } from '../../platform/index.ts'
import { pickSources } from '../../supervision/index.ts'
import { qualityFail } from '../quality.errors.ts'
import { db } from '../quality.queries.ts'
import type * as contract from './screening-contract.ts'
import type { pools, poolStates } from './screening-contract.ts'
import type { Hit } from './screening.ts'
import { poolNames, poolStateNames } from './screening.zh-CN.ts'

type Pool = (typeof pools)[number]
type State = (typeof poolStates)[number]
/** Who may put a candidate where it goes is decided by the room that receives it. */
const picks: Record<Pool, string> = { classic: 'knowledge.edit', inspection: 'supervision.inspect' }

const scores = (ctx: Ctx) => db(ctx).selectFrom('quality_case_score as s').innerJoin('order_view as o', (join) => join.onRef('o.tenant_id', '=', 's.tenant_id').onRef('o.id', '=', 's.order_id')).where('s.tenant_id', '=', ctx.tenantId).where((eb) => visible(ctx, eb as never) as never)

export async function listScreened(ctx: Ctx, input: Input<typeof contract.listScreened>): Promise<Output<typeof contract.listScreened>> {
  authorize(ctx, 'quality.read')
  const { from, before } = await dayRange(ctx, input.from, input.to)
  let q = scores(ctx)
  if (input.pool) q = q.where('s.pool', '=', input.pool)
  if (input.state?.length) q = q.where('s.state', 'in', input.state)
  if (input.modelId) q = q.where('s.model_id', '=', input.modelId)
  if (input.unitId) q = q.where(sql<boolean>`s.unit_id in (select u.id from platform_unit_view u where u.tenant_id = ${ctx.tenantId} and ${input.unitId}::uuid = any(u.path))`)
  if (input.indicatorId) q = q.where(sql<boolean>`s.hits @> ${JSON.stringify([{ id: input.indicatorId }])}::jsonb`)
  if (input.below) q = q.where('s.points', '<', input.below)
  if (from) q = q.where('s.closed_at', '>=', from)
  if (before) q = q.where('s.closed_at', '<', before)
  const rows = await q.selectAll('s').select(['o.number', 'o.title', 'o.lead_unit_name as unitName']).where(afterCursor(input.cursor, 's.closed_at', 's.id')).orderBy('s.closed_at', 'desc').orderBy('s.id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (one) => one.closed_at)
  return { items: page.items.map((one) => view(ctx, one)), next: page.next, count: await boundCount(ctx, q) }
}

type Row = { id: string; order_id: string; number: string | null; title: string | null; unitName: string | null; closed_at: number; model_name: string; points: number; hits: unknown; pool: string | null; state: string; decided_at: number | null; decided_by_name: string | null; note: string | null }
function view(ctx: Ctx, one: Row): Output<typeof contract.listScreened>['items'][number] {
  const [pool, state] = [one.pool as Pool | null, one.state as State]
  const waits = pool !== null && state === 'waiting'
  return {
    id: one.id, orderId: one.order_id, number: one.number ?? '', title: one.title ?? '', unitName: one.unitName, closedAt: one.closed_at as never, modelName: one.model_name, points: one.points, hits: one.hits as Hit[], pool, poolName: pool && poolNames[pool], state, stateName: poolStateNames[state],
    decidedAt: one.decided_at as never, decidedByName: one.decided_by_name, note: one.note, mayPick: waits && can(ctx, picks[pool]), mayLeave: waits && (can(ctx, picks[pool]) || can(ctx, 'quality.manage')),
  }
}

/** Errors: quality.caseNotFound (404), 403 of the room that receives it, quality.candidateDecided (409). */
export async function decideScreened(ctx: Ctx, input: Input<typeof contract.decideScreened>): Promise<Output<typeof contract.decideScreened>> {
  authorize(ctx, 'quality.read')
  const seen = await scores(ctx).select(['s.pool', 's.order_id as orderId', 's.points', 's.hits', 's.model_name as modelName']).where('s.id', '=', input.id).executeTakeFirst()
  if (!seen || seen.pool === null) throw qualityFail('caseNotFound')
  const pool = seen.pool as Pool
  if (input.pick || !can(ctx, 'quality.manage')) authorize(ctx, picks[pool])
  const state = input.pick ? 'picked' : 'left'
  const done = await db(ctx).updateTable('quality_case_score').set({ state, decided_at: ts(ctx.clock.now()), decided_by_name: ctx.actor.name, note: input.note || null }).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).where('state', '=', 'waiting').returning('id').executeTakeFirst()
  if (!done) throw qualityFail('candidateDecided')
  ctx.signal('quality.screening')
  if (!input.pick) return { state, itemId: null }
  const found = (seen.hits as Hit[]).map((hit) => hit.name).join('、')
  const why = input.note || `${seen.modelName} ${seen.points} 分${found ? `：${found}` : ''}`
  if (pool === 'inspection') {
    await pickSources(ctx, { orderIds: [seen.orderId], reason: why })
    return { state, itemId: null }
  }
  return { state, itemId: await toKnowledge(ctx, seen.orderId, why) }
}

/** A draft of the type case, without numbers of persons; it goes the usual way of review. */
async function toKnowledge(ctx: Ctx, orderId: string, why: string): Promise<string> {
  const order = await readOrder(ctx, orderId)
  const ownerUnitId = (await centreUnit(ctx)).id
  const itemId = await draftCase(ctx, { title: maskText(order.title), appeal: maskText(order.content), result: maskText(order.reply ?? ''), points: why, ownerUnitId, sourceId: orderId })
  if (itemId === null) throw qualityFail('noDirectory')
  return itemId
}
