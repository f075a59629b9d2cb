// Reading what was said, and marking it. Who may hear a recording may read it.
import { userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { setting } from '../../platform/index.ts'
import { readRecording } from '../recordings/read-recordings.ts'
import { transcriptKeywords } from '../settings.ts'
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
    utterances: utterances.map((u) => ({ id: u.id, speaker: u.speaker === 'agent' ? ('agent' as const) : ('citizen' as const), startMs: Math.max(0, u.start_ms - row.offset_ms), endMs: Math.max(0, u.end_ms - row.offset_ms), text: u.text, confidence: u.confidence, hits: words.filter((word) => u.text.includes(word)) })),
    points: points.map((p) => ({ id: p.id, atMs: p.at_ms, text: p.text, byName: p.by_name, at: p.at, mine: p.by_id === ctx.actor.id })),
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
