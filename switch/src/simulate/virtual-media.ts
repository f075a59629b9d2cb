// Media in virtual time: telephones that answer, play and record by the clock of a simulation. The same orders and happenings as native media.
import type { LegCause, LegId, MediaFigures, MediaHappening, MediaOrder, MediaPort, Sound } from '../media-port.ts'

export type Schedule = { now: () => number, after: (ms: number, run: () => void) => void }
/** How a telephone that is rung behaves. */
export type Behaviour = { kind: 'answers', afterMs: number } | { kind: 'ends', afterMs: number, cause: LegCause, status: number } | { kind: 'silent' }
export type VirtualMedia = MediaPort & {
  /** A call comes in. Returns its leg. */
  incoming: (from: string, to: string, extension?: { tenant: string, user: string }) => LegId
  /** The other end hangs up, or its media dies. */
  farEnd: (leg: LegId, cause?: LegCause) => void
  press: (leg: LegId, digit: string) => void
  /** 20 ms of sound come from a leg; only taps hear them. */
  speak: (leg: LegId, offsetMs: number) => void
  tell: (happening: MediaHappening) => void
  legs: Map<LegId, { up: boolean, play: string | null }>
  rooms: Map<string, { leg: LegId, hears: LegId[] }[]>
  recordings: Map<string, { since: number }>
  /** What was played, for tests. */
  heard: { leg: LegId, sounds: Sound[] }[]
}

const lengthOf = (sounds: readonly Sound[]): number => sounds.reduce((ms, s) => ms + (s.kind === 'silence' ? s.ms : s.kind === 'text' ? 200 * s.text.length : s.kind === 'tone' ? 1000 : 1200), 0)

