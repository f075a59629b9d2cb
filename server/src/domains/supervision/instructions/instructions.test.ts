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
