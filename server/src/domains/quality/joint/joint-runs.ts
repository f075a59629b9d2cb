import type { Ctx } from '../../../kernel/ctx.ts'
import { db } from '../quality.queries.ts'

/** Whether a joint review of the task is running: until it ends nobody else changes the score. */
export async function jointRuns(ctx: Ctx, taskId: string): Promise<boolean> {
  return (await db(ctx).selectFrom('quality_joint').select('id').where('tenant_id', '=', ctx.tenantId).where('task_id', '=', taskId).where('state', '=', 'open').executeTakeFirst()) !== undefined
}
