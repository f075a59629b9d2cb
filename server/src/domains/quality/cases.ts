// Classic and warning cases: proposed by the score, published by a person; agents hear what is published, telephone numbers never stand in them.
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { authorize, can } from '../../kernel/access.ts'
import { json, ts } from '../../kernel/db/connect.ts'
import type { Input, Output, RawExchange } from '../../kernel/http/route.ts'
import { newId } from '../../kernel/runtime.ts'
import { DAY, plus } from '../../kernel/time/index.ts'
import { afterCursor, boundCount, nextPage, notify, setting } from '../platform/index.ts'
import { playSilenced, type Passage } from '../telephony/index.ts'
import { subjectsOf } from './objects.ts'
import { qualityFail } from './quality.errors.ts'
import { db } from './quality.queries.ts'
import type * as contract from './report-contract.ts'
import { goodFrom, warnBelow } from './settings.ts'
import type { ObjectKind } from './sheet.ts'
import { taskById } from './tasks.ts'
import { objectKindNames } from './texts.zh-CN.ts'

const kindNames = { classic: '优秀案例', warning: '警示案例' } as const
const stateNames = { proposed: '待确认', published: '已发布', declined: '不采用' } as const
/** Numbers of three digits and more, and names with their title, have no place in a lesson. */
export const masked = (text: string): string => text.replaceAll(/\d{3,}/g, (digits) => '*'.repeat(Math.min(6, digits.length))).replaceAll(/(?:[\u4e00-\u9fa5])(?=(?:先生|女士|同志|大爷|大妈|阿姨))/g, '某')

const query = (ctx: Ctx) => db(ctx).selectFrom('quality_case as c').innerJoin('quality_task as t', (j) => j.onRef('t.tenant_id', '=', 'c.tenant_id').onRef('t.id', '=', 'c.task_id')).where('c.tenant_id', '=', ctx.tenantId)

