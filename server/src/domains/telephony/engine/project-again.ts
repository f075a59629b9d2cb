// Events whose projection failed: kept aside, and tried again in their order until they succeed. What follows on the same call waits behind them.
import { readEngineEvent, type EngineEvent } from '../../../../../switch/src/engine-port.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { runNested } from '../../../kernel/runtime.ts'
import { instant, MINUTE, plus } from '../../../kernel/time/index.ts'
import { db } from '../telephony.queries.ts'
import { project } from './project.ts'

/** A database that is away or in conflict is no fault of the event: everything stops and is told again. */
export function isPassing(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
  return code.startsWith('08') || code.startsWith('57') || code === '40001' || code === '40P01'
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Calls of which something is still to be projected; asked once for a burst. */
export async function waitingCalls(ctx: Ctx): Promise<Set<string>> {
  const rows = await db(ctx).selectFrom('telephony_unprojected').select('call_id').distinct().where('tenant_id', '=', ctx.tenantId).where('call_id', 'is not', null).execute()
  return new Set(rows.flatMap((row) => row.call_id ?? []))
}

export async function putAside(ctx: Ctx, event: EngineEvent, error: unknown): Promise<void> {
  const told = error === null ? '' : error instanceof Error ? error.message : String(error)
  await db(ctx).insertInto('telephony_unprojected').values({ tenant_id: ctx.tenantId, epoch: event.epoch, seq: event.seq, call_id: event.callId !== null && uuid.test(event.callId) ? event.callId : null, kind: event.kind, event: json(event as never), error: told.slice(0, 500), tries: error === null ? 0 : 1, next_at: ts(ctx.clock.now()) }).onConflict((c) => c.columns(['tenant_id', 'epoch', 'seq']).doNothing()).execute()
}

const AT_ONCE = 500
const LONGEST_MINUTES = 60

/** Each minute: what is due, in its order; a call stops at its first failure, which waits longer each time. */
export async function projectAgain(ctx: Ctx): Promise<void> {
  const now = ctx.clock.now()
  const rows = await db(ctx).selectFrom('telephony_unprojected').selectAll().where('tenant_id', '=', ctx.tenantId).orderBy('epoch').orderBy('seq').limit(AT_ONCE).forUpdate().skipLocked().execute()
  const stopped = new Set<string>()
  for (const row of rows) {
    const line = row.call_id ?? `${row.epoch}/${row.seq}`
    if (stopped.has(line)) continue
    if (row.next_at > now) {
      stopped.add(line)
      continue
    }
    const read = readEngineEvent(row.event)
    try {
      if (!('event' in read)) throw new Error(`unreadable: ${read.error}`)
      await runNested(ctx, () => project(ctx, read.event))
      await db(ctx).deleteFrom('telephony_unprojected').where('tenant_id', '=', ctx.tenantId).where('epoch', '=', row.epoch).where('seq', '=', row.seq).execute()
      ctx.log.info({ kind: row.kind, seq: row.seq, call: row.call_id, tries: row.tries }, 'an event of the exchange is projected after all')
    } catch (error) {
      if (isPassing(error)) throw error
      stopped.add(line)
      const wait = Math.min(LONGEST_MINUTES, 2 ** Math.min(row.tries, 6))
      await db(ctx).updateTable('telephony_unprojected').set({ tries: row.tries + 1, next_at: ts(plus(instant(now), wait * MINUTE)), error: (error instanceof Error ? error.message : String(error)).slice(0, 500) }).where('tenant_id', '=', ctx.tenantId).where('epoch', '=', row.epoch).where('seq', '=', row.seq).execute()
      ctx.log.error({ err: error, kind: row.kind, seq: row.seq, call: row.call_id, tries: row.tries + 1 }, 'an event of the exchange still cannot be projected')
    }
  }
}
