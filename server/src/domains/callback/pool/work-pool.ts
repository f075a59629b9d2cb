// Seats work on the pool: take, dial, record. Where the requester's word differs from the unit's, the result goes back with both values.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize, can, userId } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { ActState } from '../../../kernel/http/codec.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { MINUTE, plus, toIso } from '../../../kernel/time/index.ts'
import { appealTypeNames, contactMaxAttempts, lockOrder, record, returnByCallback, shownName } from '../../orders/index.ts'
import { afterCursor, boundCount, nextPage, setting } from '../../platform/index.ts'
import { dialOrder } from '../../telephony/index.ts'
import { stated } from '../callback.ts'
import { callbackFail } from '../callback.errors.ts'
import { db, readableTenants, seesOrder } from '../callback.queries.ts'
import { callTo } from '../outbound/dial-callback.ts'
import { notNow } from '../outbound/may-contact.ts'
import { statementsOf } from '../read-results.ts'
import { claimMinutes, statementHidden } from '../settings.ts'
import { attemptResultNames } from '../texts.zh-CN.ts'
import type { Entry } from './enter-pool.ts'
import { skipEntry } from './enter-pool.ts'
import type * as contract from './pool-contract.ts'
import { differences, isOpenEntry, openPoolStates, poolStates, type PoolState } from './pool.ts'
import { poolMaxStay, poolShare, poolSkipDay } from './pool.settings.ts'
import { enteredNames, leftNames, poolStateNames, questionNames, returnOpinion } from './pool.zh-CN.ts'

type View = Output<typeof contract.claimPool>

const entries = (ctx: Ctx) =>
  db(ctx).selectFrom('callback_pool as p').innerJoin('order_view as o', (join) => join.onRef('o.tenant_id', '=', 'p.tenant_id').onRef('o.id', '=', 'p.order_id')).where('p.tenant_id', 'in', readableTenants(ctx)).where((eb) => seesOrder(ctx, eb as never) as never)

export async function listPool(ctx: Ctx, input: Input<typeof contract.listPool>): Promise<Output<typeof contract.listPool>> {
  authorize(ctx, 'callback.read')
  let query = entries(ctx).where('p.state', 'in', input.state ?? openPoolStates)
  if (input.mine) query = query.where('p.assignee_id', '=', ctx.actor.id)
  if (input.number) query = query.where('o.number', '=', input.number)
  const rows = await rowsOf(query.where(afterCursor(input.cursor, 'p.entered_at', 'p.id')).orderBy('p.entered_at', 'desc').orderBy('p.id', 'desc').limit(input.limit + 1))
  const page = nextPage(rows, input.limit, (row) => row.entered_at)
  const hidden = await setting(ctx, statementHidden)
  return { items: page.items.map((row) => viewOf(ctx, row, hidden)), next: page.next, count: await boundCount(ctx, query) }
}

const rowsOf = async (query: ReturnType<typeof entries>) =>
  query.leftJoin('callback_mask_view as m', (join) => join.onRef('m.tenant_id', '=', 'p.tenant_id').onRef('m.id', '=', 'p.order_id')).selectAll('p').select(['o.number', 'o.title', 'o.appeal_type', 'o.requester_name', 'm.contact_phone_mask', sql<string | null>`(select f.result from callback_reply_view f where f.tenant_id = p.tenant_id and f.order_id = p.order_id order by f.submitted_at desc limit 1)`.as('reply')]).execute()
type Row = Awaited<ReturnType<typeof rowsOf>>[number]

