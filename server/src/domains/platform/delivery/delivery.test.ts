import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { sql } from 'kysely'
import { nobody } from '../../../kernel/ctx.ts'
import { newId, runCommand } from '../../../kernel/runtime.ts'
import { testApp, type Client, type TestApp } from '../../../kernel/testing/index.ts'
import { MINUTE, SECOND, buildCalendar, instant, parseIso, plus, toIso } from '../../../kernel/time/index.ts'
import { messageTypes, type MessageType } from '../messages/message-types.ts'
import { notify, type Notice } from '../messages/notify.ts'
import { recallMessages } from '../messages/recall-messages.ts'
import { sendSms } from '../messages/send-sms.ts'
import { smsJob } from '../messages/sms-job.ts'
import { smsGateway, type OutgoingSms, type SmsResult } from '../messages/sms-gateway.ts'
import { mailDouble, type MailDouble } from '../testing/mail-double.ts'
import { deliverJob } from './deliver-job.ts'
import { ruleFor, type Rule } from './message-setup.ts'
import { contentFor, unknownPlaceholders } from './message-text.ts'
import { quietUntil } from './quiet-hours.ts'
import { firstSending, nextSending } from './sending-times.ts'

let app: TestApp
let admin: Client
let mail: MailDouble
let tenant: string
const users: Record<string, string> = {}
let gateway: (sms: OutgoingSms) => Promise<SmsResult>
const carried: OutgoingSms[] = []
const types = (): MessageType[] => [
  { code: 'probe.urge', name: '催办', module: 'orders', duty: true, params: { number: '工单编号' }, sample: { title: '催办：路灯', params: { number: '2611220001' } } },
  { code: 'probe.news', name: '动态', module: 'orders' },
]
beforeAll(async () => {
  messageTypes.add(types)
  app = await testApp()
  smsGateway.add((sms) => gateway(sms))
  mail = await mailDouble()
  admin = await app.as('systemAdmin')
  const { rows } = await sql<{ login: string; id: string; tenant_id: string }>`select login, id, tenant_id from platform_user`.execute(app.app.runtime.db.withoutPlugins())
  for (const row of rows) users[row.login] = row.id
  tenant = rows.find((row) => row.login === 'handler')?.tenant_id ?? ''
  await app.command((ctx) => sql`update platform_user set email = 'handler@example.org' where tenant_id = ${tenant} and login = 'handler'`.execute(ctx.db()))
})
afterAll(async () => {
  await Promise.all([app.stop(), mail.stop()])
})
beforeEach(async () => {
  carried.length = 0
  gateway = async (sms) => {
    carried.push(sms)
    return { ok: true, result: '已提交' }
  }
  // Ten in the morning of a new day: nothing of the last test is still waiting, and it is not quiet.
  app.clock.set(instant(Math.ceil(app.clock.now() / 86_400_000) * 86_400_000 + 2 * 3_600_000))
  const { items } = (await admin.get('/api/message-rules')).body
  for (const rule of items) await admin.delete(`/api/message-rules/${rule.id}`)
})

const rule = (more: object = {}) => admin.post('/api/message-rules', { type: 'probe', roleCode: null, unitId: null, levels: ['P1', 'P2', 'P3'], channels: ['inApp', 'sms'], fallback: null, enabled: true, note: '', ...more })
const tell = (more: Partial<Notice> = {}) => app.command((ctx) => notify(ctx, { type: 'probe.urge', title: '催办：路灯不亮', text: '请今日答复', level: 'P2', to: { userIds: [users['handler'] ?? ''] }, objectType: 'order', objectId: newId(), ...more }))
const log = async (query = '') => (await admin.get(`/api/deliveries?limit=200${query}`)).body.items
const newest = async (query = '') => (await log(query))[0]
const run = async (id: string, times = 1) => {
  for (let at = 0; at < times; at++) await deliverJob.run((fn) => runCommand(app.app.runtime, { actor: nobody(tenant), requestId: 'test' }, fn), { tenantId: tenant, id }, { attempt: 1, maxAttempts: 5 })
}

