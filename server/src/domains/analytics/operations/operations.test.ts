// Recurring operation work: its cycles, what is late, and who registers what.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'
import { DAY, instant } from '../../../kernel/time/index.ts'
import { walkIn, type Walk } from '../../orders/reading/test-orders.ts'
import { cycleStart, nextStart, stateOf, type Cycle } from './operation.ts'
import { ensureOperations, remindLate } from './operations.ts'

test('周期从周一、一日、季首、元旦起算，跨年跨月不差', () => {
  const of = (cycle: Cycle, day: string) => { const start = cycleStart(cycle, day); return [start, nextStart(cycle, start)] }
  expect(of('week', '2026-11-22')).toEqual(['2026-11-16', '2026-11-23'])
  expect(of('month', '2026-12-31')).toEqual(['2026-12-01', '2027-01-01'])
  expect(of('month', '2026-02-03')).toEqual(['2026-02-01', '2026-03-01'])
  expect(of('quarter', '2026-12-31')).toEqual(['2026-10-01', '2027-01-01'])
  expect(of('quarter', '2026-02-01')).toEqual(['2026-01-01', '2026-04-01'])
  expect(of('year', '2028-02-29')).toEqual(['2028-01-01', '2029-01-01'])
  expect(of('day', '2026-12-31')).toEqual(['2026-12-31', '2027-01-01'])
})

test.each([
  ['本周做过', '2026-11-23T09:00:00+08:00', 'done'], ['上周做过，本周还没做', '2026-11-22T23:59:00+08:00', 'due'], ['上周整周没做', '2026-11-15T23:59:00+08:00', 'late'], ['从没做过', null, 'late'],
] as const)('%s', (_name, last, state) => {
  const at = (text: string) => instant(text)
  const work = { cycle: 'week' as const, active: true, createdAt: at('2026-10-01T00:00:00+08:00'), lastAt: last === null ? null : at(last) }
  expect(stateOf(work, at('2026-11-25T10:00:00+08:00'), 'Asia/Shanghai')).toEqual({ state, from: '2026-11-23', before: '2026-11-30' })
  expect(stateOf({ ...work, active: false }, at('2026-11-25T10:00:00+08:00'), 'Asia/Shanghai').state).toBe('off')
  if (last === null) expect(stateOf({ ...work, createdAt: at('2026-11-24T10:00:00+08:00') }, at('2026-11-25T10:00:00+08:00'), 'Asia/Shanghai').state).toBe('due')
})

let app: TestApp
let walk: Walk
beforeAll(async () => {
  app = await testApp()
  walk = await walkIn(app)
})
afterAll(() => app.stop())

test('中心一开始就有六项；负责人登记完成，别人不能；一个周期没做即逾期，排在最前；停用的不再催', async () => {
  await app.command(async (ctx) => { await ensureOperations(ctx); await ensureOperations(ctx) }, 'tenantadmin')
  const admin = await walk.who('tenantadmin')
  const reviewer = await walk.who('reviewer')
  const list = async (): Promise<{ id: string; name: string; state: string; acts: { act: string }[]; version: number; last: { result: string } | null; detail: string; cycle: string; toolPath: string; outputPath: string }[]> => (await walk.ok(admin.get('/api/analytics/operations'))).items
  const items = await list()
  expect(items.map((one) => one.state)).toEqual(Array.from({ length: 6 }, () => 'due'))
  const [first] = items
  const body = (one: (typeof items)[number], more: object = {}) => ({ id: one.id, version: one.version, name: one.name, detail: one.detail, cycle: 'week', toolPath: one.toolPath, outputPath: one.outputPath, ...more })
  if (!first) throw new Error('no work')
  const me = (await walk.ok(reviewer.get('/api/session'))).user.id
  expect((await reviewer.post('/api/analytics/operations', body(first))).status).toBe(403)
  expect(await admin.post('/api/analytics/operations', body(first, { toolPath: 'https://example.org' }))).toMatchObject({ status: 422, body: { fields: [{ path: 'toolPath' }] } })
  expect((await admin.post('/api/analytics/operations', body(first, { toolPath: '//example.org' }))).status).toBe(422)
  expect((await reviewer.post(`/api/analytics/operations/${first.id}/runs`, { result: '核对无误' })).status).toBe(403)
  await walk.ok(admin.post('/api/analytics/operations', body(first, { ownerId: me })))
  expect((await admin.post('/api/analytics/operations', body(first, { ownerId: me }))).status).toBe(409)
  expect((await reviewer.post(`/api/analytics/operations/${first.id}/runs`, { result: '' })).status).toBe(422)
  expect(await walk.ok(reviewer.post(`/api/analytics/operations/${first.id}/runs`, { result: '核对无误', path: '/analytics/figures?from=2026-11-01' }))).toMatchObject({ state: 'done', last: { result: '核对无误' } })
  // What runs has somebody who does it.
  expect(await admin.post('/api/analytics/operations', body({ ...first, version: first.version + 1 }))).toMatchObject({ status: 422, body: { code: 'analytics.operationOwner', fields: [{ path: 'ownerId' }] } })
  app.clock.advance(14 * DAY)
  // Late work is told to its owner once a cycle, however often the reminder runs; without an owner to the keeper of the desk.
  const told = async (userId: string): Promise<number> => (await app.query((ctx) => sql<{ n: number }>`select count(*)::int as n from platform_message where user_id = ${userId} and type = 'analytics.operation' and title like '逾期%'`.execute(ctx.db()), 'tenantadmin')).rows[0]?.n ?? 0
  const keeper = (await walk.ok(admin.get('/api/session'))).user.id
  for (const n of [1, 1]) {
    await app.command(remindLate, 'dispatcher')
    expect(await told(me)).toBe(n)
  }
  expect(await told(keeper)).toBeGreaterThan(0)
  const later = await list()
  expect(later[0]).toMatchObject({ id: first.id, state: 'late' })
  await walk.ok(admin.post('/api/analytics/operations', body({ ...first, version: first.version + 1 }, { ownerId: me, active: false })))
  expect((await list()).at(-1)).toMatchObject({ id: first.id, state: 'off' })
  expect((await reviewer.post(`/api/analytics/operations/${first.id}/runs`, { result: '又做' })).status).toBe(409)
  expect((await walk.ok(reviewer.get(`/api/analytics/operations/${first.id}/runs`))).items).toHaveLength(1)
  expect((await (await walk.who('otherReviewer')).get(`/api/analytics/operations/${first.id}/runs`)).status).toBe(404)
})
