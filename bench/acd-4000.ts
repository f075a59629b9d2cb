// Four thousand seats and four thousand waiting calls in one world of the control: how long each change of state takes on one core. Pure reducer over virtual media, no network, no journal.
import { aPolicy, anAgent, aQueue } from '../switch/src/simulate/city.ts'
import { advance, newBench, randomOf, type Bench } from '../switch/src/simulate/simulation.ts'
import { audit } from '../switch/src/control/audit.ts'
import type { Input } from '../switch/src/control/reduce.ts'
import { figure, least, most, percentile, writeResult } from './result.ts'

const SEATS = 4000
const WAITING = 4000
/** One queue for all is the worst case of the order; a hotline of this size has groups. Both are measured. */
const LAYOUTS = { 'one queue': 1, 'twenty queues': 20 }
const MINUTES = 3

type Run = { changes: number[]; offered: number; waiting: number; talking: number; virtualMs: number; realMs: number; findings: number }

export function benchAcd4000(): Promise<void> {
  const runs = Object.entries(LAYOUTS).map(([name, queues]) => [name, run(queues)] as const)
  writeResult('acd-4000', {
    command: 'npm run bench -- acd-4000', base: `${SEATS} seats signed in, ${SEATS} calls talked, ${WAITING} calls waiting; virtual time`,
    metrics: Object.fromEntries(runs.flatMap(([name, one]) => [
      [`${name}: state change p50`, figure(percentile(one.changes, 50), 'ms')], [`${name}: state change p99`, most(percentile(one.changes, 99), 'ms', 50)], [`${name}: slowest`, figure(Math.max(...one.changes), 'ms')],
      [`${name}: seats talking at the start`, least(one.talking, 'seats', SEATS)], [`${name}: calls waiting at the start`, least(one.waiting, 'calls', WAITING)], [`${name}: changes measured`, figure(one.changes.length, 'changes')], [`${name}: calls given to seats`, figure(one.offered, 'calls')],
      [`${name}: findings of the audit`, most(one.findings, 'findings', 0)], [`${name}: virtual time over real time`, least(one.virtualMs / one.realMs, 'times', 1)],
    ])),
    notes: ['a change is one input of the reducer with all that follows from it: hang-up, arrival, answer, end of wrap-up, announcement of the position, overflow look; timers due in the same millisecond count as one', `measured over ${MINUTES} virtual minutes: each second thirteen calls end, thirteen come, two callers give up`],
  })
  return Promise.resolve()
}

function run(queues: number): Run {
  const random = randomOf(4000)
  const names = Array.from({ length: queues }, (_, i) => `queue-${i + 1}`)
  const policy = aPolicy({
    queues: names.map((id) => aQueue(id, { strategies: [{ pick: 'lastAgent', afterSeconds: 0 }, { pick: 'longestIdle', afterSeconds: 0 }] })), agents: Array.from({ length: SEATS }, (_, i) => anAgent(i + 1, [names[i % queues] ?? '', names[(i + 1) % queues] ?? ''].slice(0, Math.min(2, queues)))),
    serviceNumbers: names.map((id, i) => ({ number: String(20_001 + i), label: id, to: { queue: id }, displayed: null })), voicemailBoxes: [],
  })
  const bench = newBench(policy)
  for (const { id } of policy.agents) sits(bench, id)
  let number = 0
  const arrives = (): void => void bench.media.incoming(`139${String(++number).padStart(8, '0')}`, String(20_001 + (number % queues)))
  for (let i = 0; i < SEATS + WAITING; i++) {
    arrives()
    if (i % 100 === 0) advance(bench, 100)
  }
  advance(bench, 10_000)
  const stand = () => ({ talking: count(bench, 'talking'), waiting: count(bench, 'queued') })
  const start = stand()
  const measured = measure(bench)
  const began = performance.now()
  const from = bench.clock.now()
  let offered = 0
  for (let second = 0; second < MINUTES * 60; second++) {
    for (let i = 0; i < 13; i++) arrives()
    const calls = [...bench.world.calls.values()]
    for (const [state, many] of [['talking', 13], ['queued', 2]] as const) {
      const some = calls.filter((call) => call.state === state)
      for (let i = 0; i < many; i++) {
        const leg = some[Math.floor(random() * some.length)]?.parties.find((p) => p.agent === null)?.leg
        if (leg) { bench.media.farEnd(leg); if (state === 'talking') offered += 1 }
      }
    }
    advance(bench, 1000)
  }
  return { ...start, changes: measured, offered, virtualMs: bench.clock.now() - from, realMs: performance.now() - began, findings: audit(bench.world).length }
}

function sits(bench: Bench, agent: string): void {
  const feed = (input: Input): void => void bench.driver.feed(input)
  feed({ kind: 'signIn', signIn: { agent, queues: [...(bench.world.index?.agents.get(agent)?.queues ?? [])].map((q) => q.queue), device: 'browser', answerMode: 'automatic', remote: false, takeOver: false } })
  feed({ kind: 'desk', agent, what: { kind: 'microphone', on: true } })
  feed({ kind: 'desk', agent, what: { kind: 'offer', sdp: 'v=0' } })
  feed({ kind: 'command', callId: null, act: { kind: 'setState', agent, state: 'ready', minutes: null, reason: null } })
}

const count = (bench: Bench, state: string): number => [...bench.world.calls.values()].filter((call) => call.state === state).length

/** From here on each input is timed. */
function measure(bench: Bench): number[] {
  const times: number[] = []
  const { driver } = bench
  bench.driver = { ...driver, feed: (input) => timed(() => driver.feed(input)), runDue: () => ((driver.nextDue() ?? Infinity) <= bench.clock.now() ? timed(driver.runDue) : undefined) }
  const timed = <T>(act: () => T): T => {
    const began = performance.now()
    const result = act()
    times.push(performance.now() - began)
    return result
  }
  return times
}
