// Queues of what somebody hands out: seen, changed and deleted by who made them, unknown to others. And the log of what was sent.
import { sql } from 'kysely'
import { authorize, userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import type { Instant } from '../../../kernel/time/index.ts'
import { afterCursor, boundCount, deliveriesOf, deliveryFigures, nextPage } from '../../platform/index.ts'
import { usable, watcherOf } from '../items/item.policy.ts'
import { db } from '../items/item.queries.ts'
import type * as contract from './notice-contract.ts'
import { addNotice, sendNotice } from './send-notices.ts'

type Queue = Output<typeof contract.listNoticeQueues>['items'][number]
type Entry = Output<typeof contract.listQueueEntries>['items'][number]
type Line = Output<typeof contract.noticeLog>['items'][number]

export async function listNoticeQueues(ctx: Ctx, input: Input<typeof contract.listNoticeQueues>): Promise<{ items: Queue[] }> {
  authorize(ctx, 'knowledge.publish')
  const { rows } = await sql<Queue>`select q.id, q.name, q.description, q.owner_name as "ownerName", (extract(epoch from q.created_at) * 1000)::float8 as "createdAt", count(n.id) filter (where n.state = 'waiting')::int as waiting, count(n.id) filter (where n.state = 'sent')::int as sent
    from knowledge_notice_queue q left join knowledge_notice n on n.tenant_id = q.tenant_id and n.queue_id = q.id where q.tenant_id = ${ctx.tenantId} and q.owner_id = ${userId(ctx)} and position(${input.q ?? ''} in q.name || q.description) > 0 group by q.tenant_id, q.id order by q.created_at desc, q.id limit 200`.execute(ctx.db())
  return { items: rows }
}

/** Locked, of the actor's own. */
async function ownQueue(ctx: Ctx, id: string) {
  authorize(ctx, 'knowledge.publish')
  const row = await db(ctx).selectFrom('knowledge_notice_queue').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).where('owner_id', '=', userId(ctx)).forUpdate().executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  return row
}

export async function saveNoticeQueue(ctx: Ctx, input: Input<typeof contract.saveNoticeQueue>): Promise<{ id: string }> {
  authorize(ctx, 'knowledge.publish')
  const twin = await db(ctx).selectFrom('knowledge_notice_queue').select('id').where('tenant_id', '=', ctx.tenantId).where('owner_id', '=', userId(ctx)).where('name', '=', input.name).executeTakeFirst()
  if (twin && twin.id !== input.id) throw kernelErrors('invalid', { fields: [{ path: 'name', message: '已有同名的队列' }] })
  if (input.id !== undefined) {
    const { id } = await ownQueue(ctx, input.id)
    await db(ctx).updateTable('knowledge_notice_queue').set({ name: input.name, description: input.description }).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute()
    return { id }
  }
  const id = newId()
  await db(ctx).insertInto('knowledge_notice_queue').values({ tenant_id: ctx.tenantId, id, name: input.name, description: input.description, owner_id: userId(ctx), owner_name: ctx.actor.name, created_at: ts(ctx.clock.now()) }).execute()
  return { id }
}

/** What waits in it is sent no more; what was sent stays in the log. */
export async function deleteNoticeQueue(ctx: Ctx, input: { id: string }): Promise<{ dropped: number }> {
  const { id } = await ownQueue(ctx, input.id)
  const dropped = await db(ctx).updateTable('knowledge_notice').set({ state: 'void' }).where('tenant_id', '=', ctx.tenantId).where('queue_id', '=', id).where('state', '=', 'waiting').returning('id').execute()
  await db(ctx).deleteFrom('knowledge_notice_queue').where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute()
  return { dropped: dropped.length }
}

export async function listQueueEntries(ctx: Ctx, input: { id: string }): Promise<{ items: Entry[] }> {
  authorize(ctx, 'knowledge.publish')
  const { rows } = await sql<Omit<Entry, 'dueAt' | 'sentAt'> & { dueAt: Instant; sentAt: Instant | null }>`select n.id, n.item_id as "itemId", i.code, i.title as "itemTitle", t.name as "templateName", n.state, (extract(epoch from n.due_at) * 1000)::float8 as "dueAt", (extract(epoch from n.sent_at) * 1000)::float8 as "sentAt", n.told
    from knowledge_notice n join knowledge_notice_queue q on q.tenant_id = n.tenant_id and q.id = n.queue_id join knowledge_notice_template t on t.tenant_id = n.tenant_id and t.id = n.template_id join knowledge_item i on i.tenant_id = n.tenant_id and i.id = n.item_id
    where n.tenant_id = ${ctx.tenantId} and n.queue_id = ${input.id} and q.owner_id = ${userId(ctx)} order by n.state = 'waiting' desc, n.due_at desc, n.id limit 300`.execute(ctx.db())
  return { items: rows }
}