function viewOf(ctx: Ctx, row: Row, hidden: boolean): View {
  const now = ctx.clock.now()
  // A lock whose time is over is no lock, even before the sweep has tidied up.
  const state = (row.state === 'claimed' && (row.claimed_until_at ?? 0) <= now ? 'waiting' : row.state) as PoolState
  const mine = state === 'claimed' && row.assignee_id === ctx.actor.id
  const own = row.tenant_id === ctx.tenantId
  const done = row.contacted !== null
  const unit = { contacted: row.unit_contacted, solved: row.unit_solved, satisfied: row.unit_satisfied }
  const said = row.contacted === null || row.solved === null || row.satisfied === null ? null : { contacted: row.contacted, solved: row.solved, satisfied: row.satisfied }
  const taken = state === 'claimed' && !mine
  const act = (name: string, label: string): ActState => ({ act: name, label, enabled: !taken, ...(taken ? { rule: 'callback.claim', reason: `正由 ${row.assignee_name ?? ''} 抽访` } : {}) })
  const acts = own && isOpenEntry(state) ? [...(can(ctx, 'callback.complete') ? [...(mine ? [] : [act('claim', '领取')]), act('dial', '拨打'), act('answer', '登记结果'), act('miss', '未接通')] : []), ...(can(ctx, 'callback.assign') ? [{ act: 'skip', label: '跳过', enabled: true }] : [])] : []
  return {
    id: row.id, orderId: row.order_id, number: row.number ?? '', title: row.title ?? '', appealTypeName: appealTypeNames[row.appeal_type ?? ''] ?? '', round: row.round, state, stateName: poolStateNames[state], enteredBecause: row.entered_because === 'unit' ? 'unit' : 'rule', enteredName: enteredNames[row.entered_because === 'unit' ? 'unit' : 'rule'], askReason: row.ask_reason,
    unitName: row.unit_name, requesterName: shownName({ subject_kind: 'person', name: row.requester_name ?? '' }), phoneMask: row.contact_phone_mask, enteredAt: row.entered_at, leaveAt: row.leave_at, leaveName: row.leave_rule === 'skipDay' ? '上级时限' : row.leave_rule === null ? null : '停留时间', assigneeName: row.assignee_name, claimedUntil: row.claimed_until_at, mine, attempts: row.attempts,
    finishedAt: row.finished_at, finishedByName: row.finished_by_name, leftName: row.left_because === null ? null : (leftNames[row.left_because] ?? row.left_because), said, unit: done || !hidden ? unit : null, differs: said === null ? [] : differences(unit, said as never).map((question) => questionNames[question]), opinion: row.opinion, callId: row.call_id, reply: row.reply, acts,
  }
}

async function view(ctx: Ctx, id: string): Promise<View> {
  const [row] = await rowsOf(entries(ctx).where('p.id', '=', id))
  if (!row) throw callbackFail('poolNotFound')
  return viewOf(ctx, row, await setting(ctx, statementHidden))
}

export async function poolCounts(ctx: Ctx): Promise<Output<typeof contract.poolCounts>> {
  authorize(ctx, 'callback.read')
  const rows = await entries(ctx).select(['p.state', sql<number>`count(*)::int`.as('n')]).groupBy('p.state').execute()
  return { states: poolStates.map((state) => ({ state, name: poolStateNames[state], count: rows.find((row) => row.state === state)?.n ?? 0 })), skipDay: await setting(ctx, poolSkipDay), maxStay: await setting(ctx, poolMaxStay), share: await setting(ctx, poolShare) }
}

/** Order first, then the entry: as everywhere. @throws poolNotFound, poolEnded, heldByOther */
async function hold(ctx: Ctx, id: string) {
  const seen = await entries(ctx).select('p.order_id').where('p.tenant_id', '=', ctx.tenantId).where('p.id', '=', id).executeTakeFirst()
  if (!seen) throw callbackFail('poolNotFound')
  const order = await lockOrder(ctx, seen.order_id)
  const entry = (await db(ctx).selectFrom('callback_pool').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirstOrThrow()) as Entry
  if (!isOpenEntry(entry.state) || order.state !== 'pendingResultReview') throw callbackFail('poolEnded', { rule: 'callback.pool', params: { state: poolStateNames[entry.state] } })
  return { order, entry }
}

function requireFree(ctx: Ctx, entry: Entry): void {
  if (entry.state !== 'claimed' || entry.assignee_id === ctx.actor.id || (entry.claimed_until_at ?? 0) <= ctx.clock.now()) return
  throw callbackFail('heldByOther', { rule: 'callback.claim', params: { by: entry.assignee_name ?? '' }, current: { assigneeName: entry.assignee_name }, ...(entry.claimed_until_at === null ? {} : { until: toIso(entry.claimed_until_at) }) })
}

