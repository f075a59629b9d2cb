// Events into the database: the key (epoch, seq) and what follows from the event in one transaction, so that telling one twice changes nothing.
import { sql } from 'kysely'
import { readEngineEvent, type EngineEvent } from '../../../../../switch/src/engine-port.ts'
import { systemActor, type Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { runCommand, runNested, type Runtime } from '../../../kernel/runtime.ts'
import { instant } from '../../../kernel/time/index.ts'
import { db } from '../telephony.queries.ts'
import type { Position } from './engine-client.ts'
import { isPassing, putAside, waitingCalls } from './project-again.ts'
import { project } from './project.ts'

/** Rows of a burst that share one transaction. */
const TOGETHER = 50

export async function readPosition(ctx: Ctx, exchangeName: string): Promise<Position | null> {
  const { rows } = await sql<Position>`select epoch, seq from telephony_position where exchange = ${exchangeName}`.execute(ctx.acrossTenants('one position per exchange'))
  return rows[0] ?? null
}

/** Stores a batch in its order; returns the last position that is safe. Throws where the database cannot be reached. */
export async function storeEvents(runtime: Runtime, exchangeName: string, batch: unknown[]): Promise<Position | null> {
  let last: Position | null = null
  const events: EngineEvent[] = []
  for (const raw of batch) {
    const read = readEngineEvent(raw)
    if ('event' in read) events.push(read.event)
    else runtime.log.error({ error: read.error, detail: read.detail }, 'an event of the exchange cannot be read and is passed over')
    const key = (raw ?? {}) as { epoch?: unknown; seq?: unknown }
    if (typeof key.epoch === 'string' && typeof key.seq === 'number') last = { epoch: key.epoch, seq: key.seq }
  }
  for (const group of grouped(events)) await storeGroup(runtime, group)
  if (last) await keepPosition(runtime, exchangeName, last)
  return last
}

function grouped(events: EngineEvent[]): EngineEvent[][] {
  const groups: EngineEvent[][] = []
  for (const event of events) {
    const group = groups.at(-1)
    if (group && group[0]?.tenant === event.tenant && group.length < TOGETHER) group.push(event)
    else groups.push([event])
  }
  return groups
}

async function storeGroup(runtime: Runtime, group: EngineEvent[]): Promise<void> {
  const tenantId = group[0]?.tenant ?? ''
  if (!/^[0-9a-f-]{36}$/.test(tenantId)) return runtime.log.error({ tenant: tenantId }, 'events of an unknown tenant are passed over')
  await runCommand(runtime, { actor: { ...systemActor(tenantId), name: '话务引擎' }, requestId: `exchange-${group[0]?.seq ?? 0}`, module: 'telephony' }, async (ctx) => {
    const waiting = await waitingCalls(ctx)
    for (const event of group) if (await isNew(ctx, event)) await projectSafely(ctx, event, waiting)
  })
}

async function isNew(ctx: Ctx, event: EngineEvent): Promise<boolean> {
  const made = await db(ctx).insertInto('telephony_event').values({ tenant_id: ctx.tenantId, epoch: event.epoch, seq: event.seq, at: ts(instant(event.at)), call_id: uuidOrNull(event.callId), kind: event.kind, data: json(event.data as never) }).onConflict((c) => c.columns(['tenant_id', 'epoch', 'seq', 'at']).doNothing()).returning('seq').executeTakeFirst()
  return made !== undefined
}

/** An event whose projection fails is put aside with what follows on its call, and tried again; the line behind it must not stop. A database that is away stops everything. */
async function projectSafely(ctx: Ctx, event: EngineEvent, waiting: Set<string>): Promise<void> {
  if (event.callId !== null && waiting.has(event.callId)) return putAside(ctx, event, null)
  try {
    await runNested(ctx, () => project(ctx, event))
  } catch (error) {
    if (isPassing(error)) throw error
    await putAside(ctx, event, error)
    if (event.callId !== null) waiting.add(event.callId)
    ctx.log.error({ err: error, kind: event.kind, seq: event.seq, call: event.callId }, 'an event of the exchange is stored but not projected; tried again')
  }
}

export const uuidOrNull = (id: string | null): string | null => (id !== null && /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(id) ? id : null)


async function keepPosition(runtime: Runtime, exchangeName: string, last: Position): Promise<void> {
  await sql`insert into telephony_position (exchange, epoch, seq, at) values (${exchangeName}, ${last.epoch}, ${last.seq}, now())
    on conflict (exchange) do update set epoch = excluded.epoch, seq = excluded.seq, at = excluded.at`.execute(runtime.db.withoutPlugins())
}
