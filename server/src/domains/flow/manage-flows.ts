// Drawing and publishing processes.
import { authorize } from '../../kernel/access.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { ts } from '../../kernel/db/connect.ts'
import { kernelErrors } from '../../kernel/errors.ts'
import type { Input, Output } from '../../kernel/http/route.ts'
import { newId } from '../../kernel/runtime.ts'
import { tenantById } from '../platform/index.ts'
import { checkGraph, type GraphProblem } from './check-graph.ts'
import type * as contract from './contract.ts'
import { graphOf, insertVersion, lockDefinition } from './definition-store.ts'
import { flowErrors } from './flow.errors.ts'
import type { FlowTables } from './tables.gen.ts'

type Scope = 'deployment' | 'tenant' | 'area'

const visibleDefinitions = (ctx: Ctx) =>
  ctx.db<FlowTables>().selectFrom('flow_definition as d').where((eb) => eb.or([eb('d.scope', '<>', 'tenant'), eb('d.scope_tenant_id', '=', ctx.tenantId)]))

export async function listFlows(ctx: Ctx, input: Input<typeof contract.listFlows>): Promise<Output<typeof contract.listFlows>> {
  let query = visibleDefinitions(ctx)
    .leftJoin('flow_version as v', (join) => join.onRef('v.definition_id', '=', 'd.id').on('v.state', '=', 'published'))
    .select((eb) => [
      'd.id', 'd.key', 'd.name', 'd.business_type as businessType', 'd.stage', eb.ref('d.scope').$castTo<Scope>().as('scope'), 'd.area_code as areaCode', 'd.industry', 'd.created_at as createdAt', 'v.version as publishedVersion',
      eb.selectFrom('flow_node as n').select((e) => e.fn.countAll<number>().as('c')).whereRef('n.version_id', '=', 'v.id').$asScalar().$notNull().as('nodeCount'),
    ])
  if (input.query) query = query.where('d.name', 'like', `%${input.query.replace(/[\\%_]/g, '\\$&')}%`) // a few hundred definitions at most
  if (input.key) query = query.where('d.key', '=', input.key)
  if (input.type) query = query.where('d.business_type', '=', input.type)
  if (input.industry) query = query.where('d.industry', '=', input.industry)
  if (input.state) query = query.where('v.id', input.state === 'published' ? 'is not' : 'is', null)
  return { items: await query.orderBy('d.business_type').orderBy('d.name').limit(500).execute() }
}

export async function showFlow(ctx: Ctx, input: { key: string }): Promise<Output<typeof contract.showFlow>> {
  const definition = (await listFlows(ctx, { key: input.key })).items[0]
  if (!definition) throw kernelErrors('notFound')
  const versions = await ctx
    .db<FlowTables>()
    .selectFrom('flow_version as v')
    .select((eb) => [
      'v.id', 'v.version', eb.ref('v.state').$castTo<'draft' | 'published' | 'history'>().as('state'), 'v.created_at as createdAt', 'v.created_by_name as createdByName', 'v.published_at as publishedAt',
      eb.selectFrom('flow_instance as i').select((e) => e.fn.countAll<number>().as('c')).where('i.tenant_id', '=', ctx.tenantId).whereRef('i.version_id', '=', 'v.id').where('i.state', '=', 'running').$asScalar().$notNull().as('running'),
    ])
    .where('v.definition_id', '=', definition.id)
    .orderBy('v.version', 'desc')
    .execute()
  const withGraphs = []
  for (const version of versions) withGraphs.push({ ...version, graph: await graphOf(ctx, version.id, version.state !== 'draft') })
  return { ...definition, versions: withGraphs }
}

