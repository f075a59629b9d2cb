// All limit rules that hold for a tenant: its own, those of upper tenants, durations of matters, the shipped ones.
import type { Ctx } from '../../../kernel/ctx.ts'
import { duration, limitClocks, type LimitClock } from '../standard/content.ts'
import { shippedLimits } from './limit-defaults.ts'
import { localLimits } from '../issues/local.ts'
import { limitReceivers } from './limit-receivers.ts'
import { limitScopes, type LimitRule, type LimitScope } from './match-limit.ts'
import { cachedPart } from '../standard/standard-cache.ts'
import type { MattersTables } from '../tables.gen.ts'

export const limitRules = (ctx: Ctx): Promise<LimitRule[]> => cachedPart(ctx, 'limitRules', (chain) => loadRules(ctx, chain))

async function loadRules(ctx: Ctx, chain: string[]): Promise<LimitRule[]> {
  const db = ctx.acrossTenants<MattersTables>('limits of upper tenants hold below')
  const rows = await db.selectFrom('matter_limit_rule').selectAll().where('tenant_id', 'in', chain).where('removed_at', 'is', null).execute()
  const matters = await db.selectFrom('matter_matter').select(['tenant_id as tenantId', 'id', 'duration']).where('tenant_id', 'in', chain)
    .where('state', '=', 'effective').where('duration', 'is not', null).execute()
  const originOf = (tenantId: string): 'own' | 'upper' => (tenantId === chain[0] ? 'own' : 'upper')
  const rules = rows.map((row): LimitRule => ({
    id: row.id,
    origin: originOf(row.tenant_id),
    distance: chain.indexOf(row.tenant_id),
    scopeKind: scopeOf(row.scope_kind),
    scopeId: row.scope_id,
    level: row.level,
    urgency: row.urgency,
    unitKind: row.unit_kind,
    enterpriseGrade: row.enterprise_grade,
    clock: clockOf(row.clock),
    duration: duration.parse(row.duration),
    yellowBefore: row.yellow_before === null ? null : duration.parse(row.yellow_before),
    receivers: limitReceivers.parse(row.receivers),
    validFrom: row.valid_from,
    validTo: row.valid_to,
  }))
  const ofMatters = matters.map((row) => matterLimit(row.id, duration.parse(row.duration), { origin: originOf(row.tenantId), distance: chain.indexOf(row.tenantId) }))
  const local = (await localLimits(ctx)).map((one) => ({ ...matterLimit(one.matterId, one.duration, { origin: 'own', distance: 0 }), id: `local:${one.matterId}` }))
  const replaced = new Set(local.map((rule) => rule.scopeId))
  return [...rules, ...local, ...ofMatters.filter((rule) => !replaced.has(rule.scopeId)), ...shippedLimits]
}

/** The handling duration of a matter as a rule: for ordinary orders only, so that urgent ones keep the urgent limit. */
export const matterLimit = (matterId: string, limit: LimitRule['duration'], from: Pick<LimitRule, 'origin' | 'distance'>): LimitRule => ({
  id: `matter:${matterId}`, ...from, scopeKind: 'matter', scopeId: matterId, level: null, urgency: 'normal', unitKind: null, enterpriseGrade: null,
  clock: 'handling', duration: limit, yellowBefore: null, receivers: {}, validFrom: null, validTo: null,
})

const scopeOf = (text: string): LimitScope => limitScopes.find((scope) => scope === text) ?? 'tenant'
const clockOf = (text: string): LimitClock => limitClocks.find((clock) => clock === text) ?? 'handling'
