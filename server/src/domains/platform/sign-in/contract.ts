// Sign-in, the own session, the own account.
import { z } from 'zod'
import { instant, id } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const lastSignIn = z.object({ at: instant, ip: z.string().nullable(), terminal: z.string().nullable() })

const sessionUser = z.object({
  id,
  name: z.string(),
  staffNo: z.string(),
  tenantId: id,
  tenantName: z.string(),
  tenantLevel: z.enum(['region', 'city', 'county', 'street', 'community']),
  unitId: z.string(),
  unitName: z.string(),
  roles: z.array(z.object({ code: z.string(), name: z.string() })),
  startPage: z.string(),
  mustChangePassword: z.boolean(),
  permissions: z.array(z.string()),
  /** Widest scope per permission, for texts such as 本单位 and 全部. */
  scopes: z.record(z.string(), z.string()),
  lastSignIn: lastSignIn.nullable(),
  passwordDaysLeft: z.int().nullable(),
  secondFactorDue: z.boolean(),
})

export const getSession = describeRoute({
  id: 'getSession', method: 'GET', path: '/api/session', summary: '当前会话', audience: 'staff', access: 'signedIn', beforeOpen: true,
  response: z.object({ user: sessionUser, csrf: z.string(), demo: z.boolean(), serverTime: instant, features: z.record(z.string(), z.unknown()), draftKey: z.string() }),
})

/** `enrol`: the role asks for a time code and none is set up yet; startTotp and confirmTotp come next. */
const step = z.object({ next: z.enum(['done', 'totp', 'changePassword']), enrol: z.boolean().optional() })
// A whole office signs in from one address at the start of a shift; guessing is held off by the lock of the login, not by this.
const credential = { method: 'POST', audience: 'staff', response: step, secret: true, limit: 120, audit: false } as const

export const signIn = describeRoute({
  ...credential, id: 'signIn', path: '/api/sign-in', summary: '账号密码登录', access: 'everybody',
  body: z.strictObject({ login: z.string().trim().min(1).max(60), password: z.string().min(1).max(200) }),
})

export const sendSignInCode = describeRoute({
  ...credential, id: 'sendSignInCode', path: '/api/sign-in/sms-code', summary: '发送登录短信验证码', access: 'everybody', limit: 30,
  body: z.strictObject({ mobile: z.string().trim().min(5).max(30) }),
  response: z.object({ validMinutes: z.int() }),
})

export const signInBySms = describeRoute({
  ...credential, id: 'signInBySms', path: '/api/sign-in/sms', summary: '短信验证码登录', access: 'everybody',
  body: z.strictObject({ mobile: z.string().trim().min(5).max(30), code: z.string().trim().min(4).max(10) }),
})

export const signInTotp = describeRoute({
  ...credential, id: 'signInTotp', path: '/api/sign-in/totp', summary: '动态口令', access: 'signedIn', beforeOpen: true,
  body: z.strictObject({ code: z.string().trim().min(6).max(10) }),
})

export const changePassword = describeRoute({
  ...credential, id: 'changePassword', path: '/api/session/password', summary: '修改密码', access: 'signedIn', beforeOpen: true,
  body: z.strictObject({ current: z.string().min(1).max(200), next: z.string().min(1).max(200) }),
})

export const getPasswordRules = describeRoute({
  id: 'getPasswordRules', method: 'GET', path: '/api/session/password-rules', summary: '密码规则', audience: 'staff', access: 'signedIn', beforeOpen: true,
  response: z.object({ rules: z.array(z.string()) }),
})

export const signOut = describeRoute({
  id: 'signOut', method: 'POST', path: '/api/sign-out', summary: '退出登录', audience: 'staff', access: 'everybody', beforeOpen: true, audit: false, response: z.object({}),
})

export const listMySessions = describeRoute({
  id: 'listMySessions', method: 'GET', path: '/api/me/sessions', summary: '我的登录', audience: 'staff', access: 'signedIn',
  response: z.object({ items: z.array(z.object({ id: z.string(), current: z.boolean(), startedAt: instant, seenAt: instant, ip: z.string().nullable(), terminal: z.string().nullable(), method: z.string() })) }),
})

export const endMySession = describeRoute({
  id: 'endMySession', method: 'DELETE', path: '/api/me/sessions/:sessionId', summary: '结束一次登录', audience: 'staff', access: 'signedIn',
  params: z.object({ sessionId: z.string().regex(/^[0-9a-f]{16}$/) }), response: z.object({}),
})

