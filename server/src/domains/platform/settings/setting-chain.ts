// The value of a parameter: unit, units above, tenant, tenants above, the declared fallback; the most specific one wins.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Setting } from '../../../kernel/settings.ts'
import { stampsOf } from '../stamps.ts'

/** Stands for the tenant as a whole where a unit id is stored. */
export const WHOLE_TENANT = '00000000-0000-0000-0000-000000000000'

export type StoredValue = { tenantId: string; unitId: string; value: unknown }
/** Values along one chain, most specific first. */
export type Origin = { level: 'unit' | 'tenant' | 'fallback'; tenantId: string | null; unitId: string | null }

type Chain = { tenants: string[]; locks: { tenantId: string; key: string }[]; values: Map<string, StoredValue[]>; unitPaths: Map<string, string[]> }

const cache = new Map<string, { stamp: string; chain: Promise<Chain> }>()

/**
 * The value that holds for the context's tenant, or for one of its units; changes are effective with their commit. A stored value
 * that no longer fits its schema (a narrowed range after an upgrade) is passed over and logged.
 */
export async function setting<T>(ctx: Ctx, declared: Setting<T>, unitId?: string): Promise<T> {
  const [step] = await settingSteps(ctx, declared, unitId)
  return step ? step.value : declared.fallback
}

/** One place along the chain that has a value; the last one is the declared fallback. */
export type SettingStep = Origin & { value: unknown }

/** All values along the chain that fit the declaration, the one that holds first. */
export async function settingSteps<T>(ctx: Ctx, declared: Setting<T>, unitId?: string): Promise<(Origin & { value: T })[]> {
  const chain = await chainOf(ctx)
  const stored = chain.values.get(declared.key) ?? []
  const steps: (Origin & { value: T })[] = []
  for (const place of placesOf(chain, declared, unitId)) {
    const found = stored.find((s) => s.tenantId === place.tenantId && s.unitId === (place.unitId ?? WHOLE_TENANT))
    if (!found) continue
    const parsed = declared.schema.safeParse(found.value)
    if (parsed.success) steps.push({ ...place, value: parsed.data })
    else ctx.log.warn({ setting: declared.key }, 'a stored value does not fit its declaration and is passed over')
  }
  return [...steps, { level: 'fallback', tenantId: null, unitId: null, value: declared.fallback }]
}

/** Place in the line of tenants, nearest first, of the uppermost one that has locked the key; -1 for none. */
const highestLock = (chain: Chain, key: string): number => chain.tenants.findLastIndex((id) => chain.locks.some((lock) => lock.tenantId === id && lock.key === key))

/** The tenant above the context's one that has locked a parameter, or null. */
export async function lockAbove(ctx: Ctx, key: string): Promise<string | null> {
  const chain = await chainOf(ctx)
  const at = highestLock(chain, key)
  return at > 0 ? (chain.tenants[at] ?? null) : null
}

/** Whether the context's tenant itself has locked a parameter for those below. */
export async function lockedHere(ctx: Ctx, key: string): Promise<boolean> {
  const chain = await chainOf(ctx)
  return chain.locks.some((lock) => lock.tenantId === chain.tenants[0] && lock.key === key)
}

function placesOf(chain: Chain, declared: Pick<Setting, 'scope' | 'key'>, unitId: string | undefined): Origin[] {
  const own = chain.tenants[0] ?? ''
  const tenants = declared.scope === 'platform' ? chain.tenants.slice(-1) : chain.tenants
  // A value that a tenant above has locked holds for all below: what stands nearer is passed over.
  const lock = highestLock(chain, declared.key)
  if (lock > 0) return tenants.slice(declared.scope === 'platform' ? 0 : lock).map((id): Origin => ({ level: 'tenant', tenantId: id, unitId: null }))
  const units = declared.scope === 'unit' && unitId !== undefined ? (chain.unitPaths.get(unitId) ?? [unitId]).toReversed() : []
  return [
    ...units.map((id): Origin => ({ level: 'unit', tenantId: own, unitId: id })),
    ...tenants.map((id): Origin => ({ level: 'tenant', tenantId: id, unitId: null })),
  ]
}

async function chainOf(ctx: Ctx): Promise<Chain> {
  const stamps = await stampsOf(ctx)
  const stamp = `${stamps.settings}:${stamps.tenants}`
  const held = cache.get(ctx.tenantId)
  if (held?.stamp === stamp) return held.chain
  const chain = readChain(ctx)
  cache.set(ctx.tenantId, { stamp, chain })
  chain.catch(() => cache.delete(ctx.tenantId))
  return chain
}

async function readChain(ctx: Ctx): Promise<Chain> {
  const db = ctx.acrossTenants('values of upper tenants are inherited')
  const tenants = await sql<{ id: string }>`select a.id from platform_tenant t join platform_tenant a on a.id = any(t.path) where t.id = ${ctx.tenantId} order by a.level desc`.execute(db)
  const ids = tenants.rows.map((row) => row.id)
  if (ids.length === 0) return { tenants: [ctx.tenantId], locks: [], values: new Map(), unitPaths: new Map() }
  const { rows } = await sql<StoredValue & { key: string; path: string[] | null }>`
    select v.tenant_id as "tenantId", v.unit_id as "unitId", v.key, v.value
    from platform_setting_value v where v.tenant_id = any(${ids}::uuid[]) and (v.unit_id = ${WHOLE_TENANT} or v.tenant_id = ${ctx.tenantId})`.execute(db)
  const locks = await sql<{ tenantId: string; key: string }>`select tenant_id as "tenantId", key from platform_setting_lock where tenant_id = any(${ids}::uuid[])`.execute(db)
  const withUnits = rows.some((row) => row.unitId !== WHOLE_TENANT)
  // Paths are needed only where a unit has values of its own; moves of units set the stamp anew.
  const units = withUnits ? await sql<{ id: string; path: string[] }>`select id, path from platform_unit where tenant_id = ${ctx.tenantId}`.execute(db) : { rows: [] }
  return { tenants: ids, locks: locks.rows, values: Map.groupBy(rows, (row) => row.key), unitPaths: new Map(units.rows.map((row) => [row.id, row.path])) }
}
