// From arrival to answer, and what happens in between.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json } from '../../../kernel/db/connect.ts'
import { newId } from '../../../kernel/runtime.ts'
import { sendSms } from '../../platform/index.ts'
import type { Projections } from '../engine/project.ts'
import { uuidOrNull } from '../engine/store-events.ts'
import { listKindNames } from '../lists/list-entry.ts'
import { proposeFrequent } from '../lists/keep-entries.ts'
import { fromExchange } from '../numbers.ts'
import { db, phoneColumns } from '../telephony.queries.ts'
import { knowCaller } from './know-caller.ts'
import { agentName, agentUnit, appended, at, changeCall, readCall, tell } from './call-rows.ts'

const queueNameOf = async (ctx: Ctx, id: string): Promise<string | null> => (await db(ctx).selectFrom('telephony_queue').select('name').where('tenant_id', '=', ctx.tenantId).where('id', '=', id).executeTakeFirst())?.name ?? null

/** Legs of a call: one row a party, by the exchange's id of it. */
async function keepLeg(ctx: Ctx, event: { callId: string | null; at: number }, leg: { legId: string; role: string; agent: string | null; number: string | null }, change: Record<string, unknown>): Promise<void> {
  const id = uuidOrNull(leg.legId)
  if (id === null || event.callId === null) return
  const updated = await db(ctx).updateTable('telephony_leg').set(change).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).where('call_id', '=', event.callId).returning('id').executeTakeFirst()
  if (updated || Object.keys(change).length === 0) return
  const party = leg.role === 'outside' ? 'caller' : leg.role === 'monitor' ? 'leader' : leg.role === 'agent' ? 'agent' : 'third'
  const name = leg.agent ? await agentName(ctx, leg.agent) : leg.number ? (leg.number.length <= 6 ? leg.number : phoneColumns(ctx, fromExchange(leg.number)).phone_mask) : ''
  await db(ctx).insertInto('telephony_leg').values({ tenant_id: ctx.tenantId, id, call_id: event.callId, started_at: at(event.at), party, user_id: uuidOrNull(leg.agent), name, extension: null, ...change }).execute()
}

