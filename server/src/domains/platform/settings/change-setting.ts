// Setting, clearing and undoing parameters. Every change is kept with author, old and new value.
import { authorize } from '../../../kernel/access.ts'
import { inTenant, type Ctx } from '../../../kernel/ctx.ts'
import { sql, type RawBuilder } from 'kysely'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import { fieldErrors } from '../../../kernel/http/problem.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import type { Setting } from '../../../kernel/settings.ts'
import { settingChanged } from '../events.ts'
import { touchStamp } from '../stamps.ts'
import type { JsonValue } from '../../../kernel/db/json.ts'
import type { PlatformTables } from '../tables.gen.ts'
import { tenantById } from '../tenants/tenant-tree.ts'
import type * as contract from './contract.ts'
import { historyOf, placeOf, settableAt, type Place } from './list-settings.ts'
import { findSetting } from './registry.ts'
import { settingErrors } from './setting.errors.ts'
import { lockAbove, setting, WHOLE_TENANT } from './setting-chain.ts'

const MANAGE = 'platform.manageSettings'

async function declaredAt(ctx: Ctx, key: string, place: Place): Promise<Setting> {
  const declared = findSetting(key)
  if (!declared) throw kernelErrors('notFound')
  const root = (await tenantById(ctx, place.tenantId)).parentId === null
  if (!settableAt(declared, place, root)) throw settingErrors('settingScope', { params: { label: declared.label } })
  if ((await lockAbove(inTenant(ctx, place.tenantId), key)) !== null) throw settingErrors('settingLocked', { rule: key, params: { label: declared.label } })
  return declared
}

export async function changeSetting(ctx: Ctx, input: Input<typeof contract.changeSetting>): Promise<{ version: number }> {
  authorize(ctx, MANAGE)
  const place = await placeOf(ctx, MANAGE, input)
  const { declared, value } = await checkedSetting(ctx, input.key, place, input.value)
  const held = await valueAt(ctx, place, declared.key)
  if ((held?.version ?? 0) !== input.version) throw settingErrors('settingChanged', { current: { version: held?.version ?? 0, value: held?.value ?? null, changedBy: held?.changed_by ?? null } })
  return { version: await write(ctx, place, declared, held, value, input.reason) }
}

/** A value that may be set at a place, in its parsed form. @throws kernel.notFound, platform.settingScope, platform.settingRange */
export async function checkedSetting(ctx: Ctx, key: string, place: Place, given: unknown): Promise<{ declared: Setting; value: unknown }> {
  const declared = await declaredAt(ctx, key, place)
  const parsed = declared.schema.safeParse(given)
  if (!parsed.success) throw settingErrors('settingRange', { rule: declared.key, params: { label: declared.label }, fields: fieldErrors(parsed.error).map((f) => ({ ...f, path: f.path === '' ? 'value' : `value.${f.path}` })) })
  const unfit = await declared.check?.(parsed.data, (other) => setting({ ...ctx, tenantId: place.tenantId }, other, place.unitId ?? undefined))
  if (unfit) throw settingErrors('settingRange', { rule: declared.key, params: { label: declared.label }, fields: [{ path: 'value', message: unfit }] })
  return { declared, value: parsed.data }
}

/** Sets a value over whatever stands there now (planned changes). The caller has checked the permission. */
export async function applySetting(ctx: Ctx, place: Place, key: string, given: unknown, reason: string): Promise<void> {
  const { declared, value } = await checkedSetting(ctx, key, place, given)
  await write(ctx, place, declared, await valueAt(ctx, place, declared.key), value, reason)
}

/** Back to what is inherited. */
export async function clearSetting(ctx: Ctx, input: Input<typeof contract.clearSetting>): Promise<Record<string, never>> {
  authorize(ctx, MANAGE)
  const place = await placeOf(ctx, MANAGE, input)
  const declared = await declaredAt(ctx, input.key, place)
  const held = await valueAt(ctx, place, declared.key)
  if (held) await write(ctx, place, declared, held, undefined, input.reason)
  return {}
}

/** Takes back the latest change at its place. */
export async function undoSetting(ctx: Ctx, input: Input<typeof contract.undoSetting>): Promise<Record<string, never>> {
  authorize(ctx, MANAGE)
  const { tenantId } = await placeOf(ctx, MANAGE, { tenantId: input.tenantId })
  const row = await ctx
    .db<PlatformTables>()
    .selectFrom('platform_setting_history')
    .select(['unit_id', 'old_value'])
    .where('tenant_id', '=', tenantId)
    .where('id', '=', input.changeId)
    .where('key', '=', input.key)
    .executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  const place = row.unit_id === WHOLE_TENANT ? { tenantId, unitId: null } : await placeOf(ctx, MANAGE, { unitId: row.unit_id })
  const declared = await declaredAt(ctx, input.key, place)
  const [latest] = await historyOf(ctx, place, input.key)
  if (latest?.id !== input.changeId) throw settingErrors('nothingToUndo')
  await write(ctx, place, declared, await valueAt(ctx, place, input.key), row.old_value ?? undefined, '撤销')
  return {}
}

type Held = { value: unknown; version: number; changed_by: string }

async function valueAt(ctx: Ctx, place: Place, key: string): Promise<Held | undefined> {
  return ctx
    .db<PlatformTables>()
    .selectFrom('platform_setting_value')
    .select(['value', 'version', 'changed_by'])
    .where('tenant_id', '=', place.tenantId)
    .where('unit_id', '=', place.unitId ?? WHOLE_TENANT)
    .where('key', '=', key)
    .forUpdate()
    .executeTakeFirst()
}

// What a setting's schema has parsed from JSON is JSON again.
const stored = (value: unknown): RawBuilder<JsonValue> => sql<JsonValue>`${JSON.stringify(value)}::jsonb`

async function write(ctx: Ctx, place: Place, declared: Setting, held: Held | undefined, value: unknown, reason: string | undefined): Promise<number> {
  const db = ctx.db<PlatformTables>()
  const at = ts(ctx.clock.now())
  const where = { tenant_id: place.tenantId, unit_id: place.unitId ?? WHOLE_TENANT, key: declared.key }
  const version = (held?.version ?? 0) + 1
  if (value === undefined) {
    await db.deleteFrom('platform_setting_value').where('tenant_id', '=', where.tenant_id).where('unit_id', '=', where.unit_id).where('key', '=', where.key).execute()
  } else {
    const values = { value: stored(value), version, changed_at: at, changed_by: ctx.actor.name }
    const row = await db
      .insertInto('platform_setting_value')
      .values({ ...where, ...values })
      .onConflict((c) => c.columns(['tenant_id', 'unit_id', 'key']).doUpdateSet(values).where('platform_setting_value.version', '=', held?.version ?? 0))
      .returning('version')
      .executeTakeFirst()
    if (!row) throw settingErrors('settingChanged')
  }
  await db
    .insertInto('platform_setting_history')
    .values({ ...where, id: newId(), old_value: held === undefined ? null : stored(held.value), new_value: value === undefined ? null : stored(value), reason: reason ?? null, at, by_name: ctx.actor.name })
    .execute()
  await touchStamp(ctx, 'settings')
  ctx.audit({
    module: 'platform', act: value === undefined ? 'clearSetting' : 'changeSetting', objectType: 'key:setting', objectId: declared.key, tenantId: place.tenantId,
    changes: { value: { old: held?.value ?? null, new: value ?? null } }, ...(reason ? { text: reason } : {}),
  })
  ctx.publish({ ...settingChanged({ key: declared.key, unitId: place.unitId }), tenantId: place.tenantId })
  return version
}
