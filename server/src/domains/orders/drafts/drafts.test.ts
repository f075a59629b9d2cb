import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import { testApp, type Client, type TestApp } from '../../../kernel/testing/index.ts'
import { DAY } from '../../../kernel/time/index.ts'
import { walkIn, type Walk } from '../reading/test-orders.ts'

let app: TestApp
let walk: Walk
let agent: Client
beforeAll(async () => {
  app = await testApp()
  walk = await walkIn(app)
  agent = await walk.who('agent')
})
afterAll(() => app.stop())

const save = (id: string, generation: number, text: string, client = agent) => client.put(`/api/orders/drafts/${id}`, { generation, title: text, phone: '13800001111', data: { title: text, requester: { phone: '13800001111' } } })

test('自动保存多代，旧代可恢复，只留最近五代', async () => {
  const id = randomUUID()
  for (let i = 0; i < 7; i++) expect(await walk.ok(save(id, i, `第${i + 1}稿`))).toMatchObject({ generation: i + 1 })
  const draft = await walk.ok(agent.get(`/api/orders/drafts/${id}`))
  expect(draft).toMatchObject({ title: '第7稿', data: { title: '第7稿' }, own: true })
  expect(draft.generations.map((g: { generation: number }) => g.generation)).toEqual([7, 6, 5, 4, 3])
  expect((await walk.ok(agent.get(`/api/orders/drafts/${id}?generation=4`))).data.title).toBe('第4稿')
  expect(await walk.ok(agent.post(`/api/orders/drafts/${id}/restore`, { generation: 4 }))).toMatchObject({ generation: 8 })
  expect((await walk.ok(agent.get(`/api/orders/drafts/${id}`))).data.title).toBe('第4稿')
  expect((await agent.post(`/api/orders/drafts/${id}/restore`, { generation: 1 })).status).toBe(404)
})

test('另一窗口已保存：409 并给出现在的代数，内容不丢', async () => {
  const id = randomUUID()
  await walk.ok(save(id, 0, '甲'))
  await walk.ok(save(id, 1, '乙'))
  expect(await save(id, 1, '丙')).toMatchObject({ status: 409, body: { code: 'orders.draftChanged', current: { generation: 2 } } })
  expect((await walk.ok(agent.get(`/api/orders/drafts/${id}`))).data.title).toBe('乙')
})

test('内容加密保存，自动保存不进审计', async () => {
  const id = randomUUID()
  await walk.ok(save(id, 0, '加密'))
  const stored = JSON.stringify(await walk.rows(sql`select * from order_draft d join order_draft_generation g on g.draft_id = d.id where d.id = ${id}`))
  expect(stored).not.toContain('13800001111')
  expect(await walk.rows(sql`select 1 from kernel_audit where object_id = ${id}`)).toEqual([])
})

test('别人打不开；有权的值班长可以，并留痕', async () => {
  const id = randomUUID()
  await walk.ok(save(id, 0, '他人草稿'))
  const other = await walk.who('agent2')
  for (const answer of [await other.get(`/api/orders/drafts/${id}`), await save(id, 1, '抢写', other), await other.delete(`/api/orders/drafts/${id}`)]) expect(answer.status).toBe(404)
  expect((await other.get('/api/orders/drafts?box=all')).status).toBe(403)
  const leader = await walk.who('shiftLeader')
  expect((await walk.ok(leader.get('/api/orders/drafts?box=all&phone=13800001111'))).items.map((d: { id: string }) => d.id)).toContain(id)
  expect((await walk.ok(leader.get(`/api/orders/drafts/${id}`))).own).toBe(false)
  expect(await walk.rows(sql`select 1 from kernel_audit where object_id = ${id} and act = 'access:getDraft'`)).toHaveLength(1)
})

test('提交后不留工作副本；删除的可在保留期内找回，过期清除', async () => {
  const [submitted, deleted] = [randomUUID(), randomUUID()]
  await walk.ok(save(submitted, 0, '将提交'))
  await walk.register({ draftId: submitted })
  expect(await walk.rows(sql`select 1 from order_draft_generation where draft_id = ${submitted}`)).toEqual([])
  await walk.ok(save(deleted, 0, '将删除'))
  await walk.ok(agent.delete(`/api/orders/drafts/${deleted}`))
  expect((await walk.ok(agent.get('/api/orders/drafts'))).items.map((d: { id: string }) => d.id)).not.toContain(deleted)
  expect((await walk.ok(agent.get('/api/orders/drafts?deleted=true'))).items.map((d: { id: string }) => d.id)).toContain(deleted)
  app.clock.advance(31 * DAY)
  await app.runTimers()
  expect(await walk.rows(sql`select 1 from order_draft`)).toEqual([])
})

test('来访来信：登记来源必选；草稿可改可删；提交后不能删除，只能撤单；别人看不出它提交过', async () => {
  const [visit, gone] = [randomUUID(), randomUUID()]
  const put = (id: string, generation: number, title: string) => agent.put(`/api/orders/drafts/${id}`, { generation, title, channel: 'visit', data: { title } })
  for (const id of [visit, gone]) await walk.ok(put(id, 0, '来访登记'))
  await walk.ok(put(visit, 1, '来访登记（改）'))
  const listed = (await walk.ok(agent.get('/api/orders/drafts?channel=visit,letter'))).items
  expect(listed.map((d: { id: string; channel: string }) => [d.id, d.channel])).toEqual(expect.arrayContaining([[visit, 'visit'], [gone, 'visit']]))
  await walk.ok(agent.delete(`/api/orders/drafts/${gone}`))
  const body = { requester: { name: '陈小满', phone: '19900018899' }, appealType: 'help', title: '来访反映', content: '多人来访', channel: 'visit', requesterCount: 6, draftId: visit }
  expect(await agent.post('/api/orders', body)).toMatchObject({ status: 422, body: { fields: [{ path: 'registrationSource' }] } })
  expect((await agent.post('/api/orders', { ...body, registrationSource: '不存在的系统' })).status).toBe(422)
  const order = await walk.ok(agent.post('/api/orders', { ...body, registrationSource: '省信访信息系统' }))
  expect(await walk.ok((await walk.who('reviewer')).get(`/api/orders/${order.id}`))).toMatchObject({ channel: 'visit', form: '来访', registrationSource: '省信访信息系统', requesterCount: 6 })
  expect(await agent.delete(`/api/orders/drafts/${visit}`)).toMatchObject({ status: 409, body: { code: 'orders.draftSubmitted' } })
  expect((await (await walk.who('agent2')).delete(`/api/orders/drafts/${visit}`)).status).toBe(404)
})