export async function listCases(ctx: Ctx, input: Input<typeof contract.casesRoute>): Promise<Output<typeof contract.casesRoute>> {
  let q = query(ctx)
  if (!can(ctx, 'quality.manage')) q = q.where('c.state', '=', 'published')
  if (input.kind) q = q.where('c.kind', '=', input.kind)
  if (input.state) q = q.where('c.state', '=', input.state)
  if (input.tag) q = q.where(sql<boolean>`c.tags @> array[${input.tag}]`)
  const rows = await q.selectAll('c').select(['t.object_kind as objectKind', 't.points', 't.duration_ms as durationMs']).where(afterCursor(input.cursor, 'c.at', 'c.id')).orderBy('c.at', 'desc').orderBy('c.id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (one) => one.at)
  return { items: page.items.map((one) => view(ctx, one)), next: page.next, count: await boundCount(ctx, q) }
}

type Row = { id: string; task_id: string; kind: string; state: string; title: string; tags: string[]; note: string; proposed_by: string; at: number; decided_by: string | null; views: number; version: number; objectKind: string; points: number | null; durationMs: number | null }
const view = (ctx: Ctx, one: Row) => ({
  id: one.id, taskId: can(ctx, 'quality.read') ? one.task_id : null, kind: one.kind as 'classic' | 'warning', kindName: kindNames[one.kind as keyof typeof kindNames], state: one.state as 'proposed' | 'published' | 'declined', stateName: stateNames[one.state as keyof typeof stateNames], title: one.title, tags: one.tags, note: one.note, proposedBy: one.proposed_by, at: one.at as never, decidedBy: one.decided_by, views: one.views, version: one.version,
  objectKindName: objectKindNames[one.objectKind as ObjectKind], points: one.points, durationMs: one.durationMs,
})

/** With its text, masked; an opening by who learns from it is counted. */
export async function showCase(ctx: Ctx, input: { id: string }): Promise<Output<typeof contract.caseRoute>> {
  const row = await query(ctx).selectAll('c').select(['t.object_kind as objectKind', 't.object_id as objectId', 't.points', 't.duration_ms as durationMs']).where('c.id', '=', input.id).executeTakeFirst()
  if (!row || (row.state !== 'published' && !can(ctx, 'quality.manage'))) throw qualityFail('caseNotFound')
  if (row.state === 'published' && !can(ctx, 'quality.manage')) await db(ctx).updateTable('quality_case').set((eb) => ({ views: eb('views', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  const kind = row.objectKind as ObjectKind
  const subject = kind === 'order' ? undefined : (await subjectsOf(ctx, kind, [row.objectId])).get(row.objectId)
  const recordings = kind === 'call' && (row.with_sound || can(ctx, 'quality.manage')) ? (await sql<{ id: string; ms: number | null }>`select id, ms from quality_recording_view where tenant_id = ${ctx.tenantId} and call_id = ${row.objectId} and state = 'stored' order by segment limit 20`.execute(ctx.db())).rows : []
  return { ...view(ctx, row), withSound: row.with_sound, mutes: row.mutes as Passage[], recordings, sentences: (subject?.sentences ?? []).map((one) => ({ ...one, text: masked(one.text) })) } // checked when it was kept
}

/** The sound of a lesson, silent wherever the text is masked and in the passages its publisher named. */
export async function playCase(ctx: Ctx, input: { id: string; recordingId: string }, raw: RawExchange): Promise<Record<string, never>> {
  const row = await query(ctx).select(['c.state', 'c.with_sound', 'c.mutes', 't.object_kind as objectKind', 't.object_id as objectId']).where('c.id', '=', input.id).executeTakeFirst()
  if (!row || row.objectKind !== 'call' || !((row.state === 'published' && row.with_sound) || can(ctx, 'quality.manage'))) throw qualityFail('caseNotFound')
  const sentences = (await subjectsOf(ctx, 'call', [row.objectId])).get(row.objectId)?.sentences ?? []
  const told = sentences.filter((one) => masked(one.text) !== one.text).map((one) => ({ fromMs: one.startMs, toMs: one.endMs }))
  await playSilenced(ctx, { recordingId: input.recordingId, callId: row.objectId, passages: [...told, ...(row.mutes as Passage[])] }, raw)
  return {}
}

async function propose(ctx: Ctx, taskId: string, kind: 'classic' | 'warning', title: string, by: string, note: string): Promise<string | null> {
  const id = newId()
  const made = await db(ctx).insertInto('quality_case').values({ tenant_id: ctx.tenantId, id, task_id: taskId, kind, state: 'proposed', title: masked(title).slice(0, 120), note, proposed_by: by, at: ts(ctx.clock.now()) }).onConflict((c) => c.columns(['tenant_id', 'task_id', 'kind']).doNothing()).returning('id').executeTakeFirst()
  return made?.id ?? null
}

export async function proposeCase(ctx: Ctx, input: Input<typeof contract.proposeCaseRoute>): Promise<{ id: string }> {
  authorize(ctx, 'quality.read')
  const task = await taskById(ctx, input.id)
  if (task.state !== 'concluded') throw qualityFail('wrongState', { params: { state: task.stateName } })
  const id = await propose(ctx, task.id, input.kind, input.title, ctx.actor.name, input.note)
  if (id === null) throw qualityFail('caseStands')
  return { id }
}

export async function decideCase(ctx: Ctx, input: Input<typeof contract.decideCaseRoute>): Promise<Output<typeof contract.caseRoute>> {
  authorize(ctx, 'quality.manage')
  const changed = await db(ctx).updateTable('quality_case').set((eb) => ({ state: input.state, title: masked(input.title), tags: input.tags, note: masked(input.note), with_sound: input.withSound, mutes: json(input.mutes), decided_by: ctx.actor.name, decided_at: ts(ctx.clock.now()), version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).where('version', '=', input.version).returning('id').executeTakeFirst()
  if (!changed) {
    await showCase(ctx, { id: input.id })
    throw qualityFail('changed')
  }
  return showCase(ctx, { id: input.id })
}

/** Once a day: calls and conversations at or above the line, and those below the other, each proposed once. */
export async function proposeCases(ctx: Ctx): Promise<void> {
  const [good, bad] = [await setting(ctx, goodFrom), await setting(ctx, warnBelow)]
  const rows = await db(ctx).selectFrom('quality_task').select(['id', 'object_label', 'points', 'object_kind', 'human_points']).where('tenant_id', '=', ctx.tenantId).where('state', '=', 'concluded').where('object_kind', 'in', ['call', 'chat']).where('concluded_at', '>=', ts(plus(ctx.clock.now(), -31 * DAY))).where((eb) => eb.or([eb('points', '>=', good), eb('points', '<', bad)]))
    // What only the machine has heard is no lesson yet.
    .where('human_points', 'is not', null).limit(500).execute()
  let made = 0
  for (const one of rows) if (await propose(ctx, one.id, (one.points ?? 0) >= good ? 'classic' : 'warning', `${objectKindNames[one.object_kind as ObjectKind]} ${one.object_label}`, '按得分推荐', `${one.points} 分`)) made += 1
  if (made > 0) await notify(ctx, { type: 'quality.cases', to: { permission: 'quality.manage' }, title: `新推荐案例 ${made} 件`, link: '/quality/library?state=proposed', level: 'P4' })
}
