// Telephone figures against ten calls with known ends: every number, its parts and the calls behind it (TEL-50).
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../kernel/runtime.ts'
import { testApp, type Answer, type Client, type TestApp } from '../../kernel/testing/index.ts'
import { localDate } from '../../kernel/time/index.ts'
import { dataExports } from './exports.ts'
import { shippedCalls } from './shipped-calls.ts'

let app: TestApp
let leader: Client
let agent: Client
let other: Client
let today = ''
const ok = async (answer: Promise<Answer>): Promise<any> => { // oxlint-disable-line no-explicit-any -- answers are asserted on, not typed
  const { status, body } = await answer
  expect({ status, body: status === 200 ? 'ok' : body }).toEqual({ status: 200, body: 'ok' })
  return body
}
const ask = (body: Record<string, unknown>, as = leader): Promise<any> => ok(as.post('/api/data/figures', { from: today, to: today, ...body })) // oxlint-disable-line no-explicit-any -- as above
const behind = (body: Record<string, unknown>, as = leader): Promise<any> => ok(as.post('/api/data/figures/rows', { from: today, to: today, limit: 200, ...body })) // oxlint-disable-line no-explicit-any -- as above

/** Seconds after noon; waits and talks in seconds. */
type Call = { at: number; direction?: string; wait?: number; talk?: number; cause: string; mine?: boolean; concurrent?: number; list?: string; topic?: string }
const ten: Call[] = [
  { at: 0, wait: 8, talk: 61, cause: 'normal', mine: true, concurrent: 1, topic: 'heat' }, { at: 60, wait: 15, talk: 9, cause: 'normal', concurrent: 2, topic: 'heat' }, { at: 120, wait: 40, talk: 300, cause: 'normal', mine: true, concurrent: 3 },
  { at: 180, wait: 90, cause: 'abandonedInQueue', concurrent: 4 }, { at: 240, wait: 12, cause: 'abandonedRinging', concurrent: 3 }, { at: 300, cause: 'abandonedInIvr', concurrent: 2 }, { at: 360, cause: 'intercepted', list: 'black', concurrent: 1 }, { at: 420, cause: 'trunkFailure', concurrent: 1 },
  { at: 480, direction: 'outbound', talk: 100, cause: 'normal', mine: true, concurrent: 1 }, { at: 540, direction: 'outbound', cause: 'noAnswer', concurrent: 1 },
]

beforeAll(async () => {
  app = await testApp()
  ;[leader, agent, other] = [await app.as('leader'), await app.as('agent'), await app.as('otherAdmin')] as [Client, Client, Client]
  today = localDate(app.clock.now(), 'Asia/Shanghai')
  await app.command(async (ctx) => {
    const db = ctx.acrossTenants('test')
    const { rows: [who] } = await sql<{ tenant_id: string; id: string; name: string }>`select u.tenant_id, u.id, u.name from platform_user u where u.login = 'agent'`.execute(db)
    if (!who) throw new Error('no agent')
    const noon = Date.parse(`${today}T12:00:00+08:00`)
    const iso = (seconds: number | null): string | null => (seconds === null ? null : new Date(noon + seconds * 1000).toISOString()) // a bound of the test's own data
    for (const c of ten) {
      const answered = c.talk === undefined ? null : c.at + (c.wait ?? 5)
      await sql`insert into telephony_call (tenant_id, id, started_at, direction, state, called, queued_at, wait_ms, answered_at, ended_at, talk_ms, end_cause, agent_id, agent_name, agent_ids, list_kind, concurrent, collected, phone_mask)
        values (${who.tenant_id}, ${newId()}, ${iso(c.at)}, ${c.direction ?? 'inbound'}, 'ended', '12345', ${c.wait === undefined ? null : iso(c.at)}, ${c.wait === undefined ? null : c.wait * 1000}, ${iso(answered)}, ${iso(c.at + 400)}, ${c.talk === undefined ? null : c.talk * 1000}, ${c.cause}, ${c.mine ? who.id : null}, ${c.mine ? who.name : null}, ${c.mine ? [who.id] : []}, ${c.list ?? null}, ${c.concurrent ?? 1}, ${c.topic ? JSON.stringify({ topic: c.topic }) : null}::jsonb, '139****0001')`.execute(db)
    }
    for (const [i, state] of ['ready', 'talking', 'wrapUp', 'break', 'signedOut'].entries()) await sql`insert into telephony_state (tenant_id, id, user_id, at, state, cause, actor_name) values (${who.tenant_id}, ${newId()}, ${who.id}, ${iso(i * 600)}, ${state}, 'x', 'x')`.execute(db)
  })
})
afterAll(() => app.stop())

