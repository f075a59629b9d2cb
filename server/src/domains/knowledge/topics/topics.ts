// Topics and their standing: draft → published ⇄ offline; every act leaves a line, also when the topic itself is gone.
import { sql } from 'kysely'
import type { Selectable } from 'kysely'
import { authorize, can } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { db } from '../items/item.queries.ts'
import { knowledgeFail } from '../knowledge.errors.ts'
import type { KnowledgeTables } from '../tables.gen.ts'
import type * as contract from './topic-contract.ts'

export type TopicRow = Selectable<KnowledgeTables['knowledge_topic']>
type Line = Output<typeof contract.listTopics>['items'][number]
const stateNames: Record<string, string> = { draft: '草稿', published: '已发布', offline: '已下线' }
const actNames: Record<string, string> = { create: '建立', change: '修改', publish: '发布', offline: '下线', delete: '删除', draw: '自动生成', node: '修改节点', dropNode: '删除节点' }

export const topicLineOf = (row: TopicRow, nodes: number): Line => ({ id: row.id, name: row.name, description: row.description, style: row.style as Line['style'], level: row.level, audience: row.audience === 'public' ? 'public' : 'staff', state: row.state as Line['state'], stateName: stateNames[row.state] ?? row.state, nodes, createdAt: row.created_at, createdByName: row.created_by_name, changedAt: row.changed_at, changedByName: row.changed_by_name, publishedAt: row.published_at, version: row.version })

export async function noteTopic(ctx: Ctx, topic: { id: string; name: string }, act: string, text: string | null = null): Promise<void> {
  await db(ctx).insertInto('knowledge_topic_log').values({ tenant_id: ctx.tenantId, id: newId(), topic_id: topic.id, topic_name: topic.name, act, text, by_name: ctx.actor.name, at: ts(ctx.clock.now()) }).execute()
}

/** What the reader may know of: published ones, and for who keeps them all. */
export async function listTopics(ctx: Ctx, input: Input<typeof contract.listTopics>): Promise<Output<typeof contract.listTopics>> {
  authorize(ctx, 'knowledge.read')
  let query = db(ctx).selectFrom('knowledge_topic as t').selectAll('t').select((eb) => eb.selectFrom('knowledge_topic_node as n').select((e) => e.fn.countAll<number>().as('n')).whereRef('n.tenant_id', '=', 't.tenant_id').whereRef('n.topic_id', '=', 't.id').as('nodes')).where('t.tenant_id', '=', ctx.tenantId)
  if (!can(ctx, 'knowledge.manage')) query = query.where('t.state', '=', 'published')
  if (input.state) query = query.where('t.state', '=', input.state)
  if (input.q) query = query.where(sql<boolean>`strpos(lower(t.name), lower(${input.q})) > 0`)
  return { items: (await query.orderBy('t.changed_at', 'desc').limit(200).execute()).map((row) => topicLineOf(row, Number(row.nodes ?? 0))) }
}

export async function lockTopic(ctx: Ctx, id: string, version?: number): Promise<TopicRow> {
  const row = await db(ctx).selectFrom('knowledge_topic').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  if (version !== undefined && row.version !== version) throw kernelErrors('conflict', { current: { version: row.version, changedBy: row.changed_by_name } })
  return row
}

const stamp = (ctx: Ctx) => ({ changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name })

/** Any change of the topic or of a node of it. */
export async function touchTopic(ctx: Ctx, row: TopicRow, change: Record<string, unknown> = {}): Promise<TopicRow> {
  return db(ctx).updateTable('knowledge_topic').set({ ...change, ...stamp(ctx), version: row.version + 1 } as never).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).returningAll().executeTakeFirstOrThrow()
}

export async function saveTopic(ctx: Ctx, input: Input<typeof contract.saveTopic>): Promise<{ id: string }> {
  authorize(ctx, 'knowledge.manage')
  const { id, version, ...head } = input
  const twin = await db(ctx).selectFrom('knowledge_topic').select('id').where('tenant_id', '=', ctx.tenantId).where('name', '=', head.name).executeTakeFirst()
  if (twin && twin.id !== id) throw kernelErrors('invalid', { fields: [{ path: 'name', message: '已有同名专题' }] })
  if (id !== undefined) {
    const row = await lockTopic(ctx, id, version)
    await touchTopic(ctx, row, head)
    await noteTopic(ctx, { id, name: head.name }, 'change', row.name === head.name ? null : `原名“${row.name}”`)
    return { id }
  }
  const made = newId()
  await db(ctx).insertInto('knowledge_topic').values({ tenant_id: ctx.tenantId, id: made, ...head, state: 'draft', created_at: ts(ctx.clock.now()), created_by_name: ctx.actor.name, ...stamp(ctx) }).execute()
  await noteTopic(ctx, { id: made, name: head.name }, 'create')
  return { id: made }
}

export async function setTopicState(ctx: Ctx, input: Input<typeof contract.setTopicState>): Promise<Output<typeof contract.setTopicState>> {
  authorize(ctx, 'knowledge.manage')
  const row = await lockTopic(ctx, input.id, input.version)
  const publish = input.state === 'published'
  if (row.state === input.state || (!publish && row.state !== 'published')) throw knowledgeFail('topicState', { params: { state: stateNames[row.state] ?? '', act: publish ? '发布' : '下线' } })
  if (publish && !(await db(ctx).selectFrom('knowledge_topic_node').select('id').where('tenant_id', '=', ctx.tenantId).where('topic_id', '=', row.id).limit(1).executeTakeFirst())) throw knowledgeFail('topicEmpty')
  const saved = await touchTopic(ctx, row, { state: input.state, ...(publish ? { published_at: ts(ctx.clock.now()) } : {}) })
  await noteTopic(ctx, row, publish ? 'publish' : 'offline')
  return { state: input.state, version: saved.version }
}

/** A published topic goes offline first; the name typed again is the second confirmation. */
export async function deleteTopic(ctx: Ctx, input: Input<typeof contract.deleteTopic>): Promise<Record<string, never>> {
  authorize(ctx, 'knowledge.manage')
  const row = await lockTopic(ctx, input.id)
  if (row.state === 'published') throw knowledgeFail('topicState', { params: { state: stateNames[row.state] ?? '', act: '删除，请先下线' } })
  if (input.confirm !== row.name) throw kernelErrors('invalid', { fields: [{ path: 'confirm', message: `请输入专题名称“${row.name}”` }] })
  await db(ctx).deleteFrom('knowledge_topic').where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  await noteTopic(ctx, row, 'delete')
  return {}
}

export async function listTopicLog(ctx: Ctx, input: { id: string }): Promise<Output<typeof contract.topicLog>> {
  authorize(ctx, 'knowledge.manage')
  const rows = await db(ctx).selectFrom('knowledge_topic_log').selectAll().where('tenant_id', '=', ctx.tenantId).where('topic_id', '=', input.id).orderBy('at', 'desc').orderBy('id', 'desc').limit(200).execute()
  return { items: rows.map((row) => ({ id: row.id, topicName: row.topic_name, actName: actNames[row.act] ?? row.act, text: row.text, byName: row.by_name, at: row.at })) }
}
