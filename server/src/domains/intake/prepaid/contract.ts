// Prepaid accounts of enterprises (INT-27): balance, ledger, statements, signed payment notices.
import { z } from 'zod'
import { id, instant, localDate, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { algorithms } from './money.ts'

const staff = { audience: 'staff', access: { permission: 'intake.prepaid' } } as const
const signedIn = { audience: 'public', access: 'signedIn' } as const
const one = z.object({ id })
const cents = z.int().describe('In cents')
const entry = z.object({ id, seq: z.int(), kind: z.enum(['topUp', 'appeal']), kindName: z.string(), wayName: z.string().nullable(), amount: cents, balance: cents, orderNumber: z.string().nullable(), noticeId: z.string().nullable(), at: instant })
const span = { from: localDate.optional(), to: localDate.optional() }
const by = z.enum(['day', 'month'])
const line = z.object({ period: z.string(), opening: cents, toppedUp: cents, charges: z.int(), charged: cents, closing: cents, orders: z.int(), uncharged: z.int(), agrees: z.boolean() })

/** Money is the administrators' alone (PLA-34). */
export const enterpriseBalance = describeRoute({
  ...signedIn, id: 'getEnterpriseBalance', method: 'GET', path: '/api/public/enterprises/:id/balance', summary: '企业账户余额', params: one,
  response: z.object({ enabled: z.boolean(), text: z.string(), balance: cents, price: cents, low: z.boolean(), blocks: z.boolean(), how: z.string() }),
})
export const enterpriseLedger = describeRoute({ ...signedIn, id: 'listEnterpriseLedger', method: 'GET', path: '/api/public/enterprises/:id/ledger', summary: '企业账户收支明细', params: one, query: pageQuery.extend(span), response: pageOf(entry) })
export const enterpriseStatements = describeRoute({ ...signedIn, id: 'listEnterpriseStatements', method: 'GET', path: '/api/public/enterprises/:id/statements', summary: '企业对账单', params: one, query: z.object({ by: by.default('month') }), response: z.object({ items: z.array(line) }) })
export const downloadLedger = describeRoute({ ...signedIn, id: 'downloadEnterpriseLedger', method: 'GET', path: '/api/public/enterprises/:id/ledger/export', summary: '下载企业对账明细', params: one, query: z.object(span), raw: 'download', writes: true, response: z.unknown() })

/** Called by the payment platform; nothing but its signature lets it in. A notice that comes again says so and credits nothing. */
export const receivePayment = describeRoute({
  audience: 'public', access: 'everybody', id: 'receivePayment', method: 'POST', path: '/api/public/payment-notices', summary: '支付平台到账通知', secret: true, audit: false, limit: 300,
  body: z.object({
    noticeId: z.string().regex(/^[\w.:-]{6,80}$/), creditCode: z.string().length(18), amount: z.string().regex(/^\d{1,7}(\.\d{1,2})?$/, '金额以元为单位，最多两位小数'), way: z.enum(['transfer', 'online']), paidAt: z.iso.datetime({ offset: true }), signature: z.string().regex(/^[0-9a-fA-F]{64}$/),
  }),
  response: z.object({ credited: z.boolean(), balance: cents }),
})

const account = z.object({ id, name: z.string(), creditCode: z.string(), balance: cents, toppedUp: cents, charged: cents, charges: z.int(), low: z.boolean(), lastAt: instant })
export const listPrepaid = describeRoute({ ...staff, id: 'listPrepaidAccounts', method: 'GET', path: '/api/prepaid-accounts', summary: '企业预充值账户', query: pageQuery.extend({ query: z.string().trim().max(100).optional() }), response: pageOf(account) })
export const prepaidLedger = describeRoute({ ...staff, id: 'listPrepaidLedger', method: 'GET', path: '/api/prepaid-accounts/:id/ledger', summary: '预充值账户收支明细', params: one, query: pageQuery.extend(span), response: pageOf(entry) })
export const statementQuery = z.object({ by: by.default('month'), on: localDate.optional().describe('Any day of the period; default today') })
export const prepaidStatement = describeRoute({
  ...staff, id: 'getPrepaidStatement', method: 'GET', path: '/api/prepaid-statements', summary: '预充值对账', query: statementQuery,
  response: z.object({ period: z.string(), items: z.array(line.extend({ enterpriseId: id, name: z.string() })), total: z.object({ toppedUp: z.number(), charged: z.number(), charges: z.int(), orders: z.int() }), agrees: z.boolean() }),
})
const gateway = z.object({ path: z.string(), algorithm: z.enum(algorithms), secretSet: z.boolean(), enabled: z.boolean(), version: z.int(), priced: z.boolean(), prepaidOn: z.boolean() })
export const getGateway = describeRoute({ ...staff, id: 'getPaymentGateway', method: 'GET', path: '/api/payment-gateway', summary: '支付平台接入', response: gateway })
export const saveGateway = describeRoute({ ...staff, id: 'savePaymentGateway', method: 'PUT', path: '/api/payment-gateway', summary: '配置支付平台接入', secret: true, body: z.strictObject({ algorithm: z.enum(algorithms), secret: z.string().trim().max(200).default('').describe('空：保留原值'), enabled: z.boolean(), version: z.int().min(0) }), response: gateway })
