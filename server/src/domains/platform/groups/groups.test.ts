// User groups, the own-group scope, substitutes, and reports on a past day.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DAY, plus } from '../../../kernel/time/index.ts'
import { testApp, type Client, type TestApp } from '../../../kernel/testing/index.ts'

let app: TestApp
let admin: Client
let ids: Record<string, string>
beforeAll(async () => {
  app = await testApp()
  admin = await app.as('tenantAdmin')
  ids = Object.fromEntries(await Promise.all(['agent', 'agent2', 'shiftLeader', 'handler', 'handler2', 'sectionHandler', 'otherAdmin', 'inspector'].map(async (login) => [login, (await app.actor(login)).id])))
})
afterAll(() => app.stop())

const roleOf = async (code: string): Promise<string> => (await admin.get('/api/admin/roles')).body.items.find((role: { code: string }) => role.code === code)?.id
const centre = async (): Promise<string> => (await app.actor('agent')).unitIds[0] ?? ''
const day = async (days: number): Promise<void> => app.clock.set(plus(app.clock.now(), days * DAY))
const today = async (): Promise<string> => (await (await app.as('agent')).get('/api/session')).body.serverTime.slice(0, 10)
const orders = async (who: string): Promise<number> => (await (await app.as(who)).get('/api/orders')).body.items?.length ?? -1
const register = async (who: string): Promise<string> => (await (await app.as(who)).post('/api/orders', { requester: { name: '陈小满', phone: '19900002001' }, appealType: 'help', title: `${who}登记的诉求`, content: '小区北门三盏路灯不亮，老人出行不便。', areaCode: '990101' })).body.id

describe('用户组与本组范围', () => {
  let team: string
  let leaderRole: string

  test('座席只看本人受理的工单，班组长看到全组的', async () => {
    await register('agent')
    await register('agent2')
    expect(await orders('agent')).toBe(1)
    const made = await admin.post('/api/admin/roles', { code: 'teamLeader', name: '班组长', permissions: [{ permission: 'orders.read', scope: 'group' }] })
    leaderRole = made.body.id
    const group = await admin.post('/api/admin/groups', { name: '早班一组', kind: 'team', unitId: await centre(), members: [{ userId: ids.agent, leader: false }, { userId: ids.inspector, leader: true }] })
    expect(group.status).toBe(200)
    team = group.body.id
    const reader = await app.as('inspector')
    for (const grant of (await admin.get(`/api/admin/users/${ids.inspector}/rights`)).body.grants) await admin.delete(`/api/admin/users/${ids.inspector}/grants/${grant.id}`)
    expect((await admin.post(`/api/admin/users/${ids.inspector}/grants`, { roleId: leaderRole })).status).toBe(200)
    expect((await reader.get('/api/orders')).body.items.map((order: { title: string }) => order.title)).toEqual(['agent登记的诉求'])
    const { version } = (await admin.get(`/api/admin/groups/${team}`)).body
    await admin.patch(`/api/admin/groups/${team}`, { version, members: [{ userId: ids.agent }, { userId: ids.agent2 }, { userId: ids.inspector, leader: true }] })
    expect((await reader.get('/api/orders')).body.items).toHaveLength(2)
    expect(await orders('agent')).toBe(1)
  })

  test('用户组给的角色对成员立即有效，写明来源，移出即失效，到期次日失效', async () => {
    const role = await roleOf('supervisor')
    const until = await today()
    const made = await admin.post('/api/admin/groups', { name: '供热专班', kind: 'project', unitId: await centre(), endsOn: until, members: [{ userId: ids.agent2 }], roles: [{ roleId: role, scope: 'unit' }] })
    expect(made.status).toBe(200)
    const agent2 = await app.as('agent2')
    const may = async (): Promise<boolean> => (await agent2.get('/api/session')).body.user.permissions.includes('supervision.read')
    expect(await may()).toBe(true)
    const rights = (await admin.get(`/api/admin/users/${ids.agent2}/rights`)).body
    expect(rights.grants.find((grant: { via: string }) => grant.via === 'group')).toMatchObject({ roleName: '督办员', viaName: '供热专班', validTo: until, scope: 'unit' })
    expect((await agent2.get('/api/messages?type=system')).body.items[0]).toMatchObject({ title: '您的权限有变更：加入用户组' })
    await day(1)
    expect(await may()).toBe(false)
    await day(-1)
    const group = (await admin.get(`/api/admin/groups/${made.body.id}`)).body
    expect((await admin.patch(`/api/admin/groups/${made.body.id}`, { version: group.version, members: [], reason: '专班解散' })).status).toBe(200)
    expect(await may()).toBe(false)
    expect((await admin.patch(`/api/admin/groups/${made.body.id}`, { version: group.version, name: '改名' })).status).toBe(409)
  })

  test('不能借用户组给出自己没有的权限，也不能加入别的租户的人或自己', async () => {
    const limited = (await admin.post('/api/admin/roles', { code: 'groupKeeper', name: '组管理', permissions: [{ permission: 'platform.manageGroups', scope: 'tenant' }, { permission: 'platform.grantRoles', scope: 'tenant' }, { permission: 'platform.readUsers', scope: 'tenant' }] })).body.id
    await admin.post(`/api/admin/users/${ids.shiftLeader}/grants`, { roleId: limited })
    const keeper = await app.as('shiftLeader')
    const group = { name: '试组', kind: 'team', unitId: await centre() }
    expect((await keeper.post('/api/admin/groups', { ...group, members: [{ userId: ids.agent }], roles: [{ roleId: await roleOf('tenantAdmin') }] })).body.code).toBe('platform.beyondOwnRights')
    expect((await keeper.post('/api/admin/groups', { ...group, members: [{ userId: ids.otherAdmin }] })).body.code).toBe('platform.groupUnknownUser')
    expect((await keeper.post('/api/admin/groups', { ...group, members: [{ userId: ids.shiftLeader }], roles: [{ roleId: limited }] })).body.code).toBe('platform.ownGrant')
    expect((await keeper.post('/api/admin/groups', { ...group, name: '早班一组' })).body.code).toBe('platform.groupNameTaken')
    expect((await (await app.as('otherAdmin')).get(`/api/admin/groups/${team}`)).status).toBe(404)
    expect((await (await app.as('agent')).get('/api/admin/groups')).status).toBe(403)
  })

  test('互斥的角色也不能经用户组凑齐', async () => {
    const group = { name: '审计组', kind: 'project', unitId: await centre(), members: [{ userId: ids.handler }], roles: [{ roleId: await roleOf('auditor') }] }
    await admin.post(`/api/admin/users/${ids.handler}/grants`, { roleId: await roleOf('systemAdmin') })
    expect((await admin.post('/api/admin/groups', group)).body.code).toBe('platform.exclusiveRoles')
  })
})

