// Evens out the arrival of one stream: samples lie in a ring by their timestamp and are taken 20 ms at a time. Any packet length, any order, repeats, gaps and a new source are taken in.
import { ALAW_SILENCE, FRAME, ULAW_TO_ALAW } from './g711.ts'
import { seqDelta, tsDelta, type RtpHead } from './packet.ts'

const RING = 8192 // samples: one second and a bit
const MASK = RING - 1
/** Distance between arrival and playing, in samples: at first, least, most. */
const DELAY = { first: 2 * FRAME, least: FRAME, most: 12 * FRAME }
/** Lost sound is filled with the frame before, ever softer, so many times; then silence. */
const CONCEALED = 3

export type StreamFigures = { received: number; lost: number; late: number; reordered: number; jitterMs: number; delayMs: number }

export function createJitterBuffer() {
  const ring = new Uint8Array(RING).fill(ALAW_SILENCE)
  const filled = new Uint8Array(RING)
  const previous = new Uint8Array(FRAME).fill(ALAW_SILENCE)
  let ssrc = -1
  let [playAt, newest, delay] = [0, 0, DELAY.first]
  let [baseSeq, highestSeq, lastArrival, lastStamp] = [0, 0, 0, 0]
  let [expectedBefore, started, missed, early] = [0, false, 0, 0]
  const figures: StreamFigures = { received: 0, lost: 0, late: 0, reordered: 0, jitterMs: 0, delayMs: 0 }

  function restart(head: RtpHead): void {
    ssrc = head.ssrc
    expectedBefore = figures.received
    baseSeq = head.seq
    highestSeq = head.seq
    lastArrival = 0
    filled.fill(0)
    started = false
    missed = 0
    playAt = (head.timestamp - delay) | 0
    newest = head.timestamp
  }

  return {
    figures,
    get started() {
      return started
    },

    /** Takes one packet of G.711 in; µ-law is kept as A-law. `now` in milliseconds. */
    put(bytes: Uint8Array, head: RtpHead, now: number, ulaw: boolean): void {
      const length = Math.min(head.end - head.start, 1600)
      if (length <= 0) return
      // A new source, or a jump of the time line by more than the ring holds: begin anew.
      if (head.ssrc !== ssrc || Math.abs(tsDelta(head.timestamp, newest)) > RING / 2) restart(head)
      figures.received++
      const ahead = seqDelta(head.seq, highestSeq)
      if (ahead > 0) highestSeq = head.seq
      else if (ahead < 0) figures.reordered++
      const expected = seqDelta(highestSeq, baseSeq) + 1
      if (expected > 30_000) {
        baseSeq = highestSeq
        expectedBefore = figures.received - 1
      } else figures.lost = Math.max(figures.lost, 0, expected - (figures.received - expectedBefore))
      if (lastArrival > 0) {
        const off = Math.abs(now - lastArrival - tsDelta(head.timestamp, lastStamp) / 8)
        figures.jitterMs += (Math.min(off, 1000) - figures.jitterMs) / 16
      }
      lastArrival = now
      lastStamp = head.timestamp
      const lateBy = tsDelta(playAt, head.timestamp)
      if (lateBy >= length) {
        figures.late++
        if (started) early = 0
        // Too late to be heard: let the next ones have more time.
        if (delay < DELAY.most) {
          delay += FRAME
          playAt = (playAt - FRAME) | 0
        }
        return
      }
      for (let i = Math.max(0, lateBy); i < length; i++) {
        const at = (head.timestamp + i) & MASK
        const code = bytes[head.start + i] ?? 0
        ring[at] = ulaw ? (ULAW_TO_ALAW[code] ?? 0) : code
        filled[at] = 1
      }
      if (tsDelta(head.timestamp + length, newest) > 0) newest = (head.timestamp + length) | 0
      started = true
    },

    /** The next 20 ms into `out` (A-law); false when there was nothing real in it. Call once per tick. */
    take(out: Uint8Array): boolean {
      if (!started) {
        out.fill(ALAW_SILENCE)
        return false
      }
      const held = tsDelta(newest, playAt)
      figures.delayMs = Math.max(0, held) / 8
      // The far clock runs faster, or a burst came: skip a frame after a second of too much.
      if (held > delay + 3 * FRAME) {
        early += held > delay + 8 * FRAME ? 10 : 1 // far too much after a stall: let go of quickly
        if (early > 50 || held > RING / 2) {
          filled.fill(0, playAt & MASK, Math.min(RING, (playAt & MASK) + FRAME))
          playAt = (playAt + FRAME) | 0
          early = 0
        }
      } else if (held > delay + FRAME && delay > DELAY.least) {
        if (++early > 500) {
          delay -= FRAME / 2
          playAt = (playAt + FRAME / 2) | 0
          early = 0
        }
      } else early = 0
      let real = 0
      for (let i = 0; i < FRAME; i++) {
        const at = (playAt + i) & MASK
        if (filled[at]) {
          out[i] = ring[at] ?? ALAW_SILENCE
          filled[at] = 0
          real++
        } else out[i] = ALAW_SILENCE
      }
      playAt = (playAt + FRAME) | 0
      if (real > 0) {
        missed = 0
        previous.set(out)
        return true
      }
      if (++missed <= CONCEALED) soften(previous, out)
      // The stream has paused: its next packet sets the time line anew.
      if (missed > 25) started = false
      if (missed > 25) newest = (playAt - RING) | 0
      return false
    },
  }
}

/** Copies a frame at half its loudness: one segment of A-law less is half the level. */
function soften(frame: Uint8Array, out: Uint8Array): void {
  for (let i = 0; i < FRAME; i++) {
    const value = (frame[i] ?? 0) ^ 0x55
    const segment = value & 0x70
    const softer = segment >= 0x20 ? value - 0x10 : (value & 0x80) | (segment === 0x10 ? (value & 0x0f) >> 1 | 0x08 : (value & 0x0f) >> 1)
    out[i] = softer ^ 0x55
  }
  frame.set(out)
}
