// What the softphone bar works with, its ticket, and the look back at sign-out.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { authorize, can, userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { earlier, HOUR, plus, startOfDay, localDate } from '../../../kernel/time/index.ts'
import { unfinishedDrafts } from '../../orders/index.ts'
import { setting, tenantById, usersOf } from '../../platform/index.ts'
import { exchange, requireExchange } from '../engine/exchange.ts'
import { unratedAgents } from '../queues/ports.ts'
import * as s from '../settings.ts'
import { telephonyFail } from '../telephony.errors.ts'
import { db } from '../telephony.queries.ts'
import { agentStateNames, reasonText } from '../texts.zh-CN.ts'
import type * as contract from './desk-contract.ts'
import { remoteUntil } from './remote-seats.ts'
import { maySitNow } from './seat-hours.ts'

const emergencyNames: Record<string, string> = { '110': '公安', '119': '消防', '120': '急救', '122': '交通事故' }
const TICKET_HOURS = 12

export async function deskOptions(ctx: Ctx) {
  authorize(ctx, 'telephony.desk')
  const me = userId(ctx)
  const [extension, queues, surveys, owed, session] = await Promise.all([
    db(ctx).selectFrom('telephony_extension').select(['extension', 'kind']).where('tenant_id', '=', ctx.tenantId).where('user_id', '=', me).where('enabled', '=', true).executeTakeFirst(),
    db(ctx).selectFrom('telephony_queue_member as m').innerJoin('telephony_queue as q', (j) => j.onRef('q.tenant_id', '=', 'm.tenant_id').onRef('q.id', '=', 'm.queue_id')).select(['q.id', 'q.name']).where('m.tenant_id', '=', ctx.tenantId).where('m.user_id', '=', me).where('q.open', '=', true).orderBy('q.code').execute(),
    db(ctx).selectFrom('telephony_flow').select(['id', 'name']).where('tenant_id', '=', ctx.tenantId).where('use', '=', 'survey').where('published', '>', 0).execute(),
    sql<{ n: number }>`select count(*)::int as n from (select 1 from telephony_call where tenant_id = ${ctx.tenantId} and ring_back = 'open' limit 1000) as owed`.execute(ctx.db()),
    db(ctx).selectFrom('telephony_session').select('signed_in_at').where('tenant_id', '=', ctx.tenantId).where('user_id', '=', me).where('signed_out_at', 'is', null).executeTakeFirst(),
  ])
  return {
    extension: extension?.extension ?? null, extensionKind: (extension?.kind as 'browser' | undefined) ?? null, queues, breakLengths: await setting(ctx, s.breakLengths), busyReasons: await setting(ctx, s.busyReasons), muteCountdown: await setting(ctx, s.muteCountdown), holdPrompt: await setting(ctx, s.holdPrompt), wrapUpSeconds: await setting(ctx, s.wrapUpSeconds),
    colours: await setting(ctx, s.queueColours), functions: { dial: can(ctx, 'telephony.dial'), transferOut: can(ctx, 'telephony.transferOut') }, classes: await setting(ctx, s.priorityClasses), emergencyNumbers: (await setting(ctx, s.emergencyNumbers)).map((number) => ({ number, name: emergencyNames[number] ?? '应急' })), surveyFlows: (await unratedAgents.one()(ctx)).includes(me) ? [] : surveys,
    exchange: exchange.port?.connected() ? ('up' as const) : ('down' as const), ringBack: owed.rows[0]?.n ?? 0, signedInSince: session?.signed_in_at ?? null, agentId: me,
  }
}

/** Twelve hours at the exchange, also while the server is away. Outside the centre's network only until the remote seat is allowed. @throws telephony.outsideHours, telephony.remoteNotAllowed (403) */
export async function softphoneTicket(ctx: Ctx) {
  authorize(ctx, 'telephony.desk')
  const me = userId(ctx)
  const hours = await setting(ctx, s.seatHours)
  const roles = await rolesOf(ctx, Object.keys(hours))
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  if (!can(ctx, 'telephony.outsideHours') && !maySitNow(hours, roles, ctx.clock.now(), timeZone)) throw telephonyFail('outsideHours', { rule: s.seatHours.key })
  const allowed = await remoteUntil(ctx)
  const until = earlier(plus(ctx.clock.now(), TICKET_HOURS * HOUR), allowed ?? plus(ctx.clock.now(), TICKET_HOURS * HOUR))
  const { ticket, url } = await requireExchange().ticket({ kind: 'agent', tenant: ctx.tenantId, agent: me, jti: randomUUID(), until, remote: allowed !== null })
  return { ticket, url, until }
}

