import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'
import { feedbackText, walkIn, type Walk } from '../reading/test-orders.ts'

let app: TestApp
let walk: Walk
beforeAll(async () => {
  app = await testApp()
  walk = await walkIn(app)
})
afterAll(() => app.stop())

const post = async (login: string, path: string, body: unknown) => walk.ok((await walk.who(login)).post(path, body))
const stateOf = async (id: string): Promise<string> => (await walk.ok((await walk.who('reviewer')).get(`/api/orders/${id}`))).state
const many = async (n: number) => {
  const orders = []
  for (let i = 0; i < n; i++) orders.push(await walk.register({ title: `停电 ${i}`, content: '全小区从昨晚起停电', callbackWanted: false, callbackManner: 'none' }))
  return orders.map((o) => o.id as string)
}
const finish = async (assignmentId: string, orderId: string) => {
  await post('handler', `/api/assignments/${assignmentId}/sign`, {})
  await post('handler', `/api/assignments/${assignmentId}/feedback`, feedbackText)
  await post('unitleader', `/api/assignments/${assignmentId}/review`, { outcome: 'accept' })
  await post('reviewer', `/api/orders/${orderId}/review-result`, { outcome: 'accept', missingReason: '现场核实' })
  await app.drain()
  await app.drain()
}
const dispatchSet = (id: string) => post('dispatcher', `/api/order-sets/${id}/dispatch`, { units: [{ unitId: walk.unit('T-URBAN'), role: 'lead' }], opinion: '请统一处置' })

describe('同诉事件集', () => {
  test('ORD-62 一百件一次派发、一次反馈、每件各自答复；移出的一件单独办理', async () => {
    const ids = await many(100)
    await post('reviewer', `/api/orders/${ids[0]}/pass-review`, {})
    const set = await post('dispatcher', '/api/order-sets', { title: '小区停电', core: '变压器故障致全小区停电', orderIds: ids, people: 900, communities: ['一社区'] })
    expect(set).toMatchObject({ state: 'open', members: 100, leadOrderId: ids[0] })
    const sent = await dispatchSet(set.id)
    expect(sent.state).toBe('dispatched')
    const assignments = await walk.rows(sql<{ id: string; order_id: string }>`select id, order_id from order_assignment where order_id = any(${ids}::uuid[])`)
    expect(assignments).toHaveLength(1)
    expect(await stateOf(ids[7] ?? '')).toBe('inProgress')
    await post('dispatcher', `/api/order-sets/${set.id}/members/${ids[7]}/remove`, { reason: '另有原因' })
    expect(await stateOf(ids[7] ?? '')).toBe('pendingDispatch')
    await finish(assignments[0]?.id ?? '', ids[0] ?? '')
    const done = await walk.ok((await walk.who('reviewer')).get(`/api/order-sets/${set.id}`))
    expect(done).toMatchObject({ state: 'answered', members: 99, answered: 99 })
    const rows = await walk.rows(sql<{ id: string; state: string; reply: string | null; number: string }>`select id, state, reply, number from order_order where id = any(${ids}::uuid[])`)
    expect(rows.filter((r) => r.state === 'closed' && r.reply === feedbackText.result)).toHaveLength(99)
    expect(new Set(rows.map((r) => r.number)).size).toBe(100)
    expect(rows.find((r) => r.id === ids[7])).toMatchObject({ state: 'pendingDispatch', reply: null })
  })

  test('派发后加入的工单立即随集办理，答复前不能单独取回', async () => {
    const [lead = '', later = ''] = await many(2)
    await post('reviewer', `/api/orders/${lead}/pass-review`, {})
    const set = await post('dispatcher', '/api/order-sets', { title: '停电二', core: '停电', orderIds: [lead] })
    await dispatchSet(set.id)
    await post('dispatcher', `/api/order-sets/${set.id}/members`, { orderIds: [later] })
    expect(await stateOf(later)).toBe('inProgress')
    expect(await (await walk.who('dispatcher')).post(`/api/orders/${later}/recall`, {})).toMatchObject({ status: 409, body: { rule: 'orders.set.carried' } })
  })

  test('不满意的成员重办时由答复的单位接手，不落空', async () => {
    const [lead = '', other = ''] = await many(2)
    await post('reviewer', `/api/orders/${lead}/pass-review`, {})
    const set = await post('dispatcher', '/api/order-sets', { title: '停电三', core: '停电', orderIds: [lead, other] })
    await dispatchSet(set.id)
    const [assignment] = await walk.rows(sql<{ id: string }>`select id from order_assignment where order_id = ${lead}`)
    await finish(assignment?.id ?? '', lead)
    const { reopenOrder } = await import('../callback-outcome.ts')
    const [row] = await walk.rows(sql<{ tenant_id: string }>`select tenant_id from order_order where id = ${other}`)
    await app.command((ctx) => reopenOrder(ctx, other, '仍然停电', {}), { tenantId: row?.tenant_id ?? '' })
    const again = await walk.rows(sql<{ unit_id: string; round: number }>`select unit_id, round from order_assignment where order_id = ${other}`)
    expect(again).toEqual([{ unit_id: walk.unit('T-URBAN'), round: 2 }])
  })

  test('一件工单同时只在一个事件集；已办结的不能加入；无权者 403；别的单位的工单号 404', async () => {
    const [a = '', b = ''] = await many(2)
    await post('dispatcher', '/api/order-sets', { title: '甲', core: '甲', orderIds: [a] })
    const dispatcher = await walk.who('dispatcher')
    expect(await dispatcher.post('/api/order-sets', { title: '乙', core: '乙', orderIds: [a, b] })).toMatchObject({ status: 409, body: { rule: 'orders.set.one' } })
    await post('reviewer', `/api/orders/${b}/answer`, { reply: '已恢复', basis: '抢修通报' })
    expect((await dispatcher.post('/api/order-sets', { title: '丙', core: '丙', orderIds: [b] })).status).toBe(409)
    expect((await (await walk.who('handler')).post('/api/order-sets', { title: '丁', core: '丁', orderIds: [a] })).status).toBe(403)
    expect((await dispatcher.post('/api/order-sets', { title: '戊', core: '戊', orderIds: ['00000000-0000-7000-8000-000000000001'] })).status).toBe(404)
  })

  test('统一答复：未派发的事件集按直接答复办结全部成员', async () => {
    const ids = await many(3)
    const set = await post('reviewer', '/api/order-sets', { title: '计划停电', core: '线路检修', orderIds: ids })
    const done = await post('reviewer', `/api/order-sets/${set.id}/answer`, { reply: '计划检修，今晚八点恢复。', basis: '停电公告' })
    expect(done).toMatchObject({ state: 'answered', answered: 3 })
    for (const id of ids) expect(await stateOf(id)).toBe('closed')
  })

  test('解散后随集办理的工单回到待派发', async () => {
    const [lead = '', other = ''] = await many(2)
    await post('reviewer', `/api/orders/${lead}/pass-review`, {})
    const set = await post('dispatcher', '/api/order-sets', { title: '停水', core: '停水', orderIds: [lead, other] })
    await dispatchSet(set.id)
    await post('dispatcher', `/api/order-sets/${set.id}/dissolve`, { reason: '不是同一事件' })
    expect(await stateOf(other)).toBe('pendingDispatch')
    expect(await stateOf(lead)).toBe('inProgress')
  })
})

