// The balance of an enterprise and the only two ways it changes: a signed payment notice and a charge for an appeal.
import { sql } from 'kysely'
import { decrypt } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { defineErrors } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/runtime.ts'
import { parseIso, type Instant } from '../../../kernel/time/index.ts'
import { sendSms, setting } from '../../platform/index.ts'
import { db, phoneContext } from '../accounts/account.queries.ts'
import type { EnterpriseRow } from '../enterprises/enterprise.queries.ts'
import { tellCitizen } from '../messages/tell-citizen.ts'
import { centsOf, mayCharge, yuan } from './money.ts'
import { prepaidEnabled, prepaidLow, prepaidOnEmpty, prepaidPrice } from './settings.ts'

export const prepaidFail = defineErrors('intake', {
  balanceShort: { status: 409, title: '企业账户余额 {balance} 元，不足以支付 {price} 元，请先充值' },
  prepaidOff: { status: 409, title: '本中心没有开通企业预充值' },
  paymentSignature: { status: 401, title: '签名不正确' },
  paymentUnknown: { status: 409, title: '没有这家企业的账号，款项请由支付平台退回' },
  paymentDiffers: { status: 409, title: '这个通知编号已入账，金额或企业不一致' },
})

type Held = { balance: number; entries: number; warned_at: Instant | null }
type Change = { kind: 'topUp'; amount: number; way: string; noticeId: string; paidAt: string } | { kind: 'appeal'; amount: number; orderId: string; orderNumber: string }

async function lockAccount(ctx: Ctx, enterpriseId: string): Promise<Held> {
  await db(ctx).insertInto('intake_prepaid_account').values({ tenant_id: ctx.tenantId, enterprise_id: enterpriseId, updated_at: ts(ctx.clock.now()) }).onConflict((c) => c.doNothing()).execute()
  return db(ctx).selectFrom('intake_prepaid_account').select(['balance', 'entries', 'warned_at']).where('tenant_id', '=', ctx.tenantId).where('enterprise_id', '=', enterpriseId).forUpdate().executeTakeFirstOrThrow()
}

/** Writes one entry under the lock of the account and tells the administrators once when little is left. Returns the balance after it. */
async function post(ctx: Ctx, enterprise: Pick<EnterpriseRow, 'id' | 'name'>, held: Held, change: Change): Promise<number> {
  const now = ts(ctx.clock.now())
  const balance = held.balance + change.amount
  const low = balance < centsOf(String(await setting(ctx, prepaidLow)))
  await db(ctx).insertInto('intake_ledger_entry').values({
    tenant_id: ctx.tenantId, id: newId(), enterprise_id: enterprise.id, seq: held.entries + 1, kind: change.kind, amount: change.amount, balance, at: now,
    ...(change.kind === 'topUp' ? { way: change.way, notice_id: change.noticeId, paid_at: ts(parseIso(change.paidAt)) } : { order_id: change.orderId, order_number: change.orderNumber }),
  }).execute()
  const warn = low && held.warned_at === null
  await db(ctx).updateTable('intake_prepaid_account').set({
    balance, entries: held.entries + 1, updated_at: now,
    ...(change.kind === 'topUp' ? { topped_up: sql<number>`topped_up + ${change.amount}::int` } : { charged: sql<number>`charged - ${change.amount}::int`, charges: sql<number>`charges + 1` }),
    ...(warn ? { warned_at: now } : low ? {} : { warned_at: null }),
  }).where('tenant_id', '=', ctx.tenantId).where('enterprise_id', '=', enterprise.id).execute()
  if (warn) await warnAdmins(ctx, enterprise, balance, held.entries + 1)
  return balance
}

async function warnAdmins(ctx: Ctx, enterprise: Pick<EnterpriseRow, 'id' | 'name'>, balance: number, seq: number): Promise<void> {
  const admins = await db(ctx).selectFrom('intake_enterprise_contact as c').innerJoin('intake_account as a', (j) => j.onRef('a.tenant_id', '=', 'c.tenant_id').onRef('a.id', '=', 'c.account_id')).select(['a.id', 'a.phone_enc'])
    .where('c.tenant_id', '=', ctx.tenantId).where('c.enterprise_id', '=', enterprise.id).where('c.role', '=', 'admin').where('c.left_at', 'is', null).execute()
  for (const admin of admins) {
    const text = `“${enterprise.name}”账户余额 ${yuan(balance)} 元，请及时充值`
    if (await tellCitizen(ctx, { accountId: admin.id, kind: 'system', title: text, link: `/enterprise/${enterprise.id}`, objectId: `prepaid:${enterprise.id}:${seq}` })) await sendSms(ctx, { phone: decrypt(ctx.keys, admin.phone_enc, phoneContext), template: 'notice', params: { text }, objectType: 'enterpriseAccount', objectId: enterprise.id })
  }
}

/**
 * To be called before the appeal becomes an order: holds the account and says how to charge it, or null where nothing is charged.
 * @throws intake.balanceShort where the rule is to block
 */
export async function prepareCharge(ctx: Ctx, enterprise: EnterpriseRow): Promise<((order: { id: string; number: string }) => Promise<number>) | null> {
  const price = centsOf(String(await setting(ctx, prepaidPrice)))
  if (price === 0 || !(await setting(ctx, prepaidEnabled))) return null
  const held = await lockAccount(ctx, enterprise.id)
  if (!mayCharge(await setting(ctx, prepaidOnEmpty), held.balance, price)) throw prepaidFail('balanceShort', { rule: prepaidOnEmpty.key, params: { balance: yuan(held.balance), price: yuan(price) } })
  return (order) => post(ctx, enterprise, held, { kind: 'appeal', amount: -price, orderId: order.id, orderNumber: order.number })
}

/** Credits a notice once; the same notice again changes nothing. @throws intake.paymentDiffers when the same number names another payment */
export async function credit(ctx: Ctx, enterprise: EnterpriseRow, paid: { noticeId: string; amount: number; way: string; paidAt: string }): Promise<{ credited: boolean; balance: number }> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`payment:${ctx.tenantId}:${paid.noticeId}`}, 0))`.execute(ctx.acrossTenants('a lock has no tenant'))
  const held = await lockAccount(ctx, enterprise.id)
  const before = await db(ctx).selectFrom('intake_ledger_entry').select(['enterprise_id', 'amount']).where('tenant_id', '=', ctx.tenantId).where('notice_id', '=', paid.noticeId).executeTakeFirst()
  if (before && (before.enterprise_id !== enterprise.id || before.amount !== paid.amount)) throw prepaidFail('paymentDiffers')
  if (before) return { credited: false, balance: held.balance }
  return { credited: true, balance: await post(ctx, enterprise, held, { kind: 'topUp', ...paid }) }
}
