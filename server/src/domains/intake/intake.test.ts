// Citizens and the common desk over HTTP on a real database.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { decrypt } from '../../kernel/crypto/index.ts'
import { touchStamp } from '../platform/stamps.ts'
import { realNameRequired } from './settings.ts'
import { newId } from '../../kernel/runtime.ts'
import { testApp, type Answer, type Client, type TestApp } from '../../kernel/testing/index.ts'
import { DAY, MINUTE } from '../../kernel/time/index.ts'

let app: TestApp
let tenantId = ''
const as: Record<string, Client> = {}
const units: Record<string, string> = {}
const ids = { directory: newId(), heating: newId() }

const plain = () => app.app.runtime.db.withoutPlugins()
const visitor = () => app.nobody('public')

beforeAll(async () => {
  app = await testApp()
  tenantId = (await sql<{ id: string }>`select id from platform_tenant where code = 'test'`.execute(plain())).rows[0]?.id ?? ''
  for (const row of (await sql<{ code: string; id: string }>`select code, id from platform_unit`.execute(plain())).rows) units[row.code] = row.id
  for (const login of ['agent', 'agent2', 'shiftLeader', 'reviewer', 'dispatcher', 'handler', 'unitLeader', 'businessAdmin', 'callbackAgent', 'tenantAdmin']) as[login] = await app.as(login)
  await sql`insert into matter_directory (tenant_id, id, code, name, path, level, sort, elements, search_key, state, created_by_name, created_at, updated_at)
    values (${tenantId}, ${ids.directory}, 'D1', '城市运行', array[${ids.directory}]::uuid[], 0, 0, '[]', '城市运行', 'effective', '测试', now(), now())`.execute(plain())
  await sql`insert into matter_matter (tenant_id, id, code, name, directory_id, directory_path, elements, keywords, search_key, state, version, created_by_name, created_at, updated_at)
    values (${tenantId}, ${ids.heating}, 'M1', '供热不热', ${ids.directory}, array[${ids.directory}]::uuid[], ${JSON.stringify([{ code: 'since', name: '开始时间', type: 'text', required: true, prompt: '从什么时候开始不热的？' }, { code: 'unitNo', name: '楼栋房号', type: 'address', required: true }, { code: 'temp', name: '室温', type: 'number', required: false }])}::jsonb,
      array['暖气'], 'm1 供热不热 暖气 gongrebure grbr', 'effective', 1, '测试', now(), now())`.execute(plain())
})
afterAll(() => app.stop())

const who = (login: string): Client => as[login] as Client
const ok = async (answer: Promise<Answer>): Promise<any> => {
  const { status, body } = await answer
  expect({ status, body: status === 200 ? 'ok' : body }).toEqual({ status: 200, body: 'ok' })
  return body
}

/** The last code that was sent, as an administrator reads it in the outbox. */
const lastCode = async (): Promise<string> => {
  const { rows } = await sql<{ text_enc: string }>`select text_enc from platform_sms where template = 'loginCode' order by created_at desc, id desc limit 1`.execute(plain())
  return /\d{6}/.exec(decrypt(app.app.runtime.keys, rows[0]?.text_enc ?? '', 'sms.text'))?.[0] ?? ''
}
const smsCount = async (): Promise<number> => (await sql<{ n: number }>`select count(*) as n from platform_sms`.execute(plain())).rows[0]?.n ?? 0

/** A citizen with a session of his own. */
async function citizen(phone: string): Promise<Client> {
  await ok(visitor().post('/api/public/sign-in/code', { phone }))
  await ok(visitor().post('/api/public/sign-in', { phone, code: await lastCode() }))
  const { rows } = await sql<{ id: string }>`select id from intake_account order by created_at desc, id desc limit 1`.execute(plain())
  return app.session('public', rows[0]?.id ?? '', tenantId)
}

let n = 0
const key = (): string => `draft-key-0000-${String(++n).padStart(6, '0')}`
const appeal = (more: Record<string, unknown> = {}) => ({ clientKey: key(), content: '小区北门的路灯坏了一周。晚上老人出行不方便。', appealType: 'help', areaCode: '990101001001', address: '望澜府北门', ...more })
const orderId = async (number: string): Promise<string> => (await sql<{ id: string }>`select id from order_order where number = ${number}`.execute(plain())).rows[0]?.id ?? ''

