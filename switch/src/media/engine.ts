// The sound of one worker: legs, rooms, what is played, recorded and tapped, driven by the 20 ms clock. Knows no SIP and no thread.
import { mkdirSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { MediaFigures, TapFrame } from '../media-port.ts'
import { ALAW, ALAW_SILENCE, FRAME } from '../rtp/g711.ts'
import { createBrowserWires } from './browser-wire.ts'
import { startClock } from './clock.ts'
import { createLeg, sharedHead, type Leg } from './leg.ts'
import { createPlayer } from './player.ts'
import { createRecorder, type Recorder } from './recorder.ts'
import { createRooms, mixInto } from './rooms.ts'
import { createRtpPorts, openRtpWire, type RtpWire } from './rtp-wire.ts'
import { createSounds } from './sounds.ts'
import type { FromWorker, ToWorker, WorkerOptions } from './worker-messages.ts'

type Order<K extends ToWorker['kind']> = Extract<ToWorker, { kind: K }>
type Recording = { recorder: Recorder; left: string[]; right: string[]; played: string[] }
type Tap = { legs: string[]; seq: number; offset: number }

const SPOOL_LOW_BYTES = 1 << 30
const QUALITY_TICKS = 250

export function startEngine(options: WorkerOptions, tell: (message: FromWorker) => void) {
  const legs = new Map<string, Leg>()
  const wires = new Map<string, RtpWire>()
  const recordings = new Map<string, Recording>()
  const taps = new Map<string, Tap>()
  const finishing = new Set<Recorder>()
  const alarms = new Set<string>()
  const quality = new Map<string, { received: number; lost: number }>()
  const counts = { refusedPackets: 0, unknownLegOrders: 0, packetsOut: 0, recordingsFailed: 0 }
  const ports = createRtpPorts(options.rtpPorts.from, options.rtpPorts.to)
  const sounds = createSounds(options.prompts)
  const rooms = createRooms((id) => legs.get(id))
  const browsers = createBrowserWires(options, tell)
  const [frame, left, right] = [new Uint8Array(FRAME), new Uint8Array(FRAME), new Uint8Array(FRAME)]
  const over = new Int16Array(FRAME)
  let tickNumber = 0
  mkdirSync(options.spool, { recursive: true, mode: 0o700 })

  function alarm(name: string, detail: string, on: boolean): void {
    if (alarms.has(name) === on) return
    if (on) alarms.add(name)
    else alarms.delete(name)
    tell({ kind: 'alarm', alarm: name, detail, over: !on })
  }

  function legOf(id: string): Leg {
    const known = legs.get(id)
    if (known) return known
    const leg = createLeg(id, { digit: (digit) => tell({ kind: 'digit', leg: id, digit }), media: (state) => tell({ kind: 'media', leg: id, state }) })
    legs.set(id, leg)
    return leg
  }

  async function open({ leg: id }: Order<'open'>): Promise<void> {
    const leg = legOf(id)
    const wire = await openRtpWire(options.address, ports, (bytes, now) => leg.receive(bytes, sharedHead, now), () => counts.refusedPackets++)
    if (!wire) {
      alarm('rtpPorts', 'no free RTP port', true)
      legs.delete(id)
      return tell({ kind: 'closed', leg: id, reason: 'no free RTP port' })
    }
    alarm('rtpPorts', '', false)
    if (legs.get(id) !== leg) return wire.close()
    wires.set(id, wire)
    leg.wire = wire
    tell({ kind: 'opened', leg: id, port: wire.port })
  }

  function close(id: string): void {
    const leg = legs.get(id)
    if (!leg) return
    if (leg.playing) endPlay(leg, 'stopped')
    rooms.leave(leg)
    counts.packetsOut += leg.sent
    leg.wire?.close()
    leg.wire = null
    browsers.close(id)
    legs.delete(id)
    wires.delete(id)
    quality.delete(id)
  }

  function endPlay(leg: Leg, how: 'done' | 'stopped'): void {
    const { playing } = leg
    if (!playing) return
    leg.playing = null
    if (playing.mode === 'over') rooms.wire(leg)
    else leg.restart()
    const failed = how === 'done' ? playing.failed : undefined
    tell({ kind: 'played', leg: leg.id, play: playing.id, how: failed === undefined ? how : 'failed', ...(failed === undefined ? {} : { file: failed }) })
  }

  /** Sounds in memory begin at the next tick; missing ones are left out and named at the end. */
  function play(leg: Leg, order: Order<'play'>): void {
    if (leg.playing) endPlay(leg, 'stopped')
    const found = order.sounds.map((one) => sounds.get(one))
    const begin = (got: readonly (Uint8Array | null)[]): void => {
      if (legs.get(leg.id) !== leg || leg.playing !== waiting) return
      const missing = got.findIndex((one) => one === null)
      const name = order.sounds[missing]
      const failed = name && sounds.nameOf(name)
      if (failed !== undefined) tell({ kind: 'alarm', alarm: 'promptMissing', detail: failed, over: false })
      leg.playing = { id: order.play, player: createPlayer(got.filter((one) => one !== null), order.times), mode: order.mode, failed }
      if (order.mode === 'over') rooms.wire(leg)
    }
    // Until the sounds are there the leg hears silence under the new id.
    const waiting = { id: order.play, player: { next: (out: Uint8Array) => (out.fill(ALAW_SILENCE), true) }, mode: order.mode, failed: undefined }
    leg.playing = waiting
    if (found.some((one) => one instanceof Promise)) void Promise.all(found.map((one) => Promise.resolve(one))).then(begin)
    else begin(found.map((one) => (one instanceof Promise ? null : one)))
  }

  function record(order: Order<'record'>): void {
    const running = recordings.get(order.recording)
    if (running) {
      ;[running.left, running.right, running.played] = [order.left, order.right, order.played ?? []]
      return
    }
    if (!/^[A-Za-z0-9_-]{1,80}$/.test(order.recording)) return tell({ kind: 'recording', recording: order.recording, state: 'failed', reason: 'a bad name' })
    const limits = { ...(order.maxMs === undefined ? {} : { maxMs: order.maxMs }), ...(order.silenceMs === undefined ? {} : { silenceMs: order.silenceMs }) }
    const recorder: Recorder = createRecorder(join(options.spool, `${order.recording}.wav`), limits, (end) => {
      recordings.delete(order.recording)
      finishing.delete(recorder)
      if (end.state === 'failed') {
        counts.recordingsFailed++
        alarm('spoolFull', end.reason, true)
        return tell({ kind: 'recording', recording: order.recording, state: 'failed', ms: end.ms, bytes: end.bytes, reason: end.reason })
      }
      alarm('spoolFull', '', false)
      tell({ kind: 'recording', recording: order.recording, state: 'finished', ms: end.ms, bytes: end.bytes, sha256: end.sha256 })
    })
    finishing.add(recorder)
    recordings.set(order.recording, { recorder, left: order.left, right: order.right, played: order.played ?? [] })
    tell({ kind: 'recording', recording: order.recording, state: 'started' })
  }

  function side(out: Uint8Array, ids: readonly string[]): void {
    const [first] = ids
    const only = ids.length === 1 && first !== undefined ? legs.get(first) : undefined
    if (only) return out.set(only.incoming)
    const present = ids.map((id) => legs.get(id)).filter((one) => one !== undefined)
    if (present.length === 0) out.fill(ALAW_SILENCE)
    else mixInto(out, present, tickNumber, null)
  }

  function tick(skipped: number): void {
    tickNumber++
    const now = performance.now()
    for (const leg of legs.values()) leg.hear(tickNumber)
    for (const leg of legs.values()) speak(leg, now)
    for (const { recorder, left: l, right: r, played } of recordings.values()) {
      // Ticks that were left out are time all the same.
      for (let i = 0; i < skipped; i++) recorder.write(silence, silence)
      side(left, l)
      const heard = played.map((id) => legs.get(id)).find((leg) => leg?.playedTick === tickNumber)
      if (heard) right.set(heard.played)
      else side(right, r)
      recorder.write(left, right)
    }
    if (taps.size > 0) tap()
    if (tickNumber % 50 === 0) everySecond(now)
  }

  function speak(leg: Leg, now: number): void {
    if (!leg.needsFrame(now)) return
    const { playing } = leg
    if (playing) {
      if (playing.player.next(frame)) {
        leg.played.set(frame)
        leg.playedTick = tickNumber
        if (playing.mode === 'over' && leg.hears) {
          for (let i = 0; i < FRAME; i++) over[i] = ALAW[frame[i] ?? 0] ?? 0
          mixInto(frame, leg.hears, tickNumber, over)
        }
        return leg.sendFrame(frame, now)
      }
      endPlay(leg, 'done')
      if (!leg.needsFrame(now)) return
    }
    if (leg.echo) leg.sendFrame(leg.incoming, now)
    else if (leg.hears) {
      mixInto(frame, leg.hears, tickNumber, null)
      leg.sendFrame(frame, now)
    } else leg.sendFrame(silence, now)
  }

  function tap(): void {
    const frames: TapFrame[] = []
    for (const [id, one] of taps) {
      for (const leg of one.legs) {
        const heard = legs.get(leg)
        if (heard) frames.push({ tap: id, leg, seq: one.seq, offsetMs: one.offset, pcm: new Uint8Array(new Int16Array(heard.samples(tickNumber)).buffer) })
      }
      one.seq++
      one.offset += 20
    }
    if (frames.length > 0) tell({ kind: 'frames', frames })
  }

  function everySecond(now: number): void {
    for (const leg of legs.values()) {
      leg.watch(now)
      if (tickNumber % QUALITY_TICKS === 0 && leg.levelFrames > 0) tellQuality(leg)
    }
    tell({ kind: 'figures', figures: figures() })
    if (tickNumber % 500 === 0) void checkSpool()
  }

  function tellQuality(leg: Leg): void {
    const now = leg.jitter.figures
    const before = quality.get(leg.id) ?? { received: 0, lost: 0 }
    const [received, lost] = [now.received - before.received, Math.max(0, now.lost - before.lost)]
    quality.set(leg.id, { received: now.received, lost: now.lost })
    const level = 10 * Math.log10(Math.max(1, leg.levelSum / leg.levelFrames) / 32_768 ** 2)
    leg.levelSum = 0
    leg.levelFrames = 0
    tell({ kind: 'quality', leg: leg.id, lossPercent: received + lost > 0 ? (lost * 100) / (received + lost) : 0, jitterMs: now.jitterMs, delayMs: now.delayMs + 20, level })
  }

  async function checkSpool(): Promise<void> {
    const space = await statfs(options.spool).catch(() => null)
    if (space) alarm('spoolLow', `${Math.round((space.bavail * space.bsize) / 2 ** 20)} MiB free`, space.bavail * space.bsize < SPOOL_LOW_BYTES)
  }

  function figures(): MediaFigures {
    const { late } = clock.figures
    let [sent, received, lost] = [counts.packetsOut, 0, 0]
    for (const leg of legs.values()) {
      sent += leg.sent
      received += leg.jitter.figures.received
      lost += leg.jitter.figures.lost
    }
    return {
      media_legs: legs.size, media_rooms: rooms.size, media_recordings: recordings.size, media_taps: taps.size, media_rtp_ports_free: ports.free, media_packets_sent_total: sent, media_packets_refused_total: counts.refusedPackets, media_live_packets_received: received, media_live_packets_lost: lost,
      media_recordings_failed_total: counts.recordingsFailed, media_orders_unknown_leg_total: counts.unknownLegOrders, media_ticks_total: clock.figures.ticks, media_ticks_skipped_total: clock.figures.skipped, media_tick_worst_ms: clock.figures.worstMs,
      media_ticks_late_1ms: late[0] ?? 0, media_ticks_late_2ms: late[1] ?? 0, media_ticks_late_5ms: late[2] ?? 0, media_ticks_late_10ms: late[3] ?? 0, media_ticks_late_20ms: late[4] ?? 0, media_ticks_late_50ms: late[5] ?? 0, media_ticks_late_over: late[6] ?? 0,
    }
  }

  const onLeg = <K extends 'agree' | 'live' | 'play' | 'stopPlaying' | 'collect' | 'sendDigits' | 'echo' | 'infoDigit'>(act: (leg: Leg, order: Order<K>) => void) => (order: Order<K>): void => {
    const leg = legs.get((order as { leg: string }).leg)
    if (leg) act(leg, order)
    else counts.unknownLegOrders++
  }

  const acts: { [K in ToWorker['kind']]: (order: Order<K>) => void } = {
    open: (order) => void open(order),
    agree: onLeg<'agree'>((leg, { agreed, latch }) => {
      leg.agreed = agreed
      const wire = wires.get(leg.id)
      wire?.secure(agreed.srtp)
      wire?.setRemote(agreed.address, agreed.port, latch)
      leg.restart()
    }),
    live: onLeg<'live'>((leg) => leg.live(performance.now())),
    close: ({ leg }) => close(leg),
    mix: (order) => rooms.mix(order),
    play: onLeg<'play'>(play),
    stopPlaying: onLeg<'stopPlaying'>((leg) => endPlay(leg, 'stopped')),
    collect: onLeg<'collect'>((leg, { on, secret }) => {
      leg.listening = on
      leg.secret = on && secret
    }),
    infoDigit: onLeg<'infoDigit'>((leg, { digit }) => leg.listening && tell({ kind: 'digit', leg: leg.id, digit })),
    sendDigits: onLeg<'sendDigits'>((leg, { digits }) => leg.sendDigits(digits)),
    record,
    stopRecording: ({ recording }) => recordings.get(recording)?.recorder.finish(),
    tap: ({ tap: id, legs: tapped }) => {
      const known = taps.get(id)
      if (known) known.legs = tapped
      else taps.set(id, { legs: tapped, seq: 0, offset: 0 })
    },
    stopTap: ({ tap: id }) => void taps.delete(id),
    echo: onLeg<'echo'>((leg, { on }) => {
      leg.echo = on
      rooms.wire(leg)
    }),
    browserOffer: ({ leg, sdp }) => browsers.offer(legOf(leg), sdp, () => close(leg)),
    browserCandidate: ({ leg, candidate }) => browsers.candidate(leg, candidate),
    stop: () => void stop(),
  }

  async function stop(): Promise<void> {
    clock.stop()
    for (const { recorder } of recordings.values()) recorder.finish()
    await Promise.all([...finishing].map((one) => one.closed))
    for (const id of legs.keys()) close(id)
    tell({ kind: 'stopped' })
  }

  const clock = startClock(tick)
  tell({ kind: 'ready' })
  return {
    order(order: ToWorker): void {
      const act = acts[order.kind] as (order: ToWorker) => void
      act(order)
    },
    figures,
  }
}

const silence = new Uint8Array(FRAME).fill(ALAW_SILENCE)
