// Own copies: where a tenant has an effective object of the same code, the one of the tenant above is no longer offered.
// It can still be read by id: old orders and those handed down name it.
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { StandardTable } from './kind-spec.ts'
import { tenantChain } from './standard-cache.ts'

/** The same as a condition on the rows of a table that is read without an alias. */
export async function nearestOnly(ctx: Ctx, table: StandardTable): Promise<RawBuilder<boolean>> {
  const chain = await tenantChain(ctx)
  if (chain.length === 1 || ['matter_duty_entry', 'matter_duty_line', 'matter_enterprise'].includes(table)) return sql<boolean>`true`
  const own = sql.table(table)
  const scheme = table === 'matter_scheme_node' ? sql`and near.scheme = ${own}.scheme` : sql``
  return sql<boolean>`(${own}.tenant_id = ${chain[0]} or not exists (
    select 1 from ${own} as near where near.tenant_id = any(${chain}::uuid[]) and near.code = ${own}.code and near.state = 'effective' ${scheme}
      and array_position(${chain}::uuid[], near.tenant_id) < array_position(${chain}::uuid[], ${own}.tenant_id)))`
}

type TreeRow = { id: string; tenantId: string; parentId: string | null; state: string }

/**
 * Of the effective rows the nearest tenant's for each key, in the order given; children of a hidden row hang under the one
 * that took its place. Rows that are not effective stay as they are.
 */
export function nearestOf<T extends TreeRow>(rows: readonly T[], chain: readonly string[], keyOf: (row: T) => string): T[] {
  const nearest = new Map<string, T>()
  for (const row of rows) {
    const held = nearest.get(keyOf(row))
    if (row.state === 'effective' && (!held || chain.indexOf(row.tenantId) < chain.indexOf(held.tenantId))) nearest.set(keyOf(row), row)
  }
  const shown = new Map(rows.flatMap((row): [string, string][] => (row.state === 'effective' ? [[row.id, nearest.get(keyOf(row))?.id ?? row.id]] : [])))
  return rows
    .filter((row) => row.state !== 'effective' || shown.get(row.id) === row.id)
    .map((row) => ({ ...row, parentId: row.parentId === null ? null : (shown.get(row.parentId) ?? row.parentId) }))
}
