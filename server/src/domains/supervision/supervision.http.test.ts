// Urging, boards, scopes and notices over HTTP on a real database.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decrypt } from '../../kernel/crypto/index.ts'
import { testApp, type Answer, type Client, type TestApp } from '../../kernel/testing/index.ts'
import { DAY, HOUR, instant, plus, toIso } from '../../kernel/time/index.ts'
import { supervisionExports } from './export-lists.zh-CN.ts'
import { sendNotices } from './notices/send-notices.ts'

let app: TestApp
const as: Record<string, Client> = {}
const units: Record<string, string> = {}
const tenants: Record<string, string> = {}

beforeAll(async () => {
  app = await testApp()
  for (const login of ['agent', 'reviewer', 'dispatcher', 'handler', 'unitLeader', 'handler2', 'sectionHandler', 'supervisor', 'leader', 'callbackAgent', 'shiftLeader', 'agent2', 'countyReviewer', 'countyHandler', 'otherReviewer']) as[login] = await app.as(login)
  for (const row of await rows<{ code: string; id: string }>(sql`select code, id from platform_unit`)) units[row.code] = row.id
  for (const row of await rows<{ code: string; id: string }>(sql`select code, id from platform_tenant`)) tenants[row.code] = row.id
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
let n = 0
async function registered(more: Record<string, unknown> = {}) {
  n += 1
  return ok(who('agent').post('/api/orders', { requester: { name: '温以宁', phone: `1990002${String(2000 + n)}` }, appealType: 'help', title: `下水道堵塞 ${n}`, content: '小区门口下水道堵塞，污水外溢。', areaCode: '990101', ...more }))
}
async function dispatched(list: [string, string][] = [['T-URBAN', 'lead']], more: Record<string, unknown> = {}) {
  const order = await registered(more)
  await ok(who('reviewer').post(`/api/orders/${order.id}/pass-review`, {}))
  const sent = await ok(who('dispatcher').post(`/api/orders/${order.id}/dispatch`, { units: list.map(([unit, role]) => ({ unitId: units[unit], role })) }))
  await app.drain()
  return { ...order, assignment: sent.assignments[0].id as string, assignments: sent.assignments as { id: string }[] }
}
const signed = async (...args: Parameters<typeof dispatched>) => {
  const order = await dispatched(...args)
  await ok(who('handler').post(`/api/assignments/${order.assignment}/sign`))
  return order
}
const done = async (order: { id: string; assignment: string }): Promise<void> => {
  await ok(who('handler').post(`/api/assignments/${order.assignment}/feedback`, { result: '已疏通。', basis: '排水条例' }))
  await ok(who('unitLeader').post(`/api/assignments/${order.assignment}/review`, { outcome: 'accept' }))
  await app.drain()
}
const messages = async (login: string, orderId: string) => (await rows<{ type: string; title: string; text: string }>(sql`select m.type, m.title, m.text from platform_message m join platform_user u on u.id = m.user_id where u.name = ${`测试${login}`} and m.object_id = ${orderId} order by m.happened_at`))
const texts = async (orderId: string): Promise<{ template: string; phone: string; text: string }[]> =>
  (await rows<{ template: string; phone: string; text: string }>(sql`select template, phone_mask as phone, text_enc as text from platform_sms where object_id = ${orderId} order by created_at, id`)).map((s) => ({ ...s, text: decrypt(app.app.runtime.keys, s.text, 'sms.text') }))

describe('SUP-11 催办', () => {
  test('两次催办：次数 2，一次已答复、一次欠答复', async () => {
    const order = await signed()
    const first = await ok(who('agent').post(`/api/orders/${order.id}/urges`, { content: '诉求人来电询问进度' }))
    expect(first).toMatchObject({ urgeCount: 1, unitNames: '测试市城管局' })
    const second = await ok(who('callbackAgent').post(`/api/orders/${order.id}/urges`, { content: '再次来电' }))
    expect(second.urgeCount).toBe(2)
    expect((await who('handler2').post(`/api/urges/${first.id}/answer`, { content: '无关单位' })).status).toBe(404)
    expect((await who('supervisor').post(`/api/urges/${first.id}/answer`, { content: '替单位答' })).status).toBe(403)
    expect(await ok(who('handler').post(`/api/urges/${first.id}/answer`, { content: '今日下午疏通' }))).toMatchObject({ owed: false, answeredUnitName: '测试市城管局' })
    expect(await who('unitLeader').post(`/api/urges/${first.id}/answer`, { content: '再答' })).toMatchObject({ status: 409, body: { code: 'supervision.answered' } })
    const { items } = await ok(who('supervisor').get(`/api/orders/${order.id}/urges`))
    expect(items.map((u: { nth: number; owed: boolean }) => [u.nth, u.owed])).toEqual([[2, true], [1, false]])
    expect((await ok(who('handler').get('/api/urges?owed=true'))).items).toMatchObject([{ id: second.id, mayAnswer: true }])
    expect((await ok(who('handler2').get('/api/urges?owed=true'))).items).toEqual([])
    expect((await messages('handler', second.id)).map((m) => m.title)).toEqual([`催办（第 2 次）：${order.title ?? `下水道堵塞 ${n}`}`])
    expect((await rows<{ urge_count: number; flags: string[] }>(sql`select urge_count, flags from order_order where id = ${order.id}`))[0]).toMatchObject({ urge_count: 2, flags: expect.arrayContaining(['urged']) })
    expect((await rows<{ act: string }>(sql`select act from order_timeline where order_id = ${order.id} and act in ('urge', 'answerUrge') order by at, id`)).map((r) => r.act)).toEqual(['urge', 'urge', 'answerUrge'])
  })

  test('点名催协办单位：只有它收到、只有它答复；没有任务的单位不能点名', async () => {
    const order = await dispatched([['T-URBAN', 'lead'], ['T-HEAT', 'assist']])
    const urge = await ok(who('supervisor').post(`/api/orders/${order.id}/urges`, { content: '请协办单位配合', unitIds: [units['T-HEAT']] }))
    expect(urge.unitNames).toBe('测试市供热办')
    expect(await messages('handler', urge.id)).toEqual([])
    expect(await messages('handler2', urge.id)).toHaveLength(1)
    expect((await who('handler').post(`/api/urges/${urge.id}/answer`, { content: '不是我' })).status).toBeGreaterThanOrEqual(403)
    expect(await ok(who('handler2').post(`/api/urges/${urge.id}/answer`, { content: '马上配合' }))).toMatchObject({ owed: false })
    expect(await who('supervisor').post(`/api/orders/${order.id}/urges`, { content: '催', unitIds: [units['T-DISTRICT']] })).toMatchObject({ status: 422, body: { rule: 'supervision.urge.holder' } })
  })

  test('已办结的工单不能催办，提示登记新工单；未派发的也不能', async () => {
    const waiting = await registered()
    expect(await who('shiftLeader').post(`/api/orders/${waiting.id}/urges`, { content: '催' })).toMatchObject({ status: 409, body: { rule: 'supervision.urge.dispatched' } })
    const order = await signed()
    await done(order)
    await ok(who('reviewer').post(`/api/orders/${order.id}/review-result`, { outcome: 'accept' }))
    expect(await who('shiftLeader').post(`/api/orders/${order.id}/urges`, { content: '催' })).toMatchObject({ status: 409, body: { rule: 'supervision.urge.open', current: { offer: 'newOrder', relatedOrderId: order.id } } })
  })

  test('结果在中心审核时催的是审核岗', async () => {
    const order = await signed()
    await done(order)
    const urge = await ok(who('shiftLeader').post(`/api/orders/${order.id}/urges`, { content: '尽快答复' }))
    expect(urge.unitNames).toBe('热线中心')
    expect(await messages('reviewer', urge.id)).toHaveLength(1)
    expect(await messages('handler', urge.id)).toHaveLength(0)
    expect(await ok(who('supervisor').post(`/api/urges/${urge.id}/answer`, { content: '今日审核' }))).toMatchObject({ owed: false })
  })

  test('接电话的座席可催他人登记的工单，看不到的保密工单不能催，他租户没有这张工单', async () => {
    const order = await signed()
    expect((await who('agent2').get(`/api/orders/${order.id}/urges`)).status).toBe(404)
    expect(await ok(who('agent2').post(`/api/orders/${order.id}/urges`, { content: '诉求人再次来电' }))).toMatchObject({ urgeCount: 1 })
    const secret = await signed([['T-URBAN', 'lead']], { confidential: true })
    expect((await who('agent2').post(`/api/orders/${secret.id}/urges`, { content: '催' })).status).toBe(404)
    expect((await who('otherReviewer').post(`/api/orders/${order.id}/urges`, { content: '催' })).status).toBe(404)
    expect((await who('handler').post(`/api/orders/${order.id}/urges`, { content: '催' })).status).toBe(403)
  })

  test('单位领导只催本单位下派的任务', async () => {
    const order = await signed()
    expect(await who('unitLeader').post(`/api/orders/${order.id}/urges`, { content: '催下级' })).toMatchObject({ status: 409, body: { rule: 'supervision.urge.below' } })
    await ok(who('handler').post(`/api/assignments/${order.assignment}/hand-down`, { unitId: units['T-URBAN-1'] }))
    const urge = await ok(who('unitLeader').post(`/api/orders/${order.id}/urges`, { content: '请市容科抓紧' }))
    expect(urge.unitNames).toBe('城管局市容科')
    expect(await ok(who('sectionHandler').post(`/api/urges/${urge.id}/answer`, { content: '已到现场' }))).toMatchObject({ owed: false })
  })

  test('下派县级中心的工单：催办同时到县里', async () => {
    const order = await registered()
    await ok(who('reviewer').post(`/api/orders/${order.id}/pass-review`, {}))
    await ok(who('dispatcher').post(`/api/orders/${order.id}/transfer`, { tenantId: tenants['test-county'] }))
    await app.drain()
    const [mirror] = await rows<{ id: string }>(sql`select to_order_id as id from order_transfer where from_order_id = ${order.id}`)
    const down = await ok(who('countyReviewer').post(`/api/orders/${mirror?.id}/dispatch`, { units: [{ unitId: units['C-URBAN'], role: 'lead' }] }))
    expect(down.state).toBe('inProgress')
    await ok(who('supervisor').post(`/api/orders/${order.id}/urges`, { content: '市里催办' }))
    const { items } = await ok(who('countyHandler').get('/api/urges?owed=true'))
    expect(items).toMatchObject([{ orderId: mirror?.id, source: 'upper', sourceName: '上级', content: '市里催办', mayAnswer: true }])
  })

  test('重复催办告知单另存，标记工单，查询列出全部', async () => {
    const order = await signed()
    expect((await who('shiftLeader').post(`/api/orders/${order.id}/upper-urge-notices`, { upperNumber: 'S-77', content: '重复催办' })).status).toBe(403)
    await ok(who('supervisor').post(`/api/orders/${order.id}/upper-urge-notices`, { upperNumber: 'S-77', content: '请重视' }))
    expect((await who('supervisor').post(`/api/orders/${order.id}/upper-urge-notices`, { upperNumber: 'S-77', content: '请重视' })).status).toBe(409)
    expect((await ok(who('supervisor').get('/api/supervision/upper-urge-notices'))).items).toMatchObject([{ orderId: order.id, upperNumber: 'S-77', urgeCount: 0 }])
    expect((await ok(who('supervisor').get('/api/supervision/orders?figure=repeatUrged'))).items.map((o: { id: string }) => o.id)).toEqual([order.id])
    expect((await ok(who('handler').get(`/api/orders/${order.id}/urges`))).upperNotices).toMatchObject([{ upperNumber: 'S-77' }])
  })
})

describe('导出', () => {
  test('各清单导出的行与清单相同，范围照旧', async () => {
    const order = await signed()
    await ok(who('supervisor').post('/api/supervision/tasks', { orderIds: [order.id], unitId: units['T-URBAN'], replyDueAt: toIso(plus(app.clock.now(), DAY)), demand: '请报告' }))
    // What the pages show can be taken out: their columns by name.
    const shown: Record<string, string> = {
      supervisionCards: 'number colour left title unit reaction recipients state issued due orderState ended', supervisionHits: 'number rule kind title unit found state measure recipients toldCount result ended',
      supervisionTasks: 'number state left title unit cause level supervisor source evaluation demand opened firstReply closed', instructions: 'number state urgency title text leader units due', supervisionClocks: 'number left title orderState unit rule due started yellow',
    }
    for (const one of supervisionExports()) for (const key of shown[one.page]?.split(' ') ?? ['?']) expect(one.columns.map((c) => c.key), one.page).toContain(key)
    for (const one of supervisionExports()) {
      const filter = one.page === 'supervisionHits' ? { effect: ['alert'] } : {}
      const of = (login: string) => app.query(async (ctx) => {
        const rows = []
        for await (const page of one.rows(ctx, filter, one.columns.map((c) => c.key), { sort: null, ids: null })) rows.push(...page)
        return { n: rows.length, count: await one.count(ctx, filter, { sort: null, ids: null }, 1000) }
      }, login)
      const all = await of('supervisor')
      expect({ page: one.page, ...all }).toEqual({ page: one.page, n: all.count, count: all.count })
      if (one.page === 'supervisionTasks') expect([all.n > 0, (await of('handler2')).n, (await of('handler')).n > 0]).toEqual([true, 0, true])
    }
  })
})

describe('SUP-07 通知', () => {
  test('派单：承办人和领导有消息，领导有短信；没有通知别的单位', async () => {
    const order = await dispatched()
    expect((await messages('handler', order.id)).map((m) => m.type)).toEqual(['order.dispatched'])
    expect((await messages('unitLeader', order.id)).map((m) => m.type)).toEqual(['order.dispatched'])
    expect(await messages('handler2', order.id)).toEqual([])
    expect((await texts(order.id)).map((s) => s.template)).toEqual(['orderAccepted', 'unitDispatched'])
  })

  test('退单、延时、追加、结果退回：各有其人', async () => {
    const order = await signed()
    await ok(who('shiftLeader').post(`/api/orders/${order.id}/supplements`, { content: '污水已流到马路' }))
    await ok(who('handler').post(`/api/assignments/${order.assignment}/request-return`, { reasonClass: '非职责', reason: '属于水务' }))
    await app.drain()
    expect((await messages('unitLeader', order.id)).find((m) => m.type === 'order.returnRequested')).toMatchObject({ text: expect.stringMatching(/：非职责，属于水务$/) })
    expect((await messages('handler', order.id)).map((m) => m.type)).toContain('order.supplemented')
    const [request] = await rows<{ id: string }>(sql`select id from order_request where order_id = ${order.id}`)
    await ok(who('unitLeader').post(`/api/order-requests/${request?.id}/decide`, { outcome: 'approve', opinion: '同意' }))
    await app.drain()
    expect((await messages('reviewer', order.id)).map((m) => m.type)).toContain('order.returnRequested')
    await ok(who('reviewer').post(`/api/order-requests/${request?.id}/decide`, { outcome: 'refuse', opinion: '属你单位职责' }))
    await app.drain()
    expect((await messages('handler', order.id)).find((m) => m.type === 'order.returnDecided')).toMatchObject({ title: expect.stringContaining('退回被驳回'), text: expect.stringContaining('属你单位职责') })
    await done(order)
    expect((await messages('reviewer', order.id)).map((m) => m.type)).toContain('order.resultReady')
    await ok(who('reviewer').post(`/api/orders/${order.id}/review-result`, { outcome: 'return', opinion: '请附照片' }))
    await app.drain()
    expect((await messages('handler', order.id)).map((m) => m.type)).toContain('order.resultReturned')
  })

  test('诉求人：受理和答复各一条短信，没有内部用语', async () => {
    const order = await signed()
    await done(order)
    await ok(who('reviewer').post(`/api/orders/${order.id}/review-result`, { outcome: 'accept', opinion: '内部意见：注意该诉求人', reply: '已疏通下水道。' }))
    await app.drain()
    const sent = (await texts(order.id)).filter((s) => !s.template.startsWith('unit'))
    expect(sent.map((s) => s.template)).toEqual(['orderAccepted', 'orderReplied'])
    expect(sent[1]?.text).toContain('已疏通下水道。')
    for (const { text } of sent) expect(text).not.toMatch(/内部|意见|审核|派发|签收|督办|催办|城管局|测试/)
  })

  test('匿名、无手机、不再联系、导入静默：不发给诉求人', async () => {
    const anonymous = await registered({ requester: { name: '', anonymous: true, phone: '19900026001' } })
    const landline = await registered({ requester: { name: '温以宁', phone: '0990-5551234' } })
    await app.drain()
    expect([...(await texts(anonymous.id)), ...(await texts(landline.id))]).toEqual([])
    const order = await registered()
    await app.drain()
    const before = (await texts(order.id)).length
    await app.command((ctx) => sendNotices(ctx, 'order.registered', { orderId: order.id, number: order.number, title: '', muted: true }))
    expect(await texts(order.id)).toHaveLength(before)
    const quiet = await signed([['T-URBAN', 'lead']], { callbackManner: 'none' })
    await done(quiet)
    await ok(who('reviewer').post(`/api/orders/${quiet.id}/review-result`, { outcome: 'accept' }))
    await app.drain()
    expect((await texts(quiet.id)).filter((s) => s.template === 'orderReplied' || s.template === 'orderClosed')).toEqual([])
  })
})

describe('时钟总表与看板', () => {
  const query = (list: { path: string; query: Record<string, string> }, limit = 200): string => `${list.path}?${new URLSearchParams({ ...list.query, limit: String(limit) }).toString()}`

  test('每个数字等于它打开的清单', async () => {
    const start = app.clock.now()
    await dispatched([['T-URBAN', 'lead'], ['T-HEAT', 'assist']])
    app.clock.set(plus(start, 26 * HOUR))
    await dispatched([['T-HEAT', 'lead']])
    app.clock.set(plus(start, 3 * DAY))
    await app.runTimers()
    const board = await ok(who('supervisor').get('/api/supervision/board'))
    type Figure = { key: string; count: number; list: { path: string; query: Record<string, string> } }
    const figures: Figure[] = [...board.figures, ...board.stages.flatMap((s: { inTime: Figure; near: Figure; overdue: Figure }) => [s.inTime, s.near, s.overdue]), ...board.units.flatMap((u: { near: Figure; overdue: Figure; stayed: Figure }) => [u.near, u.overdue, u.stayed])]
    for (const figure of figures) expect({ figure: figure.key, list: figure.list, count: (await ok(who('supervisor').get(query(figure.list)))).items.length }).toEqual({ figure: figure.key, list: figure.list, count: figure.count })
    const of = (key: string): number => board.figures.find((f: Figure) => f.key === key)?.count ?? 0
    expect(of('overdue')).toBeGreaterThan(0)
    expect(of('redCards')).toBeGreaterThan(0)
    expect(board.units.length).toBeGreaterThan(0)
    for (const narrow of ['clock=handling&from=2026-01-01&to=2027-12-31', 'clock=sign', 'from=2026-11-01&to=2026-11-30']) {
      const part = await ok(who('supervisor').get(`/api/supervision/board?${narrow}`))
      expect(part.period.length).toBe(narrow.includes('from') ? 8 : 0)
      for (const figure of [...part.figures, ...part.period, ...part.stages.flatMap((s: { inTime: Figure; near: Figure; overdue: Figure }) => [s.inTime, s.near, s.overdue])] as Figure[]) expect({ narrow, figure: figure.key, count: (await ok(who('supervisor').get(query(figure.list)))).items.length }).toEqual({ narrow, figure: figure.key, count: figure.count })
    }
    const register = await ok(who('supervisor').get('/api/supervision/clocks'))
    for (const row of register.items) for (const key of ['running', 'near', 'overdue', 'paused'] as const) expect({ kind: row.kind, key, n: (await ok(who('supervisor').get(query(row.lists[key])))).count.value }).toEqual({ kind: row.kind, key, n: row[key] })
    expect(register.items.find((r: { kind: string }) => r.kind === 'handling').running).toBeGreaterThan(0)
  })

  test('单位只见本线，中心见全市，他租户什么也没有', async () => {
    const own = await ok(who('handler').get('/api/supervision/clocks/rows?limit=200'))
    expect(new Set(own.items.map((c: { unitName: string }) => c.unitName))).toEqual(new Set(['测试市城管局', '城管局市容科']))
    expect((await ok(who('handler2').get('/api/supervision/cards?limit=200'))).items.every((c: { unitName: string }) => c.unitName === '测试市供热办')).toBe(true)
    expect((await ok(who('sectionHandler').get('/api/supervision/clocks/rows?limit=200'))).items.every((c: { unitName: string }) => c.unitName === '城管局市容科')).toBe(true)
    const all = await ok(who('supervisor').get('/api/supervision/clocks/rows?limit=200'))
    expect(all.items.length).toBeGreaterThan(own.items.length)
    expect((await ok(who('otherReviewer').get('/api/supervision/clocks/rows'))).items).toEqual([])
    expect((await ok(who('otherReviewer').get('/api/supervision/cards'))).items).toEqual([])
    expect((await who('callbackAgent').get('/api/supervision/board')).status).toBe(403)
    // The city's leader reads downward, its reviewer does not.
    const county = async (login: string): Promise<boolean> => (await ok(who(login).get(`/api/supervision/clocks/rows?limit=200&unitId=${units['C-URBAN']}`))).items.length > 0
    expect([await county('leader'), await county('reviewer')]).toEqual([true, false])
  })

  test('协办单位在工单页只见本线的牌、时钟和催办', async () => {
    const order = await dispatched([['T-URBAN', 'lead'], ['T-HEAT', 'assist']])
    app.clock.advance(20 * DAY)
    await app.runTimers()
    await ok(who('supervisor').post(`/api/orders/${order.id}/urges`, { content: '请主办单位抓紧' }))
    const of = async (login: string) => {
      const page = await ok(who(login).get(`/api/orders/${order.id}/cards`))
      return { cards: [...new Set(page.cards.map((c: { unitName: string | null }) => c.unitName))].toSorted(), stays: page.risks.stays.length, urges: (await ok(who(login).get(`/api/orders/${order.id}/urges`))).items.length }
    }
    expect(await of('handler2')).toEqual({ cards: ['测试市供热办'], stays: 1, urges: 0 })
    expect(await of('handler')).toEqual({ cards: ['测试市城管局'], stays: 1, urges: 1 })
    expect((await of('supervisor')).stays).toBe(2)
  })

  test('保密工单的时钟和牌不给无权的人', async () => {
    const order = await dispatched([['T-HEAT', 'lead']], { confidential: true })
    app.clock.advance(20 * DAY)
    await app.runTimers()
    const sees = async (login: string, path: string): Promise<boolean> => {
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page: { items: { orderId: string }[]; next: string | null } = await ok(who(login).get(`${path}?limit=200${cursor ? `&cursor=${cursor}` : ''}`))
        if (page.items.some((c) => c.orderId === order.id)) return true
        cursor = page.next
      }
      return false
    }
    for (const path of ['/api/supervision/cards', '/api/supervision/clocks/rows', '/api/supervision/tasks']) expect({ path, sees: [await sees('supervisor', path), await sees('shiftLeader', path), await sees('handler2', path)] }).toEqual({ path, sees: [true, false, true] })
  })

  test('节点风险：下次催办、办理时限、滞留', async () => {
    app.clock.set('2027-01-11T10:00:00+08:00')
    const order = await signed()
    const at = toIso(plus(instant('2027-01-11T10:00:00+08:00'), 24 * HOUR))
    expect((await ok(who('handler').get(`/api/orders/${order.id}/cards`))).risks).toMatchObject({ nextUrgingAt: at, stays: [{ hours: 0, limitHours: 72, over: false }] })
    app.clock.advance(HOUR)
    await ok(who('supervisor').post(`/api/orders/${order.id}/urges`, { content: '催' }))
    expect((await ok(who('handler').get(`/api/orders/${order.id}/cards`))).risks.nextUrgingAt).toBe(toIso(plus(instant(at), HOUR)))
    expect((await who('handler2').get(`/api/orders/${order.id}/cards`)).status).toBe(404)
  })
})
