import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'
import { DAY } from '../../../kernel/time/index.ts'
import { createOrder } from '../register-order.ts'
import { walkIn, type Walk } from '../reading/test-orders.ts'

let app: TestApp
let walk: Walk
beforeAll(async () => {
  app = await testApp()
  walk = await walkIn(app)
})
afterAll(() => app.stop())

const post = async (login: string, path: string, body: unknown) => walk.ok((await walk.who(login)).post(path, body))
const detail = async (id: string) => walk.ok((await walk.who('reviewer')).get(`/api/orders/${id}`))
const codes = (order: { flags: { code: string }[] }): string[] => order.flags.map((f) => f.code)
const set = async (key: string, value: unknown) => {
  const answer = await (await walk.who('tenantadmin')).put(`/api/admin/settings/${key}`, { value, version: 0 })
  expect({ key, status: answer.status, body: answer.body }).toMatchObject({ status: 200 })
}

describe('快速通道', () => {
  test('上级标为不稳定因素的工单：派发即签收，用自己的时限，标记直到办结', async () => {
    const [unit] = await walk.rows(sql<{ tenant_id: string }>`select tenant_id from platform_unit where id = ${walk.unit('T-URBAN')}`)
    const made = await app.command((ctx) => createOrder(ctx, { requester: { subjectKind: 'person', name: '周大海', anonymous: false, phone: '13912340301', otherPhones: [] }, appealType: 'help', title: '聚集讨薪', content: '二十余人聚集', requesterCount: 20, urgency: 'normal', confidential: false, callbackWanted: true, callbackManner: 'call', fileIds: [], channel: 'connector', fastTrack: 'unstable' }), { tenantId: unit?.tenant_id ?? '' })
    await post('reviewer', `/api/orders/${made.id}/pass-review`, {})
    await post('dispatcher', `/api/orders/${made.id}/dispatch`, { units: [{ unitId: walk.unit('T-URBAN'), role: 'lead' }] })
    const order = await detail(made.id)
    expect(codes(order)).toContain('unstable')
    expect(order.assignments).toMatchObject([{ state: 'handling', autoSigned: true }])
    const { items } = await walk.ok((await walk.who('reviewer')).get(`/api/orders/${made.id}/timeline`))
    expect(items.find((e: { act: string }) => e.act === 'fastTrack')).toMatchObject({ actName: '快速通道处置', data: { units: ['测试市城管局'], limits: [{ kind: 'handling' }, { kind: 'response' }] } })
    expect(order.clocks.filter((c: { state: string; kind: string }) => c.state === 'running').map((c: { kind: string; ruleText: string }) => [c.kind, c.ruleText]).toSorted()).toEqual([['handling', '快速通道：不稳定因素'], ['response', '快速通道：不稳定因素']])
  })

  test('登记为重大的进入快速通道，普通的按普通规则等待签收', async () => {
    const major = await walk.dispatched([{ unit: 'T-URBAN', role: 'lead' }], { urgency: 'major' })
    expect(codes(await detail(major.id))).toContain('emergency')
    const normal = await walk.dispatched()
    expect((await detail(normal.id)).assignments).toMatchObject([{ state: 'pendingSign' }])
  })
})

describe('优先级', () => {
  test('紧急的、有批示的排在前；手工值保持到移除；没有权限 403', async () => {
    const [plain, urgent, instructed] = [await walk.register(), await walk.register({ urgency: 'urgent' }), await walk.register()]
    await walk.rows(sql`update order_order set flags = flags || '{instructed}'::text[] where id = ${instructed.id} returning id`)
    const where = encodeURIComponent(JSON.stringify({ all: [{ field: 'state', op: 'in', value: ['pendingReview'] }] }))
    const order = async () => (await walk.ok((await walk.who('reviewer')).get(`/api/orders/query?limit=200&sort=-priority&where=${where}`))).items.map((r: { id: string }) => r.id).filter((id: string) => [plain.id, urgent.id, instructed.id].includes(id))
    expect(await order()).toEqual([instructed.id, urgent.id, plain.id])
    await post('reviewer', `/api/orders/${plain.id}/priority`, { value: 5, reason: '领导关注' })
    expect(await order()).toEqual([plain.id, instructed.id, urgent.id])
    await post('reviewer', `/api/orders/${plain.id}/priority`, { value: null, reason: '恢复' })
    expect(await order()).toEqual([instructed.id, urgent.id, plain.id])
    expect((await (await walk.who('agent')).post(`/api/orders/${plain.id}/priority`, { value: 5, reason: 'x' })).status).toBe(403)
  })
})

