import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'
import { HOUR } from '../../../kernel/time/index.ts'
import { walkIn, type Walk } from '../reading/test-orders.ts'
import { publicOrder } from '../public/public-order.ts'

let app: TestApp
let walk: Walk
let tenant = ''
beforeAll(async () => {
  app = await testApp()
  walk = await walkIn(app)
})
afterAll(() => app.stop())

const post = async (login: string, path: string, body: unknown) => walk.ok((await walk.who(login)).post(path, body))
let n = 0
async function label(name: string, classCode = 'own'): Promise<string> {
  n += 1
  const [unit] = await walk.rows(sql<{ tenant_id: string }>`select tenant_id from platform_unit where id = ${walk.unit('T-URBAN')}`)
  tenant = unit?.tenant_id ?? ''
  await walk.rows(sql`insert into platform_label_class (tenant_id, code, name, changed_at, changed_by) values (${tenant}, ${classCode}, ${classCode}, now(), '测试') on conflict do nothing returning code`)
  const made = await post('tenantadmin', '/api/labels', { classCode, code: `T-${n}`, name })
  const { version } = await walk.ok((await walk.who('tenantadmin')).get(`/api/labels/${made.id}`))
  if (made.state !== 'enabled') await post('tenantadmin', `/api/labels/${made.id}/state`, { state: 'enabled', version })
  return made.id
}
const marks = async (id: string, login = 'reviewer') => walk.ok((await walk.who(login)).get(`/api/orders/${id}/labels`))

describe('操作标签与内部备注', () => {
  test('打上的标签和备注可在员工查询中按条件找到，公众接口和答复里没有', async () => {
    const urgent = await label('多次来电催促', 'operation')
    const order = await walk.register({ title: '内部标记用例' })
    await post('agent', `/api/orders/${order.id}/labels`, { add: [urgent] })
    await post('reviewer', `/api/orders/${order.id}/notes`, { text: '诉求人情绪激动，请先电话安抚' })
    const where = encodeURIComponent(JSON.stringify({ all: [{ field: 'labels', op: 'has', value: [urgent] }, { field: 'note', op: 'is', value: true }] }))
    const found = await walk.ok((await walk.who('reviewer')).get(`/api/orders/query?where=${where}`))
    expect(found.items).toMatchObject([{ id: order.id, labels: [{ name: '多次来电催促' }] }])
    const [row] = await walk.rows(sql<Record<string, unknown>>`select * from order_order where id = ${order.id}`)
    const shown = JSON.stringify(await app.query((ctx) => publicOrder(ctx, row as never), { tenantId: tenant }))
    expect(shown).not.toContain('催促')
    expect(shown).not.toContain('安抚')
    const entries = await walk.rows(sql<{ visibility: string }>`select visibility from order_timeline where order_id = ${order.id} and act in ('label', 'note')`)
    expect(entries.map((e) => e.visibility)).toEqual(['internal', 'internal'])
  })

  test('承办单位看到标签，看不到中心备注；不能打标签', async () => {
    const known = await label('重点小区')
    const order = await walk.dispatched()
    await post('reviewer', `/api/orders/${order.id}/labels`, { add: [known] })
    await post('reviewer', `/api/orders/${order.id}/notes`, { text: '仅中心可见' })
    expect(await marks(order.id, 'handler')).toMatchObject({ labels: [{ name: '重点小区' }], notes: [], mayChange: false })
    expect((await (await walk.who('handler')).post(`/api/orders/${order.id}/labels`, { add: [known] })).status).toBe(403)
  })

  test('移除留痕；停用的、不存在的标签打不上；别人的工单 404', async () => {
    const known = await label('可移除')
    const order = await walk.register({}, 'agent2')
    await post('reviewer', `/api/orders/${order.id}/labels`, { add: [known] })
    await post('reviewer', `/api/orders/${order.id}/labels`, { remove: [known], reason: '误打' })
    expect((await marks(order.id)).labels).toEqual([])
    expect(await walk.rows(sql`select 1 as one from order_label where order_id = ${order.id} and removed_by_name is not null and remove_reason = '误打'`)).toHaveLength(1)
    expect((await (await walk.who('reviewer')).post(`/api/orders/${order.id}/labels`, { add: ['00000000-0000-7000-8000-000000000001'] })).status).toBe(422)
    expect((await (await walk.who('agent')).post(`/api/orders/${order.id}/labels`, { add: [known] })).status).toBe(404)
  })

  test('批量打标签：一件失败不影响其余', async () => {
    const known = await label('批量')
    const [a, b] = [await walk.register(), await walk.register()]
    const done = await post('reviewer', '/api/orders/labels', { orderIds: [a.id, b.id, '00000000-0000-7000-8000-000000000001'], add: [known] })
    expect(done).toMatchObject({ changed: 2, skipped: [{ reason: '工单不存在或您无权查看' }] })
  })
})

