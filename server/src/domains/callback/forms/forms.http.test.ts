// The personal form by SMS over HTTP: from the accepted result to the requester's answer.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decrypt } from '../../../kernel/crypto/index.ts'
import { DAY } from '../../../kernel/time/index.ts'
import { portalAddress } from '../../intake/index.ts'
import { callbackCity, ok, type City } from '../testing/accepted-orders.ts'

let city: City
beforeAll(async () => {
  city = await callbackCity(['otherAdmin'])
  await city.set(portalAddress, 'https://12345.example.test/')
})
afterAll(() => city.app.stop())

const bySms = { callbackManner: 'sms' }
const said = { contacted: 'yes', solved: 'yes', grade: 'satisfied', stars: 5, reasons: [], text: '' }
const range = 'from=2026-11-01&to=2026-12-31'
const open = (token: string) => city.app.nobody('public').post('/api/public/callback-form', { token })
const send = (token: string, more: object = {}) => city.app.nobody('public').post('/api/public/callback-form/answer', { token, ...said, ...more })
const board = async (): Promise<Record<string, number>> => Object.fromEntries((await ok(city.who('callbackAgent').get(`/api/callback/forms/board?${range}`))).parts.map((p: { state: string; count: number }) => [p.state, p.count]))

async function asked(more: object = {}) {
  const order = await city.accepted({ ...bySms, ...more })
  const [sms] = await city.rows<{ text: string }>(sql`select text_enc as text from platform_sms where template = 'callback.form' order by created_at desc, id desc limit 1`)
  const text = decrypt(city.app.app.runtime.keys, sms?.text ?? '', 'sms.text')
  return { ...order, text, token: /\/c\/(\S+)/.exec(text)?.[1] ?? '' }
}

test('办结即发出个人链接：工单号、网址、期限都在短信里，库里只有令牌的摘要', async () => {
  const { text, token, number, task } = await asked()
  expect(text).toContain(`编号${number}`)
  expect(text).toContain(`https://12345.example.test/c/${token} `)
  expect(token).toMatch(/^[\w-]{22}$/)
  expect(await city.rows(sql`select 1 from callback_form where token_hash = ${token}`)).toEqual([])
  expect(await ok(city.who('callbackAgent').get(`/api/callbacks/${task}`))).toMatchObject({ task: { manner: 'sms', mannerName: '短信', stateName: '短信待答复' } })
  expect((await ok(city.who('callbackAgent').get('/api/callbacks?free=true&limit=200'))).items.map((t: { id: string }) => t.id)).not.toContain(task)
})

test('链接只能用一次，猜不中，也不能用于别的工单', async () => {
  const [one, other] = [await asked(), await asked()]
  expect(await ok(open(one.token))).toMatchObject({ closed: null, number: one.number, unitName: '测试市城管局', reasons: expect.arrayContaining(['问题未解决']), maxReasons: 3 })
  expect(await ok(send(one.token))).toMatchObject({ again: false })
  expect(await send(one.token, { grade: 'dissatisfied' })).toMatchObject({ status: 409, body: { code: 'callback.formClosed' } })
  expect(await ok(open(one.token))).toMatchObject({ closed: 'answered', title: '', reply: null })
  expect(await city.stateOf(one.id)).toMatchObject({ state: 'archived', close_kind: 'handled' })
  expect(await city.stateOf(other.id)).toMatchObject({ state: 'pendingCallback' })
  expect(await open('A'.repeat(22))).toMatchObject({ status: 404, body: { code: 'callback.formUnknown' } })
  expect(await city.rows(sql`select by_kind, way_note, stars, satisfied from callback_result where order_id = ${one.id}`)).toEqual([{ by_kind: 'sms', way_note: '短信表单', stars: 5, satisfied: 'yes' }])
})

test('表单答“不满意”与电话回访同样处理：退回原单位第 2 轮，原因写在任务上', async () => {
  const { id, token } = await asked()
  expect(await ok(send(token, { solved: 'no', grade: 'dissatisfied', stars: 1, reasons: ['问题未解决'], text: '灯还是不亮<script>' }))).toMatchObject({ again: true })
  expect(await city.stateOf(id)).toMatchObject({ state: 'inProgress', round: 2 })
  const [again] = await city.rows<{ opinion: string }>(sql`select opinion from order_assignment where order_id = ${id} and round = 2`)
  expect(again?.opinion).toContain('灯还是不亮')
})

