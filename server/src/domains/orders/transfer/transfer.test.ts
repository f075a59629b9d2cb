// Orders across centres, in every direction, over HTTP as the people who do it (ORD-29, ORD-58).
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'
import { HOUR, plus, toIso } from '../../../kernel/time/index.ts'
import { applyCallback } from '../callback-outcome.ts'
import { feedbackText, walkIn, type Walk } from '../reading/test-orders.ts'

let app: TestApp
let walk: Walk
const tenants: Record<string, string> = {}

beforeAll(async () => {
  app = await testApp()
  walk = await walkIn(app)
  for (const row of await walk.rows(sql<{ code: string; id: string }>`select code, id from platform_tenant`)) tenants[row.code] = row.id
})
afterAll(() => app.stop())

type Row = { id: string; state: string; source: string; flags: string[]; reply: string | null }
const byNumber = async (number: string): Promise<Row> => (await walk.rows(sql<Row>`select id, state, source, flags, reply from order_order where number = ${number}`))[0] as Row
const order = async (id: string): Promise<Row> => (await walk.rows(sql<Row>`select id, state, source, flags, reply from order_order where id = ${id}`))[0] as Row
const set = async (login: string, key: string, value: unknown) => {
  const admin = await walk.who(login)
  const at = await walk.ok(admin.get(`/api/admin/settings/${key}`))
  return walk.ok(admin.put(`/api/admin/settings/${key}`, { value, version: at.version }))
}
const post = async (login: string, path: string, body: unknown = {}) => (await walk.who(login)).post(path, body)

/** Registered in the county, reported to the city. */
const upward = async () => {
  const made = await walk.ok(post('countyReviewer', '/api/upper-orders', { requester: { name: '赵小北', phone: '19900007001' }, appealType: 'help', title: '跨区河道淤积', content: '河道跨两区，县里无法单独清淤。', upper: { platform: '旧平台', number: `L-${Math.random()}`, dispatchedAt: toIso(app.clock.now()), dispatchKind: 'transferred' } }))
  await walk.ok(post('countyReviewer', `/api/orders/${made.id}/sign-upper`))
  const sent = await walk.ok(post('countyReviewer', `/api/orders/${made.id}/transfer`, { tenantId: tenants['test'], requirement: '请市级协调', fileIds: [] }))
  return { id: made.id as string, mirror: await byNumber(sent.toNumber), sent }
}

/** City unit handles and the city accepts. */
const handledInCity = async (id: string) => {
  const sent = await walk.ok(post('dispatcher', `/api/orders/${id}/dispatch`, { units: [{ unitId: walk.unit('T-URBAN'), role: 'lead' }] }))
  const first = sent.assignments[0].id
  await walk.ok(post('handler', `/api/assignments/${first}/sign`))
  await walk.ok(post('handler', `/api/assignments/${first}/feedback`, feedbackText))
  await walk.ok(post('unitLeader', `/api/assignments/${first}/review`, { outcome: 'accept' }))
  return first as string
}

