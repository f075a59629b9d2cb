// Makes contexts: one transaction per command, none per query; outbox, audit and jobs are written with the command.
import { createHash } from 'node:crypto'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Logger } from 'pino'
import { toIso, type Clock } from './time/index.ts'
import type { KeyRing } from './crypto/index.ts'
import type { Actor, AuditRecord, Ctx } from './ctx.ts'
import { atCommit } from './db/joined-messages.ts'
import type { DomainEvent } from './events/event.ts'
import { KeptRefusal } from './errors.ts'
import { forget } from './remembered.ts'

type AnyDb = Kysely<Record<string, never>>

export type Runtime = {
  db: AnyDb
  /** See `Ctx.apart`. */
  apart: AnyDb
  clock: Clock
  keys: KeyRing
  log: Logger
  /** Wakes the dispatcher; called after a commit that published events. */
  wake: () => void
  /** Hands a hint to open screens. */
  hint: (tenantId: string, topic: string, id?: string) => void
}

export type Origin = { actor: Actor; requestId: string; ip?: string | null; terminal?: string | null; module?: string }

type Pending = { writes: RawBuilder<unknown>[]; events: DomainEvent[]; audits: AuditRecord[]; jobs: { kind: string; payload: unknown; maxAttempts: number; runAt?: number; key?: string }[]; signals: { topic: string; id?: string; tenantId: string }[] }

// `publish` is made once for each command and shared by the contexts derived from its own: by it a nested run finds what is pending.
const pendingOf = new WeakMap<Ctx['publish'], Pending>()

function makeCtx(runtime: Runtime, origin: Origin, db: AnyDb, pending: Pending): Ctx {
  const tenantId = origin.actor.tenantId
  const ctx: Ctx = {
    actor: origin.actor,
    tenantId,
    clock: runtime.clock,
    keys: runtime.keys,
    log: runtime.log,
    requestId: origin.requestId,
    ip: origin.ip ?? null,
    terminal: origin.terminal ?? null,
    db: () => db as never, // each domain sees the connection through its own table types
    apart: () => runtime.apart as never,
    acrossTenants: () => db.withoutPlugins() as never,
    publish(event) {
      // `this` may be a context of another tenant made by inTenant.
      pending.events.push({ ...event, tenantId: event.tenantId ?? this.tenantId })
    },
    enqueue(kind, payload, options) {
      pending.jobs.push({ kind: kind.name, payload, maxAttempts: kind.maxAttempts, ...options })
    },
    atCommit: (write) => void pending.writes.push(write),
    audit: (record) => void pending.audits.push(record),
    signal(topic, id, tenant) {
      pending.signals.push({ topic, tenantId: tenant ?? this.tenantId, ...(id ? { id } : {}) })
    },
  }
  pendingOf.set(ctx.publish, pending)
  return ctx
}

const nothing = (): Pending => ({ writes: [], events: [], audits: [], jobs: [], signals: [] })

/** Runs a query: no transaction, nothing may be published. */
export async function runQuery<T>(runtime: Runtime, origin: Origin, fn: (ctx: Ctx) => Promise<T>): Promise<T> {
  const pending = nothing()
  const result = await fn(makeCtx(runtime, origin, runtime.db, pending))
  if (pending.events.length > 0 || pending.jobs.length > 0) throw new Error('a query published an event: describe the route with writes: true')
  for (const write of pending.writes) await write.execute(runtime.db)
  if (pending.audits.length > 0) await insertAudits(runtime, origin, pending.audits).execute(runtime.db)
  return result
}

const RETRY = new Set(['40P01', '40001'])

/** Runs a command in exactly one transaction; deadlocks and serialisation failures are tried again, three times in all. */
export async function runCommand<T>(runtime: Runtime, origin: Origin, fn: (ctx: Ctx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const pending = nothing()
    try {
      const result = await runtime.db.transaction().execute(async (tx) => {
        const value = await fn(makeCtx(runtime, origin, tx, pending)).catch((error: unknown) => {
          if (error instanceof KeptRefusal) return error
          throw error
        })
        await flush(runtime, origin, tx, pending)
        return value
      })
      forget(origin.actor.id)
      if (result instanceof KeptRefusal) throw result.error
      if (pending.events.length > 0) runtime.wake()
      for (const s of pending.signals) runtime.hint(s.tenantId, s.topic, s.id)
      return result
    } catch (error) {
      const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
      if (attempt >= 3 || !RETRY.has(code)) throw error
    }
  }
}

