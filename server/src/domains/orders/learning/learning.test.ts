import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'
import { discoverClusters } from './discover-clusters.ts'
import { feedbackText, walkIn, type Walk } from '../reading/test-orders.ts'

let app: TestApp
let walk: Walk
beforeAll(async () => {
  app = await testApp()
  walk = await walkIn(app)
}, 120_000)
afterAll(() => app.stop())

async function run(code: string, mode: string): Promise<void> {
  const admin = await walk.who('tenantAdmin')
  const { version } = (await walk.ok(admin.get('/api/ai/applications'))).items.find((a: { code: string }) => a.code === code)
  await walk.ok(admin.patch(`/api/ai/applications/${code}`, { mode, candidates: 3, threshold: 0.5, limitMs: 3000, target: 0.9, reason: '试用', version }))
}

test('审核结果时检查答复：推给不承办的单位会被指出，不拦审核；别的单位的人看不到，关闭后不再检查', async () => {
  const order = await walk.dispatched()
  const path = `/api/orders/${order.id}/check-reply`
  const [wrong] = await walk.rows(sql<{ name: string }>`select name from platform_unit where code = 'T-HEAT'`)
  const [own] = await walk.rows(sql<{ name: string }>`select name from platform_unit where code = 'T-URBAN'`)
  const reviewer = await walk.who('reviewer')
  const text = `该事项属于${wrong?.name}职责范围，请向${wrong?.name}反映。`
  expect(await walk.ok(reviewer.post(path, { reply: text }))).toMatchObject({ available: true, findings: [{ fault: 'otherUnit', instead: wrong?.name }] })
  expect((await walk.ok(reviewer.post(path, { reply: `该事项由${own?.name}负责。` }))).findings).toEqual([])
  expect((await (await walk.who('handler2')).post(path, { reply: text })).status).toBe(404)
  expect((await reviewer.post(path, { reply: '长'.repeat(5001) })).status).toBe(422)
  await walk.ok((await walk.who('handler')).post(`/api/assignments/${order.first}/sign`))
  await walk.ok((await walk.who('handler')).post(`/api/assignments/${order.first}/feedback`, feedbackText))
  await walk.ok((await walk.who('unitLeader')).post(`/api/assignments/${order.first}/review`, { outcome: 'accept' }))
  await walk.ok(reviewer.post(`/api/orders/${order.id}/review-result`, { outcome: 'accept', reply: text }))
  await run('inspect-reply', 'off')
  expect(await walk.ok(reviewer.post(path, { reply: text }))).toEqual({ available: false, compared: 0, findings: [] })
})

test('标签建议：文中写到的标签列出依据；打上的、被人去掉的不再建议；没有权限的人看不到', async () => {
  const { tenantId } = await app.actor('reviewer')
  await walk.rows(sql`insert into platform_label_class (tenant_id, code, name, changed_at, changed_by) values (${tenantId}, 'own', 'own', now(), '测试') on conflict do nothing returning code`)
  const admin = await walk.who('tenantAdmin')
  const made = await walk.ok(admin.post('/api/labels', { classCode: 'own', code: 'lamp', name: '路灯照明' }))
  if (made.state !== 'enabled') await walk.ok(admin.post(`/api/labels/${made.id}/state`, { state: 'enabled', version: (await walk.ok(admin.get(`/api/labels/${made.id}`))).version }))
  const label = { id: made.id as string, name: '路灯照明' }
  const order = await walk.register({ title: `反映${label.name}`, content: `这里说的是${label.name}的事，请处理。` })
  const reviewer = await walk.who('reviewer')
  const path = `/api/orders/${order.id}/propose-labels`
  const first = await walk.ok(reviewer.post(path, {}))
  expect(first.items[0]).toMatchObject({ id: label.id, name: label.name, reason: label.name })
  await walk.ok(reviewer.post(`/api/orders/${order.id}/labels`, { add: [label.id], remove: [] }))
  expect(await walk.ok(reviewer.post(`/api/ai/suggestions/${first.suggestionId}/outcome`, { chosen: label.id }))).toEqual({ outcome: 'acceptedFirst' })
  expect((await walk.ok(reviewer.post(path, {}))).items.map((i: { id: string }) => i.id)).not.toContain(label.id)
  await walk.ok(reviewer.post(`/api/orders/${order.id}/labels`, { add: [], remove: [label.id], reason: '不符' }))
  expect((await walk.ok(reviewer.post(path, {}))).items.map((i: { id: string }) => i.id)).not.toContain(label.id)
  expect((await (await walk.who('handler')).post(path, {})).status).toBe(403)
})

