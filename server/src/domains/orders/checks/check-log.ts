// The log of checks: own and second ones alike (ORD-57, ORD-58).
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { newId } from '../../../kernel/runtime.ts'
import { db, lockAssignments, type OrderRow } from '../orders.queries.ts'

export type Checked = { level: 'own' | 'upper'; outcome: 'accept' | 'return' | 'reject'; opinion?: string | null | undefined; /** Centre whose result is checked a second time. */ fromTenant?: string; /** The rule by which the system accepted. */ rule?: string }

export async function logCheck(ctx: Ctx, order: OrderRow, check: Checked): Promise<void> {
  const units = (await lockAssignments(ctx, order.id)).filter((a) => a.parent_id === null && a.round === order.round && a.state === 'done').map((a) => a.unit_name)
  await db(ctx).insertInto('order_result_check').values({
    tenant_id: ctx.tenantId, id: newId(), order_id: order.id, level: check.level, round: order.round, outcome: check.outcome, automatic: check.rule !== undefined, rule_text: check.rule ?? null, opinion: check.opinion ?? null,
    unit_names: units.join('、'), from_tenant_name: check.fromTenant ?? null, checked_by: check.rule === undefined ? ctx.actor.id : null, checked_by_name: check.rule === undefined ? ctx.actor.name : '系统', checked_at: ts(ctx.clock.now()),
  }).execute()
}
