// Enterprise accounts over HTTP on a real database: opening, roles, submitting, levels.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { isCreditCode } from '../../../kernel/crypto/index.ts'
import { testApp, type Answer, type Client, type TestApp } from '../../../kernel/testing/index.ts'
import { limitFor } from '../../matters/index.ts'
import { citizen, tenantOf } from '../testing/citizens.ts'
import { signatureOf } from '../prepaid/money.ts'
import { phoneHashOf } from '../accounts/account.queries.ts'
import { serviceOfCaller } from './access.ts'
import { levelOf } from './enterprise.ts'
import { enterpriseChecks } from './use-enterprise.ts'

let app: TestApp
let admin: Client
const plain = () => app.app.runtime.db.withoutPlugins()
const ok = async (answer: Promise<Answer>): Promise<any> => {
  const { status, body } = await answer
  expect({ status, body: status === 200 ? 'ok' : body }).toEqual({ status: 200, body: 'ok' })
  return body
}
/** Codes with a right check digit, each another. */
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
function creditCode(n: number): string {
  const head = `91990100MA${String(n).padStart(7, '0')}`
  return [...alphabet].map((last) => head + last).find(isCreditCode) ?? ''
}
let n = 0
const apply = (more: Record<string, unknown> = {}) => ({ creditCode: creditCode(++n), name: `澜川示范企业${n}号`, industry: '制造业', contactName: '赵晓敏', ...more })
const appeal = (enterpriseId: string, more: Record<string, unknown> = {}) => ({ clientKey: `enterprise-key-${String(++n).padStart(6, '0')}`, content: '园区门口道路坑洼，货车进出困难', appealType: 'help', areaCode: '990101001001', enterpriseId, ...more })
async function opened(owner: Client, more: Record<string, unknown> = {}): Promise<any> {
  const made = await ok(owner.post('/api/public/enterprises', apply(more)))
  const { version } = await ok(admin.get(`/api/enterprise-accounts/${made.id}`))
  await ok(admin.post(`/api/enterprise-accounts/${made.id}/acts`, { act: 'open', reason: '执照和联系人已核对', version }))
  return made
}

beforeAll(async () => {
  app = await testApp()
  admin = await app.as('businessAdmin')
})
afterEach(() => enterpriseChecks.clear())
afterAll(() => app.stop())

describe('开通', () => {
  test('校验位不对的信用代码不收；登记为注销的企业不开通并说明原因', async () => {
    const me = await citizen(app, '13700000401')
    expect(await me.post('/api/public/enterprises', apply({ creditCode: '91990100MA0000001X' }))).toMatchObject({ status: 422, body: { fields: [{ path: 'creditCode' }] } })
    enterpriseChecks.add(async () => [{ check: '登记信息', result: 'bad', text: '企业已注销' }])
    const made = await ok(me.post('/api/public/enterprises', apply()))
    expect(made).toMatchObject({ state: 'refused', reason: '登记信息：企业已注销', maySubmit: false })
    expect((await me.post('/api/public/submissions', appeal(made.id))).status).toBe(403)
  })

  test('须人工核实时等待工作人员；同一企业不能再注册一个账号', async () => {
    const me = await citizen(app, '13700000402')
    const body = apply()
    const made = await ok(me.post('/api/public/enterprises', body))
    expect(made).toMatchObject({ state: 'pending', stateName: '待核实', role: 'admin' })
    expect(await (await citizen(app, '13700000403')).post('/api/public/enterprises', body)).toMatchObject({ status: 409, body: { code: 'intake.enterpriseTaken' } })
    expect((await (await app.as('agent')).get('/api/enterprise-accounts')).status).toBe(403)
    expect((await (await app.as('otherAdmin')).get(`/api/enterprise-accounts/${made.id}`)).status).toBe(404)
    const seen = await ok(admin.get(`/api/enterprise-accounts/${made.id}`))
    expect(seen.checks.map((c: { result: string }) => c.result)).toEqual(['ok', 'unknown', 'unknown'])
    const open = await ok(admin.post(`/api/enterprise-accounts/${made.id}/acts`, { act: 'open', reason: '已核对', version: seen.version }))
    expect(open).toMatchObject({ state: 'active', history: [{ act: '申请' }, { act: '开通', from: '待核实', to: '激活', reason: '已核对' }] })
    expect((await admin.post(`/api/enterprise-accounts/${made.id}/acts`, { act: 'open', reason: '再来', version: open.version })).body.code).toBe('intake.enterpriseState')
  })

  test('不须人工核实、自动核验全部通过即开通；有一项查不到仍须人工', async () => {
    await ok((await app.as('tenantAdmin')).put('/api/admin/settings/enterprise.manualVerification', { value: false, version: 0 }))
    const me = await citizen(app, '13700000404')
    expect((await ok(me.post('/api/public/enterprises', apply()))).state).toBe('pending')
    enterpriseChecks.add(async () => [{ check: '登记信息', result: 'ok', text: '存续' }])
    const body = apply()
    await sql`insert into matter_enterprise (tenant_id, id, credit_code, name, search_key, search_tokens, state, version, created_by_name, created_at, updated_at)
      select id, gen_random_uuid(), ${body.creditCode}, ${body.name}, '', ''::tsvector, 'effective', 1, '测试', now(), now() from platform_tenant where code = 'test'`.execute(plain())
    expect((await ok(me.post('/api/public/enterprises', body))).state).toBe('active')
    await ok((await app.as('tenantAdmin')).put('/api/admin/settings/enterprise.manualVerification', { value: true, version: 1 }))
  })
})

