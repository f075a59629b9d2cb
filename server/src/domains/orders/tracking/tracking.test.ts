// Long-term tracking over HTTP (ORD-46).
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'
import { DAY, plus, toIso, type Instant } from '../../../kernel/time/index.ts'
import { feedbackText } from '../reading/test-orders.ts'
import { handlingWalk, type HandlingWalk } from '../requests/test-handling.ts'

let app: TestApp
let walk: HandlingWalk
beforeAll(async () => {
  app = await testApp()
  walk = await handlingWalk(app)
})
afterAll(() => app.stop())

const inDays = (n: number) => toIso(plus(app.clock.now(), n * DAY))
const ask = async (order: { first: string }, more: Record<string, unknown> = {}) => (await walk.who('handler')).post(`/api/assignments/${order.first}/request-tracking`, { untilAt: inDays(180), plan: '纳入明年改造计划', reason: '须立项', ...more })
const handling = async (order: { first: string }) => (await walk.rows(sql<{ due_at: Instant }>`select due_at from order_clock where assignment_id = ${order.first} and kind = 'handling'`))[0]?.due_at
const tracked = async () => {
  const order = await walk.handled()
  await walk.ok(ask(order))
  await walk.ok(walk.decide(order.id, 'tracking', 'unitLeader'))
  await walk.ok(walk.decide(order.id, 'tracking', 'reviewer'))
  return order
}

test('批准前正常时限不变；批准后越过正常时限，按周期报告', async () => {
  const order = await walk.handled()
  const before = await handling(order)
  await walk.ok(ask(order))
  await walk.ok(walk.decide(order.id, 'tracking', 'unitLeader'))
  expect(await handling(order)).toBe(before)
  await walk.ok(walk.decide(order.id, 'tracking', 'reviewer'))
  expect(await handling(order)).toBeGreaterThan(before as number)
  expect((await walk.order(order.id)).flags).toContain('tracking')
})

test('预计时间在正常时限之内、或超过允许时长，均被拒', async () => {
  const order = await walk.handled()
  expect((await ask(order, { untilAt: toIso(plus(app.clock.now(), 60_000)) })).body).toMatchObject({ rule: 'tracking.maxDays', fields: [{ path: 'untilAt' }] })
  expect((await ask(order, { untilAt: inDays(4000) })).status).toBe(422)
})

test('漏报：预警一次并列入清单；补报后诉求人看到阶段报告', async () => {
  const order = await tracked()
  app.clock.advance(31 * DAY)
  await app.runTimers()
  await app.runTimers()
  const [late] = (await walk.ok((await walk.who('reviewer')).get(`/api/order-trackings?overdue=true&orderId=${order.id}`))).items
  expect(late).toMatchObject({ missed: 1, overdue: true })
  await walk.ok((await walk.who('handler')).post(`/api/assignments/${order.first}/tracking-reports`, { text: '已完成立项，下月招标' }))
  expect((await walk.ok((await walk.who('reviewer')).get(`/api/order-trackings?overdue=true&orderId=${order.id}`))).items).toEqual([])
  const [feedback] = await walk.rows(sql<{ visibility: string; kind: string }>`select visibility, kind from order_feedback where order_id = ${order.id}`)
  expect(feedback).toEqual({ visibility: 'public', kind: 'progress' })
})

test('以正常的办理结果结束', async () => {
  const order = await tracked()
  await walk.ok((await walk.who('handler')).post(`/api/assignments/${order.first}/feedback`, feedbackText))
  await walk.ok((await walk.who('unitLeader')).post(`/api/assignments/${order.first}/review`, { outcome: 'accept' }))
  expect(await walk.order(order.id)).toMatchObject({ state: 'pendingResultReview' })
  expect((await walk.order(order.id)).flags).not.toContain('tracking')
  expect((await walk.rows(sql<{ end_kind: string }>`select end_kind from order_tracking where order_id = ${order.id}`))[0]?.end_kind).toBe('result')
})
