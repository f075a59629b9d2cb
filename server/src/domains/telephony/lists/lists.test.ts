import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp, type Client, type TestApp } from '../../../kernel/testing/index.ts'
import { DAY, instant } from '../../../kernel/time/index.ts'
import { coveredBy, holdsAt } from './list-entry.ts'

let app: TestApp
let leader: Client
beforeAll(async () => {
  app = await testApp()
  leader = await app.as('shiftLeader')
})
afterAll(() => app.stop())

const add = (kind: string, number: string, more: object = {}) => leader.post('/api/telephony/lists', { kind, number, reason: '多次骚扰', ...more })

test('不在时段内的名单条目不起作用', () => {
  const at = (text: string): boolean => holdsAt({ validFrom: null, validTo: instant('2026-12-01T00:00:00+08:00'), weekly: { days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' } }, instant(text), 'Asia/Shanghai')
  expect([at('2026-11-17T10:00:00+08:00'), at('2026-11-17T17:00:00+08:00'), at('2026-11-21T10:00:00+08:00'), at('2026-12-01T10:00:00+08:00')]).toEqual([true, false, false, false])
  const night = { validFrom: null, validTo: null, weekly: { days: [5], from: '22:00', to: '06:00' } }
  expect([holdsAt(night, instant('2026-11-20T23:00:00+08:00'), 'Asia/Shanghai'), holdsAt(night, instant('2026-11-21T05:00:00+08:00'), 'Asia/Shanghai'), holdsAt(night, instant('2026-11-21T23:00:00+08:00'), 'Asia/Shanghai')]).toEqual([true, true, false])
})

test('号码和号段分得清，其余拒绝', () => {
  expect([coveredBy('138 0000 1111'), coveredBy('13800*'), coveredBy('1*'), coveredBy('abc'), coveredBy('<script>'), coveredBy('138****1111')]).toEqual([{ number: '13800001111' }, { prefix: '13800' }, null, null, null, null])
})

test('同一号码不能同时在黑名单和白名单；移除后可以', async () => {
  const black = await add('black', '13800001111')
  expect(black).toMatchObject({ status: 200, body: { state: 'active', shown: '138****1111', holdsNow: true, segment: false } })
  expect(await add('white', '138 0000 1111')).toMatchObject({ status: 409, body: { code: 'telephony.listed' } })
  expect(await add('red', '13800001111')).toMatchObject({ status: 200 })
  expect((await leader.post(`/api/telephony/lists/${black.body.id}/remove`, { reason: '误加' })).body.state).toBe('removed')
  expect((await add('white', '13800001111')).status).toBe(200)
  expect((await leader.post(`/api/telephony/lists/${black.body.id}/remove`, { reason: '再次' })).status).toBe(409)
})

test('按整号、后四位、号段开头都能查到，列表只给掩码', async () => {
  await add('black', '13911112222')
  await add('black', '13955*')
  for (const [q, shown] of [['13911112222', '139****2222'], ['2222', '139****2222'], ['139', '13955*']] as const) expect([q, (await leader.get(`/api/telephony/lists?q=${q}`)).body.items.map((e: { shown: string }) => e.shown)]).toEqual([q, [shown]])
  expect(JSON.stringify((await leader.get('/api/telephony/lists')).body)).not.toContain('13911112222')
})

test('批量维护：第 3 行号码有误单独报出，其余导入', async () => {
  const row = (act: string, number: string, more: object = {}) => ({ act, kind: '黑名单', number, reason: '骚扰', ...more })
  const answer = await leader.post('/api/telephony/lists/import', { rows: [row('新增', '13700000001'), row('新增', '13700000002', { validTo: '2026-12-31', days: '一二三四五', from: '9:00', to: '17:00' }), row('新增', '12ab'), row('新增', '13700000004')] })
  expect(answer.body).toMatchObject({ added: 3, errors: [{ row: 3, field: 'number' }] })
  const again = await leader.post('/api/telephony/lists/import', { rows: [row('修改', '13700000001', { reason: '更正' }), row('删除', '13700000002'), row('删除', '13700000009')] })
  expect(again.body).toMatchObject({ changed: 1, removed: 1, errors: [{ row: 3, message: '黑名单中没有该号码' }] })
})

test('到期的条目自己说明到期；过时的修改被拒绝', async () => {
  const entry = (await add('white', '13600000001', { validTo: '2026-11-18T00:00:00+08:00' })).body
  app.clock.advance(DAY)
  await app.runTimers()
  expect((await leader.get('/api/telephony/lists?q=13600000001')).body.items[0]).toMatchObject({ state: 'expired', holdsNow: false })
  expect((await leader.patch(`/api/telephony/lists/${entry.id}`, { version: entry.version, reason: '延长', validTo: null })).status).toBe(409)
  expect((await leader.patch(`/api/telephony/lists/${entry.id}`, { version: entry.version + 1, reason: '延长', validTo: '2026-11-10T00:00:00+08:00', validFrom: '2026-11-12T00:00:00+08:00' })).status).toBe(422)
})

test('没有权限的人、别的中心的人进不来', async () => {
  const entry = (await add('red', '13500000001')).body
  expect((await (await app.as('agent')).get('/api/telephony/lists')).status).toBe(403)
  const county = await app.as('countyAdmin')
  expect((await county.get('/api/telephony/lists')).body.items).toEqual([])
  expect((await county.post(`/api/telephony/lists/${entry.id}/remove`, { reason: '越界' })).status).toBe(404)
  expect((await app.nobody().get('/api/telephony/lists')).status).toBe(401)
})
