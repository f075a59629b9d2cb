// The tree of a topic: read for whoever looks (what he may not use is not told of, what is down is shown as unavailable), changed by its keepers.
import { sql } from 'kysely'
import { authorize, can } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { attachFiles, filesOf } from '../../platform/index.ts'
import { emptyDoc, imageIds, type Doc } from '../document.ts'
import { whyUnusable } from '../items/item.ts'
import { addressed, kept, watcherOf, type Watcher } from '../items/item.policy.ts'
import { db, IMAGES } from '../items/item.queries.ts'
import { namesOf } from '../items/list-items.ts'
import { listLibraries } from '../scenes/scenes.ts'
import type * as contract from './topic-contract.ts'
import { lockTopic, noteTopic, topicLineOf, touchTopic } from './topics.ts'

type Node = Output<typeof contract.getTopic>['tree'][number]
type Linked = Node['items'][number]
export const NODE = 'knowledgeTopicNode'
const DEPTH = 5
const MOST = 500

/** Items that nodes lead to, by id: of what is not meant for the reader nothing, of what is down the title and the reason. */
async function linkedItems(ctx: Ctx, ids: string[], watcher: Watcher): Promise<Map<string, Linked>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; code: string; title: string; summary: string; type: string; state: string; validFrom: string | null; validTo: string | null }>`select i.id, i.code, i.title, i.summary, i.type_code as type, i.state, i.valid_from as "validFrom", i.valid_to as "validTo" from knowledge_item i where i.tenant_id = ${ctx.tenantId} and i.id = any(${ids}::uuid[]) and i.version_number is not null and (${addressed(watcher)} or ${kept(watcher)})`.execute(ctx.db())
  const { types } = await namesOf(ctx)
  return new Map(rows.map(({ type, state, validFrom, validTo, ...row }) => {
    const why = whyUnusable({ state, validFrom, validTo }, watcher.today)
    return [row.id, { ...row, summary: why === null ? row.summary : '', typeName: types.get(type) ?? type, usable: why === null, why }]
  }))
}

/** All nodes in the order they are drawn. */
export async function treeOf(ctx: Ctx, topicId: string, watcher: Watcher): Promise<Node[]> {
  const rows = await db(ctx).selectFrom('knowledge_topic_node').selectAll().where('tenant_id', '=', ctx.tenantId).where('topic_id', '=', topicId).orderBy('sort').orderBy('name').orderBy('id').limit(MOST).execute()
  const [items, files] = [await linkedItems(ctx, rows.flatMap((row) => row.item_ids), watcher), await filesOf(ctx, NODE, rows.map((row) => row.id))]
  return rows.map((row) => {
    const body = row.body as Doc // checked by the contract when written
    const images = imageIds(body)
    return { id: row.id, parentId: row.parent_id, name: row.name, description: row.description, attributes: row.attributes as Node['attributes'], body, files: (files.get(row.id) ?? []).filter((file) => !images.has(file.id)).map(({ id, name, type, size }) => ({ id, name, type, size })), items: row.item_ids.flatMap((id) => items.get(id) ?? []), sort: row.sort }
  })
}

export async function getTopic(ctx: Ctx, input: { id: string }): Promise<Output<typeof contract.getTopic>> {
  authorize(ctx, 'knowledge.read')
  const row = await db(ctx).selectFrom('knowledge_topic').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).executeTakeFirst()
  if (!row || (row.state !== 'published' && !can(ctx, 'knowledge.manage'))) throw kernelErrors('notFound')
  const tree = await treeOf(ctx, row.id, await watcherOf(ctx))
  return { ...topicLineOf(row, tree.length), tree }
}

const nodesOf = (ctx: Ctx, topicId: string) => db(ctx).selectFrom('knowledge_topic_node').select(['id', 'parent_id as parentId', 'name']).where('tenant_id', '=', ctx.tenantId).where('topic_id', '=', topicId).execute()

/** Steps from a node up to the top, itself first. */
function lineage(nodes: readonly { id: string; parentId: string | null }[], id: string | null): string[] {
  const line: string[] = []
  for (let at = id; at !== null && !line.includes(at); at = nodes.find((one) => one.id === at)?.parentId ?? null) line.push(at)
  return line
}

function depthBelow(nodes: readonly { id: string; parentId: string | null }[], id: string): number {
  return 1 + Math.max(0, ...nodes.filter((one) => one.parentId === id).map((one) => depthBelow(nodes, one.id)))
}

async function checkPlace(ctx: Ctx, topicId: string, nodeId: string | undefined, parentId: string | null): Promise<void> {
  const nodes = await nodesOf(ctx, topicId)
  const refuse = (message: string) => kernelErrors('invalid', { fields: [{ path: 'parentId', message }] })
  if (nodeId !== undefined && !nodes.some((one) => one.id === nodeId)) throw kernelErrors('notFound')
  if (nodeId === undefined && nodes.length >= MOST) throw refuse(`一个专题最多 ${MOST} 个节点`)
  if (parentId === null) return
  if (!nodes.some((one) => one.id === parentId)) throw refuse('上级节点不存在')
  const above = lineage(nodes, parentId)
  if (nodeId !== undefined && above.includes(nodeId)) throw refuse('不能移动到自己或自己的下级之下')
  if (above.length + (nodeId === undefined ? 1 : depthBelow(nodes, nodeId)) > DEPTH) throw refuse(`导图最多 ${DEPTH} 层`)
}