test('没有规则时只有站内消息；规则按类型、单位、角色由细到粗取一条', async () => {
  await tell()
  expect((await log()).filter((d: { title: string }) => d.title.includes('路灯不亮'))).toEqual([])
  const make = (id: string, more: Partial<Rule>): Rule => ({ id, type: '*', roleCode: null, unitId: null, levels: ['P2'], channels: [], fallback: null, ...more })
  const rules = [make('all', {}), make('group', { type: 'probe' }), make('role', { type: 'probe', roleCode: 'handler' }), make('unit', { type: 'probe', unitId: 'u1' }), make('type', { type: 'probe.urge' })]
  const person = { roleCodes: ['handler'], unitIds: ['u1'] }
  expect(ruleFor(rules, 'probe.urge', person)?.id).toBe('type')
  expect(ruleFor(rules, 'probe.news', person)?.id).toBe('unit')
  expect(ruleFor(rules, 'probe.news', { ...person, unitIds: [] })?.id).toBe('role')
  expect(ruleFor(rules, 'probe.news', { roleCodes: [], unitIds: [] })?.id).toBe('group')
  expect(ruleFor(rules, 'order.x', person)?.id).toBe('all')
})

test('短信按规则发出并记入送达记录：号码打码、结果和时间可查，别的租户查不到', async () => {
  await rule()
  await tell()
  const planned = await newest('&channel=sms')
  expect(planned).toMatchObject({ state: 'waiting', address: expect.stringContaining('****'), userName: '测试handler', typeName: '催办', text: '催办：路灯不亮：请今日答复' })
  await run(planned.id)
  expect(carried).toEqual([]) // still in the time in which messages are merged
  app.clock.advance(2 * MINUTE)
  await run(planned.id, 2)
  expect(carried).toHaveLength(1)
  expect(await newest()).toMatchObject({ id: planned.id, state: 'sent', attempts: 1, result: '已提交' })
  expect((await log('&query=测试handler&state=sent')).length).toBeGreaterThan(0)
  expect((await (await app.as('otherAdmin')).get('/api/deliveries')).body.items).toEqual([])
  expect((await (await app.as('handler')).get('/api/deliveries')).status).toBe(403)
})

test('通道失败：留下原因，按间隔重试，用完成为死信；恢复后重发，只到一次', async () => {
  gateway = async () => ({ ok: false, reason: '通道关闭' })
  await rule()
  await tell()
  const { id } = await newest()
  const waits: number[] = []
  for (let attempt = 0; attempt < 4; attempt++) {
    const before = await newest()
    app.clock.set(instant(parseIso(before.nextAt) + SECOND))
    await run(id)
    const row = await newest()
    if (row.nextAt) waits.push((parseIso(row.nextAt) - app.clock.now()) / MINUTE)
  }
  expect(waits).toEqual([1, 5, 30])
  expect(await newest()).toMatchObject({ state: 'failed', result: '通道关闭', attempts: 4 })
  expect((await admin.get('/api/message-channels')).body.items.find((c: { channel: string }) => c.channel === 'sms')).toMatchObject({ failed: 1, enabled: true })
  gateway = async (sms) => {
    carried.push(sms)
    return { ok: true, result: '已提交' }
  }
  expect((await (await app.as('handler')).post(`/api/deliveries/${id}/retry`)).status).toBe(403)
  expect((await (await app.as('otherAdmin')).post(`/api/deliveries/${id}/retry`)).status).toBe(404)
  expect((await admin.post(`/api/deliveries/${id}/retry`)).status).toBe(200)
  await run(id, 2)
  expect(carried).toHaveLength(1)
  expect((await admin.post(`/api/deliveries/${id}/retry`)).body.code).toBe('platform.deliveryNotFailed')
})

