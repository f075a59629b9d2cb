// Creating, changing, moving, disabling and deleting units.
import { authorize } from '../../../kernel/access.ts'
import { inTenant, type Ctx } from '../../../kernel/ctx.ts'
import { encrypt, isMasked, isTelephone, maskPhone, normalisePhone } from '../../../kernel/crypto/index.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { areaExists } from '../areas/area-tree.ts'
import { changesOf } from '../changes.ts'
import { unitChanged, unitMoved } from '../events.ts'
import { touchStamp } from '../stamps.ts'
import type { PlatformTables } from '../tables.gen.ts'
import { usagesOf } from '../usage.ts'
import type * as contract from './contract.ts'
import { unitErrors } from './unit.errors.ts'
import { branchMoved } from './unit-ports.ts'
import type { Unit } from './unit-tree.ts'
import { lockTree, rewritePaths, unitInReach, type UnitRow } from './unit.queries.ts'

const MANAGE = 'platform.manageUnits'

function phoneColumns(ctx: Ctx, typed: string | null | undefined): { phone_enc?: string | null; phone_mask?: string | null } {
  if (typed === undefined || (typed !== null && isMasked(typed))) return {}
  if (typed === null || typed === '') return { phone_enc: null, phone_mask: null }
  const phone = normalisePhone(typed)
  if (!isTelephone(phone)) throw kernelErrors('invalid', { fields: [{ path: 'phone', message: '电话号码不正确' }] })
  return { phone_enc: encrypt(ctx.keys, phone, 'platform_unit.phone'), phone_mask: maskPhone(phone) }
}

async function checkArea(ctx: Ctx, code: string): Promise<void> {
  if (!(await areaExists(ctx, code))) throw unitErrors('unknownArea', { fields: [{ path: 'areaCode', message: '区划不存在或已停用' }] })
}

/** A unit that administrators change by themselves. @throws kernel.notFound, platform.virtualUnit */
export async function ownUnit(ctx: Ctx, id: string): Promise<UnitRow> {
  const unit = await unitInReach(ctx, MANAGE, id)
  if (unit.kind === 'virtual') throw unitErrors('virtualUnit')
  return unit
}

/** The new upper unit, active and within reach. */
async function parentFor(ctx: Ctx, parentId: string): Promise<UnitRow> {
  const parent = await unitInReach(ctx, MANAGE, parentId).catch(() => null)
  if (parent?.state !== 'active' || parent.kind === 'virtual') throw unitErrors('badParent', { fields: [{ path: 'parentId', message: '上级机构不可用' }] })
  return parent
}

export async function createUnit(ctx: Ctx, input: Input<typeof contract.createUnit>): Promise<{ id: string }> {
  authorize(ctx, MANAGE)
  const parent = await parentFor(ctx, input.parentId)
  await checkArea(ctx, input.areaCode)
  await lockTree(ctx, parent.tenantId)
  const taken = await ctx.acrossTenants<PlatformTables>('codes are unique in the deployment').selectFrom('platform_unit').select('id').where('code', '=', input.code).executeTakeFirst()
  if (taken) throw unitErrors('unitCodeTaken', { params: { code: input.code }, fields: [{ path: 'code', message: '编码已被使用' }] })
  const id = newId()
  const now = ts(ctx.clock.now())
  await ctx
    .db<PlatformTables>()
    .insertInto('platform_unit')
    .values({
      tenant_id: parent.tenantId, id, code: input.code, name: input.name, kind: input.kind, area_code: input.areaCode, parent_id: parent.id, path: [...parent.path, id], sort: input.sort, vertical: input.vertical,
      valid_from: input.validFrom, valid_to: input.validTo, leader_name: input.leaderName, contact_name: input.contactName, ...phoneColumns(ctx, input.phone), created_at: now, changed_at: now, changed_by: ctx.actor.name,
    })
    .execute()
  await touchStamp(ctx, 'settings')
  record(ctx, 'createUnit', { id, tenantId: parent.tenantId }, { name: { old: null, new: input.name }, parentId: { old: null, new: parent.id } })
  ctx.publish({ ...unitChanged({ unitId: id, state: 'active' }), tenantId: parent.tenantId })
  return { id }
}

function record(ctx: Ctx, act: string, unit: { id: string; tenantId: string }, changes: Record<string, { old: unknown; new: unknown }>, reason?: string): void {
  ctx.audit({ module: 'platform', act, objectType: 'key:unit', objectId: unit.id, tenantId: unit.tenantId, changes, ...(reason ? { text: reason } : {}) })
}

const conflict = (unit: UnitRow) => kernelErrors('conflict', { current: { version: unit.version, changedBy: unit.changedBy, changedAt: unit.changedAt } })
const update = (ctx: Ctx, unit: UnitRow) => ctx.db<PlatformTables>().updateTable('platform_unit').where('tenant_id', '=', unit.tenantId).where('id', '=', unit.id)
const stamp = (ctx: Ctx) => ({ changed_at: ts(ctx.clock.now()), changed_by: ctx.actor.name })

export async function changeUnit(ctx: Ctx, input: Input<typeof contract.changeUnit>): Promise<{ version: number }> {
  authorize(ctx, MANAGE)
  const unit = await ownUnit(ctx, input.id)
  if (input.areaCode !== undefined && input.areaCode !== unit.areaCode) await checkArea(ctx, input.areaCode)
  if (unit.kind === 'centre' && unit.parentId === null && input.kind !== undefined && input.kind !== 'centre') throw unitErrors('lastCentre')
  const { id: _id, version, phone, ...next } = input
  const phones = phoneColumns(ctx, phone)
  const updated = await update(ctx, unit)
    .set((e) => ({
      name: next.name, kind: next.kind, area_code: next.areaCode, vertical: next.vertical, sort: next.sort, valid_from: next.validFrom, valid_to: next.validTo,
      leader_name: next.leaderName, contact_name: next.contactName, ...phones, version: e('version', '+', 1), ...stamp(ctx),
    }))
    .where('version', '=', version)
    .returning('version')
    .executeTakeFirst()
  if (!updated) throw conflict(unit)
  record(ctx, 'changeUnit', unit, changesOf({ ...unit }, { ...next, phoneMasked: phones.phone_mask }))
  ctx.publish({ ...unitChanged({ unitId: unit.id, state: unit.state }), tenantId: unit.tenantId })
  return updated
}

