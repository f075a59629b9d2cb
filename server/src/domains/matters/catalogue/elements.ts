// The catalogue of elements: definitions with every version since creation, and the matters that use them (MAT-09).
import { sql, type SqlBool } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { mattersErrors } from '../matters.errors.ts'
import type { MattersTables } from '../tables.gen.ts'
import { elementContent } from './catalogue-contract.ts'
import type * as contract from './catalogue-contract.ts'
import { familyNames, relationNames } from './catalogue-texts.zh-CN.ts'

type Element = Output<typeof contract.listElements>['items'][number]
type Family = Element['family']
const db = (ctx: Ctx) => ctx.db<MattersTables>()

const used = sql<number>`(select count(*)::int from matter_matter m where m.tenant_id = e.tenant_id and m.state = 'effective' and m.elements @> jsonb_build_array(jsonb_build_object('code', e.code)))`
const rows = (ctx: Ctx) => db(ctx).selectFrom('matter_element as e').selectAll('e').select(used.as('matters')).where('e.tenant_id', '=', ctx.tenantId)
type Row = Awaited<ReturnType<ReturnType<typeof rows>['execute']>>[number]

const elementView = (e: Row): Element => ({
  ...elementContent.parse(e), id: e.id, family: e.family as Family, familyName: familyNames[e.family as Family], code: e.code, version: e.version, retired: e.retired_at !== null, changedByName: e.changed_by_name, changedAt: e.changed_at, matters: e.matters,
})

export async function elementsOf(ctx: Ctx, input: Input<typeof contract.listElements>): Promise<Element[]> {
  let query = rows(ctx)
  if (input.family) query = query.where('e.family', '=', input.family)
  if (!input.retired) query = query.where('e.retired_at', 'is', null)
  if (input.query) query = query.where(sql<SqlBool>`position(lower(${input.query}) in lower(e.name || ' ' || e.code || ' ' || e.category)) > 0`)
  return (await query.orderBy('e.family').orderBy('e.category').orderBy('e.code').limit(2000).execute()).map(elementView)
}

export async function listElements(ctx: Ctx, input: Input<typeof contract.listElements>): Promise<Output<typeof contract.listElements>> {
  authorize(ctx, 'matters.read')
  return { items: await elementsOf(ctx, input) }
}

export async function getElement(ctx: Ctx, input: { id: string }): Promise<Output<typeof contract.getElement>> {
  authorize(ctx, 'matters.read')
  const row = await rows(ctx).where('e.id', '=', input.id).executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  const versions = await db(ctx).selectFrom('matter_element_version').select(['version', 'snapshot', 'by_name as byName', 'at']).where('tenant_id', '=', ctx.tenantId).where('element_id', '=', row.id).orderBy('version', 'desc').execute()
  const usedBy = await db(ctx).selectFrom('matter_matter').select(['id', 'code', 'name']).where('tenant_id', '=', ctx.tenantId).where('state', '=', 'effective').where(sql<SqlBool>`elements @> jsonb_build_array(jsonb_build_object('code', ${row.code}::text))`).orderBy('code').limit(100).execute()
  const relations = await db(ctx).selectFrom('matter_element_relation as r').innerJoin('matter_element as o', (join) => join.onRef('o.tenant_id', '=', 'r.tenant_id').on(sql<SqlBool>`o.id = case when r.from_id = ${row.id} then r.to_id else r.from_id end`))
    .select(['r.from_id as fromId', 'r.to_id as toId', 'r.kind', 'o.name as otherName']).where('r.tenant_id', '=', ctx.tenantId).where((eb) => eb.or([eb('r.from_id', '=', row.id), eb('r.to_id', '=', row.id)])).orderBy('r.kind').orderBy('o.name').execute()
  return { ...elementView(row), versions: versions.map((v) => ({ ...v, snapshot: elementContent.parse(v.snapshot) })), usedBy, relations: relations.map((r) => ({ ...r, kind: r.kind as Relation['kind'], kindName: relationNames[r.kind as Relation['kind']] })) }
}
type Relation = Output<typeof contract.elementGraph>['relations'][number]

async function keep(ctx: Ctx, elementId: string, version: number, content: unknown): Promise<void> {
  await db(ctx).insertInto('matter_element_version').values({ tenant_id: ctx.tenantId, element_id: elementId, version, snapshot: json(elementContent.parse(content)), by_name: ctx.actor.name, at: ts(ctx.clock.now()) }).execute()
}

export async function createElement(ctx: Ctx, input: Input<typeof contract.createElement>): Promise<{ id: string }> {
  authorize(ctx, 'matters.edit')
  const id = newId()
  const made = await db(ctx).insertInto('matter_element')
    .values({ tenant_id: ctx.tenantId, id, family: input.family, code: input.code, name: input.name, category: input.category, definition: input.definition, attributes: json(input.attributes), version: 1, changed_by_name: ctx.actor.name, changed_at: ts(ctx.clock.now()) })
    .onConflict((c) => c.columns(['tenant_id', 'code']).doNothing()).returning('id').executeTakeFirst()
  if (!made) throw mattersErrors('duplicateCode', { params: { code: input.code }, fields: [{ path: 'code', message: '编码已被使用' }] })
  await keep(ctx, id, 1, input)
  return { id }
}

export async function changeElement(ctx: Ctx, input: Input<typeof contract.changeElement>): Promise<{ id: string }> {
  authorize(ctx, 'matters.edit')
  const held = await db(ctx).selectFrom('matter_element').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).forUpdate().executeTakeFirst()
  if (!held) throw kernelErrors('notFound')
  if (held.version !== input.version) throw kernelErrors('conflict', { current: { version: held.version, changedBy: held.changed_by_name } })
  const content = elementContent.parse({ ...elementContent.parse(held), ...Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) })
  const retired = input.retired === undefined ? {} : { retired_at: input.retired ? ts(ctx.clock.now()) : null }
  await db(ctx).updateTable('matter_element').set({ name: content.name, category: content.category, definition: content.definition, attributes: json(content.attributes), version: held.version + 1, changed_by_name: ctx.actor.name, changed_at: ts(ctx.clock.now()), ...retired }).where('tenant_id', '=', ctx.tenantId).where('id', '=', held.id).execute()
  await keep(ctx, held.id, held.version + 1, content)
  return { id: held.id }
}
