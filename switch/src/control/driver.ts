// Drives one tenant's world: feeds inputs, keeps its timers, and hands out effects. The same in the exchange and in simulations; only time and media differ.
import type { EventData, EventKind, ToDesk } from '../engine-port.ts'
import type { MediaOrder } from '../media-port.ts'
import { type Input, type Reduced, reduce } from './reduce.ts'
import { newTimers } from './timers.ts'
import type { Answer, Effect, World } from './world.ts'

export type Surroundings = {
  now: () => number
  order: (order: MediaOrder) => void
  event: (callId: string | null, kind: EventKind, data: EventData<EventKind>) => void
  desk: (agent: string, message: ToDesk) => void
  http: (request: Extract<Effect, { to: 'http' }>) => void
  /** After every step: what to journal and to show. Called before its effects are handed out. */
  changed: (reduced: Reduced) => void
}
export type Driver = { world: World, feed: (input: Input) => Answer | null, /** ms, null without any */ nextDue: () => number | null, runDue: () => void }

const earliest = (timers: Readonly<Record<string, number>> | undefined): number | null => {
  const times = Object.values(timers ?? {})
  return times.length > 0 ? Math.min(...times) : null
}

/** Drives `world`. Inputs that arrive while effects are handed out wait their turn. */
export function newDriver(world: World, around: Surroundings): Driver {
  const timers = newTimers()
  const waiting: Input[] = []
  let busy = false
  const watch = (): void => {
    for (const call of world.calls.values()) timers.set(`call ${call.id}`, earliest(call.timers))
    for (const agent of world.agents.values()) timers.set(`agent ${agent.id}`, earliest(agent.timers))
    for (const callback of world.callbacks.values()) timers.set(`callback ${callback.id}`, callback.call === null ? callback.nextAt : null)
  }
  const one = (input: Input): Answer | null => {
    const done = reduce(world, input, around.now())
    for (const call of done.calls) timers.set(`call ${call.id}`, earliest(call.timers))
    for (const call of done.ended) timers.set(`call ${call.id}`, null)
    for (const { id } of done.agents) timers.set(`agent ${id}`, earliest(world.agents.get(id)?.timers))
    for (const { id, callback } of done.callbacks) timers.set(`callback ${id}`, callback && callback.call === null && callback.nextAt > around.now() ? callback.nextAt : null)
    around.changed(done)
    for (const effect of done.effects) {
      if (effect.to === 'media') around.order(effect.order)
      else if (effect.to === 'event') around.event(effect.callId, effect.kind, effect.data)
      else if (effect.to === 'desk') around.desk(effect.agent, effect.message)
      else around.http(effect)
    }
    return done.answer
  }
  watch()
  const feed = (input: Input): Answer | null => {
    if (busy) { waiting.push(input); return null }
    busy = true
    try {
      const answer = one(input)
      for (let next = waiting.shift(); next; next = waiting.shift()) one(next)
      return answer
    } finally {
      busy = false
    }
  }
  return {
    world, feed,
    nextDue: timers.next,
    runDue() {
      for (const key of timers.due(around.now())) {
        const [of, id = ''] = key.split(' ', 2)
        if (of === 'call' || of === 'agent' || of === 'callback') feed({ kind: 'due', of, id })
      }
    },
  }
}