/** Virtual media. `behave` decides what a rung telephone does; by default it answers after two seconds. */
export function virtualMedia(schedule: Schedule, behave: (order: Extract<MediaOrder, { kind: 'originate' }>) => Behaviour = () => ({ kind: 'answers', afterMs: 2000 }), keepHeard = false): VirtualMedia {
  let listener: (happening: MediaHappening) => void = () => {}
  let hearing: Parameters<MediaPort['start']>[0]['frames'] = () => {}
  const taps = new Map<string, LegId[]>()
  let counter = 0
  const legs: VirtualMedia['legs'] = new Map()
  const rooms: VirtualMedia['rooms'] = new Map()
  const recordings: VirtualMedia['recordings'] = new Map()
  const heard: VirtualMedia['heard'] = []
  const tell = (happening: MediaHappening): void => schedule.after(1, () => listener(happening))
  const end = (leg: LegId, cause: LegCause, by: 'far' | 'near' | 'media', status?: number): void => {
    if (!legs.delete(leg)) return
    tell({ kind: 'ended', leg, cause, by, status })
  }
  const finish = (recording: string, state: 'finished' | 'failed'): void => {
    const found = recordings.get(recording)
    if (!found) return
    recordings.delete(recording)
    tell({ kind: 'recording', recording, state, ms: schedule.now() - found.since, bytes: 16 * (schedule.now() - found.since), sha256: '0'.repeat(64) })
  }
  const play = (order: Extract<MediaOrder, { kind: 'play' }>): void => {
    const leg = legs.get(order.leg)
    if (!leg) return
    if (leg.play) tell({ kind: 'played', leg: order.leg, play: leg.play, how: 'stopped' })
    leg.play = order.play
    if (keepHeard) heard.push({ leg: order.leg, sounds: order.sounds })
    if (order.times === 0) return
    schedule.after(lengthOf(order.sounds) * order.times, () => {
      if (leg.play !== order.play || legs.get(order.leg) !== leg) return
      leg.play = null
      listener({ kind: 'played', leg: order.leg, play: order.play, how: 'done' })
    })
  }
  const originate = (order: Extract<MediaOrder, { kind: 'originate' }>): void => {
    legs.set(order.leg, { up: false, play: null })
    const how = behave(order)
    const still = (run: (leg: { up: boolean }) => void) => () => { const leg = legs.get(order.leg); if (leg && !leg.up) run(leg) }
    schedule.after(150, still(() => { if (how.kind !== 'silent') listener({ kind: 'progress', leg: order.leg, early: false }) }))
    schedule.after(order.ringMs, still(() => end(order.leg, 'noAnswer', 'near', 487)))
    if (how.kind === 'answers') schedule.after(how.afterMs, still((leg) => { leg.up = true; listener({ kind: 'answered', leg: order.leg, codec: 'PCMA' }) }))
    if (how.kind === 'ends') schedule.after(how.afterMs, still(() => end(order.leg, how.cause, 'far', how.status)))
  }
  const order = (it: MediaOrder): void => {
    switch (it.kind) {
      case 'originate': return originate(it)
      case 'answer': {
        const leg = legs.get(it.leg)
        if (!leg || leg.up) return
        leg.up = true
        return tell({ kind: 'answered', leg: it.leg, codec: 'PCMA' })
      }
      case 'refuse': return end(it.leg, 'refused', 'near', it.status)
      case 'hangUp': return end(it.leg, it.cause, 'near')
      case 'browserOffer': {
        legs.set(it.leg, { up: true, play: null })
        tell({ kind: 'browserAnswer', leg: it.leg, sdp: 'v=0' })
        return tell({ kind: 'media', leg: it.leg, state: 'up' })
      }
      case 'mix': if (it.members.length === 0) rooms.delete(it.room); else rooms.set(it.room, it.members); return
      case 'play': return play(it)
      case 'stopPlaying': {
        const leg = legs.get(it.leg)
        if (leg?.play) { tell({ kind: 'played', leg: it.leg, play: leg.play, how: 'stopped' }); leg.play = null }
        return
      }
      case 'record':
        if (recordings.has(it.recording)) return
        recordings.set(it.recording, { since: schedule.now() })
        tell({ kind: 'recording', recording: it.recording, state: 'started' })
        if (it.maxMs) schedule.after(it.maxMs, () => finish(it.recording, 'finished'))
        return
      case 'stopRecording': return finish(it.recording, 'finished')
      case 'probe': return tell({ kind: 'probed', leg: it.leg, alive: legs.has(it.leg) })
      case 'restore': return legs.has(it.leg) ? tell({ kind: 'restored', leg: it.leg }) : tell({ kind: 'ended', leg: it.leg, cause: 'engineFailure', by: 'media' })
      case 'tap': taps.set(it.tap, it.legs); return
      case 'stopTap': taps.delete(it.tap); return
      default:
    }
  }
  return {
    legs, rooms, recordings, heard, tell, order,
    start({ tell: to, frames }) { listener = to; hearing = frames; return Promise.resolve() },
    figures: (): MediaFigures => ({ media_legs: legs.size, media_rooms: rooms.size }),
    stop: () => Promise.resolve(),
    incoming(from, to, extension) {
      counter += 1
      const leg = `in-${counter}-${schedule.now()}`
      legs.set(leg, { up: false, play: null })
      listener({ kind: 'incoming', leg, source: extension ? { kind: 'extension', ...extension, address: '127.0.0.1' } : { kind: 'trunk', trunk: 'trunk-1', address: '127.0.0.1' }, from: { number: from, name: '', hidden: from === '' }, to, reference: leg })
      return leg
    },
    farEnd: (leg, cause = 'normal') => end(leg, cause, cause === 'mediaLost' || cause === 'engineFailure' ? 'media' : 'far'),
    speak: (leg, offsetMs) => { for (const [tap, tapped] of taps) if (tapped.includes(leg)) hearing({ tap, leg, seq: 0, offsetMs, pcm: new Uint8Array(320).fill(7) }) },
    press: (leg, digit) => { if (legs.has(leg)) tell({ kind: 'digit', leg, digit }) },
  }
}
