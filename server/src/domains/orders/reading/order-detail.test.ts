import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { Readable } from 'node:stream'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'
import { readRows } from '../../../kernel/sheets/index.ts'
import { HOUR, instant, MINUTE } from '../../../kernel/time/index.ts'
import { orderExports } from './export-orders.ts'
import { feedbackText, walkIn, type Walk } from './test-orders.ts'
import { stagesOf } from './timeline-view.ts'

let app: TestApp
let walk: Walk
beforeAll(async () => {
  app = await testApp()
  walk = await walkIn(app)
})
afterAll(() => app.stop())

const get = async (login: string, path: string) => walk.ok((await walk.who(login)).get(path))
const post = async (login: string, path: string, body: unknown = {}) => walk.ok((await walk.who(login)).post(path, body))

/** Lead T-URBAN and assist T-HEAT, both signed, both with a progress report. */
async function twoUnits() {
  const order = await walk.dispatched([{ unit: 'T-URBAN', role: 'lead' }, { unit: 'T-HEAT', role: 'assist' }])
  const [lead, assist] = order.assignments
  for (const [login, id] of [['handler', lead.id], ['handler2', assist.id]]) {
    await post(login, `/api/assignments/${id}/sign`)
    await post(login, `/api/assignments/${id}/feedback`, { ...feedbackText, kind: 'progress', result: `进展-${login}` })
  }
  return { ...order, lead, assist }
}

describe('工单详情按读者显示', () => {
  test('单位看不到其他单位的要求、意见和反馈，中心都能看到', async () => {
    const order = await twoUnits()
    const unit = await get('handler', `/api/orders/${order.id}`)
    expect(unit.feedback.map((f: { result: string }) => f.result)).toEqual(['进展-handler'])
    expect(unit.hiddenFeedback).toBe(1)
    const of = (id: string) => unit.assignments.find((a: { id: string }) => a.id === id)
    expect(of(order.lead.id)).toMatchObject({ requirement: '要求-T-URBAN', opinionHidden: false, mine: true })
    expect(of(order.assist.id)).toMatchObject({ requirement: null, opinion: null, opinionHidden: true, mine: false, unitName: '测试市供热办', acts: [] })
    expect(unit.enquiryCode).toBeNull()
    const centre = await get('reviewer', `/api/orders/by-number/${order.number}`)
    expect(centre.feedback).toHaveLength(2)
    expect(centre).toMatchObject({ hiddenFeedback: 0, enquiryCode: expect.stringMatching(/-/), own: true, publicState: 'handling' })
  })

  test('协办单位看得到主办的时限和顺延，看不到延时理由；中心环节的时钟只给中心', async () => {
    const order = await twoUnits()
    const clock = (await get('handler', `/api/orders/${order.id}`)).clocks.find((c: { kind: string; assignmentId: string }) => c.kind === 'handling' && c.assignmentId === order.lead.id)
    await post('handler', `/api/assignments/${order.lead.id}/request-extension`, { newDueAt: new Date(Date.parse(clock.dueAt) + 3_600_000).toISOString(), reason: '配件采购需要时间' })
    const [request] = (await get('reviewer', `/api/orders/${order.id}`)).requests
    for (const login of ['unitLeader', 'reviewer']) await post(login, `/api/flow/instances/${request.flowInstanceId}/decide`, { outcome: 'approve', opinion: '同意' })
    const seen = async (login: string) => (await get(login, `/api/orders/${order.id}`)).clocks
    const reasons = (list: { changes: { reason: string | null }[] }[]) => list.flatMap((c) => c.changes.map((h) => h.reason))
    for (const login of ['handler', 'reviewer']) expect(reasons(await seen(login))).toContainEqual(expect.stringContaining('配件采购'))
    const assist = await seen('handler2')
    expect(JSON.stringify(assist)).not.toContain('配件采购')
    expect(assist.find((c: { id: string }) => c.id === clock.id).dueAt).not.toBe(clock.dueAt)
    expect([await seen('handler2'), await seen('reviewer')].map((list) => list.some((c: { kind: string }) => c.kind === 'stage'))).toEqual([false, true])
  })

  test('电话、姓名是掩码；时钟最近的在前，写明依据', async () => {
    const order = await twoUnits()
    const detail = await get('reviewer', `/api/orders/${order.id}`)
    expect(detail.requester).toMatchObject({ name: '陈*满', phone: expect.stringMatching(/^199\*{4}\d{4}$/), mayReveal: true })
    const running = detail.clocks.filter((c: { state: string }) => c.state === 'running').map((c: { dueAt: string }) => c.dueAt)
    expect(running.length).toBeGreaterThan(0)
    expect(running).toEqual(running.toSorted())
    expect(detail.clocks.every((c: { ruleText: string }) => c.ruleText !== '')).toBe(true)
    expect(JSON.stringify(detail)).not.toMatch(/1990001\d{4}/)
  })

  test('不相关的单位和不存在的工单同样是 404', async () => {
    const order = await walk.dispatched()
    for (const path of [`/api/orders/${order.id}`, `/api/orders/by-number/${order.number}`, `/api/orders/${order.id}/timeline`, '/api/orders/by-number/0', '/api/orders/018f0000-0000-7000-8000-000000000000'])
      expect((await (await walk.who('handler2')).get(path)).status, path).toBe(404)
  })

  test('下派县级中心：两边看到同一条链，县里看不到上级工单', async () => {
    const order = await walk.register({ areaCode: '990102' })
    const county = (await walk.rows(sql<{ id: string }>`select id from platform_tenant where code = 'test-county'`))[0]?.id
    const sent = await post('reviewer', `/api/orders/${order.id}/transfer`, { tenantId: county, requirement: '请五日内办结' })
    const upper = await get('reviewer', `/api/orders/${order.id}`)
    expect(upper.chain.map((c: { number: string; self: boolean; mayOpen: boolean }) => [c.number, c.self, c.mayOpen])).toEqual([[order.number, true, true], [sent.toNumber, false, true]])
    const lower = await get('countyReviewer', `/api/orders/by-number/${sent.toNumber}`)
    expect(lower.chain.map((c: { number: string; orderId: string | null }) => [c.number, c.orderId === null])).toEqual([[order.number, true], [sent.toNumber, false]])
    expect(lower.chain[0]).toMatchObject({ tenantName: '测试市', stateName: '办理中' })
    const looked = await get('reviewer', `/api/orders/${upper.chain[1].orderId}`)
    expect(looked).toMatchObject({ own: false, acts: [], enquiryCode: null })
  })
})