test('资料可补固定电话、出生日期、性别；出生日期与身份证号不一致、在未来的不收，掩码送回不变', async () => {
  const me = await citizen('13700009901')
  const head = '11010119900307123'
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const idNumber = head + ('10X98765432'[[...head].reduce((sum, digit, i) => sum + Number(digit) * (weights[i] ?? 0), 0) % 11] ?? '')
  for (const [body, path] of [[{ idNumber, birthDate: '1991-01-01' }, 'birthDate'], [{ birthDate: '2099-01-01' }, 'birthDate'], [{ landline: 'abc' }, 'landline']] as const) expect(await me.patch('/api/public/profile', body)).toMatchObject({ status: 422, body: { fields: [{ path }] } })
  const saved = await ok(me.patch('/api/public/profile', { idNumber, landline: '0990-1234567', sex: 'female' }))
  expect(saved).toMatchObject({ birthDate: '1990-03-07', sex: 'female', landline: expect.stringContaining('*') })
  expect((await ok(me.patch('/api/public/profile', { landline: saved.landline }))).landline).toBe(saved.landline)
})

describe('验证码登录', () => {
  test('收到验证码后登录，得到公众会话；再次登录是同一账号', async () => {
    const phone = '13900000001'
    const sent = await ok(visitor().post('/api/public/sign-in/code', { phone: '+86 139 0000 0001' }))
    expect(sent).toEqual({ validMinutes: 5, resendSeconds: 60 })
    const answer = await visitor().post('/api/public/sign-in', { phone, code: await lastCode() })
    expect(answer.status).toBe(200)
    expect(String(answer.headers['set-cookie'])).toMatch(/^ms_public=.+HttpOnly/)
    expect(answer.body).toMatchObject({ firstTime: true, citizen: { mobile: '139****0001', realName: false } })
    app.clock.advance(2 * MINUTE)
    await ok(visitor().post('/api/public/sign-in/code', { phone }))
    expect(await ok(visitor().post('/api/public/sign-in', { phone, code: await lastCode() }))).toMatchObject({ firstTime: false })
    expect(JSON.stringify(answer.body)).not.toContain(phone)
  })

  test('验证码用过即失效，五分钟后过期', async () => {
    const phone = '13900000002'
    await ok(visitor().post('/api/public/sign-in/code', { phone }))
    const code = await lastCode()
    await ok(visitor().post('/api/public/sign-in', { phone, code }))
    expect(await visitor().post('/api/public/sign-in', { phone, code })).toMatchObject({ status: 422, body: { code: 'intake.wrongCode' } })
    app.clock.advance(2 * MINUTE)
    await ok(visitor().post('/api/public/sign-in/code', { phone }))
    const late = await lastCode()
    app.clock.advance(6 * MINUTE)
    expect((await visitor().post('/api/public/sign-in', { phone, code: late })).status).toBe(422)
  })

  test('输错五次后，正确的验证码也被拒绝', async () => {
    const phone = '13900000003'
    await ok(visitor().post('/api/public/sign-in/code', { phone }))
    const code = await lastCode()
    const wrong = code === '000000' ? '000001' : '000000'
    for (let i = 0; i < 5; i++) expect((await visitor().post('/api/public/sign-in', { phone, code: wrong })).status).toBe(422)
    expect(await visitor().post('/api/public/sign-in', { phone, code })).toMatchObject({ status: 422, body: { code: 'intake.wrongCode' } })
  })

  test('一分钟内重复获取只发一条短信，回答相同；每天超过上限被拒绝', async () => {
    const phone = '13900000004'
    const before = await smsCount()
    const answers = [await ok(visitor().post('/api/public/sign-in/code', { phone })), await ok(visitor().post('/api/public/sign-in/code', { phone }))]
    expect(answers[1]).toEqual(answers[0])
    expect(await smsCount()).toBe(before + 1)
    for (let i = 0; i < 9; i++) {
      app.clock.advance(61_000)
      await ok(visitor().post('/api/public/sign-in/code', { phone }))
    }
    app.clock.advance(61_000)
    expect(await visitor().post('/api/public/sign-in/code', { phone })).toMatchObject({ status: 429, body: { code: 'intake.tooOften', until: expect.any(String) } })
  })

  test('不是手机号的号码指出字段', async () => {
    expect(await visitor().post('/api/public/sign-in/code', { phone: '0990-5550001' })).toMatchObject({ status: 422, body: { fields: [{ path: 'phone' }] } })
  })

  test('实名信息校验身份证号，只回显掩码', async () => {
    app.clock.advance(DAY)
    const me = await citizen('13900000005')
    expect(await me.patch('/api/public/profile', { name: '林小满', idNumber: '11010519491231002A' })).toMatchObject({ status: 422, body: { fields: [{ path: 'idNumber' }] } })
    const saved = await ok(me.patch('/api/public/profile', { name: '林小满', idNumber: '11010519491231002x', areaCode: '990101001' }))
    expect(saved).toMatchObject({ name: '林*满', realName: false, areaCode: '990101001' })
    expect(saved.idNumber).toContain('*')
    expect(await ok(me.patch('/api/public/profile', { idNumber: saved.idNumber }))).toMatchObject({ realName: false })
    expect(await ok(me.patch('/api/public/profile', { address: '望澜府 1 号楼' }))).toMatchObject({ realName: true })
    const { rows } = await sql<{ id_number_enc: string }>`select id_number_enc from intake_account where id_number_enc is not null`.execute(plain())
    expect(rows[0]?.id_number_enc).not.toContain('110105')
  })

  test('暂停的账号立即退出，且不能再登录', async () => {
    const phone = '13900000006'
    const me = await citizen(phone)
    const list = await ok(who('businessAdmin').get(`/api/citizen-accounts?phone=${phone}`))
    expect(list.items).toHaveLength(1)
    await ok(who('businessAdmin').patch(`/api/citizen-accounts/${list.items[0].id}`, { state: 'paused', reason: '恶意提交', version: list.items[0].version }))
    expect((await me.get('/api/public/orders')).status).toBe(401)
    app.clock.advance(2 * MINUTE)
    await ok(visitor().post('/api/public/sign-in/code', { phone }))
    expect(await visitor().post('/api/public/sign-in', { phone, code: await lastCode() })).toMatchObject({ status: 403, body: { code: 'intake.accountPaused' } })
    expect((await who('agent').get('/api/citizen-accounts')).status).toBe(403)
  })
})

