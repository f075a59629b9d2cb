// The pop-up: everything known about a caller while it rings, and the form that belongs to the call (TEL-29).
import { authorize, can, userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { DAY, plus } from '../../../kernel/time/index.ts'
import { isForeignDraft, lineOfNumber, lookupRequester } from '../../orders/index.ts'
import { setting } from '../../platform/index.ts'
import { callViews, type CallRow } from '../calls/call-views.ts'
import { pathOf } from '../calls/list-calls.ts'
import { priorityClasses } from '../settings.ts'
import { telephonyFail } from '../telephony.errors.ts'
import { db, plainNumber } from '../telephony.queries.ts'
import type * as contract from './desk-contract.ts'

const listPrompts: Record<string, { name: string; prompt: string }> = { red: { name: '红名单', prompt: '请放慢语速，用通俗的话解释' }, white: { name: '白名单', prompt: '免排队接入的单位' }, black: { name: '黑名单', prompt: '曾被列入黑名单' } }
const shownKeys: Record<string, string> = { demand: '诉求', name: '姓名', place: '地点', reason: '原因', summary: '摘要' }

/** A call that rings at, or is held by, the actor; before that it is unknown to him, whatever he may watch. */
export async function deskCall(ctx: Ctx, id: string): Promise<CallRow> {
  const call = await db(ctx).selectFrom('telephony_call').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).executeTakeFirst()
  if (!call || !(call.agent_id === ctx.actor.id || call.agent_ids.includes(userId(ctx)))) throw telephonyFail('callNotFound')
  return call
}

export async function callPop(ctx: Ctx, input: { id: string }) {
  authorize(ctx, 'telephony.desk')
  const call = await deskCall(ctx, input.id)
  const number = call.phone_enc === null ? null : plainNumber(ctx, call.phone_enc)
  const mine = call.agent_id === ctx.actor.id || call.agent_ids.includes(userId(ctx))
  const [found, earlier, handover, view, classes, entry] = await Promise.all([
    number !== null && can(ctx, 'orders.requesterHistory') ? lookupRequester(ctx, { phone: number }) : null,
    call.phone_hash === null ? [] : db(ctx).selectFrom('telephony_call').selectAll().where('tenant_id', '=', ctx.tenantId).where('phone_hash', '=', call.phone_hash).where('id', '<>', call.id).orderBy('started_at', 'desc').limit(8).execute(),
    db(ctx).selectFrom('telephony_handover').selectAll().where('tenant_id', '=', ctx.tenantId).where('call_id', '=', call.id).orderBy('at', 'desc').executeTakeFirst(), callViews(ctx, [call]), setting(ctx, priorityClasses),
    call.list_kind && call.phone_hash ? db(ctx).selectFrom('telephony_list_entry').select('reason').where('tenant_id', '=', ctx.tenantId).where('kind', '=', call.list_kind).where('number_hash', '=', call.phone_hash).where('state', '=', 'active').executeTakeFirst() : undefined,
  ])
  const list = call.list_kind ? listPrompts[call.list_kind] : undefined
  const calls = await callViews(ctx, earlier)
  return {
    callId: call.id, phone: call.phone_mask, number: mine ? number : null, carrier: call.carrier, area: call.area, startedAt: call.started_at, waitMs: call.wait_ms, queueName: call.queue_name, class: call.class, className: call.class ? (classes.find((c) => c.code === call.class)?.name ?? call.class) : null, classReason: call.class_reason,
    listKind: call.list_kind, listName: list?.name ?? null, listPrompt: list ? [list.prompt, entry?.reason].filter(Boolean).join(' · ') : null, language: call.language, path: pathOf(call.ivr_path), collected: told(call.collected),
    people: (found?.candidates ?? []).map((p) => ({ id: p.id, name: p.name, labels: p.labels.map((l) => l.text), orderCount: p.orderCount })), openOrders: found?.openCount ?? 0, orders: (found?.orders ?? []).slice(0, 6).map(({ id, number: no, title, stateName, open }) => ({ id, number: no, title, stateName, open })), totalOrders: found?.total.value ?? 0, totalCapped: found?.total.capped ?? false,
    calls: calls.map((c) => ({ id: c.id, startedAt: c.startedAt, agentName: c.agentName, endCauseName: c.endCauseName, talkMs: c.talkMs })), lastAgentName: calls.find((c) => c.agentName !== null && c.answeredAt !== null)?.agentName ?? null, draftId: view[0]?.draftId ?? null, firstTime: (found?.candidates.length ?? 0) === 0 && calls.length === 0,
    line: call.called === null || call.direction !== 'inbound' ? null : await lineOfNumber(ctx, call.called),
    handover: handover ? { fromName: handover.from_name, reason: handover.reason, package: told(handover.package) } : null,
  }
}

const told = (value: unknown): { key: string; value: string }[] => (typeof value === 'object' && value !== null ? Object.entries(value).filter(([key]) => !/Id$|^ringBackOf$|^orderStep$/.test(key)).map(([key, v]) => ({ key: shownKeys[key] ?? key, value: String(v) })) : [])

/** Whether the form belongs to a call that the actor is in, or had last: it came to him with it. */
export async function formOfOwnCall(ctx: Ctx, draftId: string): Promise<boolean> {
  const call = await db(ctx).selectFrom('telephony_call').select(['id', 'agent_id']).where('tenant_id', '=', ctx.tenantId).where('draft_id', '=', draftId).where('started_at', '>=', ts(plus(ctx.clock.now(), -2 * DAY))).executeTakeFirst()
  if (!call || call.agent_id === ctx.actor.id) return call !== undefined
  return (await db(ctx).selectFrom('telephony_leg').select('id').where('tenant_id', '=', ctx.tenantId).where('call_id', '=', call.id).where('user_id', '=', userId(ctx)).where('party', '=', 'agent').where('ended_at', 'is', null).executeTakeFirst()) !== undefined
}

/** The first form stays the call's, whoever answers in the end. */
export async function bindDraft(ctx: Ctx, input: Input<typeof contract.bindDraft>) {
  authorize(ctx, 'telephony.desk')
  const call = await deskCall(ctx, input.id)
  if (call.draft_id !== null) return { draftId: call.draft_id }
  // Tied to a call a form opens for whoever has the call: never somebody else's.
  if (await isForeignDraft(ctx, input.draftId)) throw telephonyFail('notFound')
  const bound = await db(ctx).updateTable('telephony_call').set({ draft_id: input.draftId }).where('tenant_id', '=', ctx.tenantId).where('id', '=', call.id).where('started_at', '=', ts(call.started_at)).where('draft_id', 'is', null).returning('draft_id').executeTakeFirst()
  return { draftId: bound?.draft_id ?? (await deskCall(ctx, input.id)).draft_id ?? input.draftId }
}
