// Balances of points: every change is an entry written under the lock of its account.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { newId } from '../../../kernel/runtime.ts'
import { localDate } from '../../../kernel/time/index.ts'
import { setting, tenantById } from '../../platform/index.ts'
import { db } from '../accounts/account.queries.ts'
import { eventNames, withinDay, type PointEvent } from './rules.ts'
import { pointsDailyMax, pointsEnabled, pointsRules } from './settings.ts'

export type Balance = { balance: number; earned: number; redeemed: number; offset: number }
type Entry = { kind: 'earned' | 'offset' | 'redeemed' | 'returned'; points: number; text: string; event?: PointEvent; order?: { id: string; number: string }; redemptionId?: string }

export async function balanceOf(ctx: Ctx, accountId: string): Promise<Balance> {
  const row = await db(ctx).selectFrom('intake_points_account').selectAll().where('tenant_id', '=', ctx.tenantId).where('account_id', '=', accountId).executeTakeFirst()
  return { balance: row?.balance ?? 0, earned: row?.earned ?? 0, redeemed: row?.redeemed ?? 0, offset: row?.offset_points ?? 0 }
}

export async function lockBalance(ctx: Ctx, accountId: string): Promise<Balance> {
  await db(ctx).insertInto('intake_points_account').values({ tenant_id: ctx.tenantId, account_id: accountId }).onConflict((c) => c.doNothing()).execute()
  await db(ctx).selectFrom('intake_points_account').select('balance').where('tenant_id', '=', ctx.tenantId).where('account_id', '=', accountId).forUpdate().execute()
  return balanceOf(ctx, accountId)
}

export const today = async (ctx: Ctx): Promise<string> => localDate(ctx.clock.now(), (await tenantById(ctx, ctx.tenantId)).timeZone)

/** The caller holds the lock of the account. */
export async function post(ctx: Ctx, accountId: string, held: Balance, entry: Entry): Promise<void> {
  const next = {
    balance: held.balance + entry.points, earned: held.earned + (entry.kind === 'earned' ? entry.points : 0), offset_points: held.offset + (entry.kind === 'offset' ? -entry.points : 0),
    redeemed: held.redeemed + (entry.kind === 'redeemed' || entry.kind === 'returned' ? -entry.points : 0),
  }
  await db(ctx).insertInto('intake_points_entry').values({
    tenant_id: ctx.tenantId, id: newId(), account_id: accountId, kind: entry.kind, event: entry.event ?? null, points: entry.points, balance: next.balance, order_id: entry.order?.id ?? null, order_number: entry.order?.number ?? null, redemption_id: entry.redemptionId ?? null, text: entry.text, on_day: await today(ctx), at: ts(ctx.clock.now()),
  }).execute()
  await db(ctx).updateTable('intake_points_account').set(next).where('tenant_id', '=', ctx.tenantId).where('account_id', '=', accountId).execute()
}

export async function givenToday(ctx: Ctx, accountId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select coalesce(sum(points), 0)::int as n from intake_points_entry where tenant_id = ${ctx.tenantId} and account_id = ${accountId} and kind = 'earned' and on_day = ${await today(ctx)}`.execute(ctx.db())
  return rows[0]?.n ?? 0
}

/** Gives what the rules say for this event of this order, once, and never above the daily maximum. */
export async function earn(ctx: Ctx, accountId: string, event: PointEvent, order: { id: string; number: string }): Promise<void> {
  if (!(await setting(ctx, pointsEnabled))) return
  const points = (await setting(ctx, pointsRules)).find((rule) => rule.event === event)?.points ?? 0
  if (points === 0) return
  const held = await lockBalance(ctx, accountId)
  const before = await db(ctx).selectFrom('intake_points_entry').select('id').where('tenant_id', '=', ctx.tenantId).where('order_id', '=', order.id).where('kind', '=', 'earned').where('event', '=', event).executeTakeFirst()
  const given = before ? 0 : withinDay(points, await givenToday(ctx, accountId), await setting(ctx, pointsDailyMax))
  if (given > 0) await post(ctx, accountId, held, { kind: 'earned', event, points: given, order, text: eventNames[event] })
}

/** Takes back whatever a withdrawn order gave; a balance that was spent goes below zero until it is earned again. */
export async function offsetOrder(ctx: Ctx, order: { id: string; number: string }): Promise<void> {
  const given = await db(ctx).selectFrom('intake_points_entry').select(['account_id', 'event', 'kind', 'points']).where('tenant_id', '=', ctx.tenantId).where('order_id', '=', order.id).orderBy('at').execute()
  for (const one of given.filter((entry) => entry.kind === 'earned' && !given.some((other) => other.kind === 'offset' && other.event === entry.event))) {
    await post(ctx, one.account_id, await lockBalance(ctx, one.account_id), { kind: 'offset', event: one.event as PointEvent, points: -one.points, order, text: '诉求撤单' }) // held to the list by a check constraint
  }
}