describe('密码与找回', () => {
  const codeFor = async (phone: string): Promise<string> => {
    app.clock.advance(2 * MINUTE)
    await ok(visitor().post('/api/public/sign-in/code', { phone }))
    return lastCode()
  }

  test('设置密码要再验一次短信，之后可用密码登录；输错五次后正确的也要等', async () => {
    const phone = '13900000007'
    const me = await citizen(phone)
    expect((await visitor().post('/api/public/sign-in/password', { phone, password: 'abcd12345' })).status).toBe(422)
    expect((await me.put('/api/public/password', { code: '000000', password: 'abcd12345' })).status).toBe(422)
    expect((await me.put('/api/public/password', { code: await codeFor(phone), password: 'short1' })).body.fields[0].path).toBe('password')
    expect(await ok(me.put('/api/public/password', { code: await codeFor(phone), password: 'abcd12345', question: '我的小学', answer: '第一 小学' }))).toEqual({ set: true, question: '我的小学' })
    const entered = await visitor().post('/api/public/sign-in/password', { phone, password: 'abcd12345' })
    expect(entered).toMatchObject({ status: 200, body: { citizen: { mobile: '139****0007' } } })
    expect(JSON.stringify((await sql`select * from intake_account`.execute(plain())).rows)).not.toContain('abcd12345')
    for (let i = 0; i < 4; i++) await visitor().post('/api/public/sign-in/password', { phone, password: 'wrong12345' })
    expect(await visitor().post('/api/public/sign-in/password', { phone, password: 'abcd12345' })).toMatchObject({ status: 429 })
  })

  test('找回要姓名、身份证号、验证码和密保答案都对；别人的姓名得到同样的回答，什么都不改', async () => {
    app.clock.advance(DAY)
    const phone = '13900000008'
    const me = await citizen(phone)
    await ok(me.patch('/api/public/profile', { name: '周小满', idNumber: '11010519491231002X' }))
    await ok(me.put('/api/public/password', { code: await codeFor(phone), password: 'abcd12345', question: '我的小学', answer: '第一小学' }))
    const reset = async (change: Record<string, string>) => visitor().post('/api/public/password/reset', { phone, code: await codeFor(phone), name: '周小满', idNumber: '11010519491231002X', answer: '第一 小学', password: 'newer67890', ...change })
    const [name, answer, code] = [await reset({ name: '别人' }), await reset({ answer: '第二小学' }), await reset({ code: '000000' })]
    for (const refused of [name, answer, code]) expect({ ...refused.body, requestId: '' }).toEqual({ ...name.body, requestId: '' })
    expect(name).toMatchObject({ status: 422, body: { code: 'intake.resetFailed' } })
    expect((await visitor().post('/api/public/sign-in/password', { phone, password: 'newer67890' })).status).toBe(422)
    expect(await ok(reset({}))).toEqual({ done: true })
    expect((await me.get('/api/public/orders')).status).toBe(401)
    expect((await visitor().post('/api/public/sign-in/password', { phone, password: 'newer67890' })).status).toBe(200)
  })
})

