import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'
import { MINUTE, plus, toIso } from '../../../kernel/time/index.ts'
import { walkIn, type Walk } from '../reading/test-orders.ts'
import { deadEnd } from './node-rule.ts'

let app: TestApp
let walk: Walk
beforeAll(async () => {
  app = await testApp()
  walk = await walkIn(app)
})
afterAll(() => app.stop())

const post = async (login: string, path: string, body: unknown) => walk.ok((await walk.who(login)).post(path, body))
const get = async (login: string, path: string) => walk.ok((await walk.who(login)).get(path))
const rule = (name: string, node: string, definition: Record<string, unknown>, enabled = true) => post('tenantadmin', '/api/order-node-rules', { name, node, enabled, definition })
const off = async (made: { id: string; name: string; node: string; version: number; definition: unknown }) => walk.ok((await walk.who('tenantadmin')).patch(`/api/order-node-rules/${made.id}`, { name: made.name, node: made.node, definition: made.definition, enabled: false, version: made.version }))
const actOf = (order: { acts: { act: string }[] }, act: string) => order.acts.find((a) => a.act === act)

test('禁止了一个环节全部去向的规则组合被认出来，只禁一部分的不算', () => {
  const said = (name: string, ...forbid: string[]) => ({ name, definition: { forbid } })
  expect(deadEnd('sign', [said('甲', 'sign')])).toEqual(['甲'])
  expect(deadEnd('dispatch', [said('甲', 'dispatch'), said('乙', 'answer', 'transfer')])).toEqual(['甲', '乙'])
  expect(deadEnd('dispatch', [said('甲', 'dispatch'), said('乙', 'answer')])).toBeNull()
  expect(deadEnd('review', [said('甲', 'returnToAgent')])).toBeNull()
})

