// A filter of the list as conditions on `order_order as o`; list, count, export and figures use this one translation.
import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { scopesOf, userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { normalisePhone } from '../../../kernel/crypto/index.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { toTsQuery } from '../../../kernel/text/index.ts'
import { HOUR, plus } from '../../../kernel/time/index.ts'
import { nodesUnder } from '../../matters/index.ts'
import { areaPrefix } from '../../platform/index.ts'
import { readableTenants } from '../orders.policy.ts'
import { lastFourHash, phoneHash } from '../requesters/contact.ts'
import type { OrderFilter } from './list-contract.ts'

export type Condition = RawBuilder<SqlBool>

const one = (condition: RawBuilder<unknown>): Condition => condition as Condition

/** Everything but the state, which decides how the list is driven. */
export async function conditionsOf(ctx: Ctx, filter: Omit<OrderFilter, 'state'>): Promise<Condition[]> {
  const now = ctx.clock.now()
  const all: Condition[] = []
  const add = (condition: RawBuilder<unknown>): void => void all.push(one(condition))
  const among = (column: string, values: readonly string[] | undefined): void => {
    if (values && values.length > 0) add(sql`${sql.ref(column)} in (${sql.join([...values])})`)
  }
  among('o.appeal_type', filter.appealType)
  among('o.channel', filter.channel)
  // Names the condition of the partial index where it holds.
  among('o.urgency', filter.urgency)
  if (filter.urgency && !filter.urgency.includes('normal')) add(sql`o.urgency <> 'normal'`)
  if (filter.emotion) add(sql`exists (select 1 from ai_reading r where r.tenant_id = o.tenant_id and r.order_id = o.id and r.polarity = ${filter.emotion})`)
  if (filter.areaCode) add(underArea(filter.areaCode))
  if (filter.matterId) add(sql`o.matter_id = ${filter.matterId}`)
  if (filter.categoryId) among('o.category_id', [filter.categoryId, ...(await nodesUnder(ctx, filter.categoryId))])
  if (filter.unitId) add(sql`o.lead_unit_id = ${filter.unitId}`)
  if (filter.requesterId) add(sql`o.requester_id = ${filter.requesterId}`)
  if (filter.registeredBy === 'me') add(sql`o.registered_by = ${userId(ctx)}`)
  if (filter.registeredFrom !== undefined) add(sql`o.registered_at >= ${ts(filter.registeredFrom)}`)
  if (filter.registeredTo !== undefined) add(sql`o.registered_at < ${ts(filter.registeredTo)}`)
  if (filter.closedFrom !== undefined) add(sql`o.closed_at >= ${ts(filter.closedFrom)}`)
  if (filter.closedTo !== undefined) add(sql`o.closed_at < ${ts(filter.closedTo)}`)
  if (filter.dueWithinHours !== undefined) add(sql`o.next_due_at <= ${ts(plus(now, filter.dueWithinHours * HOUR))}`)
  if (filter.overdue === true) add(sql`o.next_due_at <= ${ts(now)}`)
  if (filter.overdue === false) add(sql`(o.next_due_at > ${ts(now)} or o.next_due_at is null)`)
  if (filter.flags && filter.flags.length > 0) add(sql`o.flags <> '{}' and o.flags @> ${filter.flags}::text[]`)
  if (filter.round !== undefined && filter.round > 1) add(sql`o.round > 1 and o.round >= ${filter.round}`)
  if (filter.confidential !== undefined) add(sql`o.confidential = ${filter.confidential}`)
  if (filter.phone) add(phoneIs(ctx, filter.phone))
  if (filter.number) add(sql`o.number >= ${filter.number} and o.number < ${`${filter.number}~`}`)
  if (filter.text) add(await hasWords(ctx, filter.text, ownRows(ctx)))
  if (filter.queue === 'general') add(sql`o.queue is null`)
  else if (filter.queue) add(sql`o.queue = ${filter.queue}`)
  if (filter.profile) add(sql`o.profile_id in (select id from order_profile where tenant_id = o.tenant_id and code = ${filter.profile})`)
  if (filter.triage === 'mine') add(sql`o.triage = 'picked' and o.picked_by = ${userId(ctx)}`)
  else if (filter.triage === 'none') add(sql`coalesce(o.triage, 'done') = 'done'`)
  else if (filter.triage) add(sql`o.triage = ${filter.triage}`)
  return all
}

/** An area and all below it: codes of finer areas begin with it (trailing pairs of zeros of a wider one cut off). */
function underArea(code: string): RawBuilder<unknown> {
  const prefix = areaPrefix(code)
  return sql`o.area_code like ${`${prefix}%`}`
}

/** Four digits are the last four; everything else is the whole number, and finds nothing else. */
const phoneIs = (ctx: Ctx, phone: string): RawBuilder<unknown> => (/^\d{4}$/.test(phone) ? sql`o.contact_last4_hash = ${lastFourHash(ctx, phone)}` : sql`o.contact_phone_hash = ${phoneHash(ctx, normalisePhone(phone))}`)

/** Orders with these words, up to which they are fetched first and sorted afterwards. */
const RARE = 5000

/**
 * Rare words are looked up first, common ones are met soon enough along the list's own order. PostgreSQL cannot know which it is: words
 * outside its statistics count as fairly common, and a word nobody used then cost 5 s at 1,000,000 orders instead of 5 ms.
 * `only` leaves out rows (`bounded.order_id`) that the reader could not see anyway.
 */
export async function hasWords(ctx: Ctx, text: string, only: RawBuilder<unknown> = sql`true`): Promise<RawBuilder<unknown>> {
  const query = toTsQuery(text)
  // Only particles and punctuation were typed: nothing can be meant by it.
  if (query === null) return sql`false`
  // The array stays text on its way through: thousands of ids are neither taken apart nor put together again here.
  const { rows } = await sql<{ found: number; ids: string | null }>`select count(*)::int as found, (array_agg(order_id) filter (where ${only}))::text as ids from (select s.order_id from order_search s
    where s.tenant_id in (${sql.join(readableTenants(ctx))}) and s.words @@ ${query}::tsquery limit ${RARE + 1}) as bounded`.execute(ctx.db())
  const { found, ids } = rows[0] ?? { found: 0, ids: null }
  // The ids themselves: page and count would otherwise each search the words again.
  if (found <= RARE) return sql`o.id = any(${ids ?? '{}'}::uuid[])`
  return sql`exists (select 1 from order_search s where s.tenant_id = o.tenant_id and s.order_id = o.id and s.words @@ ${query}::tsquery)`
}

/** For people of units alone: of thousands of orders with these words only those at their units are carried on; the list itself asks again for each. */
export function ownRows(ctx: Ctx): RawBuilder<unknown> {
  const scopes = scopesOf(ctx, 'orders.read')
  if (scopes.length === 0 || ctx.actor.unitIds.length === 0 || !scopes.every((s) => s === 'unit' || s === 'unitTree')) return sql`true`
  return sql`exists (select 1 from order_party p where p.tenant_id = ${ctx.tenantId} and p.unit_id in (${sql.join(ctx.actor.unitIds)}) and p.order_id = bounded.order_id)`
}

/** Filters that name a handful of orders: the list is then not driven along time or state. */
export const isSelective = (filter: OrderFilter): boolean => Boolean(filter.phone || filter.number || filter.requesterId || filter.text)

/** A filter as it comes from a page or a saved view (JSON) in the checked form of the list. */
export function queryOf(filter: Record<string, unknown>): Record<string, string> {
  const query: Record<string, string> = {}
  for (const [key, value] of Object.entries(filter)) {
    if (value === null || value === undefined || value === '') continue
    query[key] = Array.isArray(value) ? value.join(',') : String(value)
  }
  return query
}
