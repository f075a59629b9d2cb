// Searching recordings under the reader's scope; every listening leaves its entry.
import { sql, type Selectable } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { storage } from '../../../kernel/files/index.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { afterCursor, boundCount, nextPage, setting } from '../../platform/index.ts'
import { callsInScope, callTenants } from '../calls/call-scope.ts'
import { callViews, type CallRow } from '../calls/call-views.ts'
import { capacityWarning, recordingDays } from '../settings.ts'
import type { TelephonyTables } from '../tables.gen.ts'
import { telephonyFail } from '../telephony.errors.ts'
import { db, lastFourHash, phoneHash } from '../telephony.queries.ts'
import type { listRecordings as listRoute } from './recording-contract.ts'

export type RecordingRow = Selectable<TelephonyTables['telephony_recording']>
export const recordingStateNames: Record<string, string> = { writing: '录制中', spooled: '保存中', stored: '已保存', failed: '失败', deleted: '已清除' }
const actionNames: Record<string, string> = { play: '播放', download: '下载', delete: '清除' }
type Filter = Omit<Input<typeof listRoute>, 'cursor' | 'limit'>

function recordingsQuery(ctx: Ctx, f: Filter) {
  let q = db(ctx).selectFrom('telephony_recording as r').innerJoin('telephony_call as c', (j) => j.onRef('c.tenant_id', '=', 'r.tenant_id').onRef('c.id', '=', 'r.call_id').onRef('c.started_at', '=', 'r.call_at')).where('r.tenant_id', 'in', callTenants(ctx, 'telephony.recordings')).where(callsInScope(ctx, 'telephony.recordings'))
  if (f.agentId) q = q.where(sql<boolean>`c.agent_ids @> array[${f.agentId}]::uuid[]`)
  if (f.extension) q = q.where(sql<boolean>`exists (select 1 from telephony_session s where s.tenant_id = c.tenant_id and s.extension = ${f.extension} and s.user_id = any(c.agent_ids) and c.started_at >= s.signed_in_at and (s.signed_out_at is null or c.started_at < s.signed_out_at))`)
  if (f.from !== undefined) q = q.where('r.call_at', '>=', ts(f.from))
  if (f.to !== undefined) q = q.where('r.call_at', '<', ts(f.to))
  if (f.state?.length) q = q.where('r.state', 'in', f.state)
  if (f.kind) q = q.where('r.kind', '=', f.kind)
  if (f.direction) q = q.where('c.direction', '=', f.direction)
  if (f.task) q = q.where(sql<boolean>`exists (select 1 from telephony_dial_attempt a join telephony_dial_task d on d.tenant_id = a.tenant_id and d.id = a.task_id where a.tenant_id = c.tenant_id and a.call_id = c.id and strpos(d.title, ${f.task}) > 0)`)
  if (f.minSeconds !== undefined) q = q.where('r.ms', '>=', f.minSeconds * 1000)
  const text = f.q
  if (text) q = q.where((eb) => eb.or([eb('c.phone_hash', '=', phoneHash(ctx, text)), ...(/^\d{4}$/.test(text) ? [eb('c.last4_hash', '=', lastFourHash(ctx, text))] : []), sql<boolean>`c.id in (select l.call_id from telephony_order_call l join order_view o on o.tenant_id = l.tenant_id and o.id = l.order_id where l.tenant_id = c.tenant_id and o.number = ${text})`]))
  return q
}

