// Orders of an upper platform: received once, signed by rule or person, returned upward within the ratio (ORD-24, ORD-32).
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'
import { HOUR, MINUTE, plus, toIso } from '../../../kernel/time/index.ts'
import { walkIn, type Walk } from '../reading/test-orders.ts'
import { ratioLevel } from './return-upward.ts'
import { trainSignModel } from './sign-model.ts'
import { matches } from './sign-rules.ts'

let app: TestApp
let walk: Walk

beforeAll(async () => {
  app = await testApp()
  walk = await walkIn(app)
})
afterAll(() => app.stop())

const post = async (login: string, path: string, body: unknown = {}) => (await walk.who(login)).post(path, body)
const get = async (login: string, path: string) => walk.ok((await walk.who(login)).get(path))
const set = async (key: string, value: unknown) => {
  const admin = await walk.who('tenantAdmin')
  return walk.ok(admin.put(`/api/admin/settings/${key}`, { value, version: (await walk.ok(admin.get(`/api/admin/settings/${key}`))).version }))
}
let n = 0
const upper = (more: Record<string, unknown> = {}) => ({ platform: '省热线平台', number: `S-${(n += 1)}`, dispatchedAt: toIso(app.clock.now()), dispatchKind: 'direct', dueAt: toIso(plus(app.clock.now(), 72 * HOUR)), ...more })
const receive = (facts: Record<string, unknown>, more: Record<string, unknown> = {}) => post('reviewer', '/api/upper-orders', { requester: { name: '吴小东', phone: '19900006001' }, appealType: 'complaint', title: '小区供热不足', content: '室温只有十三度。', areaCode: '990101', upper: facts, ...more })

