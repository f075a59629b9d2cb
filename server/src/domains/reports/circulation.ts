// A published report on its way through the levels: sent to units and persons, passed on by them to those below, read, adopted or returned (ANA-37).
import { sql } from 'kysely'
import { authorize, can } from '../../kernel/access.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { ts } from '../../kernel/db/connect.ts'
import { kernelErrors } from '../../kernel/errors.ts'
import type { Input, Output } from '../../kernel/http/route.ts'
import { newId } from '../../kernel/runtime.ts'
import type { Instant } from '../../kernel/time/index.ts'
import { activeUnits, afterCursor, boundCount, nextPage, notify, usersByUnit, usersOf } from '../platform/index.ts'
import * as contract from './contract.ts'
import { reportsFail } from './reports.errors.ts'
import { db, receivedBy, reportById, type Report } from './reports.queries.ts'
import { circulationActs, circulationStates, noticeTexts, stateNames } from './texts.zh-CN.ts'

type Shown = Output<typeof contract.answerCirculationRoute>
type State = Shown['state']
type Act = Shown['acts'][number]
type Row = { id: string; report_id: string; parent_id: string | null; unit_id: string | null; to_name: string; note: string; state: State; opinion: string | null; from_user_id: string; from_name: string; sent_at: Instant; read_at: Instant | null; read_by_name: string | null; answered_at: Instant | null; answered_by_name: string | null; mine: boolean }

/** Who may do what to a sending that has no answer yet: the receiver answers, the sender takes back. */
const rules: Record<Act, { by: 'receiver' | 'sender'; to: State }> = { adopt: { by: 'receiver', to: 'adopted' }, return: { by: 'receiver', to: 'returned' }, recall: { by: 'sender', to: 'recalled' } }
const acts: Act[] = ['adopt', 'return', 'recall']
const open = (state: State): boolean => state === 'sent' || state === 'read'

const holds = (ctx: Ctx, row: Row, by: 'receiver' | 'sender'): boolean => (by === 'receiver' ? row.mine && row.state !== 'recalled' : row.from_user_id === ctx.actor.id || can(ctx, 'reports.publish'))

const shown = (ctx: Ctx, r: Row): Shown => ({ id: r.id, reportId: r.report_id, parentId: r.parent_id, toUnit: r.unit_id !== null, toName: r.to_name, note: r.note, state: r.state, stateName: circulationStates[r.state], opinion: r.opinion, fromName: r.from_name, sentAt: r.sent_at, readAt: r.read_at, readByName: r.read_by_name, answeredAt: r.answered_at, answeredByName: r.answered_by_name, mine: r.mine, acts: open(r.state) ? acts.filter((act) => holds(ctx, r, rules[act].by)) : [] })

const columns = ['c.id', 'c.report_id', 'c.parent_id', 'c.unit_id', 'c.to_name', 'c.note', 'c.state', 'c.opinion', 'c.from_user_id', 'c.from_name', 'c.sent_at', 'c.read_at', 'c.read_by_name', 'c.answered_at', 'c.answered_by_name'] as const
/** One of the two receivers is null, and so would be the answer. */
const isMine = (ctx: Ctx) => sql<boolean>`coalesce(${receivedBy(ctx)}, false)`
const select = (ctx: Ctx) => db(ctx).selectFrom('reports_circulation as c').select([...columns, isMine(ctx).as('mine')]).where('c.tenant_id', '=', ctx.tenantId)
const typed = <R extends { state: string }>(row: R): R & { state: State } => ({ ...row, state: contract.circulationState.parse(row.state) })

/** Of one report: a publisher sees the whole way, others what came to them, what they sent and how it went on from there. */
export async function circulationOf(ctx: Ctx, r: Report): Promise<Output<typeof contract.circulateRoute>> {
  const rows = (await select(ctx).where('c.report_id', '=', r.id).orderBy('c.sent_at').orderBy('c.id').limit(2000).execute()).map(typed)
  const anywhere = can(ctx, 'reports.publish')
  const seen = new Set(rows.filter((row) => anywhere || row.mine || row.from_user_id === ctx.actor.id).map((row) => row.id))
  for (const row of rows) if (row.parent_id !== null && seen.has(row.parent_id)) seen.add(row.id)
  return { items: rows.filter((row) => seen.has(row.id)).map((row) => shown(ctx, row)), maySend: r.state === 'published' && (anywhere || rows.some((row) => row.mine)), anywhere, unitIds: anywhere ? [] : [...ctx.actor.unitIds] }
}

/** Opening the report is reading what was sent of it. */
export async function markRead(ctx: Ctx, r: Report): Promise<void> {
  const read = await db(ctx).updateTable('reports_circulation as c').set({ state: 'read', read_at: ts(ctx.clock.now()), read_by_name: ctx.actor.name }).where('c.tenant_id', '=', ctx.tenantId).where('c.report_id', '=', r.id).where('c.state', '=', 'sent').where(receivedBy(ctx)).returning('c.id').executeTakeFirst()
  if (read) ctx.signal('reports', r.id)
}

