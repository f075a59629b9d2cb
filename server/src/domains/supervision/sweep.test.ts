// Cards and reminders on a moved clock over the National Day holiday, with restarts of the sweep (SUP-04, SUP-05, SUP-12).
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testApp, type Answer, type Client, type TestApp } from '../../kernel/testing/index.ts'
import { DAY, HOUR, instant, MINUTE, plus, seedHolidays, toIso, type Instant } from '../../kernel/time/index.ts'
import { sweepCards } from './sweep-cards.ts'
import { sweepReminders } from './sweep-reminders.ts'
import { sweepTaskRules, sweepWatchRules } from './rules/sweep-rules.ts'
import { sweepRaises } from './tasks/task-acts.ts'

/** Tuesday before the holiday: three working days end on Friday 9 October at ten. */
const BEFORE = instant('2026-09-29T10:00:00+08:00')
const DUE = instant('2026-10-09T10:00:00+08:00')
const YELLOW = plus(DUE, -DAY)

let app: TestApp
const as: Record<string, Client> = {}
const units: Record<string, string> = {}

beforeAll(async () => {
  app = await testApp()
  app.clock.set(BEFORE)
  const { days, coveredUntil } = seedHolidays([2026, 2027])
  const plain = app.app.runtime.db.withoutPlugins()
  await sql`insert into kernel_holiday (date, kind, name) select date, kind, name from jsonb_to_recordset(${JSON.stringify(days)}::jsonb) as h(date date, kind text, name text) on conflict do nothing`.execute(plain)
  await sql`insert into kernel_state (key, value) values ('calendar.coveredUntil', to_jsonb(${coveredUntil}::text)) on conflict do nothing`.execute(plain)
  for (const login of ['agent', 'reviewer', 'dispatcher', 'handler', 'unitLeader', 'handler2', 'supervisor', 'leader']) as[login] = await app.as(login)
  for (const row of await rows<{ code: string; id: string }>(sql`select code, id from platform_unit`)) units[row.code] = row.id
})
afterAll(() => app.stop())

async function rows<T>(query: ReturnType<typeof sql>): Promise<T[]> {
  return (await query.execute(app.app.runtime.db.withoutPlugins())).rows as T[]
}
const who = (login: string): Client => as[login] as Client
const ok = async (answer: Promise<Answer>): Promise<any> => { // oxlint-disable-line no-explicit-any -- answers are asserted on, not typed
  const { status, body } = await answer
  expect({ status, body: status === 200 ? 'ok' : body }).toEqual({ status: 200, body: 'ok' })
  return body
}

/** An order that the urban unit has signed; its handling clock is set to `dueAt` where given. */
async function handled(more: { dueAt?: Instant; unit?: string; by?: string; assist?: string } = {}) {
  const order = await ok(who('agent').post('/api/orders', { requester: { name: '邵知行', phone: '19900034567' }, ...(more.assist ? { callbackWanted: false, callbackManner: 'none' } : {}), appealType: 'help', title: '井盖松动', content: '人行道井盖松动，夜间有响声，担心伤人。', areaCode: '990101' }))
  await ok(who('reviewer').post(`/api/orders/${order.id}/pass-review`, {}))
  const due = more.dueAt === undefined ? {} : { dueAt: toIso(more.dueAt), dueReason: '按来件要求' }
  const sent = await ok(who('dispatcher').post(`/api/orders/${order.id}/dispatch`, { units: [{ unitId: units[more.unit ?? 'T-URBAN'], role: 'lead' }, ...(more.assist ? [{ unitId: units[more.assist], role: 'assist' }] : [])], ...due }))
  const assignment = sent.assignments[0].id as string
  await ok(who(more.by ?? 'handler').post(`/api/assignments/${assignment}/sign`))
  const [clock] = await rows<{ id: string; due_at: Instant; yellow_at: Instant }>(sql`select id, due_at, yellow_at from order_clock where order_id = ${order.id} and kind = 'handling'`)
  return { id: order.id as string, number: order.number as string, assignment, clock: clock?.id ?? '', due: clock?.due_at, yellow: clock?.yellow_at }
}
type Order = Awaited<ReturnType<typeof handled>>
const cards = (clock: string) => rows<{ colour: string; state: string; at: Instant }>(sql`select colour, state, issued_at as at from supervision_card where clock_id = ${clock} order by issued_at, colour desc`)
const sweep = (): Promise<void> => app.command(async (ctx) => {
  await sweepCards(ctx)
  await sweepTaskRules(ctx)
  await sweepWatchRules(ctx)
  await sweepRaises(ctx)
  await sweepReminders(ctx)
})
/** A process that dies in the middle: everything it did is undone with its transaction. */
const crash = (): Promise<unknown> => app.command(async (ctx) => {
  await sweepCards(ctx)
  await sweepReminders(ctx)
  throw new Error('killed')
}).catch((error: unknown) => error)
const finish = async (order: Order, by: [string, string] = ['handler', 'unitLeader']): Promise<void> => {
  await ok(who(by[0]).post(`/api/assignments/${order.assignment}/feedback`, { result: '已加固井盖。', basis: '市政设施管理规定' }))
  await ok(who(by[1]).post(`/api/assignments/${order.assignment}/review`, { outcome: 'accept' }))
}

