// Manual supervision, levels, supervisors, feedback, appeals and their figures (SUP-13, SUP-16 to SUP-19, SUP-28).
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DAY, HOUR, MINUTE, plus, toIso } from '../../../kernel/time/index.ts'
import { scene, type Scene } from '../testing/scene.ts'

let s: Scene
beforeAll(async () => {
  s = await scene('2026-11-02T10:00:00+08:00')
})
afterAll(() => s.app.stop())

const manual = (orderIds: string[], more: Record<string, unknown> = {}) => ({ orderIds, unitId: s.units['T-URBAN'], replyDueAt: toIso(plus(s.app.clock.now(), DAY)), demand: '请报告办理进展', description: '多日未修', violation: '推诿', opinion: '限期办结', ...more })
const supervise = async (orderIds: string[], more: Record<string, unknown> = {}) => s.ok(s.who('supervisor').post('/api/supervision/tasks', manual(orderIds, more)))
const task = (id: string, login = 'supervisor') => s.ok(s.who(login).get(`/api/supervision/tasks/${id}`))

describe('SUP-13 手工督办', () => {
  test('答复时限在过去、缺单位、单位没有承办该工单都被拒绝；单位立即看到任务和工单标记', async () => {
    const order = await s.signed()
    const post = (body: unknown) => s.who('supervisor').post('/api/supervision/tasks', body)
    expect(await post(manual([order.id], { replyDueAt: toIso(plus(s.app.clock.now(), -HOUR)) }))).toMatchObject({ status: 422, body: { rule: 'supervision.task.due' } })
    expect((await post(manual([order.id], { unitId: undefined }))).status).toBe(422)
    expect(await post(manual([order.id], { unitId: s.units['T-HEAT'] }))).toMatchObject({ status: 422, body: { rule: 'supervision.task.unit' } })
    expect((await post(manual([order.id], { unitId: s.units['C-URBAN'] }))).status).toBe(422)
    expect((await post(manual([order.id], { level: 4 }))).status).toBe(422)
    expect((await post(manual([order.id], { demand: 'x'.repeat(501) }))).status).toBe(422)
    for (const login of ['handler', 'agent', 'otherReviewer']) expect((await s.who(login).post('/api/supervision/tasks', manual([order.id]))).status).toBe(403)
    const made = await supervise([order.id], { description: '<script>alert(1)</script>' })
    expect(made).toMatchObject({ state: 'open', source: 'manual', unitName: '测试市城管局', supervisorName: '测试supervisor', violation: '推诿', description: '<script>alert(1)</script>' })
    expect((await s.ok(s.who('handler').get('/api/supervision/tasks?state=open'))).items.map((t: { id: string }) => t.id)).toContain(made.id)
    expect((await s.ok(s.who('handler').get(`/api/orders/${order.id}`))).flags.map((f: { code: string }) => f.code)).toContain('supervised')
    expect((await s.messages('handler', 'supervision.task')).at(-1)).toMatchObject({ title: expect.stringMatching(/^督办：路灯不亮/) })
    expect((await s.who('handler2').get(`/api/supervision/tasks/${made.id}`)).status).toBe(404)
  })

  test('一个任务可督办几件工单，每件都带标记；最后一件办结才随之结案', async () => {
    const [a, b] = [await s.signed(), await s.signed()]
    const made = await supervise([a.id, b.id])
    expect(made.orders.map((o: { id: string }) => o.id).toSorted()).toEqual([a.id, b.id].toSorted())
    for (const order of [a, b]) expect((await s.ok(s.who('supervisor').get(`/api/supervision/tasks?orderId=${order.id}`))).items.map((t: { id: string }) => t.id)).toEqual([made.id])
    const end = async (order: typeof a): Promise<void> => {
      await s.finish(order)
      await s.ok(s.who('reviewer').post(`/api/orders/${order.id}/review-result`, { outcome: 'accept' }))
      await s.app.drain()
    }
    await end(b)
    expect((await task(made.id)).state).toBe('open')
    await end(a)
    expect(await task(made.id)).toMatchObject({ state: 'closed', closeKindName: '工单办结，自动结案' })
    expect(await s.who('supervisor').post('/api/supervision/tasks', manual([a.id]))).toMatchObject({ status: 409, body: { rule: 'supervision.task.open' } })
  })
})