export async function saveNode(ctx: Ctx, input: Input<typeof contract.saveNode>): Promise<{ id: string }> {
  authorize(ctx, 'knowledge.manage')
  const topic = await lockTopic(ctx, input.id)
  await checkPlace(ctx, topic.id, input.nodeId, input.parentId)
  const itemIds = [...new Set(input.itemIds)]
  const known = itemIds.length === 0 ? [] : await db(ctx).selectFrom('knowledge_item').select('id').where('tenant_id', '=', ctx.tenantId).where('id', 'in', itemIds).execute()
  if (known.length < itemIds.length) throw kernelErrors('invalid', { fields: [{ path: 'itemIds', message: '有的知识不存在' }] })
  const values = { parent_id: input.parentId, name: input.name, description: input.description, attributes: json(input.attributes), body: json(input.body as never), item_ids: itemIds, sort: input.sort }
  const id = input.nodeId ?? newId()
  if (input.nodeId === undefined) await db(ctx).insertInto('knowledge_topic_node').values({ tenant_id: ctx.tenantId, id, topic_id: topic.id, ...values }).execute()
  else await db(ctx).updateTable('knowledge_topic_node').set(values).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute()
  const held = new Set(((await filesOf(ctx, NODE, [id])).get(id) ?? []).map((file) => file.id))
  const [fresh, images] = [input.addFileIds.filter((file) => !held.has(file)), imageIds(input.body)]
  const to = { objectType: NODE, objectId: id, audience: topic.audience === 'public' ? ('public' as const) : ('staff' as const) }
  await attachFiles(ctx, { ...to, fileIds: fresh.filter((file) => !images.has(file)), place: 'knowledge' })
  await attachFiles(ctx, { ...to, fileIds: fresh.filter((file) => images.has(file)), place: IMAGES })
  await touchTopic(ctx, topic)
  await noteTopic(ctx, topic, 'node', input.name)
  return { id }
}

/** With all below it; the items themselves stay. */
export async function deleteNode(ctx: Ctx, input: { id: string; nodeId: string }): Promise<{ removed: number }> {
  authorize(ctx, 'knowledge.manage')
  const topic = await lockTopic(ctx, input.id)
  const nodes = await nodesOf(ctx, topic.id)
  const node = nodes.find((one) => one.id === input.nodeId)
  if (!node) throw kernelErrors('notFound')
  const gone = nodes.filter((one) => lineage(nodes, one.id).includes(node.id)).length
  await db(ctx).deleteFrom('knowledge_topic_node').where('tenant_id', '=', ctx.tenantId).where('id', '=', node.id).execute()
  await touchTopic(ctx, topic)
  await noteTopic(ctx, topic, 'dropNode', node.name)
  return { removed: gone }
}

/** Business class – scenario – knowledge out of the libraries; what stands in the map already is filled up, nothing is moved. */
export async function drawTopic(ctx: Ctx, input: Input<typeof contract.drawTopic>): Promise<{ added: number }> {
  authorize(ctx, 'knowledge.manage')
  const topic = await lockTopic(ctx, input.id)
  const libraries = (await listLibraries(ctx)).items.filter((one) => input.libraryIds.includes(one.id))
  if (libraries.length < new Set(input.libraryIds).size) throw kernelErrors('invalid', { fields: [{ path: 'libraryIds', message: '场景知识库不存在' }] })
  const nodes = await nodesOf(ctx, topic.id)
  const { rows: links } = await sql<{ scenario: string; items: string[] }>`select scenario_id as scenario, array_agg(item_id order by place) as items from knowledge_scenario_item where tenant_id = ${ctx.tenantId} and scenario_id = any(${libraries.flatMap((one) => one.scenarios.map((scenario) => scenario.id))}::uuid[]) group by scenario_id`.execute(ctx.db())
  const itemsOf = new Map(links.map((row) => [row.scenario, row.items]))
  let added = 0
  const ensure = async (parentId: string | null, name: string, description: string, itemIds: string[], sort: number): Promise<string> => {
    const known = nodes.find((one) => one.parentId === parentId && one.name === name)
    if (known) {
      if (itemIds.length > 0) await sql`update knowledge_topic_node set item_ids = item_ids || (select coalesce(array_agg(x order by n), '{}') from unnest(${itemIds}::uuid[]) with ordinality as u(x, n) where not x = any(item_ids)) where tenant_id = ${ctx.tenantId} and id = ${known.id}`.execute(ctx.db())
      return known.id
    }
    const id = newId()
    await db(ctx).insertInto('knowledge_topic_node').values({ tenant_id: ctx.tenantId, id, topic_id: topic.id, parent_id: parentId, name, description, attributes: json([]), body: json(emptyDoc as never), item_ids: itemIds, sort }).execute()
    nodes.push({ id, parentId, name })
    added++
    return id
  }
  for (const [at, library] of libraries.entries()) {
    const above = await ensure(null, library.name, library.description, [], (at + 1) * 10)
    for (const [place, scenario] of library.scenarios.filter((one) => one.enabled).entries()) await ensure(above, scenario.name, scenario.description, itemsOf.get(scenario.id) ?? [], (place + 1) * 10)
  }
  await touchTopic(ctx, topic)
  await noteTopic(ctx, topic, 'draw', libraries.map((one) => one.name).join('、'))
  return { added }
}

/** A node's pictures and attachments: of a published topic for whom it is meant, else for its keepers. */
export async function mayOpenTopicOf(ctx: Ctx, nodeId: string): Promise<boolean> {
  const row = await db(ctx).selectFrom('knowledge_topic_node as n').innerJoin('knowledge_topic as t', (join) => join.onRef('t.tenant_id', '=', 'n.tenant_id').onRef('t.id', '=', 'n.topic_id')).select(['t.state', 't.audience']).where('n.tenant_id', '=', ctx.tenantId).where('n.id', '=', nodeId).executeTakeFirst()
  if (!row) return false
  if (ctx.actor.kind !== 'user') return row.state === 'published' && row.audience === 'public'
  return can(ctx, 'knowledge.manage') || row.state === 'published'
}
