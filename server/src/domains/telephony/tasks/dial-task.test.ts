// Dial tasks: the rules, and whole tasks against an exchange that speaks the wire.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../../kernel/runtime.ts'
import { testApp, type Answer, type Client, type TestApp } from '../../../kernel/testing/index.ts'
import { startExchange } from '../engine/start-exchange.ts'
import { seedTelephony } from '../seeding.ts'
import { scriptedExchange, type ScriptedExchange } from '../testing/scripted-exchange.ts'
import { afterAttempt, mayCallNow, resultOf } from './dial-task.ts'
import { keepFlow } from '../flows/keep-flow.ts'
import { inTenant } from '../../../kernel/ctx.ts'
import { phoneHash } from '../telephony.queries.ts'
import { cancelDialTasks, dialTasksOf, placeDialTask, whyNot } from './place-tasks.ts'
import { dialRobots, dialRobotTask } from './robot-tasks.ts'

describe('规则', () => {
  test('占线、无人接听、拒接、空号各有结果；线路故障不计次', () => {
    expect([resultOf('normal', true), resultOf('busy', false), resultOf('cancelled', false), resultOf('refused', false), resultOf('invalidNumber', false), resultOf('trunkFailure', false)]).toEqual([
      { result: 'connected', reason: null }, { result: 'busy', reason: null }, { result: 'notConnected', reason: 'noAnswer' }, { result: 'notConnected', reason: 'refused' }, { result: 'notConnected', reason: 'wrongNumber' }, { result: 'notConnected', reason: 'line' },
    ])
    expect(afterAttempt({ result: 'busy', reason: null }, 1, 3)).toEqual({ state: 'waiting', attempts: 2 })
    expect(afterAttempt({ result: 'notConnected', reason: 'noAnswer' }, 2, 3)).toEqual({ state: 'notReached', attempts: 3 })
    expect(afterAttempt({ result: 'notConnected', reason: 'line' }, 2, 3)).toEqual({ state: 'waiting', attempts: 2 })
    expect(afterAttempt({ result: 'notConnected', reason: 'wrongNumber' }, 0, 3)).toEqual({ state: 'notReached', attempts: 1 })
    expect(afterAttempt({ result: 'connected', reason: null }, 2, 3)).toEqual({ state: 'reached', attempts: 3 })
  })
  test('只在外呼时段拨打，到点即止', () => {
    const windows = [{ from: '09:00', to: '12:00' }, { from: '14:30', to: '20:00' }]
    const at = (time: string): boolean => mayCallNow(windows, Date.parse(`2026-11-17T${time}:00+08:00`) as never, 'Asia/Shanghai')
    expect(['08:59', '09:00', '11:59', '12:00', '14:30', '20:00'].map(at)).toEqual([false, true, true, false, true, false])
  })
})

