// Candidates by five indexes (person, place, matter in the area, rare words, signatures of near-equal texts), scored by one engine (ORD-10, AI-28).
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { can } from '../../../kernel/access.ts'
import { isMasked, isTelephone, normalisePhone } from '../../../kernel/crypto/index.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { definePort } from '../../../kernel/port.ts'
import { searchTokens } from '../../../kernel/text/index.ts'
import { DAY, plus, type Instant } from '../../../kernel/time/index.ts'
import { areaPrefix, setting } from '../../platform/index.ts'
import { openStates } from '../order.ts'
import { db, type OrderRow } from '../orders.queries.ts'
import { phoneHash } from '../requesters/contact.ts'
import type { DuplicateQuestion } from './duplicate-contract.ts'
import { bandsFor } from './index-bands.ts'
import { duplicateDays, duplicateThreshold } from './duplicates.settings.ts'
import { likeness, placesToAsk, type Likeness, type Subject } from './similarity.ts'
import { wordStatistics } from './word-statistics.ts'

export type Found = { row: OrderRow; samePerson: boolean } & Likeness

/** A learned engine replaces the score by its own: question and candidates in, scores by order id out; what it leaves out keeps ours. */
export const duplicateEngine = definePort<(ctx: Ctx, question: Subject & { text: string }, candidates: (Subject & { orderId: string; samePerson: boolean })[]) => Promise<Map<string, number>>>('orders.duplicateEngine', async () => new Map())

const PER_SOURCE = 150
const PER_LIST = 20

/**
 * Orders like the one asked for, best first, apart for the same person and for others. Only orders of the context's tenant; confidential
 * ones only for who may read them. At most twenty of each.
 */
export async function findDuplicates(ctx: Ctx, question: DuplicateQuestion, options: { except?: string; threshold?: number } = {}): Promise<{ samePerson: Found[]; sameMatter: Found[]; threshold: number }> {
  const [threshold, days] = [options.threshold ?? (await setting(ctx, duplicateThreshold)), await setting(ctx, duplicateDays)]
  const words = searchTokens(`${question.title} ${question.address ?? ''} ${question.content}`)
  const since = plus(ctx.clock.now(), -days * DAY)
  const person = personOf(ctx, question)
  const statistics = await wordStatistics(ctx)
  const ids = await candidates(ctx, question, { words, since, person, rare: statistics.rare(words) })
  if (options.except) ids.delete(options.except)
  const rows = await load(ctx, [...ids])
  const subject: Subject = { words, title: question.title, matterId: question.matterId ?? null, areaCode: question.areaCode ?? null, place: question.address ?? '', lon: question.lon ?? null, lat: question.lat ?? null }
  const asked = rows.map((row) => ({ row, samePerson: (person.hash !== null && row.contact_phone_hash === person.hash) || (person.id !== null && row.requester_id === person.id), subject: subjectOf(row) }))
  const scores = await duplicateEngine.one()(ctx, { ...subject, text: question.content }, asked.map((a) => ({ ...a.subject, orderId: a.row.id, samePerson: a.samePerson })))
  const found = asked
    .map(({ row, samePerson, subject: other }): Found => {
      const own = likeness(subject, other, samePerson, statistics.weight)
      return { row, samePerson, ...own, score: scores.get(row.id) ?? own.score }
    })
    .filter((f) => f.score >= threshold)
    .toSorted((a, b) => b.score - a.score || b.row.registered_at - a.row.registered_at)
  return { samePerson: found.filter((f) => f.samePerson).slice(0, PER_LIST), sameMatter: found.filter((f) => f.samePerson || f.reasons.some((r) => r !== 'sameArea')).slice(0, PER_LIST), threshold }
}

type Person = { hash: string | null; id: string | null }
function personOf(ctx: Ctx, question: DuplicateQuestion): Person {
  const number = question.phone && !isMasked(question.phone) ? normalisePhone(question.phone) : ''
  return { hash: isTelephone(number) ? phoneHash(ctx, number) : null, id: question.requesterId ?? null }
}

/** Each source is one index range with a limit of its own: the whole takes some milliseconds at 1,000,000 orders. */
async function candidates(ctx: Ctx, question: DuplicateQuestion, by: { words: string[]; since: Instant; person: Person; rare: string | null }): Promise<Set<string>> {
  const since = ts(by.since)
  const live = sql`o.state not in ('withdrawn', 'merged')`
  const recent = sql`(o.registered_at >= ${since} or o.state in (${sql.join([...openStates])}))`
  const open = can(ctx, 'orders.readConfidential') ? sql`true` : sql`not o.confidential`
  const parts = []
  const own = (condition: ReturnType<typeof sql>) => sql`(select o.id from order_order o where o.tenant_id = ${ctx.tenantId} and ${condition} and ${recent} and ${live} and ${open} order by o.registered_at desc limit ${PER_SOURCE})`
  if (by.person.hash !== null) parts.push(own(sql`o.contact_phone_hash = ${by.person.hash}`))
  if (by.person.id !== null) parts.push(own(sql`o.requester_id = ${by.person.id}`))
  if (question.matterId) parts.push(own(sql`o.matter_id = ${question.matterId}${question.areaCode ? sql` and o.area_code like ${`${areaPrefix(question.areaCode)}%`}` : sql``} and o.registered_at >= ${since}`))
  const keys = placesToAsk(question)
  if (keys.length > 0)
    parts.push(sql`(select o.id from order_place_key k join order_order o on o.tenant_id = k.tenant_id and o.id = k.order_id where k.tenant_id = ${ctx.tenantId} and k.key in (${sql.join(keys)}) and k.registered_at >= ${since} and ${live} and ${open} order by k.registered_at desc limit ${PER_SOURCE})`)
  if (by.rare !== null)
    parts.push(sql`(select o.id from order_search s join order_order o on o.tenant_id = s.tenant_id and o.id = s.order_id where s.tenant_id = ${ctx.tenantId} and s.words @@ ${by.rare}::tsquery and o.registered_at >= ${since} and ${live} and ${open} limit ${PER_SOURCE * 2})`)
  const bands = bandsFor(question.content)
  if (bands.length > 0)
    parts.push(sql`(select o.id from order_band b join order_order o on o.tenant_id = b.tenant_id and o.id = b.order_id where b.tenant_id = ${ctx.tenantId} and b.bands && ${bands}::int[] and b.registered_at >= ${since} and ${live} and ${open} order by b.registered_at desc limit ${PER_SOURCE})`)
  if (parts.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`${sql.join(parts, sql` union all `)}`.execute(ctx.db())
  return new Set(rows.map((r) => r.id))
}

type Candidate = OrderRow & { words: string[] }

async function load(ctx: Ctx, ids: string[]): Promise<Candidate[]> {
  if (ids.length === 0) return []
  const rows = await db(ctx).selectFrom('order_order as o').leftJoin('order_search as s', (j) => j.onRef('s.tenant_id', '=', 'o.tenant_id').onRef('s.order_id', '=', 'o.id'))
    .selectAll('o').select(sql<string[]>`coalesce(tsvector_to_array(s.words), '{}')`.as('words')).where('o.tenant_id', '=', ctx.tenantId).where('o.id', 'in', ids).execute()
  return rows as Candidate[]
}

const subjectOf = (row: Candidate): Subject => ({ words: row.words, title: row.title, matterId: row.matter_id, areaCode: row.area_code, place: row.address ?? '', lon: row.lon, lat: row.lat })
