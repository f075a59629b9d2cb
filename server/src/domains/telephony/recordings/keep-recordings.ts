// Retention: what is older than it must be goes, with an entry that says so.
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { storage } from '../../../kernel/files/index.ts'
import { newId } from '../../../kernel/runtime.ts'
import { DAY, MINUTE, plus } from '../../../kernel/time/index.ts'
import { setting } from '../../platform/index.ts'
import { recordingDays } from '../settings.ts'
import { db } from '../telephony.queries.ts'
import { fetchRecording } from './fetch-recording.ts'

/** Hourly, some hundred at a time. */
export async function dropOldRecordings(ctx: Ctx): Promise<void> {
  const before = plus(ctx.clock.now(), -(await setting(ctx, recordingDays)) * DAY)
  const rows = await db(ctx).selectFrom('telephony_recording').select(['id', 'call_id', 'storage_key']).where('tenant_id', '=', ctx.tenantId).where('state', '=', 'stored').where('call_at', '<', ts(before)).orderBy('call_at').limit(300).forUpdate().skipLocked().execute()
  for (const row of rows) {
    await db(ctx).updateTable('telephony_recording').set({ state: 'deleted', deleted_at: ts(ctx.clock.now()), storage_key: null, seal: null, peaks: null }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
    await db(ctx).insertInto('telephony_recording_access').values({ tenant_id: ctx.tenantId, id: newId(), recording_id: row.id, call_id: row.call_id, at: ts(ctx.clock.now()), user_id: null, user_name: '系统', action: 'delete', mark: '超过保存期限' }).execute()
    await db(ctx).deleteFrom('telephony_utterance').where('tenant_id', '=', ctx.tenantId).where('recording_id', '=', row.id).execute()
    // Without its key the content is unreadable at once; the file follows.
    if (row.storage_key) await storage.port?.remove(row.storage_key)
  }
}

/** What a job gave up or never saw (server down for long) is asked for again. */
export async function fetchLeftRecordings(ctx: Ctx): Promise<void> {
  const rows = await db(ctx).selectFrom('telephony_recording').select('id').where('tenant_id', '=', ctx.tenantId).where('state', '=', 'spooled').where('created_at', '<', ts(plus(ctx.clock.now(), -5 * MINUTE))).limit(200).execute()
  for (const row of rows) ctx.enqueue(fetchRecording, { tenantId: ctx.tenantId, id: row.id }, { key: `telephony.recording:${row.id}` })
}
