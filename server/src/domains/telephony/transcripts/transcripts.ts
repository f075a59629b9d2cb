// Reading what was said, and marking it. Who may hear a recording may read it.
import type { Selectable } from 'kysely'
import { authorize, userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { setting } from '../../platform/index.ts'
import { deskCall } from '../desk/pop-up.ts'
import { readRecording } from '../recordings/read-recordings.ts'
import { transcriptKeywords } from '../settings.ts'
import type { TelephonyTables } from '../tables.gen.ts'
import { telephonyFail } from '../telephony.errors.ts'
import { db } from '../telephony.queries.ts'
import { recognise } from './recognise.ts'
import { transcribeRecording } from './transcribe.ts'
import type * as contract from './transcript-contract.ts'

export async function showTranscript(ctx: Ctx, input: { id: string }) {
  const row = await readRecording(ctx, input.id, 'telephony.recordings')
  const words = await setting(ctx, transcriptKeywords)
  const [utterances, points] = await Promise.all([
    db(ctx).selectFrom('telephony_utterance').selectAll().where('tenant_id', '=', row.tenant_id).where('recording_id', '=', row.id).orderBy('start_ms').orderBy('id').limit(2000).execute(),
    db(ctx).selectFrom('telephony_key_point').selectAll().where('tenant_id', '=', row.tenant_id).where('recording_id', '=', row.id).orderBy('at_ms').limit(200).execute(),
  ])
  return {
    recognition: recognise.all().length > 0,
    utterances: utterances.map((u) => sentence(u, row.offset_ms, words)),
    points: points.map((p) => mark(ctx, p, 0)),
  }
}

type Utterance = Selectable<TelephonyTables['telephony_utterance']>
const sentence = (u: Utterance, offset: number, words: string[]) => ({ id: u.id, speaker: u.speaker === 'agent' ? ('agent' as const) : ('citizen' as const), startMs: Math.max(0, u.start_ms - offset), endMs: Math.max(0, u.end_ms - offset), text: u.text, confidence: u.confidence, hits: words.filter((word) => u.text.includes(word)) })
const mark = (ctx: Ctx, p: Selectable<TelephonyTables['telephony_key_point']>, offset: number) => ({ id: p.id, atMs: p.at_ms + offset, text: p.text, byName: p.by_name, at: p.at, mine: p.by_id === ctx.actor.id })

/** For who has or had the call at his desk: everything that was said in it, by whomever it was passed on. */
export async function callTranscript(ctx: Ctx, input: { id: string }) {
  authorize(ctx, 'telephony.desk')
  const call = await deskCall(ctx, input.id)
  const of = { tenant: call.tenant_id, call: call.id }
  const [words, recordings, utterances, points] = await Promise.all([
    setting(ctx, transcriptKeywords),
    db(ctx).selectFrom('telephony_recording').select(['id', 'offset_ms', 'ms', 'state', 'created_at']).where('tenant_id', '=', of.tenant).where('call_id', '=', of.call).where('kind', '=', 'call').orderBy('created_at').limit(50).execute(),
    db(ctx).selectFrom('telephony_utterance').selectAll().where('tenant_id', '=', of.tenant).where('call_id', '=', of.call).orderBy('start_ms').orderBy('id').limit(2000).execute(),
    db(ctx).selectFrom('telephony_key_point').selectAll().where('tenant_id', '=', of.tenant).where('call_id', '=', of.call).orderBy('at').limit(200).execute(),
  ])
  // The exchange tells where a segment begins when it is finished; until then it began when it was told.
  const offsets = new Map(recordings.map((r) => [r.id, r.state === 'writing' ? Math.max(0, r.created_at - call.started_at) : r.offset_ms]))
  return {
    recognition: recognise.all().length > 0, ended: call.ended_at !== null, startedAt: call.started_at, utterances: utterances.map((u) => sentence(u, 0, words)), points: points.map((p) => mark(ctx, p, offsets.get(p.recording_id) ?? 0)).toSorted((a, b) => a.atMs - b.atMs),
    recordings: recordings.map((r) => ({ id: r.id, offsetMs: offsets.get(r.id) ?? 0, ms: r.ms, stored: r.state === 'stored' })),
  }
}

/** @throws telephony.noRecognition (409), recordingNotReady (409) */
export async function transcribe(ctx: Ctx, input: { id: string }) {
  const row = await readRecording(ctx, input.id, 'telephony.recordings')
  if (recognise.all().length === 0) throw telephonyFail('noRecognition')
  if (row.state !== 'stored') throw telephonyFail('recordingNotReady')
  ctx.enqueue(transcribeRecording, { tenantId: row.tenant_id, id: row.id })
  return {}
}

export async function addKeyPoint(ctx: Ctx, input: Input<typeof contract.addKeyPoint>) {
  const row = await readRecording(ctx, input.id, 'telephony.recordings')
  const point = { id: newId(), atMs: input.atMs, text: input.text, byName: ctx.actor.name, at: ctx.clock.now(), mine: true }
  await db(ctx).insertInto('telephony_key_point').values({ tenant_id: row.tenant_id, id: point.id, recording_id: row.id, call_id: row.call_id, at_ms: point.atMs, text: point.text, by_id: userId(ctx), by_name: point.byName, at: ts(point.at) }).execute()
  return point
}

/** Own marks only. */
export async function dropKeyPoint(ctx: Ctx, input: { id: string; pointId: string }) {
  const row = await readRecording(ctx, input.id, 'telephony.recordings')
  const gone = await db(ctx).deleteFrom('telephony_key_point').where('tenant_id', '=', row.tenant_id).where('recording_id', '=', row.id).where('id', '=', input.pointId).where('by_id', '=', userId(ctx)).returning('id').executeTakeFirst()
  if (!gone) throw telephonyFail('notFound')
  return {}
}