type Target = { unitId: string | null; userId: string | null; name: string; tell: string[] }

/** Whom a sending reaches, with those to tell. Who passes on reaches his own units and those below only. @throws reports.sendBeyond, reports.noReaders */
async function targetsOf(ctx: Ctx, input: { unitIds: string[]; userIds: string[] }, anywhere: boolean): Promise<Target[]> {
  const units = new Map((await activeUnits(ctx)).filter((u) => anywhere || u.path.some((id) => ctx.actor.unitIds.includes(id))).map((u) => [u.id, u]))
  const wanted = [...new Set(input.unitIds)]
  const readers = await usersByUnit(ctx, { unitIds: wanted, permission: 'reports.read' })
  const all = input.userIds.length > 0 ? new Map((await usersOf(ctx, {})).map((u) => [u.id, u.name])) : new Map<string, string>()
  const able = input.userIds.length > 0 ? new Set((anywhere ? await usersOf(ctx, { permission: 'reports.read' }) : [...(await usersByUnit(ctx, { unitIds: [...units.keys()], permission: 'reports.read' })).values()].flat()).map((u) => u.id)) : new Set<string>()
  return [
    ...wanted.map((unitId): Target => {
      const unit = units.get(unitId)
      // A unit's own sending to itself would be answered by its sender.
      if (!unit || (!anywhere && ctx.actor.unitIds.includes(unitId))) throw reportsFail('sendBeyond', { params: { name: unit?.name ?? '所选单位' } })
      const tell = (readers.get(unitId) ?? []).map((u) => u.id)
      if (tell.length === 0) throw reportsFail('noReaders', { params: { name: unit.name } })
      return { unitId, userId: null, name: unit.name, tell }
    }),
    ...[...new Set(input.userIds)].map((userId): Target => {
      const name = all.get(userId)
      if (name === undefined || userId === ctx.actor.id) throw reportsFail('sendBeyond', { params: { name: name ?? '所选人员' } })
      if (!able.has(userId)) throw reportsFail(anywhere ? 'noReaders' : 'sendBeyond', { params: { name } })
      return { unitId: null, userId, name, tell: [userId] }
    }),
  ]
}

/** By whoever publishes to anybody, by whoever has received it to those below. */
export async function circulateReport(ctx: Ctx, input: Input<typeof contract.circulateRoute>): Promise<Output<typeof contract.circulateRoute>> {
  authorize(ctx, 'reports.read')
  const r = await reportById(ctx, input.id, true)
  if (r.state !== 'published') throw reportsFail('notPublic', { params: { state: stateNames[r.state] } })
  const rows = (await select(ctx).where('c.report_id', '=', r.id).orderBy('c.sent_at', 'desc').limit(2000).execute()).map(typed)
  const anywhere = can(ctx, 'reports.publish')
  const parent = rows.find((row) => row.mine)
  if (!anywhere && !parent) throw reportsFail('maySend', { rule: 'reports.publish' })
  const targets = await targetsOf(ctx, input, anywhere)
  if (targets.length === 0) throw reportsFail('noReceiver')
  const held = await db(ctx).selectFrom('reports_circulation').select('to_name').where('tenant_id', '=', ctx.tenantId).where('report_id', '=', r.id).where('state', 'in', ['sent', 'read']).where(sql<boolean>`coalesce(unit_id, user_id) = any(${targets.map((one) => one.unitId ?? one.userId)}::uuid[])`).executeTakeFirst()
  if (held) throw reportsFail('sentAlready', { params: { name: held.to_name } })
  await db(ctx).insertInto('reports_circulation').values(targets.map((one) => ({ tenant_id: ctx.tenantId, id: newId(), report_id: r.id, parent_id: parent?.id ?? null, unit_id: one.unitId, user_id: one.userId, to_name: one.name, note: input.note, from_user_id: sender(ctx), from_name: ctx.actor.name, sent_at: ts(ctx.clock.now()) }))).execute()
  const to = [...new Set(targets.flatMap((one) => one.tell))].filter((id) => id !== ctx.actor.id)
  if (to.length > 0) await notify(ctx, { type: 'report.circulated', to: { userIds: to }, title: noticeTexts.circulated(r.name), text: noticeTexts.circulatedBy(ctx.actor.name, input.note), link: `/analytics/reports/${r.id}`, objectType: 'report', objectId: r.id, level: 'P2' })
  ctx.signal('reports', r.id)
  return circulationOf(ctx, r)
}

function sender(ctx: Ctx): string {
  if (ctx.actor.id === null) throw kernelErrors('forbidden', { rule: 'reports.publish' })
  return ctx.actor.id
}

