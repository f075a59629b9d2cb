// Staff: the goods and benefits, what was redeemed of them, sending, and the receiver's address with a reason.
import { sql, type RawBuilder } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import { decrypt } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { formatFull } from '../../../kernel/time/index.ts'
import { afterCursor, nextPage, setting, type ExportSource } from '../../platform/index.ts'
import { db } from '../accounts/account.queries.ts'
import { tellCitizen } from '../messages/tell-citizen.ts'
import * as contract from './contract.ts'
import { itemKinds, itemStates, mayAct, pointsFail, redemptionStates, storeActs, type RedemptionState, type StoreAct } from './rules.ts'
import { cancelRedemption, lockItem, redemptionView, RECEIVER, type RedemptionRow } from './store.queries.ts'
import { pointsEnabled } from './settings.ts'

const MANAGE = 'intake.store'
type Items = Output<typeof contract.listItems>

export async function listItems(ctx: Ctx): Promise<Items> {
  authorize(ctx, MANAGE)
  const { rows } = await sql<Omit<Items['items'][number], 'kindName' | 'stateName'>>`select i.id, i.name, i.kind, i.description, i.usage_note as "usageNote", i.points, i.stock, i.per_person as "perPerson", i.until_on as "untilOn", i.state, i.version, i.changed_by_name as "changedBy", i.changed_at as "changedAt",
      coalesce(r.redeemed, 0) as redeemed, coalesce(r.persons, 0) as persons, coalesce(r.spent, 0) as spent
    from intake_store_item i left join (select item_id, sum(pieces)::int as redeemed, count(distinct account_id)::int as persons, sum(points)::int as spent from intake_redemption where tenant_id = ${ctx.tenantId} and state <> 'cancelled' group by 1) r on r.item_id = i.id
    where i.tenant_id = ${ctx.tenantId} order by i.state = 'stopped', i.name limit 500`.execute(ctx.db())
  const points = (await sql<Items['points']>`select count(*)::int as accounts, coalesce(sum(earned), 0)::int as earned, coalesce(sum(redeemed), 0)::int as redeemed, coalesce(sum(offset_points), 0)::int as "offset", coalesce(sum(balance), 0)::int as balance from intake_points_account where tenant_id = ${ctx.tenantId}`.execute(ctx.db())).rows[0]
  return { enabled: await setting(ctx, pointsEnabled), items: rows.map((row) => ({ ...row, kindName: itemKinds[row.kind], stateName: itemStates[row.state] })), points: points ?? { accounts: 0, earned: 0, redeemed: 0, offset: 0, balance: 0 } }
}

const valuesOf = (ctx: Ctx, input: Input<typeof contract.addItem>) => ({ name: input.name, kind: input.kind, description: input.description, usage_note: input.usageNote, points: input.points, stock: input.stock, per_person: input.perPerson, until_on: input.untilOn, changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name })

export async function addItem(ctx: Ctx, input: Input<typeof contract.addItem>): Promise<{ id: string }> {
  authorize(ctx, MANAGE)
  const id = newId()
  await db(ctx).insertInto('intake_store_item').values({ tenant_id: ctx.tenantId, id, state: 'draft', ...valuesOf(ctx, input) }).execute()
  return { id }
}

