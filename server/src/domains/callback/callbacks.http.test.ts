// Callbacks over HTTP on a real database: from the accepted result to the archive, or back to the unit.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decrypt } from '../../kernel/crypto/index.ts'
import type { TestApp } from '../../kernel/testing/index.ts'
import { HOUR, instant, MINUTE, toIso } from '../../kernel/time/index.ts'
import { scheduleCallback } from './schedule-callback.ts'
import { callbackCity, ok, type City } from './testing/accepted-orders.ts'

let city: City
let app: TestApp
let units: City['units']
let who: City['who']
const accepted: City['accepted'] = (more, unit) => city.accepted(more, unit)
const report: City['report'] = (assignment, unit) => city.report(assignment, unit)
const rows: City['rows'] = (query) => city.rows(query)
const stateOf: City['stateOf'] = (id) => city.stateOf(id)
const taskOf: City['taskOf'] = (id) => city.taskOf(id)

beforeAll(async () => {
  city = await callbackCity(['supervisor', 'leader', 'otherAdmin'])
  ;({ app, units, who } = city)
})
afterAll(() => app.stop())

const answers = { contacted: 'yes', solved: 'yes', satisfied: 'yes', way: 'otherWay', wayNote: '座机拨打' }

describe('CBK-01 回访任务', () => {
  test('结果审核通过即生成一个任务；事件来两次也只有一个', async () => {
    const order = await accepted()
    expect(order.state).toBe('pendingCallback')
    await app.command((ctx) => scheduleCallback(ctx, { orderId: order.id, round: 1, callbackOwed: true }))
    expect(await rows(sql`select state, cause, round from callback_task where order_id = ${order.id}`)).toEqual([{ state: 'due', cause: 'wanted', round: 1 }])
  })

  test('不需要回访的工单直接办结，没有任务', async () => {
    const order = await accepted({ callbackWanted: false })
    expect(order).toMatchObject({ state: 'closed', task: '' })
  })

  test('不需要回访但紧急：仍须回访', async () => {
    expect((await accepted({ callbackWanted: false, urgency: 'urgent' })).state).toBe('pendingCallback')
  })

  test('没有电话的工单不欠回访', async () => {
    expect((await accepted({ requester: { name: '苗若溪' } })).state).toBe('closed')
  })

  test('保密工单的任务只有有权的人看得到', async () => {
    const order = await accepted({ confidential: true })
    expect((await who('callbackAgent').get(`/api/callbacks/${order.task}`)).status).toBe(404)
    expect((await who('callbackAgent').post(`/api/callbacks/${order.task}/claim`)).status).toBe(404)
    expect((await who('reviewer').get(`/api/callbacks/${order.task}`)).status).toBe(200)
  })
})