test('一题都没答、原因不在列、超过三项、没有的等级：拒绝，什么也没存', async () => {
  const { id, token } = await asked()
  expect(await send(token, { contacted: 'notStated', solved: 'notStated', grade: null })).toMatchObject({ status: 422, body: { fields: [{ path: 'solved' }] } })
  expect(await send(token, { reasons: ['自己写的'] })).toMatchObject({ status: 422, body: { fields: [{ path: 'reasons' }] } })
  expect(await send(token, { reasons: ['问题未解决', '办理不及时', '未与诉求人联系', '其他'] })).toMatchObject({ status: 422, body: { fields: [{ path: 'reasons', message: '最多选 3 项原因' }] } })
  expect(await send(token, { grade: 'wonderful' })).toMatchObject({ status: 422, body: { fields: [{ path: 'grade' }] } })
  expect(await send(token, { text: '长'.repeat(501) })).toMatchObject({ status: 422 })
  expect(await city.rows(sql`select 1 from callback_result where order_id = ${id}`)).toEqual([])
})

test('三态看板：待答复、已答复、超期自动办结；超期单独统计，不计满意；列表与数一致', async () => {
  const before = await board()
  const rates = await ok(city.who('callbackAgent').get(`/api/callback/rates?${range}`))
  const [late, answered] = [await asked(), await asked()]
  await ok(send(answered.token))
  expect(await board()).toMatchObject({ sent: (before['sent'] ?? 0) + 1, answered: (before['answered'] ?? 0) + 1, expired: before['expired'] })
  city.app.clock.advance(3 * DAY)
  expect(await ok(open(late.token))).toMatchObject({ closed: 'expired' })
  expect((await send(late.token)).status).toBe(409)
  await city.app.runTimers()
  const after = await board()
  expect(after['sent']).toBe(0)
  expect(after['expired']).toBeGreaterThan(before['expired'] ?? 0)
  expect(await city.stateOf(late.id)).toMatchObject({ state: 'archived', close_kind: 'notReached' })
  const now = await ok(city.who('callbackAgent').get(`/api/callback/rates?${range}`))
  expect(now).toMatchObject({ satisfied: { no: rates.satisfied.no, yes: rates.satisfied.yes + 1 }, notReached: rates.notReached, formUnanswered: after['expired'] })
  for (const [state, n] of Object.entries(after)) expect((await ok(city.who('callbackAgent').get(`/api/callback/forms?${range}&state=${state}`))).count.value).toBe(n)
  expect((await ok(city.who('callbackAgent').get(`/api/callback/rates/rows?${range}&figure=formUnanswered`))).count.value).toBe(now.formUnanswered)
  expect(await ok(city.who('callbackAgent').get(`/api/callback/forms/board?${range}`))).toMatchObject({ answerDays: 3, ready: true })
})

test('座席跟进：领取后由人回访，诉求人先答则任务完成', async () => {
  const { id, task, token } = await asked()
  expect(await ok(city.who('callbackAgent').post(`/api/callbacks/${task}/claim`))).toMatchObject({ manner: 'person', mine: true })
  expect((await board())['followed']).toBe(1)
  await ok(send(token))
  expect(await city.stateOf(id)).toMatchObject({ state: 'archived' })
  expect(await city.who('callbackAgent').post(`/api/callbacks/${task}/complete`, { contacted: 'yes', solved: 'yes', satisfied: 'yes', way: 'otherWay', wayNote: '座机' })).toMatchObject({ status: 409, body: { code: 'callback.ended' } })
})

test('固定电话、保密工单、没有门户网址：不发短信，由人回访', async () => {
  for (const more of [{ requester: { name: '苗若溪', phone: '0571-88881234' } }, { confidential: true }]) {
    const { task } = await city.accepted({ ...bySms, ...more })
    expect(await city.rows(sql`select manner, state from callback_task where id = ${task}`)).toEqual([{ manner: 'person', state: 'due' }])
  }
  await city.set(portalAddress, '')
  const { task } = await city.accepted(bySms)
  expect(await city.rows(sql`select manner from callback_task where id = ${task}`)).toEqual([{ manner: 'person' }])
  expect(await ok(city.who('callbackAgent').get(`/api/callback/forms/board?${range}`))).toMatchObject({ ready: false })
  await city.set(portalAddress, 'https://12345.example.test')
})

test('短信发不出去：任务转人工', async () => {
  const { task } = await asked()
  await city.rows(sql`update platform_sms set state = 'failed', result = '号码停机' where id = (select sms_id from callback_form where task_id = ${task})`)
  await city.app.runTimers()
  expect(await city.rows(sql`select manner, state from callback_task where id = ${task}`)).toEqual([{ manner: 'person', state: 'due' }])
  const { items } = await ok(city.who('callbackAgent').get(`/api/callback/forms?${range}&state=undelivered`))
  expect(items).toMatchObject([{ taskId: task, problem: '号码停机' }])
})

test('看板要有回访权限', async () => {
  expect((await city.who('handler').get(`/api/callback/forms/board?${range}`)).status).toBe(403)
  expect((await ok(city.who('otherAdmin').get(`/api/callback/forms?${range}`))).items).toEqual([])
})