describe('提交诉求', () => {
  test('没有登录不能提交；空内容、未知区划、未知类型指出字段，什么都不存', async () => {
    expect((await visitor().post('/api/public/submissions', appeal())).status).toBe(401)
    const me = await citizen('13900000011')
    const before = (await sql<{ n: number }>`select count(*) as n from order_order`.execute(plain())).rows[0]?.n
    for (const [more, path] of [[{ content: '  ' }, 'content'], [{ areaCode: '123456' }, 'areaCode'], [{ appealType: 'nothing' }, 'appealType'], [{ matterId: newId() }, 'matterId']] as const) {
      const answer = await me.post('/api/public/submissions', appeal(more))
      expect(answer).toMatchObject({ status: 422 })
      expect(answer.body.fields.map((f: { path: string }) => f.path)).toContain(path)
    }
    expect((await sql<{ n: number }>`select count(*) as n from order_order`.execute(plain())).rows[0]?.n).toBe(before)
  })

  test('默认须实名登记：姓名、身份证号、地址齐全后才能提交', async () => {
    app.clock.advance(DAY)
    expect(realNameRequired.fallback).toBe(true)
    const me = await citizen('13900000058')
    const asked = (value: boolean) => sql`update platform_setting_value set value = ${JSON.stringify(value)}::jsonb, version = version + 1 where key = 'realName.required'`.execute(plain()).then(() => app.command((ctx) => touchStamp(ctx, 'settings'), { tenantId }))
    await asked(true)
    const sent = () => me.post('/api/public/submissions', appeal())
    expect((await sent()).body).toMatchObject({ rule: 'realName.required', status: 409 })
    await ok(me.patch('/api/public/profile', { name: '林小满', idNumber: '11010519491231002x' }))
    expect((await sent()).status).toBe(409)
    await ok(me.patch('/api/public/profile', { address: '望澜府 1 号楼' }))
    await ok(sent())
    await asked(false)
  })

  test('同一草稿同时发送两次，只有一个编号', async () => {
    const me = await citizen('13900000012')
    const body = appeal()
    const [a, b] = await Promise.all([ok(me.post('/api/public/submissions', body)), ok(me.post('/api/public/submissions', body))])
    expect(a.number).toBe(b.number)
    expect([a.repeated, b.repeated].toSorted()).toEqual([false, true])
    expect((await ok(me.get('/api/public/orders'))).items).toHaveLength(1)
    expect(a.title).toBe('小区北门的路灯坏了一周')
    expect(a.next.length).toBeGreaterThan(2)
  })

  test('追问的答案写进正文，未答的写明暂不清楚；照片随诉求到达', async () => {
    const me = await citizen('13900000013')
    const photo = await ok(me.upload('/api/public/attachments?place=registration', { name: '路灯.png', type: 'image/png', content: png }))
    const sent = await ok(me.post('/api/public/submissions', appeal({ content: '家里暖气不热', matterId: ids.heating, answers: [{ code: 'since', value: '' }, { code: 'made-up', value: 'x' }], fileIds: [photo.id] })))
    const order = await ok(me.get(`/api/public/orders/${sent.number}`))
    expect(order.content).toBe('家里暖气不热\n\n【补充情况】\n开始时间：暂不清楚')
    expect(order.files).toHaveLength(1)
    expect((await me.get(`/api/public/attachments/${photo.id}`)).status).toBe(200)
    const other = await citizen('13900000014')
    expect((await other.get(`/api/public/attachments/${photo.id}`)).status).toBe(404)
    expect((await visitor().get(`/api/public/attachments/${photo.id}`)).status).toBe(404)
  })

  test('换一种说法写同一件事，提示本人没办结的诉求；别人的和已撤回的不提示', async () => {
    const me = await citizen('13900000019')
    const first = await ok(me.post('/api/public/submissions', appeal({ content: '望澜府小区北门的路灯坏了一周，晚上老人出行不方便' })))
    const asked = { content: '我们望澜府北门路灯坏了，晚上看不见路', areaCode: '990101001001' }
    expect((await ok(me.post('/api/public/own-similar', asked))).items.map((i: { number: string }) => i.number)).toEqual([first.number])
    expect((await ok((await citizen('13900000010')).post('/api/public/own-similar', asked))).items).toEqual([])
    expect((await ok(me.post('/api/public/own-similar', { content: '请问公积金贷款需要哪些材料' }))).items).toEqual([])
    await ok(me.post(`/api/public/orders/${first.number}/withdraw`, { reason: '修好了' }))
    expect((await ok(me.post('/api/public/own-similar', asked))).items).toEqual([])
    expect((await visitor().post('/api/public/own-similar', asked)).status).toBe(401)
  })

  test('投诉绑定了表单时，不填发生时间被拒绝并指出字段，咨询不受影响', async () => {
    const schema = { type: 'object', required: ['happenedOn'], properties: { happenedOn: { type: 'string', format: 'date', title: '发生时间' }, proof: { type: 'string', format: 'textarea', title: '证据说明' } } }
    const form = await ok(who('businessAdmin').post('/api/forms', { key: 'portalComplaint', name: '网上投诉', schema }))
    await ok(who('businessAdmin').post(`/api/form-versions/${form.versionId}/publish`, {}))
    await ok(who('businessAdmin').post(`/api/forms/${form.id}/bindings`, { appealType: 'complaint', channel: 'portal' }))
    const me = await citizen('13900000009')
    const found = await ok(visitor().get('/api/forms/for?appealType=complaint&channel=portal'))
    expect(Object.keys(found.form.schema.properties)).toContain('happenedOn')
    const refused = await me.post('/api/public/submissions', appeal({ appealType: 'complaint', content: '楼下夜里施工太吵了' }))
    expect(refused).toMatchObject({ status: 422, body: { fields: [{ path: 'formData.happenedOn' }] } })
    const sent = await ok(me.post('/api/public/submissions', appeal({ appealType: 'complaint', content: '楼下夜里施工太吵了', formData: { happenedOn: '2026-11-10' } })))
    expect((await sql<{ form_data: Record<string, string> }>`select form_data from order_order where number = ${sent.number}`.execute(plain())).rows[0]?.form_data).toMatchObject({ happenedOn: '2026-11-10' })
    expect((await me.post('/api/public/submissions', appeal({ appealType: 'consultation', content: '请问社保怎么转移' }))).status).toBe(200)
  })

  test('一小时内超过上限的提交被拒绝，重发旧草稿不算', async () => {
    const me = await citizen('13900000015')
    const first = appeal()
    await ok(me.post('/api/public/submissions', first))
    for (let i = 0; i < 4; i++) await ok(me.post('/api/public/submissions', appeal()))
    expect(await me.post('/api/public/submissions', appeal())).toMatchObject({ status: 429, body: { code: 'intake.tooOften' } })
    expect(await ok(me.post('/api/public/submissions', first))).toMatchObject({ repeated: true })
    app.clock.advance(61 * MINUTE)
    await ok(me.post('/api/public/submissions', appeal()))
  })

  test('停用的渠道显示公告，不存任何东西', async () => {
    const me = await citizen('13900000016')
    const channels = await ok(who('businessAdmin').get('/api/channels'))
    const portal = channels.items.find((c: { code: string }) => c.code === 'portal')
    const off = await ok(who('businessAdmin').patch('/api/channels/portal', { version: portal.version, enabled: false, notice: '系统升级，今晚 22 点恢复' }))
    expect(await me.post('/api/public/submissions', appeal())).toMatchObject({ status: 409, body: { code: 'intake.channelClosed', title: '系统升级，今晚 22 点恢复' } })
    expect(await ok(visitor().get('/api/public/settings'))).toMatchObject({ closed: '系统升级，今晚 22 点恢复' })
    expect((await ok(me.get('/api/public/orders'))).items).toHaveLength(0)
    expect((await who('businessAdmin').patch('/api/channels/portal', { version: portal.version, enabled: true })).status).toBe(409)
    await ok(who('businessAdmin').patch('/api/channels/portal', { version: off.version, enabled: true, notice: null }))
  })

  test('按描述推荐事项，只给公众名称和可追问的问题', async () => {
    const found = await ok(visitor().post('/api/public/matters/suggest', { text: '我家暖气三天了一直不热' }))
    expect(found.items).toEqual([{ id: ids.heating, name: '供热不热', path: ['城市运行'] }])
    const matter = await ok(visitor().get(`/api/public/matters/${ids.heating}`))
    expect(matter.questions).toEqual([{ code: 'since', name: '开始时间', ask: '从什么时候开始不热的？', type: 'text', options: [], help: null }])
    expect(Object.keys(matter).toSorted()).toEqual(['id', 'name', 'path', 'questions'])
  })

  test('附近同类只给数量、事项、街道和公众状态；保密诉求不算', async () => {
    const me = await citizen('13900000017')
    await ok(me.post('/api/public/submissions', appeal({ matterId: ids.heating, areaCode: '990101002001', content: '张先生家在书香里三号楼，暖气不热，电话 13900000017' })))
    await ok(me.post('/api/public/submissions', appeal({ matterId: ids.heating, areaCode: '990101002001', confidential: true })))
    const near = await ok(visitor().get(`/api/public/nearby?matterId=${ids.heating}&areaCode=990101002002`))
    expect(near).toEqual({ count: 1, matterName: '供热不热', place: '书岭街道', states: [{ state: 'accepted', stateName: '待受理', count: 1 }] })
    expect(await ok(visitor().get(`/api/public/nearby?matterId=${ids.heating}&areaCode=990101003001`))).toMatchObject({ count: 0 })
    const mine = await ok(me.get(`/api/public/own-open?matterId=${ids.heating}`))
    expect(mine.items).toHaveLength(2)
    expect(await ok((await citizen('13900000018')).get(`/api/public/own-open?matterId=${ids.heating}`))).toEqual({ items: [] })
  })
})

