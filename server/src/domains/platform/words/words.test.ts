import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp, type Client, type TestApp } from '../../../kernel/testing/index.ts'
import { touchStamp } from '../stamps.ts'
import { heldWords, wordsIn } from './words.ts'

let app: TestApp
let admin: Client
beforeAll(async () => {
  app = await testApp()
  admin = await app.as('tenantAdmin')
})
afterAll(() => app.stop())
const save = (more: Record<string, unknown>) => admin.put('/api/words', { kind: 'sensitive', word: '扬言', ...more })
const hits = (text: string) => app.query((ctx) => wordsIn(ctx, text, ['sensitive', 'block']), 'reviewer').then((list) => list.map((h) => h.word))

test('导入一千个词、三个重复：收下 997 个，三个报告；新词下一段文字就有效', async () => {
  const rows = Array.from({ length: 1000 }, (_, i) => ({ word: i > 996 ? `词条${i - 990}` : `词条${i}` }))
  const { body } = await admin.post('/api/words/import', { kind: 'sensitive', rows })
  expect(body).toMatchObject({ added: 997, failed: [{ row: 998, message: '重复' }, { row: 999 }, { row: 1000 }] })
  expect(await hits('这里有词 条 五，还有词条12。')).toEqual(['词条1', '词条12'])
  expect((await admin.post('/api/words/import', { kind: 'sensitive', rows: [{ word: '，。' }, { word: '甲', grade: '很高' }] })).body).toMatchObject({ added: 0, failed: [{ message: '没有字' }, { message: '等级应为高、中、低' }] })
})
test('单个新增、停用、有效期、无害长词；同一词换种写法算重复；版本不符拒绝', async () => {
  expect(await hits('有人扬言要跳楼')).toEqual([])
  const { body } = await save({ grade: 'high', category: '极端行为', excepts: ['未扬言'] })
  expect(await hits('有人扬 言要跳楼')).toEqual(['扬言'])
  expect(await hits('他并未扬言')).toEqual([])
  expect(await save({ word: '扬-言' })).toMatchObject({ status: 422, body: { fields: [{ path: 'word', message: '词库里已有' }] } })
  expect((await save({ id: body.id, version: 9 })).status).toBe(409)
  expect((await save({ id: body.id, version: 1, validTo: '2020-01-01' })).status).toBe(200)
  expect(await hits('有人扬言要跳楼')).toEqual([])
  expect((await save({ id: body.id, version: 2, state: 'retired' })).status).toBe(200)
  expect(await hits('有人扬言要跳楼')).toEqual([])
  expect((await admin.delete(`/api/words/${body.id}`)).status).toBe(200)
  expect((await admin.delete(`/api/words/${body.id}`)).status).toBe(404)
  expect((await admin.get('/api/words?kind=sensitive&q=词条99')).body.items[0]).toMatchObject({ word: expect.stringContaining('词条99') })
})
test('下级同时使用上级的词，参数关闭后只用自己的；下级的词上级用不到；没有权限的人看不到', async () => {
  const { body } = await save({ word: '只在本市' })
  const below = () => app.query((ctx) => wordsIn(ctx, '只在本市', ['sensitive']), 'countyReviewer')
  expect(await below()).toHaveLength(1)
  await app.command(async (ctx) => {
    await sql`insert into platform_setting_value (tenant_id, key, value, changed_at, changed_by) values (${ctx.tenantId}, 'words.inherit', 'false', now(), '测试')`.execute(ctx.db())
    await touchStamp(ctx, 'settings')
  }, { tenantId: (await app.actor('countyReviewer')).tenantId })
  expect(await below()).toEqual([])
  await app.command(async (ctx) => {
    await sql`insert into platform_word (tenant_id, id, kind, word, plain, state, changed_at, changed_by_name) values (${ctx.tenantId}, ${randomUUID()}, 'sensitive', '县里的词', '县里的词', 'active', now(), '测试')`.execute(ctx.db())
    await touchStamp(ctx, 'words')
  }, { tenantId: (await app.actor('countyReviewer')).tenantId })
  expect(await hits('县里的词')).toEqual([])
  expect((await (await app.as('reviewer')).get('/api/words?kind=block')).status).toBe(403)
  expect((await (await app.as('reviewer')).delete(`/api/words/${body.id}`)).status).toBe(403)
})
test('按类取词：启用且在有效期内的，权重大的在前', async () => {
  for (const [word, weight, more] of [['暴雨', 200, {}], ['马拉松', 300, {}], ['旧闻', 900, { validTo: '2020-01-01' }], ['待定', 900, { state: 'proposed' }]] as const) await save({ kind: 'hot', word, weight, ...more })
  expect(await app.query((ctx) => heldWords(ctx, 'hot'), 'reviewer')).toEqual(['马拉松', '暴雨'])
})
