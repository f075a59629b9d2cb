// The server's end of the wire, against an exchange that speaks it and does what each test scripts.
import { createHash, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import type { EventData, LiveState } from '../../../../../switch/src/engine-port.ts'
import { systemActor } from '../../../kernel/ctx.ts'
import { runCommand } from '../../../kernel/runtime.ts'
import { testApp, type Answer, type Client, type TestApp } from '../../../kernel/testing/index.ts'
import { HOUR, plus, toIso } from '../../../kernel/time/index.ts'
import { isInside } from '../desk/remote-seats.ts'
import { isNetwork } from '../settings.ts'
import { fetchRecording } from '../recordings/fetch-recording.ts'
import { seedTelephony } from '../seeding.ts'
import { recognise } from '../transcripts/recognise.ts'
import { transcribeRecording } from '../transcripts/transcribe.ts'
import { projectAgain } from './project-again.ts'
import { touchStamp } from '../../platform/stamps.ts'
import { alawHeader } from '../prompts/voice-wave.ts'
import { scriptedExchange, type ScriptedExchange } from '../testing/scripted-exchange.ts'
import { publisher } from './publish.ts'
import { startExchange } from './start-exchange.ts'

let app: TestApp
let dataDir: string
let far: ScriptedExchange
let near: { stop(): Promise<void> }
let tenant: string
let agentId: string
let queueId: string
let agent: Client
let leader: Client

const one = async <T>(query: ReturnType<typeof sql<T>>): Promise<T> => {
  const { rows } = await query.execute(app.app.runtime.db.withoutPlugins())
  if (!rows[0]) throw new Error('no row')
  return rows[0]
}
/** Events travel over a real socket: waited for, never timed. */
async function until(check: () => Promise<boolean> | boolean): Promise<void> {
  for (let i = 0; i < 400; i++) {
    if (await check()) return
    await sleep(25)
  }
  throw new Error('did not happen')
}
const stored = async (): Promise<void> => until(async () => (await one(sql<{ n: number }>`select count(*)::int as n from telephony_event`)).n === told)
let told = 0
const tell: ScriptedExchange['tell'] = (...args) => {
  told += 1
  return far.tell(...args)
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
  ;({ id: queueId } = await one(sql<{ id: string }>`select id from telephony_queue where code = 'general'`))
  dataDir = await mkdtemp(join(tmpdir(), 'minsheng-exchange-'))
  far = await scriptedExchange(dataDir)
  near = await startExchange({ config: { ...app.app.config, dataDir }, runtime: app.app.runtime, behind: app.app.runtime })
  agent = await app.as('agent')
  leader = await app.as('shiftLeader')
  await until(() => far.hellos.length === 1)
})
afterAll(async () => {
  await near.stop()
  await far.stop()
  await rm(dataDir, { recursive: true, force: true })
  await app.stop()
})

const arrived = (from: string, more: Partial<EventData<'callArrived'>> = {}): EventData<'callArrived'> => ({ direction: 'inbound', kind: 'voice', from, to: '12345', hidden: false, serviceNumber: '12345', trunk: null, policy: 1, agent: null, linkedTo: null, context: {}, ...more })
const ended = (more: Partial<EventData<'callEnded'>>): EventData<'callEnded'> => ({ cause: 'normal', by: 'caller', startedAt: 0, answeredAt: null, ivrMs: 0, waitedMs: 0, rangMs: 0, talkMs: 0, heldMs: 0, agents: [], queues: [queueId], path: [], class: 'ordinary', context: {}, ...more })
const noon = Date.parse('2026-11-17T12:00:00+08:00')

/** A call from arrival to the agent's answer. */
function answeredCall(from: string, at: number): string {
  const id = randomUUID()
  const legId = randomUUID()
  tell(tenant, 'callArrived', id, arrived(from), at)
  tell(tenant, 'callScreened', id, { class: 'ordinary', reason: '普通来电', marks: [], lists: [] }, at + 1)
  tell(tenant, 'flowStep', id, { flow: randomUUID(), version: 1, node: 'menu', nodeKind: 'menu', name: '主菜单', outcome: '1', key: '1' }, at + 2000)
  tell(tenant, 'callQueued', id, { queue: queueId, class: 'ordinary', position: 1, expectedMs: 0, from: 'flow', keeps: null }, at + 3000)
  tell(tenant, 'callOffered', id, { agent: agentId, queue: queueId, legId, waitedMs: 5000, from, class: 'ordinary', marks: [], language: 'zh', path: ['1'], why: { pick: 'longestIdle', score: {} }, context: {} }, at + 8000)
  tell(tenant, 'callUnqueued', id, { queue: queueId, waitedMs: 7000, why: 'answered' }, at + 10_000)
  tell(tenant, 'callAnswered', id, { agent: agentId, legId, queue: queueId, waitedMs: 7000, rangMs: 2000 }, at + 10_000)
  return id
}

test('策略有编号：号码、队列、流程、座席一次发给话务引擎，内容不变不再发', async () => {
  await until(() => far.commands.some((c) => c.act.kind === 'publishPolicy'))
  const command = far.commands.find((c) => c.act.kind === 'publishPolicy')
  const policy = command?.act.kind === 'publishPolicy' ? command.act.policy : null
  expect(policy).toMatchObject({ tenant, number: 1, serviceNumbers: [{ number: '12345' }] })
  expect(policy?.agents.find((a) => a.id === agentId)).toMatchObject({ extension: expect.stringMatching(/^10\d\d$/), functions: expect.arrayContaining(['dialOut', 'transferOut']) })
  expect(policy?.flows.map((f) => f.use).toSorted()).toEqual(['inbound', 'survey'])
  await app.runTimers()
  await sleep(1500)
  expect(far.commands.filter((c) => c.act.kind === 'publishPolicy')).toHaveLength(1)
})

