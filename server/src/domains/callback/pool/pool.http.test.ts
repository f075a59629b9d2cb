// The pool before closing over HTTP: asked for, drawn, answered, left by itself.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DAY, HOUR, instant, toIso } from '../../../kernel/time/index.ts'
import { contactMaxAttempts } from '../../orders/index.ts'
import { callbackCity, ok, type City } from '../testing/accepted-orders.ts'
import { differences, leaveAt } from './pool.ts'
import { poolShare } from './pool.settings.ts'

let city: City
beforeAll(async () => {
  city = await callbackCity(['otherAdmin'])
})
afterAll(() => city.app.stop())

const agent = () => city.who('callbackAgent')
const leader = () => city.who('shiftLeader')
const said = (more: object = {}) => ({ contacted: 'yes', solved: 'yes', satisfied: 'yes', way: 'otherWay', wayNote: '座机拨打', ...more })
const ask = (id: string, reason = '请中心核实办理效果') => city.who('handler').post(`/api/orders/${id}/callback-pool`, { reason })
async function pooled(unit?: Record<string, string>): Promise<{ id: string; number: string; entry: string }> {
  const order = await city.reported({}, unit)
  await city.app.drain()
  await ok(ask(order.id))
  return { ...order, entry: (await city.rows<{ id: string }>(sql`select id from callback_pool where order_id = ${order.id} and state = 'waiting'`))[0]?.id ?? '' }
}
const entryOf = async (id: string) => (await city.rows<{ state: string; left_because: string | null }>(sql`select state, left_because from callback_pool where id = ${id}`))[0]

test('离开时间：停留时间与上级时限第六天，先到为准；没说的不算不一致', () => {
  const entered = instant('2026-11-22T10:00:00+08:00')
  const rule = { skipDay: 6, maxStayDays: 2 }
  expect(toIso(leaveAt(entered, null, rule, 'Asia/Shanghai').at)).toBe(toIso(instant('2026-11-24T10:00:00+08:00')))
  expect(leaveAt(entered, instant('2026-11-18T09:00:00+08:00'), rule, 'Asia/Shanghai')).toEqual({ at: instant('2026-11-23T00:00:00+08:00'), rule: 'skipDay' })
  expect(differences({ contacted: 'yes', solved: null, satisfied: 'yes' }, { contacted: 'notStated', solved: 'no', satisfied: 'no' })).toEqual(['satisfied'])
})

test('单位填“已解决”、诉求人说“没有”：退回单位，两边的值都在；再次上报可再申请', async () => {
  const order = await pooled()
  const row = (await ok(agent().get('/api/callback/pool'))).items.find((one: { id: string }) => one.id === order.entry)
  expect(row).toMatchObject({ number: order.number, state: 'waiting', enteredName: '单位申请', unit: null })
  expect((await city.who('reviewer').post(`/api/orders/${order.id}/review-result`, { outcome: 'accept' }))).toMatchObject({ status: 409, body: { code: 'callback.inPool' } })
  const done = await ok(agent().post(`/api/callback/pool/${order.entry}/answer`, said({ solved: 'no', opinion: '灯还是不亮' })))
  expect(done).toMatchObject({ state: 'returned', said: { solved: 'no' }, unit: { solved: 'yes' }, differs: ['是否解决'] })
  expect(await city.stateOf(order.id)).toMatchObject({ state: 'inProgress', round: 1 })
  const [entry] = await city.rows<{ text: string }>(sql`select text from order_timeline where order_id = ${order.id} and act = 'returnResult' order by at desc limit 1`)
  expect(entry?.text).toContain('是否解决单位填“是”，诉求人答“否”')
  await city.app.drain()
  expect((await ask(order.id)).status).toBe(200)
  expect(await city.rows(sql`select state from callback_pool where order_id = ${order.id} order by entered_at`)).toEqual([{ state: 'returned' }, { state: 'asked' }])
})

test('一致的留在待审核，可以审核通过；没有拨打也没有注明方式的不能登记', async () => {
  const order = await pooled()
  expect((await agent().post(`/api/callback/pool/${order.entry}/answer`, { ...said(), wayNote: undefined })).status).toBe(422)
  expect(await ok(agent().post(`/api/callback/pool/${order.entry}/answer`, said()))).toMatchObject({ state: 'agreed', differs: [] })
  expect(await city.stateOf(order.id)).toMatchObject({ state: 'pendingResultReview' })
  expect((await city.who('reviewer').post(`/api/orders/${order.id}/review-result`, { outcome: 'accept' })).status).toBe(200)
  expect((await agent().post(`/api/callback/pool/${order.entry}/answer`, said())).status).toBe(409)
})

test('两人不能同时抽访一件；多次未接通后自己离开', async () => {
  const order = await pooled()
  await ok(agent().post(`/api/callback/pool/${order.entry}/claim`))
  expect(await leader().post(`/api/callback/pool/${order.entry}/answer`, said())).toMatchObject({ status: 409, body: { code: 'callback.heldByOther' } })
  await city.set(contactMaxAttempts, 2)
  for (const result of ['noAnswer', 'busy']) await ok(agent().post(`/api/callback/pool/${order.entry}/attempts`, { result }))
  expect(await entryOf(order.entry)).toEqual({ state: 'skipped', left_because: 'notReached' })
})

test('第六天工单自己离开抽访库，转中心结案', async () => {
  const order = await city.reported()
  await city.app.drain()
  const now = city.app.clock.now()
  await city.rows(sql`update order_order set upper_dispatched_at = to_timestamp(${(now - 4 * DAY) / 1000}) where id = ${order.id}`)
  await ok(ask(order.id))
  const [entry] = await city.rows<{ id: string; leave_rule: string }>(sql`select id, leave_rule from callback_pool where order_id = ${order.id}`)
  expect(entry?.leave_rule).toBe('skipDay')
  city.app.clock.advance(25 * HOUR)
  await city.app.runTimers()
  expect(await entryOf(entry?.id ?? '')).toEqual({ state: 'skipped', left_because: 'skipDay' })
  expect(await city.stateOf(order.id)).toMatchObject({ state: 'pendingResultReview' })
})

test('按比例抽取的自动进库；别的单位、别的地区、没有权限的人办不了', async () => {
  await city.set(poolShare, 100)
  const order = await city.reported()
  await city.app.drain()
  const [entry] = await city.rows<{ id: string; entered_because: string; state: string }>(sql`select id, entered_because, state from callback_pool where order_id = ${order.id}`)
  expect(entry).toMatchObject({ entered_because: 'rule', state: 'waiting' })
  expect((await ask(order.id)).status).toBe(409)
  await city.set(poolShare, 0)
  expect((await city.who('agent').post(`/api/orders/${order.id}/callback-pool`, { reason: '试试' })).status).toBe(403)
  expect((await ok(city.who('otherAdmin').get('/api/callback/pool'))).items).toEqual([])
  expect((await city.who('handler').post(`/api/callback/pool/${entry?.id}/claim`)).status).toBe(403)
  expect((await agent().post(`/api/callback/pool/${entry?.id}/skip`, { reason: '算了' })).status).toBe(403)
  expect(await ok(leader().post(`/api/callback/pool/${entry?.id}/skip`, { reason: '诉求人来电要求尽快办结' }))).toMatchObject({ state: 'skipped' })
})