export const endOtherSessions = describeRoute({
  id: 'endOtherSessions', method: 'POST', path: '/api/me/sessions/end-others', summary: '退出其他登录', audience: 'staff', access: 'signedIn', response: z.object({}),
})

export const startTotp = describeRoute({
  id: 'startTotp', method: 'POST', path: '/api/me/totp', summary: '设置动态口令', audience: 'staff', access: 'signedIn', beforeOpen: true, secret: true, limit: 10,
  response: z.object({ secret: z.string(), uri: z.string() }),
})

export const confirmTotp = describeRoute({
  ...credential, id: 'confirmTotp', path: '/api/me/totp/confirm', summary: '启用动态口令', access: 'signedIn', beforeOpen: true,
  body: z.strictObject({ code: z.string().trim().min(6).max(10) }),
})

export const removeTotp = describeRoute({
  id: 'removeTotp', method: 'POST', path: '/api/me/totp/remove', summary: '停用动态口令', audience: 'staff', access: 'signedIn', secret: true, limit: 10,
  body: z.strictObject({ password: z.string().min(1).max(200) }), response: z.object({}),
})

const session = z.object({
  id: z.string(), userId: id, userName: z.string(), login: z.string(), unitName: z.string().nullable(), state: z.enum(['open', 'totp', 'changePassword']), method: z.string(), ip: z.string().nullable(), terminal: z.string().nullable(), startedAt: instant, seenAt: instant, expiresAt: instant, current: z.boolean(),
})
export const listSessions = describeRoute({
  id: 'listSessions', method: 'GET', path: '/api/admin/sessions', summary: '登录会话', audience: 'staff', access: { permission: 'platform.readUsers' }, query: z.object({ query: z.string().trim().max(40).optional() }), response: z.object({ items: z.array(session), more: z.boolean() }),
})
export const endSession = describeRoute({
  id: 'endSession', method: 'POST', path: '/api/admin/sessions/:sessionId/end', summary: '结束登录会话', audience: 'staff', access: { permission: 'platform.manageUsers' }, params: z.object({ sessionId: z.string().regex(/^[0-9a-f]{16}$/) }), body: z.strictObject({ userId: id }), response: z.object({}),
})
export const listLocks = describeRoute({
  id: 'listLocks', method: 'GET', path: '/api/admin/locks', summary: '登录锁定', audience: 'staff', access: { permission: 'platform.readUsers' },
  response: z.object({ items: z.array(z.object({ userId: id, userName: z.string(), login: z.string(), unitName: z.string().nullable(), what: z.string(), failures: z.int(), lastAt: instant, lockedUntil: instant.nullable() })) }),
})

export const getMyAccount = describeRoute({
  id: 'getMyAccount', method: 'GET', path: '/api/me', summary: '我的账户', audience: 'staff', access: 'signedIn',
  response: z.object({
    id, login: z.string(), staffNo: z.string(), name: z.string(), mobileMasked: z.string().nullable(), email: z.string().nullable(), hasPassword: z.boolean(), totp: z.boolean(),
    passwordChangedAt: instant.nullable(), version: z.int(),
    posts: z.array(z.object({ unitId: id, unitName: z.string(), main: z.boolean(), title: z.string().nullable() })),
  }),
})

export const changeMyAccount = describeRoute({
  id: 'changeMyAccount', method: 'PATCH', path: '/api/me', summary: '修改我的联系方式', audience: 'staff', access: 'signedIn',
  body: z.strictObject({ version: z.int(), mobile: z.string().trim().max(30).nullable().optional(), email: z.email('邮箱格式不正确').max(120).nullable().optional() }),
  response: z.object({ version: z.int() }),
})

const demoPerson = z.object({ id, name: z.string(), unitName: z.string(), role: z.string(), roleName: z.string(), tenantName: z.string() })
export const listDemoPeople = describeRoute({
  id: 'listDemoPeople', method: 'GET', path: '/api/demo/people', summary: '演示人员', audience: 'staff', access: 'everybody', response: z.object({ people: z.array(demoPerson) }),
})
export const demoSignIn = describeRoute({
  ...credential, id: 'demoSignIn', path: '/api/demo/sign-in', summary: '演示登录', access: 'everybody', body: z.strictObject({ userId: id }),
})
export const moveDemoClock = describeRoute({
  id: 'moveDemoClock', method: 'POST', path: '/api/demo/clock', summary: '拨快演示时钟', audience: 'staff', access: 'everybody', beforeOpen: true,
  body: z.strictObject({ advanceHours: z.number().min(0).max(24 * 400) }), response: z.object({ now: z.string() }),
})
