// What many orders tell together: subjects, new and surging words, themes without a label (AI-24, 26, 31, 35).
import { sql } from 'kysely'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'
import { walkIn, type Walk } from '../reading/test-orders.ts'
import { keepReadings, termsOf } from './keep-readings.ts'

let app: TestApp
let walk: Walk
beforeAll(async () => {
  app = await testApp()
  walk = await walkIn(app)
}, 120_000)
afterAll(() => app.stop())
const read = () => app.command(keepReadings)
const today = () => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(app.clock.now())

test('新产品的名称拆不散', () => {
  expect(termsOf('星穗净水器漏水', '购买的星穗净水器一周就漏水').some((term) => term.includes('穗净水器'))).toBe(true)
})

test('一天里十件讲同一新产品：下次分析列出，带曲线和样本；一键建事件集；驳回的一周内不再列；去年同期也多的标为季节性', async () => {
  for (let i = 0; i < 10; i++) await walk.register({ title: `星穗净水器漏水 ${i}`, content: `${['刚买的', '家里的', '新装的', '邻居的', '厨房的'][i % 5] ?? ''}星穗净水器漏水，商家不退款，气愤。` })
  await read()
  const admin = await walk.who('tenantAdmin')
  expect((await walk.ok(admin.post('/api/orders/surges/find', {}))).found).toBeGreaterThan(0)
  const items = (await walk.ok(admin.get('/api/orders/surges'))).items
  const one = items.find((item: { term: string }) => item.term.includes('净水器'))
  expect(one).toMatchObject({ orders: 10, fresh: true, seasonal: false, samples: expect.arrayContaining([{ number: expect.any(String), title: expect.stringContaining('星穗') }]) })
  expect(one.curve.at(-1)).toBe(10)
  expect((await (await walk.who('handler')).get('/api/orders/surges')).status).toBe(403)
  expect((await (await walk.who('leader')).post(`/api/orders/surges/${one.id}/decide`, { act: 'set' })).status).toBe(403)
  const done = await walk.ok((await walk.who('reviewer')).post(`/api/orders/surges/${one.id}/decide`, { act: 'set' }))
  expect(done).toMatchObject({ state: 'setMade', setId: expect.any(String) })
  expect((await admin.post(`/api/orders/surges/${one.id}/decide`, { act: 'dismiss' })).status).toBe(409)
  expect((await walk.ok(admin.post('/api/orders/surges/find', {}))).found).toBe(0)
  const { tenantId } = await app.actor('agent')
  await walk.rows(sql`insert into ai_reading (tenant_id, order_id, at, polarity, strength, terms) select ${tenantId}, gen_random_uuid(), at - interval '365 days', 'neutral', 0, terms from ai_reading where tenant_id = ${tenantId} and terms @> array['漏水'] returning order_id`)
  await walk.rows(sql`insert into ai_reading (tenant_id, order_id, at, polarity, strength, terms) select ${tenantId}, gen_random_uuid(), at - interval '365 days' + (n || ' days')::interval, 'neutral', 0, array['清雪'] from (select at from ai_reading where tenant_id = ${tenantId} and terms @> array['漏水'] and at > now() - interval '100 years' order by at desc limit 6) x, generate_series(0, 3) n returning order_id`)
  for (let i = 0; i < 6; i++) await walk.rows(sql`insert into ai_reading (tenant_id, order_id, at, polarity, strength, terms) select ${tenantId}, ${randomUUID()}, max(at), 'neutral', 0, array['清雪'] from ai_reading where tenant_id = ${tenantId} returning order_id`)
  await walk.ok(admin.post('/api/orders/surges/find', {}))
  expect((await walk.ok(admin.get('/api/orders/surges'))).items.find((item: { term: string }) => item.term === '清雪')).toMatchObject({ orders: 6, seasonal: true })
})

test('情绪可作清单条件；被诉主体按主体统计，识别质量随人的更正而变', async () => {
  await walk.register({ title: '物业服务差', content: '澜川安居物业有限公司态度恶劣，非常气愤，多次反映无人处理。' })
  await walk.register({ title: '感谢', content: '澜川安居物业有限公司的维修师傅非常负责，特别感谢，非常满意！' })
  await read()
  const reviewer = await walk.who('reviewer')
  const titles = async (query: string) => (await walk.ok(reviewer.get(`/api/orders?${query}&limit=50`))).items.map((item: { title: string }) => item.title)
  expect(await titles('emotion=negative')).toContain('物业服务差')
  expect(await titles('emotion=negative')).not.toContain('感谢')
  expect(await titles('emotion=positive')).toContain('感谢')
  const figures = async () => walk.ok(reviewer.get(`/api/orders/subjects/figures?from=${today()}&to=${today()}&q=${encodeURIComponent('安居物业')}`))
  const before = await figures()
  expect(before.items[0]).toMatchObject({ name: expect.stringContaining('安居物业'), orders: 2, negative: 1, before: 0 })
  const order = (await walk.ok(reviewer.get('/api/orders?emotion=positive&limit=1'))).items[0]
  const raw = before.items[0].name
  await walk.ok(reviewer.put(`/api/orders/${order.id}/subjects`, { raw, name: null }))
  const after = await figures()
  expect(after.items[0].orders).toBe(1)
  expect(after.quality.dropped).toBe(before.quality.dropped + 1)
})

test('导入五十件同一陌生主题的工单：提出标签；驳回的不再提出；确认后进标签库并打到工单上', async () => {
  const admin = await walk.who('tenantAdmin')
  for (let i = 0; i < 24; i++) await walk.register({ title: `无人机低空飞越居民楼 ${i}`, content: `${['清晨', '夜里', '中午', '傍晚'][i % 4] ?? ''}有人在居民楼旁操控无人机低空飞行，担心窗户里被偷拍。` })
  expect((await walk.ok(admin.post('/api/orders/label-proposals/find', {}))).found).toBeGreaterThan(0)
  const proposals = async (state = 'proposed') => (await walk.ok(admin.get(`/api/orders/label-proposals?state=${state}`))).items
  const one = (await proposals()).find((item: { keywords: string[] }) => item.keywords.some((word) => word.includes('无人机')))
  expect(one).toMatchObject({ orders: 24, samples: [expect.anything(), expect.anything(), expect.anything()] })
  expect((await admin.post(`/api/orders/label-proposals/${one.id}/decide`, { outcome: 'confirm' })).status).toBe(422)
  const { items: classes } = await walk.ok(admin.get('/api/label-classes'))
  const done = await walk.ok(admin.post(`/api/orders/label-proposals/${one.id}/decide`, { outcome: 'confirm', name: '无人机扰民', classCode: classes[0].code }))
  expect(done).toEqual({ state: 'confirmed', labelled: 24 })
  for (const other of await proposals()) await walk.ok(admin.post(`/api/orders/label-proposals/${other.id}/decide`, { outcome: 'reject' }))
  expect((await walk.ok(admin.post('/api/orders/label-proposals/find', {}))).found).toBe(0)
  expect((await (await walk.who('reviewer')).post(`/api/orders/label-proposals/${one.id}/decide`, { outcome: 'reject' })).status).toBe(403)
})
