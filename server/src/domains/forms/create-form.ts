import { authorize } from '../../kernel/access.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { json, ts } from '../../kernel/db/connect.ts'
import { kernelErrors } from '../../kernel/errors.ts'
import type { Input } from '../../kernel/http/route.ts'
import { newId } from '../../kernel/runtime.ts'
import { toIso } from '../../kernel/time/index.ts'
import { dictionariesOf, itemsOf } from './dictionary-choices.ts'
import type * as contract from './contract.ts'
import { formErrors } from './forms.errors.ts'
import { definitionById, versionById } from './forms.queries.ts'
import { inOrder, type FormSchema } from './form-schema.ts'
import type { FormsTables } from './tables.gen.ts'

/** A new form with its first version as a draft. */
export async function createForm(ctx: Ctx, input: Input<typeof contract.createForm>): Promise<{ id: string; versionId: string }> {
  authorize(ctx, 'forms.manage')
  const id = newId()
  const made = await ctx
    .db<FormsTables>()
    .insertInto('form_definition')
    .values({ tenant_id: ctx.tenantId, id, key: input.key, name: input.name, business: input.business, created_at: ts(ctx.clock.now()) })
    .onConflict((oc) => oc.columns(['tenant_id', 'key']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) throw formErrors('keyTaken', { params: { key: input.key }, fields: [{ path: 'key', message: '已被使用' }] })
  return { id, versionId: await addVersion(ctx, id, 1, input.schema) }
}

/** The next version as a draft: from the definition sent, or from the newest version. One draft at a time. */
export async function createFormVersion(ctx: Ctx, input: Input<typeof contract.createFormVersion>): Promise<{ versionId: string; version: number }> {
  authorize(ctx, 'forms.manage')
  await definitionById(ctx, input.id, true)
  const versions = await ctx.db<FormsTables>().selectFrom('form_version').select((eb) => ['id', 'version', 'state', 'created_by_name as by', eb.ref('schema').$castTo<FormSchema>().as('schema')])
    .where('tenant_id', '=', ctx.tenantId).where('definition_id', '=', input.id).orderBy('version', 'desc').execute()
  const draft = versions.find((version) => version.state === 'draft')
  if (draft) throw formErrors('draftExists', { params: { version: draft.version, by: draft.by }, current: { versionId: draft.id } })
  const version = (versions[0]?.version ?? 0) + 1
  const schema = input.schema ?? versions.find((one) => one.state === 'published')?.schema ?? versions[0]?.schema
  if (!schema) throw kernelErrors('notFound')
  return { versionId: await addVersion(ctx, input.id, version, schema), version }
}

/** Saves a draft in place. @throws 409 for a version that is no draft, or that somebody else saved meanwhile */
export async function saveFormDraft(ctx: Ctx, input: Input<typeof contract.saveFormDraft>): Promise<{ revision: number }> {
  authorize(ctx, 'forms.manage')
  const { definitionId } = await versionById(ctx, input.id, true)
  await definitionById(ctx, definitionId, true)
  const db = ctx.db<FormsTables>()
  const held = await db.selectFrom('form_version').select(['state', 'revision', 'changed_by_name as changedBy', 'changed_at as changedAt']).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).forUpdate().executeTakeFirstOrThrow()
  if (held.state !== 'draft') throw formErrors('alreadyPublished')
  if (held.revision !== input.revision) throw kernelErrors('conflict', { current: { revision: held.revision, changedBy: held.changedBy, changedAt: held.changedAt === null ? null : toIso(held.changedAt) } })
  await requireDictionaries(ctx, input.schema)
  const revision = held.revision + 1
  await db.updateTable('form_version').set({ schema: json(inOrder(input.schema)), revision, changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name }).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).execute()
  return { revision }
}

/** Throws a draft away; the first version of a form that was never published takes the form with it. */
export async function deleteFormDraft(ctx: Ctx, input: { id: string }): Promise<Record<string, never>> {
  authorize(ctx, 'forms.manage')
  const { definitionId } = await versionById(ctx, input.id, true)
  await definitionById(ctx, definitionId, true)
  const db = ctx.db<FormsTables>()
  const gone = await db.deleteFrom('form_version').where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).where('state', '=', 'draft').returning('version').executeTakeFirst()
  if (!gone) throw formErrors('alreadyPublished')
  const left = await db.selectFrom('form_version').select('id').where('tenant_id', '=', ctx.tenantId).where('definition_id', '=', definitionId).limit(1).executeTakeFirst()
  if (!left) await db.deleteFrom('form_definition').where('tenant_id', '=', ctx.tenantId).where('id', '=', definitionId).execute()
  ctx.audit({ module: 'forms', act: 'deleteFormDraft', objectType: 'key:form', objectId: definitionId })
  return {}
}

async function addVersion(ctx: Ctx, definitionId: string, version: number, schema: FormSchema): Promise<string> {
  await requireDictionaries(ctx, schema)
  const id = newId()
  await ctx
    .db<FormsTables>()
    .insertInto('form_version')
    .values({ tenant_id: ctx.tenantId, id, definition_id: definitionId, version, state: 'draft', schema: json(inOrder(schema)), created_at: ts(ctx.clock.now()), created_by_name: ctx.actor.name })
    .execute()
  return id
}

async function requireDictionaries(ctx: Ctx, schema: FormSchema): Promise<void> {
  const fields = []
  for (const { code, path } of dictionariesOf(schema)) if ((await itemsOf(ctx, code)) === null) fields.push({ path, message: `没有字典“${code}”` })
  if (fields.length > 0) throw kernelErrors('invalid', { fields })
}
