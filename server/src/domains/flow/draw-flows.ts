// Drawing: new processes, variants, drafts and their changes.
import { authorize } from '../../kernel/access.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { ts } from '../../kernel/db/connect.ts'
import { kernelErrors } from '../../kernel/errors.ts'
import type { Input, Output } from '../../kernel/http/route.ts'
import { newId } from '../../kernel/runtime.ts'
import { areaExists, setting } from '../platform/index.ts'
import { checkGraph, type GraphProblem } from './check-graph.ts'
import type * as contract from './contract.ts'
import { graphOf, insertVersion, lockDefinition, publishedVersion, replaceGraph } from './definition-store.ts'
import { flowErrors } from './flow.errors.ts'
import type { Graph } from './graph.ts'
import { nameParts } from './settings.ts'
import type { FlowTables } from './tables.gen.ts'
import { above, definitionsSeen, ownDefinition, ownVersion, visibleDefinition } from './visible-definitions.ts'

/** A new process: of the whole deployment when the root tenant draws it, else of the own tenant; with an area only for that area. */
export async function createFlow(ctx: Ctx, input: Input<typeof contract.createFlow>): Promise<Output<typeof contract.createFlow>> {
  authorize(ctx, 'flow.manage')
  const parts = await setting(ctx, nameParts)
  if (input.name.split('-').filter((part) => part.trim() !== '').length < parts) throw flowErrors('nameRule', { rule: nameParts.key, params: { parts }, fields: [{ path: 'name', message: `须由“-”分成至少 ${parts} 段` }] })
  const tenants = await above(ctx)
  const held = await definitionsSeen(ctx, tenants).select(['d.key', 'd.name']).where((eb) => eb.or([eb('d.key', '=', input.key), eb('d.name', '=', input.name)])).execute()
  if (held.some((one) => one.key === input.key)) throw flowErrors('keyTaken', { params: { key: input.key }, fields: [{ path: 'key', message: '已被使用' }] })
  if (held.length > 0) throw flowErrors('nameTaken', { params: { name: input.name }, fields: [{ path: 'name', message: '已被使用' }] })
  if (input.areaCode && !(await areaExists(ctx, input.areaCode))) throw flowErrors('areaUnknown', { fields: [{ path: 'areaCode', message: '区划不存在' }] })
  checkEnds(input.graph)
  const id = await insertDefinition(ctx, { ...input, root: tenants.length <= 1 })
  return { id, versionId: await insertVersion(ctx, id, 1, input.graph, 'draft'), problems: checkGraph(input.graph) }
}

/** A process of one's own in place of the one above, or for an area: it begins with a draft of what holds now. */
export async function createFlowVariant(ctx: Ctx, input: Input<typeof contract.createFlowVariant>): Promise<Output<typeof contract.createFlowVariant>> {
  authorize(ctx, 'flow.manage')
  const model = await visibleDefinition(ctx, input.key)
  if (input.areaCode && !(await areaExists(ctx, input.areaCode))) throw flowErrors('areaUnknown', { fields: [{ path: 'areaCode', message: '区划不存在' }] })
  if (model.editable && !input.areaCode) throw flowErrors('scopeTaken')
  const { versionId } = await publishedVersion(ctx, model.key)
  const row = await ctx.db<FlowTables>().selectFrom('flow_definition').select(['business_type as businessType', 'stage', 'industry']).where('id', '=', model.id).executeTakeFirstOrThrow()
  const id = await insertDefinition(ctx, { key: model.key, name: model.name, ...row, areaCode: input.areaCode, root: false })
  return { id, versionId: await insertVersion(ctx, id, 1, await graphOf(ctx, versionId), 'draft') }
}

type NewDefinition = { key: string; name: string; businessType: string; stage?: string | null | undefined; industry?: string | null | undefined; previousKey?: string | undefined; nextKey?: string | undefined; areaCode?: string | undefined; root: boolean }

async function insertDefinition(ctx: Ctx, input: NewDefinition): Promise<string> {
  const id = newId()
  const made = await ctx
    .db<FlowTables>()
    .insertInto('flow_definition')
    .values({
      id, key: input.key, name: input.name, business_type: input.businessType, stage: input.stage ?? null, industry: input.industry ?? null, previous_key: input.previousKey ?? null, next_key: input.nextKey ?? null,
      scope: input.areaCode ? 'area' : input.root ? 'deployment' : 'tenant', scope_tenant_id: input.root && !input.areaCode ? null : ctx.tenantId, area_code: input.areaCode ?? null, created_at: ts(ctx.clock.now()),
    })
    .onConflict((oc) => oc.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) throw flowErrors('scopeTaken', { fields: [{ path: 'key', message: '该适用范围已有此流程' }] })
  return id
}

export async function createFlowVersion(ctx: Ctx, input: Input<typeof contract.createFlowVersion>): Promise<Output<typeof contract.createFlowVersion>> {
  authorize(ctx, 'flow.manage')
  const definition = await ownDefinition(ctx, input.key)
  await lockDefinition(ctx, definition.id)
  const { last } = await ctx.db<FlowTables>().selectFrom('flow_version').select((eb) => eb.fn.max('version').as('last')).where('definition_id', '=', definition.id).executeTakeFirstOrThrow()
  checkEnds(input.graph)
  const version = (last ?? 0) + 1
  return { versionId: await insertVersion(ctx, definition.id, version, input.graph, 'draft'), version, problems: checkGraph(input.graph) }
}

/** Saves a draft as it is, with its faults; they are told. Errors: `flow.notDraft`, `kernel.conflict` when somebody else saved meanwhile. */
export async function saveFlowDraft(ctx: Ctx, input: Input<typeof contract.saveFlowDraft>): Promise<{ revision: number; problems: GraphProblem[] }> {
  authorize(ctx, 'flow.manage')
  const { definition } = await ownVersion(ctx, input.id)
  await lockDefinition(ctx, definition.id)
  const version = await ownVersion(ctx, input.id)
  if (version.state !== 'draft') throw flowErrors('notDraft')
  if (version.revision !== input.revision) throw kernelErrors('conflict', { current: { version: version.revision, changedBy: version.changedByName, changedAt: version.changedAt } })
  checkEnds(input.graph)
  await replaceGraph(ctx, version.id, input.graph)
  return { revision: version.revision + 1, problems: checkGraph(input.graph) }
}

export async function deleteFlowDraft(ctx: Ctx, input: { id: string }): Promise<Record<string, never>> {
  authorize(ctx, 'flow.manage')
  const { definition } = await ownVersion(ctx, input.id)
  await lockDefinition(ctx, definition.id)
  const version = await ownVersion(ctx, input.id)
  if (version.state !== 'draft' && version.state !== 'scheduled') throw flowErrors('notDraft')
  const db = ctx.db<FlowTables>()
  await db.deleteFrom('flow_version').where('id', '=', version.id).execute()
  // A variant without any version is none.
  await db.deleteFrom('flow_definition').where('id', '=', definition.id).where((eb) => eb.not(eb.exists(eb.selectFrom('flow_version').select('id').where('definition_id', '=', definition.id)))).execute()
  return {}
}

/** The rows need keys that exist; everything else may wait until publication. */
function checkEnds(graph: Graph): void {
  const fields = checkGraph(graph).filter((problem) => (problem.path === 'nodes' && problem.message === '节点标识重复') || problem.path.startsWith('edges.'))
  if (fields.length > 0) throw flowErrors('graphProblems', { fields })
}