describe('代理授权', () => {
  test('把本人角色委托给同机构同事，期满或收回即失效', async () => {
    const agent = await app.as('agent')
    const from = await today()
    const role = await roleOf('agent')
    const bad = (body: Record<string, unknown>) => agent.post('/api/me/delegations', { toUserId: ids.shiftLeader, roleId: role, validFrom: from, validTo: from, reason: '休假', ...body })
    expect((await bad({ toUserId: ids.handler })).body.code).toBe('platform.notColleague')
    expect((await bad({ roleId: await roleOf('reviewer') })).body.code).toBe('platform.notHeld')
    expect((await bad({ validTo: '2099-01-01' })).body.code).toBe('platform.delegationPeriod')
    const made = await bad({})
    expect(made.status).toBe(200)
    const rights = async () => (await admin.get(`/api/admin/users/${ids.shiftLeader}/rights`)).body.grants.find((grant: { via: string }) => grant.via === 'delegation')
    expect(await rights()).toMatchObject({ roleCode: 'agent', viaName: '测试agent', inForce: true })
    await day(1)
    expect(await rights()).toMatchObject({ inForce: false })
    await day(-1)
    expect((await (await app.as('agent2')).post(`/api/me/delegations/${made.body.id}/end`)).status).toBe(404)
    expect((await agent.post(`/api/me/delegations/${made.body.id}/end`)).status).toBe(200)
    expect(await rights()).toBeUndefined()
    expect((await agent.get('/api/me/delegations')).body.given[0]).toMatchObject({ state: 'ended', roleName: '话务员' })
  })
})

