// Everything off, broken, hanging or unsure: the work goes on by hand (AI-01), and nothing is dispatched by itself that should not be (AI-20).
import { createHash, randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest'
import { storage, type StoragePort } from '../../kernel/files/index.ts'
import { HOUR } from '../../kernel/time/index.ts'
import { testApp, type TestApp } from '../../kernel/testing/index.ts'
import { dispatchByModel } from '../orders/learning/learned-units.ts'
import { feedbackText, walkIn, type Walk } from '../orders/reading/test-orders.ts'
import { putContent } from '../platform/index.ts'
import { subjectOf } from './applications/suggest.ts'
import { packClassifier, trainClassifier } from './engines/classifier.ts'

let app: TestApp
let walk: Walk
function store(): StoragePort {
  if (!storage.port) throw new Error('no storage')
  return storage.port
}

const lamps = ['路灯不亮，夜里看不清路', '三盏路灯坏了，老人摔倒', '路灯忽明忽暗，请派人维修', '楼下路灯熄灭一周']
const roads = ['马路坑洼积水', '路面塌陷，车辆绕行', '人行道砖块松动', '沥青路面破损']

/** A version that people switched on, taught here in a moment; every call gives another file. */
async function switchOn(application: string, labels: readonly [string, string], heldBack = 40): Promise<void> {
  const samples = [lamps, roads].flatMap((texts, i) => Array.from({ length: 24 }, (_, k) => ({ label: labels[i] ?? '', fields: subjectOf(application, { title: texts[k % 4] ?? '', content: `${texts[(k + 1) % 4]}，${texts[(k >> 2) % 4]}，${randomUUID()}`, areaCode: '990101' }) })))
  const bytes = packClassifier(trainClassifier(samples))
  const { key } = await putContent(Readable.from([bytes]))
  await app.command(async (ctx) => {
    await sql`update ai_model set state = 'retired' where tenant_id = ${ctx.tenantId} and application = ${application}`.execute(ctx.db())
    await sql`insert into ai_model (tenant_id, id, application, number, state, storage_key, sha256, size_bytes, hit1, card, began_at, by_name)
      select ${ctx.tenantId}, ${randomUUID()}, ${application}, count(*) + 1, 'live', ${key}, ${createHash('sha256').update(bytes).digest('hex')}, ${bytes.length}, 0.95, ${JSON.stringify({ heldBack })}::jsonb, now(), '测试' from ai_model where tenant_id = ${ctx.tenantId} and application = ${application}`.execute(ctx.db())
  })
}
async function run(code: string, mode: string, more: Record<string, unknown> = {}): Promise<void> {
  const admin = await walk.who('tenantAdmin')
  const { version } = (await walk.ok(admin.get('/api/ai/applications'))).items.find((a: { code: string }) => a.code === code)
  await walk.ok(admin.patch(`/api/ai/applications/${code}`, { mode, candidates: 3, threshold: 0.5, limitMs: 3000, target: 0.9, reason: '试用', version, ...more }))
}
const ask = async () => walk.ok((await walk.who('agent')).post('/api/ai/suggest', { objectType: 'draft', objectId: randomUUID(), title: '路灯不亮', content: '路灯不亮，夜里看不清路，请派人维修', areaCode: '990101' }))
const waiting = async (more: Record<string, unknown> = {}): Promise<string> => {
  const order = await walk.register({ title: '路灯不亮', content: '路灯不亮，夜里看不清路，请派人维修', ...more })
  await walk.ok((await walk.who('reviewer')).post(`/api/orders/${order.id}/pass-review`, {}))
  return order.id
}
const byHand = async (id: string) => walk.ok((await walk.who('dispatcher')).post(`/api/orders/${id}/dispatch`, { units: [{ unitId: walk.unit('T-URBAN'), role: 'lead' }] }))
const stateOf = async (id: string): Promise<string> => (await walk.rows(sql<{ state: string }>`select state from order_order where id = ${id}`))[0]?.state ?? ''
/** What the application itself may not: change a table. */
async function asOwner(text: string): Promise<void> {
  const url = new URL(inject('superuserUrl'))
  url.pathname = `/${(await walk.rows(sql<{ name: string }>`select current_database() as name`))[0]?.name}`
  const client = new pg.Client({ connectionString: url.toString() })
  await client.connect()
  await client.query(text)
  await client.end()
}
const sweep = () => app.command(dispatchByModel)
const real: { get: StoragePort['get'] } = { get: () => Promise.reject(new Error('not read yet')) }

beforeAll(async () => {
  app = await testApp()
  walk = await walkIn(app)
  real.get = store().get.bind(store())
}, 120_000)
afterEach(() => { store().get = real.get })
afterAll(() => app.stop())

test('全部智能应用关闭：登记、派发、办理、审核、办结照常人工完成', async () => {
  for (const { code, ready } of (await walk.ok((await walk.who('tenantAdmin')).get('/api/ai/applications'))).items) if (ready) await run(code, 'off')
  expect(await ask()).toMatchObject({ suggestions: [], elements: [], title: null, unavailable: [] })
  const id = await waiting()
  expect((await walk.ok((await walk.who('dispatcher')).get(`/api/orders/${id}/dispatch-options`))).recommended.map((r: { reason: string }) => r.reason).join()).not.toContain('智能')
  const first = (await byHand(id)).assignments[0].id
  await walk.ok((await walk.who('handler')).post(`/api/assignments/${first}/sign`))
  await walk.ok((await walk.who('handler')).post(`/api/assignments/${first}/feedback`, feedbackText))
  await walk.ok((await walk.who('unitLeader')).post(`/api/assignments/${first}/review`, { outcome: 'accept' }))
  const reviewed = await walk.ok((await walk.who('reviewer')).post(`/api/orders/${id}/review-result`, { outcome: 'accept' }))
  expect(['pendingCallback', 'closed']).toContain(reviewed.state)
  app.clock.advance(8 * 24 * HOUR)
  await app.runTimers()
  expect(['pendingCallback', 'archived']).toContain(await stateOf(id))
  expect(await walk.rows(sql`select 1 as n from ai_suggestion`)).toEqual([])
  await run('dispatch', 'suggest')
  await run('appeal-type', 'suggest')
}, 60_000)

test('模型文件取不到、迟迟不来或被改动：表单照常，缺席的写明；存储恢复后下一次就有', async () => {
  await run('appeal-type', 'suggest', { limitMs: 100 })
  await switchOn('appeal-type', ['help', 'consultation'])
  store().get = () => new Promise(() => undefined)
  expect(await ask()).toMatchObject({ suggestions: [], unavailable: expect.arrayContaining(['appeal-type']) })
  store().get = () => Promise.reject(new Error('存储不可用'))
  expect((await ask()).unavailable).toContain('appeal-type')
  store().get = () => Promise.resolve(Readable.from([Buffer.from('改过的内容')]))
  expect((await ask()).unavailable).toContain('appeal-type')
  store().get = real.get
  expect((await ask()).suggestions).toContainEqual(expect.objectContaining({ application: 'appeal-type' }))
})

test('建议存不下来：只缺建议，登记和派发都不受影响', async () => {
  await switchOn('dispatch', [walk.unit('T-URBAN'), walk.unit('T-HEAT')])
  const whole = await ask()
  expect(whole.suggestions.length).toBeGreaterThan(0)
  await asOwner(`alter table ai_suggestion add constraint broken check (engine = '') not valid`)
  expect((await ask()).suggestions.length).toBe(0)
  const id = await waiting({ draftId: whole.suggestions[0].objectId })
  await byHand(id)
  expect(await stateOf(id)).toBe('inProgress')
  await asOwner('alter table ai_suggestion drop constraint broken')
})

test('派发台列出学得的单位、把握和依据；派发时把当时的建议与所选一并留下', async () => {
  const id = await waiting()
  const { recommended } = await walk.ok((await walk.who('dispatcher')).get(`/api/orders/${id}/dispatch-options`))
  expect(recommended.find((r: { unitId: string }) => r.unitId === walk.unit('T-URBAN'))?.reason).toMatch(/智能推荐 \d+%（.*灯/)
  await byHand(id)
  expect(await walk.rows(sql`select outcome, chosen from ai_suggestion where object_id = ${id} and application = 'dispatch'`)).toEqual([{ outcome: 'acceptedFirst', chosen: walk.unit('T-URBAN') }])
})

test('自动派发默认关闭；未开启、把握不足、模型未经证明、涉密或紧急的，一律等人派', async () => {
  const id = await waiting()
  await sweep()
  expect(await stateOf(id)).toBe('pendingDispatch')
  await run('dispatch', 'auto', { threshold: 1 })
  await sweep()
  expect(await stateOf(id)).toBe('pendingDispatch')
  await switchOn('dispatch', [walk.unit('T-URBAN'), walk.unit('T-HEAT')], 12)
  await run('dispatch', 'auto', { threshold: 0.5 })
  await sweep()
  expect(await stateOf(id)).toBe('pendingDispatch')
  await switchOn('dispatch', [walk.unit('T-URBAN'), walk.unit('T-HEAT')])
  const [urgent, secret] = [await waiting({ urgency: 'urgent' }), await waiting({ confidential: true })]
  await app.command(async (ctx) => { await sql`update order_order set confidential = true where id = ${secret}`.execute(ctx.db()) })
  await sweep()
  expect([await stateOf(id), await stateOf(urgent), await stateOf(secret)]).toEqual(['inProgress', 'pendingDispatch', 'pendingDispatch'])
  expect(await walk.rows(sql`select outcome from ai_suggestion where object_id = ${id} and application = 'dispatch'`)).toEqual([{ outcome: 'auto' }])
  expect(await walk.rows(sql`select rule_name from order_auto_assignment where order_id = ${id}`)).toEqual([{ rule_name: expect.stringMatching(/^智能分派（置信度 \d+%）$/) }])
}, 60_000)

test('引擎中断时来的工单全部等人工派发，一件不少；没有权限的人不能开关', async () => {
  await switchOn('dispatch', [walk.unit('T-URBAN'), walk.unit('T-HEAT')])
  store().get = () => Promise.reject(new Error('存储不可用'))
  const came = [await waiting(), await waiting(), await waiting()]
  await sweep()
  expect(await Promise.all(came.map(stateOf))).toEqual(['pendingDispatch', 'pendingDispatch', 'pendingDispatch'])
  await byHand(came[0] ?? '')
  expect(await stateOf(came[0] ?? '')).toBe('inProgress')
  expect((await (await walk.who('dispatcher')).patch('/api/ai/applications/dispatch', { mode: 'off', candidates: 3, threshold: 0.5, limitMs: 3000, target: 0.9, reason: '试试', version: 1 })).status).toBe(403)
})
