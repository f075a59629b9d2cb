// Enterprise accounts: registering and using them on the portal, keeping them by staff.
import { z } from 'zod'
import { boundedCount, id, instant, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { listOwnOrders } from '../own/own-contract.ts'
import { accessRules, enterpriseStates } from './enterprise.ts'

const text = (max: number) => z.string().trim().max(max)
const need = (max: number, message: string) => text(max).min(1, message)
const role = z.enum(['admin', 'contact'])
const state = z.enum(enterpriseStates)
const signedIn = { audience: 'public', access: 'signedIn' } as const
const one = z.object({ id })

const profile = { industry: text(60).default(''), size: text(30).default(''), address: text(200).default('') }
const line = z.object({ id, name: z.string(), creditCode: z.string(), state, stateName: z.string(), role, roleName: z.string() })
const contact = z.object({ id, name: z.string(), mobile: z.string().describe('Masked'), post: z.string(), role, roleName: z.string(), addedAt: instant, self: z.boolean() })
const own = line.extend({
  reason: z.string().nullable(), industry: z.string(), size: z.string(), address: z.string(), levelName: z.string().nullable(), manager: z.string().nullable(), contacts: z.array(contact), files: z.array(z.object({ id, name: z.string() })),
  maySubmit: z.boolean(), seesAll: z.boolean(), createdAt: instant,
})

export const listOwnEnterprises = describeRoute({ ...signedIn, id: 'listOwnEnterprises', method: 'GET', path: '/api/public/enterprises', summary: '我的企业', response: z.object({ items: z.array(line) }) })
export const registerEnterprise = describeRoute({
  ...signedIn, id: 'registerEnterprise', method: 'POST', path: '/api/public/enterprises', summary: '注册企业账号', limit: 10,
  body: z.strictObject({ creditCode: need(18, '请填写统一社会信用代码'), name: need(100, '请填写企业名称').min(2, '请填写企业全称'), ...profile, contactName: need(60, '请填写您的姓名'), post: text(40).default(''), fileIds: z.array(id).max(5).default([]) }),
  response: own,
})
export const getOwnEnterprise = describeRoute({ ...signedIn, id: 'getOwnEnterprise', method: 'GET', path: '/api/public/enterprises/:id', summary: '企业账号', params: one, response: own })
export const changeOwnEnterprise = describeRoute({ ...signedIn, id: 'changeOwnEnterprise', method: 'PATCH', path: '/api/public/enterprises/:id', summary: '修改企业资料', params: one, body: z.strictObject({ industry: text(60), size: text(30), address: text(200) }), response: own })
export const addContact = describeRoute({ ...signedIn, id: 'addEnterpriseContact', method: 'POST', path: '/api/public/enterprises/:id/contacts', summary: '增加企业联系人', params: one, limit: 20, secret: true, body: z.strictObject({ phone: need(20, '请填写手机号'), name: need(60, '请填写姓名'), post: text(40).default(''), role }), response: own })
export const dropContact = describeRoute({ ...signedIn, id: 'dropEnterpriseContact', method: 'DELETE', path: '/api/public/enterprises/:id/contacts/:contactId', summary: '移除企业联系人', params: z.object({ id, contactId: id }), response: own })
export const enterpriseOrders = describeRoute({ ...signedIn, id: 'listEnterpriseOrders', method: 'GET', path: '/api/public/enterprises/:id/orders', summary: '企业诉求', params: one, query: pageQuery, response: listOwnOrders.response })

const service = z.object({ at: instant, kind: z.enum(['order', 'reply', 'rating', 'chat', 'form', 'account']), kindName: z.string(), title: z.string(), text: z.string(), number: z.string().nullable() })
export const serviceLog = describeRoute({ ...signedIn, id: 'listEnterpriseServices', method: 'GET', path: '/api/public/enterprises/:id/services', summary: '企业服务记录', params: one, query: pageQuery, response: z.object({ items: z.array(service), next: z.string().nullable(), count: boundedCount }) })

const staff = { audience: 'staff', access: { permission: 'intake.enterprises' } } as const
const act = z.enum(['open', 'refuse', 'pause', 'resume', 'close'])
const figure = z.number().min(0).max(999_999_999).nullable()
const row = z.object({ id, name: z.string(), creditCode: z.string(), industry: z.string(), size: z.string(), state, stateName: z.string(), level: z.string().nullable(), levelName: z.string().nullable(), contacts: z.int(), orders: z.int(), createdAt: instant })
const whole = row.extend({
  address: z.string(), reason: z.string().nullable(), note: z.string(), registry: z.object({ id, official: z.boolean() }).nullable(), checks: z.array(z.object({ check: z.string(), result: z.enum(['ok', 'bad', 'unknown']), text: z.string() })), files: z.array(z.object({ id, name: z.string() })),
  people: z.array(contact.omit({ self: true }).extend({ leftAt: instant.nullable() })), history: z.array(z.object({ at: instant, act: z.string(), from: z.string().nullable(), to: z.string(), reason: z.string(), by: z.string() })),
  figures: z.object({ staff: figure, revenue: figure, tax: figure, employed: figure }), levelReason: z.string().nullable(), levelBy: z.string().nullable(), ruleLevel: z.string().nullable(), levels: z.array(z.object({ code: z.string(), name: z.string() })),
  access: z.object({ phone: z.enum(accessRules), phoneName: z.string(), chat: z.enum(accessRules), chatName: z.string(), seat: z.object({ id, name: z.string() }).nullable() }),
  acts: z.array(z.object({ act: z.enum(['open', 'refuse', 'pause', 'resume', 'close']), label: z.string(), enabled: z.boolean(), reason: z.string().optional() })), version: z.int(),
})
export const listEnterpriseAccounts = describeRoute({ ...staff, id: 'listEnterpriseAccounts', method: 'GET', path: '/api/enterprise-accounts', summary: '企业账号', query: pageQuery.extend({ state: state.optional(), query: text(100).optional() }), response: z.object({ items: z.array(row), next: z.string().nullable(), count: boundedCount }) })
export const getEnterpriseAccount = describeRoute({ ...staff, id: 'getEnterpriseAccount', method: 'GET', path: '/api/enterprise-accounts/:id', summary: '企业账号', params: one, response: whole })
export const actOnEnterprise = describeRoute({ ...staff, id: 'actOnEnterpriseAccount', method: 'POST', path: '/api/enterprise-accounts/:id/acts', summary: '开通、停用、恢复或注销企业账号', params: one, body: z.strictObject({ act, reason: need(300, '请填写原因'), version: z.int() }), response: whole })
export const setLevel = describeRoute({
  ...staff, id: 'setEnterpriseLevel', method: 'PUT', path: '/api/enterprise-accounts/:id/level', summary: '企业规模与服务等级', params: one,
  body: z.strictObject({ staff: figure, revenue: figure, tax: figure, employed: figure, level: text(10).nullable().describe('Null: by rule'), reason: text(300).default(''), version: z.int() }), response: whole,
})
export const enterpriseSeats = describeRoute({ ...staff, id: 'listEnterpriseSeats', method: 'GET', path: '/api/enterprise-accounts/seats', summary: '可作专属座席的人员', response: z.object({ items: z.array(z.object({ id, name: z.string() })) }) })
export const setAccess = describeRoute({
  ...staff, id: 'setEnterpriseAccess', method: 'PUT', path: '/api/enterprise-accounts/:id/access', summary: '企业接入方式', params: one,
  body: z.strictObject({ phone: z.enum(accessRules), chat: z.enum(accessRules), seatId: id.nullable(), reason: need(300, '请填写原因'), version: z.int() }), response: whole,
})
const count = z.object({ name: z.string(), count: z.int() })
export const enterpriseStatistics = describeRoute({
  ...staff, id: 'enterpriseStatistics', method: 'GET', path: '/api/enterprise-accounts/:id/statistics', summary: '企业诉求统计', params: one,
  response: z.object({ total: z.int(), types: z.array(count), months: z.array(z.object({ month: z.string(), count: z.int() })), satisfied: z.string(), industry: z.object({ name: z.string(), enterprises: z.int(), matters: z.array(count) }) }),
})
export type EnterpriseAccount = z.output<typeof whole>
export type OwnEnterprise = z.output<typeof own>