describe('CBK-02 人工回访', () => {
  test('两人不能同时持有一个任务，后者知道是谁；锁到时自动释放', async () => {
    const { task } = await accepted()
    expect(await ok(who('callbackAgent').post(`/api/callbacks/${task}/claim`))).toMatchObject({ state: 'claimed', mine: true })
    for (const act of ['claim', 'attempts', 'complete']) {
      const late = await who('shiftLeader').post(`/api/callbacks/${task}/${act}`, act === 'attempts' ? { result: 'busy', note: '座机拨打' } : act === 'complete' ? answers : {})
      expect(late).toMatchObject({ status: 409, body: { code: 'callback.heldByOther', current: { assigneeName: '测试callbackAgent' } } })
    }
    app.clock.advance(31 * MINUTE)
    await app.runTimers()
    expect(await ok(who('shiftLeader').post(`/api/callbacks/${task}/claim`))).toMatchObject({ mine: true, assigneeName: '测试shiftLeader' })
    expect((await who('callbackAgent').post(`/api/callbacks/${task}/complete`, answers)).status).toBe(409)
    expect(await ok(who('shiftLeader').post(`/api/callbacks/${task}/release`))).toMatchObject({ state: 'due', assigneeId: null })
  })

  test('同时领取，只有一人领到', async () => {
    const { task } = await accepted()
    const two = await Promise.all([who('callbackAgent').post(`/api/callbacks/${task}/claim`), who('shiftLeader').post(`/api/callbacks/${task}/claim`)])
    expect(two.map((a) => a.status).toSorted()).toEqual([200, 409])
  })

  test('没有拨打也没有注明其他方式：不能保存，什么也没存', async () => {
    const { id, task } = await accepted()
    for (const more of [{ way: 'call' }, { way: 'otherWay', wayNote: '' }]) {
      const refused = await who('callbackAgent').post(`/api/callbacks/${task}/complete`, { ...answers, ...more })
      expect(refused).toMatchObject({ status: 422, body: { title: '请先拨打或注明其他方式', fields: [{ path: 'wayNote' }] } })
    }
    expect((await stateOf(id))?.state).toBe('pendingCallback')
    expect(await rows(sql`select 1 from callback_result where task_id = ${task}`)).toEqual([])
  })

  test('单位自报的三率在保存前不显示，电话只显示掩码', async () => {
    const { task } = await accepted()
    const before = await ok(who('callbackAgent').get(`/api/callbacks/${task}`))
    expect(before).toMatchObject({ unitStatements: null, unitStatementHidden: true })
    expect(before.order.phoneMask).toContain('*')
    expect(JSON.stringify(before)).not.toContain('1990001')
    expect(before.acts.map((a: { act: string; enabled: boolean }) => [a.act, a.enabled])).toEqual([['claim', true], ['dial', true], ['complete', true], ['attempt', true], ['release', false]])
    await ok(who('callbackAgent').post(`/api/callbacks/${task}/complete`, answers))
    const after = await ok(who('callbackAgent').get(`/api/callbacks/${task}`))
    expect(after.unitStatements).toMatchObject([{ unitName: '测试市城管局', solved: 'yes' }])
  })

  test('值班长指派，被指派人以外不能领', async () => {
    const { task } = await accepted()
    expect((await who('callbackAgent').post(`/api/callbacks/${task}/assign`, { userId: null })).status).toBe(403)
    const agent = (await rows<{ id: string }>(sql`select id from platform_user where name = '测试callbackAgent'`))[0]?.id
    const handler = (await rows<{ id: string }>(sql`select id from platform_user where name = '测试handler'`))[0]?.id
    expect((await who('shiftLeader').post(`/api/callbacks/${task}/assign`, { userId: handler })).status).toBe(422)
    expect(await ok(who('shiftLeader').post(`/api/callbacks/${task}/assign`, { userId: agent }))).toMatchObject({ state: 'due', assigneeName: '测试callbackAgent' })
    expect(await who('reviewer').post(`/api/callbacks/${task}/claim`)).toMatchObject({ status: 409, body: { code: 'callback.assignedToOther' } })
    expect((await ok(who('callbackAgent').get('/api/callbacks?mine=true'))).items.map((t: { id: string }) => t.id)).toContain(task)
    expect((await ok(who('reviewer').get('/api/callbacks?free=true&limit=200'))).items.map((t: { id: string }) => t.id)).not.toContain(task)
    expect(await ok(who('shiftLeader').post(`/api/callbacks/${task}/assign`, { userId: null }))).toMatchObject({ assigneeId: null })
  })

  test('列表翻页不重不漏，他租户看不到', async () => {
    for (let i = 0; i < 3; i++) await accepted()
    const all = (await ok(who('callbackAgent').get('/api/callbacks?limit=200'))).items.map((t: { id: string }) => t.id)
    const paged: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { items: { id: string }[]; next: string | null } = await ok(who('callbackAgent').get(`/api/callbacks?limit=2${cursor ? `&cursor=${cursor}` : ''}`))
      paged.push(...page.items.map((t) => t.id))
      cursor = page.next
    }
    expect(paged).toEqual(all)
    expect((await ok(who('otherAdmin').get('/api/callbacks'))).items).toEqual([])
    expect((await who('handler').get('/api/callbacks')).status).toBe(403)
    const home = await ok(who('callbackAgent').get('/api/home'))
    const free = (await ok(who('callbackAgent').get('/api/callbacks?free=true&limit=200'))).count
    expect(home.cards.find((c: { id: string }) => c.id === 'callback.free')).toMatchObject({ value: free.value })
  })
})

