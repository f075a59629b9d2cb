import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import { newId } from '../../../kernel/runtime.ts'
import { lineCity, type LineCity } from '../testing/line-city.ts'
import { typeName } from './message-types.ts'
import { notify, sendSms, smsGateway, type Notice, type OutgoingSms, type SmsResult } from './index.ts'
import { fillTemplate } from './send-sms.ts'
import { smsJob } from './sms-job.ts'
import { smsTemplates } from './sms-templates.zh-CN.ts'

let city: LineCity
let gateway: (sms: OutgoingSms) => Promise<SmsResult> = async () => ({ ok: true, result: 'ok' })
beforeAll(async () => {
  city = await lineCity()
  smsGateway.add((sms) => gateway(sms))
})
afterAll(() => city.stop())

const tell = (notice: Partial<Notice> & Pick<Notice, 'to'>, as: string | { tenantId: string } = { tenantId: city.tenant }) => city.app.command((ctx) => notify(ctx, { type: 'order.test', title: '标题', level: 'P3', ...notice }), as)
const inbox = async (login: string, query = '') => (await (await city.app.as(login)).get(`/api/messages${query}`)).body

test('同一对象的未读消息合并，读过之后另起一条', async () => {
  const objectId = newId()
  const to = { userIds: [city.users.handler] }
  await tell({ to, title: '第一次', objectType: 'order', objectId })
  await tell({ to, title: '第二次', objectType: 'order', objectId })
  const handler = await city.app.as('handler')
  const first = await inbox('handler')
  expect(first.items).toHaveLength(1)
  expect(first.items[0]).toMatchObject({ title: '第二次', repeats: 2, typeName: '工单动态', readAt: null })
  expect((await handler.get('/api/messages/unread')).body).toEqual({ value: 1, capped: false })
  await handler.post('/api/messages/read', { ids: [first.items[0].id] })
  await tell({ to, title: '第三次', objectType: 'order', objectId })
  expect((await inbox('handler')).items.map((m: { title: string; repeats: number }) => [m.title, m.repeats])).toEqual([['第三次', 1], ['第二次', 2]])
  await handler.post('/api/messages/read-all')
  expect((await inbox('handler', '?unread=true')).items).toEqual([])
})

test('消息类别写模块起的名字，没有登记过的也不写代码', () => {
  expect(typeName('user', null)).toBe('人员消息')
  expect(typeName('user.reminder', 'user.reminder')).toBe('人员消息')
  expect(typeName('order.test', '工单动态')).toBe('工单动态')
  expect(typeName('nowhere.at', 'nowhere.at')).toBe('系统消息')
})

test('按单位和权限找收件人，做事的人自己不收', async () => {
  expect(await tell({ to: { unitIds: [city.units.station] } })).toBe(2)
  expect(await tell({ to: { unitIds: [city.units.station], permission: 'flow.approveInUnit' } })).toBe(1)
  expect(await tell({ to: { permission: 'flow.approveInUnit' } })).toBe(2)
  expect(await tell({ to: { permission: 'flow.approveInUnit' } }, 'stationleader')).toBe(1)
  expect(await tell({ to: {} })).toBe(0)
})

test('别人的消息不能标为已读，也看不到', async () => {
  await tell({ to: { userIds: [city.users.reviewer] }, title: '给审核员' })
  const { items } = await inbox('reviewer')
  expect((await (await city.app.as('handler')).post('/api/messages/read', { ids: [items[0].id] })).status).toBe(200)
  expect((await inbox('reviewer', '?unread=true')).items).toHaveLength(1)
  expect((await inbox('handler')).items.map((m: { title: string }) => m.title)).not.toContain('给审核员')
})

test('翻页不漏不重，坏的翻页标记被拒绝', async () => {
  for (let at = 0; at < 5; at++) {
    city.app.clock.advance(1000)
    await tell({ to: { userIds: [city.users.smsReader] }, title: `第${at}条` })
  }
  const one = await inbox('smsreader', '?limit=3')
  const two = await inbox('smsreader', `?limit=3&cursor=${one.next}`)
  expect([...one.items, ...two.items].map((m: { title: string }) => m.title)).toEqual(['第4条', '第3条', '第2条', '第1条', '第0条'])
  expect(two.next).toBeNull()
  expect(one.count).toEqual({ value: 5, capped: false })
  expect((await (await city.app.as('smsreader')).get('/api/messages?cursor=xx')).status).toBe(422)
})

