// Recordings and messages as the exchange tells them; the sound itself is fetched by a job.
import type { Ctx } from '../../../kernel/ctx.ts'
import { newId } from '../../../kernel/runtime.ts'
import { notify } from '../../platform/index.ts'
import { at, changeCall, readCall, tell } from '../calls/call-rows.ts'
import type { Projections } from '../engine/project.ts'
import { uuidOrNull } from '../engine/store-events.ts'
import { fromExchange } from '../numbers.ts'
import { db, phoneColumns } from '../telephony.queries.ts'
import { recordingFailure } from '../lines/alarm-texts.zh-CN.ts'
import { fetchRecording } from './fetch-recording.ts'

export const recordingProjections: Projections = {
  async recordingStarted(ctx, event) {
    const d = event.data
    const id = uuidOrNull(d.recordingId)
    if (id === null || event.callId === null) return
    const agent = uuidOrNull(d.agent)
    await keep(ctx, event, id, { segment: d.segment, kind: d.kind, state: 'writing', agent_ids: agent ? [agent] : [] })
    if (d.kind === 'call') await changeCall(ctx, event, { recorded: true })
  },
  async recordingReady(ctx, event) {
    const d = event.data
    const id = uuidOrNull(d.recordingId)
    if (id === null || event.callId === null) return
    await keep(ctx, event, id, { segment: d.segment, kind: d.kind, state: 'spooled', ms: d.ms, size: d.bytes, sha256: d.sha256, offset_ms: d.offsetMs, agent_ids: d.agents.flatMap((a) => uuidOrNull(a) ?? []), ...(d.repaired ? { reason: '中断后修复' } : {}) })
    if (d.kind === 'voicemail') await keepMessage(ctx, event, id, d)
    ctx.enqueue(fetchRecording, { tenantId: ctx.tenantId, id }, { key: `telephony.recording:${id}` })
    tell(ctx, event.callId)
  },
  async recordingFailed(ctx, event) {
    const id = uuidOrNull(event.data.recordingId)
    if (id === null || event.callId === null) return
    await keep(ctx, event, id, { segment: 1, kind: event.data.kind, state: 'failed', reason: recordingFailure(event.data.reason) })
    await notify(ctx, { type: 'telephony.fault', to: { permission: 'telephony.lines' }, title: '录音失败，通话继续', text: recordingFailure(event.data.reason), link: '/telephony/recordings?state=failed', objectType: 'recording', objectId: id, level: 'P2' })
  },
}

async function keep(ctx: Ctx, event: { callId: string | null; at: number }, id: string, change: { segment: number; kind: string; state: string } & Record<string, unknown>): Promise<void> {
  const call = await readCall(ctx, event)
  if (event.callId === null) return
  const { segment: _segment, kind: _kind, ...later } = change
  await db(ctx).insertInto('telephony_recording').values({ tenant_id: ctx.tenantId, id, call_id: event.callId, call_at: call ? at(call.started_at) : at(event.at), created_at: at(event.at), ...change })
    .onConflict((c) => c.columns(['tenant_id', 'id']).doUpdateSet(later)).execute()
}

async function keepMessage(ctx: Ctx, event: { callId: string | null; at: number }, recordingId: string, d: { ms: number; box: string | null; number: string | null }): Promise<void> {
  if (event.callId === null) return
  const call = await readCall(ctx, event)
  const queueId = uuidOrNull(d.box)
  const queue = queueId === null ? undefined : await db(ctx).selectFrom('telephony_queue').select('name').where('tenant_id', '=', ctx.tenantId).where('id', '=', queueId).executeTakeFirst()
  const phone = d.number ? phoneColumns(ctx, fromExchange(d.number)) : null
  await db(ctx).insertInto('telephony_voicemail').values({
    tenant_id: ctx.tenantId, id: newId(), call_id: event.callId, queue_id: queueId, queue_name: queue?.name ?? null, at: at(event.at), phone_enc: phone?.phone_enc ?? call?.phone_enc ?? null, phone_hash: phone?.phone_hash ?? call?.phone_hash ?? null, phone_mask: phone?.phone_mask ?? call?.phone_mask ?? null, ms: d.ms, recording_id: recordingId, state: 'new',
  }).execute()
  ctx.signal('telephony.voicemail')
}