describe('CBK-03 三率与流转', () => {
  test('满意并解决：归档', async () => {
    const { id, task } = await accepted()
    const done = await ok(who('callbackAgent').post(`/api/callbacks/${task}/complete`, { ...answers, grade: 'basicallySatisfied' }))
    expect(done).toMatchObject({ orderState: 'archived', consequence: '满意 → 已归档', result: { gradeName: '基本满意', comparison: { solved: { unit: 'yes', requester: 'yes', same: true } } } })
    expect(await stateOf(id)).toMatchObject({ state: 'archived', close_kind: 'handled' })
    expect(await who('callbackAgent').post(`/api/callbacks/${task}/complete`, answers)).toMatchObject({ status: 409, body: { code: 'callback.ended' } })
  })

  test('不满意：回到同一单位第 2 轮，原因写在新任务上；重办后再回访一次', async () => {
    const { id, task } = await accepted()
    expect((await who('callbackAgent').post(`/api/callbacks/${task}/complete`, { ...answers, satisfied: 'no' })).status).toBe(422) // 没有原因
    const done = await ok(who('callbackAgent').post(`/api/callbacks/${task}/complete`, { ...answers, satisfied: 'no', solved: 'no', reasons: ['问题未解决'], opinion: '灯还是不亮' }))
    expect(done).toMatchObject({ orderState: 'inProgress', consequence: '不满意 → 退回测试市城管局第2轮', result: { comparison: { satisfied: { unit: 'yes', requester: 'no', same: false } } } })
    const [again] = await rows<{ id: string; opinion: string; unit_id: string; state: string }>(sql`select id, opinion, unit_id, state from order_assignment where order_id = ${id} and round = 2`)
    expect(again).toMatchObject({ state: 'handling', unit_id: units['T-URBAN'] })
    expect(again?.opinion).toContain('灯还是不亮')
    await report(again?.id ?? '', { contacted: 'yes', solved: 'yes', satisfied: 'yes' })
    await ok(who('reviewer').post(`/api/orders/${id}/review-result`, { outcome: 'accept' }))
    await app.drain()
    expect(await rows(sql`select round, state, cause from callback_task where order_id = ${id} order by round`)).toEqual([{ round: 1, state: 'done', cause: 'wanted' }, { round: 2, state: 'due', cause: 'dissatisfiedBefore' }])
    const detail = await ok(who('callbackAgent').get(`/api/callbacks/${await taskOf(id)}`))
    expect(detail.earlier).toMatchObject([{ round: 1, satisfied: 'no', opinion: '灯还是不亮' }])
    expect((await ok(who('handler').get(`/api/orders/${id}/callbacks`))).results).toHaveLength(1)
  })

  test('未表态：归档但单独统计，不重办', async () => {
    const { id, task } = await accepted()
    const done = await ok(who('callbackAgent').post(`/api/callbacks/${task}/complete`, { ...answers, solved: 'notStated', satisfied: 'notStated' }))
    expect(done.result.outcome).toBe('notStated')
    expect(await stateOf(id)).toMatchObject({ state: 'archived', close_kind: 'notStated' })
  })

  test('不满意但非单位责任：须说明理由，归档，评价保留', async () => {
    const { id, task } = await accepted()
    const no = { ...answers, satisfied: 'no', reasons: ['对政策规定不认可'], attributable: false }
    expect(await who('callbackAgent').post(`/api/callbacks/${task}/complete`, no)).toMatchObject({ status: 422, body: { fields: [{ path: 'notAttributableReason' }] } })
    await ok(who('callbackAgent').post(`/api/callbacks/${task}/complete`, { ...no, notAttributableReason: '对补贴标准不满意，单位已按规定办理' }))
    expect(await stateOf(id)).toMatchObject({ state: 'archived', close_kind: 'notAttributable', round: 1 })
    expect(await rows(sql`select satisfied, attributable from callback_result where task_id = ${task}`)).toEqual([{ satisfied: 'no', attributable: false }])
  })

  test('等级与是否满意矛盾：拒绝', async () => {
    const { task } = await accepted()
    expect(await who('callbackAgent').post(`/api/callbacks/${task}/complete`, { ...answers, grade: 'dissatisfied' })).toMatchObject({ status: 422, body: { code: 'callback.gradeMismatch' } })
  })
})