test('改了名单，下一份策略里就有，本条只发明文号码给引擎', async () => {
  await app.command(async (ctx) => {
    await sql`insert into platform_setting_value (tenant_id, key, value, changed_at, changed_by) values (${ctx.tenantId}, 'list.approvals', '{"black":0,"red":0,"white":0}', now(), 'test')`.execute(ctx.acrossTenants('fixture'))
    await touchStamp(ctx, 'settings')
  }, 'shiftLeader')
  ok(await leader.post('/api/telephony/lists', { kind: 'black', number: '13900000009', reason: '骚扰' }))
  await app.drain()
  await until(() => far.commands.some((c) => c.act.kind === 'publishPolicy' && c.act.policy.lists.some((l) => l.number === '8613900000009' && l.list === 'black')))
})

test('排队 8 秒后挂断的来电：等待 8 秒、原因、待回电；号码有掩码，查看原文留痕', async () => {
  const id = randomUUID()
  tell(tenant, 'callArrived', id, arrived('8613811112222'), noon)
  tell(tenant, 'callQueued', id, { queue: queueId, class: 'ordinary', position: 1, expectedMs: 0, from: 'flow', keeps: null }, noon + 1000)
  tell(tenant, 'callUnqueued', id, { queue: queueId, waitedMs: 8000, why: 'abandoned' }, noon + 9000)
  tell(tenant, 'callEnded', id, ended({ cause: 'abandonedInQueue', waitedMs: 8000 }), noon + 9000)
  await stored()
  const found = ok(await leader.get('/api/telephony/calls?q=13811112222')).items
  expect(found).toMatchObject([{ id, waitMs: 8000, endCauseName: '排队中挂断', phone: '138****2222', ringBack: 'open', queueName: '综合受理', state: 'ended' }])
  expect(JSON.stringify(found)).not.toContain('13811112222')
  expect((await agent.post(`/api/telephony/calls/${id}/reveal`, { reason: '回电' })).status).toBe(403)
  expect(ok(await leader.post(`/api/telephony/calls/${id}/reveal`, { reason: '核实号码' })).value).toBe('13811112222')
  expect((await one(sql<{ n: number }>`select count(*)::int as n from kernel_audit where act = 'revealCallNumber' and object_id = ${id}`)).n).toBe(1)
})

test('来电时认出老年人和在办工单，立即告诉引擎；等级的理由是话，不是编号', async () => {
  ok(await agent.post('/api/orders', { requester: { subjectKind: 'person', name: '赵老', phone: '13811115555', idType: '居民身份证', idNumber: '990101195003071239' }, appealType: 'help', title: '暖气不热', content: '暖气不热', channel: 'phone' }))
  const id = randomUUID()
  tell(tenant, 'callArrived', id, arrived('8613811115555'), noon + 30_000)
  await until(() => far.commands.some((c) => c.callId === id && c.act.kind === 'callerKnown'))
  expect(far.commands.find((c) => c.callId === id)?.act).toMatchObject({ class: 'special', mark: '老年人', factors: { order: 0.5 }, variables: { 'caller.elderly': '1', 'caller.speed': '0.7' } })
  const { items } = ok(await leader.get('/api/telephony/lists?kind=black'))
  tell(tenant, 'callScreened', id, { class: 'special', reason: items[0].id, marks: [], lists: [{ list: 'black', entry: items[0].id }] }, noon + 30_001)
  tell(tenant, 'callEnded', id, ended({ cause: 'abandonedInIvr' }), noon + 31_000)
  await stored()
  expect(ok(await leader.get(`/api/telephony/calls/${id}`)).classReason).toBe('黑名单：骚扰')
})

test('断线重连从最后一条续传；重复告知不改变任何记录', async () => {
  const id = answeredCall('8613822223333', noon + 60_000)
  await stored()
  const before = await one(sql<{ text: string }>`select string_agg(c::text, '|' order by c.id) as text from telephony_call c`)
  far.repeat(0)
  far.cut()
  await until(() => far.hellos.length >= 2)
  expect(far.hellos.at(-1)).toMatchObject({ epoch: 'scripted-epoch' })
  tell(tenant, 'callEnded', id, ended({ by: 'agent', answeredAt: noon + 70_000, talkMs: 61_000, waitedMs: 7000, agents: [agentId] }), noon + 131_000)
  await stored()
  expect(before.text).toContain(id)
  expect(ok(await leader.get('/api/telephony/calls?q=13822223333')).items).toMatchObject([{ id, talkMs: 61_000, waitMs: 7000, agentName: '测试agent', ringBack: null, hungUpBy: '座席' }])
  const detail = ok(await leader.get(`/api/telephony/calls/${id}`))
  expect(detail.path).toMatchObject([{ name: '主菜单', key: '1' }])
  expect(detail.log.map((l: { text: string }) => l.text)).toContain('进入队列，第 1 位')
})

test('读不懂的事件跳过，后面的照常入库', async () => {
  const id = randomUUID()
  for (const bad of [{ epoch: 'scripted-epoch', seq: 9001, tenant, callId: null, at: noon, kind: 'unheardOf', data: {} }, { nonsense: true }, null]) far.repeatRaw(bad)
  tell(tenant, 'callArrived', id, arrived('8613833334444'), noon + 200_000)
  await stored()
  expect(ok(await leader.get('/api/telephony/calls?q=13833334444')).items).toHaveLength(1)
})

