// The requester's side: points, the store, redeeming, cancelling. Locks: item, then account; never the other way round.
import { sql } from 'kysely'
import { encrypt, isTelephone, maskName, maskPhone, normalisePhone, numericCode } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { afterCursor, boundCount, nextPage, setting } from '../../platform/index.ts'
import { db, ownAccount } from '../accounts/account.queries.ts'
import type * as contract from './contract.ts'
import { balanceOf, givenToday, lockBalance, post, today } from './ledger.ts'
import { entryNames, eventNames, itemKinds, mayAct, pointsFail, redemptionStates, refusalOf, storeActs } from './rules.ts'
import { cancelRedemption, lockItem, redemptionView, RECEIVER, type ItemRow, type RedemptionRow } from './store.queries.ts'
import { pointsDailyMax, pointsEnabled, pointsRules } from './settings.ts'

export async function ownPoints(ctx: Ctx): Promise<Output<typeof contract.ownPoints>> {
  const { id } = await ownAccount(ctx)
  const rules = (await setting(ctx, pointsRules)).filter((rule) => rule.points > 0).map((rule) => ({ name: eventNames[rule.event], points: rule.points }))
  return { enabled: await setting(ctx, pointsEnabled), ...(await balanceOf(ctx, id)), today: await givenToday(ctx, id), dailyMax: await setting(ctx, pointsDailyMax), rules }
}

