// The life of a label: proposed → enabled ⇄ disabled → retired, or merged into another one. Nothing is deleted.
import { sql } from 'kysely'
import { authorize, can } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { changesOf } from '../changes.ts'
import { labelMerged } from '../events.ts'
import type { PlatformTables } from '../tables.gen.ts'
import type * as contract from './contract.ts'
import { labelErrors } from './label.errors.ts'

const MANAGE = 'platform.manageLabels'
const stamp = (ctx: Ctx) => ({ changed_at: ts(ctx.clock.now()), changed_by: ctx.actor.name })

export async function listLabelClasses(ctx: Ctx): Promise<Output<typeof contract.listLabelClasses>> {
  const { rows } = await sql<Output<typeof contract.listLabelClasses>['items'][number]>`select c.code, c.name, c.description, c.sort, c.state, c.version,
      count(l.id) filter (where l.state in ('proposed', 'enabled', 'disabled'))::int as labels, count(l.id) filter (where l.state = 'enabled')::int as enabled
    from platform_label_class c left join platform_label l on l.tenant_id = c.tenant_id and l.class_code = c.code
    where c.tenant_id = ${ctx.tenantId} group by c.tenant_id, c.code order by c.sort, c.code`.execute(ctx.db())
  return { items: rows }
}

export async function saveLabelClass(ctx: Ctx, input: Input<typeof contract.saveLabelClass>): Promise<{ version: number }> {
  authorize(ctx, MANAGE)
  const values = { name: input.name, description: input.description, sort: input.sort, state: input.state, ...stamp(ctx) }
  const row = await ctx
    .db<PlatformTables>()
    .insertInto('platform_label_class')
    .values({ tenant_id: ctx.tenantId, code: input.classCode, ...values })
    .onConflict((c) => c.columns(['tenant_id', 'code']).doUpdateSet((e) => ({ ...values, version: e('platform_label_class.version', '+', 1) })).where('platform_label_class.version', '=', input.version))
    .returning('version')
    .executeTakeFirst()
  if (!row) throw kernelErrors('conflict')
  return row
}

export async function createLabel(ctx: Ctx, input: Input<typeof contract.createLabel>): Promise<Output<typeof contract.createLabel>> {
  const state = can(ctx, MANAGE) ? 'enabled' : 'proposed'
  if (state === 'proposed') authorize(ctx, 'platform.proposeLabels')
  const known = await ctx.db<PlatformTables>().selectFrom('platform_label_class').select('code').where('tenant_id', '=', ctx.tenantId).where('code', '=', input.classCode).where('state', '=', 'active').executeTakeFirst()
  if (!known) throw labelErrors('unknownLabelClass', { fields: [{ path: 'classCode', message: '请选择启用中的类别' }] })
  const id = newId()
  await refuseTaken(ctx, { id, classCode: input.classCode, code: input.code, name: input.name })
  await checkParent(ctx, id, input.classCode, input.parentId ?? null)
  await ctx
    .db<PlatformTables>()
    .insertInto('platform_label')
    .values({
      tenant_id: ctx.tenantId, id, class_code: input.classCode, code: input.code, name: input.name, definition: input.definition ?? '', usage_rule: input.usageRule ?? '', scene: input.scene ?? '', parent_id: input.parentId ?? null,
      synonyms: input.synonyms ?? [], owner_name: input.ownerName ?? '', colour: input.colour ?? 'grey', valid_from: input.validFrom ?? null, valid_to: input.validTo ?? null, state, merged_into: null, reason: input.reason ?? null,
      created_at: ts(ctx.clock.now()), created_by: ctx.actor.name, ...stamp(ctx),
    })
    .execute()
  return { id, state, version: 1 }
}

type Held = { id: string; classCode: string; code: string; name: string; definition: string; usageRule: string; scene: string; parentId: string | null; synonyms: string[]; ownerName: string; colour: string; validFrom: string | null; validTo: string | null; state: string; version: number; changedBy: string }