test('停用短信后改走备用通道；没有地址也改走备用，没有备用则说明原因', async () => {
  await admin.put('/api/message-channels/email', { adapter: 'smtp', enabled: true, config: { host: '127.0.0.1', port: String(mail.port), from: 'hotline@example.org' }, version: 0 })
  await admin.put('/api/message-channels/sms', { adapter: 'gateway', enabled: false, config: {}, version: 0 })
  await rule({ fallback: 'email' })
  await tell()
  const [email, sms] = await log()
  expect([sms.channel, sms.state, sms.result]).toEqual(['sms', 'skipped', '通道已停用，改用备用通道'])
  expect([email.channel, email.state, email.address]).toEqual(['email', 'waiting', 'h***@example.org'])
  app.clock.advance(2 * MINUTE)
  await run(email.id)
  expect(mail.mails.at(-1)?.to).toBe('handler@example.org')
  await tell({ to: { userIds: [users['handler2'] ?? ''] } })
  expect((await log()).filter((d: { userName: string }) => d.userName === '测试handler2').map((d: { channel: string; result: string }) => [d.channel, d.result])).toEqual([['sms', '通道已停用']])
  await admin.put('/api/message-channels/sms', { adapter: 'gateway', enabled: true, config: {}, version: 1 })
})

test('彻底失败的消息由备用通道再送一次', async () => {
  gateway = async () => ({ ok: false, reason: '空号', final: true })
  await rule({ fallback: 'email' })
  await tell({ level: 'P1' })
  const { id } = await newest('&channel=sms')
  await run(id, 2)
  const second = await newest('&channel=email')
  expect(second).toMatchObject({ insteadOf: id, state: 'queued' })
  await run(second.id)
  expect(await newest('&channel=email')).toMatchObject({ state: 'sent' })
  expect(await newest('&channel=sms')).toMatchObject({ state: 'failed', result: '空号' })
})

test('免打扰时段的短信等到早上，紧急消息照常；邮件不受限制', async () => {
  expect(quietUntil(parseIso('2026-11-22T15:00:00Z'), '22:00-07:00')).toBe(parseIso('2026-11-22T23:00:00Z'))
  expect(quietUntil(parseIso('2026-11-22T22:00:00Z'), '22:00-07:00')).toBe(parseIso('2026-11-22T23:00:00Z'))
  expect(quietUntil(parseIso('2026-11-22T23:00:00Z'), '22:00-07:00')).toBeNull()
  expect(quietUntil(parseIso('2026-11-22T05:00:00Z'), '12:00-14:00')).toBe(parseIso('2026-11-22T06:00:00Z'))
  await rule({ channels: ['sms', 'email'] })
  app.clock.set(instant(app.clock.now() + 13 * 60 * MINUTE)) // 23:00
  await tell()
  const [one, two] = await log()
  const due = (d: { nextAt: string }) => (parseIso(d.nextAt) - app.clock.now()) / MINUTE
  expect(Object.fromEntries([one, two].map((d) => [d.channel, due(d)]))).toEqual({ sms: 480, email: 1 })
  await tell({ level: 'P1' })
  expect(due(await newest('&channel=sms'))).toBe(0)
})

test('同一人同一对象的等待消息合并为一条，P1 不合并；未读撤回时未发出的一并撤回', async () => {
  await rule()
  const objectId = newId()
  await tell({ objectId, title: '第一次' })
  await tell({ objectId, title: '第二次' })
  expect((await log(`&objectId=${objectId}`)).map((d: { title: string; merged: number }) => [d.title, d.merged])).toEqual([['第二次', 2]])
  await tell({ objectId, title: '第三次', level: 'P1' })
  expect(await log(`&objectId=${objectId}`)).toHaveLength(2)
  await run((await newest(`&objectId=${objectId}`)).id)
  expect(await app.command((ctx) => recallMessages(ctx, { objectType: 'order', objectId }))).toBe(1)
  expect((await log(`&objectId=${objectId}`)).map((d: { state: string }) => d.state)).toEqual(['sent', 'recalled'])
  // The recipient sees that there was one, struck out and without its words; nothing waits to be read.
  const left = (await (await app.as('handler')).get('/api/messages')).body.items.filter((m: { objectId: string }) => m.objectId === objectId)
  expect(left.length).toBeGreaterThan(0)
  for (const one of left) expect(one).toMatchObject({ text: null, link: null, recalledAt: expect.any(String), readAt: expect.any(String) })
  expect(await app.command((ctx) => recallMessages(ctx, { objectType: 'order', objectId }))).toBe(0)
})

