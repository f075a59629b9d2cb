// Contested orders and adjudication over HTTP (ORD-47).
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'
import { handlingWalk, type HandlingWalk } from '../requests/test-handling.ts'

let app: TestApp
let walk: HandlingWalk
beforeAll(async () => {
  app = await testApp()
  walk = await handlingWalk(app)
})
afterAll(() => app.stop())

const propose = async (id: string, login = 'dispatcher') => (await walk.who(login)).post(`/api/orders/${id}/propose-dispute`, { difficulty: '城管与供热互相推诿', unitIds: [walk.unit('T-URBAN'), walk.unit('T-HEAT')] })
const pooled = async () => {
  const order = await walk.register()
  await walk.ok((await walk.who('reviewer')).post(`/api/orders/${order.id}/pass-review`, {}))
  await walk.ok(propose(order.id))
  await walk.ok(walk.decide(order.id, 'dispute', 'shiftLeader'))
  const [row] = (await walk.ok((await walk.who('reviewer')).get(`/api/order-disputes?orderId=${order.id}`))).items
  return { ...order, dispute: row }
}
const decide = async (order: { dispute: { id: string } }, more: Record<string, unknown> = {}) => (await walk.who('reviewer')).post(`/api/order-disputes/${order.dispute.id}/decide`, { units: [{ unitId: walk.unit('T-HEAT'), role: 'lead' }], decidingBody: '市热线办联席会议', opinion: '供热设施由供热办负责', ...more })

test('值班长同意才进入工单池；未审定前不能派发，动作说明原因', async () => {
  const order = await walk.register()
  await walk.ok((await walk.who('reviewer')).post(`/api/orders/${order.id}/pass-review`, {}))
  await walk.ok(propose(order.id))
  expect((await walk.order(order.id)).flags).not.toContain('disputed')
  await walk.ok(walk.decide(order.id, 'dispute', 'shiftLeader'))
  expect((await walk.order(order.id)).flags).toContain('disputed')
  const sent = await (await walk.who('dispatcher')).post(`/api/orders/${order.id}/dispatch`, { units: [{ unitId: walk.unit('T-HEAT'), role: 'lead' }] })
  expect(sent).toMatchObject({ status: 409, body: { rule: 'orders.disputed' } })
  expect(await walk.act(order.id, 'dispatcher', 'dispatch')).toMatchObject({ enabled: false, rule: 'orders.disputed' })
  expect((await propose(order.id)).status).toBe(409)
})

test('部门发表意见后审定，工单派给审定单位，该单位不能再以非职责退回', async () => {
  const order = await pooled()
  expect(order.dispute.voices.map((v: { unitName: string }) => v.unitName).length).toBe(2)
  expect((await decide(order)).body).toMatchObject({ rule: 'orders.dispute.voices' })
  await walk.ok((await walk.who('unitLeader')).post(`/api/order-disputes/${order.dispute.id}/voices`, { position: 'notOurs', text: '非市容管理范围' }))
  await walk.ok((await walk.who('unitLeader2')).post(`/api/order-disputes/${order.dispute.id}/voices`, { position: 'shared', text: '部分属于我办' }))
  const done = await walk.ok(decide(order))
  expect(done.state).toBe('inProgress')
  expect((await walk.order(order.id)).lead_unit_id).toBe(walk.unit('T-HEAT'))
  const back = await (await walk.who('handler2')).post(`/api/assignments/${done.assignments?.[0]?.id ?? (await (await walk.who('reviewer')).get(`/api/orders/${order.id}`)).body.assignments[0].id}/request-return`, { reasonClass: '非职责', reason: '不归我办' })
  expect(back).toMatchObject({ status: 409, body: { rule: 'orders.dispute.decided' } })
  expect((await decide(order)).status).toBe(409)
})

