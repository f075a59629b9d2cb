// Which months of registration stand in files, and how they get there. A month's rows change late and rarely: then it is marked in the
// transaction of the change, counted from PostgreSQL, and written again when it has been quiet for a while.
import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { once } from 'node:events'
import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import { inTenant, type Ctx } from '../../../kernel/ctx.ts'
import { defineJob } from '../../../kernel/jobs/job.ts'
import { localDate, MINUTE, plus, startOfDay, toIso, type Instant } from '../../../kernel/time/index.ts'
import { setting, tenantById } from '../../platform/index.ts'
import { factOf } from '../fact-catalogue.ts'
import { keptOf } from '../kept/state.ts'
import { historyAfter, historyFrom } from '../settings.ts'
import { filed, fileOf, shapes, type Filed } from './columns.ts'
import { askDuck, duckInstalled } from './duck.ts'
import { history, pathOf } from './folder.ts'

export type Month = { month: string; startsAt: Instant; endsAt: Instant; file: string }
const QUIET = 10 * MINUTE
const STEP = 20_000

const held = (ctx: Ctx) => ctx.acrossTenants('the tenant is named')

type Written = { month: string; file: string }
/** All files of the month, those of facts that were added later too. */
const isHere = async (file: string): Promise<boolean> => (await Promise.all(filed.map((fact) => stat(pathOf(fileOf(file, fact))).then(() => true, () => false)))).every(Boolean)

/** Files that were taken away, or that a restored backup does not have: their months are written anew. */
async function markLost(ctx: Ctx): Promise<void> {
  const { rows } = await sql<Written>`select month::text as month, file from data_history_month where tenant_id = ${ctx.tenantId} and file is not null and written_changes = changes`.execute(held(ctx))
  const here = await Promise.all(rows.map((m) => isHere(m.file)))
  const lost = rows.filter((_, i) => !here[i]).map((m) => m.month)
  if (lost.length === 0) return
  ctx.log.warn({ months: lost }, 'files of history are gone and will be written anew')
  await sql`update data_history_month set written_changes = null where tenant_id = ${ctx.tenantId} and month in (${sql.join(lost.map((month) => sql`${month}::date`))})`.execute(held(ctx))
}

/** Months whose file holds what their rows are; a file that is not on this machine counts as none. */
export async function cleanMonths(ctx: Ctx): Promise<Month[]> {
  const { rows } = await sql<Month>`select month::text as month, starts_at as "startsAt", ends_at as "endsAt", file from data_history_month where tenant_id = ${ctx.tenantId} and file is not null and written_changes = changes order by month`.execute(held(ctx))
  const here = await Promise.all(rows.map((m) => isHere(m.file)))
  return rows.filter((_, i) => here[i])
}

/** What an administrator sees of the files. */
export async function historyState(ctx: Ctx) {
  const { rows: parts } = await sql<{ fact: string; rows: number }>`select p.key as fact, sum(p.value::int)::float8 as rows from data_history_month m, jsonb_each_text(m.parts) p where m.tenant_id = ${ctx.tenantId} and m.written_changes = m.changes group by p.key`.execute(held(ctx))
  const { rows } = await sql<{ months: number; written: number; rows: number; writtenAt: Instant | null }>`select count(*)::int as months, count(*) filter (where written_changes = changes)::int as written, coalesce(sum(rows) filter (where written_changes = changes), 0)::float8 as rows, max(written_at) as "writtenAt"
    from data_history_month where tenant_id = ${ctx.tenantId}`.execute(held(ctx))
  return { facts: filed.filter((fact) => fact !== 'order').map((fact) => ({ label: factOf(fact)?.label ?? fact, rows: parts.find((p) => p.fact === fact)?.rows ?? 0 })), installed: duckInstalled(), from: await setting(ctx, historyFrom), months: 0, written: 0, rows: 0, writtenAt: null, ...rows[0] }
}

/** Before rows of these orders are taken away and after they are there anew: the months they lie in are no longer what their files say. */
export async function markMonths(ctx: Ctx, tenantId: string, orders: RawBuilder<unknown>): Promise<void> {
  await sql`update data_history_month m set changes = changes + 1, changed_at = ${toIso(ctx.clock.now())}
    where m.tenant_id = ${tenantId} and exists (select 1 from data_order_fact o where o.tenant_id = ${tenantId} and ${orders} and o.registered_at >= m.starts_at and o.registered_at < m.ends_at)`.execute(held(ctx))
}

/** The sums and their rows are made anew: no file is of them. */
export const forgetMonths = async (ctx: Ctx, tenantId: string): Promise<void> => void (await sql`delete from data_history_month where tenant_id = ${tenantId}`.execute(held(ctx)))

