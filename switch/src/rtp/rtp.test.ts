import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createDigitSender, createEventReceiver, digitTone, writeEvent } from './dtmf.ts'
import { ALAW, ALAW_SILENCE, ALAW_TO_ULAW, FRAME, TO_ALAW, TO_ULAW, ULAW, ULAW_TO_ALAW } from './g711.ts'
import { createDigitDetector, toneEnergy } from './goertzel.ts'
import { createJitterBuffer } from './jitter-buffer.ts'
import { newHead, readRtp, seqDelta, writeHead } from './packet.ts'

describe('G.711', () => {
  test('every code comes back from its own linear value', () => {
    for (let code = 0; code < 256; code++) {
      expect(TO_ALAW[(ALAW[code] ?? 0) + 32_768]).toBe(code)
      if (code !== 0x7f) expect(TO_ULAW[(ULAW[code] ?? 0) + 32_768]).toBe(code) // 0x7f is the second zero
    }
  })
  test('values of the recommendation', () => {
    expect([ALAW[0xd5], ALAW[0x55], ALAW[0xaa], ALAW[0x2a]]).toEqual([8, -8, 32_256, -32_256])
    expect([ULAW[0xff], ULAW[0x80], ULAW[0x00]]).toEqual([0, 32_124, -32_124])
    expect([TO_ALAW[32_768], TO_ULAW[32_768]]).toEqual([0xd5, 0xff])
  })
  test('the error stays below a sixteenth of the value', () => {
    for (let sample = -32_000; sample <= 32_000; sample += 7) {
      expect(Math.abs((ALAW[TO_ALAW[sample + 32_768] ?? 0] ?? 0) - sample)).toBeLessThanOrEqual(Math.max(16, Math.abs(sample) / 16))
      expect(Math.abs((ULAW[ALAW_TO_ULAW[TO_ALAW[sample + 32_768] ?? 0] ?? 0] ?? 0) - sample)).toBeLessThanOrEqual(Math.max(32, Math.abs(sample) / 8))
    }
    expect(ULAW_TO_ALAW).toHaveLength(256)
  })
})

function packet(seq: number, timestamp: number, fill: number, length = FRAME, ssrc = 7): Uint8Array {
  const bytes = new Uint8Array(12 + length).fill(fill)
  writeHead(bytes, 8, false, seq & 0xffff, timestamp >>> 0, ssrc)
  return bytes
}
const head = newHead()

describe('RTP packets', () => {
  test('extension, contributors and padding are stepped over', () => {
    const bytes = Uint8Array.from([0xb1, 0x88, 0, 5, 0, 0, 0, 160, 0, 0, 0, 9, 1, 1, 1, 1, 0xbe, 0xde, 0, 1, 9, 9, 9, 9, 0xd5, 0xd5, 0, 2])
    expect(readRtp(bytes, head)).toBe(true)
    expect(head).toEqual({ payloadType: 8, marker: true, seq: 5, timestamp: 160, ssrc: 9, start: 24, end: 26 })
  })
  test('noise never throws and RTCP is not taken for sound', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => void readRtp(bytes, head)))
    expect(readRtp(Uint8Array.from([0x80, 200, 0, 6, ...new Uint8Array(24)]), head)).toBe(false)
  })
})