test('一小时内第 11 次来电：号码成为黑名单候选，拒绝后不再提出', async () => {
  for (let i = 0; i < 11; i++) tell(tenant, 'callArrived', randomUUID(), arrived('8613844445555'), Number(app.clock.now()) - 60_000 + i)
  await stored()
  const candidates = async () => ok(await leader.get('/api/telephony/lists?q=13844445555')).items
  expect(await candidates()).toMatchObject([{ kind: 'black', state: 'draft', source: 'rule' }])
  ok(await leader.post(`/api/telephony/lists/${(await candidates())[0].id}/decide`, { accept: false, reason: '确有急事' }))
  tell(tenant, 'callArrived', randomUUID(), arrived('8613844445555'), Number(app.clock.now()))
  await stored()
  expect(await candidates()).toMatchObject([{ state: 'refused' }])
})

test('振铃时的弹屏：诉求人、历史、排队时间、导航路径；首个表单归这通电话，登记后关联', async () => {
  const order = { requester: { subjectKind: 'person', name: '王小明', phone: '13855556666' }, appealType: 'help', title: '三天没有暖气', content: '小区三天没有暖气', channel: 'phone' }
  const first = ok(await agent.post('/api/orders', order))
  const id = answeredCall('8613855556666', noon + 300_000)
  await stored()
  const pop = ok(await agent.get(`/api/telephony/calls/${id}/pop`))
  expect(pop).toMatchObject({ phone: '138****6666', number: '13855556666', people: [{ name: '王*明' }], openOrders: 1, orders: [{ number: first.number }], waitMs: 7000, path: [{ key: '1' }], firstTime: false })
  expect((await (await app.as('agent2')).get(`/api/telephony/calls/${id}/pop`)).status).toBe(404)
  const draftId = randomUUID()
  expect(ok(await agent.post(`/api/telephony/calls/${id}/draft`, { draftId })).draftId).toBe(draftId)
  expect(ok(await agent.post(`/api/telephony/calls/${id}/draft`, { draftId: randomUUID() })).draftId).toBe(draftId)
  const made = ok(await agent.post('/api/orders', { ...order, title: '又停暖', draftId }))
  await app.drain()
  const second = ok(await agent.post('/api/orders', { ...order, title: '楼道灯坏', sameCallAs: made.id }))
  await app.drain()
  expect(ok(await leader.get(`/api/telephony/calls/${id}`)).orders.map((o: { number: string }) => o.number)).toEqual([made.number, second.number])
  expect(ok(await leader.get(`/api/orders/${made.id}/calls`)).items).toMatchObject([{ id, kind: 'registered', stepName: '登记', hidden: false }])
})

test('从工单拨打：号码只给引擎；接通、未接通各是一个时间轴节点', async () => {
  const made = ok(await agent.post('/api/orders', { requester: { subjectKind: 'person', name: '李四', phone: '13866667777' }, appealType: 'help', title: '路灯不亮', content: '路灯不亮', channel: 'phone' }))
  const reviewer = await app.as('reviewer')
  const callOnce = async (answered: boolean): Promise<void> => {
    const callId = `${Number(app.clock.now()).toString(16).padStart(12, '0').replace(/(.{8})(.{4})/, '$1-$2')}-7000-8000-${randomUUID().slice(-12)}`
    far.answer = (act) => (act.kind === 'dial' ? { data: { callId } } : undefined)
    const { shown } = ok(await reviewer.post('/api/telephony/dial', { orderId: made.id }))
    expect(shown).toBe('138****7777')
    const sent = far.commands.findLast((c) => c.act.kind === 'dial')?.act
    expect(sent).toMatchObject({ to: { kind: 'number', number: '8613866667777' }, context: { orderId: made.id, orderStep: 'pendingReview' } })
    const at = Number(app.clock.now())
    const reviewerId = (await one(sql<{ id: string }>`select id from platform_user where login = 'reviewer'`)).id
    tell(tenant, 'callArrived', callId, arrived('12345', { direction: 'outbound', to: '8613866667777', serviceNumber: null, agent: reviewerId, context: { orderId: made.id, orderStep: 'pendingReview' } }), at)
    tell(tenant, 'callEnded', callId, ended({ cause: answered ? 'normal' : 'noAnswer', answeredAt: answered ? at + 1000 : null, talkMs: answered ? 42_000 : 0, queues: [], agents: [reviewerId] }), at + 43_000)
    await stored()
    app.clock.advance(60_000)
  }
  await callOnce(false)
  await callOnce(true)
  const entries = ok(await leader.get(`/api/orders/${made.id}/timeline?order=asc`)).items.filter((e: { act: string }) => e.act === 'call')
  expect(entries.map((e: { text: string }) => e.text)).toEqual(['电话联系诉求人，未接通：无人接听', '电话联系诉求人，已接通，通话 42秒'])
  expect(entries.map((e: { stage: string; actorName: string }) => [e.stage, e.actorName])).toEqual([['pendingReview', '测试reviewer'], ['pendingReview', '测试reviewer']])
  expect((await (await app.as('auditor')).post('/api/telephony/dial', { orderId: made.id })).status).toBe(403)
})

