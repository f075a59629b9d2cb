// Rules as data: tests before effect, dry runs on past orders, tasks, alerts and findings by rules (SUP-06, SUP-10, SUP-12, SUP-14, SUP-15, SUP-27).
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DAY, HOUR, instant, MINUTE, plus, toIso } from '../../../kernel/time/index.ts'
import { scene, type Scene } from '../testing/scene.ts'
import { facts } from './facts.ts'
import { tryRuleJob } from './try-past.ts'
import { shippedRules } from './shipped-rules.zh-CN.ts'
import { definition } from './definition.ts'
import { conditionFaults, matchingOrders, simulate } from './matching.ts'

let s: Scene
beforeAll(async () => {
  s = await scene('2026-11-02T10:00:00+08:00')
  await s.sweep()
})
afterAll(() => s.app.stop())

const overdue12 = { conditions: [{ fact: 'overdue', op: '>=', value: 12, unit: 'naturalHours' }], text: '请说明超期原因' }
const rule = (id: string) => s.ok(s.who('supervisor').get(`/api/supervision/rules/${id}`))
const tasksOf = async (orderId: string) => (await s.ok(s.who('supervisor').get(`/api/supervision/tasks?orderId=${orderId}`))).items as { id: string; ruleName: string; state: string; closeKindName: string | null }[]
const hitsOf = async (orderId: string, login = 'supervisor', effect = 'alert') => (await s.ok(s.who(login).get(`/api/supervision/hits?effect=${effect}&orderId=${orderId}`))).items as { id: string; ruleName: string; kind: string | null; state: string; endedAt: string | null; recipients: string[]; toldCount: number; measure: string | null }[]

/** Tested by simulation and on past orders, then made effective. */
async function enabled(input: Record<string, unknown>) {
  const made = await s.ok(s.who('supervisor').post('/api/supervision/rules', input))
  await s.ok(s.who('supervisor').post(`/api/supervision/rules/${made.id}/simulate`, { cases: made.suggested }))
  await tried(made.id)
  const now = await rule(made.id)
  expect({ state: now.versionState, tests: now.tests.filter((t: { passed: boolean }) => !t.passed) }).toEqual({ state: 'passed', tests: [] })
  return s.ok(s.who('supervisor').post(`/api/supervision/rules/${made.id}/enable`, { version: now.version }))
}
async function tried(id: string, days = 30) {
  const { taskId } = await s.ok(s.who('supervisor').post(`/api/supervision/rules/${id}/try`, { days }))
  const [tenant] = await s.rows<{ id: string }>(sql`select tenant_id as id from platform_task where id = ${taskId}`)
  await tryRuleJob.run((fn) => s.app.command(fn), { tenantId: tenant?.id ?? '', taskId }, { attempt: 1, maxAttempts: 2 })
  return (await rule(id)).tests.find((t: { kind: string }) => t.kind === 'past')
}

describe('条件与事实', () => {
  test('产品自带的规则条件都能问，界限内外各举一例', async () => {
    for (const shipped of shippedRules) expect({ key: shipped.key, faults: conditionFaults(definition.parse(shipped.definition).conditions) }).toEqual({ key: shipped.key, faults: [] })
    const { items } = await s.ok(s.who('supervisor').get('/api/supervision/rules'))
    expect(items).toHaveLength(shippedRules.length)
    for (const { id, effect } of items) {
      const { suggested, definition: made } = await rule(id)
      const fired = await s.app.query((ctx) => simulate(ctx, made, suggested.map((c: { facts: Record<string, never> }) => c.facts)))
      expect({ effect, name: made.text, fired: fired[0] }).toEqual({ effect, name: made.text, fired: true })
    }
  })

  test('每个条件项都能在工单上和历史上求值', async () => {
    const order = await s.signed()
    for (const fact of facts) {
      const value = fact.kind === 'since' ? { op: '>=' as const, value: 0, unit: 'naturalHours' as const } : fact.kind === 'until' ? { op: '<=' as const, value: 90_000, unit: 'naturalHours' as const } : fact.kind === 'count' ? { op: '>=' as const, value: 0 } : fact.kind === 'mark' ? { op: '=' as const, value: false } : { op: 'notIn' as const, value: fact.kind === 'unit' ? ['00000000-0000-4000-8000-000000000000'] : ['—'] }
      const found = await s.app.query((ctx) => matchingOrders(ctx, { conditions: [{ fact: fact.key, ...value }] }, sql<boolean>`o.id = ${order.id}`, 5))
      expect({ fact: fact.key, asked: Array.isArray(found) }).toEqual({ fact: fact.key, asked: true })
    }
    await s.finish(order)
  })

  test('规则无权的人看不到也改不了', async () => {
    for (const login of ['handler', 'unitLeader', 'agent', 'leader', 'otherReviewer']) expect((await s.who(login).get('/api/supervision/rules')).status).toBe(403)
    expect((await s.who('handler').post('/api/supervision/rules', { effect: 'task', name: '越权', definition: overdue12 })).status).toBe(403)
    expect((await s.who('supervisor').post('/api/supervision/rules', { effect: 'task', name: '错', definition: { ...overdue12, conditions: [{ fact: 'salary', op: '>=', value: 1 }] } })).status).toBe(422)
    expect((await s.who('supervisor').post('/api/supervision/rules', { effect: 'task', name: '错', definition: { ...overdue12, conditions: [{ fact: 'area', op: 'in', value: ["99' or true --"] }, { fact: 'state', op: 'in', value: ["x') or true --"] }] } })).status).toBe(200)
  })
})

