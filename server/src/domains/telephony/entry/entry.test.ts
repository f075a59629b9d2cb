// Announcements and emergency modes: kept, refused, and in the snapshot that the exchange gets; heard in a simulated call.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { flow as flowShape, policy as policyShape, type Policy } from '../../../../../switch/src/engine-port.ts'
import { checkFlow as checkFlowPaths } from '../../../../../switch/src/control/flow-check.ts'
import { simulateFlow } from '../../../../../switch/src/simulate/flow-simulation.ts'
import { newId } from '../../../kernel/runtime.ts'
import { testApp, type Client, type TestApp } from '../../../kernel/testing/index.ts'
import { HOUR, MINUTE, plus, toIso } from '../../../kernel/time/index.ts'
import { buildPolicy } from '../engine/build-policy.ts'
import { fromTemplate } from '../flows/flow-templates.zh-CN.ts'
import { seedTelephony } from '../seeding.ts'

let app: TestApp
let admin: Client
let leader: Client
let queue = ''
const snapshot = async (): Promise<Policy> => policyShape.parse({ ...(await app.query((ctx) => buildPolicy(ctx), 'tenantAdmin')).content, number: 1 })
const later = (ms: number): string => toIso(plus(app.clock.now(), ms))
const news = (name: string, text: string, from: number, until: number, place = 10, more: object = {}) => admin.post('/api/telephony/announcements', { name, text, from: later(from), until: later(until), place, ...more })
/** What a caller hears who does as told. */
async function heard(acts: ({ key: string } | { waitMs: number })[] = [{ waitMs: 30_000 }]): Promise<{ what: string; text: string }[]> {
  const policy = await snapshot()
  const flow = policy.flows.find((f) => f.use === 'inbound')
  if (!flow) throw new Error('no flow')
  return simulateFlow(policy, flow, { from: '13900001111', to: '12345', acts: [...acts, { hangUp: true }] }, app.clock.now())
}

beforeAll(async () => {
  app = await testApp()
  await app.command((ctx) => seedTelephony(ctx, { number: '12345' }))
  ;[admin, leader] = [await app.as('tenantAdmin'), await app.as('shiftLeader')] as [Client, Client]
  const { rows } = await app.command((ctx) => sql<{ id: string }>`select id from telephony_queue where code = 'enterprise'`.execute(ctx.acrossTenants('test')))
  queue = rows[0]?.id ?? ''
})
afterAll(() => app.stop())

test('TEL-10 五分钟有效的公告只在这段时间播报；重叠的按顺序播；结束早于开始被拒绝', async () => {
  expect((await news('倒置', '内容', HOUR, 0)).body).toMatchObject({ fields: [{ path: 'until' }] })
  expect((await news('维护', '系统今晚维护。', MINUTE, 6 * MINUTE, 20)).body).toMatchObject({ state: 'coming' })
  expect((await news('放假', '国庆期间照常服务。', 0, HOUR, 5)).status).toBe(200)
  const texts = async (): Promise<string> => (await heard()).map((s) => s.text).join(' ')
  expect(await texts()).not.toContain('系统今晚维护')
  app.clock.advance(2 * MINUTE)
  const both = await texts()
  expect(both.indexOf('国庆期间照常服务')).toBeGreaterThanOrEqual(0)
  expect(both.indexOf('系统今晚维护')).toBeGreaterThan(both.indexOf('国庆期间照常服务'))
  expect(both.indexOf('欢迎致电')).toBeGreaterThan(both.indexOf('系统今晚维护'))
  app.clock.advance(5 * MINUTE)
  expect(await texts()).not.toContain('系统今晚维护')
  expect((await admin.get('/api/telephony/announcements')).body.items.find((n: { name: string }) => n.name === '维护')).toMatchObject({ state: 'over' })
})

test('TEL-10 只对某个服务号码播的公告，别的号码听不到', async () => {
  await news('分中心', '分中心搬迁。', 0, HOUR, 1, { numbers: ['12346'] })
  expect((await heard()).map((s) => s.text).join(' ')).not.toContain('分中心搬迁')
})

test('TEL-21 应急模式：按键的来电以应急等级进入指定队列，所列号码直接进入；结束后不再', async () => {
  expect((await leader.post('/api/telephony/emergency-modes', { name: '暴雨', text: '积水点已派人处置。', queueId: queue, hours: 2 })).body).toMatchObject({ fields: [{ path: 'key' }] })
  expect((await leader.post('/api/telephony/emergency-modes', { name: '暴雨', text: '积水点已派人处置。', key: '9', numbers: ['138x'], queueId: queue, hours: 2 })).body).toMatchObject({ fields: [{ path: 'numbers.0' }] })
  const begun = await leader.post('/api/telephony/emergency-modes', { name: '暴雨', text: '积水点已派人处置。', key: '9', numbers: ['13900009999'], queueId: queue, hours: 2 })
  expect(begun.body).toMatchObject({ on: true, numberCount: 1, key: '9' })
  expect(JSON.stringify(begun.body)).not.toContain('13900009999')
  const on = await snapshot()
  expect(on.emergencyModes).toMatchObject([{ name: '暴雨', numbers: ['8613900009999'], queue }])
  const flow = on.flows.find((f) => f.use === 'inbound')
  expect(Object.values(flow?.nodes ?? {}).find((n) => n.kind === 'queue' && n.class === 'emergency')).toMatchObject({ queue })
  expect((await heard([{ key: '9' }])).map((s) => s.text).join(' ')).toContain('积水点已派人处置')
  expect((await leader.post('/api/telephony/emergency-modes', { name: '停电', text: '正在抢修。', key: '9', queueId: queue, hours: 1 })).body).toMatchObject({ fields: [{ path: 'key' }] })
  expect((await leader.post(`/api/telephony/emergency-modes/${begun.body.id}/end`)).body).toMatchObject({ on: false })
  const off = await snapshot()
  expect([off.emergencyModes, off.flows.some((f) => Object.values(f.nodes).some((n) => n.kind === 'queue' && n.class === 'emergency'))]).toEqual([[], false])
})