test('本人可关闭普通提醒的通道，待办类和紧急消息关不掉', async () => {
  await rule()
  const handler = await app.as('handler')
  expect((await handler.put('/api/me/message-preferences', { off: [{ type: '*', channel: 'sms' }] })).status).toBe(200)
  const count = async () => (await log()).length
  const before = await count()
  await tell({ type: 'probe.news' })
  expect(await count()).toBe(before)
  await tell({ type: 'probe.news', level: 'P1' })
  await tell({ type: 'probe.urge' })
  expect(await count()).toBe(before + 2)
  expect((await handler.put('/api/me/message-preferences', { off: [{ type: 'todo', channel: 'sms' }] })).body.code).toBe('platform.preferenceFixed')
  expect((await handler.get('/api/me/message-preferences')).body).toMatchObject({ off: [{ type: '*', channel: 'sms' }], mayChange: true })
  await handler.put('/api/me/message-preferences', { off: [] })
})

test('模板只能用该类型声明的占位符，预览按样例填好', async () => {
  expect(unknownPlaceholders('{number}{nmae}{title}', { number: '', title: '' })).toEqual(['nmae'])
  const bad = await admin.put('/api/message-templates/probe.urge/sms', { title: '', text: '工单{nmae}被催办', version: 0 })
  expect(bad).toMatchObject({ status: 422, body: { code: 'platform.unknownPlaceholder' } })
  expect(bad.body.fields[0].message).toContain('{number}')
  expect((await admin.post('/api/message-templates/preview', { type: 'probe.urge', channel: 'sms', title: '', text: '工单{number}被催办' })).body).toMatchObject({ text: '工单2611220001被催办', length: 15, unknown: [] })
  expect((await admin.put('/api/message-templates/probe.urge/sms', { title: '', text: '工单{number}被催办：{text}', version: 0 })).status).toBe(200)
  await rule()
  await tell({ params: { number: '26112200012' } })
  expect(await newest()).toMatchObject({ text: '工单26112200012被催办：请今日答复' })
  await admin.delete('/api/message-templates/probe.urge/sms')
  expect(contentFor('sms', undefined, { title: '题', text: '文'.repeat(400), time: '' }).text).toHaveLength(300)
})

test('通道的密码加密保存，接口不返回，留空时保留原值；不完整不能启用', async () => {
  expect((await admin.put('/api/message-channels/wechat', { adapter: 'officialAccount', enabled: true, config: { appId: 'wx123456' }, version: 0 })).body.fields.map((f: { path: string }) => f.path)).toEqual(['secrets.secret', 'config.templateId'])
  expect((await admin.put('/api/message-channels/wechat', { adapter: 'officialAccount', enabled: true, config: { appId: 'wx123456', templateId: 't' }, secrets: { secret: 'top-secret-9' }, version: 0 })).status).toBe(200)
  const read = await admin.get('/api/message-channels')
  expect(JSON.stringify(read.body)).not.toContain('top-secret-9')
  expect(read.body.items.find((c: { channel: string }) => c.channel === 'wechat')).toMatchObject({ secretsSet: ['secret'], config: { appId: 'wx123456', templateId: 't' }, problem: null })
  expect((await admin.put('/api/message-channels/wechat', { adapter: 'officialAccount', enabled: false, config: { appId: 'wx654321', templateId: 't' }, version: 1 })).status).toBe(200)
  expect((await admin.get('/api/message-channels')).body.items.find((c: { channel: string }) => c.channel === 'wechat').secretsSet).toEqual(['secret'])
  const { rows } = await app.query((ctx) => sql<{ row: string }>`select to_jsonb(c)::text as row from platform_message_channel c where tenant_id = ${tenant}`.execute(ctx.db()))
  const { rows: audits } = await app.query((ctx) => sql<{ row: string }>`select to_jsonb(a)::text as row from kernel_audit a where tenant_id = ${tenant} and act = 'saveMessageChannel'`.execute(ctx.db()))
  expect([...rows, ...audits].map((r) => r.row).join()).not.toContain('top-secret-9')
  expect((await admin.put('/api/message-channels/sms', { adapter: 'carrierPigeon', enabled: true, config: {}, version: 0 })).body.code).toBe('platform.unknownAdapter')
})

