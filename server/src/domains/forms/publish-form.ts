import { authorize } from '../../kernel/access.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { ts } from '../../kernel/db/connect.ts'
import { kernelErrors } from '../../kernel/errors.ts'
import type { Input } from '../../kernel/http/route.ts'
import { newId } from '../../kernel/runtime.ts'
import type * as contract from './contract.ts'
import { formErrors } from './forms.errors.ts'
import { definitionById, versionById } from './forms.queries.ts'
import type { FormsTables } from './tables.gen.ts'

/** The former version becomes history; objects that were filled in with it keep it. */
export async function publishFormVersion(ctx: Ctx, input: { id: string }): Promise<Record<string, never>> {
  authorize(ctx, 'forms.manage')
  const { definitionId } = await versionById(ctx, input.id)
  await definitionById(ctx, definitionId, true)
  if ((await versionById(ctx, input.id)).state !== 'draft') throw formErrors('alreadyPublished')
  const db = ctx.db<FormsTables>()
  await db.updateTable('form_version').set({ state: 'history' }).where('tenant_id', '=', ctx.tenantId).where('definition_id', '=', definitionId).where('state', '=', 'published').execute()
  await db.updateTable('form_version').set({ state: 'published', published_at: ts(ctx.clock.now()) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).execute()
  ctx.audit({ module: 'forms', act: 'publishFormVersion', objectType: 'key:form', objectId: definitionId })
  return {}
}

/** Binds a form with a published version to an appeal type, a matter, a line, or their combination; all empty: to everything. */
export async function bindForm(ctx: Ctx, input: Input<typeof contract.bindForm>): Promise<{ bindingId: string }> {
  authorize(ctx, 'forms.manage')
  await definitionById(ctx, input.id, true)
  const db = ctx.db<FormsTables>()
  const published = await db.selectFrom('form_version').select('id').where('tenant_id', '=', ctx.tenantId).where('definition_id', '=', input.id).where('state', '=', 'published').executeTakeFirst()
  if (!published) throw formErrors('notPublished')
  const id = newId()
  const made = await db
    .insertInto('form_binding')
    .values({ tenant_id: ctx.tenantId, id, definition_id: input.id, appeal_type: input.appealType, matter_id: input.matterId, line: input.line })
    .onConflict((oc) => oc.columns(['tenant_id', 'appeal_type', 'matter_id', 'line']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (made) return { bindingId: id }
  const held = await db
    .selectFrom('form_binding as b')
    .innerJoin('form_definition as d', (join) => join.onRef('d.tenant_id', '=', 'b.tenant_id').onRef('d.id', '=', 'b.definition_id'))
    .select(['d.name', 'b.id', 'b.definition_id'])
    .where('b.tenant_id', '=', ctx.tenantId)
    .where('b.appeal_type', 'is not distinct from', input.appealType)
    .where('b.matter_id', 'is not distinct from', input.matterId)
    .where('b.line', 'is not distinct from', input.line)
    .executeTakeFirstOrThrow()
  if (held.definition_id === input.id) return { bindingId: held.id }
  throw formErrors('boundTwice', { params: { name: held.name } })
}

export async function unbindForm(ctx: Ctx, input: { id: string; bindingId: string }): Promise<Record<string, never>> {
  authorize(ctx, 'forms.manage')
  const gone = await ctx.db<FormsTables>().deleteFrom('form_binding').where('tenant_id', '=', ctx.tenantId).where('definition_id', '=', input.id).where('id', '=', input.bindingId).returning('id').executeTakeFirst()
  if (!gone) throw kernelErrors('notFound')
  return {}
}
