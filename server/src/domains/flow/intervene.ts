// Administrators put a stuck process right: another person, another node, a pause, or an end. All with a reason, all on record.
import { sql } from 'kysely'
import { authorize } from '../../kernel/access.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { kernelErrors } from '../../kernel/errors.ts'
import { toIso } from '../../kernel/time/index.ts'
import { fitUser } from './act-on-step.ts'
import { advance, endChildren, finish, placeOf, stop } from './advance.ts'
import { flowStepOpened } from './events.ts'
import { flowErrors } from './flow.errors.ts'
import { lockInstance, recordOf, type Instance } from './instance.ts'
import type { OpenToken } from './unit-line.ts'
import { writeMove, type RecordOutcome } from './write-step.ts'

type Why = { id: string; reason: string }

/** One waiting step to one person; the other seats of that step fall away. */
export async function reassignFlow(ctx: Ctx, input: Why & { userId: string; taskId?: string | undefined }): Promise<Record<string, never>> {
  authorize(ctx, 'flow.intervene')
  const instance = await lockInstance(ctx, input.id, true)
  const user = await fitUser(ctx, instance, input.userId)
  const token = taskIn(instance, input.taskId)
  const visit = instance.tokens.filter((one) => one.visitId === token.visitId && one.id !== token.id)
  await sql`update flow_token set assignee_id = ${user.id}, candidates = null, must = true where tenant_id = ${ctx.tenantId} and id = ${token.id}`.execute(ctx.db())
  await writeMove(ctx, instance.id, {
    records: [recordOf(ctx, token, 'reassign', `改派给${user.name}：${input.reason}`)], close: Object.fromEntries(visit.map((one) => [one.id, 'cancelled'])), open: [], timers: null, state: 'running', currentName: `${token.nodeName}（${user.name}）`,
  })
  ctx.publish(flowStepOpened({ instanceId: instance.id, tokenIds: [token.id] }))
  ctx.signal('home.counts')
  return {}
}

/** To any task of the process: everything that waits is given up, the process goes on from there. */
export async function jumpFlow(ctx: Ctx, input: Why & { nodeKey: string }): Promise<Record<string, never>> {
  authorize(ctx, 'flow.intervene')
  const instance = await lockInstance(ctx, input.id, true)
  const place = await placeOf(ctx, instance)
  const node = place.compiled.graph.nodes.find((one) => one.key === input.nodeKey)
  if (!node || node.kind === 'start' || node.kind === 'timer') throw kernelErrors('invalid', { fields: [{ path: 'nodeKey', message: '没有这个环节' }] })
  if (instance.tokens.some((token) => token.kind === 'call')) await endChildren(ctx, instance.id, input.reason)
  const record = recordOf(ctx, { nodeKey: node.key, nodeName: node.name, unitId: instance.tokens[0]?.unitId ?? instance.subjectUnitId }, 'jump', input.reason)
  await advance(ctx, instance, place, { record, close: {}, closeAll: true, begin: [{ node }], opinion: input.reason })
  return {}
}

/** The object's domain hears of it as of a return: what was asked for is not granted. */
export async function endFlow(ctx: Ctx, input: Why): Promise<Record<string, never>> {
  authorize(ctx, 'flow.intervene')
  const instance = await lockInstance(ctx, input.id, true)
  await stop(ctx, instance, 'end', input.reason)
  ctx.signal('home.counts')
  await finish(ctx, instance, 'returned', { opinion: input.reason, endKey: null, variables: instance.variables, ended: true })
  return {}
}

/** Nobody can decide and no timer fires until it is resumed. */
export async function suspendFlow(ctx: Ctx, input: Why): Promise<Record<string, never>> {
  authorize(ctx, 'flow.intervene')
  const instance = await lockInstance(ctx, input.id)
  await mark(ctx, instance, 'suspend', input.reason)
  return {}
}

/** Due times of what waits move by the pause. */
export async function resumeFlow(ctx: Ctx, input: Why): Promise<Record<string, never>> {
  authorize(ctx, 'flow.intervene')
  const instance = await lockInstance(ctx, input.id, true)
  if (!instance.suspended) throw flowErrors('notSuspended')
  const now = toIso(ctx.clock.now())
  const since = sql`(select suspended_at from flow_instance where tenant_id = ${ctx.tenantId} and id = ${instance.id})`
  await sql`update flow_token set due_at = due_at + (${now}::timestamptz - ${since}) where tenant_id = ${ctx.tenantId} and instance_id = ${instance.id} and closed_at is null and due_at is not null`.execute(ctx.db())
  await sql`update flow_timer set due_at = due_at + (${now}::timestamptz - ${since}) where tenant_id = ${ctx.tenantId} and instance_id = ${instance.id} and fired_at is null and cancelled_at is null`.execute(ctx.db())
  await mark(ctx, instance, 'resume', input.reason)
  return {}
}

async function mark(ctx: Ctx, instance: Instance, outcome: Extract<RecordOutcome, 'suspend' | 'resume'>, reason: string): Promise<void> {
  const at = outcome === 'suspend' ? toIso(ctx.clock.now()) : null
  const { rows } = await sql<{ name: string | null }>`update flow_instance set suspended_at = ${at}::timestamptz where tenant_id = ${ctx.tenantId} and id = ${instance.id} returning current_name as name`.execute(ctx.db())
  await writeMove(ctx, instance.id, { records: [recordOf(ctx, instance.tokens[0], outcome, reason)], close: {}, open: [], timers: null, state: 'running', currentName: rows[0]?.name ?? null })
  ctx.signal('home.counts')
}

/**
 * Ends the running approvals of an object that is no longer there to be decided (order withdrawn or merged); flowFinished is not
 * called: the caller knows. Returns how many there were.
 */
export async function cancelFlows(ctx: Ctx, objectType: string, objectId: string, reason: string): Promise<number> {
  const { rows } = await sql<{ id: string }>`select id from flow_instance where tenant_id = ${ctx.tenantId} and object_type = ${objectType} and object_id = ${objectId} and state = 'running' and parent_id is null order by id`.execute(ctx.db())
  for (const { id } of rows) await stop(ctx, await lockInstance(ctx, id, true), 'end', reason)
  if (rows.length > 0) ctx.signal('home.counts')
  return rows.length
}

function taskIn(instance: Instance, taskId: string | undefined): OpenToken {
  const token = instance.tokens.find((one) => one.kind === 'task' && (taskId === undefined || one.id === taskId))
  if (!token) throw flowErrors('alreadyDecided')
  return token
}