describe('上级来单', () => {
  test('规则命中：签收并盖章，直接待派发；停用后等人签收；人工与自动分开计数', async () => {
    const rule = await walk.ok(post('tenantAdmin', '/api/sign-rules', { name: '供热直派', conditions: { dispatchKinds: ['direct'], words: ['供热'] } }))
    const hit = await walk.ok(receive(upper()))
    expect(hit).toMatchObject({ state: 'pendingDispatch', created: true, signed: true, rule: '供热直派' })
    expect((await get('reviewer', `/api/orders/${hit.id}/timeline`)).items.map((e: { act: string }) => e.act)).toContain('autoSignUpper')
    await walk.ok((await walk.who('tenantAdmin')).patch(`/api/sign-rules/${rule.id}`, { name: '供热直派', enabled: false, conditions: rule.conditions, version: (await get('tenantAdmin', '/api/sign-rules')).items[0].version }))
    const waits = await walk.ok(receive(upper()))
    expect(waits).toMatchObject({ state: 'pendingReview', signed: false })
    expect((await post('reviewer', `/api/orders/${waits.id}/pass-review`)).body).toMatchObject({ rule: 'orders.upper.sign' })
    expect((await get('reviewer', '/api/upper-orders')).items.map((i: { id: string }) => i.id)).toContain(waits.id)
    // SUP-03: each desk has its own time, from the moment the order comes to it.
    const desk = async () => (await get('reviewer', `/api/orders/${waits.id}`)).clocks.filter((c: { kind: string; state: string }) => c.kind === 'stage' && c.state === 'running').map((c: { ruleText: string; dueAt: string }) => [c.ruleText, (Date.parse(c.dueAt) - app.clock.now()) / MINUTE])
    expect(await desk()).toEqual([['签收环节时限', 120]])
    app.clock.advance(10 * MINUTE)
    await walk.ok(post('reviewer', `/api/orders/${waits.id}/sign-upper`))
    expect(await desk()).toEqual([['审核环节时限', 120]])
    expect((await post('reviewer', `/api/orders/${waits.id}/sign-upper`)).body).toMatchObject({ rule: 'orders.upper.signed' })
    expect((await get('reviewer', '/api/upper-orders?box=signed')).signed).toMatchObject({ person: 1, rule: 1, model: 0, limit: 0 })
    app.clock.advance(10 * MINUTE)
    await walk.ok(post('reviewer', `/api/orders/${waits.id}/pass-review`))
    expect(await desk()).toEqual([['派发环节时限', 30]])
  })

  test('同一上级编号送达两次：一张工单', async () => {
    const facts = upper({ dispatchKind: 'transferred' })
    const [a, b] = [await walk.ok(receive(facts)), await walk.ok(receive(facts))]
    expect(b).toMatchObject({ id: a.id, created: false })
    expect((await walk.rows(sql<{ n: number }>`select count(*)::int as n from order_order where upper_number = ${facts.number}`))[0]?.n).toBe(1)
  })

  test('由历史签收提出规则建议：同类来单多次人工签收且全部流转才提出；已有规则覆盖、无权限的没有；限定来源平台的规则不签别的平台', async () => {
    const kind = { appealType: 'suggestion', title: '建议增设公交站', content: '建议增设一站。' }
    for (let i = 0; i < 2; i += 1) {
      const one = await walk.ok(receive(upper({ platform: '部委留言' }), kind))
      await walk.ok(post('reviewer', `/api/orders/${one.id}/sign-upper`))
      await walk.ok(post('reviewer', `/api/orders/${one.id}/pass-review`))
    }
    const proposals = async () => (await get('tenantAdmin', '/api/sign-rules/proposals?least=2')).items.filter((p: { platform: string }) => p.platform === '部委留言')
    const [proposal] = await proposals()
    expect(proposal).toMatchObject({ dispatchKind: 'direct', appealType: 'suggestion', orders: 2, conditions: { platforms: ['部委留言'] } })
    expect((await (await walk.who('reviewer')).get('/api/sign-rules/proposals')).status).toBe(403)
    const waits = await walk.ok(receive(upper({ platform: '部委留言' }), kind))
    expect(await proposals()).toHaveLength(1)
    const rule = await walk.ok(post('tenantAdmin', '/api/sign-rules', { name: '部委建议', conditions: proposal.conditions }))
    expect(await proposals()).toEqual([])
    expect((await walk.ok(receive(upper({ platform: '部委留言' }), kind))).rule).toBe('部委建议')
    expect((await walk.ok(receive(upper(), kind))).signed).toBe(false)
    await walk.ok((await walk.who('tenantAdmin')).delete(`/api/sign-rules/${rule.id}`))
    await walk.ok(post('reviewer', `/api/orders/${waits.id}/sign-upper`))
  })

  test('上级标记是条件：带标记的才签收', async () => {
    const rule = await walk.ok(post('tenantAdmin', '/api/sign-rules', { name: '带标记', conditions: { marks: ['KEY-7'] } }))
    expect((await walk.ok(receive(upper({ dispatchKind: 'transferred', marks: ['KEY-7'] })))).rule).toBe('带标记')
    expect((await walk.ok(receive(upper({ dispatchKind: 'transferred', marks: ['KEY-8'] })))).signed).toBe(false)
    await walk.ok((await walk.who('tenantAdmin')).delete(`/api/sign-rules/${rule.id}`))
  })

  test('分类模型：关闭或未经试算达标不签；达标后签收盖章并单独计数，拿不准的仍等人', async () => {
    const kind = (type: string) => ({ appealType: type, title: type === 'praise' ? '表扬窗口人员' : '铁路沿线噪声', content: '请转交。' })
    const made = []
    for (const type of ['praise', 'report']) made.push(await walk.ok(receive(upper({ platform: '模型平台', dispatchKind: 'transferred' }), kind(type))))
    // 一年里 praise 都办了，report 都退了
    await walk.rows(sql`insert into order_order select made.*
      from order_order o, generate_series(1, 120) n cross join lateral jsonb_populate_record(o, jsonb_build_object('id', gen_random_uuid(), 'number', 'M' || o.appeal_type || n, 'upper_number', 'M' || o.appeal_type || n, 'state', case when o.appeal_type = 'praise' then 'archived' else 'withdrawn' end, 'upper_signed_at', o.registered_at - n * interval '1 hour', 'upper_sign_rule', null)) made where o.id = any(${made.map((m) => m.id)}::uuid[])`)
    await app.command((ctx) => trainSignModel(ctx))
    const sign = async (type: string) => walk.ok(receive(upper({ platform: '模型平台', dispatchKind: 'transferred' }), kind(type)))
    expect((await sign('praise')).signed).toBe(false)
    expect(await get('tenantAdmin', '/api/sign-rules/model')).toMatchObject({ on: false, trained: { proven: true, right: (await get('tenantAdmin', '/api/sign-rules/model')).trained.chosen } })
    await set('upperSign.model', true)
    expect(await sign('praise')).toMatchObject({ signed: true, state: 'pendingDispatch', rule: expect.stringMatching(/^分类模型（9\d(\.\d)?%）$/) })
    expect((await sign('report')).signed).toBe(false)
    expect((await get('reviewer', '/api/upper-orders?box=signed&way=model')).items).toHaveLength(1)
    expect((await get('reviewer', '/api/upper-orders?box=signed')).signed.model).toBe(1)
    expect((await (await walk.who('reviewer')).get('/api/sign-rules/model')).status).toBe(403)
    await walk.rows(sql`update order_sign_model set right_count = chosen / 2`)
    expect((await sign('praise')).signed).toBe(false)
    await set('upperSign.model', false)
  })

  test('两个时钟：上级时限照来单，本级时限派发后另算；没人签收到时系统签收', async () => {
    const facts = upper()
    const made = await walk.ok(receive(facts))
    app.clock.advance(12 * HOUR + MINUTE)
    await app.runTimers()
    await app.runTimers()
    const signed = (await get('reviewer', '/api/upper-orders?box=signed&way=limit')).items.find((i: { id: string }) => i.id === made.id)
    expect(signed).toMatchObject({ rule: '到时自动签收', upperDueAt: facts.dueAt })
    await walk.ok(post('reviewer', `/api/orders/${made.id}/pass-review`))
    await walk.ok(post('dispatcher', `/api/orders/${made.id}/dispatch`, { units: [{ unitId: walk.unit('T-HEAT'), role: 'lead' }] }))
    expect((await get('reviewer', `/api/orders/${made.id}`)).clocks.filter((c: { state: string }) => c.state === 'running').map((c: { kind: string }) => c.kind)).toEqual(expect.arrayContaining(['upper', 'handling']))
  })

  test('没有权限的人不能接收、不能改规则；空条件的规则不收', async () => {
    expect((await post('agent', '/api/upper-orders', { requester: { name: '吴' }, appealType: 'help', title: '标题', content: '内容', upper: upper() })).status).toBe(403)
    expect((await post('reviewer', '/api/sign-rules', { name: '全收', conditions: { words: ['水'] } })).status).toBe(403)
    expect((await post('tenantAdmin', '/api/sign-rules', { name: '全收', conditions: {} })).status).toBe(422)
    expect(matches({ appealTypes: ['help'], words: ['漏水'] }, { upper_platform: '省平台', dispatch_kind: 'direct', appeal_type: 'help', urgency: 'normal', category_id: null, matter_id: null, title: '楼道', content: '管道漏水' })).toBe(true)
    expect(matches({ appealTypes: ['help'], words: ['漏水'] }, { upper_platform: '省平台', dispatch_kind: 'direct', appeal_type: 'complaint', urgency: 'normal', category_id: null, matter_id: null, title: '楼道', content: '管道漏水' })).toBe(false)
  })
})