describe('权限变更的通知与报表', () => {
  test('变更权限发出系统消息和邮件，历史可查，按昨日出的报表仍是变更前的情形', async () => {
    const role = await roleOf('matterManager')
    const before = await today()
    const { version } = (await admin.get(`/api/admin/users/${ids.handler2}`)).body
    await admin.patch(`/api/admin/users/${ids.handler2}`, { version, email: 'handler2@example.org' })
    expect((await admin.put('/api/message-channels/email', { adapter: 'development', enabled: true, config: {}, version: 0 })).status).toBe(200)
    const mails = async () => (await admin.get('/api/deliveries?channel=email')).body.items.filter((row: { type: string }) => row.type === 'system.rights').length
    const holders = async (query: string) => (await admin.get(`/api/admin/rights/holders?roleId=${role}${query}`)).body.items.map((row: { userId: string }) => row.userId)
    const grant = await admin.post(`/api/admin/users/${ids.handler2}/grants`, { roleId: role, reason: '兼管' })
    await day(1)
    expect((await admin.delete(`/api/admin/users/${ids.handler2}/grants/${grant.body.id}`, { reason: '不再兼管' })).status).toBe(200)
    expect(await holders('')).not.toContain(ids.handler2)
    expect(await holders(`&on=${before}`)).toContain(ids.handler2)
    const news = (await (await app.as('handler2')).get('/api/messages?type=system')).body.items
    expect(news[0]).toMatchObject({ title: '您的权限有变更：收回角色' })
    expect(news[0].text).toContain('原因：不再兼管')
    expect(await mails()).toBe(2)
    const changes = (await admin.get(`/api/admin/rights/changes?userId=${ids.handler2}`)).body.items
    expect(changes.filter((row: { roleName: string }) => row.roleName === '事项管理员').map((row: { kind: string; by: string; reason: string | null }) => [row.kind, row.by, row.reason])).toEqual([['ended', '测试tenantAdmin', '不再兼管'], ['given', '测试tenantAdmin', '兼管']])
  })

  test('角色内容改了，昨日的报表按昨日的内容，持有人收到通知', async () => {
    const made = (await admin.post('/api/admin/roles', { code: 'reportRole', name: '报表角色', permissions: [{ permission: 'platform.readUsers', scope: 'tenant' }] })).body.id
    await admin.post(`/api/admin/users/${ids.sectionHandler}/grants`, { roleId: made })
    const before = await today()
    await day(1)
    const { version } = (await admin.get(`/api/admin/roles/${made}`)).body
    expect((await admin.patch(`/api/admin/roles/${made}`, { version, permissions: [], reason: '收权' })).status).toBe(200)
    const can = async (on: string) => (await admin.get(`/api/admin/rights/holders?permission=platform.readUsers&userId=${ids.sectionHandler}${on}`)).body.items.map((row: { roleName: string; scope: string }) => [row.roleName, row.scope])
    expect(await can('')).toEqual([])
    expect(await can(`&on=${before}`)).toEqual([['报表角色', 'tenant']])
    expect((await (await app.as('sectionHandler')).get('/api/messages?type=system')).body.items[0].title).toBe('您的权限有变更：所持角色的内容已调整')
    const change = (await admin.get('/api/admin/rights/changes')).body.items.find((row: { kind: string; roleName: string }) => row.kind === 'roleChanged' && row.roleName === '报表角色')
    expect(change).toMatchObject({ old: ['查看用户（本租户）'], new: [], reason: '收权' })
  })
})

