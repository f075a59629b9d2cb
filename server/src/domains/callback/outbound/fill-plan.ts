// A running plan turns matching orders into tasks: waiting ones it takes over, for others it makes one. None twice in a round.
import type { Selectable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { newId } from '../../../kernel/runtime.ts'
import type { Instant } from '../../../kernel/time/index.ts'
import { readOrderRow } from '../../orders/index.ts'
import { tenantById } from '../../platform/index.ts'
import { db } from '../callback.queries.ts'
import { sendForm, smsReady } from '../forms/send-form.ts'
import type { CallbackTables } from '../tables.gen.ts'
import type { Scope } from './outbound-contract.ts'
import { draw, type Drawn, type Range } from './plan-scope.ts'
import { periodBefore } from './strategy.ts'

export type PlanRow = Selectable<CallbackTables['callback_plan']>
export const scopeOf = (plan: PlanRow): Scope => plan.scope as Scope // written by savePlan only, in this shape
const AT_ONCE = 5000
const CHUNK = 500

/** What the plan draws from now: a plan by periods from the period before, by a seed of that period's own. */
export async function rangeOf(ctx: Ctx, plan: Pick<PlanRow, 'kind' | 'seed'>, scope: Scope): Promise<{ scope: Range; seed: string; before: Instant | null }> {
  if (plan.kind !== 'weekly' && plan.kind !== 'monthly') return { scope, seed: plan.seed, before: null }
  const closed = periodBefore(plan.kind, ctx.clock.now(), (await tenantById(ctx, ctx.tenantId)).timeZone)
  return { scope: { ...scope, closed }, seed: `${plan.seed}:${closed.day}`, before: closed.before }
}

/** How many tasks came to the plan. */
export async function fillPlan(ctx: Ctx, plan: PlanRow): Promise<number> {
  const { scope, seed } = await rangeOf(ctx, plan, scopeOf(plan))
  const drawn = await draw(ctx, { scope, ratio: plan.ratio, seed, long: plan.kind === 'long' }, AT_ONCE)
  const now = ctx.clock.now()
  const begun = { plan_id: plan.id, manner: plan.manner, state: plan.manner === 'person' ? 'due' : 'waiting', due_at: ts(now) }
  const open = drawn.flatMap((one) => (one.task_id === null ? [] : [one.task_id]))
  for (let from = 0; from < open.length; from += CHUNK) await db(ctx).updateTable('callback_task').set((eb) => ({ ...begun, version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', 'in', open.slice(from, from + CHUNK)).execute()
  const fresh = drawn.filter((one) => one.task_id === null)
  for (let from = 0; from < fresh.length; from += CHUNK) {
    await db(ctx).insertInto('callback_task').values(fresh.slice(from, from + CHUNK).map((one) => ({
      tenant_id: ctx.tenantId, id: newId(), order_id: one.id, round: one.round, cause: 'plan', wish: one.callback_manner, unit_id: one.lead_unit_id, unit_name: one.lead_unit_name, phone_hash: one.contact_phone_hash, created_at: ts(now), ...begun,
    }))).onConflict((c) => c.columns(['tenant_id', 'order_id', 'round']).doNothing()).execute()
  }
  if (plan.manner === 'sms') for (const one of drawn) await sendOne(ctx, plan, one)
  await db(ctx).updateTable('callback_plan').set({ filled_at: ts(now) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', plan.id).execute()
  if (drawn.length > 0) ctx.signal('callback.queue')
  return drawn.length
}

/** By SMS where it can be sent, else a person's turn. */
async function sendOne(ctx: Ctx, plan: PlanRow, one: Drawn): Promise<void> {
  const order = await readOrderRow(ctx, one.id)
  const task = await db(ctx).selectFrom('callback_task as t').select('t.id').where('t.tenant_id', '=', ctx.tenantId).where('t.order_id', '=', one.id).where('t.round', '=', one.round).where('t.plan_id', '=', plan.id)
    .where((eb) => eb.not(eb.exists(eb.selectFrom('callback_form as f').select('f.id').whereRef('f.tenant_id', '=', 't.tenant_id').whereRef('f.task_id', '=', 't.id')))).executeTakeFirst()
  if (!task) return
  if (order.state === 'pendingCallback' && (await smsReady(ctx, order))) await sendForm(ctx, order, task.id)
  else await db(ctx).updateTable('callback_task').set({ manner: 'person', state: 'due' }).where('tenant_id', '=', ctx.tenantId).where('id', '=', task.id).execute()
}

/** Cron: plans whose time has begun are filled, long ones again and again, those by periods once in each; those whose time is over end. */
export async function runPlans(ctx: Ctx): Promise<void> {
  const now = ts(ctx.clock.now())
  await db(ctx).updateTable('callback_plan').set((eb) => ({ state: 'ended', version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('state', 'in', ['running', 'paused']).where('ends_at', '<=', now).execute()
  const plans = await db(ctx).selectFrom('callback_plan').selectAll().where('tenant_id', '=', ctx.tenantId).where('state', '=', 'running').where('starts_at', '<=', now).where((eb) => eb.or([eb('kind', '<>', 'once'), eb('filled_at', 'is', null)])).orderBy('created_at').forUpdate().skipLocked().execute()
  for (const plan of plans) {
    const { before } = await rangeOf(ctx, plan, scopeOf(plan))
    if (before === null || plan.filled_at === null || plan.filled_at < before) await fillPlan(ctx, plan)
  }
}