test('TEL-35 从中心网络之外签入：没有开通的拒绝，开通到几点凭证就到几点并标明远程，停止后再拒绝', async () => {
  expect([isInside([], '203.0.113.9'), isInside(['10.1.0.0/16'], '10.1.2.3'), isInside(['10.1.0.0/16'], '10.2.0.1'), isInside(['10.1.0.0/16'], null), isInside(['fd00::/8', '192.0.2.7'], '::ffff:192.0.2.7'), isInside(['fd00::/8'], 'fd00::1'), isInside(['10.1.0.0/99', '999.1.1.1/8'], '10.1.2.3')]).toEqual([true, true, false, false, true, true, false])
  expect(['10.1.0.0/16', 'fd00::/8', '192.0.2.7', '10.1.0.0/99', '999.1.1.1/8', 'fd00::/129', '10.1.0.0/', 'x'].map(isNetwork)).toEqual([true, true, true, false, false, false, false, false])
  const networks = async (list: string[]): Promise<void> => void (await app.command(async (ctx) => {
    await sql`insert into platform_setting_value (tenant_id, key, value, changed_at, changed_by) values (${ctx.tenantId}, 'seat.networks', ${JSON.stringify(list)}::jsonb, now(), 'test') on conflict do nothing`.execute(ctx.acrossTenants('fixture'))
    if (list.length === 0) await sql`delete from platform_setting_value where tenant_id = ${ctx.tenantId} and key = 'seat.networks'`.execute(ctx.acrossTenants('fixture'))
    await touchStamp(ctx, 'settings')
  }, 'shiftLeader'))
  await networks(['10.0.0.0/8'])
  const ticket = () => agent.post('/api/telephony/ticket', {})
  expect(await ticket()).toMatchObject({ status: 403, body: { code: 'telephony.remoteNotAllowed' } })
  const end = toIso(plus(app.clock.now(), 2 * HOUR))
  const body = { userIds: [agentId], until: end, reason: '暴雪居家办公' }
  expect((await agent.post('/api/telephony/remote-seats', body)).status).toBe(403)
  expect((await leader.post('/api/telephony/remote-seats', { ...body, until: toIso(app.clock.now()) })).status).toBe(422)
  const [grant] = ok(await leader.post('/api/telephony/remote-seats', body)).items
  expect(grant).toMatchObject({ state: 'open', name: '测试agent', reason: '暴雪居家办公' })
  const given = ok(await ticket())
  expect(given.until).toBe(end)
  expect(JSON.parse(Buffer.from(given.ticket.split('.')[0], 'base64url').toString())).toMatchObject({ remote: true })
  await app.drain()
  await until(() => far.commands.some((c) => c.act.kind === 'publishPolicy' && c.act.policy.agents.some((a) => a.id === agentId && a.functions.includes('remote'))))
  expect(ok(await leader.post(`/api/telephony/remote-seats/${grant.id}/end`, {})).items[0]).toMatchObject({ state: 'over' })
  expect((await ticket()).status).toBe(403)
  await networks([])
})

test('修改线路、号码、分机只改写明的项：话机换密码不丢所属座席，中继改名不丢账号', async () => {
  const admin = await app.as('tenantAdmin')
  const own = ok(await admin.get('/api/telephony/extensions')).items.find((e: { userId: string | null }) => e.userId === agentId)
  const changed = ok(await admin.patch(`/api/telephony/extensions/${own.id}`, { version: own.version, kind: 'phone', newPassword: true }))
  expect(changed).toMatchObject({ kind: 'phone', userId: agentId, password: expect.any(String) })
  expect(ok(await admin.patch(`/api/telephony/extensions/${own.id}`, { version: changed.version, kind: 'browser' }))).toMatchObject({ kind: 'browser', userId: agentId })
  expect(ok(await leader.get('/api/telephony/queues')).items.find((q: { code: string }) => q.code === 'general').usedBy).toContain('流程“热线来电导航”')
  const trunk = ok(await admin.post('/api/telephony/trunks', { name: '甲线', transport: 'udp', host: '192.0.2.1', port: 5060, codecs: ['PCMA'], channels: 10, reserved: 4, username: 'line', inbound: true, outbound: true, priority: 3, enabled: false, password: 'secret' }))
  expect(ok(await admin.patch(`/api/telephony/trunks/${trunk.id}`, { version: trunk.version, name: '乙线' }))).toMatchObject({ name: '乙线', username: 'line', reserved: 4, priority: 3, hasPassword: true })
  const clear = await admin.patch(`/api/telephony/trunks/${trunk.id}`, { version: trunk.version + 1, srtp: true })
  expect([clear.status, clear.body.code]).toEqual([422, 'telephony.srtpNeedsTls'])
  expect(ok(await admin.patch(`/api/telephony/trunks/${trunk.id}`, { version: trunk.version + 1, transport: 'tls', port: 5061, srtp: true }))).toMatchObject({ transport: 'tls', srtp: true })
})

test('禁拨号码被拒绝并记录；应急号码不能禁拨', async () => {
  ok(await leader.post('/api/telephony/barred', { digits: '168', segment: true, reason: '声讯台' }))
  expect(await agent.post('/api/telephony/dial', { number: '16812345' })).toMatchObject({ status: 422, body: { code: 'telephony.barredNumber' } })
  expect((await leader.post('/api/telephony/barred', { digits: '1681', segment: true, reason: '重叠' })).status).toBe(422)
  expect((await leader.post('/api/telephony/barred', { digits: '110', segment: false, reason: '不可' })).status).toBe(422)
})

