import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { mattersErrors } from '../matters.errors.ts'
import { createStandard, type Changed } from '../standard/change-standard.ts'
import { getStandard } from '../standard/read-standard.ts'
import type { MattersTables } from '../tables.gen.ts'
import { templateContent } from './template-contract.ts'
import type * as contract from './template-contract.ts'

export async function listTemplates(ctx: Ctx): Promise<Output<typeof contract.listTemplates>> {
  authorize(ctx, 'matters.read')
  const rows = await ctx.db<MattersTables>().selectFrom('matter_template').select(['id', 'name', 'group_name as groupName', 'content', 'uses', 'created_by_name as createdByName', 'created_at as createdAt'])
    .where('tenant_id', '=', ctx.tenantId).orderBy('group_name').orderBy('name').limit(500).execute()
  return { items: rows.map((row) => ({ ...row, content: templateContent.parse(row.content) })) }
}

/** Keeps what a matter says as a template: everything but its code, name, directory and department. */
export async function createTemplate(ctx: Ctx, input: Input<typeof contract.createTemplate>): Promise<{ id: string }> {
  authorize(ctx, 'matters.edit')
  const content = templateContent.parse(await getStandard(ctx, 'matter', input.matterId))
  const id = newId()
  const made = await ctx.db<MattersTables>().insertInto('matter_template').values({ tenant_id: ctx.tenantId, id, name: input.name, group_name: input.groupName, content: json(content), created_by_name: ctx.actor.name, created_at: ts(ctx.clock.now()) })
    .onConflict((oc) => oc.columns(['tenant_id', 'name']).doNothing()).returning('id').executeTakeFirst()
  if (!made) throw mattersErrors('templateTaken', { params: { name: input.name }, fields: [{ path: 'name', message: '已被使用' }] })
  return { id }
}

export async function removeTemplate(ctx: Ctx, input: { id: string }): Promise<Record<string, never>> {
  authorize(ctx, 'matters.edit')
  const gone = await ctx.db<MattersTables>().deleteFrom('matter_template').where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).returning('id').executeTakeFirst()
  if (!gone) throw kernelErrors('notFound')
  return {}
}

/** A draft with the template's content; it is adjusted and submitted like any other. */
export async function applyTemplate(ctx: Ctx, input: Input<typeof contract.applyTemplate>): Promise<Changed> {
  authorize(ctx, 'matters.edit')
  const row = await ctx.db<MattersTables>().updateTable('matter_template').set((e) => ({ uses: e('uses', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).returning('content').executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  const { id: _template, ...place } = input
  return createStandard(ctx, 'matter', { content: { ...templateContent.parse(row.content), ...place }, submit: false })
}
