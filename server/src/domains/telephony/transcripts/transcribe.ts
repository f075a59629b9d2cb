// A stored recording becomes text, once; done again by hand it replaces what was there.
import { buffer } from 'node:stream/consumers'
import { z } from 'zod'
import { inTenant, type Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { defineJob } from '../../../kernel/jobs/job.ts'
import { soundOf } from '../recordings/play-recording.ts'
import { waveLayout } from '../recordings/peaks.ts'
import { db } from '../telephony.queries.ts'
import { utteranceRow } from './listen-live.ts'
import { hearRecording, recognise } from './recognise.ts'

export const transcribeRecording = defineJob<{ tenantId: string; id: string }>({
  name: 'telephony.transcribeRecording',
  schema: z.object({ tenantId: z.string(), id: z.string() }),
  maxAttempts: 5,
  async run(begin, { tenantId, id }) {
    const recogniser = recognise.all()[0]?.()
    if (!recogniser) return
    const found = await begin(async (ctx) => {
      const home = inTenant(ctx, tenantId)
      const row = await db(home).selectFrom('telephony_recording').selectAll().where('tenant_id', '=', tenantId).where('id', '=', id).where('state', '=', 'stored').executeTakeFirst()
      return row && { row, bytes: await buffer(await soundOf(home, row)) }
    })
    const layout = found && waveLayout(found.bytes)
    if (!found || !layout) return
    const heard = await hearRecording(recogniser, found.bytes.subarray(layout.start, layout.start + layout.length), layout.channels, found.row.offset_ms)
    await begin(async (ctx: Ctx) => {
      const home = inTenant(ctx, tenantId)
      await db(home).deleteFrom('telephony_utterance').where('tenant_id', '=', tenantId).where('recording_id', '=', id).execute()
      if (heard.length > 0)
        await db(home).insertInto('telephony_utterance').values(heard.map((one) => utteranceRow(tenantId, found.row.call_id, id, one, ts(home.clock.now())))).execute()
      home.signal('telephony.call', found.row.call_id)
    })
  },
})
