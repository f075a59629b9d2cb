import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'
import { walkIn, type Walk } from '../reading/test-orders.ts'

let app: TestApp
let walk: Walk
beforeAll(async () => {
  app = await testApp()
  walk = await walkIn(app)
})
afterAll(() => app.stop())

const first = { requester: { name: '周大海', phone: '13912340001' }, title: '12号院三天没有暖气', content: '从周一开始暖气片是凉的，家里有老人，室温只有十二度，物业说在维修。', areaCode: '990101001', address: '幸福路12号院' }
const ask = async (question: Record<string, unknown>, id = randomUUID(), login = 'agent') => ({ id, ...(await walk.ok((await walk.who(login)).put(`/api/orders/duplicate-checks/${id}`, question))) })
const formOf = ({ requester, ...rest }: typeof first) => ({ ...rest, phone: requester.phone })

test('同一号码同样的文字再登记一次：第一件排在同人、同事两表首位，保存的结果重新打开不变', async () => {
  const older = await walk.register(first)
  await walk.register({ title: '楼道灯不亮', content: '三单元楼道灯坏了', areaCode: '990102' })
  const shown = await ask(formOf(first))
  expect(shown.samePerson[0]).toMatchObject({ orderId: older.id, score: 1, reasons: expect.arrayContaining(['samePerson', 'sameText', 'samePlace']) })
  expect(shown.sameMatter[0].orderId).toBe(older.id)
  const again = await walk.register({ ...first, duplicate: { checkId: shown.id, choice: 'repeat', orderId: older.id } })
  const read = await walk.ok((await walk.who('reviewer')).get(`/api/orders/${again.id}/duplicates`))
  expect(read.saved).toMatchObject({ choice: 'repeat', chosenOrderId: older.id })
  expect(read.saved.samePerson).toEqual(shown.samePerson)
  expect(read.saved.sameMatter).toEqual(shown.sameMatter)
  const detail = await walk.ok((await walk.who('reviewer')).get(`/api/orders/${again.id}`))
  expect(detail.flags).toContainEqual({ code: 'repeat', name: '重复诉求' })
  expect(detail.links).toContainEqual(expect.objectContaining({ kind: 'repeat', orderId: older.id }))
})

test('同一个人换一种说法，保存前也提示较早的工单', async () => {
  const shown = await ask({ phone: '139 1234 0001', title: '供暖还是没有恢复', content: '上次说的暖气不热，到现在室温还是很低，老人受不了。', areaCode: '990101001', address: '幸福路12号院' })
  expect(shown.samePerson.map((d: { title: string }) => d.title)).toContain('12号院三天没有暖气')
})

test('别人说同一件事列入同事，不列入同人；不相干的不列', async () => {
  const shown = await ask({ phone: '13912340009', title: '幸福路12号院暖气不热', content: '从周一开始暖气是凉的，室温只有十三度，物业说在维修。', areaCode: '990101001', address: '幸福路12号院' })
  expect(shown.samePerson).toEqual([])
  expect(shown.sameMatter.length).toBeGreaterThan(0)
  expect(shown.sameMatter.every((d: { title: string }) => d.title !== '楼道灯不亮')).toBe(true)
})

test('保密工单不列给无权查看的人', async () => {
  const secret = await walk.register({ ...first, title: '举报某单位收费', content: '反映收费问题，请保密处理此事', address: '和平里3号', requester: { name: '吴小燕', phone: '13912340077' }, confidential: true })
  const shown = await ask({ phone: '13912340077', title: '举报某单位收费', content: '反映收费问题，请保密处理此事', address: '和平里3号' }, randomUUID(), 'agent2')
  expect([...shown.samePerson, ...shown.sameMatter].map((d) => d.orderId)).not.toContain(secret.id)
})

test('结论只能选列出的工单，别人的判重结果不能用，一次结果只随一件工单保存', async () => {
  const stranger = await walk.register({ title: '公交站牌损坏', content: '站牌倒了', areaCode: '990102' })
  const shown = await ask(formOf(first))
  const body = { requester: { name: '周大海', phone: '13912340001' }, appealType: 'help', title: '再说一次', content: '暖气仍不热', areaCode: '990101' }
  const agent = await walk.who('agent')
  expect(await agent.post('/api/orders', { ...body, duplicate: { checkId: shown.id, choice: 'repeat', orderId: stranger.id } })).toMatchObject({ status: 422, body: { fields: [{ path: 'duplicate.orderId' }] } })
  expect((await (await walk.who('agent2')).post('/api/orders', { ...body, duplicate: { checkId: shown.id, choice: 'none' } })).status).toBe(404)
  await walk.ok(agent.post('/api/orders', { ...body, duplicate: { checkId: shown.id, choice: 'none' } }))
  expect((await agent.post('/api/orders', { ...body, duplicate: { checkId: shown.id, choice: 'none' } })).status).toBe(409)
})

test('选“都不是”计入使用', async () => {
  const shown = await ask(formOf(first))
  await walk.ok((await walk.who('agent')).post(`/api/orders/duplicate-checks/${shown.id}/answer`, { choice: 'none' }))
  const use = await walk.ok((await walk.who('reviewer')).get('/api/orders/duplicate-use?from=2000-01-01&to=2099-01-01'))
  expect(use.choices.none).toBeGreaterThanOrEqual(2)
  expect(use.registered).toBeGreaterThan(use.checked)
  expect((await (await walk.who('agent')).get('/api/orders/duplicate-use?from=2000-01-01&to=2099-01-01')).status).toBe(403)
})

test('建议归入事件集：新建待确认事件集，两件都在其中', async () => {
  const older = await walk.register({ title: '解放路积水严重', content: '下雨后解放路桥下积水半米，车辆无法通行', address: '解放路铁路桥', areaCode: '990102' })
  const shown = await ask({ phone: '13912340055', title: '解放路积水严重', content: '下雨后解放路桥下积水半米，车辆过不去', address: '解放路铁路桥', areaCode: '990102' })
  expect(shown.sameMatter[0].orderId).toBe(older.id)
  const newer = await walk.register({ title: '解放路积水严重', content: '桥下积水', address: '解放路铁路桥', areaCode: '990102', duplicate: { checkId: shown.id, choice: 'eventSet', orderId: older.id } })
  const sets = await walk.ok((await walk.who('reviewer')).get('/api/order-sets?state=proposed'))
  const set = await walk.ok((await walk.who('reviewer')).get(`/api/order-sets/${sets.items[0].id}`))
  expect(set.memberList.map((m: { orderId: string }) => m.orderId).toSorted()).toEqual([older.id, newer.id].toSorted())
})

test('换人换地、只改几个字的同一段话：靠文本特征也列得出来', async () => {
  const told = '我们这里的自来水从上周开始一直发黄，有一股很重的铁锈味道，放半天也不清，做饭洗衣服都没法用，打电话给水厂总说在冲洗管网，请尽快查明原因并公布检测结果。'
  const older = await walk.register({ requester: { name: '钱一', phone: '13912349901' }, title: '水有异味', content: told, areaCode: '990101' })
  await app.drain()
  expect(await walk.rows(sql`select cardinality(bands) as n from order_band where order_id = ${older.id}`)).toEqual([{ n: 40 }])
  const shown = await ask({ title: '自来水发黄', content: told.replace('上周', '前天').replace('尽快', '马上'), phone: '13912349902' })
  expect(shown.sameMatter[0]).toMatchObject({ orderId: older.id })
})
