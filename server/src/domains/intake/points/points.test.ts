// Points and the points store over HTTP on a real database (INT-28).
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DAY } from '../../../kernel/time/index.ts'
import { testApp, type Answer, type Client, type TestApp } from '../../../kernel/testing/index.ts'
import { citizen } from '../testing/citizens.ts'
import { refusalOf, withinDay } from './rules.ts'

let app: TestApp
let keeper: Client
const ok = async (answer: Promise<Answer>): Promise<any> => {
  const { status, body } = await answer
  expect({ status, body: status === 200 ? 'ok' : body }).toEqual({ status: 200, body: 'ok' })
  return body
}
let n = 0
const key = (): string => `points-key-000-${String(++n).padStart(6, '0')}`
const appeal = async (me: Client): Promise<string> => (await ok(me.post('/api/public/submissions', { clientKey: key(), content: '小区北门的路灯坏了一周', appealType: 'help', areaCode: '990101001001', name: '赵先生' }))).number
const turn = async (name: string, value: unknown) => {
  const held = (await ok(keeper.get('/api/admin/settings'))).items.find((one: { key: string }) => one.key === name)
  await ok(keeper.put(`/api/admin/settings/${name}`, { value, version: held?.version ?? 0 }))
}
const put = async (more: Record<string, unknown>): Promise<string> => {
  const fields = { name: `文创笔记本${++n}`, kind: 'virtual', points: 5, stock: 1, perPerson: 1, ...more }
  const { id } = await ok(keeper.post('/api/store-items', fields))
  await ok(keeper.put(`/api/store-items/${id}`, { ...fields, state: 'offered', version: 1 }))
  return id
}
const redeem = (me: Client, id: string, more: Record<string, unknown> = {}) => me.post(`/api/public/store/${id}/redeem`, { clientKey: key(), ...more })
const points = async (me: Client) => ok(me.get('/api/public/points'))

beforeAll(async () => {
  app = await testApp()
  keeper = await app.as('tenantAdmin')
  await turn('realName.required', false)
})
afterAll(() => app.stop())

test.each([[5, 0, 20, 5], [5, 18, 20, 2], [5, 20, 20, 0], [5, 25, 20, 0]])('得 %i 分，当天已得 %i，上限 %i：给 %i', (asked, given, max, got) => expect(withinDay(asked, given, max)).toBe(got))

test.each([
  ['可兑', {}, {}, null], ['没有上架', { state: 'stopped' }, {}, 'storeClosed'], ['已截止', { untilOn: '2026-11-30' }, {}, 'storeOver'], ['截止当天仍可兑', { untilOn: '2026-12-01' }, {}, null], ['库存不足', { stock: 1 }, { pieces: 2 }, 'storeStock'], ['超过每人限兑', { perPerson: 2 }, { had: 2 }, 'storeLimit'], ['每人不限', { perPerson: 0 }, { had: 99 }, null], ['积分不足', {}, { balance: 9 }, 'storePoints'],
])('%s', (_name, item, asked, refusal) => expect(refusalOf({ state: 'offered', untilOn: null, stock: 9, perPerson: 9, points: 10, ...item }, { pieces: 1, had: 0, balance: 100, today: '2026-12-01', ...asked })).toBe(refusal))

test('默认关闭：不计分，商城为空，不能兑换', async () => {
  const me = await citizen(app, '13700000701')
  await appeal(me)
  await app.drain()
  expect(await points(me)).toMatchObject({ enabled: false, balance: 0 })
  const id = await put({})
  expect([(await ok(me.get('/api/public/store'))).items, (await redeem(me, id)).body.code]).toEqual([[], 'intake.pointsOff'])
})

test('提交得分，当天超过上限的不给，第二天重新计；撤单冲销这件得过的分', async () => {
  await turn('points.enabled', true)
  await turn('points.dailyMax', 8)
  const me = await citizen(app, '13700000702')
  const first = await appeal(me)
  await app.drain()
  await appeal(me)
  await appeal(me)
  await app.drain()
  expect(await points(me)).toMatchObject({ balance: 8, earned: 8, today: 8 })
  await ok(me.post(`/api/public/orders/${first}/withdraw`, { reason: '修好了' }))
  await app.drain()
  expect(await points(me)).toMatchObject({ balance: 3, earned: 8, offset: 5 })
  expect((await ok(me.get('/api/public/points/entries'))).items.map((e: { kindName: string; points: number; orderNumber: string }) => [e.kindName, e.points])).toEqual([['冲销', -5], ['获得', 3], ['获得', 5]])
  app.clock.advance(DAY)
  keeper = await app.as('tenantAdmin')
  const again = await citizen(app, '13700000702')
  await appeal(again)
  await app.drain()
  expect(await points(again)).toMatchObject({ balance: 8, today: 5 })
})

