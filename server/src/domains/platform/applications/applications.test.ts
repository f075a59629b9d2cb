// Registered applications, admission apart from roles, and third-party grants with short-lived tokens (PLA-10, PLA-11).
import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DAY } from '../../../kernel/time/index.ts'
import * as oidc from 'openid-client'
import { testApp, type Client, type TestApp } from '../../../kernel/testing/index.ts'
import { logoutJob } from './single-sign-on.ts'
import { httpDouble, type HttpDouble } from '../testing/http-double.ts'

let app: TestApp
let admin: Client
let system: Client
let ids: Record<string, string>
let made: { id: string; secret: string }
beforeAll(async () => {
  app = await testApp()
  ;[admin, system] = [await app.as('tenantAdmin'), await app.as('systemAdmin')]
  ids = Object.fromEntries(await Promise.all(['reviewer', 'agent', 'otherAdmin'].map(async (login) => [login, (await app.actor(login)).id])))
  const { status, body } = await system.post('/api/admin/applications', { code: 'permits', name: '行政许可系统', category: '业务系统', owner: '审批局', address: 'https://permits.example.gov.cn/sso', accountId: ids.reviewer, checklist: ['identity'] })
  expect(status).toBe(200)
  made = body
})
afterAll(() => app.stop())

const read = async () => (await system.get(`/api/admin/applications/${made.id}`)).body
const change = async (more: Record<string, unknown>) => system.patch(`/api/admin/applications/${made.id}`, { version: (await read()).version, ...more })
const token = (secret = made.secret) => app.nobody('staff').post('/api/oauth/token', { grant_type: 'client_credentials', client_id: 'permits@test', client_secret: secret })
const call = (bearer: string, path: string) => app.nobody('staff').get(path, { authorization: `Bearer ${bearer}` })

test('接入检查没做完不能启用；编码重复、别的租户的账户被拒', async () => {
  expect((await change({ state: 'running' })).body).toMatchObject({ code: 'platform.applicationChecklist' })
  expect((await system.post('/api/admin/applications', { code: 'permits', name: '另一个', category: 'x', owner: 'x', address: 'https://x.example/', accountId: ids.reviewer })).status).toBe(409)
  expect((await system.post('/api/admin/applications', { code: 'other', name: '另一个', category: 'x', owner: 'x', address: 'https://x.example/', accountId: ids.otherAdmin })).status).toBe(422)
  expect((await change({ state: 'running', checklist: ['identity', 'organisation', 'messages', 'audit'] })).status).toBe(200)
  expect((await (await app.as('agent')).get('/api/admin/applications')).status).toBe(403)
  expect((await (await app.as('otherAdmin')).get(`/api/admin/applications/${made.id}`)).status).toBe(404)
})

test('角色合适但没有准入的人进不去；准入后带签名票据进入；应用停用立即被拒', async () => {
  const agent = await app.as('agent')
  expect((await agent.post(`/api/applications/${made.id}/enter`, {})).status).toBe(403)
  await system.put(`/api/admin/applications/${made.id}/admissions`, { userIds: [ids.agent] })
  expect((await agent.get('/api/applications')).body.items).toMatchObject([{ name: '行政许可系统' }])
  const { body } = await agent.post(`/api/applications/${made.id}/enter`, {})
  const ticket = new URL(body.url).searchParams.get('ticket') ?? ''
  const [head, payload, signature] = ticket.split('.')
  expect(signature).toBe(createHmac('sha256', made.secret).update(`${head}.${payload}`).digest('base64url'))
  const said = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString()) as { sub: string; aud: string; exp: number; iat: number }
  expect([said.sub, said.aud, said.exp - said.iat]).toEqual(['agent', 'permits', 60])
  expect((await read()).visits).toBe(1)
  await change({ state: 'stopped' })
  expect((await agent.post(`/api/applications/${made.id}/enter`, {})).status).toBe(409)
  expect((await agent.get('/api/applications')).body.items).toEqual([])
  await change({ state: 'running' })
})