test('录音取回后加密保存：按区间播放，播放一次一条记录；无下载权限 403；下载有标记', async () => {
  const id = answeredCall('8613877778888', noon + 600_000)
  const sound = Buffer.from(Array.from({ length: 16_000 }, (_, i) => (i * 7) % 256))
  const wav = Buffer.concat([alawHeader(sound.length, 2), sound])
  const recordingId = randomUUID()
  far.recordings.set(recordingId, wav)
  tell(tenant, 'recordingStarted', id, { recordingId, segment: 1, kind: 'call', agent: agentId, box: null }, noon + 610_000)
  tell(tenant, 'recordingReady', id, { recordingId, segment: 1, kind: 'call', ms: 1000, bytes: wav.length, sha256: createHash('sha256').update(wav).digest('hex'), offsetMs: 0, agents: [agentId], box: null, number: null, repaired: false }, noon + 612_000)
  await stored()
  await fetchRecording.run((fn) => runCommand(app.app.runtime, { actor: systemActor(tenant), requestId: 'job' }, fn), { tenantId: tenant, id: recordingId }, { attempt: 1, maxAttempts: 2 })
  expect(far.commands.some((c) => c.act.kind === 'forgetRecording' && c.act.recordingId === recordingId)).toBe(true)
  const row = await one(sql<{ storage_key: string; state: string }>`select storage_key, state from telephony_recording where id = ${recordingId}`)
  const { storage } = await import('../../../kernel/files/index.ts')
  const { buffer } = await import('node:stream/consumers')
  const kept = await buffer(await (storage.port ?? expect.unreachable('files are kept somewhere')).get(row.storage_key))
  expect([row.state, kept.length, kept.includes(sound.subarray(0, 64))]).toEqual(['stored', wav.length, false])
  const { app: { staff } } = app
  expect(staff).toBeDefined()
  const whole = await leader.get(`/api/telephony/recordings/${recordingId}/content`)
  expect([whole.status, whole.headers['content-length'], whole.headers['content-type']]).toEqual([200, String(wav.length), 'audio/wav'])
  await leader.get(`/api/telephony/recordings/${recordingId}/content`)
  const detail = ok(await leader.get(`/api/telephony/recordings/${recordingId}`))
  expect(detail.accesses.filter((a: { action: string }) => a.action === 'play')).toHaveLength(1)
  expect(Buffer.from(detail.peaks, 'base64')).toHaveLength(800)
  expect((await agent.get(`/api/telephony/recordings/${recordingId}/download`)).status).toBe(403)
  expect((await (await app.as('agent2')).get(`/api/telephony/recordings/${recordingId}/content`)).status).toBe(404)
  expect((await leader.get(`/api/telephony/recordings/${recordingId}/download`)).status).toBe(200)
  expect(ok(await leader.get(`/api/telephony/recordings/${recordingId}`)).accesses[0]).toMatchObject({ action: 'download', userName: '测试shiftLeader' })
  expect((await leader.post('/api/telephony/recordings/download', { ids: Array.from({ length: 51 }, () => randomUUID()) })).status).toBe(422)
})

test('录音转写：每位说话人按时间成句，关键词标出；要点可标记、只能删自己的；没有识别时如实说明', async () => {
  const { id: recordingId } = await one(sql<{ id: string }>`select id from telephony_recording where state = 'stored' limit 1`)
  const path = `/api/telephony/recordings/${recordingId}`
  expect(ok(await leader.get(`${path}/transcript`))).toMatchObject({ recognition: false, utterances: [] })
  expect(await leader.post(`${path}/transcript`)).toMatchObject({ status: 409, body: { code: 'telephony.noRecognition' } })
  // Scripted: a sentence of each speaker from the first frame that came with sound.
  recognise.add(() => ({
    name: '脚本',
    open(hear) {
      const first = new Map<string, number>()
      return {
        frame: ({ speaker, offsetMs, samples }) => void (samples.some((v) => Math.abs(v) > 500) && !first.has(speaker) && first.set(speaker, offsetMs)),
        end: async () => [...first].forEach(([speaker, startMs], i) => hear({ speaker: speaker as 'citizen', startMs: startMs + i * 400, endMs: startMs + i * 400 + 300, text: speaker === 'citizen' ? '小区漏气了，快派人来' : '请问是哪个小区？', confidence: 0.9 })),
      }
    },
  }))
  try {
    ok(await leader.post(`${path}/transcript`))
    await transcribeRecording.run((fn) => runCommand(app.app.runtime, { actor: systemActor(tenant), requestId: 'job' }, fn), { tenantId: tenant, id: recordingId }, { attempt: 1, maxAttempts: 1 })
    const told = ok(await leader.get(`${path}/transcript`))
    expect(told.utterances).toMatchObject([{ speaker: 'citizen', text: '小区漏气了，快派人来', hits: ['漏气'] }, { speaker: 'agent', startMs: 400, hits: [] }])
    const point = ok(await leader.post(`${path}/key-points`, { atMs: 400, text: '核实地址' }))
    expect((await leader.post(`${path}/key-points`, { atMs: 400, text: '长'.repeat(61) })).status).toBe(422)
    expect((await agent.delete(`${path}/key-points/${point.id}`)).status).toBe(404)
    expect((await (await app.as('agent2')).get(`${path}/transcript`)).status).toBe(404)
    expect(ok(await agent.get(`${path}/transcript`)).points).toMatchObject([{ text: '核实地址', mine: false }])
    ok(await leader.delete(`${path}/key-points/${point.id}`))
  } finally {
    recognise.clear()
  }
})

