// One identity for all channels (INT-04) and the WeChat entries (INT-13): proving, binding, continuing, unbinding; the centre's own WeChat accounts.
import { z } from 'zod'
import { empty, id, instant } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { citizen } from '../accounts/account-contract.ts'

const text = (max: number) => z.string().trim().max(max)
/** A page of the portal, never another site. */
const target = text(300).regex(/^\/(?![/\\])[^\s\\]*$/, '地址不正确').default('/')
const code = text(512).min(4)
const open = { audience: 'public', access: 'everybody', secret: true, audit: false, limit: 30 } as const
const signedIn = { audience: 'public', access: 'signedIn' } as const
const session = { csrf: z.string(), citizen, to: z.string() }

export const startWechat = describeRoute({ ...open, id: 'startWechat', method: 'POST', path: '/api/public/wechat/start', summary: '前往微信授权', body: z.strictObject({ to: target }), response: z.object({ url: z.string() }) })
/** Known: signed in. Unknown: to be bound by a verified mobile. */
export const finishWechat = describeRoute({
  ...open, id: 'finishWechat', method: 'POST', path: '/api/public/wechat/finish', summary: '公众号身份登录', body: z.strictObject({ code, state: text(200) }),
  response: z.discriminatedUnion('outcome', [z.object({ outcome: z.literal('signedIn'), ...session }), z.object({ outcome: z.literal('bind'), to: z.string() })]),
})
/** A code in an address could be somebody else's, so a known person is asked before the session opens. */
export const enterByMini = describeRoute({
  ...open, id: 'enterByMini', method: 'POST', path: '/api/public/wechat/mini', summary: '小程序身份', body: z.strictObject({ code, to: target }),
  response: z.discriminatedUnion('outcome', [z.object({ outcome: z.literal('continue'), mobile: z.string().describe('Masked'), to: z.string() }), z.object({ outcome: z.literal('bind'), to: z.string() })]),
})
export const continueWechat = describeRoute({ ...open, id: 'continueWechat', method: 'POST', path: '/api/public/wechat/continue', summary: '以已绑定的身份继续', body: empty, response: z.object(session) })

const providers = z.enum(['officialAccount', 'miniProgram', 'unified'])
const list = z.object({ items: z.array(z.object({ id, provider: providers, name: z.string(), boundAt: instant })) })
export const bindWechat = describeRoute({ ...signedIn, id: 'bindWechat', method: 'POST', path: '/api/public/wechat/bind', summary: '绑定微信身份', secret: true, limit: 30, body: empty, response: list.extend({ to: z.string() }) })
export const listIdentities = describeRoute({ ...signedIn, id: 'listOwnIdentities', method: 'GET', path: '/api/public/identities', summary: '已绑定的身份', response: list })
export const dropIdentity = describeRoute({ ...signedIn, id: 'dropOwnIdentity', method: 'DELETE', path: '/api/public/identities/:id', summary: '解除绑定', params: z.object({ id }), response: list })

const signed = { signature: text(64).default(''), timestamp: text(20).default(''), nonce: text(64).default('') }
export const checkWechatServer = describeRoute({ id: 'checkWechatServer', method: 'GET', path: '/api/public/wechat/callback', summary: '微信服务器校验', audience: 'public', access: 'everybody', raw: 'download', query: z.object({ ...signed, echostr: text(200).default('') }), response: z.unknown() })
export const wechatCallback = describeRoute({
  id: 'wechatCallback', method: 'POST', path: '/api/public/wechat/callback', summary: '微信服务器消息', audience: 'public', access: 'everybody', raw: 'download', audit: false,
  query: z.object({ ...signed, openid: text(64).optional(), encrypt_type: text(10).optional(), msg_signature: text(64).optional() }), response: z.unknown(),
})

const app = z.enum(['officialAccount', 'miniProgram'])
const account = z.object({
  app, name: z.string(), appId: z.string(), secretSet: z.boolean(), tokenSet: z.boolean(), templateId: z.string(), titleKey: z.string(), textKey: z.string(), timeKey: z.string(), baseUrl: z.string(), enabled: z.boolean(), version: z.int(),
  /** What still keeps it from working; null when nothing does. */
  problem: z.string().nullable(), menuAt: instant.nullable(), menu: z.array(z.object({ name: z.string(), urls: z.array(z.object({ name: z.string(), url: z.string() })) })), callback: z.string(), bound: z.int(), failed: z.int(),
})
const staff = { audience: 'staff', access: { permission: 'intake.channels' } } as const
export const listWechat = describeRoute({ ...staff, id: 'listWechatAccounts', method: 'GET', path: '/api/wechat-accounts', summary: '公众号与小程序', response: z.object({ items: z.array(account) }) })
export const saveWechat = describeRoute({
  ...staff, id: 'saveWechatAccount', method: 'PUT', path: '/api/wechat-accounts/:app', summary: '配置公众号或小程序', secret: true, params: z.object({ app }),
  body: z.strictObject({
    appId: text(40).regex(/^[A-Za-z0-9]{6,40}$/, 'AppID 格式不正确'), secret: text(200).default('').describe('空：保留原值'), token: text(200).default('').describe('空：保留原值'), templateId: text(100).default(''), titleKey: text(30).default(''), textKey: text(30).default(''), timeKey: text(30).default(''),
    baseUrl: z.union([z.literal(''), text(200).regex(/^https?:\/\/\S+$/, '以 http:// 或 https:// 开头')]).default(''), enabled: z.boolean(), version: z.int().min(0),
  }),
  response: account,
})
export const publishMenu = describeRoute({ ...staff, id: 'publishWechatMenu', method: 'POST', path: '/api/wechat-accounts/officialAccount/menu', summary: '发布公众号菜单', body: empty, response: account })