describe('企业库', () => {
  test('开通即进入企业库；以企业名义提交的工单带着企业库的企业，行业性问题为 A 级，两小时响应', async () => {
    const boss = await citizen(app, '13700000420')
    const made = await opened(boss)
    const seen = await ok(admin.get(`/api/enterprise-accounts/${made.id}`))
    expect(seen.registry).toMatchObject({ official: false })
    const numbers = [await ok(boss.post('/api/public/submissions', appeal(made.id))), await ok(boss.post('/api/public/submissions', appeal(made.id, { extent: 'industry' })))].map((o: { number: string }) => o.number)
    const { rows } = await sql<{ enterprise_id: string; enterprise_code: string; enterprise_grade: string; flagged: boolean }>`select enterprise_id, enterprise_code, enterprise_grade, 'enterprise' = any(flags) as flagged from order_order where number in (${sql.join(numbers)}) order by registered_at, id`.execute(plain())
    expect(rows.map((r) => [r.enterprise_id, r.enterprise_code, r.enterprise_grade, r.flagged])).toEqual([[seen.registry.id, made.creditCode, 'B', true], [seen.registry.id, made.creditCode, 'A', true]])
    const limit = await app.query((ctx) => limitFor(ctx, { appealType: 'help', urgency: 'normal', enterpriseGrade: 'A', clock: 'response' }), { tenantId: await tenantOf(app) })
    expect(limit).toMatchObject({ duration: { amount: 2, unit: 'naturalHours' }, yellowBefore: { amount: 1, unit: 'naturalHours' } })
  })
})

