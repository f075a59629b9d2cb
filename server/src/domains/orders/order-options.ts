// The tenant's own words for the forms of acts, readable by everybody who works on orders.
import { authorize } from '../../kernel/access.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { setting } from '../platform/index.ts'
import { backupInterval, copyFields, returnReasons, withdrawalApproval, withdrawClasses } from './settings.ts'

export async function orderOptions(ctx: Ctx) {
  authorize(ctx, 'orders.read')
  return { returnReasons: await setting(ctx, returnReasons), withdrawClasses: await setting(ctx, withdrawClasses), withdrawalApproval: await setting(ctx, withdrawalApproval), copyFields: await setting(ctx, copyFields), backupSeconds: await setting(ctx, backupInterval) }
}
