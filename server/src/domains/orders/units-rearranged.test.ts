// Orders, duties and steps when units are merged or moved (PLA-04).
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp, type Client, type TestApp } from '../../kernel/testing/index.ts'

let app: TestApp
let admin: Client
let dispatcher: Client
beforeAll(async () => {
  app = await testApp()
  admin = await app.as('tenantAdmin')
  dispatcher = await app.as('dispatcher')
})
afterAll(() => app.stop())

const unitId = async (code: string): Promise<string> => (await sql<{ id: string }>`select id from platform_unit where code = ${code}`.execute(app.app.runtime.db.withoutPlugins())).rows[0]?.id ?? ''
const version = async (id: string): Promise<number> => (await admin.get(`/api/admin/units/${id}`)).body.version

async function dispatched(code: string, title: string): Promise<{ id: string; number: string }> {
  const { body } = await (await app.as('shiftLeader')).post('/api/orders', { requester: { name: '陈小满', phone: '19900002001' }, appealType: 'help', title, content: '小区北门三盏路灯不亮，老人出行不便。', areaCode: '990101' })
  expect((await (await app.as('reviewer')).post(`/api/orders/${body.id}/pass-review`, {})).status).toBe(200)
  expect((await dispatcher.post(`/api/orders/${body.id}/dispatch`, { units: [{ unitId: await unitId(code), role: 'lead' }], opinion: '请依法办理' })).status).toBe(200)
  return { id: body.id, number: body.number }
}
const titles = async (who: string): Promise<string[]> => (await (await app.as(who)).get('/api/orders')).body.items.map((order: { title: string }) => order.title)

test('移动机构后，新的上级马上看得到它的工单，原上级不再看到', async () => {
  await dispatched('T-STREET', '街道路灯')
  const street = await unitId('T-STREET')
  expect(await titles('handler')).toEqual([])
  expect((await admin.post(`/api/admin/units/${street}/move`, { parentId: await unitId('T-URBAN'), version: await version(street) })).status).toBe(200)
  expect(await titles('handler')).toEqual(['街道路灯'])
  expect((await admin.post(`/api/admin/units/${street}/move`, { parentId: await unitId('T-DISTRICT'), version: await version(street) })).status).toBe(200)
  expect(await titles('handler')).toEqual([])
  expect(await titles('streetHandler')).toEqual(['街道路灯'])
})

test('有过工单的机构不能删除，写明原因', async () => {
  const community = await unitId('T-COMMUNITY')
  await dispatched('T-COMMUNITY', '社区路灯')
  const answer = await admin.delete(`/api/admin/units/${community}`)
  expect(answer).toMatchObject({ status: 409, body: { code: 'platform.unitInUse' } })
  expect(answer.body.detail).toContain('工单任务 1')
})

test('合并机构先预览，再把人员、下级、在办任务转过去，原机构停用，越权和错误的合并被拒绝', async () => {
  const order = await dispatched('T-HEAT', '暖气不热')
  const [heat, urban] = [await unitId('T-HEAT'), await unitId('T-URBAN')]
  const preview = (await admin.get(`/api/admin/units/${heat}/merge?intoId=${urban}`)).body
  const count = (label: string): number => preview.items.find((item: { label: string }) => item.label === label)?.count ?? 0
  expect([count('任职人员'), count('在办任务')]).toEqual([2, 1])
  const merge = async (id: string, intoId: string, client = admin) => client.post(`/api/admin/units/${id}/merge`, { intoId, version: await version(id), reason: '机构改革' })
  expect((await merge(urban, await unitId('T-URBAN-1'))).body.code).toBe('platform.mergeBelow')
  expect((await merge(heat, await unitId('O-URBAN'))).body.code).toBe('platform.badMerge')
  expect((await merge(heat, heat)).body.code).toBe('platform.badMerge')
  expect((await merge(heat, urban, await app.as('countyAdmin'))).status).toBe(404)
  expect((await merge(heat, urban, await app.as('handler'))).status).toBe(403)
  expect((await merge(heat, urban)).status).toBe(200)
  expect((await admin.get(`/api/admin/units/${heat}`)).body).toMatchObject({ state: 'disabled', mergedInto: { name: '测试市城管局' } })
  const detail = (await (await app.as('handler2')).get(`/api/orders/${order.id}`)).body
  expect(JSON.stringify(detail)).toContain('测试市城管局')
  expect(await titles('handler')).toContain('暖气不热')
  const timeline = (await dispatcher.get(`/api/orders/${order.id}/timeline`)).body.items
  expect(timeline.find((entry: { act: string }) => entry.act === 'unitMerged')).toMatchObject({ text: '测试市供热办并入测试市城管局，任务转由测试市城管局办理' })
  expect((await admin.get(`/api/admin/units/${urban}/merge?intoId=${heat}`)).body.code).toBe('platform.badMerge')
})
