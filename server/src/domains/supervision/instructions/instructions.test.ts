// Leaders' instructions and followed orders (SUP-23, SUP-24).
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DAY, HOUR, plus, toIso } from '../../../kernel/time/index.ts'
import { scene, type Scene } from '../testing/scene.ts'
import { followOrder } from './focus.ts'

let s: Scene
beforeAll(async () => {
  s = await scene('2026-11-02T10:00:00+08:00')
})
afterAll(() => s.app.stop())

const words = (more: Record<string, unknown> = {}) => ({ text: '请三天内彻底解决', urgency: 'urgent', unitIds: [s.units['T-URBAN']], reportDueAt: toIso(plus(s.app.clock.now(), 3 * DAY)), ...more })
const seen = async (login: string, orderId: string) => (await s.ok(s.who(login).get(`/api/orders/${orderId}/instructions`))).items

describe('SUP-23 领导批示', () => {
  test('标签对工单的每个单位可见；无权的人看到标签看不到内容；逾期未报告列出；报告后办结', async () => {
    const order = await s.signed({ assist: 'T-HEAT' })
    for (const login of ['handler', 'unitLeader', 'supervisor', 'agent', 'reviewer']) expect((await s.who(login).post(`/api/orders/${order.id}/instructions`, words())).status).toBe(403)
    expect((await s.who('leader').post(`/api/orders/${order.id}/instructions`, words({ unitIds: [s.units['T-DISTRICT']] }))).body).toMatchObject({ rule: 'supervision.instruction.unit' })
    expect((await s.who('leader').post(`/api/orders/${order.id}/instructions`, words({ reportDueAt: toIso(plus(s.app.clock.now(), -HOUR)) }))).status).toBe(422)
    const made = await s.ok(s.who('leader').post(`/api/orders/${order.id}/instructions`, words()))
    expect(made).toMatchObject({ state: 'issued', text: '请三天内彻底解决', leaderName: '测试leader' })
    for (const login of ['handler', 'handler2', 'unitLeader2', 'reviewer']) expect((await s.ok(s.who(login).get(`/api/orders/${order.id}`))).flags.map((f: { code: string }) => f.code)).toContain('instructed')
    expect((await seen('handler', order.id))[0]).toMatchObject({ text: '请三天内彻底解决', textHidden: false })
    expect((await seen('supervisor', order.id))[0]).toMatchObject({ textHidden: false })
    for (const login of ['handler2', 'reviewer']) expect((await seen(login, order.id))[0]).toMatchObject({ text: null, textHidden: true, leaderName: '测试leader' })
    expect(JSON.stringify(await s.rows(sql`select text, data from order_timeline where order_id = ${order.id}`))).not.toContain('彻底解决')
    expect((await s.messages('handler', 'supervision.instruction')).at(-1)).toMatchObject({ text: '请三天内彻底解决' })
    expect(await s.messages('handler2', 'supervision.instruction')).toEqual([])
    const overdue = async () => (await s.ok(s.who('supervisor').get('/api/supervision/instructions?overdue=true'))).items.map((i: { id: string }) => i.id)
    expect(await overdue()).not.toContain(made.id)
    s.app.clock.advance(3 * DAY + HOUR)
    expect(await overdue()).toContain(made.id)
    expect((await s.who('handler2').post(`/api/supervision/instructions/${made.id}/report`, { content: '代报' })).status).toBe(403)
    expect((await s.who('leader').post(`/api/supervision/instructions/${made.id}/close`)).status).toBe(409)
    expect(await s.ok(s.who('handler').post(`/api/supervision/instructions/${made.id}/report`, { content: '已解决' }))).toMatchObject({ state: 'reported' })
    expect((await s.messages('leader', 'supervision.instructionReported')).length).toBe(1)
    expect(await s.ok(s.who('leader').post(`/api/supervision/instructions/${made.id}/close`))).toMatchObject({ state: 'closed' })
    const stats = await s.ok(s.who('supervisor').get('/api/supervision/instructions/stats'))
    expect(stats.states.find((x: { state: string }) => x.state === 'closed').count).toBe(1)
    await s.finish(order)
  })

  test('提请批示：只有被提请的领导可批；他租户看不到', async () => {
    const order = await s.signed()
    expect((await s.who('supervisor').post(`/api/orders/${order.id}/instruction-requests`, { leaderId: s.users['handler'], request: '请批示' })).status).toBe(422)
    const asked = await s.ok(s.who('supervisor').post(`/api/orders/${order.id}/instruction-requests`, { leaderId: s.users['leader'], request: '多次未决，请批示' }))
    expect(asked).toMatchObject({ state: 'requested', request: '多次未决，请批示' })
    expect((await s.ok(s.who('leader').get('/api/supervision/instructions?mine=true&state=requested'))).items).toMatchObject([{ id: asked.id, mayIssue: true }])
    expect((await s.who('otherReviewer').get(`/api/orders/${order.id}/instructions`)).status).toBe(404)
    expect(await s.ok(s.who('leader').post(`/api/supervision/instructions/${asked.id}/issue`, words()))).toMatchObject({ state: 'issued' })
    expect((await s.who('leader').post(`/api/supervision/instructions/${asked.id}/issue`, words())).status).toBe(409)
    await s.finish(order)
  })
})