describe('the jitter buffer', () => {
  function play(buffer: ReturnType<typeof createJitterBuffer>, frames: number): number[] {
    const out = new Uint8Array(FRAME)
    return Array.from({ length: frames }, () => (buffer.take(out) ? (out[0] ?? 0) : -1))
  }
  function put(buffer: ReturnType<typeof createJitterBuffer>, bytes: Uint8Array, now: number): void {
    readRtp(bytes, head)
    buffer.put(bytes, head, now, false)
  }
  test('packets out of order, twice, and over the wrap of both counters come out in order', () => {
    const buffer = createJitterBuffer()
    const [seq, stamp] = [65_534, 2 ** 32 - 320]
    for (const i of [0, 2, 1, 1, 3]) put(buffer, packet(seq + i, stamp + i * FRAME, 10 + i), i * 20)
    expect(play(buffer, 6)).toEqual([-1, -1, 10, 11, 12, 13])
    expect(buffer.figures).toMatchObject({ received: 5, reordered: 2 })
  })
  test('a lost packet is counted, filled softly, and moves nothing else', () => {
    const buffer = createJitterBuffer()
    for (const i of [0, 1, 3, 4]) put(buffer, packet(i, i * FRAME, 20 + i), i * 20)
    expect(play(buffer, 7)).toEqual([-1, -1, 20, 21, -1, 23, 24])
    expect(buffer.figures.lost).toBe(1)
  })
  test('10 and 60 ms packets are cut into frames', () => {
    const short = createJitterBuffer()
    for (let i = 0; i < 8; i++) put(short, packet(i, i * 80, 30, 80), i * 10)
    expect(play(short, 6).slice(2)).toEqual([30, 30, 30, 30])
    const long = createJitterBuffer()
    put(long, packet(0, 0, 40, 480), 0)
    expect(play(long, 5).slice(2)).toEqual([40, 40, 40])
  })
  test('a new source and a time line that jumps begin anew', () => {
    const buffer = createJitterBuffer()
    put(buffer, packet(1, 0, 50), 0)
    expect(play(buffer, 3)[2]).toBe(50)
    put(buffer, packet(900, 5_000_000, 51, FRAME, 8), 60)
    expect(play(buffer, 3)[2]).toBe(51)
  })
  test('after a pause the stream is heard again within its delay', () => {
    const buffer = createJitterBuffer()
    put(buffer, packet(1, 0, 60), 0)
    play(buffer, 200)
    put(buffer, packet(2, 200 * FRAME, 61), 4000)
    expect(play(buffer, 4)).toContain(61)
  })
  test('any stream: no frame is lost but the late ones, and nothing throws', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 30, maxLength: 60 }), (shifts) => {
        const buffer = createJitterBuffer()
        const order = shifts.map((shift, i) => ({ i, at: i + 5 + shift })).sort((a, b) => a.at - b.at)
        const heard: number[] = []
        const out = new Uint8Array(FRAME)
        for (let tick = 0, next = 0; tick < shifts.length + 30; tick++) {
          for (; order[next] && (order[next]?.at ?? 0) <= tick; next++) put(buffer, packet(order[next]?.i ?? 0, (order[next]?.i ?? 0) * FRAME, (order[next]?.i ?? 0) + 1), tick * 20)
          if (buffer.take(out)) heard.push(out[0] ?? 0)
        }
        expect(heard).toEqual(heard.toSorted((a, b) => a - b))
        expect(heard.length + buffer.figures.late).toBeGreaterThanOrEqual(shifts.length - 3)
      }),
    )
  })
  test('distances go over the wrap', () => expect([seqDelta(2, 65_535), seqDelta(65_535, 2)]).toEqual([3, -3]))
})

describe('digits', () => {
  const linear = (codes: Uint8Array): Int16Array => Int16Array.from(codes, (code) => ALAW[code] ?? 0)
  test('each of the sixteen is sent as an event and received once, whatever is lost or repeated', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...'0123456789*#ABCD'), { minLength: 1, maxLength: 12 }), fc.infiniteStream(fc.nat(9)), (digits, luck) => {
        const heard: string[] = []
        const receive = createEventReceiver((digit) => heard.push(digit))
        const next = createDigitSender(digits.join(''))
        const bytes = new Uint8Array(16)
        let [frame, lost, began] = [0, 0, 0]
        for (let step = next(); step !== undefined; step = next(), frame++) {
          if (step === null) continue
          if (step.first) [lost, began] = [0, frame]
          writeHead(bytes, 101, step.first, frame, began * FRAME, 3)
          writeEvent(bytes, 12, step)
          const [first] = luck.take(1)
          if ((first ?? 0) < 3 && lost++ < 5) continue
          readRtp(bytes, head)
          receive(bytes, head)
          if ((first ?? 0) > 7) receive(bytes, head)
        }
        expect(heard.join('')).toBe(digits.join(''))
      }),
    )
  })
  test('in-band tones of every key are found once each, two alike in a row twice', () => {
    const heard: string[] = []
    const detect = createDigitDetector((digit) => heard.push(digit))
    const out = new Uint8Array(FRAME)
    for (const digit of '1223334567890*#ABCD') {
      for (let frame = 0; frame < 5; frame++) {
        digitTone(digit, frame, out)
        detect(linear(out))
      }
      for (let frame = 0; frame < 4; frame++) detect(new Int16Array(FRAME))
    }
    expect(heard.join('')).toBe('1223334567890*#ABCD')
  })
  test('noise, a single tone and music are no digits', () => {
    const heard: string[] = []
    const detect = createDigitDetector((digit) => heard.push(digit))
    for (let frame = 0; frame < 500; frame++) {
      detect(Int16Array.from({ length: FRAME }, (_, i) => {
        const t = (frame * FRAME + i) / 8000
        return frame < 200 ? Math.sin(t * 2 * Math.PI * 941) * 8000 : frame < 350 ? (Math.random() - 0.5) * 20_000 : Math.sin(t * 2 * Math.PI * 697) * 4000 + Math.sin(t * 2 * Math.PI * 1000) * 4000 + Math.sin(t * 2 * Math.PI * 1209) * 4000
      }))
    }
    expect(heard).toEqual([])
  })
  test('the energy of a tone is the square of its amplitude', () => {
    const samples = Int16Array.from({ length: 400 }, (_, i) => 1000 * Math.sin((2 * Math.PI * 440 * i) / 8000))
    expect(toneEnergy(samples, 0, 400, 440) / 1e6).toBeCloseTo(1, 1)
    expect(toneEnergy(samples, 0, 400, 880) / 1e6).toBeLessThan(0.01)
  })
  test('silence is silence', () => expect(ALAW[ALAW_SILENCE]).toBe(8))
})