/** Locked and still alive. */
async function held(ctx: Ctx, id: string, version: number): Promise<Held> {
  const row = await ctx
    .db<PlatformTables>()
    .selectFrom('platform_label')
    .select(['id', 'class_code as classCode', 'code', 'name', 'definition', 'usage_rule as usageRule', 'scene', 'parent_id as parentId', 'synonyms', 'owner_name as ownerName', 'colour', 'valid_from as validFrom', 'valid_to as validTo', 'state', 'version', 'changed_by as changedBy'])
    .where('tenant_id', '=', ctx.tenantId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  if (row.version !== version) throw kernelErrors('conflict', { current: { version: row.version, changedBy: row.changedBy } })
  if (row.state === 'merged' || row.state === 'retired') throw labelErrors('labelEnded')
  return row
}

async function write(ctx: Ctx, before: Held, values: Record<string, unknown>): Promise<{ version: number }> {
  return ctx
    .db<PlatformTables>()
    .updateTable('platform_label')
    .set((eb) => ({ ...values, ...stamp(ctx), version: eb('version', '+', 1) }))
    .where('tenant_id', '=', ctx.tenantId)
    .where('id', '=', before.id)
    .returning('version')
    .executeTakeFirstOrThrow()
}

export async function changeLabel(ctx: Ctx, input: Input<typeof contract.changeLabel>): Promise<{ version: number }> {
  authorize(ctx, MANAGE)
  const { id, version, ...next } = input
  const before = await held(ctx, id, version)
  const { code, name, definition, usageRule, scene, parentId, synonyms, ownerName, colour, validFrom, validTo } = { ...before, ...next }
  await refuseTaken(ctx, { id, classCode: before.classCode, code, name })
  if (parentId !== before.parentId) await checkParent(ctx, id, before.classCode, parentId)
  ctx.audit({ module: 'platform', act: 'changeLabel', objectType: 'label', objectId: id, changes: changesOf({ ...before }, next) })
  return write(ctx, before, { code, name, definition, usage_rule: usageRule, scene, parent_id: parentId, synonyms, owner_name: ownerName, colour, valid_from: validFrom, valid_to: validTo })
}

export async function setLabelState(ctx: Ctx, input: Input<typeof contract.setLabelState>): Promise<{ version: number }> {
  authorize(ctx, MANAGE)
  const before = await held(ctx, input.id, input.version)
  ctx.audit({ module: 'platform', act: 'setLabelState', objectType: 'label', objectId: input.id, changes: { state: { old: before.state, new: input.state } }, ...(input.reason ? { text: input.reason } : {}) })
  return write(ctx, before, { state: input.state, reason: input.reason ?? null })
}

/** Objects of a merged label count under the survivor and keep the old name; modules hear of it by `label.merged`. */
export async function mergeLabel(ctx: Ctx, input: Input<typeof contract.mergeLabel>): Promise<{ version: number }> {
  authorize(ctx, MANAGE)
  const before = await held(ctx, input.id, input.version)
  const target = await ctx.db<PlatformTables>().selectFrom('platform_label').select(['id', 'name', 'state', 'parent_id as parentId']).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.into).forUpdate().executeTakeFirst()
  if (!target || target.id === before.id || target.state !== 'enabled') throw labelErrors('labelMergeTarget', { fields: [{ path: 'into', message: '请选择启用中的其他标签' }] })
  // Children of the merged label move to the survivor; the survivor itself may have been one of them.
  const db = ctx.db<PlatformTables>()
  await db.updateTable('platform_label').set({ parent_id: null }).where('tenant_id', '=', ctx.tenantId).where('id', '=', target.id).where('parent_id', '=', before.id).execute()
  await db.updateTable('platform_label').set({ parent_id: target.id }).where('tenant_id', '=', ctx.tenantId).where('parent_id', '=', before.id).execute()
  ctx.audit({ module: 'platform', act: 'mergeLabel', objectType: 'label', objectId: before.id, changes: { mergedInto: { old: null, new: target.name } }, text: input.reason })
  ctx.publish(labelMerged({ labelId: before.id, into: target.id }))
  return write(ctx, before, { state: 'merged', merged_into: target.id, reason: input.reason })
}

async function refuseTaken(ctx: Ctx, label: { id: string; classCode: string; code: string; name: string }): Promise<void> {
  const rows = await ctx
    .db<PlatformTables>()
    .selectFrom('platform_label')
    .select(['code', 'name', 'class_code as classCode', 'state'])
    .where('tenant_id', '=', ctx.tenantId)
    .where('id', '<>', label.id)
    .where((eb) => eb.or([eb('code', '=', label.code), eb.and([eb('class_code', '=', label.classCode), eb('name', '=', label.name), eb('state', 'in', ['proposed', 'enabled', 'disabled'])])]))
    .execute()
  if (rows.some((row) => row.name === label.name && row.classCode === label.classCode && ['proposed', 'enabled', 'disabled'].includes(row.state))) throw labelErrors('labelNameTaken', { params: { name: label.name }, fields: [{ path: 'name', message: '本类别已有同名标签' }] })
  if (rows.some((row) => row.code === label.code)) throw labelErrors('labelCodeTaken', { params: { code: label.code }, fields: [{ path: 'code', message: '编码已被使用' }] })
}

async function checkParent(ctx: Ctx, id: string, classCode: string, parentId: string | null): Promise<void> {
  if (parentId === null) return
  const { rows } = await sql<{ id: string; class_code: string; state: string }>`with recursive up(id, parent_id, class_code, state) as (
      select id, parent_id, class_code, state from platform_label where tenant_id = ${ctx.tenantId} and id = ${parentId}
      union select l.id, l.parent_id, l.class_code, l.state from up u join platform_label l on l.tenant_id = ${ctx.tenantId} and l.id = u.parent_id)
    select id, class_code, state from up`.execute(ctx.db())
  const parent = rows.find((row) => row.id === parentId)
  if (!parent || parent.class_code !== classCode || ['merged', 'retired'].includes(parent.state) || rows.some((row) => row.id === id)) throw labelErrors('labelParent', { fields: [{ path: 'parentId', message: '请选择同类别的其他标签' }] })
}
