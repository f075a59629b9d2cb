// Calls that sound bad, fall silent or are not recorded: who is told what, and when a call is given up.
import { beforeEach, expect, test } from 'vitest'
import type { MediaHappening } from '../media-port.ts'
import { aPolicy, aQueue } from '../simulate/city.ts'
import { type Bench, advance, newBench } from '../simulate/simulation.ts'
import { audit } from './audit.ts'

const agent = 'agent-01'
let bench: Bench
let call = ''
let caller = ''
beforeEach(() => {
  bench = newBench(aPolicy({ queues: [aQueue('general', { wrapUpSeconds: 0 }), aQueue('complaints')] }), { keep: true, behave: () => ({ kind: 'answers', afterMs: 1000 }) })
  bench.driver.feed({ kind: 'signIn', signIn: { agent, queues: ['general'], device: 'browser', answerMode: 'manual', remote: false, takeOver: false } })
  bench.driver.feed({ kind: 'desk', agent, what: { kind: 'microphone', on: true } })
  bench.driver.feed({ kind: 'desk', agent, what: { kind: 'offer', sdp: 'v=0' } })
  bench.driver.feed({ kind: 'command', callId: null, act: { kind: 'setState', agent, state: 'ready', minutes: null, reason: null } })
  caller = bench.media.incoming('13900000000', '12346')
  advance(bench, 50)
  call = bench.world.agents.get(agent)?.callId ?? ''
  bench.driver.feed({ kind: 'command', callId: call, act: { kind: 'answer', agent } })
  advance(bench, 50)
})
const told = (kind: string): Record<string, unknown>[] => bench.events.filter((e) => e.kind === kind).map((e) => e.data as Record<string, unknown>)
const tell = (happening: MediaHappening): void => void bench.driver.feed({ kind: 'media', happening })
const quality = (leg: string, rest: Partial<Extract<MediaHappening, { kind: 'quality' }>>): void => tell({ kind: 'quality', leg, lossPercent: 0, jitterMs: 2, delayMs: 40, level: -30, ...rest })
const hints = (): string[] => bench.desk.flatMap(({ message }) => (message.type === 'hint' ? [`${message.hint} ${message.detail}`.trim()] : []))
const own = (): string => bench.world.agents.get(agent)?.leg ?? ''

test('延迟超过上限：座席看到建议，技术人员每通电话只收到一次告警，好转后提示消失', () => {
  quality(caller, { delayMs: 2000 })
  quality(caller, { delayMs: 2100 })
  quality(caller, {})
  quality(caller, { delayMs: 1900 })
  quality(own(), { lossPercent: 30 })
  expect(hints()).toEqual(['lineBad far:delay', 'lineGood', 'lineBad far:delay', 'lineBad self:loss'])
  expect(told('alarm').map((e) => [e['alarm'], JSON.parse(String(e['detail']))])).toEqual([['callQuality', { trouble: 'delay', agent, lossPercent: 0, delayMs: 2000 }]])
})

test('每一方的最差值随通话保存，一方一次，不逐次上报', () => {
  quality(caller, { delayMs: 120, lossPercent: 3 })
  quality(caller, { jitterMs: 25 })
  quality(own(), { delayMs: 60 })
  expect(told('mediaQuality')).toEqual([])
  bench.media.farEnd(caller)
  advance(bench, 100)
  expect(told('mediaQuality').map((e) => [e['agent'], e['lossPercent'], e['jitterMs'], e['delayMs']]).toSorted()).toEqual([[null, 3, 25, 120], [agent, 0, 2, 60]].toSorted())
})

test('座席麦克风半分钟没有一点声音时提示检查耳麦；静音时不提示', () => {
  for (let i = 0; i < 5; i++) quality(own(), { level: -90 })
  expect(hints()).toEqual([])
  quality(own(), { level: -90 })
  expect(hints()).toEqual(['lineBad self:quiet'])
  expect(told('alarm')).toEqual([])
  quality(own(), {})
  bench.driver.feed({ kind: 'command', callId: call, act: { kind: 'mute', agent } })
  for (let i = 0; i < 9; i++) quality(own(), { level: -90 })
  expect(hints()).toEqual(['lineBad self:quiet', 'lineGood'])
})

test('线路不来声音：告警并提示座席，对端仍应答则再等 30 秒后释放，诉求人列入待回电；声音回来则继续', () => {
  tell({ kind: 'media', leg: caller, state: 'lost' })
  expect(told('alarm')).toMatchObject([{ alarm: 'mediaLost' }])
  expect(hints()).toEqual(['lineBad far:noSound'])
  advance(bench, 20_000)
  tell({ kind: 'media', leg: caller, state: 'back' })
  advance(bench, 60_000)
  expect([hints().at(-1), bench.world.calls.size]).toEqual(['lineGood', 1])
  tell({ kind: 'media', leg: caller, state: 'lost' })
  advance(bench, 29_000)
  expect(bench.world.calls.size).toBe(1)
  advance(bench, 2000)
  expect(told('callEnded')).toMatchObject([{ cause: 'lostSound', by: 'media' }])
  expect(bench.world.agents.get(agent)?.state).toBe('ready')
  expect(audit(bench.world)).toEqual([])
})

test('对端已不应答：探测失败立即释放，座席空闲', () => {
  tell({ kind: 'media', leg: caller, state: 'lost' })
  tell({ kind: 'probed', leg: caller, alive: false })
  expect(told('callEnded')).toMatchObject([{ cause: 'lostSound' }])
  expect(bench.world.agents.get(agent)?.state).toBe('ready')
})

test('录音中断：座席看到本通没有录音，通话继续', () => {
  const recording = [...bench.media.recordings.keys()][0] ?? ''
  tell({ kind: 'recording', recording, state: 'failed', reason: 'ENOSPC' })
  expect(hints()).toEqual(['notRecorded'])
  expect(bench.world.calls.get(call)?.state).toBe('talking')
})
