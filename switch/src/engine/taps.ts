// Sound of running calls for recognition: what the recording hears, frame by frame, to whoever opened `/tap`. Oldest frames are dropped first; media is never held up.
import type { WebSocket } from 'ws'
import type { Call } from '../control/call.ts'
import type { MediaOrder, TapFrame } from '../media-port.ts'
import { newId, now } from './clock.ts'

/** Frames that wait for a slow listener: five seconds of both sides. */
const MOST_WAITING = 500
const BUSY_BYTES = 64_000
/** Speaker (0 citizen, 1 agent), milliseconds on the call's time line (u32, little endian), then s16le at 8 kHz. */
export const TAP_HEAD = 5

type Tap = { id: string, tenant: string, call: string, socket: WebSocket, sides: string, citizen: Set<string>, begun: number, waiting: Buffer[] }
export type Taps = ReturnType<typeof newTaps>

/** @param callOf the running call of a tenant */
export function newTaps(order: (order: MediaOrder) => void, callOf: (tenant: string, id: string) => Call | undefined) {
  const taps = new Map<string, Tap>()
  let dropped = 0

  function follow(tap: Tap, call: Call): void {
    // Held, between segments, and in announcements nothing is recorded, and nothing is told.
    const sides = call.recording?.box === null ? call.recording.sides : ''
    if (sides === tap.sides) return
    tap.sides = sides
    const [left = [], right = []] = sides === '' ? [] : JSON.parse(sides) as string[][]
    tap.citizen = new Set(left)
    order({ kind: 'tap', tap: tap.id, call: call.id, legs: [...left, ...right] })
  }
  function flush(tap: Tap): void {
    while (tap.waiting.length > 0 && tap.socket.readyState === 1 && tap.socket.bufferedAmount < BUSY_BYTES) tap.socket.send(tap.waiting.shift() ?? '')
  }
  return {
    /** Begins to tell; ends with the call or the socket. False where there is no such call. */
    open(tenant: string, id: string, socket: WebSocket): boolean {
      const call = callOf(tenant, id)
      if (!call) return false
      const tap: Tap = { id: newId(), tenant, call: id, socket, sides: 'none', citizen: new Set(), begun: now() - call.startedAt, waiting: [] }
      taps.set(tap.id, tap)
      socket.on('error', () => {})
      socket.on('close', () => { if (taps.delete(tap.id)) order({ kind: 'stopTap', tap: tap.id }) })
      follow(tap, call)
      return true
    },
    changed(tenant: string, done: { calls: Iterable<Call>, ended: Iterable<Call> }): void {
      if (taps.size === 0) return
      const ended = new Set([...done.ended].map((one) => one.id))
      const calls = new Map([...done.calls].map((one) => [one.id, one]))
      for (const tap of taps.values()) {
        if (tap.tenant !== tenant) continue
        const call = calls.get(tap.call)
        if (ended.has(tap.call)) tap.socket.close(1000, 'ended')
        else if (call) follow(tap, call)
      }
    },
    frame(frame: TapFrame): void {
      const tap = taps.get(frame.tap)
      if (!tap) return
      const head = Buffer.alloc(TAP_HEAD)
      head.writeUInt8(tap.citizen.has(frame.leg) ? 0 : 1, 0)
      head.writeUInt32LE(tap.begun + frame.offsetMs, 1)
      tap.waiting.push(Buffer.concat([head, frame.pcm]))
      if (tap.waiting.length > MOST_WAITING) { tap.waiting.shift(); dropped += 1 }
      flush(tap)
    },
    figures: (): Record<string, number> => ({ taps: taps.size, tap_frames_dropped_total: dropped }),
  }
}
