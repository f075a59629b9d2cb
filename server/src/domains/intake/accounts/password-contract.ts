// Password and security question of a citizen account; signing in and resetting by them (INT-03).
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { citizen } from './account-contract.ts'

const text = (max: number) => z.string().trim().max(max)
const mobile = text(30).min(5, '请填写手机号')
const password = z.string().min(8, '密码至少 8 位').max(64).refine((p) => /\p{L}/u.test(p) && /\d/.test(p), '密码须同时有字母和数字').refine((p) => !/^(.)\1+$/.test(p), '密码过于简单')
const open = { audience: 'public', access: 'everybody', secret: true, audit: false } as const

export const passwordSignIn = describeRoute({
  ...open, id: 'publicPasswordSignIn', method: 'POST', path: '/api/public/sign-in/password', summary: '密码登录', limit: 20, body: z.strictObject({ phone: mobile, password: z.string().min(1, '请填写密码').max(64) }), response: z.object({ csrf: z.string(), citizen, firstTime: z.boolean() }),
})
export const passwordState = describeRoute({ id: 'getPublicPassword', method: 'GET', path: '/api/public/password', summary: '密码设置', audience: 'public', access: 'signedIn', response: z.object({ set: z.boolean(), question: z.string().nullable() }) })
export const setPasswordRoute = describeRoute({
  id: 'setPublicPassword', method: 'PUT', path: '/api/public/password', summary: '设置密码', audience: 'public', access: 'signedIn', secret: true, limit: 10,
  body: z.strictObject({ code: text(10).min(4, '请填写验证码'), password, question: text(60).default(''), answer: text(60).default('') }), response: z.object({ set: z.boolean(), question: z.string().nullable() }),
})
/** Any part that does not fit gives the same answer. */
export const resetPasswordRoute = describeRoute({
  ...open, id: 'resetPublicPassword', method: 'POST', path: '/api/public/password/reset', summary: '找回密码', limit: 10,
  body: z.strictObject({ phone: mobile, code: text(10).min(4, '请填写验证码'), name: text(60).min(1, '请填写姓名'), idNumber: text(18).min(1, '请填写身份证号'), answer: text(60).default(''), password }), response: z.object({ done: z.boolean() }),
})