describe('SUP-15 测试与生效', () => {
  test('24 小时的规则：模拟 23 小时没有任务，24 小时有；未测试或未通过的版本不能生效', async () => {
    const made = await s.ok(s.who('supervisor').post('/api/supervision/rules', { effect: 'task', name: '超期一天', definition: { ...overdue12, conditions: [{ ...overdue12.conditions[0], value: 24 }] } }))
    const enable = async () => s.who('supervisor').post(`/api/supervision/rules/${made.id}/enable`, { version: (await rule(made.id)).version })
    expect(await enable()).toMatchObject({ status: 409, body: { rule: 'supervision.rule.tested' } })
    const simulateIt = (cases: unknown[]) => s.ok(s.who('supervisor').post(`/api/supervision/rules/${made.id}/simulate`, { cases }))
    const wrong = await simulateIt([{ name: '23 小时', facts: { overdue: 23 }, expected: true }, { name: '24 小时', facts: { overdue: 24 }, expected: true }])
    expect(wrong.versionState).toBe('failed')
    expect(await enable()).toMatchObject({ status: 409, body: { title: expect.stringContaining('测试未通过') } })
    const right = await simulateIt([{ name: '23 小时', facts: { overdue: 23 }, expected: false }, { name: '24 小时', facts: { overdue: 24 }, expected: true }])
    expect(right.tests[0]).toMatchObject({ passed: true, outcome: { cases: [{ fired: false }, { fired: true }] } })
    expect((await enable()).status).toBe(409)
    expect(await tried(made.id)).toMatchObject({ passed: true, outcome: { fired: 0 } })
    expect((await enable()).status).toBe(200)
    expect(await s.rows(sql`select 1 from platform_message where type = 'supervision.task'`)).toEqual([])
    await s.ok(s.who('supervisor').post(`/api/supervision/rules/${made.id}/stop`, { version: (await rule(made.id)).version }))
  })

  test('试运行列出会触发的历史工单；什么都触发的规则被拒绝；没有人收到通知', async () => {
    const late = await s.signed({ dueAt: plus(s.app.clock.now(), 2 * HOUR) })
    s.app.clock.advance(30 * HOUR)
    await s.finish(late)
    const inTime = []
    for (let i = 0; i < 10; i++) inTime.push(await s.registered())
    // Only the one who asked hears, and only that his run has ended.
    const quiet = sql`select count(*)::int as n from platform_message where type <> 'task'`
    const before = (await s.rows<{ n: number }>(quiet))[0]?.n
    const made = await s.ok(s.who('supervisor').post('/api/supervision/rules', { effect: 'task', name: '试运行', definition: overdue12 }))
    const run = await tried(made.id)
    expect(run.outcome.orders.map((o: { id: string }) => o.id)).toEqual([late.id])
    expect(run.outcome).toMatchObject({ fired: 1, examined: expect.any(Number) })
    const all = await s.ok(s.who('supervisor').post('/api/supervision/rules', { effect: 'task', name: '全部', definition: { conditions: [{ fact: 'returns', op: '>=', value: 0 }], text: '都来' } }))
    expect(await tried(all.id)).toMatchObject({ passed: false, outcome: { refused: expect.stringContaining('100%') } })
    await s.ok(s.who('supervisor').post(`/api/supervision/rules/${all.id}/simulate`, { cases: [{ name: '0 次', facts: { returns: 0 }, expected: true }, { name: '没有', facts: {}, expected: false }] }))
    expect(await s.who('supervisor').post(`/api/supervision/rules/${all.id}/enable`, { version: (await rule(all.id)).version })).toMatchObject({ status: 409 })
    expect((await s.rows<{ n: number }>(quiet))[0]?.n).toBe(before)
    expect(await s.rows(sql`select 1 from supervision_task where order_id = ${late.id} and rule_id = ${made.id}`)).toEqual([])
  })

  test('SUP-14 复制模板、改为 12 小时、测试后生效：下一件超期 12 小时的工单触发；改动成为下一版，在办任务仍按原版', async () => {
    const { items } = await s.ok(s.who('supervisor').get('/api/supervision/rules?template=true'))
    expect(await s.who('supervisor').post(`/api/supervision/rules/${items[0].id}/enable`, { version: items[0].version })).toMatchObject({ status: 409, body: { rule: 'supervision.rule.template' } })
    const copy = await s.ok(s.who('supervisor').post(`/api/supervision/rules/${items[0].id}/copy`, { name: '超期半天' }))
    const changed = await s.ok(s.who('supervisor').patch(`/api/supervision/rules/${copy.id}`, { version: copy.version, name: '超期半天', definition: { ...copy.definition, ...overdue12 } }))
    expect((await s.who('supervisor').patch(`/api/supervision/rules/${copy.id}`, { version: copy.version, name: '旧', definition: changed.definition })).status).toBe(409)
    await s.ok(s.who('supervisor').post(`/api/supervision/rules/${copy.id}/simulate`, { cases: changed.suggested }))
    await tried(copy.id)
    await s.ok(s.who('supervisor').post(`/api/supervision/rules/${copy.id}/enable`, { version: (await rule(copy.id)).version }))
    const order = await s.signed({ dueAt: plus(s.app.clock.now(), HOUR) })
    s.app.clock.advance(13 * HOUR - MINUTE)
    await s.sweep()
    expect((await tasksOf(order.id)).map((t) => t.ruleName)).toEqual([])
    s.app.clock.advance(MINUTE)
    await s.sweep()
    expect((await tasksOf(order.id)).map((t) => t.ruleName)).toEqual(['超期半天'])
    const now = await rule(copy.id)
    const next = await s.ok(s.who('supervisor').patch(`/api/supervision/rules/${copy.id}`, { version: now.version, name: '超期半天', definition: { ...now.definition, text: '改了' } }))
    expect(next).toMatchObject({ number: now.number + 1, versionState: 'draft', effectiveNumber: now.number, state: 'effective' })
    expect((await s.rows<{ rule_number: number }>(sql`select rule_number from supervision_task where order_id = ${order.id}`))[0]?.rule_number).toBe(now.number)
    await s.ok(s.who('supervisor').post(`/api/supervision/rules/${copy.id}/stop`, { version: next.version }))
    await s.finish(order)
  })
})

