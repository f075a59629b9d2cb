// The upper platform's detail file: every row is tried; nothing is kept before it is confirmed, and then only the rows that are right.
// A later file replaces what an earlier one of the same month said about an order; the earlier row stays.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import type { Instant } from '../../../kernel/time/index.ts'
import { notify, tenantById } from '../../platform/index.ts'
import { callbackFail } from '../callback.errors.ts'
import { db, readableTenants, seesOrder } from '../callback.queries.ts'
import type { Statement } from '../callback.ts'
import type * as contract from './upper-contract.ts'
import { readUpperRows, type Fault } from './upper-row.ts'

export async function importUpperResults(ctx: Ctx, input: Input<typeof contract.importUpperResults>): Promise<Output<typeof contract.importUpperResults>> {
  authorize(ctx, 'callback.upper')
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const { good, faults } = readUpperRows(input.rows, await ordersByNumber(ctx, input.rows.map((row) => row.number.trim())), timeZone)
  if (input.checkOnly || good.length === 0) return { importId: null, imported: input.checkOnly ? good.length : 0, replaced: 0, errors: faults }
  const taken = await takeUpperResults(ctx, { month: input.month, name: input.name, whole: false, rowCount: input.rows.length, faults, rows: good })
  await notify(ctx, { type: 'callback.upperReady', to: { permission: 'callback.upper' }, title: `${input.month} 上级回访结果已导入`, text: `${good.length} 件可以比对${faults.length > 0 ? `，${faults.length} 处有误未导入` : ''}`, link: `/callback/upper?month=${input.month}`, objectType: 'callbackUpper', objectId: taken.importId, level: 'P3' })
  return { importId: taken.importId, imported: good.length, replaced: taken.replaced, errors: faults }
}

type UpperResult = { orderId: string; line: number; contacted: Statement; solved: Statement; satisfied: Statement; at: Instant | null; opinion: string | null }

/**
 * Keeps what the upper platform's detail of a month says of callbacks, whoever read the file: the page of callbacks and that of assessment
 * compare the same. `whole`: orders that the file does not name any more are taken out too. A cause that somebody found stays with an
 * unchanged answer. The caller answers for rights and for which orders may be named.
 */
export async function takeUpperResults(ctx: Ctx, input: { month: string; name: string; whole: boolean; rowCount: number; faults: Fault[]; rows: readonly UpperResult[] }): Promise<{ importId: string; replaced: number }> {
  const now = ts(ctx.clock.now())
  const importId = newId()
  await db(ctx).insertInto('callback_upper_import').values({ tenant_id: ctx.tenantId, id: importId, month: input.month, name: input.name, row_count: input.rowCount, taken: input.rows.length, faults: json(input.faults.slice(0, 500)), by_id: ctx.actor.id, by_name: ctx.actor.name, created_at: now }).execute()
  let old = db(ctx).updateTable('callback_upper_result').set({ replaced_at: now }).where('tenant_id', '=', ctx.tenantId).where('month', '=', input.month).where('replaced_at', 'is', null)
  if (!input.whole) old = old.where('order_id', '=', sql<string>`any(${input.rows.map((row) => row.orderId)}::uuid[])`)
  const before = new Map((await old.returning(['order_id', 'contacted', 'solved', 'satisfied', 'cause', 'cause_by_name', 'cause_at', 'at', 'opinion']).execute()).map((row) => [row.order_id, row]))
  for (let i = 0; i < input.rows.length; i += 500) {
    await db(ctx).insertInto('callback_upper_result').values(input.rows.slice(i, i + 500).map((row) => {
      const was = before.get(row.orderId)
      const same = was !== undefined && (['contacted', 'solved', 'satisfied'] as const).every((q) => was[q] === row[q])
      const [at, causeAt] = [row.at ?? (same ? was.at : null), same ? was.cause_at : null]
      return { tenant_id: ctx.tenantId, id: newId(), import_id: importId, month: input.month, line: row.line, order_id: row.orderId, at: at === null ? null : ts(at), contacted: row.contacted, solved: row.solved, satisfied: row.satisfied, opinion: row.opinion ?? (same ? was.opinion : null), cause: same ? was.cause : null, cause_by_name: same ? was.cause_by_name : null, cause_at: causeAt === null ? null : ts(causeAt) }
    })).execute()
  }
  ctx.audit({ module: 'callback', act: 'importUpper', objectType: 'callback_upper_import', objectId: importId, text: input.name, changes: { rows: { old: before.size, new: input.rows.length } } })
  return { importId, replaced: before.size }
}

/** Ids by either platform's number, of orders one may see. */
async function ordersByNumber(ctx: Ctx, numbers: string[]): Promise<Map<string, string>> {
  const wanted = [...new Set(numbers.filter((one) => one !== ''))]
  if (wanted.length === 0) return new Map()
  const rows = await db(ctx).selectFrom('callback_number_view as n').innerJoin('order_view as o', (join) => join.onRef('o.tenant_id', '=', 'n.tenant_id').onRef('o.id', '=', 'n.id')).select(['n.id', 'n.number', 'n.upper_number as upperNumber'])
    .where('n.tenant_id', '=', ctx.tenantId).where((eb) => eb.or([eb('n.number', 'in', wanted), eb('n.upper_number', 'in', wanted)])).where((eb) => seesOrder(ctx, eb as never) as never).execute()
  return new Map(rows.flatMap((row) => [row.upperNumber, row.number].flatMap((number) => (number ? [[number, row.id] as const] : []))))
}

export async function listUpperImports(ctx: Ctx, input: Input<typeof contract.listUpperImports>): Promise<Output<typeof contract.listUpperImports>> {
  authorize(ctx, 'callback.read')
  let query = db(ctx).selectFrom('callback_upper_import as i').select(['i.id', 'i.month', 'i.name', 'i.row_count as rows', 'i.taken', 'i.faults', 'i.by_name as byName', 'i.created_at as createdAt', sql<number>`(select count(*)::int from callback_upper_result r where r.tenant_id = i.tenant_id and r.import_id = i.id and r.replaced_at is null)`.as('standing')]).where('i.tenant_id', 'in', readableTenants(ctx))
  if (input.month) query = query.where('i.month', '=', input.month)
  const rows = await query.orderBy('i.created_at', 'desc').orderBy('i.id', 'desc').limit(50).execute()
  return { items: rows.map((row) => ({ ...row, faults: (row.faults as Fault[]).slice(0, 500) })) } // written by this file only
}

export async function explainDifference(ctx: Ctx, input: Input<typeof contract.explainDifference>): Promise<Output<typeof contract.explainDifference>> {
  authorize(ctx, 'callback.upper')
  const row = await db(ctx).updateTable('callback_upper_result').set({ cause: input.cause, cause_by_name: ctx.actor.name, cause_at: ts(ctx.clock.now()) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).where('replaced_at', 'is', null).returning('id').executeTakeFirst()
  if (!row) throw callbackFail('upperNotFound')
  return { id: row.id, cause: input.cause }
}