describe('SUP-18 反馈与结案', () => {
  test('签收、进展、答复、退回、再答、结案评价；每步有人有时；结案后不再受理', async () => {
    const order = await s.signed()
    const { id } = await supervise([order.id])
    s.app.clock.advance(2 * HOUR)
    await s.ok(s.who('handler').post(`/api/supervision/tasks/${id}/acknowledge`))
    await s.ok(s.who('handler').post(`/api/supervision/tasks/${id}/progress`, { content: '人员已到' }))
    await s.ok(s.who('handler').post(`/api/supervision/tasks/${id}/reply`, { content: '修好一半' }))
    expect((await s.who('handler').post(`/api/supervision/tasks/${id}/reply`, { content: '再答' })).status).toBe(409)
    await s.ok(s.who('supervisor').post(`/api/supervision/tasks/${id}/close`, { outcome: 'return', opinion: '请全部修好' }))
    s.app.clock.advance(25 * HOUR)
    expect(await s.ok(s.who('unitLeader').post(`/api/supervision/tasks/${id}/reply`, { content: '全部修好' }))).toMatchObject({ late: true, round: 2 })
    const closed = await s.ok(s.who('supervisor').post(`/api/supervision/tasks/${id}/close`, { outcome: 'accept', opinion: '同意', evaluation: 'fair' }))
    expect(closed).toMatchObject({ state: 'closed', evaluationName: '一般', firstResponseHours: 2 })
    expect(closed.steps.map((x: { node: string; actorName: string }) => `${x.node} ${x.actorName}`)).toEqual(['opened 测试supervisor', 'acknowledged 测试handler', 'progress 测试handler', 'replied 测试handler', 'returned 测试supervisor', 'replied 测试unitLeader', 'closed 测试supervisor', 'evaluated 测试supervisor'])
    for (const act of ['acknowledge', 'reply', 'progress']) expect((await s.who('handler').post(`/api/supervision/tasks/${id}/${act}`, { content: '迟了' })).status).toBe(409)
    for (const [act, body] of [['transfer', { supervisorId: s.users['supervisor'], reason: '休假' }], ['raise', { reason: '提级' }], ['close', { outcome: 'accept', opinion: '再' }]] as const) expect((await s.who('supervisor').post(`/api/supervision/tasks/${id}/${act}`, body)).status).toBe(409)
    await s.finish(order)
  })
})

describe('SUP-16 提级', () => {
  test('到期未答复每期提一级，最高级为止；下级仍可查看，领导督促', async () => {
    const order = await s.signed({ dueAt: plus(s.app.clock.now(), 60 * DAY) })
    const { id } = await supervise([order.id])
    const names: string[] = []
    for (let day = 0; day < 5; day++) {
      await s.sweep()
      await s.sweep()
      names.push((await task(id)).levelName)
      s.app.clock.advance(DAY + MINUTE)
    }
    expect(names).toEqual(['基层', '市级', '省级', '省级', '省级'])
    expect(await task(id, 'handler')).toMatchObject({ raisedCount: 2, state: 'open', mayReply: true })
    expect((await task(id)).steps.filter((x: { node: string }) => x.node === 'raised')).toHaveLength(2)
    expect(await s.who('supervisor').post(`/api/supervision/tasks/${id}/raise`, { reason: '再提' })).toMatchObject({ status: 409, body: { rule: 'supervision.task.level' } })
    expect((await s.ok(s.who('leader').post(`/api/supervision/tasks/${id}/remind`, { content: '请主要领导过问' }))).steps.at(-1)).toMatchObject({ node: 'reminded', actorName: '测试leader' })
    expect((await s.messages('leader', 'supervision.raised')).length).toBeGreaterThan(0)
    await s.ok(s.who('handler').post(`/api/supervision/tasks/${id}/reply`, { content: '已办' }))
    s.app.clock.advance(3 * DAY)
    await s.sweep()
    expect((await task(id)).raisedCount).toBe(2)
    await s.finish(order)
  })
})

describe('SUP-17 督办员分配', () => {
  test('按级别和区划自动分配；没有人的进分配池并告知管理员；转派须有理由', async () => {
    const rule = async () => {
      const order = await s.signed({ dueAt: plus(s.app.clock.now(), HOUR) })
      s.app.clock.advance(26 * HOUR)
      await s.sweep()
      return (await s.ok(s.who('supervisor').get(`/api/supervision/tasks?orderId=${order.id}`))).items[0] as { id: string; supervisorName: string | null }
    }
    const pooled = await rule()
    expect(pooled.supervisorName).toBeNull()
    expect((await s.messages('tenantAdmin', 'supervision.pool')).length).toBe(1)
    expect((await s.ok(s.who('supervisor').get('/api/supervision/tasks?supervisor=none'))).items.map((t: { id: string }) => t.id)).toContain(pooled.id)
    expect((await s.who('tenantAdmin').post('/api/supervision/duties', { level: 1, userId: s.users['handler'] })).status).toBe(422)
    expect((await s.who('handler').post('/api/supervision/duties', { level: 1, userId: s.users['supervisor'] })).status).toBe(403)
    await s.ok(s.who('tenantAdmin').post('/api/supervision/duties', { level: 1, areaCode: '990101', userId: s.users['supervisor'] }))
    expect((await rule()).supervisorName).toBe('测试supervisor')
    expect((await s.who('supervisor').post(`/api/supervision/tasks/${pooled.id}/transfer`, { supervisorId: s.users['supervisor'], reason: ' ' })).status).toBe(422)
    const moved = await s.ok(s.who('supervisor').post(`/api/supervision/tasks/${pooled.id}/transfer`, { supervisorId: s.users['supervisor'], reason: '原督办员休假' }))
    expect(moved).toMatchObject({ supervisorName: '测试supervisor' })
    expect(moved.steps.at(-1)).toMatchObject({ node: 'transferred', content: expect.stringContaining('原督办员休假') })
  })
})

