// Everything the exchange needs of a tenant, as one snapshot. Deterministic: the same tables give the same text, so that an unchanged policy keeps its number.
import { sql } from 'kysely'
import { policy as policyShape, type Flow, type Policy } from '../../../../../switch/src/engine-port.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { fullyMergedNumbers } from '../../orders/index.ts'
import { calendarOf, setting, tenantById, userById, usersOf } from '../../platform/index.ts'
import { beforeFlow } from '../entry/before-flow.ts'
import { announcementPolicies, modePolicies } from '../entry/keep-entry.ts'
import { asFlow } from '../flows/flow.queries.ts'
import { barredRows } from '../lines/barred.ts'
import { remoteAgents } from '../desk/remote-seats.ts'
import { digestsOf, realmOf } from '../lines/keep-extensions.ts'
import { numberOf, type EntryRow } from '../lists/keep-entries.ts'
import { segmentToExchange, toExchange } from '../numbers.ts'
import { readSegments } from '../prompts/prompt.queries.ts'
import { unratedAgents } from '../queues/ports.ts'
import { skillRows } from '../queues/keep-skills.ts'
import { membersOf, queueRows, queueShape } from '../queues/queue.queries.ts'
import * as s from '../settings.ts'
import { db } from '../telephony.queries.ts'
import { functionsOf } from './functions.ts'

/** A snapshot without its number, and the sounds that it names: digest → where they lie. */
export type BuiltPolicy = { content: Omit<Policy, 'number'>; files: Map<string, string> }

/** Opening times of the centre, for flows. */
export const WORK_CALENDAR = 'work'
const queueCalendar = (queueId: string): string => `queue:${queueId}`

export async function buildPolicy(ctx: Ctx): Promise<BuiltPolicy> {
  const tenant = await tenantById(ctx, ctx.tenantId)
  const [numbers, trunks, prompts, files] = await Promise.all([
    db(ctx).selectFrom('telephony_number').selectAll().where('tenant_id', '=', ctx.tenantId).where('enabled', '=', true).orderBy('number').execute(),
    db(ctx).selectFrom('telephony_trunk').select(['id', 'shown_number']).where('tenant_id', '=', ctx.tenantId).where('enabled', '=', true).where('outbound', '=', true).orderBy('priority').orderBy('id').execute(),
    promptPolicies(ctx), voiceFiles(ctx),
  ])
  const displayed = numbers[0]?.shown_number ?? numbers[0]?.number ?? '12345'
  const queues = (await queueRows(ctx)).filter((q) => q.open)
  // A hotline that was merged as a whole rings where the centre's own number does.
  const merged = await fullyMergedNumbers(ctx)
  const announcements = await announcementPolicies(ctx)
  const { modes, events } = await modePolicies(ctx)
  const own = numbers.find((n) => !merged.has(n.number) && (n.flow_id ?? n.queue_id) !== null)
  const leads = (n: (typeof numbers)[number]) => (merged.has(n.number) && own ? own : n)
  const content = policyShape.omit({ number: true }).parse({
    tenant: ctx.tenantId, name: tenant.name, realm: realmOf(tenant.code), areaCode: '', displayedNumber: displayed,
    serviceNumbers: numbers.flatMap((n) => { const { flow_id: flow, queue_id: queue } = leads(n); return flow || queue ? [{ number: n.number.replace(/^\+/, ''), label: n.name, to: flow ? { flow } : { queue }, displayed: n.shown_number }] : [] }),
    trunks: trunks.map((t) => t.id), flows: (await publishedFlows(ctx)).map((f) => beforeFlow(f, events, announcements.length > 0)), queues: await queuePolicies(ctx, queues), agents: await agentPolicies(ctx), skills: (await skillRows(ctx)).map(({ id, path }) => ({ id, path })), lists: await listPolicies(ctx),
    calendars: await calendarPolicies(ctx, queues), prompts: prompts(files), announcements, emergencyModes: modes, neverIntercepted: await refusedNumbers(ctx), voicemailBoxes: queues.filter((q) => q.voicemail).map((q) => ({ id: q.id, name: q.name, queue: q.id })),
    barred: (await barredRows(ctx)).map((b) => ({ number: b.digits, segment: b.segment, extensions: b.extensions.length === 0 ? null : b.extensions })), emergencyNumbers: await setting(ctx, s.emergencyNumbers), settings: await exchangeSettings(ctx),
  })
  const used = new Set(content.prompts.flatMap((p) => p.parts.flatMap((part) => ('file' in part ? [part.file] : []))))
  return { content, files: new Map([...files.values()].filter((f) => used.has(f.sha256)).map((f) => [f.sha256, f.key])) }
}