/** Seat roles of the actor: those with hours by their code, and one that stands for all others. */
async function rolesOf(ctx: Ctx, withHours: string[]): Promise<string[]> {
  const held = await Promise.all(withHours.map(async (role) => ((await usersOf(ctx, { role })).some((u) => u.id === ctx.actor.id) ? role : null)))
  const codes = held.filter((code) => code !== null)
  const count = (ctx.actor.roleNames ?? '').split('、').filter((name) => name !== '').length
  return count > codes.length ? [...codes, ''] : codes
}

/** What is unfinished, and the shift in figures; shown before signing out, kept with the session. */
export async function signOutSheet(ctx: Ctx) {
  authorize(ctx, 'telephony.desk')
  const me = userId(ctx)
  const session = await db(ctx).selectFrom('telephony_session').select('signed_in_at').where('tenant_id', '=', ctx.tenantId).where('user_id', '=', me).where('signed_out_at', 'is', null).executeTakeFirst()
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const since = session?.signed_in_at ?? startOfDay(localDate(ctx.clock.now(), timeZone), timeZone)
  const { rows: calls } = await sql<{ n: number; average: number | null }>`select count(*)::int as n, avg(talk_ms)::int as average from telephony_call where tenant_id = ${ctx.tenantId} and agent_ids @> array[${me}]::uuid[] and direction = 'inbound' and answered_at is not null and started_at >= ${ts(since)}`.execute(ctx.db())
  const { rows: orders } = await sql<{ registered: number; completed: number }>`select count(*)::int as registered, count(*) filter (where state in ('closed', 'archived'))::int as completed from order_view where tenant_id = ${ctx.tenantId} and registered_by = ${me} and registered_at >= ${ts(since)}`.execute(ctx.db())
  return { drafts: await draftsOf(ctx, me), calls: calls[0]?.n ?? 0, averageMs: calls[0]?.average ?? null, registered: orders[0]?.registered ?? 0, completed: orders[0]?.completed ?? 0, since: session?.signed_in_at ?? null }
}

async function draftsOf(ctx: Ctx, me: string) {
  const rows = await unfinishedDrafts(ctx, me)
  return rows.map((d) => ({ id: d.id, title: d.title || '未填写标题', savedAt: d.savedAt }))
}

export async function ownStates(ctx: Ctx) {
  authorize(ctx, 'telephony.desk')
  const rows = await db(ctx).selectFrom('telephony_state').select(['at', 'state', 'reason', 'cause', 'actor_name as actorName']).where('tenant_id', '=', ctx.tenantId).where('user_id', '=', userId(ctx)).orderBy('at', 'desc').limit(60).execute()
  return { items: rows.map((r) => ({ ...r, reason: reasonText(r.reason), stateName: agentStateNames[r.state] ?? r.state })) }
}

/** Queues, seats and what is at hand: whom a call can be passed to. */
export async function directory(ctx: Ctx, input: Input<typeof contract.directory>) {
  authorize(ctx, 'telephony.desk')
  const live = exchange.port?.live(ctx.tenantId) ?? null
  const [queues, extensions, seats] = await Promise.all([
    db(ctx).selectFrom('telephony_queue').select(['id', 'name', 'service']).where('tenant_id', '=', ctx.tenantId).where('open', '=', true).orderBy('code').execute(),
    db(ctx).selectFrom('telephony_extension').select(['user_id', 'extension']).where('tenant_id', '=', ctx.tenantId).where('enabled', '=', true).execute(), usersOf(ctx, { permission: 'telephony.desk' }),
  ])
  const items = [
    ...queues.map((q) => { const now = live?.queues.find((one) => one.queue === q.id); return { kind: 'queue' as const, id: q.id, name: q.name, detail: now ? `示闲 ${now.ready} · 通话 ${now.talking} · 排队 ${now.waiting}` : q.service, state: null, stateName: null, reachable: true } }),
    ...seats.filter((u) => u.id !== ctx.actor.id).map((u) => {
      const now = live?.agents.find((a) => a.agent === u.id)
      const state = now?.state ?? 'signedOut'
      return { kind: 'agent' as const, id: u.id, name: u.name, detail: extensions.find((e) => e.user_id === u.id)?.extension ?? '', state, stateName: agentStateNames[state] ?? state, reachable: state === 'ready' || state === 'busy' || state === 'wrapUp' }
    }),
    ...(await setting(ctx, s.emergencyNumbers)).map((number) => ({ kind: 'number' as const, id: number, name: emergencyNames[number] ?? '应急', detail: number, state: null, stateName: null, reachable: true })),
  ]
  const q = input.q?.toLowerCase() ?? ''
  return { items: (q === '' ? items : items.filter((i) => i.name.toLowerCase().includes(q) || i.detail.toLowerCase().includes(q))).toSorted((a, b) => Number(b.reachable) - Number(a.reachable)).slice(0, 60) }
}

