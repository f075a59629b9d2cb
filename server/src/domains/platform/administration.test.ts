// Tenants, units, users, roles and parameters over HTTP.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decrypt } from '../../kernel/crypto/index.ts'
import { newId } from '../../kernel/runtime.ts'
import { implement } from '../../kernel/port.ts'
import { addDuration, instant } from '../../kernel/time/index.ts'
import { testApp, type Client, type TestApp } from '../../kernel/testing/index.ts'
import { platform } from './module.ts'
import { calendarOf, setting, usageOf } from './index.ts'
import { userExport } from './users/export-users.ts'
import { idleSetting } from './sign-in/sign-in.settings.ts'

let app: TestApp
let admin: Client
let county: Client
let other: Client
beforeAll(async () => {
  app = await testApp()
  ;[admin, county, other] = await Promise.all([app.as('tenantAdmin'), app.as('countyAdmin'), app.as('otherAdmin')])
})
afterAll(() => app.stop())

const rows = async <T>(query: ReturnType<typeof sql<T>>): Promise<T[]> => (await query.execute(app.app.runtime.db.withoutPlugins())).rows
const userId = async (login: string): Promise<string> => (await rows(sql<{ id: string }>`select id from platform_user where login = ${login.toLowerCase()}`))[0]?.id ?? ''
const unitId = async (code: string): Promise<string> => (await rows(sql<{ id: string }>`select id from platform_unit where code = ${code}`))[0]?.id ?? ''
const tenantId = async (code: string): Promise<string> => (await rows(sql<{ id: string }>`select id from platform_tenant where code = ${code}`))[0]?.id ?? ''
const roleId = async (client: Client, code: string): Promise<string> => (await client.get('/api/admin/roles')).body.items.find((role: { code: string }) => role.code === code)?.id
const auditOf = (act: string) => rows(sql<{ actor_name: string; role: string | null; kind: string; changes: Record<string, unknown> | null; tenant_id: string }>`select actor_name, role, kind, changes, tenant_id from kernel_audit where act = ${act} and changes is not null order by at desc, id desc limit 1`)

