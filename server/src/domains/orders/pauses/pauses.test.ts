// Suspension and resumption over HTTP (ORD-44, ORD-45).
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'
import { DAY, HOUR, plus, toIso, type Instant } from '../../../kernel/time/index.ts'
import { calendarOf } from '../../platform/index.ts'
import { workingMsBetween } from '../../../kernel/time/working-time.ts'
import { feedbackText } from '../reading/test-orders.ts'
import { handlingWalk, type HandlingWalk } from '../requests/test-handling.ts'

let app: TestApp
let walk: HandlingWalk
let waiting: string
let promised: string

beforeAll(async () => {
  app = await testApp()
  walk = await handlingWalk(app)
  const admin = await walk.who('businessAdmin')
  waiting = (await walk.ok(admin.post('/api/pause-conditions', { name: '等待第三方', permittedDays: 10 }))).id
  promised = (await walk.ok(admin.post('/api/pause-conditions', { name: '季节性施工', permittedDays: 60, evidenceRequired: false, promise: 'required' }))).id
})
afterAll(() => app.stop())

const ask = async (order: { first: string }, more: Record<string, unknown> = {}) => (await walk.who('handler')).post(`/api/assignments/${order.first}/request-suspension`, { conditionId: waiting, reason: '等待供电公司停电窗口', fileIds: [await walk.file('handler')], ...more })
const clock = async (assignmentId: string) => (await walk.rows(sql<{ state: string; due_at: Instant; basis: string }>`select state, due_at, basis from order_clock where assignment_id = ${assignmentId} and kind = 'handling'`))[0]
const approve = async (order: { id: string }, kind = 'suspension') => {
  if (kind !== 'resumption') await walk.ok(walk.decide(order.id, kind, 'unitLeader'))
  await walk.ok(walk.decide(order.id, kind, 'reviewer'))
}
const suspended = async (more: Record<string, unknown> = {}) => {
  const order = await walk.handled()
  await walk.ok(ask(order, more))
  await approve(order)
  return order
}

describe('挂起与续办', () => {
  test('没有证明材料被拒；情形不在清单内被拒；什么也没有改变', async () => {
    const order = await walk.handled()
    expect(await ask(order, { fileIds: [] })).toMatchObject({ status: 422, body: { rule: 'suspension.evidence', fields: [{ path: 'fileIds' }] } })
    expect(await ask(order, { conditionId: order.id })).toMatchObject({ status: 422, body: { rule: 'suspension.conditions' } })
    expect((await walk.order(order.id)).flags).not.toContain('suspended')
    expect((await walk.rows(sql`select 1 from order_request where order_id = ${order.id}`)).length).toBe(0)
  })

  test('只有批准才停钟；T 时批准、T+2 天续办，时限恰好顺延那段工作时间', async () => {
    const order = await walk.handled()
    await walk.ok(ask(order))
    const before = await clock(order.first)
    await walk.ok(walk.decide(order.id, 'suspension', 'unitLeader'))
    expect(await clock(order.first)).toEqual(before)
    expect((await ask(order)).body).toMatchObject({ rule: 'orders.requestPending' })
    await walk.ok(walk.decide(order.id, 'suspension', 'reviewer'))
    expect((await clock(order.first))?.state).toBe('paused')
    expect((await walk.order(order.id)).flags).toContain('suspended')
    expect((await walk.rows(sql`select 1 from platform_sms where object_id = ${order.id} and template = 'requesterPaused'`)).length).toBe(1)
    const from = app.clock.now()
    app.clock.advance(2 * DAY)
    // While it stands no card falls and no result goes in.
    expect((await (await walk.who('handler')).post(`/api/assignments/${order.first}/feedback`, feedbackText)).body).toMatchObject({ rule: 'orders.paused' })
    await walk.ok((await walk.who('handler')).post(`/api/assignments/${order.first}/request-resumption`, { reason: '停电窗口已定' }))
    await approve(order, 'resumption')
    const after = await clock(order.first)
    const calendar = await app.query((ctx) => calendarOf(ctx))
    expect(after?.state).toBe('running')
    expect(workingMsBetween(calendar, before?.due_at as Instant, after?.due_at as Instant)).toBe(workingMsBetween(calendar, from, app.clock.now()))
    const [assignment] = await walk.rows(sql<{ due_at: Instant }>`select due_at from order_assignment where id = ${order.first}`)
    expect(assignment?.due_at).toBe(after?.due_at)
    expect((await walk.order(order.id)).flags).not.toContain('suspended')
    await walk.ok((await walk.who('handler')).post(`/api/assignments/${order.first}/feedback`, feedbackText))
  })

  test('不同意则时钟照走；每一轮的申请、意见都可查', async () => {
    const order = await walk.handled()
    await walk.ok(ask(order))
    await walk.ok(walk.decide(order.id, 'suspension', 'unitLeader', 'return', '理由不充分'))
    expect((await clock(order.first))?.state).toBe('running')
    const [request] = (await (await walk.who('handler')).get(`/api/orders/${order.id}`)).body.requests
    expect(request).toMatchObject({ kind: 'suspension', state: 'refused', opinion: '理由不充分' })
    const acts = (await walk.rows(sql<{ act: string }>`select act from order_timeline where order_id = ${order.id} order by at, id`)).map((r) => r.act)
    expect(acts.slice(-2)).toEqual(['requestSuspension', 'refuseSuspension'])
  })

  test('清单给出已挂起和剩余时间，他单位看不到；中心可以责令续办', async () => {
    const order = await suspended()
    app.clock.advance(DAY)
    const list = await walk.ok((await walk.who('reviewer')).get(`/api/order-pauses?orderId=${order.id}`))
    expect(list.items[0]).toMatchObject({ conditionName: '等待第三方', state: 'active', stoodMs: DAY, mayResume: true })
    expect(list.items[0].leftMs).toBeGreaterThan(0)
    expect((await (await walk.who('handler2')).get(`/api/order-pauses?orderId=${order.id}`)).body.items).toEqual([])
    expect((await (await walk.who('handler')).post(`/api/order-pauses/${list.items[0].id}/resume`, { reason: '不应再等' })).status).toBe(403)
    expect((await (await walk.who('otherReviewer')).post(`/api/order-pauses/${list.items[0].id}/resume`, { reason: '不应再等' })).status).toBe(404)
    await walk.ok((await walk.who('reviewer')).post(`/api/order-pauses/${list.items[0].id}/resume`, { reason: '不应再等' }))
    expect((await clock(order.first))?.state).toBe('running')
    expect((await (await walk.who('reviewer')).post(`/api/order-pauses/${list.items[0].id}/resume`, { reason: '再次' })).status).toBe(409)
  })

  test('临近和超过允许时长各预警一次，系统和短信都有', async () => {
    const order = await suspended()
    app.clock.advance(30 * DAY)
    await app.runTimers()
    await app.runTimers()
    const told = await walk.rows(sql<{ title: string }>`select title from platform_message where object_id = ${order.id} and type = 'order.pause'`)
    expect(new Set(told.map((m) => m.title.split('：')[0]))).toEqual(new Set(['挂起已超过允许时长']))
    expect((await walk.rows(sql`select 1 from platform_sms where object_id = ${order.id} and template = 'unitPauseOver'`)).length).toBeGreaterThan(0)
    expect((await clock(order.first))?.state).toBe('paused')
  })
})

