// The exchange over its real sockets, with virtual media: what servers and desks can rely on.
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { type CommandResult, type EngineAct, type EngineEvent, type FromDesk, type FromEngine, type ToDesk, type ToEngine, signTicket } from '../engine-port.ts'
import { aPolicy, aQueue } from '../simulate/city.ts'
import { type VirtualMedia, virtualMedia } from '../simulate/virtual-media.ts'
import { now } from './clock.ts'
import { type Engine, startEngine } from './engine.ts'
import { openLeases } from './leases.ts'
import { type Wire, serve } from './wire.ts'

const token = 'a-token-of-this-test'
const key = randomBytes(32)
const policy = aPolicy({ queues: [aQueue('general', { wrapUpSeconds: 0 }), aQueue('complaints')], settings: { ...aPolicy().settings, answerDelayMs: 0 } })
/** Callers wait although nobody is signed in: a call-back is offered. */
const waits = { ...policy, queues: policy.queues.map((q) => ({ ...q, callbackAfterSeconds: 600 })) }
let folder = ''
let media: VirtualMedia
let engine: Engine
let wire: Wire
const open: WebSocket[] = []

async function start(): Promise<void> {
  media = virtualMedia({ now, after: (ms, run) => { setTimeout(run, ms) } }, () => ({ kind: 'answers', afterMs: 20 }))
  engine = await startEngine({ folder, media, key, log: () => {}, leases: await openLeases(path.join(folder, 'leases'), 'one', () => {}) })
  wire = await serve(engine, { host: '127.0.0.1', port: 0, token, folder, version: 'test', log: () => {} })
}
beforeEach(async () => { folder = await mkdtemp(path.join(tmpdir(), 'exchange-')); await start() })
afterEach(async () => {
  for (const socket of open.splice(0)) socket.terminate()
  await wire.close()
  await engine.stop()
  await rm(folder, { recursive: true })
})

/** A socket with what it received; `until` waits for a message that fits. */
async function connect<Out, In>(url: string, bearer?: string): Promise<{ send: (message: Out) => void, raw: (text: string) => void, got: In[], until: <T extends In>(fits: (message: In) => message is T) => Promise<T>, closed: Promise<number> }> {
  const socket = new WebSocket(`ws://127.0.0.1:${wire.port}${url}`, bearer ? { headers: { authorization: `Bearer ${bearer}` } } : {})
  open.push(socket)
  const got: In[] = []
  let look = (): void => {}
  const closed = new Promise<number>((resolve) => { socket.on('close', resolve) })
  socket.on('message', (data) => { got.push(JSON.parse(String(data)) as In); look() })
  await new Promise((resolve, reject) => { socket.once('open', resolve); socket.once('error', reject) })
  return {
    got, closed, send: (message) => socket.send(JSON.stringify(message)), raw: (text) => socket.send(text),
    until: (fits) => new Promise((resolve) => {
      look = () => { const found = got.find(fits); if (found) resolve(found as never) }
      look()
    }),
  }
}
type Server = Awaited<ReturnType<typeof connect<ToEngine, FromEngine>>>
const events = (server: Server): EngineEvent[] => server.got.flatMap((m) => m.type === 'events' ? m.events as EngineEvent[] : [])
async function asServer(after: { epoch: string, seq: number } | null = null): Promise<Server> {
  const server = await connect<ToEngine, FromEngine>('/engine', token)
  server.send({ type: 'hello', version: 1, server: 'test', events: true, after, live: false })
  await server.until((m): m is FromEngine => m.type === 'welcome')
  return server
}
let commands = 0
async function command(server: Server, act: EngineAct, callId: string | null = null, commandId = `command-${commands += 1}`): Promise<CommandResult> {
  server.send({ type: 'command', command: { commandId, tenant: 'demo', callId, act } })
  const found = await server.until((m): m is Extract<FromEngine, { type: 'result' }> => m.type === 'result' && m.result.commandId === commandId)
  server.got.splice(server.got.indexOf(found), 1)
  return found.result
}
async function eventOf(server: Server, kind: EngineEvent['kind']): Promise<EngineEvent> {
  await server.until((m): m is FromEngine => m.type === 'events' && (m.events as EngineEvent[]).some((e) => e.kind === kind))
  const found = events(server).find((e) => e.kind === kind)
  if (!found) throw new Error(kind)
  return found
}
async function until(check: () => boolean): Promise<void> {
  for (let i = 0; i < 400 && !check(); i++) await new Promise((resolve) => { setTimeout(resolve, 5) })
  if (!check()) throw new Error('did not happen')
}
const ticket = (agent = 'agent-01'): Promise<string> => signTicket(token, { kind: 'agent', tenant: 'demo', agent, jti: 'x', until: now() + 60_000, remote: false })
async function asDesk(page = 'page-1', agent = 'agent-01'): Promise<Awaited<ReturnType<typeof connect<FromDesk, ToDesk>>>> {
  const desk = await connect<FromDesk, ToDesk>('/softphone')
  desk.send({ type: 'hello', version: 1, ticket: await ticket(agent), page })
  return desk
}
type Desk = Awaited<ReturnType<typeof asDesk>>
async function ready(desk: Desk): Promise<void> {
  await desk.until((m): m is ToDesk => m.type === 'welcome')
  desk.send({ type: 'alive', n: 0, microphone: 'on' })
  desk.send({ type: 'signIn', requestId: 'in', queues: ['general'], device: 'browser', answerMode: 'automatic', force: false })
  desk.send({ type: 'offer', sdp: 'v=0' })
  await desk.until((m): m is ToDesk => m.type === 'answer')
  desk.send({ type: 'act', requestId: 'ready', callId: null, act: { kind: 'setState', agent: 'whoever', state: 'ready', minutes: null, reason: null } })
  await desk.until((m): m is ToDesk => m.type === 'me' && m.me !== null && m.me.state !== 'busy')
}

