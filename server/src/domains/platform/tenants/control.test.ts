// Products and control of subordinate tenants (PLA-02, PLA-03).
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp, type Client, type TestApp } from '../../../kernel/testing/index.ts'

let app: TestApp
let admin: Client
let county: Client
let id: string
beforeAll(async () => {
  app = await testApp()
  ;[admin, county] = await Promise.all([app.as('tenantAdmin'), app.as('countyAdmin')])
  id = (await app.actor('countyAdmin')).tenantId
})
afterAll(() => app.stop())

const control = async (change: Record<string, unknown>, client = admin, tenantId = id) => client.patch(`/api/admin/tenants/${tenantId}/control`, { version: (await admin.get(`/api/admin/tenants/${tenantId}/control`)).body.version, reason: '统一管控', ...change })
const may = async (client: Client, permission: string): Promise<boolean> => (await client.get('/api/session')).body.user.permissions.includes(permission)

test('关掉的模块，接口答 403，菜单所依的权限也没有了；别的租户照常', async () => {
  const handler = await app.as('countyHandler')
  const [there, here] = [await app.as('countyReviewer'), await app.as('supervisor')]
  expect(await may(handler, 'supervision.read')).toBe(true)
  expect((await control({ modulesOff: ['supervision'] })).status).toBe(200)
  expect(await may(handler, 'supervision.read')).toBe(false)
  expect((await handler.get('/api/supervision/board')).status).not.toBe(200)
  // Not the role is at fault: the words say that the module is off. Whose role never had the right hears that.
  expect(await there.get('/api/supervision/cards')).toMatchObject({ status: 403, body: { code: 'kernel.moduleOff' } })
  expect((await there.get('/api/admin/users')).body.code).toBe('kernel.forbidden')
  expect((await here.get('/api/supervision/cards')).status).toBe(200)
  expect((await control({ modulesOff: [] })).status).toBe(200)
  expect(await may(handler, 'supervision.read')).toBe(true)
})

test('租户可以自己不用某个模块，但不能解除上级的限制，核心模块谁也不能关', async () => {
  expect((await control({ ownModulesOff: ['callback'] }, county)).status).toBe(200)
  expect(await may(await app.as('countyAdmin'), 'callback.read')).toBe(false)
  expect((await control({ quota: 500 }, county)).body.code).toBe('platform.ownControl')
  expect((await control({ modulesOff: ['orders'] })).body.code).toBe('platform.coreModule')
  expect((await control({ quota: 1 }, await app.as('otherAdmin'))).status).toBe(404)
  expect((await admin.patch(`/api/admin/tenants/${id}/control`, { version: 99, quota: 5, reason: '试' })).status).toBe(409)
  await control({ ownModulesOff: [] }, county)
})

test('账户额度、权限上限、可用角色以上级所定为准', async () => {
  const unit = (await app.actor('countyAdmin')).unitIds[0]
  const { users } = (await admin.get(`/api/admin/tenants/${id}/control`)).body
  expect((await control({ quota: users, barredPermissions: ['platform.manageRoles'], barredRoles: ['inspector'] })).status).toBe(200)
  expect((await county.post('/api/admin/users', { login: 'over-quota', name: '超额', staffNo: 'X1', posts: [{ unitId: unit, main: true }] })).body.code).toBe('platform.quotaReached')
  expect((await county.post('/api/admin/roles', { code: 'mine', name: '自建' })).status).toBe(403)
  const role = (await county.get('/api/admin/roles')).body.items.find((one: { code: string }) => one.code === 'inspector').id
  expect((await county.post(`/api/admin/users/${(await app.actor('countyHandler')).id}/grants`, { roleId: role })).body.code).toBe('platform.roleBarred')
  expect((await control({ quota: null, barredPermissions: [], barredRoles: [] })).status).toBe(200)
})

test('锁定的参数下级改不了，已有的自定值不再生效；未锁的自定值在上级更新后仍保留并列为差异', async () => {
  const value = async (client: Client) => (await client.get('/api/admin/settings/session.idle')).body
  await county.put('/api/admin/settings/session.idle', { value: 10, version: 0 })
  await admin.put('/api/admin/settings/session.idle', { value: 45, version: 0 })
  expect((await value(county)).value).toBe(10)
  expect((await admin.get(`/api/admin/tenants/${id}/differences`)).body.settings).toMatchObject([{ key: 'session.idle', own: 10, inherited: 45, mode: 'override' }])
  expect((await admin.put('/api/admin/settings/session.idle/lock', { locked: true, reason: '统一' })).status).toBe(200)
  expect(await value(county)).toMatchObject({ value: 45, settable: false, lockedBy: '测试市' })
  expect((await county.put('/api/admin/settings/session.idle', { value: 20, version: 1 })).body.code).toBe('platform.settingLocked')
  expect((await county.post('/api/admin/settings/session.idle/clear', {})).body.code).toBe('platform.settingLocked')
  expect((await county.put('/api/admin/settings/session.idle/lock', { locked: false, reason: '解' })).body.code).toBe('platform.settingLocked')
  expect((await admin.put('/api/admin/settings/session.idle/lock', { locked: false, reason: '放开' })).status).toBe(200)
  expect((await value(county)).value).toBe(10)
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from kernel_audit where act = 'lockSetting' and changes is not null`.execute(app.app.runtime.db.withoutPlugins())
  expect(rows[0]?.n).toBe(2)
})

test('按角色改名、排序、隐藏菜单', async () => {
  await admin.put('/api/admin/settings/menu.entries', { value: { '*': { '/home/tasks': { name: '我的任务' } }, handler: { '/orders': { hidden: true } } }, version: 0 })
  expect((await (await app.as('handler')).get('/api/session')).body.features.menu).toEqual({ '/home/tasks': { name: '我的任务' }, '/orders': { hidden: true } })
  expect((await (await app.as('agent')).get('/api/session')).body.features.menu).toEqual({ '/home/tasks': { name: '我的任务' } })
})
