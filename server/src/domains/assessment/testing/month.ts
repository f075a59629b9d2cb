// A city whose orders are walked through their whole life over HTTP, for the tests of assessment.
import { expect } from 'vitest'
import { sql } from 'kysely'
import { testApp, type Answer, type Client, type TestApp } from '../../../kernel/testing/index.ts'
import { calculatePeriod } from '../run-period.ts'

type Body = any // oxlint-disable-line no-explicit-any -- answers are asserted on, not typed
export type UnitCode = 'T-URBAN' | 'T-HEAT' | 'T-STREET'
export type Said = 'yes' | 'no'
export type Order = { id: string; number: string; assignment: string; unit: UnitCode }

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082', 'hex')
const people: Record<UnitCode, [handler: string, leader: string]> = { 'T-URBAN': ['handler', 'unitLeader'], 'T-HEAT': ['handler2', 'unitLeader2'], 'T-STREET': ['streetHandler', 'streetLeader'] }
const logins = ['agent', 'reviewer', 'dispatcher', 'callbackAgent', 'businessAdmin', 'tenantAdmin', 'leader', 'otherAdmin', ...Object.values(people).flat()]

export async function month() {
  const app: TestApp = await testApp()
  const clients: Record<string, Client> = {}
  for (const login of logins) clients[login] = await app.as(login)
  const who = (login: string): Client => clients[login] as Client
  const ok = async (answer: Promise<Answer>): Promise<Body> => {
    const { status, body } = await answer
    expect({ status, body: status === 200 ? 'ok' : body }).toEqual({ status: 200, body: 'ok' })
    return body
  }
  const rows = async <T>(query: { execute: (db: never) => Promise<{ rows: T[] }> }): Promise<T[]> => (await query.execute(app.app.runtime.db.withoutPlugins() as never)).rows
  const units = Object.fromEntries((await rows(sql<{ code: string; id: string }>`select code, id from platform_unit`)).map((u) => [u.code, u.id]))
  let n = 0

  const file = async (login: string): Promise<string> => (await ok(who(login).upload('/api/attachments?place=request', { name: '证明.png', type: 'image/png', content: PNG }))).id
  const report = async (order: Order): Promise<void> => {
    const [handler, leader] = people[order.unit]
    const assignment = (await rows(sql<{ id: string; state: string }>`select id, state from order_assignment where order_id = ${order.id} order by round desc, dispatched_at desc limit 1`))[0]
    if (assignment?.state === 'pendingSign') await ok(who(handler).post(`/api/assignments/${assignment.id}/sign`))
    await ok(who(handler).post(`/api/assignments/${assignment?.id}/feedback`, { result: '已到现场处理完毕，恢复正常。', basis: '有关管理条例', contacted: 'yes', solved: 'yes', satisfied: 'yes' }))
    await ok(who(leader).post(`/api/assignments/${assignment?.id}/review`, { outcome: 'accept' }))
  }
  const accept = async (order: Order): Promise<void> => { await ok(who('reviewer').post(`/api/orders/${order.id}/review-result`, { outcome: 'accept' })); await app.drain() }
  const asked = async (order: Order, answers: [Said, Said, Said]): Promise<void> => {
    const task = (await ok(who('callbackAgent').get(`/api/callbacks?number=${order.number}`))).items[0].id
    const [contacted, solved, satisfied] = answers
    await ok(who('callbackAgent').post(`/api/callbacks/${task}/complete`, { way: 'otherWay', wayNote: '座机拨打', contacted, solved, satisfied, ...(solved === 'no' || satisfied === 'no' ? { opinion: '问题仍在' } : {}) }))
    await app.drain()
  }
  const dispatched = async (unit: UnitCode, appealType = 'help'): Promise<Order> => {
    n += 1
    const order = await ok(who('agent').post('/api/orders', { requester: { name: '苗若溪', phone: `1990003${String(2000 + n)}` }, appealType, title: `路面积水 ${n}`, content: '雨后路面长时间积水，行人绕行不便。', areaCode: '990101001' }))
    await ok(who('reviewer').post(`/api/orders/${order.id}/pass-review`, {}))
    const { assignments } = await ok(who('dispatcher').post(`/api/orders/${order.id}/dispatch`, { units: [{ unitId: units[unit], role: 'lead' }] }))
    return { id: order.id, number: order.number, assignment: assignments[0].id, unit }
  }
  const answered = async (unit: UnitCode, answers: [Said, Said, Said], appealType = 'help'): Promise<Order> => {
    const order = await dispatched(unit, appealType)
    await report(order)
    await accept(order)
    await asked(order, answers)
    return order
  }
  /** Declared by the unit with evidence, approved by its leader and by the centre. */
  const declared = async (order: Order, kind: 'exclude' | 'shelve', upTo: 'unit' | 'centre' = 'centre'): Promise<void> => {
    const [handler, leader] = people[order.unit]
    const [open] = await rows(sql<{ id: string }>`select id from order_assignment where order_id = ${order.id} order by round desc limit 1`)
    await ok(who(handler).post(`/api/assignments/${open?.id}/declare-exclusion`, { kind, reasonClass: '客观条件不具备', reason: '需上级立项后方可实施', fileIds: [await file(handler)] }))
    const [request] = await rows(sql<{ flow_instance_id: string }>`select flow_instance_id from order_request where order_id = ${order.id} and kind = 'exclusion' order by created_at desc limit 1`)
    for (const login of upTo === 'centre' ? [leader, 'reviewer'] : [leader]) await ok(who(login).post(`/api/flow/instances/${request?.flow_instance_id}/decide`, { outcome: 'approve', opinion: '同意' }))
    await app.drain()
  }

  const level = await ok(who('businessAdmin').post('/api/assessment/levels', { code: 'bureau', name: '委办局', goal: '提升三率' }))
  await ok(who('businessAdmin').post(`/api/assessment/levels/${level.id}/units`, { unitIds: [units['T-URBAN'], units['T-HEAT'], units['T-STREET']], fromDay: '2026-11-01' }))
  const objects = async (): Promise<Record<UnitCode, Body>> => {
    const { items } = await ok(who('businessAdmin').get(`/api/assessment/levels/${level.id}/objects`))
    return Object.fromEntries(Object.entries(units).map(([code, id]) => [code, items.find((o: Body) => o.refId === id)])) as Record<UnitCode, Body>
  }
  const rate = (code: string, value: string, weight: number, cause: string) => ({ code, name: cause, value, weight, cause, rule: { kind: 'proportional', full: 100 } })
  const definition = (more: Record<string, unknown> = {}) => ({ excludedTypes: ['suggestion'], grades: [{ name: '优秀', from: 90 }, { name: '良好', from: 65 }], items: [rate('response', 'responseRate', 30, '未响应'), rate('solved', 'solvedRate', 35, '未解决'), rate('satisfied', 'satisfiedRate', 35, '不满意')], ...more })
  const model = await ok(who('businessAdmin').post('/api/assessment/models', { code: 'threeRates', name: '三率', levelId: level.id, fromDay: '2026-11-01', definition: definition() }))
  const opened = (day: string, kind = 'month'): Promise<Body> => ok(who('businessAdmin').post('/api/assessment/periods', { modelId: model.id, kind, day }))
  const run = async (periodId: string, login = 'businessAdmin'): Promise<Body> => {
    await ok(who(login).post(`/api/assessment/periods/${periodId}/run`, { reason: '月度核算' }))
    const actor = await app.actor(login)
    return app.command((ctx) => calculatePeriod(ctx, periodId, '月度核算', { id: actor.id, name: actor.name }))
  }
  const publish = async (periodId: string, runId: string): Promise<void> => { await ok(who('leader').post(`/api/assessment/periods/${periodId}/review`, { runId, outcome: 'publish', opinion: '同意发布' })) }
  const shown = (periodId: string, login = 'leader'): Promise<Body> => ok(who(login).get(`/api/assessment/periods/${periodId}`))
  const scores = async (periodId: string, login = 'leader'): Promise<Record<string, Body>> => Object.fromEntries((await shown(periodId, login)).rows.map((r: Body) => [r.name, r]))
  return { app, who, ok, rows, units, file, report, accept, asked, dispatched, answered, declared, level, model, definition, objects, opened, run, publish, shown, scores }
}
export type Month = Awaited<ReturnType<typeof month>>
