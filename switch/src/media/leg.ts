// One leg's sound in a worker: what comes in is put in order, what goes out gets one unbroken stream of our own, whoever it comes from.
import { randomInt } from 'node:crypto'
import { createEventReceiver, createDigitSender, digitTone, writeEvent } from '../rtp/dtmf.ts'
import { ALAW, ALAW_SILENCE, ALAW_TO_ULAW, FRAME, ULAW_TO_ALAW } from '../rtp/g711.ts'
import { createDigitDetector } from '../rtp/goertzel.ts'
import { createJitterBuffer } from '../rtp/jitter-buffer.ts'
import { newHead, readRtp, seqDelta, tsDelta, writeHead, type RtpHead } from '../rtp/packet.ts'
import type { Agreed } from '../sip/sdp.ts'
import type { Player } from './player.ts'

/** How packets leave: a socket of our own or a browser's connection. */
export type Wire = { send: (packet: Buffer) => void; close: () => void }

export type LegEvents = {
  digit: (digit: string) => void
  media: (state: 'up' | 'lost' | 'back') => void
}

export type Playing = { id: string; player: Player; mode: 'replace' | 'over'; failed: string | undefined }
export type Leg = ReturnType<typeof createLeg>
/** A leg as another one sees it: who is sent packets, and who is heard. */
type Listener = { readonly id: string; forward: (bytes: Uint8Array, head: RtpHead, ulaw: boolean, now: number) => void; forwardEvent: (bytes: Uint8Array, head: RtpHead, now: number) => void }
export type Source = { samples: (tick: number) => Int16Array }

const RINGS = 16
const LOST_AFTER_MS = 30_000
/** A relayed source that is silent for longer is filled in for, so that the far end sees sound. */
const RELAY_GAP_MS = 100

