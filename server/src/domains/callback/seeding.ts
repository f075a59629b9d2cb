// What the demo city needs of callbacks: the same use-cases as people.
import type { Ctx } from '../../kernel/ctx.ts'
import { ts } from '../../kernel/db/connect.ts'
import { runNested } from '../../kernel/runtime.ts'
import { localDate, startOfDay } from '../../kernel/time/index.ts'
import { actAs, tenantById, usersOf } from '../platform/index.ts'
import { openTaskStates } from './callback.ts'
import { db } from './callback.queries.ts'
import { askPool } from './pool/enter-pool.ts'
import { takeBadRatings } from './ratings/care.ts'
import { importUpperResults } from './upper/import-upper.ts'

export { completeCallback } from './complete-callback.ts'
export { recordAttempt } from './record-attempt.ts'

/** The open task of an order; null when nobody is owed a call. */
export async function openCallbackOf(ctx: Ctx, orderId: string): Promise<{ id: string } | null> {
  return (await db(ctx).selectFrom('callback_task').select('id').where('tenant_id', '=', ctx.tenantId).where('order_id', '=', orderId).where('state', 'in', openTaskStates).executeTakeFirst()) ?? null
}

/** What the pages of callback show on the first day: the upper platform's detail of the month, results waiting in the pool, bad ratings to answer. */
export async function seedCallback(ctx: Ctx): Promise<void> {
  const leader = (await usersOf(ctx, { role: 'shiftLeader' }))[0]
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const month = localDate(ctx.clock.now(), timeZone).slice(0, 7)
  if (!leader) return
  const manager = await actAs(ctx, leader.id, ctx.tenantId)
  const own = await db(ctx).selectFrom('callback_result as r').innerJoin('callback_number_view as n', (join) => join.onRef('n.tenant_id', '=', 'r.tenant_id').onRef('n.id', '=', 'r.order_id')).select(['n.number', 'r.contacted', 'r.solved', 'r.satisfied'])
    .where('r.tenant_id', '=', ctx.tenantId).where('r.at', '>=', ts(startOfDay(`${month}-01`, timeZone))).orderBy('r.at').orderBy('r.id').limit(60).execute()
  const word = { yes: '是', no: '否', notStated: '' } as Record<string, string>
  // Every ninth answer differs, every seventh order is missing from the file: as upper platforms have it.
  const rows = [...new Map(own.flatMap((row) => (row.number ? [[row.number, row] as const] : []))).values()].flatMap((row, i) => (i % 7 === 6 ? [] : [{ number: row.number ?? '', contacted: word[row.contacted] ?? '', solved: i % 9 === 4 ? '否' : (word[row.solved] ?? ''), satisfied: i % 9 === 4 ? '不满意' : (word[row.satisfied] ?? ''), at: '', opinion: i % 9 === 4 ? '处理后又出现同样的问题' : '' }]))
  if (rows.length > 0) await importUpperResults(manager, { month, name: '市级回访明细', checkOnly: false, rows })
  const waiting = await db(ctx).selectFrom('order_view').select(['id', 'lead_unit_id']).where('tenant_id', '=', ctx.tenantId).where('state', '=', 'pendingResultReview').where('confidential', '=', false).orderBy('registered_at').limit(4).execute()
  for (const order of waiting) {
    const handler = order.lead_unit_id ? (await usersOf(ctx, { unitId: order.lead_unit_id, permission: 'orders.handle' }))[0] : undefined
    if (!handler || !order.id) continue
    const [person, id] = [await actAs(ctx, handler.id, ctx.tenantId), order.id]
    await runNested(person, () => askPool(person, { id, reason: '诉求人曾多次来电，请中心核实办理效果' })).catch(() => null) // without a telephone, or handed to a lower centre
  }
  await takeBadRatings(ctx)
}
