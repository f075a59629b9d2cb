// Screening of handled cases and the warnings of those below the standard (QUA-22, QUA-23).
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DAY, HOUR } from '../../../kernel/time/index.ts'
import { callbackCity, ok, type City, type Made } from '../../callback/testing/accepted-orders.ts'
import { raiseWarnings } from '../warnings/raise-warnings.ts'
import { warningStandard } from '../settings.ts'
import { screenCases } from './screen-cases.ts'
import { scoreCase, type CaseFacts, type Indicator } from './screening.ts'
import { shippedParts } from './screening.zh-CN.ts'

const indicator = (n: number, more: Partial<Indicator>): Indicator => ({ id: `${n}`, name: `指标${n}`, kind: 'lateHandling', atLeast: 1, words: [], ...more })
const fine: CaseFacts = { late: [], dissatisfied: false, unsolved: false, confirmed: true, askedAgain: 0, returns: 0, round: 1, urges: 0, words: new Map() }
test.each<[string, Partial<CaseFacts>, number, string | null]>([
  ['没有问题的是满分，进经典候选', {}, 100, 'classic'],
  ['超期并再次反映的按权重失分，进待督查候选', { late: ['handling'], askedAgain: 1 }, 40, 'inspection'],
  ['只有超期的不进任何候选', { late: ['handling'] }, 70, null],
  ['未到次数的不算', { returns: 1 }, 100, 'classic'],
  ['别的时钟超时不算办结超期', { late: ['sign'] }, 100, 'classic'],
])('%s', (_, facts, points, pool) => {
  const some = [indicator(1, {}), indicator(2, { kind: 'askedAgain' }), indicator(3, { kind: 'returned', atLeast: 2 })]
  expect(scoreCase({ ...fine, ...facts }, some, { weights: { 1: 30, 2: 30, 3: 40 }, high: 90, low: 60 })).toMatchObject({ points, pool })
  expect(scoreCase(fine, some, { weights: {}, high: 90, low: 60 })).toBeNull()
})

let city: City
let [good, bad]: [Made, Made] = [{} as Made, {} as Made]
const MODEL = shippedParts.find((one) => one.kind === 'screening')?.id ?? ''
const manager = () => city.who('businessAdmin')
const run = async () => {
  await ok(manager().post(`/api/quality/screening/${MODEL}/run`, {}))
  await screenCases.run((fn) => city.app.command(fn), { tenantId: (await city.app.actor('agent')).tenantId, modelId: MODEL }, { attempt: 1, maxAttempts: 1 })
}
const cases = (query: string) => ok(manager().get(`/api/quality/screening/cases?${query}`))
const complete = (task: string, more: object) => ok(city.who('callbackAgent').post(`/api/callbacks/${task}/complete`, { contacted: 'yes', solved: 'yes', satisfied: 'yes', way: 'otherWay', wayNote: '当面', ...more }))

beforeAll(async () => {
  city = await callbackCity(['businessAdmin', 'supervisor', 'inspector', 'otherAdmin'])
  const one = await city.accepted()
  await ok(city.who('callbackAgent').post(`/api/callbacks/${one.task}/claim`, {}))
  await complete(one.task, {})
  good = one
  // Late, and asked again after its end.
  const late = await city.accepted({ callbackManner: 'none' })
  await sql`update order_clock set met_at = due_at + interval '1 hour', state = 'met' where order_id = ${late.id} and kind = 'handling'`.execute(city.app.app.runtime.db.withoutPlugins())
  city.app.clock.advance(HOUR)
  const again = await city.reported()
  await city.app.command((ctx) => sql`insert into order_link (tenant_id, id, from_id, to_id, kind, created_at) values (${ctx.tenantId}, ${again.id}, ${again.id}, ${late.id}, 'repeat', ${new Date(city.app.clock.now())})`.execute(city.app.app.runtime.db.withoutPlugins())) // oxlint-disable-line no-restricted-globals -- test data
  bad = late
  await run()
})
afterAll(() => city.app.stop())

test('超期又再次反映的在待督查候选，解决且满意的在经典候选；再筛一次不重复', async () => {
  const low = (await cases('pool=inspection')).items
  expect(low).toMatchObject([{ orderId: bad.id, points: 43, state: 'waiting', mayPick: false }])
  expect(low[0].hits.map((one: { name: string }) => one.name)).toEqual(['办结超期', '办结后再次反映', '没有满意回访'])
  expect((await cases('pool=classic')).items).toMatchObject([{ orderId: good.id, points: 100, mayPick: true }])
  expect((await cases(`indicatorId=${low[0].hits[0].id}`)).items).toHaveLength(1)
  await run()
  expect((await cases('')).items).toHaveLength(2)
  expect((await ok(manager().get('/api/quality/screening'))).screenings).toMatchObject([{ id: MODEL, lastRun: { examined: 2 } }])
})

