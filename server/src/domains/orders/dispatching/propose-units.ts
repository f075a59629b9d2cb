// Whom to dispatch to: the duty list first, then who handled such orders before, moved by the scoring rules (ORD-30, ORD-42). A person decides.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { centreUnit, isSubordinate, unitsByIds } from '../../platform/index.ts'
import { learnedUnits } from '../learning/index.ts'
import type { OrderRow } from '../orders.queries.ts'
import { actionOf, activeRules, conditionOf, subjectsOf } from './assign-rules.ts'
import { matches } from './match-rule.ts'

type Role = 'lead' | 'assist'
type Proposal = { unitId: string; role: Role; reason: string }
type Scored = Proposal & { score: number }

/** What a unit of the duty list is worth before rules speak; a unit found in the past less. */
const DUTY = 50
const PAST = 20
const LEARNED = 40
/** Named by whoever gave the order back: they know the ground, but speak for themselves. */
const NAMED = 30

/** Best first. A unit that rules put below zero is left out, unless the duty list names it. */
export async function proposeUnits(ctx: Ctx, order: OrderRow, duties: readonly Proposal[], named: readonly { unitId: string; reason: string }[] = []): Promise<Proposal[]> {
  const found = new Map<string, Scored>(duties.map((d) => [`${d.unitId} ${d.role}`, { ...d, score: d.role === 'lead' ? DUTY : DUTY - 1 }]))
  const onDuty = new Set(duties.map((d) => d.unitId))
  const add = (one: Scored): void => {
    const key = [...found.keys()].find((k) => k.startsWith(one.unitId)) ?? `${one.unitId} ${one.role}`
    const held = found.get(key)
    found.set(key, held ? { ...held, score: held.score + one.score, reason: `${held.reason}；${one.reason}` } : one)
  }
  for (const one of await pastUnits(ctx, order)) add(one)
  for (const { unitId, confidence, evidence } of await learnedUnits(ctx, order)) add({ unitId, role: 'lead', score: Math.round(confidence * LEARNED), reason: `智能推荐 ${Math.round(confidence * 100)}%${evidence.length > 0 ? `（${evidence.join('、')}）` : ''}` })
  for (const one of named) add({ ...one, role: 'lead', score: NAMED })
  const [subject] = await subjectsOf(ctx, [order])
  for (const rule of subject ? await activeRules(ctx, 'score') : []) {
    if (!subject || !matches(conditionOf(rule), subject)) continue
    for (const unit of actionOf(rule).units) add({ unitId: unit.unitId, role: unit.role === 'assist' ? 'assist' : 'lead', score: rule.score, reason: `规则“${rule.name}”${rule.score >= 0 ? '+' : '−'}${Math.abs(rule.score)} 分` })
  }
  const units = await unitsByIds(ctx, [...found.values()].map((f) => f.unitId))
  const centre = await centreUnit(ctx)
  const open = (one: Scored): boolean => {
    const unit = units.get(one.unitId)
    return onDuty.has(one.unitId) || (one.score > 0 && unit?.state === 'active' && isSubordinate(centre, unit))
  }
  return [...found.values()].filter(open).toSorted((a, b) => b.score - a.score).map(({ score: _score, ...proposal }) => proposal)
}

const LEAST = 3
const SHARE = 0.3

/** Units that concluded at least three, and a third, of the latest orders of the same matter (else category) without giving any back. */
async function pastUnits(ctx: Ctx, order: OrderRow): Promise<Scored[]> {
  const same = order.matter_id ? sql`matter_id = ${order.matter_id}` : order.category_id ? sql`category_id = ${order.category_id}` : null
  if (same === null) return []
  const { rows } = await sql<{ unit_id: string; n: number; total: number }>`select unit_id, count(*)::int as n, (sum(count(*)) over ())::int as total from (
      select lead_unit_id as unit_id from order_order where tenant_id = ${ctx.tenantId} and ${same} and id <> ${order.id} and close_kind = 'handled' and return_count = 0 and lead_unit_id is not null
        and (${order.area_code}::text is null or left(area_code, 6) = left(${order.area_code}, 6)) order by registered_at desc limit 200) as past group by unit_id order by n desc limit 3`.execute(ctx.db())
  return rows.filter((r) => r.n >= LEAST && r.n / r.total >= SHARE).map((r) => ({ unitId: r.unit_id, role: 'lead' as const, score: PAST, reason: `近期同类工单 ${r.n} 件由其办结` }))
}
