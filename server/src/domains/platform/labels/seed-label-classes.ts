import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { PlatformTables } from '../tables.gen.ts'
import { labelClasses } from './label-classes.zh-CN.ts'

/** The shipped classes in a new tenant; those that are there stay as they are. */
export async function seedLabelClasses(ctx: Ctx): Promise<void> {
  await ctx
    .db<PlatformTables>()
    .insertInto('platform_label_class')
    .values(Object.entries(labelClasses).map(([code, { name, description }], sort) => ({ tenant_id: ctx.tenantId, code, name, description, sort, changed_at: ts(ctx.clock.now()), changed_by: '系统' })))
    .onConflict((c) => c.columns(['tenant_id', 'code']).doNothing())
    .execute()
}
