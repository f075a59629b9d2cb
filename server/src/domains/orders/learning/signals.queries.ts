import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'

/** Up to three orders of each list by number and title; secret ones are left out. */
export async function samplesOf(ctx: Ctx, lists: readonly (readonly string[])[]): Promise<{ number: string; title: string }[][]> {
  const ids = [...new Set(lists.flatMap((list) => list.slice(0, 3)))]
  if (ids.length === 0) return lists.map(() => [])
  const { rows } = await sql<{ id: string; number: string; title: string }>`select id, number, title from order_order where tenant_id = ${ctx.tenantId} and id in (${sql.join(ids)}) and not confidential`.execute(ctx.db())
  const byId = new Map(rows.map((row) => [row.id, row]))
  return lists.map((list) => list.slice(0, 3).flatMap((id) => { const row = byId.get(id); return row ? [{ number: row.number, title: row.title }] : [] }))
}
