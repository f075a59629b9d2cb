// Whistle, report-in and supplementary whistle over HTTP (ORD-33).
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import { HOUR } from '../../../kernel/time/index.ts'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'
import { handlingWalk, type HandlingWalk } from '../requests/test-handling.ts'
import { sweepWhistles } from './report-in.ts'

let app: TestApp
let walk: HandlingWalk
beforeAll(async () => {
  app = await testApp()
  walk = await handlingWalk(app)
})
afterAll(() => app.stop())

const atStreet = async () => {
  const order = await walk.dispatched([{ unit: 'T-STREET', role: 'lead' }])
  await walk.ok((await walk.who('streetHandler')).post(`/api/assignments/${order.first}/sign`))
  return order
}
const blow = async (order: { first: string }, more: Record<string, unknown> = {}) => (await walk.who('streetHandler')).post(`/api/assignments/${order.first}/blow-whistle`, { unitIds: [walk.unit('T-URBAN'), walk.unit('T-HEAT')], reason: '占道与管沟同时存在，需现场会商', place: '澜湾路口', ...more })
const rowOf = async (orderId: string, login = 'reviewer') => (await walk.ok((await walk.who(login)).get(`/api/order-whistles?orderId=${orderId}`))).items[0]
const post = async (login: string, whistleId: string, path: string, body: Record<string, unknown>) => (await walk.who(login)).post(`/api/order-whistles/${whistleId}/${path}`, body)
const report = { person: '现场执法员', result: '已到场，责令清理并恢复通行' }

test('街道吹哨后部门看得到工单并按时报到；全部报到后吹哨结束', async () => {
  const order = await atStreet()
  expect((await (await walk.who('handler2')).get(`/api/orders/${order.id}`)).status).toBe(404)
  await walk.ok(blow(order))
  expect((await walk.order(order.id)).flags).toContain('whistle')
  expect(await walk.act(order.id, 'handler2', 'reportIn')).toMatchObject({ enabled: true })
  const row = await rowOf(order.id)
  expect(row).toMatchObject({ state: 'blown', unitName: '澜湾街道办', place: '澜湾路口', supplementary: false })
  await walk.ok(post('handler', row.id, 'report-in', report))
  expect((await post('handler', row.id, 'report-in', report)).body).toMatchObject({ rule: 'orders.whistle.reported' })
  await walk.ok(post('handler2', row.id, 'report-in', report))
  const ended = await rowOf(order.id)
  expect(ended).toMatchObject({ state: 'ended', endKindName: '部门全部报到', late: 0 })
  expect(ended.calls.map((c: { state: string; person: string }) => [c.state, c.person])).toEqual([['reported', '现场执法员'], ['reported', '现场执法员']])
  expect((await walk.order(order.id)).flags).not.toContain('whistle')
})

test('超过报到时限：部门记为逾期，补登时间也不能变成按时', async () => {
  const order = await atStreet()
  await walk.ok(blow(order, { hours: 2 }))
  app.clock.advance(2 * HOUR + 1000)
  await app.command((ctx) => sweepWhistles(ctx))
  const row = await rowOf(order.id)
  expect(row.late).toBe(2)
  expect((await walk.ok((await walk.who('reviewer')).get('/api/order-whistles?late=true'))).items.map((w: { id: string }) => w.id)).toContain(row.id)
  await walk.ok(post('handler', row.id, 'report-in', { ...report, at: row.calls[0].calledAt }))
  expect((await rowOf(order.id)).calls.find((c: { state: string }) => c.state === 'reported')).toMatchObject({ late: true })
  const entries = (await (await walk.who('reviewer')).get(`/api/orders/${order.id}/timeline`)).body.items
  expect(entries.filter((e: { act: string }) => e.act === 'whistleLate')).toHaveLength(2)
})

test('未经部门同意，街道不能撤回部门，也不能自行结束', async () => {
  const order = await atStreet()
  await walk.ok(blow(order))
  const row = await rowOf(order.id)
  const heat = { unitId: walk.unit('T-HEAT'), reason: '现场与供热无关' }
  expect(await post('streetHandler', row.id, 'release', heat)).toMatchObject({ status: 409, body: { rule: 'orders.whistle.agreement' } })
  expect(await post('streetHandler', row.id, 'end', { reason: '不用了' })).toMatchObject({ status: 409, body: { rule: 'orders.whistle.agreement' } })
  expect((await rowOf(order.id)).calls.every((c: { state: string }) => c.state === 'called')).toBe(true)
  await walk.ok(post('handler2', row.id, 'agree-release', { note: '现场没有供热设施' }))
  expect((await post('handler', row.id, 'release', heat)).status).toBe(403)
  await walk.ok(post('streetHandler', row.id, 'release', heat))
  expect((await rowOf(order.id)).calls.find((c: { unitId: string }) => c.unitId === walk.unit('T-HEAT'))).toMatchObject({ state: 'released', agreeNote: '现场没有供热设施' })
})