test('通话中实时转写：按说话人逐句显示，关键词标出，别的座席看不到；没有取得事件的服务器不听', async () => {
  const id = answeredCall('8613866665555', noon + 1_300_000)
  const recordingId = randomUUID()
  tell(tenant, 'recordingStarted', id, { recordingId, segment: 1, kind: 'call', agent: agentId, box: null }, noon + 1_310_000)
  await stored()
  const talking: LiveState = {
    at: noon, agents: [], queues: [], trunks: [], extensions: [],
    calls: [{ callId: id, direction: 'inbound', kind: 'voice', state: 'talking', since: noon, startedAt: noon, answeredAt: noon, from: '', to: '12345', serviceNumber: '12345', class: 'ordinary', marks: [], language: 'zh', queue: queueId, agent: agentId, linkedTo: null, parties: [], recordingId, context: {}, slot: null }],
  }
  // Scripted: each 100 ms of a speaker is a sentence.
  recognise.add(() => ({
    name: '脚本',
    open: (hear) => ({ frame: ({ speaker, offsetMs, samples }) => void (samples[0] === 700 && hear({ speaker, startMs: offsetMs, endMs: offsetMs + 100, text: speaker === 'citizen' ? '楼道里漏气了' : '请先开窗', confidence: 0.9 })), end: async () => undefined }),
  }))
  try {
    far.live(tenant, talking)
    far.lease(true)
    far.live(tenant, talking)
    await until(() => far.taps.has(id))
    const frame = (speaker: number, offset: number): Buffer => {
      const bytes = Buffer.alloc(325)
      bytes.writeUInt8(speaker, 0)
      bytes.writeUInt32LE(offset, 1)
      bytes.writeInt16LE(700, 5)
      return bytes
    }
    far.taps.get(id)?.send(frame(0, 11_000))
    far.taps.get(id)?.send(frame(1, 12_000))
    const path = `/api/telephony/calls/${id}/transcript`
    await until(async () => ok(await agent.get(path)).utterances.length === 2)
    const said = ok(await agent.get(path))
    expect(said).toMatchObject({ recognition: true, ended: false, utterances: [{ speaker: 'citizen', startMs: 11_000, text: '楼道里漏气了', hits: ['漏气'] }, { speaker: 'agent', startMs: 12_000, hits: [] }], recordings: [{ id: recordingId, offsetMs: 10_000, stored: false }] })
    ok(await agent.post(`/api/telephony/recordings/${recordingId}/key-points`, { atMs: 1000, text: '漏气地址' }))
    expect(ok(await agent.get(path)).points).toMatchObject([{ atMs: 11_000, text: '漏气地址' }])
    expect((await (await app.as('agent2')).get(path)).status).toBe(404)
  } finally {
    far.taps.get(id)?.close()
    recognise.clear()
  }
})

test('处理失败的事件先放一边，同一通话的后续排在它后面；恢复后按顺序补上', async () => {
  const id = randomUUID()
  // The call stands already: its arrival cannot be entered a second time.
  const arrival = arrived('8613866660000')
  tell(tenant, 'callArrived', id, arrival, noon + 900_000)
  tell(tenant, 'callArrived', id, arrival, noon + 900_000)
  tell(tenant, 'callEnded', id, ended({ cause: 'abandonedInIvr' }), noon + 905_000)
  await stored()
  expect(await one(sql<{ n: number; state: string }>`select count(*)::int as n, (select state from telephony_call where id = ${id}) as state from telephony_unprojected`)).toEqual({ n: 2, state: 'arriving' })
  const again = () => app.command((ctx) => projectAgain(ctx))
  await again()
  expect((await one(sql<{ tries: number }>`select max(tries)::int as tries from telephony_unprojected`)).tries).toBe(2)
  await sql`delete from telephony_call where id = ${id}`.execute(app.app.runtime.db.withoutPlugins())
  app.clock.advance(3 * 60_000)
  await again()
  expect((await one(sql<{ n: number }>`select count(*)::int as n from telephony_unprojected`)).n).toBe(0)
  expect(await one(sql<{ state: string; end_cause: string }>`select state, end_cause from telephony_call where id = ${id}`)).toEqual({ state: 'ended', end_cause: 'abandonedInIvr' })
})

test('话务告警按内容说明并通知线路管理员，恢复另记一条；每通电话保存双方的质量；没有引擎的英文', async () => {
  const id = answeredCall('8613877771111', noon + 700_000)
  tell(tenant, 'alarm', null, { alarm: 'spoolFull', detail: 'ENOSPC: no space left on device, write', over: false }, noon + 701_000)
  tell(tenant, 'alarm', null, { alarm: 'spoolFull', detail: '', over: true }, noon + 702_000)
  tell(tenant, 'alarm', id, { alarm: 'callQuality', detail: JSON.stringify({ trouble: 'delay', agent: agentId, lossPercent: 0, delayMs: 2000 }), over: false }, noon + 703_000)
  tell(tenant, 'recordingFailed', id, { recordingId: randomUUID(), kind: 'call', reason: 'ENOSPC: no space left on device, write' }, noon + 704_000)
  tell(tenant, 'mediaQuality', id, { legId: randomUUID(), lossPercent: 1.23, jitterMs: 4.6, delayMs: 2000, level: -28.4, agent: null }, noon + 705_000)
  tell(tenant, 'callEnded', id, ended({ answeredAt: noon + 710_000, talkMs: 5000, agents: [agentId] }), noon + 715_000)
  await stored()
  const admin = await app.as('tenantAdmin')
  expect(ok(await admin.get('/api/telephony/line-faults?limit=3')).items.map((f: { subject: string; text: string }) => [f.subject, f.text])).toEqual([
    ['通话质量', '座席测试agent的通话延迟 2000 毫秒，请检查座席网络和线路'], ['录音空间', '录音已恢复'], ['录音空间', '录音写不进磁盘，通话照常但没有录音，请立即清理空间'],
  ])
  const detail = ok(await leader.get(`/api/telephony/calls/${id}`))
  expect(detail.quality).toEqual([{ agent: false, name: null, lossPercent: 1.2, jitterMs: 5, delayMs: 2000, level: -28 }])
  expect(detail.log.map((l: { text: string }) => l.text)).toEqual(expect.arrayContaining(['录音失败：磁盘空间已满', '对方侧通话质量：丢包 1%，抖动 5 毫秒，延迟 2000 毫秒']))
  expect(detail.recordings).toMatchObject([{ state: 'failed' }])
})