/** Adopt, return (with the reason) or take back. @throws reports.answered once there is an answer */
export async function answerCirculation(ctx: Ctx, input: Input<typeof contract.answerCirculationRoute>): Promise<Shown> {
  authorize(ctx, 'reports.read')
  const found = await select(ctx).where('c.id', '=', input.id).forUpdate().executeTakeFirst()
  if (!found) throw reportsFail('unknownCirculation')
  const row = typed(found)
  const { by, to } = rules[input.act]
  // Neither sender nor receiver: may not know of it.
  if (!holds(ctx, row, 'receiver') && !holds(ctx, row, 'sender')) throw reportsFail('unknownCirculation')
  if (!holds(ctx, row, by)) throw kernelErrors('forbidden', { rule: `reports.${input.act}`, params: { permission: circulationActs[input.act] } })
  const r = await reportById(ctx, row.report_id)
  if (by === 'receiver' && r.state !== 'published') throw reportsFail('state', { params: { state: stateNames[r.state], act: circulationActs[input.act] } })
  if (!open(row.state)) throw reportsFail('answered', { params: { state: circulationStates[row.state], act: circulationActs[input.act] } })
  if (input.act === 'return' && input.opinion === '') throw kernelErrors('invalid', { fields: [{ path: 'opinion', message: '请写明退回理由' }] })
  const now = ts(ctx.clock.now())
  if (input.act === 'recall') await recallBelow(ctx, row.id, now)
  await db(ctx).updateTable('reports_circulation').set({ state: to, opinion: input.opinion || null, answered_at: now, answered_by_name: ctx.actor.name, ...(by === 'receiver' && row.read_at === null ? { read_at: now, read_by_name: ctx.actor.name } : {}) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  if (by === 'receiver' && row.from_user_id !== ctx.actor.id) await notify(ctx, { type: 'report.answered', to: { userIds: [row.from_user_id] }, title: noticeTexts.answered(row.to_name, circulationStates[to], r.name), text: input.opinion, link: `/analytics/reports/${r.id}`, objectType: 'report', objectId: r.id, level: 'P3' })
  ctx.signal('reports', r.id)
  return shown(ctx, typed(await select(ctx).where('c.id', '=', row.id).executeTakeFirstOrThrow()))
}

/** What a receiver passed on goes back with it, but for those who have answered. */
async function recallBelow(ctx: Ctx, id: string, now: ReturnType<typeof ts>): Promise<void> {
  await sql`with recursive below as (select id from reports_circulation where tenant_id = ${ctx.tenantId} and parent_id = ${id}::uuid union select c.id from reports_circulation c join below b on c.parent_id = b.id where c.tenant_id = ${ctx.tenantId})
    update reports_circulation set state = 'recalled', answered_at = ${now}, answered_by_name = ${ctx.actor.name} where tenant_id = ${ctx.tenantId} and id in (select id from below) and state in ('sent', 'read')`.execute(ctx.db())
}

/** What came to the reader and his units, or what he sent. A report that is not published any more keeps its line for the sender only. */
export async function listCirculation(ctx: Ctx, input: Input<typeof contract.circulationRoute>): Promise<Output<typeof contract.circulationRoute>> {
  authorize(ctx, 'reports.read')
  const joined = () => db(ctx).selectFrom('reports_circulation as c').innerJoin('reports_report as r', (join) => join.onRef('r.tenant_id', '=', 'c.tenant_id').onRef('r.id', '=', 'c.report_id')).where('c.tenant_id', '=', ctx.tenantId)
  const received = () => joined().where(receivedBy(ctx)).where('r.state', '=', 'published')
  let query = (input.box === 'in' ? received() : joined().where('c.from_user_id', '=', sender(ctx))).select([...columns, isMine(ctx).as('mine'), 'r.name as reportName', 'r.state as reportState'])
  if (input.state) query = query.where('c.state', '=', input.state)
  if (input.q) query = query.where(sql<boolean>`(position(${input.q} in r.name) > 0 or position(${input.q} in c.to_name) > 0 or position(${input.q} in c.from_name) > 0)`)
  const rows = (await query.where(afterCursor(input.cursor, 'c.sent_at', 'c.id')).orderBy('c.sent_at', 'desc').orderBy('c.id', 'desc').limit(input.limit + 1).execute()).map(typed)
  const page = nextPage(rows, input.limit, (row) => row.sent_at)
  const waiting = await boundCount(ctx, received().where('c.state', 'in', ['sent', 'read']))
  return { items: page.items.map((row) => ({ ...shown(ctx, row), reportName: row.reportName, reportStateName: stateNames[contract.state.parse(row.reportState)], open: row.reportState === 'published' || can(ctx, 'reports.publish') || can(ctx, 'reports.write') })), next: page.next, waiting: waiting.value }
}
