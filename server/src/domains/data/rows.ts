// The rows behind a counted figure: the same fact, period, scope and conditions, listed instead of counted.
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { authorize } from '../../kernel/access.ts'
import type { Input, Output } from '../../kernel/http/route.ts'
import type { Instant } from '../../kernel/time/index.ts'
import { stateNames } from '../orders/index.ts'
import { catalogueOf, closure } from './catalogue.ts'
import type * as contract from './contract.ts'
import { dataFail } from './data.errors.ts'
import { factOf } from './fact-catalogue.ts'
import { chosen, held, scopeOf } from './figures.ts'
import { allConditions, isBasic, partsOf } from './indicator.ts'

type Row = { row_id: string; id: string; number: string; title: string; state: string | null; lead_unit_name: string | null; registered_at: Instant; closed_at: Instant | null }

const orderList = sql`o.id, o.number, o.title, o.state, o.lead_unit_name, o.registered_at, o.closed_at`

/**
 * Newest rows first; a group is named by its keys, in the order of the question's dimensions.
 * @param input `openOnly` for a list that others will read too: confidential orders stay out, whatever the reader's own right.
 */
export async function figureRows(ctx: Ctx, input: Input<typeof contract.figureRowsRoute> & { openOnly?: true }): Promise<Output<typeof contract.figureRowsRoute>> {
  authorize(ctx, 'data.read')
  const catalogue = await catalogueOf(ctx)
  const found = closure(catalogue, [input.indicator], input.to).find((i) => i.code === input.indicator)
  if (!found) throw dataFail('unknownIndicator', { params: { code: input.indicator } })
  if (!isBasic(found.definition)) throw dataFail('notCounted', { params: { name: found.name, parts: partsOf(found.definition).map((code) => catalogue.get(code)?.name ?? code).join('、') } })
  const d = found.definition
  const fact = factOf(d.fact)
  if (!fact) throw dataFail('definitionFault', { params: { fault: d.fact } })
  const { range, timeZone, days, rows } = await scopeOf(ctx, input)
  const date = fact.dates[d.date]?.column ?? null
  const group = input.keys.map(({ dimension, key }) => {
    const by = chosen(dimension)
    held(by, fact)
    const value = by.sql({ fact, date, timeZone, days })
    return key === null ? sql`${value} is null` : sql`${value} = ${key}`
  })
  // Of a sum only what is summed: an order never urged is no row of the urges.
  const summed = d.aggregate !== 'count' && d.aggregate !== 'orders' && d.measure ? fact.measures[d.measure]?.sql : undefined
  const where = sql.join([allConditions(fact, d, range), ...(input.openOnly ? [sql`not o.confidential`] : []), ...(summed ? [sql`coalesce(${summed}, 0) <> 0`] : []), ...group], sql` and `)
  const states: Readonly<Record<string, string>> = fact.own?.states ?? stateNames
  // What counts orders lists each once, however many warnings or events it has.
  const each = d.aggregate === 'orders' ? fact.orderId : fact.id
  const after = input.cursor === undefined ? sql`true` : sql`${each} < ${input.cursor}::uuid`
  const { rows: list } = await sql<Row>`select ${d.aggregate === 'orders' ? sql`distinct` : sql``} ${each} as row_id, ${fact.own?.list ?? orderList} ${rows(fact, false, date)} and ${where} and ${after}
    order by 1 desc limit ${input.limit + 1}`.execute(ctx.acrossTenants('rows are held to tenants by the scope'))
  const page = list.slice(0, input.limit)
  return {
    items: page.map((r) => ({ rowId: r.row_id, id: r.id, number: r.number, title: r.title, stateName: (r.state === null ? '' : (states[r.state] ?? r.state)), unitName: r.lead_unit_name, registeredAt: r.registered_at, closedAt: r.closed_at })),
    next: list.length > input.limit ? (page.at(-1)?.row_id ?? null) : null, what: fact.label, object: fact.own?.object ?? 'order', heads: fact.own?.heads ?? null,
  }
}