test('同一事件的多件工单：提出事件集等人确认，确认后成员随之加入；人解散过的不再提出，关闭后不再提出', async () => {
  const tellings = ['和平里小区电梯停运一个月', '和平里电梯坏了没人修，老人下不了楼', '和平里小区两部电梯都停了', '投诉和平里物业，电梯停运不维修', '和平里三号楼电梯故障，要求修好电梯', '和平里电梯停运，轮椅出不了门']
  const orders = []
  for (const [i, title] of tellings.entries()) orders.push(await walk.register({ title, content: `${title}，已经和物业说过多次，请督促维修电梯。`, requester: { name: '陈小满', phone: `1390009${String(1000 + i)}` } }))
  for (const other of ['公交车班次太少', '学校食堂饭菜凉', '路边烧烤油烟大', '培训班不退学费', '夜间施工噪音']) await walk.register({ title: other, content: `${other}，希望处理，${other}影响生活。` })
  await app.command(discoverClusters)
  const reviewer = await walk.who('reviewer')
  const { items } = await walk.ok(reviewer.get('/api/order-sets?state=proposed'))
  const set = items.find((s: { core: string }) => s.core.includes('电梯'))
  expect(set).toMatchObject({ state: 'proposed', members: 0 })
  const listed = (await walk.ok(reviewer.get(`/api/order-sets/${set.id}`))).memberList.map((m: { orderId: string }) => m.orderId)
  expect(listed.length).toBeGreaterThanOrEqual(5)
  expect(orders.map((o) => o.id)).toEqual(expect.arrayContaining(listed))
  await app.command(discoverClusters)
  expect((await walk.ok(reviewer.get('/api/order-sets?state=proposed'))).items).toHaveLength(items.length)
  await walk.ok(reviewer.post(`/api/order-sets/${set.id}/confirm`, { orderIds: listed.slice(0, 4) }))
  expect(await walk.ok(reviewer.get(`/api/order-sets/${set.id}`))).toMatchObject({ state: 'open', members: 4 })
  expect((await (await walk.who('handler')).post(`/api/order-sets/${set.id}/confirm`, {})).status).toBe(403)
  expect(await walk.rows(sql`select 1 as n from platform_message where type = 'order.setProposed' limit 1`)).toHaveLength(1)
  await run('cluster', 'off')
  for (let i = 0; i < 6; i++) await walk.register({ title: '新村路积水', content: `新村路下雨就积水，车辆熄火，第${i}次反映积水` })
  await app.command(discoverClusters)
  expect((await walk.ok(reviewer.get('/api/order-sets?state=proposed'))).items.some((s: { core: string }) => s.core.includes('积水'))).toBe(false)
})

test('词库里的阻断词：办结意见和答复里有就退回，接口强行提交也不行，去掉即可；敏感词登记时只提示', async () => {
  const admin = await walk.who('tenantAdmin')
  await walk.ok(admin.put('/api/words', { kind: 'block', word: '无可奉告' }))
  await walk.ok(admin.put('/api/words', { kind: 'sensitive', word: '扬言', category: '极端行为', grade: 'high' }))
  const found = await walk.ok((await walk.who('agent')).post('/api/orders/proofread', { appealType: 'help', title: '路灯不亮', content: '再不修就扬 言要去堵路', address: '', phone: '13912345678', elements: {} }))
  expect(found.findings).toContainEqual(expect.objectContaining({ rule: 'sensitiveWord', message: '敏感词“扬言”，极端行为，等级高' }))
  const order = await walk.dispatched()
  const handler = await walk.who('handler')
  await walk.ok(handler.post(`/api/assignments/${order.first}/sign`))
  expect(await handler.post(`/api/assignments/${order.first}/feedback`, { ...feedbackText, result: '此事无可 奉告，请谅解，路灯已经修好。' })).toMatchObject({ status: 422, body: { code: 'orders.blockedWords', fields: [{ path: 'result', message: '请去掉：无可奉告' }] } })
  await walk.ok(handler.post(`/api/assignments/${order.first}/feedback`, feedbackText))
  await walk.ok((await walk.who('unitLeader')).post(`/api/assignments/${order.first}/review`, { outcome: 'accept' }))
  const reviewer = await walk.who('reviewer')
  expect((await reviewer.post(`/api/orders/${order.id}/review-result`, { outcome: 'accept', reply: '无可奉告' })).status).toBe(422)
  await walk.ok(reviewer.post(`/api/orders/${order.id}/review-result`, { outcome: 'accept' }))
})
