// Boards: numbers equal the lists behind them, a leader sees the own departments only, overruns counted for stage and seat.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import { HOUR } from '../../../kernel/time/index.ts'
import { applyCallback } from '../../orders/index.ts'
import { sweepCards } from '../sweep-cards.ts'
import { scene, type Scene } from '../testing/scene.ts'

let s: Scene
beforeAll(async () => {
  s = await scene('2026-11-18T01:00:00Z')
})
afterAll(() => s.app.stop())

type Figure = { count: number; list: { path: string; query: Record<string, string> } }
const get = (login: string, path: string) => s.ok(s.who(login).get(path))
const opens = async (login: string, figure: Figure): Promise<number> => (await get(login, `${figure.list.path}?${new URLSearchParams({ ...figure.list.query, limit: '100' }).toString()}`)).items.length

test('SUP-03 超过环节时限的操作按环节和坐席计数，打开的正是这些操作；单位没有坐席看板', async () => {
  const slow = await s.registered()
  const quick = await s.registered()
  for (const order of [slow, quick]) await s.ok(s.who('reviewer').post(`/api/orders/${order.id}/pass-review`, {}))
  const send = (order: { id: string }) => s.ok(s.who('dispatcher').post(`/api/orders/${order.id}/dispatch`, { units: [{ unitId: s.units['T-URBAN'], role: 'lead' }] }))
  await send(quick)
  s.app.clock.advance(2 * HOUR)
  await send(slow)
  const board = await get('supervisor', '/api/supervision/boards/seats?from=2026-11-18&to=2026-11-18')
  const seat = board.seats.find((one: { name: string }) => one.name === '测试dispatcher')
  expect(seat).toMatchObject({ facets: { sorting: { count: 2 }, receipt: { count: 0 } }, late: { count: 1 }, online: true })
  expect(await opens('supervisor', seat.facets.sorting)).toBe(2)
  const { items } = await get('supervisor', `/api/supervision/seat-acts?${new URLSearchParams(seat.late.list.query).toString()}`)
  expect(items).toMatchObject([{ orderId: slow.id, act: 'dispatch', lateHours: 1.5 }])
  expect(board.total).toMatchObject({ late: { count: 1 }, stages: [{ kind: 'receipt', late: { count: 0 } }, { kind: 'sorting', late: { count: 1 } }, { kind: 'review', late: { count: 0 } }, { kind: 'closing', late: { count: 0 } }, { kind: 'callback', late: { count: 0 } }] })
  expect((await s.who('handler').get('/api/supervision/boards/seats?from=2026-11-18&to=2026-11-18')).status).toBe(403)
})

test('SUP-29 坐席看板的外呼数打开的正是这些话单，只打电话的人也在列', async () => {
  const agent = s.users['agent2']
  const call = (direction: string, at: string) => s.rows(sql`insert into telephony_call (tenant_id, id, started_at, direction, state, phone_mask, agent_id, agent_name, agent_ids) select tenant_id, gen_random_uuid(), ${at}::timestamptz, ${direction}, 'ended', '138****0001', id, name, array[id] from platform_user where id = ${agent} returning id`)
  await call('outbound', '2026-11-18T02:00:00Z')
  await call('outbound', '2026-11-18T15:59:00Z')
  await call('outbound', '2026-11-18T16:01:00Z')
  await call('inbound', '2026-11-18T02:10:00Z')
  const board = await get('supervisor', '/api/supervision/boards/seats?from=2026-11-18&to=2026-11-18')
  const seat = board.seats.find((one: { userId: string }) => one.userId === agent)
  expect(seat).toMatchObject({ name: '测试agent2', facets: { outbound: { count: 2 }, receipt: { count: 0 } } })
  expect(await opens('supervisor', seat.facets.outbound)).toBe(2)
})

test('SUP-29 领导只看分管单位，换一个领导什么也没有，接口也一样；每个数打开的正是这些', async () => {
  const own = await s.signed()
  const foreign = await s.signed({ unit: 'T-HEAT' })
  await s.rows(sql`update order_order set matter_id = '01930000-0000-7000-8000-00000000a001', matter_name = '占道经营' where id = any(${[own.id, foreign.id]}::uuid[]) returning id`)
  await s.ok(s.who('supervisor').post(`/api/orders/${own.id}/urges`, { content: '请尽快处理' }))
  s.app.clock.advance(30 * 24 * HOUR)
  await s.sweep()
  const leader = s.users['leader']
  expect((await s.who('supervisor').put(`/api/supervision/leader-units/${s.users['handler']}`, { unitIds: [] })).status).toBe(404)
  expect((await s.who('supervisor').put(`/api/supervision/leader-units/${leader}`, { unitIds: [s.units['C-URBAN']] })).status).toBe(422)
  await s.ok(s.who('supervisor').put(`/api/supervision/leader-units/${leader}`, { unitIds: [s.units['T-URBAN']] }))
  const board = await get('leader', '/api/supervision/boards/departments')
  expect(board.units.map((u: { unitName: string }) => u.unitName)).toEqual(['测试市城管局'])
  const [unit] = board.units
  expect(unit.overdue.count).toBe(3)
  expect(unit.red.count).toBeGreaterThan(0)
  for (const key of ['due', 'urges', 'near', 'overdue', 'red']) expect([key, await opens('leader', unit[key])]).toEqual([key, unit[key].count])
  expect(board.problems).toMatchObject([{ name: '占道经营', count: 1 }])
  expect(await opens('leader', board.problems[0])).toBe(1)
  expect((await get('supervisor', '/api/supervision/boards/departments')).units).toEqual([])
  expect((await get('supervisor', `/api/supervision/boards/departments?leaderId=${leader}`)).units).toHaveLength(1)
  expect((await s.who('reviewer').get(`/api/supervision/boards/departments?leaderId=${leader}`)).status).toBe(404)
  expect((await s.who('leader').put(`/api/supervision/leader-units/${leader}`, { unitIds: [] })).status).toBe(403)
})