describe('时间轴', () => {
  test('一步一条，其他单位的内容隐去但不留空缺，阶段用时加起来等于总时长', async () => {
    const order = await walk.dispatched([{ unit: 'T-URBAN', role: 'lead' }, { unit: 'T-HEAT', role: 'assist' }])
    app.clock.advance(2 * HOUR)
    await post('handler', `/api/assignments/${order.first}/sign`)
    app.clock.advance(HOUR)
    await post('handler', `/api/assignments/${order.first}/feedback`, { ...feedbackText, kind: 'progress', result: '只给本单位线看' })
    const centre = await get('reviewer', `/api/orders/${order.id}/timeline?order=asc`)
    expect(centre.items.map((e: { act: string }) => e.act)).toEqual(['register', 'passReview', 'dispatch', 'sign', 'progress'])
    expect(centre.stages.reduce((sum: number, s: { ms: number }) => sum + s.ms, 0)).toBe(3 * HOUR)
    expect(centre.stages.find((s: { slowest: boolean }) => s.slowest)).toMatchObject({ stage: 'inProgress', current: true })
    const other = await get('handler2', `/api/orders/${order.id}/timeline?order=asc`)
    expect(other.items.at(-1)).toMatchObject({ act: 'progress', hidden: true, text: null, actorName: '', unitName: '测试市城管局' })
    expect(JSON.stringify(other)).not.toContain('只给本单位线看')
    const own = await get('handler', `/api/orders/${order.id}/timeline`)
    expect(own.items[0]).toMatchObject({ text: '只给本单位线看', hidden: false, tookMs: HOUR })
  })

  test('翻页、筛选变更', async () => {
    const order = await walk.register()
    const before = await get('reviewer', `/api/orders/${order.id}`)
    await walk.ok((await walk.who('reviewer')).patch(`/api/orders/${order.id}`, { version: before.version, title: '改过的标题' }))
    const first = await get('reviewer', `/api/orders/${order.id}/timeline?limit=1`)
    const second = await get('reviewer', `/api/orders/${order.id}/timeline?limit=1&cursor=${first.next}`)
    expect([first.items[0].act, second.items[0].act, second.next]).toEqual([expect.any(String), 'register', null])
    const changes = await get('reviewer', `/api/orders/${order.id}/timeline?onlyChanges=true`)
    expect(changes.items).toHaveLength(1)
    expect(changes.items[0].changes).toEqual([expect.objectContaining({ field: 'title', label: '标题', new: '改过的标题' })])
  })

  test('退回座席的内部意见单位看不到',  async () => {
    const order = await walk.register()
    await post('reviewer', `/api/orders/${order.id}/return-to-agent`, { opinion: '内部意见甲' })
    await post('agent', `/api/orders/${order.id}/submit`)
    await post('reviewer', `/api/orders/${order.id}/pass-review`)
    await post('dispatcher', `/api/orders/${order.id}/dispatch`, { units: [{ unitId: walk.unit('T-URBAN'), role: 'lead' }] })
    expect(JSON.stringify(await get('handler', `/api/orders/${order.id}/timeline`))).not.toContain('内部意见甲')
    expect(JSON.stringify(await get('agent', `/api/orders/${order.id}/timeline`))).toContain('内部意见甲')
    expect((await (await walk.who('handler')).get(`/api/orders/${order.id}/timeline/export`)).headers['content-type']).toContain('spreadsheetml')
  })

  test('阶段用时按发生顺序归到当时的环节', () => {
    const at = (minutes: number) => instant(minutes * MINUTE)
    const rows = [{ at: at(0), stage: 'pendingReview' }, { at: at(10), stage: 'pendingReview' }, { at: at(40), stage: 'pendingDispatch' }, { at: at(60), stage: 'inProgress' }]
    expect(stagesOf({ state: 'inProgress', registered_at: at(0) }, rows, at(65)).map((s) => [s.stage, s.ms / MINUTE, s.slowest])).toEqual([['pendingReview', 10, false], ['pendingDispatch', 30, true], ['inProgress', 25, false]])
    expect(stagesOf({ state: 'archived', registered_at: at(0) }, rows, at(1000)).find((s) => s.stage === 'archived')).toBeUndefined()
  })
})