test('短信停用时验证码短信成为死信并说明原因，启用后可重发', async () => {
  await admin.put('/api/message-channels/sms', { adapter: 'gateway', enabled: false, config: {}, version: 2 })
  const id = await app.command((ctx) => sendSms(ctx, { phone: '13800001234', template: 'notice', params: { text: '甲' } }))
  const go = () => smsJob.run((fn) => runCommand(app.app.runtime, { actor: nobody(tenant), requestId: 'test' }, fn), { tenantId: tenant, ids: [id] }, { attempt: 1, maxAttempts: 5 })
  await go()
  expect((await admin.get('/api/sms')).body.items.find((s: { id: string }) => s.id === id)).toMatchObject({ state: 'failed', result: '短信通道已停用' })
  await admin.put('/api/message-channels/sms', { adapter: 'gateway', enabled: true, config: {}, version: 3 })
  await admin.post(`/api/sms/${id}/resend`)
  await go()
  expect(carried).toHaveLength(1)
})

test('人员之间发消息：单位负责人只能发给本单位线上的人，定时消息到时发出，撤回后收件人只看到划去的标题', async () => {
  const leader = await app.as('unitLeader')
  const to = (logins: string[]) => ({ userIds: logins.map((login) => users[login.toLowerCase()] ?? '') })
  expect((await leader.post('/api/message-sends', { title: '核对台账', audience: to(['reviewer']) })).body.code).toBe('platform.nobodyToTell')
  expect((await (await app.as('agent')).post('/api/message-sends', { title: '甲', audience: to(['reviewer']) })).status).toBe(403)
  const { body } = await leader.post('/api/message-sends', { title: '核对台账', text: '今日下班前', audience: to(['handler', 'sectionHandler', 'reviewer']) })
  expect(body.told).toBe(2)
  const seen = async (login: string) => (await (await app.as(login)).get('/api/messages?type=user')).body.items
  const [got] = await seen('handler')
  expect(got).toMatchObject({ title: '核对台账', text: expect.stringContaining('测试unitLeader') })
  await (await app.as('handler')).post('/api/messages/read', { ids: [got.id] })
  expect((await leader.post(`/api/message-sends/${body.id}/recall`)).body).toEqual({ recalled: 2 })
  for (const login of ['sectionHandler', 'handler']) expect(await seen(login)).toMatchObject([{ title: '核对台账', text: null, recalledAt: expect.any(String) }])
  const later = (await leader.post('/api/message-sends', { title: '明日例会', audience: to(['handler']), sendAt: toIso(plus(app.clock.now(), 60 * MINUTE)) })).body
  await app.runTimers()
  expect((await seen('handler')).map((m: { title: string }) => m.title)).not.toContain('明日例会')
  app.clock.advance(61 * MINUTE)
  await app.runTimers()
  expect((await seen('handler')).map((m: { title: string }) => m.title)).toContain('明日例会')
  expect((await leader.post(`/api/message-sends/${later.id}/cancel`)).body.code).toBe('platform.sendOver')
  expect((await (await app.as('handler')).post(`/api/message-sends/${later.id}/recall`)).status).toBe(403)

  // PLA-24: a waiting message is changed, comes again on working days only, and each sending is recalled by itself
  const iso = (ms: number) => toIso(plus(app.clock.now(), ms))
  const words = { title: '报送日报', text: '九点前', level: 'P3' }
  expect((await leader.post('/api/message-sends', { ...words, audience: to(['handler']), sendAt: iso(-60 * MINUTE) })).body.code).toBe('platform.sendInPast')
  expect((await leader.post('/api/message-sends', { ...words, audience: to(['handler']), repeat: 'daily' })).body.code).toBe('platform.repeatWithoutTime')
  const daily = (await leader.post('/api/message-sends', { ...words, audience: to(['handler']), sendAt: iso(60 * MINUTE), repeat: 'daily' })).body
  const change = (more: object) => ({ ...words, sendAt: iso(60 * MINUTE), repeat: 'daily', version: 1, ...more })
  expect((await leader.patch(`/api/message-sends/${daily.id}`, change({ sendAt: iso(-60 * MINUTE) }))).body.code).toBe('platform.sendInPast')
  expect((await (await app.as('supervisor')).patch(`/api/message-sends/${daily.id}`, change({}))).status).toBe(404)
  expect((await leader.patch(`/api/message-sends/${daily.id}`, change({ title: '报送周报' }))).body).toEqual({ version: 2 })
  expect((await leader.patch(`/api/message-sends/${daily.id}`, change({}))).status).toBe(409)
  const titles = async () => (await seen('handler')).filter((m: { title: string }) => m.title === '报送周报').length
  app.clock.advance(61 * MINUTE)
  await app.runTimers()
  await app.runTimers()
  expect(await titles()).toBe(1)
  app.clock.advance(24 * 60 * MINUTE)
  await app.runTimers()
  expect(await titles()).toBe(2)
  const mine = (await leader.get('/api/message-sends')).body.items.filter((one: { title: string }) => one.title === '报送周报')
  expect(mine.map((one: { state: string; repeat: string; told: number | null }) => [one.state, one.repeat, one.told]).toSorted()).toEqual([['scheduled', 'daily', null], ['sent', 'once', 1], ['sent', 'once', 1]])
  expect((await leader.post(`/api/message-sends/${mine.find((one: { state: string }) => one.state === 'sent').id}/recall`)).body).toEqual({ recalled: 1 })
  expect((await leader.post(`/api/message-sends/${daily.id}/cancel`)).status).toBe(200)
  expect((await leader.patch(`/api/message-sends/${daily.id}`, change({ version: 3 }))).body.code).toBe('platform.sendOver')
})