describe('ORD-18、ORD-19 专项类型的告知、评价项目和自己的回访', () => {
  test('涉企工单不要求也回访，只由企业专席的人回访，按自己的话术和项目提问，告知随答复送达', async () => {
    await app.runTimers()
    const order = await accepted({ enterprise: true, callbackWanted: false })
    const admin = await app.as('tenantadmin')
    const [force] = (await ok(admin.get('/api/task-forces'))).items.filter((f: { code: string }) => f.code === 'enterprise')
    const [seat] = await rows<{ id: string }>(sql`select id from platform_user where login = 'callbackagent'`)
    await ok(admin.patch(`/api/task-forces/${force.id}`, { name: force.name, enabled: true, fallbackMinutes: force.fallbackMinutes, userIds: [seat?.id], version: force.version }))
    const task = await ok(who('callbackAgent').get(`/api/callbacks/${order.task}`))
    expect(task).toMatchObject({ task: { cause: 'enterprise', queue: 'enterprise' }, terms: { profileName: '涉企工单', items: ['办理效率', '政策解释'] } })
    expect(task.terms.script[0]).toContain('企业专席')
    expect(task.order.reply).toContain('已更换灯具，照明恢复。\n企业诉求可继续向企业专席反映。')

    // 专席有人时，别的回访员看不到也领不到；值班长可以
    expect((await ok(who('reviewer').get('/api/callbacks?free=true'))).items.map((t: { id: string }) => t.id)).not.toContain(order.task)
    expect(await who('reviewer').post(`/api/callbacks/${order.task}/claim`)).toMatchObject({ status: 409, body: { code: 'callback.foreignSeat' } })
    expect((await ok(who('reviewer').get(`/api/callbacks/${order.task}`))).acts.find((a: { act: string }) => a.act === 'complete')).toMatchObject({ enabled: false, reason: '由“涉企专席”的人员回访' })
    expect((await ok(who('callbackAgent').get('/api/callbacks?free=true'))).items.map((t: { id: string }) => t.id)).toContain(order.task)

    const say = (items: unknown) => who('callbackAgent').post(`/api/callbacks/${order.task}/complete`, { ...answers, items })
    expect(await say([{ name: '没有问过的', grade: 'satisfied' }])).toMatchObject({ status: 422, body: { code: 'callback.itemUnknown', fields: [{ path: 'items.0' }] } })
    expect(await say([{ name: '办理效率', grade: '没有的等级' }])).toMatchObject({ status: 422, body: { code: 'callback.itemUnknown' } })
    const done = await ok(say([{ name: '办理效率', grade: 'satisfied' }]))
    expect(done.result.items).toEqual([{ name: '办理效率', grade: 'satisfied', gradeName: '满意' }])
    const [sms] = await rows<{ text: string }>(sql`select text_enc as text from platform_sms where object_id = ${order.id} and template = 'orderReplied'`)
    expect(decrypt(app.app.runtime.keys, sms?.text ?? '', 'sms.text')).toContain('照明恢复。企业诉求可继续向企业专席反映。')
  })
})

describe('CBK-04 未接通', () => {
  test('三次未接通：归档为未接通，满意率不变；间隔内不能再拨', async () => {
    const range = `from=2026-11-01&to=2026-12-31`
    const before = await ok(who('supervisor').get(`/api/callback/rates?${range}`))
    const { id, task } = await accepted()
    expect(await who('callbackAgent').post(`/api/callbacks/${task}/attempts`, { result: 'noAnswer' })).toMatchObject({ status: 422, body: { code: 'callback.attemptEvidence', fields: [{ path: 'note' }] } })
    expect(await ok(who('callbackAgent').post(`/api/callbacks/${task}/attempts`, { result: 'noAnswer', note: '座机拨打，响铃无人接' }))).toMatchObject({ givenUp: false, task: { state: 'waiting', attempts: 1, assigneeId: null }, consequence: '未接通（1/3）→ 待重拨' })
    expect(await who('callbackAgent').post(`/api/callbacks/${task}/attempts`, { result: 'noAnswer' })).toMatchObject({ status: 409, body: { code: 'callback.tooEarly', until: toIso(instant(app.clock.now() + 4 * HOUR)) } })
    app.clock.advance(4 * HOUR)
    await app.runTimers()
    expect((await ok(who('callbackAgent').get(`/api/callbacks/${task}`))).task.state).toBe('due')
    await ok(who('callbackAgent').post(`/api/callbacks/${task}/attempts`, { result: 'wrongNumber', note: '机主称打错了' }))
    app.clock.advance(4 * HOUR)
    expect(await ok(who('callbackAgent').post(`/api/callbacks/${task}/attempts`, { result: 'powerOff', note: '座机拨打，已关机' }))).toMatchObject({ givenUp: true, task: { state: 'givenUp' } })
    expect(await stateOf(id)).toMatchObject({ state: 'archived', close_kind: 'notReached' })
    const after = await ok(who('supervisor').get(`/api/callback/rates?${range}`))
    expect(after).toMatchObject({ satisfied: before.satisfied, solved: before.solved, calledBack: before.calledBack, notReached: before.notReached + 1, countedAsSatisfied: 0 })
  })

  test('一次未接通后接通，也能登记结果', async () => {
    const { id, task } = await accepted()
    await ok(who('callbackAgent').post(`/api/callbacks/${task}/attempts`, { result: 'busy', note: '座机拨打' }))
    await ok(who('callbackAgent').post(`/api/callbacks/${task}/complete`, { ...answers, wayNote: '诉求人自己来电' }))
    expect((await stateOf(id))?.state).toBe('archived')
  })
})

