import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import { messageErrors } from './messages.errors.ts'
import type { PlatformTables } from '../tables.gen.ts'
import { enqueueSms } from './sms-job.ts'

/** A failed SMS goes back into the queue with its attempts counted anew. */
export async function resendSms(ctx: Ctx, input: { id: string }): Promise<Record<string, never>> {
  authorize(ctx, 'platform.resendSms')
  const db = ctx.db<PlatformTables>()
  const row = await db.selectFrom('platform_sms').select('state').where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).forUpdate().executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  if (row.state !== 'failed') throw messageErrors('notFailed')
  await db.updateTable('platform_sms').set({ state: 'queued', attempts: 0, next_at: ts(ctx.clock.now()) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).execute()
  enqueueSms(ctx, input.id)
  return {}
}