async function publishedFlows(ctx: Ctx): Promise<Flow[]> {
  const rows = await db(ctx).selectFrom('telephony_flow as f').innerJoin('telephony_flow_version as v', (j) => j.onRef('v.tenant_id', '=', 'f.tenant_id').onRef('v.flow_id', '=', 'f.id').onRef('v.number', '=', 'f.published'))
    .select(['f.id', 'f.name', 'f.use', 'v.number', 'v.graph']).where('f.tenant_id', '=', ctx.tenantId).orderBy('f.id').execute()
  return rows.flatMap((row) => {
    const read = asFlow(row, row.number, row.graph)
    if ('flow' in read) return [read.flow]
    ctx.log.error({ flow: row.id, faults: read.faults.slice(0, 3) }, 'a published flow does not fit the exchange and is left out')
    return []
  })
}

async function queuePolicies(ctx: Ctx, queues: Awaited<ReturnType<typeof queueRows>>): Promise<unknown[]> {
  const [wrapUp, level, limit, match] = await Promise.all([setting(ctx, s.wrapUpSeconds), setting(ctx, s.serviceLevel), setting(ctx, s.dailyLimit), setting(ctx, s.skillMatch)])
  return queues.map((q) => {
    const shape = queueShape(q)
    return {
      id: q.id, name: q.name, group: q.service, strategies: shape.strategies, ringSeconds: q.ring_seconds, capacity: q.capacity, wrapUpSeconds: q.wrap_up_seconds ?? wrapUp, skills: shape.skills.map((k) => ({ skill: k.skillId, level: k.level })), skillMatch: match / 100, rules: shape.rules.map((rule) => ({ ...rule, when: { ...rule.when, ...(rule.when.numbers ? { numbers: rule.when.numbers.map(segmentToExchange) } : {}) } })), music: q.music_prompt_id,
      tellPositionSeconds: q.tell_position_seconds, callbackAfterSeconds: q.callback_after_seconds ?? 0, overflow: shape.overflow.map(({ to, ...when }) => ({ ...when, to: 'queueId' in to ? { queue: to.queueId } : 'flowId' in to ? { flow: to.flowId } : { voicemail: q.id } })),
      calendar: shape.opening === null ? null : queueCalendar(q.id), weights: shape.weights, serviceLevelSeconds: level.seconds, dailyLimit: limit, recordNotice: q.record_notice ? [{ kind: 'text', text: '为保证服务质量，您的通话将被录音。' }] : [], sayStaffNumber: q.say_staff_number, survey: q.survey_flow_id,
    }
  })
}

