// What is looked up, opened and quoted most in the last days (KNO-15); editors pin and hide.
import { sql } from 'kysely'
import { authorize, can, userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { DAY, plus } from '../../../kernel/time/index.ts'
import { heldWords, setting } from '../../platform/index.ts'
import { usable, watcherOf, type Watcher } from '../items/item.policy.ts'
import { db, itemRow } from '../items/item.queries.ts'
import { readableItem } from '../items/read-item.ts'
import { hotCycle, hotLength } from '../settings.ts'
import { typesOf } from '../types/types.ts'
import type * as contract from './upkeep-contract.ts'

type Line = { id: string; title: string; type: string; searched: number; cited: number; score: number; pinned: boolean }

/** The list for whoever looks, of what he may use; pinned ones first. A quotation weighs as much as five openings. */
export async function hotItems(ctx: Ctx, watcher: Watcher): Promise<Line[]> {
  const since = ts(plus(ctx.clock.now(), -(await setting(ctx, hotCycle)) * DAY))
  const { rows } = await sql<Line>`select i.id, i.title, i.type_code as type, coalesce(s.n, 0)::int as searched, coalesce(c.n, 0)::int as cited, (coalesce(s.n, 0) + 5 * coalesce(c.n, 0))::float8 as score, coalesce(h.mode = 'pin', false) as pinned
    from knowledge_item i left join (select opened_item_id as id, count(*) as n from knowledge_search_log where tenant_id = ${ctx.tenantId} and at >= ${since} and opened_item_id is not null group by 1) s on s.id = i.id
      left join (select item_id as id, count(*) as n from knowledge_citation where tenant_id = ${ctx.tenantId} and at >= ${since} group by 1) c on c.id = i.id
      left join knowledge_hot h on h.tenant_id = i.tenant_id and h.item_id = i.id
    where i.tenant_id = ${ctx.tenantId} and (s.n > 0 or c.n > 0 or h.mode = 'pin') and h.mode is distinct from 'hide' and ${usable(watcher)} order by pinned desc, score desc, i.id limit ${await setting(ctx, hotLength)}`.execute(ctx.db())
  return rows
}

export async function hotList(ctx: Ctx): Promise<Output<typeof contract.hotList>> {
  authorize(ctx, 'knowledge.read')
  const [watcher, days] = [await watcherOf(ctx), await setting(ctx, hotCycle)]
  const types = new Map((await typesOf(ctx)).map((type) => [type.code, type.name]))
  const items = (await hotItems(ctx, watcher)).map(({ type, ...row }) => ({ ...row, typeName: types.get(type) ?? type }))
  const { rows: asked } = await sql<{ words: string; n: number }>`select words, count(*)::int as n from knowledge_search_log where tenant_id = ${ctx.tenantId} and at >= ${ts(plus(ctx.clock.now(), -days * DAY))} and hits > 0 and audience = 'staff' group by words order by n desc, words limit 30`.execute(ctx.db())
  const [hot, stop] = [await heldWords(ctx, 'hot'), new Set(await heldWords(ctx, 'stop'))]
  const searched = new Map(asked.map((one) => [one.words, one.n]))
  // What the word store calls hot stands first, whether it was searched yet or not.
  const words = [...hot.slice(0, 5).map((word) => ({ words: word, n: searched.get(word) ?? 0 })), ...asked.filter((one) => !hot.includes(one.words) && !stop.has(one.words))].slice(0, 10)
  const hidden = can(ctx, 'knowledge.manage') ? await db(ctx).selectFrom('knowledge_hot as h').innerJoin('knowledge_item as i', (join) => join.onRef('i.tenant_id', '=', 'h.tenant_id').onRef('i.id', '=', 'h.item_id')).select(['i.id', 'i.title']).where('h.tenant_id', '=', ctx.tenantId).where('h.mode', '=', 'hide').orderBy('i.title').limit(100).execute() : []
  return { days, items, words, hidden }
}

export async function setHot(ctx: Ctx, input: Input<typeof contract.setHot>): Promise<Output<typeof contract.setHot>> {
  authorize(ctx, 'knowledge.manage')
  if (!(await itemRow(ctx, input.id))) throw kernelErrors('notFound')
  await db(ctx).deleteFrom('knowledge_hot').where('tenant_id', '=', ctx.tenantId).where('item_id', '=', input.id).execute()
  if (input.mode !== 'none') await db(ctx).insertInto('knowledge_hot').values({ tenant_id: ctx.tenantId, item_id: input.id, mode: input.mode, changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name }).execute()
  return { mode: input.mode }
}

/** Which hit a search led to: joined to the person's last search with these words. */
export async function openedHit(ctx: Ctx, input: Input<typeof contract.openedHit>): Promise<Record<string, never>> {
  authorize(ctx, 'knowledge.read')
  await readableItem(ctx, input.id, await watcherOf(ctx))
  await sql`update knowledge_search_log set opened_item_id = ${input.id} where tenant_id = ${ctx.tenantId} and id = (select id from knowledge_search_log where tenant_id = ${ctx.tenantId} and user_id = ${userId(ctx)} and words = ${input.words} and at > ${ts(plus(ctx.clock.now(), -DAY))} order by at desc limit 1)`.execute(ctx.db())
  return {}
}
