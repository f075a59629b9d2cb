// A question counted from files: the same statement as from rows, over Parquet instead of a table.
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { toIso, type Instant } from '../../../kernel/time/index.ts'
import { fileOf, type Filed } from './columns.ts'
import { askDuck } from './duck.ts'
import { history, pathOf } from './folder.ts'
import type { Month } from './months.ts'

/** The rows of these months, as a table; one tenant's files are of one tenant. */
export const filesOf = (months: readonly Month[], fact: Filed = 'order'): RawBuilder<unknown> => sql`(select '00000000-0000-0000-0000-000000000000'::uuid as tenant_id, * from read_parquet([${sql.join(months.map((m) => sql.lit(pathOf(fileOf(m.file, fact)))))}]))`

/** Orders of no such month: what is counted from PostgreSQL beside the files. Neighbouring months are one span. */
export function outside(months: readonly Month[]): RawBuilder<unknown> {
  const spans: { from: Instant; to: Instant }[] = []
  for (const { startsAt, endsAt } of months) {
    const last = spans.at(-1)
    if (last?.to === startsAt) last.to = endsAt
    else spans.push({ from: startsAt, to: endsAt })
  }
  return sql.join(spans.map(({ from, to }) => sql`not (o.registered_at >= ${toIso(from)}::timestamptz and o.registered_at < ${toIso(to)}::timestamptz)`), sql` and `)
}

/** The answer of the files, or null where they cannot give it now: then PostgreSQL does. */
export async function askFiles(ctx: Ctx, statement: RawBuilder<Record<string, unknown>>): Promise<Record<string, unknown>[] | null> {
  const { sql: text, parameters } = statement.compile(ctx.acrossTenants('files of the tenant alone'))
  try {
    return await askDuck(history.folder, { kind: 'read', text, values: parameters as (string | number | boolean | null)[] })
  } catch (error) {
    ctx.log.warn({ err: error }, 'the history could not be asked, the rows are counted instead')
    return null
  }
}