test('开放授权由他人审批；未开放的范围 403，收回、到期、停用后 401；不能代办本人事项', async () => {
  expect((await token()).status).toBe(401)
  const day = (await system.get('/api/session')).body.serverTime.slice(0, 10)
  expect((await system.post(`/api/admin/applications/${made.id}/grants`, { purpose: '管账户', scopes: ['platform.manageUsers'], validTo: day })).status).toBe(422)
  const asked = await admin.post(`/api/admin/applications/${made.id}/grants`, { purpose: '读取许可类工单', scopes: ['orders.read', 'orders.export'], validTo: day })
  const decide = (who: Client, body: Record<string, unknown>) => who.post(`/api/admin/application-grants/${asked.body.id}/decide`, body)
  expect((await decide(admin, { outcome: 'approve' })).body).toMatchObject({ code: 'platform.applicationOwnGrant' })
  expect((await decide(system, { outcome: 'approve' })).status).toBe(403)
  await app.command(async (ctx) => { await sql`update platform_application_grant set requested_by = null`.execute(ctx.acrossTenants('fixture')) })
  expect((await decide(admin, { outcome: 'approve', scopes: ['orders.read'] })).body).toEqual({ state: 'approved' })
  expect((await token('wrong')).status).toBe(401)
  const { body } = await token()
  expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 900, scope: 'orders.read' })
  expect((await call(body.access_token, '/api/orders')).status).toBe(200)
  expect((await call(body.access_token, '/api/units/tree')).status).not.toBe(401)
  expect((await call(body.access_token, '/api/admin/users')).status).toBe(403)
  expect((await call(body.access_token, '/api/applications')).status).toBe(403)
  await change({ state: 'stopped' })
  expect((await call(body.access_token, '/api/orders')).status).toBe(401)
  await change({ state: 'running' })
  expect((await call(body.access_token, '/api/orders')).status).toBe(200)
  expect((await decide(admin, { outcome: 'withdraw', reason: '不再需要' })).body).toEqual({ state: 'withdrawn' })
  expect((await call(body.access_token, '/api/orders')).status).toBe(401)
  expect((await read()).grantItems).toMatchObject([{ state: 'withdrawn', tokens: 1, scopes: ['orders.read'] }])
  await app.command(async (ctx) => { await sql`update platform_application_grant set state = 'approved'`.execute(ctx.acrossTenants('fixture')) })
  const again = (await token()).body.access_token
  app.clock.advance(2 * DAY)
  expect([(await call(again, '/api/orders')).status, (await token()).status]).toEqual([401, 401])
})

