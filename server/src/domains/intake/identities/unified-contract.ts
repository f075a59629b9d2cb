// Signing in by the unified identity platform (INT-03), and its configuration.
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { finishWechat, startWechat } from './identity-contract.ts'

const open = { audience: 'public', access: 'everybody', secret: true, audit: false, limit: 30 } as const
export const startUnified = describeRoute({ ...open, id: 'startUnified', method: 'POST', path: '/api/public/unified/start', summary: '前往统一身份认证', body: startWechat.body, response: startWechat.response })
export const finishUnified = describeRoute({ ...open, id: 'finishUnified', method: 'POST', path: '/api/public/unified/finish', summary: '统一身份认证登录', body: z.strictObject({ code: z.string().min(1).max(4000), state: z.string().max(400), iss: z.string().max(400).optional() }), response: finishWechat.response })

const claim = z.string().trim().regex(/^[\w.-]{0,60}$/, '声明名称不正确')
const provider = z.object({ name: z.string(), issuer: z.string(), clientId: z.string(), secretSet: z.boolean(), scopes: z.string(), mobileClaim: z.string(), nameClaim: z.string(), enabled: z.boolean(), version: z.int() })
const staff = { audience: 'staff', access: { permission: 'intake.channels' } } as const
const held = z.object({ provider: provider.nullable(), redirectPath: z.string() })
export const getUnified = describeRoute({ ...staff, id: 'getPublicIdentityProvider', method: 'GET', path: '/api/public-identity-provider', summary: '公众统一身份认证', response: held })
export const saveUnified = describeRoute({
  ...staff, id: 'savePublicIdentityProvider', method: 'PUT', path: '/api/public-identity-provider', summary: '配置公众统一身份认证', secret: true,
  body: z.strictObject({
    name: z.string().trim().min(1, '请填写名称').max(30), issuer: z.url('填写以 https:// 开头的地址'), clientId: z.string().trim().min(1).max(200), secret: z.string().max(500).default('').describe('空：保留原值'), scopes: z.string().trim().max(200).default('openid profile phone'),
    mobileClaim: claim.default('phone_number'), nameClaim: claim.default('name'), enabled: z.boolean(), version: z.int().min(0),
  }),
  response: held,
})
