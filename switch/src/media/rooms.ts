// Who hears whom. One source is relayed packet by packet; several, or a sound over them, are mixed by the clock.
import type { MediaOrder } from '../media-port.ts'
import { FRAME, TO_ALAW } from '../rtp/g711.ts'
import type { Leg, Source } from './leg.ts'

type Mix = Extract<MediaOrder, { kind: 'mix' }>

export function createRooms(legOf: (id: string) => Leg | undefined) {
  const rooms = new Map<string, string[]>()

  function leave(leg: Leg): void {
    if (leg.room === null) return
    const left = (rooms.get(leg.room) ?? []).filter((id) => id !== leg.id)
    if (left.length > 0) rooms.set(leg.room, left)
    else rooms.delete(leg.room)
    leg.room = null
    hear(leg, [])
    for (const id of left) {
      const other = legOf(id)
      if (other) hear(other, heardBy(other).filter((one) => one !== leg))
    }
  }

  const sources = new Map<Leg, Leg[]>()
  const heardBy = (leg: Leg): Leg[] => sources.get(leg) ?? []

  function hear(leg: Leg, heard: Leg[]): void {
    for (const one of heardBy(leg)) one.relayTo = one.relayTo.filter((to) => to !== leg)
    if (heard.length > 0) sources.set(leg, heard)
    else sources.delete(leg)
    wire(leg)
  }

  /** Chooses relay or mix; again when a sound over the room begins or ends. */
  function wire(leg: Leg): void {
    const heard = heardBy(leg)
    for (const one of heard) one.relayTo = one.relayTo.filter((to) => to !== leg)
    const [only] = heard
    const relayed = heard.length === 1 && only !== undefined && leg.playing?.mode !== 'over' && !leg.echo
    leg.relayed = relayed
    leg.hears = relayed || heard.length === 0 ? null : heard
    if (relayed) only.relayTo = [...only.relayTo, leg]
    leg.restart()
  }

  return {
    mix({ room, members }: Mix): void {
      for (const id of rooms.get(room) ?? []) {
        const leg = legOf(id)
        if (leg && !members.some((one) => one.leg === id)) leave(leg)
      }
      const present: { leg: Leg; hears: string[] }[] = []
      for (const { leg: id, hears } of members) {
        const leg = legOf(id)
        if (!leg) continue
        if (leg.room !== null && leg.room !== room) leave(leg)
        leg.room = room
        present.push({ leg, hears })
      }
      if (present.length === 0) return void rooms.delete(room)
      rooms.set(room, present.map((one) => one.leg.id))
      for (const { leg, hears } of present) {
        const heard = hears.filter((id) => id !== leg.id).map((id) => legOf(id)).filter((one) => one !== undefined).filter((one) => one.room === room)
        const before = heardBy(leg)
        if (heard.length !== before.length || heard.some((one, i) => one !== before[i])) hear(leg, heard)
      }
    },
    wire,
    leave,
    get size() {
      return rooms.size
    },
  }
}

const sum = new Int32Array(FRAME)

/** Adds the tick's sound of legs, and of `over` if given, into A-law. */
export function mixInto(out: Uint8Array, legs: readonly Source[], tick: number, over: Int16Array | null): void {
  sum.fill(0)
  for (const leg of legs) {
    const samples = leg.samples(tick)
    for (let i = 0; i < FRAME; i++) sum[i] = (sum[i] ?? 0) + (samples[i] ?? 0)
  }
  if (over) for (let i = 0; i < FRAME; i++) sum[i] = (sum[i] ?? 0) + (over[i] ?? 0)
  for (let i = 0; i < FRAME; i++) {
    const value = sum[i] ?? 0
    out[i] = TO_ALAW[(value > 32_767 ? 32_767 : value < -32_768 ? -32_768 : value) + 32_768] ?? 0
  }
}
