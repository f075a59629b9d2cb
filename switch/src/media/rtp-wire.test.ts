import { createSocket, type Socket } from 'node:dgram'
import { expect, test } from 'vitest'
import { createRtpPorts, openRtpWire } from './rtp-wire.ts'

const held = (port: number): Promise<Socket> => new Promise((resolve, reject) => { const socket = createSocket('udp4'); socket.once('error', reject); socket.bind(port, '127.0.0.1', () => resolve(socket)) })

test('a leg finds the one port that is left, however many others hold; a range that is all taken says so', async () => {
  const [from, to] = [23_000, 23_101]
  const others: Socket[] = []
  for (let port = from + 2; port < to; port += 2) others.push(await held(port))
  const ports = createRtpPorts(from, to)
  const wire = await openRtpWire('127.0.0.1', ports, () => {}, () => {})
  expect(wire?.port).toBe(from)
  expect(await openRtpWire('127.0.0.1', ports, () => {}, () => {})).toBeNull()
  expect(ports.free).toBe(others.length)
  wire?.close()
  for (const socket of others) socket.close()
})

test('ports are taken from the top: those of browsers come from the bottom of the same range', () => {
  const ports = createRtpPorts(23_000, 23_007)
  expect([ports.take(), ports.take(), ports.take(), ports.take(), ports.take()]).toEqual([23_006, 23_004, 23_002, 23_000, null])
})
