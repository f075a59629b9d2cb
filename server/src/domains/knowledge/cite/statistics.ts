import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { can } from '../../../kernel/access.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { addDays, DAY, plus, type Instant } from '../../../kernel/time/index.ts'
import { kept, watcherOf } from '../items/item.policy.ts'
import { typesOf } from '../types/types.ts'
import type * as contract from './cite-contract.ts'

type Out = Output<typeof contract.statistics>
type Ranked = { id: string; title: string; type: string; n: number }

/** Use of the stock and what is missing in it; units see their own. Search words are the centre's. */
export async function statistics(ctx: Ctx, input: Input<typeof contract.statistics>): Promise<Out> {
  if (!can(ctx, 'knowledge.edit') && !can(ctx, 'knowledge.manage')) throw kernelErrors('forbidden', { rule: 'knowledge.edit', params: { permission: '维护知识' } })
  const watcher = await watcherOf(ctx)
  const [mine, since, db] = [kept(watcher), ts(plus(ctx.clock.now(), -input.days * DAY)), ctx.db()]
  const all = watcher.keeps === 'all'
  const figures = await sql<Omit<Out['figures'], 'searches' | 'noHit' | 'cites'>>`select count(*) filter (where i.state = 'published')::int as published, count(*) filter (where i.state in ('draft', 'returned'))::int as drafts, count(*) filter (where i.state = 'inReview')::int as "inReview", count(*) filter (where i.state = 'expired')::int as expired,
    count(*) filter (where i.state = 'published' and i.valid_to between ${watcher.today}::date and ${addDays(watcher.today, 30)}::date)::int as expiring from knowledge_item i where i.tenant_id = ${ctx.tenantId} and ${mine}`.execute(db)
  const searches = await sql<{ searches: number; noHit: number }>`select count(*)::int as searches, count(*) filter (where hits = 0)::int as "noHit" from knowledge_search_log where tenant_id = ${ctx.tenantId} and at >= ${since} and ${all}`.execute(db)
  const cites = await sql<Ranked>`select i.id, i.title, i.type_code as type, count(*)::int as n from knowledge_citation c join knowledge_item i on i.tenant_id = c.tenant_id and i.id = c.item_id where c.tenant_id = ${ctx.tenantId} and c.at >= ${since} and ${mine} group by i.id, i.title, i.type_code order by n desc, i.id limit 20`.execute(db)
  const total = await sql<{ n: number }>`select count(*)::int as n from knowledge_citation c join knowledge_item i on i.tenant_id = c.tenant_id and i.id = c.item_id where c.tenant_id = ${ctx.tenantId} and c.at >= ${since} and ${mine}`.execute(db)
  const reads = await sql<Ranked>`select i.id, i.title, i.type_code as type, i.reads as n from knowledge_item i where i.tenant_id = ${ctx.tenantId} and i.state = 'published' and i.reads > 0 and ${mine} order by i.reads desc, i.id limit 20`.execute(db)
  const noHits = await sql<{ words: string; n: number; last: Instant }>`select words, count(*)::int as n, max(at) as last from knowledge_search_log where tenant_id = ${ctx.tenantId} and at >= ${since} and hits = 0 and ${all} group by words order by n desc, last desc limit 30`.execute(db)
  const hot = await sql<{ words: string; n: number }>`select words, count(*)::int as n from knowledge_search_log where tenant_id = ${ctx.tenantId} and at >= ${since} and hits > 0 and ${all} group by words order by n desc, words limit 20`.execute(db)
  const units = await sql<Out['byUnit'][number]>`select i.owner_unit_name as "unitName", count(*) filter (where i.state = 'published')::int as published, count(*) filter (where i.state = 'expired')::int as expired, sum(i.cites)::int as cites, sum(i.useless)::int as useless from knowledge_item i where i.tenant_id = ${ctx.tenantId} and i.state <> 'discarded' and ${mine} group by i.owner_unit_name order by published desc, i.owner_unit_name limit 100`.execute(db)
  const types = new Map((await typesOf(ctx)).map((type) => [type.code, type.name]))
  const ranked = (rows: Ranked[]) => rows.map((row) => ({ id: row.id, title: row.title, typeName: types.get(row.type) ?? row.type, n: row.n }))
  const none = { published: 0, drafts: 0, inReview: 0, expired: 0, expiring: 0 }
  return { figures: { ...(figures.rows[0] ?? none), ...(searches.rows[0] ?? { searches: 0, noHit: 0 }), cites: total.rows[0]?.n ?? 0 }, mostRead: ranked(reads.rows), mostCited: ranked(cites.rows), noHits: noHits.rows, hotWords: hot.rows, byUnit: units.rows }
}
