// Delivers the outbox in lanes: events are read in commit order; a batch is handled and its lane's cursor moved in one transaction.
import { sql } from 'kysely'
import { nobody, systemActor, type Ctx } from '../ctx.ts'
import { runCommand, runNested, type Runtime } from '../runtime.ts'
import { MINUTE, plus, toIso } from '../time/index.ts'
import type { EventHandler } from './event.ts'
import { createLookout, lane as laneName, laneNumber, WINDOW, type Position } from './lookout.ts'

type Row = { id: number; xid: string; tenant_id: string; name: string; aggregate_id: string; payload: unknown }

const NO_TENANT = '00000000-0000-0000-0000-000000000000'

export type Dispatcher = {
  /** Something was published: look soon. */
  wake(): void
  /** Delivers until nothing is left; for tests and shutdown. */
  drain(): Promise<void>
  start(): void
  stop(): Promise<void>
}

/**
 * Rows are read up to the oldest running transaction (xid < xmin), so that a slow transaction is never overtaken by the cursor.
 * A batch runs without savepoints; if anything in it fails it is undone and run again event by event. What fails then is set aside for
 * that consumer with back-off; later events of the same aggregate queue behind it, other aggregates and consumers go on.
 */
export function createDispatcher(runtime: Runtime, handlers: EventHandler[]): Dispatcher {
  const byEvent = Map.groupBy(handlers, (h) => h.event)
  let running: Promise<void> | null = null
  let again = false
  let timer: NodeJS.Timeout | null = null
  let stopped = true

  const origin = { actor: { ...nobody(NO_TENANT), name: '系统' }, requestId: 'dispatcher' }

  const lookout = createLookout(runtime.db.withoutPlugins())

  async function round(lane: number): Promise<Round | null> {
    try {
      return await deliver(runtime, origin, byEvent, lane, false)
    } catch (error) {
      runtime.log.warn({ err: error, lane }, 'a batch of events failed, repeating it event by event')
      return deliver(runtime, origin, byEvent, lane, true)
    }
  }

  /** Until nothing is left in it that may be read now; whether this process could read it at all. */
  async function empty(lane: number): Promise<boolean> {
    for (;;) {
      const end = await round(lane)
      if (end?.at) lookout.reached(lane, end.at)
      if (!end || end.looked < WINDOW) return end !== null
    }
  }

  async function loop(): Promise<void> {
    for (let moved = true; moved || again; ) {
      again = false
      const { lanes, more, retries } = await lookout.look(runtime.clock.now())
      const ends = await Promise.allSettled(lanes.map(empty))
      // A lane that fails does not keep the others.
      for (const end of ends) if (end.status === 'rejected') throw end.reason
      moved = more || ends.some((end) => end.status === 'fulfilled' && end.value)
      if (retries) while ((await retry(runtime, origin, handlers)) > 0) moved = true
    }
  }

  const run = (): Promise<void> => {
    running ??= loop()
      .catch((error: unknown) => {
        lookout.forget()
        throw error
      })
      .finally(() => (running = null))
    return running
  }

  const poke = (): void => {
    if (stopped) return
    again = true
    run().catch((error: unknown) => runtime.log.error({ err: error }, 'event delivery failed, will be tried again'))
  }

  return {
    wake: poke,
    async drain() {
      // The batch that is under way may have read before the last commit: run once more after it.
      if (running) await running.catch(() => undefined)
      await run()
    },
    start() {
      stopped = false
      timer = setInterval(poke, 1000)
      poke()
    },
    async stop() {
      stopped = true
      if (timer) clearInterval(timer)
      if (running) await running.catch(() => undefined)
    },
  }
}

type Origin = Parameters<typeof runCommand>[1]
type Handlers = Map<string, EventHandler[]>

/** How many events were looked at, those of other lanes included, and where the lane stands now. */
type Round = { looked: number; at: Position }

/** One batch of a lane; null: another process delivers it. */
async function deliver(runtime: Runtime, origin: Origin, byEvent: Handlers, lane: number, careful: boolean): Promise<Round | null> {
  return runCommand(runtime, origin, async (ctx) => {
    const db = ctx.acrossTenants('the stream of all tenants')
    // Whoever holds the cursor delivers this lane; other processes skip it.
    const cursor = (await sql<{ xid: string; id: number }>`select xid::text, id from kernel_outbox_cursor where consumer = ${laneName(lane)} for update skip locked`.execute(db)).rows[0]
    if (!cursor) return null
    // The cursor goes in as values: joined in, the planner walks the index from its beginning (18 million rows read for 14,000 events).
    const { rows: window } = await sql<Row & { mine: boolean }>`
      select o.id, o.xid::text, o.tenant_id, o.name, o.aggregate_id, o.payload, ${laneNumber} = ${lane} as mine from kernel_outbox o
      where (o.xid, o.id) > (${cursor.xid}::xid8, ${cursor.id}::bigint) and o.xid < pg_snapshot_xmin(pg_current_snapshot())
      order by o.xid, o.id limit ${WINDOW}`.execute(db)
    const last = window.at(-1)
    if (!last) return { looked: 0, at: cursor }
    const rows = window.filter((row) => row.mine)
    const blocked = await blockedPairs(ctx, rows)
    const together: Together = new Map()
    for (const row of rows) {
      for (const handler of byEvent.get(row.name) ?? []) {
        const pair = `${handler.consumer} ${row.aggregate_id}`
        if (blocked.has(pair)) await setAside(ctx, handler.consumer, row, '等待同一对象的前一事件')
        else if (!careful && handler.together) keep(together, handler, row)
        else if (!careful) await handle(ctx, handler, row)
        else {
          try {
            await runNested(ctx, () => handle(ctx, handler, row))
          } catch (error) {
            runtime.log.error({ err: error, consumer: handler.consumer, event: row.name, aggregate: row.aggregate_id }, 'event handler failed')
            blocked.add(pair)
            await setAside(ctx, handler.consumer, row, error instanceof Error ? error.message : String(error))
          }
        }
      }
    }
    for (const { handler, first, payloads } of together.values()) await handle(ctx, handler, first, payloads)
    ctx.atCommit(sql`update kernel_outbox_cursor set xid = ${last.xid}::xid8, id = ${last.id} where consumer = ${laneName(lane)}`)
    return { looked: window.length, at: last }
  })
}