describe('外呼任务', () => {
  let [app, far, near]: [TestApp, ScriptedExchange, { stop(): Promise<void> }] = [] as never
  let [agent, agent2, leader]: [Client, Client, Client] = [] as never
  let [tenant, agentId, dataDir, told] = ['', '', '', 0]
  const one = async <T>(query: ReturnType<typeof sql<T>>): Promise<T> => {
    const { rows } = await query.execute(app.app.runtime.db.withoutPlugins())
    if (!rows[0]) throw new Error('no row')
    return rows[0]
  }
  async function until(check: () => Promise<boolean> | boolean): Promise<void> {
    for (let i = 0; i < 400; i++) {
      if (await check()) return
      await sleep(25)
    }
    throw new Error('did not happen')
  }
  const ok = (answer: Answer): Answer['body'] => {
    expect([answer.status, answer.body]).toEqual([200, answer.body])
    return answer.body
  }
  beforeAll(async () => {
    app = await testApp()
    ;({ id: tenant } = await one(sql<{ id: string }>`select id from platform_tenant where code = 'test'`))
    ;({ id: agentId } = await one(sql<{ id: string }>`select id from platform_user where login = 'agent'`))
    await app.command((ctx) => seedTelephony(ctx, { number: '12345' }))
    await app.drain()
    dataDir = await mkdtemp(join(tmpdir(), 'minsheng-exchange-'))
    far = await scriptedExchange(dataDir)
    near = await startExchange({ config: { ...app.app.config, dataDir }, runtime: app.app.runtime, behind: app.app.runtime })
    ;[agent, agent2, leader] = [await app.as('agent'), await app.as('agent2'), await app.as('shiftLeader')]
    await until(() => far.hellos.length === 1)
    ;({ n: told } = await one(sql<{ n: number }>`select count(*)::int as n from telephony_event`))
    await toWindow('10:00')
  })
  afterAll(async () => {
    await near.stop()
    await far.stop()
    await rm(dataDir, { recursive: true, force: true })
    await app.stop()
  })
  /** The next such time of the hotline's day. */
  async function toWindow(time: string): Promise<void> {
    const now = Number(app.clock.now()) + 8 * 3_600_000
    const wanted = (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * 60_000
    app.clock.advance((((wanted - (now % 86_400_000)) % 86_400_000) + 86_400_000) % 86_400_000)
  }
  const place = (rows: { phone: string; name?: string }[], more: object = {}) => leader.post('/api/telephony/dial-tasks', { business: 'notice', title: '停水通知', rows, ...more })
  const next = async (who: Client = agent) => ok(await who.post('/api/telephony/dial-tasks/next', {}))
  /** Dials the task in hand and lets the call end so. */
  async function callEnds(id: string, cause: string, answered = false): Promise<void> {
    // Ids of calls carry their moment, as those of the exchange do.
    const callId = newId()
    far.answer = (act) => (act.kind === 'dial' ? { data: { callId } } : undefined)
    ok(await agent.post(`/api/telephony/dial-tasks/${id}/dial`, {}))
    const at = Number(app.clock.now())
    far.tell(tenant, 'callArrived', callId, { direction: 'outbound', kind: 'voice', from: '12345', to: '8613911110000', hidden: false, serviceNumber: null, trunk: null, policy: 1, agent: agentId, linkedTo: null, context: { dialTaskId: id } }, at)
    far.tell(tenant, 'callEnded', callId, { cause: cause as never, by: 'caller', startedAt: at, answeredAt: answered ? at + 1000 : null, ivrMs: 0, waitedMs: 0, rangMs: 0, talkMs: 0, heldMs: 0, agents: [agentId], queues: [], path: [], class: 'ordinary', context: {} }, at + 20_000)
    told += 2
    await until(async () => (await one(sql<{ n: number }>`select count(*)::int as n from telephony_event`)).n >= told)
  }
  const taskOf = async (id: string) => (ok(await leader.get('/api/telephony/dial-tasks?limit=50')).items as { id: string; state: string; reason: string | null; attempts: { resultName: string }[]; agentName: string | null }[]).find((t) => t.id === id)
  async function robots(): Promise<void> {
    await app.command(dialRobots)
    const { rows } = await sql<{ id: string }>`select id from telephony_dial_task where state = 'claimed' and robot_flow is not null order by id`.execute(app.app.runtime.db.withoutPlugins())
    for (const { id } of rows) await dialRobotTask.run((fn) => app.command(fn), { tenantId: tenant, id }, { attempt: 1, maxAttempts: 1 })
  }
  const ends = async (id: string) => (await one(sql<{ data: unknown }>`select coalesce(json_agg(payload), '[]') as data from kernel_outbox where name = 'telephony.dialTaskEnded' and payload->>'taskId' = ${id}`)).data

  test('禁拨和黑名单号码跳过并说明原因，格式不对和重复的逐行说明，其余成为任务', async () => {
    ok(await leader.post('/api/telephony/barred', { digits: '168', segment: true, reason: '声讯台' }))
    ok(await leader.post('/api/telephony/barred', { digits: '13911119999', segment: false, reason: '投诉骚扰' }))
    const done = ok(await place([{ phone: '13911110001', name: '甲' }, { phone: '12' }, { phone: '13911110001' }, { phone: '13911119999' }]))
    expect(done).toEqual({ placed: 1, skipped: [{ row: 2, phone: '12', reason: '号码格式不正确' }, { row: 3, phone: '139****0001', reason: '号码重复' }, { row: 4, phone: '139****9999', reason: '禁拨号码：投诉骚扰' }] })
    // As for callers: an entry that holds from next month on bars nobody today, an open one does.
    const entry = (number: string, from: string | null) => app.command((ctx) => sql`insert into telephony_list_entry (tenant_id, id, kind, number_hash, shown, source, reason, state, valid_from, created_at, created_by_name, updated_at, changed_by_name) values (${tenant}, ${newId()}, 'black', ${phoneHash(inTenant(ctx, tenant), number)}, '139****', 'manual', '骚扰', 'active', ${from}::timestamptz, now(), '测试', now(), '测试')`.execute(ctx.acrossTenants('fixture')))
    await entry('13911117771', '2099-01-01T00:00:00+08:00')
    await entry('13911117772', null)
    expect([await app.command((ctx) => whyNot(inTenant(ctx, tenant), '13911117771')), await app.command((ctx) => whyNot(inTenant(ctx, tenant), '13911117772'))]).toEqual([null, '黑名单号码'])
    expect((await agent.post('/api/telephony/dial-tasks', { business: 'notice', title: '越权', rows: [{ phone: '13911110002' }] })).status).toBe(403)
  })

  test('每次都打不通：到次数上限记为未联系上，并告知来源；中间每次有结果和原因', async () => {
    const { task } = await next()
    expect(task).toMatchObject({ phone: '139****0001', state: 'claimed', mayDial: true })
    expect((await next()).task.id).toBe(task.id)
    expect((await next(agent2)).task).toBeNull()
    expect((await agent2.post(`/api/telephony/dial-tasks/${task.id}/dial`, {})).status).toBe(404)
    for (const cause of ['noAnswer', 'trunkFailure', 'busy', 'refused']) {
      await callEnds(task.id, cause)
      if (cause === 'refused') break
      expect(await taskOf(task.id)).toMatchObject({ state: 'waiting', agentName: null })
      expect((await next()).task).toBeNull()
      app.clock.advance(61 * 60_000)
      await toWindow('10:00')
      expect((await next()).task.id).toBe(task.id)
    }
    expect(await taskOf(task.id)).toMatchObject({ state: 'notReached', attempts: [{ resultName: '未接通（无人接听）' }, { resultName: '未接通（线路故障，不计次）' }, { resultName: '占线' }, { resultName: '未接通（拒接）' }] })
    expect(await ends(task.id)).toMatchObject([{ outcome: 'notReached', attempts: 3 }])
    expect((await agent.post(`/api/telephony/dial-tasks/${task.id}/dial`, {})).status).toBe(409)
  })

  test('其他业务下的任务接通后告知来源；接听的不是本人：工单留痕待核实，改号后重新拨打', async () => {
    const made = ok(await agent.post('/api/orders', { requester: { subjectKind: 'person', name: '李四', phone: '13911110011' }, appealType: 'help', title: '路灯不亮', content: '路灯不亮', channel: 'phone' }))
    const task = { business: 'contact' as const, origin: { domain: 'callback', id: 'one' }, orderId: made.id, title: '核实诉求', phone: '13911110011', priority: 1 }
    const placed = await app.command((ctx) => placeDialTask(ctx, task))
    expect((await app.command((ctx) => placeDialTask(ctx, task))).id).toBe(placed.id)
    expect((await next()).task.id).toBe(placed.id)
    await callEnds(placed.id, 'normal', true)
    expect(await taskOf(placed.id)).toMatchObject({ state: 'reached' })
    expect(await ends(placed.id)).toMatchObject([{ origin: 'callback', originId: 'one', outcome: 'reached' }])
    const corrected = ok(await agent.post(`/api/telephony/dial-tasks/${placed.id}/wrong-number`, { corrected: '13911110012', note: '机主说打错了' }))
    expect(corrected).toMatchObject({ state: 'claimed', phone: '139****0012' })
    expect((await agent2.post(`/api/telephony/dial-tasks/${placed.id}/wrong-number`, {})).status).toBe(404)
    const entries = ok(await leader.get(`/api/orders/${made.id}/timeline?order=asc`)).items
    expect(entries.find((e: { act: string }) => e.act === 'wrongNumber').text).toContain('139****0011 有误')
    await callEnds(placed.id, 'normal', true)
    expect(await taskOf(placed.id)).toMatchObject({ state: 'reached' })
    expect(ok(await leader.get('/api/telephony/dial-rates?days=7')).items).toEqual([{ hour: 10, dialled: 5, connected: 2, rate: 40 }])
  })

  test('机器人任务由平台在时段内自拨，带变量进入语音流程，按键结果告知来源；人工领不到；未发布的流程不拨', async () => {
    const node = { name: '问', at: { x: 0, y: 0 } }
    const flow = { code: 'ask', name: '回访', use: 'robot' as const, graph: { start: 'q', nodes: { q: { ...node, kind: 'rate', say: [{ kind: 'text', text: '{caller.name}您好，满意请按一' }], key: 'satisfied', from: 1, to: 3, tries: 2, next: 'bye', none: 'bye' }, bye: { ...node, kind: 'end', say: [], cause: 'normal' } } } }
    const { id: flowId } = await app.command((ctx) => keepFlow(ctx, flow))
    expect((await app.command((ctx) => keepFlow(ctx, flow))).id).toBe(flowId)
    await toWindow('12:30')
    const origin = (id: string) => ({ domain: 'callback', id })
    const placed = await app.command((ctx) => placeDialTask(ctx, { business: 'callback', origin: origin('r1'), title: '机器人回访', phone: '13911110031', robot: { flow: 'ask', variables: { orderNumber: '0001' } } }))
    const lost = await app.command((ctx) => placeDialTask(ctx, { business: 'callback', origin: origin('r2'), title: '机器人回访', phone: '13911110032', robot: { flow: 'none' } }))
    const callId = newId()
    const asked: unknown[] = []
    far.answer = (one) => (one.kind === 'dialFlow' ? (asked.push(one), { data: { callId } }) : undefined)
    await app.command(dialRobots)
    expect(await app.query((ctx) => dialTasksOf(ctx, { domain: 'callback', ids: ['r1'] }))).toMatchObject([{ state: 'waiting' }])
    await toWindow('15:00')
    expect((await next()).task).toBeNull()
    await robots()
    expect(asked).toMatchObject([{ to: '8613911110031', flow: flowId, context: { orderNumber: '0001', dialTaskId: placed.id } }])
    expect(await taskOf(lost.id)).toMatchObject({ state: 'skipped', reason: '语音流程未发布' })
    const context = { orderNumber: '0001', dialTaskId: placed.id }
    const at = Number(app.clock.now())
    far.tell(tenant, 'callArrived', callId, { direction: 'outbound', kind: 'robot', from: '12345', to: '8613911110031', hidden: false, serviceNumber: null, trunk: null, policy: 1, agent: null, linkedTo: null, context }, at)
    far.tell(tenant, 'callEnded', callId, { cause: 'normal', by: 'exchange', startedAt: at, answeredAt: at + 1000, ivrMs: 9000, waitedMs: 0, rangMs: 0, talkMs: 0, heldMs: 0, agents: [], queues: [], path: [], class: 'ordinary', context: { ...context, satisfied: '3' } }, at + 20_000)
    told += 2
    await until(async () => (await one(sql<{ n: number }>`select count(*)::int as n from telephony_event`)).n >= told)
    expect(await ends(placed.id)).toMatchObject([{ origin: 'callback', originId: 'r1', outcome: 'reached', callId, answers: { satisfied: '3' } }])
    expect(await app.query((ctx) => dialTasksOf(ctx, { domain: 'callback', ids: ['r1', 'r2'] }))).toMatchObject([{ originId: 'r1', state: 'reached', callId, answers: { satisfied: '3' } }, { originId: 'r2', state: 'skipped' }])
    await app.command((ctx) => placeDialTask(ctx, { business: 'callback', origin: origin('r3'), title: '机器人回访', phone: '13911110033', robot: { flow: 'ask' } }))
    far.answer = () => ({ status: 503, code: 'trunkFailure' })
    await robots()
    expect(await app.query((ctx) => dialTasksOf(ctx, { domain: 'callback', ids: ['r3'] }))).toMatchObject([{ state: 'waiting', attempts: 0 }])
    await app.command((ctx) => cancelDialTasks(ctx, origin('r3'), '测试'))
  })

  test('时段以外不发任务也不能拨；领取后被拉黑的跳过不拨；管理员调优先级、取消，旧版本被拒', async () => {
    ok(await place([{ phone: '13911110021' }, { phone: '13911110022' }]))
    const list = ok(await leader.get('/api/telephony/dial-tasks?state=waiting')).items as { id: string; phone: string; version: number }[]
    const [first, second] = ['139****0021', '139****0022'].map((phone) => list.find((t) => t.phone === phone))
    ok(await leader.patch(`/api/telephony/dial-tasks/${second?.id}`, { version: second?.version, priority: 1 }))
    expect((await leader.patch(`/api/telephony/dial-tasks/${second?.id}`, { version: second?.version, priority: 2 })).status).toBe(409)
    expect((await next()).task.id).toBe(second?.id)
    await toWindow('12:30')
    expect(await agent.post(`/api/telephony/dial-tasks/${second?.id}/dial`, {})).toMatchObject({ status: 422, body: { code: 'telephony.outsideWindow' } })
    expect(await next(agent2)).toEqual({ task: null, reason: '当前不在外呼时段' })
    await toWindow('15:00')
    ok(await leader.post('/api/telephony/barred', { digits: '13911110022', segment: false, reason: '本人要求' }))
    expect(ok(await agent.post(`/api/telephony/dial-tasks/${second?.id}/dial`, {}))).toMatchObject({ callId: null, task: { state: 'skipped', reason: '禁拨号码：本人要求' } })
    ok(await leader.patch(`/api/telephony/dial-tasks/${first?.id}`, { version: first?.version, cancel: '不再需要' }))
    expect(await next()).toEqual({ task: null, reason: '没有待拨打的任务' })
  })
})
