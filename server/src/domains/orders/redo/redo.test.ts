// Dissatisfied: examined first, back on the same order, or as a new linked one (ORD-60).
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'
import { reopenOrder } from '../callback-outcome.ts'
import { archiveDue } from '../order-sweeps.ts'
import { DAY } from '../../../kernel/time/index.ts'
import { feedbackText, walkIn, type Walk } from '../reading/test-orders.ts'

let app: TestApp
let walk: Walk
let tenant = ''
beforeAll(async () => {
  app = await testApp()
  walk = await walkIn(app)
  const [unit] = await walk.rows(sql<{ tenant_id: string }>`select tenant_id from platform_unit where id = ${walk.unit('T-URBAN')}`)
  tenant = unit?.tenant_id ?? ''
})
afterAll(() => app.stop())

const post = async (login: string, path: string, body: unknown = {}) => walk.ok((await walk.who(login)).post(path, body))
const get = async (login: string, path: string) => walk.ok((await walk.who(login)).get(path))
const versions = new Map<string, number>()
const settle = async (key: string, value: unknown) => {
  const answer = await (await walk.who('tenantadmin')).put(`/api/admin/settings/${key}`, { value, version: versions.get(key) ?? 0 })
  expect({ status: answer.status, body: answer.body }).toMatchObject({ status: 200 })
  versions.set(key, (versions.get(key) ?? 0) + 1)
}
const closed = async (more: Record<string, unknown> = {}) => {
  const order = await walk.dispatched([{ unit: 'T-URBAN', role: 'lead' }], { callbackWanted: false, ...more })
  await post('handler', `/api/assignments/${order.first}/sign`)
  await post('handler', `/api/assignments/${order.first}/feedback`, { ...feedbackText, contact: { method: '电话', reached: true } })
  await post('unitleader', `/api/assignments/${order.first}/review`, { outcome: 'accept' })
  await post('reviewer', `/api/orders/${order.id}/review-result`, { outcome: 'accept' })
  return order
}
const dissatisfied = (id: string) => app.command((ctx) => reopenOrder(ctx, id, '灯还是不亮', { satisfied: 'no' }), { tenantId: tenant })

test('默认：同一工单号进入第 2 轮，仍在原单位', async () => {
  const order = await closed()
  const again = await dissatisfied(order.id)
  expect(again).toMatchObject({ id: order.id, number: order.number, state: 'inProgress', round: 2 })
  expect((await get('reviewer', `/api/orders/${order.id}`)).assignments.filter((a: { round: number }) => a.round === 2)).toMatchObject([{ unitName: '测试市城管局', state: 'handling' }])
})

test('生成新单：新号、第 2 轮、双向关联，原单归档并保留评价，公开统计只计一次', async () => {
  await settle('redoMode', 'newLinkedOrder')
  const order = await closed()
  const again = await dissatisfied(order.id)
  expect(again.number).not.toBe(order.number)
  expect(again).toMatchObject({ state: 'inProgress', round: 2, title: order.title ?? again.title, reply: null, close_kind: null })
  const [old, fresh] = [await get('reviewer', `/api/orders/${order.id}`), await get('reviewer', `/api/orders/${again.id}`)]
  expect(old).toMatchObject({ state: 'archived', closeKind: 'redone', closeKindName: '转新单重办', links: [{ kind: 'redo', orderId: again.id, number: again.number }] })
  expect(fresh).toMatchObject({ round: 2, links: [{ kind: 'redo', orderId: order.id, number: order.number }], assignments: [{ unitName: '测试市城管局', state: 'handling', round: 2, opinion: '重办：灯还是不亮' }] })
  expect(fresh.flags.map((f: { code: string }) => f.code)).toEqual(expect.arrayContaining(['redoOrder']))
  // 新单照常反馈、能被搜到，再次不满意进入第 3 轮
  await post('handler', `/api/assignments/${fresh.assignments[0].id}/feedback`, { ...feedbackText, contact: { method: '电话', reached: true } })
  expect((await get('reviewer', `/api/orders?number=${encodeURIComponent(again.number)}`)).items.map((o: { id: string }) => o.id)).toEqual([again.id])
  const counted = await walk.rows(sql<{ n: number }>`select count(*)::int as n from order_view where id in (${order.id}, ${again.id}) and not ('redoOrder' = any(flags))`)
  expect(counted[0]?.n).toBe(1)
  await settle('redoMode', 'sameOrder')
})

test('先复查：到期不归档，只能复查一次；诉求人坚持或程序有问题则重办，核实后维持则归档并保留评价', async () => {
  await settle('reexamineBeforeRedo', true)
  const [first, second] = [await closed(), await closed()]
  expect(await dissatisfied(first.id)).toMatchObject({ state: 'closed', round: 1 })
  await dissatisfied(second.id)
  app.clock.advance(30 * DAY)
  await app.command(archiveDue, { tenantId: tenant })
  const pending = (await get('reviewer', '/api/order-reexaminations')).items
  const of = (id: string) => pending.find((r: { orderId: string }) => r.orderId === id)
  expect(of(first.id)).toMatchObject({ reason: '灯还是不亮', orderState: 'closed', leadUnitName: '测试市城管局', mayDecide: true })
  expect((await get('reviewer', `/api/orders/${first.id}`)).flags).toContainEqual({ code: 'reexamine', name: '待复查' })

  const decide = async (login: string, id: string, body: Record<string, unknown>) => (await walk.who(login)).post(`/api/order-reexaminations/${of(id).id}/decide`, { compliant: true, effective: true, confirmed: true, demanded: false, ...body })
  expect((await decide('handler', first.id, {})).status).toBe(403)
  expect((await decide('otherAdmin', first.id, {})).status).not.toBe(200)
  expect(await decide('reviewer', first.id, { confirmed: false, opinion: '材料齐全' })).toMatchObject({ status: 422, body: { fields: [{ path: 'confirmed' }] } })
  expect(await decide('reviewer', first.id, {})).toMatchObject({ status: 422, body: { fields: [{ path: 'opinion' }] } })
  expect(await decide('reviewer', first.id, { opinion: '已到现场核实，灯已修复，诉求人认可结果' })).toMatchObject({ status: 200, body: { outcome: 'kept', state: 'archived', redoNumber: null } })
  expect(await get('reviewer', `/api/orders/${first.id}`)).toMatchObject({ closeKindName: '复查维持', closeKind: 'dissatisfiedKept' })
  for (const one of [first, second]) expect((await get('reviewer', `/api/orders/${one.id}`)).flags.some((f: { code: string }) => f.code === 'reexamine')).toBe(one === second)
  expect(await decide('reviewer', first.id, { demanded: true })).toMatchObject({ status: 409, body: { code: 'orders.reexamined' } })

  expect(await decide('shiftLeader', second.id, { effective: false })).toMatchObject({ status: 200, body: { outcome: 'redo', state: 'inProgress', redoNumber: null } })
  expect(await get('reviewer', `/api/orders/${second.id}`)).toMatchObject({ round: 2 })
  const acts = (await get('reviewer', `/api/orders/${second.id}/timeline`)).items.map((e: { act: string }) => e.act)
  expect(acts).toEqual(expect.arrayContaining(['askReexamination', 'reexamine', 'reopen']))
  await settle('reexamineBeforeRedo', false)
})