export async function addQueueEntries(ctx: Ctx, input: Input<typeof contract.addQueueEntries>): Promise<{ added: number; told: number }> {
  const queue = await ownQueue(ctx, input.id)
  const now = ctx.clock.now()
  const template = await db(ctx).selectFrom('knowledge_notice_template').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.templateId).where('enabled', '=', true).executeTakeFirst()
  if (!template) throw kernelErrors('invalid', { fields: [{ path: 'templateId', message: '模板不存在或未启用' }] })
  if (template.trigger === 'down') throw kernelErrors('invalid', { fields: [{ path: 'templateId', message: '下架通知由系统触发，不能用于队列' }] })
  if (input.sendAt !== null && input.sendAt <= now) throw kernelErrors('invalid', { fields: [{ path: 'sendAt', message: '须晚于现在' }] })
  const ids = [...new Set(input.itemIds)]
  const items = await db(ctx).selectFrom('knowledge_item as i').select(['i.id', 'i.version_number']).where('i.tenant_id', '=', ctx.tenantId).where('i.id', 'in', ids).where(usable(await watcherOf(ctx))).execute()
  if (items.length < ids.length) throw kernelErrors('invalid', { fields: [{ path: 'itemIds', message: '只能选择有效的知识' }] })
  let told = 0
  for (const item of items) {
    const id = await addNotice(ctx, { template, queueId: queue.id, itemId: item.id, version: item.version_number ?? 0, trigger: 'byHand', dueAt: input.sendAt ?? now })
    if (input.sendAt === null) told += await sendNotice(ctx, await db(ctx).selectFrom('knowledge_notice').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).executeTakeFirstOrThrow())
  }
  return { added: items.length, told }
}

export async function dropQueueEntry(ctx: Ctx, input: { id: string }): Promise<Record<string, never>> {
  authorize(ctx, 'knowledge.publish')
  const row = await db(ctx).selectFrom('knowledge_notice').select(['id', 'queue_id', 'state']).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).forUpdate().executeTakeFirst()
  if (!row?.queue_id) throw kernelErrors('notFound')
  await ownQueue(ctx, row.queue_id)
  if (row.state !== 'waiting') throw kernelErrors('conflict', { current: { state: row.state } })
  await db(ctx).deleteFrom('knowledge_notice').where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  return {}
}

/** In-app there is nothing that could fail; outside, some may have been reached and others not. */
export function outcomeOf(of: { out: number; failed: number; waiting: number }): Line['outcome'] {
  if (of.out === 0) return 'inApp'
  if (of.waiting > 0) return 'underway'
  return of.failed === 0 ? 'success' : of.failed === of.out ? 'failure' : 'partial'
}

export async function noticeLog(ctx: Ctx, input: Input<typeof contract.noticeLog>): Promise<Output<typeof contract.noticeLog>> {
  authorize(ctx, 'knowledge.manage')
  const query = db(ctx).selectFrom('knowledge_notice as n').innerJoin('knowledge_item as i', (join) => join.onRef('i.tenant_id', '=', 'n.tenant_id').onRef('i.id', '=', 'n.item_id')).innerJoin('knowledge_notice_template as t', (join) => join.onRef('t.tenant_id', '=', 'n.tenant_id').onRef('t.id', '=', 'n.template_id')).leftJoin('knowledge_notice_queue as q', (join) => join.onRef('q.tenant_id', '=', 'n.tenant_id').onRef('q.id', '=', 'n.queue_id'))
    .where('n.tenant_id', '=', ctx.tenantId).where('n.state', '=', 'sent')
  const rows = await query.select(['n.id', 'n.item_id as itemId', 'i.title as itemTitle', 't.name as templateName', 'q.name as queueName', 'n.title', 'n.sent_at as at', 'n.due_at as due', 'n.by_name as byName', 'n.told', 'n.spared']).where(afterCursor(input.cursor, 'n.sent_at', 'n.id')).orderBy('n.sent_at', 'desc').orderBy('n.id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (row) => row.at ?? row.due)
  const figures = await deliveryFigures(ctx, page.items.map((row) => row.id))
  return {
    count: await boundCount(ctx, query), next: page.next,
    items: page.items.map(({ at, due, ...row }) => {
      const of = figures.get(row.id) ?? { out: 0, failed: 0, waiting: 0 }
      return { ...row, sentAt: at ?? due, out: of.out, outFailed: of.failed, outcome: outcomeOf(of) }
    }),
  }
}

export async function noticeDeliveries(ctx: Ctx, input: { id: string }): Promise<Output<typeof contract.noticeDeliveries>> {
  authorize(ctx, 'knowledge.manage')
  const row = await db(ctx).selectFrom('knowledge_notice').select('id').where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  return { items: (await deliveriesOf(ctx, row.id)).map(({ id, channel, userName, address, title, state, attempts, result, createdAt, sentAt }) => ({ id, channel, userName, address, title, state, attempts, result, createdAt, sentAt })) }
}