async function take(ctx: Ctx, entry: Entry): Promise<void> {
  requireFree(ctx, entry)
  await db(ctx).updateTable('callback_pool').set({ state: 'claimed', assignee_id: userId(ctx), assignee_name: ctx.actor.name, claimed_until_at: ts(plus(ctx.clock.now(), (await setting(ctx, claimMinutes)) * MINUTE)) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', entry.id).execute()
  ctx.signal('callback.queue')
}

export async function claimPool(ctx: Ctx, input: Input<typeof contract.claimPool>): Promise<View> {
  authorize(ctx, 'callback.complete')
  await take(ctx, (await hold(ctx, input.id)).entry)
  return view(ctx, input.id)
}

export async function dialPool(ctx: Ctx, input: Input<typeof contract.dialPool>): Promise<Output<typeof contract.dialPool>> {
  authorize(ctx, 'callback.complete')
  const { entry } = await hold(ctx, input.id)
  const why = await notNow(ctx, { id: entry.id, order_id: entry.order_id, plan_id: null, phone_hash: entry.phone_hash })
  if (why) throw callbackFail('notNow', { rule: why.rule, params: { why: why.reason }, ...(why.until ? { until: why.until } : {}) })
  await take(ctx, entry)
  return dialOrder(ctx, { orderId: entry.order_id })
}

export async function answerPool(ctx: Ctx, input: Input<typeof contract.answerPool>): Promise<View> {
  authorize(ctx, 'callback.complete')
  const { order, entry } = await hold(ctx, input.id)
  requireFree(ctx, entry)
  const callId = input.way === 'call' ? await callTo(ctx, [entry.order_id], entry.entered_at) : null
  if (input.way === 'call' ? callId === null : !input.wayNote) throw callbackFail('wayMissing', { rule: 'callback.way', fields: [{ path: 'wayNote', message: '请注明以什么方式联系了诉求人' }] })
  const units = await statementsOf(ctx, order.id, order.round, ['accepted', 'submitted'])
  const unit = { contacted: stated(units.map((one) => one.contacted)), solved: stated(units.map((one) => one.solved)), satisfied: stated(units.map((one) => one.satisfied)) }
  const off = differences(unit, input)
  const now = ts(ctx.clock.now())
  await db(ctx).updateTable('callback_pool').set({
    state: off.length > 0 ? 'returned' : 'agreed', finished_at: now, finished_by_name: ctx.actor.name, assignee_id: userId(ctx), assignee_name: ctx.actor.name, claimed_until_at: null, contacted: input.contacted, solved: input.solved, satisfied: input.satisfied,
    unit_contacted: unit.contacted, unit_solved: unit.solved, unit_satisfied: unit.satisfied, opinion: input.opinion ?? null, way: input.way, way_note: input.wayNote ?? null, call_id: callId,
  }).where('tenant_id', '=', ctx.tenantId).where('id', '=', entry.id).execute()
  if (entry.phone_hash !== null) await db(ctx).insertInto('callback_contact').values({ tenant_id: ctx.tenantId, id: newId(), phone_hash: entry.phone_hash, at: now, pool_id: entry.id, by_kind: 'person' }).execute()
  const data = { poolId: entry.id, contacted: input.contacted, solved: input.solved, satisfied: input.satisfied, unit, ...(callId === null ? {} : { callId }) }
  const text = returnOpinion(off.map((question) => ({ question, unit: unit[question], said: input[question] })), input.opinion ?? null)
  await record(ctx, order, { act: 'poolAnswered', text: off.length > 0 ? text : (input.opinion ?? null), data, visibility: 'staff' })
  if (off.length > 0) await returnByCallback(ctx, order.id, text)
  ctx.signal('callback.queue')
  return view(ctx, entry.id)
}

/** Reached nobody: again later, and after the last attempt on to the closing. */
export async function missPool(ctx: Ctx, input: Input<typeof contract.missPool>): Promise<View> {
  authorize(ctx, 'callback.complete')
  const { order, entry } = await hold(ctx, input.id)
  requireFree(ctx, entry)
  const attempts = entry.attempts + 1
  await db(ctx).updateTable('callback_pool').set({ attempts, state: 'waiting', assignee_id: null, assignee_name: null, claimed_until_at: null }).where('tenant_id', '=', ctx.tenantId).where('id', '=', entry.id).execute()
  await record(ctx, order, { act: 'poolMissed', text: `第 ${attempts} 次：${attemptResultNames[input.result]}`, visibility: 'staff' })
  if (attempts >= (await setting(ctx, contactMaxAttempts))) await skipEntry(ctx, order, entry.id, 'notReached', leftNames['notReached'] ?? '')
  ctx.signal('callback.queue')
  return view(ctx, entry.id)
}

export async function skipPool(ctx: Ctx, input: Input<typeof contract.skipPool>): Promise<View> {
  authorize(ctx, 'callback.assign')
  const { order, entry } = await hold(ctx, input.id)
  await skipEntry(ctx, order, entry.id, 'person', input.reason)
  return view(ctx, entry.id)
}
