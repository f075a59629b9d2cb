// Who is told of which knowledge, once, and what the log says of it (KNO-26).
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp, type Answer, type Client, type TestApp } from '../../../kernel/testing/index.ts'
import { HOUR, MINUTE } from '../../../kernel/time/index.ts'
import { docOf } from '../document.ts'
import { seedKnowledge } from '../seed.ts'
import { outcomeOf } from './queues.ts'

let app: TestApp
let admin: Client, keeper: Client, agent: Client, below: Client
let ids: Map<string, string>
let centre: string

const ok = async (answer: Promise<Answer>): Promise<any> => {
  const { status, body } = await answer
  expect({ status, body: status === 200 ? 'ok' : body }).toEqual({ status: 200, body: 'ok' })
  return body
}
const idOf = (title: string): string => ids.get(title) ?? ''
const told = async (title: string): Promise<string[]> => (await sql<{ login: string }>`select u.login from platform_message m join platform_user u on u.tenant_id = m.tenant_id and u.id = m.user_id where m.type = 'knowledge.notice' and m.title = ${title} order by u.login`.execute(app.app.runtime.db.withoutPlugins())).rows.map((row) => row.login)
const template = (name: string, more: Record<string, unknown> = {}) => ok(admin.post('/api/knowledge/notice-templates', { name, title: `${name}：{title}`, body: '{type} {code}', trigger: 'added', enabled: true, ...more }))

beforeAll(async () => {
  app = await testApp()
  ;[admin, keeper, agent, below] = (await Promise.all(['businessAdmin', 'matterManager', 'agent', 'countyReviewer'].map((login) => app.as(login)))) as [Client, Client, Client, Client]
  const plain = app.app.runtime.db.withoutPlugins()
  const unit = async (code: string) => (await sql<{ id: string }>`select id from platform_unit where code = ${code}`.execute(plain)).rows[0]?.id ?? ''
  centre = await unit('T-CENTRE')
  ids = await app.command((ctx) => seedKnowledge(ctx, { directories: [{ code: 'heat', name: '供热' }], items: ['供热收费', '测温方法'].map((title) => ({ directory: 'heat', type: 'guide', title, keywords: [], body: `${title}的办法。`, audience: 'staff' as const })) }))
})
afterAll(() => app.stop())

/** Written, reviewed and published over HTTP. */
async function publish(title: string, more: Record<string, unknown> = {}): Promise<string> {
  const [reviewer, shiftLeader] = [await app.as('reviewer'), await app.as('shiftLeader')]
  const directoryId = (await ok(admin.get('/api/knowledge/directories'))).items[0].id
  const made = await ok(reviewer.post('/api/knowledge/items', { content: { typeCode: 'policy', directoryId, ownerUnitId: centre, title, keywords: [], body: docOf(`${title}。`), audience: 'staff', ...more } }))
  const version = async () => (await ok(admin.get(`/api/knowledge/tickets/${made.ticketId}`))).version
  await ok(reviewer.post(`/api/knowledge/tickets/${made.ticketId}/submit`, { version: 1 }))
  await ok(shiftLeader.post(`/api/knowledge/tickets/${made.ticketId}/decide`, { outcome: 'approve', version: await version() }))
  await ok(admin.post(`/api/knowledge/tickets/${made.ticketId}/publish`, { publishAt: null, version: await version() }))
  return made.itemId
}
const pass = async (ms: number) => { app.clock.advance(ms); await app.runTimers() }

test('政策发布 24 小时后通知兼有角色和权限、又看得到这条知识的人；到时已下架的不发；两个模板只通知一次', async () => {
  await template('政策更新', { typeCodes: ['policy'], delayHours: 24, roleCodes: ['agent', 'handler'], permission: 'knowledge.read' })
  await template('采编知悉', { typeCodes: ['policy'], delayHours: 25, roleCodes: ['agent', 'handler'], permission: 'knowledge.edit' })
  await template('停用的', { enabled: false })
  await publish('医保新政')
  await publish('仅供中心的政策', { audience: 'centre' })
  const gone = await publish('发错的政策')
  await pass(23 * HOUR)
  expect(await told('政策更新：医保新政')).toEqual([])
  await ok(admin.post(`/api/knowledge/items/${gone}/suspend-now`, { reason: '发错' }))
  await pass(HOUR + MINUTE)
  const first = await told('政策更新：医保新政')
  expect(first).toEqual(expect.arrayContaining(['agent', 'handler']))
  for (const other of ['reviewer', 'shiftLeader', 'businessAdmin', 'countyReviewer']) expect(first).not.toContain(other)
  // Handlers of other units may not read it: they do not learn its title either.
  expect(await told('政策更新：仅供中心的政策')).toContain('agent')
  expect(await told('政策更新：仅供中心的政策')).not.toContain('handler')
  expect(await told('政策更新：发错的政策')).toEqual([])
  await pass(HOUR)
  expect(await told('采编知悉：医保新政')).toEqual([])
  expect(await told('停用的：医保新政')).toEqual([])
  const log = (await ok(admin.get('/api/knowledge/notices'))).items
  expect(log.map((one: { title: string }) => one.title)).not.toContain('政策更新：发错的政策')
  expect(log.find((one: { title: string }) => one.title === '政策更新：医保新政')).toMatchObject({ told: first.length, spared: 0, outcome: 'inApp', queueName: null, itemTitle: '医保新政' })
  expect(log.find((one: { title: string }) => one.title === '采编知悉：医保新政')).toMatchObject({ told: 0, spared: expect.any(Number) })
})

