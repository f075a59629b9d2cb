// UDP sockets of legs: an even port each out of a range; sound only from where the session description says, or once latched for telephones behind NAT.
import { createSocket, type Socket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import { createOpener, createSealer } from '../rtp/srtp.ts'
import type { Wire } from './leg.ts'

export type RtpWire = Wire & {
  readonly port: number
  /** Where to send, and from which address to take. */
  setRemote: (address: string, port: number, latch: boolean) => void
  /** Master keys of both directions; undefined: plain sound. A direction whose key stays goes on counting. */
  secure: (keys: { ours: string; theirs: string } | undefined) => void
}

export type RtpPorts = { take: () => number | null; give: (port: number) => void; readonly free: number }

/** Ports in turn, so that one just closed rests as long as possible: late packets of a call must not reach the next. */
export function createRtpPorts(from: number, to: number): RtpPorts {
  const free: number[] = []
  // From the top: the sockets of browsers (ICE) take the same range from its bottom.
  for (let port = to - 1 - ((to - 1) % 2); port >= from; port -= 2) free.push(port)
  let at = 0
  return {
    take() {
      if (at >= free.length) return null
      const port = free[at++] ?? null
      if (at > 4096) {
        free.splice(0, at)
        at = 0
      }
      return port
    },
    give: (port) => void free.push(port),
    get free() {
      return free.length - at
    },
  }
}

type Receiver = (bytes: Buffer, now: number) => void

/** Opens a socket on the next port that nobody else holds. */
export async function openRtpWire(address: string, ports: RtpPorts, receive: Receiver, refused: () => void): Promise<RtpWire | null> {
  for (let left = ports.free; left > 0; left--) {
    const port = ports.take()
    if (port === null) return null
    const socket = await bind(address, port)
    if (socket) return wireOn(socket, port, ports, receive, refused)
    ports.give(port) // another program has it
  }
  return null
}

function bind(address: string, port: number): Promise<Socket | null> {
  const type = isIPv6(address) ? 'udp6' : 'udp4'
  // Addresses are numbers here: Node's own look-up would cost a turn of the event loop for each packet.
  const socket = createSocket({ type, lookup: (host, _options, done) => done(null, host, type === 'udp6' ? 6 : 4) })
  return new Promise((resolve) => {
    socket.once('error', () => {
      socket.close()
      resolve(null)
    })
    socket.bind(port, address, () => {
      socket.removeAllListeners('error')
      resolve(socket)
    })
  })
}

function wireOn(socket: Socket, port: number, ports: RtpPorts, receive: Receiver, refused: () => void): RtpWire {
  let remote: { address: string; port: number; latch: boolean } | null = null
  let closed = false
  let keys: { ours: string; theirs: string } | undefined
  let seal: ((packet: Buffer) => Buffer) | null = null
  let open: ((packet: Buffer) => Buffer | null) | null = null
  socket.on('error', () => {}) // a far end that is gone answers with ICMP; the watch on silence deals with it
  socket.on('message', (bytes, from) => {
    if (!remote) return
    if (from.address !== remote.address && !remote.latch) return refused()
    const plain = open ? open(bytes) : bytes
    if (!plain) return refused()
    if (remote.latch && plain.length >= 12 && (plain[0] ?? 0) >> 6 === 2) remote = { address: from.address, port: from.port, latch: false }
    if (from.address !== remote.address) return refused()
    receive(plain, performance.now())
  })
  return {
    port,
    setRemote(address, remotePort, latch) {
      remote = { address, port: remotePort, latch }
    },
    secure(next) {
      if (next?.ours !== keys?.ours) seal = next ? createSealer(next.ours) : null
      if (next?.theirs !== keys?.theirs) open = next ? createOpener(next.theirs) : null
      keys = next
    },
    send(plain) {
      if (!remote || closed) return
      const packet = seal ? seal(plain) : plain
      socket.send(packet, 0, packet.length, remote.port, remote.address)
    },
    close() {
      if (closed) return
      closed = true
      socket.close()
      ports.give(port)
    },
  }
}