const send = () => city.app.command((ctx) => sendSms(ctx, { phone: '138 0000 1234', template: 'loginCode', params: { code: '246813', minutes: '5' } }), { tenantId: city.tenant })
const outbox = async (login: string, id: string) => (await (await city.app.as(login)).get('/api/sms')).body.items.find((s: { id: string }) => s.id === id)

test('短信进发件箱：号码打码，验证码只对有权的人显示，库中为密文', async () => {
  const id = await send()
  expect(await outbox('admin', id)).toMatchObject({ phone: '138****1234', state: 'queued', hidden: false, text: expect.stringContaining('246813') })
  expect(await outbox('smsreader', id)).toMatchObject({ hidden: true, text: '（含验证码或密码，无权查看）' })
  expect((await (await city.app.as('handler')).get('/api/sms')).status).toBe(403)
  expect((await (await city.app.as('admin')).get('/api/sms')).body.items[0].phone).toBe('138****1234')
  const { rows } = await city.app.query((ctx) => sql<{ row: string }>`select to_jsonb(s)::text as row from platform_sms s where tenant_id = ${city.tenant} and id = ${id}`.execute(ctx.db()), { tenantId: city.tenant })
  expect(rows[0]?.row).not.toMatch(/246813|13800001234/)
})

test('网关失败后按 1、5、30 分钟重试，最后标为失败，可人工重发且只到一次', async () => {
  const delivered: string[] = []
  gateway = async () => ({ ok: false, reason: '通道关闭' })
  const id = await send()
  const waits: number[] = []
  for (let attempt = 1; attempt <= 4; attempt++) {
    await city.runJob(smsJob, { tenantId: city.tenant, ids: [id] })
    const row = await outbox('admin', id)
    if (row.nextAt) waits.push((Date.parse(row.nextAt) - city.app.clock.now()) / 60_000)
  }
  expect(waits).toEqual([1, 5, 30])
  expect(await outbox('admin', id)).toMatchObject({ state: 'failed', attempts: 4, result: '通道关闭' })
  gateway = async (sms) => {
    delivered.push(sms.text)
    return { ok: true, result: '已送达' }
  }
  await city.runJob(smsJob, { tenantId: city.tenant, ids: [id] })
  expect(delivered).toEqual([])
  const admin = await city.app.as('admin')
  expect((await admin.post(`/api/sms/${id}/resend`)).status).toBe(200)
  await city.runJob(smsJob, { tenantId: city.tenant, ids: [id] })
  await city.runJob(smsJob, { tenantId: city.tenant, ids: [id] })
  expect(delivered).toHaveLength(1)
  expect(await outbox('admin', id)).toMatchObject({ state: 'sent', result: '已送达' })
  expect((await admin.post(`/api/sms/${id}/resend`)).body.code).toBe('platform.notFailed')
})

test('抛错的网关按失败处理；号码不对不入箱；模板缺参数是程序错误', async () => {
  gateway = async () => {
    throw new Error('断线')
  }
  const id = await send()
  await city.runJob(smsJob, { tenantId: city.tenant, ids: [id] })
  expect(await outbox('admin', id)).toMatchObject({ state: 'queued', result: '断线' })
  await expect(city.app.command((ctx) => sendSms(ctx, { phone: '12', template: 'loginCode', params: { code: '1', minutes: '5' } }), { tenantId: city.tenant })).rejects.toMatchObject({ code: 'platform.badPhone' })
  await expect(city.app.command((ctx) => sendSms(ctx, { phone: '13800001234', template: 'nothing', params: {} }), { tenantId: city.tenant })).rejects.toThrow('not declared')
  expect(() => fillTemplate('loginCode', smsTemplates['loginCode'] ?? { text: '' }, { code: '1' })).toThrow('minutes')
})
