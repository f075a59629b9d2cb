// Lists of what hangs on orders (suspensions, contacts, tracking …): keyset pages under the same scope as lists of orders.
import { expressionBuilder, sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { SharedViews } from '../../../kernel/db/views.gen.ts'
import { parseIso, toIso, type Instant } from '../../../kernel/time/index.ts'
import { visible } from '../orders.policy.ts'
import { isMoment, isUuid, readCursor, writeCursor } from '../reading/cursor.ts'
import type { OrdersTables } from '../tables.gen.ts'

const eb = expressionBuilder<OrdersTables & SharedViews & { o: OrdersTables['order_order'] }, 'o'>()

/** `o` is the order; the room's own table has any other name. */
export type ListFrame = { columns: RawBuilder<unknown>; from: RawBuilder<unknown>; where: RawBuilder<unknown>[]; /** Sort keys, e.g. `x.started_at` and `x.id`. */ at: string; id: string; down: boolean }
type Keyed = { id: string; sort_at: Instant }

export const and = (parts: RawBuilder<unknown>[]): RawBuilder<boolean> => sql<boolean>`${parts.length === 0 ? sql`true` : sql.join(parts, sql` and `)}`

/** The order's scope as a condition on `o`; lists of rooms add it to their own. */
export const inSight = (ctx: Ctx): RawBuilder<unknown> => sql`${visible(ctx, eb as never)}`

export async function listOf<R extends object>(ctx: Ctx, frame: ListFrame, page: { limit: number; cursor?: string | undefined }): Promise<{ rows: (R & Keyed)[]; next: string | null; count: { value: number; capped: boolean } }> {
  const way = frame.down ? sql`desc` : sql`asc`
  const [at, id] = page.cursor === undefined ? [undefined, undefined] : readCursor(page.cursor, [isMoment, isUuid])
  const key = sql`(${sql.ref(frame.at)}, ${sql.ref(frame.id)})`
  const after = at === undefined || id === undefined ? sql`true` : sql`${key} ${frame.down ? sql`<` : sql`>`} (${toIso(parseIso(at))}::timestamptz, ${id}::uuid)`
  const where = [...frame.where, inSight(ctx)]
  const found = await sql<R & Keyed>`select ${frame.columns}, ${sql.ref(frame.at)} as sort_at from ${frame.from} where ${and([...where, after])} order by ${sql.ref(frame.at)} ${way}, ${sql.ref(frame.id)} ${way} limit ${page.limit + 1}`.execute(ctx.db())
  const counted = await sql<{ n: number }>`select count(*)::int as n from (select 1 from ${frame.from} where ${and(where)} limit 1001) as bounded`.execute(ctx.db())
  const rows = found.rows.slice(0, page.limit)
  const last = rows.at(-1)
  const n = counted.rows[0]?.n ?? 0
  return { rows, next: last && found.rows.length > page.limit ? writeCursor([toIso(last.sort_at), last.id]) : null, count: { value: Math.min(n, 1000), capped: n > 1000 } }
}

/** The order's part of a row that every such list shows. */
export const orderColumns = sql`o.id as order_id, o.number, o.title, o.urgency, o.state as order_state`
export type OrderColumns = { order_id: string; number: string; title: string; urgency: string; order_state: string }
