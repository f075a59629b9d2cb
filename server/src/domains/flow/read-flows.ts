// Lists of processes, one with its versions, and what the designer may choose from.
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import type { Input, Output } from '../../kernel/http/route.ts'
import { allPermissions, areaNames, roleTemplates } from '../platform/index.ts'
import type * as contract from './contract.ts'
import { graphOf } from './definition-store.ts'
import { expressionFunctions } from './expression-value.ts'
import { allOperations } from './operations.ts'
import type { FlowTables } from './tables.gen.ts'
import { above, definitionsSeen, keeps, visibleDefinition, type Scope, type VersionRow } from './visible-definitions.ts'

type Row = Output<typeof contract.listFlows>['items'][number]

async function rowsOf(ctx: Ctx, input: Input<typeof contract.listFlows> & { id?: string }): Promise<Row[]> {
  const tenants = await above(ctx)
  let query = definitionsSeen(ctx, tenants)
    .leftJoin('flow_version as v', (join) => join.onRef('v.definition_id', '=', 'd.id').on('v.state', '=', 'published'))
    .select((eb) => [
      'd.id', 'd.key', 'd.name', 'd.business_type as businessType', 'd.stage', eb.ref('d.scope').$castTo<Scope>().as('scope'), 'd.scope_tenant_id as tenantId', 'd.area_code as areaCode', 'd.industry', 'd.previous_key as previousKey', 'd.next_key as nextKey',
      'd.created_at as createdAt', 'v.version as publishedVersion',
      eb.selectFrom('flow_node as n').select((e) => e.fn.countAll<number>().as('c')).whereRef('n.version_id', '=', 'v.id').$asScalar().$notNull().as('nodeCount'),
    ])
  if (input.query) query = query.where('d.name', 'like', `%${input.query.replace(/[\\%_]/g, '\\$&')}%`) // a few hundred definitions at most
  if (input.id) query = query.where('d.id', '=', input.id)
  if (input.key) query = query.where('d.key', '=', input.key)
  if (input.type) query = query.where('d.business_type', '=', input.type)
  if (input.industry) query = query.where('d.industry', '=', input.industry)
  if (input.state) query = query.where('v.id', input.state === 'published' ? 'is not' : 'is', null)
  const rows = await query.orderBy('d.business_type').orderBy('d.name').orderBy(sql`d.area_code nulls first`).limit(500).execute()
  const areas = await areaNames(ctx, rows.flatMap((row) => row.areaCode ?? []))
  return rows.map(({ tenantId, ...row }) => ({ ...row, areaName: row.areaCode === null ? null : (areas.get(row.areaCode) ?? row.areaCode), tenantName: tenantId === null ? null : (tenants.find((one) => one.id === tenantId)?.name ?? null), editable: keeps(ctx, tenants, tenantId) }))
}

export async function listFlows(ctx: Ctx, input: Input<typeof contract.listFlows>): Promise<Output<typeof contract.listFlows>> {
  return { items: await rowsOf(ctx, input) }
}

export async function showFlow(ctx: Ctx, input: { key: string }): Promise<Output<typeof contract.showFlow>> {
  const { id, key } = await visibleDefinition(ctx, input.key)
  const rows = await rowsOf(ctx, { key })
  const definition = rows.find((row) => row.id === id) as Row // it was visible a moment ago, in the same transaction or snapshot
  const versions = await ctx
    .db<FlowTables>()
    .selectFrom('flow_version as v')
    .select((eb) => [
      'v.id', 'v.version', eb.ref('v.state').$castTo<VersionRow['state']>().as('state'), 'v.revision', 'v.created_at as createdAt', 'v.created_by_name as createdByName', 'v.changed_at as changedAt', 'v.changed_by_name as changedByName',
      'v.published_at as publishedAt', 'v.published_by_name as publishedByName', 'v.note', 'v.effective_at as effectiveAt', 'v.retired_at as retiredAt',
      eb.selectFrom('flow_instance as i').select((e) => e.fn.countAll<number>().as('c')).where('i.tenant_id', '=', ctx.tenantId).whereRef('i.version_id', '=', 'v.id').where('i.state', '=', 'running').$asScalar().$notNull().as('running'),
    ])
    .where('v.definition_id', '=', id)
    .orderBy('v.version', 'desc')
    .limit(50)
    .execute()
  const withGraphs = []
  for (const version of versions) withGraphs.push({ ...version, graph: await graphOf(ctx, version.id) })
  return { ...definition, versions: withGraphs, variants: rows.filter((row) => row.id !== id) }
}

// Rights that decide something; the catalogue as a whole would bury them.
const deciding = /\.(approve|review|decide|confirm|sign|audit|accept|arbitrate)/

export async function showFlowParts(): Promise<Output<typeof contract.showFlowParts>> {
  return {
    permissions: allPermissions().filter((one) => deciding.test(one.code)).map(({ code, name }) => ({ code, name })),
    roles: roleTemplates().map(({ code, name }) => ({ code, name })),
    functions: expressionFunctions,
    operations: allOperations().map(({ name, label, takes = [], gives = [] }) => ({ name, label, takes, gives })),
  }
}
