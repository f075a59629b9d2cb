// Citizens by the unified identity platform, against a small one: discovery, keys, authorization code with PKCE, a signed identity token.
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp, type Answer, type TestApp } from '../../../kernel/testing/index.ts'
import { httpDouble, type HttpDouble } from '../../platform/testing/http-double.ts'
import { browser, citizen, lastCode } from '../testing/citizens.ts'

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
let app: TestApp
let platform: HttpDouble
let asked = { nonce: '', challenge: '' }
let person: Record<string, unknown> = {}

const ok = async (answer: Promise<Answer>): Promise<any> => {
  const { status, body } = await answer
  expect({ status, body: status === 200 ? 'ok' : body }).toEqual({ status: 200, body: 'ok' })
  return body
}

beforeAll(async () => {
  app = await testApp()
  platform = await httpDouble((call) => {
    if (call.path.includes('openid-configuration')) return { body: { issuer: platform.url, authorization_endpoint: `${platform.url}/authorize`, token_endpoint: `${platform.url}/token`, jwks_uri: `${platform.url}/jwks`, response_types_supported: ['code'], subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['RS256'], code_challenge_methods_supported: ['S256'] } }
    if (call.path === '/jwks') return { body: { keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig', alg: 'RS256' }] } }
    const form = new URLSearchParams(call.body.toString())
    if (createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url') !== asked.challenge || form.get('code') !== 'good') return { status: 400, body: { error: 'invalid_grant' } }
    const now = Math.floor((performance.timeOrigin + performance.now()) / 1000)
    const body = `${base64({ alg: 'RS256', kid: 'k1' })}.${base64({ iss: platform.url, aud: 'portal', iat: now, exp: now + 300, nonce: asked.nonce, ...person })}`
    return { body: { access_token: 'a', token_type: 'Bearer', id_token: `${body}.${sign('sha256', Buffer.from(body), keys.privateKey).toString('base64url')}` } }
  })
})
afterAll(async () => {
  await app.stop()
  await platform.stop()
})

const provider = (more: object = {}) => ({ name: '政务统一认证', issuer: platform.url, clientId: 'portal', secret: 'client-secret-1', enabled: true, version: 0, ...more })
async function walk(one: ReturnType<typeof browser>, change: { code?: string; state?: string } = {}): Promise<Answer> {
  const url = new URL((await ok(one.post('/api/public/unified/start', { to: '/orders' }))).url)
  asked = { nonce: url.searchParams.get('nonce') ?? '', challenge: url.searchParams.get('code_challenge') ?? '' }
  return one.post('/api/public/unified/finish', { code: change.code ?? 'good', state: change.state ?? url.searchParams.get('state') ?? '' })
}

test('没有配置时不提供；配置须有权限、用 https，密钥不返回', async () => {
  expect((await ok(browser(app).get('/api/public/settings'))).unified).toBeNull()
  expect((await browser(app).post('/api/public/unified/start', {})).status).toBe(409)
  expect((await (await app.as('agent')).put('/api/public-identity-provider', provider())).status).toBe(403)
  const admin = await app.as('tenantAdmin')
  expect((await admin.put('/api/public-identity-provider', provider({ issuer: 'http://id.example.org' }))).status).toBe(422)
  expect(JSON.stringify(await ok(admin.put('/api/public-identity-provider', provider())))).not.toContain('client-secret-1')
  expect((await admin.put('/api/public-identity-provider', provider())).status).toBe(409)
  expect((await ok(browser(app).get('/api/public/settings'))).unified).toBe('政务统一认证')
})

test('平台确认过手机号的直接登录到该手机号的账号，看到同样的诉求；下次凭身份登录', async () => {
  const mine = await citizen(app, '13700000601')
  const sent = await ok(mine.post('/api/public/submissions', { clientKey: 'unified-key-00000001', content: '路口红绿灯不亮了', appealType: 'help', areaCode: '990101001001' }))
  person = { sub: 's-1', phone_number: '+86 13700000601', name: '周晓' }
  const one = browser(app)
  expect((await walk(one)).body).toMatchObject({ outcome: 'signedIn', to: '/orders' })
  expect((await ok(one.get('/api/public/orders'))).items.map((o: { number: string }) => o.number)).toEqual([sent.number])
  person = { sub: 's-1' }
  expect((await walk(browser(app))).body.outcome).toBe('signedIn')
})

test('平台没有手机号、或手机号未确认的，先用验证码绑定；已绑别人账号的身份不能再绑', async () => {
  for (const [who, more] of [['s-2', {}], ['s-3', { phone_number: '13700000601', phone_number_verified: false }]] as const) {
    person = { sub: who, ...more }
    expect((await walk(browser(app))).body).toEqual({ outcome: 'bind', to: '/orders' })
  }
  person = { sub: 's-2' }
  const one = browser(app)
  await walk(one)
  await one.post('/api/public/sign-in/code', { phone: '13700000602' })
  await ok(one.post('/api/public/sign-in', { phone: '13700000602', code: await lastCode(app) }))
  expect((await ok(one.post('/api/public/wechat/bind'))).items).toMatchObject([{ provider: 'unified', name: '统一身份认证' }])
  expect((await walk(browser(app))).body.outcome).toBe('signedIn')
})

test.each([['状态被换', { state: 'forged' }], ['授权码不对', { code: 'bad' }]])('%s：不登录', async (_name, change) => {
  person = { sub: 's-1' }
  const one = browser(app)
  expect((await walk(one, change)).body.code).toBe('intake.unifiedRefused')
  expect((await ok(one.get('/api/public/session'))).citizen).toBeNull()
})