describe('国庆假期前后的红黄牌', () => {
  let order: Order

  test('三个工作日跨国庆，到期在 10 月 9 日', async () => {
    order = await handled()
    expect(toIso(order.due ?? instant(0))).toBe(toIso(DUE))
    expect(toIso(order.yellow ?? instant(0))).toBe(toIso(YELLOW))
  })

  test('假期中不发牌，列表为绿', async () => {
    for (const day of ['2026-10-01', '2026-10-04', '2026-10-07']) {
      app.clock.set(`${day}T12:00:00+08:00`)
      await sweep()
    }
    expect(await cards(order.clock)).toEqual([])
    const list = await ok(who('supervisor').get('/api/supervision/clocks/rows?kind=handling'))
    expect(list.items.find((c: { id: string }) => c.id === order.clock)).toMatchObject({ colour: 'green', kindName: '办理', unitName: '测试市城管局' })
  })

  test('到期前 24 小时发黄牌，只一张；承办人和单位领导收到，读后显示已读', async () => {
    app.clock.set(plus(YELLOW, -MINUTE))
    await sweep()
    expect(await cards(order.clock)).toEqual([])
    app.clock.set(YELLOW)
    await crash()
    expect(await cards(order.clock)).toEqual([])
    await sweep()
    await sweep()
    expect(await cards(order.clock)).toMatchObject([{ colour: 'yellow', state: 'open', at: YELLOW }])
    const board = await ok(who('handler').get('/api/supervision/cards?colour=yellow&clock=handling&current=true'))
    expect(board.items).toMatchObject([{ orderId: order.id, clockName: '办理', reaction: null, recipients: [{ name: '测试handler', read: false }, { name: '测试unitLeader', read: false }] }])
    const message = (await ok(who('handler').get('/api/messages?type=supervision.yellow'))).items.find((m: { title: string }) => m.title.includes('井盖'))
    expect(message).toMatchObject({ level: 'P2', link: `/orders/${order.number}` })
    await ok(who('handler').post('/api/messages/read', { ids: [message.id] }))
    expect((await ok(who('handler').get(`/api/orders/${order.id}/cards`))).cards.find((c: { clockKind: string }) => c.clockKind === 'handling').recipients).toMatchObject([{ name: '测试handler', read: true }, { name: '测试unitLeader', read: false }])
  })

  test('牌后的第一个动作是反应；催办不算', async () => {
    app.clock.advance(HOUR)
    await ok(who('supervisor').post(`/api/orders/${order.id}/urges`, { content: '请加快' }))
    await ok(who('handler').post(`/api/assignments/${order.assignment}/feedback`, { kind: 'progress', result: '已到现场' }))
    const [card] = (await ok(who('supervisor').get('/api/supervision/cards?colour=yellow&clock=handling'))).items
    expect(card.reaction).toMatchObject({ act: 'progress', actName: '反馈进展', actorName: '测试handler', at: toIso(app.clock.now()) })
  })

  test('到期发红牌，黄牌被取代；超期 24 小时自动生成一个督办任务，不足 24 小时没有', async () => {
    app.clock.set(DUE)
    await crash()
    await sweep()
    await sweep()
    expect(await cards(order.clock)).toMatchObject([{ colour: 'yellow', state: 'superseded' }, { colour: 'red', state: 'open', at: DUE }])
    app.clock.set(plus(DUE, 23 * HOUR))
    await sweep()
    expect((await ok(who('supervisor').get(`/api/supervision/tasks?orderId=${order.id}`))).items).toEqual([])
    app.clock.set(plus(DUE, DAY))
    await sweep()
    await sweep()
    const { items } = await ok(who('supervisor').get(`/api/supervision/tasks?orderId=${order.id}`))
    expect(items).toMatchObject([{ state: 'open', ruleName: '超期未办结', levelName: '基层', unitName: '测试市城管局', replyDueAt: toIso(plus(DUE, 2 * DAY)) }])
    const shown = await ok(who('handler').get(`/api/orders/${order.id}/cards`))
    expect(shown.cards.filter((c: { clockKind: string }) => c.clockKind === 'handling').map((c: { colour: string }) => c.colour)).toEqual(['red', 'yellow'])
    expect((await rows<{ flags: string[] }>(sql`select flags from order_order where id = ${order.id}`))[0]?.flags).toContain('supervised')
  })

  test('督办：他单位看不到也不能答；迟答有标记；退回重答，结案', async () => {
    const id = (await ok(who('supervisor').get(`/api/supervision/tasks?orderId=${order.id}`))).items[0].id
    expect((await who('handler2').get(`/api/supervision/tasks/${id}`)).status).toBe(404)
    expect((await who('handler2').post(`/api/supervision/tasks/${id}/reply`, { content: '无关' })).status).toBe(404)
    expect((await who('supervisor').post(`/api/supervision/tasks/${id}/close`, { outcome: 'return', opinion: '未答复' })).status).toBe(409)
    app.clock.set(plus(DUE, 2 * DAY + MINUTE))
    expect((await ok(who('supervisor').get('/api/supervision/tasks?overdue=true'))).items.map((t: { id: string }) => t.id)).toContain(id)
    expect(await ok(who('handler').post(`/api/supervision/tasks/${id}/reply`, { content: '备件已到，今日完成' }))).toMatchObject({ state: 'replied', late: true })
    expect(await ok(who('supervisor').post(`/api/supervision/tasks/${id}/close`, { outcome: 'return', opinion: '请说明原因' }))).toMatchObject({ state: 'open', round: 2 })
    await ok(who('handler').post(`/api/supervision/tasks/${id}/reply`, { content: '原因：缺备件' }))
    const closed = await ok(who('supervisor').post(`/api/supervision/tasks/${id}/close`, { outcome: 'accept', opinion: '同意' }))
    expect(closed).toMatchObject({ state: 'closed', closeKindName: '督办员结案' })
    expect(closed.steps.map((s: { node: string }) => s.node)).toEqual(['opened', 'replied', 'returned', 'replied', 'closed'])
    await sweep()
    expect((await ok(who('supervisor').get(`/api/supervision/tasks?orderId=${order.id}`))).items).toHaveLength(1)
  })

  test('工单完成后红牌不再是有效牌，记录仍在', async () => {
    await finish(order)
    expect((await ok(who('supervisor').get('/api/supervision/cards?colour=red&clock=handling&current=true'))).items.map((c: { orderId: string }) => c.orderId)).not.toContain(order.id)
    expect((await ok(who('supervisor').get('/api/supervision/cards?colour=red&clock=handling'))).items.map((c: { orderId: string }) => c.orderId)).toContain(order.id)
  })
})

