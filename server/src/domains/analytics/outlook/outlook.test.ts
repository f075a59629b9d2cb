// Forecasts and effects by hand-made series; a report of every kind of board.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testApp, type Client, type TestApp } from '../../../kernel/testing/index.ts'
import { addDays, HOUR, localDate, toIso } from '../../../kernel/time/index.ts'
import { judge, levelOf, measured } from '../health/health.ts'
import { forecastOf } from './forecast.ts'
import { impactOf, surgeOf } from './impact.ts'

describe('ANA-26 趋势预测', () => {
  test('留出的几期算误差；走势、季节各有用武之地；历史太短不预测', () => {
    expect(forecastOf([0, 0, 30, 32, 31])).toBeNull()
    expect(forecastOf([100, 100, 100, 100, 100])).toMatchObject({ value: 100, error: 0 })
    expect(forecastOf([10, 20, 30, 40, 50, 60, 70])).toMatchObject({ value: 80, way: 'trend', error: 0 })
    const season = [10, 10, 10, 10, 50, 90, 50, 10, 10, 10, 10, 10]
    expect(forecastOf([...season, ...season, 10, 10, 10, 10])).toMatchObject({ value: 50, way: 'season' })
    const some = forecastOf([10, 14, 9, 12, 11, 13])
    expect(some?.low).toBeLessThan(some?.value ?? 0)
    expect(some?.high).toBeGreaterThan(some?.value ?? 0)
  })
})

describe('ANA-25 事件与政策影响', () => {
  test('多出的 = 实际 − 预期：按之前同一星期几', () => {
    const week = [10, 10, 10, 10, 10, 2, 2]
    const found = impactOf([{ day: 'a', value: 25 }, { day: 'b', value: 10 }], [...week, ...week])
    expect(found).toMatchObject({ observed: 35, expected: 20, extra: 15 })
    expect(found.days[0]).toEqual({ day: 'a', observed: 25, expected: 10, extra: 15 })
  })

  test('逐日的预期与多出加起来等于合计', () => {
    const days = Array.from({ length: 7 }, (_, i) => ({ day: String(i), value: i }))
    const found = impactOf(days, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2])
    const sum = (key: 'expected' | 'extra'): number => Math.round(found.days.reduce((n, one) => n + one[key], 0) * 10) / 10
    expect([sum('expected'), sum('extra')]).toEqual([found.expected, found.extra])
    for (const one of found.days) expect(Math.abs(one.expected - 4 / 3)).toBeLessThan(0.1)
  })

  test('高出最多的一天与持续天数：高出不到五分之一、不到一件的不算', () => {
    const day = (name: string, extra: number, expected = 10) => ({ day: name, observed: expected + extra, expected, extra })
    expect(surgeOf([day('a', 1), day('b', 4), day('c', 0), day('d', 9), day('e', 1.9)])).toEqual({ peak: 'd', lasted: 3 })
    expect(surgeOf([day('a', 0.9, 0), day('b', -3)])).toEqual({ peak: null, lasted: 0 })
  })
})

describe('ANA-30 运行体检的评分', () => {
  const repeats = { indicator: 'aa', measure: 'value' as const, good: 3, bad: 15, weight: 30, plan: '' }
  const two = [repeats, { indicator: 'bb', measure: 'value' as const, good: 95, bad: 70, weight: 10, plan: '' }]
  test.each([[3, 95, 100, 'calm'], [0, 100, 100, 'calm'], [9, 95, 62.5, 'warn'], [15, 70, 0, 'risk'], [null, 82.5, 50, 'risk'], [9, null, 50, 'risk']] as const)('重复占比 %s、满意率 %s 得 %s 分，%s', (a, b, score, level) => {
    const found = judge(two, [a, b])
    expect(found.score).toBe(score)
    expect(levelOf(score, [85, 70, 55])).toBe(level)
    expect(Math.round(100 - found.factors.reduce((sum, f) => sum + f.lost, 0))).toBe(Math.round(score))
  })
  test('都没有数据就没有分；没有上期不算变化', () => {
    expect(judge(two, [null, null]).score).toBeNull()
    expect(measured({ ...repeats, measure: 'change' }, 5, 0)).toBeNull()
    expect(measured({ ...repeats, measure: 'change' }, 15, 10)).toBe(50)
  })
})