describe('导出', () => {
  const exportOf = async (login: string, page: string, filter: Record<string, unknown>) =>
    app.query(async (ctx) => {
      const source = orderExports().find((s) => s.page === page)
      if (!source) throw new Error('no source')
      const rows = (await Array.fromAsync(source.rows(ctx, filter, source.columns.map((c) => c.key), { sort: null, ids: null }))).flat()
      return { rows, count: await source.count(ctx, filter, { sort: null, ids: null }, 100_000) }
    }, login)

  test('行数等于列表，单位的导出没有其他单位的意见', async () => {
    const order = await twoUnits()
    for (const [login, page, path] of [['handler', 'orders', '/api/orders?limit=200'], ['handler', 'unit', '/api/unit/assignments?box=handling&limit=200'], ['reviewer', 'orders', '/api/orders?state=inProgress&limit=200']] as const) {
      const filter = Object.fromEntries(new URL(path, 'http://x').searchParams)
      const { rows, count } = await exportOf(login, page, filter)
      const list = await get(login, path)
      expect(rows.length, `${login} ${page}`).toBe(list.count.value)
      expect(count).toBe(rows.length)
      if (login === 'handler') expect(JSON.stringify(rows)).not.toContain('进展-handler2')
      expect(JSON.stringify(rows)).not.toMatch(/1990001\d{4}/)
    }
    const { rows } = await exportOf('handler', 'orders', { number: order.number })
    expect(rows[0]).toMatchObject({ number: order.number, stateName: '办理中', leadUnitName: '测试市城管局', requesterName: '陈*满', registeredAt: expect.stringMatching(/^2026-11-\d\d \d\d:/) })
  })
})

test('附件随条目可见：反馈的附件只有本单位线和中心能打开', async () => {
  const order = await walk.dispatched([{ unit: 'T-URBAN', role: 'lead' }, { unit: 'T-HEAT', role: 'assist' }])
  const handler = await walk.who('handler')
  await walk.ok(handler.post(`/api/assignments/${order.first}/sign`))
  const file = await walk.ok(handler.upload('/api/attachments?place=feedback', { name: '说明.txt', type: 'text/plain', content: Buffer.from('现场说明') }))
  await walk.ok(handler.post(`/api/assignments/${order.first}/feedback`, { ...feedbackText, kind: 'progress', fileIds: [file.id] }))
  const status = async (login: string): Promise<number> => (await (await walk.who(login)).get(`/api/attachments/${file.id}`)).status
  expect({ handler: await status('handler'), reviewer: await status('reviewer'), handler2: await status('handler2'), otherReviewer: await status('otherReviewer') }).toEqual({ handler: 200, reviewer: 200, handler2: 404, otherReviewer: 404 })
  const timeline = await get('reviewer', `/api/orders/${order.id}/timeline?onlyFiles=true`)
  expect(timeline.items.map((e: { act: string; files: { name: string }[] }) => [e.act, e.files[0]?.name])).toEqual([['progress', '说明.txt']])
})

test('操作日志导出为表格，一步一行', async () => {
  const order = await walk.dispatched()
  const exported = await app.query(async (ctx) => {
    const { exportTimeline } = await import('./export-timeline.ts')
    let content: Buffer | null = null
    const reply = { headers: () => reply, send: async (value: Buffer) => void (content = value) }
    await exportTimeline(ctx, { id: order.id }, { reply } as never)
    return content
  }, 'reviewer')
  const lines = await Array.fromAsync(readRows(async () => Readable.from([exported ?? Buffer.alloc(0)]), 'xlsx'))
  expect(lines.map((l) => l.values['操作']).filter(Boolean)).toEqual(['登记', '审核通过', '派发'])
})
