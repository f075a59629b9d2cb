// Rows of calls as readers see them: masked numbers, names for codes, the orders that belong to them.
import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import { can } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { setting } from '../../platform/index.ts'
import { priorityClasses } from '../settings.ts'
import type { TelephonyTables } from '../tables.gen.ts'
import { db } from '../telephony.queries.ts'
import { callStateNames, directionNames, endCauseNames, hungUpNames } from '../texts.zh-CN.ts'
import { callsInScope, callTenants } from './call-scope.ts'

export type CallRow = Selectable<TelephonyTables['telephony_call']>

export async function callViews(ctx: Ctx, rows: CallRow[]) {
  const ids = rows.map((r) => r.id)
  const links = ids.length === 0 ? [] : (await sql<{ call_id: string; id: string; number: string; title: string }>`select l.call_id, o.id, o.number, o.title from telephony_order_call l join order_view o on o.tenant_id = l.tenant_id and o.id = l.order_id
    where l.tenant_id = ${ctx.tenantId} and l.call_id in (${sql.join(ids)}) and (not o.confidential or ${can(ctx, 'orders.readConfidential')}) order by l.at`.execute(ctx.db())).rows
  const orders = Map.groupBy(links, (l) => l.call_id)
  const classes = new Map((await setting(ctx, priorityClasses)).map((c) => [c.code, c.name]))
  return rows.map((r) => ({
    id: r.id, startedAt: r.started_at, direction: r.direction, directionName: directionNames[r.direction] ?? r.direction, state: r.state, stateName: callStateNames[r.state] ?? r.state, phone: r.phone_mask, called: r.called, carrier: r.carrier, area: r.area, queueId: r.queue_id, queueName: r.queue_name, waitMs: r.wait_ms,
    class: r.class, className: r.class ? (classes.get(r.class) ?? r.class) : null, listKind: r.list_kind, agentId: r.agent_id, agentName: r.agent_name, answeredAt: r.answered_at, endedAt: r.ended_at, talkMs: r.talk_ms, endCause: r.end_cause, endCauseName: r.end_cause ? (endCauseNames[r.end_cause] ?? r.end_cause) : null,
    hungUpBy: r.hung_up_by ? (hungUpNames[r.hung_up_by] ?? r.hung_up_by) : null, rating: r.rating, recorded: r.recorded, orders: (orders.get(r.id) ?? []).map(({ id, number, title }) => ({ id, number, title })), ringBack: r.ring_back, ringBackByName: r.ring_back_by_name, mayDial: r.phone_enc !== null && can(ctx, 'telephony.dial'), draftId: r.draft_id, remote: r.remote,
  }))
}

/** A call that the actor may know of, or nothing. */
export async function findCall(ctx: Ctx, id: string, permission: 'telephony.calls' | 'telephony.recordings' | 'telephony.download' = 'telephony.calls'): Promise<CallRow | undefined> {
  return db(ctx).selectFrom('telephony_call as c').selectAll('c').where('c.tenant_id', 'in', callTenants(ctx, permission)).where('c.id', '=', id).where(callsInScope(ctx, permission)).executeTakeFirst()
}

const recordingStates: Record<string, string> = { writing: '录制中', spooled: '保存中', stored: '已保存', failed: '失败', deleted: '已清除' }

export async function recordingsOf(ctx: Ctx, calls: CallRow[]) {
  if (calls.length === 0) return new Map<string, never[]>()
  const ids = calls.map((c) => c.id)
  const allowed = async (permission: 'telephony.recordings' | 'telephony.download'): Promise<Set<string>> =>
    new Set((await db(ctx).selectFrom('telephony_call as c').select('c.id').where('c.tenant_id', 'in', callTenants(ctx, permission)).where('c.id', 'in', ids).where(callsInScope(ctx, permission)).execute()).map((r) => r.id))
  const [play, download, rows] = await Promise.all([
    allowed('telephony.recordings'), allowed('telephony.download'),
    db(ctx).selectFrom('telephony_recording').select(['id', 'call_id', 'segment', 'kind', 'state', 'offset_ms as offsetMs', 'ms']).where('tenant_id', 'in', [...new Set(calls.map((c) => c.tenant_id))]).where('call_id', 'in', ids).orderBy('segment').execute(),
  ])
  return new Map([...Map.groupBy(rows, (r) => r.call_id)].map(([callId, list]) => [callId, list.map(({ call_id: _call, ...r }) => ({ ...r, stateName: recordingStates[r.state] ?? r.state, mayPlay: r.state === 'stored' && play.has(callId), mayDownload: r.state === 'stored' && download.has(callId) }))]))
}