test('中心可以更正报到部门；没有权限的不能', async () => {
  const order = await atStreet()
  await walk.ok(blow(order, { unitIds: [walk.unit('T-HEAT')] }))
  const row = await rowOf(order.id)
  const body = { add: [walk.unit('T-URBAN')], remove: [walk.unit('T-HEAT')], reason: '应由城管到场' }
  expect((await post('streetHandler', row.id, 'correct', body)).status).toBe(403)
  expect((await post('reviewer', row.id, 'correct', { ...body, add: [walk.unit('C-URBAN')] })).status).toBe(422)
  await walk.ok(post('reviewer', row.id, 'correct', body))
  expect((await rowOf(order.id)).calls.map((c: { unitName: string; state: string }) => [c.unitName, c.state]).toSorted()).toEqual([['测试市供热办', 'corrected'], ['测试市城管局', 'called']].toSorted())
  // Called by mistake, the department does not read the order any longer; the one in its place does.
  expect((await (await walk.who('handler2')).get(`/api/orders/${order.id}`)).status).toBe(404)
  expect((await (await walk.who('handler')).get(`/api/orders/${order.id}`)).status).toBe(200)
})

test('标注吹哨而街道未吹：中心补哨，街道和部门收到消息和短信；未按时报到的列入“补哨未到”', async () => {
  const order = await atStreet()
  await walk.ok((await walk.who('dispatcher')).post(`/api/orders/${order.id}/mark-whistle`, { reason: '涉及多部门，须现场会商' }))
  expect((await walk.ok((await walk.who('reviewer')).get('/api/order-whistles?state=wanted'))).items.map((w: { orderId: string }) => w.orderId)).toContain(order.id)
  await walk.ok((await walk.who('dispatcher')).post(`/api/orders/${order.id}/supplement-whistle`, { unitIds: [walk.unit('T-URBAN')], reason: '街道未吹哨', hours: 1 }))
  const row = await rowOf(order.id)
  expect(row).toMatchObject({ supplementary: true, state: 'blown', unitName: '澜湾街道办', markReason: '涉及多部门，须现场会商' })
  await app.drain()
  const told = async (login: string) => (await walk.ok((await walk.who(login)).get('/api/messages'))).items.map((m: { title: string }) => m.title).filter((t: string) => t.includes('补哨'))
  expect(await told('handler')).not.toEqual([])
  expect(await told('streetLeader')).not.toEqual([])
  expect((await walk.rows(sql`select 1 from platform_sms where object_id = ${order.id} and template = 'unitWhistleSupplemented'`)).length).toBeGreaterThan(1)
  expect((await walk.ok((await walk.who('supervisor')).get('/api/order-whistles?notTakenUp=true'))).items).toEqual([])
  app.clock.advance(HOUR + 1000)
  await app.command((ctx) => sweepWhistles(ctx))
  expect((await walk.ok((await walk.who('supervisor')).get('/api/order-whistles?notTakenUp=true'))).items.map((w: { id: string }) => w.id)).toEqual([row.id])
})

test('局办不能吹哨；他租户、无关单位看不到；工单撤销后吹哨随之结束', async () => {
  const other = await walk.handled()
  expect((await (await walk.who('handler')).post(`/api/assignments/${other.first}/blow-whistle`, { unitIds: [walk.unit('T-HEAT')], reason: '会商' })).body).toMatchObject({ rule: 'whistle.units' })
  const order = await atStreet()
  await walk.ok(blow(order, { unitIds: [walk.unit('T-URBAN')] }))
  const row = await rowOf(order.id)
  expect((await post('otherReviewer', row.id, 'correct', { add: [walk.unit('O-URBAN')], reason: 'x' })).status).toBe(404)
  expect((await post('handler2', row.id, 'report-in', report)).status).toBe(404)
  expect((await blow(order, { unitIds: [walk.unit('T-HEAT')] })).body).toMatchObject({ rule: 'orders.whistle.open' })
  await walk.ok((await walk.who('reviewer')).post(`/api/orders/${order.id}/withdraw`, { reasonClass: '诉求人撤回', reason: '来电撤回' }))
  expect(await rowOf(order.id)).toMatchObject({ state: 'ended', endKindName: '工单已结束' })
})
