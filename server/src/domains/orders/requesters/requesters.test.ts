import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'
import { HOUR, MINUTE } from '../../../kernel/time/index.ts'
import { walkIn, type Walk } from '../reading/test-orders.ts'

let app: TestApp
let walk: Walk
beforeAll(async () => {
  app = await testApp()
  walk = await walkIn(app)
})
afterAll(() => app.stop())

const get = async (login: string, path: string) => walk.ok((await walk.who(login)).get(path))
const lookup = (phone: string, login = 'agent') => get(login, `/api/requesters/lookup?phone=${phone}`)
const person = (phone: string, more: Record<string, unknown> = {}) => ({ name: '李小北', phone, sex: 'female', areaCode: '990101', detailAddress: '幸福路12号院3号楼', ...more })

describe('诉求人资料', () => {
  test('同一号码再次来电：资料带出，历史诉求列出，未结的在前', async () => {
    const first = await walk.register({ requester: person('13600000001') })
    await walk.ok((await walk.who('reviewer')).post(`/api/orders/${first.id}/answer`, { reply: '请到窗口办理', basis: '办事指南' }))
    const second = await walk.register({ requester: person('13600000001') }, 'agent2')
    const found = await lookup('136 0000 0001')
    expect(found.requester).toMatchObject({ name: '李*北', sex: 'female', areaCode: '990101', detailAddress: '幸福路***', orderCount: 2, phones: [{ mask: '136****0001', main: true }] })
    expect(found.orders.map((o: { number: string; open: boolean; mayOpen: boolean }) => [o.number, o.open, o.mayOpen])).toEqual([[second.number, true, false], [first.number, false, true]])
    expect(found).toMatchObject({ openCount: 1, total: { value: 2, capped: false } })
    expect(Object.keys(found.orders[0])).not.toContain('content')
  })

  test('新号码没有资料；查询记入审计；无权限 403', async () => {
    expect(await lookup('13699999999')).toMatchObject({ requester: null, candidates: [], orders: [] })
    expect((await (await walk.who('handler')).get('/api/requesters/lookup?phone=13600000001')).status).toBe(403)
    const logged = await walk.rows(sql<{ text: string }>`select text from kernel_audit where act = 'access:lookupRequester' and result = 'ok' order by at desc, id desc limit 1`)
    expect(logged[0]?.text).toBe('136****9999')
  })

  test('一人一份资料：同号同名归一，同号不同名另立，证件号相同归一', async () => {
    await walk.register({ requester: person('13600000002', { name: '王一' }) })
    await walk.register({ requester: person('13600000002', { name: '王一' }) })
    await walk.register({ requester: person('13600000002', { name: '赵二' }) })
    await walk.register({ requester: { name: '', phone: '13600000002' } })
    const found = await lookup('13600000002')
    expect(found.candidates.map((c: { name: string }) => c.name).toSorted()).toEqual(['王*', '赵*'])
    await walk.register({ requester: person('13600000003', { name: '王一', idType: 'idCard', idNumber: '110101199003078515' }) })
    await walk.register({ requester: person('13600000004', { name: '王一', idType: 'idCard', idNumber: '110101199003078515' }) })
    const byId = await get('agent', '/api/requesters/lookup?idNumber=110101199003078515')
    expect(byId.candidates).toHaveLength(1)
    expect(byId.requester.phones.map((p: { mask: string }) => p.mask)).toEqual(['136****0003', '136****0004'])
  })

  test('同一新号码同时登记两次，只有一份资料', async () => {
    await Promise.all([walk.register({ requester: person('13600000005') }), walk.register({ requester: person('13600000005') }, 'agent2')])
    expect((await lookup('13600000005')).candidates).toHaveLength(1)
  })

  test('掩码从表单送回：不写回资料，工单用资料中的姓名和电话', async () => {
    await walk.register({ requester: person('13600000006', { name: '周大海' }) })
    const { requester } = await lookup('13600000006')
    const order = await walk.register({ requesterId: requester.id, requester: { name: requester.name, phone: requester.phones[0].mask, detailAddress: requester.detailAddress } })
    const [row] = await walk.rows(sql<{ requester_name: string; contact_phone_mask: string; contact_phone_hash: string }>`select requester_name, contact_phone_mask, contact_phone_hash from order_order where id = ${order.id}`)
    expect(row).toMatchObject({ requester_name: '周大海', contact_phone_mask: '136****0006', contact_phone_hash: expect.any(String) })
    const [record] = await walk.rows(sql<{ name: string; detail_address: string }>`select name, detail_address from order_requester where id = ${requester.id}`)
    expect(record).toEqual({ name: '周大海', detail_address: '幸福路12号院3号楼' })
  })

  test('改地址：历史留下改前改后、时间和操作人；版本旧了得 409', async () => {
    await walk.register({ requester: person('13600000007') })
    const { requester } = await lookup('13600000007')
    const agent = await walk.who('agent')
    const changed = await walk.ok(agent.patch(`/api/requesters/${requester.id}`, { version: requester.version, detailAddress: '光明路8号', addPhones: ['0571-88886666'], name: requester.name }))
    expect(changed).toMatchObject({ detailAddress: '光明路***', version: requester.version + 1 })
    const history = await get('agent', `/api/requesters/${requester.id}/changes`)
    expect(history.items[0]).toMatchObject({ actorName: '测试agent' })
    expect(history.items[0].changes).toEqual(expect.arrayContaining([{ field: 'detailAddress', label: '详细地址', old: '幸福路***', new: '光明路***' }, { field: 'phones', label: '电话', old: '136****0007', new: '136****0007、0571-****6666' }]))
    expect(await agent.patch(`/api/requesters/${requester.id}`, { version: requester.version, address: '某处' })).toMatchObject({ status: 409, body: { code: 'orders.requesterChanged' } })
    expect(await agent.patch(`/api/requesters/${requester.id}`, { version: changed.version, addPhones: ['12'] })).toMatchObject({ status: 422, body: { fields: [{ path: 'addPhones.0' }] } })
    expect((await get('agent', `/api/requesters/${requester.id}/orders`)).items).toHaveLength(1)
    expect((await (await walk.who('otherReviewer')).get(`/api/requesters/${requester.id}`)).status).toBe(404)
  })

  test('号码不对：422 指出字段，什么也没存', async () => {
    const answer = await (await walk.who('agent')).post('/api/orders', { requester: person('12'), appealType: 'help', title: 'x', content: 'y' })
    expect(answer).toMatchObject({ status: 422, body: { fields: [{ path: 'requester.phone' }] } })
  })

  test('多次来电带标签', async () => {
    for (let i = 0; i < 3; i++) await walk.register({ requester: person('13600000008') })
    expect((await lookup('13600000008')).requester.labels).toEqual([{ kind: 'frequency', text: '多次来电 3' }, { kind: 'appealType', text: '求助 3' }])
  })
})