/** Redeeming takes from the stock without a new version, so the stock that is typed is what is left now. */
export async function changeItem(ctx: Ctx, input: Input<typeof contract.changeItem>): Promise<{ version: number }> {
  authorize(ctx, MANAGE)
  const row = await lockItem(ctx, input.id)
  if (row.version !== input.version) throw kernelErrors('conflict', { current: { version: row.version, changedBy: row.changed_by_name } })
  await db(ctx).updateTable('intake_store_item').set({ ...valuesOf(ctx, input), state: input.state, version: row.version + 1 }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  ctx.audit({ module: 'intake', act: 'changeStoreItem', objectType: 'key:storeItem', objectId: row.id, changes: { state: { old: row.state, new: input.state }, points: { old: row.points, new: input.points }, stock: { old: row.stock, new: input.stock } }, text: row.name })
  return { version: row.version + 1 }
}

export async function deleteItem(ctx: Ctx, input: { id: string }): Promise<Record<string, never>> {
  authorize(ctx, MANAGE)
  const row = await lockItem(ctx, input.id)
  if (await db(ctx).selectFrom('intake_redemption').select('id').where('tenant_id', '=', ctx.tenantId).where('item_id', '=', row.id).limit(1).executeTakeFirst()) throw pointsFail('storeUsed')
  await db(ctx).deleteFrom('intake_store_item').where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  return {}
}

type Row = Output<typeof contract.listRedemptions>['items'][number]
type Query = Pick<Input<typeof contract.listRedemptions>, 'state' | 'itemId' | 'code'>
const where = (ctx: Ctx, q: Query): RawBuilder<boolean> => sql<boolean>`${sql.join([sql`r.tenant_id = ${ctx.tenantId}`, ...(q.state ? [sql`r.state = ${q.state}`] : []), ...(q.itemId ? [sql`r.item_id = ${q.itemId}`] : []), ...(q.code ? [sql`r.code = ${q.code}`] : [])], sql` and `)}`
const viewOf = (row: RedemptionRow & { by: string }): Row => ({ ...redemptionView(row), by: row.by, receiver: row.receiver_mask, version: row.version, acts: (Object.keys(storeActs) as StoreAct[]).filter((act) => mayAct(act, row.state)).map((act) => ({ act, label: storeActs[act].label })) })
const read = async (ctx: Ctx, q: Query, cursor: string | undefined, limit: number) => {
  const { rows } = await sql<RedemptionRow & { by: string }>`select r.*, a.phone_mask as by from intake_redemption r join intake_account a on a.tenant_id = r.tenant_id and a.id = r.account_id where ${where(ctx, q)} and ${afterCursor(cursor, 'r.created_at', 'r.id')} order by r.created_at desc, r.id desc limit ${limit + 1}`.execute(ctx.db())
  return nextPage(rows, limit, (row) => row.created_at)
}
const countOf = async (ctx: Ctx, q: Query): Promise<number> => (await sql<{ n: number }>`select count(*)::int as n from (select 1 from intake_redemption r where ${where(ctx, q)} limit 100001) b`.execute(ctx.db())).rows[0]?.n ?? 0

export async function listRedemptions(ctx: Ctx, input: Input<typeof contract.listRedemptions>): Promise<Output<typeof contract.listRedemptions>> {
  authorize(ctx, MANAGE)
  const page = await read(ctx, input, input.cursor, input.limit)
  const n = await countOf(ctx, input)
  return { items: page.items.map(viewOf), next: page.next, count: { value: Math.min(n, 1000), capped: n > 1000 } }
}

async function lockRedemption(ctx: Ctx, id: string): Promise<RedemptionRow> {
  const row = await db(ctx).selectFrom('intake_redemption').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  return row
}

export async function actOnRedemption(ctx: Ctx, input: Input<typeof contract.actOnRedemption>): Promise<Row> {
  authorize(ctx, MANAGE)
  const found = await db(ctx).selectFrom('intake_redemption').select('item_id').where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).executeTakeFirst()
  if (!found) throw kernelErrors('notFound')
  const item = await lockItem(ctx, found.item_id)
  const row = await lockRedemption(ctx, input.id)
  if (row.version !== input.version) throw kernelErrors('conflict', { current: { version: row.version, state: row.state } })
  const { label, to } = storeActs[input.act]
  if (!mayAct(input.act, row.state)) throw pointsFail('redemptionState', { params: { state: redemptionStates[row.state as RedemptionState], act: label } })
  if (input.act === 'send' && (input.carrier === '' || input.tracking === '')) throw kernelErrors('invalid', { fields: [{ path: input.carrier === '' ? 'carrier' : 'tracking', message: '请填写快递公司和单号' }] })
  if (input.act === 'cancel' && input.reason === '') throw kernelErrors('invalid', { fields: [{ path: 'reason', message: '请填写原因，兑换人会看到' }] })
  const now = ts(ctx.clock.now())
  const saved = input.act === 'cancel' ? await cancelRedemption(ctx, row, item, input.reason) : await db(ctx).updateTable('intake_redemption').set({ state: to, version: row.version + 1, changed_by_name: ctx.actor.name, ...(input.act === 'send' ? { carrier: input.carrier, tracking: input.tracking, sent_at: now } : { ended_at: now }) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).returningAll().executeTakeFirstOrThrow()
  await tellCitizen(ctx, { accountId: row.account_id, kind: 'system', title: `您兑换的“${row.item_name}”${redemptionStates[to]}`, text: input.act === 'send' ? `${input.carrier} ${input.tracking}` : input.reason, link: '/points', objectId: `redemption:${row.id}:${to}` })
  ctx.audit({ module: 'intake', act: 'actOnRedemption', objectType: 'key:redemption', objectId: row.id, changes: { state: { old: row.state, new: to } }, text: `${row.code} ${label}` })
  return viewOf({ ...saved, by: (await db(ctx).selectFrom('intake_account').select('phone_mask').where('tenant_id', '=', ctx.tenantId).where('id', '=', row.account_id).executeTakeFirst())?.phone_mask ?? '' })
}

/** To write the parcel's label: with a reason, and kept in the audit trail (rule 7). */
export async function revealReceiver(ctx: Ctx, input: Input<typeof contract.revealReceiver>): Promise<Output<typeof contract.revealReceiver>> {
  authorize(ctx, MANAGE)
  const row = await db(ctx).selectFrom('intake_redemption').select(['id', 'receiver_enc']).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).executeTakeFirst()
  if (!row?.receiver_enc) throw kernelErrors('notFound')
  ctx.audit({ module: 'intake', act: 'revealReceiver', objectType: 'key:redemption', objectId: row.id, text: input.reason })
  return JSON.parse(decrypt(ctx.keys, row.receiver_enc, RECEIVER)) as Output<typeof contract.revealReceiver>
}