export const callProjections: Projections = {
  async callArrived(ctx, event) {
    if (event.callId === null) return
    const d = event.data
    const outside = fromExchange(d.direction === 'outbound' ? d.to : d.from)
    const phone = d.hidden || outside === '' || d.direction === 'internal' ? null : phoneColumns(ctx, outside)
    const agent = uuidOrNull(d.agent)
    await db(ctx).insertInto('telephony_call').values({
      tenant_id: ctx.tenantId, id: event.callId, started_at: at(event.at), direction: d.direction, state: d.direction === 'outbound' ? 'dialling' : 'arriving', ...phone, called: d.direction === 'outbound' ? null : (d.serviceNumber ?? fromExchange(d.to)), trunk: d.trunk, policy_number: d.policy,
      agent_id: agent, agent_name: agent ? await agentName(ctx, agent) : null, agent_ids: agent ? [agent] : [], linked_call_id: uuidOrNull(d.linkedTo), order_id: uuidOrNull(d.context['orderId'] ?? null), order_step: d.context['orderStep'] ?? null, assignment_id: uuidOrNull(d.context['assignmentId'] ?? null), unit_id: uuidOrNull(d.context['unitId'] ?? null),
      concurrent: sql`(select count(*) + 1 from telephony_call u where u.tenant_id = ${ctx.tenantId} and u.ended_at is null and u.started_at > ${at(event.at - 86_400_000)})`,
      // Rung back: the call that was owed is settled when this one is answered.
      collected: Object.keys(d.context).length > 0 ? json(d.context) : null,
    }).execute()
    tell(ctx, event.callId)
    if (phone && d.direction === 'inbound') await knowCaller(ctx, event.callId, phone.phone_hash)
    if (phone && d.direction === 'inbound') await proposeFrequent(ctx, { hash: phone.phone_hash, number: outside })
  },
  async callScreened(ctx, event) {
    const d = event.data
    const list = (['black', 'white', 'red'] as const).find((kind) => d.lists.some((l) => l.list === kind)) ?? null
    await changeCall(ctx, event, { class: d.class, class_reason: await classReason(ctx, d), ...(list ? { list_kind: list } : {}) })
    const entries = d.lists.flatMap((l) => uuidOrNull(l.entry) ?? [])
    if (entries.length > 0) await db(ctx).updateTable('telephony_list_entry').set((eb) => ({ hits: eb('hits', '+', 1), last_hit_at: at(event.at) })).where('tenant_id', '=', ctx.tenantId).where('id', 'in', entries).execute()
  },
  async flowStep(ctx, event) {
    const d = event.data
    const step = { node: d.node, kind: d.nodeKind, name: d.name, outcome: d.outcome, ...(d.key === null ? {} : { key: d.key }), at: event.at }
    await changeCall(ctx, event, { state: sql`case when state in ('arriving', 'queued') then 'ivr' else state end`, flow_id: uuidOrNull(d.flow), flow_version: d.version, ivr_path: sql`case when jsonb_array_length(ivr_path) < 200 then ivr_path || ${JSON.stringify([step])}::jsonb else ivr_path end` })
  },
  async flowVariables(ctx, event) {
    await changeCall(ctx, event, { collected: sql`coalesce(collected, '{}'::jsonb) || ${JSON.stringify(event.data.values)}::jsonb` })
  },
  async callRated(ctx, event) {
    await changeCall(ctx, event, { rating: event.data.value })
  },
  async messageAsked(ctx, event) {
    const text = event.data.values['text']
    if (text) await sendSms(ctx, { phone: fromExchange(event.data.number), template: 'notice', params: { text }, objectType: 'call', ...(event.callId ? { objectId: event.callId } : {}) })
  },
  async callQueued(ctx, event) {
    await changeCall(ctx, event, { state: 'queued', queue_id: uuidOrNull(event.data.queue), queue_name: await queueNameOf(ctx, event.data.queue), queued_at: sql`coalesce(queued_at, ${at(event.at)})`, class: event.data.class })
  },
  async callUnqueued(ctx, event) {
    await changeCall(ctx, event, { wait_ms: sql`greatest(coalesce(wait_ms, 0), ${event.data.waitedMs}::int)` })
  },
  async callOffered(ctx, event) {
    const d = event.data
    await keepLeg(ctx, event, { legId: d.legId, role: 'agent', agent: d.agent, number: null }, { cause: null })
    await changeCall(ctx, event, { state: 'ringing', ringing_at: at(event.at), agent_id: uuidOrNull(d.agent), agent_name: await agentName(ctx, d.agent), language: d.language })
  },
  async offerEnded(ctx, event) {
    if (event.data.how !== 'answeredElsewhere') await changeCall(ctx, event, { state: sql`case when state = 'ringing' then 'queued' else state end` })
  },
  async callAnswered(ctx, event) {
    const d = event.data
    const agent = uuidOrNull(d.agent)
    await keepLeg(ctx, event, { legId: d.legId, role: agent ? 'agent' : 'third', agent: d.agent, number: null }, { answered_at: at(event.at) })
    await changeCall(ctx, event, { state: 'talking', answered_at: sql`coalesce(answered_at, ${at(event.at)})`, ...(agent ? { agent_id: agent, agent_name: await agentName(ctx, agent), agent_ids: appended('agent_ids', agent), unit_id: sql`coalesce(unit_id, ${await agentUnit(ctx, agent)}::uuid)`, remote: sql<boolean>`remote or exists (select 1 from telephony_session s where s.tenant_id = ${ctx.tenantId} and s.user_id = ${agent} and s.signed_out_at is null and s.remote)` } : {}) })
    await settleRingBack(ctx, event)
  },
  async callProgress(ctx, event) {
    await keepLeg(ctx, event, event.data, { cause: null })
  },
  async callHeld(ctx, event) {
    await changeCall(ctx, event, { state: 'held' })
  },
  async callResumed(ctx, event) {
    await changeCall(ctx, event, { state: 'talking' })
  },
  async partyJoined(ctx, event) {
    await keepLeg(ctx, event, event.data, { answered_at: at(event.at) })
    const agent = event.data.role === 'agent' ? uuidOrNull(event.data.agent) : null
    if (agent) return changeCall(ctx, event, { agent_ids: appended('agent_ids', agent) })
    if (event.callId) tell(ctx, event.callId)
  },
  async partyLeft(ctx, event) {
    await keepLeg(ctx, event, event.data, { ended_at: at(event.at), cause: event.data.cause })
    if (event.callId) tell(ctx, event.callId)
  },
  /** The worst of a leg, told when it leaves: kept with the call (TEL-23). */
  async mediaQuality(ctx, event) {
    const { agent, lossPercent, jitterMs, delayMs, level } = event.data
    const one = { agent: agent !== null, name: agent === null ? null : await agentName(ctx, agent), lossPercent: Math.round(lossPercent * 10) / 10, jitterMs: Math.round(jitterMs), delayMs: Math.round(delayMs), level: Math.round(level) }
    await changeCall(ctx, event, { quality: sql`coalesce(quality, '[]'::jsonb) || ${JSON.stringify([one])}::jsonb` })
  },
  async callParked(ctx, event) {
    await changeCall(ctx, event, { state: 'parked' })
  },
  async callUnparked(ctx, event) {
    await changeCall(ctx, event, { state: 'talking' })
  },
  async callTransferred(ctx, event) {
    if (event.callId === null) return
    const d = event.data
    if (d.how === 'begun') {
      await db(ctx).insertInto('telephony_handover').values({ tenant_id: ctx.tenantId, id: newId(), call_id: event.callId, at: at(event.at), from_id: uuidOrNull(d.from), from_name: d.from ? await agentName(ctx, d.from) : '系统', to_kind: d.to.kind, to_id: d.to.id, to_name: await targetName(ctx, d.to), reason: d.reason, package: json(d.context), result: 'begun' }).execute()
    } else {
      await db(ctx).updateTable('telephony_handover').set({ result: d.how, result_reason: d.reason, ended_at: at(event.at) }).where('tenant_id', '=', ctx.tenantId).where('call_id', '=', event.callId).where('result', '=', 'begun').execute()
    }
    // After a consultation nobody answers anew: the call is the other's by this alone.
    const taker = d.how === 'completed' && d.to.kind === 'agent' ? uuidOrNull(d.to.id) : null
    if (taker) await changeCall(ctx, event, { agent_id: taker, agent_name: await agentName(ctx, taker), agent_ids: appended('agent_ids', taker) })
    tell(ctx, event.callId)
  },
  async seatLost(ctx, event) {
    if (event.callId) tell(ctx, event.callId)
  },
  async intervened(ctx, event) {
    const d = event.data
    await db(ctx).insertInto('telephony_intervention').values({ tenant_id: ctx.tenantId, id: newId(), call_id: uuidOrNull(event.callId), user_id: uuidOrNull(d.agent), at: at(event.at), kind: d.kind, actor_id: uuidOrNull(d.by), actor_name: await agentName(ctx, d.by), target_name: d.agent ? await agentName(ctx, d.agent) : '', reason: d.reason ?? '' }).execute()
  },
}