describe('全媒体受理台', () => {
  test('两人同时提取，一人成功，另一人得到对方姓名；释放后回到原位', async () => {
    app.clock.advance(DAY)
    const me = await citizen('13900000021')
    const first = await ok(me.post('/api/public/submissions', appeal()))
    app.clock.advance(1000)
    const second = await ok(me.post('/api/public/submissions', appeal()))
    const id = await orderId(first.number)
    const answers = await Promise.all([who('agent').post(`/api/desk/submissions/${id}/pick`), who('agent2').post(`/api/desk/submissions/${id}/pick`)])
    expect(answers.map((a) => a.status).toSorted()).toEqual([200, 409])
    const loser = answers.find((a) => a.status === 409)
    expect(loser?.body).toMatchObject({ code: 'intake.pickedByOther', title: expect.stringMatching(/测试agent2? 提取/) })
    const winner = answers[0]?.status === 200 ? 'agent' : 'agent2'
    const other = winner === 'agent' ? 'agent2' : 'agent'
    expect((await who(other).post(`/api/desk/submissions/${id}/release`)).status).toBe(409)
    await ok(who(winner).post(`/api/desk/submissions/${id}/release`))
    const list = (await ok(who('agent').get('/api/desk/channels?view=waiting'))).items.map((i: { number: string }) => i.number)
    expect(list.indexOf(first.number)).toBeGreaterThanOrEqual(0)
    expect(list.indexOf(first.number)).toBeLessThan(list.indexOf(second.number))
  })

  test('提取后座席看得到工单、能补充登记内容，别人不能审核；送审后进入待审核', async () => {
    const me = await citizen('13900000022')
    const sent = await ok(me.post('/api/public/submissions', appeal()))
    const id = await orderId(sent.number)
    expect((await who('agent').get(`/api/orders/${id}`)).status).toBe(404)
    await ok(who('agent').post(`/api/desk/submissions/${id}/pick`))
    const order = await ok(who('agent').get(`/api/orders/${id}`))
    await ok(who('agent').patch(`/api/orders/${id}`, { version: order.version, summary: '路灯不亮' }))
    expect((await who('reviewer').post(`/api/orders/${id}/pass-review`, {})).status).toBe(409)
    expect(await ok(who('agent').get('/api/desk/channels?view=mine'))).toMatchObject({ mine: 1, items: [{ number: sent.number, pick: 'mine' }] })
    await ok(who('agent').post(`/api/desk/submissions/${id}/finish`, {}))
    await ok(who('reviewer').post(`/api/orders/${id}/pass-review`, {}))
    expect((await who('agent').post(`/api/desk/submissions/${id}/pick`)).status).toBe(409)
  })

  test('独占时间过后，别人可以提取', async () => {
    const me = await citizen('13900000023')
    const id = await orderId((await ok(me.post('/api/public/submissions', appeal()))).number)
    await ok(who('agent').post(`/api/desk/submissions/${id}/pick`))
    app.clock.advance(31 * MINUTE)
    await ok(who('agent2').post(`/api/desk/submissions/${id}/pick`))
    expect((await who('agent').post(`/api/desk/submissions/${id}/finish`, {})).status).toBe(409)
  })

  test('保密诉求在提取前不露标题和地点；没有权限的人看不到受理台', async () => {
    const me = await citizen('13900000024')
    const sent = await ok(me.post('/api/public/submissions', appeal({ confidential: true, content: '举报我的领导收红包' })))
    const row = (await ok(who('agent').get('/api/desk/channels?limit=200'))).items.find((i: { number: string }) => i.number === sent.number)
    expect(row).toMatchObject({ confidential: true, areaName: null, requesterName: '' })
    expect(row.title).not.toContain('领导')
    expect((await who('handler').get('/api/desk/channels')).status).toBe(403)
  })
})

