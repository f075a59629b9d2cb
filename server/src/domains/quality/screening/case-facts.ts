// What screening reads of handled cases: clocks, answers of requesters, repeats and words, a page of orders at a time.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Instant } from '../../../kernel/time/index.ts'
import { findWords, matcherOf, wordFinder } from '../../platform/index.ts'
import type { CaseFacts, Indicator } from './screening.ts'

export type HandledCase = { id: string; closed_at: Instant; unit_id: string | null; reply: string | null; facts: Omit<CaseFacts, 'words'> }
type Row = { id: string; closed_at: Instant; lead_unit_id: string | null; reply: string | null; return_count: number; round: number; urge_count: number; late: string[]; dissatisfied: boolean; unsolved: boolean; confirmed: boolean; asked_again: number }

/** Cases closed since, in the order of (closed, id) after the cursor. Answers directly given and confidential orders are not handled cases. */
export async function handledCases(ctx: Ctx, of: { since: Instant; after: { closedAt: Instant; id: string } | null; limit: number }): Promise<HandledCase[]> {
  const from = of.after ? sql`and (o.closed_at, o.id) > (${ts(of.after.closedAt)}, ${of.after.id})` : sql``
  const { rows } = await sql<Row>`
    select o.id, o.closed_at, o.lead_unit_id, o.reply, o.return_count, o.round, p.urge_count, coalesce(k.late, '{}') as late,
      coalesce(r.dissatisfied, false) as dissatisfied, coalesce(r.unsolved, false) as unsolved, coalesce(r.confirmed, false) as confirmed,
      (select count(*)::int from orders_pub_repeat_view w where w.tenant_id = o.tenant_id and w.repeated_id = o.id and w.created_at > o.closed_at) as asked_again
    from quality_order_view o
    join orders_pub_order_view p on p.tenant_id = o.tenant_id and p.id = o.id
    left join lateral (select array_agg(distinct c.kind) as late from orders_pub_clock_view c where c.tenant_id = o.tenant_id and c.order_id = o.id and c.state <> 'cancelled' and c.met_at > c.due_at) k on true
    left join lateral (select bool_or(a.satisfied = 'no' and a.attributable) as dissatisfied, bool_or(a.solved = 'no' and a.attributable) as unsolved,
        (array_agg(a.satisfied = 'yes' and a.solved = 'yes' order by a.at desc))[1] as confirmed from callback_pub_result_view a where a.tenant_id = o.tenant_id and a.order_id = o.id) r on true
    where o.tenant_id = ${ctx.tenantId} and o.closed_at >= ${ts(of.since)} and o.state in ('closed', 'archived') and o.close_kind is distinct from 'answered' and not o.confidential ${from}
    order by o.closed_at, o.id limit ${of.limit}`.execute(ctx.db())
  return rows.map((one) => ({
    id: one.id, closed_at: one.closed_at, unit_id: one.lead_unit_id, reply: one.reply,
    facts: { late: one.late, dissatisfied: one.dissatisfied, unsolved: one.unsolved, confirmed: one.confirmed, askedAgain: one.asked_again, returns: one.return_count, round: one.round, urges: one.urge_count },
  }))
}

/** Looks replies up for each indicator about words: its own, or the quality keywords of the store. The store is asked once. */
export async function keywordsOf(ctx: Ctx, indicators: readonly Indicator[]): Promise<(reply: string | null) => Map<string, string[]>> {
  const asked = indicators.filter((one) => one.kind === 'keyword')
  if (asked.length === 0) return () => new Map()
  const inStore = await wordFinder(ctx, ['quality'])
  const finders = asked.map((one) => {
    const own = matcherOf(one.words.map((word) => ({ word, excepts: [] as string[] })))
    return { id: one.id, find: (text: string): string[] => (one.words.length > 0 ? findWords(text, own).map(({ entry }) => entry.word) : inStore(text).map((hit) => hit.word)) }
  })
  return (reply) => new Map(finders.map(({ id, find }) => [id, reply === null ? [] : [...new Set(find(reply))]]))
}