/** `n` months before the month of a day, as its first day. */
const monthBefore = (day: string, n: number): string => {
  const [year = 0, month = 1] = day.split('-').map(Number)
  const at = year * 12 + month - 1 - n
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}-01`
}

/** Each minute: past months that have no file yet or have it no more, or changed and have been quiet since, are written. */
export async function keepHistory(ctx: Ctx): Promise<void> {
  const [from, after] = [await setting(ctx, historyFrom), await setting(ctx, historyAfter)]
  const kept = from === 0 || !duckInstalled() ? null : await keptOf(ctx, ctx.tenantId)
  if (!kept || kept.building || kept.series === 0 || kept.orders < from) return
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const now = ctx.clock.now()
  const last = monthBefore(localDate(now, timeZone), after)
  const { rows } = await sql<{ first: Instant | null }>`select min(registered_at) as first from data_order_fact where tenant_id = ${ctx.tenantId}`.execute(held(ctx))
  const first = rows[0]?.first
  if (first === null || first === undefined) return
  const months: { month: string; starts: string; ends: string }[] = []
  for (let month = monthBefore(localDate(first, timeZone), 0); month < last; month = monthBefore(month, -1)) months.push({ month, starts: toIso(startOfDay(month, timeZone)), ends: toIso(startOfDay(monthBefore(month, -1), timeZone)) })
  if (months.length === 0) return
  await sql`insert into data_history_month (tenant_id, month, starts_at, ends_at, changed_at) select ${ctx.tenantId}, month, starts, ends, ${toIso(plus(now, -QUIET))}
    from jsonb_to_recordset(${JSON.stringify(months)}::jsonb) as m(month date, starts timestamptz, ends timestamptz) on conflict do nothing`.execute(held(ctx))
  await markLost(ctx)
  const { rows: due } = await sql`select 1 from data_history_month where tenant_id = ${ctx.tenantId} and written_changes is distinct from changes and changed_at <= ${toIso(plus(now, -QUIET))}::timestamptz limit 1`.execute(held(ctx))
  if (due.length > 0) ctx.enqueue(writeHistory, { tenantId: ctx.tenantId }, { key: `data.writeHistory:${ctx.tenantId}` })
}

export const writeHistory = defineJob({
  name: 'data.writeHistory',
  schema: z.object({ tenantId: z.string() }),
  maxAttempts: 3,
  async run(begin, { tenantId }) {
    for (;;) {
      const old = await begin((ctx) => writeMonth(inTenant(ctx, tenantId), tenantId))
      if (old === null) return
      if (old !== '') await Promise.all(filed.map((fact) => rm(pathOf(fileOf(old, fact)), { force: true })))
    }
  },
})

/** Writes one month that waits; the name of the file it replaces ('' for none), or null when none waits. Rows that change meanwhile leave the month marked. */
export async function writeMonth(ctx: Ctx, tenantId: string): Promise<string | null> {
  const db = held(ctx)
  const { rows } = await sql<{ month: string; starts: string; ends: string; changes: string; file: string | null }>`select month::text as month, starts_at::text as starts, ends_at::text as ends, changes::text as changes, file from data_history_month
    where tenant_id = ${tenantId} and written_changes is distinct from changes and changed_at <= ${toIso(plus(ctx.clock.now(), -QUIET))}::timestamptz order by month limit 1`.execute(db)
  const month = rows[0]
  if (!month) return null
  const name = `${tenantId}-${month.month.slice(0, 7)}-${month.changes}-${ctx.clock.now()}`
  const file = `${name}.parquet`
  await mkdir(history.folder, { recursive: true, mode: 0o700 })
  const counts: Partial<Record<Filed, number>> = {}
  for (const fact of filed) {
    const [lines, made] = [pathOf(`${name}-${fact}.json`), pathOf(fileOf(file, fact))]
    try {
      counts[fact] = await writeLines(ctx, tenantId, fact, month, lines)
      await askDuck(history.folder, { kind: 'write', fact, from: lines, to: `${made}.part` })
      await rename(`${made}.part`, made)
    } finally {
      await rm(lines, { force: true })
      await rm(`${made}.part`, { force: true })
    }
  }
  const { order = 0, ...parts } = counts
  await sql`update data_history_month set file = ${file}, rows = ${order}, parts = ${JSON.stringify(parts)}::jsonb, written_changes = ${month.changes}::bigint, written_at = ${toIso(ctx.clock.now())} where tenant_id = ${tenantId} and month = ${month.month}::date`.execute(db)
  return month.file ?? ''
}

const sources = { assignment: 'orders_pub_assignment_view', clock: 'orders_pub_clock_view', callback: 'callback_pub_result_view' } as const

/** Rows of the month as they are now, a line each, through a cursor: memory stays flat. */
async function writeLines(ctx: Ctx, tenantId: string, fact: Filed, month: { starts: string; ends: string }, path: string): Promise<number> {
  const db = held(ctx)
  const alias = fact === 'order' ? 'o' : 'f'
  const names = sql.join(Object.keys(shapes[fact]).map((name) => sql.ref(`${alias}.${name}`)))
  const own = fact === 'order' ? sql`` : sql` join ${sql.table(sources[fact])} f on f.tenant_id = o.tenant_id and f.order_id = o.id`
  const out = createWriteStream(path, { mode: 0o600 })
  let count = 0
  await sql`declare history_rows no scroll cursor for select row_to_json(r)::text as line from (select ${names} from data_order_fact o${own} where o.tenant_id = ${sql.lit(tenantId)} and o.registered_at >= ${sql.lit(month.starts)}::timestamptz and o.registered_at < ${sql.lit(month.ends)}::timestamptz) r`.execute(db)
  for (;;) {
    const { rows } = await sql<{ line: string }>`fetch ${sql.lit(STEP)} from history_rows`.execute(db)
    count += rows.length
    if (rows.length > 0 && !out.write(rows.map((r) => `${r.line}\n`).join(''))) await once(out, 'drain')
    if (rows.length < STEP) break
  }
  await sql`close history_rows`.execute(db)
  out.end()
  await once(out, 'close')
  return count
}
