// The portal in hostile hands: nobody, another citizen, scripts, oversize, floods. Every refusal says why in Chinese.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import { isCreditCode } from '../../kernel/crypto/index.ts'
import { publicRoutes } from './testing/public-routes.ts'
import { browser, citizen } from './testing/citizens.ts'
import { testApp, type Answer, type Client, type TestApp } from '../../kernel/testing/index.ts'

let app: TestApp
let owner: Client
let stranger: Client
let mine: { number: string; photo: string; chat: string; enterprise: string }
const plain = () => app.app.runtime.db.withoutPlugins()
const chinese = (answer: Answer): boolean => /[\u4e00-\u9fff]{2}/.test(String(answer.body?.title ?? ''))
const ok = async (answer: Promise<Answer>): Promise<any> => {
  const { status, body } = await answer
  expect({ status, body: status === 200 ? 'ok' : body }).toEqual({ status: 200, body: 'ok' })
  return body
}
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
let n = 0
const appeal = (more: Record<string, unknown> = {}) => ({ clientKey: `hostile-key-${String(++n).padStart(8, '0')}`, content: '小区门口积水，老人出门不便', appealType: 'help', areaCode: '990101001001', ...more })
const upload = (who: Client, name: string, type: string, content: Buffer, place = 'registration') => who.upload(`/api/public/attachments?place=${place}`, { name, type, content })

beforeAll(async () => {
  app = await testApp()
  ;[owner, stranger] = [await citizen(app, '13700000501'), await citizen(app, '13700000502')]
  const photo = await ok(upload(owner, '现场.png', 'image/png', png))
  const { number } = await ok(owner.post('/api/public/submissions', appeal({ fileIds: [photo.id] })))
  const creditCode = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'].map((last) => `91990100MA0000501${last}`).find(isCreditCode)
  const enterprise = await ok(owner.post('/api/public/enterprises', { creditCode, name: '澜川示范企业', contactName: '赵晓敏' }))
  await ok((await app.as('agent')).post('/api/chat/duty', { on: true }))
  await ok(owner.post('/api/public/chat', { clientKey: 'hostile-chat-0001', topic: '咨询' }))
  const chat = (await ok(owner.get('/api/public/chat'))).session.id
  mine = { number, photo: photo.id, chat, enterprise: enterprise.id }
})
afterAll(() => app.stop())

test('没有登录：要登录的公众接口一律回答“请先登录”，什么都不露', async () => {
  const nobody = app.nobody('public')
  const routes = publicRoutes().filter((route) => route.signedIn)
  expect(routes.length).toBeGreaterThan(25)
  for (const route of routes) {
    const path = route.path.replace(/:\w+/g, '019a0000-0000-7000-8000-000000000000')
    const answer = await { GET: () => nobody.get(path), POST: () => nobody.post(path, {}), PUT: () => nobody.put(path, {}), PATCH: () => nobody.patch(path, {}), DELETE: () => nobody.delete(path) }[route.method]()
    expect({ route: `${route.method} ${route.path}`, status: answer.status, chinese: chinese(answer) }).toEqual({ route: `${route.method} ${route.path}`, status: 401, chinese: true })
  }
})

