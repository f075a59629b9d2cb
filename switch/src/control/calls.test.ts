// Whole calls through control over virtual media: what callers, agents and leaders can rely on.
import { beforeEach, describe, expect, test } from 'vitest'
import type { Policy } from '../engine-port.ts'
import { aPolicy, aQueue } from '../simulate/city.ts'
import { type Bench, advance, newBench } from '../simulate/simulation.ts'
import type { Behaviour } from '../simulate/virtual-media.ts'
import type { WorldAct } from './acts.ts'
import { viewAgent } from './agent.ts'
import { audit } from './audit.ts'
import { queueView } from './live.ts'
import type { Answer } from './world.ts'

let bench: Bench
const behaviour = new Map<string, Behaviour>()
const answers: Behaviour = { kind: 'answers', afterMs: 1000 }
const queue = aQueue('general', { wrapUpSeconds: 0 })
function begin(rest: Partial<Policy> = {}): void {
  behaviour.clear()
  bench = newBench(aPolicy({ queues: [queue, aQueue('complaints')], ...rest }), { keep: true, behave: (number) => behaviour.get(number) ?? answers })
}
beforeEach(() => begin())
function seat(n: number): string {
  const agent = `agent-0${n}`
  bench.driver.feed({ kind: 'signIn', signIn: { agent, queues: ['general'], device: 'browser', answerMode: 'manual', remote: false, takeOver: false } })
  bench.driver.feed({ kind: 'desk', agent, what: { kind: 'microphone', on: true } })
  bench.driver.feed({ kind: 'desk', agent, what: { kind: 'offer', sdp: 'v=0' } })
  act({ kind: 'setState', agent, state: 'ready', minutes: null, reason: null })
  return agent
}
const act = (it: WorldAct, call: string | null = null): Answer | null => bench.driver.feed({ kind: 'command', callId: call, act: it })
const calls = (): ReturnType<Bench['world']['calls']['values']> extends Iterable<infer C> ? C[] : never => [...bench.world.calls.values()]
const state = (agent: string): string => bench.world.agents.get(agent)?.state ?? 'signedOut'
const told = (kind: string): Record<string, unknown>[] => bench.events.filter((e) => e.kind === kind).map((e) => e.data as Record<string, unknown>)
/** A call that has been answered by the agent. */
function talking(agent: string, from = '13900000000'): { call: string, leg: string } {
  const leg = bench.media.incoming(from, '12346')
  advance(bench, 50)
  const call = bench.world.agents.get(agent)?.callId ?? ''
  expect(act({ kind: 'answer', agent }, call)?.status).toBe(200)
  advance(bench, 50)
  return { call, leg }
}
const room = (call: string): Record<string, string[]> => Object.fromEntries((bench.media.rooms.get(call) ?? []).map((m) => [m.leg, m.hears]))
const legOf = (agent: string): string => bench.world.agents.get(agent)?.leg ?? ''

describe('话机', () => {
  test('话机上的转接键（REFER）就是座席的转接：有权限的转出去，没有权限或禁拨的留在原通话', () => {
    bench.driver.feed({ kind: 'media', happening: { kind: 'registered', tenant: 'demo', user: '8001', contact: 'sip:8001@x', expiresInS: 60, binding: '' } })
    const agent = 'agent-01'
    bench.driver.feed({ kind: 'signIn', signIn: { agent, queues: ['general'], device: 'phone', answerMode: 'manual', remote: false, takeOver: false } })
    act({ kind: 'setState', agent, state: 'ready', minutes: null, reason: null })
    bench.media.incoming('13900000000', '12346')
    advance(bench, 2000)
    expect(state(agent)).toBe('talking')
    const refer = (to: string): void => { bench.driver.feed({ kind: 'media', happening: { kind: 'refer', leg: legOf(agent), to } }) }
    refer('#')
    expect([state(agent), told('callTransferred')]).toEqual(['talking', []])
    expect(told('dialRefused')).toHaveLength(1)
    refer('13700000000')
    advance(bench, 3000)
    expect(told('callTransferred').map((e) => e.how)).toEqual(['begun', 'completed'])
    expect(state(agent)).toBe('ready')
    expect(calls()).toHaveLength(1)
    expect(audit(bench.world)).toEqual([])
  })
})

