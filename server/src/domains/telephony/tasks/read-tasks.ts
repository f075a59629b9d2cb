// Dial tasks as agents and managers see them, and when people answer.
import { sql, type Selectable } from 'kysely'
import { authorize, can, userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { DAY, plus } from '../../../kernel/time/index.ts'
import { contactMaxAttempts } from '../../orders/index.ts'
import { afterCursor, boundCount, nextPage, setting, tenantById } from '../../platform/index.ts'
import { outboundWindows } from '../settings.ts'
import type { TelephonyTables } from '../tables.gen.ts'
import { telephonyFail } from '../telephony.errors.ts'
import { db, phoneHash } from '../telephony.queries.ts'
import { attemptReasonNames, businessNames, dialTaskStateNames, mayCallNow, openTask, resultNames, type Business, type DialTaskState } from './dial-task.ts'
import type * as contract from './task-contract.ts'

export type TaskRow = Selectable<TelephonyTables['telephony_dial_task']>

/** Agents see what waits and what is theirs; managers see all. */
function tasksOf(ctx: Ctx) {
  const query = db(ctx).selectFrom('telephony_dial_task as t').where('t.tenant_id', '=', ctx.tenantId)
  return can(ctx, 'telephony.dialTasks') ? query : query.where((eb) => eb.or([eb('t.agent_id', '=', userId(ctx)), eb('t.state', '=', 'waiting')]))
}

export async function listDialTasks(ctx: Ctx, input: Input<typeof contract.listDialTasks>) {
  let query = tasksOf(ctx)
  if (input.state?.length) query = query.where('t.state', 'in', input.state)
  if (input.business) query = query.where('t.business', '=', input.business)
  if (input.mine) query = query.where('t.agent_id', '=', userId(ctx))
  const { q } = input
  if (q) query = query.where((eb) => eb.or([eb('t.phone_hash', '=', phoneHash(ctx, q)), eb('t.title', '=', q), sql<boolean>`t.order_id in (select o.id from order_view o where o.tenant_id = t.tenant_id and o.number = ${q})`]))
  const rows = await query.selectAll('t').where(afterCursor(input.cursor, 't.created_at', 't.id')).orderBy('t.created_at', 'desc').orderBy('t.id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (r) => r.created_at)
  return { items: await taskViews(ctx, page.items), next: page.next, count: await boundCount(ctx, query) }
}

export async function readTask(ctx: Ctx, id: string): Promise<TaskRow> {
  const row = await tasksOf(ctx).selectAll('t').where('t.id', '=', id).executeTakeFirst()
  if (!row) throw telephonyFail('notFound')
  return row
}

export async function showDialTask(ctx: Ctx, input: { id: string }) {
  return taskView(ctx, (await readTask(ctx, input.id)).id)
}

export async function taskView(ctx: Ctx, id: string) {
  const [view] = await taskViews(ctx, [await db(ctx).selectFrom('telephony_dial_task').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).executeTakeFirstOrThrow()])
  if (!view) throw telephonyFail('notFound')
  return view
}

async function taskViews(ctx: Ctx, rows: TaskRow[]) {
  if (rows.length === 0) return []
  const orderIds = rows.flatMap((r) => r.order_id ?? [])
  const [attempts, orders, maxAttempts, open] = await Promise.all([
    db(ctx).selectFrom('telephony_dial_attempt').selectAll().where('tenant_id', '=', ctx.tenantId).where('task_id', 'in', rows.map((r) => r.id)).orderBy('at').execute(),
    orderIds.length === 0 ? [] : db(ctx).selectFrom('order_view').select(['id', 'number']).where('tenant_id', '=', ctx.tenantId).where('id', 'in', orderIds).execute(),
    setting(ctx, contactMaxAttempts), inWindow(ctx),
  ])
  const numberOf = new Map(orders.map((o) => [o.id, o.number]))
  const me = ctx.actor.id
  return rows.map((r) => {
    const mine = r.agent_id === me && r.state !== 'waiting'
    const dialReason = !mine || r.state !== 'claimed' ? (openTask(r.state) ? '请先领取' : '任务已结束') : open ? null : '当前不在外呼时段'
    return {
      id: r.id, business: r.business as Business, businessName: businessNames[r.business as Business], title: r.title, personName: r.person_name, phone: r.phone_mask, orderId: r.order_id, orderNumber: numberOf.get(r.order_id ?? '') ?? null, priority: r.priority, dueAt: r.due_at, state: r.state as DialTaskState, stateName: dialTaskStateNames[r.state as DialTaskState], reason: r.reason, agentName: r.agent_name, mine,
      attempts: attempts.filter((a) => a.task_id === r.id).map((a) => ({ at: a.at, agentName: a.agent_name, callId: a.call_id, result: a.result, resultName: a.result === null ? '拨打中' : `${resultNames[a.result] ?? a.result}${a.reason ? `（${attemptReasonNames[a.reason] ?? a.reason}）` : ''}` })),
      maxAttempts, createdAt: r.created_at, createdByName: r.created_by_name, version: r.version, mayDial: dialReason === null, dialReason,
    }
  })
}

export async function inWindow(ctx: Ctx): Promise<boolean> {
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  return mayCallNow(await setting(ctx, outboundWindows), ctx.clock.now(), timeZone)
}

/** When people answer, by the hour of the day: managers move the windows by it. */
export async function dialRates(ctx: Ctx, input: Input<typeof contract.dialRates>) {
  authorize(ctx, 'telephony.dialTasks')
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const { rows } = await sql<{ hour: number; dialled: number; connected: number }>`select extract(hour from at at time zone ${timeZone})::int as hour, count(*)::int as dialled, count(*) filter (where result = 'connected')::int as connected
    from telephony_dial_attempt where tenant_id = ${ctx.tenantId} and at >= ${ts(plus(ctx.clock.now(), -input.days * DAY))} and result is not null and reason is distinct from 'line' group by 1 order by 1`.execute(ctx.db())
  return { items: rows.map((r) => ({ ...r, rate: Math.round((r.connected / r.dialled) * 1000) / 10 })), windows: await setting(ctx, outboundWindows) }
}
