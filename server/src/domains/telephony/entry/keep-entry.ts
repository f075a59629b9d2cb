// Announcements and emergency modes as people keep them, and as the snapshot takes them.
import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import { decrypt, encrypt } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { HOUR, instant, plus, type Instant } from '../../../kernel/time/index.ts'
import { policyChanged } from '../events.ts'
import { coveredBy } from '../lists/list-entry.ts'
import { toExchange } from '../numbers.ts'
import { telephonyFail } from '../telephony.errors.ts'
import { db, requireVersion } from '../telephony.queries.ts'
import type { Event } from './before-flow.ts'
import type * as contract from './entry-contract.ts'

type News = Output<typeof contract.addAnnouncement>
type Mode = Output<typeof contract.beginMode>
const stateNames = { coming: '未开始', playing: '播报中', over: '已结束' } as const
const tell = (ctx: Ctx, what: string): void => { ctx.publish(policyChanged({ tenantId: ctx.tenantId, what })) }
const wrong = (path: string, message: string): Error => kernelErrors('invalid', { fields: [{ path, message }] })

async function newsRows(ctx: Ctx, id?: string): Promise<News[]> {
  let query = db(ctx).selectFrom('telephony_announcement as a').leftJoin('telephony_prompt as p', (j) => j.onRef('p.tenant_id', '=', 'a.tenant_id').onRef('p.id', '=', 'a.prompt_id')).select(['a.id', 'a.name', 'a.text', 'a.prompt_id as promptId', 'p.name as promptName', 'a.from_at as from', 'a.until_at as until', 'a.numbers', 'a.place', 'a.version', 'a.updated_at as updatedAt', 'a.changed_by_name as changedByName']).where('a.tenant_id', '=', ctx.tenantId)
  if (id) query = query.where('a.id', '=', id)
  const now = ctx.clock.now()
  const state = (r: { from: Instant; until: Instant }): News['state'] => (now < r.from ? 'coming' : now < r.until ? 'playing' : 'over')
  return (await query.orderBy('a.until_at', 'desc').orderBy('a.place').limit(200).execute()).map((r) => ({ ...r, state: state(r), stateName: stateNames[state(r)] }))
}

async function readNews(ctx: Ctx, id: string): Promise<News> {
  const [row] = await newsRows(ctx, id)
  if (!row) throw telephonyFail('notFound')
  return row
}

async function columns(ctx: Ctx, input: Omit<Input<typeof contract.addAnnouncement>, never>) {
  if (input.until <= input.from) throw wrong('until', '结束时间须晚于开始时间')
  if (input.promptId && !(await db(ctx).selectFrom('telephony_prompt').select('id').where('tenant_id', '=', ctx.tenantId).where('id', '=', input.promptId).where('released', '>', 0).executeTakeFirst())) throw wrong('promptId', '语音不存在或还没有发布')
  return { name: input.name, text: input.text, prompt_id: input.promptId, from_at: ts(input.from), until_at: ts(input.until), numbers: input.numbers, place: input.place, updated_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name }
}

export async function listAnnouncements(ctx: Ctx): Promise<{ items: News[] }> {
  authorize(ctx, 'telephony.flows')
  return { items: await newsRows(ctx) }
}

export async function addAnnouncement(ctx: Ctx, input: Input<typeof contract.addAnnouncement>): Promise<News> {
  authorize(ctx, 'telephony.flows')
  const id = newId()
  await db(ctx).insertInto('telephony_announcement').values({ tenant_id: ctx.tenantId, id, ...(await columns(ctx, input)) }).execute()
  tell(ctx, 'announcements')
  return readNews(ctx, id)
}

export async function changeAnnouncement(ctx: Ctx, input: Input<typeof contract.changeAnnouncement>): Promise<News> {
  authorize(ctx, 'telephony.flows')
  const row = await db(ctx).selectFrom('telephony_announcement').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).forUpdate().executeTakeFirst()
  if (!row) throw telephonyFail('notFound')
  requireVersion(row, input.version)
  await db(ctx).updateTable('telephony_announcement').set((eb) => ({ version: eb('version', '+', 1) })).set(await columns(ctx, input)).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).execute()
  tell(ctx, 'announcements')
  return readNews(ctx, input.id)
}

export async function removeAnnouncement(ctx: Ctx, input: { id: string }): Promise<Record<string, never>> {
  authorize(ctx, 'telephony.flows')
  const row = await db(ctx).deleteFrom('telephony_announcement').where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).returning('id').executeTakeFirst()
  if (!row) throw telephonyFail('notFound')
  tell(ctx, 'announcements')
  return {}
}

/** Announcements that are not over yet, in the words of the snapshot. */
export async function announcementPolicies(ctx: Ctx) {
  return (await newsRows(ctx)).filter((n) => n.state !== 'over').toSorted((a, b) => (a.id < b.id ? -1 : 1)).map((n) => ({ id: n.id, say: [n.promptId ? { kind: 'prompt' as const, prompt: n.promptId } : { kind: 'text' as const, text: n.text }], from: n.from, until: n.until, numbers: n.numbers, order: n.place }))
}