describe('经接口', () => {
  let app: TestApp
  let leader: Client
  let admin: Client
  let today = ''
  beforeAll(async () => {
    app = await testApp()
    leader = await app.as('leader')
    admin = await app.as('businessAdmin')
    today = localDate(app.clock.now(), 'Asia/Shanghai')
  })
  afterAll(() => app.stop())

  test('没有历史说明原因；没有发布日期的政策不能评估；没有权限被拒绝', async () => {
    const forecast = await leader.post('/api/analytics/forecast', { indicator: 'received' })
    expect(forecast).toMatchObject({ status: 200, body: { items: [{ forecast: null, reason: '历史不足：至少要有 4 个完整的周' }] } })
    for (const path of ['forecast', 'impact']) expect(await leader.post(`/api/analytics/${path}`, { indicator: 'satisfiedRate', from: addDays(today, -7), to: today })).toMatchObject({ status: 422, body: { code: 'analytics.notCounted' } })
    expect(await leader.post('/api/analytics/impact', { from: today, to: addDays(today, -7) })).toMatchObject({ status: 422, body: { code: 'analytics.wrongWay' } })
    expect(await leader.post('/api/analytics/impact', { to: today })).toMatchObject({ status: 422, body: { code: 'analytics.noStart' } })
    expect(await leader.post('/api/analytics/impact', { from: addDays(today, -7), to: today })).toMatchObject({ status: 200, body: { observed: 0, expected: 0, extra: 0, peak: null, drivers: [], words: '期内受理量 0，按之前同一星期几的平均应有 0，与往常相同；没有明显高于往常的日子。' } })
    expect((await (await app.as('agent')).post('/api/analytics/forecast', { indicator: 'received' })).status).toBe(403)
  })

  test('ANA-30 重复诉求上升，得分下降并指出重复是原因；改模型要权限、要对、不能互相覆盖', async () => {
    const agent = await app.as('agent')
    const orders: string[] = []
    for (let i = 0; i < 4; i += 1) {
      const made = await agent.post('/api/orders', { requester: { name: '苗若溪', phone: '19900055001' }, appealType: 'help', title: '暖气不热', content: `第 ${i + 1} 次反映暖气不热。`, areaCode: '990101001' })
      orders.push(made.body.id)
    }
    const check = async () => (await leader.post('/api/analytics/health', { from: today, to: today })).body
    const calm = await check()
    // Data began today: the day before is no base, so the change of what came in counts for nothing.
    expect(calm.factors.find((f: { indicator: string }) => f.indicator === 'received')).toMatchObject({ value: null, before: null, score: null })
    const course = (await leader.post('/api/analytics/health', { from: today, to: today, past: 2 })).body.course
    expect(course.map((one: { score: number | null }) => one.score === null)).toEqual([true, true, false])
    await app.query((ctx) => sql`insert into order_link (tenant_id, id, from_id, to_id, kind, created_at) values (${ctx.tenantId}, gen_random_uuid(), ${orders[1]}, ${orders[0]}, 'repeat', ${toIso(ctx.clock.now())}::timestamptz)`.execute(ctx.db()), 'leader')
    const worse = await check()
    expect(calm.factors.find((f: { indicator: string }) => f.indicator === 'repeatShare')).toMatchObject({ value: 0, lost: 0 })
    expect(worse.score).toBeLessThan(calm.score)
    expect(worse.factors[0]).toMatchObject({ indicator: 'repeatShare', value: 25, level: 'risk', counted: 'repeats', troubles: 1 })
    expect(worse.factors[0].words).toMatch(/^重复诉求占比 25%.*扣 .* 分/)
    expect((await leader.post('/api/data/figures/rows', { from: today, to: today, indicator: 'repeats' })).body.items.map((r: { id: string }) => r.id)).toEqual([orders[1]])
    const model = { bands: [90, 80, 60], factors: [{ indicator: 'repeatShare', measure: 'value', good: 50, bad: 90, weight: 1, plan: '' }] }
    expect((await leader.put('/api/analytics/health', { model, edit: 0 })).status).toBe(403)
    for (const wrong of [{ ...model, bands: [10, 80, 60] }, { ...model, factors: [{ ...model.factors[0], indicator: 'nothing' }] }, { ...model, factors: [{ ...model.factors[0], bad: 50 }] }, { ...model, factors: [{ ...model.factors[0], trouble: 'solvedRate' }] }]) expect((await admin.put('/api/analytics/health', { model: wrong, edit: 0 })).body.code).toBe('analytics.modelFault')
    expect((await admin.put('/api/analytics/health', { model, edit: 0 })).body).toEqual({ edit: 1 })
    expect((await admin.put('/api/analytics/health', { model, edit: 0 })).body.code).toBe('analytics.modelChanged')
    expect((await check()).score).toBe(100)
    expect((await admin.put('/api/analytics/health', { model: null, edit: 1 })).body).toEqual({ edit: 2 })
    expect((await check()).score).toBe(worse.score)
  })

  test('ANA-11 退过两次、派来派去、职责不清的工单逐项找出，件数等于清单；路径不计挂起；单位看不到别的单位', async () => {
    const people: Record<string, Client> = {}
    for (const login of ['agent', 'reviewer', 'dispatcher', 'handler', 'unitLeader', 'handler2', 'unitLeader2']) people[login] = await app.as(login)
    const send = async (login: string, path: string, body: unknown): Promise<any> => { // oxlint-disable-line no-explicit-any -- answers are asserted on, not typed
      const answer = await people[login]?.post(path, body)
      expect({ path, status: answer?.status, code: answer?.body.code }).toEqual({ path, status: 200, code: undefined })
      return answer?.body
    }
    const plain = app.app.runtime.db.withoutPlugins()
    const units = new Map((await sql<{ code: string; id: string }>`select code, id from platform_unit`.execute(plain)).rows.map((row) => [row.code, row.id]))
    const made = async (title: string): Promise<{ id: string; number: string }> => {
      const order = await send('agent', '/api/orders', { requester: { name: '苗若溪', phone: '19900055002' }, appealType: 'complaint', title, content: `${title}，请处理。`, areaCode: '990101001' })
      await send('reviewer', `/api/orders/${order.id}/pass-review`, {})
      return order
    }
    const dispatch = async (id: string, unit: string): Promise<string> => (await send('dispatcher', `/api/orders/${id}/dispatch`, { units: [{ unitId: units.get(unit), role: 'lead' }], overrideReason: '经协调指定' })).assignments.at(-1).id
    const giveBack = async (assignment: string, handler: string, head: string): Promise<void> => {
      await send(handler, `/api/assignments/${assignment}/request-return`, { reasonClass: '非职责', reason: '该路段由另一单位管理' })
      const { rows } = await sql<{ id: string }>`select id from order_request where assignment_id = ${assignment}`.execute(plain)
      await send(head, `/api/order-requests/${rows[0]?.id}/decide`, { outcome: 'approve' })
      await send('reviewer', `/api/order-requests/${rows[0]?.id}/decide`, { outcome: 'approve', opinion: '同意' })
    }
    const [swung, straight] = [await made('桥下积水'), await made('人行道破损')]
    await giveBack(await dispatch(swung.id, 'T-URBAN'), 'handler', 'unitLeader')
    app.clock.advance(HOUR)
    await giveBack(await dispatch(swung.id, 'T-HEAT'), 'handler2', 'unitLeader2')
    app.clock.advance(HOUR)
    await dispatch(swung.id, 'T-URBAN')
    const kept = await dispatch(straight.id, 'T-URBAN')
    app.clock.advance(75 * HOUR)
    await sql`insert into order_pause (tenant_id, id, assignment_id, order_id, request_id, condition_name, permitted_until_at, promiser_name, round, started_at, ended_at, state, unit_id, unit_name)
      select a.tenant_id, gen_random_uuid(), a.id, a.order_id, gen_random_uuid(), '等待材料', a.dispatched_at + interval '60 hours', '甲', 1, a.dispatched_at + interval '2 hours', a.dispatched_at + interval '50 hours', 'ended', a.unit_id, a.unit_name from order_assignment a where a.id = ${kept}`.execute(plain)
    leader = await app.as('leader')
    const period = { from: today, to: today }
    const found = (await leader.post('/api/analytics/flow', period)).body
    // Review and dispatch are stages of their own, in the order an order takes.
    expect(found.stages.map((one: { name: string }) => one.name).slice(0, 3)).toEqual(['审核', '派发', '签收'])
    expect(found.stages.find((one: { name: string }) => one.name === '派发')).toMatchObject({ done: 2 })
    const counts = Object.fromEntries(found.patterns.map((one: { pattern: string; orders: number }) => [one.pattern, one.orders]))
    expect(counts).toEqual({ repeatedDispatch: 1, returns: 1, pingPong: 1, longStay: 1, unclearDuty: 1 })
    for (const [pattern, n] of Object.entries(counts)) {
      const { items } = (await leader.post('/api/analytics/flow/orders', { ...period, pattern })).body
      expect({ pattern, ids: items.map((one: { id: string }) => one.id) }).toEqual({ pattern, ids: [swung.id].slice(0, Number(n)) })
    }
    expect(found.pushed).toMatchObject([{ returns: 1, duty: 1 }, { returns: 1, duty: 1 }])
    const way = (await leader.get(`/api/analytics/flow/${swung.id}`)).body
    expect(way.hops.map((hop: { stateName: string; long: boolean }) => [hop.stateName, hop.long])).toEqual([['已退回', false], ['已退回', false], ['待签收', true]])
    // 75 hours less the 48 of the suspension: not a long stay.
    expect((await leader.get(`/api/analytics/flow/${straight.id}`)).body.hops).toMatchObject([{ hours: 27, suspendedHours: 48, long: false, to: null }])
    const unit = await app.as('unitLeader')
    const seen = (await unit.post('/api/analytics/flow', period)).body
    expect(seen.pushed).toHaveLength(1)
    const names = (await unit.get(`/api/analytics/flow/${swung.id}`)).body.hops.map((hop: { unitName: string }) => hop.unitName)
    expect(names[1]).toBe('其他单位')
    expect(new Set(names).size).toBe(2)
    expect((await (await app.as('otherAdmin')).get(`/api/analytics/flow/${swung.id}`)).status).toBe(404)
    expect((await (await app.as('agent')).post('/api/analytics/flow', period)).status).toBe(403)
    app.clock.advance(-77 * HOUR)
    leader = await app.as('leader')
  })

  test('ANA-15 专题一键生成报告：每个数有来源；没有的看板 404，没有起草权限 403', async () => {
    const made = await admin.post('/api/reports', { template: 'board:heating', from: today, to: today })
    expect(made).toMatchObject({ status: 200, body: { templateCode: 'board:heating', state: 'draft', kind: 'thematic' } })
    const blocks = made.body.content.sections.flatMap((s: { blocks: { kind: string }[] }) => s.blocks)
    expect(blocks.filter((b: { kind: string }) => b.kind === 'data').length).toBeGreaterThan(6)
    // Words of the theme hold for every figure of its report, the first sentence too.
    const said = made.body.content.sections.find((one: { key: string }) => one.key === 'lead').blocks[0].runs.find((run: { figure?: { where: { dimension: string }[] } }) => run.figure)
    expect(said.figure.where).toMatchObject([{ dimension: 'words' }])
    expect((await admin.post(`/api/reports/${made.body.id}/regenerate`, { version: made.body.version })).status).toBe(200)
    expect((await admin.post('/api/reports', { template: 'board:nothing', from: today, to: today })).status).toBe(404)
    expect((await leader.post('/api/reports', { template: 'board:heating', from: today, to: today })).status).toBe(403)
  })
})
