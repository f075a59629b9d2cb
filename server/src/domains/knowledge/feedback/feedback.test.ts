// From an agent who finds nothing to an item that everybody finds; and an error that is reported, mended and answered.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import { testApp, type Answer, type Client, type TestApp } from '../../../kernel/testing/index.ts'
import { DAY } from '../../../kernel/time/index.ts'
import { seedKnowledge } from '../index.ts'

let app: TestApp
let agent: Client, handler: Client, unitLeader: Client, shiftLeader: Client, admin: Client, street: Client, other: Client
let heat: string
let ids: Map<string, string>
const visitor = () => app.nobody('public')
const ok = async (answer: Promise<Answer>): Promise<any> => {
  const { status, body } = await answer
  expect({ status, body: status === 200 ? 'ok' : body }).toEqual({ status: 200, body: 'ok' })
  return body
}

beforeAll(async () => {
  app = await testApp()
  const clients = await Promise.all(['agent', 'handler2', 'unitLeader2', 'shiftLeader', 'businessAdmin', 'streetHandler', 'otherAdmin'].map((login) => app.as(login)))
  ;[agent, handler, unitLeader, shiftLeader, admin, street, other] = clients as [Client, Client, Client, Client, Client, Client, Client]
  heat = (await sql<{ id: string }>`select id from platform_unit where code = 'T-HEAT'`.execute(app.app.runtime.db.withoutPlugins())).rows[0]?.id ?? ''
  ids = await app.command((ctx) => seedKnowledge(ctx, { directories: [{ code: 'heat', name: '供热' }], items: [
    { directory: 'heat', type: 'guide', title: '供热报停办理', keywords: ['报停'], body: '供暖前一个月申请报停。', fields: { materials: '身份证' }, audience: 'public', ownerUnitCode: 'T-HEAT', basis: '供热办法第九条' },
    { directory: 'heat', type: 'script', title: '停热内部口径', keywords: ['口径'], body: '先安抚后登记。', audience: 'centre' },
  ] }))
})
afterAll(() => app.stop())

test('座席查不到就向责任单位提问；单位答复生成草稿，审核发布后人人查得到；提问人得到通知', async () => {
  const asked = await ok(agent.post('/api/knowledge/questions', { title: '阀门更换谁出钱', text: '来电人问入户阀门', unitId: heat, source: 'order', sourceId: '00000000-0000-4000-8000-00000000aaaa', sourceLabel: '2611210001' }))
  expect(asked.unitName).toBe('测试市供热办')
  expect((await ok(handler.get('/api/knowledge/questions?box=unit'))).items).toMatchObject([{ title: '阀门更换谁出钱', state: 'open', overdue: false }])
  expect((await ok(street.get('/api/knowledge/questions'))).items).toEqual([])
  expect((await street.post(`/api/knowledge/questions/${asked.id}/answer`, { answer: '越权', version: 1 })).status).toBe(404)
  expect((await other.post(`/api/knowledge/questions/${asked.id}/answer`, { answer: '别的租户', version: 1 })).status).toBe(404)
  expect((await agent.post(`/api/knowledge/questions/${asked.id}/answer`, { answer: '无权', version: 1 })).status).toBe(403)
  const { ticketId } = await ok(handler.post(`/api/knowledge/questions/${asked.id}/answer`, { answer: '入户阀门以外由供热单位更换，以内由用户承担材料费。', version: 1 }))
  const ticket = await ok(handler.get(`/api/knowledge/tickets/${ticketId}`))
  expect(ticket).toMatchObject({ source: 'question', content: { title: '阀门更换谁出钱', wordings: ['来电人问入户阀门'] } })
  await ok(handler.post(`/api/knowledge/tickets/${ticketId}/submit`, { version: ticket.version }))
  for (const who of [unitLeader, shiftLeader]) await ok(who.post(`/api/knowledge/tickets/${ticketId}/decide`, { outcome: 'approve', version: (await ok(admin.get(`/api/knowledge/tickets/${ticketId}`))).version }))
  await ok(admin.post(`/api/knowledge/tickets/${ticketId}/publish`, { version: (await ok(admin.get(`/api/knowledge/tickets/${ticketId}`))).version }))
  expect((await ok(agent.get(`/api/knowledge/search?q=${encodeURIComponent('入户阀门')}`))).items[0]).toMatchObject({ title: '阀门更换谁出钱' })
  expect(JSON.stringify((await ok(agent.get('/api/messages'))).items)).toContain('提问已答复：阀门更换谁出钱')
  expect((await ok(agent.get('/api/knowledge/questions?box=mine'))).items).toMatchObject([{ state: 'answered', itemId: ticket.itemId }])
})

