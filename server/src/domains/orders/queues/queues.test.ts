import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'
import { HOUR, MINUTE, plus, toIso } from '../../../kernel/time/index.ts'
import { ensureProfiles } from '../case-profiles/index.ts'
import { walkIn, type Walk } from '../reading/test-orders.ts'
import { ordersOfEnterprise } from '../enterprise/enterprise-orders.ts'
import { ensureTaskForces } from './index.ts'

let app: TestApp
let walk: Walk
const post = async (login: string, path: string, body: unknown) => walk.ok((await walk.who(login)).post(path, body))
const get = async (login: string, path: string) => walk.ok((await walk.who(login)).get(path))
const userOf = async (login: string) => (await walk.rows(sql<{ id: string }>`select id from platform_user where login = ${login}`))[0]?.id ?? ''
const pending = async (login: string, queue: string) => (await get(login, `/api/orders?state=pendingReview&triage=none&own=true&queue=${queue}&limit=200`)).items
let forces: { id: string; code: string; version: number }[] = []
beforeAll(async () => {
  app = await testApp()
  walk = await walkIn(app)
  const [unit] = await walk.rows(sql<{ tenant_id: string }>`select tenant_id from platform_unit where id = ${walk.unit('T-URBAN')}`)
  for (const seed of [ensureTaskForces, ensureProfiles]) await app.command((ctx) => seed(ctx), { tenantId: unit?.tenant_id ?? '' })
  forces = (await get('shiftleader', '/api/task-forces')).items
})
afterAll(() => app.stop())
const force = (code: string) => forces.find((f) => f.code === code) ?? { id: '', code, version: 0 }
const change = async (code: string, body: Record<string, unknown>) => {
  const made = await walk.ok((await walk.who('shiftleader')).patch(`/api/task-forces/${force(code).id}`, { name: code, version: force(code).version, ...body }))
  forces = forces.map((f) => (f.code === code ? made : f))
}

describe('专班分拣', () => {
  test('没有成员的专班不拦单：工单直接在普通队列', async () => {
    const order = await walk.register({ title: '健身卡不退费', content: '要求退费' })
    expect(await get('reviewer', `/api/orders/${order.id}`)).toMatchObject({ profileName: '消费退费专班', queueName: null })
  })

  test('有人值守：工单在专班队列，只有值守成员能分拣；别人 409；值守结束无人十分钟后转入普通队列并提醒', async () => {
    await change('refund', { userIds: [await userOf('reviewer')] })
    await post('shiftleader', `/api/task-forces/${force('refund').id}/duties`, { userIds: [await userOf('reviewer')], startsAt: toIso(app.clock.now()), endsAt: toIso(plus(app.clock.now(), HOUR)) })
    const order = await walk.register({ title: '培训班不退款', content: '机构关门不退款' })
    const general = async (login: string) => (await pending(login, 'general')).map((r: { id: string }) => r.id)
    expect(await general('reviewer')).not.toContain(order.id)
    expect((await pending('reviewer', 'refund'))[0]).toMatchObject({ id: order.id, acts: expect.arrayContaining(['passReview']) })
    expect((await pending('shiftleader', 'refund'))[0].acts).not.toContain('passReview')
    const leader = await walk.who('shiftleader')
    expect(await leader.post(`/api/orders/${order.id}/pass-review`, {})).toMatchObject({ status: 409, body: { code: 'orders.foreignQueue', rule: 'orders.queue' } })
    expect((await get('shiftleader', `/api/orders/${order.id}`)).acts.find((a: { act: string }) => a.act === 'passReview')).toMatchObject({ enabled: false, rule: 'orders.queue' })
    expect(await get('reviewer', '/api/task-forces/mine')).toMatchObject({ items: [{ code: 'refund', onDuty: true, waiting: 1 }] })

    app.clock.advance(HOUR + 9 * MINUTE)
    await app.runTimers()
    expect(await general('shiftleader')).not.toContain(order.id)
    app.clock.advance(2 * MINUTE)
    await app.runTimers()
    expect(await general('shiftleader')).toContain(order.id)
    expect(await walk.rows(sql`select 1 as one from platform_message where type = 'order.queueLeft' and object_id = ${order.id} limit 1`)).toHaveLength(1)
    expect((await get('shiftleader', '/api/task-forces')).items.find((f: { code: string }) => f.code === 'refund')).toMatchObject({ waiting: 0, left: 1 })
    await post('shiftleader', `/api/orders/${order.id}/pass-review`, {})
  })

  test('只有派发岗值守时，待审核的工单照样到点转出，不卡在专班；不能分拣的人排不了班', async () => {
    await change('refund', { userIds: [await userOf('dispatcher'), await userOf('handler')] })
    const duty = async (login: string) => ({ userIds: [await userOf(login)], startsAt: toIso(app.clock.now()), endsAt: toIso(plus(app.clock.now(), HOUR)) })
    await post('shiftleader', `/api/task-forces/${force('refund').id}/duties`, await duty('dispatcher'))
    expect(await (await walk.who('shiftleader')).post(`/api/task-forces/${force('refund').id}/duties`, await duty('handler'))).toMatchObject({ status: 422, body: { code: 'orders.dutyFault', fields: [{ path: 'userIds' }] } })
    const order = await walk.register({ title: '游泳卡不退款', content: '泳馆关门不退款' })
    app.clock.advance(11 * MINUTE)
    await app.runTimers()
    expect((await pending('reviewer', 'general')).map((r: { id: string }) => r.id)).toContain(order.id)
    await post('reviewer', `/api/orders/${order.id}/pass-review`, {})
  })

  test('停用专班时排队的工单也转出；排班只能排成员，结束须晚于开始；无权 403', async () => {
    await change('refund', { userIds: [await userOf('reviewer')] })
    const order = await walk.register({ title: '预付卡跑路', content: '预付卡余额' })
    expect((await get('reviewer', `/api/orders/${order.id}`)).queueName).not.toBeNull()
    const leader = await walk.who('shiftleader')
    const at = (hours: number) => toIso(plus(app.clock.now(), hours * HOUR))
    expect((await leader.post(`/api/task-forces/${force('refund').id}/duties`, { userIds: [await userOf('agent')], startsAt: at(0), endsAt: at(1) })).status).toBe(422)
    expect((await leader.post(`/api/task-forces/${force('refund').id}/duties`, { userIds: [await userOf('reviewer')], startsAt: at(2), endsAt: at(1) })).status).toBe(422)
    expect((await (await walk.who('agent')).get('/api/task-forces')).status).toBe(403)
    await change('refund', { userIds: [await userOf('reviewer')], enabled: false })
    await app.runTimers()
    expect((await get('reviewer', `/api/orders/${order.id}`)).queueName).toBeNull()
  })
})