test('最后一件同时有两人兑换，只有一人成功；同一次兑换重发不多扣', async () => {
  const [a, b] = [await citizen(app, '13700000703'), await citizen(app, '13700000704')]
  for (const me of [a, b]) await appeal(me)
  await app.drain()
  const id = await put({ stock: 1 })
  const answers = await Promise.all([redeem(a, id), redeem(b, id)])
  expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 409])
  expect(answers.find((answer) => answer.status === 409)?.body).toMatchObject({ code: 'intake.storeStock', title: '库存不足，还剩 0 件' })
  const winner = answers[0]?.status === 200 ? a : b
  expect([await points(winner), await points(winner === a ? b : a)]).toMatchObject([{ balance: 0, redeemed: 5 }, { balance: 5, redeemed: 0 }])
  expect((await redeem(winner, await put({ stock: 9 }))).body.code).toBe('intake.storePoints')
  expect((await ok(winner.get('/api/public/store'))).items).toContainEqual(expect.objectContaining({ may: false, reason: '积分不足，需要 5 分，现有 0 分' }))
  const loser = winner === a ? b : a
  const more = await put({ stock: 9, usageNote: '凭编号到大厅领取' })
  const same = { clientKey: key() }
  const [one, two] = [await ok(redeem(loser, more, same)), await ok(redeem(loser, more, same))]
  expect([one.id === two.id, one.state, one.usageNote, (await points(loser)).balance]).toEqual([true, 'done', '凭编号到大厅领取', 0])
  expect((await redeem(loser, more)).body.code).toBe('intake.storeLimit')
})

test('实物须填收货信息，发货写快递单号，本人看得到；取消退回积分和库存；收货地址加密，查看留痕', async () => {
  const me = await citizen(app, '13700000705')
  await appeal(me)
  await app.drain()
  const id = await put({ kind: 'goods', points: 2, stock: 3, perPerson: 0 })
  expect((await redeem(me, id)).body).toMatchObject({ fields: [{ path: 'receiver.name' }, { path: 'receiver.phone' }, { path: 'receiver.address' }] })
  const receiver = { name: '赵晓敏', phone: '13700000705', address: '临澜区望澜路 1 号' }
  const [kept, dropped] = [await ok(redeem(me, id, { receiver })), await ok(redeem(me, id, { receiver }))]
  await ok(me.post(`/api/public/redemptions/${dropped.id}/cancel`, {}))
  expect([(await points(me)).balance, (await me.post(`/api/public/redemptions/${dropped.id}/cancel`, {})).body.code]).toEqual([3, 'intake.redemptionState'])
  const rows = (await ok(keeper.get(`/api/redemptions?itemId=${id}`))).items
  expect(rows.map((row: { stateName: string; receiver: string }) => [row.stateName, row.receiver.includes('赵晓敏')])).toEqual([['已取消', false], ['待发货', false]])
  expect((await keeper.post(`/api/redemptions/${kept.id}/receiver`, { reason: '' })).status).toBe(422)
  expect(await ok(keeper.post(`/api/redemptions/${kept.id}/receiver`, { reason: '打印面单' }))).toEqual(receiver)
  const act = (body: object, version: number) => keeper.post(`/api/redemptions/${kept.id}/acts`, { version, ...body })
  expect([(await act({ act: 'deliver' }, 1)).body.code, (await act({ act: 'send' }, 1)).status]).toEqual(['intake.redemptionState', 422])
  await ok(act({ act: 'send', carrier: '邮政', tracking: 'EMS0001' }, 1))
  expect((await act({ act: 'deliver' }, 1)).status).toBe(409)
  await ok(act({ act: 'deliver' }, 2))
  expect((await ok(me.get('/api/public/redemptions'))).items[1]).toMatchObject({ state: 'delivered', tracking: 'EMS0001', mayCancel: false })
  const item = (await ok(keeper.get('/api/store-items'))).items.find((one: { id: string }) => one.id === id)
  expect(item).toMatchObject({ stock: 2, redeemed: 1, persons: 1, spent: 2 })
  expect((await keeper.delete(`/api/store-items/${id}`)).body.code).toBe('intake.storeUsed')
  expect((await keeper.post('/api/exports', { page: 'redemptions', filter: {}, columns: ['code', 'receiver', 'tracking'], format: 'xlsx' })).status).toBe(200)
  const other = await citizen(app, '13700000706')
  expect((await other.post(`/api/public/redemptions/${kept.id}/cancel`, {})).status).toBe(404)
  expect([(await (await app.as('agent')).get('/api/redemptions')).status, (await (await app.as('otherAdmin')).post(`/api/redemptions/${kept.id}/receiver`, { reason: '看看' })).status, (await app.nobody('public').get('/api/public/store')).status]).toEqual([403, 404, 401])
})
