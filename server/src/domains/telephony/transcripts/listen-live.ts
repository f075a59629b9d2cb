// Running calls to the recogniser: the process that stores events opens the sound of each call that is talked, and keeps what is understood as it is said.
import { WebSocket } from 'ws'
import type { LiveState } from '../../../../../switch/src/engine-port.ts'
import { systemActor } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Logger } from '../../../kernel/log/index.ts'
import { newId, runCommand, type Runtime } from '../../../kernel/runtime.ts'
import type { ExchangePlace } from '../engine/place-of-exchange.ts'
import { db } from '../telephony.queries.ts'
import { sentenceHeard } from './ports.ts'
import { recognise, type Heard } from './recognise.ts'

type Needs = { runtime: Runtime; locate(): Promise<ExchangePlace | null>; log: Logger }
export type Listening = { follow(tenant: string, state: LiveState): void; mine(held: boolean): void; stop(): Promise<void> }

/** Speaker, milliseconds on the call's time line (u32, little endian), then s16le at 8 kHz. */
const HEAD = 5
const talked = new Set(['talking', 'held'])

export function listenLive({ runtime, locate, log }: Needs): Listening {
  const open = new Map<string, WebSocket | null>()
  let held = false
  let storing: Promise<void> = Promise.resolve()

  async function listen(tenant: string, callId: string): Promise<void> {
    const recogniser = recognise.all()[0]?.()
    const place = recogniser && (await locate().catch(() => null))
    if (!recogniser || !place || !held) return void open.delete(callId)
    const socket = new WebSocket(`${place.url}/tap?tenant=${encodeURIComponent(tenant)}&call=${encodeURIComponent(callId)}`, { headers: { authorization: `Bearer ${place.token}` } })
    open.set(callId, socket)
    const session = recogniser.open((heard) => {
      storing = storing.then(() => keep(tenant, callId, heard)).catch((error: unknown) => log.warn({ err: error, call: callId }, 'a sentence of a running call is not kept; the recording has it'))
    })
    socket.on('message', (data: Buffer) => {
      if (data.length <= HEAD) return
      // A copy on an even address: samples are two bytes each.
      const samples = new Int16Array(new Uint8Array(data.subarray(HEAD)).buffer)
      session.frame({ speaker: data.readUInt8(0) === 0 ? 'citizen' : 'agent', offsetMs: data.readUInt32LE(1), samples })
    })
    socket.on('error', (error) => log.debug({ err: error, call: callId }, 'the sound of a running call'))
    socket.on('close', () => {
      open.delete(callId)
      session.end().catch((error: unknown) => log.warn({ err: error, call: callId }, 'the recogniser did not end a call properly'))
    })
  }

  /** Under the segment that is being recorded; the text of the finished recording replaces it. */
  async function keep(tenant: string, callId: string, heard: Heard): Promise<void> {
    await runCommand(runtime, { actor: { ...systemActor(tenant), name: '语音识别' }, requestId: `transcript-${callId}`, module: 'telephony' }, async (ctx) => {
      const recording = await db(ctx).selectFrom('telephony_recording').select('id').where('tenant_id', '=', tenant).where('call_id', '=', callId).where('kind', '=', 'call').orderBy('created_at', 'desc').limit(1).executeTakeFirst()
      if (!recording) return
      const row = utteranceRow(tenant, callId, recording.id, heard, ts(ctx.clock.now()))
      await db(ctx).insertInto('telephony_utterance').values(row).execute()
      for (const tell of sentenceHeard.all()) await tell(ctx, { callId, sentenceId: row.id, speaker: row.speaker, startMs: row.start_ms, endMs: row.end_ms, text: row.text })
      ctx.signal('telephony.call', callId)
    })
  }

  return {
    follow(tenant, state) {
      if (!held || recognise.all().length === 0) return
      for (const call of state.calls) {
        if (!talked.has(call.state) || open.has(call.callId)) continue
        open.set(call.callId, null)
        void listen(tenant, call.callId)
      }
    },
    mine(now) {
      held = now
      if (!now) for (const socket of open.values()) socket?.close()
    },
    async stop() {
      held = false
      for (const socket of open.values()) socket?.terminate()
      await storing
    },
  }
}

/** One sentence as a row; texts of any recogniser are cut to what a row holds. */
export const utteranceRow = <At>(tenantId: string, callId: string, recordingId: string, one: Heard, at: At) => ({
  tenant_id: tenantId, id: newId(), call_id: callId, recording_id: recordingId, speaker: one.speaker, start_ms: Math.round(one.startMs), end_ms: Math.round(one.endMs), text: one.text.slice(0, 2000), confidence: Math.max(0, Math.min(1, one.confidence)), at,
})