describe('承诺制挂起', () => {
  const inDays = (n: number) => toIso(plus(app.clock.now(), n * DAY))

  test('该情形须有承诺日期，不能超过允许时长', async () => {
    const order = await walk.handled()
    expect((await ask(order, { conditionId: promised })).body).toMatchObject({ rule: 'suspension.promise' })
    expect((await ask(order, { conditionId: promised, promisedAt: inDays(400) })).status).toBe(422)
  })

  test('到期未确认：标记消失、时钟续走、时间轴记“系统”', async () => {
    const order = await suspended({ conditionId: promised, promisedAt: inDays(5) })
    app.clock.advance(5 * DAY + HOUR)
    await app.runTimers()
    expect((await walk.order(order.id)).flags).not.toContain('suspended')
    expect((await clock(order.first))?.state).toBe('running')
    const [entry] = await walk.rows(sql<{ actor_name: string }>`select actor_name from order_timeline where order_id = ${order.id} and act = 'resumedWork'`)
    expect(entry?.actor_name).toBe('系统')
  })

  test('已确认：到期后要结果或新日期；批准新日期后继续挂起，宽限过后仍无结果则续办', async () => {
    const order = await suspended({ conditionId: promised, promisedAt: inDays(5) })
    await walk.ok((await walk.who('handler')).post(`/api/assignments/${order.first}/confirm-promise`, { onTrack: true, progress: '材料已到场' }))
    app.clock.advance(5 * DAY + HOUR)
    await app.runTimers()
    expect((await clock(order.first))?.state).toBe('paused')
    expect(await walk.act(order.id, 'handler', 'requestPromise', order.first)).toMatchObject({ enabled: true })
    await walk.ok((await walk.who('handler')).post(`/api/assignments/${order.first}/request-promise`, { promisedAt: inDays(10), reason: '雨天顺延' }))
    await approve(order, 'promise')
    app.clock.advance(9 * DAY)
    await app.runTimers()
    expect((await clock(order.first))?.state).toBe('paused')
    app.clock.advance(10 * DAY)
    await app.runTimers()
    expect((await clock(order.first))?.state).toBe('running')
  })

  test('条件不具备：立即恢复正常流程', async () => {
    const order = await suspended({ conditionId: promised, promisedAt: inDays(5) })
    await walk.ok((await walk.who('handler')).post(`/api/assignments/${order.first}/confirm-promise`, { onTrack: false, progress: '施工许可未批' }))
    expect((await clock(order.first))?.state).toBe('running')
    expect((await walk.order(order.id)).flags).not.toContain('suspended')
  })
})

test('撤单后挂起随之结束，挂起情形改名重复被拒', async () => {
  const order = await suspended()
  await walk.ok((await walk.who('reviewer')).post(`/api/orders/${order.id}/withdraw`, { reasonClass: '诉求人撤回', reason: '不再需要' }))
  expect((await walk.rows(sql<{ state: string }>`select state from order_pause where order_id = ${order.id}`))[0]?.state).toBe('ended')
  expect((await walk.order(order.id)).flags).not.toContain('suspended')
  const admin = await walk.who('businessAdmin')
  expect((await admin.post('/api/pause-conditions', { name: '等待第三方' })).status).toBe(409)
  expect((await (await walk.who('handler')).post('/api/pause-conditions', { name: '随意' })).status).toBe(403)
})