test('别人的编号、照片、会话、企业等于不存在；别人上传的照片不能附到自己的诉求', async () => {
  const asks: [string, Promise<Answer>][] = [
    ['看', stranger.get(`/api/public/orders/${mine.number}`)], ['补充', stranger.post(`/api/public/orders/${mine.number}/supplements`, { content: '冒充补充' })], ['催办', stranger.post(`/api/public/orders/${mine.number}/urges`, {})],
    ['撤回', stranger.post(`/api/public/orders/${mine.number}/withdraw`, { reason: '冒充撤回' })], ['评价', stranger.post(`/api/public/orders/${mine.number}/rating`, { stars: 1, satisfied: 'no', solved: 'no' })],
    ['照片', stranger.get(`/api/public/attachments/${mine.photo}`)], ['会话', stranger.get(`/api/public/chats/${mine.chat}`)], ['别人会话里发言', stranger.post('/api/public/chat/messages', { sessionId: mine.chat, clientKey: 'hostile-say-000001', text: '冒充' })], ['企业', stranger.get(`/api/public/enterprises/${mine.enterprise}`)],
    ['企业诉求', stranger.get(`/api/public/enterprises/${mine.enterprise}/orders`)], ['企业名义', stranger.post('/api/public/submissions', appeal({ enterpriseId: mine.enterprise }))],
  ]
  for (const [what, ask] of asks) {
    const answer = await ask
    expect({ what, status: answer.status, chinese: chinese(answer) }).toEqual({ what, status: 404, chinese: true })
  }
  const stolen = await stranger.post('/api/public/submissions', appeal({ fileIds: [mine.photo] }))
  expect({ status: stolen.status, chinese: chinese(stolen) }).toEqual({ status: 422, chinese: true })
  expect((await ok(owner.get(`/api/public/orders/${mine.number}`))).state).toBe('accepted')
})

test('文字里的脚本原样作为文字保存和返回；公众页面不允许内嵌脚本', async () => {
  const script = '<script>alert(1)</script><img src=x onerror=alert(2)> 路口积水请处理'
  const { number } = await ok(owner.post('/api/public/submissions', appeal({ content: script, address: '"><svg onload=alert(3)>' })))
  const answer = await owner.get(`/api/public/orders/${number}`)
  expect(answer.body.content).toBe(script)
  expect(String(answer.headers['content-type'])).toContain('application/json')
  expect(String(answer.headers['x-content-type-options'])).toBe('nosniff')
  const page = await app.app.public.inject({ method: 'GET', url: '/' })
  // No rule of its own for scripts: those of `default-src` hold, which has no inline ones.
  expect(String(page.headers['content-security-policy'])).toMatch(/^default-src 'self';(?!.*script-src)/)
})

test('过大的附件、伪装的类型和网页文件不收；过长的文字指出字段', async () => {
  const big = await upload(owner, '大图.png', 'image/png', Buffer.concat([png, Buffer.alloc(11 * 1024 * 1024)]))
  expect({ status: big.status, chinese: chinese(big) }).toEqual({ status: 413, chinese: true })
  for (const [name, type, content] of [['页面.html', 'text/html', Buffer.from('<script>1</script>')], ['图.svg', 'image/svg+xml', Buffer.from('<svg onload="1"/>')], ['假.png', 'image/png', Buffer.from('MZ not a picture')]] as const) {
    const answer = await upload(owner, name, type, content)
    expect({ name, refused: [415, 422].includes(answer.status), chinese: chinese(answer) }).toEqual({ name, refused: true, chinese: true })
  }
  expect(await owner.post('/api/public/submissions', appeal({ content: '长'.repeat(2001) }))).toMatchObject({ status: 422, body: { fields: [{ path: 'content' }] } })
  expect((await owner.post('/api/public/submissions', appeal({ areaCode: "990101' or 1=1--" }))).status).toBe(422)
})

test('同一网络地址刷验证码被拒绝并说明到什么时候；没有多发一条短信', async () => {
  await ok((await app.as('tenantAdmin')).put('/api/admin/settings/signInCode.limit', { value: { phonePerDay: 10, addressPerHour: 3 }, version: 0 }))
  const sent = async (): Promise<number> => (await sql<{ n: number }>`select count(*)::int as n from platform_sms`.execute(plain())).rows[0]?.n ?? 0
  const visitor = browser(app)
  const answers: Answer[] = []
  for (let i = 0; i < 8; i++) answers.push(await visitor.post('/api/public/sign-in/code', { phone: `1370000060${i}` }))
  const refused = answers.filter((a) => a.status === 429)
  expect(refused.length).toBeGreaterThanOrEqual(5)
  expect(refused.every((a) => chinese(a) && typeof a.body.until === 'string')).toBe(true)
  const before = await sent()
  await visitor.post('/api/public/sign-in/code', { phone: '13700000609' })
  expect(await sent()).toBe(before)
})
