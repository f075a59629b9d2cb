// Industry marks, objection, consent and ruling over HTTP (ORD-34, ORD-53).
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DAY } from '../../../kernel/time/index.ts'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'
import { feedbackText } from '../reading/test-orders.ts'
import { handlingWalk, type HandlingWalk } from '../requests/test-handling.ts'
import { sweepMarks } from './objections.ts'

let app: TestApp
let walk: HandlingWalk
beforeAll(async () => {
  app = await testApp()
  walk = await handlingWalk(app)
})
afterAll(() => app.stop())

const mark = async (order: { first: string }, unit = 'T-HEAT') => (await walk.who('handler')).post(`/api/assignments/${order.first}/mark-industry`, { industryUnitId: walk.unit(unit) })
const object = async (order: { id: string }, login = 'unitLeader2') => (await walk.who(login)).post(`/api/orders/${order.id}/object-industry`, { reason: '照明不属供热行业' })
const rowOf = async (order: { id: string }, login = 'reviewer') => (await walk.ok((await walk.who(login)).get(`/api/mark-objections?orderId=${order.id}`))).items[0]
const declared = async (order: { id: string }) => (await walk.ok((await walk.who('reviewer')).get(`/api/order-declarations?orderId=${order.id}`))).items[0]
const consent = async (id: string, yes: boolean, login = 'unitLeader') => (await walk.who(login)).post(`/api/mark-objections/${id}/consent`, { consent: yes, opinion: yes ? '标注有误' : '确属供热' })
const rule = async (id: string, body: Record<string, unknown>, login = 'reviewer') => (await walk.who(login)).post(`/api/mark-objections/${id}/rule`, { opinion: '按职责清单裁定', ...body })
const objected = async () => {
  const order = await walk.handled()
  await walk.ok(mark(order))
  await walk.ok(object(order))
  return order
}

test('被标注的部门看得到工单并可提出异议；标注单位领导同意后取消标注', async () => {
  const order = await walk.handled()
  expect((await object(order)).status).toBe(404)
  await walk.ok(mark(order))
  expect(await walk.act(order.id, 'unitLeader2', 'objectIndustry')).toMatchObject({ enabled: true })
  await walk.ok(object(order))
  expect((await object(order)).body).toMatchObject({ rule: 'orders.mark.objected' })
  const row = await rowOf(order)
  expect(row).toMatchObject({ state: 'asked', departmentName: '测试市供热办', markingUnitName: '测试市城管局' })
  expect((await consent(row.id, true, 'unitLeader2')).status).toBe(403)
  await walk.ok(consent(row.id, true))
  expect(await rowOf(order)).toMatchObject({ state: 'consented', consentOpinion: '标注有误' })
  expect((await declared(order)).industryUnitName).toBeNull()
})

test('不同意的异议不改变标注，工单进入中心清单；裁定为该工单的最终结论', async () => {
  const order = await objected()
  const row = await rowOf(order)
  expect((await rule(row.id, { outcome: 'cancel' })).body).toMatchObject({ rule: 'orders.mark.ended' })
  await walk.ok(consent(row.id, false))
  expect((await declared(order)).industryUnitName).toBe('测试市供热办')
  expect((await walk.ok((await walk.who('reviewer')).get('/api/mark-objections?box=disputed'))).items.map((r: { id: string }) => r.id)).toContain(row.id)
  expect((await rule(row.id, { outcome: 'correct' })).status).toBe(422)
  expect((await rule(row.id, { outcome: 'correct', industryUnitId: walk.unit('C-URBAN') })).status).toBe(422)
  expect((await rule(row.id, { outcome: 'cancel' }, 'handler')).status).toBe(403)
  await walk.ok(rule(row.id, { outcome: 'correct', industryUnitId: walk.unit('T-DISTRICT') }))
  expect(await rowOf(order)).toMatchObject({ state: 'corrected', newDepartmentName: '临澜区政府' })
  expect(await declared(order)).toMatchObject({ industryUnitName: '临澜区政府', ruled: true })
  // final: neither a new mark, nor a closing, nor a reviewer changes it
  expect((await mark(order)).body).toMatchObject({ rule: 'orders.mark.ruled' })
  await walk.ok((await walk.who('handler')).post(`/api/assignments/${order.first}/feedback`, { ...feedbackText, industryUnitId: walk.unit('T-HEAT') }))
  expect((await declared(order)).industryUnitName).toBe('临澜区政府')
  expect((await (await walk.who('reviewer')).post(`/api/orders/${order.id}/declaration`, { industryUnitId: walk.unit('T-HEAT'), basis: null, outsideArea: false, outsideDetail: null, reason: '再改' })).body).toMatchObject({ rule: 'orders.mark.ruled' })
})

test('维持的裁定之后，部门不能再提异议，动作说明原因', async () => {
  const order = await objected()
  const row = await rowOf(order)
  await walk.ok(consent(row.id, false))
  await walk.ok(rule(row.id, { outcome: 'keep' }))
  expect((await object(order)).body).toMatchObject({ rule: 'orders.mark.ruled' })
  expect(await walk.act(order.id, 'unitLeader2', 'objectIndustry')).toMatchObject({ enabled: false, rule: 'orders.mark.ruled' })
})

test('标注单位逾期未答复的，转中心裁定；改标其他部门后异议失效', async () => {
  const late = await objected()
  app.clock.advance(8 * DAY)
  await app.command((ctx) => sweepMarks(ctx))
  expect(await rowOf(late)).toMatchObject({ state: 'disputed', consentOpinion: '逾期未答复' })
  const other = await objected()
  await walk.ok(mark(other, 'T-DISTRICT'))
  expect(await rowOf(other)).toMatchObject({ state: 'superseded' })
})

test('保密工单的标注不向部门公开；他租户看不到异议', async () => {
  const secret = await walk.dispatched(undefined, { confidential: true })
  await walk.ok((await walk.who('handler')).post(`/api/assignments/${secret.first}/sign`))
  await walk.ok(mark(secret))
  expect((await (await walk.who('handler2')).get(`/api/orders/${secret.id}`)).status).toBe(404)
  const order = await objected()
  expect((await rule((await rowOf(order)).id, { outcome: 'cancel' }, 'otherReviewer')).status).toBe(404)
})