/** A new process: of the whole deployment when the root tenant draws it, else of the own tenant. */
export async function createFlow(ctx: Ctx, input: Input<typeof contract.createFlow>): Promise<{ versionId: string; problems: GraphProblem[] }> {
  authorize(ctx, 'flow.manage')
  const db = ctx.db<FlowTables>()
  const held = await db.selectFrom('flow_definition').select('key').where((eb) => eb.or([eb('key', '=', input.key), eb('name', '=', input.name)])).executeTakeFirst()
  if (held?.key === input.key) throw flowErrors('keyTaken', { params: { key: input.key }, fields: [{ path: 'key', message: '已被使用' }] })
  if (held) throw flowErrors('nameTaken', { params: { name: input.name }, fields: [{ path: 'name', message: '已被使用' }] })
  const root = await isRoot(ctx)
  const id = newId()
  const made = await db
    .insertInto('flow_definition')
    .values({
      id, key: input.key, name: input.name, business_type: input.businessType, stage: input.stage ?? null, industry: input.industry ?? null,
      scope: root ? 'deployment' : 'tenant', scope_tenant_id: root ? null : ctx.tenantId, created_at: ts(ctx.clock.now()),
    })
    .onConflict((oc) => oc.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) throw flowErrors('keyTaken', { params: { key: input.key } })
  checkEnds(input.graph)
  return { versionId: await insertVersion(ctx, id, 1, input.graph, 'draft'), problems: checkGraph(input.graph) }
}

export async function createFlowVersion(ctx: Ctx, input: Input<typeof contract.createFlowVersion>): Promise<{ versionId: string; version: number; problems: GraphProblem[] }> {
  authorize(ctx, 'flow.manage')
  const definition = await ownDefinition(ctx, 'd.key', input.key)
  await lockDefinition(ctx, definition.id)
  const { last } = await ctx.db<FlowTables>().selectFrom('flow_version').select((eb) => eb.fn.max('version').as('last')).where('definition_id', '=', definition.id).executeTakeFirstOrThrow()
  checkEnds(input.graph)
  const version = (last ?? 0) + 1
  return { versionId: await insertVersion(ctx, definition.id, version, input.graph, 'draft'), version, problems: checkGraph(input.graph) }
}

/** The former version becomes history; running instances finish under theirs. */
export async function publishFlow(ctx: Ctx, input: { id: string }): Promise<Record<string, never>> {
  authorize(ctx, 'flow.manage')
  const db = ctx.db<FlowTables>()
  const found = await db.selectFrom('flow_version').select('definition_id').where('id', '=', input.id).executeTakeFirst()
  if (!found) throw kernelErrors('notFound')
  const definition = await ownDefinition(ctx, 'd.id', found.definition_id)
  await lockDefinition(ctx, definition.id)
  const version = await db.selectFrom('flow_version').select(['state', 'version']).where('id', '=', input.id).executeTakeFirstOrThrow()
  if (version.state !== 'draft') throw flowErrors('alreadyPublished')
  const problems = checkGraph(await graphOf(ctx, input.id, false))
  if (problems.length > 0) throw flowErrors('graphProblems', { fields: problems })
  await db.updateTable('flow_version').set({ state: 'history' }).where('definition_id', '=', definition.id).where('state', '=', 'published').execute()
  await db.updateTable('flow_version').set({ state: 'published', published_at: ts(ctx.clock.now()) }).where('id', '=', input.id).execute()
  ctx.audit({ module: 'flow', act: 'publishFlow', objectType: 'key:flow', objectId: definition.id, text: `${definition.name} 第 ${version.version} 版` })
  return {}
}

/** The rows need keys that exist; everything else may wait until publication. */
function checkEnds(graph: Input<typeof contract.createFlow>['graph']): void {
  const fields = checkGraph(graph).filter((problem) => problem.path === 'nodes' && problem.message === '节点标识重复' || problem.path.startsWith('edges.'))
  if (fields.length > 0) throw flowErrors('graphProblems', { fields })
}

const isRoot = async (ctx: Ctx): Promise<boolean> => (await tenantById(ctx, ctx.tenantId)).parentId === null

async function ownDefinition(ctx: Ctx, column: 'd.key' | 'd.id', value: string): Promise<{ id: string; name: string }> {
  const row = await visibleDefinitions(ctx).select(['d.id', 'd.name', 'd.scope']).where(column, '=', value).executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  if (row.scope !== 'tenant' && !(await isRoot(ctx))) throw flowErrors('notOurs')
  return row
}
