// Many approvals in one act: each is judged on its own, a failure does not stop the others, repeating it does nothing twice (ORD-56).
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { AppError, kernelErrors } from '../../../kernel/errors.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { runNested } from '../../../kernel/runtime.ts'
import { orderFail } from '../orders.errors.ts'
import { assertVisible } from '../orders.policy.ts'
import { db, lockOrder } from '../orders.queries.ts'
import { branchesOf } from '../reading/list-branches.ts'
import { orderFilter } from '../reading/list-contract.ts'
import { listPage } from '../reading/list-page.ts'
import { unitPage } from '../reading/unit-assignments.ts'
import { decideReturn } from '../decide-return.ts'
import { decide } from '../review-result.ts'
import { reviewFeedback } from '../submit-feedback.ts'
import type * as contract from './check-contract.ts'

const MOST = 200
type Named = { number: string; title: string }
type Item = Named & { id: string; ok: boolean; reason: string | null; rule: string | null }

/** Each under its own savepoint, in the order given. */
export async function each(ctx: Ctx, ids: string[], named: Map<string, Named>, act: (id: string) => Promise<unknown>) {
  const items: Item[] = []
  for (const id of [...new Set(ids)].slice(0, MOST)) {
    const about = named.get(id) ?? { number: '', title: '' }
    try {
      await runNested(ctx, () => act(id))
      items.push({ id, ...about, ok: true, reason: null, rule: null })
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      items.push({ id, ...about, ok: false, reason: [error.title, ...(error.refusal.fields ?? []).map((f) => f.message)].join('：'), rule: error.refusal.rule ?? null })
    }
  }
  const done = items.filter((i) => i.ok).length
  return { done, failed: items.length - done, items }
}

const nothing = (): Error => kernelErrors('invalid', { fields: [{ path: 'ids', message: '请选择要处理的事项' }] })

export async function batchReviewFeedback(ctx: Ctx, input: Input<typeof contract.batchReviewFeedbackRoute>) {
  authorize(ctx, 'orders.approve')
  const ids = input.ids ?? (input.filter ? (await unitPage(ctx, input.filter, { limit: MOST })).rows.map((r) => r.id) : null)
  if (!ids) throw nothing()
  const named = await namesOfAssignments(ctx, ids)
  return each(ctx, ids, named, (id) => reviewFeedback(ctx, { id, outcome: 'accept', ...(input.opinion ? { opinion: input.opinion } : {}) }))
}

export async function batchReviewResult(ctx: Ctx, input: Input<typeof contract.batchReviewResultRoute>) {
  authorize(ctx, 'orders.reviewResult')
  const ids = input.ids ?? (input.filter ? await idsOf(ctx, input.filter) : null)
  if (!ids) throw nothing()
  const rows = ids.length === 0 ? [] : await db(ctx).selectFrom('order_order').select(['id', 'number', 'title']).where('tenant_id', '=', ctx.tenantId).where('id', 'in', ids).execute()
  return each(ctx, ids, new Map(rows.map((r) => [r.id, r])), async (id) => {
    const order = await lockOrder(ctx, id)
    await assertVisible(ctx, order)
    return decide(ctx, order, { outcome: 'accept', tellRequester: input.tellRequester, ...(input.opinion ? { opinion: input.opinion } : {}) })
  })
}

async function idsOf(ctx: Ctx, filter: Record<string, string>): Promise<string[]> {
  const parsed = orderFilter.safeParse({ ...filter, state: 'pendingResultReview', own: 'true' })
  if (!parsed.success) throw kernelErrors('invalid', { fields: [{ path: 'filter', message: '条件不正确' }] })
  return (await listPage(ctx, await branchesOf(ctx, parsed.data), 'nearestClock', { limit: MOST })).rows.map((r) => r.id)
}

export async function batchDecide(ctx: Ctx, input: Input<typeof contract.batchDecideRoute>) {
  const rows = await db(ctx).selectFrom('order_request as r').innerJoin('order_order as o', (j) => j.onRef('o.tenant_id', '=', 'r.tenant_id').onRef('o.id', '=', 'r.order_id')).select(['r.id', 'o.number', 'o.title']).where('r.tenant_id', '=', ctx.tenantId).where('r.id', 'in', input.ids).execute()
  const known = new Map(rows.map((r) => [r.id, r]))
  return each(ctx, input.ids, known, (id) => {
    if (!known.has(id)) throw orderFail('notFound')
    return decideReturn(ctx, { id, outcome: input.outcome, opinion: input.opinion, fileIds: [] })
  })
}

async function namesOfAssignments(ctx: Ctx, ids: string[]): Promise<Map<string, Named>> {
  if (ids.length === 0) return new Map()
  const rows = await db(ctx).selectFrom('order_assignment as a').innerJoin('order_order as o', (j) => j.onRef('o.tenant_id', '=', 'a.tenant_id').onRef('o.id', '=', 'a.order_id')).select(['a.id', 'o.number', 'o.title', 'a.unit_id as unitId']).where('a.tenant_id', '=', ctx.tenantId).where('a.id', 'in', ids).execute()
  // Of other units' work not even the title is told.
  return new Map(rows.filter((r) => ctx.actor.unitIds.includes(r.unitId)).map((r) => [r.id, { number: r.number, title: r.title }]))
}
