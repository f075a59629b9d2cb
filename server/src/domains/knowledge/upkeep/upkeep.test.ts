// Units confirm what they own, and what is used most comes to the front.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp, type Answer, type Client, type TestApp } from '../../../kernel/testing/index.ts'
import { cite, seedKnowledge } from '../index.ts'
import { runPolicies } from './policies.ts'

let app: TestApp
let agent: Client, handler: Client, street: Client, admin: Client
let heat: string
let ids: Map<string, string>
const idOf = (title: string): string => ids.get(title) ?? ''
const ok = async (answer: Promise<Answer>): Promise<any> => {
  const { status, body } = await answer
  expect({ status, body: status === 200 ? 'ok' : body }).toEqual({ status: 200, body: 'ok' })
  return body
}
/** As if days had gone by for what was written before. */
const age = async (days: number): Promise<void> => {
  const db = app.app.runtime.db.withoutPlugins()
  await sql`update knowledge_item set confirmed_at = confirmed_at - make_interval(days => ${days}::int)`.execute(db)
  await sql`update knowledge_confirmation set begun_at = begun_at - make_interval(days => ${days}::int), due_at = due_at - make_interval(days => ${days}::int) where state = 'open'`.execute(db)
}
const run = () => app.command((ctx) => runPolicies(ctx))
const open = async (who: Client): Promise<any[]> => (await ok(who.get('/api/knowledge/confirmations?state=open'))).items

beforeAll(async () => {
  app = await testApp()
  ;[agent, handler, street, admin] = (await Promise.all(['agent', 'handler2', 'streetHandler', 'businessAdmin'].map((login) => app.as(login)))) as [Client, Client, Client, Client]
  heat = (await sql<{ id: string }>`select id from platform_unit where code = 'T-HEAT'`.execute(app.app.runtime.db.withoutPlugins())).rows[0]?.id ?? ''
  ids = await app.command((ctx) => seedKnowledge(ctx, { directories: [{ code: 'heat', name: '供热' }], items: ['供热报停', '供热收费', '测温方法'].map((title) => ({ directory: 'heat', type: 'guide', title, keywords: [title], body: `${title}的办法。`, ...(title === '测温方法' ? {} : { ownerUnitCode: 'T-HEAT' }) })) }))
})
afterAll(() => app.stop())

test('一天的确认策略：任务到期出现，逾期标记并提醒，确认后重新计时；停用的策略不再产生任务', async () => {
  expect((await handler.post('/api/knowledge/policies', { name: '越权' })).status).toBe(403)
  const { id } = await ok(admin.post('/api/knowledge/policies', { name: '供热每日确认', unitIds: [heat], periodDays: 1, deadlineDays: 1, reminderDays: [1] }))
  expect((await admin.post('/api/knowledge/policies', { name: '供热每日确认' })).body.fields).toMatchObject([{ path: 'name' }])
  await run()
  expect(await open(handler)).toEqual([])
  await age(2)
  await run()
  await run()
  expect((await open(handler)).map((one) => [one.title, one.overdue]).toSorted()).toEqual([['供热报停', false], ['供热收费', false]])
  expect(await open(street)).toEqual([])
  expect((await agent.get('/api/knowledge/confirmations')).status).toBe(403)
  await age(2)
  await run()
  expect((await ok(handler.get('/api/knowledge/confirmations?overdue=true'))).items).toHaveLength(2)
  expect(JSON.stringify((await ok(handler.get('/api/messages'))).items)).toContain('知识逾期未确认：供热报停')
  await ok(handler.post(`/api/knowledge/items/${idOf('供热报停')}/confirm`))
  await run()
  expect((await open(handler)).map((one) => one.title)).toEqual(['供热收费'])
  expect((await ok(admin.get('/api/knowledge/confirmations/rates'))).items).toMatchObject([{ due: 2, inTime: 0, late: 1, overdue: 1 }])
  expect((await ok(admin.get('/api/knowledge/policies'))).items).toMatchObject([{ id, items: 2, open: 1, overdue: 1 }])
  const [policy] = (await ok(admin.get('/api/knowledge/policies'))).items
  const saved = { id, name: policy.name, unitIds: [heat], periodDays: 1, deadlineDays: 1, version: 1 }
  await ok(admin.post('/api/knowledge/policies', { ...saved, enabled: false }))
  expect((await admin.post('/api/knowledge/policies', { ...saved, enabled: true })).status).toBe(409)
  await age(5)
  await run()
  expect(await open(handler)).toEqual([])
})

test('逾期自动下架的策略：逾期后从检索消失', async () => {
  await ok(admin.post('/api/knowledge/policies', { name: '测温半年确认', typeCodes: ['guide'], periodDays: 180, deadlineDays: 0, suspends: true }))
  await age(400)
  await run()
  await age(1)
  await run()
  expect(await ok(agent.get(`/api/knowledge/items/${idOf('测温方法')}`))).toMatchObject({ why: '已下架', content: null })
})

test('周期内检索打开和引用最多的进热榜；可置顶、可隐藏；看不到的不出现', async () => {
  const again = await app.command((ctx) => seedKnowledge(ctx, { directories: [{ code: 'hot', name: '热点' }], items: [{ directory: 'hot', type: 'faq', title: '停水怎么办', keywords: [], body: '拨打供水热线。' }, { directory: 'hot', type: 'faq', title: '停电怎么办', keywords: [], body: '拨打供电热线。' }, { directory: 'hot', type: 'script', title: '中心口径', keywords: [], body: '内部。', audience: 'centre' }] }))
  const of = (title: string): string => again.get(title) ?? ''
  await ok(agent.get(`/api/knowledge/search?q=${encodeURIComponent('停水怎么办')}&settled=true`))
  await ok(agent.post(`/api/knowledge/items/${of('停水怎么办')}/opened`, { words: '停水怎么办' }))
  for (const title of ['停电怎么办', '中心口径']) await app.command((ctx) => cite(ctx, { objectType: 'order', objectId: '00000000-0000-4000-8000-00000000eeee', citations: [{ itemId: of(title), version: 1 }] }), 'agent')
  const titles = async (who: Client): Promise<string[]> => (await ok(who.get('/api/knowledge/hot'))).items.map((one: { title: string }) => one.title)
  expect((await titles(agent)).toSorted()).toEqual(['中心口径', '停水怎么办', '停电怎么办'])
  expect((await titles(agent)).at(-1)).toBe('停水怎么办')
  expect((await titles(street)).toSorted()).toEqual(['停水怎么办', '停电怎么办'])
  await ok(admin.put(`/api/knowledge/items/${of('停水怎么办')}/hot`, { mode: 'pin' }))
  await ok(admin.put(`/api/knowledge/items/${of('停电怎么办')}/hot`, { mode: 'hide' }))
  expect(await titles(street)).toEqual(['停水怎么办'])
  expect((await ok(admin.get('/api/knowledge/hot'))).hidden).toMatchObject([{ title: '停电怎么办' }])
  expect((await agent.put(`/api/knowledge/items/${of('停水怎么办')}/hot`, { mode: 'pin' })).status).toBe(403)
})
