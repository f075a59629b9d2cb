// Own words on items: for the person's own filter; others see them beside the item, may like them, and never find them in a filter.
import { sql } from 'kysely'
import { authorize, userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { notify, setting, wordsIn } from '../../platform/index.ts'
import { usable, watcherOf } from '../items/item.policy.ts'
import { db } from '../items/item.queries.ts'
import { readableItem } from '../items/read-item.ts'
import { knowledgeFail } from '../knowledge.errors.ts'
import { promoteAt } from '../settings.ts'
import type * as contract from './label-contract.ts'

const OWN_MOST = 20

export async function listItemLabels(ctx: Ctx, input: { id: string }): Promise<Output<typeof contract.itemLabels>> {
  authorize(ctx, 'knowledge.read')
  await readableItem(ctx, input.id, await watcherOf(ctx))
  const me = userId(ctx)
  const { rows } = await sql<Output<typeof contract.itemLabels>['items'][number]>`select l.id, l.content, l.user_name as "byName", l.user_id = ${me} as mine, l.likes, exists (select 1 from knowledge_label_like k where k.tenant_id = l.tenant_id and k.label_id = l.id and k.user_id = ${me}) as liked, l.label_id is not null as public
    from knowledge_personal_label l where l.tenant_id = ${ctx.tenantId} and l.item_id = ${input.id} order by l.user_id = ${me} desc, l.likes desc, l.created_at limit 100`.execute(ctx.db())
  return { items: rows }
}

export async function addPersonalLabel(ctx: Ctx, input: Input<typeof contract.addLabel>): Promise<{ id: string }> {
  authorize(ctx, 'knowledge.read')
  await readableItem(ctx, input.id, await watcherOf(ctx))
  const barred = (await wordsIn(ctx, input.content, ['block', 'filter']))[0]
  if (barred) throw kernelErrors('invalid', { fields: [{ path: 'content', message: `含${barred.kindName}“${barred.word}”` }] })
  const held = await db(ctx).selectFrom('knowledge_personal_label').select(['id', 'content']).where('tenant_id', '=', ctx.tenantId).where('item_id', '=', input.id).where('user_id', '=', userId(ctx)).execute()
  const same = held.find((one) => one.content === input.content)
  if (same) return { id: same.id }
  if (held.length >= OWN_MOST) throw kernelErrors('invalid', { fields: [{ path: 'content', message: `一条知识最多加 ${OWN_MOST} 个个人标签` }] })
  const id = newId()
  await db(ctx).insertInto('knowledge_personal_label').values({ tenant_id: ctx.tenantId, id, item_id: input.id, user_id: userId(ctx), user_name: ctx.actor.name, content: input.content, created_at: ts(ctx.clock.now()) }).execute()
  return { id }
}

/** Only the own one; a label that became public stays with the item. */
export async function removePersonalLabel(ctx: Ctx, input: { id: string }): Promise<Record<string, never>> {
  authorize(ctx, 'knowledge.read')
  const gone = await db(ctx).deleteFrom('knowledge_personal_label').where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).where('user_id', '=', userId(ctx)).returning('id').executeTakeFirst()
  if (!gone) throw kernelErrors('notFound')
  return {}
}

/** One like a person, none for one's own; the keepers hear once when a label has enough of them. */
export async function likePersonalLabel(ctx: Ctx, input: Input<typeof contract.likeLabel>): Promise<Output<typeof contract.likeLabel>> {
  authorize(ctx, 'knowledge.read')
  const row = await db(ctx).selectFrom('knowledge_personal_label').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).forUpdate().executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  await readableItem(ctx, row.item_id, await watcherOf(ctx))
  if (row.user_id === userId(ctx)) throw knowledgeFail('ownLabel')
  const key = { tenant_id: ctx.tenantId, label_id: row.id, user_id: userId(ctx) }
  if (input.on) await db(ctx).insertInto('knowledge_label_like').values({ ...key, at: ts(ctx.clock.now()) }).onConflict((c) => c.doNothing()).execute()
  else await db(ctx).deleteFrom('knowledge_label_like').where('tenant_id', '=', key.tenant_id).where('label_id', '=', key.label_id).where('user_id', '=', key.user_id).execute()
  const { rows } = await sql<{ likes: number; of: number }>`with n as (select count(*)::int as likes from knowledge_label_like where tenant_id = ${ctx.tenantId} and label_id = ${row.id}), saved as (update knowledge_personal_label l set likes = n.likes from n where l.tenant_id = ${ctx.tenantId} and l.id = ${row.id})
    select n.likes, (n.likes + (select coalesce(sum(o.likes), 0) from knowledge_personal_label o where o.tenant_id = ${ctx.tenantId} and o.content = ${row.content} and o.label_id is null and o.id <> ${row.id}))::int as of from n`.execute(ctx.db())
  const { likes, of } = rows[0] ?? { likes: 0, of: 0 }
  if (input.on && likes > row.likes && row.label_id === null && of === (await setting(ctx, promoteAt))) await notify(ctx, { type: 'knowledge.label', to: { permission: 'knowledge.manage' }, title: `个人标签“${row.content}”已有 ${of} 个赞`, text: '可以转为公共标签，供大家筛选', link: '/knowledge/tree?tab=labels', level: 'P4' })
  return { likes, liked: input.on }
}

export async function listLabelFilters(ctx: Ctx): Promise<Output<typeof contract.labelFilters>> {
  authorize(ctx, 'knowledge.read')
  const may = usable(await watcherOf(ctx))
  const mine = await sql<{ content: string; items: number }>`select l.content, count(*)::int as items from knowledge_personal_label l join knowledge_item i on i.tenant_id = l.tenant_id and i.id = l.item_id where l.tenant_id = ${ctx.tenantId} and l.user_id = ${userId(ctx)} and ${may} group by l.content order by items desc, l.content limit 50`.execute(ctx.db())
  const shared = await sql<{ id: string; name: string; items: number }>`select p.id, p.name, n.items from (select x.label as id, count(*)::int as items from knowledge_item i cross join lateral unnest(i.label_ids) as x(label) where i.tenant_id = ${ctx.tenantId} and i.label_ids <> '{}' and ${may} group by x.label) n join platform_label p on p.tenant_id = ${ctx.tenantId} and p.id = n.id and p.state = 'enabled' order by n.items desc, p.name limit 50`.execute(ctx.db())
  return { mine: mine.rows, public: shared.rows }
}