// 2026-10-01 to 07 are holidays, 2026-10-10 (Saturday) is worked.
const sending = (text: string) => instant(`${text}:00+08:00`)
const calendar = buildCalendar([...['01', '02', '03', '04', '05', '06', '07'].map((day) => ({ date: `2026-10-${day}`, kind: 'holiday' as const })), { date: '2026-10-10', kind: 'workday' as const }], { timeZone: 'Asia/Shanghai', workingHours: [{ from: '09:00', to: '17:00' }], coveredUntil: '2026-12-31' })
test.each([
  ['workdays', '2026-09-30T09:00', '2026-09-30T09:01', '2026-10-08T09:00'], ['workdays', '2026-10-09T09:00', '2026-10-09T09:01', '2026-10-10T09:00'], ['workdays', '2026-10-10T09:00', '2026-10-10T09:01', '2026-10-12T09:00'],
  ['daily', '2026-10-01T09:00', '2026-10-01T09:01', '2026-10-02T09:00'], ['daily', '2026-10-01T09:00', '2026-10-04T10:00', '2026-10-05T09:00'], ['weekly', '2026-10-01T09:00', '2026-10-01T09:01', '2026-10-08T09:00'],
] as const)('重复发送 %s：%s 之后（此刻 %s）是 %s', (repeat, last, now, next) => expect(toIso(nextSending(calendar, sending(last), repeat, sending(now)))).toBe(toIso(sending(next))))
test('每个工作日重复，首次选在节假日的顺延到下一个工作日', () => expect(toIso(firstSending(calendar, sending('2026-10-03T09:00'), 'workdays'))).toBe(toIso(sending('2026-10-08T09:00'))))
