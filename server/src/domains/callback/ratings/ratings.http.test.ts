// Ratings of calls and orders together, and the answer a bad one asks for.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { localDate, plus, HOUR } from '../../../kernel/time/index.ts'
import { buildPolicy } from '../../telephony/engine/build-policy.ts'
import { seedCall } from '../../telephony/index.ts'
import { callbackCity, ok, type City } from '../testing/accepted-orders.ts'
import { ratingExport } from './export-ratings.ts'

let city: City
let period: string
beforeAll(async () => {
  city = await callbackCity(['otherAdmin'])
  const day = localDate(city.app.clock.now())
  period = `from=${day.slice(0, 8)}01&to=${day}`
})
afterAll(() => city.app.stop())

const agent = () => city.who('callbackAgent')
const called = (rating: number | null) => city.app.command(async (ctx) => {
  const [who] = await city.rows<{ id: string; name: string }>(sql`select id, name from platform_user limit 1`)
  return seedCall(ctx, { agent: who ?? { id: '', name: '' }, at: plus(ctx.clock.now(), -HOUR), phone: '19900012345', queueName: '综合', orderId: null, rating, sentences: [{ speaker: 'agent', text: '您好' }] })
})
const open = async () => (await ok(agent().get(`/api/callback/ratings?${period}&care=open`))).items

test('一星通话评价生成一个处理任务；没有答复诉求人不能办结', async () => {
  // 随产品的语音：1 满意、2 基本满意、3 不满意
  const call = await called(3)
  await called(1)
  await called(null)
  await called(9)
  await called(4)
  city.app.clock.advance(60_000)
  await city.app.runTimers()
  city.app.clock.advance(60_000)
  await city.app.runTimers()
  const [task, ...more] = await open()
  expect(more).toEqual([])
  expect(task).toMatchObject({ id: call, object: 'call', stars: 1, care: { state: 'open', mayAnswer: true } })
  expect(await agent().post(`/api/callback/ratings/${task.care.id}/answer`, { opinion: '态度不好', answer: '', way: 'call' })).toMatchObject({ status: 422, body: { code: 'callback.careUnanswered' } })
  expect((await open()).length).toBe(1)
  await city.rows(sql`update telephony_call set agent_id = ${(await city.app.actor('callbackAgent')).id} where id = ${call} returning id`)
  expect((await open())[0].care.mayAnswer).toBe(false)
  expect(await agent().post(`/api/callback/ratings/${task.care.id}/answer`, { answer: '自己说没事', way: 'call' })).toMatchObject({ status: 409, body: { code: 'callback.careOwn' } })
  await city.rows(sql`update telephony_call set agent_id = null where id = ${call} returning id`)
  expect(await ok(agent().post(`/api/callback/ratings/${task.care.id}/answer`, { opinion: '态度不好', answer: '已向您致歉，并提醒坐席', way: 'call' }))).toMatchObject({ state: 'done' })
  expect((await agent().post(`/api/callback/ratings/${task.care.id}/answer`, { answer: '再来一次', way: 'call' })).status).toBe(409)
})

test('统计与列表相合；没有按键、按错键的通话不计', async () => {
  const sum = await ok(agent().get(`/api/callback/ratings/summary?${period}`))
  expect(sum).toMatchObject({ total: 2, average: '3.00', bad: 1, done: 1, open: 0 })
  expect(sum.distribution.map((one: { count: number }) => one.count)).toEqual([1, 0, 0, 0, 1])
  expect((await ok(agent().get(`/api/callback/ratings?${period}`))).items.length).toBe(2)
  for (const one of sum.services) expect([one.name, (await ok(agent().get(`/api/callback/ratings?${period}&object=${one.object}&service=${encodeURIComponent(one.service)}`))).count.value]).toEqual([one.name, one.count])
  expect(sum.services.map((one: { name: string }) => one.name)).toEqual(['综合'])
  expect(await agent().get('/api/callback/ratings/summary?from=2026-05-02&to=2026-05-01')).toMatchObject({ status: 422, body: { fields: [{ path: 'to' }] } })
  const [from, to] = period.split('&').map((one) => one.split('=')[1] ?? '')
  const wanted = { page: 'serviceRatings', filter: { from: [from], to: [to], service: ['综合'] }, columns: ['at', 'stars', 'who', 'service'], format: 'csv' }
  expect(await ok(agent().post('/api/exports', wanted))).toHaveProperty('taskId')
  const rows = await city.app.query(async (ctx) => (await Array.fromAsync(ratingExport.rows(ctx, wanted.filter, wanted.columns, { sort: null, ids: null }))).flat(), 'callbackAgent')
  expect(rows.map((row) => [row['stars'], row['service']])).toEqual(expect.arrayContaining([[1, '综合'], [5, '综合']]))
  expect((await city.who('handler').post('/api/exports', wanted)).status).toBe(403)
})