test('候选只有经人选择才离开：督查员采用的进案源库，知识采编的成为案例草稿', async () => {
  const [low] = (await cases('pool=inspection')).items
  const [high] = (await cases('pool=classic')).items
  const decide = (who: string, id: string, pick: boolean) => city.who(who).post(`/api/quality/screening/cases/${id}/decide`, { pick })
  expect((await decide('inspector', low.id, true)).status).toBe(403)
  expect((await decide('businessAdmin', low.id, true)).status).toBe(403)
  expect((await decide('supervisor', high.id, true)).status).toBe(403)
  expect(await ok(decide('supervisor', low.id, true))).toMatchObject({ state: 'picked', itemId: null })
  expect((await ok(city.who('supervisor').get('/api/supervision/sources?used=false'))).items).toMatchObject([{ id: bad.id }])
  expect((await decide('supervisor', low.id, true)).status).toBe(409)
  await ok(manager().post('/api/knowledge/directories', { name: '案例', code: 'anli' }))
  const { itemId } = await ok(decide('businessAdmin', high.id, true))
  expect(await ok(manager().get(`/api/knowledge/items/${itemId}`))).toMatchObject({ typeCode: 'case', state: 'draft' })
  expect((await city.who('otherAdmin').post(`/api/quality/screening/cases/${high.id}/decide`, { pick: false })).status).toBe(404)
})

test('指标和模型可增改删；正在用的指标、没有权重的模型被拒', async () => {
  const save = (body: object) => manager().post('/api/quality/screening/parts', body)
  const { indicators, scorings } = await ok(manager().get('/api/quality/screening'))
  const made = await ok(save({ id: null, part: 'indicator', name: '催办多', definition: { kind: 'urged', atLeast: 3 } }))
  expect(await save({ id: null, part: 'screening', name: '催办筛查', definition: { indicatorIds: [made.id], scoringId: scorings[0].id } })).toMatchObject({ status: 422, body: { code: 'quality.partFault' } })
  expect((await save({ id: null, part: 'scoring', name: '低高颠倒', definition: { weights: {}, high: 50, low: 60 } })).status).toBe(422)
  expect((await manager().delete(`/api/quality/screening/parts/${indicators[0].id}`)).status).toBe(409)
  expect((await save({ id: made.id, version: 0, part: 'indicator', name: '催办多', definition: { kind: 'urged', atLeast: 2 } })).status).toBe(409)
  await ok(save({ id: made.id, version: 1, part: 'indicator', name: '催办较多', definition: { kind: 'urged', atLeast: 2 } }))
  await ok(manager().delete(`/api/quality/screening/parts/${made.id}`))
  expect((await manager().delete(`/api/quality/screening/parts/${made.id}`)).status).toBe(404)
  expect((await city.who('inspector').post('/api/quality/screening/parts', { id: null, part: 'indicator', name: '无权', definition: { kind: 'urged' } })).status).toBe(403)
})

test('低于标准的一件只预警一次、每人一条短信；提高标准后另行预警；推送失败看得见；关闭须写备注', async () => {
  const sms = () => city.rows<{ object_id: string }>(sql`select object_id from platform_sms where template = 'qualityWarning'`)
  const listed = async () => (await ok(manager().get('/api/quality/warnings'))).items
  const job = () => city.app.command(raiseWarnings)
  await city.rows(sql`update platform_user set mobile_enc = null where name = '测试unitLeader'`)
  await job()
  const first = await listed()
  expect(first).toMatchObject([{ orderId: bad.id, origin: 'job', points: 43, standard: 60, state: 'open' }])
  const shown = await ok(manager().get(`/api/quality/warnings/${first[0].id}`))
  expect(shown.failed).toBe(shown.pushList.filter((one: { problem: string | null }) => one.problem === '没有登记手机号').length)
  expect(shown.failed).toBeGreaterThan(0)
  const sent = (await sms()).length
  await job()
  expect([(await listed()).length, (await sms()).length]).toEqual([1, sent])
  await city.set(warningStandard, 100)
  await sql`update quality_case_score set points = 95 where order_id = ${good.id}`.execute(city.app.app.runtime.db.withoutPlugins())
  await job()
  expect((await listed()).map((one: { orderId: string }) => one.orderId).toSorted()).toEqual([good.id, bad.id].toSorted())
  expect((await ok(manager().post(`/api/quality/warnings/${first[0].id}/push`, {}))).pushes).toBe(shown.pushes * 2)
  expect((await manager().post(`/api/quality/warnings/${first[0].id}/close`, { remark: '' })).status).toBe(422)
  expect(await ok(manager().post(`/api/quality/warnings/${first[0].id}/close`, { remark: '已整改' }))).toMatchObject({ state: 'closed', remark: '已整改' })
  expect((await manager().post(`/api/quality/warnings/${first[0].id}/push`, {})).status).toBe(409)
  const own = await ok(manager().post('/api/quality/warnings', { number: good.number, indicator: '答复敷衍', content: '请补充' }))
  expect(own).toMatchObject({ origin: 'person', unitName: expect.any(String) })
  expect(await ok(manager().put(`/api/quality/warnings/${own.id}`, { version: own.version, indicator: '答复不完整', content: '' }))).toMatchObject({ indicator: '答复不完整' })
  expect((await manager().put(`/api/quality/warnings/${own.id}`, { version: own.version, indicator: 'x', content: '' })).status).toBe(409)
  expect((await city.who('inspector').post('/api/quality/warnings', { number: good.number, indicator: 'x' })).status).toBe(403)
  expect((await city.who('otherAdmin').get(`/api/quality/warnings/${own.id}`)).status).toBe(404)
  city.app.clock.advance(DAY)
})