describe('查看联系方式原文', () => {
  test('填写理由后可见，留痕；看不到的工单是 404', async () => {
    const order = await walk.dispatched(undefined, { requester: person('13600000009') })
    const handler = await walk.who('handler')
    expect((await handler.post(`/api/orders/${order.id}/reveal`, { field: 'phone', reason: '' })).status).toBe(422)
    expect(await walk.ok(handler.post(`/api/orders/${order.id}/reveal`, { field: 'phone', reason: '联系诉求人' }))).toEqual({ value: '13600000009', used: 1, quota: 30 })
    expect((await (await walk.who('handler2')).post(`/api/orders/${order.id}/reveal`, { field: 'phone', reason: '看看' })).status).toBe(404)
    expect(await handler.post(`/api/orders/${order.id}/reveal`, { field: 'idNumber', reason: '核对' })).toMatchObject({ status: 409, body: { code: 'orders.nothingToReveal' } })
    expect((await walk.rows(sql<{ n: number }>`select count(*)::int as n from order_timeline where order_id = ${order.id} and act = 'reveal'`))[0]?.n).toBe(1)
    expect((await walk.rows(sql<{ n: number }>`select count(*)::int as n from kernel_audit where object_id = ${order.id} and act = 'revealContact' and result = 'ok'`))[0]?.n).toBe(1)
    expect(JSON.stringify(await walk.rows(sql`select * from kernel_audit where object_id = ${order.id}`))).not.toContain('13600000009')
  })

  test('每小时超过次数：429 并说明何时可再查，过一小时恢复', async () => {
    const order = await walk.register({ requester: person('13600000010') }, 'agent2')
    const agent = await walk.who('agent2')
    const reveal = () => agent.post(`/api/orders/${order.id}/reveal`, { field: 'phone', reason: '回电' })
    for (let i = 0; i < 30; i++) expect((await reveal()).status).toBe(200)
    expect(await reveal()).toMatchObject({ status: 429, body: { rule: 'reveal.perHour', until: expect.stringMatching(/^2026/) } })
    app.clock.advance(HOUR + MINUTE)
    expect((await reveal()).status).toBe(200)
  })
})