describe('服务器一侧', () => {
  test('没有令牌或令牌不对的连接和请求被拒绝', async () => {
    await expect(connect('/engine')).rejects.toThrow('401')
    await expect(connect('/engine', 'wrong')).rejects.toThrow('401')
    for (const url of ['/metrics', '/recordings/x', '/files/x']) expect((await fetch(`http://127.0.0.1:${wire.port}${url}`)).status).toBe(401)
    expect((await fetch(`http://127.0.0.1:${wire.port}/health`)).status).toBe(200)
  })
  test('来电从到达到接通到挂断，每一步都有编号连续的事件，指标可读', async () => {
    const server = await asServer()
    expect((await command(server, { kind: 'publishPolicy', policy })).status).toBe(200)
    const desk = await asDesk()
    await ready(desk)
    const leg = media.incoming('13900000000', '12346')
    await eventOf(server, 'callAnswered')
    media.farEnd(leg)
    await eventOf(server, 'recordingReady')
    const found = events(server)
    expect(found.map((e) => e.seq)).toEqual(found.map((_, i) => i + 1))
    for (const kind of ['callArrived', 'callQueued', 'callOffered', 'callAnswered', 'recordingStarted', 'callEnded', 'recordingReady']) expect(found.map((e) => e.kind)).toContain(kind)
    const metrics = await (await fetch(`http://127.0.0.1:${wire.port}/metrics`, { headers: { authorization: `Bearer ${token}` } })).text()
    expect(metrics).toContain('exchange_calls 0')
    expect(metrics).toContain('exchange_audit_findings_total 0')
  })
  test('中继停用呼入后来电被拒绝，恢复后照常接入', async () => {
    const server = await asServer()
    await command(server, { kind: 'publishPolicy', policy })
    const line = { id: 'trunk-1', name: '主中继', transport: 'udp' as const, host: '127.0.0.1', port: 5070, user: null, password: null, realm: null, register: false, accept: [], codecs: ['PCMA' as const], channels: 30, reserved: 2, probeSeconds: 30, tenants: ['demo'] }
    expect((await command(server, { kind: 'deploy', deployment: { number: 1, trunks: [{ ...line, inbound: false }] } })).status).toBe(200)
    const refused = media.incoming('13900000000', '12346')
    expect((await command(server, { kind: 'deploy', deployment: { number: 2, trunks: [line] } })).status).toBe(200)
    media.incoming('13900000001', '12346')
    await eventOf(server, 'callArrived')
    expect(events(server).filter((e) => e.kind === 'callArrived').map((e) => (e.data as { from: string }).from)).toEqual(['8613900000001'])
    expect(media.legs.has(refused)).toBe(false)
  })
  test('页面断开后在别处签入并选了别的队列：页面上是新的队列，旧队列的来电不再振他', async () => {
    const server = await asServer()
    await command(server, { kind: 'publishPolicy', policy })
    const first = await asDesk('page-1', 'agent-02')
    await ready(first)
    open.at(-1)?.terminate()
    await until(() => engine.tenants.get('demo')?.driver.world.agents.get('agent-02')?.connected === false)
    const second = await asDesk('page-2', 'agent-02')
    await second.until((m): m is ToDesk => m.type === 'welcome' && m.me?.state === 'ready')
    second.send({ type: 'alive', n: 0, microphone: 'on' })
    second.send({ type: 'signIn', requestId: 'in', queues: ['complaints'], device: 'browser', answerMode: 'automatic', force: true })
    second.send({ type: 'offer', sdp: 'v=0' })
    await second.until((m): m is ToDesk => m.type === 'me' && m.me?.queues.join() === 'complaints' && m.me.state === 'ready' && m.me.lacks === null)
    media.incoming('13900000000', '12346')
    await eventOf(server, 'callEnded')
    expect(second.got.some((m) => m.type === 'ring')).toBe(false)
  })
  test('监测通话声音：诉求人和座席分开，保持时没有声音，通话结束即断开；没有令牌不给', async () => {
    const server = await asServer()
    await command(server, { kind: 'publishPolicy', policy })
    const desk = await asDesk()
    await ready(desk)
    const leg = media.incoming('13900000000', '12346')
    const { callId } = await eventOf(server, 'callAnswered')
    await eventOf(server, 'recordingStarted')
    const at = `ws://127.0.0.1:${wire.port}/tap?tenant=demo&call=${callId ?? ''}`
    const outcome = (url: string, headers = {}): Promise<unknown> => new Promise((resolve) => { new WebSocket(url, { headers }).on('error', (error) => resolve(error.message)).on('close', resolve) })
    expect(await outcome(at)).toMatch(/401/)
    expect(await outcome(at.replace('demo', 'other'), { authorization: `Bearer ${token}` })).toBe(4004)
    const tap = new WebSocket(at, { headers: { authorization: `Bearer ${token}` } })
    const got: Buffer[] = []
    const closed = new Promise((resolve) => { tap.on('close', resolve) })
    tap.on('message', (data) => got.push(data as Buffer))
    await new Promise((resolve) => { tap.on('open', resolve) })
    const agentLeg = engine.tenants.get('demo')?.driver.world.agents.get('agent-01')?.leg ?? ''
    media.speak(leg, 20)
    media.speak(agentLeg, 40)
    await until(() => got.length === 2)
    expect(got.map((one) => [one.readUInt8(0), one.length])).toEqual([[0, 325], [1, 325]])
    expect((got[1]?.readUInt32LE(1) ?? 0) - (got[0]?.readUInt32LE(1) ?? 0)).toBe(20)
    desk.send({ type: 'act', requestId: 'hold', callId, act: { kind: 'hold', agent: 'x' } })
    await desk.until((m): m is ToDesk => m.type === 'call' && m.call.state === 'held')
    media.speak(leg, 60)
    media.farEnd(leg)
    expect(await closed).toBe(1000)
    expect(got).toHaveLength(2)
  })
  test('同一命令编号只执行一次；对已结束的通话回 409，不认识的回 404，写坏的回 400', async () => {
    const server = await asServer()
    await command(server, { kind: 'publishPolicy', policy })
    const asked: EngineAct = { kind: 'requestCallback', queue: 'general', number: '13900000001', context: {} }
    const first = await command(server, asked, null, 'the-same-id')
    const second = await command(server, asked, null, 'the-same-id')
    expect([first.status, second.status, second.data]).toEqual([200, 202, first.data])
    const leg = media.incoming('13900000000', '12346')
    const { callId } = await eventOf(server, 'callArrived')
    media.farEnd(leg)
    await eventOf(server, 'callEnded')
    expect((await command(server, { kind: 'setClass', class: 'special', reason: null }, callId)).status).toBe(409)
    expect((await command(server, { kind: 'setClass', class: 'special', reason: null }, 'no-such-call')).status).toBe(404)
    server.send({ type: 'command', command: { commandId: 'broken-1', tenant: 'demo', callId: null, act: { kind: 'dial', agent: 1 } } } as unknown as ToEngine)
    const broken = await server.until((m): m is Extract<FromEngine, { type: 'result' }> => m.type === 'result' && m.result.commandId === 'broken-1')
    expect(broken.result.status).toBe(400)
  })
  test('没有确认的事件在重连后再来一次，确认过的不再来；第二个服务器等前一个离开才得到事件', async () => {
    const server = await asServer()
    await command(server, { kind: 'publishPolicy', policy: waits })
    media.incoming('13900000000', '12346')
    const { epoch, seq } = await eventOf(server, 'callArrived')
    server.send({ type: 'ack', epoch, seq })
    await eventOf(server, 'callQueued')
    const waiting = await asServer({ epoch, seq })
    expect(await waiting.until((m): m is Extract<FromEngine, { type: 'lease' }> => m.type === 'lease')).toMatchObject({ held: false })
    open[0]?.terminate()
    await eventOf(waiting, 'callQueued')
    expect(Math.min(...events(waiting).map((e) => e.seq))).toBe(seq + 1)
  })
  test('升级前停接：新来电转往别处，谁也拨不出去，进行中的照常；结束后照常接', async () => {
    const server = await asServer()
    await command(server, { kind: 'publishPolicy', policy })
    const desk = await asDesk()
    await ready(desk)
    media.incoming('13900000000', '12346')
    await eventOf(server, 'callAnswered')
    const drain = async (method: string, bearer = token) => fetch(`http://127.0.0.1:${wire.port}/drain`, { method, headers: { authorization: `Bearer ${bearer}` } })
    expect((await drain('POST', 'wrong')).status).toBe(401)
    expect(await (await drain('POST')).json()).toMatchObject({ draining: true, calls: 1, refused: 0 })
    expect(await eventOf(server, 'alarm')).toMatchObject({ data: { alarm: 'draining', detail: '1', over: false } })
    media.incoming('13900000001', '12346')
    expect(engine.tenants.get('demo')?.driver.world.calls.size).toBe(1)
    expect(await command(server, { kind: 'dial', agent: 'agent-01', to: { kind: 'number', number: '13900000002' }, displayed: null, context: {} })).toMatchObject({ status: 503, code: 'draining' })
    const call = [...(engine.tenants.get('demo')?.driver.world.calls.values() ?? [])][0]
    desk.send({ type: 'act', requestId: 'end', callId: call?.id ?? '', act: { kind: 'hangUp', agent: 'agent-01' } })
    await eventOf(server, 'callEnded')
    expect(await (await drain('GET')).json()).toMatchObject({ draining: true, calls: 0, refused: 2 })
    expect(await (await drain('DELETE')).json()).toMatchObject({ draining: false })
    media.incoming('13900000003', '12346')
    expect(engine.tenants.get('demo')?.driver.world.calls.size).toBe(1)
  })
  test('语音文件须与名字的摘要一致；策略缺少文件时说出缺哪些', async () => {
    const server = await asServer()
    const headers = { authorization: `Bearer ${token}` }
    const body = Buffer.from([0xd5, 0xd5])
    const hash = '0'.repeat(64)
    expect((await fetch(`http://127.0.0.1:${wire.port}/files/${hash}`, { method: 'PUT', body, headers })).status).toBe(422)
    const result = await command(server, { kind: 'publishPolicy', policy: { ...policy, prompts: [{ id: 'p', name: 'p', parts: [{ file: hash }] }] } })
    expect(result).toMatchObject({ status: 422, code: 'missingFiles', data: { missing: [hash] } })
  })
  test('不合规的流程不能发布，结果写明节点', async () => {
    const server = await asServer()
    const flow = structuredClone(policy.flows[0])
    if (!flow) throw new Error('no flow')
    flow.nodes.general = { kind: 'queue', name: '不存在的队列', queue: 'nowhere', full: 'bye', noAgents: 'bye', timeout: 'bye', timeoutSeconds: 1 }
    const result = await command(server, { kind: 'publishPolicy', policy: { ...policy, flows: [flow] } })
    expect(result).toMatchObject({ status: 422, code: 'badFlow' })
    expect(JSON.stringify(result.data)).toContain('不存在的队列')
  })
})

