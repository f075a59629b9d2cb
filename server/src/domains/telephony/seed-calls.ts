// Calls that were talked, with text and a recording whose sound is made of tones: what a demonstration can show without a telephone.
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { Ctx } from '../../kernel/ctx.ts'
import { ts } from '../../kernel/db/connect.ts'
import { newId } from '../../kernel/runtime.ts'
import { plus, type Instant } from '../../kernel/time/index.ts'
import { putContent } from '../platform/index.ts'
import { peaksOf } from './recordings/peaks.ts'
import { keepSeal, newSeal, sealing } from './recordings/sealed-content.ts'
import { db, phoneColumns } from './telephony.queries.ts'
import { utteranceRow } from './transcripts/listen-live.ts'

/** `pauseMs`: silence before the sentence; below nothing the speakers overlap. */
export type SeedSentence = { speaker: 'agent' | 'citizen'; text: string; pauseMs?: number; perMinute?: number }
export type SeedCall = { agent: { id: string; name: string }; at: Instant; phone: string; queueName: string; orderId: string | null; rating: number | null; sentences: SeedSentence[] }

const RATE = 8000
const SILENCE = 0xd5

/** One call in the tenant of the context; the id of it. */
export async function seedCall(ctx: Ctx, call: SeedCall): Promise<string> {
  const id = newId()
  const recordingId = newId()
  let end = 1000
  const said = call.sentences.map((one) => {
    const startMs = Math.max(0, end + (one.pauseMs ?? 500))
    const endMs = startMs + Math.round(([...one.text].length * 60_000) / (one.perMinute ?? 230))
    end = Math.max(end, endMs)
    return { speaker: one.speaker, startMs, endMs, text: one.text, confidence: 0.94 }
  })
  const talkMs = end + 1000
  const answered = plus(call.at, 12_000)
  const ended = plus(answered, talkMs)
  await db(ctx).insertInto('telephony_call').values({
    tenant_id: ctx.tenantId, id, started_at: ts(call.at), direction: 'inbound', state: 'ended', ...phoneColumns(ctx, call.phone), called: '12345', queue_name: call.queueName, queued_at: ts(plus(call.at, 4000)), wait_ms: 8000, agent_id: call.agent.id, agent_name: call.agent.name, agent_ids: [call.agent.id],
    answered_at: ts(answered), ended_at: ts(ended), talk_ms: talkMs, end_cause: 'normal', hung_up_by: 'caller', rating: call.rating, order_id: call.orderId, recorded: true,
  }).execute()
  const bytes = wave(said, talkMs)
  const seal = newSeal()
  const stored = await putContent(Readable.from([bytes]).pipe(sealing(seal)))
  await db(ctx).insertInto('telephony_recording').values({
    tenant_id: ctx.tenantId, id: recordingId, call_id: id, call_at: ts(call.at), segment: 1, kind: 'call', state: 'stored', storage_key: stored.key, seal: keepSeal(ctx.keys, seal), offset_ms: 0, ms: talkMs, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), peaks: peaksOf(bytes.subarray(HEAD), 2), agent_ids: [call.agent.id], created_at: ts(answered),
  }).execute()
  await db(ctx).insertInto('telephony_utterance').values(said.map((one) => utteranceRow(ctx.tenantId, id, recordingId, one, ts(ended)))).execute()
  return id
}

const HEAD = 44

/** A-law, two channels: the caller left and lower, the agent right and higher; each sentence a tone that swells like speech. */
function wave(said: { speaker: string; startMs: number; endMs: number }[], ms: number): Buffer {
  const frames = Math.ceil((ms / 1000) * RATE)
  const bytes = Buffer.alloc(HEAD + frames * 2, SILENCE)
  bytes.write('RIFF', 0, 'latin1')
  bytes.writeUInt32LE(bytes.length - 8, 4)
  bytes.write('WAVEfmt ', 8, 'latin1')
  bytes.writeUInt32LE(16, 16)
  for (const [at, value] of [[20, 6], [22, 2], [32, 2], [34, 8]] as const) bytes.writeUInt16LE(value, at)
  bytes.writeUInt32LE(RATE, 24)
  bytes.writeUInt32LE(RATE * 2, 28)
  bytes.write('data', 36, 'latin1')
  bytes.writeUInt32LE(frames * 2, 40)
  for (const one of said) {
    const [channel, hertz] = one.speaker === 'agent' ? [1, 330] : [0, 220]
    for (let i = Math.floor((one.startMs / 1000) * RATE); i < Math.min(frames, Math.floor((one.endMs / 1000) * RATE)); i++) {
      const swell = 0.35 + 0.65 * Math.abs(Math.sin((i / RATE) * Math.PI * 3.7))
      bytes[HEAD + i * 2 + channel] = alaw(Math.round(9000 * swell * Math.sin((2 * Math.PI * hertz * i) / RATE)))
    }
  }
  return bytes
}

/** ITU-T G.711. */
function alaw(sample: number): number {
  const sign = sample >= 0 ? 0x80 : 0
  const magnitude = Math.min(32_635, Math.abs(sample))
  const exponent = magnitude < 256 ? 0 : Math.min(7, Math.floor(Math.log2(magnitude)) - 7)
  const mantissa = exponent === 0 ? magnitude >> 4 : (magnitude >> (exponent + 3)) & 0x0f
  return (sign | (exponent << 4) | mantissa) ^ 0x55
}