export function createLeg(id: string, events: LegEvents) {
  const jitter = createJitterBuffer()
  const incoming = new Uint8Array(FRAME).fill(ALAW_SILENCE)
  const linear = new Int16Array(FRAME)
  const packets = Array.from({ length: RINGS }, () => Buffer.alloc(12 + 1600))
  const out = { ssrc: randomInt(1, 2 ** 32 - 1), seq: randomInt(0, 0x7fff), timestamp: randomInt(0, 2 ** 31), lastAt: 0, fresh: true, ring: 0 }
  /** Mapping of a relayed source onto our stream; null: to be made with its next packet. */
  let relay: { ssrc: number; seq: number; timestamp: number } | null = null
  const event = createEventReceiver((digit) => leg.listening && events.digit(digit))
  const inband = createDigitDetector((digit) => leg.listening && events.digit(digit))
  let sendingDigits: ReturnType<typeof createDigitSender> | null = null
  let [heardAt, liveSince, state]: [number, number, 'none' | 'up' | 'lost'] = [0, 0, 'none']

  function emit(payloadType: number, marker: boolean, timestamp: number, length: number): void {
    const packet = packets[out.ring]
    if (!packet || !leg.wire) return
    out.ring = (out.ring + 1) % RINGS
    writeHead(packet, payloadType, marker, out.seq, timestamp, out.ssrc)
    leg.sent++
    leg.wire.send(packet.subarray(0, 12 + length))
  }

  const leg = {
    id,
    wire: null as Wire | null,
    agreed: null as Agreed | null,
    /** Digits are told while on. */
    listening: false,
    secret: false,
    echo: false,
    playing: null as Playing | null,
    /** Who hears this leg's packets as they come. */
    relayTo: [] as Listener[],
    /** Whom this leg hears when its room is mixed; null: no room, or relayed. */
    hears: null as Source[] | null,
    relayed: false,
    room: null as string | null,
    incoming,
    /** Linear samples of `incoming`, made when first asked for in a tick. */
    linearTick: -1,
    /** What is played to it, and in which tick that was: the other side of a robot's recording. */
    played: new Uint8Array(FRAME),
    playedTick: -1,
    sent: 0,
    jitter,
    levelSum: 0,
    levelFrames: 0,

    get maySend(): boolean {
      return leg.wire !== null && leg.agreed !== null && (leg.agreed.direction === 'sendrecv' || leg.agreed.direction === 'sendonly')
    },
    get shouldHear(): boolean {
      return leg.agreed !== null && (leg.agreed.direction === 'sendrecv' || leg.agreed.direction === 'recvonly')
    },

    /** A packet of the far end. `head` is shared by all legs; it is read before this returns. */
    receive(bytes: Uint8Array, head: RtpHead, now: number): void {
      if (readRtp(bytes, head)) leg.accept(bytes, head, now)
    },

    /** The same with the head read already. */
    accept(bytes: Uint8Array, head: RtpHead, now: number): void {
      if (!leg.agreed) return
      heardAt = now
      if (state !== 'up') {
        events.media(state === 'none' ? 'up' : 'back')
        state = 'up'
      }
      const { agreed } = leg
      if (head.payloadType === agreed.payloadType) {
        jitter.put(bytes, head, now, agreed.codec === 'PCMU')
        for (const to of leg.relayTo) to.forward(bytes, head, agreed.codec === 'PCMU', now)
      } else if (head.payloadType === agreed.events) {
        event(bytes, head)
        if (!leg.secret) for (const to of leg.relayTo) to.forwardEvent(bytes, head, now)
      }
    },

    /** Sends another leg's packet on as ours; its gaps and its order stay visible. */
    forward(bytes: Uint8Array, head: RtpHead, ulaw: boolean, now: number): void {
      if (!leg.relayed || !leg.maySend || leg.playing?.mode === 'replace' || sendingDigits || !leg.agreed) return
      const length = head.end - head.start
      const packet = packets[out.ring]
      if (length <= 0 || length > 1600 || !packet) return
      const marker = leg.map(head, now)
      const toUlaw = leg.agreed.codec === 'PCMU'
      if (ulaw === toUlaw) packet.set(bytes.subarray(head.start, head.end), 12)
      else {
        const table = toUlaw ? ALAW_TO_ULAW : ULAW_TO_ALAW
        for (let i = 0; i < length; i++) packet[12 + i] = table[bytes[head.start + i] ?? 0] ?? 0
      }
      leg.emitMapped(head, leg.agreed.payloadType, marker, length)
    },

    forwardEvent(bytes: Uint8Array, head: RtpHead, now: number): void {
      const packet = packets[out.ring]
      if (!leg.relayed || !leg.maySend || leg.agreed?.events == null || leg.playing?.mode === 'replace' || !packet || head.end - head.start > 16) return
      leg.map(head, now)
      packet.set(bytes.subarray(head.start, head.end), 12)
      leg.emitMapped(head, leg.agreed.events, head.marker, head.end - head.start)
    },

    /** Joins the source's counters to ours; true where the stream begins or jumps. */
    map(head: RtpHead, now: number): boolean {
      const jump = relay !== null && (relay.ssrc !== head.ssrc || Math.abs(seqDelta(head.seq + relay.seq, out.seq)) > 500)
      if (relay && !jump) {
        out.lastAt = now
        return head.marker
      }
      const gap = out.fresh ? FRAME : Math.max(FRAME, Math.round((now - out.lastAt) / 20) * FRAME)
      relay = { ssrc: head.ssrc, seq: (out.seq + 1 - head.seq) & 0xffff, timestamp: (out.timestamp + gap - head.timestamp) | 0 }
      out.lastAt = now
      out.fresh = false
      return true
    },

    emitMapped(head: RtpHead, payloadType: number, marker: boolean, length: number): void {
      if (!relay) return
      const highest = [out.seq, out.timestamp] as const
      out.seq = (head.seq + relay.seq) & 0xffff
      const timestamp = (head.timestamp + relay.timestamp) >>> 0
      emit(payloadType, marker, timestamp, length)
      // A late packet must not turn our own counters back.
      if (seqDelta(out.seq, highest[0]) < 0) out.seq = highest[0]
      out.timestamp = tsDelta(timestamp, highest[1]) > 0 ? timestamp : highest[1]
    },

    /** Whether the clock has to speak for this leg now: always but while a relayed source is heard. */
    needsFrame(now: number): boolean {
      return leg.maySend && (!leg.relayed || leg.playing !== null || sendingDigits !== null || now - out.lastAt > RELAY_GAP_MS)
    },

    /** Sends 20 ms of our own making (A-law). */
    sendFrame(frame: Uint8Array, now: number): void {
      if (!leg.agreed || !leg.maySend) return
      relay = null
      const packet = packets[out.ring]
      if (!packet) return
      const step = sendingDigits?.()
      if (step === undefined) sendingDigits = null
      out.timestamp = (out.timestamp + FRAME) >>> 0
      out.seq = (out.seq + 1) & 0xffff
      out.lastAt = now
      if (step && leg.agreed.events !== null) {
        writeEvent(packet, 12, step)
        // All packets of an event carry the timestamp of its first.
        emit(leg.agreed.events, step.first, (out.timestamp - step.age * FRAME) >>> 0, 4)
      } else {
        if (step && !step.end) digitTone(step.digit, step.age, packet.subarray(12, 12 + FRAME))
        else packet.set(frame, 12)
        if (leg.agreed.codec === 'PCMU') for (let i = 12; i < 12 + FRAME; i++) packet[i] = ALAW_TO_ULAW[packet[i] ?? 0] ?? 0
        emit(leg.agreed.payloadType, out.fresh, out.timestamp, FRAME)
      }
      out.fresh = false
    },

    /** Takes the tick's 20 ms out of the jitter buffer. */
    hear(tick: number): void {
      const real = jitter.take(incoming)
      if (!real) return
      if (leg.listening && leg.agreed?.events === null) inband(leg.samples(tick))
      if (tick % 10 === 0) {
        let level = 0
        for (let i = 0; i < FRAME; i += 8) level += (ALAW[incoming[i] ?? 0] ?? 0) ** 2
        leg.levelSum += level / (FRAME / 8)
        leg.levelFrames++
      }
    },

    samples(tick: number): Int16Array {
      if (leg.linearTick !== tick) {
        leg.linearTick = tick
        for (let i = 0; i < FRAME; i++) linear[i] = ALAW[incoming[i] ?? 0] ?? 0
      }
      return linear
    },

    sendDigits(digits: string): void {
      sendingDigits = createDigitSender(digits)
    },

    live(now: number): void {
      liveSince = now
    },

    /** Called each second: sound that should come and does not. */
    watch(now: number): void {
      if (liveSince === 0 || state === 'lost') return
      if (!leg.shouldHear) {
        heardAt = now // while held nothing is missed
        return
      }
      if (now - Math.max(heardAt, liveSince) > LOST_AFTER_MS) {
        state = 'lost'
        events.media('lost')
      }
    },

    /** A connection of the browser is replaced, or a stream is agreed on anew. */
    restart(): void {
      relay = null
    },
  }
  return leg
}

export const sharedHead = newHead()