describe('ORD-48 领导批阅逐级', () => {
  const ask = (login: string, orderId: string, more: Record<string, unknown> = {}) => s.who(login).post(`/api/orders/${orderId}/instruction-requests`, { request: '职责不清，请批示', ...more })
  const taskOf = async (id: string) => (await s.rows<{ flow_instance_id: string }>(sql`select flow_instance_id from supervision_instruction where id = ${id}`))[0]?.flow_instance_id

  test('第三种结果把批示上送一级，中心领导批示后回到工单，内容只给有权的人', async () => {
    const order = await s.signed()
    const asked = await s.ok(ask('dispatcher', order.id))
    expect(asked).toMatchObject({ state: 'requested', leaderName: null })
    expect((await seen('leader', order.id))[0]).toMatchObject({ mayIssue: false })
    expect((await s.who('leader').post(`/api/supervision/instructions/${asked.id}/issue`, words())).status).toBe(403)
    expect((await seen('shiftLeader', order.id))[0]).toMatchObject({ mayIssue: true, mayPassUp: true, request: '职责不清，请批示' })
    await s.ok(s.who('shiftLeader').post(`/api/supervision/instructions/${asked.id}/refer`, { outcome: 'passUp', opinion: '请领导定' }))
    expect((await s.who('shiftLeader').post(`/api/supervision/instructions/${asked.id}/issue`, words())).status).toBe(403)
    expect(await s.ok(s.who('leader').post(`/api/supervision/instructions/${asked.id}/issue`, words({ text: '由城管局牵头' })))).toMatchObject({ state: 'issued', text: '由城管局牵头', leaderName: '测试leader', steps: [{ state: 'passedUp' }, { state: 'approved' }] })
    expect((await s.ok(s.who('reviewer').get(`/api/orders/${order.id}`))).flags.map((f: { code: string }) => f.code)).toContain('instructed')
    expect((await seen('handler2', order.id).catch(() => [])).length).toBe(0)
    await s.finish(order)
  })

  test('在审批列表中同意即批示给承办单位；退回后可再提请；同一工单不能重复逐级提请', async () => {
    const order = await s.signed()
    const asked = await s.ok(ask('reviewer', order.id))
    expect((await ask('dispatcher', order.id)).status).toBe(409)
    await s.ok(s.who('shiftLeader').post(`/api/supervision/instructions/${asked.id}/refer`, { outcome: 'return', opinion: '可自行判断' }))
    expect((await seen('reviewer', order.id))[0]).toMatchObject({ state: 'declined', declinedReason: '可自行判断' })
    const again = await s.ok(ask('reviewer', order.id))
    await s.ok(s.who('shiftLeader').post(`/api/flow/instances/${await taskOf(again.id)}/decide`, { outcome: 'approve', opinion: '按规定三日内办结' }))
    expect((await seen('handler', order.id))[0]).toMatchObject({ state: 'issued', text: '按规定三日内办结', units: [{ mayReport: true }] })
    await s.finish(order)
  })

  test('未派发的工单批示给派发岗，由其办结；办结的工单送阅，批示不需报告', async () => {
    const waiting = await s.registered()
    const asked = await s.ok(ask('reviewer', waiting.id))
    await s.ok(s.who('shiftLeader').post(`/api/supervision/instructions/${asked.id}/issue`, { text: '转综合执法' }))
    expect((await s.messages('dispatcher', 'supervision.instruction')).at(-1)).toMatchObject({ text: '转综合执法' })
    expect((await seen('dispatcher', waiting.id))[0]).toMatchObject({ text: '转综合执法', units: [], mayClose: true })
    expect(await s.ok(s.who('dispatcher').post(`/api/supervision/instructions/${asked.id}/close`))).toMatchObject({ state: 'closed' })
    const order = await s.signed()
    await s.finish(order)
    await s.ok(s.who('reviewer').post(`/api/orders/${order.id}/review-result`, { outcome: 'accept' }))
    await s.app.drain()
    await s.rows(sql`update order_order set state = 'closed', closed_at = now() where id = ${order.id} returning id`)
    const comment = await s.ok(ask('dispatcher', order.id, { request: '请阅' }))
    expect(await s.ok(s.who('shiftLeader').post(`/api/supervision/instructions/${comment.id}/issue`, { text: '已阅，做法可推广' }))).toMatchObject({ state: 'closed' })
  })

  test('不写单位的批示直接给承办单位（协办不欠报告），按默认时限报告', async () => {
    const order = await s.signed({ assist: 'T-HEAT' })
    const made = await s.ok(s.who('leader').post(`/api/orders/${order.id}/instructions`, { text: '尽快修好' }))
    expect(made).toMatchObject({ state: 'issued', units: [{ unitId: s.units['T-URBAN'], reportedAt: null }], mayClose: false })
    expect(Date.parse(made.reportDueAt)).toBeGreaterThan(s.app.clock.now())
    expect((await s.messages('handler', 'supervision.instruction')).find((m) => m.object_id === made.id)).toMatchObject({ text: '尽快修好' })
    expect(await s.ok(s.who('handler').post(`/api/supervision/instructions/${made.id}/report`, { content: '已修好' }))).toMatchObject({ state: 'reported' })
    await s.finish(order)
  })

  test('单位和他租户不能提请；草稿和不存在的领导被拒绝', async () => {
    const order = await s.signed()
    expect((await ask('handler', order.id)).status).toBe(403)
    expect((await ask('otherReviewer', order.id)).status).toBe(404)
    expect((await ask('reviewer', order.id, { leaderId: s.users['agent'] })).status).toBe(422)
    expect((await ask('reviewer', order.id, { request: '字'.repeat(1001) })).status).toBe(422)
    await s.rows(sql`update order_order set state = 'withdrawn' where id = ${order.id} returning id`)
    expect((await ask('reviewer', order.id)).body).toMatchObject({ rule: 'supervision.instruction.state' })
  })
})

