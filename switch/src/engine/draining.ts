// Before an upgrade nothing new begins: calls from outside are told to go elsewhere, nobody dials, what runs ends by itself. Kept in memory
// only: a restart is the end of it.
import type { EngineAct } from '../engine-port.ts'
import { now } from './clock.ts'

/** Acts that would begin a call. */
const beginning: ReadonlySet<EngineAct['kind']> = new Set<EngineAct['kind']>(['dial', 'dialFlow', 'connectTwo', 'requestCallback'])
/** The carrier offers the call elsewhere, or again after so long. */
export const AWAY = { status: 503, reason: 'Going out of service' } as const

export type Drained = { draining: boolean, since: number | null, refused: number, calls: number }
export type Draining = { on: () => boolean, /** Whether an act must wait for the next exchange; counts it. */ refuses: (kind: EngineAct['kind'] | 'incoming') => boolean, begin: () => boolean, end: () => boolean, state: (calls: number) => Drained }

export function newDraining(): Draining {
  let since: number | null = null
  let refused = 0
  return {
    on: () => since !== null,
    refuses(kind) {
      if (since === null || (kind !== 'incoming' && !beginning.has(kind))) return false
      refused += 1
      return true
    },
    begin() {
      if (since !== null) return false
      since = now()
      refused = 0
      return true
    },
    end() {
      if (since === null) return false
      since = null
      return true
    },
    state: (calls) => ({ draining: since !== null, since, refused, calls }),
  }
}
