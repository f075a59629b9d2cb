// Reading and writing definitions; published graphs never change, so processes keep them in memory.
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { json, ts } from '../../kernel/db/connect.ts'
import { definePort } from '../../kernel/port.ts'
import { newId } from '../../kernel/runtime.ts'
import type { Duration } from '../../kernel/time/index.ts'
import { areaPrefix, tenantsAbove, unitById } from '../platform/index.ts'
import { shippedDefinitions } from './definitions/index.ts'
import { flowErrors } from './flow.errors.ts'
import { checkGraph } from './check-graph.ts'
import { compileGraph, type Compiled } from './compile-graph.ts'
import type { ActorRule, FlowEdge, FlowNode, Graph, ShippedDefinition } from './graph.ts'
import type { FlowTables } from './tables.gen.ts'

/** Processes that later domains ship. */
export const flowDefinitions = definePort<() => ShippedDefinition[]>('flow.definitions')

const shipped = (): ShippedDefinition[] => [...shippedDefinitions, ...flowDefinitions.all().flatMap((source) => source())]

/**
 * Loads the shipped processes that are not there yet as published version 1; changed ones stay as they are. Repeatable. A shipped
 * process that could not be published by hand is a defect of its module and stops the load.
 */
export async function ensureDefinitions(ctx: Ctx): Promise<void> {
  const db = ctx.db<FlowTables>()
  const held = new Set((await db.selectFrom('flow_definition').select('key').execute()).map((row) => row.key))
  for (const definition of shipped()) {
    if (held.has(definition.key)) continue
    const problems = checkGraph(definition.graph)
    if (problems.length > 0) throw new Error(`the shipped process ${definition.key} has problems: ${problems.map((one) => `${one.path} ${one.message}`).join('; ')}`)
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
  const id = newId()
  const now = ts(ctx.clock.now())
  await ctx
    .db<FlowTables>()
    .insertInto('flow_version')
    .values({ id, definition_id: definitionId, version, state, options: json(optionsOf(graph)), created_at: now, created_by_name: ctx.actor.name, changed_at: now, changed_by_name: ctx.actor.name, published_at: state === 'published' ? now : null })
    .execute()
  await insertGraph(ctx, id, graph)
  return id
}

/** Puts another graph into a draft. */
export async function replaceGraph(ctx: Ctx, versionId: string, graph: Graph): Promise<void> {
  const db = ctx.db<FlowTables>()
  await db.deleteFrom('flow_edge').where('version_id', '=', versionId).execute()
  await db.deleteFrom('flow_node').where('version_id', '=', versionId).execute()
  await insertGraph(ctx, versionId, graph)
  await db.updateTable('flow_version').set((eb) => ({ options: json(optionsOf(graph)), revision: eb('revision', '+', 1), changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name })).where('id', '=', versionId).execute()
}

type Options = Pick<Graph, 'variables' | 'withdraw'>
const optionsOf = ({ variables, withdraw }: Graph): Options => ({ ...(variables?.length ? { variables } : {}), ...(withdraw ? { withdraw } : {}) })

type Props = Pick<FlowNode, 'opinion' | 'addSigner' | 'forward' | 'returnTo' | 'operation' | 'assign' | 'attachedTo' | 'interrupting' | 'after' | 'call'>
const propsOf = ({ opinion, addSigner, forward, returnTo, operation, assign, attachedTo, interrupting, after, call }: FlowNode): Props => ({
  ...(opinion ? { opinion } : {}), ...(addSigner ? { addSigner } : {}), ...(forward ? { forward } : {}), ...(returnTo?.length ? { returnTo } : {}), ...(operation ? { operation } : {}), ...(assign?.length ? { assign } : {}),
  ...(attachedTo ? { attachedTo } : {}), ...(interrupting === undefined ? {} : { interrupting }), ...(after ? { after } : {}), ...(call ? { call } : {}),
})

async function insertGraph(ctx: Ctx, versionId: string, graph: Graph): Promise<void> {
  const db = ctx.db<FlowTables>()
  await db
    .insertInto('flow_node')
    .values(graph.nodes.map((node, position) => ({
      version_id: versionId, position, key: node.key, kind: node.kind, name: node.name, actor: node.actor ? json(node.actor) : null, mode: node.mode ?? 'one', time_limit: node.limit ? json(node.limit) : null,
      level_up: node.levelUp ?? false, pass_up: node.passUp ?? false, result: node.result ?? null, x: node.x ?? null, y: node.y ?? null, props: json(propsOf(node)),
    })))
    .execute()
  if (graph.edges.length === 0) return
  await db
    .insertInto('flow_edge')
    .values(graph.edges.map((edge, position) => ({ version_id: versionId, position, from_key: edge.from, to_key: edge.to, outcome: edge.outcome, condition: edge.condition ? json(edge.condition) : null, name: edge.name ?? null })))
    .execute()
}

/**
 * The version that new instances begin with: of the own tenant, else of the nearest tenant above that has published one, else of the
 * deployment; of several the one for the narrowest area around the subject's unit. A shipped process not loaded yet is loaded now.
 */
export async function publishedVersion(ctx: Ctx, key: string, subjectUnitId?: string): Promise<{ versionId: string; definitionId: string; name: string }> {
  const found = await findPublished(ctx, key, subjectUnitId)
  if (found) return found
  if (shipped().some((definition) => definition.key === key)) await ensureDefinitions(ctx)
  const loaded = await findPublished(ctx, key, subjectUnitId)
  if (!loaded) throw flowErrors('unknownFlow', { params: { key } })
  return loaded
}

type Candidate = { versionId: string; definitionId: string; name: string; tenantId: string | null; areaCode: string | null }

async function findPublished(ctx: Ctx, key: string, subjectUnitId: string | undefined): Promise<Candidate | undefined> {
  const rows = await ctx
    .db<FlowTables>()
    .selectFrom('flow_definition as d')
    .innerJoin('flow_version as v', 'v.definition_id', 'd.id')
    .select(['v.id as versionId', 'd.id as definitionId', 'd.name', 'd.scope_tenant_id as tenantId', 'd.area_code as areaCode'])
    .where('d.key', '=', key)
    .where('v.state', '=', 'published')
    .execute()
  // Nearly always there is only the deployment's own: then nothing more is read.
  if (rows.every((row) => row.tenantId === null)) return rows[0]
  const above = (await tenantsAbove(ctx)).map((tenant) => tenant.id)
  const areaCode = subjectUnitId && rows.some((row) => row.areaCode !== null) ? (await unitById(ctx, subjectUnitId)).areaCode : null
  return nearest(rows, above, areaCode)
}

/** The definition that holds for a tenant (ids from itself upward) and an area. */
export function nearest<T extends { tenantId: string | null; areaCode: string | null }>(rows: readonly T[], above: readonly string[], areaCode: string | null): T | undefined {
  const distance = (row: T): number => (row.tenantId === null ? above.length : above.indexOf(row.tenantId))
  const width = (row: T): number => (row.areaCode === null ? -1 : areaPrefix(row.areaCode).length)
  return rows
    .filter((row) => distance(row) >= 0 && (row.areaCode === null || (areaCode !== null && areaCode.startsWith(areaPrefix(row.areaCode)))))
    .toSorted((a, b) => distance(a) - distance(b) || width(b) - width(a))[0]
}

const graphs = new Map<string, Compiled>()

/** The compiled graph of a version that is published or was: it never changes, so a process keeps it in memory. */
export async function compiledOf(ctx: Ctx, versionId: string): Promise<Compiled> {
  let held = graphs.get(versionId)
  if (!held) graphs.set(versionId, (held = compileGraph(await graphOf(ctx, versionId))))
  return held
}

/** The graph of any version as it is stored. */
export async function graphOf(ctx: Ctx, versionId: string): Promise<Graph> {
  const held = graphs.get(versionId)
  if (held) return held.graph
  const db = ctx.db<FlowTables>()
  const rows = await db
    .selectFrom('flow_node')
    .select((eb) => [
      'key', 'name', 'level_up as levelUp', 'pass_up as passUp', 'x', 'y', eb.ref('time_limit').$castTo<Duration | null>().as('limit'), eb.ref('props').$castTo<Props>().as('props'),
      eb.ref('kind').$castTo<FlowNode['kind']>().as('kind'), eb.ref('mode').$castTo<'one' | 'all'>().as('mode'),
      eb.ref('result').$castTo<FlowNode['result']>().as('result'), eb.ref('actor').$castTo<ActorRule | null>().as('actor'),
    ])
    .where('version_id', '=', versionId)
    .orderBy('position')
    .execute()
  const edges = await db
    .selectFrom('flow_edge')
    .select((eb) => ['from_key as from', 'to_key as to', eb.ref('outcome').$castTo<FlowEdge['outcome']>().as('outcome'), eb.ref('condition').$castTo<string | null>().as('condition'), 'name'])
    .where('version_id', '=', versionId)
    .orderBy('position')
    .execute()
  const version = await db.selectFrom('flow_version').select((eb) => eb.ref('options').$castTo<Options>().as('options')).where('id', '=', versionId).executeTakeFirst()
  return { nodes: rows.map(({ props, ...node }) => ({ ...node, ...props })), edges, ...version?.options }
}

/** Serialises changes of one definition. */
export async function lockDefinition(ctx: Ctx, id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`flow:${id}`}, 0))`.execute(ctx.db())
}
