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

/** The former version retires; objects that were filled in with it keep it. */
export async function publishFormVersion(ctx: Ctx, input: { id: string; note?: string | undefined }): Promise<Record<string, never>> {
  authorize(ctx, 'forms.manage')
  const { definitionId } = await versionById(ctx, input.id, true)
  await definitionById(ctx, definitionId, true)
  if ((await versionById(ctx, input.id, true)).state !== 'draft') throw formErrors('alreadyPublished')
  const db = ctx.db<FormsTables>()
  const now = ts(ctx.clock.now())
  await db.updateTable('form_version').set({ state: 'retired', retired_at: now }).where('tenant_id', '=', ctx.tenantId).where('definition_id', '=', definitionId).where('state', '=', 'published').execute()
  await db.updateTable('form_version').set({ state: 'published', published_at: now, note: input.note ?? null }).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).execute()
  ctx.audit({ module: 'forms', act: 'publishFormVersion', objectType: 'key:form', objectId: definitionId })
  return {}
}

/** Takes the published version out of use without a successor: its bindings stay and rest. */
export async function retireFormVersion(ctx: Ctx, input: { id: string }): Promise<Record<string, never>> {
  authorize(ctx, 'forms.manage')
  const { definitionId } = await versionById(ctx, input.id, true)
  await definitionById(ctx, definitionId, true)
  const gone = await ctx.db<FormsTables>().updateTable('form_version').set({ state: 'retired', retired_at: ts(ctx.clock.now()) })
    .where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).where('state', '=', 'published').returning('id').executeTakeFirst()
  if (!gone) throw formErrors('notPublishedVersion')
  ctx.audit({ module: 'forms', act: 'retireFormVersion', objectType: 'key:form', objectId: definitionId })
  return {}
}

/** Binds a form with a published version to an appeal type, a matter, a line, a case profile, a channel, or their combination; all empty: to everything. */
export async function bindForm(ctx: Ctx, input: Input<typeof contract.bindForm>): Promise<{ bindingId: string }> {
  authorize(ctx, 'forms.manage')
  await definitionById(ctx, input.id, true)
  const db = ctx.db<FormsTables>()
  const published = await db.selectFrom('form_version').select('id').where('tenant_id', '=', ctx.tenantId).where('definition_id', '=', input.id).where('state', '=', 'published').executeTakeFirst()
  if (!published) throw formErrors('notPublished')
  const id = newId()
  const made = await db
    .insertInto('form_binding')
    .values({ tenant_id: ctx.tenantId, id, definition_id: input.id, appeal_type: input.appealType, matter_id: input.matterId, line: input.line, case_profile: input.caseProfile, channel: input.channel })
    .onConflict((oc) => oc.columns(['tenant_id', 'appeal_type', 'matter_id', 'line', 'case_profile', 'channel']).doNothing())
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
    .where('b.case_profile', 'is not distinct from', input.caseProfile)
    .where('b.channel', 'is not distinct from', input.channel)
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
