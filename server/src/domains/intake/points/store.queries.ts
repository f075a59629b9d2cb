// Rows of the points store and what both sides do to them.
import type { Selectable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import { db } from '../accounts/account.queries.ts'
import type { IntakeTables } from '../tables.gen.ts'
import { lockBalance, post } from './ledger.ts'
import { itemKinds, redemptionStates, type RedemptionState } from './rules.ts'

export type ItemRow = Selectable<IntakeTables['intake_store_item']>
export type RedemptionRow = Selectable<IntakeTables['intake_redemption']>
export const RECEIVER = 'intake.receiver'

export async function lockItem(ctx: Ctx, id: string): Promise<ItemRow> {
  const row = await db(ctx).selectFrom('intake_store_item').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  return row
}

/** Kinds and states are held to their lists by check constraints. */
export function redemptionView(row: RedemptionRow) {
  const kind = row.kind as keyof typeof itemKinds
  const state = row.state as RedemptionState
  return { id: row.id, code: row.code, itemName: row.item_name, kind, kindName: itemKinds[kind], pieces: row.pieces, points: row.points, state, stateName: redemptionStates[state], carrier: row.carrier, tracking: row.tracking, reason: row.cancel_reason, at: row.created_at, sentAt: row.sent_at, endedAt: row.ended_at }
}

/** The caller holds the item and the redemption. */
export async function cancelRedemption(ctx: Ctx, row: RedemptionRow, item: ItemRow, reason: string): Promise<RedemptionRow> {
  const saved = await db(ctx).updateTable('intake_redemption').set({ state: 'cancelled', cancel_reason: reason, ended_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name, version: row.version + 1 }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).returningAll().executeTakeFirstOrThrow()
  await db(ctx).updateTable('intake_store_item').set({ stock: item.stock + row.pieces }).where('tenant_id', '=', ctx.tenantId).where('id', '=', item.id).execute()
  await post(ctx, row.account_id, await lockBalance(ctx, row.account_id), { kind: 'returned', points: row.points, redemptionId: row.id, text: `取消兑换 ${row.item_name}` })
  return saved
}