test('坐席不能开应急模式，也不能改公告；别的城市的公告查无此条', async () => {
  const agent = await app.as('agent')
  expect((await agent.post('/api/telephony/emergency-modes', { name: '暴雨', text: '积水', key: '9', queueId: queue, hours: 2 })).status).toBe(403)
  expect((await agent.get('/api/telephony/announcements')).status).toBe(403)
  expect((await admin.delete(`/api/telephony/announcements/${newId()}`)).status).toBe(404)
})

test('TEL-08 每种模板的流程都通过检查；工作时间模板在节假日、下班和工作时间各走各的路', async () => {
  const policy = await snapshot()
  const { rows } = await app.command((ctx) => sql<{ id: string }>`select id from telephony_queue where code = 'general'`.execute(ctx.acrossTenants('test')))
  const to = { queue: rows[0]?.id ?? '', box: rows[0]?.id ?? '' }
  const flowOf = (kind: 'hours' | 'menu' | 'survey' | 'notice', use: 'inbound' | 'survey' | 'robot') => flowShape.parse({ id: kind, version: 1, name: kind, use, ...fromTemplate(kind, to) })
  for (const flow of [flowOf('hours', 'inbound'), flowOf('menu', 'inbound'), flowOf('survey', 'survey'), flowOf('notice', 'robot')]) expect(checkFlowPaths(flow, policy)).toEqual([])
  const said = (at: string): string => simulateFlow(policy, flowOf('hours', 'inbound'), { from: '13900001111', to: '12345', acts: [{ waitMs: 3000 }] }, Date.parse(at)).map((step) => step.text).join(' ')
  expect([said('2026-10-01T10:00:00+08:00'), said('2026-11-23T03:00:00+08:00'), said('2026-11-23T10:00:00+08:00')].map((text) => /节假日。|非工作时间|欢迎致电/.exec(text)?.[0])).toEqual(['节假日。', '非工作时间', '欢迎致电'])
})

test('TEL-15 队列节假日不开放时，它的日历带上法定节假日和调休', async () => {
  const [general] = (await admin.get('/api/telephony/queues')).body.items.filter((q: { code: string }) => q.code === 'general')
  const calendar = async () => (await snapshot()).calendars.find((one) => one.id === `queue:${general.id}`)
  expect((await admin.patch(`/api/telephony/queues/${general.id}`, { version: general.version, opening: [{ days: [1, 2, 3, 4, 5], from: '08:00', to: '20:00' }] })).status).toBe(200)
  expect(await calendar()).toMatchObject({ holidays: [], makeUp: [] })
  expect((await admin.patch(`/api/telephony/queues/${general.id}`, { version: general.version + 1, closedOnHolidays: true })).body).toMatchObject({ closedOnHolidays: true })
  expect((await calendar())?.holidays).toContain('2026-10-01')
  expect((await calendar())?.makeUp).toContain('2026-10-10')
})

test('TEL-11 按已知情况走不同的路：老年人直接到人工，其他人听菜单；走的哪条路留在步骤里', async () => {
  const policy = await snapshot()
  const graph = { start: 'scene', person: 'people', nodes: {
    scene: { kind: 'condition', name: '场景', branches: [{ when: { any: [{ variable: 'caller.elderly', is: 'equal', value: '1' }, { variable: 'caller.age', is: 'more', value: 69 }] }, next: 'people' }, { when: { variable: 'caller.overdue', is: 'more', value: 0 }, next: 'people' }], otherwise: 'menu' },
    menu: { kind: 'menu', name: '菜单', say: [{ kind: 'text', text: '医保请按一。' }], choices: { '1': { label: '医保', next: 'people' } }, repeatChoice: false }, people: { kind: 'queue', name: '人工', queue, full: 'bye', noAgents: 'bye', timeout: 'bye', timeoutSeconds: 60 }, bye: { kind: 'end', name: '结束', say: [], cause: 'normal' },
  } }
  const flow = flowShape.parse({ id: 'scene', version: 1, name: '场景', use: 'inbound', ...graph })
  const way = (variables: Record<string, string>): string[] => simulateFlow(policy, flow, { from: '13900001111', to: '12345', acts: [{ waitMs: 500 }], variables }, app.clock.now()).flatMap((step) => (step.what === 'flowStep' ? [`${JSON.parse(step.text).name} ${JSON.parse(step.text).outcome}`] : []))
  expect(way({ 'caller.elderly': '1' }).slice(0, 2)).toEqual(['场景 1', '人工 waits'])
  expect(way({ 'caller.overdue': '1' })[0]).toBe('场景 2')
  expect(way({ 'caller.age': '30' })).toEqual(['场景 otherwise'])
})

