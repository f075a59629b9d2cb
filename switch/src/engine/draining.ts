// Before an upgrade nothing new begins: calls from outside are told to go elsewhere, nobody dials, what runs ends by itself. Kept in memory
// only: a restart is the end of it.
import type { EngineAct } from '../engine-port.ts'
import { now } from './clock.ts'

/** Acts that would begin a call. */
const beginning: ReadonlySet<EngineAct['kind']> = new Set<EngineAct['kind']>(['dial', 'dialFlow', 'connectTwo', 'requestCallback'])
/** The carrier offers the call elsewhere, or again after so long. */
export const AWAY = { status: 503, reason: 'Going out of service' } as const

export type Drained = { draining: boolean, since: number | null, refused: number, calls: number }
export type Draining = { /** Whether an act must wait for the next exchange; counts it. */ refuses: (kind: EngineAct['kind'] | 'incoming') => boolean, begin: () => Drained, end: () => Drained, state: () => Drained }

/** `calls`: how many run; `tell` hears of each change. */
export function newDraining(calls: () => number, tell: (state: Drained) => void): Draining {
  let since: number | null = null
  let refused = 0
  const state = (): Drained => ({ draining: since !== null, since, refused, calls: calls() })
  function set(to: number | null): Drained {
    const changed = (since === null) !== (to === null)
    if (!changed) return state()
    since = to
    if (to !== null) refused = 0
    tell(state())
    return state()
  }
  return {
    refuses(kind) {
      if (since === null || (kind !== 'incoming' && !beginning.has(kind))) return false
      refused += 1
      return true
    },
    begin: () => set(now()), end: () => set(null), state,
  }
}