describe('使用', () => {
  test('以企业名义提交，工单主体为企业；联系人只见自己的，管理员见全部；停用后不能提交', async () => {
    const boss = await citizen(app, '13700000405')
    const made = await opened(boss)
    await ok(boss.post(`/api/public/enterprises/${made.id}/contacts`, { phone: '13700000406', name: '钱志远', role: 'contact' }))
    const clerk = await citizen(app, '13700000406')
    // The same mobile asked as a person before: the enterprise's order is the enterprise's all the same.
    await ok(clerk.post('/api/public/submissions', { ...appeal(made.id), enterpriseId: undefined, name: '钱先生' }))
    const [one, two] = [await ok(clerk.post('/api/public/submissions', appeal(made.id))), await ok(boss.post('/api/public/submissions', appeal(made.id)))]
    const { rows } = await sql<{ subject_kind: string; requester_name: string }>`select subject_kind, requester_name from order_order where number in (${one.number}, ${two.number})`.execute(plain())
    expect(rows).toEqual([{ subject_kind: 'enterprise', requester_name: made.name }, { subject_kind: 'enterprise', requester_name: made.name }])
    const numbers = async (who: Client): Promise<string[]> => (await ok(who.get(`/api/public/enterprises/${made.id}/orders`))).items.map((o: { number: string }) => o.number)
    expect(await numbers(clerk)).toEqual([one.number])
    expect(await numbers(boss)).toEqual([two.number, one.number])
    expect((await boss.get(`/api/public/orders/${one.number}`)).status).toBe(200)
    expect((await clerk.get(`/api/public/orders/${two.number}`)).status).toBe(404)
    const seen = await ok(admin.get(`/api/enterprise-accounts/${made.id}`))
    await ok(admin.post(`/api/enterprise-accounts/${made.id}/acts`, { act: 'pause', reason: '恶意投诉', version: seen.version }))
    expect(await clerk.post('/api/public/submissions', appeal(made.id))).toMatchObject({ status: 403, body: { code: 'intake.enterpriseClosed' } })
    expect((await clerk.post('/api/public/submissions', { ...appeal(made.id), enterpriseId: undefined })).status).toBe(200)
  })

  test('联系人看不到余额，也不能管理联系人；外人什么都看不到；最后一名管理员不能移除', async () => {
    const boss = await citizen(app, '13700000407')
    const made = await opened(boss)
    await ok(boss.post(`/api/public/enterprises/${made.id}/contacts`, { phone: '13700000408', name: '孙佳怡', role: 'contact' }))
    const clerk = await citizen(app, '13700000408')
    expect((await ok(boss.get(`/api/public/enterprises/${made.id}/balance`))).enabled).toBe(false)
    expect((await clerk.get(`/api/public/enterprises/${made.id}/balance`)).status).toBe(403)
    expect((await clerk.post(`/api/public/enterprises/${made.id}/contacts`, { phone: '13700000409', name: '李', role: 'admin' })).status).toBe(403)
    const stranger = await citizen(app, '13700000409')
    for (const path of ['', '/orders', '/balance']) expect((await stranger.get(`/api/public/enterprises/${made.id}${path}`)).status).toBe(404)
    expect((await stranger.post('/api/public/submissions', appeal(made.id))).status).toBe(404)
    const self = (await ok(boss.get(`/api/public/enterprises/${made.id}`))).contacts.find((c: { self: boolean }) => c.self)
    expect((await boss.delete(`/api/public/enterprises/${made.id}/contacts/${self.id}`)).body.code).toBe('intake.lastAdmin')
    const mine = (await ok(clerk.get(`/api/public/enterprises/${made.id}`))).contacts.find((c: { self: boolean }) => c.self)
    await ok(boss.delete(`/api/public/enterprises/${made.id}/contacts/${mine.id}`))
    expect((await clerk.get(`/api/public/enterprises/${made.id}`)).status).toBe(404)
  })

  test('注销后联系人资料清除，状态历史和工单保留，可以重新申请', async () => {
    const boss = await citizen(app, '13700000410')
    const made = await opened(boss)
    await ok(boss.post('/api/public/submissions', appeal(made.id)))
    const seen = await ok(admin.get(`/api/enterprise-accounts/${made.id}`))
    const closed = await ok(admin.post(`/api/enterprise-accounts/${made.id}/acts`, { act: 'close', reason: '企业注销', version: seen.version }))
    expect(closed).toMatchObject({ state: 'closed', orders: 1, people: [{ name: '', post: '' }], acts: [] })
    expect((await ok(boss.get('/api/public/enterprises'))).items).toEqual([])
    expect((await boss.post('/api/public/enterprises', apply({ creditCode: made.creditCode }))).status).toBe(200)
  })
})