test('队列只归建立的人；立即发送、定时发送、移除；删除队列后不再发；用过的模板不能删', async () => {
  const { id: templateId } = await template('学习推荐', { trigger: 'byHand', roleCodes: ['agent'] })
  const { id } = await ok(admin.post('/api/knowledge/notice-queues', { name: '本周学习', description: '早会' }))
  expect((await admin.post('/api/knowledge/notice-queues', { name: '本周学习' })).status).toBe(422)
  expect((await ok(keeper.get('/api/knowledge/notice-queues'))).items).toEqual([])
  for (const answer of [keeper.post(`/api/knowledge/notice-queues/${id}/entries`, { itemIds: [idOf('供热收费')], templateId }), keeper.delete(`/api/knowledge/notice-queues/${id}`), below.delete(`/api/knowledge/notice-queues/${id}`)]) expect([403, 404]).toContain((await answer).status)
  expect((await ok(keeper.get(`/api/knowledge/notice-queues/${id}/entries`))).items).toEqual([])
  expect((await agent.get('/api/knowledge/notice-queues')).status).toBe(403)
  expect((await ok(admin.get(`/api/knowledge/notice-queues?q=${encodeURIComponent('早会')}`))).items).toMatchObject([{ id, waiting: 0, sent: 0 }])
  const sent = await ok(admin.post(`/api/knowledge/notice-queues/${id}/entries`, { itemIds: [idOf('供热收费')], templateId }))
  expect(sent).toMatchObject({ added: 1, told: (await told('学习推荐：供热收费')).length })
  expect(sent.told).toBeGreaterThan(0)
  // Handed out again: nobody is told twice of one version.
  expect((await ok(admin.post(`/api/knowledge/notice-queues/${id}/entries`, { itemIds: [idOf('供热收费')], templateId }))).told).toBe(0)
  const later = new Date(app.clock.now() + HOUR).toISOString()
  expect((await admin.post(`/api/knowledge/notice-queues/${id}/entries`, { itemIds: [idOf('测温方法')], templateId, sendAt: '2020-01-01T00:00:00.000Z' })).status).toBe(422)
  await ok(admin.post(`/api/knowledge/notice-queues/${id}/entries`, { itemIds: [idOf('测温方法')], templateId, sendAt: later }))
  const [waiting] = (await ok(admin.get(`/api/knowledge/notice-queues/${id}/entries`))).items
  expect(waiting).toMatchObject({ itemTitle: '测温方法', state: 'waiting' })
  expect((await keeper.delete(`/api/knowledge/notices/${waiting.id}`)).status).toBe(404)
  expect((await admin.delete(`/api/knowledge/notice-templates/${templateId}`)).body).toMatchObject({ code: 'knowledge.templateUsed' })
  expect((await ok(admin.delete(`/api/knowledge/notice-queues/${id}`))).dropped).toBe(1)
  await pass(2 * HOUR)
  expect(await told('学习推荐：测温方法')).toEqual([])
  const { id: unused } = await template('没用过的')
  expect((await agent.delete(`/api/knowledge/notice-templates/${unused}`)).status).toBe(403)
  expect((await ok(admin.post('/api/knowledge/notice-templates/enable', { ids: [unused], enabled: false }))).changed).toBe(1)
  await ok(admin.delete(`/api/knowledge/notice-templates/${unused}`))
  expect(await admin.post('/api/knowledge/notice-templates', { name: '坏的', title: '{phone}', trigger: 'added' })).toMatchObject({ status: 422, body: { fields: [{ path: 'title' }] } })
})

test('送达结果：只有站内、进行中、全部成功、部分成功、失败', () => {
  expect([{ out: 0, failed: 0, waiting: 0 }, { out: 3, failed: 1, waiting: 1 }, { out: 3, failed: 0, waiting: 0 }, { out: 3, failed: 1, waiting: 0 }, { out: 3, failed: 3, waiting: 0 }].map(outcomeOf)).toEqual(['inApp', 'underway', 'success', 'partial', 'failure'])
})
