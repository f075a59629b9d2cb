import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.stop())

test('管理员看到在线会话并能结束它，下一次调用即被拒绝；别的租户的看不到', async () => {
  const agent = await app.as('agent')
  const admin = await app.as('tenantAdmin')
  const { items } = (await admin.get('/api/admin/sessions?query=测试agent')).body
  const mine = items.find((s: { login: string }) => s.login === 'agent')
  expect(mine).toMatchObject({ userName: '测试agent', state: 'open', current: false })
  expect((await agent.get('/api/session')).status).toBe(200)
  const other = await app.as('otherAdmin')
  expect((await other.get('/api/admin/sessions')).body.items.every((s: { login: string }) => s.login.startsWith('other'))).toBe(true)
  expect((await other.post(`/api/admin/sessions/${mine.id}/end`, { userId: mine.userId })).status).toBe(404)
  expect((await agent.post(`/api/admin/sessions/${mine.id}/end`, { userId: mine.userId })).status).toBe(403)
  expect((await admin.post(`/api/admin/sessions/${mine.id}/end`, { userId: mine.userId })).status).toBe(200)
  expect((await agent.get('/api/session')).status).toBe(401)
  const own = (await admin.get('/api/admin/sessions')).body.items.find((s: { current: boolean }) => s.current)
  expect((await admin.post(`/api/admin/sessions/${own.id}/end`, { userId: own.userId })).body.code).toBe('platform.ownAccount')
})

test('输错五次的账号出现在锁定名单，解锁后消失', async () => {
  for (let at = 0; at < 5; at++) await app.nobody().post('/api/sign-in', { login: 'handler', password: 'wrong' })
  const admin = await app.as('tenantAdmin')
  const { items } = (await admin.get('/api/admin/locks')).body
  expect(items).toMatchObject([{ login: 'handler', what: '密码', failures: 5, lockedUntil: expect.any(String) }])
  expect((await (await app.as('otherAdmin')).get('/api/admin/locks')).body.items).toEqual([])
  await admin.post(`/api/admin/users/${items[0].userId}/unlock`, { reason: '本人来电核实' })
  expect((await admin.get('/api/admin/locks')).body.items).toEqual([])
})

test('授予和收回角色都通知本人', async () => {
  const admin = await app.as('tenantAdmin')
  const handler = (await app.actor('handler')).id
  const roles = (await admin.get('/api/admin/roles')).body.items
  const role = roles.find((r: { code: string }) => r.code === 'inspector')
  const { body } = await admin.post(`/api/admin/users/${handler}/grants`, { roleId: role.id, scope: null, validFrom: null, validTo: null, reason: '兼任质检' })
  const news = async () => (await (await app.as('handler')).get('/api/messages?type=system')).body.items
  expect((await news())[0]).toMatchObject({ title: '您的权限有变更：新授予角色', text: `角色：${role.name}；操作人：测试tenantAdmin；原因：兼任质检` })
  await admin.delete(`/api/admin/users/${handler}/grants/${body.id}`)
  expect((await news())[0]).toMatchObject({ title: '您的权限有变更：收回角色', repeats: 2 })
})
