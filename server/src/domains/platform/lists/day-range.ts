import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import { addDays, startOfDay } from '../../../kernel/time/index.ts'
import { tenantById } from '../tenants/tenant-tree.ts'

/** From the start of one local day to the end of another, in the tenant's time zone. @throws kernel.invalid where the days stand the wrong way round: zeros would look like an answer */
export async function dayRange(ctx: Ctx, from: string | undefined, to: string | undefined) {
  if (from !== undefined && to !== undefined && from > to) throw kernelErrors('invalid', { fields: [{ path: 'to', message: '结束日期不能早于开始日期' }] })
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  return { from: from === undefined ? null : ts(startOfDay(from, timeZone)), before: to === undefined ? null : ts(startOfDay(addDays(to, 1), timeZone)) }
}