test('文字评价里说到的词按条数列出，点开正是这些评价；订单的业务写渠道名', async () => {
  const { id } = await city.accepted()
  const said = ['态度很好，处理及时', '处理太慢，态度差', '处理及时']
  const day = localDate(city.app.clock.now())
  const [account] = await city.rows<{ id: string }>(sql`insert into intake_account (tenant_id, id, phone_enc, phone_hash, phone_mask, created_at, signed_in_at) select tenant_id, gen_random_uuid(), 'x', 'x', '199****0001', registered_at, registered_at from order_order where id = ${id} returning id`)
  for (const [i, text] of said.entries()) await city.rows(sql`insert into intake_rating (tenant_id, id, account_id, order_id, round, stars, solved, satisfied, text, channel, created_at, reopened) select tenant_id, gen_random_uuid(), ${account?.id}, id, ${i + 1}, ${[5, 1, 4][i] ?? 5}, 'yes', 'yes', ${text}, 'portal', ${`${day}T01:00:00Z`}::timestamptz, true from order_order where id = ${id} returning id`)
  const sum = await ok(agent().get(`/api/callback/ratings/summary?${period}&object=order`))
  expect(sum.words.find((one: { word: string }) => one.word === '态度')).toEqual({ word: '态度', count: 2, bad: 1 })
  for (const one of sum.words) expect([one.word, (await ok(agent().get(`/api/callback/ratings?${period}&object=order&word=${encodeURIComponent(one.word)}`))).count.value]).toEqual([one.word, one.count])
  expect(sum.services).toMatchObject([{ object: 'order', name: '门户网站', count: 3 }])
})

test('评价开关按座席：关闭的进交换机策略，不请评价也不能手工转评价；无权不能改', async () => {
  const { items } = await ok(agent().get('/api/callback/survey-switches'))
  const [first] = items
  expect(items.every((one: { on: boolean }) => one.on)).toBe(true)
  expect((await agent().put(`/api/callback/survey-switches/${first.agentId}`, { on: false })).status).toBe(403)
  const rated = async () => new Map((await city.app.query(async (ctx) => (await buildPolicy(ctx)).content.agents)).map((one) => [one.id, one.survey]))
  expect((await rated()).get(first.agentId)).toBe(true)
  await ok(city.who('shiftLeader').put(`/api/callback/survey-switches/${first.agentId}`, { on: false, reason: '实习' }))
  expect((await rated()).get(first.agentId)).toBe(false)
  expect([...(await rated()).values()].filter((on) => !on)).toEqual([false])
  await ok(city.who('shiftLeader').put(`/api/callback/survey-switches/${first.agentId}`, { on: true }))
  expect((await rated()).get(first.agentId)).toBe(true)
  expect((await city.who('shiftLeader').put('/api/callback/survey-switches/01a00000-0000-7000-8000-000000000001', { on: false })).status).toBe(404)
})

test('别的地区看不到也办不了；没有权限的人不能办结', async () => {
  const [care] = await city.rows<{ id: string }>(sql`select id from callback_care limit 1`)
  expect((await ok(city.who('otherAdmin').get(`/api/callback/ratings?${period}`))).items).toEqual([])
  expect((await city.who('handler').post(`/api/callback/ratings/${care?.id}/answer`, { answer: 'x', way: 'call' })).status).toBe(403)
  expect((await agent().post('/api/callback/ratings/01a00000-0000-7000-8000-000000000001/answer', { answer: 'x', way: 'call' })).status).toBe(404)
  expect((await agent().post(`/api/callback/ratings/${care?.id}/answer`, { answer: '长'.repeat(1001), way: 'call' })).status).toBe(422)
})
