// Instructions in steps over HTTP (ORD-48).
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'
import { handlingWalk, type HandlingWalk } from '../requests/test-handling.ts'

let app: TestApp
let walk: HandlingWalk
beforeAll(async () => {
  app = await testApp()
  walk = await handlingWalk(app)
})
afterAll(() => app.stop())

const asked = async () => {
  const order = await walk.handled()
  await walk.ok((await walk.who('dispatcher')).post(`/api/orders/${order.id}/ask-instruction`, { question: '职责不清，请批示' }))
  return order
}

test('第三种结果把批示上送一级，中心领导的意见回到工单', async () => {
  const order = await asked()
  expect((await walk.decide(order.id, 'instruction', 'leader')).status).toBe(404)
  const [row] = await walk.rows(sql<{ id: string }>`select flow_instance_id as id from order_request where order_id = ${order.id} and kind = 'instruction'`)
  await walk.ok((await walk.who('shiftLeader')).post(`/api/flow/instances/${row?.id}/decide`, { outcome: 'passUp', opinion: '请领导定' }))
  expect((await walk.order(order.id)).flags).not.toContain('instructed')
  await walk.ok(walk.decide(order.id, 'instruction', 'leader', 'approve', '由城管局牵头'))
  expect((await walk.order(order.id)).flags).toContain('instructed')
  const [entry] = await walk.rows(sql<{ text: string; visibility: string }>`select text, visibility from order_timeline where order_id = ${order.id} and act = 'instruct'`)
  expect(entry).toEqual({ text: '由城管局牵头', visibility: 'internal' })
})

test('同一工单不能重复提请；单位和他租户不能提请', async () => {
  const order = await asked()
  expect((await (await walk.who('reviewer')).post(`/api/orders/${order.id}/ask-instruction`, { question: '再问' })).status).toBe(409)
  expect((await (await walk.who('handler')).post(`/api/orders/${order.id}/ask-instruction`, { question: '请示' })).status).toBe(403)
  expect((await (await walk.who('otherReviewer')).post(`/api/orders/${order.id}/ask-instruction`, { question: '请示' })).status).toBe(404)
})
