// Pages of tasks and instances, and what the home page shows of them.
import { sql } from 'kysely'
import { userId } from '../../kernel/access.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { ts } from '../../kernel/db/connect.ts'
import type { Input, Output } from '../../kernel/http/route.ts'
import { toIso, type Instant } from '../../kernel/time/index.ts'
import { afterCursor, boundCount, nextPage, type HomeSource } from '../platform/index.ts'
import type * as contract from './instance-contract.ts'
import { myTasks } from './flow.queries.ts'
import { showFlowInstance } from './show-instance.ts'
import { instances, selectInstance } from './instance.queries.ts'

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

export async function listFlowInstances(ctx: Ctx, input: Input<typeof contract.listFlowInstances>): Promise<Output<typeof contract.listFlowInstances>> {
  const waiting = sql`select 1 from flow_token t where t.tenant_id = i.tenant_id and t.instance_id = i.id and t.closed_at is null`
  let query = instances(ctx)
  if (input.flow) query = query.where('i.definition_key', '=', input.flow)
  if (input.state) query = query.where('i.state', '=', input.state)
  if (input.objectId) query = query.where('i.object_id', '=', input.objectId)
  if (input.unitId) query = query.where('i.subject_unit_id', '=', input.unitId)
  if (input.applicant) query = query.where('i.applicant_name', '=', input.applicant)
  if (input.from !== undefined) query = query.where('i.started_at', '>=', ts(input.from))
  if (input.to !== undefined) query = query.where('i.started_at', '<', ts(input.to))
  if (input.node) query = query.where(sql<boolean>`exists (${waiting} and t.node_key = ${input.node})`)
  if (input.overdue) query = query.where(sql<boolean>`exists (${waiting} and t.due_at < ${toIso(ctx.clock.now())}::timestamptz)`)
  if (input.suspended !== undefined) query = query.where('i.suspended_at', input.suspended ? 'is not' : 'is', null)
  // Words of a title within what the other conditions leave, newest first; a page is found early or the bounded count ends the search.
  if (input.q) query = query.where('i.title', 'like', `%${input.q.replace(/[\\%_]/g, '\\$&')}%`)
  const rows = await selectInstance(query)
    .select(sql<Instant | null>`(select min(t.due_at) from flow_token t where t.tenant_id = i.tenant_id and t.instance_id = i.id and t.closed_at is null)`.as('dueAt'))
    .where(afterCursor(input.cursor, 'i.started_at', 'i.id')).orderBy('i.started_at', 'desc').orderBy('i.id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (row) => row.startedAt)
  return { ...page, items: page.items.map(({ versionId: _version, applicantId: _applicant, parentId: _parent, ...row }) => row), count: await boundCount(ctx, query) }
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
