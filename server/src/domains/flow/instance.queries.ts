// Instances as lists and pages show them.
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import type { FlowTables } from './tables.gen.ts'
import type { InstanceState } from './write-step.ts'

export const instances = (ctx: Ctx) =>
  ctx
    .db<FlowTables>()
    .selectFrom('flow_instance as i')
    .innerJoin('flow_version as v', 'v.id', 'i.version_id')
    .innerJoin('flow_definition as d', 'd.id', 'v.definition_id')
    .leftJoin('platform_unit_view as u', (join) => join.onRef('u.tenant_id', '=', 'i.tenant_id').onRef('u.id', '=', 'i.subject_unit_id'))
    .where('i.tenant_id', '=', ctx.tenantId)

export const selectInstance = (query: ReturnType<typeof instances>) =>
  query.select((eb) => [
    'i.id', 'i.definition_key as flow', 'd.name as flowName', 'v.version', 'i.version_id as versionId', 'i.title', 'i.link', 'i.object_type as objectType', 'i.object_id as objectId', 'i.applicant_id as applicantId',
    'i.applicant_name as applicantName', 'u.name as unitName', eb.ref('i.state').$castTo<InstanceState>().as('state'), 'i.current_name as currentName', 'i.started_at as startedAt', 'i.finished_at as finishedAt', 'i.parent_id as parentId',
    sql<boolean>`i.suspended_at is not null`.as('suspended'),
  ])
