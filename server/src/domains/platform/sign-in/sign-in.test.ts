import { TOTP, Secret } from 'otpauth'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hashPassword } from '../../../kernel/crypto/index.ts'
import { HOUR, MINUTE, toIso } from '../../../kernel/time/index.ts'
import { testApp, type Answer, type TestApp } from '../../../kernel/testing/index.ts'
import { demo } from '../demo-mode.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.stop())

const STRONG = 'Vw8-kestrel-Qz'

const idOf = async (login: string): Promise<string> => {
  const { rows } = await sql<{ id: string }>`select id from platform_user where login = ${login.toLowerCase()}`.execute(app.app.runtime.db.withoutPlugins())
  return rows[0]?.id ?? ''
}
const send = async (method: 'GET' | 'POST', url: string, payload?: Record<string, unknown>, headers: Record<string, string> = {}): Promise<Answer & { cookie: string }> => {
  const answer = await app.app.staff.inject({ method, url, headers: { host: 'localhost', ...headers }, ...(payload ? { payload } : {}) })
  return { status: answer.statusCode, body: answer.json(), headers: answer.headers, cookie: String(answer.headers['set-cookie'] ?? '') }
}
const signIn = (login: string, password: string, headers?: Record<string, string>) => send('POST', '/api/sign-in', { login, password }, headers)
const cookieOf = (answer: { cookie: string }): string => answer.cookie.split(';')[0] ?? ''
const csrfOf = async (cookie: string): Promise<string> => (await send('GET', '/api/session', undefined, { cookie })).body.csrf

let hash: Promise<string> | undefined

/** Gives the person a password and signs him in. */
async function withPassword(login: string): Promise<{ cookie: string }> {
  hash ??= hashPassword(STRONG)
  await sql`update platform_user set password_hash = ${await hash}, password_at = ${toIso(app.clock.now())}, must_change = false where login = ${login.toLowerCase()}`.execute(app.app.runtime.db.withoutPlugins())
  return { cookie: cookieOf(await signIn(login, STRONG)) }
}

test('会话说明谁在用、属于哪里、有哪些权限', async () => {
  const answer = await (await app.as('reviewer')).get('/api/session')
  expect(answer).toMatchObject({ status: 200, body: { user: { unitName: '测试市热线中心', tenantName: '测试市', tenantLevel: 'city', startPage: '/review/pending', roles: [{ code: 'reviewer' }] }, demo: false } })
  expect((await app.nobody().get('/api/session')).status).toBe(401)
})

test('重置的密码只用一次：首次登录必须修改，改后才能工作', async () => {
  const admin = await app.as('tenantAdmin')
  const reset = await admin.post(`/api/admin/users/${await idOf('agent')}/reset-password`)
  const first = await signIn('agent', reset.body.oneTimePassword)
  expect(first).toMatchObject({ status: 200, body: { next: 'changePassword' } })
  const cookie = cookieOf(first)
  expect((await send('GET', '/api/session', undefined, { cookie })).body.user.mustChangePassword).toBe(true)
  expect((await send('GET', '/api/units', undefined, { cookie })).status).toBe(401)
  const weak = await send('POST', '/api/session/password', { current: reset.body.oneTimePassword, next: 'agent12345' }, { cookie })
  expect(weak).toMatchObject({ status: 422, body: { code: 'platform.weakPassword' } })
  const changed = await send('POST', '/api/session/password', { current: reset.body.oneTimePassword, next: STRONG }, { cookie })
  expect(changed).toMatchObject({ status: 200, body: { next: 'done' } })
  expect(cookieOf(changed)).not.toBe(cookie)
  expect((await send('GET', '/api/units', undefined, { cookie })).status).toBe(401)
  expect((await send('GET', '/api/units', undefined, { cookie: cookieOf(changed) })).status).toBe(200)
  expect((await signIn('agent', reset.body.oneTimePassword)).status).toBe(401)
  const again = await send('POST', '/api/session/password', { current: STRONG, next: STRONG }, { cookie: cookieOf(changed), 'x-csrf-token': await csrfOf(cookieOf(changed)) })
  expect(again.body.fields[0].message).toContain('用过的密码')
})