describe('涉企工单', () => {
  const enterprise = { name: '澜湾精密制造有限公司', creditCode: '91990100MA0TE5T054' }
  test('企业来诉自动标涉企，进企业专席队列和专项流程，不在市民队列；级别按紧急和范围，响应时限随级别', async () => {
    await change('enterprise', { userIds: [await userOf('reviewer')] })
    await post('shiftleader', `/api/task-forces/${force('enterprise').id}/duties`, { userIds: [await userOf('reviewer')], startsAt: toIso(app.clock.now()), endsAt: toIso(plus(app.clock.now(), 8 * HOUR)) })
    const order = await walk.register({ requester: { subjectKind: 'enterprise', name: enterprise.name, phone: '19900018001' }, legalPerson: true, title: '厂区频繁停电' })
    expect(await get('reviewer', `/api/orders/${order.id}`)).toMatchObject({ profileName: '涉企工单', queueName: 'enterprise', enterprise: { name: enterprise.name, legalPerson: true, extent: 'one', grade: 'B' }, flags: expect.arrayContaining([{ code: 'enterprise', name: '涉企' }]) })
    expect((await pending('shiftleader', 'general')).map((r: { id: string }) => r.id)).not.toContain(order.id)
    await post('reviewer', `/api/orders/${order.id}/pass-review`, {})
    await post('reviewer', `/api/orders/${order.id}/dispatch`, { units: [{ unitId: walk.unit('T-URBAN'), role: 'lead' }] })
    const clock = (await get('reviewer', `/api/orders/${order.id}`)).clocks.find((c: { kind: string }) => c.kind === 'response')
    expect(clock.dueAt).toBe(toIso(plus(app.clock.now(), 4 * HOUR)))
    expect(clock.yellowAt).toBe(toIso(plus(app.clock.now(), 3 * HOUR)))
  })

  test('信用代码校验位不对被拒；整个行业为 A 级，可改为非涉企；企业库能看到它的工单，外中心看不到', async () => {
    const agent = await walk.who('agent')
    const body = { requester: { name: '周大海', phone: '19900018002' }, appealType: 'complaint', title: '园区企业集中反映排污费', content: '多家企业反映', formData: { eventTime: '2026-11-16T09:00:00+08:00' } }
    expect(await agent.post('/api/orders', { ...body, enterpriseCode: '91990100MA0TE5T055' })).toMatchObject({ status: 422, body: { fields: [{ path: 'enterpriseCode' }] } })
    const order = await walk.ok(agent.post('/api/orders', { ...body, extent: 'industry', enterpriseCode: enterprise.creditCode, enterpriseName: enterprise.name }))
    expect(await get('reviewer', `/api/orders/${order.id}`)).toMatchObject({ enterprise: { grade: 'A', extent: 'industry' } })
    const named = { id: '00000000-0000-7000-8000-000000000001', creditCode: enterprise.creditCode, names: [enterprise.name] }
    expect(await app.query((ctx) => ordersOfEnterprise(ctx, named), 'reviewer')).toMatchObject({ count: 1, items: [{ number: order.number, link: `/orders/${order.number}` }] })
    for (const stranger of ['otherReviewer', 'handler2']) expect(await app.query((ctx) => ordersOfEnterprise(ctx, named), stranger)).toEqual({ count: 0, items: [] })
    await walk.ok((await walk.who('reviewer')).patch(`/api/orders/${order.id}`, { enterprise: false, version: order.version }))
    expect(await get('reviewer', `/api/orders/${order.id}`)).toMatchObject({ enterprise: null, profileName: null, queueName: null })
  })
})
