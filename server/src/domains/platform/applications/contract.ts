import { z } from 'zod'
import { id, instant, localDate } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const read = { audience: 'staff' as const, access: { anyOf: ['platform.manageApplications', 'platform.approveApplications'] }, tag: 'applications' }
const manage = { audience: 'staff', access: { permission: 'platform.manageApplications' }, tag: 'applications' } as const
const one = z.object({ id })
export const checks = ['identity', 'organisation', 'messages', 'audit'] as const
export const grantStates = ['requested', 'approved', 'refused', 'withdrawn'] as const
const text = (max: number) => z.string().trim().min(1).max(max)
const address = z.string().max(500).regex(/^https:\/\/\S+$|^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?(\/\S*)?$/, { error: '填写以 https:// 开头的地址' })
const fields = { name: text(60), category: text(30), owner: text(60), address, logoutAddress: address.nullable().default(null), accountId: id, checklist: z.array(z.enum(checks)).max(4).default([]) }
const application = z.object({ id, code: z.string(), name: z.string(), category: z.string(), owner: z.string(), address: z.string(), logoutAddress: z.string().nullable(), state: z.enum(['running', 'stopped']), accountId: id, accountName: z.string(), checklist: z.array(z.enum(checks)), admitted: z.number().int(), grants: z.number().int(), visits: z.number().int(), visitedAt: instant.nullable(), version: z.number().int(), changedAt: instant, changedBy: z.string() })
const grant = z.object({ id, purpose: z.string(), scopes: z.array(z.string()), scopeNames: z.array(z.string()), validTo: localDate, state: z.enum(grantStates), expired: z.boolean(), reason: z.string().nullable(), requestedByName: z.string(), requestedAt: instant, decidedByName: z.string().nullable(), decidedAt: instant.nullable(), tokens: z.number().int(), usedAt: instant.nullable(), mayDecide: z.boolean() })