describe('直改转', () => {
  const directAt = async (unit: string, facts = upper()) => {
    const made = await walk.ok(receive(facts))
    await walk.ok(post('reviewer', `/api/orders/${made.id}/sign-upper`))
    await walk.ok(post('reviewer', `/api/orders/${made.id}/pass-review`))
    await walk.ok(post('dispatcher', `/api/orders/${made.id}/dispatch`, { units: [{ unitId: walk.unit(unit), role: 'lead' }] }))
    return { ...made, facts }
  }

  test('直派退回上级后以转派回来：成对关联，首派单位不能再选，接口也拒绝', async () => {
    const first = await directAt('T-URBAN')
    expect((await post('agent', `/api/orders/${first.id}/return-upward`, { reason: '非本市' })).status).toBe(403)
    expect(await walk.ok(post('reviewer', `/api/orders/${first.id}/return-upward`, { reason: '属省级管线' }))).toMatchObject({ state: 'withdrawn' })
    const detail = await get('reviewer', `/api/orders/${first.id}`)
    expect(detail).toMatchObject({ closeKind: 'returnedUpward', withdrawReason: '退回上级：属省级管线' })
    const back = await walk.ok(receive(upper({ dispatchKind: 'transferred', relatedNumber: first.facts.number })))
    expect((await get('reviewer', `/api/orders/${back.id}`)).links).toEqual([expect.objectContaining({ kind: 'directPair', number: first.number })])
    await walk.ok(post('reviewer', `/api/orders/${back.id}/sign-upper`))
    await walk.ok(post('reviewer', `/api/orders/${back.id}/pass-review`))
    expect((await get('dispatcher', `/api/orders/${back.id}/dispatch-options`)).barred).toEqual([expect.objectContaining({ unitId: walk.unit('T-URBAN'), absolute: true })])
    expect(await post('dispatcher', `/api/orders/${back.id}/dispatch`, { units: [{ unitId: walk.unit('T-URBAN'), role: 'lead' }], overrideReason: '仍由其办理' })).toMatchObject({ status: 409, body: { rule: 'orders.block.firstDirect' } })
    expect((await post('reviewer', `/api/orders/${back.id}/return-upward`, { reason: '再退' })).body).toMatchObject({ rule: 'orders.returnUpward.direct' })
  })

  test('比例实时计算：接近上限预警，超限时按设置拦下', async () => {
    const before = await get('reviewer', '/api/upper-orders/ratio')
    expect(before.all.returned).toBeGreaterThan(0)
    await set('directRatio.limit', 10)
    expect((await get('reviewer', '/api/upper-orders/ratio')).level).toBe('over')
    await set('directRatio.onExcess', 'block')
    const more = await directAt('T-HEAT')
    expect(await post('reviewer', `/api/orders/${more.id}/return-upward`, { reason: '非本市' })).toMatchObject({ status: 409, body: { rule: 'directRatio.limit' } })
    await set('directRatio.onExcess', 'warn')
    await walk.ok(post('reviewer', `/api/orders/${more.id}/return-upward`, { reason: '非本市' }))
    const after = await get('reviewer', '/api/upper-orders/ratio')
    expect(after.all.returned).toBe(before.all.returned + 1)
    expect(after.units.find((u: { unitName: string }) => u.unitName === '测试市供热办')).toMatchObject({ returned: 1 })
    expect([ratioLevel(7, 10, 80), ratioLevel(8, 10, 80), ratioLevel(10, 10, 80), ratioLevel(10.1, 10, 80), ratioLevel(50, null, 80), ratioLevel(null, 10, 80)]).toEqual(['calm', 'near', 'near', 'over', 'none', 'none'])
  })

  test('直派件单位领导通过后按设置直接办结报送上级，不再经中心审核', async () => {
    const made = await directAt('T-HEAT')
    const id = (await get('handler2', `/api/orders/${made.id}`)).assignments[0].id
    await walk.ok(post('handler2', `/api/assignments/${id}/sign`))
    await walk.ok(post('handler2', `/api/assignments/${id}/feedback`, { result: '已调节供热阀门。', contacted: 'yes', solved: 'yes', satisfied: 'yes' }))
    expect(['closed', 'pendingCallback']).toContain((await walk.ok(post('unitLeader2', `/api/assignments/${id}/review`, { outcome: 'accept' }))).orderState)
    expect((await get('reviewer', '/api/order-checks?automatic=true')).items[0]).toMatchObject({ orderId: made.id, ruleText: '直派件办结直接报送上级平台' })
  })
})