export async function ownEntries(ctx: Ctx, input: Input<typeof contract.ownEntries>): Promise<Output<typeof contract.ownEntries>> {
  const { id } = await ownAccount(ctx)
  const query = db(ctx).selectFrom('intake_points_entry').where('tenant_id', '=', ctx.tenantId).where('account_id', '=', id)
  const rows = await query.selectAll().where(afterCursor(input.cursor, 'at', 'id')).orderBy('at', 'desc').orderBy('id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (row) => row.at)
  return { items: page.items.map((row) => ({ id: row.id, kindName: entryNames[row.kind as keyof typeof entryNames], text: row.text, points: row.points, balance: row.balance, orderNumber: row.order_number, at: row.at })), next: page.next, count: await boundCount(ctx, query) }
}

const ruleOf = (item: ItemRow) => ({ state: item.state, untilOn: item.until_on, stock: item.stock, perPerson: item.per_person, points: item.points })
/** What the refusals have to say; each takes what it names. */
const words = (item: ItemRow, balance: number, pieces: number) => ({ stock: item.stock, limit: item.per_person, points: item.points * pieces, balance })

async function hadOf(ctx: Ctx, accountId: string, itemIds: readonly string[]): Promise<Map<string, number>> {
  if (itemIds.length === 0) return new Map()
  const { rows } = await sql<{ id: string; n: number }>`select item_id as id, sum(pieces)::int as n from intake_redemption where tenant_id = ${ctx.tenantId} and account_id = ${accountId} and item_id = any(${itemIds}::uuid[]) and state <> 'cancelled' group by 1`.execute(ctx.db())
  return new Map(rows.map((row) => [row.id, row.n]))
}

export async function publicStore(ctx: Ctx): Promise<Output<typeof contract.publicStore>> {
  const { id } = await ownAccount(ctx)
  const { balance } = await balanceOf(ctx, id)
  if (!(await setting(ctx, pointsEnabled))) return { balance, items: [] }
  const day = await today(ctx)
  const items = await db(ctx).selectFrom('intake_store_item').selectAll().where('tenant_id', '=', ctx.tenantId).where('state', '=', 'offered').where((eb) => eb.or([eb('until_on', 'is', null), eb('until_on', '>=', day)])).orderBy('points').orderBy('name').limit(200).execute()
  const had = await hadOf(ctx, id, items.map((item) => item.id))
  return {
    balance, items: items.map((item) => {
      const refusal = refusalOf(ruleOf(item), { pieces: 1, had: had.get(item.id) ?? 0, balance, today: day })
      return { id: item.id, name: item.name, kind: item.kind as keyof typeof itemKinds, kindName: itemKinds[item.kind as keyof typeof itemKinds], description: item.description, points: item.points, stock: item.stock, perPerson: item.per_person, untilOn: item.until_on, had: had.get(item.id) ?? 0, may: refusal === null, reason: refusal === null ? null : pointsFail(refusal, { params: words(item, balance, 1) }).title }
    }),
  }
}

export async function redeem(ctx: Ctx, input: Input<typeof contract.redeem>): Promise<Output<typeof contract.redeem>> {
  const { id: accountId } = await ownAccount(ctx)
  if (!(await setting(ctx, pointsEnabled))) throw pointsFail('pointsOff', { rule: pointsEnabled.key })
  const item = await lockItem(ctx, input.id)
  const earlier = await db(ctx).selectFrom('intake_redemption').selectAll().where('tenant_id', '=', ctx.tenantId).where('account_id', '=', accountId).where('client_key', '=', input.clientKey).executeTakeFirst()
  if (earlier) return viewOf(earlier, item)
  const receiver = item.kind === 'goods' ? receiverOf(input.receiver) : null
  const held = await lockBalance(ctx, accountId)
  const refusal = refusalOf(ruleOf(item), { pieces: input.pieces, had: (await hadOf(ctx, accountId, [item.id])).get(item.id) ?? 0, balance: held.balance, today: await today(ctx) })
  if (refusal) throw pointsFail(refusal, { rule: 'store', params: words(item, held.balance, input.pieces) })
  const now = ts(ctx.clock.now())
  const points = item.points * input.pieces
  const row = await db(ctx).insertInto('intake_redemption').values({
    tenant_id: ctx.tenantId, id: newId(), code: numericCode(10), account_id: accountId, item_id: item.id, item_name: item.name, kind: item.kind, pieces: input.pieces, points, state: item.kind === 'goods' ? 'placed' : 'done', client_key: input.clientKey, created_at: now, changed_by_name: ctx.actor.name,
    ...(receiver ? { receiver_enc: encrypt(ctx.keys, JSON.stringify(receiver), RECEIVER), receiver_mask: `${maskName(receiver.name)} ${maskPhone(receiver.phone)}` } : { ended_at: now }),
  }).returningAll().executeTakeFirstOrThrow()
  await db(ctx).updateTable('intake_store_item').set({ stock: item.stock - input.pieces }).where('tenant_id', '=', ctx.tenantId).where('id', '=', item.id).execute()
  await post(ctx, accountId, held, { kind: 'redeemed', points: -points, redemptionId: row.id, text: input.pieces > 1 ? `${item.name} × ${input.pieces}` : item.name })
  return viewOf(row, item)
}

function receiverOf(said: Input<typeof contract.redeem>['receiver']): { name: string; phone: string; address: string } {
  const phone = normalisePhone(said?.phone ?? '')
  const fields = [...(said?.name ? [] : [{ path: 'receiver.name', message: '请填写收货人' }]), ...(isTelephone(phone) ? [] : [{ path: 'receiver.phone', message: '请填写正确的电话' }]), ...(said?.address ? [] : [{ path: 'receiver.address', message: '请填写收货地址' }])]
  if (!said || fields.length > 0) throw kernelErrors('invalid', { fields })
  return { name: said.name, phone, address: said.address }
}

type Own = Output<typeof contract.redeem>
const viewOf = (row: RedemptionRow, item: Pick<ItemRow, 'usage_note'>): Own => ({ ...redemptionView(row), usageNote: item.usage_note, mayCancel: mayAct('cancel', row.state) })

export async function ownRedemptions(ctx: Ctx, input: Input<typeof contract.ownRedemptions>): Promise<Output<typeof contract.ownRedemptions>> {
  const { id } = await ownAccount(ctx)
  const query = db(ctx).selectFrom('intake_redemption').where('tenant_id', '=', ctx.tenantId).where('account_id', '=', id)
  const rows = await query.selectAll().where(afterCursor(input.cursor, 'created_at', 'id')).orderBy('created_at', 'desc').orderBy('id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (row) => row.created_at)
  const notes = page.items.length === 0 ? [] : await db(ctx).selectFrom('intake_store_item').select(['id', 'usage_note']).where('tenant_id', '=', ctx.tenantId).where('id', 'in', page.items.map((row) => row.item_id)).execute()
  const noteOf = new Map(notes.map((note) => [note.id, note]))
  return { items: page.items.map((row) => viewOf(row, noteOf.get(row.item_id) ?? { usage_note: '' })), next: page.next, count: await boundCount(ctx, query) }
}

/** Before it is sent; points and pieces come back. */
export async function cancelOwn(ctx: Ctx, input: { id: string }): Promise<Own> {
  const { id } = await ownAccount(ctx)
  const found = await db(ctx).selectFrom('intake_redemption').select('item_id').where('tenant_id', '=', ctx.tenantId).where('account_id', '=', id).where('id', '=', input.id).executeTakeFirst()
  if (!found) throw kernelErrors('notFound')
  const item = await lockItem(ctx, found.item_id)
  const row = await db(ctx).selectFrom('intake_redemption').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).forUpdate().executeTakeFirstOrThrow()
  if (!mayAct('cancel', row.state)) throw pointsFail('redemptionState', { params: { state: redemptionStates[row.state as keyof typeof redemptionStates], act: storeActs.cancel.label } })
  return viewOf(await cancelRedemption(ctx, row, item, '本人取消'), item)
}