/** In words: the exchange names list entries by id. */
async function classReason(ctx: Ctx, screened: { reason: string; marks: string[] }): Promise<string> {
  if (screened.reason === 'emergencyNumber') return '应急单位号码'
  if (screened.reason.startsWith('mode:')) return `应急模式：${screened.reason.slice(5)}`
  const entry = uuidOrNull(screened.reason)
  if (entry === null) return screened.reason === 'person' ? '人工调整' : screened.reason
  const found = await db(ctx).selectFrom('telephony_list_entry').select(['kind', 'reason']).where('tenant_id', '=', ctx.tenantId).where('id', '=', entry).executeTakeFirst()
  return found ? [listKindNames[found.kind as 'red'], found.reason].filter(Boolean).join('：') : screened.marks.join('、')
}

async function targetName(ctx: Ctx, to: { kind: string; id: string }): Promise<string> {
  if (to.kind === 'queue') return (await queueNameOf(ctx, to.id)) ?? '队列'
  if (to.kind === 'agent') return agentName(ctx, to.id)
  if (to.kind === 'extension') return `分机 ${to.id}`
  return to.id.length <= 6 ? to.id : phoneColumns(ctx, fromExchange(to.id)).phone_mask
}

/** The call that was owed to somebody is settled once he is reached. */
async function settleRingBack(ctx: Ctx, event: { callId: string | null; at: number }): Promise<void> {
  const call = await readCall(ctx, event)
  const owed = call?.direction === 'outbound' ? uuidOrNull(contextValue(call.collected, 'ringBackOf')) : null
  if (!owed) return
  await db(ctx).updateTable('telephony_call').set({ ring_back: 'done', ring_back_by_name: call?.agent_name ?? ctx.actor.name, ring_back_at: at(event.at) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', owed).where('ring_back', '=', 'open').execute()
  tell(ctx, owed)
}

export const contextValue = (collected: unknown, key: string): string | null => (typeof collected === 'object' && collected !== null && key in collected ? String((collected as Record<string, unknown>)[key]) : null)
