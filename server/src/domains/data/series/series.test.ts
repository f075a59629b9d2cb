// Series from elsewhere: loaded by file, wrong rows refused one by one, and the figures that divide by them.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp, type Client, type TestApp } from '../../../kernel/testing/index.ts'
import { localDate } from '../../../kernel/time/index.ts'

let app: TestApp
const as: Record<string, Client> = {}
const who = (login: string): Client => as[login] as Client
let today = ''
beforeAll(async () => {
  app = await testApp()
  for (const login of ['agent', 'reviewer', 'leader', 'tenantAdmin', 'otherAdmin']) as[login] = await app.as(login)
  today = localDate(app.clock.now(), 'Asia/Shanghai')
  const order = await who('agent').post('/api/orders', { requester: { name: '苗若溪', phone: '19900061001' }, appealType: 'help', title: '路灯不亮', content: '巷口路灯连续几天不亮。', areaCode: '990101001' })
  await who('reviewer').post(`/api/orders/${order.body.id}/pass-review`, {})
})
afterAll(() => app.stop())

const per = async () => (await who('leader').post('/api/data/figures', { from: today, to: today, indicators: ['perTenThousand'], dimensions: ['county'] })).body
const population = { name: '常住人口', unit: '人', source: '统计年鉴', digits: 6 }
const rows = [{ areaCode: '990101', fromDay: '2025', value: '200,000' }, { areaCode: '999999', fromDay: '2025', value: '1' }, { areaCode: '990101001', fromDay: '2025', value: '1' }, { areaCode: '990102', fromDay: '2025-02-30', value: '很多' }, { areaCode: '990101', fromDay: '2025/1/1', value: '5' }]

test('ANA-05 没有人口时说出缺哪个序列；导入后算出；不认识的区划、层级、日期、数值逐行退回；再导入即更新', async () => {
  expect(await per()).toMatchObject({ missing: ['人口'], total: { perTenThousand: null } })
  expect((await who('leader').put('/api/data/series/population', population)).status).toBe(403)
  expect((await who('tenantAdmin').post('/api/data/series/population/values', { rows })).status).toBe(404)
  expect((await who('tenantAdmin').put('/api/data/series/Population', population)).status).toBe(404)
  expect(await who('tenantAdmin').put('/api/data/series/population', population)).toMatchObject({ status: 200, body: { areas: 0, firstDay: null, usedBy: ['人口'] } })
  const checked = (await who('tenantAdmin').post('/api/data/series/population/values', { check: true, rows })).body
  expect(checked).toMatchObject({ imported: 1 })
  expect(checked.errors.map((e: { row: number; field: string }) => [e.row, e.field])).toEqual([[1, 'areaCode'], [2, 'areaCode'], [3, 'fromDay'], [3, 'value'], [4, 'areaCode']])
  expect(await per()).toMatchObject({ missing: ['人口'] })
  expect((await who('leader').post('/api/data/series/population/values', { rows })).status).toBe(403)
  expect((await who('tenantAdmin').post('/api/data/series/population/values', { rows })).body).toMatchObject({ imported: 1 })
  expect(await per()).toMatchObject({ missing: [], total: { perTenThousand: '0.05' } })
  await who('tenantAdmin').post('/api/data/series/population/values', { rows: [{ areaCode: '990101', fromDay: '2025', value: '100000' }] })
  expect(await per()).toMatchObject({ total: { perTenThousand: '0.10' } })
  expect((await who('leader').get('/api/data/series/population/values')).body.items).toEqual([{ areaCode: '990101', areaName: expect.any(String), fromDay: '2025-01-01', value: '100000' }])
  // One level a series: areas of two levels would count twice.
  expect(await who('tenantAdmin').put('/api/data/series/population', { ...population, digits: 9 })).toMatchObject({ status: 422, body: { code: 'data.seriesLevel' } })
  // Another tenant's series is nobody's here, and its areas are not known there.
  expect((await who('otherAdmin').get('/api/data/series')).body.items).toEqual([])
  expect((await who('otherAdmin').get('/api/data/series/population/values')).status).toBe(404)
  expect((await who('agent').get('/api/data/series')).status).toBe(403)
})
