// Versions come into force: at once, or at a moment that a sweep watches. Running instances finish under theirs.
import { authorize } from '../../kernel/access.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { ts } from '../../kernel/db/connect.ts'
import type { Input, Output } from '../../kernel/http/route.ts'
import { checkGraph } from './check-graph.ts'
import type * as contract from './contract.ts'
import { graphOf, lockDefinition } from './definition-store.ts'
import { flowErrors } from './flow.errors.ts'
import type { FlowTables } from './tables.gen.ts'
import { ownVersion } from './visible-definitions.ts'

/** Errors: `flow.graphProblems` (422) with the node of each, `flow.alreadyPublished`. */
export async function publishFlow(ctx: Ctx, input: Input<typeof contract.publishFlow>): Promise<Output<typeof contract.publishFlow>> {
  authorize(ctx, 'flow.manage')
  const { definition } = await ownVersion(ctx, input.id)
  await lockDefinition(ctx, definition.id)
  const version = await ownVersion(ctx, input.id)
  if (version.state !== 'draft') throw flowErrors('alreadyPublished')
  const graph = await graphOf(ctx, input.id)
  const problems = [...checkGraph(graph), ...(await callProblems(ctx, definition.key, graph))]
  if (problems.length > 0) throw flowErrors('graphProblems', { fields: problems })
  const later = input.effectiveAt !== undefined && input.effectiveAt > ctx.clock.now()
  const db = ctx.db<FlowTables>()
  // A version scheduled before gives way to the newer one.
  await db.updateTable('flow_version').set({ state: 'draft', effective_at: null }).where('definition_id', '=', definition.id).where('state', '=', 'scheduled').execute()
  await db.updateTable('flow_version').set({ note: input.note ?? null, published_by_name: ctx.actor.name, ...(later && input.effectiveAt !== undefined ? { state: 'scheduled', effective_at: ts(input.effectiveAt) } : {}) }).where('id', '=', input.id).execute()
  if (!later) await bringIntoForce(ctx, definition.id, input.id)
  ctx.audit({ module: 'flow', act: 'publishFlow', objectType: 'key:flow', objectId: definition.id, text: `${definition.name} 第 ${version.version} 版${input.note ? `：${input.note}` : ''}` })
  return { state: later ? 'scheduled' : 'published' }
}

async function bringIntoForce(ctx: Ctx, definitionId: string, versionId: string): Promise<void> {
  const db = ctx.db<FlowTables>()
  const now = ts(ctx.clock.now())
  await db.updateTable('flow_version').set({ state: 'history', retired_at: now }).where('definition_id', '=', definitionId).where('state', '=', 'published').execute()
  await db.updateTable('flow_version').set({ state: 'published', published_at: now }).where('id', '=', versionId).execute()
}

/** Out of force without a successor: nothing new begins; a variant gives way to the process above it again. */
export async function retireFlow(ctx: Ctx, input: Input<typeof contract.retireFlow>): Promise<Record<string, never>> {
  authorize(ctx, 'flow.manage')
  const { definition } = await ownVersion(ctx, input.id)
  await lockDefinition(ctx, definition.id)
  const version = await ownVersion(ctx, input.id)
  if (version.state !== 'published') throw flowErrors('notPublished')
  await ctx.db<FlowTables>().updateTable('flow_version').set({ state: 'history', retired_at: ts(ctx.clock.now()) }).where('id', '=', input.id).execute()
  ctx.audit({ module: 'flow', act: 'retireFlow', objectType: 'key:flow', objectId: definition.id, text: `${definition.name} 第 ${version.version} 版：${input.reason}` })
  return {}
}

/** Scheduled versions whose moment has come. */
export async function publishDue(ctx: Ctx): Promise<void> {
  const due = await ctx.db<FlowTables>().selectFrom('flow_version').select(['id', 'definition_id as definitionId']).where('state', '=', 'scheduled').where('effective_at', '<=', ts(ctx.clock.now())).orderBy('effective_at').execute()
  for (const { id, definitionId } of due) {
    await lockDefinition(ctx, definitionId)
    await bringIntoForce(ctx, definitionId, id)
  }
}

/** Processes called must exist and must not come back to this one. */
async function callProblems(ctx: Ctx, key: string, graph: Awaited<ReturnType<typeof graphOf>>): Promise<{ path: string; message: string }[]> {
  const problems = []
  for (const node of graph.nodes.filter((n) => n.kind === 'call')) {
    const called = node.call?.key ?? ''
    if (called === key || (await calls(ctx, called, new Set())).has(key)) problems.push({ path: `nodes.${node.key}`, message: `${node.name}：子流程“${called}”又调用了本流程` })
    else if (!(await graphsOf(ctx, called)).length) problems.push({ path: `nodes.${node.key}`, message: `${node.name}：子流程“${called}”没有发布` })
  }
  return problems
}

async function calls(ctx: Ctx, key: string, seen: Set<string>): Promise<Set<string>> {
  if (seen.has(key)) return seen
  seen.add(key)
  for (const graph of await graphsOf(ctx, key)) for (const node of graph.nodes) if (node.call?.key) await calls(ctx, node.call.key, seen)
  return seen
}

async function graphsOf(ctx: Ctx, key: string) {
  const rows = await ctx.db<FlowTables>().selectFrom('flow_version as v').innerJoin('flow_definition as d', 'd.id', 'v.definition_id').select('v.id').where('d.key', '=', key).where('v.state', '=', 'published').execute()
  const graphs = []
  for (const row of rows) graphs.push(await graphOf(ctx, row.id))
  return graphs
}