describe('虚拟组织', () => {
  const member = async (): Promise<{ see: number; may: boolean }> => {
    const client = await app.as('handler2')
    const found = (await client.get('/api/orders')).body.items.filter((order: { title: string }) => order.title === '供热管网抢修')
    return { see: found.length, may: (await client.get('/api/unit/assignments')).status === 200 }
  }

  test('像机构一样接收派单和消息；成员在有效期最后一天仍看得到本组工单，次日看不到，也不能再派给它', async () => {
    const until = await today()
    const made = await admin.post('/api/admin/groups', { name: '供热保障专班', kind: 'virtual', unitId: await centre(), purpose: '采暖季联合处置', endsOn: until, members: [{ userId: ids.handler2, leader: true }] })
    expect(made.status).toBe(200)
    const group = (await admin.get(`/api/admin/groups/${made.body.id}`)).body
    const own: string = group.ownUnitId
    const reviewed = async (title: string): Promise<{ id: string }> => {
      const { body } = await (await app.as('shiftLeader')).post('/api/orders', { requester: { name: '陈小满', phone: '19900002001' }, appealType: 'help', title, content: `${title}，三个小区同时停暖，请联合抢修。`, areaCode: '990101' })
      expect((await (await app.as('reviewer')).post(`/api/orders/${body.id}/pass-review`, {})).status).toBe(200)
      return body
    }
    const [created, later] = [await reviewed('供热管网抢修'), await reviewed('次日的工单')]
    expect((await member()).see).toBe(0)
    const dispatcher = await app.as('dispatcher')
    expect((await dispatcher.post(`/api/orders/${created.id}/dispatch`, { units: [{ unitId: own, role: 'lead' }], opinion: '请专班处置' })).status).toBe(200)
    await app.drain()
    expect((await member()).see).toBe(1)
    expect((await (await app.as('handler')).get(`/api/orders/${created.id}`)).status).toBe(404)
    const messages = (await (await app.as('handler2')).get('/api/messages')).body.items.map((one: { title: string }) => one.title).join(' ')
    expect(messages).toContain('新工单：供热管网抢修')
    const assignment = (await (await app.as('handler2')).get(`/api/orders/${created.id}`)).body.assignments[0]
    expect(assignment).toMatchObject({ unitName: '供热保障专班' })
    expect((await (await app.as('handler2')).post(`/api/assignments/${assignment.id}/sign`, {})).status).toBe(200)

    await day(1)
    expect((await member()).see).toBe(0)
    expect((await (await app.as('handler2')).get(`/api/orders/${created.id}`)).status).toBe(404)
    expect([403, 404]).toContain((await (await app.as('handler2')).post(`/api/assignments/${assignment.id}/sign`, {})).status)
    await app.runTimers()
    expect((await admin.get(`/api/admin/units/${own}`)).body.state).toBe('disabled')
    expect((await dispatcher.post(`/api/orders/${later.id}/dispatch`, { units: [{ unitId: own, role: 'lead' }], opinion: '请专班处置' })).status).toBe(422)
    expect((await admin.get('/api/messages')).body.items[0].title).toBe('虚拟组织“供热保障专班”已到期')
    await day(-1)
  })

  test('须有有效期；它的机构只能随用户组变化；重名、越权、他级机构都被拒绝', async () => {
    const body = { name: '防汛专班', kind: 'virtual', unitId: await centre() }
    expect((await admin.post('/api/admin/groups', body)).body.fields).toEqual([{ path: 'endsOn', message: '虚拟组织须填写有效期' }])
    expect((await admin.post('/api/admin/groups', { ...body, endsOn: '2020-01-01' })).status).toBe(422)
    expect((await (await app.as('countyAdmin')).post('/api/admin/groups', { ...body, endsOn: '2099-01-01' })).status).toBe(404)
    const made = (await admin.post('/api/admin/groups', { ...body, endsOn: '2099-01-01' })).body.id
    const group = (await admin.get(`/api/admin/groups/${made}`)).body
    const unit = `/api/admin/units/${group.ownUnitId}`
    for (const [path, sent] of [['disable', {}], ['move', { parentId: await centre(), version: 1 }], ['merge', { intoId: await centre(), version: 1, reason: '试' }]] as const) expect([path, (await admin.post(`${unit}/${path}`, sent)).body.code]).toEqual([path, 'platform.virtualUnit'])
    expect((await admin.post('/api/admin/units', { code: 'T-V', parentId: group.ownUnitId, name: '下级', kind: 'section', areaCode: '990100' })).body.code).toBe('platform.badParent')
    expect((await admin.post('/api/admin/units', { code: 'T-V', parentId: await centre(), name: '假虚拟', kind: 'virtual', areaCode: '990100' })).status).toBe(422)
    expect((await admin.patch(`/api/admin/groups/${made}`, { version: group.version, kind: 'team' })).status).toBe(422)
    expect((await admin.patch(`/api/admin/groups/${made}`, { version: group.version, endsOn: null })).status).toBe(422)
    expect((await admin.patch(`/api/admin/groups/${made}`, { version: group.version, name: '防汛抢险专班', state: 'disabled' })).status).toBe(200)
    expect((await admin.get(unit)).body).toMatchObject({ name: '防汛抢险专班', state: 'disabled', kind: 'virtual' })
  })
})