describe('环节与办理规则', () => {
  test('新规则对下一件工单生效：操作被禁并说明规则，状态推送送达；此前登记的在办工单不受影响；改规则不动在办的，停用则都放开', async () => {
    const before = await walk.register()
    app.clock.advance(MINUTE)
    const made = await rule('求助不直接答复', 'review', { when: { all: [{ field: 'appealType', op: 'in', value: ['help'] }] }, forbid: ['answer'], reason: '求助须派发办理', push: [{ after: 'registered', to: 'reviewers', text: '请审核{工单号}' }] })
    app.clock.advance(MINUTE)
    const order = await walk.register()
    await app.drain()
    const answer = { reply: '您好，已记录。', basis: '热线办理规范' }
    expect(await (await walk.who('reviewer')).post(`/api/orders/${order.id}/answer`, answer)).toMatchObject({ status: 409, body: { code: 'orders.nodeForbids', rule: 'orders.nodeRule.求助不直接答复', detail: '求助须派发办理' } })
    expect(actOf(await get('reviewer', `/api/orders/${order.id}`), 'answer')).toMatchObject({ enabled: false, reason: '求助须派发办理' })
    expect(await walk.rows(sql`select 1 as one from platform_message where type = 'order.nodePush' and object_id = ${order.id} and title = ${`请审核${order.number}`} limit 1`)).toHaveLength(1)
    expect(actOf(await get('reviewer', `/api/orders/${before.id}`), 'answer')).toMatchObject({ enabled: true })
    app.clock.advance(MINUTE)
    const loosened = await walk.ok((await walk.who('tenantadmin')).patch(`/api/order-node-rules/${made.id}`, { name: made.name, node: made.node, definition: { ...made.definition, forbid: [] }, enabled: true, version: made.version }))
    app.clock.advance(MINUTE)
    expect(actOf(await get('reviewer', `/api/orders/${order.id}`), 'answer')).toMatchObject({ enabled: false })
    expect(actOf(await get('reviewer', `/api/orders/${(await walk.register()).id}`), 'answer')).toMatchObject({ enabled: true })
    await off(loosened)
    expect(actOf(await get('reviewer', `/api/orders/${order.id}`), 'answer')).toMatchObject({ enabled: true })
    expect((await get('tenantadmin', `/api/order-node-rules/${made.id}/versions`)).items).toMatchObject([{ version: 2, untilAt: expect.any(String) }, { version: 1, untilAt: expect.any(String) }])
  })

  test('会使工单没有下一步的规则被拒绝：单条、与别的规则合起来、限定给没有人的权限', async () => {
    const admin = await walk.who('tenantadmin')
    const body = (name: string, node: string, definition: Record<string, unknown>) => ({ name, node, enabled: true, definition })
    expect(await admin.post('/api/order-node-rules', body('都不许签收', 'sign', { forbid: ['sign'] }))).toMatchObject({ status: 422, body: { code: 'orders.nodeRuleFault', rule: 'orders.nodeRule.deadEnd' } })
    const part = await rule('不许派发', 'dispatch', { when: { all: [{ field: 'appealType', op: 'in', value: ['praise'] }] }, forbid: ['dispatch'] })
    expect((await admin.post('/api/order-node-rules', body('不许答复和转办', 'dispatch', { forbid: ['answer', 'transfer'] }))).status).toBe(422)
    expect((await admin.post('/api/order-node-rules', body('无人有权', 'review', { permission: 'orders.nobody' }))).status).toBe(422)
    expect((await admin.post('/api/order-node-rules', body('别的环节的操作', 'review', { forbid: ['sign'] }))).status).toBe(422)
    expect((await admin.post('/api/order-node-rules', body('错的条件', 'review', { when: { all: [{ field: 'nope', op: 'is' }] } }))).status).toBe(422)
    expect((await (await walk.who('reviewer')).get('/api/order-node-rules')).status).toBe(403)
    await off(part)
  })

  test('必填字段、放行条件、限定岗位和环节时限', async () => {
    const made = [
      await rule('派发前须有地点', 'dispatch', { demand: ['address'] }),
      await rule('签收限领导', 'sign', { permission: 'orders.approve', when: { all: [{ field: 'urgency', op: 'in', value: ['urgent'] }] } }),
      await rule('紧急审核五分钟', 'review', { when: { all: [{ field: 'urgency', op: 'in', value: ['urgent'] }] }, limit: { amount: 5, unit: 'naturalMinutes' } }),
      await rule('投诉须有分类才能通过', 'review', { when: { all: [{ field: 'appealType', op: 'in', value: ['suggestion'] }] }, exit: { all: [{ field: 'requesterCount', op: 'gte', value: 2 }] } }),
    ]
    app.clock.advance(MINUTE)
    const order = await walk.register({ urgency: 'urgent' })
    const detail = await get('reviewer', `/api/orders/${order.id}`)
    expect(detail.clocks.find((c: { kind: string }) => c.kind === 'stage')).toMatchObject({ ruleText: '环节规则：紧急审核五分钟', dueAt: toIso(plus(app.clock.now(), 5 * MINUTE)) })
    await post('reviewer', `/api/orders/${order.id}/pass-review`, {})
    const sent = { units: [{ unitId: walk.unit('T-URBAN'), role: 'lead' }] }
    expect(await (await walk.who('dispatcher')).post(`/api/orders/${order.id}/dispatch`, sent)).toMatchObject({ status: 422, body: { fields: [{ path: 'address', message: '请填写地点' }] } })
    await walk.ok((await walk.who('reviewer')).patch(`/api/orders/${order.id}`, { address: '幸福路12号院', version: (await get('reviewer', `/api/orders/${order.id}`)).version }))
    const { assignments } = await post('dispatcher', `/api/orders/${order.id}/dispatch`, sent)
    expect((await (await walk.who('handler')).post(`/api/assignments/${assignments[0].id}/sign`, {}))).toMatchObject({ status: 403, body: { code: 'orders.nodePermission' } })
    await post('unitleader', `/api/assignments/${assignments[0].id}/sign`, {})
    const one = await walk.register({ appealType: 'suggestion' })
    expect(await (await walk.who('reviewer')).post(`/api/orders/${one.id}/pass-review`, {})).toMatchObject({ status: 409, body: { code: 'orders.nodeExit' } })
    await post('reviewer', `/api/orders/${(await walk.register({ appealType: 'suggestion', requesterCount: 3 })).id}/pass-review`, {})
    for (const one of made) await off(one)
  })
})
