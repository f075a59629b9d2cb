// Which strategy a task is called by: its plan's, else the standing one of its requester's kind, else what is set for all.
import { sql, type Selectable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { MINUTE, plus, workingMsBetween } from '../../../kernel/time/index.ts'
import { contactMaxAttempts } from '../../orders/index.ts'
import { calendarOf, setting } from '../../platform/index.ts'
import { db, type TaskRow } from '../callback.queries.ts'
import { callingWindow, retryHours } from '../settings.ts'
import type { CallbackTables } from '../tables.gen.ts'
import { contactLimit } from './outbound.settings.ts'
import type { Strategy, Window } from './strategy.ts'

export type StrategyRow = Selectable<CallbackTables['callback_strategy']>
export type TaskStrategy = Strategy & { name: string | null; attempts: number; intervalHours: number; language: string; offHoursShare: number }

const everyDay = [1, 2, 3, 4, 5, 6, 7]
export type StrategyOf = Pick<TaskRow, 'plan_id' | 'order_id'>

async function rowFor(ctx: Ctx, task: StrategyOf): Promise<StrategyRow | undefined> {
  if (task.plan_id !== null) {
    const planned = await db(ctx).selectFrom('callback_plan as p').innerJoin('callback_strategy as s', (join) => join.onRef('s.tenant_id', '=', 'p.tenant_id').onRef('s.id', '=', 'p.strategy_id')).selectAll('s').where('p.tenant_id', '=', ctx.tenantId).where('p.id', '=', task.plan_id).executeTakeFirst()
    if (planned) return planned
  }
  const standing = await db(ctx).selectFrom('callback_strategy').selectAll().where('tenant_id', '=', ctx.tenantId).where('standing', '=', true).execute()
  if (standing.length === 0) return undefined
  const { rows } = await sql<{ enterprise: boolean }>`select o.subject_kind = 'enterprise' or 'enterprise' = any(o.flags) as enterprise from callback_order_view o where o.tenant_id = ${ctx.tenantId} and o.id = ${task.order_id}`.execute(ctx.db())
  const kind = rows[0]?.enterprise ? 'enterprise' : 'person'
  return standing.find((one) => one.for_kind === kind) ?? standing.find((one) => one.for_kind === 'any')
}

export async function strategyFor(ctx: Ctx, task: StrategyOf): Promise<TaskStrategy> {
  const [row, max, interval] = [await rowFor(ctx, task), await setting(ctx, contactMaxAttempts), await setting(ctx, retryHours)]
  if (!row) {
    const { contacts, days } = await setting(ctx, contactLimit)
    return { name: null, weekdays: everyDay, windows: [await setting(ctx, callingWindow)], contacts, contactDays: days, attempts: max, intervalHours: interval, language: 'zh', offHoursShare: 100 }
  }
  return {
    name: row.name, weekdays: row.weekdays, windows: row.windows as Window[], contacts: row.contacts, contactDays: row.contact_days, // windows are written by saveStrategy only, in this shape
    // A strategy narrows what the tenant allows, it never widens it.
    attempts: Math.min(row.attempts ?? max, max), intervalHours: row.interval_hours ?? interval, language: row.language, offHoursShare: row.off_hours_share,
  }
}

/** Whether this moment lies outside the tenant's working hours. */
export async function offHours(ctx: Ctx): Promise<boolean> {
  const now = ctx.clock.now()
  return workingMsBetween(await calendarOf(ctx), now, plus(now, MINUTE)) === 0
}

/** Whether one more task of the plan may be called outside working hours: its share counts tasks, however often each is tried. */
export async function offHoursLeft(ctx: Ctx, task: Pick<TaskRow, 'plan_id' | 'id'>, share: number): Promise<boolean> {
  if (task.plan_id === null || share === 100) return true
  const { rows } = await sql<{ total: number; off: number; own: boolean }>`select count(*)::int as total, count(*) filter (where off_hours)::int as off, coalesce(bool_or(off_hours) filter (where id = ${task.id}), false) as own from callback_task where tenant_id = ${ctx.tenantId} and plan_id = ${task.plan_id}`.execute(ctx.db())
  const { total, off, own } = rows[0] ?? { total: 0, off: 0, own: false }
  return own || (off + 1) * 100 <= total * share
}

/** To be said where a call is made: it counts for the plan's share outside working hours. */
export async function noteHours(ctx: Ctx, task: Pick<TaskRow, 'id' | 'plan_id'>): Promise<void> {
  if (task.plan_id !== null && (await offHours(ctx))) await db(ctx).updateTable('callback_task').set({ off_hours: true }).where('tenant_id', '=', ctx.tenantId).where('id', '=', task.id).execute()
}
