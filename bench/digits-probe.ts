// Far ends of the digit bench in one process: each sends its rows as RFC 4733 and waits for the beep after each. `node digits-probe.ts '{"ports":[…],"rows":10}'` → "ready", at SIGTERM a line of JSON.
import { createSocket } from 'node:dgram'
import { createDigitSender, writeEvent } from '../switch/src/rtp/dtmf.ts'
import { ALAW, ALAW_SILENCE, FRAME } from '../switch/src/rtp/g711.ts'
import { newHead, readRtp, writeHead } from '../switch/src/rtp/packet.ts'
import { DIGITS, rowOf } from './digit-rows.ts'

const { ports, rows } = JSON.parse(process.argv[2] ?? '{}') as { ports: number[]; rows: number }
const promptMs: number[] = []

function far(port: number, call: number): void {
  const socket = createSocket('udp4')
  const [head, packet] = [newHead(), Buffer.alloc(12 + FRAME)]
  let remote: { address: string; port: number } | null = null
  let [sent, row, digitAt, endedAt, quietSince, digits] = [0, 0, 0, 0, 0, 0]
  let sender: ReturnType<typeof createDigitSender> | null = null
  let state: 'waiting' | 'sending' | 'listening' | 'quiet' = 'waiting' // listening from the last digit's first packet on: it may be told by then
  socket.on('message', (bytes, from) => {
    if (!readRtp(bytes, head)) return
    if (!remote) {
      remote = { address: from.address, port: from.port }
      state = 'quiet'
      quietSince = performance.now() + 300
    }
    let peak = 0
    for (let i = head.start; i < head.end; i += 3) peak = Math.max(peak, Math.abs(ALAW[bytes[i] ?? 0] ?? 0))
    if (peak < 500) return
    if (state === 'listening') {
      promptMs.push(performance.now() - endedAt)
      state = 'quiet'
    }
    quietSince = performance.now()
  })
  const began = performance.now()
  const clock = setInterval(() => {
    while (sent < Math.floor((performance.now() - began) / 20)) {
      sent++
      if (!remote) continue
      if (state === 'quiet' && sender === null && row < rows && performance.now() - quietSince > 200) {
        sender = createDigitSender(rowOf(call, row++))
        state = 'sending'
        digits = 0
      }
      const step = sender?.()
      if (step === undefined) sender = null
      if (step) {
        if (step.first) digitAt = sent
        if (step.first && ++digits === DIGITS) {
          state = 'listening'
          endedAt = performance.now()
        }
        writeHead(packet, 101, step.first, sent & 0xffff, digitAt * FRAME, port)
        writeEvent(packet, 12, step)
        socket.send(Buffer.from(packet.subarray(0, 16)), remote.port, remote.address)
      } else {
        writeHead(packet, 8, false, sent & 0xffff, sent * FRAME, port)
        packet.fill(ALAW_SILENCE, 12)
        socket.send(Buffer.from(packet), remote.port, remote.address)
      }
    }
  }, 10)
  clock.unref()
  socket.on('error', () => {})
  socket.bind(port, '127.0.0.1')
}

ports.forEach(far)
process.stdout.write('ready\n')
process.on('SIGTERM', () => {
  process.stdout.write(`${JSON.stringify(promptMs)}\n`)
  process.exit(0)
})