describe('坐席一侧', () => {
  test('坏的票据、过期的票据、先说别的话、不是 JSON，都得到明确的拒绝', async () => {
    for (const bad of ['x', 'x.y', await signTicket('another secret', { kind: 'agent', tenant: 'demo', agent: 'agent-01', jti: '', until: now() + 1000, remote: false }), await signTicket(token, { kind: 'agent', tenant: 'demo', agent: 'agent-01', jti: '', until: now() - 1, remote: false })]) {
      const desk = await connect<FromDesk, ToDesk>('/softphone')
      desk.send({ type: 'hello', version: 1, ticket: bad, page: 'p' })
      expect(await desk.until((m): m is ToDesk => m.type === 'refused')).toMatchObject({ code: 'badTicket' })
    }
    for (const text of ['{', '[]', '{"type":"hangUp"}', 'null']) {
      const desk = await connect<FromDesk, ToDesk>('/softphone')
      desk.raw(text)
      expect(await desk.until((m): m is ToDesk => m.type === 'refused')).toMatchObject({ code: 'protocol' })
    }
  })
  test('坐席只能以自己的身份操作，写别人的编号也没有用', async () => {
    const server = await asServer()
    await command(server, { kind: 'publishPolicy', policy })
    const mine = await asDesk()
    await ready(mine)
    const other = await asDesk('page-2', 'agent-02')
    await ready(other)
    media.incoming('13900000000', '12346')
    await eventOf(server, 'callAnswered')
    const call = [...(engine.tenants.get('demo')?.driver.world.calls.values() ?? [])][0]
    const [there, away] = call?.agent === 'agent-01' ? [mine, other] : [other, mine]
    away.send({ type: 'act', requestId: 'cheat', callId: call?.id ?? '', act: { kind: 'hangUp', agent: call?.agent ?? '' } })
    const refused = await away.until((m): m is Extract<ToDesk, { type: 'result' }> => m.type === 'result' && m.requestId === 'cheat')
    expect(refused.result).toMatchObject({ status: 403, code: 'notYourCall' })
    there.send({ type: 'act', requestId: 'own', callId: call?.id ?? '', act: { kind: 'hangUp', agent: 'nobody' } })
    expect((await there.until((m): m is Extract<ToDesk, { type: 'result' }> => m.type === 'result' && m.requestId === 'own')).result.status).toBe(200)
  })
  test('同一坐席的第二个页面：第一个还答应时被拒绝，不答应时接替', async () => {
    const server = await asServer()
    await command(server, { kind: 'publishPolicy', policy: { ...policy, settings: { ...policy.settings, probeMs: 500 } } })
    const first = await asDesk()
    await ready(first)
    const answering = setInterval(() => { const probe = first.got.findLast((m) => m.type === 'probe'); if (probe?.type === 'probe') first.send({ type: 'alive', n: probe.n, microphone: 'on' }) }, 50)
    const second = await asDesk('page-2')
    // It is not told of a seat that is not its own: it would look signed in.
    expect(await second.until((m): m is ToDesk => m.type === 'welcome')).toMatchObject({ me: null, calls: [] })
    second.send({ type: 'signIn', requestId: 'in', queues: [], device: 'browser', answerMode: 'manual', force: false })
    expect(await second.until((m): m is ToDesk => m.type === 'refused')).toMatchObject({ code: 'signedInElsewhere' })
    clearInterval(answering)
    const third = await asDesk('page-3')
    await third.until((m): m is ToDesk => m.type === 'welcome')
    third.send({ type: 'signIn', requestId: 'in', queues: [], device: 'browser', answerMode: 'manual', force: false })
    expect(await first.until((m): m is ToDesk => m.type === 'refused')).toMatchObject({ code: 'replaced' })
    expect((await third.until((m): m is Extract<ToDesk, { type: 'result' }> => m.type === 'result')).result.status).toBe(200)
  })
})

test('交换机重新启动后：事件接着编号，等待的来电和签入的坐席还在，策略从盘上读回', async () => {
  const server = await asServer()
  await command(server, { kind: 'publishPolicy', policy: waits })
  media.incoming('13900000000', '12346')
  const { epoch, seq } = await eventOf(server, 'callQueued')
  const desk = await asDesk()
  await ready(desk)
  await eventOf(server, 'callAnswered')
  // Killed: no hang-up, no goodbye; a second engine opens the same folder.
  await wire.close()
  await new Promise<void>((resolve) => { engine.durable(resolve) })
  await engine.stop()
  await start()
  expect(engine.policies()).toEqual({ demo: 1 })
  const again = await asServer({ epoch, seq })
  await eventOf(again, 'engineStarted')
  const found = events(again)
  expect(found[0]?.seq).toBe(seq + 1)
  // Virtual media knows no dialog any more: the call must end and ask for a call-back, not stay.
  await eventOf(again, 'callEnded')
  expect(found.every((e) => e.epoch === epoch)).toBe(true)
  expect(engine.tenants.get('demo')?.driver.world.agents.get('agent-01')?.callId ?? null).toBeNull()
})
