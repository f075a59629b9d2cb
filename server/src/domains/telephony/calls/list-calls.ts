// The call log: filtered, paged, exported; one call with everything that happened in it.
import { sql } from 'kysely'
import { z } from 'zod'
import { authorize, can, userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { DAY, formatElapsed, formatFull, plus, toIso, type Instant } from '../../../kernel/time/index.ts'
import { readOrderByNumber, record } from '../../orders/index.ts'
import { afterCursor, boundCount, nextPage, type ExportSource } from '../../platform/index.ts'
import { telephonyFail } from '../telephony.errors.ts'
import { db, lastFourHash, phoneHash, plainNumber } from '../telephony.queries.ts'
import { interventionNames } from '../texts.zh-CN.ts'
import { callFilter, type dropRingBack as dropRoute, type linkOrder as linkRoute, type listCalls as listRoute, type revealNumber as revealRoute } from './call-contract.ts'
import { callsInScope, callTenants } from './call-scope.ts'
import { callViews, findCall, recordingsOf, type CallRow } from './call-views.ts'
import { tell } from './call-rows.ts'
import { linkCall } from './link-orders.ts'
import { eventText } from './event-texts.zh-CN.ts'

type Filter = Omit<Input<typeof listRoute>, 'cursor' | 'limit'>

export function callsOf(ctx: Ctx, f: Filter) {
  let q = db(ctx).selectFrom('telephony_call as c').where('c.tenant_id', 'in', callTenants(ctx, 'telephony.calls')).where(callsInScope(ctx, 'telephony.calls'))
  if (f.direction) q = q.where('c.direction', '=', f.direction)
  if (f.state?.length) q = q.where('c.state', 'in', f.state)
  if (f.queueId) q = q.where('c.queue_id', '=', f.queueId)
  if (f.agentId) q = q.where('c.agent_id', '=', f.agentId)
  if (f.mine) q = q.where('c.agent_id', '=', userId(ctx))
  if (f.endCause?.length) q = q.where('c.end_cause', 'in', f.endCause)
  if (f.class) q = q.where('c.class', '=', f.class)
  if (f.called) q = q.where('c.called', '=', f.called)
  if (f.answered !== undefined) q = q.where('c.answered_at', f.answered ? 'is not' : 'is', null)
  if (f.recorded !== undefined) q = q.where('c.recorded', '=', f.recorded)
  if (f.ringBack) q = q.where('c.ring_back', '=', f.ringBack)
  if (f.rating !== undefined) q = q.where('c.rating', '=', f.rating)
  if (f.from !== undefined) q = q.where('c.started_at', '>=', ts(f.from))
  if (f.to !== undefined) q = q.where('c.started_at', '<', ts(f.to))
  const text = f.q
  if (text) q = q.where((eb) => eb.or([eb('c.phone_hash', '=', phoneHash(ctx, text)), ...(/^\d{4}$/.test(text) ? [eb('c.last4_hash', '=', lastFourHash(ctx, text))] : []), sql<boolean>`c.id in (select l.call_id from telephony_order_call l join order_view o on o.tenant_id = l.tenant_id and o.id = l.order_id where l.tenant_id = ${ctx.tenantId} and o.number = ${text})`]))
  return q
}

/** How many calls came in at a number, for the register of merged hotlines. */
export async function countArrived(ctx: Ctx, at: { number: string; from: Instant; to: Instant }): Promise<number> {
  const row = await db(ctx).selectFrom('telephony_call').select(sql<number>`count(*)::int`.as('n')).where('tenant_id', '=', ctx.tenantId).where('direction', '=', 'inbound').where('called', '=', at.number).where('started_at', '>=', ts(at.from)).where('started_at', '<', ts(at.to)).executeTakeFirstOrThrow()
  return row.n
}

export async function listCalls(ctx: Ctx, input: Input<typeof listRoute>) {
  authorize(ctx, 'telephony.calls')
  const query = callsOf(ctx, input)
  const rows = await query.selectAll('c').where(afterCursor(input.cursor, 'c.started_at', 'c.id')).orderBy('c.started_at', 'desc').orderBy('c.id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (r) => r.started_at)
  return { items: await callViews(ctx, page.items), next: page.next, count: await boundCount(ctx, query) }
}

export async function oneCall(ctx: Ctx, row: CallRow) {
  const [view] = await callViews(ctx, [row])
  if (!view) throw telephonyFail('callNotFound')
  return view
}

export async function showCall(ctx: Ctx, input: { id: string }) {
  authorize(ctx, 'telephony.calls')
  const call = await findCall(ctx, input.id)
  if (!call) throw telephonyFail('callNotFound')
  const of = { tenant: call.tenant_id, id: call.id }
  const [recordings, legs, handovers, interventions, events] = await Promise.all([
    recordingsOf(ctx, [call]),
    db(ctx).selectFrom('telephony_leg').select(['id', 'party', 'name', 'user_id as userId', 'started_at as startedAt', 'answered_at as answeredAt', 'ended_at as endedAt', 'cause']).where('tenant_id', '=', of.tenant).where('call_id', '=', of.id).where('started_at', '>=', ts(plus(call.started_at, -DAY))).orderBy('started_at').execute(),
    db(ctx).selectFrom('telephony_handover').select(['id', 'at', 'from_name as fromName', 'to_name as toName', 'reason', 'result', 'result_reason as resultReason', 'package']).where('tenant_id', '=', of.tenant).where('call_id', '=', of.id).orderBy('at').execute(),
    // A leader who listens leaves no trace for the one who is listened to.
    can(ctx, 'telephony.monitor') ? db(ctx).selectFrom('telephony_intervention').select(['id', 'at', 'kind', 'actor_name as actorName', 'target_name as targetName', 'reason']).where('tenant_id', '=', of.tenant).where('call_id', '=', of.id).orderBy('at').execute() : [],
    db(ctx).selectFrom('telephony_event').select(['at', 'kind', 'data']).where('tenant_id', '=', of.tenant).where('call_id', '=', of.id).where('at', '>=', ts(plus(call.started_at, -DAY))).where('at', '<', ts(plus(call.started_at, 2 * DAY))).orderBy('at').orderBy('seq').limit(500).execute(),
  ])
  return {
    ...(await oneCall(ctx, call)), path: pathOf(call.ivr_path), legs, recordings: recordings.get(call.id) ?? [], collected: entriesOf(call.collected), classReason: call.class_reason, quality: qualityOf(call.quality), linkedCallId: call.linked_call_id,
    handovers: handovers.map((h) => ({ ...h, package: Object.fromEntries(entriesOf(h.package).map((e) => [e.key, e.value])) })), interventions: interventions.map((i) => ({ ...i, kindName: interventionNames[i.kind] ?? i.kind })),
    log: events.flatMap((e) => { const text = eventText(e.kind, e.data); return text === null || (e.kind === 'intervened' && !can(ctx, 'telephony.monitor')) ? [] : [{ at: e.at, kind: e.kind, text }] }), mayReveal: call.phone_enc !== null && can(ctx, 'telephony.reveal'),
  }
}

const legQuality = z.array(z.object({ agent: z.boolean(), name: z.string().nullable(), lossPercent: z.number(), jitterMs: z.number(), delayMs: z.number(), level: z.number() }))
const qualityOf = (value: unknown): z.infer<typeof legQuality> => legQuality.safeParse(value).data ?? []

type Step = { name: string; key: string | null; outcome: string; at: number }
export const pathOf = (value: unknown): Step[] => (Array.isArray(value) ? value.flatMap((s: unknown) => (typeof s === 'object' && s !== null && 'name' in s ? [{ name: String(s.name), key: 'key' in s ? String(s.key) : null, outcome: 'outcome' in s ? String(s.outcome) : '', at: 'at' in s ? Number(s.at) : 0 }] : [])) : [])
/** Our own ids among what goes along with a call are not for readers. */
const hiddenKeys = new Set(['orderId', 'assignmentId', 'unitId', 'draftId', 'ringBackOf'])
const entriesOf = (value: unknown): { key: string; value: string }[] => (typeof value === 'object' && value !== null ? Object.entries(value).filter(([key]) => !hiddenKeys.has(key)).map(([key, v]) => ({ key, value: String(v) })) : [])

export async function revealNumber(ctx: Ctx, input: Input<typeof revealRoute>) {
  authorize(ctx, 'telephony.reveal')
  const call = await findCall(ctx, input.id)
  if (!call?.phone_enc) throw telephonyFail('callNotFound')
  ctx.audit({ module: 'telephony', act: 'revealCallNumber', objectType: 'call', objectId: call.id, text: input.reason })
  return { value: plainNumber(ctx, call.phone_enc) }
}

export async function linkOrder(ctx: Ctx, input: Input<typeof linkRoute>) {
  authorize(ctx, 'telephony.calls')
  const call = await findCall(ctx, input.id)
  if (!call) throw telephonyFail('callNotFound')
  const orderRow = await readOrderByNumber(ctx, input.number)
  if (await linkCall(ctx, call, { orderId: orderRow.id, kind: 'linked', step: orderRow.state })) await record(ctx, orderRow, { act: 'callLinked', text: '关联通话', data: { callId: call.id }, visibility: 'staff' })
  return oneCall(ctx, call)
}

export async function dropRingBack(ctx: Ctx, input: Input<typeof dropRoute>) {
  const call = await db(ctx).selectFrom('telephony_call').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).forUpdate().executeTakeFirst()
  if (call?.ring_back !== 'open') throw telephonyFail('callNotFound')
  await db(ctx).updateTable('telephony_call').set({ ring_back: 'dropped', ring_back_by_name: ctx.actor.name, ring_back_at: ts(ctx.clock.now()) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', call.id).execute()
  ctx.audit({ module: 'telephony', act: 'dropRingBack', objectType: 'call', objectId: call.id, text: input.reason })
  tell(ctx, call.id)
  return oneCall(ctx, { ...call, ring_back: 'dropped', ring_back_by_name: ctx.actor.name })
}

export const callExport: ExportSource = {
  page: 'telephony.calls', title: '话单', permission: 'telephony.calls',
  columns: [['startedAt', '时间'], ['directionName', '方向'], ['phone', '对方号码'], ['called', '服务号码'], ['queueName', '队列'], ['wait', '等待'], ['className', '等级'], ['agentName', '座席'], ['talk', '通话时长'], ['endCauseName', '结束原因'], ['hungUpBy', '挂断方'], ['rating', '评价'], ['orders', '工单']].map(([key = '', label = '']) => ({ key, label })),
  async *rows(ctx, filter, _columns, { ids }) {
    for (let cursor: string | undefined; ; ) {
      let query = callsOf(ctx, callFilter.strip().parse(filter)).selectAll('c').where(afterCursor(cursor, 'c.started_at', 'c.id'))
      if (ids) query = query.where('c.id', 'in', ids)
      const page = nextPage(await query.orderBy('c.started_at', 'desc').orderBy('c.id', 'desc').limit(201).execute(), 200, (r) => r.started_at)
      yield (await callViews(ctx, page.items)).map((v) => ({ ...v, startedAt: formatFull(v.startedAt), wait: v.waitMs === null ? null : formatElapsed(v.waitMs, { seconds: true }), talk: v.talkMs === null ? null : formatElapsed(v.talkMs, { seconds: true }), orders: v.orders.map((o) => o.number).join('、'), answeredAt: v.answeredAt === null ? null : toIso(v.answeredAt) }))
      if (page.next === null) return
      cursor = page.next
    }
  },
  count: async (ctx, filter) => (await boundCount(ctx, callsOf(ctx, callFilter.strip().parse(filter)))).value,
}