export const redemptionExport: ExportSource = {
  page: 'redemptions', title: '兑换单', permission: MANAGE,
  columns: [{ key: 'code', label: '兑换编号' }, { key: 'itemName', label: '商品' }, { key: 'kindName', label: '种类' }, { key: 'pieces', label: '件数' }, { key: 'points', label: '积分' }, { key: 'by', label: '兑换人' }, { key: 'receiver', label: '收货人' }, { key: 'stateName', label: '状态' }, { key: 'carrier', label: '快递公司' }, { key: 'tracking', label: '快递单号' }, { key: 'at', label: '兑换时间' }, { key: 'sentAt', label: '发货时间' }, { key: 'endedAt', label: '完成时间' }],
  count: (ctx, filter) => countOf(ctx, parse(filter)),
  async *rows(ctx, filter, _columns, { ids }) {
    const query = parse(filter)
    for (let cursor: string | undefined; ; ) {
      const page = await read(ctx, query, cursor, 500)
      yield page.items.filter((row) => !ids || ids.includes(row.id)).map(viewOf).map((row) => ({ code: row.code, itemName: row.itemName, kindName: row.kindName, pieces: row.pieces, points: row.points, by: row.by, receiver: row.receiver ?? '', stateName: row.stateName, carrier: row.carrier ?? '', tracking: row.tracking ?? '', at: formatFull(row.at), sentAt: row.sentAt ? formatFull(row.sentAt) : '', endedAt: row.endedAt ? formatFull(row.endedAt) : '' }))
      if (page.next === null) return
      cursor = page.next
    }
  },
}
const parse = (filter: Record<string, unknown>): Query => contract.redemptionQuery.pick({ state: true, itemId: true, code: true }).parse(Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== '' && value !== null && value !== undefined)))