async function agentPolicies(ctx: Ctx): Promise<unknown[]> {
  const held = new Map<string, Set<string>>()
  for (const [permission, functions] of Object.entries(functionsOf)) for (const user of await usersOf(ctx, { permission })) held.set(user.id, new Set([...(held.get(user.id) ?? []), ...functions]))
  const seats = new Map((await usersOf(ctx, { permission: 'telephony.desk' })).map((u) => [u.id, u.name]))
  const [extensions, members, skills] = await Promise.all([
    db(ctx).selectFrom('telephony_extension').selectAll().where('tenant_id', '=', ctx.tenantId).where('enabled', '=', true).execute(),
    membersOf(ctx, (await queueRows(ctx)).map((q) => q.id)), db(ctx).selectFrom('telephony_agent_skill').select(['user_id', 'skill_id', 'level']).where('tenant_id', '=', ctx.tenantId).execute(),
  ])
  const ids = [...seats.keys()].toSorted()
  const remote = await remoteAgents(ctx)
  const unrated = new Set(await unratedAgents.one()(ctx))
  const staff = new Map(await Promise.all(ids.map(async (id) => [id, (await userById(ctx, id)).staffNo] as const)))
  return ids.map((id) => {
    const extension = extensions.find((e) => e.user_id === id) ?? null
    const digests = extension ? digestsOf(ctx, extension) : null
    return {
      id, name: seats.get(id) ?? '', staffNumber: (staff.get(id) ?? '').replaceAll(/\D/g, '').slice(-6), extension: extension?.extension ?? null, queues: [...members].flatMap(([queue, list]) => list.filter((m) => m.userId === id).map((m) => ({ queue, rank: m.tier }))).toSorted((a, b) => (a.queue < b.queue ? -1 : 1)),
      skills: skills.filter((k) => k.user_id === id).map((k) => ({ skill: k.skill_id, level: k.level })).toSorted((a, b) => (a.skill < b.skill ? -1 : 1)), functions: [...(held.get(id) ?? []), ...(remote.has(id) ? ['remote'] : [])].toSorted(), ha1: digests?.ha1 ?? null, ha1Sha256: digests?.ha1Sha256 ?? null, displayedNumber: null,
      survey: !unrated.has(id),
    }
  })
}

async function listPolicies(ctx: Ctx): Promise<unknown[]> {
  const rows = (await db(ctx).selectFrom('telephony_list_entry').selectAll().where('tenant_id', '=', ctx.tenantId).where('state', '=', 'active').orderBy('id').execute()) as EntryRow[]
  return rows.map((row) => ({
    id: row.id, list: row.kind, number: row.prefix === null ? toExchange(numberOf(ctx, row) ?? '') : segmentToExchange(row.prefix), segment: row.prefix !== null, from: row.valid_from, until: row.valid_to,
    // A window over midnight is two.
    weekly: row.weekly === null ? [] : row.weekly.from < row.weekly.to ? [row.weekly] : [{ ...row.weekly, to: '24:00' }, { days: row.weekly.days.map((d) => (d % 7) + 1), from: '00:00', to: row.weekly.to }], mark: row.reason.slice(0, 60),
  }))
}

/** Whom a person decided not to list is not intercepted again. */
async function refusedNumbers(ctx: Ctx): Promise<string[]> {
  const rows = await db(ctx).selectFrom('telephony_list_entry').select('number_enc').where('tenant_id', '=', ctx.tenantId).where('state', '=', 'refused').where('source', '=', 'rule').where('number_enc', 'is not', null).orderBy('id').limit(10_000).execute()
  return rows.flatMap((row) => { const number = numberOf(ctx, row); return number ? [toExchange(number)] : [] }).toSorted()
}

async function calendarPolicies(ctx: Ctx, queues: Awaited<ReturnType<typeof queueRows>>): Promise<unknown[]> {
  const calendar = await calendarOf(ctx)
  const days = [...calendar.days].toSorted(([a], [b]) => (a < b ? -1 : 1))
  const holidays = days.filter(([, kind]) => kind !== 'workday').map(([day]) => day).slice(-400)
  const makeUp = days.filter(([, kind]) => kind === 'workday').map(([day]) => day).slice(-100)
  const clock = (ms: number): string => `${String(Math.floor(ms / 3_600_000)).padStart(2, '0')}:${String(Math.floor((ms % 3_600_000) / 60_000)).padStart(2, '0')}`
  const work = calendar.spans.map((span) => ({ days: [1, 2, 3, 4, 5], from: clock(span.from), to: clock(span.to) }))
  return [
    { id: WORK_CALENDAR, name: '工作时间', open: work, holidays, makeUp, makeUpAs: 1 },
    ...queues.flatMap((q) => { const { opening } = queueShape(q); return opening === null ? [] : [{ id: queueCalendar(q.id), name: q.name, open: opening, holidays: q.closed_on_holidays ? holidays : [], makeUp: q.closed_on_holidays ? makeUp : [], makeUpAs: 1 }] }),
  ]
}