describe('SUP-12 自动督办', () => {
  test('第三次退单：一个任务；第四次不再增加；工单办结时任务随之结案', async () => {
    const order = await s.signed({ dueAt: plus(s.app.clock.now(), 60 * DAY) })
    const returned = (n: number) => s.rows(sql`update order_order set return_count = ${n} where id = ${order.id}`)
    await returned(2)
    await s.sweep()
    expect(await tasksOf(order.id)).toEqual([])
    await returned(3)
    await s.sweep()
    await returned(4)
    await s.sweep()
    expect(await tasksOf(order.id)).toMatchObject([{ ruleName: '多次退单', state: 'open' }])
    await s.finish(order)
    await s.ok(s.who('reviewer').post(`/api/orders/${order.id}/review-result`, { outcome: 'accept' }))
    await s.app.drain()
    expect(await tasksOf(order.id)).toMatchObject([{ state: 'closed', closeKindName: '工单办结，自动结案' }])
  })

  test('督办员结案后同一轮不再生成；两次催办生成一个', async () => {
    const order = await s.signed({ dueAt: plus(s.app.clock.now(), 60 * DAY) })
    for (const content of ['第一次', '第二次']) await s.ok(s.who('agent').post(`/api/orders/${order.id}/urges`, { content }))
    await s.sweep()
    const [task] = await tasksOf(order.id)
    expect(task).toMatchObject({ ruleName: '诉求人多次催问' })
    await s.ok(s.who('handler').post(`/api/supervision/tasks/${task?.id}/reply`, { content: '今天完成' }))
    await s.ok(s.who('supervisor').post(`/api/supervision/tasks/${task?.id}/close`, { outcome: 'accept', opinion: '同意', evaluation: 'good' }))
    await s.sweep()
    expect(await tasksOf(order.id)).toHaveLength(1)
    await s.finish(order)
  })
})

