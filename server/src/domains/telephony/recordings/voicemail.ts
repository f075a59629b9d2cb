// Messages left for a queue: heard, answered, registered; the group of the queue shares one box (TEL-06).
import { sql } from 'kysely'
import { authorize, can, userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Input, RawExchange } from '../../../kernel/http/route.ts'
import { afterCursor, boundCount, nextPage } from '../../platform/index.ts'
import { telephonyFail } from '../telephony.errors.ts'
import { db, plainNumber } from '../telephony.queries.ts'
import type * as contract from './recording-contract.ts'
import { sendSound } from './play-recording.ts'

const stateNames = { new: '未听', heard: '已听', done: '已处理' } as const

/** Members of the queue, and who watches all of them. */
function boxes(ctx: Ctx) {
  const query = db(ctx).selectFrom('telephony_voicemail as v').innerJoin('telephony_recording as r', (j) => j.onRef('r.tenant_id', '=', 'v.tenant_id').onRef('r.id', '=', 'v.recording_id')).where('v.tenant_id', '=', ctx.tenantId)
  return can(ctx, 'telephony.monitor') ? query : query.where(sql<boolean>`exists (select 1 from telephony_queue_member m where m.tenant_id = v.tenant_id and m.queue_id = v.queue_id and m.user_id = ${userId(ctx)})`)
}

const columns = ['v.id', 'v.call_id as callId', 'v.at', 'v.queue_name as queueName', 'v.phone_mask as phone', 'v.phone_enc', 'v.ms', 'v.recording_id as recordingId', 'r.state as recordingState', 'v.state', 'v.heard_by_name as heardByName', 'v.done_by_name as doneByName', 'v.draft_id as draftId', 'v.version'] as const

export async function listVoicemail(ctx: Ctx, input: Input<typeof contract.listVoicemail>) {
  authorize(ctx, 'telephony.voicemail')
  let query = boxes(ctx)
  if (input.state?.length) query = query.where('v.state', 'in', input.state)
  const rows = await query.select(columns).where(afterCursor(input.cursor, 'v.at', 'v.id')).orderBy('v.at', 'desc').orderBy('v.id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (r) => r.at)
  return { items: page.items.map(viewOf(ctx)), next: page.next, count: await boundCount(ctx, query) }
}

type Row = Awaited<ReturnType<typeof oneRow>>
const viewOf = (ctx: Ctx) => ({ recordingState, phone_enc: enc, ...row }: Row) => {
  const state = row.state as keyof typeof stateNames
  // The number goes into the form of who registers the message.
  return { ...row, state, ready: recordingState === 'stored', stateName: stateNames[state], number: enc !== null && can(ctx, 'telephony.dial') ? plainNumber(ctx, enc) : null }
}

async function oneRow(ctx: Ctx, id: string) {
  const row = await boxes(ctx).select(columns).where('v.id', '=', id).executeTakeFirst()
  if (!row) throw telephonyFail('notFound')
  return row
}

export async function hearVoicemail(ctx: Ctx, input: { id: string }, raw: RawExchange) {
  authorize(ctx, 'telephony.voicemail')
  const row = await oneRow(ctx, input.id)
  const recording = await db(ctx).selectFrom('telephony_recording').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', row.recordingId).executeTakeFirstOrThrow()
  await sendSound(ctx, recording, raw)
  if (row.state === 'new') await change(ctx, row.id, { state: 'heard', heard_by_name: ctx.actor.name })
  return {}
}

export async function finishVoicemail(ctx: Ctx, input: { id: string }) {
  authorize(ctx, 'telephony.voicemail')
  const row = await oneRow(ctx, input.id)
  if (row.state === 'done') throw telephonyFail('mailDone', { params: { state: '处理完毕' } })
  await change(ctx, row.id, { state: 'done', done_by_name: ctx.actor.name })
  return viewOf(ctx)(await oneRow(ctx, row.id))
}

/** One message becomes one form; a second attempt is refused and names the first. */
export async function registerVoicemail(ctx: Ctx, input: Input<typeof contract.registerVoicemail>) {
  authorize(ctx, 'telephony.voicemail')
  const row = await oneRow(ctx, input.id)
  const taken = await db(ctx).updateTable('telephony_voicemail').set((eb) => ({ draft_id: input.draftId, state: 'done', done_by_name: ctx.actor.name, version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).where('draft_id', 'is', null).returning('id').executeTakeFirst()
  if (!taken) throw telephonyFail('mailDone', { params: { state: '转为登记' }, current: { draftId: row.draftId } })
  ctx.signal('telephony.voicemail')
  return viewOf(ctx)(await oneRow(ctx, row.id))
}

async function change(ctx: Ctx, id: string, values: object): Promise<void> {
  await db(ctx).updateTable('telephony_voicemail').set((eb) => ({ ...values, version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute()
  ctx.signal('telephony.voicemail')
}