describe('TEL-50 话务统计', () => {
  test('十通已知结果的通话，每个数都对；已接加未接等于呼入', async () => {
    const { total } = await ask({ indicators: ['callsArrived', 'callsAnswered', 'callsMissed', 'callsWanted', 'callsAbandoned', 'callsWithinLevel', 'callsLostInIvr', 'callsLostToSystem', 'callsLostToPeople', 'callsIntercepted', 'callsBlacklisted', 'callsShort', 'callsDialled', 'callsConnected', 'callLongestWait', 'callPeak', 'callTalkSeconds'] })
    expect(total).toMatchObject({ callsArrived: '8', callsAnswered: '3', callsMissed: '5', callsWanted: '5', callsAbandoned: '2', callsWithinLevel: '2', callsLostInIvr: '1', callsLostToSystem: '1', callsLostToPeople: '3', callsIntercepted: '1', callsBlacklisted: '1', callsShort: '1', callsDialled: '2', callsConnected: '1', callLongestWait: '90', callPeak: '4', callTalkSeconds: '470' })
    expect(Number(total.callsAnswered) + Number(total.callsMissed)).toBe(Number(total.callsArrived))
    const rates = (await ask({ indicators: ['callAnswerRate', 'callLossRate', 'callServiceLevel', 'callAbandonRate', 'callWaitTime', 'callTalkTime', 'callConnectRate', 'seatHours', 'seatUse'] })).total
    expect(rates).toMatchObject({ callAnswerRate: '37.50', callLossRate: '62.50', callServiceLevel: '40.00', callAbandonRate: '40.00', callWaitTime: '33.0', callTalkTime: '123', callConnectRate: '50.00', seatHours: '0.7', seatUse: '50.0' })
  })

  test('未接原因分为系统与人为，各部分之和等于未接；流程记下的任何标签不写代码即可作维度', async () => {
    const { rows, total } = await ask({ indicators: ['callsMissed'], dimensions: ['lossCause'] })
    expect(Object.fromEntries(rows.map((r: { keys: { name: string }[]; values: Record<string, string> }) => [r.keys[0]?.name, r.values['callsMissed']]))).toEqual({ 排队中挂断: '1', 振铃中挂断: '1', 导航中挂断: '1', 被拦截: '1', 中继故障: '1' })
    expect(total.callsMissed).toBe('5')
    const labels = await ask({ indicators: ['callsArrived'], dimensions: ['label.topic'] })
    expect(labels.rows.map((r: { keys: { name: string }[]; values: Record<string, string> }) => [r.keys[0]?.name, r.values['callsArrived']])).toEqual([['未知', '6'], ['heat', '2']])
  })

  test('每个计数打开的通话条数与它相等，导出与页面相同', async () => {
    for (const [code, { definition: d }] of Object.entries(shippedCalls)) {
      if (d.kind !== 'basic' || d.aggregate !== 'count') continue
      const { total } = await ask({ indicators: [code] })
      const { items, object, heads } = await behind({ indicator: code })
      expect({ code, n: items.length, object }).toEqual({ code, n: Number(total[code]), object: 'call' })
      expect(heads.number).toBe('号码')
    }
    const { rows } = await ask({ indicators: ['callsArrived', 'callsMissed'], dimensions: ['hour'] })
    const sheet = await app.query(async (ctx) => {
      const lines: unknown[] = []
      for await (const page of (dataExports()[0]?.rows(ctx, { indicators: ['callsArrived', 'callsMissed'], dimensions: ['hour'], from: today, to: today }, [], {} as never) ?? [])) lines.push(...page)
      return lines
    }, 'leader')
    expect(sheet).toEqual([...rows.map((r: { keys: { name: string }[]; values: Record<string, string> }) => ({ k0: r.keys[0]?.name, callsArrived: Number(r.values['callsArrived']), callsMissed: Number(r.values['callsMissed']) })), { k0: '合计', callsArrived: 8, callsMissed: 5 }])
  })

  test('座席只数到自己的通话；别的城市一通也看不到；没有话单权限的被拒绝，不显示为零', async () => {
    expect((await agent.post('/api/data/figures', { from: today, to: today, indicators: ['callsArrived'] })).status).toBe(403)
    const { total } = await ask({ indicators: ['callsArrived', 'callsDialled'] }, await app.as('unitLeader'))
    expect(total).toMatchObject({ callsArrived: '0', callsDialled: '0' })
    const answer = await other.post('/api/data/figures', { from: today, to: today, indicators: ['callsArrived'] })
    expect(answer.status === 200 ? answer.body.total.callsArrived : answer.status).not.toBe('8')
  })

  test('工单的维度不能用于通话，通话的指标不能进考核；说明哪里不对', async () => {
    expect((await leader.post('/api/data/figures', { from: today, to: today, indicators: ['callsArrived'], dimensions: ['county'] })).body).toMatchObject({ code: 'data.notOfFact' })
    expect((await leader.post('/api/data/figures', { from: today, to: today, indicators: ['received'], dimensions: ['queue'] })).body).toMatchObject({ code: 'data.notOfFact' })
    expect((await leader.post('/api/data/figures', { from: today, to: today, indicators: ['callsArrived'], where: [{ dimension: 'words', values: ['暖气'] }] })).body).toMatchObject({ code: 'data.notOfFact' })
    expect((await leader.post('/api/data/figures', { from: today, to: today, indicators: ['callsArrived'], dimensions: ["label.x'; drop table"] })).status).toBe(422)
  })
})
