// Reading and writing definitions; published graphs never change, so processes keep them in memory.
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { json, ts } from '../../kernel/db/connect.ts'
import { definePort } from '../../kernel/port.ts'
import { newId } from '../../kernel/runtime.ts'
import { shippedDefinitions } from './definitions/index.ts'
import { flowErrors } from './flow.errors.ts'
import type { ActorRule, Condition, FlowEdge, FlowNode, Graph, ShippedDefinition } from './graph.ts'
import type { FlowTables } from './tables.gen.ts'

/** Processes that later domains ship. */
export const flowDefinitions = definePort<() => ShippedDefinition[]>('flow.definitions')

const shipped = (): ShippedDefinition[] => [...shippedDefinitions, ...flowDefinitions.all().flatMap((source) => source())]

/** Loads the shipped processes that are not there yet as published version 1; changed ones stay as they are. Repeatable. */
export async function ensureDefinitions(ctx: Ctx): Promise<void> {
  const db = ctx.db<FlowTables>()
  const held = new Set((await db.selectFrom('flow_definition').select('key').execute()).map((row) => row.key))
  for (const definition of shipped()) {
    if (held.has(definition.key)) continue
    const made = await db
      .insertInto('flow_definition')
      .values({ id: newId(), key: definition.key, name: definition.name, business_type: definition.businessType, stage: definition.stage ?? null, scope: 'deployment', created_at: ts(ctx.clock.now()) })
      .onConflict((oc) => oc.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (made) await insertVersion(ctx, made.id, 1, definition.graph, 'published')
  }
}

export async function insertVersion(ctx: Ctx, definitionId: string, version: number, graph: Graph, state: 'draft' | 'published'): Promise<string> {
  const db = ctx.db<FlowTables>()
  const id = newId()
  const now = ts(ctx.clock.now())
  await db
    .insertInto('flow_version')
    .values({ id, definition_id: definitionId, version, state, created_at: now, created_by_name: ctx.actor.name, published_at: state === 'published' ? now : null })
    .execute()
  await db
    .insertInto('flow_node')
    .values(graph.nodes.map((node, position) => ({
      version_id: id, position, key: node.key, kind: node.kind, name: node.name, actor: node.actor ? json(node.actor) : null, mode: node.mode ?? 'one', limit_hours: node.limitHours ?? null,
      level_up: node.levelUp ?? false, pass_up: node.passUp ?? false, result: node.result ?? null, x: node.x ?? null, y: node.y ?? null,
    })))
    .execute()
  await db
    .insertInto('flow_edge')
    .values(graph.edges.map((edge, position) => ({ version_id: id, position, from_key: edge.from, to_key: edge.to, outcome: edge.outcome, condition: edge.condition ? json(edge.condition) : null })))
    .execute()
  return id
}

/** The version that new instances begin with. A shipped process that was not loaded yet is loaded now. */
export async function publishedVersion(ctx: Ctx, key: string): Promise<{ versionId: string; name: string }> {
  const found = await findPublished(ctx, key)
  if (found) return found
  if (shipped().some((definition) => definition.key === key)) await ensureDefinitions(ctx)
  const loaded = await findPublished(ctx, key)
  if (!loaded) throw flowErrors('unknownFlow', { params: { key } })
  return loaded
}

async function findPublished(ctx: Ctx, key: string): Promise<{ versionId: string; name: string } | undefined> {
  return ctx
    .db<FlowTables>()
    .selectFrom('flow_definition as d')
    .innerJoin('flow_version as v', 'v.definition_id', 'd.id')
    .select(['v.id as versionId', 'd.name'])
    .where('d.key', '=', key)
    .where('v.state', '=', 'published')
    .where((eb) => eb.or([eb('d.scope', '<>', 'tenant'), eb('d.scope_tenant_id', '=', ctx.tenantId)]))
    .executeTakeFirst()
}

const graphs = new Map<string, Graph>()

/** The graph of a version. `keep` false for drafts, which still change. */
export async function graphOf(ctx: Ctx, versionId: string, keep = true): Promise<Graph> {
  const held = graphs.get(versionId)
  if (held) return held
  const db = ctx.db<FlowTables>()
  const nodes = await db
    .selectFrom('flow_node')
    .select((eb) => [
      'key', 'name', 'limit_hours as limitHours', 'level_up as levelUp', 'pass_up as passUp', 'x', 'y',
      eb.ref('kind').$castTo<FlowNode['kind']>().as('kind'), eb.ref('mode').$castTo<'one' | 'all'>().as('mode'),
      eb.ref('result').$castTo<FlowNode['result']>().as('result'), eb.ref('actor').$castTo<ActorRule | null>().as('actor'),
    ])
    .where('version_id', '=', versionId)
    .orderBy('position')
    .execute()
  const edges = await db
    .selectFrom('flow_edge')
    .select((eb) => ['from_key as from', 'to_key as to', eb.ref('outcome').$castTo<FlowEdge['outcome']>().as('outcome'), eb.ref('condition').$castTo<Condition | null>().as('condition')])
    .where('version_id', '=', versionId)
    .orderBy('position')
    .execute()
  const graph: Graph = { nodes, edges }
  if (keep) graphs.set(versionId, graph)
  return graph
}

/** Serialises changes of one definition. */
export async function lockDefinition(ctx: Ctx, id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`flow:${id}`}, 0))`.execute(ctx.db())
}
