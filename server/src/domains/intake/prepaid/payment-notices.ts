// Payment notices: credited by their signature alone, without anybody's look, each once. The key is written and never read back.
import { authorize } from '../../../kernel/access.ts'
import { decrypt, encrypt } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { setting } from '../../platform/index.ts'
import { db } from '../accounts/account.queries.ts'
import type * as contract from './contract.ts'
import { credit, prepaidFail } from './ledger.ts'
import { centsOf, isSigned, type Algorithm } from './money.ts'
import { prepaidEnabled, prepaidPrice } from './settings.ts'

const SECRET = 'intake.paymentKey'
const gatewayRow = (ctx: Ctx) => db(ctx).selectFrom('intake_payment_gateway').selectAll().where('tenant_id', '=', ctx.tenantId).executeTakeFirst()

export async function receivePayment(ctx: Ctx, input: Input<typeof contract.receivePayment>): Promise<Output<typeof contract.receivePayment>> {
  const gateway = await gatewayRow(ctx)
  if (!gateway?.enabled || !isSigned(gateway.algorithm as Algorithm, decrypt(ctx.keys, gateway.secret_enc, SECRET), input)) throw prepaidFail('paymentSignature') // held to the list by a check constraint
  if (!(await setting(ctx, prepaidEnabled))) throw prepaidFail('prepaidOff', { rule: prepaidEnabled.key })
  const amount = centsOf(input.amount)
  if (amount === 0) throw kernelErrors('invalid', { fields: [{ path: 'amount', message: '金额须大于 0' }] })
  const enterprise = await db(ctx).selectFrom('intake_enterprise').selectAll().where('tenant_id', '=', ctx.tenantId).where('credit_code', '=', input.creditCode.toUpperCase()).where('state', 'in', ['active', 'paused']).executeTakeFirst()
  if (!enterprise) throw prepaidFail('paymentUnknown')
  const done = await credit(ctx, enterprise, { noticeId: input.noticeId, amount, way: input.way, paidAt: input.paidAt })
  if (done.credited) ctx.audit({ module: 'intake', act: 'receivePayment', objectType: 'key:enterpriseAccount', objectId: enterprise.id, text: `${input.noticeId} ${input.amount} 元` })
  return done
}

type Gateway = Output<typeof contract.getGateway>

export async function getGateway(ctx: Ctx): Promise<Gateway> {
  authorize(ctx, 'intake.prepaid')
  const row = await gatewayRow(ctx)
  return { path: '/api/public/payment-notices', algorithm: (row?.algorithm ?? 'hmac-sm3') as Algorithm, secretSet: row !== undefined, enabled: row?.enabled ?? false, version: row?.version ?? 0, priced: (await setting(ctx, prepaidPrice)) > 0, prepaidOn: await setting(ctx, prepaidEnabled) }
}

export async function saveGateway(ctx: Ctx, input: Input<typeof contract.saveGateway>): Promise<Gateway> {
  authorize(ctx, 'intake.prepaid')
  const before = await gatewayRow(ctx)
  if ((before?.version ?? 0) !== input.version) throw kernelErrors('conflict', { current: { version: before?.version ?? 0, changedBy: before?.changed_by_name ?? null } })
  if (input.secret !== '' ? input.secret.length < 16 : !before) throw kernelErrors('invalid', { fields: [{ path: 'secret', message: '密钥至少 16 位' }] })
  const values = {
    algorithm: input.algorithm, secret_enc: input.secret === '' ? (before?.secret_enc ?? '') : encrypt(ctx.keys, input.secret, SECRET), enabled: input.enabled, version: input.version + 1, changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name,
  }
  await db(ctx).insertInto('intake_payment_gateway').values({ tenant_id: ctx.tenantId, ...values }).onConflict((c) => c.column('tenant_id').doUpdateSet(values)).execute()
  ctx.audit({ module: 'intake', act: 'savePaymentGateway', objectType: 'key:paymentGateway', objectId: ctx.tenantId, changes: { algorithm: { old: before?.algorithm ?? null, new: input.algorithm }, enabled: { old: before?.enabled ?? false, new: input.enabled }, secret: { old: before ? '已设置' : null, new: input.secret === '' ? '未改' : '已更换' } } })
  return getGateway(ctx)
}
