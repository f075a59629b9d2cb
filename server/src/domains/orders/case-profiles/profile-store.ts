// Definitions in rows: the shipped ones, and every version an order was matched with.
import type { Selectable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { newId } from '../../../kernel/runtime.ts'
import { shipForm } from '../../forms/index.ts'
import { touchStamp, underStamp } from '../../platform/index.ts'
import { db, type OrderRow } from '../orders.queries.ts'
import type { OrdersTables } from '../tables.gen.ts'
import { profileDefinition, type ProfileDefinition } from './profile-definition.ts'
import { shippedProfiles } from './shipped-profiles.zh-CN.ts'

export type ProfileRow = Selectable<OrdersTables['order_profile']>
export type Profile = { id: string; code: string; name: string; version: number; definition: ProfileDefinition }

/** Shipped profiles that the tenant has never had; what it changed or switched off stays. Repeatable. */
export async function ensureProfiles(ctx: Ctx): Promise<void> {
  const held = new Set((await db(ctx).selectFrom('order_profile').select('code').where('tenant_id', '=', ctx.tenantId).execute()).map((r) => r.code))
  for (const one of shippedProfiles) {
    if (held.has(one.code)) continue
    const definition = profileDefinition.parse(one.definition)
    const id = newId()
    const made = await db(ctx).insertInto('order_profile')
      .values({ tenant_id: ctx.tenantId, id, code: one.code, name: one.name, position: one.position, shipped: true, enabled: one.enabled, definition: json(definition as never), changed_at: ts(ctx.clock.now()), changed_by_name: '系统' })
      .onConflict((c) => c.columns(['tenant_id', 'code']).doNothing()).returning('id').executeTakeFirst()
    if (!made) continue
    await keepVersion(ctx, { id, name: one.name, version: 1, definition })
    await touchStamp(ctx, 'caseProfiles')
    if (one.form) await shipForm(ctx, { ...one.form, caseProfile: one.code })
  }
}

export async function keepVersion(ctx: Ctx, profile: Omit<Profile, 'code'>): Promise<void> {
  await db(ctx).insertInto('order_profile_version').values({ tenant_id: ctx.tenantId, profile_id: profile.id, version: profile.version, name: profile.name, definition: json(profile.definition as never), at: ts(ctx.clock.now()), by_name: ctx.actor.name }).execute()
}

const read = (row: Pick<ProfileRow, 'id' | 'code' | 'name' | 'version' | 'definition'>): Profile => ({ id: row.id, code: row.code, name: row.name, version: row.version, definition: profileDefinition.parse(row.definition) })

/** Enabled profiles in the order in which they are tried. */
export const enabledProfiles = underStamp('caseProfiles', async (ctx): Promise<readonly Profile[]> =>
  (await db(ctx).selectFrom('order_profile').selectAll().where('tenant_id', '=', ctx.tenantId).where('enabled', '=', true).orderBy('position').orderBy('code').limit(200).execute()).map(read))

export async function profileByCode(ctx: Ctx, code: string): Promise<Profile | null> {
  const row = await db(ctx).selectFrom('order_profile').selectAll().where('tenant_id', '=', ctx.tenantId).where('code', '=', code).where('enabled', '=', true).executeTakeFirst()
  return row ? read(row) : null
}

/** The profile of an order in the version it was matched with; null for an order of no profile. */
export async function profileOf(ctx: Ctx, order: Pick<OrderRow, 'tenant_id' | 'profile_id' | 'profile_version'>): Promise<Profile | null> {
  if (order.profile_id === null || order.profile_version === null) return null
  const row = await db(ctx).selectFrom('order_profile_version as v').innerJoin('order_profile as p', (j) => j.onRef('p.tenant_id', '=', 'v.tenant_id').onRef('p.id', '=', 'v.profile_id'))
    .select(['p.id', 'p.code', 'v.name', 'v.version', 'v.definition']).where('v.tenant_id', '=', order.tenant_id).where('v.profile_id', '=', order.profile_id).where('v.version', '=', order.profile_version).executeTakeFirst()
  return row ? read(row) : null
}