export const listApplications = describeRoute({ ...read, id: 'listApplications', method: 'GET', path: '/api/admin/applications', summary: '应用列表', response: z.object({ items: z.array(application), scopes: z.array(z.object({ code: z.string(), name: z.string() })) }) })
export const getApplication = describeRoute({ ...read, id: 'getApplication', method: 'GET', path: '/api/admin/applications/:id', summary: '应用', params: one, response: application.extend({ clientId: z.string(), admissions: z.array(z.object({ userId: id, name: z.string(), unitName: z.string().nullable(), admittedBy: z.string(), admittedAt: instant })), grantItems: z.array(grant) }) })
export const createApplication = describeRoute({ ...manage, id: 'createApplication', method: 'POST', path: '/api/admin/applications', summary: '登记应用', secret: true, body: z.strictObject({ code: z.string().regex(/^[a-z][a-z0-9-]{1,29}$/, { error: '小写字母开头，小写字母、数字、横线，最长 30 位' }), ...fields }), response: z.object({ id, secret: z.string().describe('Shown once') }) })
export const changeApplication = describeRoute({ ...manage, id: 'changeApplication', method: 'PATCH', path: '/api/admin/applications/:id', summary: '修改、启用、停用应用', params: one, body: z.strictObject({ version: z.number().int(), name: fields.name.optional(), category: fields.category.optional(), owner: fields.owner.optional(), address: fields.address.optional(), logoutAddress: address.nullable().optional(), accountId: id.optional(), checklist: z.array(z.enum(checks)).max(4).optional(), state: z.enum(['running', 'stopped']).optional() }), response: z.object({ version: z.number().int() }) })
export const renewSecret = describeRoute({ ...manage, id: 'renewApplicationSecret', method: 'POST', path: '/api/admin/applications/:id/secret', summary: '更换应用密钥', secret: true, params: one, body: z.strictObject({}), response: z.object({ secret: z.string() }) })
export const admitUsers = describeRoute({ ...manage, id: 'admitToApplication', method: 'PUT', path: '/api/admin/applications/:id/admissions', summary: '设置准入人员', params: one, body: z.strictObject({ userIds: z.array(id).max(2000) }), response: z.object({ admitted: z.number().int() }) })
export const requestGrant = describeRoute({ ...manage, id: 'requestApplicationGrant', method: 'POST', path: '/api/admin/applications/:id/grants', summary: '申请开放授权', params: one, body: z.strictObject({ purpose: text(500), scopes: z.array(z.string().max(80)).min(1).max(60), validTo: localDate }), response: z.object({ id }) })
export const decideGrant = describeRoute({
  audience: 'staff', access: { permission: 'platform.approveApplications' }, tag: 'applications', id: 'decideApplicationGrant', method: 'POST', path: '/api/admin/application-grants/:id/decide', summary: '审批、缩小、收回开放授权', params: one,
  body: z.strictObject({ outcome: z.enum(['approve', 'refuse', 'narrow', 'withdraw']), scopes: z.array(z.string().max(80)).min(1).max(60).optional(), validTo: localDate.optional(), reason: z.string().trim().max(500).optional() }), response: z.object({ state: z.enum(grantStates) }),
})
export const ownApplications = describeRoute({ audience: 'staff', access: 'signedIn', tag: 'applications', id: 'ownApplications', method: 'GET', path: '/api/applications', summary: '我可以进入的应用', response: z.object({ items: z.array(z.object({ id, name: z.string(), category: z.string() })) }) })
export const enterApplication = describeRoute({ audience: 'staff', access: 'signedIn', tag: 'applications', id: 'enterApplication', method: 'POST', path: '/api/applications/:id/enter', summary: '进入应用（单点登录票据）', secret: true, params: one, body: z.strictObject({}), response: z.object({ url: z.string() }) })
/** The ways of OAuth 2.0: an application by itself (client_credentials), or with the code of a person who came from here. */
export const issueToken = describeRoute({
  audience: 'staff', access: 'everybody', tag: 'applications', id: 'issueApplicationToken', method: 'POST', path: '/api/oauth/token', summary: '应用换取短期令牌', secret: true, limit: 60,
  body: z.object({ grant_type: z.enum(['client_credentials', 'authorization_code']), client_id: z.string().max(60), client_secret: z.string().max(200), code: z.string().max(200).optional(), redirect_uri: z.string().max(500).optional(), code_verifier: z.string().max(128).optional() }),
  response: z.object({ access_token: z.string(), token_type: z.literal('Bearer'), expires_in: z.number().int(), scope: z.string(), id_token: z.string().optional() }),
})
const list = z.array(z.string())
export const providerDocument = describeRoute({
  audience: 'staff', access: 'everybody', tag: 'applications', id: 'getProviderDocument', method: 'GET', path: '/api/oauth/.well-known/openid-configuration', summary: '单点登录的发现文档',
  response: z.object({
    issuer: z.string(), authorization_endpoint: z.string(), token_endpoint: z.string(), userinfo_endpoint: z.string(), response_types_supported: list, grant_types_supported: list, subject_types_supported: list, id_token_signing_alg_values_supported: list, token_endpoint_auth_methods_supported: list,
    code_challenge_methods_supported: list, scopes_supported: list, backchannel_logout_supported: z.boolean(), backchannel_logout_session_supported: z.boolean(),
  }),
})
export const authorizeApplication = describeRoute({
  audience: 'staff', access: 'signedIn', tag: 'applications', id: 'authorizeApplication', method: 'POST', path: '/api/oauth/authorize', summary: '单点登录：给应用授权码', secret: true,
  body: z.strictObject({ clientId: z.string().max(60), redirectUri: z.string().max(500), responseType: z.literal('code'), state: z.string().max(500).optional(), nonce: z.string().max(200).optional(), codeChallenge: z.string().regex(/^[\w-]{43}$/, { error: '须带 S256 校验码' }), codeChallengeMethod: z.literal('S256') }), response: z.object({ url: z.string() }),
})
export const userInfo = describeRoute({
  audience: 'staff', access: 'everybody', tag: 'applications', id: 'getUserInfo', method: 'GET', path: '/api/oauth/userinfo', summary: '单点登录：令牌代表的人', limit: 120, response: z.object({ sub: z.string(), name: z.string(), staffNo: z.string(), unit: z.string().nullable() }),
})
const service = z.string().max(500)
/** Present at all means asked for, as CAS has it; `false` is what its clients send for no. */
const flag = z.string().max(10).optional().transform((said) => said !== undefined && said !== 'false')
/** CAS 3.0: clients take `/api/cas` as the prefix of the server. */
export const casLogin = describeRoute({ audience: 'staff', access: 'everybody', tag: 'applications', id: 'casLogin', method: 'GET', path: '/api/cas/login', summary: 'CAS 登录入口', raw: 'download', query: z.object({ service: service.default(''), gateway: flag, renew: flag, method: z.string().max(20).optional() }), response: z.unknown() })
export const grantCasTicket = describeRoute({ audience: 'staff', access: 'signedIn', tag: 'applications', id: 'grantCasTicket', method: 'POST', path: '/api/cas/tickets', summary: 'CAS：给应用票据', secret: true, body: z.strictObject({ service, renew: z.boolean().default(false) }), response: z.object({ url: z.string() }) })
const validate = { audience: 'staff', access: 'everybody', tag: 'applications', method: 'GET', summary: 'CAS 票据核验', raw: 'download', writes: true, limit: 120, query: z.object({ service: service.default(''), ticket: z.string().max(200).default(''), renew: flag, format: z.string().max(10).optional(), pgtUrl: z.string().max(500).optional() }), response: z.unknown() } as const
export const validateCasTicket = describeRoute({ ...validate, id: 'validateCasTicket', path: '/api/cas/serviceValidate' })
export const validateCasTicket3 = describeRoute({ ...validate, id: 'validateCasTicket3', path: '/api/cas/p3/serviceValidate' })
