// Keyset paging of lists that run newest first, on (time, id), and counts that stop at a bound.
import { sql, type RawBuilder, type SelectQueryBuilder } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import { parseIso, toIso, type Instant } from '../../../kernel/time/index.ts'

const BOUND = 1000

/** Rows after the cursor: `.where(afterCursor(input.cursor, 'm.happened_at', 'm.id'))`; without a cursor all rows. */
export function afterCursor(cursor: string | undefined, at: string, id: string): RawBuilder<boolean> {
  if (cursor === undefined) return sql<boolean>`true`
  const [time, last] = parseCursor(cursor)
  return sql<boolean>`(${sql.ref(at)}, ${sql.ref(id)}) < (${time}::timestamptz, ${last}::uuid)`
}

/** The same for lists that run upward on (time, id): nearest deadline first. */
export function afterCursorUp(cursor: string | undefined, at: string, id: string): RawBuilder<boolean> {
  if (cursor === undefined) return sql<boolean>`true`
  const [time, last] = parseCursor(cursor)
  return sql<boolean>`(${sql.ref(at)}, ${sql.ref(id)}) > (${time}::timestamptz, ${last}::uuid)`
}

function parseCursor(cursor: string): [string, string] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (Array.isArray(value) && typeof value[0] === 'string' && /^[0-9a-f-]{36}$/.test(String(value[1]))) return [toIso(parseIso(value[0])), String(value[1])]
  } catch {
    // Falls through: a cursor that is none.
  }
  throw kernelErrors('invalid', { fields: [{ path: 'cursor', message: '翻页标记无效，请重新查询' }] })
}

/** Cuts `limit + 1` rows to a page and makes the cursor of the next one. */
export function nextPage<R extends { id: string }>(rows: R[], limit: number, at: (row: R) => Instant): { items: R[]; next: string | null } {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: last && rows.length > limit ? Buffer.from(JSON.stringify([toIso(at(last)), last.id])).toString('base64url') : null }
}

/** Counts at most 1,000 rows of a query that has its filters but no columns yet. */
export async function boundCount<DB, TB extends keyof DB>(ctx: Ctx, query: SelectQueryBuilder<DB, TB, object>): Promise<{ value: number; capped: boolean }> {
  const bounded = query.select(sql<number>`1`.as('one')).limit(BOUND + 1)
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from (${bounded}) as bounded`.execute(ctx.db())
  const n = rows[0]?.n ?? 0
  return { value: Math.min(n, BOUND), capped: n > BOUND }
}

/** The count that goes with a page: what the first page shows whole needs no second look. */
export async function pageCount<DB, TB extends keyof DB>(ctx: Ctx, query: SelectQueryBuilder<DB, TB, object>, cursor: string | undefined, page: { items: unknown[]; next: string | null }): Promise<{ value: number; capped: boolean }> {
  return cursor === undefined && page.next === null ? { value: page.items.length, capped: false } : boundCount(ctx, query)
}