describe('SUP-06 预警规则与响应记录', () => {
  test('两个区域的两条规则只对各自的工单触发；未响应的列为未响应；登记措施后有响应率', async () => {
    const area = (code: string, name: string) => enabled({ effect: 'alert', name, definition: { conditions: [{ fact: 'dueIn', op: '<=', value: 24, unit: 'naturalHours' }, { fact: 'area', op: 'in', value: [code] }], text: '临期', recipients: ['handlers'], channels: ['system', 'sms'] } })
    await area('990101', '甲区临期')
    await area('990102', '乙区临期')
    const due = plus(s.app.clock.now(), 30 * HOUR)
    const a = await s.signed({ dueAt: due })
    const b = await s.signed({ dueAt: due, unit: 'T-HEAT', order: { areaCode: '990102' } })
    await s.sweep()
    expect((await hitsOf(a.id)).map((h) => h.ruleName)).not.toContain('甲区临期')
    s.app.clock.advance(6 * HOUR)
    await s.sweep()
    await s.sweep()
    const near = async (order: { id: string }) => (await hitsOf(order.id)).map((h) => h.ruleName).filter((name) => name.includes('临期')).toSorted()
    expect([await near(a), await near(b)]).toEqual([['临期未办结', '甲区临期'], ['临期未办结', '乙区临期']])
    const [hit] = (await hitsOf(a.id)).filter((h) => h.ruleName === '甲区临期')
    expect(hit).toMatchObject({ state: 'open', recipients: ['测试handler', '测试unitLeader'], toldCount: 1 })
    expect((await s.rows(sql`select 1 from platform_sms where template = 'unitAlert' and object_id = ${a.id}`)).length).toBeGreaterThan(0)
    expect(await hitsOf(a.id, 'handler2')).toEqual([])
    expect((await s.who('handler2').post(`/api/supervision/hits/${hit?.id}/answer`, { measure: '别家的' })).status).toBe(404)
    const open = await s.ok(s.who('handler').get('/api/supervision/hits?effect=alert&state=open&current=true&limit=200'))
    expect(open.items.map((h: { id: string }) => h.id)).toContain(hit?.id)
    expect(await s.ok(s.who('handler').post(`/api/supervision/hits/${hit?.id}/answer`, { measure: '已安排人员', result: '明早完成' }))).toMatchObject({ state: 'answered', measure: '已安排人员', answeredByName: '测试handler' })
    expect((await s.who('unitLeader').post(`/api/supervision/hits/${hit?.id}/answer`, { measure: '再答' })).status).toBe(409)
    const stats = await s.ok(s.who('supervisor').get('/api/supervision/hits/stats?effect=alert&from=2026-11-01&to=2026-12-31'))
    expect(stats.rules.find((r: { name: string }) => r.name === '甲区临期')).toMatchObject({ count: 1, answered: 1, rate: 100 })
    expect(stats.rules.find((r: { name: string }) => r.name === '乙区临期')).toMatchObject({ count: 1, answered: 0, rate: 0 })
    await s.finish(a)
    await s.finish(b, ['handler2', 'unitLeader2'])
    await s.ok(s.who('reviewer').post(`/api/orders/${b.id}/review-result`, { outcome: 'accept' }))
    await s.sweep()
    expect((await hitsOf(b.id)).every((h) => h.endedAt !== null)).toBe(true)
  })
})

