// Administrators put a stuck approval right: another person, or an end. Both with a reason.
import { sql } from 'kysely'
import { authorize } from '../../kernel/access.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { userById } from '../platform/index.ts'
import { lockInstance } from './decide-flow.ts'
import { flowEnded, flowStepOpened } from './events.ts'
import { flowErrors } from './flow.errors.ts'
import { tellFinished } from './flow-finished.ts'
import { writeMove, type RecordRow } from './write-step.ts'

export async function reassignFlow(ctx: Ctx, input: { id: string; userId: string; reason: string }): Promise<Record<string, never>> {
  authorize(ctx, 'flow.intervene')
  const instance = await lockInstance(ctx, input.id)
  const user = await userById(ctx, input.userId)
  if (user.state !== 'active' || user.tenantId !== ctx.tenantId || user.id === instance.applicantId) throw flowErrors('userUnfit', { fields: [{ path: 'userId', message: '不能改派给此人' }] })
  const tokenIds = instance.tokens.map((token) => token.id)
  await sql`update flow_token set assignee_id = ${user.id} where tenant_id = ${ctx.tenantId} and id = ${tokenIds[0] ?? ''}`.execute(ctx.db())
  await writeMove(ctx, instance.id, {
    records: [recordOf(ctx, instance.tokens[0], 'reassign', `改派给${user.name}：${input.reason}`)], close: tokenIds.slice(1), open: [], state: 'running', currentName: `${instance.tokens[0]?.nodeName ?? ''}（${user.name}）`,
  })
  ctx.publish(flowStepOpened({ instanceId: instance.id, tokenIds: tokenIds.slice(0, 1) }))
  ctx.signal('home.counts')
  return {}
}

/** The object's domain hears of it as of a return: what was asked for is not granted. */
export async function endFlow(ctx: Ctx, input: { id: string; reason: string }): Promise<Record<string, never>> {
  authorize(ctx, 'flow.intervene')
  const instance = await lockInstance(ctx, input.id)
  await writeMove(ctx, instance.id, { records: [recordOf(ctx, instance.tokens[0], 'end', input.reason)], close: 'all', open: [], state: 'ended', currentName: null })
  ctx.publish(flowEnded({ instanceId: instance.id, outcome: 'ended', opinion: input.reason }))
  ctx.signal('home.counts')
  await tellFinished(ctx, { objectType: instance.objectType, objectId: instance.objectId, outcome: 'returned', instanceId: instance.id, opinion: input.reason })
  return {}
}

/**
 * Ends the running approvals of an object that is no longer there to be decided (order withdrawn or merged); flowFinished is not
 * called: the caller knows. Returns how many there were.
 */
export async function cancelFlows(ctx: Ctx, objectType: string, objectId: string, reason: string): Promise<number> {
  const { rows } = await sql<{ id: string }>`select id from flow_instance where tenant_id = ${ctx.tenantId} and object_type = ${objectType} and object_id = ${objectId} and state = 'running' order by id`.execute(ctx.db())
  for (const { id } of rows) {
    const instance = await lockInstance(ctx, id)
    await writeMove(ctx, id, { records: [recordOf(ctx, instance.tokens[0], 'end', reason)], close: 'all', open: [], state: 'ended', currentName: null })
  }
  if (rows.length > 0) ctx.signal('home.counts')
  return rows.length
}

const recordOf = (ctx: Ctx, token: { nodeKey: string; nodeName: string; unitId: string } | undefined, outcome: RecordRow['outcome'], opinion: string): RecordRow => ({
  node_key: token?.nodeKey ?? '', node_name: token?.nodeName ?? '', unit_id: token?.unitId ?? null, actor_id: ctx.actor.id, actor_name: ctx.actor.name, outcome, opinion, file_ids: [],
})
