// Citizens: sign-in by SMS code, own profile; accounts as staff see them.
import { z } from 'zod'
import { id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const text = (max: number) => z.string().trim().max(max)
const mobile = text(30).min(5, '请填写手机号')

export const citizen = z.object({
  mobile: z.string().describe('Masked'),
  name: z.string().describe('Masked'),
  idNumber: z.string().nullable().describe('Masked'),
  realName: z.boolean(),
  areaCode: z.string().nullable(),
  address: z.string().nullable(),
  landline: z.string().nullable(),
  birthDate: z.string().nullable(),
  sex: z.enum(['male', 'female']).nullable(),
})

const open = { audience: 'public', access: 'everybody', secret: true, audit: false } as const

export const sendPublicCode = describeRoute({
  ...open, id: 'sendPublicCode', method: 'POST', path: '/api/public/sign-in/code', summary: '发送登录验证码', limit: 10,
  body: z.strictObject({ phone: mobile }), response: z.object({ validMinutes: z.number().int(), resendSeconds: z.number().int() }),
})
export const publicSignIn = describeRoute({
  ...open, id: 'publicSignIn', method: 'POST', path: '/api/public/sign-in', summary: '验证码登录', limit: 20,
  body: z.strictObject({ phone: mobile, code: text(10).min(4, '请填写验证码') }), response: z.object({ csrf: z.string(), citizen, firstTime: z.boolean() }),
})
export const getPublicSession = describeRoute({
  id: 'getPublicSession', method: 'GET', path: '/api/public/session', summary: '当前公众会话', audience: 'public', access: 'everybody',
  response: z.object({ citizen: citizen.nullable(), csrf: z.string().nullable(), serverTime: instant }),
})
export const publicSignOut = describeRoute({ id: 'publicSignOut', method: 'POST', path: '/api/public/sign-out', summary: '公众退出登录', audience: 'public', access: 'everybody', audit: false, response: z.object({}) })
export const changeProfile = describeRoute({
  id: 'changePublicProfile', method: 'PATCH', path: '/api/public/profile', summary: '修改个人资料', audience: 'public', access: 'signedIn', secret: true, limit: 20,
  body: z.strictObject({ name: text(60).optional(), idNumber: text(18).optional().describe('Resident identity number; empty removes it'), areaCode: text(12).nullable().optional(), address: text(200).nullable().optional(), landline: text(20).nullable().optional(), birthDate: z.iso.date('日期格式为 1980-01-31').nullable().optional(), sex: z.enum(['male', 'female']).nullable().optional() }),
  response: citizen,
})

const account = z.object({ id, mobile: z.string(), name: z.string(), realName: z.boolean(), state: z.enum(['active', 'paused']), stateReason: z.string().nullable(), createdAt: instant, signedInAt: instant, version: z.number().int() })
const staff = { audience: 'staff', access: { permission: 'intake.accounts' } } as const
export const listAccountsRoute = describeRoute({ ...staff, id: 'listCitizenAccounts', method: 'GET', path: '/api/citizen-accounts', summary: '公众账号', query: pageQuery.extend({ phone: text(30).optional() }), response: pageOf(account) })
export const changeAccountRoute = describeRoute({
  ...staff, id: 'changeCitizenAccount', method: 'PATCH', path: '/api/citizen-accounts/:id', summary: '暂停或恢复公众账号', params: z.object({ id }),
  body: z.strictObject({ state: z.enum(['active', 'paused']), reason: text(200).min(1), version: z.number().int() }), response: account,
})