describe('通话后评价', () => {
  test('座席挂断后请来电人评价；评价关闭的座席挂断后通话即结束，也不能手工转评价', () => {
    const survey = 'survey'
    const rated = (on: boolean): void => {
      const policy = aPolicy()
      begin({ queues: [{ ...queue, survey }, aQueue('complaints')], agents: policy.agents.map((one) => ({ ...one, survey: on })) })
    }
    rated(true)
    let agent = seat(1)
    act({ kind: 'hangUp', agent }, talking(agent).call)
    advance(bench, 100)
    expect(calls().map((one) => one.state)).toEqual(['survey'])
    rated(false)
    agent = seat(1)
    const { call } = talking(agent)
    expect(act({ kind: 'survey', agent, flow: survey }, call)).toMatchObject({ status: 403, code: 'noFunction' })
    act({ kind: 'hangUp', agent }, call)
    advance(bench, 100)
    expect(calls()).toEqual([])
    expect(told('callEnded').map((one) => one.cause)).toEqual(['normal'])
  })
})

describe('接听与分配', () => {
  test('第一个接听的得到来电，录音从接听开始，挂断后座席空闲', () => {
    const agent = seat(1)
    const { call, leg } = talking(agent)
    expect(room(call)).toEqual({ [leg]: [legOf(agent)], [legOf(agent)]: [leg] })
    advance(bench, 10_000)
    bench.media.farEnd(leg)
    advance(bench, 100)
    expect(state(agent)).toBe('ready')
    expect(told('callEnded')[0]).toMatchObject({ cause: 'normal', by: 'caller', agents: [agent] })
    expect(bench.media.recordings.size).toBe(0)
    expect(act({ kind: 'hold', agent }, call)).toMatchObject({ status: 409, code: 'callEnded' })
  })
  test('未接的来电到时间改振别人，位置保留', () => {
    const first = seat(1)
    const leg = bench.media.incoming('13900000000', '12346')
    advance(bench, 50)
    expect(state(first)).toBe('ringing')
    const second = seat(2)
    advance(bench, 20_000)
    expect(told('offerEnded')[0]).toMatchObject({ agent: first, how: 'missed' })
    expect(state(second)).toBe('ringing')
    expect(told('callOffered')[1]).toMatchObject({ agent: second })
    bench.media.farEnd(leg)
    advance(bench, 50)
    expect(told('callEnded')[0]).toMatchObject({ cause: 'abandonedRinging' })
    expect([state(first), state(second)]).toEqual(['ready', 'ready'])
  })
  test('排队八秒后放弃，记为排队中放弃，等待八秒', () => {
    begin({ queues: [{ ...queue, callbackAfterSeconds: 600 }, aQueue('complaints')] })
    const leg = bench.media.incoming('13900000000', '12346')
    advance(bench, 8000)
    bench.media.farEnd(leg)
    advance(bench, 10)
    expect(told('callEnded')[0]).toMatchObject({ cause: 'abandonedInQueue' })
    expect(Number(told('callEnded')[0]?.waitedMs)).toBeGreaterThanOrEqual(7990)
  })
  test('移出队列的座席办完手上的来电，不再得到该队列的来电', () => {
    const agent = seat(1)
    const { call, leg } = talking(agent)
    const policy = aPolicy({ number: 2, queues: [{ ...queue, callbackAfterSeconds: 600 }, aQueue('complaints')] })
    bench.driver.feed({ kind: 'policy', policy: { ...policy, agents: policy.agents.map((a) => a.id === agent ? { ...a, queues: [] } : a) } })
    expect(bench.world.calls.get(call)?.state).toBe('talking')
    bench.media.farEnd(leg)
    bench.media.incoming('13900000009', '12346')
    advance(bench, 5000)
    expect(state(agent)).toBe('ready')
    expect(calls()[0]?.state).toBe('queued')
  })
  test('黑名单不接，白名单和应急不受黑名单影响；一小时内第十一次来电被拦截', () => {
    const entry = { id: 'e1', list: 'black' as const, number: '8613911111111', segment: false, from: null, until: null, weekly: [], mark: null }
    begin({ lists: [entry, { ...entry, id: 'e2', number: '8613922222222' }, { ...entry, id: 'e3', list: 'white', number: '8613922222222' }] })
    bench.media.incoming('13911111111', '12346')
    expect(told('callIntercepted')[0]).toMatchObject({ rule: 'black:e1' })
    expect(calls()).toHaveLength(0)
    bench.media.incoming('13922222222', '12346')
    expect(told('callIntercepted')).toHaveLength(1)
    for (let i = 0; i < 11; i += 1) { bench.media.farEnd(bench.media.incoming('13933333333', '12345')); advance(bench, 1000) }
    expect(told('callIntercepted')[1]).toMatchObject({ rule: 'repeat', calls: 11 })
  })
  test('频繁来电转值班长：只振值班长；没有值班长签入时照常接听', () => {
    const policy = aPolicy()
    const settings = { ...policy.settings, repeatCallsPerHour: 2, repeatAction: 'shiftLeader' as const }
    // Agent 1 leads the shift, agent 2 does not.
    begin({ settings, agents: policy.agents.map((one) => (one.id === 'agent-01' ? one : { ...one, functions: one.functions.filter((f) => f !== 'takeOver') })) })
    const often = (): void => { for (let i = 0; i < 2; i += 1) { bench.media.farEnd(bench.media.incoming('13933333333', '12346')); advance(bench, 100) } }
    const other = seat(2)
    often()
    bench.media.incoming('13933333333', '12346')
    advance(bench, 500)
    expect(told('callIntercepted')).toMatchObject([{ rule: 'repeat', action: 'shiftLeader', calls: 3 }])
    expect(state(other)).toBe('ringing')
    begin({ settings, agents: policy.agents.map((one) => (one.id === 'agent-01' ? one : { ...one, functions: one.functions.filter((f) => f !== 'takeOver') })) })
    const free = seat(2)
    const leader = seat(1)
    often()
    // Others get the leader's turn: whoever waited longest would be agent 2.
    bench.media.incoming('13933333333', '12346')
    advance(bench, 500)
    expect([state(free), state(leader)]).toEqual(['ready', 'ringing'])
    act({ kind: 'reject', agent: leader, reason: null }, bench.world.agents.get(leader)?.callId ?? '')
    advance(bench, 500)
    expect(state(free)).toBe('ready')
    expect(audit(bench.world)).toEqual([])
  })
  test('排空期间到时的回拨不拨出，恢复后照拨；没有线路时不算一次尝试', () => {
    begin({ queues: [{ ...queue, callbackAfterSeconds: 10 }, aQueue('complaints')] })
    expect(act({ kind: 'requestCallback', queue: 'general', number: '13900000000', context: {} })?.status).toBe(200)
    bench.driver.feed({ kind: 'draining', on: true })
    const agent = seat(1)
    advance(bench, 5000)
    expect([state(agent), [...bench.world.callbacks.values()][0]?.attempts]).toEqual(['ready', 0])
    bench.driver.feed({ kind: 'trunks', trunks: new Map([['trunk-1', { state: 'down', channels: 0, most: 10, reserved: 0, reason: null }]]) })
    bench.driver.feed({ kind: 'draining', on: false })
    advance(bench, 5000)
    expect([...bench.world.callbacks.values()][0]?.attempts).toBe(0)
    bench.driver.feed({ kind: 'trunks', trunks: new Map() })
    advance(bench, 400_000)
    expect(told('callbackEnded')[0]).toMatchObject({ how: 'connected', attempts: 1 })
    expect(audit(bench.world)).toEqual([])
  })
  test('两个号码接通：先呼经办人，再呼市民；市民是主叫一侧，任何一方挂断即结束', () => {
    for (const who of ['third', 'outside']) {
      begin()
      expect(act({ kind: 'connectTwo', first: '13700000001', second: '13900000002', displayed: null, context: {} })?.status).toBe(200)
      advance(bench, 1500)
      expect(calls()[0]?.parties.map((p) => [p.role, p.number, p.state])).toEqual([['third', '8613700000001', 'up'], ['outside', '8613900000002', 'ringing']])
      advance(bench, 1500)
      expect(calls()[0]?.state).toBe('talking')
      bench.media.farEnd(calls()[0]?.parties.find((p) => p.role === who)?.leg ?? '')
      advance(bench, 500)
      expect(calls()).toEqual([])
      expect(told('callEnded')[0]).toMatchObject({ cause: 'normal' })
      expect(audit(bench.world)).toEqual([])
    }
    // The one who asked gives up while the other is rung.
    begin()
    act({ kind: 'connectTwo', first: '13700000001', second: '13900000002', displayed: null, context: {} })
    advance(bench, 1500)
    bench.media.farEnd(calls()[0]?.parties[0]?.leg ?? '')
    advance(bench, 500)
    expect([calls(), audit(bench.world)]).toEqual([[], []])
  })
  test('接受回拨后挂机，座席空闲时两边接通，记一次回拨而不是放弃；一个号码只占一个位置', () => {
    begin({ queues: [{ ...queue, callbackAfterSeconds: 10 }, aQueue('complaints')] })
    const leg = bench.media.incoming('13900000000', '12346')
    advance(bench, 11_000)
    bench.media.press(leg, '1')
    advance(bench, 5000)
    expect(told('callEnded')[0]).toMatchObject({ cause: 'queueCallback' })
    expect(act({ kind: 'requestCallback', queue: 'general', number: '13900000000', context: {} })?.data).toEqual({ callbackId: [...bench.world.callbacks.keys()][0] })
    const agent = seat(1)
    advance(bench, 5000)
    expect(state(agent)).toBe('talking')
    expect(told('callbackEnded')[0]).toMatchObject({ how: 'connected', attempts: 1 })
  })
})

