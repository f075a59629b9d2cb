import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp, type Client, type TestApp } from '../../../kernel/testing/index.ts'
import { DAY, plus, toIso } from '../../../kernel/time/index.ts'

let app: TestApp
let admin: Client
beforeAll(async () => {
  app = await testApp()
  admin = await app.as('systemAdmin')
})
afterAll(() => app.stop())

const KEY = 'message.keepDays'
const plan = (more: object = {}) => admin.post(`/api/admin/settings/${KEY}/plan`, { value: 90, effectiveAt: toIso(plus(app.clock.now(), DAY)), reason: '年度调整', ...more })
const value = async () => (await admin.get(`/api/admin/settings/${KEY}`)).body.value

test('计划的参数到日子才生效，并写入更改记录', async () => {
  expect((await plan()).status).toBe(200)
  await app.runTimers()
  expect(await value()).toBe(180)
  app.clock.advance(DAY)
  await app.runTimers()
  expect(await value()).toBe(90)
  expect((await admin.get(`/api/admin/settings/${KEY}`)).body.history[0]).toMatchObject({ new: 90, old: null, reason: '年度调整', by: '测试systemAdmin' })
  expect((await admin.get('/api/admin/planned-settings')).body.items[0]).toMatchObject({ key: KEY, label: '已读消息保留天数', state: 'applied' })
})

test('超出范围或过去的时间被拒绝，取消后不生效，别的租户看不到也取消不了', async () => {
  expect((await plan({ value: 1 })).body.code).toBe('platform.settingRange')
  expect((await plan({ effectiveAt: toIso(app.clock.now()) })).body.code).toBe('platform.plannedPast')
  expect((await (await app.as('agent')).post(`/api/admin/settings/${KEY}/plan`, { value: 90, effectiveAt: toIso(plus(app.clock.now(), DAY)) })).status).toBe(403)
  const { id } = (await plan({ value: 365 })).body
  const other = await app.as('otherAdmin')
  expect((await other.get('/api/admin/planned-settings')).body.items).toEqual([])
  expect((await other.post(`/api/admin/planned-settings/${id}/cancel`)).status).toBe(404)
  expect((await admin.post(`/api/admin/planned-settings/${id}/cancel`)).status).toBe(200)
  app.clock.advance(2 * DAY)
  await app.runTimers()
  expect(await value()).toBe(90)
  expect((await admin.post(`/api/admin/planned-settings/${id}/cancel`)).body.code).toBe('platform.plannedOver')
})
