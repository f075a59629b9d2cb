import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import { systemActor } from '../../kernel/ctx.ts'
import { runCommand } from '../../kernel/runtime.ts'
import { testApp, type TestApp } from '../../kernel/testing/index.ts'
import { addNewPermissions, createFirstTenantAndAdmin, NO_TENANT } from './index.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.stop())

const start = () => runCommand(app.app.runtime, { actor: systemActor(NO_TENANT), requestId: 'start' }, createFirstTenantAndAdmin)

test('升级给既有角色补上新得到的权限，管理员收回的不再给', async () => {
  const upgrade = () => runCommand(app.app.runtime, { actor: systemActor(NO_TENANT), requestId: 'start' }, addNewPermissions)
  const plain = app.app.database.owner
  const held = async () => (await plain.query("select count(*)::int as n from platform_role_permission p join platform_role r on r.tenant_id = p.tenant_id and r.id = p.role_id where r.template = 'unitLeader' and p.permission = 'flow.approveInUnit'")).rows[0].n
  const take = () => plain.query("delete from platform_role_permission p using platform_role r where r.tenant_id = p.tenant_id and r.id = p.role_id and r.template = 'unitLeader' and p.permission = 'flow.approveInUnit'")
  await upgrade()
  const before = await held()
  expect(before).toBeGreaterThan(0)
  await take()
  await upgrade()
  expect(await held()).toBe(0)
  // As it is where the right came to the role with this very version.
  await plain.query("update kernel_state set value = value - 'unitLeader flow.approveInUnit' where key = 'platform.knownRoleRights'")
  await upgrade()
  expect(await held()).toBe(before)
})

test('首次启动只建一次租户和管理员，密码首登必改，之后可改绑自己的区划', async () => {
  expect(await start()).toBeNull()
  await app.app.database.owner.query('truncate platform_tenant, platform_area cascade')
  const first = await start()
  expect(first?.login).toBe('admin')
  expect(await start()).toBeNull()
  const answer = await app.app.staff.inject({ method: 'POST', url: '/api/sign-in', payload: { login: 'admin', password: first?.oneTimePassword } })
  expect(answer.json()).toEqual({ next: 'changePassword' })
  const admin = await app.as('admin')
  expect((await admin.post('/api/admin/areas/import', { areas: [{ code: '880000', name: '甲省' }, { code: '880100', name: '乙市' }] })).body.imported).toBe(2)
  const [tenant] = (await admin.get('/api/admin/tenants')).body.items
  expect((await admin.patch(`/api/admin/tenants/${tenant.id}`, { version: 1, name: '乙市热线', areaCode: '880100' })).status).toBe(200)
  expect((await admin.get('/api/session')).body.user).toMatchObject({ tenantName: '乙市热线', tenantLevel: 'city', roles: [{ code: 'tenantAdmin' }] })
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from kernel_holiday`.execute(app.app.runtime.db.withoutPlugins())
  expect(rows[0]?.n).toBeGreaterThan(20)
})