export async function moveUnit(ctx: Ctx, input: Input<typeof contract.moveUnit>): Promise<{ version: number; moved: number }> {
  authorize(ctx, MANAGE)
  const { tenantId } = await unitInReach(ctx, MANAGE, input.id)
  await lockTree(ctx, tenantId)
  // Read behind the lock: a move of an upper unit may just have changed the path.
  const unit = await ownUnit(ctx, input.id)
  const parent = await parentFor(ctx, input.parentId)
  if (parent.tenantId !== unit.tenantId) throw unitErrors('badParent', { fields: [{ path: 'parentId', message: '不能移动到其他租户' }] })
  if (unit.parentId === null) throw unitErrors('lastCentre')
  if (parent.path.includes(unit.id)) throw unitErrors('moveIntoItself', { fields: [{ path: 'parentId', message: '不能移动到自己的下级之下' }] })
  if (unit.version !== input.version) throw conflict(unit)
  return reparent(ctx, unit, parent)
}

/** Puts a unit with its branch under another; the tree is locked, both are of one tenant, the change is checked. */
export async function reparent(ctx: Ctx, unit: UnitRow, parent: Unit): Promise<{ version: number; moved: number }> {
  const updated = await update(ctx, unit).set((e) => ({ parent_id: parent.id, version: e('version', '+', 1), ...stamp(ctx) })).where('version', '=', unit.version).returning('version').executeTakeFirst()
  if (!updated) throw conflict(unit)
  const newPath = [...parent.path, unit.id]
  const movedIds = await rewritePaths(ctx, unit, newPath)
  for (const follow of branchMoved.all()) await follow(inTenant(ctx, unit.tenantId), { unitId: unit.id, movedIds, oldPath: unit.path, newPath })
  // Values of units are inherited along the path.
  await touchStamp(ctx, 'settings')
  record(ctx, 'moveUnit', unit, { parentId: { old: unit.parentId, new: parent.id } })
  ctx.publish({ ...unitMoved({ unitId: unit.id, oldPath: unit.path, newPath, movedIds }), tenantId: unit.tenantId })
  return { version: updated.version, moved: movedIds.length }
}

async function setState(ctx: Ctx, input: { id: string; reason?: string | undefined }, state: 'active' | 'disabled'): Promise<Record<string, never>> {
  authorize(ctx, MANAGE)
  const unit = await ownUnit(ctx, input.id)
  if (unit.parentId === null && state === 'disabled') throw unitErrors('lastCentre')
  await update(ctx, unit).set((e) => ({ state, version: e('version', '+', 1), ...stamp(ctx) })).execute()
  record(ctx, state === 'active' ? 'enableUnit' : 'disableUnit', unit, { state: { old: unit.state, new: state } }, input.reason)
  ctx.publish({ ...unitChanged({ unitId: unit.id, state }), tenantId: unit.tenantId })
  return {}
}

export const disableUnit = (ctx: Ctx, input: Input<typeof contract.disableUnit>): Promise<Record<string, never>> => setState(ctx, input, 'disabled')
export const enableUnit = (ctx: Ctx, input: Input<typeof contract.enableUnit>): Promise<Record<string, never>> => setState(ctx, input, 'active')

/** Only a unit that nothing refers to can be deleted; otherwise it is disabled and history keeps its name. */
export async function deleteUnit(ctx: Ctx, input: Input<typeof contract.deleteUnit>): Promise<Record<string, never>> {
  authorize(ctx, MANAGE)
  const unit = await ownUnit(ctx, input.id)
  await lockTree(ctx, unit.tenantId)
  if (unit.parentId === null) throw unitErrors('lastCentre')
  const db = ctx.db<PlatformTables>()
  const child = await db.selectFrom('platform_unit').select('id').where('tenant_id', '=', unit.tenantId).where('parent_id', '=', unit.id).executeTakeFirst()
  if (child) throw unitErrors('unitHasChildren')
  const posts = await db.selectFrom('platform_post').select((e) => e.fn.countAll<number>().as('n')).where('tenant_id', '=', unit.tenantId).where('unit_id', '=', unit.id).executeTakeFirstOrThrow()
  const usages = [...(posts.n > 0 ? [{ label: '用户', count: posts.n }] : []), ...(await usagesOf(ctx, { type: 'unit', id: unit.id }))]
  if (usages.length > 0) throw unitErrors('unitInUse', { detail: usages.map((usage) => `${usage.label} ${usage.count}`).join('，'), current: { usages, offer: 'disable' } })
  await db.deleteFrom('platform_setting_value').where('tenant_id', '=', unit.tenantId).where('unit_id', '=', unit.id).execute()
  await db.deleteFrom('platform_unit').where('tenant_id', '=', unit.tenantId).where('id', '=', unit.id).execute()
  await touchStamp(ctx, 'settings')
  record(ctx, 'deleteUnit', unit, { name: { old: unit.name, new: null }, code: { old: unit.code, new: null } })
  ctx.publish({ ...unitChanged({ unitId: unit.id, state: 'deleted' }), tenantId: unit.tenantId })
  return {}
}
