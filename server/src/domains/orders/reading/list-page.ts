// One page of orders by keyset: ids along an index, then the rows of those ids.
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { parseIso, toIso, type Instant } from '../../../kernel/time/index.ts'
import { isOpen, type OrderState } from '../order.ts'
import { readableTenants } from '../orders.policy.ts'
import { db, type OrderRow } from '../orders.queries.ts'
import { badCursor, isMoment, isUuid, readCursor, writeCursor } from './cursor.ts'
import { allOf, type Branch } from './list-branches.ts'
import type { OrderSort } from './list-contract.ts'

type Key = { id: string; at: Instant }

/**
 * A stretch of a list: one order by time and id. Nearest clock is two stretches: rows with a running clock, soonest first, then the
 * others, newest first. A null clock cannot be compared in a keyset, and each stretch has its index.
 */
type Stretch = { code: string; only: RawBuilder<unknown>; at: (party: boolean) => string; id: (party: boolean) => string; down: boolean; openParty: boolean }

const byRegistration = (code: string, only: RawBuilder<unknown>, down: boolean): Stretch => ({
  code, only, down, openParty: false,
  // The party row repeats the time of registration, so that a unit's list is read along its own index.
  at: (party) => (party ? 'p.registered_at' : 'o.registered_at'), id: (party) => (party ? 'p.order_id' : 'o.id'),
})

const stretches: Record<OrderSort, Stretch[]> = {
  nearestClock: [{ code: 'd', only: sql`o.next_due_at is not null`, at: () => 'o.next_due_at', id: () => 'o.id', down: false, openParty: true }, byRegistration('n', sql`o.next_due_at is null`, true)],
  registeredAt: [byRegistration('r', sql`true`, true)],
  registeredAtAsc: [byRegistration('a', sql`true`, false)],
}

/** The rows of a page in the list's order, and the cursor of the next page. `state` and `overdue` of the filter spare a stretch that must be empty. */
export async function listPage(ctx: Ctx, branches: Branch[], sort: OrderSort, page: { limit: number; cursor?: string | undefined; state?: readonly OrderState[] | undefined; overdue?: boolean | undefined }): Promise<{ rows: OrderRow[]; next: string | null }> {
  const all = stretches[sort].filter((s) => (s.code !== 'd' || !page.state || page.state.some(isOpen)) && (s.code !== 'n' || page.overdue !== true))
  const from = page.cursor === undefined ? null : parse(page.cursor, all)
  const keys: (Key & { stretch: Stretch })[] = []
  for (const stretch of from ? all.slice(all.indexOf(from.stretch)) : all) {
    const missing = page.limit + 1 - keys.length
    if (missing <= 0) break
    const after = from?.stretch === stretch ? from.key : null
    keys.push(...(await stretchKeys(ctx, branches, stretch, missing, after)).map((key) => ({ ...key, stretch })))
  }
  const shown = keys.slice(0, page.limit)
  const last = shown.at(-1)
  return { rows: await rowsOf(ctx, shown.map((k) => k.id)), next: last && keys.length > page.limit ? writeCursor([last.stretch.code, toIso(last.at), last.id]) : null }
}

function parse(cursor: string, all: Stretch[]): { stretch: Stretch; key: Key } {
  const [code = '', at = '', id = ''] = readCursor(cursor, [(v) => v.length === 1, isMoment, isUuid])
  const stretch = all.find((s) => s.code === code)
  if (!stretch) throw badCursor()
  return { stretch, key: { at: parseIso(at), id } }
}

async function stretchKeys(ctx: Ctx, branches: Branch[], stretch: Stretch, limit: number, after: Key | null): Promise<Key[]> {
  const way = stretch.down ? sql`desc` : sql`asc`
  const parts = branches.map((branch) => {
    const [at, id] = [sql.ref(stretch.at(branch.party)), sql.ref(stretch.id(branch.party))]
    const where = [branch.where, stretch.only, ...(stretch.openParty && branch.party ? [sql`p.open`] : []), ...(after ? [beyond(stretch, at, id, after)] : [])]
    return sql`(select ${at} as at, ${id} as id from ${branch.from} where ${allOf(where)} order by ${at} ${way}, ${id} ${way} limit ${limit})`
  })
  const { rows } = await sql<Key>`select at, id from (${sql.join(parts, sql` union all `)}) as merged order by at ${way}, id ${way} limit ${limit}`.execute(ctx.db())
  return rows
}

// Microseconds of the database are cut to milliseconds in a cursor; writers only ever store milliseconds (`ts`).
const beyond = (stretch: Stretch, at: RawBuilder<unknown>, id: RawBuilder<unknown>, after: Key): RawBuilder<unknown> =>
  stretch.down ? sql`(${at}, ${id}) < (${toIso(after.at)}::timestamptz, ${after.id}::uuid)` : sql`(${at}, ${id}) > (${toIso(after.at)}::timestamptz, ${after.id}::uuid)`

/** Rows by id in the given order. The ids come from a list that was filtered by scope. */
export async function rowsOf(ctx: Ctx, ids: string[]): Promise<OrderRow[]> {
  if (ids.length === 0) return []
  const rows = await db(ctx).selectFrom('order_order').selectAll().where('tenant_id', 'in', readableTenants(ctx)).where('id', 'in', ids).execute()
  const byId = new Map(rows.map((row) => [row.id, row as OrderRow]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}
