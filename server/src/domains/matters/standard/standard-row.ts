// Rows of standard objects: common columns typed, content by the kind's schema.
import { sql, type Selectable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/runtime.ts'
import { type Instant, toIso } from '../../../kernel/time/index.ts'
import { unitsByIds } from '../../platform/index.ts'
import { appealTypeById } from '../classes/appeal-types.ts'
import { mattersErrors } from '../matters.errors.ts'
import { standardStates, type StandardKind, type StandardState } from './content.ts'
import { columnOf, type CommonColumns, type KindSpec, type StandardTables } from './kind-spec.ts'
import { forgetPart, tenantChain, type PartName } from './standard-cache.ts'

export type Content = Record<string, unknown>
export type StandardRow = { id: string; state: StandardState; version: number; revision: number; pendingChangeId: string | null; updatedAt: Instant; createdByName: string; content: Content }

type CommonRow = Selectable<CommonColumns> & Record<string, unknown>

/** What a command must read anew after a write of this kind. */
const partOf: Partial<Record<StandardKind, PartName>> = { directory: 'directories', matter: 'limitRules', appealType: 'appealTypes', schemeNode: 'schemeNodes' }
const forget = (ctx: Ctx, spec: KindSpec): void => {
  const part = partOf[spec.kind]
  if (part) forgetPart(ctx, part)
}

const fieldsOf = (spec: KindSpec): string[] => Object.keys(spec.content.shape)

/** Content of a database row, parsed by its schema. */
export function contentOf(spec: KindSpec, row: Record<string, unknown>): Content {
  return spec.content.parse(Object.fromEntries(fieldsOf(spec).map((field) => [field, row[columnOf(field)]])))
}

/** The own tenant's row, locked. @throws kernel.notFound; matters.inherited when an upper tenant keeps it */
export async function lockRow(ctx: Ctx, spec: KindSpec, id: string): Promise<StandardRow> {
  const found = await readRow(ctx, spec, id)
  if (found) return found
  if (spec.kind === 'appealType' && (await copyType(ctx, spec, id))) return lockRow(ctx, spec, id)
  const upper = await ctx.acrossTenants<StandardTables>('to tell an inherited object from an unknown one').selectFrom(spec.table).select('id')
    .where('tenant_id', 'in', await tenantChain(ctx)).where('id', '=', id).where('state', '=', 'effective').executeTakeFirst()
  throw upper ? mattersErrors('inherited') : kernelErrors('notFound')
}

async function readRow(ctx: Ctx, spec: KindSpec, id: string): Promise<StandardRow | null> {
  const found = await ctx.db<StandardTables>().selectFrom(spec.table).selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!found) return null
  const row = found as CommonRow // an index signature hides the common columns from the inference
  return {
    id: row.id,
    state: standardStates.find((state) => state === row.state) ?? 'void',
    version: row.version,
    revision: row.revision,
    pendingChangeId: row.pending_change_id,
    updatedAt: row.updated_at,
    createdByName: row.created_by_name,
    content: contentOf(spec, row),
  }
}

/** A shipped or inherited appeal type becomes the tenant's own when it is changed for the first time. */
async function copyType(ctx: Ctx, spec: KindSpec, id: string): Promise<boolean> {
  const type = await appealTypeById(ctx, id)
  if (!type || type.origin === 'own' || type.state !== 'effective') return false
  await insertRow(ctx, spec, { id, content: spec.content.parse(type), state: 'effective', version: Math.max(1, type.version) })
  return true
}

/** Inserts a row and answers its id. Rules have been checked. */
export async function insertRow(ctx: Ctx, spec: KindSpec, row: { id?: string; content: Content; state: StandardState; version?: number }): Promise<string> {
  const id = row.id ?? spec.newId?.(row.content) ?? newId()
  const now = ctx.clock.now()
  const unitId = ctx.actor.unitIds[0]
  const unit = unitId ? (await unitsByIds(ctx, [unitId])).get(unitId) : undefined
  await ctx.db<StandardTables>().insertInto(spec.table).values({
    tenant_id: ctx.tenantId,
    id,
    state: row.state,
    version: row.version ?? 0,
    creating_unit_id: unit?.id ?? null,
    creating_unit_name: unit?.name ?? ctx.actor.unitName,
    created_by: ctx.actor.id,
    created_by_name: ctx.actor.name,
    created_at: sql<Instant>`${toIso(now)}::timestamptz`,
    updated_at: sql<Instant>`${toIso(now)}::timestamptz`,
    ...columnsOf(spec, row.content),
    ...(await spec.derive(ctx, id, row.content)),
  }).execute()
  forget(ctx, spec)
  return id
}

type RowPatch = { content?: Content; state?: StandardState; version?: number; pendingChangeId?: string | null }

/** Writes a locked row; its revision goes up by one. */
export async function updateRow(ctx: Ctx, spec: KindSpec, id: string, patch: RowPatch): Promise<void> {
  const content = patch.content ? { ...columnsOf(spec, patch.content), ...(await spec.derive(ctx, id, patch.content)) } : {}
  await ctx.db<StandardTables>().updateTable(spec.table).set({
    ...content,
    ...(patch.state ? { state: patch.state } : {}),
    ...(patch.version === undefined ? {} : { version: patch.version }),
    ...(patch.pendingChangeId === undefined ? {} : { pending_change_id: patch.pendingChangeId }),
    revision: sql<number>`revision + 1`,
    updated_at: sql<Instant>`${toIso(ctx.clock.now())}::timestamptz`,
  }).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute()
  forget(ctx, spec)
}

export async function deleteRow(ctx: Ctx, spec: KindSpec, id: string): Promise<void> {
  await ctx.db<StandardTables>().deleteFrom(spec.table).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute()
  forget(ctx, spec)
}

/** Content as columns of its table. */
export function columnsOf(spec: KindSpec, content: Content): Record<string, unknown> {
  return Object.fromEntries(
    fieldsOf(spec).map((field) => {
      const value = content[field]
      return [columnOf(field), value !== null && spec.jsonFields.includes(field) ? json(value) : value]
    }),
  )
}
