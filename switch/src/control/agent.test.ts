import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Agent, type AgentInput, inCallStates, rungNow, stepAgent, viewAgent } from './agent.ts'

const fresh: Agent = { id: 'a', sessionId: 's', state: 'busy', since: 0, reason: null, until: null, callId: null, consultId: null, leg: 'l', device: 'browser', connected: true, microphone: true, lostAt: null, queues: [], answerMode: 'manual', remote: false, missed: 0, next: null, before: 'busy', callsToday: 0, talkMsToday: 0, day: 0, talkSince: null, idleSince: 0, timers: {} }
const input: fc.Arbitrary<AgentInput> = fc.oneof(
  fc.record({ kind: fc.constantFrom('reserve' as const, 'dial' as const, 'callIs' as const), call: fc.constantFrom('c1', 'c2') }),
  fc.record({ kind: fc.constantFrom('ring' as const, 'talk' as const, 'withdrawn' as const, 'wrapUpOver' as const, 'breakOver' as const, 'release' as const, 'deskLost' as const, 'deskLostLong' as const, 'deskBack' as const) }),
  fc.record({ kind: fc.constant('missed' as const), limit: fc.integer({ min: 1, max: 3 }) }), fc.record({ kind: fc.constant('failed' as const), reason: fc.constant('x') }),
  fc.record({ kind: fc.constant('callOver' as const), wrapUpMs: fc.constantFrom(0, 10_000) }), fc.record({ kind: fc.constant('force' as const), reason: fc.constant('x') }),
  fc.record({ kind: fc.constant('ask' as const), state: fc.constantFrom('ready' as const, 'busy' as const, 'break' as const, 'away' as const, 'wrapUp' as const), until: fc.constantFrom(null, 99), reason: fc.constant(null) }),
)

test('无论发生什么、以什么次序发生，有通话和处于通话状态总是同一回事', () => {
  fc.assert(fc.property(fc.array(input, { maxLength: 60 }), (inputs) => {
    let agent = fresh
    for (const [now, one] of inputs.entries()) {
      const before = structuredClone(agent)
      const done = stepAgent(agent, one, now)
      expect(agent).toEqual(before)
      if ('refused' in done) continue
      agent = done.agent
      expect(inCallStates.has(agent.state)).toBe(agent.callId !== null)
      expect(agent.state === 'talking').toBe(agent.talkSince !== null)
    }
  }), { numRuns: 3000 })
})
test('每个通话状态都能回到空闲：通话结束总被接受', () => {
  fc.assert(fc.property(fc.array(input, { maxLength: 40 }), (inputs) => {
    let agent = fresh
    for (const one of inputs) { const done = stepAgent(agent, one, 1); if ('agent' in done) agent = done.agent }
    if (agent.callId === null) return
    const done = stepAgent(agent, { kind: 'callOver', wrapUpMs: 0 }, 2)
    expect('agent' in done && done.agent.callId).toBeNull()
  }))
})
const steps = (...inputs: AgentInput[]): Agent => inputs.reduce((agent, one) => { const done = stepAgent(agent, one, 5); return 'agent' in done ? done.agent : agent }, fresh)
const ready: AgentInput = { kind: 'ask', state: 'ready', until: null, reason: null }

test('连续两次未接转为强制示忙并写明原因，本人可以恢复', () => {
  const missed: AgentInput[] = [{ kind: 'reserve', call: 'c' }, { kind: 'ring' }, { kind: 'missed', limit: 2 }]
  expect(steps(ready, ...missed)).toMatchObject({ state: 'ready', missed: 1 })
  expect(steps(ready, ...missed, ...missed)).toMatchObject({ state: 'forcedBusy', reason: 'missedRings' })
  expect(steps(ready, ...missed, ...missed, ready)).toMatchObject({ state: 'ready', missed: 0 })
})
test('示忙的座席不接来电但可以外拨，拨完仍是示忙', () => {
  expect(steps({ kind: 'reserve', call: 'c' }).callId).toBeNull()
  expect(steps({ kind: 'dial', call: 'c' })).toMatchObject({ state: 'dialling' })
  expect(steps({ kind: 'dial', call: 'c' }, { kind: 'callOver', wrapUpMs: 0 })).toMatchObject({ state: 'busy' })
})
test('小休超时转为示忙', () => {
  expect(steps(ready, { kind: 'ask', state: 'break', until: 60, reason: null }, { kind: 'breakOver' })).toMatchObject({ state: 'busy', reason: 'breakOver' })
})
test('通话中要求的示忙、强制示忙在挂断后生效，强制的不能由本人解除', () => {
  const talking: AgentInput[] = [ready, { kind: 'reserve', call: 'c' }, { kind: 'ring' }, { kind: 'talk' }]
  expect(steps(...talking, { kind: 'ask', state: 'busy', until: null, reason: null }, { kind: 'callOver', wrapUpMs: 10 })).toMatchObject({ state: 'busy' })
  const forced = steps(...talking, { kind: 'force', reason: '设备故障' }, { kind: 'callOver', wrapUpMs: 10 })
  expect(forced).toMatchObject({ state: 'forcedBusy', reason: '设备故障' })
  expect(stepAgent(forced, ready, 9)).toEqual({ refused: 'forced' })
})
test('没有麦克风不能示闲', () => {
  expect(stepAgent({ ...fresh, microphone: false }, ready, 1)).toEqual({ refused: 'notConnected' })
})
test('通话中麦克风没了：挂断或整理后示忙并写明，不显示示闲', () => {
  const talking = steps(ready, { kind: 'reserve', call: 'c' }, { kind: 'ring' }, { kind: 'talk' })
  const over = (wrapUpMs: number): Agent => { const done = stepAgent({ ...talking, microphone: false }, { kind: 'callOver', wrapUpMs }, 9); return 'agent' in done ? done.agent : talking }
  expect(over(0)).toMatchObject({ state: 'busy', reason: 'noMicrophone' })
  expect(stepAgent(over(10), { kind: 'wrapUpOver' }, 10)).toMatchObject({ agent: { state: 'busy', reason: 'noMicrophone' } })
})
test('示闲却不能振铃的原因显示出来：页面、麦克风、声音、队列，缺一样就不算空闲', () => {
  const idle: Agent = { ...fresh, state: 'ready', queues: ['q'] }
  expect([idle, { ...idle, connected: false }, { ...idle, microphone: false }, { ...idle, leg: null }, { ...idle, lostAt: 3 }, { ...idle, queues: [] }, { ...idle, state: 'busy' as const, leg: null }].map((a) => [viewAgent(a).lacks, rungNow(a)]))
    .toEqual([[null, true], ['page', false], ['microphone', false], ['sound', false], ['sound', false], ['queue', false], [null, false]])
})
