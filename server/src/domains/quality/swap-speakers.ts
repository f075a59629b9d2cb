// Who is who in a conversation put right by hand: the machine looks at it again (QUA-10).
import { authorize, can } from '../../kernel/access.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import type { Input, Output } from '../../kernel/http/route.ts'
import { swapSpeakers } from '../telephony/index.ts'
import type * as contract from './contract.ts'
import { readTask } from './desk.ts'
import { examine } from './inspect-batch.ts'
import { qualityFail } from './quality.errors.ts'
import { db } from './quality.queries.ts'
import { concerns, lockTask, taskById, type TaskState } from './tasks.ts'
import { taskStateNames } from './texts.zh-CN.ts'

/** While a person has not concluded. */
export const swappable: readonly string[] = ['pending', 'first', 'second', 'final']

/**
 * Every task on the call that is still open gets the machine's findings anew; concluded results stay as they were given.
 * Errors: quality.wrongState (409), ownWork (409), nothingSaid (409).
 */
export async function swapTaskSpeakers(ctx: Ctx, input: Input<typeof contract.swapSpeakersRoute>): Promise<Output<typeof contract.swapSpeakersRoute>> {
  if (!can(ctx, 'quality.review') && !can(ctx, 'quality.manage')) authorize(ctx, 'quality.inspect')
  const task = await readTask(ctx, input.id)
  if (concerns(ctx, task)) throw qualityFail('ownWork')
  if (task.object_kind !== 'call' || !swappable.includes(task.state)) throw qualityFail('wrongState', { params: { state: taskStateNames[task.state as TaskState] } })
  if ((await swapSpeakers(ctx, task.object_id)) === 0) throw qualityFail('nothingSaid')
  const open = await db(ctx).selectFrom('quality_task').select('id').where('tenant_id', '=', ctx.tenantId).where('object_kind', '=', 'call').where('object_id', '=', task.object_id).where('state', 'in', [...swappable]).where('mode', '<>', 'personOnly').orderBy('id').execute()
  for (const { id } of open) {
    const row = await lockTask(ctx, id)
    await db(ctx).deleteFrom('quality_score').where('tenant_id', '=', ctx.tenantId).where('task_id', '=', id).where('stage', '=', 'machine').execute()
    await examine(ctx, [row])
    ctx.signal('quality.tasks', id)
  }
  return taskById(ctx, task.id)
}
