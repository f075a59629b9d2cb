// The live state of the exchange, put into words and under the viewer's organisation.
import { sql } from 'kysely'
import type { AgentView, CallView, LiveState, QueueView } from '../../../../../switch/src/engine-port.ts'
import { can, scopesOf } from '../../../kernel/access.ts'
import { maskPhone } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { instant, type Instant } from '../../../kernel/time/index.ts'
import { setting, unitsByIds, userById } from '../../platform/index.ts'
import { exchange } from '../engine/exchange.ts'
import { fromExchange } from '../numbers.ts'
import { seatsOf } from '../queues/keep-skills.ts'
import { priorityClasses, queueColours } from '../settings.ts'
import { db } from '../telephony.queries.ts'
import { agentStateNames, callStateNames, reasonText } from '../texts.zh-CN.ts'

export const liveOf = (ctx: Ctx): LiveState | null => (exchange.port?.connected() ? exchange.port.live(ctx.tenantId) : null)

const LONG_CALL_MS = 15 * 60_000
const LONG_WRAP_MS = 5 * 60_000
const inCall = new Set(['talking', 'dialling', 'ringing', 'reserved'])
const tones = (state: string): 'idle' | 'call' | 'busy' | 'off' => (state === 'ready' ? 'idle' : inCall.has(state) ? 'call' : state === 'signedOut' ? 'off' : 'busy')

/** Seats that the actor may watch: the whole centre, or those with a post in his units and below. */
export async function watchedSeats(ctx: Ctx) {
  const all = await seatsOf(ctx)
  const scopes = scopesOf(ctx, 'telephony.monitor')
  const people = await Promise.all(all.map(async (s) => ({ ...s, unitId: (await userById(ctx, s.userId)).unitId })))
  if (scopes.includes('tenant') || scopes.includes('tenantsBelow')) return people
  const units = await unitsByIds(ctx, people.flatMap((p) => p.unitId ?? []))
  return people.filter((p) => p.unitId !== null && (units.get(p.unitId)?.path.some((above) => ctx.actor.unitIds.includes(above)) ?? false))
}

export async function liveSeats(ctx: Ctx) {
  const live = liveOf(ctx)
  const [seats, queueNames, classes, stored] = await Promise.all([
    watchedSeats(ctx), queueNamesOf(ctx), setting(ctx, priorityClasses), db(ctx).selectFrom('telephony_agent').select(['user_id', 'state', 'since_at', 'reason', 'until_at']).where('tenant_id', '=', ctx.tenantId).execute(),
  ])
  const agents = new Map((live?.agents ?? []).map((a) => [a.agent, a]))
  const calls = new Map((live?.calls ?? []).map((c) => [c.callId, c]))
  const orders = await ordersOfCalls(ctx, [...calls.keys()])
  const now = ctx.clock.now()
  return seats.map((seat) => {
    const agent = agents.get(seat.userId)
    const kept = stored.find((s) => s.user_id === seat.userId)
    const state = agent?.state ?? (live ? 'signedOut' : (kept?.state ?? 'signedOut'))
    const call = agent?.callId ? calls.get(agent.callId) : undefined
    return {
      userId: seat.userId, name: seat.name, staffNo: seat.staffNo, unitId: seat.unitId, unitName: seat.unitName, extension: seat.extension, state, stateName: agentStateNames[state] ?? state, tone: agent?.lacks ? 'busy' as const : tones(state), since: agent ? instant(agent.since) : (kept?.since_at ?? null), until: agent?.until ? instant(agent.until) : null, reason: reasonText(agent?.reason ?? null), connected: agent?.connected ?? false,
      queues: (agent?.queues ?? seat.queueIds).map((q) => queueNames.get(q) ?? '').filter(Boolean), skills: seat.skills.map((s) => `${s.name} ${s.level}`), callsToday: agent?.callsToday ?? 0, talkMsToday: agent?.talkMsToday ?? 0, missed: agent?.missed ?? 0, warnings: warningsOf(agent, call, now),
      call: call ? { id: call.callId, state: call.state, stateName: callStateNames[call.state] ?? call.state, since: instant(call.since), phone: shownNumber(call), direction: call.direction, className: classes.find((c) => c.code === call.class)?.name ?? call.class, orders: orders.get(call.callId) ?? [] } : null,
    }
  })
}

