// The bin: what is temporarily down, what is given up; and the run that removes the latter for good (KNO-07).
import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { DAY, plus } from '../../../kernel/time/index.ts'
import { afterCursor, boundCount, nextPage, setting } from '../../platform/index.ts'
import { recycleDays } from '../settings.ts'
import { itemStateNames } from '../texts.zh-CN.ts'
import type { ItemState } from './item.ts'
import type * as contract from './item-contract.ts'
import { kept, watcherOf } from './item.policy.ts'
import { db, trail } from './item.queries.ts'
import { namesOf } from './list-items.ts'

const classes = { down: ['suspended', 'expired'], discarded: ['discarded'] } as const

/** Latest first, with the reason, who did it, the directory it came from, and the day on which it is removed for good. */
export async function listBin(ctx: Ctx, input: Input<typeof contract.listBin>): Promise<Output<typeof contract.listBin>> {
  authorize(ctx, 'knowledge.edit')
  const watcher = await watcherOf(ctx)
  let query = db(ctx).selectFrom('knowledge_item as i').where('i.tenant_id', '=', ctx.tenantId).where(kept(watcher)).where('i.state', 'in', input.class ? classes[input.class] : [...classes.down, ...classes.discarded]).where('i.down_at', 'is not', null)
  if (input.typeCode) query = query.where('i.type_code', '=', input.typeCode)
  if (input.directoryId) query = query.where(sql<boolean>`i.directory_ids @> array[${input.directoryId}]::uuid[]`)
  if (input.q) query = query.where((e) => e.or([e('i.code', '=', input.q?.toUpperCase() ?? ''), e(sql<number>`position(lower(${input.q ?? ''}) in lower(i.title))`, '>', 0)]))
  const rows = await query.selectAll('i').select(sql<boolean>`(i.type_code = 'statute' or exists (select 1 from knowledge_citation c where c.tenant_id = i.tenant_id and c.item_id = i.id))`.as('stays')).where(afterCursor(input.cursor, 'i.down_at', 'i.id')).orderBy('i.down_at', 'desc').orderBy('i.id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (row) => row.down_at ?? row.changed_at)
  const [names, days] = [await namesOf(ctx), await setting(ctx, recycleDays)]
  return {
    items: page.items.map((row) => ({
      id: row.id, code: row.code, title: row.title, typeName: names.types.get(row.type_code) ?? row.type_code, directoryPath: names.directories.get(row.directory_id)?.path ?? [], ownerUnitName: row.owner_unit_name, state: row.state as ItemState, stateName: itemStateNames[row.state as ItemState],
      reason: row.down_reason, downAt: row.down_at ?? row.changed_at, downByName: row.down_by_name, stays: row.stays, removedAt: row.state === 'discarded' && !row.stays && row.down_at !== null ? plus(row.down_at, days * DAY) : null,
    })),
    next: page.next, count: await boundCount(ctx, query),
  }
}

/** Cron: given up longer ago than ⚙, never quoted, no statute: removed with all versions; the line in the trail stays. */
export async function purgeDiscarded(ctx: Ctx): Promise<void> {
  const before = ts(plus(ctx.clock.now(), -(await setting(ctx, recycleDays)) * DAY))
  const old = await db(ctx).selectFrom('knowledge_item').select(['id', 'code', 'title']).where('tenant_id', '=', ctx.tenantId).where('state', '=', 'discarded').where('down_at', '<', before).where('type_code', '<>', 'statute')
    .where(sql<boolean>`not exists (select 1 from knowledge_citation c where c.tenant_id = knowledge_item.tenant_id and c.item_id = knowledge_item.id)`).orderBy('down_at').limit(200).execute()
  for (const item of old) {
    const { rows } = await sql<{ gone: boolean }>`select knowledge_purge(${ctx.tenantId}, ${item.id}, ${before}) as gone`.execute(ctx.db())
    if (rows[0]?.gone) await trail(ctx, { itemId: item.id, act: 'purge', text: `${item.code} ${item.title}` })
  }
}