describe('停机、延时与提醒', () => {
  test('停机越过两个时点：黄牌补记不再打扰，红牌只发一次', async () => {
    app.clock.set('2026-10-19T10:00:00+08:00')
    const order = await handled()
    app.clock.advance(20 * DAY)
    await sweep()
    expect(await cards(order.clock)).toMatchObject([{ colour: 'yellow', state: 'superseded' }, { colour: 'red', state: 'open' }])
    const messages = await rows<{ type: string }>(sql`select distinct m.type from platform_message m join supervision_card k on k.id::text = m.object_id where k.clock_id = ${order.clock}`)
    expect(messages).toEqual([{ type: 'supervision.red' }])
    await finish(order)
  })

  test('延时获批解除有效黄牌但保留记录；新时限再到时另发', async () => {
    app.clock.set('2026-11-09T10:00:00+08:00')
    const order = await handled()
    app.clock.set(order.yellow ?? instant(0))
    await sweep()
    expect(await cards(order.clock)).toMatchObject([{ colour: 'yellow', state: 'open' }])
    const newDueAt = toIso(plus(order.due ?? instant(0), 2 * DAY))
    await ok(who('handler').post(`/api/assignments/${order.assignment}/request-extension`, { newDueAt, reason: '等待配件' }))
    await approveExtension(order)
    await app.drain()
    expect(await cards(order.clock)).toMatchObject([{ colour: 'yellow', state: 'cleared' }])
    await sweep()
    expect(await cards(order.clock)).toHaveLength(1)
    app.clock.set(plus(instant(newDueAt), -HOUR))
    await sweep()
    expect(await cards(order.clock)).toMatchObject([{ colour: 'yellow', state: 'cleared' }, { colour: 'yellow', state: 'open' }])
    await finish(order)
  })

  test('五天的工单提醒 3、2、1 天各一次，清单计数打开同样的工单', async () => {
    app.clock.set('2026-12-01T10:00:00+08:00')
    const order = await handled({ dueAt: instant('2026-12-06T10:00:00+08:00') })
    const told: number[] = []
    for (let hour = 0; hour <= 5 * 24; hour += 6) {
      app.clock.set(plus(instant('2026-12-01T10:00:00+08:00'), hour * HOUR))
      await sweep()
      told.push((await rows<{ n: number }>(sql`select count(*)::int as n from supervision_reminder where clock_id = ${order.clock} and sent`))[0]?.n ?? 0)
      if (hour === 3 * 24) {
        const due = await ok(who('handler').get('/api/supervision/due?days=3&clock=handling'))
        const day = due.counts.find((c: { day: number; count: number }) => c.count > 0)
        expect(day).toMatchObject({ day: 2, count: 1 })
        const list = await ok(who('handler').get(`${day.list.path}?${new URLSearchParams(day.list.query).toString()}`))
        expect(list.items.map((c: { id: string }) => c.id)).toEqual([order.clock])
      }
    }
    expect(told.at(-1)).toBe(3)
    expect(await rows(sql`select days from supervision_reminder where clock_id = ${order.clock} order by at`)).toEqual([{ days: 3 }, { days: 2 }, { days: 1 }])
    await finish(order)
  })

  test('办结的工单不再提醒', async () => {
    app.clock.set('2026-12-08T10:00:00+08:00')
    const order = await handled({ dueAt: instant('2026-12-14T10:00:00+08:00') })
    await finish(order)
    app.clock.advance(4 * DAY)
    await sweep()
    expect(await rows(sql`select days from supervision_reminder where clock_id = ${order.clock}`)).toEqual([])
  })

  test('暂停的时钟不发牌不提醒，列表显示为暂停', async () => {
    app.clock.set('2026-12-20T10:00:00+08:00')
    const order = await handled({ dueAt: instant('2026-12-26T10:00:00+08:00') })
    const set = (state: string): Promise<unknown> => rows(sql`update order_clock set state = ${state} where id = ${order.clock}`)
    await set('paused')
    app.clock.advance(10 * DAY)
    await sweep()
    expect(await cards(order.clock)).toEqual([])
    expect(await rows(sql`select days from supervision_reminder where clock_id = ${order.clock}`)).toEqual([])
    expect((await ok(who('supervisor').get('/api/supervision/clocks/rows?kind=handling&colour=paused'))).items.map((c: { id: string }) => c.id)).toEqual([order.clock])
    await set('running')
    await sweep()
    expect((await cards(order.clock)).map((c) => c.colour).toSorted()).toEqual(['red', 'yellow'])
    await finish(order)
  })

  test('督办规则看到时已经办完的，不再督办', async () => {
    app.clock.set('2027-01-02T10:00:00+08:00')
    const order = await handled({ dueAt: instant('2027-01-03T10:00:00+08:00') })
    app.clock.set('2027-01-04T10:00:00+08:00')
    await app.command((ctx) => sweepCards(ctx))
    await finish(order)
    await sweep()
    expect(await rows(sql`select 1 from supervision_task where order_id = ${order.id}`)).toEqual([])
  })

  test('滞留 72 小时整不报，72 小时 1 分钟上清单', async () => {
    app.clock.set('2027-01-04T10:00:00+08:00')
    const order = await handled({ dueAt: instant('2027-01-20T10:00:00+08:00') })
    const listed = async (): Promise<boolean> => (await ok(who('supervisor').get('/api/supervision/stays'))).items.some((s: { orderId: string }) => s.orderId === order.id)
    app.clock.advance(72 * HOUR)
    expect(await listed()).toBe(false)
    app.clock.advance(MINUTE)
    expect(await listed()).toBe(true)
    expect((await ok(who('handler').get(`/api/orders/${order.id}/cards`))).risks.stays).toMatchObject([{ unitName: '测试市城管局', hours: 72, over: true }])
    await finish(order)
  })

  test('办结的工单仍欠协办反馈的，不算滞留', async () => {
    app.clock.set('2027-01-11T10:00:00+08:00')
    const order = await handled({ assist: 'T-HEAT' })
    const listed = async (): Promise<string[]> => (await ok(who('supervisor').get('/api/supervision/stays'))).items.filter((s: { orderId: string }) => s.orderId === order.id).map((s: { unitName: string }) => s.unitName)
    app.clock.advance(73 * HOUR)
    expect(await listed()).toEqual(['测试市城管局', '测试市供热办'])
    await finish(order)
    expect(await listed()).toEqual(['测试市供热办'])
    await ok(who('reviewer').post(`/api/orders/${order.id}/review-result`, { outcome: 'accept', missingReason: '现场核实' }))
    expect(await listed()).toEqual([])
  })
})

