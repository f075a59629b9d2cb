// Register of merged hotlines (PLA-06): what the mode steers, and what stays as it was.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'
import { fullyMergedNumbers, lineOfNumber } from './line-store.ts'
import { walkIn, type Walk } from '../reading/test-orders.ts'

let app: TestApp
let walk: Walk
beforeAll(async () => {
  app = await testApp()
  walk = await walkIn(app)
})
afterAll(() => app.stop())

const admin = () => walk.who('businessAdmin')
const add = async (body: object) => (await admin()).post('/api/hotlines', body)
const change = async (code: string, body: object) => (await admin()).put(`/api/hotlines/${code}`, body)
const volumes = async () => (await walk.ok((await admin()).get('/api/hotlines/volumes?from=2020-01-01&to=2099-12-31'))).items
const modeOf = async (id: string) => (await walk.rows(sql<{ line: string | null; line_mode: string | null }>`select line, line_mode from order_order where id = ${id}`))[0]
const call = (number: string) => walk.rows(sql`insert into telephony_call (tenant_id, id, started_at, direction, state, called, agent_ids) select tenant_id, gen_random_uuid(), ${new Date(app.clock.now()).toISOString()}::timestamptz, 'inbound', 'ended', ${number}, '{}' from platform_unit where code = 'T-CENTRE' returning id`)

test('PLA-06 由双号并行改为整体并入：新来电和新工单按新方式，以前的仍按旧方式计', async () => {
  const line = await walk.ok(add({ code: '12319', name: '城建热线', number: '12319', unitId: walk.unit('T-URBAN'), mode: 'parallel', skillGroup: '城建组', connector: '城建热线系统', startedOn: '2026-01-01' }))
  expect(line).toMatchObject({ modeName: '双号并行', unitName: '测试市城管局', modes: [{ mode: 'parallel', until: null }] })
  expect(await app.query((ctx) => lineOfNumber(ctx, '12319'), 'agent')).toBe('12319')
  const before = await walk.register({ line: '12319' })
  await call('12319')
  app.clock.advance(60_000)
  const full = await walk.ok(change('12319', { name: '城建热线', number: '12319', unitId: walk.unit('T-URBAN'), mode: 'full', version: line.version }))
  expect(full.modes).toMatchObject([{ mode: 'full', until: null }, { mode: 'parallel', until: full.modes[0].since }])
  app.clock.advance(60_000)
  // 整体并入后来电不再弹出该线路的表单，号码与中心的号码响在同一处
  expect(await app.query((ctx) => lineOfNumber(ctx, '12319'), 'agent')).toBeNull()
  expect([...(await app.query((ctx) => fullyMergedNumbers(ctx), 'agent'))]).toEqual(['12319'])
  const after = await walk.register({ line: '12319' })
  await call('12319')
  await call('12319')
  expect([await modeOf(before.id), await modeOf(after.id)]).toEqual([{ line: '12319', line_mode: 'parallel' }, { line: '12319', line_mode: 'full' }])
  expect(await volumes()).toEqual([
    { code: '12319', name: '城建热线', mode: 'full', modeName: '整体并入', countedBy: '本中心', orders: 1, calls: 2 },
    { code: '12319', name: '城建热线', mode: 'parallel', modeName: '双号并行', countedBy: '城建热线', orders: 1, calls: 1 },
  ])
})

test('分中心须有负责单位；号码、代码不能重复；外中心的单位、旧版本、没有权限都被拒绝', async () => {
  expect(await add({ code: 'A1', name: '分中心', mode: 'subCentre' })).toMatchObject({ status: 422, body: { fields: [{ path: 'unitId' }] } })
  expect(await add({ code: 'A1', name: '分中心', mode: 'subCentre', unitId: walk.unit('C-URBAN') })).toMatchObject({ status: 422, body: { fields: [{ path: 'unitId' }] } })
  expect(await add({ code: 'A1', name: '重号', mode: 'full', number: '12319' })).toMatchObject({ status: 409, body: { fields: [{ path: 'number' }] } })
  expect(await add({ code: '12319', name: '重码', mode: 'full' })).toMatchObject({ status: 409, body: { fields: [{ path: 'code' }] } })
  expect(await change('12319', { name: '城建热线', mode: 'full', version: 1 })).toMatchObject({ status: 409 })
  expect((await change('none', { name: 'x', mode: 'full', version: 1 })).status).toBe(404)
  expect((await (await walk.who('agent')).get('/api/hotlines')).status).toBe(403)
  expect((await walk.ok((await app.as('countyAdmin')).get('/api/hotlines'))).items).toEqual([])
})

test('停用或没有登记的线路不能用于登记；停用的不再提供', async () => {
  const off = await walk.ok(add({ code: 'OFF', name: '停用线路', mode: 'parallel', enabled: false }))
  expect(off.enabled).toBe(false)
  for (const line of ['OFF', 'NOPE']) expect(await (await walk.who('agent')).post('/api/orders', { requester: { name: '陈小满', phone: '19900019999' }, appealType: 'help', title: '路灯', content: '路灯不亮', areaCode: '990101', line })).toMatchObject({ status: 422, body: { code: 'orders.lineOff', fields: [{ path: 'line' }] } })
  expect((await walk.ok((await walk.who('agent')).get('/api/order-profile-options'))).lines.map((l: { code: string }) => l.code)).toEqual(['12319'])
})