describe('SUP-10 挂起停滞', () => {
  test('挂起 5 个工作日没有进展：提醒，每 24 小时一次；承办人一有记录即结束', async () => {
    s.app.clock.set('2026-12-07T10:00:00+08:00')
    const order = await s.signed({ dueAt: instant('2027-01-20T18:00:00+08:00') })
    await s.rows(sql`update order_clock set state = 'paused', paused_at = ${toIso(s.app.clock.now())} where order_id = ${order.id} and state = 'running'`)
    await s.rows(sql`update order_order set flags = array_append(flags, 'suspended') where id = ${order.id}`)
    const stalls = async () => (await hitsOf(order.id)).filter((h) => h.ruleName === '挂起停滞')
    s.app.clock.set('2026-12-14T09:00:00+08:00')
    await s.sweep()
    expect(await stalls()).toEqual([])
    s.app.clock.set('2026-12-14T10:01:00+08:00')
    await s.sweep()
    s.app.clock.advance(2 * HOUR)
    await s.sweep()
    expect(await stalls()).toMatchObject([{ state: 'open', toldCount: 1 }])
    s.app.clock.advance(23 * HOUR)
    await s.sweep()
    expect(await stalls()).toMatchObject([{ state: 'open', toldCount: 2 }])
    await s.ok(s.who('handler').post(`/api/assignments/${order.assignment}/feedback`, { kind: 'progress', result: '配件已到' }))
    await s.sweep()
    expect((await stalls())[0]?.endedAt).not.toBeNull()
    await s.rows(sql`update order_clock set state = 'running', paused_at = null where order_id = ${order.id} and state = 'paused'`)
    await s.rows(sql`update order_order set flags = array_remove(flags, 'suspended') where id = ${order.id}`)
    await s.finish(order)
  })
})

describe('SUP-10 续办停滞', () => {
  test('按挂起与续办的申请走完：批准续办后 1 个工作日没有动，提醒经办和督办员，每天一次；一有记录即结束', async () => {
    s.app.clock.set('2026-12-21T10:00:00+08:00')
    const order = await s.signed({ dueAt: instant('2027-01-20T18:00:00+08:00') })
    const condition = (await s.ok(s.who('businessAdmin').post('/api/pause-conditions', { name: '等待配件', permittedDays: 30, evidenceRequired: false }))).id
    const decide = async (kind: string, login: string) => {
      const [row] = await s.rows<{ id: string }>(sql`select flow_instance_id as id from order_request where order_id = ${order.id} and kind = ${kind} order by created_at desc limit 1`)
      await s.ok(s.who(login).post(`/api/flow/instances/${row?.id}/decide`, { outcome: 'approve', opinion: '同意' }))
    }
    await s.ok(s.who('handler').post(`/api/assignments/${order.assignment}/request-suspension`, { conditionId: condition, reason: '等待厂家发货' }))
    await decide('suspension', 'unitLeader')
    await decide('suspension', 'reviewer')
    s.app.clock.advance(2 * DAY)
    await s.ok(s.who('handler').post(`/api/assignments/${order.assignment}/request-resumption`, { reason: '配件已到' }))
    s.app.clock.advance(HOUR)
    await decide('resumption', 'reviewer')
    const stalls = async () => (await hitsOf(order.id)).filter((h) => h.ruleName === '续办未动')
    s.app.clock.advance(HOUR)
    await s.sweep()
    expect(await stalls()).toEqual([])
    s.app.clock.advance(DAY)
    await s.sweep()
    await s.sweep()
    expect(await stalls()).toMatchObject([{ state: 'open', toldCount: 1 }])
    expect((await s.messages('supervisor', 'supervision.alert')).some((m) => m.title.startsWith('续办未动'))).toBe(true)
    s.app.clock.advance(DAY)
    await s.sweep()
    expect(await stalls()).toMatchObject([{ state: 'open', toldCount: 2 }])
    await s.ok(s.who('handler').post(`/api/assignments/${order.assignment}/feedback`, { kind: 'progress', result: '已开始更换' }))
    await s.sweep()
    expect((await stalls())[0]?.endedAt).not.toBeNull()
    await s.finish(order)
  })
})

