// What callers, agents, leaders and misfortune do at random in a simulation.
import type { Policy } from '../engine-port.ts'
import type { WorldAct } from '../control/acts.ts'
import type { Bench } from './simulation.ts'

type Random = () => number
const oneOf = <T>(random: Random, list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)]

/** Does one random thing. Returns `call` when a new call came in. */
export function randomAct(bench: Bench, random: Random, options: { faults: boolean, policy: Policy }): string {
  const x = random()
  if (x < 0.22) return caller(bench, random)
  if (x < 0.34) return keys(bench, random)
  if (x < 0.42) return callerGone(bench, random)
  if (x < 0.90) return agentActs(bench, random, options.policy)
  if (x < 0.94) return leader(bench, random, options.policy)
  return options.faults ? misfortune(bench, random) : 'nothing'
}

function caller(bench: Bench, random: Random): string {
  const number = `139${String(Math.floor(random() * 1e8)).padStart(8, '0')}`
  bench.media.incoming(number, random() < 0.5 ? '12345' : '12346')
  return 'call'
}
const callerLegs = (bench: Bench): string[] => [...bench.world.calls.values()].flatMap((c) => c.parties.filter((p) => p.agent === null && p.state !== 'ended').map((p) => p.leg))
function keys(bench: Bench, random: Random): string {
  const leg = oneOf(random, callerLegs(bench))
  if (leg) bench.media.press(leg, oneOf(random, [...'0123459*#']) ?? '1')
  return 'key'
}
function callerGone(bench: Bench, random: Random): string {
  const leg = oneOf(random, callerLegs(bench))
  if (leg) bench.media.farEnd(leg, random() < 0.1 ? 'mediaLost' : 'normal')
  return 'gone'
}

function signIn(bench: Bench, random: Random, policy: Policy): void {
  const agent = oneOf(random, policy.agents)
  if (!agent || bench.world.agents.has(agent.id)) return
  const device = random() < 0.75 ? 'browser' : 'phone'
  bench.driver.feed({ kind: 'signIn', signIn: { agent: agent.id, queues: agent.queues.map((q) => q.queue), device, answerMode: random() < 0.5 ? 'automatic' : 'manual', remote: false, takeOver: false } })
  if (device === 'browser') {
    bench.driver.feed({ kind: 'desk', agent: agent.id, what: { kind: 'microphone', on: true } })
    bench.driver.feed({ kind: 'desk', agent: agent.id, what: { kind: 'offer', sdp: 'v=0' } })
  }
  command(bench, null, { kind: 'setState', agent: agent.id, state: 'ready', minutes: null, reason: null })
}
const command = (bench: Bench, callId: string | null, act: WorldAct): void => { bench.driver.feed({ kind: 'command', callId, act }) }