async function modeRows(ctx: Ctx, id?: string): Promise<Mode[]> {
  let query = db(ctx).selectFrom('telephony_emergency_mode as m').innerJoin('telephony_queue as q', (j) => j.onRef('q.tenant_id', '=', 'm.tenant_id').onRef('q.id', '=', 'm.queue_id'))
    .select(['m.id', 'm.name', 'm.text', 'm.key', 'm.number_count as numberCount', 'm.queue_id as queueId', 'q.name as queueName', 'm.from_at as from', 'm.until_at as until', 'm.ended_at as endedAt', 'm.ended_by_name as endedByName', 'm.begun_by_name as begunByName'])
    .select(sql<number>`(select count(*)::int from telephony_call c where c.tenant_id = m.tenant_id and c.started_at >= m.from_at and c.started_at < coalesce(m.ended_at, m.until_at) and c.class = 'emergency')`.as('calls')).where('m.tenant_id', '=', ctx.tenantId)
  if (id) query = query.where('m.id', '=', id)
  const now = ctx.clock.now()
  return (await query.orderBy('m.from_at', 'desc').limit(100).execute()).map((m) => ({ ...m, on: m.endedAt === null && now < m.until }))
}

async function readMode(ctx: Ctx, id: string): Promise<Mode> {
  const [row] = await modeRows(ctx, id)
  if (!row) throw telephonyFail('notFound')
  return row
}

export async function listModes(ctx: Ctx): Promise<{ items: Mode[] }> {
  authorize(ctx, 'telephony.force')
  return { items: await modeRows(ctx) }
}

export async function beginMode(ctx: Ctx, input: Input<typeof contract.beginMode>): Promise<Mode> {
  authorize(ctx, 'telephony.force')
  const queue = await db(ctx).selectFrom('telephony_queue').select('id').where('tenant_id', '=', ctx.tenantId).where('id', '=', input.queueId).where('open', '=', true).executeTakeFirst()
  if (!queue) throw wrong('queueId', '请选择启用中的队列')
  const numbers = input.numbers.map((typed, i) => { const covered = coveredBy(typed); if (!covered || !('number' in covered)) throw wrong(`numbers.${i}`, `第 ${i + 1} 个号码不正确`); return covered.number })
  if (input.key === null && numbers.length === 0) throw wrong('key', '请设置按键，或列出属于该事件的号码')
  if (input.key && (await modeRows(ctx)).some((m) => m.on && m.key === input.key)) throw wrong('key', '该按键已由另一应急模式使用')
  const id = newId()
  const now = ctx.clock.now()
  await db(ctx).insertInto('telephony_emergency_mode').values({ tenant_id: ctx.tenantId, id, name: input.name, text: input.text, key: input.key, numbers_enc: numbers.length > 0 ? encrypt(ctx.keys, JSON.stringify(numbers), 'telephony.phone') : null, number_count: numbers.length, queue_id: input.queueId, from_at: ts(now), until_at: ts(plus(now, input.hours * HOUR)), begun_by_name: ctx.actor.name }).execute()
  ctx.audit({ module: 'telephony', act: 'beginEmergencyMode', objectType: 'key:emergencyMode', objectId: id, text: `${input.name}，${input.hours} 小时` })
  tell(ctx, 'emergencyModes')
  return readMode(ctx, id)
}

export async function endMode(ctx: Ctx, input: { id: string }): Promise<Mode> {
  authorize(ctx, 'telephony.force')
  const row = await db(ctx).updateTable('telephony_emergency_mode').set({ ended_at: ts(ctx.clock.now()), ended_by_name: ctx.actor.name }).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).where('ended_at', 'is', null).returning('id').executeTakeFirst()
  if (!row) await readMode(ctx, input.id)
  tell(ctx, 'emergencyModes')
  return readMode(ctx, input.id)
}

const numbersOf = (ctx: Ctx, sealed: string | null): string[] => {
  if (sealed === null) return []
  const read: unknown = JSON.parse(decrypt(ctx.keys, sealed, 'telephony.phone'))
  return Array.isArray(read) ? read.filter((n) => typeof n === 'string').map(toExchange) : []
}

/** Modes that are on: as the exchange screens by number, and as its flows ask for the key. */
export async function modePolicies(ctx: Ctx): Promise<{ modes: { id: string; name: string; numbers: string[]; areas: string[]; queue: string; until: number }[]; events: Event[] }> {
  const rows = await db(ctx).selectFrom('telephony_emergency_mode').selectAll().where('tenant_id', '=', ctx.tenantId).where('ended_at', 'is', null).where('until_at', '>', ts(ctx.clock.now())).orderBy('from_at').orderBy('id').execute()
  return { modes: rows.map((m) => ({ id: m.id, name: m.name, numbers: numbersOf(ctx, m.numbers_enc), areas: [], queue: m.queue_id, until: Number(instant(m.until_at)) })), events: rows.map((m) => ({ id: m.id, name: m.name, text: m.text, key: m.key, queue: m.queue_id })) }
}
