// A recording with passages silenced, for those who learn from it and must not hear names and numbers.
import { buffer } from 'node:stream/consumers'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { RawExchange } from '../../../kernel/http/route.ts'
import { parseRange } from '../../platform/index.ts'
import { db } from '../telephony.queries.ts'
import { telephonyFail } from '../telephony.errors.ts'
import { waveLayout } from './peaks.ts'
import { logPlay, soundOf } from './play-recording.ts'

/** A passage of a call, in milliseconds from its beginning. */
export type Passage = { fromMs: number; toMs: number }

/** Silence in A-law of 8 bits and in samples of 16. */
const silence = (bits: number): number => (bits === 8 ? 0xd5 : 0)

/** The same bytes with both channels silent in these passages of the sound. @throws telephony.recordingNotReady where it is no WAV that can be cut */
export function silenced(bytes: Buffer, passages: readonly Passage[]): Buffer {
  const layout = waveLayout(bytes)
  if (!layout) throw telephonyFail('recordingNotReady')
  const frame = (layout.channels * layout.bits) / 8
  const at = (ms: number): number => layout.start + Math.min(Math.max(0, Math.round((ms * layout.rate) / 1000) * frame), layout.length)
  for (const one of passages) bytes.fill(silence(layout.bits), at(one.fromMs), at(one.toMs))
  return bytes
}

/** Sends a recording of a call of the actor's tenant; who may hear it is the caller's matter. Each listening is logged. */
export async function playSilenced(ctx: Ctx, of: { recordingId: string; callId: string; passages: readonly Passage[] }, { request, reply }: RawExchange): Promise<void> {
  const row = await db(ctx).selectFrom('telephony_recording').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', of.recordingId).where('call_id', '=', of.callId).executeTakeFirst()
  if (!row) throw telephonyFail('recordingNotFound')
  const bytes = silenced(await buffer(await soundOf(ctx, row)), of.passages.map((one) => ({ fromMs: one.fromMs - row.offset_ms, toMs: one.toMs - row.offset_ms })))
  await logPlay(ctx, row)
  const range = parseRange(request.headers.range, bytes.length)
  void reply.headers({ 'content-type': 'audio/wav', 'accept-ranges': 'bytes', 'content-disposition': 'inline', 'content-security-policy': "default-src 'none'; media-src 'self'; sandbox" })
  if (range === 'unsatisfiable') {
    await reply.code(416).header('content-range', `bytes */${bytes.length}`).send('')
    return
  }
  const { start, end } = range ?? { start: 0, end: bytes.length - 1 }
  if (range) void reply.code(206).header('content-range', `bytes ${start}-${end}/${bytes.length}`)
  await reply.header('content-length', end - start + 1).send(bytes.subarray(start, end + 1))
}
