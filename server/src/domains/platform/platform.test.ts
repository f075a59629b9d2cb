import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp, type TestApp } from '../../kernel/testing/index.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.stop())

test('会话说明谁在用、属于哪里、有哪些权限', async () => {
  const answer = await (await app.as('reviewer')).get('/api/session')
  expect(answer).toMatchObject({ status: 200, body: { user: { unitName: '测试市热线中心', tenantName: '测试市', tenantLevel: 'city', startPage: '/review/pending', roles: [{ code: 'reviewer' }] }, demo: false } })
  expect((await app.nobody().get('/api/session')).status).toBe(401)
})
