// Keypad digits as telephone-event packets (RFC 4733): found once each in what comes, and sent with repeats at the end.
import { FRAME, TO_ALAW } from './g711.ts'
import { frequenciesOf } from './goertzel.ts'
import type { RtpHead } from './packet.ts'

const EVENTS = '0123456789*#ABCD'

/** One digit per event, whatever is lost, repeated or out of order: an event is known by its timestamp. */
export function createEventReceiver(onDigit: (digit: string) => void): (bytes: Uint8Array, head: RtpHead) => void {
  let known = new Int32Array(4).fill(-1)
  let [at, ssrc] = [0, -1]
  return (bytes, head) => {
    if (head.end - head.start < 4) return
    const digit = EVENTS[bytes[head.start] ?? 255]
    if (digit === undefined) return
    if (head.ssrc !== ssrc) {
      ssrc = head.ssrc
      known = known.fill(-1)
    }
    if (known.includes(head.timestamp | 0)) return
    known[at++ % known.length] = head.timestamp | 0
    onDigit(digit)
  }
}

/** Lengths in 20 ms frames: the tone, the repeats of its end, the pause. */
const TONE = 5
const ENDS = 3
const PAUSE = 3
const PERIOD = TONE + ENDS + PAUSE

export type DigitStep = { digit: string; /** First packet of the event. */ first: boolean; end: boolean; /** Samples since the event began. */ duration: number; /** Frames since the event began; its timestamp stays that of the first. */ age: number }

/** The steps of a row of digits, one per 20 ms; null in pauses, undefined at the end. */
export function createDigitSender(digits: string): () => DigitStep | null | undefined {
  const keys = [...digits.toUpperCase()].filter((one) => EVENTS.includes(one))
  let step = 0
  return () => {
    const digit = keys[Math.floor(step / PERIOD)]
    if (digit === undefined) return undefined
    const age = step % PERIOD
    step++
    if (age >= TONE + ENDS) return null
    return { digit, first: age === 0, end: age >= TONE, duration: Math.min(age + 1, TONE) * FRAME, age }
  }
}

export function writeEvent(bytes: Uint8Array, at: number, step: DigitStep): void {
  bytes[at] = EVENTS.indexOf(step.digit)
  bytes[at + 1] = (step.end ? 0x80 : 0) | 10
  bytes[at + 2] = step.duration >> 8
  bytes[at + 3] = step.duration & 0xff
}

/** 20 ms of a digit's two tones as A-law, for lines without telephone-event. */
export function digitTone(digit: string, frame: number, out: Uint8Array): void {
  const [low, high] = frequenciesOf(digit) ?? [0, 0]
  for (let i = 0; i < FRAME; i++) {
    const t = (frame * FRAME + i) / 8000
    out[i] = TO_ALAW[Math.round(6000 * Math.sin(2 * Math.PI * low * t) + 6500 * Math.sin(2 * Math.PI * high * t)) + 32_768] ?? 0
  }
}