export async function listRecordings(ctx: Ctx, input: Input<typeof listRoute>) {
  authorize(ctx, 'telephony.recordings')
  const query = recordingsQuery(ctx, input)
  const rows = await query.selectAll('r').where(afterCursor(input.cursor, 'r.call_at', 'r.id')).orderBy('r.call_at', 'desc').orderBy('r.id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (r) => r.call_at)
  return { items: await views(ctx, page.items), next: page.next, count: await boundCount(ctx, query) }
}

async function views(ctx: Ctx, rows: RecordingRow[]) {
  if (rows.length === 0) return []
  const callIds = [...new Set(rows.map((r) => r.call_id))]
  const tenants = [...new Set(rows.map((r) => r.tenant_id))]
  const [calls, names, accesses, loads] = await Promise.all([
    db(ctx).selectFrom('telephony_call').selectAll().where('tenant_id', 'in', tenants).where('id', 'in', callIds).execute(),
    db(ctx).selectFrom('telephony_agent').select(['user_id', 'user_name', 'extension']).where('tenant_id', 'in', tenants).execute(),
    db(ctx).selectFrom('telephony_recording_access').select(['recording_id', (eb) => eb.fn.countAll<number>().as('n')]).where('tenant_id', 'in', tenants).where('recording_id', 'in', rows.map((r) => r.id)).groupBy('recording_id').execute(),
    db(ctx).selectFrom('telephony_call as c').select('c.id').where('c.tenant_id', 'in', callTenants(ctx, 'telephony.download')).where('c.id', 'in', callIds).where(callsInScope(ctx, 'telephony.download')).execute(),
  ])
  const callView = new Map((await callViews(ctx, calls as CallRow[])).map((v) => [v.id, v]))
  const nameOf = new Map(names.map((n) => [n.user_id, n]))
  const mayLoad = new Set(loads.map((l) => l.id))
  return rows.map((r) => {
    const call = callView.get(r.call_id)
    const agents = (calls.find((c) => c.id === r.call_id)?.agent_ids ?? r.agent_ids).map((id) => nameOf.get(id))
    return {
      id: r.id, callId: r.call_id, at: r.call_at, kind: r.kind, state: r.state, stateName: recordingStateNames[r.state] ?? r.state, reason: r.reason, ms: r.ms, size: r.size, phone: call?.phone ?? null, direction: call?.direction ?? 'inbound', directionName: call?.directionName ?? '', agentNames: agents.flatMap((a) => a?.user_name ?? []), extension: agents[0]?.extension ?? null, queueName: call?.queueName ?? null,
      orders: call?.orders ?? [], mayPlay: r.state === 'stored', mayDownload: r.state === 'stored' && mayLoad.has(r.call_id), accessCount: Number(accesses.find((a) => a.recording_id === r.id)?.n ?? 0),
    }
  })
}

/** A recording in the actor's scope. 403 where he may hear but not download. */
export async function readRecording(ctx: Ctx, id: string, permission: 'telephony.recordings' | 'telephony.download'): Promise<RecordingRow> {
  authorize(ctx, permission)
  const row = await db(ctx).selectFrom('telephony_recording as r').innerJoin('telephony_call as c', (j) => j.onRef('c.tenant_id', '=', 'r.tenant_id').onRef('c.id', '=', 'r.call_id').onRef('c.started_at', '=', 'r.call_at')).selectAll('r').where('r.tenant_id', 'in', callTenants(ctx, permission)).where('r.id', '=', id).where(callsInScope(ctx, permission)).executeTakeFirst()
  if (!row) throw telephonyFail('recordingNotFound')
  return row
}

export async function showRecording(ctx: Ctx, input: { id: string }) {
  const row = await readRecording(ctx, input.id, 'telephony.recordings')
  const [view] = await views(ctx, [row])
  if (!view) throw telephonyFail('recordingNotFound')
  const accesses = await db(ctx).selectFrom('telephony_recording_access').select(['at', 'user_name as userName', 'action']).where('tenant_id', '=', row.tenant_id).where('recording_id', '=', row.id).orderBy('at', 'desc').orderBy('id', 'desc').limit(100).execute()
  return { ...view, peaks: row.peaks, offsetMs: row.offset_ms, accesses: accesses.map((a) => ({ ...a, actionName: actionNames[a.action] ?? a.action })) }
}

/** What lies where, and how much room is left; counted, not only kept. */
export async function recordingStorage(ctx: Ctx) {
  const [states, months, warningShare, retentionDays] = await Promise.all([
    sql<{ state: string; files: number; bytes: number }>`select state, count(*)::int as files, coalesce(sum(size) filter (where state = 'stored'), 0) as bytes from telephony_recording where tenant_id = ${ctx.tenantId} group by state order by state`.execute(ctx.db()),
    sql<{ month: string; files: number; bytes: number }>`select to_char(call_at at time zone 'Asia/Shanghai', 'YYYY-MM') as month, count(*)::int as files, coalesce(sum(size), 0) as bytes from telephony_recording where tenant_id = ${ctx.tenantId} and state = 'stored' group by 1 order by 1 desc limit 24`.execute(ctx.db()),
    setting(ctx, capacityWarning), setting(ctx, recordingDays),
  ])
  const disk = (await storage.port?.room()) ?? null
  return {
    files: states.rows.find((s) => s.state === 'stored')?.files ?? 0, bytes: Number(states.rows.find((s) => s.state === 'stored')?.bytes ?? 0), freeBytes: disk ? disk.free : null, usedShare: disk ? Math.round((1 - disk.free / disk.total) * 1000) / 10 : null, warningShare,
    states: states.rows.map(({ state, files }) => ({ state, stateName: recordingStateNames[state] ?? state, files })), months: months.rows.map((m) => ({ ...m, bytes: Number(m.bytes) })), retentionDays,
  }
}