test('三率等于明细重算，未表态与未接通单列；按单位及其下级筛选', async () => {
  const range = 'from=2026-11-01&to=2026-12-31&limit=200'
  const rates = await ok(who('leader').get('/api/callback/rates?from=2026-11-01&to=2026-12-31'))
  const list = async (figure: string): Promise<{ items: { satisfied: string }[]; count: { value: number } }> => ok(who('leader').get(`/api/callback/rates/rows?${range}&figure=${figure}`))
  for (const [figure, count] of [['calledBack', rates.calledBack], ['notReached', rates.notReached], ['satisfied.yes', rates.satisfied.yes], ['satisfied.no', rates.satisfied.no], ['satisfied.notStated', rates.satisfied.notStated], ['solved.no', rates.solved.no], ['contacted.yes', rates.response.yes], ['notAttributable', rates.notAttributable]] as const) {
    const { items, count: bounded } = await list(figure)
    expect({ figure, n: items.length, c: bounded.value }).toEqual({ figure, n: count, c: count })
  }
  expect(rates.satisfied.no).toBeGreaterThan(0)
  expect(rates.satisfied.notStated).toBeGreaterThan(0)
  expect(rates.satisfied.rate).toBe(rates.satisfied.yes / (rates.satisfied.yes + rates.satisfied.no))
  expect(await ok(who('leader').get(`/api/callback/rates?from=2026-11-01&to=2026-12-31&unitId=${units['T-CENTRE']}`))).toMatchObject({ calledBack: rates.calledBack })
  expect(await ok(who('leader').get(`/api/callback/rates?from=2026-11-01&to=2026-12-31&unitId=${units['T-HEAT']}`))).toMatchObject({ calledBack: 0, satisfied: { rate: null } })
  const { items: lines } = await ok(who('leader').get('/api/callback/rates/by-unit?from=2026-11-01&to=2026-12-31'))
  expect(lines.map((line: { unitId: string }) => line.unitId)).toContain(units['T-URBAN'])
  for (const { unitId, unitName: _name, ...line } of lines) expect(await ok(who('leader').get(`/api/callback/rates?from=2026-11-01&to=2026-12-31&unitId=${unitId}`))).toMatchObject(line)
  expect((await ok(who('leader').get(`/api/callback/rates/by-unit?from=2026-11-01&to=2026-12-31&unitId=${units['T-HEAT']}`))).items).toEqual([])
  // 分项之和等于合计，每一项的数等于它的明细
  for (const by of ['seat', 'manner', 'outcome', 'attempts', 'month', 'source']) {
    const { items } = await ok(who('leader').get(`/api/callback/rates/breakdown?from=2026-11-01&to=2026-12-31&by=${by}`))
    const sum = (pick: (one: (typeof items)[number]) => number): number => items.reduce((n: number, one: (typeof items)[number]) => n + pick(one), 0)
    expect({ by, n: sum((one) => one.calledBack), missed: sum((one) => one.notReached), no: sum((one) => one.satisfied.no) }).toEqual({ by, n: rates.calledBack, missed: rates.notReached, no: rates.satisfied.no })
    for (const one of items) for (const figure of ['calledBack', 'notReached', 'solved.no'] as const) {
      const { count } = await ok(who('leader').get(`/api/callback/rates/rows?${range}&figure=${figure}&by=${by}&key=${encodeURIComponent(one.key)}`))
      expect({ by, key: one.key, figure, n: count.value }).toEqual({ by, key: one.key, figure, n: figure === 'solved.no' ? one.solved.no : one[figure] })
    }
  }
  expect((await who('leader').get('/api/callback/rates/breakdown?from=2026-11-01&to=2026-12-31&by=weather')).status).toBe(422)
  expect((await who('handler').get('/api/callback/rates/breakdown?from=2026-11-01&to=2026-12-31')).status).toBe(403)
  expect((await who('leader').post(`/api/callbacks/${'01997a60-0000-7000-8000-000000000001'}/claim`)).status).toBe(403)
})
