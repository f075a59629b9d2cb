// What surges and proposals of labels have in common: samples of their orders, and that each is decided once.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'

/** The locked row while nobody has decided it; otherwise the refusal tells what became of it. */
export function undecided<T extends { state: string }>(row: T | undefined, open: string): T {
  if (!row) throw kernelErrors('notFound')
  if (row.state !== open) throw kernelErrors('conflict', { current: { state: row.state } })
  return row
}

/** Each row with samples of its orders. */
export async function withSamples<T extends { order_ids: string[] }>(ctx: Ctx, rows: readonly T[]): Promise<(T & { samples: { number: string; title: string }[] })[]> {
  const samples = await samplesOf(ctx, rows.map((row) => row.order_ids))
  return rows.map((row, at) => ({ ...row, samples: samples[at] ?? [] }))
}

/** Up to three orders of each list by number and title; secret ones are left out. */
export async function samplesOf(ctx: Ctx, lists: readonly (readonly string[])[]): Promise<{ number: string; title: string }[][]> {
  const ids = [...new Set(lists.flatMap((list) => list.slice(0, 3)))]
  if (ids.length === 0) return lists.map(() => [])
  const { rows } = await sql<{ id: string; number: string; title: string }>`select id, number, title from order_order where tenant_id = ${ctx.tenantId} and id in (${sql.join(ids)}) and not confidential`.execute(ctx.db())
  const byId = new Map(rows.map((row) => [row.id, row]))
  return lists.map((list) => list.slice(0, 3).flatMap((id) => { const row = byId.get(id); return row ? [{ number: row.number, title: row.title }] : [] }))
}