type VoiceFile = { sha256: string; key: string }

async function voiceFiles(ctx: Ctx): Promise<Map<string, VoiceFile>> {
  const rows = await db(ctx).selectFrom('telephony_voice_file').select(['id', 'sha256', 'file_id']).where('tenant_id', '=', ctx.tenantId).execute()
  return new Map(rows.map((r) => [r.id, { sha256: r.sha256, key: r.file_id }]))
}

async function promptPolicies(ctx: Ctx): Promise<(files: Map<string, VoiceFile>) => unknown[]> {
  const rows = await db(ctx).selectFrom('telephony_prompt as p').innerJoin('telephony_prompt_version as v', (j) => j.onRef('v.tenant_id', '=', 'p.tenant_id').onRef('v.prompt_id', '=', 'p.id').onRef('v.number', '=', 'p.released')).select(['p.id', 'p.name', 'v.segments']).where('p.tenant_id', '=', ctx.tenantId).orderBy('p.id').execute()
  return (files) => rows.map((row) => ({
    id: row.id, name: row.name, parts: readSegments(row.segments).flatMap((part): ({ text: string } | { pauseMs: number } | { file: string })[] => {
      if (part.kind === 'text') return [{ text: part.text }]
      if (part.kind === 'pause') return [{ pauseMs: part.ms }]
      if (part.kind === 'shipped') return [{ file: `shipped/${part.name}` }]
      const file = files.get(part.voiceFileId)
      return file ? [{ file: file.sha256 }] : []
    }),
  }))
}

async function exchangeSettings(ctx: Ctx): Promise<unknown> {
  const classes = await setting(ctx, s.priorityClasses)
  return {
    noInputPrompts: await setting(ctx, s.noInputPrompts), noInputMs: (await setting(ctx, s.noInputInterval)) * 1000, personKey: await setting(ctx, s.personKey), backKey: await setting(ctx, s.backKey), classes: classes.map((c) => c.code), missedRings: await setting(ctx, s.missedRings),
    answerDelayMs: Math.round((await setting(ctx, s.autoAnswerDelay)) * 1000), holdAskSeconds: await setting(ctx, s.holdPrompt), muteCountdownSeconds: await setting(ctx, s.muteCountdown), seatLostSeconds: await setting(ctx, s.seatLostAfter), secondLogin: await setting(ctx, s.secondLogin),
    bargeAnnounce: await setting(ctx, s.bargeAnnounce), repeatCallsPerHour: await setting(ctx, s.blacklistCalls), repeatAction: await setting(ctx, s.repeatAction), announcementsSkippable: await setting(ctx, s.announcementSkippable), recordAll: true, qualityDelayMs: Math.round((await setting(ctx, s.qualityDelay)) * 1000), qualityLossPercent: await setting(ctx, s.qualityLoss),
  }
}

/** Trunks of all tenants: lines belong to the installation. */
export async function allTrunks(ctx: Ctx) {
  const { rows } = await sql<{ tenant_id: string; id: string; name: string; transport: 'udp' | 'tcp' | 'tls'; host: string; port: number; username: string | null; secret_enc: string | null; codecs: ('PCMA' | 'PCMU')[]; srtp: boolean; inbound: boolean; channels: number; reserved: number }>`
    select t.tenant_id, t.id, t.name, t.transport, t.host, t.port, t.username, t.secret_enc, t.codecs, t.srtp, t.inbound, t.channels, t.reserved
    from telephony_trunk t where t.enabled order by t.id`.execute(ctx.acrossTenants('lines belong to the installation'))
  return rows
}