describe('SUP-19 督办申诉', () => {
  const count = async () => (await s.ok(s.who('handler').get('/api/supervision/statistics?from=2026-10-01&to=2027-12-31'))) as { total: { onTime: { count: number }; late: { count: number }; open: { count: number }; total: { count: number } }; cards: { red: { count: number }; voided: { count: number } } }

  test('只有两种理由，只能申诉一次；成立的作废、仍可见、不再计数；不成立的照旧', async () => {
    const order = await s.signed({ dueAt: plus(s.app.clock.now(), HOUR) })
    s.app.clock.advance(2 * HOUR)
    await s.sweep()
    const cards = (await s.ok(s.who('handler').get(`/api/orders/${order.id}/cards`))).cards.filter((c: { clockKind: string; colour: string }) => c.clockKind === 'handling' && c.colour === 'red')
    const { id } = await supervise([order.id])
    const appeal = (login: string, objectKind: string, objectId: string, ground = 'notDue') => s.who(login).post('/api/supervision/appeals', { objectKind, objectId, ground, content: '时限已经延长' })
    expect((await appeal('handler', 'card', cards[0].id, 'unfair')).status).toBe(422)
    expect((await appeal('handler2', 'card', cards[0].id)).status).toBe(404)
    expect((await appeal('supervisor', 'card', cards[0].id)).status).toBe(403)
    const before = await count()
    const first = await s.ok(appeal('handler', 'card', cards[0].id))
    expect(first).toMatchObject({ state: 'pending', mayDecide: false })
    expect(await appeal('unitLeader', 'card', cards[0].id)).toMatchObject({ status: 409, body: { rule: 'supervision.appeal.once' } })
    expect((await s.who('handler').post(`/api/supervision/appeals/${first.id}/decide`, { outcome: 'uphold', opinion: '自己批' })).status).toBe(403)
    expect(await s.ok(s.who('supervisor').post(`/api/supervision/appeals/${first.id}/decide`, { outcome: 'uphold', opinion: '时限确已延长' }))).toMatchObject({ state: 'upheld', opinion: '时限确已延长' })
    const after = await count()
    expect([after.cards.red.count, after.cards.voided.count]).toEqual([before.cards.red.count - 1, before.cards.voided.count + 1])
    expect((await s.ok(s.who('handler').get(`/api/orders/${order.id}/cards`))).cards.find((c: { id: string }) => c.id === cards[0].id)).toMatchObject({ state: 'void', stateName: '已作废' })
    const second = await s.ok(appeal('unitLeader', 'task', id, 'concluded'))
    await s.ok(s.who('supervisor').post(`/api/supervision/appeals/${second.id}/decide`, { outcome: 'refuse', opinion: '工单未办结' }))
    expect(await task(id)).toMatchObject({ state: 'open', voided: false, appeal: { state: 'refused' } })
    expect(await s.who('supervisor').post(`/api/supervision/appeals/${second.id}/decide`, { outcome: 'uphold', opinion: '改' })).toMatchObject({ status: 409 })
    expect((await s.messages('unitLeader', 'supervision.appeal')).map((m) => m.title)).toEqual([expect.stringMatching(/^督办申诉不成立：路灯不亮/)])
    const other = await supervise([order.id])
    const third = await s.ok(appeal('handler', 'task', other.id))
    await s.ok(s.who('supervisor').post(`/api/supervision/appeals/${third.id}/decide`, { outcome: 'uphold', opinion: '成立' }))
    expect(await task(other.id)).toMatchObject({ state: 'closed', voided: true, closeKindName: '申诉成立，已作废' })
    await s.finish(order)
  })
})

test('SUP-28 统计的每个数打开的任务正好那么多；单位只见本线', async () => {
  for (const by of ['type', 'area', 'unit', 'level', 'source', 'month']) {
    const stats = await s.ok(s.who('supervisor').get(`/api/supervision/statistics?from=2026-10-01&to=2027-12-31&by=${by}`))
    expect(stats.total.total.count).toBeGreaterThan(4)
    for (const line of [stats.total, ...stats.lines]) {
      for (const key of ['total', 'onTime', 'late', 'open', 'overdue', 'raised', 'firstLate'] as const) {
        const { list, count } = line[key]
        expect({ by, line: line.name, key, n: (await s.ok(s.who('supervisor').get(`${list.path}?${new URLSearchParams({ ...list.query, limit: '200' }).toString()}`))).items.length }).toEqual({ by, line: line.name, key, n: count })
      }
    }
  }
  const own = await s.ok(s.who('handler2').get('/api/supervision/statistics?from=2026-10-01&to=2027-12-31'))
  expect(own.total.total.count).toBe(0)
  expect((await s.rows(sql`select 1 from supervision_task`)).length).toBeGreaterThan(4)
})