test('不属于本单位须说理由，由中心改派；超过时限显示超期并排在最前', async () => {
  const asked = await ok(agent.post('/api/knowledge/questions', { title: '路灯电费谁付', unitId: heat, urgent: true }))
  expect((await handler.post(`/api/knowledge/questions/${asked.id}/refuse`, { reason: '', version: 1 })).status).toBe(422)
  await ok(handler.post(`/api/knowledge/questions/${asked.id}/refuse`, { reason: '属于城管', version: 1 }))
  expect((await handler.post(`/api/knowledge/questions/${asked.id}/route`, { unitId: heat, version: 2 })).status).toBe(403)
  await ok(admin.post(`/api/knowledge/questions/${asked.id}/route`, { unitId: heat, version: 2 }))
  await ok(agent.post('/api/knowledge/questions', { title: '不急的问题' }))
  app.clock.advance(DAY / 8)
  expect((await ok(admin.get('/api/knowledge/questions?state=open'))).items[0]).toMatchObject({ title: '路灯电费谁付', overdue: true, urgent: true })
})

test('纠错从条目、检索和工单都能报；转单位、答复、核对不过的退回重办、办结；没有答复不能办结，报告人得到结果', async () => {
  const itemId = ids.get('供热报停办理') ?? ''
  const wrong = await ok(agent.post('/api/knowledge/reports', { kind: 'wrong', text: '期限写错了', itemId, source: 'item' }))
  await ok(agent.post('/api/knowledge/reports', { kind: 'gap', text: '没有充电桩的内容', source: 'search' }))
  await ok(agent.post('/api/knowledge/reports', { kind: 'contact', text: '电话打不通', source: 'order', sourceId: '00000000-0000-4000-8000-00000000aaaa', sourceLabel: '2611210001' }))
  const rows = (await ok(admin.get('/api/knowledge/reports'))).items
  expect(rows.map((row: { source: string }) => row.source).toSorted()).toEqual(['item', 'order', 'search'])
  expect(rows.find((row: { id: string }) => row.id === wrong.id)).toMatchObject({ itemTitle: '供热报停办理', itemVersion: 1, kindName: '内容错误' })
  expect((await admin.post(`/api/knowledge/reports/${wrong.id}/close`, { version: 1 })).body).toMatchObject({ code: 'knowledge.replyRequired', fields: [{ path: 'reply' }] })
  await ok(admin.post(`/api/knowledge/reports/${wrong.id}/forward`, { unitId: heat, opinion: '请核对', version: 1 }))
  expect((await street.post(`/api/knowledge/reports/${wrong.id}/reply`, { reply: '越权', maintenance: 'none', version: 2 })).status).toBe(404)
  await ok(handler.post(`/api/knowledge/reports/${wrong.id}/reply`, { reply: '已看', maintenance: 'none', version: 2 }))
  expect((await admin.post(`/api/knowledge/reports/${wrong.id}/forward`, { unitId: heat, version: 3 })).body).toMatchObject({ fields: [{ path: 'opinion', message: '退回重办须写明理由' }] })
  await ok(admin.post(`/api/knowledge/reports/${wrong.id}/forward`, { unitId: heat, opinion: '没有改正', version: 3 }))
  expect((await admin.post(`/api/knowledge/reports/${wrong.id}/close`, { version: 4 })).body.code).toBe('knowledge.replyRequired')
  await ok(handler.post(`/api/knowledge/reports/${wrong.id}/reply`, { reply: '已改为供暖前半个月', maintenance: 'revise', version: 4 }))
  const found = async (query: string): Promise<string[]> => (await ok(admin.get(`/api/knowledge/reports?${query}`))).items.map((row: { kind: string }) => row.kind)
  expect([await found(`unitId=${heat}`), await found('source=order'), await found('maintenance=revise'), await found('maintenance=none'), await found(`q=${encodeURIComponent('充电桩')}`)]).toEqual([['wrong'], ['contact'], ['wrong'], [], ['gap']])
  expect(JSON.stringify((await ok(admin.get('/api/messages'))).items)).toContain('知识纠错待核对办结：供热报停办理')
  expect(await ok(admin.post(`/api/knowledge/reports/${wrong.id}/close`, { version: 5 }))).toMatchObject({ state: 'closed' })
  expect((await ok(agent.get('/api/knowledge/reports?box=mine&state=closed'))).items).toMatchObject([{ reply: '已改为供暖前半个月', maintenanceName: '修订' }])
  expect((await handler.get('/api/knowledge/reports?box=mine')).body.items).toEqual([])
})

