// The monitor and the wallboard; every figure of today comes from the call records.
import { sql } from 'kysely'
import { authorize, can } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { localDate, startOfDay } from '../../../kernel/time/index.ts'
import { setting, tenantById } from '../../platform/index.ts'
import { callViews } from '../calls/call-views.ts'
import { queueColours, serviceLevel } from '../settings.ts'
import { telephonyFail } from '../telephony.errors.ts'
import { db } from '../telephony.queries.ts'
import { agentStateNames, interventionNames, reasonText } from '../texts.zh-CN.ts'
import { liveOf, liveQueues, liveSeats, liveWaiting, toneOf } from './live.ts'

export async function monitor(ctx: Ctx) {
  authorize(ctx, 'telephony.monitor')
  const [seats, queues, waiting, colours, owed] = await Promise.all([liveSeats(ctx), liveQueues(ctx), liveWaiting(ctx), setting(ctx, queueColours), sql<{ n: number }>`select count(*)::int as n from (select 1 from telephony_call where tenant_id = ${ctx.tenantId} and ring_back = 'open' limit 1000) as owed`.execute(ctx.db())])
  return { exchange: liveOf(ctx) ? ('up' as const) : ('down' as const), at: ctx.clock.now(), seats, queues, waiting, acts: { listen: can(ctx, 'telephony.listen'), barge: can(ctx, 'telephony.barge'), force: can(ctx, 'telephony.force') }, ringBack: owed.rows[0]?.n ?? 0, colours }
}

export async function seatDetail(ctx: Ctx, input: { userId: string }) {
  authorize(ctx, 'telephony.monitor')
  const seat = (await liveSeats(ctx)).find((s) => s.userId === input.userId)
  if (!seat) throw telephonyFail('notFound')
  const [states, rows, interventions] = await Promise.all([
    db(ctx).selectFrom('telephony_state').select(['at', 'state', 'reason', 'cause', 'actor_name as actorName']).where('tenant_id', '=', ctx.tenantId).where('user_id', '=', input.userId).orderBy('at', 'desc').limit(40).execute(),
    db(ctx).selectFrom('telephony_call').selectAll().where('tenant_id', '=', ctx.tenantId).where('agent_id', '=', input.userId).orderBy('started_at', 'desc').limit(20).execute(),
    db(ctx).selectFrom('telephony_intervention').select(['at', 'kind', 'actor_name as actorName', 'reason']).where('tenant_id', '=', ctx.tenantId).where('user_id', '=', input.userId).orderBy('at', 'desc').limit(20).execute(),
  ])
  const recordings = rows.length === 0 ? [] : await db(ctx).selectFrom('telephony_recording').select(['id', 'call_id']).where('tenant_id', '=', ctx.tenantId).where('call_id', 'in', rows.map((r) => r.id)).where('state', '=', 'stored').execute()
  return {
    seat, states: states.map((s) => ({ ...s, reason: reasonText(s.reason), stateName: agentStateNames[s.state] ?? s.state })),
    calls: (await callViews(ctx, rows)).map((c) => ({ id: c.id, startedAt: c.startedAt, directionName: c.directionName, phone: c.phone, talkMs: c.talkMs, endCauseName: c.endCauseName ?? c.stateName, recordingId: recordings.find((r) => r.call_id === c.id)?.id ?? null })),
    interventions: interventions.map(({ kind, ...i }) => ({ ...i, kindName: interventionNames[kind] ?? kind })),
  }
}

type Figures = { arrived: number; answered: number; abandoned: number; in_ivr: number; outbound: number; within: number; average_wait: number | null; longest_wait: number | null; average_talk: number | null; rating: number | null }

export async function wallboard(ctx: Ctx) {
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const [level, colours, queues] = await Promise.all([setting(ctx, serviceLevel), setting(ctx, queueColours), liveQueues(ctx)])
  const since = ts(startOfDay(localDate(ctx.clock.now(), timeZone), timeZone))
  const { rows } = await sql<Figures>`select count(*) filter (where direction = 'inbound')::int as arrived, count(*) filter (where direction = 'inbound' and answered_at is not null and queued_at is not null)::int as answered,
      count(*) filter (where end_cause in ('abandonedInQueue', 'abandonedRinging'))::int as abandoned, count(*) filter (where end_cause = 'abandonedInIvr')::int as in_ivr, count(*) filter (where direction = 'outbound')::int as outbound,
      count(*) filter (where direction = 'inbound' and answered_at is not null and queued_at is not null and coalesce(wait_ms, 0) <= ${level.seconds * 1000})::int as within, avg(wait_ms) filter (where queued_at is not null)::int as average_wait, max(wait_ms)::int as longest_wait, avg(talk_ms) filter (where answered_at is not null and ended_at is not null)::int as average_talk, avg(rating) as rating
    from telephony_call where tenant_id = ${ctx.tenantId} and started_at >= ${since}`.execute(ctx.db())
  const hours = await sql<{ hour: number; arrived: number; answered: number }>`select extract(hour from started_at at time zone ${timeZone})::int as hour, count(*)::int as arrived, count(answered_at)::int as answered from telephony_call where tenant_id = ${ctx.tenantId} and direction = 'inbound' and started_at >= ${since} group by 1 order by 1`.execute(ctx.db())
  const f = rows[0] ?? { arrived: 0, answered: 0, abandoned: 0, in_ivr: 0, outbound: 0, within: 0, average_wait: null, longest_wait: null, average_talk: null, rating: null }
  const live = liveOf(ctx)
  const longestMs = Math.max(0, ...queues.map((q) => q.longestMs))
  // Who wanted a person and was answered in time, of all who wanted one: no base, no figure.
  const wanted = f.answered + f.abandoned
  const state = (...of: string[]): number => (live?.agents ?? []).filter((a) => of.includes(a.state)).length
  return {
    at: ctx.clock.now(), exchange: live ? ('up' as const) : ('down' as const), serviceLevel: { ...level, now: wanted === 0 ? null : Math.round((f.within / wanted) * 1000) / 10 },
    today: { arrived: f.arrived, answered: f.answered, abandoned: f.abandoned, inIvr: f.in_ivr, outbound: f.outbound, withinLevel: f.within, averageWaitMs: f.average_wait, longestWaitMs: f.longest_wait, averageTalkMs: f.average_talk, rating: f.rating === null ? null : Math.round(Number(f.rating) * 10) / 10 },
    waiting: queues.reduce((sum, q) => sum + q.waiting, 0), longestMs, tone: toneOf(longestMs, colours), seats: { ready: state('ready'), talking: state('talking', 'dialling', 'ringing', 'reserved'), busy: state('busy', 'break', 'away', 'wrapUp', 'forcedBusy', 'abnormal'), total: (live?.agents ?? []).filter((a) => a.state !== 'signedOut').length }, queues, hours: hours.rows,
  }
}
