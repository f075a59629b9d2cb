// Bytes in and out: UDP, TCP and TLS, IPv4 and IPv6. Tells who spoke and over which connection, so that answers take the same way back (RFC 3261 §18, RFC 3581).
import { createSocket, type Socket as UdpSocket } from 'node:dgram'
import { isIPv6, connect, createServer, type Server, type Socket } from 'node:net'
import { connect as connectTls, createServer as createTlsServer, rootCertificates } from 'node:tls'
import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { createFramer } from './framer.ts'

export type TransportKind = 'udp' | 'tcp' | 'tls'
/** The other side of one hop; addresses without brackets, never mapped IPv6. */
export type Peer = { transport: TransportKind; address: string; port: number; /** What its certificate must be for, where it was found by name. */ name?: string }
export type Listening = Peer & { server: boolean }

export type TransportOptions = {
  /** Addresses to bind; by default loopback only. Port 0 chooses a free one. */
  listen: readonly { transport: TransportKind; address: string; port: number }[]
  /** Certificate and key as PEM, shown on both ends; `ca`: who is trusted besides those that the system trusts. */
  tls?: { cert: string; key: string; ca?: string }
  onMessage: (bytes: Buffer, from: Peer) => void
  onLog: (what: string, data: Record<string, unknown>) => void
}

const MOST_CONNECTIONS = 2000
const IDLE_MS = 600_000

export type Transport = Awaited<ReturnType<typeof openTransport>>

const plain = (address: string | undefined): string => (address ?? '').replace(/^::ffff:/, '').replace(/%.*$/, '')

export async function openTransport(options: TransportOptions) {
  const udp: { socket: UdpSocket; address: string; port: number; v6: boolean }[] = []
  const servers: { server: Server; kind: TransportKind; address: string; port: number }[] = []
  const connections = new Map<string, Socket>()
  let closed = false

  const key = (kind: TransportKind, address: string, port: number): string => `${kind}/${address}/${port}`

  async function listenUdp(address: string, port: number): Promise<void> {
    const v6 = isIPv6(address)
    const socket = createSocket({ type: v6 ? 'udp6' : 'udp4', ipv6Only: v6, recvBufferSize: 1 << 21, sendBufferSize: 1 << 20 })
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject)
      socket.bind(port, address, () => {
        socket.off('error', reject)
        resolve()
      })
    })
    socket.on('error', (error) => options.onLog('udp', { error: error.message }))
    socket.on('message', (bytes, from) => options.onMessage(bytes, { transport: 'udp', address: plain(from.address), port: from.port }))
    udp.push({ socket, address, port: socket.address().port, v6 })
  }

  async function listenStream(kind: 'tcp' | 'tls', address: string, port: number): Promise<void> {
    const accept = (socket: Socket): void => adopt(kind, socket)
    if (kind === 'tls' && !options.tls) throw new Error('TLS needs a certificate and a key')
    const server = kind === 'tls' ? createTlsServer({ ...options.tls }, accept) : createServer(accept)
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, address, () => {
        server.off('error', reject)
        resolve()
      })
    })
    server.on('error', (error) => options.onLog(kind, { error: error.message }))
    const bound = server.address()
    servers.push({ server, kind, address, port: bound && typeof bound === 'object' ? bound.port : port })
  }

  function adopt(kind: 'tcp' | 'tls', socket: Socket): void {
    const peer: Peer = { transport: kind, address: plain(socket.remoteAddress), port: socket.remotePort ?? 0 }
    const id = key(kind, peer.address, peer.port)
    if (connections.size >= MOST_CONNECTIONS) {
      options.onLog('too many connections', { from: peer.address })
      socket.destroy()
      return
    }
    connections.set(id, socket)
    const framer = createFramer((bytes) => options.onMessage(bytes, peer), () => socket.write('\r\n'))
    socket.setNoDelay(true)
    socket.setTimeout(IDLE_MS, () => socket.destroy())
    socket.on('data', (chunk) => {
      const defect = framer(chunk)
      if (defect === null) return
      options.onLog('stream broken', { from: peer.address, defect })
      socket.destroy()
    })
    socket.on('error', (error) => options.onLog('stream', { from: peer.address, error: error.message }))
    socket.on('close', () => {
      if (connections.get(id) === socket) connections.delete(id)
    })
  }

  function dial(kind: 'tcp' | 'tls', peer: Peer): Socket {
    const socket = kind === 'tls' ? connectTls({ host: peer.address, port: peer.port, ...(peer.name && isIP(peer.name) === 0 ? { servername: peer.name } : {}), ...(options.tls ? { cert: options.tls.cert, key: options.tls.key } : {}), ...(options.tls?.ca ? { ca: [...rootCertificates, options.tls.ca] } : {}) }) : connect({ host: peer.address, port: peer.port })
    const id = key(kind, peer.address, peer.port)
    connections.set(id, socket)
    socket.once(kind === 'tls' ? 'secureConnect' : 'connect', () => {
      if (connections.get(id) === socket) connections.delete(id)
      adopt(kind, socket)
      if (socket.remoteAddress && plain(socket.remoteAddress) !== peer.address) connections.set(id, socket)
    })
    socket.on('error', (error) => {
      if (!closed) options.onLog('no connection', { to: peer.name ?? peer.address, port: peer.port, error: error.message }) // a certificate that does not fit says so here
      socket.destroy()
    })
    socket.once('close', () => {
      if (connections.get(id) === socket) connections.delete(id)
    })
    return socket
  }

  for (const one of options.listen) await (one.transport === 'udp' ? listenUdp(one.address, one.port) : listenStream(one.transport, one.address, one.port))

  return {
    /** What we are reachable at, in the order given. */
    get listening(): Peer[] {
      return [...udp.map((one) => ({ transport: 'udp' as const, address: one.address, port: one.port })), ...servers.map((one) => ({ transport: one.kind, address: one.address, port: one.port }))]
    },

    /** The address to name in Via and Contact towards a peer. */
    localFor(peer: Peer): Peer {
      const v6 = isIPv6(peer.address)
      const all = this.listening
      return all.find((one) => one.transport === peer.transport && isIPv6(one.address) === v6) ?? all.find((one) => one.transport === peer.transport) ?? all[0] ?? { transport: 'udp', address: '127.0.0.1', port: 5060 }
    },

    /** False where the peer cannot be reached at all; losses on the way are the transaction's business. */
    send(bytes: Buffer, to: Peer, failed: (error: Error) => void): void {
      if (closed) return
      if (to.transport === 'udp') {
        const v6 = isIPv6(to.address)
        const from = udp.find((one) => one.v6 === v6)
        if (!from) return void queueMicrotask(() => failed(new Error('no UDP socket of that family')))
        from.socket.send(bytes, to.port, to.address, (error) => {
          if (error) failed(error)
        })
        return
      }
      const socket = connections.get(key(to.transport, to.address, to.port)) ?? dial(to.transport, to)
      socket.write(bytes, (error) => {
        if (error) failed(error)
      })
    },

    /** A name's address; what is an address already is given back. */
    async resolve(host: string): Promise<string | null> {
      if (isIP(host)) return host
      try {
        return (await lookup(host)).address
      } catch {
        return null
      }
    },

    async close(): Promise<void> {
      closed = true
      for (const { socket } of udp) socket.close()
      for (const socket of connections.values()) socket.destroy()
      await Promise.all(servers.map(({ server }) => new Promise<void>((resolve) => server.close(() => resolve()))))
    },
  }
}