describe('SUP-27 工单自动巡检', () => {
  test('七种异常各一件有七种发现，重复巡检不增加，改正后自行关闭', async () => {
    s.app.clock.set('2027-01-11T10:00:00+08:00')
    const far = instant('2027-03-01T18:00:00+08:00')
    const unsigned = await s.dispatched({ dueAt: far })
    const bare = await s.signed({ dueAt: far, order: { appealType: 'complaint' } })
    await s.finish(bare)
    const silent = await s.signed({ dueAt: far })
    const supervised = await s.signed({ dueAt: far })
    await s.ok(s.who('supervisor').post('/api/supervision/tasks', { orderIds: [supervised.id], unitId: s.units['T-URBAN'], replyDueAt: '2027-02-01T10:00:00+08:00', demand: '请报告' }))
    const urged = await s.signed({ dueAt: far })
    await s.ok(s.who('agent').post(`/api/orders/${urged.id}/urges`, { content: '催' }))
    const stayed = await s.signed({ dueAt: far })
    const upper = await s.signed({ dueAt: far })
    await s.rows(sql`insert into order_clock (tenant_id, id, order_id, kind, amount, basis, rule_text, started_at, due_at, yellow_at, state) select tenant_id, gen_random_uuid(), id, 'upper', 5, 'workingDays', '上级时限', now(), ${'2027-01-15T09:00:00+08:00'}, ${'2027-01-15T08:00:00+08:00'}, 'running' from order_order where id = ${upper.id}`)
    s.app.clock.set('2027-01-14T10:01:00+08:00')
    await s.sweep()
    await s.sweep()
    const kinds = async (order: { id: string }) => [...new Set((await hitsOf(order.id, 'supervisor', 'finding')).filter((h) => h.endedAt === null).map((h) => h.kind))]
    expect([await kinds(unsigned), await kinds(bare), await kinds(silent), await kinds(supervised), await kinds(urged), await kinds(stayed), await kinds(upper)].map((list, i) => list.includes(['dispatch', 'attachments', 'replies', 'supervised', 'urged', 'flow', 'upper'][i] ?? ''))).toEqual([true, true, true, true, true, true, true])
    expect(await s.rows(sql`select rule_id, order_id from supervision_hit where ended_at is null group by rule_id, order_id having count(*) > 1`)).toEqual([])
    const [urge] = (await s.ok(s.who('handler').get('/api/urges?owed=true&limit=200'))).items.filter((u: { orderId: string }) => u.orderId === urged.id)
    await s.ok(s.who('handler').post(`/api/urges/${urge.id}/answer`, { content: '今天完成' }))
    await s.ok(s.who('handler').post(`/api/assignments/${unsigned.assignment}/sign`))
    await s.sweep()
    expect((await kinds(urged)).includes('urged')).toBe(false)
    expect((await hitsOf(unsigned.id, 'supervisor', 'finding')).filter((h) => h.ruleName === '未及时签收')).toMatchObject([{ state: 'closed' }])
    const [finding] = await hitsOf(stayed.id, 'handler', 'finding')
    expect(await s.ok(s.who('handler').post(`/api/supervision/hits/${finding?.id}/acknowledge`))).toMatchObject({ acknowledgedByName: '测试handler', state: 'open' })
  })
})

test('SUP-09 考核前提醒清单：数等于清单；单位只见本线', async () => {
  const lists = (await s.ok(s.who('supervisor').get('/api/supervision/lists'))).items as { id: string; name: string; audience: string; count: { value: number } }[]
  expect(lists.length).toBeGreaterThan(5)
  expect(new Set(lists.map((l) => l.audience))).toEqual(new Set(['centre']))
  for (const list of lists) expect({ name: list.name, n: (await s.ok(s.who('supervisor').get(`/api/supervision/lists/${list.id}?limit=200`))).items.length }).toEqual({ name: list.name, n: list.count.value })
  const own = (await s.ok(s.who('handler2').get('/api/supervision/lists'))).items as { id: string; audience: string; count: { value: number } }[]
  expect(new Set(own.map((l) => l.audience))).toEqual(new Set(['unit']))
  expect(own.map((l) => l.count.value)).toEqual(own.map(() => 0))
  expect((await s.who('handler2').get(`/api/supervision/lists/${lists[0]?.id}`)).status).toBe(404)
})