async function blockedPairs(ctx: Ctx, rows: Row[]): Promise<Set<string>> {
  if (rows.length === 0) return new Set()
  const { rows: blocked } = await sql<{ consumer: string; aggregate_id: string }>`select distinct consumer, aggregate_id from kernel_outbox_retry
    where aggregate_id = any(${rows.map((r) => r.aggregate_id)})`.execute(ctx.acrossTenants('the stream of all tenants'))
  return new Set(blocked.map((b) => `${b.consumer} ${b.aggregate_id}`))
}

/** What a consumer takes together of a batch: one entry a tenant. */
type Together = Map<string, { handler: EventHandler; first: Row; payloads: unknown[] }>

function keep(together: Together, handler: EventHandler, row: Row): void {
  const key = `${handler.consumer} ${row.tenant_id}`
  const held = together.get(key)
  if (held) held.payloads.push(handler.parse(row.payload))
  else together.set(key, { handler, first: row, payloads: [handler.parse(row.payload)] })
}

const handle = (ctx: Ctx, handler: EventHandler, row: Row, payloads: unknown[] = [handler.parse(row.payload)]): Promise<void> =>
  handler.run({ ...ctx, tenantId: row.tenant_id, actor: systemActor(row.tenant_id), requestId: `event-${row.id}` }, payloads)

async function setAside(ctx: Ctx, consumer: string, row: Row, error: string): Promise<void> {
  await sql`insert into kernel_outbox_retry (consumer, event_id, aggregate_id, next_at, error)
    values (${consumer}, ${row.id}, ${row.aggregate_id}, ${toIso(plus(ctx.clock.now(), 5000))}, ${error.slice(0, 500)}) on conflict do nothing`.execute(ctx.acrossTenants('the stream of all tenants'))
}

/** Automatic attempts before an event is set aside for an administrator (some 90 minutes). */
const MOST_ATTEMPTS = 15

/** The oldest waiting event of an aggregate, one transaction each, back-off doubling up to ten minutes; what never succeeds is set aside (`infinity`). */
async function retry(runtime: Runtime, origin: Origin, handlers: EventHandler[]): Promise<number> {
  return runCommand(runtime, origin, async (ctx) => {
    const db = ctx.acrossTenants('the stream of all tenants')
    const now = ctx.clock.now()
    const { rows } = await sql<Row & { attempts: number; consumer: string }>`
      select o.id, o.xid::text, o.tenant_id, o.name, o.aggregate_id, o.payload, r.attempts, r.consumer from kernel_outbox_retry r join kernel_outbox o on o.id = r.event_id
      where r.next_at <= ${toIso(now)}
        and not exists (select 1 from kernel_outbox_retry e where e.consumer = r.consumer and e.aggregate_id = r.aggregate_id and e.event_id < r.event_id)
      order by r.event_id limit 1 for update of r skip locked`.execute(db)
    const row = rows[0]
    if (!row) return 0
    try {
      await runNested(ctx, async () => {
        for (const h of handlers) if (h.event === row.name && h.consumer === row.consumer) await handle(ctx, h, row)
      })
      await sql`delete from kernel_outbox_retry where consumer = ${row.consumer} and event_id = ${row.id}`.execute(db)
      await sql`update kernel_outbox_retry set next_at = ${toIso(now)} where consumer = ${row.consumer} and aggregate_id = ${row.aggregate_id}`.execute(db)
      return 1
    } catch (error) {
      const wait = Math.min(10 * MINUTE, 5000 * 2 ** row.attempts)
      runtime.log.error({ err: error, consumer: row.consumer, event: row.name, attempts: row.attempts }, 'event handler failed again')
      await sql`update kernel_outbox_retry set attempts = attempts + 1, next_at = ${row.attempts + 1 >= MOST_ATTEMPTS ? 'infinity' : toIso(plus(now, wait))}::timestamptz, error = ${error instanceof Error ? error.message.slice(0, 500) : ''}
        where consumer = ${row.consumer} and event_id = ${row.id}`.execute(db)
      return 0
    }
  })
}
