// Contacts with requesters over HTTP (ORD-38).
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'
import { DAY, plus, toIso } from '../../../kernel/time/index.ts'
import { feedbackText } from '../reading/test-orders.ts'
import { handlingWalk, type HandlingWalk } from '../requests/test-handling.ts'

let app: TestApp
let walk: HandlingWalk
beforeAll(async () => {
  app = await testApp()
  walk = await handlingWalk(app)
})
afterAll(() => app.stop())

const contact = async (order: { first: string }, body: Record<string, unknown>, login = 'handler') => (await walk.who(login)).post(`/api/assignments/${order.first}/contacts`, body)

test('没有结果的联系被拒；未联系上不能登记承诺；他单位不能登记', async () => {
  const order = await walk.handled()
  expect((await contact(order, { method: 'phone' })).status).toBe(422)
  expect((await contact(order, { method: 'phone', outcome: 'notReached', promised: true })).body.fields[0].path).toBe('promised')
  expect((await contact(order, { method: 'phone', outcome: 'reached', at: toIso(plus(app.clock.now(), DAY)) })).body.fields[0].path).toBe('at')
  expect((await contact(order, { method: 'phone', outcome: 'reached' }, 'handler2')).status).toBe(404)
  expect((await walk.rows(sql`select 1 from order_contact where order_id = ${order.id}`)).length).toBe(0)
})

test('失败的尝试如实记录；三次后标记“已尝试联系未成功”，满足办结前的联系要求，但不计入联系率', async () => {
  const order = await walk.handled()
  await walk.ok((await walk.who('tenantAdmin')).put('/api/admin/settings/contact.beforeResult', { value: true, version: 0 }))
  const feedback = async () => (await walk.who('handler')).post(`/api/assignments/${order.first}/feedback`, { ...feedbackText, contacted: 'notStated' })
  expect(await feedback()).toMatchObject({ status: 422, body: { rule: 'contact.beforeResult' } })
  for (let i = 0; i < 3; i++) await walk.ok(contact(order, { method: 'phone', outcome: 'notReached', note: '无人接听' }))
  const [assignment] = await walk.rows(sql<{ contacted_at: number | null; tried_in_vain_at: number | null }>`select contacted_at, tried_in_vain_at from order_assignment where id = ${order.first}`)
  expect(assignment?.contacted_at).toBeNull()
  expect(assignment?.tried_in_vain_at).not.toBeNull()
  const [clock] = await walk.rows(sql<{ n: number }>`select count(*)::int as n from order_timeline where order_id = ${order.id} and act = 'triedInVain'`)
  expect(clock?.n).toBe(1)
  const rates = await walk.ok((await walk.who('supervisor')).get(`/api/contact-rates?from=${encodeURIComponent(toIso(plus(app.clock.now(), -DAY)))}&to=${encodeURIComponent(toIso(plus(app.clock.now(), DAY)))}`))
  const before = rates.items.find((r: { unitId: string }) => r.unitId === walk.unit('T-URBAN'))
  expect(before).toMatchObject({ reached: 0, triedInVain: 1, attempts: 3 })
  await walk.ok(feedback())
})

test('见面率数的是工单：同一工单见面两次只计一次；首次联系停首次联系时钟', async () => {
  const range = () => `from=${encodeURIComponent(toIso(plus(app.clock.now(), -DAY)))}&to=${encodeURIComponent(toIso(plus(app.clock.now(), DAY)))}`
  const of = async () => (await walk.ok((await walk.who('supervisor')).get(`/api/contact-rates?${range()}`))).items.find((r: { unitId: string }) => r.unitId === walk.unit('T-URBAN'))
  const before = await of()
  const order = await walk.handled()
  await walk.ok(contact(order, { method: 'visit', outcome: 'reached', met: true }))
  await walk.ok(contact(order, { method: 'visit', outcome: 'reached', met: true }))
  const after = await of()
  expect([after.orders - before.orders, after.met - before.met, after.reached - before.reached, after.attempts - before.attempts]).toEqual([1, 1, 1, 2])
  expect((await walk.rows(sql<{ state: string }>`select state from order_clock where assignment_id = ${order.first} and kind in ('firstContact', 'response')`)).every((c) => c.state === 'met')).toBe(true)
  expect((await walk.ok((await walk.who('handler2')).get(`/api/order-contacts?orderId=${order.id}`))).items).toEqual([])
})

test('承诺反馈：到期提醒一次，登记兑现或未兑现后结束', async () => {
  const order = await walk.handled()
  await walk.ok(contact(order, { method: 'phone', outcome: 'reached', promised: true, promisedAt: toIso(plus(app.clock.now(), DAY)) }))
  app.clock.advance(2 * DAY)
  await app.runTimers()
  const [item] = (await walk.ok((await walk.who('handler')).get('/api/order-contacts?promise=overdue'))).items
  expect(item).toMatchObject({ orderId: order.id, promiseState: 'open', promiseOverdue: true, mayClosePromise: true })
  expect((await walk.rows(sql`select 1 from platform_message where object_id = ${order.id} and type = 'order.contactPromise'`)).length).toBeGreaterThan(0)
  await walk.ok((await walk.who('handler')).post(`/api/order-contacts/${item.id}/promise`, { kept: true, note: '已电话答复' }))
  expect((await (await walk.who('handler')).post(`/api/order-contacts/${item.id}/promise`, { kept: false, note: '再次' })).status).toBe(409)
})