describe('上报、平级转办与多级链', () => {
  test('上报上级：先到上级审核岗，上级单位办理，结果回到本级办结，双方各有编号', async () => {
    const { id, mirror, sent } = await upward()
    expect(sent.state).toBe('inProgress')
    expect(mirror).toMatchObject({ state: 'pendingReview', source: 'lower' })
    expect((await order(id)).flags).toContain('upward')
    // 下级看不到上级的其他工单，也看不到这张镜像
    const other = await walk.register()
    expect((await (await walk.who('countyReviewer')).get(`/api/orders/${other.id}`)).status).toBe(404)
    expect((await (await walk.who('countyReviewer')).get(`/api/orders/${mirror.id}`)).status).toBe(404)
    await walk.ok(post('reviewer', `/api/orders/${mirror.id}/pass-review`))
    await handledInCity(mirror.id)
    expect((await walk.ok(post('reviewer', `/api/orders/${mirror.id}/review-result`, { outcome: 'accept' }))).state).toBe('pendingResultReview')
    await app.drain()
    expect(await order(id)).toMatchObject({ state: 'pendingResultReview' })
    expect(['closed', 'pendingCallback']).toContain((await walk.ok(post('countyReviewer', `/api/orders/${id}/review-result`, { outcome: 'accept' }))).state)
    await app.drain()
    expect(await order(mirror.id)).toMatchObject({ state: 'closed' })
    expect((await order(id)).reply).toBe(feedbackText.result)
    const chain = (await walk.ok((await walk.who('countyReviewer')).get(`/api/orders/${id}`))).chain
    expect(chain.map((c: { direction: string | null; mayOpen: boolean }) => [c.direction, c.mayOpen])).toEqual([[null, true], ['up', false]])
  })

  test('审核岗直接答复转来的工单：答复回到转来中心复核，退回后重新派发，不会无人负责', async () => {
    const { id, mirror } = await upward()
    expect((await walk.ok(post('reviewer', `/api/orders/${mirror.id}/answer`, { reply: '该河段已列入清淤计划', basis: '河道管理条例' }))).state).toBe('pendingResultReview')
    await app.drain()
    expect(await order(id)).toMatchObject({ state: 'pendingResultReview' })
    await walk.ok(post('countyReviewer', `/api/orders/${id}/review-result`, { outcome: 'return', opinion: '请给出完成时间' }))
    await app.drain()
    expect(await order(mirror.id)).toMatchObject({ state: 'pendingDispatch' })
    expect(await order(id)).toMatchObject({ state: 'inProgress' })
  })

  test('不归本中心的可退回转来中心，对方回到待派发；转来的工单不能撤单', async () => {
    const { id, mirror } = await upward()
    expect((await post('reviewer', `/api/orders/${mirror.id}/withdraw`, { reasonClass: '其他', reason: '不办' })).body).toMatchObject({ rule: 'orders.mirror.withdraw' })
    expect((await post('reviewer', `/api/orders/${mirror.id}/turn-back`, { reason: '' })).status).toBe(422)
    await walk.ok(post('reviewer', `/api/orders/${mirror.id}/turn-back`, { reason: '县级权限内事项' }))
    await app.drain()
    expect(await order(mirror.id)).toMatchObject({ state: 'withdrawn' })
    expect(await order(id)).toMatchObject({ state: 'pendingDispatch', flags: [] })
    // 还可以派给本级单位
    await walk.ok(post('countyReviewer', `/api/orders/${id}/dispatch`, { units: [{ unitId: walk.unit('C-URBAN'), role: 'lead' }] }))
  })

  test('平级转办：县转县，对方审核岗先看；不能转回转来的中心', async () => {
    const made = await walk.ok(post('countyReviewer', '/api/upper-orders', { requester: { name: '赵小北', phone: '19900007002' }, appealType: 'help', title: '公交站牌损坏', content: '站牌在邻县境内。', upper: { platform: '旧平台', number: `L-${Math.random()}`, dispatchedAt: toIso(app.clock.now()), dispatchKind: 'direct' } }))
    expect((await post('countyReviewer', `/api/orders/${made.id}/transfer`, { tenantId: tenants['test-other'], fileIds: [] })).body).toMatchObject({ rule: 'orders.upper.sign' })
    await walk.ok(post('countyReviewer', `/api/orders/${made.id}/sign-upper`))
    const sent = await walk.ok(post('countyReviewer', `/api/orders/${made.id}/transfer`, { tenantId: tenants['test-other'], fileIds: [] }))
    const mirror = await byNumber(sent.toNumber)
    expect(mirror).toMatchObject({ state: 'pendingReview', source: 'other' })
    expect((await post('otherReviewer', `/api/orders/${mirror.id}/transfer`, { tenantId: tenants['test-county'], fileIds: [] })).body).toMatchObject({ rule: 'orders.transfer.circle' })
    await set('countyAdmin', 'transfer.across', false)
    const again = await walk.ok((await walk.who('countyReviewer')).get(`/api/orders/${made.id}/dispatch-options`))
    expect(again.tenants.map((t: { direction: string }) => t.direction)).toEqual(['up'])
    await set('countyAdmin', 'transfer.across', true)
  })

  test('三级链：最上级没有通过之前，下面两级都在结果审核；退回能到最下级', async () => {
    // 县（登记）→ 市 → 另一县
    const { id, mirror } = await upward()
    const down = await walk.ok(post('reviewer', `/api/orders/${mirror.id}/transfer`, { tenantId: tenants['test-other'], fileIds: [] }))
    const last = await byNumber(down.toNumber)
    await walk.ok(post('otherReviewer', `/api/orders/${last.id}/answer`, { reply: '已组织清淤', basis: '河道管理条例' }))
    await app.drain()
    await walk.ok(post('reviewer', `/api/orders/${mirror.id}/review-result`, { outcome: 'accept' }))
    await app.drain()
    expect([(await order(id)).state, (await order(mirror.id)).state, (await order(last.id)).state]).toEqual(['pendingResultReview', 'pendingResultReview', 'pendingResultReview'])
    await walk.ok(post('countyReviewer', `/api/orders/${id}/review-result`, { outcome: 'return', opinion: '请补充照片' }))
    await app.drain()
    await app.drain()
    expect([(await order(id)).state, (await order(mirror.id)).state, (await order(last.id)).state]).toEqual(['inProgress', 'inProgress', 'pendingDispatch'])
    await walk.ok(post('otherReviewer', `/api/orders/${last.id}/answer`, { reply: '已组织清淤并附照片', basis: '河道管理条例' }))
    await app.drain()
    await walk.ok(post('reviewer', `/api/orders/${mirror.id}/review-result`, { outcome: 'accept' }))
    await app.drain()
    await walk.ok(post('countyReviewer', `/api/orders/${id}/review-result`, { outcome: 'accept' }))
    await app.drain()
    await app.drain()
    expect([(await order(mirror.id)).state, (await order(last.id)).state]).toEqual(['closed', 'closed'])
  })

  test('下派带时限：本级办理时钟与下级的上级时限同时到期，结果上报即停', async () => {
    const made = await walk.register()
    await walk.ok(post('reviewer', `/api/orders/${made.id}/pass-review`))
    const dueAt = toIso(plus(app.clock.now(), 48 * HOUR))
    const sent = await walk.ok(post('dispatcher', `/api/orders/${made.id}/transfer`, { tenantId: tenants['test-county'], dueAt, fileIds: [] }))
    const mirror = await byNumber(sent.toNumber)
    const clocks = await walk.rows(sql<{ order_id: string; kind: string; state: string; due_at: number }>`select order_id, kind, state, due_at from order_clock where order_id in (${made.id}, ${mirror.id}) and kind in ('handling', 'upper')`)
    expect(clocks.map((c) => [c.order_id === made.id ? 'own' : 'mirror', c.kind, c.state]).toSorted()).toEqual([['mirror', 'upper', 'running'], ['own', 'handling', 'running']])
    expect(new Set(clocks.map((c) => c.due_at)).size).toBe(1)
    await walk.ok(post('countyReviewer', `/api/orders/${mirror.id}/answer`, { reply: '已处理', basis: '规定' }))
    await app.drain()
    expect((await walk.rows(sql<{ state: string }>`select state from order_clock where order_id in (${made.id}, ${mirror.id}) and kind in ('handling', 'upper')`)).map((c) => c.state)).toEqual(['met', 'met'])
  })
})