test('介入须有权限和理由；已结束的通话 409，别人的通话 403；每次都留痕', async () => {
  const id = answeredCall('8613888889999', noon + 900_000)
  await stored()
  far.answer = () => undefined
  expect((await agent.post(`/api/telephony/calls/${id}/interventions`, { kind: 'listen', reason: '好奇' })).status).toBe(403)
  expect((await leader.post(`/api/telephony/calls/${id}/interventions`, { kind: 'listen', reason: '' })).status).toBe(422)
  ok(await leader.post(`/api/telephony/calls/${id}/interventions`, { kind: 'listen', reason: '服务质量抽查' }))
  expect(far.commands.at(-1)).toMatchObject({ callId: id, act: { kind: 'listen', reason: '服务质量抽查' } })
  expect((await one(sql<{ n: number }>`select count(*)::int as n from kernel_audit where act = 'intervene' and object_id = ${id} and text like '监听%'`)).n).toBeGreaterThan(0)
  expect((await (await app.as('agent2')).post(`/api/telephony/calls/${id}/acts`, { kind: 'hangUp' })).status).toBe(403)
  tell(tenant, 'callEnded', id, ended({ answeredAt: noon + 910_000, talkMs: 5000, agents: [agentId] }), noon + 915_000)
  await stored()
  const before = far.commands.length
  expect((await leader.post(`/api/telephony/calls/${id}/interventions`, { kind: 'forceOut', reason: '违规' })).status).toBe(409)
  expect((await agent.post(`/api/telephony/calls/${id}/acts`, { kind: 'hold' })).status).toBe(409)
  expect(far.commands).toHaveLength(before)
})

test('转接带着表单：接收人看到已写的内容并接着写，别人打不开，别人的表单绑不到自己的通话', async () => {
  const id = answeredCall('8613877776666', noon + 1_000_000)
  const draftId = randomUUID()
  await stored()
  ok(await agent.post(`/api/telephony/calls/${id}/draft`, { draftId }))
  ok(await agent.put(`/api/orders/drafts/${draftId}`, { generation: 0, title: '雨水箅子缺失', data: { fields: { title: '雨水箅子缺失' } } }))
  const second = await app.as('agent2')
  expect((await second.get(`/api/orders/drafts/${draftId}`)).status).toBe(404)
  const { id: secondId } = await one(sql<{ id: string }>`select id from platform_user where login = 'agent2'`)
  tell(tenant, 'callTransferred', id, { from: agentId, to: { kind: 'agent', id: secondId }, how: 'begun', reason: '涉及排水', context: {} }, noon + 1_020_000)
  const { id: legId } = await one(sql<{ id: string }>`select id from telephony_leg where call_id = ${id}`)
  tell(tenant, 'partyLeft', id, { legId, role: 'agent', agent: agentId, number: null, cause: 'normal', by: 'near', status: null, trunk: null }, noon + 1_020_050)
  tell(tenant, 'callOffered', id, { agent: secondId, queue: null, legId: randomUUID(), waitedMs: 0, from: '8613877776666', class: 'ordinary', marks: [], language: 'zh', path: [], why: { pick: 'transfer', score: {} }, context: {} }, noon + 1_020_100)
  await stored()
  const pop = ok(await second.get(`/api/telephony/calls/${id}/pop`))
  expect(pop).toMatchObject({ draftId, handover: { fromName: '测试agent', reason: '涉及排水' } })
  expect(ok(await second.get(`/api/orders/drafts/${draftId}`))).toMatchObject({ title: '雨水箅子缺失', own: false })
  expect(ok(await second.put(`/api/orders/drafts/${draftId}`, { generation: 1, title: '雨水箅子缺失，已核实', data: {} })).generation).toBe(2)
  expect((await agent.put(`/api/orders/drafts/${draftId}`, { generation: 2, title: '改回来', data: {} })).status).toBe(404)
  // What is not one's own is not made so by a call.
  const other = answeredCall('8613877775555', noon + 1_100_000)
  await stored()
  expect((await agent.post(`/api/telephony/calls/${other}/draft`, { draftId })).status).toBe(404)
})

test('座席状态逐条入库：状态、原因、操作人；签入签出成一个班次', async () => {
  const sessionId = randomUUID()
  tell(tenant, 'agentSignedIn', null, { agent: agentId, sessionId, device: 'browser', queues: [queueId], remote: false }, noon)
  tell(tenant, 'agentState', null, { agent: agentId, sessionId, state: 'break', was: 'ready', wasMs: 1000, reason: '小休', by: null, until: noon + 60_000, call: null }, noon + 1000)
  tell(tenant, 'agentState', null, { agent: agentId, sessionId, state: 'busy', was: 'break', wasMs: 60_000, reason: '小休超时', by: null, until: null, call: null }, noon + 61_000)
  await stored()
  expect(ok(await agent.get('/api/telephony/states')).items.slice(0, 2)).toMatchObject([{ state: 'busy', reason: '小休超时', cause: '小休 → 示忙', actorName: '系统' }, { state: 'break' }])
  tell(tenant, 'agentSignedOut', null, { agent: agentId, sessionId, reason: 'agent', by: null, calls: 3, talkMs: 90_000 }, noon + 120_000)
  await stored()
  expect(await one(sql`select signed_out_at is not null as out, sheet from telephony_session where id = ${sessionId}`)).toMatchObject({ out: true, sheet: { calls: 3 } })
})