describe('并单', () => {
  test('成员显示牵头编号与其公众状态，牵头的答复到每个成员；取消并单恢复成员', async () => {
    const [lead = '', a = '', b = ''] = await many(3)
    await post('reviewer', `/api/orders/${lead}/pass-review`, {})
    const merge = await post('dispatcher', '/api/order-merges', { leadId: lead, orderIds: [a, b], send: true })
    expect(merge).toMatchObject({ state: 'sent', members: 2 })
    expect(await stateOf(a)).toBe('merged')
    const detail = await walk.ok((await walk.who('reviewer')).get(`/api/orders/${a}/event-set`))
    expect(detail.merge).toMatchObject({ leadId: lead, lead: false })
    const publicState = async (id: string) => {
      const { publicOrder } = await import('../public/public-order.ts')
      const [row] = await walk.rows(sql<Record<string, unknown>>`select * from order_order where id = ${id}`)
      return app.query((ctx) => publicOrder(ctx, row as never), { tenantId: String(row?.['tenant_id']) })
    }
    expect((await publicState(a)).state).toBe('accepted')
    const sent = await post('dispatcher', `/api/orders/${lead}/dispatch`, { units: [{ unitId: walk.unit('T-URBAN'), role: 'lead' }] })
    expect((await publicState(a)).state).toBe('handling')
    await post('dispatcher', `/api/order-merges/${merge.id}/undo`, { reason: '不是同一件', orderIds: [b] })
    expect(await stateOf(b)).toBe('pendingReview')
    await finish(sent.assignments[0].id, lead)
    expect(await publicState(a)).toMatchObject({ state: 'done', reply: feedbackText.result })
    expect((await publicState(b)).reply).toBeNull()
  })

  test('已并单、已办结的工单不能再并；未生效的可以删除', async () => {
    const [lead = '', a = '', closed = ''] = await many(3)
    await post('dispatcher', '/api/order-merges', { leadId: lead, orderIds: [a], send: true })
    const dispatcher = await walk.who('dispatcher')
    const [other = ''] = await many(1)
    expect(await dispatcher.post('/api/order-merges', { leadId: other, orderIds: [a] })).toMatchObject({ status: 409, body: { rule: 'orders.merge.state' } })
    expect(await dispatcher.post('/api/order-merges', { leadId: other, orderIds: [lead] })).toMatchObject({ status: 409, body: { rule: 'orders.merge.chain' } })
    await post('reviewer', `/api/orders/${closed}/answer`, { reply: '已恢复', basis: '抢修通报' })
    expect((await dispatcher.post('/api/order-merges', { leadId: other, orderIds: [closed] })).status).toBe(409)
    const [free = ''] = await many(1)
    const draft = await post('dispatcher', '/api/order-merges', { leadId: other, orderIds: [free] })
    expect(await stateOf(free)).toBe('pendingReview')
    expect((await dispatcher.delete(`/api/order-merges/${draft.id}`)).status).toBe(200)
    expect((await dispatcher.delete(`/api/order-merges/${lead}`)).status).toBe(404)
  })
})
