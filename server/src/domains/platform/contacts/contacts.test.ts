import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'

let app: TestApp
const units: Record<string, string> = {}
beforeAll(async () => {
  app = await testApp()
  const { rows } = await sql<{ code: string; id: string }>`select code, id from platform_unit`.execute(app.app.runtime.db.withoutPlugins())
  for (const row of rows) units[row.code] = row.id
})
afterAll(() => app.stop())

const names = async (login: string, query = '') => (await (await app.as(login)).get(`/api/contacts${query}`)).body.items.map((p: { name: string }) => p.name)

test('通讯录看得到本单位线上和中心的人，看不到平级单位的人，中心人员看得到全部', async () => {
  const handler = await names('handler')
  expect(handler).toEqual(expect.arrayContaining(['测试unitLeader', '测试sectionHandler', '测试reviewer']))
  expect(handler).not.toContain('测试handler2')
  expect(await names('dispatcher')).toEqual(expect.arrayContaining(['测试handler', '测试handler2']))
  expect(await names('dispatcher', '?query=T102')).toEqual(['测试handler2'])
})

test('手机号打码，查看完整号码留下记录，平级单位的人查不到', async () => {
  const handler = await app.as('handler')
  const { items } = (await handler.get('/api/contacts?query=T014')).body
  const leader = (await handler.get('/api/contacts?query=测试unitLeader')).body.items[0]
  expect(leader.mobile).toContain('****')
  expect(items).toBeDefined()
  expect((await handler.post(`/api/contacts/${leader.id}/mobile`)).body.mobile).toMatch(/^199\d{8}$/)
  const { rows } = await app.query((ctx) => sql<{ n: number }>`select count(*)::int as n from kernel_audit where tenant_id = ${ctx.tenantId} and act = 'revealContactMobile'`.execute(ctx.db()))
  expect(rows[0]?.n).toBe(1)
  const far = (await (await app.as('dispatcher')).get('/api/contacts?query=T103')).body.items[0]
  expect((await handler.post(`/api/contacts/${far.id}/mobile`)).status).toBe(404)
})

test('值守岗位没有手机号不能保存；只有授权人员能改本单位；平级单位看不到', async () => {
  const leader = await app.as('unitLeader')
  const make = (more: object = {}) => leader.post('/api/duty-contacts', { unitId: units['T-URBAN'], duty: 'liaison', name: '联络员甲', mobile: '13800001234', ...more })
  expect((await make({ mobile: '' })).body).toMatchObject({ code: 'platform.dutyMobile', fields: [{ path: 'mobile' }] })
  expect((await make({ duty: 'king' })).body.code).toBe('platform.unknownDuty')
  expect((await make({ unitId: units['T-HEAT'] })).status).toBe(404)
  const { body, status } = await make()
  expect(status).toBe(200)
  expect((await (await app.as('handler')).post('/api/duty-contacts', { unitId: units['T-URBAN'], duty: 'liaison', name: '甲', mobile: '13800001234' })).status).toBe(403)
  const seen = async (login: string) => (await (await app.as(login)).get('/api/duty-contacts')).body.items
  expect(await seen('sectionHandler')).toMatchObject([{ name: '联络员甲', mobile: '138****1234', dutyName: '联络员', mayEdit: false }])
  expect(await seen('handler2')).toEqual([])
  expect((await leader.patch(`/api/duty-contacts/${body.id}`, { duty: 'liaison', name: '联络员乙', mobile: '138****1234', version: 1 })).body).toEqual({ version: 2 })
  expect((await leader.patch(`/api/duty-contacts/${body.id}`, { duty: 'liaison', name: '联络员丙', mobile: '13800009999', version: 1 })).status).toBe(409)
  expect((await (await app.as('unitLeader2')).delete(`/api/duty-contacts/${body.id}`)).status).toBe(404)
  expect((await leader.delete(`/api/duty-contacts/${body.id}`)).status).toBe(200)
})