describe('单点登录的提供方', () => {
  let double: HttpDouble
  let client: oidc.Configuration
  // The client library of other products, over this application.
  const inject: oidc.CustomFetch = async (url, init) => {
    const { pathname, search } = new URL(url)
    const answer = await app.app.staff.inject({ method: init.method === 'POST' ? 'POST' : 'GET', url: `${pathname}${search}`, headers: { ...init.headers, host: 'minsheng.test' }, ...(init.body ? { payload: String(init.body) } : {}) })
    return new Response(answer.body, { status: answer.statusCode, headers: { 'content-type': 'application/json' } })
  }
  beforeAll(async () => {
    double = await httpDouble()
    await change({ logoutAddress: `${double.url}/logout`, state: 'running' })
    client = await oidc.discovery(new URL('http://minsheng.test/api/oauth'), 'permits@test', { client_secret: made.secret, id_token_signed_response_alg: 'HS256', [oidc.clockSkew]: Math.round((app.clock.now() - performance.timeOrigin - performance.now()) / 1000) }, oidc.ClientSecretPost(made.secret), { execute: [oidc.allowInsecureRequests], [oidc.customFetch]: inject })
  })
  afterAll(() => double.stop())
  const begin = async (who: Client, change: Record<string, unknown> = {}) => {
    const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()]
    const url = oidc.buildAuthorizationUrl(client, { redirect_uri: 'https://permits.example.gov.cn/sso', scope: 'openid profile', state, nonce, code_challenge: await oidc.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' })
    expect(url.pathname).toBe('/oauth/authorize')
    const q = Object.fromEntries(url.searchParams)
    const answer = await who.post('/api/oauth/authorize', { clientId: q.client_id, redirectUri: q.redirect_uri, responseType: q.response_type, state: q.state, nonce: q.nonce, codeChallenge: q.code_challenge, codeChallengeMethod: q.code_challenge_method, ...change })
    return { answer, state, nonce, verifier }
  }
  const finish = (walk: Awaited<ReturnType<typeof begin>>, verifier = walk.verifier) => oidc.authorizationCodeGrant(client, new URL(walk.answer.body.url), { expectedState: walk.state, expectedNonce: walk.nonce, pkceCodeVerifier: verifier, idTokenExpected: true })

  test('已在本平台登录的人不再登录第二次即进入；退出本平台，应用收到签名的退出通知', async () => {
    const agent = await app.as('agent')
    const walk = await begin(agent)
    expect(walk.answer.status).toBe(200)
    const tokens = await finish(walk)
    const claims = tokens.claims()
    expect(await oidc.fetchUserInfo(client, tokens.access_token, 'agent')).toMatchObject({ sub: 'agent', name: '测试agent' })
    const forged = `${tokens.access_token.slice(0, -2)}AA`
    expect([(await call(forged, '/api/oauth/userinfo')).status, (await call(tokens.id_token ?? '', '/api/oauth/userinfo')).status, (await call('x', '/api/oauth/userinfo')).status, (await call(tokens.access_token, '/api/orders')).status]).toEqual([401, 401, 401, 401])
    expect(claims).toMatchObject({ sub: 'agent', aud: 'permits@test', name: '测试agent', iss: 'http://minsheng.test/api/oauth' })
    await expect(finish(walk)).rejects.toThrow()
    const queued = async (): Promise<{ tenantId: string; entryId: string }[]> => (await app.app.database.owner.query<{ payload: { tenantId: string; entryId: string } }>(`select j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'platform.applicationLogout' order by j.id`)).rows.map((row) => row.payload)
    await app.runTimers()
    const before = (await queued()).length
    expect((await agent.post('/api/sign-out')).status).toBe(200)
    await app.runTimers()
    const notices = (await queued()).slice(before)
    expect(notices).toMatchObject([{ entryId: claims?.sid }])
    expect((await call(tokens.access_token, '/api/oauth/userinfo')).status).toBe(401)
    for (const notice of notices) await logoutJob.run((fn) => app.command(fn), notice, { attempt: 1, maxAttempts: 6 })
    const [head = '', payload = '', signature] = (new URLSearchParams(double.calls[0]?.body.toString()).get('logout_token') ?? '').split('.')
    expect(signature).toBe(createHmac('sha256', made.secret).update(`${head}.${payload}`).digest('base64url'))
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({ sub: 'agent', sid: claims?.sid, aud: 'permits@test', events: { 'http://schemas.openid.net/event/backchannel-logout': {} } })
    await app.runTimers()
    expect(await queued()).toHaveLength(before + 1)
  })

  test('没有准入、地址不是登记的、别的租户、没有校验码、校验码不符、过了一分钟、密钥不对、应用停用，都拿不到身份', async () => {
    const agent = await app.as('agent')
    expect((await begin(await app.as('reviewer'))).answer.status).toBe(403)
    expect((await begin(agent, { redirectUri: 'https://evil.example/sso' })).answer.status).toBe(404)
    expect((await begin(await app.as('otherAdmin'))).answer.status).toBe(404)
    expect((await begin(agent, { codeChallenge: '' })).answer.status).toBe(422)
    await expect(finish(await begin(agent), oidc.randomPKCECodeVerifier())).rejects.toThrow()
    const late = await begin(agent)
    app.clock.advance(61_000)
    await expect(finish(late)).rejects.toThrow()
    const walk = await begin(agent)
    const send = (more: Record<string, string>) => app.nobody('staff').post('/api/oauth/token', { grant_type: 'authorization_code', client_id: 'permits@test', client_secret: made.secret, code: new URL(walk.answer.body.url).searchParams.get('code') ?? '', redirect_uri: 'https://permits.example.gov.cn/sso', code_verifier: walk.verifier, ...more })
    expect([(await send({ client_secret: 'wrong' })).status, (await send({ client_id: 'other@test' })).status, (await send({ code: '' })).status]).toEqual([401, 401, 401])
    await change({ state: 'stopped' })
    expect([(await send({})).status, (await begin(agent)).answer.status]).toEqual([401, 409])
    await change({ state: 'running' })
    expect((await send({})).status).toBe(200)
    expect((await app.app.staff.inject({ method: 'POST', url: '/api/sign-in', headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: 'login=agent' })).statusCode).toBe(415)
  })

  test('CAS：票据只给登记的地址、一分钟内、核验一次；退出时按 CAS 通知应用，票据编号一致', async () => {
    const agent = await app.as('agent')
    const service = 'https://permits.example.gov.cn/sso'
    const validate = async (ticket: string, of = service, path = 'p3/serviceValidate') => String((await app.nobody('staff').get(`/api/cas/${path}?service=${encodeURIComponent(of)}&ticket=${ticket}`)).body)
    const ask = (who: Client, of = service) => who.post('/api/cas/tickets', { service: of })
    expect([(await ask(agent, 'https://evil.example/')).status, (await ask(await app.as('reviewer'))).status, (await ask(await app.as('otherAdmin'))).status, (await app.nobody('staff').post('/api/cas/tickets', { service })).status]).toEqual([404, 403, 404, 401])
    const ticket = new URL((await ask(agent)).body.url).searchParams.get('ticket') ?? ''
    expect(await validate(ticket, 'https://evil.example/')).toContain('INVALID_TICKET')
    expect((await app.nobody('staff').post('/api/oauth/token', { grant_type: 'authorization_code', client_id: 'permits@test', client_secret: made.secret, code: ticket, redirect_uri: service, code_verifier: 'x'.repeat(43) })).status).toBe(401)
    expect(await validate(ticket)).toContain('<cas:user>agent</cas:user><cas:attributes><cas:name>测试agent</cas:name>')
    expect([await validate(ticket), await validate(''), await validate('ST-1')].every((answer) => answer.includes('INVALID_TICKET'))).toBe(true)
    const late = new URL((await ask(agent)).body.url).searchParams.get('ticket') ?? ''
    app.clock.advance(61_000)
    expect(await validate(late, service, 'serviceValidate')).toContain('INVALID_TICKET')
    const entry = (await app.app.database.owner.query<{ tenant_id: string; id: string }>(`select tenant_id, id from platform_application_entry where id::text = $1`, [ticket.slice(3, 39)])).rows[0]
    const before = double.calls.length
    await logoutJob.run((fn) => app.command(fn), { tenantId: entry?.tenant_id ?? '', entryId: entry?.id ?? '' }, { attempt: 1, maxAttempts: 6 })
    expect(new URLSearchParams(double.calls[before]?.body.toString()).get('logoutRequest')).toContain(`<samlp:SessionIndex>${ticket}</samlp:SessionIndex>`)
    // gateway: back without a ticket, to a registered address only; renew: a session of this morning is not enough, nor at validation.
    const at = async (query: string) => (await app.app.staff.inject({ method: 'GET', url: `/api/cas/login?${query}` })).headers.location
    expect([await at(`service=${encodeURIComponent(service)}&gateway=true`), await at('service=https%3A%2F%2Fevil.example%2F&gateway=true'), await at(`service=${encodeURIComponent(service)}&gateway=true&renew=true`)]).toEqual([service, '/cas/login?service=https%3A%2F%2Fevil.example%2F', `/cas/login?service=${encodeURIComponent(service)}&renew=true`])
    app.clock.advance(180_000)
    const renewed = (who: Client) => who.post('/api/cas/tickets', { service, renew: true })
    expect(await renewed(agent)).toMatchObject({ status: 409, body: { code: 'platform.applicationSignInAgain' } })
    const plain = new URL((await ask(agent)).body.url).searchParams.get('ticket') ?? ''
    expect(await validate(`${plain}&renew=true`)).toContain('INVALID_TICKET')
    const anew = new URL((await renewed(await app.as('agent'))).body.url).searchParams.get('ticket') ?? ''
    expect(await validate(`${anew}&renew=true&format=XML`)).toContain('<cas:user>agent</cas:user>')
    const sent = await app.app.staff.inject({ method: 'GET', url: `/api/cas/login?service=${encodeURIComponent(service)}` })
    expect([sent.statusCode, sent.headers.location]).toEqual([302, `/cas/login?service=${encodeURIComponent(service)}`])
  })
})