test('流程有问题不能发布，问题按节点说明；没有引擎时说明话务中断', async () => {
  const admin = await app.as('tenantAdmin')
  const flow = ok(await admin.post('/api/telephony/flows', { code: 'trial', name: '试验流程', use: 'inbound', draft: { start: 'a', nodes: { a: { kind: 'play', name: '欢迎', say: [{ kind: 'text', text: '您好' }], interruptible: true, next: 'a' } } } }))
  far.answer = (act) => (act.kind === 'checkFlow' ? { data: { findings: [{ code: 'loopWithoutExit', severity: 'error', node: 'a', nodeName: '欢迎', field: null, detail: 'loop' }] } } : undefined)
  expect(await admin.post(`/api/telephony/flows/${flow.id}/publish`, { version: flow.version })).toMatchObject({ status: 422, body: { code: 'telephony.flowFaults', detail: expect.stringContaining('“欢迎”来电人会在这里绕圈出不去') } })
  far.answer = (act) => (act.kind === 'checkFlow' ? { data: { findings: [] } } : undefined)
  expect(ok(await admin.post(`/api/telephony/flows/${flow.id}/publish`, { version: flow.version, note: '首版' }))).toMatchObject({ published: 1, changed: false })
  const broken = ok(await admin.put(`/api/telephony/flows/${flow.id}`, { name: '试验流程', version: flow.version + 1, draft: { start: 'b', nodes: { b: { kind: 'menu', name: '菜单' } } } }))
  expect(await admin.post(`/api/telephony/flows/${flow.id}/publish`, { version: broken.version })).toMatchObject({ status: 422, body: { detail: expect.stringContaining('“菜单”请填写按键') } })
  expect((await agent.get('/api/telephony/flows')).status).toBe(403)
})

test('坐席监控和大屏用实时状态；机构以外的人看不到', async () => {
  far.live(tenant, { at: Date.now(), calls: [], trunks: [], extensions: [], queues: [{ queue: queueId, waiting: 2, longestMs: 130_000, averageMs: 60_000, expectedMs: 0, ready: 1, talking: 0, busy: 0, callbacks: 0, today: { offered: 5, answered: 3, abandoned: 1, withinLevel: 3 }, overflowing: false }], agents: [{ agent: agentId, sessionId: randomUUID(), state: 'ready', since: Date.now(), reason: null, until: null, callId: null, device: 'browser', connected: true, queues: [queueId], answerMode: 'manual', callsToday: 3, talkMsToday: 90_000, missed: 0, next: null, lacks: null }] })
  await until(async () => ok(await leader.get('/api/telephony/monitor')).queues.some((q: { waiting: number }) => q.waiting === 2))
  const seen = ok(await leader.get('/api/telephony/monitor'))
  expect(seen.queues.find((q: { id: string }) => q.id === queueId)).toMatchObject({ tone: 'red', ready: 1 })
  expect(seen.seats.find((s: { userId: string }) => s.userId === agentId)).toMatchObject({ state: 'ready', tone: 'idle', callsToday: 3 })
  expect((await agent.get('/api/telephony/monitor')).status).toBe(403)
  const board = ok(await leader.get('/api/telephony/wallboard'))
  expect(board).toMatchObject({ waiting: 2, tone: 'red', exchange: 'up', seats: { ready: 1 } })
  expect(board.today.answered + board.today.abandoned).toBeGreaterThan(0)
})

test('提示音文件丢失：其余策略照常生效，那一段静音，线路故障里写明', async () => {
  const [file, prompt, sha] = [randomUUID(), randomUUID(), 'ab'.repeat(32)]
  await app.command(async (ctx) => {
    const plain = ctx.acrossTenants('fixture')
    await sql`insert into telephony_voice_file (tenant_id, id, name, application, file_id, sha256, ms, source_rate, uploaded_at, uploaded_by_name) values (${tenant}, ${file}, '开场白', 'flow', ${randomUUID()}, ${sha}, 900, 8000, now(), '测试')`.execute(plain)
    await sql`insert into telephony_prompt (tenant_id, id, code, name, application, released, updated_at, changed_by_name) values (${tenant}, ${prompt}, 'lost1', '节日开场白', 'flow', 1, now(), '测试')`.execute(plain)
    await sql`insert into telephony_prompt_version (tenant_id, prompt_id, number, segments, state, saved_at, saved_by_name) values (${tenant}, ${prompt}, 1, ${JSON.stringify([{ kind: 'file', voiceFileId: file }])}::jsonb, 'released', now(), '测试')`.execute(plain)
    await sql`update telephony_policy set wanted = wanted + 1 where tenant_id = ${tenant}`.execute(plain)
  })
  const taken: { prompts: { id: string; parts: unknown[] }[] }[] = []
  const port = {
    putFile: () => Promise.reject(new Error('nothing to put')),
    command: (sent: { act: { kind: string; policy?: { prompts: { id: string; parts: unknown[] }[] } } }) => {
      const named = JSON.stringify(sent.act.policy ?? {}).includes(sha)
      if (sent.act.policy && !named) taken.push(sent.act.policy)
      return Promise.resolve(named ? { status: 409, code: 'filesMissing', data: { missing: [sha] } } : { status: 200, data: {} })
    },
  }
  await publisher(app.app.runtime, port as never).run()
  expect(taken.at(-1)?.prompts.find((one) => one.id === prompt)?.parts).toEqual([{ pauseMs: 500 }])
  const admin = await app.as('tenantAdmin')
  expect(ok(await admin.get('/api/telephony/line-faults?limit=50')).items.find((f: { subject: string }) => f.subject === '提示音')).toMatchObject({ text: '语音文件丢失，播放时为静音：节日开场白。请重新上传' })
})
