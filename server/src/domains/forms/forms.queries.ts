import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { kernelErrors } from '../../kernel/errors.ts'
import type { FormSchema } from './form-schema.ts'
import type { FormsTables } from './tables.gen.ts'

export type VersionState = 'draft' | 'published' | 'history'

const db = (ctx: Ctx) => ctx.db<FormsTables>()

/** Own tenant's and lower tenants' versions: an upper tenant reads orders of lower ones with their forms. */
const readable = (ctx: Ctx): string[] => [...new Set([ctx.tenantId, ...ctx.actor.tenantIds])]

export async function versionById(ctx: Ctx, id: string): Promise<{ id: string; definitionId: string; version: number; state: VersionState; schema: FormSchema }> {
  const row = await db(ctx)
    .selectFrom('form_version')
    .select((eb) => ['id', 'definition_id as definitionId', 'version', eb.ref('state').$castTo<VersionState>().as('state'), eb.ref('schema').$castTo<FormSchema>().as('schema')])
    .where('tenant_id', 'in', readable(ctx))
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  return row
}

export async function definitionById(ctx: Ctx, id: string, lock = false): Promise<{ id: string; key: string; name: string; business: string }> {
  let query = db(ctx).selectFrom('form_definition').select(['id', 'key', 'name', 'business']).where('tenant_id', '=', ctx.tenantId).where('id', '=', id)
  if (lock) query = query.forUpdate()
  const row = await query.executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  return row
}

/** The published version bound most closely: matter before line before appeal type before the general form. */
export async function boundVersion(ctx: Ctx, which: { appealType: string; matterId?: string; line?: string }): Promise<{ id: string; schema: FormSchema } | null> {
  const row = await db(ctx)
    .selectFrom('form_binding as b')
    .innerJoin('form_version as v', (join) => join.onRef('v.tenant_id', '=', 'b.tenant_id').onRef('v.definition_id', '=', 'b.definition_id').on('v.state', '=', 'published'))
    .select((eb) => ['v.id', eb.ref('v.schema').$castTo<FormSchema>().as('schema')])
    .where('b.tenant_id', '=', ctx.tenantId)
    .where((eb) => eb.or([eb('b.appeal_type', 'is', null), eb('b.appeal_type', '=', which.appealType)]))
    .where((eb) => eb.or([eb('b.matter_id', 'is', null), ...(which.matterId ? [eb('b.matter_id', '=', which.matterId)] : [])]))
    .where((eb) => eb.or([eb('b.line', 'is', null), ...(which.line ? [eb('b.line', '=', which.line)] : [])]))
    .orderBy(sql`(b.matter_id is not null)::int * 4 + (b.line is not null)::int * 2 + (b.appeal_type is not null)::int`, 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ?? null
}

export async function listForms(ctx: Ctx) {
  const forms = await db(ctx)
    .selectFrom('form_definition as d')
    .leftJoin('form_version as p', (join) => join.onRef('p.tenant_id', '=', 'd.tenant_id').onRef('p.definition_id', '=', 'd.id').on('p.state', '=', 'published'))
    .select(['d.id', 'd.key', 'd.name', 'd.business', 'd.created_at as createdAt', 'p.id as publishedVersionId', 'p.version as publishedVersion'])
    .where('d.tenant_id', '=', ctx.tenantId)
    .orderBy('d.business')
    .orderBy('d.name')
    .limit(500)
    .execute()
  const bindings = await db(ctx).selectFrom('form_binding').select(['id', 'definition_id', 'appeal_type as appealType', 'matter_id as matterId', 'line']).where('tenant_id', '=', ctx.tenantId).execute()
  return forms.map((form) => ({ ...form, bindings: bindings.filter((b) => b.definition_id === form.id).map(({ definition_id: _definition, ...binding }) => binding) }))
}

export async function versionsOf(ctx: Ctx, definitionId: string) {
  return db(ctx)
    .selectFrom('form_version')
    .select((eb) => [
      'id', 'version', eb.ref('state').$castTo<VersionState>().as('state'), eb.ref('schema').$castTo<FormSchema>().as('schema'),
      'created_at as createdAt', 'created_by_name as createdByName', 'published_at as publishedAt',
    ])
    .where('tenant_id', '=', ctx.tenantId)
    .where('definition_id', '=', definitionId)
    .orderBy('version', 'desc')
    .execute()
}