test('门户只查得到公众范围内、有效的知识，写明依据和来源；内部口径用任何方式都打不开', async () => {
  const found = await ok(visitor().post('/api/public/questions/search', { query: '怎么报停供热' }))
  expect(found.items[0]).toMatchObject({ id: `kno:${ids.get('供热报停办理')}`, category: '供热' })
  const open = await ok(visitor().get(`/api/public/questions/${found.items[0].id}`))
  expect(open).toMatchObject({ title: '供热报停办理', body: { basis: '供热办法第九条', source: '测试市供热办', version: 1, fields: [{ label: '办理材料', value: '身份证' }] } })
  expect(JSON.stringify(await ok(visitor().post('/api/public/questions/search', { query: '停热内部口径' })))).not.toContain('口径')
  expect((await visitor().get(`/api/public/questions/kno:${ids.get('停热内部口径')}`)).status).toBe(404)
  expect(found.categories).toContainEqual({ name: '供热', count: 1 })
  await ok(admin.post(`/api/knowledge/items/${ids.get('供热报停办理')}/suspend-now`, { reason: '过时' }))
  expect((await visitor().get(`/api/public/questions/${found.items[0].id}`)).status).toBe(404)
})

test('应急推送：每个受理人员须确认，重复确认不改时间；期间知识锁定返回 423，结束后可改；未发布的不能推送', async () => {
  const itemId = ids.get('停热内部口径') ?? ''
  expect((await agent.post('/api/knowledge/emergencies', { itemId, wording: '统一口径' })).status).toBe(403)
  expect((await shiftLeader.post('/api/knowledge/emergencies', { itemId: ids.get('供热报停办理'), wording: '已下架的' })).body.code).toBe('knowledge.emergencyUnpublished')
  const push = await ok(shiftLeader.post('/api/knowledge/emergencies', { itemId, wording: '抢修中，22 时前恢复', level: 'major' }))
  expect(push).toMatchObject({ version: 1, confirmed: 0, blocksCalls: true })
  expect((await ok(handler.get('/api/knowledge/emergencies/mine'))).items).toEqual([])
  expect((await ok(agent.get('/api/knowledge/emergencies/mine'))).items).toMatchObject([{ wording: '抢修中，22 时前恢复' }])
  const first = await ok(agent.post(`/api/knowledge/emergencies/${push.id}/confirm`))
  app.clock.advance(60_000)
  expect((await ok(agent.post(`/api/knowledge/emergencies/${push.id}/confirm`))).at).toBe(first.at)
  expect((await ok(agent.get('/api/knowledge/emergencies/mine'))).items).toEqual([])
  expect((await other.post(`/api/knowledge/emergencies/${push.id}/confirm`)).status).toBe(404)
  const receipts = (await ok(shiftLeader.get(`/api/knowledge/emergencies/${push.id}/receipts`))).items
  expect(receipts[0].at).toBeNull()
  expect(receipts.find((one: { name: string }) => one.name === '测试agent').at).toBe(first.at)
  expect(await admin.post(`/api/knowledge/items/${itemId}/modify`)).toMatchObject({ status: 423, body: { code: 'knowledge.locked' } })
  expect((await admin.post(`/api/knowledge/items/${itemId}/suspend-now`, { reason: '试' })).status).toBe(423)
  await ok(shiftLeader.post(`/api/knowledge/emergencies/${push.id}/end`))
  expect((await shiftLeader.post(`/api/knowledge/emergencies/${push.id}/end`)).status).toBe(409)
  expect((await admin.post(`/api/knowledge/items/${itemId}/modify`)).status).toBe(200)
})
