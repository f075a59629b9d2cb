import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'
import { DAY, plus, toIso } from '../../../kernel/time/index.ts'
import { receiveUpperOrder } from '../upper/receive-upper.ts'
import { walkIn, type Walk } from '../reading/test-orders.ts'

let app: TestApp
let walk: Walk
beforeAll(async () => {
  app = await testApp()
  walk = await walkIn(app)
})
afterAll(() => app.stop())

const post = async (login: string, path: string, body: unknown) => walk.ok((await walk.who(login)).post(path, body))
const get = async (login: string, path: string) => walk.ok((await walk.who(login)).get(path))
const days = (n: number) => toIso(plus(app.clock.now(), n * DAY))
const codes = async (id: string) => (await get('reviewer', `/api/orders/${id}`)).flags.map((f: { code: string }) => f.code)

test('有效期内的专题由签收单位标记，各处可见、可查询；过期不再提供；取消须说理由，留下记录并从列表消失', async () => {
  const topic = await post('tenantadmin', '/api/key-topics', { name: '防汛保障', startsAt: days(-1), endsAt: days(3) })
  await post('tenantadmin', '/api/key-topics', { name: '去年活动', startsAt: days(-9), endsAt: days(-8) })
  const order = await walk.dispatched()
  const handler = await walk.who('handler')
  expect((await handler.post(`/api/orders/${order.id}/key-marks`, { topicId: topic.id })).status).toBe(403)
  await post('handler', `/api/assignments/${order.first}/sign`, {})
  const offered = await get('handler', `/api/orders/${order.id}/key-marks`)
  expect(offered.offered).toEqual([{ id: topic.id, name: '防汛保障' }])
  await post('handler', `/api/orders/${order.id}/key-marks`, { topicId: topic.id })
  expect((await handler.post(`/api/orders/${order.id}/key-marks`, { topicId: topic.id })).status).toBe(409)
  expect(await codes(order.id)).toContain('keyCase')
  expect((await get('reviewer', `/api/orders/${order.id}`)).keyMarks).toEqual([{ kind: 'topic', name: '防汛保障' }])
  const where = encodeURIComponent(JSON.stringify({ all: [{ field: 'keyTopic', op: 'in', value: [topic.id] }] }))
  const found = async () => (await get('reviewer', `/api/orders/query?where=${where}`)).items.map((r: { id: string }) => r.id)
  expect(await found()).toEqual([order.id])
  expect((await (await walk.who('handler2')).get(`/api/orders/${order.id}/key-marks`)).status).toBe(404)
  const [mark] = (await get('handler', `/api/orders/${order.id}/key-marks`)).items
  expect((await handler.post(`/api/orders/${order.id}/key-marks/${mark.id}/cancel`, { reason: '' })).status).toBe(422)
  await post('handler', `/api/orders/${order.id}/key-marks/${mark.id}/cancel`, { reason: '误标' })
  expect(await found()).toEqual([])
  expect(await codes(order.id)).not.toContain('keyCase')
  expect((await get('reviewer', `/api/orders/${order.id}/timeline`)).items.find((e: { act: string }) => e.act === 'cancelKeyMark')).toMatchObject({ text: '误标', changes: [{ old: '防汛保障', new: null }] })
  app.clock.advance(4 * DAY)
  expect((await get('reviewer', `/api/orders/${order.id}/key-marks`)).offered).toEqual([])
  expect((await (await walk.who('reviewer')).post(`/api/orders/${order.id}/key-marks`, { topicId: topic.id })).status).toBe(422)
})

test('上级来单带的特殊标记按标记库贴上，库里没有或停用的不贴；中心可取消', async () => {
  await post('tenantadmin', '/api/special-marks', { code: 'LZ', name: '领导留言', platform: '省热线平台' })
  await post('tenantadmin', '/api/special-marks', { code: 'OLD', name: '停用标记', enabled: false })
  expect((await (await walk.who('tenantadmin')).post('/api/special-marks', { code: 'LZ', name: '又一个' })).status).toBe(409)
  expect((await (await walk.who('reviewer')).get('/api/key-cases')).status).toBe(403)
  const made = await app.command((ctx) => receiveUpperOrder(ctx, {
    requester: { subjectKind: 'person', name: '周大海', anonymous: false, phone: '13912340399', otherPhones: [] }, appealType: 'help', title: '上级来件', content: '请核实', requesterCount: 1, urgency: 'normal', confidential: false, callbackWanted: true, callbackManner: 'call', fileIds: [],
    upper: { platform: '省热线平台', number: 'U-1', dispatchedAt: app.clock.now(), dispatchKind: 'direct', marks: ['LZ', 'OLD', 'NOPE'] },
  } as never), 'reviewer')
  expect((await get('reviewer', `/api/orders/${made.id}`)).keyMarks).toEqual([{ kind: 'special', name: '领导留言' }])
  const [mark] = (await get('reviewer', `/api/orders/${made.id}/key-marks`)).items
  await post('reviewer', `/api/orders/${made.id}/key-marks/${mark.id}/cancel`, { reason: '上级已撤销' })
  expect(await codes(made.id)).not.toContain('upperMark')
})
