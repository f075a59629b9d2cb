// Pages of tasks and instances, one instance in full, and what the home page shows of them.
import { can, userId } from '../../kernel/access.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { kernelErrors } from '../../kernel/errors.ts'
import type { Input, Output } from '../../kernel/http/route.ts'
import { afterCursor, boundCount, nextPage, type HomeSource } from '../platform/index.ts'
import type * as contract from './contract.ts'
import { graphOf } from './definition-store.ts'
import { flowsOf, myTasks, recordsOf } from './flow.queries.ts'
import type { FlowTables } from './tables.gen.ts'
import type { InstanceState } from './write-step.ts'

export async function listMyFlowTasks(ctx: Ctx, input: Input<typeof contract.listMyFlowTasks>): Promise<Output<typeof contract.listMyFlowTasks>> {
  userId(ctx)
  let query = myTasks(ctx)
  if (input.flow) query = query.where('i.definition_key', '=', input.flow)
  const rows = await query
    .leftJoin('platform_unit_view as u', (join) => join.onRef('u.tenant_id', '=', 'i.tenant_id').onRef('u.id', '=', 'i.subject_unit_id'))
    .select([
      't.id', 'i.id as instanceId', 'i.definition_key as flow', 'i.title', 'i.link', 'i.object_type as objectType', 'i.object_id as objectId', 'i.applicant_name as applicantName', 't.node_name as nodeName', 'u.name as unitName',
      't.opened_at as at', 't.due_at as dueAt',
    ])
    .where(afterCursor(input.cursor, 't.opened_at', 't.id'))
    .orderBy('t.opened_at', 'desc')
    .orderBy('t.id', 'desc')
    .limit(input.limit + 1)
    .execute()
  return { ...nextPage(rows, input.limit, (row) => row.at), count: await boundCount(ctx, query) }
}

const instances = (ctx: Ctx) =>
  ctx
    .db<FlowTables>()
    .selectFrom('flow_instance as i')
    .innerJoin('flow_version as v', 'v.id', 'i.version_id')
    .innerJoin('flow_definition as d', 'd.id', 'v.definition_id')
    .where('i.tenant_id', '=', ctx.tenantId)

const selectInstance = (query: ReturnType<typeof instances>) =>
  query.select((eb) => [
    'i.id', 'i.definition_key as flow', 'd.name as flowName', 'v.version', 'i.version_id as versionId', 'i.title', 'i.link', 'i.object_type as objectType', 'i.object_id as objectId', 'i.applicant_id as applicantId',
    'i.applicant_name as applicantName', eb.ref('i.state').$castTo<InstanceState>().as('state'), 'i.current_name as currentName', 'i.started_at as startedAt', 'i.finished_at as finishedAt',
  ])

export async function listFlowInstances(ctx: Ctx, input: Input<typeof contract.listFlowInstances>): Promise<Output<typeof contract.listFlowInstances>> {
  let query = instances(ctx)
  if (input.flow) query = query.where('i.definition_key', '=', input.flow)
  if (input.state) query = query.where('i.state', '=', input.state)
  if (input.objectId) query = query.where('i.object_id', '=', input.objectId)
  const rows = await selectInstance(query).where(afterCursor(input.cursor, 'i.started_at', 'i.id')).orderBy('i.started_at', 'desc').orderBy('i.id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (row) => row.startedAt)
  return { ...page, items: page.items.map(({ versionId: _version, applicantId: _applicant, ...row }) => row), count: await boundCount(ctx, query) }
}

/** For administrators, the applicant, and those who decided or may decide; unknown (404) to everybody else. */
export async function showFlowInstance(ctx: Ctx, input: { id: string }): Promise<Output<typeof contract.showFlowInstance>> {
  const row = await selectInstance(instances(ctx).where('i.id', '=', input.id)).executeTakeFirst()
  const view = row && (await flowsOf(ctx, [row.id])).get(row.id)
  if (!row || !view) throw kernelErrors('notFound')
  const records = await recordsOf(ctx, [row.id])
  const party = row.applicantId === ctx.actor.id || view.mayDecide || records.some((record) => record.actorId !== null && record.actorId === ctx.actor.id)
  if (!party && !can(ctx, 'flow.read')) throw kernelErrors('notFound')
  const { versionId, applicantId: _applicant, ...instance } = row
  return {
    ...instance, steps: view.steps, mayDecide: view.mayDecide, graph: await graphOf(ctx, versionId),
    records: records.map(({ instanceId: _instance, actorId: _actor, ...record }) => record),
  }
}

/** Files of an opinion open to whoever may see the instance. */
export async function mayOpenFlowFile(ctx: Ctx, object: { objectType: string; objectId: string }): Promise<boolean | null> {
  if (object.objectType !== 'flow') return null
  return showFlowInstance(ctx, { id: object.objectId }).then(() => true, () => false)
}

/** Approvals on the home page. */
export const flowTodo: HomeSource = async (ctx) => {
  if (ctx.actor.kind !== 'user') return { cards: [], todo: [] }
  const { items, count } = await listMyFlowTasks(ctx, { limit: 20 })
  return {
    cards: [{ id: 'flow.tasks', title: '待我审批', ...count, link: '/review/requests', todo: true }],
    todo: items.map((task) => ({ id: task.id, kind: '审批', title: task.title, link: task.link ?? '/review/requests', dueAt: task.dueAt, hint: `${task.nodeName} · ${task.applicantName}` })),
  }
}
