// How calls end, and what is owed afterwards: a call back, a message, an entry on the order's timeline.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { formatElapsed } from '../../../kernel/time/index.ts'
import { readOrderRow, record } from '../../orders/index.ts'
import { notify, sendSms } from '../../platform/index.ts'
import type { Projections } from '../engine/project.ts'
import { uuidOrNull } from '../engine/store-events.ts'
import { callEnded } from '../events.ts'
import { dialTaskCallEnded } from '../tasks/end-tasks.ts'
import { fromExchange } from '../numbers.ts'
import { db, phoneColumns } from '../telephony.queries.ts'
import { endCauseNames } from '../texts.zh-CN.ts'
import { agentName, at, changeCall, readCall } from './call-rows.ts'

/** Who hung up while waiting for a person, or whom we cut off, is rung back. */
const owed = new Set(['abandonedInQueue', 'abandonedRinging', 'engineFailure', 'trunkFailure', 'lostSound', 'overflowed'])

export const endProjections: Projections = {
  async callEnded(ctx, event) {
    if (event.callId === null) return
    const d = event.data
    const agents = d.agents.flatMap((a) => uuidOrNull(a) ?? [])
    const call = await readCall(ctx, event)
    if (!call) return
    await changeCall(ctx, event, {
      state: 'ended', ended_at: at(event.at), end_cause: d.cause, hung_up_by: d.by, talk_ms: d.talkMs, wait_ms: d.queues.length > 0 ? d.waitedMs : null, class: d.class, agent_ids: agents,
      ...(d.answeredAt === null ? {} : { answered_at: at(d.answeredAt) }), ...(call.direction === 'inbound' && owed.has(d.cause) && call.phone_hash !== null ? { ring_back: 'open' } : {}),
    })
    await db(ctx).updateTable('telephony_leg').set({ ended_at: at(event.at), cause: sql`coalesce(cause, ${d.cause})` }).where('tenant_id', '=', ctx.tenantId).where('call_id', '=', event.callId).where('ended_at', 'is', null).execute()
    const answered = d.answeredAt !== null
    await dialTaskCallEnded(ctx, { callId: event.callId, cause: d.cause, answered, at: event.at, context: d.context })
    const orderIds = await ordersOf(ctx, event.callId)
    for (const link of orderIds) if (link.kind === 'dialled') await enterCall(ctx, { callId: event.callId, ...link, cause: d.cause, answered, talkMs: d.talkMs, recorded: call.recorded && answered })
    ctx.publish(callEnded({ callId: event.callId, direction: call.direction, cause: d.cause, answered, rating: call.rating, orderIds: orderIds.map((o) => o.order_id) }))
  },
  async dialTaskNeeded(ctx, event) {
    const number = fromExchange(event.data.number)
    await changeCall(ctx, event, { ring_back: 'open', ...phoneColumns(ctx, number) })
    await sendSms(ctx, { phone: number, template: 'telephony.callCut', params: {}, objectType: 'call', ...(event.callId ? { objectId: event.callId } : {}) }).catch(() => undefined)
    await notify(ctx, { type: 'telephony.ringBack', to: { permission: 'telephony.monitor' }, title: event.data.reason === 'lostSeat' ? '座席失联，通话已释放，请回拨诉求人' : '通话被中断，请回拨诉求人', link: '/telephony/calls?ringBack=open', objectType: 'call', ...(event.callId ? { objectId: event.callId } : {}), level: 'P2' })
  },
  async dialRefused(ctx, event) {
    ctx.audit({ module: 'telephony', act: 'dialRefused', objectType: 'call', ...(event.callId ? { objectId: event.callId } : {}), result: 'refused', text: `${event.data.code === 'barred' ? '禁拨' : event.data.code} ${phoneColumns(ctx, fromExchange(event.data.number)).phone_mask}`, ...(event.data.agent ? { actor: { id: uuidOrNull(event.data.agent), name: await agentName(ctx, event.data.agent) } } : {}) })
  },
}

type Link = { order_id: string; kind: string; step: string; user_id: string | null; user_name: string; unit_id: string | null; unit_name: string | null; assignment_id: string | null }

const ordersOf = (ctx: Ctx, callId: string): Promise<Link[]> => db(ctx).selectFrom('telephony_order_call').select(['order_id', 'kind', 'step', 'user_id', 'user_name', 'unit_id', 'unit_name', 'assignment_id']).where('tenant_id', '=', ctx.tenantId).where('call_id', '=', callId).execute()

/** One node per call on the timeline, in the name of who dialled (TEL-43). An unanswered attempt is a node without a recording. */
async function enterCall(ctx: Ctx, end: Link & { callId: string; cause: string; answered: boolean; talkMs: number; recorded: boolean }): Promise<void> {
  const order = await readOrderRow(ctx, end.order_id)
  if (!order) return
  const result = end.answered ? `已接通，通话 ${formatElapsed(end.talkMs, { seconds: true })}` : `未接通：${endCauseNames[end.cause] ?? end.cause}`
  const as: Ctx = { ...ctx, actor: { ...ctx.actor, kind: end.user_id ? 'user' : 'system', id: end.user_id, name: end.user_name, unitIds: end.unit_id ? [end.unit_id] : [], unitName: end.unit_name } }
  const timelineId = await record(as, order, { act: 'call', assignmentId: end.assignment_id, unit: end.unit_id ? { id: end.unit_id, name: end.unit_name ?? '' } : null, text: `电话联系诉求人，${result}`, data: { callId: end.callId, answered: end.answered, cause: end.cause, talkMs: end.talkMs, recorded: end.recorded }, visibility: 'unitLine' })
  await db(ctx).updateTable('telephony_order_call').set({ timeline_id: timelineId }).where('tenant_id', '=', ctx.tenantId).where('order_id', '=', end.order_id).where('call_id', '=', end.callId).execute()
}

