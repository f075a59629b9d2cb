import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import { testApp, type Client, type TestApp } from '../../../kernel/testing/index.ts'
import { DAY, plus, toIso } from '../../../kernel/time/index.ts'

let app: TestApp
let admin: Client
const units: Record<string, string> = {}
beforeAll(async () => {
  app = await testApp()
  admin = await app.as('businessAdmin')
  const { rows } = await sql<{ code: string; id: string }>`select code, id from platform_unit`.execute(app.app.runtime.db.withoutPlugins())
  for (const row of rows) units[row.code] = row.id
})
afterAll(() => app.stop())

const publish = (more: object = {}) => admin.post('/api/admin/notices', { kind: 'work', title: '值守安排', text: '周末值守安排见附件。', ...more })
const titles = async (login: string) => (await (await app.as(login)).get('/api/notices')).body.items.map((n: { title: string }) => n.title)

test('给甲单位的通知乙单位看不到，下级单位看得到，到期后都看不到', async () => {
  expect((await publish({ title: '城管局培训', unitIds: [units['T-URBAN']], shownTo: toIso(plus(app.clock.now(), DAY)) })).status).toBe(200)
  expect(await titles('handler')).toContain('城管局培训')
  expect(await titles('sectionHandler')).toContain('城管局培训')
  expect(await titles('handler2')).not.toContain('城管局培训')
  expect(await titles('countyHandler')).not.toContain('城管局培训')
  app.clock.advance(DAY + 1)
  expect(await titles('handler')).not.toContain('城管局培训')
  expect((await admin.get('/api/admin/notices')).body.items[0]).toMatchObject({ state: 'over', unitNames: ['测试市城管局'] })
})

test('按角色发布；须阅读的通知发出站内消息，已阅和未阅名单随阅读变化', async () => {
  const { id } = (await publish({ title: '新规范', roleCodes: ['reviewer'], mustRead: true })).body
  expect(await titles('reviewer')).toContain('新规范')
  expect(await titles('agent')).not.toContain('新规范')
  const reviewer = await app.as('reviewer')
  expect((await reviewer.get('/api/messages?type=notice')).body.items[0]).toMatchObject({ title: '须阅读：新规范' })
  const readers = async () => (await admin.get(`/api/admin/notices/${id}/readers`)).body
  expect(await readers()).toMatchObject({ read: [], total: 1, unread: [{ name: '测试reviewer' }] })
  expect((await (await app.as('agent')).post(`/api/notices/${id}/read`)).status).toBe(404)
  expect((await reviewer.post(`/api/notices/${id}/read`)).status).toBe(200)
  expect(await readers()).toMatchObject({ read: [{ name: '测试reviewer' }], unread: [] })
  expect((await reviewer.get('/api/notices?unread=true')).body.items.some((n: { id: string }) => n.id === id)).toBe(false)
})

test('撤回要原因，撤回后不再显示；没有权限、别的租户的单位、不合理的时间都被拒绝', async () => {
  const { id } = (await publish({ title: '误发' })).body
  expect((await admin.post(`/api/admin/notices/${id}/withdraw`, { reason: '' })).status).toBe(422)
  expect((await (await app.as('otherAdmin')).post(`/api/admin/notices/${id}/withdraw`, { reason: '越权' })).status).toBe(404)
  expect((await admin.post(`/api/admin/notices/${id}/withdraw`, { reason: '内容有误' })).status).toBe(200)
  expect(await titles('handler')).not.toContain('误发')
  expect((await admin.post(`/api/admin/notices/${id}/withdraw`, { reason: '内容有误' })).body.code).toBe('platform.noticeWithdrawn')
  expect((await (await app.as('agent')).post('/api/admin/notices', { kind: 'work', title: '甲', text: '乙' })).status).toBe(403)
  expect((await publish({ unitIds: [units['O-URBAN']] })).status).toBe(404)
  expect((await publish({ shownTo: '2020-01-01T00:00:00Z' })).body.code).toBe('platform.noticePeriod')
})
