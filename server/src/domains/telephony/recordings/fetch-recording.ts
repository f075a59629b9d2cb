// Brings a finished recording home: fetched from the exchange, checked, encrypted, drawn, entered; only then may the exchange forget it.
import { createHash, randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { z } from 'zod'
import type { Ctx } from '../../../kernel/ctx.ts'
import { inTenant } from '../../../kernel/ctx.ts'
import { defineJob } from '../../../kernel/jobs/job.ts'
import { putContent } from '../../platform/index.ts'
import { tell } from '../calls/call-rows.ts'
import { exchange } from '../engine/exchange.ts'
import { db } from '../telephony.queries.ts'
import { recognise } from '../transcripts/recognise.ts'
import { transcribeRecording } from '../transcripts/transcribe.ts'
import { peaksOf, waveLayout } from './peaks.ts'
import { keepSeal, newSeal, sealing } from './sealed-content.ts'

export const fetchRecording = defineJob<{ tenantId: string; id: string }>({
  name: 'telephony.fetchRecording',
  schema: z.object({ tenantId: z.string(), id: z.string() }),
  maxAttempts: 40,
  async run(begin, { tenantId, id }, { attempt, maxAttempts }) {
    const row = await begin((ctx) => recordingRow(inTenant(ctx, tenantId), id))
    if (row?.state !== 'spooled') return
    const port = exchange.port
    if (!port?.connected()) throw new Error('the exchange is not connected; fetched later')
    try {
      const bytes = await buffer(Readable.fromWeb(await port.recording(id) as never))
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      if (sha256 !== row.sha256) throw new Error(`recording ${id} arrived changed`)
      const layout = waveLayout(bytes)
      const seal = newSeal()
      const stored = await putContent(Readable.from([bytes]).pipe(sealing(seal)))
      await begin(async (ctx) => {
        const home = inTenant(ctx, tenantId)
        await db(home).updateTable('telephony_recording').set({ state: 'stored', storage_key: stored.key, seal: keepSeal(ctx.keys, seal), size: bytes.length, peaks: layout ? peaksOf(bytes.subarray(layout.start, layout.start + layout.length), layout.channels) : null }).where('tenant_id', '=', tenantId).where('id', '=', id).execute()
        tell(home, row.call_id)
        if (recognise.all().length > 0) home.enqueue(transcribeRecording, { tenantId, id })
      })
      await port.command({ commandId: randomUUID(), tenant: tenantId, callId: row.call_id, act: { kind: 'forgetRecording', recordingId: id } }).catch(() => undefined)
    } catch (error) {
      if (attempt >= maxAttempts) await begin((ctx) => fail(inTenant(ctx, tenantId), id, error instanceof Error ? error.message : String(error)))
      throw error
    }
  },
})

const recordingRow = (ctx: Ctx, id: string) => db(ctx).selectFrom('telephony_recording').select(['state', 'sha256', 'call_id']).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).executeTakeFirst()

async function fail(ctx: Ctx, id: string, reason: string): Promise<void> {
  await db(ctx).updateTable('telephony_recording').set({ state: 'failed', reason: reason.slice(0, 300) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute()
}