describe('优先级权重', () => {
  test('中心改了权重，未办结工单按新权重重排；没有改的仍是批示 2、紧急 1', async () => {
    const [urgent, instructed] = [await walk.register({ urgency: 'urgent' }), await walk.register()]
    await walk.rows(sql`update order_order set flags = flags || '{instructed}'::text[] where id = ${instructed.id} returning id`)
    const priority = async (id: string) => (await detail(id)).priority
    expect([await priority(urgent.id), await priority(instructed.id)]).toEqual([1, 2])
    await set('priorityWeights', { instruction: 1, urgency: 5 })
    await app.drain()
    expect([await priority(urgent.id), await priority(instructed.id)]).toEqual([5, 1])
    expect(await priority((await walk.register({ urgency: 'urgent' })).id)).toBe(5)
  })
  test('调整优先级是工单页上的操作，没有权限的人看不到', async () => {
    const order = await walk.register()
    expect((await detail(order.id)).acts).toContainEqual(expect.objectContaining({ act: 'prioritise', enabled: true }))
    expect((await walk.ok((await walk.who('agent')).get(`/api/orders/${order.id}`))).acts.map((a: { act: string }) => a.act)).not.toContain('prioritise')
  })
})

describe('首次来电人', () => {
  test('新号码标首次来电，窗口内再来不标，窗口外再来又标', async () => {
    const who = { requester: { name: '吴小燕', phone: '13912340555' } }
    expect(codes(await detail((await walk.register(who)).id))).toContain('firstCaller')
    expect(codes(await detail((await walk.register(who)).id))).not.toContain('firstCaller')
    app.clock.advance(366 * DAY)
    expect(codes(await detail((await walk.register(who)).id))).toContain('firstCaller')
  })
})

describe('必须选点与校对', () => {
  test('投诉须选点：没有点位被拒并指出字段，其他类型通过；百度坐标换算后存储', async () => {
    await set('pointRequired', [{ join: 'all', appealTypes: ['complaint'] }])
    const agent = await walk.who('agent')
    const body = { requester: { name: '周大海', phone: '13912340600' }, appealType: 'complaint', title: '占道经营', content: '夜市占道', areaCode: '990101' }
    expect(await agent.post('/api/orders', body)).toMatchObject({ status: 422, body: { fields: [{ path: 'lon' }] } })
    await walk.ok(agent.post('/api/orders', { ...body, appealType: 'help' }))
    const made = await walk.ok(agent.post('/api/orders', { ...body, lon: 116.404, lat: 39.915, coordinateSystem: 'BD09' }))
    const order = await detail(made.id)
    expect(order.lon).toBeCloseTo(116.3914, 3)
    expect(order.lat).toBeCloseTo(39.9073, 3)
  })

  test('点位附近登记过的地点按远近列出，保密工单的地点不列', async () => {
    const at = (lat: number, more: Record<string, unknown>) => walk.register({ lon: 116.5, lat, ...more })
    await at(39.9, { address: '和平路3号院' })
    await at(39.9005, { address: '和平路9号院' })
    await at(39.9001, { address: '保密地点', confidential: true })
    await at(39.95, { address: '远处' })
    const { places } = await walk.ok((await walk.who('agent')).get('/api/places/point?lon=116.5&lat=39.9'))
    expect(places.map((p: { address: string }) => p.address)).toEqual(['和平路3号院', '和平路9号院'])
    expect(places[0].metres).toBe(0)
  })

  test('校对采用与否随工单留痕', async () => {
    const made = await walk.register({ proofread: [{ field: 'areaCode', rule: 'areaDiffers', found: '东城', proposed: '西城', choice: 'accepted' }] })
    const [entry] = await walk.rows(sql<{ changes: unknown; visibility: string }>`select changes, visibility from order_timeline where order_id = ${made.id} and act = 'proofread'`)
    expect(entry).toMatchObject({ visibility: 'internal', changes: { areaCode: { old: '东城', new: '西城' } } })
  })
})