test('一次性密码不以明文留在库中', async () => {
  const admin = await app.as('tenantAdmin')
  const answer = await admin.post(`/api/admin/users/${await idOf('leader')}/reset-password`, {}, { 'idempotency-key': 'k-secret' })
  const { rows } = await sql<{ n: number }>`select (select count(*) from kernel_idempotency where response::text like ${`%${answer.body.oneTimePassword}%`}) +
    (select count(*) from kernel_audit where changes::text like ${`%${answer.body.oneTimePassword}%`}) + (select count(*) from kernel_idempotency where key = 'k-secret') as n`.execute(app.app.runtime.db.withoutPlugins())
  expect(rows[0]?.n).toBe(0)
})

test('连续输错五次锁定一小时，第六次对的也不行，账号不存在时回答完全相同', async () => {
  await withPassword('reviewer')
  const outcomes: Record<string, string[]> = {}
  for (const login of ['reviewer', 'nobody-here']) {
    const answers: Answer[] = []
    for (let i = 0; i < 5; i++) answers.push(await signIn(login, `wrong-${i}-Password`))
    answers.push(await signIn(login, STRONG))
    outcomes[login] = answers.map((a) => `${a.status} ${a.body.code} ${a.body.title} ${a.body.until ?? ''}`)
  }
  expect(outcomes['nobody-here']).toEqual(outcomes['reviewer'])
  expect(outcomes['reviewer']?.map((text) => text.slice(0, 3))).toEqual(['401', '401', '401', '401', '423', '423'])
  app.clock.advance(HOUR + MINUTE)
  expect((await signIn('reviewer', STRONG)).status).toBe(200)
})

test('管理员可以提前解锁', async () => {
  await withPassword('callbackAgent')
  for (let i = 0; i < 5; i++) await signIn('callbackAgent', 'wrong-Password-1')
  expect((await signIn('callbackAgent', STRONG)).status).toBe(423)
  const admin = await app.as('systemAdmin')
  expect((await admin.get(`/api/admin/users/${await idOf('callbackAgent')}`)).body.lockedUntil).not.toBeNull()
  expect((await admin.post(`/api/admin/users/${await idOf('callbackAgent')}/unlock`)).status).toBe(200)
  expect((await signIn('callbackAgent', STRONG)).status).toBe(200)
})

test('同时提交的猜测也逐次计数', async () => {
  await Promise.all(Array.from({ length: 12 }, (_, i) => signIn('someone-else', `guess-${i}-Xx`)))
  expect((await signIn('someone-else', 'guess-Xx')).status).toBe(423)
})

test('登录前的会话标识在登录后无效，同类终端后一次登录结束前一次', async () => {
  const { cookie } = await withPassword('inspector')
  const second = await signIn('inspector', STRONG)
  expect((await send('GET', '/api/session', undefined, { cookie })).status).toBe(401)
  const planted = `ms_staff=${'x'.repeat(43)}`
  const third = await signIn('inspector', STRONG, { cookie: planted })
  expect(cookieOf(third)).not.toBe(planted)
  expect(third.cookie).toMatch(/HttpOnly/)
  expect(third.cookie).toMatch(/SameSite=Lax/)
  expect((await send('GET', '/api/session', undefined, { cookie: planted })).status).toBe(401)
  expect((await send('GET', '/api/session', undefined, { cookie: cookieOf(second) })).status).toBe(401)
  expect((await send('GET', '/api/session', undefined, { cookie: cookieOf(third) })).body.user.lastSignIn.at).toBeTruthy()
})

test('三十分钟不操作，或满十二小时，会话都被接口拒绝', async () => {
  const { cookie } = await withPassword('shiftLeader')
  app.clock.advance(29 * MINUTE)
  expect((await send('GET', '/api/session', undefined, { cookie })).status).toBe(200)
  app.clock.advance(31 * MINUTE)
  expect((await send('GET', '/api/session', undefined, { cookie })).status).toBe(401)
  const next = cookieOf(await signIn('shiftLeader', STRONG))
  for (let i = 0; i < 24; i++) {
    app.clock.advance(29 * MINUTE)
    await send('GET', '/api/session', undefined, { cookie: next })
  }
  app.clock.advance(29 * MINUTE)
  expect((await send('GET', '/api/session', undefined, { cookie: next })).status).toBe(401)
})