describe('上级复核', () => {
  test('复核比例为零：结果返回后系统通过并写明规则；列出的类型总要复核；两种审核同样留痕', async () => {
    await set('tenantAdmin', 'upperCheckShare', 0)
    const passed = async () => {
      const made = await walk.register()
      await walk.ok(post('reviewer', `/api/orders/${made.id}/pass-review`))
      const sent = await walk.ok(post('dispatcher', `/api/orders/${made.id}/transfer`, { tenantId: tenants['test-county'], fileIds: [] }))
      await walk.ok(post('countyReviewer', `/api/orders/${(await byNumber(sent.toNumber)).id}/answer`, { reply: '已处理', basis: '规定' }))
      await app.drain()
      return made.id as string
    }
    const auto = await passed()
    expect(['closed', 'pendingCallback']).toContain((await order(auto)).state)
    await set('tenantAdmin', 'upperCheckTypes', ['help'])
    const looked = await passed()
    expect((await order(looked)).state).toBe('pendingResultReview')
    await walk.ok(post('reviewer', `/api/orders/${looked}/review-result`, { outcome: 'return', opinion: '答复太笼统' }))
    const log = await walk.ok((await walk.who('reviewer')).get('/api/order-checks?level=upper'))
    expect(log.items.filter((i: { orderId: string }) => [auto, looked].includes(i.orderId)).map((i: { outcome: string; automatic: boolean; fromTenantName: string }) => [i.outcome, i.automatic, i.fromTenantName]).toSorted()).toEqual([['accept', true, '北屏区'], ['return', false, '北屏区']])
    expect((await (await walk.who('handler')).get('/api/order-checks')).status).toBe(403)
    await set('tenantAdmin', 'upperCheckShare', 100)
    await set('tenantAdmin', 'upperCheckTypes', [])
  })

  test('下派的工单不满意：下级同一工单进入第二轮，上级时钟重新计时', async () => {
    const made = await walk.register()
    await walk.ok(post('reviewer', `/api/orders/${made.id}/pass-review`))
    const sent = await walk.ok(post('dispatcher', `/api/orders/${made.id}/transfer`, { tenantId: tenants['test-county'], fileIds: [] }))
    const mirror = await byNumber(sent.toNumber)
    await walk.ok(post('countyReviewer', `/api/orders/${mirror.id}/answer`, { reply: '已处理', basis: '规定' }))
    await app.drain()
    await walk.ok(post('reviewer', `/api/orders/${made.id}/review-result`, { outcome: 'accept' }))
    await app.drain()
    expect((await order(made.id)).state).toBe('pendingCallback')
    await app.command((ctx) => applyCallback(ctx, made.id, { kind: 'dissatisfied', reason: '没修好', data: {} }))
    await app.drain()
    const rows = await walk.rows(sql<{ round: number; state: string }>`select round, state from order_order where id in (${made.id}, ${mirror.id})`)
    expect(rows.map((r) => r.round)).toEqual([2, 2])
    // 下级没有单位办过：第二轮必须回到待派发，不能无人负责
    expect((await order(mirror.id)).state).toBe('pendingDispatch')
  })
})