function warningsOf(agent: AgentView | undefined, call: CallView | undefined, now: Instant): string[] {
  if (!agent) return []
  return [
    ...(agent.state === 'abnormal' ? ['座席异常'] : []), ...(!agent.connected && agent.device === 'browser' ? ['设备离线'] : []), ...(agent.lacks && agent.lacks !== 'page' ? [lacking[agent.lacks]] : []), ...(agent.missed > 0 ? [`连续未接 ${agent.missed} 次`] : []), ...(agent.until !== null && agent.until < now && (agent.state === 'break' || agent.state === 'busy') ? ['小休超时'] : []),
    ...(call?.state === 'talking' && now - (call.answeredAt ?? call.since) > LONG_CALL_MS ? ['通话过长'] : []), ...(agent.state === 'wrapUp' && now - agent.since > LONG_WRAP_MS ? ['整理过长'] : []),
  ]
}

const lacking = { microphone: '麦克风不可用', sound: '声音未连接', queue: '未签入队列' } as const

const shownNumber = (call: CallView): string | null => {
  const number = fromExchange(call.direction === 'outbound' ? call.to : call.from)
  return number === '' ? null : number.length <= 6 ? number : maskPhone(number)
}

export async function liveQueues(ctx: Ctx) {
  const colours = await setting(ctx, queueColours)
  const live = new Map<string, QueueView>((liveOf(ctx)?.queues ?? []).map((q) => [q.queue, q]))
  const rows = await db(ctx).selectFrom('telephony_queue').select(['id', 'name']).where('tenant_id', '=', ctx.tenantId).where('open', '=', true).orderBy('code').execute()
  return rows.map(({ id, name }) => {
    const q = live.get(id)
    return { id, name, waiting: q?.waiting ?? 0, longestMs: q?.longestMs ?? 0, averageMs: q?.averageMs ?? 0, ready: q?.ready ?? 0, talking: q?.talking ?? 0, busy: q?.busy ?? 0, callbacks: q?.callbacks ?? 0, offered: q?.today.offered ?? 0, answered: q?.today.answered ?? 0, abandoned: q?.today.abandoned ?? 0, withinLevel: q?.today.withinLevel ?? 0, tone: toneOf(q?.longestMs ?? 0, colours), overflowing: q?.overflowing ?? false }
  })
}

export const toneOf = (ms: number, colours: { yellow: number; red: number }): 'green' | 'yellow' | 'red' => (ms > colours.red * 1000 ? 'red' : ms >= colours.yellow * 1000 ? 'yellow' : 'green')

export async function liveWaiting(ctx: Ctx) {
  const [names, classes] = await Promise.all([queueNamesOf(ctx), setting(ctx, priorityClasses)])
  return (liveOf(ctx)?.calls ?? []).filter((c) => ['arriving', 'ivr', 'queued', 'parked', 'voicemail'].includes(c.state)).toSorted((a, b) => a.startedAt - b.startedAt).slice(0, 200)
    .map((c) => ({ id: c.callId, state: c.state, stateName: callStateNames[c.state] ?? c.state, since: instant(c.since), phone: shownNumber(c), queueName: c.queue ? (names.get(c.queue) ?? null) : null, className: classes.find((k) => k.code === c.class)?.name ?? c.class, serviceNumber: c.serviceNumber }))
}

const queueNamesOf = async (ctx: Ctx): Promise<Map<string, string>> => new Map((await db(ctx).selectFrom('telephony_queue').select(['id', 'name']).where('tenant_id', '=', ctx.tenantId).execute()).map((q) => [q.id, q.name]))

async function ordersOfCalls(ctx: Ctx, callIds: string[]) {
  const ids = callIds.filter((id) => /^[0-9a-f-]{36}$/.test(id))
  if (ids.length === 0) return new Map<string, { id: string; number: string; title: string }[]>()
  const { rows } = await sql<{ call_id: string; id: string; number: string; title: string }>`select l.call_id, o.id, o.number, o.title from telephony_order_call l join order_view o on o.tenant_id = l.tenant_id and o.id = l.order_id where l.tenant_id = ${ctx.tenantId} and l.call_id in (${sql.join(ids)}) and (not o.confidential or ${can(ctx, 'orders.readConfidential')})`.execute(ctx.db())
  return new Map([...Map.groupBy(rows, (r) => r.call_id)].map(([id, list]) => [id, list.map(({ id: orderId, number, title }) => ({ id: orderId, number, title }))]))
}
