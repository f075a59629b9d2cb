// What must always hold between calls, agents, legs and queues. Tests fail on a finding; the exchange counts it, tells it and heals it.
import { inCallStates } from './agent.ts'
import { pending, up } from './call.ts'
import type { World } from './world.ts'

export type Finding = { what: 'stuckAgent' | 'zombieCall' | 'lostWaiting' | 'strayLeg' | 'badMove', id: string, detail: string }

/** Looks through a world. `now` and limits only serve to call a state too old. */
export function audit(w: World): Finding[] {
  const found: Finding[] = []
  for (const a of w.agents.values()) {
    if (inCallStates.has(a.state) !== (a.callId !== null)) found.push({ what: 'stuckAgent', id: a.id, detail: `${a.state} with call ${a.callId ?? 'none'}` })
    for (const id of [a.callId, a.consultId]) {
      if (id === null) continue
      const call = w.calls.get(id)
      if (!call) found.push({ what: 'stuckAgent', id: a.id, detail: `${a.state} in ended call ${id}` })
      else if (!call.parties.some((p) => p.agent === a.id && p.state !== 'ended')) found.push({ what: 'stuckAgent', id: a.id, detail: `${a.state}, but no party of call ${id} (${call.state})` })
    }
    if ((a.state === 'wrapUp' && a.until !== null && a.timers.wrapUp === undefined) || (a.state === 'break' && a.until !== null && a.timers.break === undefined)) found.push({ what: 'stuckAgent', id: a.id, detail: `${a.state} without an end` })
    if (!a.connected && a.timers.grace === undefined && a.timers.seatLost === undefined) found.push({ what: 'stuckAgent', id: a.id, detail: 'lost without an end' })
  }
  for (const call of w.calls.values()) {
    const zombie = (detail: string): void => { found.push({ what: 'zombieCall', id: call.id, detail: `${call.state}: ${detail}` }) }
    if (call.state === 'ended') zombie('still in the world')
    if (Object.keys(call.timers).length === 0) zombie('no timer')
    if (up(call).length === 0 && pending(call).length === 0) zombie('nobody there')
    if (call.state === 'queued' && (!call.queue || !w.queues.get(call.queue.queue)?.waiting.includes(call.id))) found.push({ what: 'lostWaiting', id: call.id, detail: 'waits in no queue' })
    if (call.state === 'ringing' && !pending(call).some((p) => p.purpose === 'offer' || p.purpose === 'transfer')) zombie('rings nobody')
    if (call.state === 'talking' && up(call).length < 2 && pending(call).length === 0) zombie(`talks alone: ${call.parties.map((p) => `${p.role} ${p.purpose} ${p.state}`).join(', ')}`)
    for (const p of call.parties) {
      if (p.agent === null || p.state === 'ended') continue
      const a = w.agents.get(p.agent)
      if (!a || (a.callId !== call.id && a.consultId !== call.id)) zombie(`party of ${p.agent}, who is ${a?.state ?? 'signed out'} in ${a?.callId ?? 'no call'}`)
    }
  }
  for (const [id, queue] of w.queues) for (const call of queue.waiting) if (w.calls.get(call)?.queue?.queue !== id) found.push({ what: 'lostWaiting', id: call, detail: `in queue ${id} and gone` })
  for (const [leg, at] of w.legs) {
    const there = at.startsWith('@') ? w.agents.get(at.slice(1))?.leg === leg : w.calls.get(at)?.parties.some((p) => p.leg === leg && p.state !== 'ended')
    if (!there) found.push({ what: 'strayLeg', id: leg, detail: `of ${at}` })
  }
  for (const [slot, call] of w.slots) if (w.calls.get(call)?.slot !== slot) found.push({ what: 'lostWaiting', id: call, detail: `slot ${slot}` })
  for (const back of w.callbacks.values()) if (back.call !== null && !w.calls.has(back.call)) found.push({ what: 'lostWaiting', id: back.id, detail: `call-back in ended call ${back.call}` })
  for (const bad of w.badMoves) found.push({ what: 'badMove', id: bad.split(':')[0] ?? '', detail: bad })
  return found
}
