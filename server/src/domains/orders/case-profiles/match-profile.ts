// Which profile an order is of: asked of the stored order, or of a form in progress that is not stored yet.
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { compile } from '../query/compile-conditions.ts'
import { parseConditions } from '../query/conditions.ts'
import { enabledProfiles, type Profile } from './profile-store.ts'

/** Something that stands as `o` in conditions: a row of orders, or the row that a form would make. */
export type Subject = RawBuilder<unknown>
export const storedOrder = (ctx: Ctx, id: string): Subject => sql`(select * from order_order where tenant_id = ${ctx.tenantId} and id = ${id}) o`

/** Columns by name; words are found through `order_search` only once the order is stored, so a form's words are given apart. */
export const formInProgress = (ctx: Ctx, row: Record<string, unknown>): Subject => sql`(select made.* from jsonb_populate_record(null::order_order, ${JSON.stringify({ tenant_id: ctx.tenantId, ...row })}::jsonb) made) o`

/** Which of the conditions hold of the subject, by index; one statement for all. `null` always holds. */
export async function holding(ctx: Ctx, subject: Subject, list: readonly (Record<string, unknown> | null)[]): Promise<Set<number>> {
  const tests: RawBuilder<unknown>[] = []
  const held = new Set<number>()
  for (const [i, one] of list.entries()) {
    if (one === null) held.add(i)
    else tests.push(sql`(select ${i}::int as i from ${subject} where o.tenant_id = ${ctx.tenantId} and ${await compile(ctx, parseConditions(one))})`)
  }
  if (tests.length === 0) return held
  const { rows } = await sql<{ i: number }>`${sql.join(tests, sql` union all `)}`.execute(ctx.db())
  for (const { i } of rows) held.add(i)
  return held
}

/** The first enabled profile whose conditions hold; those only marked by hand never match. */
export async function matchProfile(ctx: Ctx, subject: Subject): Promise<Profile | null> {
  const profiles = (await enabledProfiles(ctx)).filter((p) => p.definition.match !== null)
  const held = await holding(ctx, subject, profiles.map((p) => p.definition.match))
  return profiles.find((_, i) => held.has(i)) ?? null
}