describe('没有授权就没有权限', () => {
  // Whoever works here may suggest an improvement.
  test('每个管理接口对没有权限的人答 403，对没有登录的人答 401', async () => {
    const handler = await app.as('handler')
    const nobody = app.nobody()
    const guarded = (platform.routes ?? []).filter(({ spec }) => spec.audience === 'staff' && typeof spec.access === 'object' && !JSON.stringify(spec.access).includes('platform.suggest"'))
    expect(guarded.length).toBeGreaterThan(40)
    for (const { spec } of guarded) {
      const path = spec.path.replace(/:(\w+)/g, () => newId())
      const call = async (client: Client) => (await client[spec.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete'](path)).status
      expect([spec.id, await call(handler), await call(nobody)]).toEqual([spec.id, 403, 401])
    }
  })

  test('被拒绝的访问留在审计记录里，写明角色', async () => {
    await (await app.as('handler')).get('/api/admin/users')
    const [record] = await rows(sql<{ role: string; result: string }>`select role, result from kernel_audit where act = 'access:listUsers' order by at desc, id desc limit 1`)
    expect(record).toEqual({ role: '承办人员', result: 'refused' })
  })
})

describe('租户', () => {
  test('同级租户的查询结果没有交集，上级两边都看得到', async () => {
    const logins = async (client: Client, query = '') => (await client.get(`/api/admin/users${query}`)).body.items.map((user: { login: string }) => user.login)
    const [a, b] = [await logins(county), await logins(other)]
    expect(a).toContain('countyhandler')
    expect(b).toContain('otherreviewer')
    expect(a.filter((login: string) => b.includes(login))).toEqual([])
    expect(await logins(admin, `?tenantId=${await tenantId('test-county')}`)).toEqual(a)
    expect((await county.get(`/api/admin/users?tenantId=${await tenantId('test-other')}`)).status).toBe(404)
    expect((await county.get(`/api/admin/users?tenantId=${await tenantId('test')}`)).status).toBe(404)
  })

  test('猜到别的租户的编号，也只得到 404', async () => {
    const foreign = { user: await userId('otherReviewer'), unit: await unitId('O-URBAN'), role: await roleId(other, 'reviewer'), tenant: await tenantId('test-other') }
    const calls = [
      county.get(`/api/admin/users/${foreign.user}`), county.get(`/api/admin/users/${foreign.user}/rights`), county.post(`/api/admin/users/${foreign.user}/disable`), county.post(`/api/admin/users/${foreign.user}/reset-password`),
      county.delete(`/api/admin/users/${foreign.user}`), county.patch(`/api/admin/users/${foreign.user}`, { version: 1, name: '改' }),
      county.post(`/api/admin/users/${foreign.user}/grants`, { roleId: await roleId(county, 'agent') }),
      county.get(`/api/admin/units/${foreign.unit}`), county.patch(`/api/admin/units/${foreign.unit}`, { version: 1, name: '改' }), county.delete(`/api/admin/units/${foreign.unit}`), county.get(`/api/units/tree?tenantId=${foreign.tenant}`),
      county.get(`/api/admin/roles/${foreign.role}`), county.patch(`/api/admin/roles/${foreign.role}`, { version: 1, name: '改' }), county.post(`/api/admin/tenants/${foreign.tenant}/suspend`, { reason: '试' }),
      county.get(`/api/admin/audit?tenantId=${foreign.tenant}`), county.get(`/api/admin/settings?tenantId=${foreign.tenant}`), county.get(`/api/admin/users/not-an-id`),
    ]
    expect((await Promise.all(calls)).map((answer) => answer.status)).toEqual(calls.map(() => 404))
  })

  test('一页建成租户：机构、角色、首位管理员，一次性密码可登录', async () => {
    const body = { code: 'street-a', name: '书岭街道', areaCode: '990101002', centre: { code: 'S-CENTRE', name: '书岭街道受理中心' }, admin: { login: 'street-admin', name: '书岭管理员' } }
    const answer = await admin.post('/api/admin/tenants', body)
    expect(answer).toMatchObject({ status: 200, body: { adminLogin: 'street-admin' } })
    const first = await app.app.staff.inject({ method: 'POST', url: '/api/sign-in', payload: { login: 'street-admin', password: answer.body.oneTimePassword } })
    expect(first.json()).toEqual({ next: 'changePassword' })
    const street = await app.as('street-admin')
    expect((await street.get('/api/admin/roles')).body.items).toHaveLength(15)
    expect((await street.get('/api/units/tree')).body.items).toHaveLength(1)
    expect((await admin.post('/api/admin/tenants', { ...body, centre: { code: 'S-2', name: '乙' }, admin: { login: 'x-admin', name: '乙' } })).body.code).toBe('platform.tenantCodeTaken')
    expect((await county.post('/api/admin/tenants', { ...body, code: 'street-b', centre: { code: 'S-3', name: '丙' }, admin: { login: 'y-admin', name: '丙' } })).body.code).toBe('platform.areaOutside')
  })

  test('停用的租户谁也进不去，恢复后照旧', async () => {
    const id = await tenantId('street-a')
    const street = await app.as('street-admin')
    expect((await admin.post(`/api/admin/tenants/${id}/suspend`, { reason: '演练' })).status).toBe(200)
    expect((await street.get('/api/session')).status).toBe(401)
    await admin.post(`/api/admin/tenants/${id}/reopen`, { reason: '演练结束' })
    expect((await (await app.as('street-admin')).get('/api/session')).status).toBe(200)
    expect((await admin.post(`/api/admin/tenants/${await tenantId('test')}/suspend`, { reason: '误操作' })).body.code).toBe('platform.ownTenant')
  })
})

describe('机构', () => {
  test('编码在整个系统内唯一', async () => {
    const answer = await admin.post('/api/admin/units', { code: 'O-URBAN', parentId: await unitId('T-CENTRE'), name: '重复', kind: 'handling', areaCode: '990100' })
    expect(answer).toMatchObject({ status: 409, body: { code: 'platform.unitCodeTaken' } })
  })

  test('移动机构，下级的路径一起变，不能移到自己的下级之下', async () => {
    const street = await unitId('T-STREET')
    expect((await admin.post(`/api/admin/units/${await unitId('T-DISTRICT')}/move`, { parentId: street, version: 1 })).body.code).toBe('platform.moveIntoItself')
    expect((await admin.post(`/api/admin/units/${street}/move`, { parentId: await unitId('O-CENTRE'), version: 1 })).body.code).toBe('platform.badParent')
    const moved = await admin.post(`/api/admin/units/${street}/move`, { parentId: await unitId('T-URBAN'), version: 1 })
    expect(moved.body).toEqual({ version: 2, moved: 2 })
    const community = await admin.get(`/api/admin/units/${await unitId('T-COMMUNITY')}`)
    expect(community.body.path.map((unit: { name: string }) => unit.name)).toEqual(['测试市热线中心', '测试市城管局', '澜湾街道办', '湾头社区'])
    expect((await admin.post(`/api/admin/units/${street}/move`, { parentId: await unitId('T-DISTRICT'), version: 1 })).status).toBe(409)
    const [event] = await rows(sql<{ payload: { movedIds: string[] } }>`select payload from kernel_outbox where name = 'unit.moved' order by id desc limit 1`)
    expect(event?.payload.movedIds.toSorted()).toEqual([street, await unitId('T-COMMUNITY')].toSorted())
    await admin.post(`/api/admin/units/${street}/move`, { parentId: await unitId('T-DISTRICT'), version: 2 })
  })

  test('有人或有业务的机构不能删除，给出原因并建议停用', async () => {
    expect((await admin.delete(`/api/admin/units/${await unitId('T-HEAT')}`)).body).toMatchObject({ status: 409, code: 'platform.unitInUse', detail: '用户 2', current: { offer: 'disable' } })
    const created = await admin.post('/api/admin/units', { code: 'T-TEMP', parentId: await unitId('T-CENTRE'), name: '临时机构', kind: 'handling', areaCode: '990100' })
    implement(usageOf, async (_ctx, object) => (object.id === created.body.id ? [{ label: '工单', count: 3 }] : [])).install()
    expect((await admin.delete(`/api/admin/units/${created.body.id}`)).body.detail).toBe('工单 3')
    usageOf.clear()
    expect((await admin.delete(`/api/admin/units/${created.body.id}`)).status).toBe(200)
    expect((await admin.get(`/api/admin/units/${created.body.id}`)).status).toBe(404)
  })

  test('导入机构不必按上下级顺序，错误逐行报告', async () => {
    const row = (code: string, parentCode: string, over = {}) => ({ code, name: `导入${code}`, kind: '承办单位', areaCode: '990100', parentCode, ...over })
    const done = await admin.post('/api/admin/units/import', { rows: [row('I-2', 'I-1'), row('I-1', 'T-CENTRE'), row('I-3', 'NOPE'), row('I-4', 'T-CENTRE', { kind: '公司' }), row('T-HEAT', 'T-CENTRE'), row('I-5', 'T-CENTRE', { areaCode: '777777' })] })
    expect(done.body.imported).toBe(2)
    expect(done.body.errors.map((error: { row: number; field: string }) => [error.row, error.field])).toEqual([[3, 'parentCode'], [4, 'kind'], [5, 'code'], [6, 'areaCode']])
    expect((await admin.get(`/api/admin/units/${await unitId('I-2')}`)).body.path).toHaveLength(3)
    for (const code of ['I-2', 'I-1']) expect((await admin.delete(`/api/admin/units/${await unitId(code)}`)).status).toBe(200)
  })

  test('选择机构按名称、上级、区划收窄，停用的不提供', async () => {
    const pick = async (query: string) => (await admin.get(`/api/units?${query}`)).body.items.map((unit: { code: string }) => unit.code)
    expect(await pick('query=城管')).toEqual(['T-URBAN-1', 'T-URBAN'])
    expect(await pick(`under=${await unitId('T-DISTRICT')}`)).toEqual(['T-STREET', 'T-COMMUNITY'])
    expect(await pick('area=990101&kind=community')).toEqual(['T-COMMUNITY'])
    await admin.post(`/api/admin/units/${await unitId('T-COMMUNITY')}/disable`)
    expect(await pick('area=990101&kind=community')).toEqual([])
    await admin.post(`/api/admin/units/${await unitId('T-COMMUNITY')}/enable`)
  })
})

describe('用户', () => {
  test('手机号显示为掩码，带掩码保存不改真实号码，库中没有明文', async () => {
    const id = await userId('handler')
    const before = await admin.get(`/api/admin/users/${id}`)
    expect(before.body.mobileMasked).toMatch(/^199\*{4}\d{4}$/)
    const saved = await admin.patch(`/api/admin/users/${id}`, { version: before.body.version, name: '改名者', mobile: before.body.mobileMasked })
    expect(saved.status).toBe(200)
    const stored = async () => (await rows(sql<{ mobile_enc: string; row: string }>`select mobile_enc, to_jsonb(u)::text as row from platform_user u where id = ${id}`))[0]
    expect(decrypt(app.app.runtime.keys, (await stored())?.mobile_enc ?? '', 'platform_user.mobile')).toBe('19900001007')
    expect((await stored())?.row).not.toContain('19900001007')
    expect((await admin.patch(`/api/admin/users/${id}`, { version: before.body.version, name: '后来者' })).body).toMatchObject({ status: 409, code: 'kernel.conflict', current: { version: before.body.version + 1 } })
    expect((await admin.patch(`/api/admin/users/${id}`, { version: before.body.version + 1, mobile: '123' })).body.code).toBe('platform.badMobile')
    expect(JSON.stringify(await auditOf('changeUser'))).not.toContain('19900001007')
  })

  test('用户列表按管理范围导出，手机保持掩码', async () => {
    const chunks = await app.query(async (ctx) => {
      const pages = []
      for await (const page of userExport.rows(ctx, { query: 'handler' }, ['name'], { sort: null, ids: null })) pages.push(...page)
      return pages
    }, 'systemAdmin')
    expect(chunks.map((row) => row['login']).toSorted()).toEqual(['communityhandler', 'handler', 'handler2', 'sectionhandler', 'streethandler'])
    expect(chunks.find((row) => row['login'] === 'handler')?.['mobileMasked']).toMatch(/\*{4}/)
  })

  test('新建的用户拿一次性密码，登录名不分大小写地唯一', async () => {
    const post = { login: 'New.Person', name: '新人', staffNo: 'N1', posts: [{ unitId: await unitId('T-CENTRE'), main: true }], roles: [{ roleId: await roleId(admin, 'agent') }] }
    const created = await admin.post('/api/admin/users', post)
    expect(created.body.oneTimePassword).toMatch(/^\w{4}(-\w{4}){2}$/)
    expect((await admin.post('/api/admin/users', { ...post, login: 'new.person', staffNo: 'N2' })).body.code).toBe('platform.loginTaken')
    expect((await admin.post('/api/admin/users', { ...post, login: 'third', staffNo: 'N3', posts: [{ unitId: await unitId('O-CENTRE'), main: true }] })).status).toBe(422)
    expect((await admin.delete(`/api/admin/users/${created.body.id}`)).status).toBe(200)
    expect((await admin.get(`/api/admin/users/${created.body.id}`)).body.state).toBe('deleted')
    expect((await admin.post('/api/admin/users', { ...post, login: 'new.person', staffNo: 'N1' })).status).toBe(200)
  })

  test('导入逐行报错：其余照导，或按设置一行不导', async () => {
    const row = (i: number, over = {}) => ({ login: `batch${i}`, name: `批量${i}`, staffNo: `B${i}`, unitCode: 'T-HEAT', roleCodes: 'handler', ...over })
    const good = Array.from({ length: 40 }, (_, i) => row(i))
    const bad = [row(100, { unitCode: 'NOPE' }), row(101, { mobile: '12' }), row(3, { staffNo: 'B103' })]
    const checked = await admin.post('/api/admin/users/import', { rows: [...good, ...bad], checkOnly: true })
    expect(checked.body.imported).toBe(0)
    await admin.put('/api/admin/settings/account.import', { value: 'none', version: 0 })
    expect((await admin.post('/api/admin/users/import', { rows: [...good, ...bad] })).body.imported).toBe(0)
    expect(await userId('batch0')).toBe('')
    await admin.put('/api/admin/settings/account.import', { value: 'rest', version: 1 })
    const done = await admin.post('/api/admin/users/import', { rows: [...good, ...bad] })
    expect(done.body.imported).toBe(40)
    expect(done.body.errors.map((error: { row: number; field: string }) => [error.row, error.field])).toEqual([[41, 'unitCode'], [42, 'mobile'], [43, 'login']])
  })
})

describe('角色与授权', () => {
  test('从上级角色收回一项权限，持有下级角色的人下一次调用就没有了', async () => {
    const parent = await admin.post('/api/admin/roles', { code: 'base', name: '基础', permissions: [{ permission: 'platform.readUsers', scope: 'tenant' }] })
    const child = await admin.post('/api/admin/roles', { code: 'derived', name: '派生', parentIds: [parent.body.id] })
    await admin.post(`/api/admin/users/${await userId('agent2')}/grants`, { roleId: child.body.id })
    const agent = await app.as('agent2')
    expect((await agent.get('/api/admin/users')).status).toBe(200)
    const rights = await admin.get(`/api/admin/users/${await userId('agent2')}/rights`)
    expect(rights.body.rights.find((right: { permission: string }) => right.permission === 'platform.readUsers').origins).toMatchObject([{ roleName: '派生', via: ['基础'], scope: 'tenant' }])
    expect((await admin.patch(`/api/admin/roles/${parent.body.id}`, { version: 1, permissions: [] })).status).toBe(200)
    expect((await agent.get('/api/admin/users')).status).toBe(403)
    expect((await admin.patch(`/api/admin/roles/${parent.body.id}`, { version: 2, parentIds: [child.body.id] })).body.code).toBe('platform.roleCycle')
    expect((await admin.delete(`/api/admin/roles/${parent.body.id}`)).body.code).toBe('platform.roleInUse')
  })

  test('不能授予自己没有的权限或更大的范围，也不能给自己授权', async () => {
    const deputy = await admin.post('/api/admin/roles', {
      code: 'deputy', name: '单位管理员',
      permissions: ['platform.manageUsers', 'platform.readUsers', 'platform.grantRoles', 'platform.readRoles', 'platform.manageRoles'].map((permission) => ({ permission, scope: 'unitTree' })),
    })
    await admin.post(`/api/admin/users/${await userId('unitLeader')}/grants`, { roleId: deputy.body.id })
    const leader = await app.as('unitLeader')
    const section = await userId('sectionHandler')
    const beyond = await leader.post(`/api/admin/users/${section}/grants`, { roleId: await roleId(admin, 'systemAdmin') })
    expect(beyond.body).toMatchObject({ status: 403, code: 'platform.beyondOwnRights' })
    const readers = await admin.post('/api/admin/roles', { code: 'wide', name: '全租户查看', permissions: [{ permission: 'platform.readUsers', scope: 'tenant' }] })
    expect((await leader.post(`/api/admin/users/${section}/grants`, { roleId: readers.body.id })).body.code).toBe('platform.beyondOwnRights')
    expect((await leader.post(`/api/admin/users/${section}/grants`, { roleId: readers.body.id, scope: 'unit' })).status).toBe(200)
    expect((await leader.post('/api/admin/roles', { code: 'sly', name: '越权', permissions: [{ permission: 'platform.readAudit', scope: 'unit' }] })).body.code).toBe('platform.beyondOwnRights')
    expect((await leader.post(`/api/admin/users/${await userId('unitLeader')}/grants`, { roleId: readers.body.id, scope: 'own' })).body.code).toBe('platform.ownGrant')
    expect((await leader.post(`/api/admin/users/${await userId('handler2')}/grants`, { roleId: readers.body.id, scope: 'unit' })).status).toBe(404)
    expect((await leader.get('/api/admin/users')).body.items.map((user: { login: string }) => user.login).toSorted()).toEqual(['handler', 'sectionhandler', 'unitleader'])
  })

  test('不能重置权限比自己大的人的密码', async () => {
    const leader = await app.as('unitLeader')
    const strong = await admin.post('/api/admin/users', { login: 'strong', name: '强者', staffNo: 'X1', posts: [{ unitId: await unitId('T-URBAN'), main: true }], roles: [{ roleId: await roleId(admin, 'systemAdmin') }] })
    expect((await leader.post(`/api/admin/users/${strong.body.id}/reset-password`)).body.code).toBe('platform.beyondOwnRights')
    expect((await leader.patch(`/api/admin/users/${strong.body.id}`, { version: 1, mobile: '13900000000' })).body.code).toBe('platform.beyondOwnRights')
    expect((await leader.post(`/api/admin/users/${await userId('sectionHandler')}/reset-password`)).status).toBe(200)
  })

  test('审计员与系统管理员不能是同一人', async () => {
    const answer = await admin.post(`/api/admin/users/${await userId('auditor')}/grants`, { roleId: await roleId(admin, 'systemAdmin') })
    expect(answer.body).toMatchObject({ status: 409, code: 'platform.exclusiveRoles' })
  })

  test('过期的授权不再有效', async () => {
    const id = await userId('inspector')
    await admin.post(`/api/admin/users/${id}/grants`, { roleId: await roleId(admin, 'businessAdmin'), validTo: '2026-11-17' })
    const inspector = await app.as('inspector')
    expect((await inspector.get('/api/admin/users')).status).toBe(200)
    app.clock.advance(24 * 3_600_000)
    expect((await inspector.get('/api/admin/users')).status).toBe(403)
  })
})

describe('参数、字典、日历', () => {
  test('参数按机构、租户、上级租户、默认值取最近的，改后立即生效，可撤销', async () => {
    const valueIn = async (code: string) => app.query((ctx) => setting(ctx, idleSetting), { tenantId: await tenantId(code) })
    expect(await valueIn('test-county')).toBe(30)
    await admin.put('/api/admin/settings/session.idle', { value: 45, version: 0, reason: '冬季' })
    expect([await valueIn('test'), await valueIn('test-county'), await valueIn('test-other')]).toEqual([45, 45, 45])
    await county.put('/api/admin/settings/session.idle', { value: 20, version: 0 })
    expect([await valueIn('test'), await valueIn('test-county'), await valueIn('test-other')]).toEqual([45, 20, 45])
    const shown = await county.get('/api/admin/settings/session.idle')
    expect(shown.body.chain.map((step: { name: string; value: number }) => [step.name, step.value])).toEqual([['北屏区', 20], ['测试市', 45], ['系统默认', 30]])
    expect(shown.body.history[0]).toMatchObject({ by: '测试countyAdmin', old: null, new: 20 })
    expect((await county.put('/api/admin/settings/session.idle', { value: 9999, version: 1 })).body).toMatchObject({ status: 422, code: 'platform.settingRange' })
    expect((await county.put('/api/admin/settings/session.idle', { value: 25, version: 0 })).status).toBe(409)
    expect((await county.put('/api/admin/settings/login.lock', { value: { failures: 3, minutes: 1 }, version: 0 })).body.code).toBe('platform.settingScope')
    expect((await county.post('/api/admin/settings/session.idle/undo', { changeId: shown.body.history[0].id })).status).toBe(200)
    expect(await valueIn('test-county')).toBe(45)
    expect((await auditOf('changeSetting'))[0]).toMatchObject({ kind: 'keyData', actor_name: '测试countyAdmin', changes: { value: { old: null, new: 20 } } })
  })

  test('停用的字典项不再提供，但旧记录仍有名称；下级租户继承上级字典', async () => {
    await admin.put('/api/admin/dictionaries/housing', { name: '房屋类型' })
    for (const [code, label] of [['flat', '住宅'], ['shop', '商铺']]) await admin.put(`/api/admin/dictionaries/housing/items/${code}`, { label })
    await admin.put('/api/admin/dictionaries/housing/items/shop', { label: '商铺', state: 'retired' })
    const labels = async (client: Client, query = '') => (await client.get(`/api/dictionaries/housing${query}`)).body.items.map((item: { label: string }) => item.label)
    expect(await labels(county)).toEqual(['住宅'])
    expect(await labels(county, '?all=true')).toEqual(['住宅', '商铺'])
    expect((await county.put('/api/admin/dictionaries/housing/items/flat', { label: '改' })).body.code).toBe('platform.dictionaryInherited')
    expect((await admin.put('/api/admin/dictionaries/housing/items/flat', { label: '住宅', parentCode: 'flat' })).body.code).toBe('platform.badItemParent')
  })

  test('改一天假期，时限立即按新日历计算；临近期末有长期提示', async () => {
    const due = () => app.query(async (ctx) => addDuration(await calendarOf(ctx), instant('2026-11-17T10:00:00+08:00'), { amount: 1, unit: 'workingDays' }), { tenantId: countyId })
    const countyId = await tenantId('test-county')
    const before = await due()
    expect((await county.put('/api/admin/calendar/days', { days: [{ date: '2026-11-18', kind: 'holiday', name: '临时放假' }] })).body.code).toBe('platform.upperCalendar')
    await admin.put('/api/admin/calendar/days', { days: [{ date: '2026-11-18', kind: 'holiday', name: '临时放假' }] })
    expect((await due()) - before).toBe(24 * 3_600_000)
    const calendar = await county.get('/api/calendar')
    expect(calendar.body).toMatchObject({ year: 2026, coveredUntil: '2026-12-31', editable: false })
    expect(calendar.body.warning).toContain('2026-12-31')
    await admin.delete('/api/admin/calendar/days/2026-11-18')
    expect(await due()).toBe(before)
  })

  test('区划可批量导入，缺上级的逐行报告', async () => {
    const done = await admin.post('/api/admin/areas/import', { areas: [{ code: '990102901', name: '新设街道' }, { code: '990109001', name: '孤街道' }, { code: '880000', name: '外省' }, { code: '990102901001', name: '新设社区' }] })
    expect(done.body).toMatchObject({ imported: 2, errors: [{ row: 3, message: '不在本租户区划之内' }, { row: 2, message: '上级区划不存在' }] })
    expect((await app.nobody('public').get('/api/areas?parent=990102901')).body.items).toMatchObject([{ code: '990102901001', fullName: '宁原省澜川市北屏区新设街道新设社区' }])
  })
})
