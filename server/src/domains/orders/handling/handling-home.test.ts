// Figures of the handling desks on the start page, and what a requester sees of a suspension, over HTTP (ORD-37, ORD-44, ORD-46).
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'
import { DAY, plus, toIso } from '../../../kernel/time/index.ts'
import { publicOrder } from '../public/public-order.ts'
import { handlingWalk, type HandlingWalk } from '../requests/test-handling.ts'

let app: TestApp
let walk: HandlingWalk
beforeAll(async () => {
  app = await testApp()
  walk = await handlingWalk(app)
})
afterAll(() => app.stop())

const counts = async (login: string): Promise<Record<string, { value: number }>> => (await walk.ok((await walk.who(login)).get('/api/home/counts'))).counts
const shown = async (id: string) => {
  const row = await walk.order(id)
  return app.query((ctx) => publicOrder(ctx, row as never), { tenantId: String(row.tenant_id) })
}

test('疑难、挂办在岗位首页各有数字，与清单一致；处理后随之消失；别的岗位没有', async () => {
  const order = await walk.handled()
  await walk.ok((await walk.who('reviewer')).post(`/api/orders/${order.id}/mark-hard`, { reason: '多次推诿' }))
  const listed = (await walk.ok((await walk.who('dispatcher')).get('/api/order-hards?state=pending'))).count.value
  expect((await counts('dispatcher'))['handling.hard']?.value).toBe(listed)
  expect((await counts('agent'))['handling.hard']).toBeUndefined()
  expect((await counts('handler'))['handling.hard']).toBeUndefined()
  const [row] = (await walk.ok((await walk.who('dispatcher')).get(`/api/order-hards?orderId=${order.id}`))).items
  await walk.ok((await walk.who('dispatcher')).post(`/api/order-hards/${row.id}/return`, { opinion: '可正常办理' }))
  expect((await counts('dispatcher'))['handling.hard']?.value ?? 0).toBe(listed - 1)
})

test('被邀请表态的单位在首页看到一件，别的单位看不到', async () => {
  const order = await walk.register()
  await walk.ok((await walk.who('reviewer')).post(`/api/orders/${order.id}/pass-review`, {}))
  await walk.ok((await walk.who('dispatcher')).post(`/api/orders/${order.id}/propose-dispute`, { difficulty: '职责不清', unitIds: [walk.unit('T-HEAT')] }))
  await walk.ok(walk.decide(order.id, 'dispute', 'shiftLeader'))
  expect((await counts('unitLeader2'))['handling.disputesMine']?.value).toBe(1)
  expect((await counts('unitLeader'))['handling.disputesMine']).toBeUndefined()
})

test('诉求人看到暂缓的原因和期限、阶段报告的周期，看不到意见和证明材料；续办后不再显示', async () => {
  const order = await walk.handled()
  const condition = (await walk.ok((await walk.who('businessAdmin')).post('/api/pause-conditions', { name: '等待第三方配合', permittedDays: 10, evidenceRequired: false }))).id
  await walk.ok((await walk.who('handler')).post(`/api/assignments/${order.first}/request-suspension`, { conditionId: condition, reason: '内部理由不外传' }))
  expect((await shown(order.id)).paused).toBeNull()
  await walk.ok(walk.decide(order.id, 'suspension', 'unitLeader', 'approve', '领导意见不外传'))
  await walk.ok(walk.decide(order.id, 'suspension', 'reviewer'))
  const waiting = await shown(order.id)
  expect(waiting.paused).toMatchObject({ reason: '等待第三方配合' })
  expect(waiting.notes.map((n) => n.text)).toEqual(['因等待第三方配合，办理暂缓'])
  expect(JSON.stringify(waiting)).not.toContain('不外传')
  const [pause] = await walk.rows(sql<{ id: string }>`select id from order_pause where order_id = ${order.id}`)
  await walk.ok((await walk.who('reviewer')).post(`/api/order-pauses/${pause?.id}/resume`, { reason: '条件已具备' }))
  expect((await shown(order.id)).paused).toBeNull()

  const lasting = await walk.handled()
  await walk.ok((await walk.who('handler')).post(`/api/assignments/${lasting.first}/request-tracking`, { untilAt: toIso(plus(app.clock.now(), 200 * DAY)), intervalDays: 15, plan: '分三期改造', reason: '工程周期长' }))
  await walk.ok(walk.decide(lasting.id, 'tracking', 'unitLeader'))
  await walk.ok(walk.decide(lasting.id, 'tracking', 'reviewer'))
  expect((await shown(lasting.id)).tracking).toMatchObject({ everyDays: 15, reports: 0 })
  await walk.ok((await walk.who('handler')).post(`/api/assignments/${lasting.first}/tracking-reports`, { text: '一期已完工' }))
  const seen = await shown(lasting.id)
  expect(seen.tracking).toMatchObject({ reports: 1 })
  expect(seen.reports.map((r) => r.text)).toEqual(['一期已完工'])
})

test('设为“审核期间暂停”时，退回申请停表，被驳回后按停下的时间顺延；默认照常计算', async () => {
  const clock = async (id: string) => (await walk.rows(sql<{ state: string; due_at: number }>`select state, due_at from order_clock where assignment_id = ${id} and kind = 'handling'`))[0]
  const ask = async (first: string) => walk.ok((await walk.who('handler')).post(`/api/assignments/${first}/request-return`, { reasonClass: '非职责', reason: '不归我办' }))
  const usual = await walk.handled()
  await ask(usual.first)
  expect((await clock(usual.first))?.state).toBe('running')
  const admin = await walk.who('tenantAdmin')
  const { body } = await admin.get('/api/admin/settings/clockDuringReturnReview')
  await walk.ok(admin.put('/api/admin/settings/clockDuringReturnReview', { value: 'pauses', version: body.version ?? 0 }))
  const order = await walk.handled()
  const before = (await clock(order.first))?.due_at ?? 0
  await ask(order.first)
  expect((await clock(order.first))?.state).toBe('paused')
  app.clock.advance(2 * DAY)
  const [request] = await walk.rows(sql<{ id: string }>`select id from order_request where order_id = ${order.id} and kind = 'return'`)
  await walk.ok((await walk.who('unitLeader')).post(`/api/order-requests/${request?.id}/decide`, { outcome: 'refuse', opinion: '是我们的职责' }))
  const after = await clock(order.first)
  expect(after?.state).toBe('running')
  expect(after?.due_at ?? 0).toBeGreaterThan(before)
})
