// The post of difficult orders over HTTP (ORD-49).
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'
import { createOrder } from '../register-order.ts'
import { handlingWalk, type HandlingWalk } from '../requests/test-handling.ts'

let app: TestApp
let walk: HandlingWalk
let county: string
beforeAll(async () => {
  app = await testApp()
  walk = await handlingWalk(app)
  county = (await walk.rows(sql<{ id: string }>`select id from platform_tenant where code = 'test-county'`))[0]?.id ?? ''
})
afterAll(() => app.stop())

const marked = async () => {
  const order = await walk.handled()
  await walk.ok((await walk.who('reviewer')).post(`/api/orders/${order.id}/mark-hard`, { reason: '三个单位推诿，久拖不决' }))
  const [hard] = (await walk.ok((await walk.who('dispatcher')).get(`/api/order-hards?orderId=${order.id}`))).items
  return { ...order, hard }
}
const handle = async (order: { hard: { id: string } }, body: Record<string, unknown>) => (await walk.who('dispatcher')).post(`/api/order-hards/${order.hard.id}/handle`, { opinion: '由疑难岗协调', ...body })
const open = async (id: string) => (await (await walk.who('reviewer')).get(`/api/orders/${id}`)).body.assignments.filter((a: { state: string }) => a.state !== 'cancelled').map((a: { unitName: string; role: string }) => [a.unitName, a.role])

describe('待处理的疑难工单有六种出路', () => {
  test('自行办结：中心的反馈进入结果审核', async () => {
    const order = await marked()
    expect((await handle(order, { way: 'conclude' })).body).toMatchObject({ rule: 'orders.hard.targets', fields: [{ path: 'result' }] })
    expect((await walk.ok(handle(order, { way: 'conclude', result: '已协调三方现场处理完毕' }))).state).toBe('pendingResultReview')
    expect(await open(order.id)).toEqual([['测试市热线中心', 'lead']])
  })
  test('主办协办', async () => {
    const order = await marked()
    await walk.ok(handle(order, { way: 'leadAssist', units: [{ unitId: walk.unit('T-HEAT'), role: 'lead' }, { unitId: walk.unit('T-URBAN'), role: 'assist' }] }))
    expect(await open(order.id)).toEqual([['测试市供热办', 'lead'], ['测试市城管局', 'assist']])
    expect((await handle(order, { way: 'conclude', result: '再次' })).status).toBe(409)
  })
  test('多部门并行', async () => {
    const order = await marked()
    expect((await handle(order, { way: 'parallel', units: [{ unitId: walk.unit('T-HEAT'), role: 'parallel' }] })).status).toBe(422)
    await walk.ok(handle(order, { way: 'parallel', units: [{ unitId: walk.unit('T-HEAT'), role: 'parallel' }, { unitId: walk.unit('T-URBAN'), role: 'parallel' }] }))
    expect((await open(order.id)).length).toBe(2)
  })
  test('分中心只接受分中心单位', async () => {
    const order = await marked()
    expect((await handle(order, { way: 'subCentre', units: [{ unitId: walk.unit('T-HEAT'), role: 'lead' }] })).body.fields[0].path).toBe('units')
    await walk.rows(sql`update platform_unit set kind = 'subCentre' where code = 'T-DISTRICT'`)
    await walk.ok(handle(order, { way: 'subCentre', units: [{ unitId: walk.unit('T-DISTRICT'), role: 'lead' }] }))
    expect(await open(order.id)).toEqual([['临澜区政府', 'lead']])
    await walk.rows(sql`update platform_unit set kind = 'handling' where code = 'T-DISTRICT'`)
  })
  test('下派下级中心', async () => {
    const order = await marked()
    await walk.ok(handle(order, { way: 'down', tenantId: county }))
    expect((await walk.order(order.id)).flags).toEqual(expect.arrayContaining(['hard', 'transferredDown']))
  })
})