describe('服务等级', () => {
  const rules = [{ code: 'A', name: '重点', staff: 300, revenue: 0, tax: 1000, employed: 0, priority: 2, manager: '' }, { code: 'C', name: '一般', staff: 0, revenue: 0, tax: 0, employed: 0, priority: 0, manager: '' }]
  test.each([[{ staff: 300, revenue: null, tax: null, employed: null }, 'A'], [{ staff: 299, revenue: 99_999, tax: 999, employed: 9999 }, 'C'], [{ staff: null, revenue: null, tax: 1000, employed: null }, 'A'], [{ staff: null, revenue: null, tax: null, employed: null }, 'C']])('%o 为 %s 级', (figures, code) => {
    expect(levelOf(rules, figures)?.code).toBe(code)
  })

  test('定级改变下一次在线客服的排队次序；手工定级须有原因；每月件数等于工单数', async () => {
    const boss = await citizen(app, '13700000411')
    const made = await opened(boss)
    const seen = await ok(admin.get(`/api/enterprise-accounts/${made.id}`))
    const level = { staff: null, revenue: null, tax: null, employed: null, version: seen.version }
    expect((await admin.put(`/api/enterprise-accounts/${made.id}/level`, { ...level, level: 'A' })).body.fields[0].path).toBe('reason')
    const agent = await app.as('agent')
    await ok(agent.post('/api/chat/duty', { on: true }))
    await ok((await app.as('tenantAdmin')).put('/api/admin/settings/chat.autoAssign', { value: false, version: 0 }))
    const earlier = await citizen(app, '13700000412')
    await ok(earlier.post('/api/public/chat', { clientKey: 'enterprise-chat-0001', topic: '先来的个人' }))
    app.clock.advance(1000)
    expect((await ok(boss.post('/api/public/chat', { clientKey: 'enterprise-chat-0002', topic: '企业咨询' }))).position).toBe(2)
    const { session } = await ok(boss.get('/api/public/chat'))
    await ok(boss.post('/api/public/chat/close', { sessionId: session.id }))
    expect((await ok(admin.put(`/api/enterprise-accounts/${made.id}/level`, { ...level, level: 'A', reason: '重点外贸企业' })))).toMatchObject({ level: 'A', levelReason: '重点外贸企业', ruleLevel: '一般企业' })
    expect((await ok(boss.post('/api/public/chat', { clientKey: 'enterprise-chat-0003', topic: '企业咨询' }))).position).toBe(1)
    expect((await ok(agent.get('/api/chat/desk'))).queue.map((q: { topic: string }) => q.topic)).toEqual(['企业咨询', '先来的个人'])
    for (let i = 0; i < 3; i++) await ok(boss.post('/api/public/submissions', appeal(made.id)))
    const figures = await ok(admin.get(`/api/enterprise-accounts/${made.id}/statistics`))
    expect(figures).toMatchObject({ total: 3, types: [{ name: '求助', count: 3 }], months: [{ count: 3 }] })
    // What was done for it, newest first; a stranger has none of it, a second reading goes on where the first ended.
    const log = await ok(boss.get(`/api/public/enterprises/${made.id}/services?limit=4`))
    expect(log.items.map((one: { kind: string }) => one.kind)).toEqual(['order', 'order', 'order', 'chat'])
    expect((await ok(boss.get(`/api/public/enterprises/${made.id}/services?cursor=${log.next}`))).items.map((one: { kind: string }) => one.kind)).toContain('account')
    expect((await earlier.get(`/api/public/enterprises/${made.id}/services`)).status).toBe(404)
  })

  test('接入方式改变下一次接触：免排队排在最前，专属座席空着就给他；号码认出企业后告知交换机', async () => {
    const boss = await citizen(app, '13700000421')
    const made = await opened(boss)
    const { version } = await ok(admin.get(`/api/enterprise-accounts/${made.id}`))
    const put = (client: Client, body: object) => client.put(`/api/enterprise-accounts/${made.id}/access`, { phone: 'noQueue', chat: 'noQueue', seatId: null, reason: '重点保障', version, ...body })
    expect((await put(admin, { reason: ' ' })).body.fields[0].path).toBe('reason')
    expect((await put(admin, { seatId: '01900000-0000-7000-8000-000000000001' })).body.fields[0].path).toBe('seatId')
    expect((await put(await app.as('agent'), {})).status).toBe(403)
    const seat = (await ok(admin.get('/api/enterprise-accounts/seats'))).items[0]
    const told = async () => app.command((ctx) => serviceOfCaller(ctx, phoneHashOf(ctx, '13700000421') ?? ''))
    expect(await told()).toMatchObject({ class: 'enterprise', variables: { 'caller.kind': 'enterprise', 'caller.level': 'C' } })
    expect(await ok(put(admin, { seatId: seat.id }))).toMatchObject({ access: { phone: 'noQueue', chatName: '免排队', seat: { id: seat.id, name: seat.name } } })
    expect((await put(admin, {})).status).toBe(409)
    expect(await told()).toMatchObject({ class: 'white', level: 0, variables: { 'caller.seat': seat.id } })
    expect((await ok(boss.post('/api/public/chat', { clientKey: 'enterprise-chat-0011', topic: '企业先来' }))).position).toBe(1)
    expect(await app.command((ctx) => serviceOfCaller(ctx, phoneHashOf(ctx, '13700000499') ?? ''))).toBeNull()
  })
})

