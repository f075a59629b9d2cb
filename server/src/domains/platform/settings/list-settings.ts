import { sql } from 'kysely'
import { z } from 'zod'
import { authorize } from '../../../kernel/access.ts'
import { inTenant, type Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import type { Setting } from '../../../kernel/settings.ts'
import type { Instant } from '../../../kernel/time/index.ts'
import { targetTenant } from '../reach.ts'
import { tenantsAbove } from '../tenants/tenant-tree.ts'
import { unitInReach } from '../units/unit.queries.ts'
import { unitsByIds } from '../units/unit-tree.ts'
import type * as contract from './contract.ts'
import { allSettings, findSetting } from './registry.ts'
import { lockAbove, lockedHere, settingSteps, WHOLE_TENANT, type SettingStep } from './setting-chain.ts'

const READ = 'platform.readSettings'
type Item = Output<typeof contract.listSettings>['items'][number]
export type Place = { tenantId: string; unitId: string | null }

/** The place a request speaks of, within reach of the permission. @throws kernel.notFound */
export async function placeOf(ctx: Ctx, permission: string, input: { tenantId?: string | undefined; unitId?: string | undefined }): Promise<Place> {
  if (input.unitId === undefined) return { tenantId: targetTenant(ctx, permission, input.tenantId), unitId: null }
  const unit = await unitInReach(ctx, permission, input.unitId)
  return { tenantId: unit.tenantId, unitId: unit.id }
}

/** Whether a value may be set at a place: declared level, and platform-wide values only in a root tenant. */
export function settableAt(declared: Pick<Setting, 'scope'>, place: Place, isRoot: boolean): boolean {
  if (place.unitId !== null) return declared.scope === 'unit'
  return declared.scope !== 'platform' || isRoot
}

type Names = { tenants: Map<string, string>; units: Map<string, string>; isRoot: boolean; versions: Map<string, number> }

async function namesAt(ctx: Ctx, place: Place): Promise<Names> {
  const above = await tenantsAbove(inTenant(ctx, place.tenantId))
  const path = place.unitId === null ? [] : ((await unitsByIds(ctx, [place.unitId])).get(place.unitId)?.path ?? [])
  const units = await unitsByIds(ctx, path)
  const { rows } = await sql<{ key: string; version: number }>`select key, version from platform_setting_value where tenant_id = ${place.tenantId} and unit_id = ${place.unitId ?? WHOLE_TENANT}`.execute(ctx.db())
  return {
    tenants: new Map(above.map((tenant) => [tenant.id, tenant.name])), units: new Map([...units.values()].map((unit) => [unit.id, unit.name])), isRoot: above.length === 1,
    versions: new Map(rows.map((row) => [row.key, row.version])),
  }
}

const nameOf = (names: Names, step: SettingStep): string =>
  step.level === 'fallback' ? '系统默认' : step.unitId !== null ? (names.units.get(step.unitId) ?? '') : (names.tenants.get(step.tenantId ?? '') ?? '')

async function describe(ctx: Ctx, declared: Setting, place: Place, names: Names): Promise<{ item: Item; steps: SettingStep[] }> {
  const steps = await settingSteps(inTenant(ctx, place.tenantId), declared, place.unitId ?? undefined)
  const first = steps[0] ?? { level: 'fallback', tenantId: null, unitId: null, value: declared.fallback }
  const { $schema: _drop, ...schema } = z.toJSONSchema(declared.schema, { io: 'input', unrepresentable: 'any' })
  const lockedBy = await lockAbove(inTenant(ctx, place.tenantId), declared.key)
  const item: Item = {
    key: declared.key, label: declared.label, help: declared.help ?? null, group: declared.key.split('.')[0] ?? '', scope: declared.scope, value: first.value, fallback: declared.fallback,
    origin: { level: first.level, tenantId: first.tenantId, unitId: first.unitId, name: nameOf(names, first) },
    version: names.versions.get(declared.key) ?? 0, settable: lockedBy === null && settableAt(declared, place, names.isRoot), schema,
    lockedBy: lockedBy === null ? null : (names.tenants.get(lockedBy) ?? ''), locksBelow: place.unitId === null && (await lockedHere(inTenant(ctx, place.tenantId), declared.key)),
  }
  return { item, steps }
}

export async function listSettings(ctx: Ctx, input: Input<typeof contract.listSettings>): Promise<Output<typeof contract.listSettings>> {
  authorize(ctx, READ)
  const place = await placeOf(ctx, READ, input)
  const names = await namesAt(ctx, place)
  const wanted = allSettings().filter((s) => (place.unitId === null || s.scope === 'unit') && (!input.query || `${s.key} ${s.label} ${s.help ?? ''}`.toLowerCase().includes(input.query.toLowerCase())))
  const items: Item[] = []
  for (const declared of wanted) items.push((await describe(ctx, declared, place, names)).item)
  return { items }
}

export async function getSetting(ctx: Ctx, input: Input<typeof contract.getSetting>): Promise<Output<typeof contract.getSetting>> {
  authorize(ctx, READ)
  const declared = findSetting(input.key)
  if (!declared) throw kernelErrors('notFound')
  const place = await placeOf(ctx, READ, input)
  const names = await namesAt(ctx, place)
  const { item, steps } = await describe(ctx, declared, place, names)
  const history = await historyOf(ctx, place, declared.key)
  return {
    ...item,
    chain: steps.map((step) => ({ ...step, name: nameOf(names, step), here: step.tenantId === place.tenantId && step.unitId === place.unitId })),
    history: history.map((row, index) => ({ id: row.id, at: row.at, by: row.by, unitId: place.unitId, old: row.old, new: row.new, reason: row.reason, undoable: index === 0 })),
  }
}

export type Change = { id: string; at: Instant; by: string; old: unknown; new: unknown; reason: string | null }

/** Changes at one place, newest first. */
export async function historyOf(ctx: Ctx, place: Place, key: string): Promise<Change[]> {
  const { rows } = await sql<Change>`select id, at, by_name as by, old_value as old, new_value as new, reason from platform_setting_history
    where tenant_id = ${place.tenantId} and unit_id = ${place.unitId ?? WHOLE_TENANT} and key = ${key} order by at desc, id desc limit 100`.execute(ctx.db())
  return rows
}
