// Sound that should come and does not: told once, only of legs that should send.
import { expect, test } from 'vitest'
import type { Agreed } from '../sip/sdp.ts'
import { newHead, writeHead } from '../rtp/packet.ts'
import { createLeg } from './leg.ts'

const agreed = (direction: Agreed['direction']): Agreed => ({ direction, codec: 'PCMA', payloadType: 8, events: 101, address: '127.0.0.1', port: 9, ptime: 20 }) as Agreed
const packet = (seq: number): Buffer => {
  const bytes = Buffer.alloc(172)
  writeHead(bytes, 8, false, seq, seq * 160, 1)
  return bytes
}

test('a leg that sends nothing from the first moment is lost after 30 s, told once, and back with its first packet', () => {
  const told: string[] = []
  const leg = createLeg('one', { digit: () => {}, media: (state) => told.push(state) })
  leg.agreed = agreed('sendrecv')
  leg.live(1000)
  for (let now = 1000; now <= 90_000; now += 1000) leg.watch(now)
  expect(told).toEqual(['lost'])
  leg.receive(packet(1), newHead(), 91_000)
  expect(told).toEqual(['lost', 'back'])
  for (let now = 91_000; now <= 120_000; now += 1000) leg.watch(now)
  expect(told).toEqual(['lost', 'back'])
  for (let now = 121_000; now <= 160_000; now += 1000) leg.watch(now)
  expect(told).toEqual(['lost', 'back', 'lost'])
})

test('a leg that is held, only listens, or has not been answered is missed by nobody', () => {
  const told: string[] = []
  const leg = createLeg('two', { digit: () => {}, media: (state) => told.push(state) })
  for (let now = 0; now <= 60_000; now += 1000) leg.watch(now)
  leg.agreed = agreed('sendonly')
  leg.live(60_000)
  for (let now = 60_000; now <= 200_000; now += 1000) leg.watch(now)
  leg.agreed = agreed('sendrecv') // taken up again: its time begins now
  for (let now = 200_000; now <= 229_000; now += 1000) leg.watch(now)
  expect(told).toEqual([])
})