test('中心裁定不等意见；办理中的工单收回后改派，原单位得到通知', async () => {
  const order = await walk.handled()
  await walk.ok(propose(order.id, 'reviewer'))
  await walk.ok(walk.decide(order.id, 'dispute', 'shiftLeader'))
  const [row] = (await walk.ok((await walk.who('reviewer')).get(`/api/order-disputes?orderId=${order.id}`))).items
  await walk.ok(decide({ dispute: row }, { way: 'ruling', decidingBody: '市热线中心' }))
  const detail = (await (await walk.who('reviewer')).get(`/api/orders/${order.id}`)).body
  expect(detail.assignments.map((a: { unitName: string; state: string }) => [a.unitName, a.state])).toEqual([['测试市城管局', 'cancelled'], ['测试市供热办', 'pendingSign']])
})

test('一个部门看不到另一个部门的意见；未受邀的单位不能发言；他租户看不到', async () => {
  const order = await pooled()
  await walk.ok((await walk.who('unitLeader')).post(`/api/order-disputes/${order.dispute.id}/voices`, { position: 'notOurs', text: '非市容管理范围' }))
  const [seen] = (await walk.ok((await walk.who('unitLeader2')).get(`/api/order-disputes?orderId=${order.id}`))).items
  expect(seen.voices.map((v: { unitName: string }) => v.unitName)).toEqual(['测试市供热办'])
  expect((await (await walk.who('streetLeader')).post(`/api/order-disputes/${order.dispute.id}/voices`, { position: 'ours', text: '我们来' })).status).toBe(404)
  expect((await (await walk.who('otherReviewer')).post(`/api/order-disputes/${order.dispute.id}/decide`, { units: [{ unitId: walk.unit('O-URBAN'), role: 'lead' }], decidingBody: 'x', opinion: 'x' })).status).toBe(404)
})

test('退单审核转联合审定：退回申请结束，工单进入挂办池，原单位继续承办；审定给原单位后不能再以非职责退回', async () => {
  const order = await walk.handled()
  await walk.ok((await walk.who('handler')).post(`/api/assignments/${order.first}/request-return`, { reasonClass: '非职责', reason: '应由供热办负责' }))
  const requestOf = async () => (await (await walk.who('dispatcher')).get(`/api/orders/${order.id}`)).body.requests.find((r: { kind: string }) => r.kind === 'return')
  const decideReturn = async (login: string, body: Record<string, unknown>) => (await walk.who(login)).post(`/api/order-requests/${(await requestOf()).id}/decide`, body)
  await walk.ok(decideReturn('unitLeader', { outcome: 'approve' }))
  expect((await requestOf()).outcomes).toContain('adjudicate')
  expect((await decideReturn('dispatcher', { outcome: 'adjudicate' })).status).toBe(422)
  await walk.ok(decideReturn('dispatcher', { outcome: 'adjudicate', opinion: '两家都说不是自己的' }))
  const now = await walk.order(order.id)
  expect(now).toMatchObject({ state: 'inProgress', lead_unit_id: walk.unit('T-URBAN') })
  expect(now.flags).toContain('disputed')
  const [row] = (await walk.ok((await walk.who('reviewer')).get(`/api/order-disputes?orderId=${order.id}`))).items
  expect(row.voices.map((v: { unitName: string }) => v.unitName)).toEqual(['测试市城管局'])
  const done = await walk.ok((await walk.who('reviewer')).post(`/api/order-disputes/${row.id}/decide`, { way: 'ruling', units: [{ unitId: walk.unit('T-URBAN'), role: 'lead' }], decidingBody: '热线中心', opinion: '仍由城管局办理' }))
  expect(await (await walk.who('handler')).post(`/api/assignments/${done.assignments?.[0]?.id ?? (await (await walk.who('reviewer')).get(`/api/orders/${order.id}`)).body.assignments.at(-1).id}/request-return`, { reasonClass: '非职责', reason: '不归我办' })).toMatchObject({ status: 409, body: { rule: 'orders.dispute.decided' } })
})
