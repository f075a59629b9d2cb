import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { kernelErrors } from '../../kernel/errors.ts'
import { tenantsAbove } from '../platform/index.ts'
import { inOrder, type FormSchema } from './form-schema.ts'
import type { FormsTables } from './tables.gen.ts'

export type VersionState = 'draft' | 'published' | 'retired'

/** What an object is known by when its form is looked for. */
export type FormScope = { appealType: string; matterId?: string | undefined; line?: string | undefined; caseProfile?: string | undefined; channel?: string | undefined }

const db = (ctx: Ctx) => ctx.db<FormsTables>()
const across = (ctx: Ctx) => ctx.acrossTenants<FormsTables>('forms of upper tenants hold below')

/** Own tenant first, then those above. */
async function chainOf(ctx: Ctx): Promise<string[]> {
  const chain = await tenantsAbove(ctx)
  return chain.length > 0 ? chain.map((tenant) => tenant.id) : [ctx.tenantId]
}

export type Version = { id: string; tenantId: string; definitionId: string; version: number; state: VersionState; revision: number; schema: FormSchema }

/** Versions of the own tenant, of those above (inherited forms) and of those below (an upper tenant reads orders of lower ones). */
export async function versionById(ctx: Ctx, id: string, own = false): Promise<Version> {
  const row = await across(ctx)
    .selectFrom('form_version')
    .select((eb) => ['id', 'tenant_id as tenantId', 'definition_id as definitionId', 'version', 'revision', eb.ref('state').$castTo<VersionState>().as('state'), eb.ref('schema').$castTo<FormSchema>().as('schema')])
    .where('tenant_id', 'in', own ? [ctx.tenantId] : [...new Set([...(await chainOf(ctx)), ...ctx.actor.tenantIds])])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  return { ...row, schema: inOrder(row.schema) }
}

export async function definitionById(ctx: Ctx, id: string, lock = false): Promise<{ id: string; key: string; name: string; business: string }> {
  let query = db(ctx).selectFrom('form_definition').select(['id', 'key', 'name', 'business']).where('tenant_id', '=', ctx.tenantId).where('id', '=', id)
  if (lock) query = query.forUpdate()
  const row = await query.executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  return row
}

const scopeColumns = ['matter_id', 'case_profile', 'line', 'appeal_type', 'channel'] as const

/**
 * The published version bound most closely: matter before case profile before line before appeal type before channel, several
 * conditions before fewer of lower rank; of equally close ones the nearest tenant's.
 */
export async function boundVersion(ctx: Ctx, which: FormScope): Promise<{ id: string; schema: FormSchema; line: string | null; caseProfile: string | null } | null> {
  const chain = await chainOf(ctx)
  const wanted: Record<(typeof scopeColumns)[number], string | undefined> = { matter_id: which.matterId, case_profile: which.caseProfile, line: which.line, appeal_type: which.appealType, channel: which.channel }
  let query = across(ctx)
    .selectFrom('form_binding as b')
    .innerJoin('form_version as v', (join) => join.onRef('v.tenant_id', '=', 'b.tenant_id').onRef('v.definition_id', '=', 'b.definition_id').on('v.state', '=', 'published'))
    .select((eb) => ['v.id', 'b.line', 'b.case_profile as caseProfile', eb.ref('v.schema').$castTo<FormSchema>().as('schema')])
    .where('b.tenant_id', 'in', chain)
  for (const column of scopeColumns) {
    const value = wanted[column]
    query = query.where((eb) => eb.or([eb(`b.${column}`, 'is', null), ...(value ? [eb(`b.${column}`, '=', value)] : [])]))
  }
  const row = await query
    .orderBy(sql`(b.matter_id is not null)::int * 16 + (b.case_profile is not null)::int * 8 + (b.line is not null)::int * 4 + (b.appeal_type is not null)::int * 2 + (b.channel is not null)::int`, 'desc')
    .orderBy(sql`array_position(${chain}::uuid[], b.tenant_id)`)
    .limit(1)
    .executeTakeFirst()
  return row ? { ...row, schema: inOrder(row.schema) } : null
}