async function approveExtension(order: Order): Promise<void> {
  const [request] = await rows<{ flow: string }>(sql`select flow_instance_id as flow from order_request where order_id = ${order.id} and kind = 'extension'`)
  for (const login of ['unitLeader', 'reviewer']) {
    const decided = await ok(who(login).post(`/api/flow/instances/${request?.flow}/decide`, { outcome: 'approve', opinion: '同意' }))
    if (decided.state === 'approved') return
  }
}

test('任意次序的扫描、崩溃与并发：每个时钟每种颜色只有一张牌', { timeout: 120_000 }, async () => {
  let day = 0
  const step = fc.oneof(fc.record({ kind: fc.constant('advance' as const), hours: fc.integer({ min: 1, max: 60 }) }), fc.constantFrom({ kind: 'sweep' as const }, { kind: 'crash' as const }, { kind: 'twoAtOnce' as const }))
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
      day += 1
      app.clock.set(plus(instant('2027-02-01T10:00:00+08:00'), day * 20 * DAY))
      await app.runTimers() // months of messages are made ahead of the clock
      const order = await handled({ dueAt: plus(app.clock.now(), 4 * DAY) })
      for (const s of steps) {
        if (s.kind === 'advance') app.clock.advance(s.hours * HOUR)
        else if (s.kind === 'sweep') await sweep()
        else if (s.kind === 'crash') await crash()
        else await Promise.all([sweep(), sweep()])
      }
      app.clock.set(plus(order.due ?? instant(0), 25 * HOUR))
      await Promise.all([sweep(), sweep()])
      await sweep()
      const issued = await cards(order.clock)
      expect(issued.map((c) => c.colour).toSorted()).toEqual(['red', 'yellow'])
      expect(issued.find((c) => c.colour === 'red')?.state).toBe('open')
      expect(issued.find((c) => c.colour === 'yellow')?.state).toBe('superseded')
      expect((await rows<{ n: number }>(sql`select count(*)::int as n from supervision_task where order_id = ${order.id}`))[0]?.n).toBe(1)
      const doubled = await rows(sql`select user_id from platform_message m join supervision_card k on k.id::text = m.object_id where k.clock_id = ${order.clock} group by user_id, m.object_id having count(*) > 1 or max(repeats) > 1`)
      expect(doubled).toEqual([])
      await finish(order)
    }),
    { numRuns: 12 },
  )
})