describe('我的诉求', () => {
  test('用同一手机号打热线登记的诉求也在列表里；别人的编号等于不存在', async () => {
    const me = await citizen('13900000031')
    const other = await citizen('13900000032')
    const phoned = await ok(who('agent').post('/api/orders', { requester: { name: '王秀英', phone: '139 0000 0031' }, appealType: 'complaint', title: '楼下夜市扰民', content: '夜里两点还很吵', areaCode: '990101' }))
    expect((await ok(me.get('/api/public/orders'))).items.map((i: { number: string }) => i.number)).toEqual([phoned.number])
    expect((await me.get(`/api/public/orders/${phoned.number}`)).status).toBe(200)
    for (const path of [phoned.number, '2611170000000000']) expect(await other.get(`/api/public/orders/${path}`)).toMatchObject({ status: 404, body: { code: 'intake.orderUnknown' } })
    expect((await other.post(`/api/public/orders/${phoned.number}/withdraw`, { reason: '不办了' })).status).toBe(404)
    expect((await visitor().get(`/api/public/orders/${phoned.number}`)).status).toBe(401)
    expect((await who('agent').get('/api/public/orders')).status).toBe(404)
  })

  test('从提交到评价：公众状态、单位、答复可见，内部意见和工作人员姓名从不出现', async () => {
    const me = await citizen('13900000033')
    const sent = await ok(me.post('/api/public/submissions', appeal()))
    const id = await orderId(sent.number)
    const see = async () => ok(me.get(`/api/public/orders/${sent.number}`))
    const pages = [await see()]
    expect(pages[0]).toMatchObject({ state: 'accepted', stateName: '待受理', unitName: null, enquiryCode: sent.enquiryCode })
    expect((await me.post(`/api/public/orders/${sent.number}/rating`, { stars: 5, satisfied: 'yes', solved: 'yes' })).status).toBe(409)
    await ok(who('agent').post(`/api/desk/submissions/${id}/pick`))
    await ok(who('agent').post(`/api/desk/submissions/${id}/finish`, { note: '内部备注：疑似职业打假人' }))
    await ok(who('reviewer').post(`/api/orders/${id}/pass-review`, { opinion: '内部意见：老上访户' }))
    const { assignments } = await ok(who('dispatcher').post(`/api/orders/${id}/dispatch`, { units: [{ unitId: units['T-URBAN'], role: 'lead', requirement: '内部要求：速办' }], opinion: '内部派发意见' }))
    await ok(me.post(`/api/public/orders/${sent.number}/supplements`, { content: '今天第二盏也坏了' }))
    const urged = await ok(me.post(`/api/public/orders/${sent.number}/urges`, {}))
    expect(urged).toMatchObject({ state: 'handling', unitName: '测试市城管局', urges: 1 })
    pages.push(urged)
    const task = assignments[0].id
    await ok(who('handler').post(`/api/assignments/${task}/sign`))
    await ok(who('handler').post(`/api/assignments/${task}/feedback`, { kind: 'progress', result: '已联系灯具厂家，预计后天到货', public: true }))
    await ok(who('handler').post(`/api/assignments/${task}/feedback`, { kind: 'progress', result: '内部进展：预算不足' }))
    await ok(who('handler').post(`/api/assignments/${task}/feedback`, { result: '已更换灯具并通电。', basis: '城市照明管理规定', opinion: '内部：诉求人态度恶劣', contacted: 'yes', solved: 'yes', satisfied: 'yes' }))
    await ok(who('unitLeader').post(`/api/assignments/${task}/review`, { outcome: 'accept', opinion: '内部：同意' }))
    await ok(who('reviewer').post(`/api/orders/${id}/review-result`, { outcome: 'accept', opinion: '内部：材料勉强' }))
    const done = await see()
    pages.push(done)
    expect(done).toMatchObject({ state: 'done', stateName: '已办结', reply: '已更换灯具并通电。', reports: [{ text: '已联系灯具厂家，预计后天到货', unitName: '测试市城管局' }], supplements: [{ content: '今天第二盏也坏了', own: true }] })
    expect(JSON.stringify(pages)).not.toMatch(/内部|测试(agent|reviewer|handler|dispatcher|unitLeader)|pendingReview|inProgress|pendingCallback|13900000033/)
    expect((await me.post(`/api/public/orders/${sent.number}/supplements`, { content: '还有一盏' })).status).toBe(409)
    expect(await me.post(`/api/public/orders/${sent.number}/rating`, { stars: 1, satisfied: 'no', solved: 'no', reasons: ['问题没有解决', '没有人联系我', '办理时间太长', '服务态度不好'] })).toMatchObject({ status: 422 })
    expect((await me.post(`/api/public/orders/${sent.number}/rating`, { stars: 1, satisfied: 'no', solved: 'no', reasons: ['自己编的原因'] })).status).toBe(422)
    const rated = await ok(me.post(`/api/public/orders/${sent.number}/rating`, { stars: 1, satisfied: 'no', solved: 'no', reasons: ['问题没有解决'], text: '晚上还是不亮' }))
    expect(rated).toMatchObject({ state: 'handling', again: true, reply: null, rating: { stars: 1, reopened: true } })
    expect((await ok(who('reviewer').get(`/api/orders/${id}`)))).toMatchObject({ state: 'inProgress', round: 2 })
    expect((await me.post(`/api/public/orders/${sent.number}/rating`, { stars: 5, satisfied: 'yes', solved: 'yes' })).status).toBe(409)
  })

  test('满意的评价代替回访并归档，每轮只能评价一次', async () => {
    const me = await citizen('13900000034')
    const sent = await ok(me.post('/api/public/submissions', appeal()))
    await handled(sent.number)
    const rated = await ok(me.post(`/api/public/orders/${sent.number}/rating`, { stars: 5, satisfied: 'yes', solved: 'yes' }))
    expect(rated).toMatchObject({ state: 'done', rating: { stars: 5, reopened: false }, rated: true })
    expect(await me.post(`/api/public/orders/${sent.number}/rating`, { stars: 1, satisfied: 'no', solved: 'no' })).toMatchObject({ status: 409, body: { code: 'intake.ratedAlready' } })
    expect(await ok(who('reviewer').get(`/api/orders/${await orderId(sent.number)}`))).toMatchObject({ state: 'archived' })
  })

  test('不需要回访的诉求在评价期内不满意则重办，过期不能评价', async () => {
    const me = await citizen('13900000035')
    const [bad, late] = [await ok(me.post('/api/public/submissions', appeal({ callbackManner: 'none' }))), await ok(me.post('/api/public/submissions', appeal({ callbackManner: 'none' })))]
    await handled(bad.number)
    await handled(late.number)
    const open = await ok(me.get(`/api/public/orders/${late.number}`))
    expect(open.acts[0]).toMatchObject({ act: 'rate', enabled: true, until: open.rateUntil })
    expect(await ok(me.post(`/api/public/orders/${bad.number}/rating`, { stars: 2, satisfied: 'no', solved: 'partly' }))).toMatchObject({ state: 'handling', again: true })
    app.clock.advance(8 * DAY)
    await app.runTimers()
    const answer = await (await citizen('13900000035')).post(`/api/public/orders/${late.number}/rating`, { stars: 1, satisfied: 'no', solved: 'no' })
    expect(answer).toMatchObject({ status: 409, body: { code: 'intake.ratingOver' } })
  })

  test('撤回要写原因，撤回后公众看到已撤单；受理台不再出现', async () => {
    const me = await citizen('13900000036')
    const sent = await ok(me.post('/api/public/submissions', appeal()))
    expect((await me.post(`/api/public/orders/${sent.number}/withdraw`, { reason: ' ' })).status).toBe(422)
    expect(await ok(me.post(`/api/public/orders/${sent.number}/withdraw`, { reason: '已经修好了' }))).toMatchObject({ state: 'withdrawn', stateName: '已撤单', withdrawReason: '诉求人撤回：已经修好了', acts: expect.not.arrayContaining([expect.objectContaining({ enabled: true })]) })
    expect((await ok(who('agent').get('/api/desk/channels?limit=200'))).items.map((i: { number: string }) => i.number)).not.toContain(sent.number)
    expect((await me.post(`/api/public/orders/${sent.number}/urges`, {})).status).toBe(409)
  })
})