export async function publishedVersion(ctx: Ctx, definitionId: string): Promise<{ id: string; name: string; schema: FormSchema } | null> {
  const row = await db(ctx)
    .selectFrom('form_version as v')
    .innerJoin('form_definition as d', (join) => join.onRef('d.tenant_id', '=', 'v.tenant_id').onRef('d.id', '=', 'v.definition_id'))
    .select((eb) => ['v.id', 'd.name', eb.ref('v.schema').$castTo<FormSchema>().as('schema')])
    .where('v.tenant_id', '=', ctx.tenantId)
    .where('v.definition_id', '=', definitionId)
    .where('v.state', '=', 'published')
    .executeTakeFirst()
  return row ? { ...row, schema: inOrder(row.schema) } : null
}

export async function listForms(ctx: Ctx) {
  const forms = await db(ctx)
    .selectFrom('form_definition as d')
    .leftJoin('form_version as p', (join) => join.onRef('p.tenant_id', '=', 'd.tenant_id').onRef('p.definition_id', '=', 'd.id').on('p.state', '=', 'published'))
    .leftJoin('form_version as w', (join) => join.onRef('w.tenant_id', '=', 'd.tenant_id').onRef('w.definition_id', '=', 'd.id').on('w.state', '=', 'draft'))
    .distinctOn(['d.business', 'd.name', 'd.id'])
    .select(['d.id', 'd.key', 'd.name', 'd.business', 'd.created_at as createdAt', 'p.id as publishedVersionId', 'p.version as publishedVersion', 'w.version as draftVersion'])
    .where('d.tenant_id', '=', ctx.tenantId)
    .orderBy('d.business')
    .orderBy('d.name')
    .orderBy('d.id')
    .limit(500)
    .execute()
  const bindings = await db(ctx).selectFrom('form_binding').select(['id', 'definition_id as definitionId', 'appeal_type as appealType', 'matter_id as matterId', 'line', 'case_profile as caseProfile', 'channel']).where('tenant_id', '=', ctx.tenantId).execute()
  return forms.map((form) => ({ ...form, bindings: bindings.filter((b) => b.definitionId === form.id).map(({ definitionId: _definition, ...binding }) => binding) }))
}

export async function versionsOf(ctx: Ctx, definitionId: string) {
  const rows = await db(ctx)
    .selectFrom('form_version')
    .select((eb) => [
      'id', 'version', eb.ref('state').$castTo<VersionState>().as('state'), eb.ref('schema').$castTo<FormSchema>().as('schema'), 'revision', 'note',
      'created_at as createdAt', 'created_by_name as createdByName', 'changed_at as changedAt', 'changed_by_name as changedByName', 'published_at as publishedAt', 'retired_at as retiredAt',
    ])
    .where('tenant_id', '=', ctx.tenantId)
    .where('definition_id', '=', definitionId)
    .orderBy('version', 'desc')
    .execute()
  return rows.map((row) => ({ ...row, schema: inOrder(row.schema) }))
}

/** The newest version of each form that was ever published: what lists and queries may ask of stored values. */
export async function latestSchemas(ctx: Ctx): Promise<{ name: string; schema: FormSchema }[]> {
  const rows = await across(ctx)
    .selectFrom('form_version as v')
    .innerJoin('form_definition as d', (join) => join.onRef('d.tenant_id', '=', 'v.tenant_id').onRef('d.id', '=', 'v.definition_id'))
    .distinctOn(['v.tenant_id', 'v.definition_id'])
    .select((eb) => ['d.name', eb.ref('v.schema').$castTo<FormSchema>().as('schema')])
    .where('v.tenant_id', 'in', await chainOf(ctx))
    .where('v.state', 'in', ['published', 'retired'])
    .orderBy('v.tenant_id')
    .orderBy('v.definition_id')
    .orderBy('v.version', 'desc')
    .execute()
  return rows.map((row) => ({ name: row.name, schema: inOrder(row.schema) }))
}