test('动态口令：设置、登录须两步、同一口令只能用一次', async () => {
  const { cookie } = await withPassword('supervisor')
  const started = await send('POST', '/api/me/totp', {}, { cookie, 'x-csrf-token': await csrfOf(cookie) })
  const totp = new TOTP({ secret: Secret.fromBase32(started.body.secret), period: 30, digits: 6, algorithm: 'SHA1' })
  const code = (): string => totp.generate({ timestamp: app.clock.now() })
  const confirmed = await send('POST', '/api/me/totp/confirm', { code: code() }, { cookie, 'x-csrf-token': await csrfOf(cookie) })
  expect(confirmed.body).toEqual({ next: 'done' })
  const first = await signIn('supervisor', STRONG)
  expect(first.body).toEqual({ next: 'totp' })
  expect((await send('GET', '/api/session', undefined, { cookie: cookieOf(first) })).status).toBe(401)
  const bypass = await send('POST', '/api/session/password', { current: STRONG, next: 'Another-9-word' }, { cookie: cookieOf(first) })
  expect(bypass.status).toBe(401)
  expect((await send('POST', '/api/sign-in/totp', { code: code() }, { cookie: cookieOf(first) })).body.code).toBe('platform.wrongCode')
  app.clock.advance(MINUTE)
  const second = await send('POST', '/api/sign-in/totp', { code: code() }, { cookie: cookieOf(first) })
  expect(second.body).toEqual({ next: 'done' })
  expect((await send('GET', '/api/session', undefined, { cookie: cookieOf(second) })).status).toBe(200)
})

test('短信验证码登录：号码有没有账号，回答都一样', async () => {
  const known = await send('POST', '/api/sign-in/sms-code', { mobile: '19900001000' })
  const unknown = await send('POST', '/api/sign-in/sms-code', { mobile: '13800000000' })
  expect(known.body).toEqual(unknown.body)
  const sent = await sql<{ n: number }>`select count(*)::int as n from platform_sms where template = 'loginCode'`.execute(app.app.runtime.db.withoutPlugins())
  expect(sent.rows[0]?.n).toBe(1)
  const wrong = await send('POST', '/api/sign-in/sms', { mobile: '19900001000', code: '000000' })
  const nobody = await send('POST', '/api/sign-in/sms', { mobile: '13800000000', code: '000000' })
  expect([wrong.status, wrong.body.code, wrong.body.title]).toEqual([nobody.status, nobody.body.code, nobody.body.title])
})

test('停用的账号马上不能用，登录也不行', async () => {
  const { cookie } = await withPassword('dispatcher')
  const admin = await app.as('tenantAdmin')
  expect((await admin.post(`/api/admin/users/${await idOf('dispatcher')}/disable`, { reason: '调离' })).status).toBe(200)
  expect((await send('GET', '/api/session', undefined, { cookie })).status).toBe(401)
  expect((await signIn('dispatcher', STRONG)).body.code).toBe('platform.accountClosed')
  expect((await signIn('dispatcher', 'wrong-Password-1')).body.code).toBe('platform.wrongSignIn')
})

test('没有页面令牌的命令被拒绝', async () => {
  const { cookie } = await withPassword('matterManager')
  expect((await send('POST', '/api/me/sessions/end-others', {}, { cookie })).body.code).toBe('kernel.csrf')
})

test('演示登录只在演示、只在本机、不经代理时存在', async () => {
  const userId = await idOf('agent2')
  expect((await send('POST', '/api/demo/sign-in', { userId })).status).toBe(404)
  demo.enabled = true
  try {
    expect((await send('GET', '/api/demo/people')).body.people).toContainEqual(expect.objectContaining({ name: '测试agent2', role: 'agent', tenantName: '测试市' }))
    expect((await send('POST', '/api/demo/sign-in', { userId }, { 'x-forwarded-for': '10.0.0.1' })).status).toBe(404)
    expect((await send('POST', '/api/demo/sign-in', { userId }, { host: 'evil.example' })).status).toBe(404)
    const remote = await app.app.staff.inject({ method: 'POST', url: '/api/demo/sign-in', remoteAddress: '10.1.2.3', headers: { host: 'localhost' }, payload: { userId } })
    expect(remote.statusCode).toBe(404)
    const answer = await send('POST', '/api/demo/sign-in', { userId })
    expect(answer.body).toEqual({ next: 'done' })
    expect((await send('GET', '/api/session', undefined, { cookie: cookieOf(answer) })).body.user.name).toBe('测试agent2')
    expect((await send('POST', '/api/demo/sign-in', { userId: await idOf('inspector') })).status).toBe(404)
  } finally {
    demo.enabled = false
  }
})
