// Locking a parameter: the value that holds here holds for all tenants below, whatever they have set.
import { authorize } from '../../../kernel/access.ts'
import { inTenant, type Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { settingChanged } from '../events.ts'
import { touchStamp } from '../stamps.ts'
import type { PlatformTables } from '../tables.gen.ts'
import { tenantsBelow } from '../tenants/tenant-tree.ts'
import type * as contract from './contract.ts'
import { placeOf } from './list-settings.ts'
import { findSetting } from './registry.ts'
import { settingErrors } from './setting.errors.ts'
import { lockAbove } from './setting-chain.ts'

const MANAGE = 'platform.manageSettings'

/** @throws platform.settingLocked when a tenant above has locked it already, platform.nothingBelow */
export async function lockSetting(ctx: Ctx, input: Input<typeof contract.lockSetting>): Promise<Record<string, never>> {
  authorize(ctx, MANAGE)
  const { tenantId } = await placeOf(ctx, MANAGE, { tenantId: input.tenantId })
  const declared = findSetting(input.key)
  if (!declared) throw kernelErrors('notFound')
  const there = inTenant(ctx, tenantId)
  if ((await lockAbove(there, declared.key)) !== null) throw settingErrors('settingLocked', { params: { label: declared.label } })
  const below = (await tenantsBelow(there)).filter((tenant) => tenant.id !== tenantId)
  if (input.locked && below.length === 0) throw settingErrors('nothingBelow')
  const db = ctx.db<PlatformTables>()
  if (input.locked) await db.insertInto('platform_setting_lock').values({ tenant_id: tenantId, key: declared.key, reason: input.reason, locked_at: ts(ctx.clock.now()), locked_by: ctx.actor.name }).onConflict((c) => c.columns(['tenant_id', 'key']).doNothing()).execute()
  else await db.deleteFrom('platform_setting_lock').where('tenant_id', '=', tenantId).where('key', '=', declared.key).execute()
  await touchStamp(ctx, 'settings')
  ctx.audit({ module: 'platform', act: 'lockSetting', objectType: 'key:setting', objectId: declared.key, tenantId, changes: { locked: { old: !input.locked, new: input.locked } }, text: input.reason })
  for (const tenant of below) ctx.publish({ ...settingChanged({ key: declared.key, unitId: null }), tenantId: tenant.id })
  return {}
}