/** Runs `fn` under a savepoint of the same transaction: its failure undoes only itself, with what it published, enqueued and left for the commit. */
export async function runNested<T>(ctx: Ctx, fn: () => Promise<T>): Promise<T> {
  const db = ctx.acrossTenants('savepoint')
  const undo = mark(pendingOf.get(ctx.publish))
  await sql`savepoint nested`.execute(db)
  try {
    const value = await fn()
    await sql`release savepoint nested`.execute(db)
    return value
  } catch (error) {
    undo()
    await sql`rollback to savepoint nested`.execute(db)
    // Released too: an outer one of the same name must find itself on top again.
    await sql`release savepoint nested`.execute(db)
    throw error
  }
}

function mark(pending: Pending | undefined): () => void {
  const lists: unknown[][] = pending ? Object.values(pending) : []
  const lengths = lists.map((list) => list.length)
  return () => lists.forEach((list, i) => list.splice(lengths[i] ?? 0))
}

// What accompanies a command goes to the database in one statement: nearly every command has all three.
async function flush(runtime: Runtime, origin: Origin, tx: AnyDb, pending: Pending): Promise<void> {
  const { writes, events, audits, jobs } = pending
  for (const write of writes) await sql`${atCommit}${write}`.execute(tx)
  if (events.length === 0 && audits.length === 0 && jobs.length === 0) return
  const at = toIso(runtime.clock.now())
  await sql`${atCommit}with event as (
      insert into kernel_outbox (tenant_id, name, aggregate_id, payload, at)
      select tenant_id, name, aggregate_id, payload, ${at}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(events.map((e) => ({ tenant_id: e.tenantId, name: e.name, aggregate_id: e.aggregateId, payload: e.payload })))}::jsonb)
        as e(tenant_id uuid, name text, aggregate_id text, payload jsonb)
    ), audit as (${insertAudits(runtime, origin, audits)})
    select graphile_worker.add_job(j.kind, j.payload, run_at => j.run_at, max_attempts => j.max_attempts, job_key => j.key)
    from json_to_recordset(${JSON.stringify(jobs.map((j) => ({ kind: j.kind, payload: j.payload, run_at: j.runAt ? toIso(j.runAt as never) : null, max_attempts: j.maxAttempts, key: j.key ?? null })))}::json)
      as j(kind text, payload json, run_at timestamptz, max_attempts int, key text)`.execute(tx)
}

/** The hash covers everything a reader sees, so that a changed row is found by name. */
export function auditHash(row: Record<string, unknown>): Buffer {
  return createHash('sm3').update(JSON.stringify(Object.keys(row).toSorted().map((k) => [k, canonical(row[k] ?? null)]))).digest()
}

// jsonb keeps neither the order of keys nor undefined ones: the hash must not depend on them either.
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => canonical(item ?? null))
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value).filter(([, v]) => v !== undefined).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => [k, canonical(v)])
}

function insertAudits(runtime: Runtime, origin: Origin, audits: AuditRecord[]): RawBuilder<unknown> {
  const at = runtime.clock.now()
  const rows = audits.map((a) => {
    const row = {
      id: uuidv7(),
      at: toIso(at),
      tenant_id: a.tenantId ?? origin.actor.tenantId,
      kind: a.module === 'login' ? 'login' : (a.objectType ?? '').startsWith('key:') ? 'keyData' : a.act.startsWith('access:') ? 'access' : 'operation',
      actor_id: (a.actor ?? origin.actor).id,
      actor_name: (a.actor ?? origin.actor).name,
      role: origin.actor.roleNames ?? null,
      ip: origin.ip ?? null,
      terminal: origin.terminal ?? null,
      module: a.module,
      act: a.act,
      object_type: a.objectType ?? null,
      object_id: a.objectId ?? null,
      changes: a.changes ?? null,
      text: a.text ?? null,
      result: a.result ?? 'ok',
      request_id: origin.requestId,
    }
    return { ...row, row_hash: `\\x${auditHash(row).toString('hex')}` }
  })
  return sql`insert into kernel_audit (id, at, tenant_id, kind, actor_id, actor_name, role, ip, terminal, module, act, object_type, object_id, changes, text, result, request_id, row_hash)
    select id, at, tenant_id, kind, actor_id, actor_name, role, ip, terminal, module, act, object_type, object_id, changes, text, result, request_id, row_hash::bytea
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as a(id uuid, at timestamptz, tenant_id uuid, kind text, actor_id uuid, actor_name text, role text, ip text, terminal text,
      module text, act text, object_type text, object_id text, changes jsonb, text text, result text, request_id text, row_hash text)`
}

/** New time-ordered id for a row. */
export const newId = (): string => uuidv7()
