import { authorize } from '../../kernel/access.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { json, ts } from '../../kernel/db/connect.ts'
import type { Input } from '../../kernel/http/route.ts'
import { newId } from '../../kernel/runtime.ts'
import type * as contract from './contract.ts'
import { formErrors } from './forms.errors.ts'
import { definitionById } from './forms.queries.ts'
import type { FormSchema } from './form-schema.ts'
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

export async function createFormVersion(ctx: Ctx, input: Input<typeof contract.createFormVersion>): Promise<{ versionId: string; version: number }> {
  authorize(ctx, 'forms.manage')
  await definitionById(ctx, input.id, true)
  const { last } = await ctx
    .db<FormsTables>()
    .selectFrom('form_version')
    .select((eb) => eb.fn.max('version').as('last'))
    .where('tenant_id', '=', ctx.tenantId)
    .where('definition_id', '=', input.id)
    .executeTakeFirstOrThrow()
  const version = (last ?? 0) + 1
  return { versionId: await addVersion(ctx, input.id, version, input.schema), version }
}

async function addVersion(ctx: Ctx, definitionId: string, version: number, schema: FormSchema): Promise<string> {
  const id = newId()
  await ctx
    .db<FormsTables>()
    .insertInto('form_version')
    .values({ tenant_id: ctx.tenantId, id, definition_id: definitionId, version, state: 'draft', schema: json(schema), created_at: ts(ctx.clock.now()), created_by_name: ctx.actor.name })
    .execute()
  return id
}
