// Evidence of acts on statutes, sending by SMS, answers to questions for one attribute (KNO-22, KNO-29).
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { testApp, type Answer, type Client, type TestApp } from '../../../kernel/testing/index.ts'
import { seedKnowledge } from '../index.ts'

let app: TestApp
let agent: Client, admin: Client
let ids: Map<string, string>
const idOf = (title: string): string => ids.get(title) ?? ''
const ok = async (answer: Promise<Answer>): Promise<any> => {
  const { status, body } = await answer
  expect({ status, body: status === 200 ? 'ok' : body }).toEqual({ status: 200, body: 'ok' })
  return body
}
/** What the application itself may not: change a line that is only ever added to. */
async function asOwner(text: string): Promise<void> {
  const url = new URL(inject('superuserUrl'))
  url.pathname = `/${(await sql<{ name: string }>`select current_database() as name`.execute(app.app.runtime.db.withoutPlugins())).rows[0]?.name}`
  const client = new pg.Client({ connectionString: url.toString() })
  await client.connect()
  await client.query(text)
  await client.end()
}

beforeAll(async () => {
  app = await testApp()
  ;[agent, admin] = [await app.as('agent'), await app.as('businessAdmin')]
  ids = await app.command((ctx) => seedKnowledge(ctx, { directories: [{ code: 'law', name: '法规' }], items: [
    { directory: 'law', type: 'statute', title: '城市供热条例', keywords: ['供热'], fields: { number: '第3号' }, body: '第一条 供热温度不低于十八摄氏度。', audience: 'public' },
    { directory: 'law', type: 'statute', title: '物业管理条例', keywords: ['物业'], body: '第一条 为了规范物业管理。', audience: 'public' },
    { directory: 'law', type: 'guide', title: '居住证办理', keywords: ['居住证'], fields: { limit: '十五个工作日', fee: '免费' }, body: '到居住地派出所办理。', audience: 'public' },
    { directory: 'law', type: 'faq', title: '老年优待证办理', keywords: ['优待证'], body: '六十周岁以上可以申请。材料齐全的，5个工作日内办结。', audience: 'staff' },
  ] }))
}, 120_000)
afterAll(() => app.stop())

test('法规的每一步都存证并首尾相接；数据库里改一条，验证指出是哪一条；正文被改也能发现；坐席不能验证', async () => {
  const verify = async () => ok(admin.post('/api/knowledge/evidence/verify', {}))
  const clean = await verify()
  expect(clean.broken).toEqual([])
  expect(clean.lines).toBeGreaterThan(1)
  await ok(admin.post(`/api/knowledge/items/${idOf('物业管理条例')}/suspend-now`, { reason: '修订' }))
  const { items } = await ok(admin.get(`/api/knowledge/evidence?itemId=${idOf('物业管理条例')}`))
  expect(items[0]).toMatchObject({ actName: '紧急下架', summary: '修订' })
  await asOwner(`update knowledge_evidence set by_name = '别人' where item_id = '${idOf('城市供热条例')}' and act = 'publish'`)
  expect((await verify()).broken).toEqual([{ seq: expect.any(Number), title: '城市供热条例', why: '内容被改动' }])
  await asOwner(`update knowledge_version set content = jsonb_set(content, '{summary}', '"改"') where item_id = '${idOf('物业管理条例')}'`)
  expect((await verify()).broken).toContainEqual(expect.objectContaining({ title: '物业管理条例', why: '第 1 版正文与存证不符' }))
  expect((await agent.post('/api/knowledge/evidence/verify', {})).status).toBe(403)
})

test('短信发送公开知识，每人每天二十次，第二十一次拒绝；内部知识不能发', async () => {
  const send = (title: string, phone = '19900012345') => agent.post(`/api/knowledge/items/${idOf(title)}/send`, { phone })
  for (let left = 19; left >= 0; left--) expect(await ok(send('城市供热条例'))).toEqual({ left })
  expect(await send('城市供热条例')).toMatchObject({ status: 429, body: { code: 'knowledge.sendCap' } })
  expect((await admin.post(`/api/knowledge/items/${idOf('老年优待证办理')}/send`, { phone: '19900012345' })).status).toBe(409)
  const { rows } = await sql<{ text: string }>`select text from knowledge_trail where act = 'send' limit 1`.execute(app.app.runtime.db.withoutPlugins())
  expect(rows[0]?.text).not.toContain('19900012345')
})

test('问属性得到值和出处：字段优先，正文里的一句次之；知识下架后不再回答', async () => {
  const answer = async (q: string) => (await ok(agent.get(`/api/knowledge/search?q=${encodeURIComponent(q)}`))).answer
  expect(await answer('居住证办理要多久')).toMatchObject({ attribute: '办理时限', value: '十五个工作日', title: '居住证办理', version: 1, from: 'field' })
  expect(await answer('居住证办理多少钱')).toMatchObject({ value: '免费' })
  expect(await answer('老年优待证要几天')).toMatchObject({ value: expect.stringContaining('5个工作日'), from: 'text' })
  expect(await answer('居住证')).toBeNull()
  expect(await answer('驾驶证办理要多久')).toBeNull()
  await ok(admin.post(`/api/knowledge/items/${idOf('居住证办理')}/suspend-now`, { reason: '口径调整' }))
  expect(await answer('居住证办理要多久')).toBeNull()
})