async function handled(number: string): Promise<void> {
  const id = await orderId(number)
  await ok(who('agent').post(`/api/desk/submissions/${id}/pick`))
  await ok(who('agent').post(`/api/desk/submissions/${id}/finish`, {}))
  await ok(who('reviewer').post(`/api/orders/${id}/pass-review`, {}))
  const { assignments } = await ok(who('dispatcher').post(`/api/orders/${id}/dispatch`, { units: [{ unitId: units['T-URBAN'], role: 'lead' }] }))
  await ok(who('handler').post(`/api/assignments/${assignments[0].id}/sign`))
  await ok(who('handler').post(`/api/assignments/${assignments[0].id}/feedback`, { result: '已处理。', basis: '职责清单', contacted: 'yes', solved: 'yes', satisfied: 'yes' }))
  await ok(who('unitLeader').post(`/api/assignments/${assignments[0].id}/review`, { outcome: 'accept' }))
  await ok(who('reviewer').post(`/api/orders/${id}/review-result`, { outcome: 'accept' }))
}

describe('查询码查询', () => {
  test('编号和查询码都对才看到状态和答复；错的查询码与不存在的编号回答相同', async () => {
    const me = await citizen('13900000041')
    const sent = await ok(me.post('/api/public/submissions', appeal()))
    const seen = await ok(visitor().post('/api/public/query', { number: sent.number, code: sent.enquiryCode.toLowerCase().replace('-', ' ') }))
    expect(seen).toMatchObject({ number: sent.number, stateName: '待受理', reply: null })
    expect(Object.keys(seen).toSorted()).toEqual(['closedAt', 'number', 'registeredAt', 'reply', 'state', 'stateName', 'steps', 'title', 'unitName'])
    const [wrong, unknown] = [await visitor().post('/api/public/query', { number: sent.number, code: 'AAAA-2222' }), await visitor().post('/api/public/query', { number: '261117990100999999', code: sent.enquiryCode })]
    expect(wrong.status).toBe(404)
    expect({ ...wrong.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' })
  })

  test('同一编号一小时内试错超过上限后，正确的查询码也要等', async () => {
    app.clock.advance(DAY)
    const me = await citizen('13900000042')
    const sent = await ok(me.post('/api/public/submissions', appeal()))
    for (let i = 0; i < 10; i++) expect((await visitor().post('/api/public/query', { number: sent.number, code: 'BBBB-3333' })).status).toBe(404)
    expect(await visitor().post('/api/public/query', { number: sent.number, code: sent.enquiryCode })).toMatchObject({ status: 429, body: { code: 'intake.tooOften' } })
    app.clock.advance(61 * MINUTE)
    await ok(visitor().post('/api/public/query', { number: sent.number, code: sent.enquiryCode }))
  })
})

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
