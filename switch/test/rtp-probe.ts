// A far end for sound in a process of its own: sends a tone and digits, and measures what comes: loss, order, lateness, tones, digits.
// `node rtp-probe.ts '{"ports":[30000],"tone":440,"seconds":5}'` → one line "ready", at the end one line of JSON.
// Words on stdin: `press 5` sends digits, `hear` answers with a line of JSON: what was heard since the last time.
import { createSocket } from 'node:dgram'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { createDigitSender, createEventReceiver, writeEvent } from '../src/rtp/dtmf.ts'
import { ALAW, FRAME, TO_ALAW } from '../src/rtp/g711.ts'
import { energyOf, toneEnergy } from '../src/rtp/goertzel.ts'
import { newHead, readRtp, seqDelta, writeHead } from '../src/rtp/packet.ts'

export type ProbeOrder = {
  ports: number[]
  /** Hz; null: silence. With several ports each later one gets `toneStep` more. */
  tone: number | null
  toneStep?: number
  seconds: number
  /** Sent as RFC 4733 so many milliseconds after the first packet came. */
  digits?: { text: string; afterMs: number }
  /** Frequencies to look for. */
  listen?: number[]
  payloadType?: number
  /** Ends a port that has been silent for so long after it had spoken. */
  eventsType?: number
}

export type ProbeReport = {
  port: number
  received: number
  /** By sequence numbers, per source. */
  lost: number
  reordered: number
  sources: number
  sent: number
  digits: string
  /** Arrival against an even 20 ms: worst and 99th of a hundred. */
  p99LateMs: number
  worstLateMs: number
  firstMs: number | null
  lastMs: number | null
  /** Share of the frames with any sound in which the tone is the loudest part. */
  tones: Record<string, number>
  /** Share of frames with sound at all. */
  loud: number
}

/** What an ear heard since it was asked last: packets, and each tone's share of the frames with sound. */
export type Heard = { received: number; tones: Record<string, number> }

function probe(order: ProbeOrder, port: number, index: number): { stop: () => ProbeReport; hear: () => Heard; press: (digits: string) => void } {
  const socket = createSocket('udp4')
  const [head, packet] = [newHead(), Buffer.alloc(12 + FRAME)]
  const tone = order.tone === null ? null : order.tone + index * (order.toneStep ?? 0)
  const sound = Uint8Array.from({ length: 8000 }, (_, i) => TO_ALAW[32_768 + (tone === null ? 0 : Math.round(8000 * Math.sin((2 * Math.PI * tone * i) / 8000)))] ?? 0)
  const listen = order.listen ?? []
  const [pt, events] = [order.payloadType ?? 8, order.eventsType ?? 101]
  const began = performance.now()
  const sources = new Map<number, { first: number; highest: number; count: number }>()
  const lateness: number[] = []
  const heard = new Map(listen.map((one) => [one, 0]))
  const linear = new Int16Array(FRAME)
  const report: ProbeReport = { port, received: 0, lost: 0, reordered: 0, sources: 0, sent: 0, digits: '', p99LateMs: 0, worstLateMs: 0, firstMs: null, lastMs: null, tones: {}, loud: 0 }
  let remote: { address: string; port: number } | null = null
  let [loud, frames, previous, due, sent, digitAt] = [0, 0, 0, 0, 0, 0]
  let since = { received: 0, loud: 0, heard: new Map<number, number>() }
  let digits = order.digits ? createDigitSender(order.digits.text) : null
  const digitsAfterMs = order.digits?.afterMs ?? 0
  const event = createEventReceiver((digit) => (report.digits += digit))

  socket.on('message', (bytes, from) => {
    if (!readRtp(bytes, head)) return
    remote = { address: from.address, port: from.port } // the next call comes from another port
    const now = performance.now() - began
    report.received++
    report.firstMs ??= now
    report.lastMs = now
    const source = sources.get(head.ssrc)
    if (!source) sources.set(head.ssrc, { first: head.seq, highest: head.seq, count: 1 })
    else {
      source.count++
      if (seqDelta(head.seq, source.highest & 0xffff) > 0) source.highest += seqDelta(head.seq, source.highest & 0xffff)
      else report.reordered++
    }
    if (head.payloadType === events) return event(bytes, head)
    if (previous > 0) {
      due = Math.max(due + 20, previous)
      lateness.push(Math.max(0, now - due))
      if (now < due) due = now
    } else due = now
    previous = 1
    if (head.end - head.start !== FRAME || listen.length === 0) return
    for (let i = 0; i < FRAME; i++) linear[i] = ALAW[bytes[head.start + i] ?? 0] ?? 0
    const energy = energyOf(linear, 0, FRAME)
    frames++
    if (energy < 10_000) return
    loud++
    for (const one of listen) if (toneEnergy(linear, 0, FRAME, one) / 2 > energy * 0.25) heard.set(one, (heard.get(one) ?? 0) + 1)
  })

  const start = performance.now()
  const clock = setInterval(() => {
    while (sent < Math.floor((performance.now() - start) / 20)) {
      sent++
      if (!remote) continue
      const step = digits && report.firstMs !== null && performance.now() - began - report.firstMs > digitsAfterMs ? digits() : undefined
      if (step) {
        if (step.first) digitAt = sent
        writeHead(packet, events, step.first, sent & 0xffff, digitAt * FRAME, port)
        writeEvent(packet, 12, step)
        socket.send(Buffer.from(packet.subarray(0, 16)), remote.port, remote.address)
      } else {
        writeHead(packet, pt, report.sent === 0, sent & 0xffff, sent * FRAME, port)
        const at = (sent % 50) * FRAME
        packet.set(sound.subarray(at, at + FRAME), 12)
        socket.send(Buffer.from(packet), remote.port, remote.address)
      }
      report.sent++
    }
  }, 5)
  socket.on('error', () => {})
  socket.bind(port, '127.0.0.1')

  return {
    press: (text) => void (digits = createDigitSender(text)),
    hear() {
      const was = since
      since = { received: report.received, loud, heard: new Map(heard) }
      return { received: report.received - was.received, tones: Object.fromEntries([...heard].map(([one, count]) => [one, loud > was.loud ? (count - (was.heard.get(one) ?? 0)) / (loud - was.loud) : 0])) }
    },
    stop() {
      clearInterval(clock)
      socket.close()
      for (const one of sources.values()) report.lost += Math.max(0, one.highest - one.first + 1 - one.count)
      report.sources = sources.size
      const sorted = lateness.toSorted((a, b) => a - b)
      report.p99LateMs = sorted[Math.floor(sorted.length * 0.99)] ?? 0
      report.worstLateMs = sorted.at(-1) ?? 0
      report.loud = frames > 0 ? loud / frames : 0
      for (const [one, count] of heard) report.tones[one] = loud > 0 ? count / loud : 0
      return report
    },
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const order = JSON.parse(process.argv[2] ?? '{}') as ProbeOrder
  const probes = order.ports.map((port, i) => probe(order, port, i))
  process.stdout.write('ready\n')
  const end = (): void => {
    process.stdout.write(`${JSON.stringify(probes.map((one) => one.stop()))}\n`)
    process.exit(0)
  }
  setTimeout(end, order.seconds * 1000)
  process.on('SIGTERM', end)
  createInterface({ input: process.stdin }).on('line', (line) => {
    const [word, text = ''] = line.split(' ')
    if (word === 'press') for (const one of probes) one.press(text)
    if (word === 'hear') process.stdout.write(`${JSON.stringify(probes.map((one) => one.hear()))}\n`)
  })
}