test('涉企工单响应到期前一小时短信提醒承办人和领导；普通工单只有黄牌', async () => {
  app.clock.set('2026-11-03T10:00:00+08:00')
  const texts = (id: string) => rows(sql`select 1 from platform_sms where object_id = ${id} and template = 'unitNearDue'`)
  const sent = async (more: Record<string, unknown>) => {
    const order = await ok(who('agent').post('/api/orders', { requester: { name: '邵知行', phone: '19900034568' }, appealType: 'help', title: '临街施工堵门', content: '临街施工围挡堵住店门，货物进不来。', areaCode: '990101', ...more }))
    await ok(who('reviewer').post(`/api/orders/${order.id}/pass-review`, {}))
    await ok(who('dispatcher').post(`/api/orders/${order.id}/dispatch`, { units: [{ unitId: units['T-URBAN'], role: 'lead' }] }))
    return order.id as string
  }
  const [enterprise, plain] = [await sent({ enterprise: true }), await sent({})]
  const due = async (id: string) => (await rows<{ due_at: Instant; yellow_at: Instant }>(sql`select due_at, yellow_at from order_clock where order_id = ${id} and kind = 'response'`))[0]
  const clock = await due(enterprise)
  expect(clock && clock.due_at - clock.yellow_at).toBe(HOUR)
  app.clock.set(plus(clock?.yellow_at ?? DUE, -MINUTE))
  await sweep()
  expect(await texts(enterprise)).toHaveLength(0)
  app.clock.set(clock?.yellow_at ?? DUE)
  await sweep()
  await sweep()
  const told = (await texts(enterprise)).length
  expect(told).toBeGreaterThan(0)
  expect(await texts(plain)).toHaveLength(0)
})
