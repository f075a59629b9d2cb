// Whom a unit wants to receive its overview: the unit keeps the list, else its leaders and those of its sections.
import { sql, type SqlBool } from 'kysely'
import { authorize, scopesOf } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { mobilesOf, unitById, usersByUnit } from '../../platform/index.ts'
import { db } from '../supervision.queries.ts'
import { unique, type Person } from '../recipients.ts'
import type * as contract from './overview-contract.ts'

const LEADS = 'orders.approve'

/** Of each unit: itself and its sections. */
async function unitsBelow(ctx: Ctx, unitIds: readonly string[]): Promise<Map<string, string[]>> {
  if (unitIds.length === 0) return new Map()
  const rows = await db(ctx).selectFrom('platform_unit_view').select(['id', 'parent_id', 'kind']).where('tenant_id', '=', ctx.tenantId).where('state', '=', 'active').where((eb) => eb.or([eb('id', 'in', [...unitIds]), eb.and([eb('parent_id', 'in', [...unitIds]), eb('kind', '=', 'section')])])).execute()
  return new Map(unitIds.map((unitId) => [unitId, rows.filter((u) => u.id === unitId || (u.parent_id === unitId && u.kind === 'section')).map((u) => u.id)]))
}

async function holdersIn(ctx: Ctx, unitIds: readonly string[], permission: string): Promise<Map<string, Person[]>> {
  const below = await unitsBelow(ctx, unitIds)
  const people = await usersByUnit(ctx, { unitIds: [...new Set([...below.values()].flat())], permission })
  return new Map(unitIds.map((unitId) => [unitId, unique((below.get(unitId) ?? []).flatMap((id) => people.get(id) ?? []))]))
}

/** By unit: those who are told now. A unit that has switched it off is missing; people who left are left out. */
export async function overviewReceivers(ctx: Ctx, unitIds: readonly string[]): Promise<Map<string, Person[]>> {
  const kept = await db(ctx).selectFrom('supervision_overview_list').select(['unit_id', 'enabled', 'user_ids']).where('tenant_id', '=', ctx.tenantId).execute()
  const leaders = await holdersIn(ctx, unitIds, LEADS)
  const members = await holdersIn(ctx, kept.map((k) => k.unit_id), 'supervision.read')
  const found = new Map<string, Person[]>()
  for (const unitId of unitIds) {
    const own = kept.find((k) => k.unit_id === unitId)
    if (own?.enabled === false) continue
    found.set(unitId, own ? (members.get(unitId) ?? []).filter((p) => own.user_ids.includes(p.id)) : (leaders.get(unitId) ?? []))
  }
  return found
}

/** The unit stands in the reach of whoever keeps its list. */
async function unitToKeep(ctx: Ctx, unitId: string): Promise<{ id: string; name: string }> {
  authorize(ctx, 'supervision.keepOverview')
  const unit = await unitById(ctx, unitId)
  const scopes = scopesOf(ctx, 'supervision.keepOverview')
  const wide = scopes.includes('tenant') && unit.tenantId === ctx.tenantId
  const own = ctx.actor.unitIds.includes(unit.id) || (scopes.includes('unitTree') && unit.path.some((id) => ctx.actor.unitIds.includes(id)))
  if (unit.tenantId !== ctx.tenantId || unit.kind === 'centre' || !(wide || own)) throw kernelErrors('notFound')
  return unit
}

export async function overviewList(ctx: Ctx, input: { unitId: string }): Promise<Output<typeof contract.overviewListRoute>> {
  const unit = await unitToKeep(ctx, input.unitId)
  const kept = await db(ctx).selectFrom('supervision_overview_list').select(['enabled', 'user_ids']).where('tenant_id', '=', ctx.tenantId).where('unit_id', '=', unit.id).executeTakeFirst()
  const people = (await holdersIn(ctx, [unit.id], 'supervision.read')).get(unit.id) ?? []
  const users = kept ? people.filter((p) => kept.user_ids.includes(p.id)) : ((await holdersIn(ctx, [unit.id], LEADS)).get(unit.id) ?? [])
  const mobiles = await mobilesOf(ctx, users.map((u) => u.id))
  return { unitId: unit.id, unitName: unit.name, enabled: kept?.enabled ?? true, byDefault: !kept, users: users.map((u) => ({ ...u, sms: mobiles.has(u.id) })), people }
}

export async function saveOverviewList(ctx: Ctx, input: Input<typeof contract.saveOverviewListRoute>): Promise<Output<typeof contract.overviewListRoute>> {
  const unit = await unitToKeep(ctx, input.unitId)
  const people = (await holdersIn(ctx, [unit.id], 'supervision.read')).get(unit.id) ?? []
  const userIds = [...new Set(input.userIds)]
  if (userIds.some((id) => !people.some((p) => p.id === id))) throw kernelErrors('invalid', { fields: [{ path: 'userIds', message: '只能选本单位及其科室的人员' }] })
  const before = await db(ctx).selectFrom('supervision_overview_list').select(['enabled', 'user_ids']).where('tenant_id', '=', ctx.tenantId).where('unit_id', '=', unit.id).executeTakeFirst()
  const row = { enabled: input.enabled, user_ids: userIds, changed_by_name: ctx.actor.name, changed_at: ts(ctx.clock.now()) }
  await db(ctx).insertInto('supervision_overview_list').values({ tenant_id: ctx.tenantId, unit_id: unit.id, ...row }).onConflict((c) => c.columns(['tenant_id', 'unit_id']).doUpdateSet(row)).execute()
  ctx.audit({ module: 'supervision', act: 'saveOverviewRecipients', objectType: 'key:overviewRecipients', objectId: unit.id, changes: { userIds: { old: before?.user_ids ?? null, new: userIds }, enabled: { old: before?.enabled ?? null, new: input.enabled } } })
  return overviewList(ctx, input)
}

/** Units that hold cases: those a dispatcher gives orders to. */
export async function unitsWithCases(ctx: Ctx): Promise<{ id: string; name: string }[]> {
  const rows = await db(ctx).selectFrom('platform_unit_view').select(['id', 'name']).where('tenant_id', '=', ctx.tenantId).where('state', '=', 'active').where(sql<SqlBool>`kind in ('handling', 'enterprise', 'subCentre')`).orderBy('id').execute()
  return rows.map((r) => ({ id: r.id, name: r.name ?? '' }))
}
