import { z } from 'zod'
import { instant } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const manage = { audience: 'staff', tag: 'signIn', access: { permission: 'platform.manageIdentityProvider' } } as const
const matchedBy = z.enum(['login', 'staffNo', 'mobile'])

export const signInOptions = describeRoute({
  id: 'signInOptions', method: 'GET', path: '/api/sign-in/options', summary: '登录方式', audience: 'staff', access: 'everybody', tag: 'signIn',
  response: z.object({ methods: z.array(z.enum(['password', 'sms'])), oidc: z.object({ name: z.string() }).nullable(), face: z.object({ available: z.boolean(), text: z.string() }) }),
})
export const startOidc = describeRoute({
  id: 'startOidc', method: 'POST', path: '/api/sign-in/oidc/start', summary: '前往统一身份认证', audience: 'staff', access: 'everybody', tag: 'signIn', limit: 60, secret: true, audit: false, body: z.strictObject({}), response: z.object({ url: z.string() }),
})
export const finishOidc = describeRoute({
  id: 'finishOidc', method: 'POST', path: '/api/sign-in/oidc/finish', summary: '统一身份认证登录', audience: 'staff', access: 'everybody', tag: 'signIn', limit: 60, secret: true, audit: false,
  body: z.strictObject({ code: z.string().max(4000), state: z.string().max(400), iss: z.string().max(400).optional() }), response: z.object({ next: z.enum(['done', 'totp', 'changePassword']), enrol: z.boolean().optional() }),
})
const provider = z.object({ name: z.string(), issuer: z.string(), clientId: z.string(), secretSet: z.boolean(), scopes: z.string(), claim: z.string(), matchedBy, enabled: z.boolean(), version: z.int(), changedAt: instant, changedBy: z.string(), redirectPath: z.string() })
export const getIdentityProvider = describeRoute({ ...manage, id: 'getIdentityProvider', method: 'GET', path: '/api/admin/identity-provider', summary: '统一身份认证配置', response: z.object({ provider: provider.nullable(), redirectPath: z.string() }) })
export const saveIdentityProvider = describeRoute({
  ...manage, id: 'saveIdentityProvider', method: 'PUT', path: '/api/admin/identity-provider', summary: '配置统一身份认证', secret: true,
  body: z.strictObject({
    name: z.string().trim().min(1).max(30), issuer: z.url('填写以 https:// 开头的地址'), clientId: z.string().trim().min(1).max(200), secret: z.string().max(500).optional().describe('不给出时保留原值'), scopes: z.string().trim().max(200).default('openid profile'),
    claim: z.string().trim().regex(/^[\w.-]{1,60}$/), matchedBy, enabled: z.boolean(), version: z.int().min(0),
  }),
  response: z.object({ version: z.int() }),
})