test('SUP-29 全环节和五级看板的每个数打开的行数相同；单位只见本线，外区划不存在', async () => {
  const chain = await get('supervisor', '/api/supervision/boards/chain')
  expect(chain.stages.map((one: { name: string }) => one.name)).toEqual(['受理', '派发', '办理', '单位答复', '督办', '办结审核', '回访', '不满意重办'])
  for (const stage of chain.stages) for (const key of ['running', 'warned', 'blocked']) expect([stage.name, key, await opens('supervisor', stage[key])]).toEqual([stage.name, key, stage[key].count])
  const blocked = (list: typeof chain.stages) => list.find((one: { key: string }) => one.key === 'handling').blocked.count
  expect(blocked((await get('handler', '/api/supervision/boards/chain')).stages)).toBe(3)
  expect(blocked(chain.stages)).toBe(4)
  const levels = await get('supervisor', '/api/supervision/boards/levels')
  const district = levels.rows.find((row: { code: string }) => row.code === '990101')
  expect(district).toMatchObject({ overdue: { count: 4 }, deeper: true })
  for (const row of levels.rows) for (const figure of [row.near, row.overdue, row.red, row.raised, row.late, ...row.tasks]) expect([row.name, figure.key, await opens('supervisor', figure)]).toEqual([row.name, figure.key, figure.count])
  const below = await get('supervisor', '/api/supervision/boards/levels?areaCode=990101')
  expect(below.path.map((one: { code: string }) => one.code)).toEqual(['990100', '990101'])
  // 工单只登记到区，下一级里归入“未细分”
  expect(below.rows.at(-1)).toMatchObject({ name: '未细分到下级', overdue: { count: 4 } })
  expect(await opens('supervisor', below.rows.at(-1).overdue)).toBe(4)
  expect((await s.who('supervisor').get('/api/supervision/boards/levels?areaCode=880100')).status).toBe(404)
})

test('首页、看板和清单只数本中心；选“含下级中心”或下级单位才数下级，各人所见的数相同', async () => {
  const order = await s.registered()
  await s.ok(s.who('reviewer').post(`/api/orders/${order.id}/pass-review`, {}))
  const county = await s.app.as('countyReviewer')
  const { tenantId } = (await get('reviewer', '/api/orders/progress')).tenants.find((one: { name: string }) => one.name === '北屏区')
  const passed = await s.ok(s.who('dispatcher').post(`/api/orders/${order.id}/transfer`, { tenantId }))
  const mirror = (await s.ok(county.get(`/api/orders/by-number/${passed.toNumber}`))).id
  await s.ok(county.post(`/api/orders/${mirror}/dispatch`, { units: [{ unitId: s.units['C-URBAN'], role: 'lead' }] }))
  s.app.clock.advance(30 * 24 * HOUR)
  await s.sweep()
  await s.app.command(sweepCards, { tenantId })
  const red = async (query: string) => (await get('supervisor', `/api/supervision/board?${query}`)).figures.find((one: { key: string }) => one.key === 'redCards')
  const [own, below] = [await red(''), await red('below=true')]
  expect(below.count).toBeGreaterThan(own.count)
  for (const figure of [own, below]) expect(await opens('supervisor', figure)).toBe(figure.count)
  const chosen = (await red(`unitId=${s.units['C-URBAN']}`)).count
  expect([chosen > 0, chosen <= below.count - own.count]).toEqual([true, true])
  const home = async (login: string) => (await get(login, '/api/home')).cards.find((card: { id: string }) => card.id === 'supervision.red')
  expect((await home('supervisor')).value).toBe(own.count)
  expect((await get('reviewer', '/api/supervision/board?below=true')).figures.find((one: { key: string }) => one.key === 'redCards').count).toBe(own.count)
  const desk = (await get('supervisor', '/api/orders/counts')).desks.find((one: { key: string }) => one.key === 'overdue')
  expect(desk.query).toMatchObject({ own: 'true' })
})

test('SUP-03 回访环节有自己的时限：超过即发环节红牌、排到回访岗最前，按环节和坐席计数；完成回访即停', async () => {
  const admin = s.who('tenantAdmin')
  const at = await s.ok(admin.get('/api/admin/settings/stage.callbackHours'))
  await s.ok(admin.put('/api/admin/settings/stage.callbackHours', { value: 4, version: at.version }))
  const order = await s.signed()
  await s.finish(order)
  await s.ok(s.who('reviewer').post(`/api/orders/${order.id}/review-result`, { outcome: 'accept' }))
  await s.app.drain()
  const stages = async () => (await get('supervisor', `/api/supervision/clocks/rows?kind=stage&orderState=pendingCallback&limit=50`)).items.filter((one: { orderId: string }) => one.orderId === order.id)
  expect(await stages()).toMatchObject([{ ruleText: '回访环节时限', colour: 'green' }])
  s.app.clock.advance(5 * HOUR)
  await s.sweep()
  expect(await stages()).toMatchObject([{ colour: 'red' }])
  expect((await get('callbackAgent', '/api/orders?state=pendingCallback&sort=nearestClock&limit=5')).items[0]?.id).toBe(order.id)
  await s.app.command((ctx) => applyCallback(ctx, order.id, { kind: 'satisfied', text: '满意', data: {} }))
  expect(await stages()).toEqual([])
  await s.ok(admin.put('/api/admin/settings/stage.callbackHours', { value: null, version: at.version + 1 }))
})