test('结果审核时也能标为疑难；退回则标记消失；单位不能标', async () => {
  const order = await walk.handled()
  expect((await (await walk.who('handler')).post(`/api/orders/${order.id}/mark-hard`, { reason: '推诿' })).status).toBe(403)
  expect((await (await walk.who('otherReviewer')).post(`/api/orders/${order.id}/mark-hard`, { reason: '推诿' })).status).toBe(404)
  await walk.ok((await walk.who('reviewer')).post(`/api/orders/${order.id}/mark-hard`, { reason: '推诿' }))
  expect((await (await walk.who('reviewer')).post(`/api/orders/${order.id}/mark-hard`, { reason: '推诿' })).status).toBe(409)
  const [hard] = (await walk.ok((await walk.who('dispatcher')).get(`/api/order-hards?orderId=${order.id}`))).items
  await walk.ok((await walk.who('dispatcher')).post(`/api/order-hards/${hard.id}/return`, { opinion: '可正常办理' }))
  expect((await walk.order(order.id)).flags).not.toContain('hard')
})

test('专项流程保存后，同类下一件疑难工单可以选用', async () => {
  const [category] = await walk.rows(sql<{ id: string }>`select gen_random_uuid() as id`)
  const one = await marked()
  await walk.rows(sql`update order_hard set category_id = ${category?.id} where id = ${one.hard.id}`)
  await walk.rows(sql`update order_order set category_id = ${category?.id} where id = ${one.id}`)
  await walk.ok((await walk.who('dispatcher')).put(`/api/order-hards/${one.hard.id}/process`, { name: '分管领导协调', steps: [{ name: '现场会', days: 3 }, { name: '报领导签批' }], save: true }))
  await walk.ok((await walk.who('dispatcher')).post(`/api/order-hards/${one.hard.id}/steps/0/done`, { note: '已召开' }))
  expect((await (await walk.who('dispatcher')).post(`/api/order-hards/${one.hard.id}/steps/0/done`, { note: '再次' })).status).toBe(409)
  const two = await walk.handled()
  await walk.rows(sql`update order_order set category_id = ${category?.id} where id = ${two.id}`)
  await walk.ok((await walk.who('reviewer')).post(`/api/orders/${two.id}/mark-hard`, { reason: '同类问题' }))
  const [next] = (await walk.ok((await walk.who('dispatcher')).get(`/api/order-hards?orderId=${two.id}`))).items
  expect(next.offered).toMatchObject([{ name: '分管领导协调', steps: [{ name: '现场会', days: 3 }, { name: '报领导签批' }] }])
})

test('没有上级中心时不能上报，工单和任务都不变', async () => {
  const order = await marked()
  expect(await handle(order, { way: 'up' })).toMatchObject({ status: 422, body: { fields: [{ path: 'way' }] } })
  expect((await walk.order(order.id)).state).toBe('inProgress')
})

test('六种出路之上报：下级中心把疑难工单报给上级中心，本级等待结果', async () => {
  const client = await walk.who('countyReviewer')
  const order = await app.command((ctx) => createOrder(ctx, { requester: { subjectKind: 'person', name: '陈小满', anonymous: false, phone: '19900019001', otherPhones: [] }, appealType: 'help', title: '跨区河道污染', content: '上下游两个区推诿，久拖不决。', requesterCount: 1, urgency: 'normal', confidential: false, callbackWanted: true, callbackManner: 'call', fileIds: [], channel: 'visit' }), { tenantId: county })
  await walk.ok(client.post(`/api/orders/${order.id}/pass-review`, {}))
  await walk.ok(client.post(`/api/orders/${order.id}/mark-hard`, { reason: '涉及两个区' }))
  const [hard] = (await walk.ok(client.get(`/api/order-hards?orderId=${order.id}`))).items
  await walk.ok(client.post(`/api/order-hards/${hard.id}/handle`, { way: 'up', opinion: '请市级协调' }))
  expect(await walk.order(order.id)).toMatchObject({ state: 'inProgress', flags: expect.arrayContaining(['hard']) })
  const chain = (await walk.ok(client.get(`/api/orders/${order.id}`))).chain.map((c: { tenantName: string }) => c.tenantName)
  expect(chain).toEqual(['北屏区', '测试市'])
})