describe('标签规则', () => {
  test('退回两次自动打“多次退回”，注明规则；停用的规则不打', async () => {
    const twice = await label('多次退回')
    const off = await label('停用规则标签')
    const rule = await post('tenantadmin', '/api/order-label-rules', { name: '退回两次', labelId: twice, triggers: ['returnDecided'], condition: { all: [{ field: 'returnCount', op: 'gte', value: 2 }] }, enabled: true })
    await post('tenantadmin', '/api/order-label-rules', { name: '停用的', labelId: off, triggers: ['returnDecided', 'registered'], condition: { all: [] } })
    const order = await walk.dispatched()
    const pending = async (orderId: string) => (await walk.rows(sql<{ id: string }>`select id from order_request where order_id = ${orderId} and state = 'pending'`))[0]?.id ?? ''
    await post('handler', `/api/assignments/${order.first}/request-return`, { reasonClass: '非职责', reason: '不属于本单位职责' })
    await post('unitleader', `/api/order-requests/${await pending(order.id)}/decide`, { outcome: 'approve', opinion: '同意' })
    await post('reviewer', `/api/order-requests/${await pending(order.id)}/decide`, { outcome: 'approve', opinion: '同意' })
    await app.drain()
    expect((await marks(order.id)).labels).toEqual([])
    const again = await post('dispatcher', `/api/orders/${order.id}/dispatch`, { units: [{ unitId: walk.unit('T-URBAN'), role: 'lead' }], overrideReason: '经核实属其职责' })
    await post('handler', `/api/assignments/${again.assignments[0].id}/request-return`, { reasonClass: '非职责', reason: '仍不属于' })
    await post('unitleader', `/api/order-requests/${await pending(order.id)}/decide`, { outcome: 'approve', opinion: '同意' })
    await post('reviewer', `/api/order-requests/${await pending(order.id)}/decide`, { outcome: 'approve', opinion: '同意' })
    await app.drain()
    expect((await marks(order.id)).labels).toMatchObject([{ name: '多次退回', source: 'rule', ruleName: '退回两次' }])
    const hits = await walk.ok((await walk.who('tenantadmin')).get(`/api/order-label-rules/${rule.id}/hits`))
    expect(hits.items).toMatchObject([{ orderId: order.id }])
    const listed = await walk.ok((await walk.who('tenantadmin')).get('/api/order-label-rules'))
    expect(listed.items.find((r: { id: string }) => r.id === rule.id)).toMatchObject({ added: 1, enabled: true })
  })

  test('试运行给出命中数和样例，不打标签；错的条件不能保存', async () => {
    const known = await label('试运行')
    const order = await walk.register({ title: '试运行专用工单' })
    const trial = await post('tenantadmin', '/api/order-label-rules/trial', { condition: { all: [{ field: 'words', op: 'has', value: '试运行专用' }] }, days: 7 })
    expect(trial).toMatchObject({ count: { value: 1 }, sample: [{ id: order.id }] })
    expect((await marks(order.id)).labels).toEqual([])
    const admin = await walk.who('tenantadmin')
    expect((await admin.post('/api/order-label-rules', { name: '错', labelId: known, triggers: ['registered'], condition: { all: [{ field: 'nope', op: 'is' }] } })).status).toBe(422)
    expect((await (await walk.who('reviewer')).get('/api/order-label-rules')).status).toBe(403)
  })

  test('每小时检查的规则给久未办结的工单打标签', async () => {
    const known = await label('久拖未决')
    await post('tenantadmin', '/api/order-label-rules', { name: '三天未办结', labelId: known, triggers: ['hourly'], condition: { all: [{ field: 'openDays', op: 'gte', value: 3 }] }, enabled: true })
    const order = await walk.register()
    app.clock.advance(80 * HOUR)
    await app.runTimers()
    expect((await marks(order.id)).labels).toMatchObject([{ name: '久拖未决', source: 'rule' }])
  })
})