function agentActs(bench: Bench, random: Random, policy: Policy): string {
  if (bench.world.agents.size < policy.agents.length * 0.8 || random() < 0.02) signIn(bench, random, policy)
  const agent = oneOf(random, [...bench.world.agents.values()])
  if (!agent) return 'nobody'
  const id = agent.id
  const other = oneOf(random, policy.agents)
  const targets = [{ kind: 'queue', queue: 'general' }, { kind: 'queue', queue: 'complaints' }, { kind: 'agent', agent: other?.id ?? id }, { kind: 'extension', extension: other?.extension ?? '8001' }, { kind: 'number', number: '13800000000' }, { kind: 'number', number: '120' }] as const
  const to = oneOf(random, targets) ?? targets[0]
  if (agent.callId === null) {
    const x = random()
    if (x < 0.5) command(bench, null, { kind: 'setState', agent: id, state: 'ready', minutes: null, reason: null })
    else if (x < 0.58) command(bench, null, { kind: 'setState', agent: id, state: oneOf(random, ['busy', 'break', 'away'] as const) ?? 'busy', minutes: random() * 3, reason: null })
    else if (x < 0.70) command(bench, null, { kind: 'dial', agent: id, to, displayed: null, context: {} })
    else if (x < 0.76) command(bench, null, { kind: 'pickUp', agent: id, extension: null })
    else if (x < 0.82) command(bench, null, { kind: 'unpark', agent: id, slot: oneOf(random, [...bench.world.slots.keys()]) ?? 1 })
    else if (x < 0.86) command(bench, null, { kind: 'signOut', agent: id })
    else if (x < 0.92) {
      const passed = [...bench.world.calls.values()].find((c) => c.transfer?.from === id)
      if (passed) command(bench, passed.id, { kind: 'retrieve', agent: id })
    } else command(bench, null, { kind: 'finishWrapUp', agent: id })
    return 'agent'
  }
  const callId = agent.callId
  if (agent.state === 'ringing') {
    const x = random()
    if (x < 0.75) command(bench, callId, { kind: 'answer', agent: id })
    else if (x < 0.85) command(bench, callId, { kind: 'reject', agent: id, reason: null })
    return 'agent'
  }
  const acts: WorldAct[] = [
    { kind: 'hangUp', agent: id }, { kind: 'hangUp', agent: id }, { kind: 'hangUp', agent: id }, { kind: 'hold', agent: id }, { kind: 'resume', agent: id }, { kind: 'mute', agent: id }, { kind: 'unmute', agent: id }, { kind: 'transfer', agent: id, to, reason: null, context: {} },
    { kind: 'consult', agent: id, to, context: {} }, { kind: 'consultComplete', agent: id }, { kind: 'consultCancel', agent: id }, { kind: 'consultJoin', agent: id }, { kind: 'invite', agent: id, to }, { kind: 'park', agent: id }, { kind: 'survey', agent: id, flow: 'survey' }, { kind: 'toVoicemail', agent: id, box: 'box' },
    { kind: 'dropParty', agent: id, legId: oneOf(random, bench.world.calls.get(callId)?.parties ?? [])?.leg ?? '' }, { kind: 'sendDigits', agent: id, digits: '1' }, { kind: 'setState', agent: id, state: 'busy', minutes: null, reason: null },
  ]
  const it = oneOf(random, acts)
  if (it) command(bench, it.kind === 'hangUp' && random() < 0.3 ? agent.consultId ?? callId : callId, it)
  return 'agent'
}

function leader(bench: Bench, random: Random, policy: Policy): string {
  const by = oneOf(random, policy.agents)?.id ?? ''
  const call = oneOf(random, [...bench.world.calls.keys()])
  const agent = oneOf(random, [...bench.world.agents.keys()])
  const kind = oneOf(random, ['listen', 'whisper', 'bargeIn', 'forceIn', 'takeOver', 'stopIntervention', 'forceOut'] as const) ?? 'listen'
  const x = random()
  if (x < 0.75) command(bench, call ?? null, { kind, by, reason: null })
  else if (!agent) return 'leader'
  else if (x < 0.83) command(bench, null, { kind: 'forceBusy', agent, by, reason: 'sim' })
  else if (x < 0.93) command(bench, null, { kind: 'releaseForced', agent, by, reason: null })
  else if (x < 0.96) command(bench, null, { kind: 'forceSignOut', agent, by, reason: 'sim', standby: oneOf(random, policy.agents)?.id ?? null, lock: false })
  else if (x < 0.98) command(bench, null, { kind: 'requestCallback', queue: 'general', number: '13900000001', context: {} })
  else command(bench, null, { kind: 'connectTwo', first: '13900000002', second: '13900000003', displayed: null, context: {} })
  return 'leader'
}

/** Pages die, reload, freeze; legs end; media goes and comes. */
function misfortune(bench: Bench, random: Random): string {
  const agent = oneOf(random, [...bench.world.agents.values()])
  if (!agent) return 'nothing'
  const x = random()
  if (x < 0.3) {
    bench.driver.feed({ kind: 'desk', agent: agent.id, what: { kind: 'lost' } })
    if (agent.leg && agent.device === 'browser' && random() < 0.7) bench.media.farEnd(agent.leg, 'mediaLost')
  } else if (x < 0.75) {
    const lost = [...bench.world.agents.values()].find((a) => !a.connected) ?? agent
    bench.driver.feed({ kind: 'desk', agent: lost.id, what: { kind: 'back' } })
    bench.driver.feed({ kind: 'desk', agent: lost.id, what: { kind: 'microphone', on: true } })
    bench.driver.feed({ kind: 'desk', agent: lost.id, what: { kind: 'offer', sdp: 'v=0' } })
  } else if (x < 0.85 && agent.leg) bench.media.farEnd(agent.leg, 'mediaLost')
  else if (agent.leg) bench.media.tell({ kind: 'media', leg: agent.leg, state: random() < 0.5 ? 'lost' : 'back' })
  return 'misfortune'
}