describe('预充值（INT-27）', () => {
  const KEY = 'payment-platform-key-1'
  const notice = (creditCode: string, more: Record<string, string> = {}) => {
    const plainNotice = { noticeId: `PAY-${++n}-0001`, creditCode, amount: '100.00', way: 'transfer', paidAt: '2026-11-26T09:00:00+08:00', ...more }
    return { ...plainNotice, signature: more['signature'] ?? signatureOf('hmac-sm3', KEY, plainNotice) }
  }
  const pay = (body: object) => app.nobody('public').post('/api/public/payment-notices', body)
  const tenantAdmin = () => app.as('tenantAdmin')
  const turn = async (key: string, value: unknown) => {
    const keeper = await tenantAdmin()
    const held = (await ok(keeper.get('/api/admin/settings'))).items.find((one: { key: string }) => one.key === key)
    await ok(keeper.put(`/api/admin/settings/${key}`, { value, version: held?.version ?? 0 }))
  }

  test('默认关闭：不计费，到账通知不收', async () => {
    const boss = await citizen(app, '13700000440')
    const made = await opened(boss)
    await ok(boss.post('/api/public/submissions', appeal(made.id)))
    expect(await ok(boss.get(`/api/public/enterprises/${made.id}/balance`))).toMatchObject({ enabled: false, balance: 0 })
    expect((await pay(notice(made.creditCode))).body.code).toBe('intake.paymentSignature')
    await ok((await tenantAdmin()).put('/api/payment-gateway', { algorithm: 'hmac-sm3', secret: KEY, enabled: true, version: 0 }))
    expect((await pay(notice(made.creditCode))).body.code).toBe('intake.prepaidOff')
  })

  test('签名的到账通知自动入账一次；逐件计费，对账单等于件数乘单价；余额低只提醒一次；不足时按规则欠费或拒收', async () => {
    const boss = await citizen(app, '13700000441')
    const made = await opened(boss)
    await turn('prepaid.enabled', true)
    await turn('prepaid.price', 30)
    await turn('prepaid.low', 50)
    const first = notice(made.creditCode)
    expect(await ok(pay(first))).toEqual({ credited: true, balance: 10_000 })
    expect(await ok(pay(first))).toEqual({ credited: false, balance: 10_000 })
    expect((await pay(notice(made.creditCode, { noticeId: first.noticeId, amount: '200' }))).body.code).toBe('intake.paymentDiffers')
    expect((await pay(notice(made.creditCode, { signature: '0'.repeat(64) }))).status).toBe(401)
    expect((await pay({ ...first, amount: '900.00' })).status).toBe(401)
    expect((await pay(notice(creditCode(9_999)))).body.code).toBe('intake.paymentUnknown')
    const orders = []
    for (let i = 0; i < 2; i++) orders.push((await ok(boss.post('/api/public/submissions', appeal(made.id)))).number)
    const same = appeal(made.id)
    await ok(boss.post('/api/public/submissions', same))
    await ok(boss.post('/api/public/submissions', same))
    expect(await ok(boss.get(`/api/public/enterprises/${made.id}/balance`))).toMatchObject({ enabled: true, balance: 1000, price: 3000, low: true })
    const told = async () => (await ok(boss.get('/api/public/messages?kind=system'))).items.filter((m: { title: string }) => m.title.includes('请及时充值')).length
    expect(await told()).toBe(1)
    await ok(boss.post('/api/public/submissions', appeal(made.id)))
    expect([await told(), (await ok(boss.get(`/api/public/enterprises/${made.id}/balance`))).balance]).toEqual([1, -2000])
    await turn('prepaid.onEmpty', 'block')
    expect(await boss.post('/api/public/submissions', appeal(made.id))).toMatchObject({ status: 409, body: { code: 'intake.balanceShort', title: '企业账户余额 -20.00 元，不足以支付 30.00 元，请先充值' } })
    expect((await ok(boss.get(`/api/public/enterprises/${made.id}/orders`))).items).toHaveLength(4)
    const ledger = (await ok(boss.get(`/api/public/enterprises/${made.id}/ledger`))).items
    expect(ledger.map((e: { kind: string; amount: number }) => [e.kind, e.amount])).toEqual([...Array.from({ length: 4 }, () => ['appeal', -3000]), ['topUp', 10_000]])
    expect(ledger.slice(2, 4).map((e: { orderNumber: string }) => e.orderNumber)).toEqual(orders.toReversed())
    for (const by of ['day', 'month']) expect((await ok(boss.get(`/api/public/enterprises/${made.id}/statements?by=${by}`))).items).toMatchObject([{ opening: 0, toppedUp: 10_000, charges: 4, charged: 4 * 3000, closing: -2000, orders: 4, uncharged: 0, agrees: true }])
    expect((await ok(boss.get(`/api/public/enterprises/${made.id}/ledger/export`)))).toContain('"-30.00"')
    const staff = await ok(admin.get('/api/prepaid-statements?by=month'))
    expect(staff).toMatchObject({ agrees: true, items: [{ name: made.name, charges: 4, charged: 12_000 }], total: { toppedUp: 10_000, charged: 12_000 } })
    expect((await ok(admin.get('/api/prepaid-accounts'))).items).toMatchObject([{ name: made.name, balance: -2000, toppedUp: 10_000, charged: 12_000, charges: 4, low: true }])
    expect((await admin.post('/api/exports', { page: 'prepaidStatement', filter: { by: 'month' }, columns: ['name', 'charged', 'agrees'], format: 'xlsx' })).status).toBe(200)
    await ok(boss.post(`/api/public/enterprises/${made.id}/contacts`, { phone: '13700000442', name: '钱志远', role: 'contact' }))
    const clerk = await citizen(app, '13700000442')
    for (const path of ['ledger', 'statements', 'balance', 'ledger/export']) expect((await clerk.get(`/api/public/enterprises/${made.id}/${path}`)).status).toBe(403)
    expect((await (await app.as('agent')).get('/api/prepaid-accounts')).status).toBe(403)
    expect((await (await app.as('otherAdmin')).get(`/api/prepaid-accounts/${made.id}/ledger`)).status).toBe(404)
    await turn('prepaid.enabled', false)
  })

  test('密钥只写不读，太短不收，别人先改了要重来', async () => {
    const keeper = await tenantAdmin()
    const held = await ok(keeper.get('/api/payment-gateway'))
    expect(JSON.stringify(held)).not.toContain(KEY)
    expect((await keeper.put('/api/payment-gateway', { algorithm: 'hmac-sm3', secret: 'short', enabled: true, version: held.version })).body).toMatchObject({ fields: [{ path: 'secret' }] })
    expect((await keeper.put('/api/payment-gateway', { algorithm: 'hmac-sm3', enabled: false, version: 0 })).status).toBe(409)
    expect((await ok(keeper.put('/api/payment-gateway', { algorithm: 'hmac-sha256', enabled: false, version: held.version }))).secretSet).toBe(true)
  })
})