test('SUP-25 疑难转主要领导：两次退回或转派后才可转；决定与派发是两条记录；指定单位看到批示且不能以非职责退回', async () => {
  const order = await s.signed()
  const ask = () => s.who('supervisor').post(`/api/orders/${order.id}/instruction-requests`, { head: true, leaderId: s.users['leader'], request: '多家单位均未解决' })
  expect((await ask()).body).toMatchObject({ rule: 'supervision.head.transfers' })
  expect(await s.ok(s.who('supervisor').get(`/api/orders/${order.id}/instructions`))).toMatchObject({ heads: [], headReason: '退回或转派满 2 次可转主要领导审批，目前 0 次' })
  await s.rows(sql`update order_order set return_count = 2 where id = ${order.id} returning id`)
  expect((await s.who('handler').post(`/api/orders/${order.id}/instruction-requests`, { head: true, leaderId: s.users['leader'], request: '越级' })).status).toBe(403)
  const asked = await s.ok(ask())
  expect(asked).toMatchObject({ state: 'requested', head: true, leaderName: '测试leader' })
  expect((await s.who('leader').post(`/api/supervision/instructions/${asked.id}/issue`, words({ unitIds: [] }))).status).toBe(422)
  const decided = await s.ok(s.who('leader').post(`/api/supervision/instructions/${asked.id}/issue`, words({ text: '由供热办负责到底', unitIds: [s.units['T-HEAT']] })))
  expect(decided).toMatchObject({ state: 'issued', units: [{ unitName: '测试市供热办' }] })
  await s.app.drain()
  const acts = (await s.rows<{ act: string; text: string | null }>(sql`select act, text from order_timeline where order_id = ${order.id} order by at, id`))
  expect(acts.map((a) => a.act)).toEqual(expect.arrayContaining(['decideHead', 'dispatch']))
  expect(JSON.stringify(acts)).not.toContain('负责到底')
  expect((await seen('handler2', order.id))[0]).toMatchObject({ text: '由供热办负责到底' })
  const [open] = await s.rows<{ id: string; unit_name: string }>(sql`select id, unit_name from order_assignment where order_id = ${order.id} and state = 'pendingSign'`)
  expect(open?.unit_name).toBe('测试市供热办')
  expect((await s.who('handler2').post(`/api/assignments/${open?.id}/request-return`, { reasonClass: '非职责', reason: '不属于本单位职责' })).body).toMatchObject({ rule: 'orders.dispute.decided' })
})

test('SUP-24 关注：范围外的工单不能关注；状态变化只告知一次；单位知道领导在关注', async () => {
  const order = await s.dispatched()
  const follow = (login: string) => s.app.command((ctx) => followOrder(ctx, { id: order.id }), login)
  await expect(follow('handler2')).rejects.toMatchObject({ status: 404 })
  expect(await follow('leader')).toEqual({ mine: true, leaders: ['测试leader'] })
  expect((await s.ok(s.who('handler').get(`/api/orders/${order.id}/focus`))).leaders).toEqual(['测试leader'])
  await s.ok(s.who('handler').post(`/api/assignments/${order.assignment}/sign`))
  await s.finish(order)
  const told = await s.messages('leader', 'supervision.focus')
  expect(told).toHaveLength(1)
  expect((await s.ok(s.who('leader').get('/api/supervision/focus'))).items).toMatchObject([{ orderId: order.id, kind: 'leader' }])
  expect((await s.ok(s.who('supervisor').get('/api/supervision/focus?list=leaders'))).items).toHaveLength(1)
})
