// Points and the points store (INT-28).
import { z } from 'zod'
import { boundedCount, id, instant, localDate, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const staff = { audience: 'staff', access: { permission: 'intake.store' } } as const
const signedIn = { audience: 'public', access: 'signedIn' } as const
const one = z.object({ id })
const kind = z.enum(['goods', 'virtual'])
const state = z.enum(['placed', 'sent', 'delivered', 'done', 'cancelled'])
const text = (max: number) => z.string().trim().max(max)

const entry = z.object({ id, kindName: z.string(), text: z.string(), points: z.int(), balance: z.int(), orderNumber: z.string().nullable(), at: instant })
export const ownPoints = describeRoute({
  ...signedIn, id: 'getOwnPoints', method: 'GET', path: '/api/public/points', summary: '我的积分',
  response: z.object({ enabled: z.boolean(), balance: z.int(), earned: z.int(), redeemed: z.int(), offset: z.int(), today: z.int(), dailyMax: z.int(), rules: z.array(z.object({ name: z.string(), points: z.int() })) }),
})
export const ownEntries = describeRoute({ ...signedIn, id: 'listOwnPoints', method: 'GET', path: '/api/public/points/entries', summary: '积分明细', query: pageQuery, response: pageOf(entry) })
const offered = z.object({ id, name: z.string(), kind, kindName: z.string(), description: z.string(), points: z.int(), stock: z.int(), perPerson: z.int(), untilOn: localDate.nullable(), had: z.int(), may: z.boolean(), reason: z.string().nullable() })
export const publicStore = describeRoute({ ...signedIn, id: 'listStore', method: 'GET', path: '/api/public/store', summary: '积分商城', response: z.object({ balance: z.int(), items: z.array(offered) }) })
const redemption = z.object({ id, code: z.string(), itemName: z.string(), kind, kindName: z.string(), pieces: z.int(), points: z.int(), state, stateName: z.string(), carrier: z.string().nullable(), tracking: z.string().nullable(), reason: z.string().nullable(), at: instant, sentAt: instant.nullable(), endedAt: instant.nullable() })
const ownRedemption = redemption.extend({ usageNote: z.string(), mayCancel: z.boolean() })
export const redeem = describeRoute({
  ...signedIn, id: 'redeemStoreItem', method: 'POST', path: '/api/public/store/:id/redeem', summary: '积分兑换', params: one, secret: true, limit: 20,
  body: z.strictObject({ clientKey: z.string().regex(/^[\w-]{16,80}$/), pieces: z.int().min(1).max(20).default(1), receiver: z.strictObject({ name: text(60), phone: text(20), address: text(200) }).optional() }), response: ownRedemption,
})
export const ownRedemptions = describeRoute({ ...signedIn, id: 'listOwnRedemptions', method: 'GET', path: '/api/public/redemptions', summary: '我的兑换', query: pageQuery, response: pageOf(ownRedemption) })
export const cancelOwn = describeRoute({ ...signedIn, id: 'cancelOwnRedemption', method: 'POST', path: '/api/public/redemptions/:id/cancel', summary: '取消兑换', params: one, body: z.strictObject({}), response: ownRedemption })

const fields = {
  name: text(60).min(1, '请填写名称'), kind, description: text(500).default(''), usageNote: text(500).default(''), points: z.int().min(1, '至少 1 分').max(1_000_000), stock: z.int().min(0).max(1_000_000), perPerson: z.int().min(0).max(1000).default(1), untilOn: localDate.nullable().default(null),
}
const item = z.object({ ...fields, id, kindName: z.string(), state: z.enum(['draft', 'offered', 'stopped']), stateName: z.string(), redeemed: z.int(), persons: z.int(), spent: z.int(), version: z.int(), changedBy: z.string(), changedAt: instant })
export const listItems = describeRoute({ ...staff, id: 'listStoreItems', method: 'GET', path: '/api/store-items', summary: '积分商品', response: z.object({ enabled: z.boolean(), items: z.array(item), points: z.object({ accounts: z.int(), earned: z.int(), redeemed: z.int(), offset: z.int(), balance: z.int() }) }) })
export const addItem = describeRoute({ ...staff, id: 'addStoreItem', method: 'POST', path: '/api/store-items', summary: '新建积分商品', body: z.strictObject(fields), response: one })
export const changeItem = describeRoute({ ...staff, id: 'changeStoreItem', method: 'PUT', path: '/api/store-items/:id', summary: '修改、上架、下架积分商品', params: one, body: z.strictObject({ ...fields, state: z.enum(['draft', 'offered', 'stopped']), version: z.int() }), response: z.object({ version: z.int() }) })
export const deleteItem = describeRoute({ ...staff, id: 'deleteStoreItem', method: 'DELETE', path: '/api/store-items/:id', summary: '删除积分商品', params: one, response: z.object({}) })
const row = redemption.extend({ by: z.string().describe('Masked'), receiver: z.string().nullable().describe('Masked'), acts: z.array(z.object({ act: z.enum(['send', 'deliver', 'cancel']), label: z.string() })), version: z.int() })
export const redemptionQuery = pageQuery.extend({ state: state.optional(), itemId: id.optional(), code: text(20).optional() })
export const listRedemptions = describeRoute({ ...staff, id: 'listRedemptions', method: 'GET', path: '/api/redemptions', summary: '兑换单', query: redemptionQuery, response: z.object({ items: z.array(row), next: z.string().nullable(), count: boundedCount }) })
export const actOnRedemption = describeRoute({
  ...staff, id: 'actOnRedemption', method: 'POST', path: '/api/redemptions/:id/acts', summary: '发货、登记签收、取消兑换', params: one, body: z.strictObject({ act: z.enum(['send', 'deliver', 'cancel']), carrier: text(40).default(''), tracking: text(60).default(''), reason: text(200).default(''), version: z.int() }), response: row,
})
export const revealReceiver = describeRoute({ ...staff, id: 'revealReceiver', method: 'POST', path: '/api/redemptions/:id/receiver', summary: '查看收货信息', params: one, secret: true, body: z.strictObject({ reason: text(200).min(1, '请填写用途') }), response: z.object({ name: z.string(), phone: z.string(), address: z.string() }) })