describe('通话中', () => {
  test('保持时来电人听音乐不听座席，恢复后又能互相听见', () => {
    const agent = seat(1)
    const { call, leg } = talking(agent)
    act({ kind: 'hold', agent }, call)
    expect(room(call)).toEqual({})
    expect(bench.media.legs.get(leg)?.play).not.toBeNull()
    act({ kind: 'resume', agent }, call)
    expect(room(call)[leg]).toEqual([legOf(agent)])
  })
  test('转接忙的座席：说明原因，通话留在原处；转接后无人接回到转出的座席', () => {
    const [first, second] = [seat(1), seat(2)]
    const { call } = talking(first)
    act({ kind: 'setState', agent: second, state: 'busy', minutes: null, reason: null })
    expect(act({ kind: 'transfer', agent: first, to: { kind: 'extension', extension: '8002' }, reason: null, context: {} }, call)).toMatchObject({ status: 409, code: 'busy' })
    act({ kind: 'setState', agent: second, state: 'ready', minutes: null, reason: null })
    expect(act({ kind: 'transfer', agent: first, to: { kind: 'agent', agent: second }, reason: null, context: { demand: '供暖' } }, call)?.status).toBe(200)
    expect(state(second)).toBe('ringing')
    expect(told('callOffered').at(-1)).toMatchObject({ agent: second, context: { demand: '供暖' } })
    advance(bench, 31_000)
    expect(state(first)).toBe('talking')
    expect(told('callTransferred').map((e) => e.how)).toEqual(['begun', 'failed'])
  })
  test('接回：振铃的转接被取消，通话回到座席，路径记下两步', () => {
    const [first, second] = [seat(1), seat(2)]
    const { call } = talking(first)
    act({ kind: 'transfer', agent: first, to: { kind: 'agent', agent: second }, reason: null, context: {} }, call)
    expect(act({ kind: 'retrieve', agent: first }, call)?.status).toBe(200)
    expect([state(first), state(second)]).toEqual(['talking', 'ready'])
    expect(told('callTransferred').map((e) => e.how)).toEqual(['begun', 'retrieved'])
  })
  test('咨询后转接：被咨询的人和来电人接通，座席空闲；咨询中来电人听音乐', () => {
    const [first, second] = [seat(1), seat(2)]
    const { call, leg } = talking(first)
    const second_ = String(act({ kind: 'consult', agent: first, to: { kind: 'agent', agent: second }, context: {} }, call)?.data?.callId)
    expect(bench.world.calls.get(call)?.state).toBe('held')
    act({ kind: 'answer', agent: second }, second_)
    expect(act({ kind: 'consultComplete', agent: first }, call)?.status).toBe(200)
    advance(bench, 100)
    expect(room(call)).toEqual({ [leg]: [legOf(second)], [legOf(second)]: [leg] })
    expect([state(first), state(second)]).toEqual(['ready', 'talking'])
    expect(calls()).toHaveLength(1)
  })
  test('三方：邀请、取消、再邀请，来电人挂断后另两方继续', () => {
    const agent = seat(1)
    const { call, leg } = talking(agent)
    const invited = String(act({ kind: 'invite', agent, to: { kind: 'number', number: '13700000000' } }, call)?.data?.legId)
    expect(act({ kind: 'dropParty', agent, legId: invited }, call)?.status).toBe(200)
    act({ kind: 'invite', agent, to: { kind: 'number', number: '13700000000' } }, call)
    advance(bench, 2000)
    expect(Object.keys(room(call))).toHaveLength(3)
    bench.media.farEnd(leg)
    advance(bench, 100)
    expect(Object.keys(room(call))).toHaveLength(2)
    expect(state(agent)).toBe('talking')
  })
  test('禁拨号段只对指定分机有效，说明原因并记录；紧急号码永远可拨', () => {
    begin({ barred: [{ number: '137', segment: true, extensions: ['8001'] }, { number: '110', segment: false, extensions: null }] })
    const [first, second] = [seat(1), seat(2)]
    const dial = (agent: string, number: string): Answer | null => act({ kind: 'dial', agent, to: { kind: 'number', number }, displayed: null, context: {} })
    expect(dial(first, '13700000000')).toMatchObject({ status: 403, code: 'barred' })
    expect(told('dialRefused')[0]).toMatchObject({ agent: first, code: 'barred' })
    expect(dial(second, '13700000000')?.status).toBe(200)
    expect(dial(first, '110')?.status).toBe(200)
  })
  test('网页重新载入，通话不断；三分钟不回来，保持中的通话释放并留下回拨任务', () => {
    const agent = seat(1)
    const { call, leg } = talking(agent)
    bench.driver.feed({ kind: 'desk', agent, what: { kind: 'lost' } })
    bench.media.farEnd(legOf(agent), 'mediaLost')
    advance(bench, 3000)
    expect(told('seatLost')).toHaveLength(1)
    bench.driver.feed({ kind: 'desk', agent, what: { kind: 'back' } })
    bench.driver.feed({ kind: 'desk', agent, what: { kind: 'offer', sdp: 'v=0' } })
    expect(room(call)[leg]).toEqual([legOf(agent)])
    act({ kind: 'hold', agent }, call)
    bench.driver.feed({ kind: 'desk', agent, what: { kind: 'lost' } })
    bench.media.farEnd(legOf(agent), 'mediaLost')
    advance(bench, 186_000)
    expect(told('dialTaskNeeded')[0]).toMatchObject({ reason: 'lostSeat', number: '8613900000000' })
    expect(state(agent)).toBe('signedOut')
    expect(calls()).toHaveLength(0)
  })
  test('监听双方都不知道；耳语只有座席听见；强插三方互听；强拆结束通话；每次都有记录', () => {
    const [agent, leader] = [seat(1), seat(2)]
    const { call, leg } = talking(agent)
    const before = bench.media.heard.length
    expect(act({ kind: 'listen', by: leader, reason: null }, call)?.status).toBe(200)
    expect(bench.media.heard.length).toBe(before)
    expect([room(call)[leg], room(call)[legOf(agent)], room(call)[legOf(leader)]?.length]).toEqual([[legOf(agent)], [leg], 2])
    act({ kind: 'whisper', by: leader, reason: null }, call)
    expect(room(call)[legOf(agent)]).toContain(legOf(leader))
    expect(room(call)[leg]).not.toContain(legOf(leader))
    act({ kind: 'forceIn', by: leader, reason: null }, call)
    expect(room(call)[leg]).toContain(legOf(leader))
    act({ kind: 'forceOut', by: leader, reason: '骚扰' }, call)
    expect(told('intervened').map((e) => e.kind)).toEqual(['listen', 'whisper', 'forceIn', 'forceOut'])
    expect(told('callEnded')[0]).toMatchObject({ cause: 'forced' })
    expect(act({ kind: 'listen', by: leader, reason: null }, call)).toMatchObject({ status: 409 })
    expect(state(leader)).toBe('ready')
  })
  test('通话中被强制签出：来电人由备用座席接着谈，本人不能再签入，放行后可以', () => {
    const [agent, standby] = [seat(1), seat(2)]
    const { call } = talking(agent)
    act({ kind: 'forceSignOut', agent, by: standby, reason: '离席', standby, lock: true })
    expect(bench.world.calls.get(call)?.state).toBe('ringing')
    act({ kind: 'answer', agent: standby }, call)
    expect(bench.world.calls.get(call)).toMatchObject({ state: 'talking', agent: standby })
    const signIn = (): number => bench.driver.feed({ kind: 'signIn', signIn: { agent, queues: [], device: 'browser', answerMode: 'manual', remote: false, takeOver: false } })?.status ?? 0
    expect(signIn()).toBe(403)
    act({ kind: 'releaseForced', agent, by: standby, reason: null })
    expect(signIn()).toBe(200)
  })
})
describe('页面与队列说的是同一回事', () => {
  const queueOf = (id: string) => queueView(bench.world, id, bench.world.calls.size)
  const viewOf = (id: string) => { const found = bench.world.agents.get(id); return found ? viewAgent(found) : null }
  test('座席关了页面又在别处签入，所选队列随之生效：页面示闲，队列也数到他，来电振他', () => {
    const agent = seat(2)
    bench.driver.feed({ kind: 'desk', agent, what: { kind: 'lost' } })
    expect([viewOf(agent)?.lacks, queueOf('general').ready]).toEqual(['page', 0])
    bench.driver.feed({ kind: 'desk', agent, what: { kind: 'back' } })
    expect(bench.driver.feed({ kind: 'signIn', signIn: { agent, queues: ['complaints'], device: 'browser', answerMode: 'automatic', remote: false, takeOver: true } })).toMatchObject({ status: 200, data: { resumed: true } })
    expect([viewOf(agent), queueOf('general').ready, queueOf('complaints').ready]).toMatchObject([{ state: 'ready', lacks: null, queues: ['complaints'], answerMode: 'automatic' }, 0, 1])
    expect(told('agentQueues')).toMatchObject([{ queues: ['complaints'] }])
  })
  test('声音断开期间不派来电、不算空闲，接上后把等着的来电给他', () => {
    const agent = seat(1)
    bench.driver.feed({ kind: 'media', happening: { kind: 'ended', leg: legOf(agent), cause: 'normal', by: 'far' } })
    bench.media.incoming('13900000000', '12346')
    advance(bench, 100)
    expect([viewOf(agent), queueOf('general')]).toMatchObject([{ state: 'ready', lacks: 'sound' }, { ready: 0, waiting: 1 }])
    bench.driver.feed({ kind: 'desk', agent, what: { kind: 'offer', sdp: 'v=0' } })
    advance(bench, 100)
    expect(state(agent)).toBe('ringing')
  })
  test('新政策去掉座席的队列：页面立即知道，不再显示可接', () => {
    const agent = seat(1)
    const policy = bench.world.index?.policy
    if (!policy) throw new Error('no policy')
    bench.driver.feed({ kind: 'policy', policy: { ...policy, number: 2, agents: policy.agents.map((a) => ({ ...a, queues: [] })) } })
    expect([viewOf(agent)?.lacks, told('agentQueues')]).toMatchObject(['queue', [{ agent, queues: [] }]])
  })
})
describe('认出来电人', () => {
  test('五个普通来电之后来了应急单位和残疾人：先后振铃第一、第二，等级和理由写进话单', () => {
    begin({ queues: [{ ...queue, callbackAfterSeconds: 600 }], emergencyNumbers: ['8619999999999'], lists: [{ id: 'r1', list: 'red', number: '8613800000009', segment: false, from: null, until: null, weekly: [], mark: '残疾人' }] })
    for (const n of [1, 2, 3, 4, 5]) { bench.media.incoming(`1390000000${n}`, '12346'); advance(bench, 100) }
    bench.media.incoming('19999999999', '12346')
    bench.media.incoming('13800000009', '12346')
    advance(bench, 100)
    const agent = seat(1)
    advance(bench, 50)
    act({ kind: 'answer', agent }, bench.world.agents.get(agent)?.callId ?? '')
    seat(2)
    advance(bench, 50)
    expect(told('callOffered').map((e) => e.from)).toEqual(['8619999999999', '8613800000009'])
    expect(told('callScreened')).toMatchObject([{ class: 'emergency', reason: 'emergencyNumber' }, { class: 'special', reason: 'r1', marks: ['残疾人'] }])
  })
  test('有专属座席的来电：该座席空闲就给他，漏接或不在就给别人', () => {
    begin()
    const [first, own] = [seat(1), seat(2)]
    const arrive = (from: string) => { bench.media.incoming(from, '12346'); const id = calls().at(-1)?.id ?? ''; act({ kind: 'callerKnown', factors: {}, class: 'enterprise', mark: null, reason: '企业', variables: { 'caller.seat': own } }, id); advance(bench, 50); return id }
    const call = arrive('13900000011')
    expect(told('callOffered')).toMatchObject([{ agent: own, why: { pick: 'ownSeat' } }])
    advance(bench, 60_000)
    expect(told('callOffered').map((e) => e.agent)).toContain(first)
    expect(call).not.toBe('')
  })
  test('服务器认出老年人：排到前面，流程放慢语速，标记给座席；流程里已有的分数不改', () => {
    begin({ queues: [{ ...queue, callbackAfterSeconds: 600, weights: { waiting: 30, order: 40, repeat: 5 } }] })
    for (const n of [1, 2]) { bench.media.incoming(`1390000000${n}`, '12346'); advance(bench, 100) }
    const older = calls()[1]?.id ?? ''
    expect(act({ kind: 'callerKnown', factors: { order: 1 }, class: 'special', mark: '老年人', reason: '年满 60 周岁', variables: { 'caller.elderly': '1', 'caller.speed': '0.7' } }, older)).toMatchObject({ status: 200 })
    const agent = seat(1)
    advance(bench, 50)
    expect(told('callOffered')[0]).toMatchObject({ from: '8613900000002', class: 'special', marks: ['老年人'], why: { score: { order: 40, repeat: 0 } } })
    act({ kind: 'answer', agent }, older)
    expect(act({ kind: 'callerKnown', factors: {}, class: null, mark: null, reason: null, variables: {} }, older)).toMatchObject({ status: 409 })
    begin()
    bench.media.incoming('13900000003', '12345')
    act({ kind: 'callerKnown', factors: {}, class: null, mark: null, reason: null, variables: { 'caller.speed': '0.7' } }, calls()[0]?.id ?? '')
    advance(bench, 30_000)
    expect(bench.media.heard.at(-1)?.sounds.find((one) => one.kind === 'text')).toMatchObject({ speed: 0.7 })
  })
})
describe('机器人外呼', () => {
  const name = { name: '问' }
  const robot = { id: 'ask', version: 1, name: '回访', use: 'robot' as const, start: 'q', language: 'zh', speed: 1, nodes: {
    q: { ...name, kind: 'collect' as const, say: [{ kind: 'text' as const, text: '{person}您好，满意请按一。' }], variable: 'satisfied', min: 1, max: 1, end: 'none' as const, secret: false, speech: false, tries: 2, waitMs: 3000, next: 'bye', none: 'bye' },
    bye: { ...name, kind: 'end' as const, say: [{ kind: 'text' as const, text: '再见' }], cause: 'normal' as const } } }
  const dialled = (to = '13900000009') => act({ kind: 'dialFlow', to, flow: 'ask', displayed: null, context: { person: '甲', task: 't1' } })
  beforeEach(() => begin({ flows: [robot] }))
  test('接听后带变量进入流程，从第一句起录音，按键随通话结束带回', () => {
    expect(dialled()).toMatchObject({ status: 200 })
    const call = calls()[0]
    const leg = call?.parties[0]?.leg ?? ''
    advance(bench, 2500)
    expect(calls()[0]).toMatchObject({ state: 'ivr', kind: 'robot', from: '12345' })
    expect(bench.media.heard.at(-1)?.sounds).toEqual([{ kind: 'text', text: '甲您好，满意请按一。', language: 'zh', speed: 1 }])
    expect(bench.media.recordings.size).toBe(1)
    bench.media.press(leg, '3')
    advance(bench, 5000)
    expect(told('flowVariables')).toEqual([{ flow: 'ask', values: { satisfied: '3' } }])
    expect(told('callEnded')[0]).toMatchObject({ cause: 'normal', by: 'exchange', context: { person: '甲', task: 't1', satisfied: '3' } })
    expect([bench.media.recordings.size, audit(bench.world)]).toEqual([0, []])
  })
  test('中途挂断是正常结束；占线、不存在的流程、禁拨和应急号码各有原因', () => {
    dialled()
    const leg = calls()[0]?.parties[0]?.leg ?? ''
    advance(bench, 2500)
    bench.media.farEnd(leg)
    advance(bench, 100)
    expect(told('callEnded')[0]).toMatchObject({ cause: 'normal', by: 'caller' })
    behaviour.set('13900000009', { kind: 'ends', afterMs: 300, cause: 'busy', status: 486 })
    dialled()
    advance(bench, 1000)
    expect(told('callEnded')[1]).toMatchObject({ cause: 'busy', answeredAt: null })
    expect(act({ kind: 'dialFlow', to: '13900000009', flow: 'main', displayed: null, context: {} })).toMatchObject({ status: 404 })
    expect(dialled('110')).toMatchObject({ status: 422 })
    expect(calls()).toEqual([])
  })
})
test('每个测试之后都没有卡住的座席和通话', () => {
  const agent = seat(1)
  talking(agent)
  expect(audit(bench.world)).toEqual([])
})
