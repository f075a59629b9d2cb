// Against a small identity platform: discovery, keys, authorization code with PKCE, a signed identity token.
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { testApp, type Client, type TestApp } from '../../../kernel/testing/index.ts'
import { httpDouble, type HttpDouble } from '../testing/http-double.ts'

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

let app: TestApp
let admin: Client
let platform: HttpDouble
/** What the person did at the identity platform, and how it answers. */
let person: Record<string, unknown>
let asked: { nonce: string; challenge: string }
let wrongNonce = false

function token(): string {
  const now = Math.floor(performance.timeOrigin / 1000 + performance.now() / 1000)
  const body = `${base64({ alg: 'RS256', kid: 'k1' })}.${base64({ iss: platform.url, aud: 'minsheng', sub: 's-1', iat: now, exp: now + 300, nonce: wrongNonce ? 'other' : asked.nonce, ...person })}`
  return `${body}.${sign('sha256', Buffer.from(body), keys.privateKey).toString('base64url')}`
}

beforeAll(async () => {
  app = await testApp()
  admin = await app.as('systemAdmin')
  platform = await httpDouble((call) => {
    if (call.path.includes('openid-configuration')) return { body: { issuer: platform.url, authorization_endpoint: `${platform.url}/authorize`, token_endpoint: `${platform.url}/token`, jwks_uri: `${platform.url}/jwks`, response_types_supported: ['code'], subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['RS256'], code_challenge_methods_supported: ['S256'] } }
    if (call.path === '/jwks') return { body: { keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig', alg: 'RS256' }] } }
    const form = new URLSearchParams(call.body.toString())
    const proven = createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url') === asked.challenge
    return proven && form.get('code') === 'good' ? { body: { access_token: 'a', token_type: 'Bearer', id_token: token() } } : { status: 400, body: { error: 'invalid_grant' } }
  })
})
afterAll(async () => {
  await app.stop()
  await platform.stop()
})
beforeEach(() => {
  person = { preferred_username: 'handler' }
  wrongNonce = false
})

const save = (more: object = {}) => admin.put('/api/admin/identity-provider', { name: '政务统一认证', issuer: platform.url, clientId: 'minsheng', secret: 'client-secret-1', claim: 'preferred_username', matchedBy: 'login', enabled: true, version: 0, ...more })
const post = (url: string, body: object, cookie = '') => app.app.staff.inject({ method: 'POST', url, payload: body, headers: { host: 'minsheng.test', ...(cookie ? { cookie } : {}) } })
const cookieOf = (answer: Awaited<ReturnType<typeof post>>, name: string): string | null => answer.cookies.find((one) => one.name === name && one.value !== '')?.value ?? null

/** To the platform and back, as a browser would go. */
async function walk(change: { code?: string; state?: string; cookie?: string } = {}) {
  const start = await post('/api/sign-in/oidc/start', {})
  const url = new URL(String(start.json().url))
  asked = { nonce: url.searchParams.get('nonce') ?? '', challenge: url.searchParams.get('code_challenge') ?? '' }
  return { url, answer: await post('/api/sign-in/oidc/finish', { code: change.code ?? 'good', state: change.state ?? url.searchParams.get('state') ?? '' }, `ms_oidc=${change.cookie ?? cookieOf(start, 'ms_oidc') ?? ''}`) }
}
const refusal = async (change = {}) => (await walk(change)).answer.json().code

test('未配置时不提供，人脸识别说明未配置；只有最上级租户能配置，密钥不返回', async () => {
  const nobody = app.nobody()
  expect((await nobody.get('/api/sign-in/options')).body).toEqual({ methods: ['password', 'sms'], oidc: null, face: { available: false, text: '未配置人脸识别，请使用其他方式登录' } })
  expect((await nobody.post('/api/sign-in/oidc/start')).body.code).toBe('platform.oidcOff')
  expect((await (await app.as('countyAdmin')).get('/api/admin/identity-provider')).body.code).toBe('platform.oidcRoot')
  expect((await (await app.as('agent')).get('/api/admin/identity-provider')).status).toBe(403)
  expect((await save({ issuer: 'http://id.example.org' })).body.code).toBe('platform.oidcInsecure')
  expect((await save()).status).toBe(200)
  expect(JSON.stringify((await admin.get('/api/admin/identity-provider')).body)).not.toContain('client-secret-1')
  expect((await nobody.get('/api/sign-in/options')).body.oidc).toEqual({ name: '政务统一认证' })
  expect((await save()).status).toBe(409)
})

test('授权码加 PKCE 登录：带回自己的会话，按声明找到账号', async () => {
  const { url, answer } = await walk()
  expect(Object.fromEntries(url.searchParams)).toMatchObject({ client_id: 'minsheng', response_type: 'code', code_challenge_method: 'S256', redirect_uri: 'http://minsheng.test/sign-in/callback', scope: 'openid profile' })
  expect([answer.statusCode, answer.json()]).toEqual([200, { next: 'done' }])
  const session = await app.app.staff.inject({ method: 'GET', url: '/api/session', headers: { cookie: `ms_staff=${cookieOf(answer, 'ms_staff') ?? ''}` } })
  expect(session.json().user).toMatchObject({ name: '测试handler' })
})

test.each([
  ['状态参数被换', { state: 'forged' }],
  ['授权码不对', { code: 'bad' }],
  ['没有本次登录的凭据', { cookie: 'none' }],
])('%s：拒绝，不给会话', async (_name, change) => {
  const { answer } = await walk(change)
  expect(answer.json().code).toBe('platform.oidcRefused')
  expect(cookieOf(answer, 'ms_staff')).toBeNull()
})

test('令牌被重放（随机数不符）、没有对应账号、账号已停用都不能登录', async () => {
  wrongNonce = true
  expect(await refusal()).toBe('platform.oidcRefused')
  wrongNonce = false
  person = { preferred_username: 'stranger' }
  expect(await refusal()).toBe('platform.oidcUnknown')
  person = {}
  expect(await refusal()).toBe('platform.oidcRefused')
  const handler = (await app.actor('agent2')).id
  await (await app.as('tenantAdmin')).post(`/api/admin/users/${handler}/disable`, { reason: '离岗' })
  person = { preferred_username: 'agent2' }
  expect(await refusal()).toBe('platform.accountClosed')
})
