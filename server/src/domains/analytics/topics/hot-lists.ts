// Weekly and monthly lists of hot events make themselves: last week's once a week has ended, last month's once a month has (ANA-22).
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { setting } from '../../platform/index.ts'
import { db } from '../boards.ts'
import { periodNamed } from '../named-period.ts'
import { makeEvents } from './hot-events.ts'
import { hotLists } from './topic-settings.ts'

const lists = [['week', 'lastWeek'], ['month', 'lastMonth']] as const

/** Each list once, however often this runs and in however many processes: the row of the list is made first, its number after. */
export async function makeDueLists(ctx: Ctx): Promise<void> {
  const wanted = await setting(ctx, hotLists)
  for (const [list, period] of lists) {
    if (wanted !== 'both' && wanted !== list) continue
    const { from, to } = await periodNamed(ctx, period)
    const fresh = await db(ctx).insertInto('analytics_hot_list').values({ tenant_id: ctx.tenantId, list, from_day: from, made: 0, made_at: ts(ctx.clock.now()) }).onConflict((c) => c.doNothing()).returning('list').executeTakeFirst()
    if (!fresh) continue
    const made = await makeEvents(ctx, { from, to }, list)
    await db(ctx).updateTable('analytics_hot_list').set({ made }).where('tenant_id', '=', ctx.tenantId).where('list', '=', list).where('from_day', '=', from).execute()
  }
}
