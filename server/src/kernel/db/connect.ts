// Connections: one pool of the app role, timestamps as Instants, Kysely with the tenant guard.
import pg from 'pg'
import { Kysely, PostgresDialect, sql, type RawBuilder } from 'kysely'
import { type Instant, toIso } from '../time/index.ts'
import { joinMessages } from './joined-messages.ts'
import { prepareStatements } from './statement-names.ts'
import { TenantGuard } from './tenant-guard.ts'

const TIMESTAMPTZ = 1184
const BIGINT = 20
const NUMERIC = 1700
const DATE = 1082

// The session time zone is UTC, so PostgreSQL prints `2026-11-21 23:19:35.123+00`.
const toInstant = (text: string): Instant => Date.parse(`${text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')}`) as Instant

const parsers = new Map<number, (text: string) => unknown>([
  [TIMESTAMPTZ, toInstant],
  [BIGINT, Number],
  [NUMERIC, Number],
  [DATE, String],
])

const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => parsers.get(oid) ?? pg.types.getTypeParser(oid, format),
}

export type Pool = pg.Pool

/** `patient`: no limit of time, for migrations of large tables. `relaxed`: commits need not reach the disk before they are answered; for work that can be done again from its beginning. */
export function createPool(url: string, options: { max: number; name: string; onError?: (error: Error) => void; patient?: boolean; relaxed?: boolean }): Pool {
  const pool = new pg.Pool({
    connectionString: url,
    // Several statements may be under way on one connection: see joined-messages.ts.
    ...{ pipeline: true },
    max: options.max,
    application_name: options.name,
    types,
    idleTimeoutMillis: 60_000,
    // A rush waits its turn rather than being refused; a database that is down is refused at once all the same.
    connectionTimeoutMillis: 20_000,
    // Somewhat more than the database's own limits: for one that is frozen or cut off, and can no longer keep them.
    ...(options.patient ? {} : { query_timeout: 70_000 }),
    options: `-c timezone=UTC -c lock_timeout=10000 -c idle_in_transaction_session_timeout=120000${options.patient ? '' : ' -c statement_timeout=60000'}` + (options.relaxed ? ' -c synchronous_commit=off' : ''),
  })
  // An idle connection that dies (database restart) must not end the process; the next query gets a new one.
  pool.on('error', (error) => options.onError?.(error))
  // A checked-out client that dies reports to its query; without a listener the event itself would end the process.
  pool.on('connect', (client) => {
    client.on('error', () => undefined)
    prepareStatements(client)
    joinMessages(client)
  })
  return pool
}

/** Kysely over a pool or, with `max: 1` semantics, over one checked-out client. `guard` null switches the tenant check off (migrations, tools). */
export function createKysely<T>(pool: Pool, guard: TenantGuard | null): Kysely<T> {
  return new Kysely<T>({ dialect: new PostgresDialect({ pool }), plugins: guard ? [guard] : [] })
}

/** An Instant as an SQL expression: values and comparisons of `timestamptz` columns are written with it. */
export const ts = (instant: Instant): RawBuilder<Instant> => sql<Instant>`${toIso(instant)}::timestamptz`

/** JSON columns are written with it, so that arrays are not taken for PostgreSQL arrays. */
export const json = <T>(value: T): RawBuilder<T> => sql<T>`${JSON.stringify(value)}::jsonb`
