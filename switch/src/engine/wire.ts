// The listening side: HTTP (health, metrics, prompt files, recordings) and WebSockets (servers at /engine and /tap, desks at /softphone) on one port.
import { createHash, timingSafeEqual } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { type IncomingMessage, type RequestListener, type Server, type ServerResponse, createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import path from 'node:path'
import { type WebSocket, WebSocketServer } from 'ws'
import { ENGINE_PORT_VERSION, type FromEngine, toEngine } from '../engine-port.ts'
import { liveOf } from '../control/live.ts'
import { newId, now } from './clock.ts'
import { serveDesks } from './desks.ts'
import type { Engine, Log } from './engine.ts'

export type WireOptions = { host: string, port: number, token: string, folder: string, version: string, log: Log, tls?: { cert: Buffer, key: Buffer } }
export type Wire = { port: number, /** plain, on 127.0.0.1, where `port` speaks TLS */ inside: number | null, close: () => Promise<void> }
const FILE_LIMIT = 20_971_520

const sameSecret = (given: string, wanted: string): boolean => timingSafeEqual(createHash('sha256').update(given).digest(), createHash('sha256').update(wanted).digest())

/** Opens the port. Rejects when it is taken. */
export async function serve(engine: Engine, options: WireOptions): Promise<Wire> {
  const { token, log } = options
  const allowed = (request: IncomingMessage): boolean => sameSecret((request.headers.authorization ?? '').replace(/^Bearer /, ''), token)
  const desks = serveDesks(engine, token, log)
  const servers = new Set<WebSocket>()
  const live = new Set<WebSocket>()
  const listener: RequestListener = (request, response) => {
    answer(request, response).catch((error: unknown) => {
      log('warn', 'http', { url: request.url, error: String(error) })
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  }
  const server: Server = options.tls ? createTlsServer(options.tls, listener) : createServer(listener)
  // Browsers come by TLS; the server of this machine needs no certificate to trust, and takes the way inside.
  const inside = options.tls ? createServer(listener) : null
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024 })
  const trusted = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024 * 1024 })

  for (const one of inside ? [server, inside] : [server]) one.on('upgrade', (request, socket, head) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://x')
    if (pathname === '/tap' && allowed(request)) {
      return trusted.handleUpgrade(request, socket, head, (tap) => {
        if (!engine.tap(searchParams.get('tenant') ?? '', searchParams.get('call') ?? '', tap)) tap.close(4004, 'callEnded')
      })
    }
    if (pathname === '/softphone') return sockets.handleUpgrade(request, socket, head, desks.open)
    if (pathname !== '/engine' || !allowed(request)) return socket.end(`HTTP/1.1 ${pathname === '/engine' || pathname === '/tap' ? '401 Unauthorized' : '404 Not Found'}\r\nConnection: close\r\n\r\n`)
    trusted.handleUpgrade(request, socket, head, connected)
  })

  function connected(socket: WebSocket): void {
    const id = newId()
    let greeted = false
    const send = (message: FromEngine): void => { if (socket.readyState === 1) socket.send(JSON.stringify(message)) }
    const refuse = (code: 'version' | 'protocol', detail: string): void => { send({ type: 'refused', code, detail }); socket.close(4002, code) }
    socket.on('error', () => {})
    socket.on('close', () => { engine.delivery.leave(id); servers.delete(socket); live.delete(socket) })
    socket.on('message', (data) => {
      let parsed
      try {
        parsed = toEngine.safeParse(JSON.parse((data as Buffer).toString('utf8')))
      } catch {
        return refuse('protocol', 'not JSON')
      }
      if (!parsed.success) return badCommand(data as Buffer, send) ? undefined : refuse('protocol', parsed.error.issues[0]?.message ?? '')
      const message = parsed.data
      if (message.type === 'hello') {
        if (message.version !== ENGINE_PORT_VERSION) return refuse('version', String(ENGINE_PORT_VERSION))
        greeted = true
        servers.add(socket)
        const { delivery } = engine
        const known = message.after?.epoch === delivery.epoch ? message.after.seq : null
        const gap = message.after !== null && (known === null || known < delivery.acknowledged() || known > delivery.lastSeq())
        send({ type: 'welcome', version: ENGINE_PORT_VERSION, exchange: options.version, epoch: delivery.epoch, firstSeq: delivery.firstSeq(), lastSeq: delivery.lastSeq(), gap, policies: engine.policies(), deployment: engine.deploymentNumber(), at: now() })
        if (message.live) live.add(socket)
        if (message.events) delivery.ask({ id, send: (events) => send({ type: 'events', events }) }, Math.min(delivery.lastSeq(), Math.max(delivery.acknowledged(), known ?? 0)), (held) => send({ type: 'lease', held }))
        return
      }
      if (!greeted) return refuse('protocol', 'hello first')
      if (message.type === 'ack') return engine.delivery.acknowledge(message.epoch, message.seq)
      engine.command(message.command).then((result) => send({ type: 'result', result }), (error: unknown) => {
        log('error', 'command', { kind: message.command.act.kind, error: String(error) })
        send({ type: 'result', result: { commandId: message.command.commandId, status: 503, code: 'engineFault', detail: null, data: null } })
      })
    })
  }
  /** A command that does not fit the shapes is answered, not punished: an older exchange must not lose a newer server. */
  function badCommand(data: Buffer, send: (message: FromEngine) => void): boolean {
    const raw: unknown = JSON.parse(data.toString('utf8'))
    if (typeof raw !== 'object' || raw === null || !('type' in raw) || raw.type !== 'command' || !('command' in raw)) return false
    const command: unknown = raw.command
    if (typeof command !== 'object' || command === null || !('commandId' in command) || typeof command.commandId !== 'string') return false
    const wrong = toEngine.safeParse(raw).error?.issues[0]
    send({ type: 'result', result: { commandId: command.commandId, status: 400, code: 'malformed', detail: wrong ? `${wrong.path.join('.')}: ${wrong.message}` : null, data: null } })
    return true
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://x')
    const say = (status: number, body: unknown): void => { response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)) }
    if (pathname === '/health') return say(200, { ok: true, exchange: options.version, pid: process.pid, epoch: engine.delivery.epoch })
    if (!allowed(request)) return say(401, { code: 'unauthorized' })
    if (pathname === '/metrics') {
      const lines = Object.entries({ ...engine.figures(), desks: desks.count(), servers: servers.size }).map(([name, value]) => `exchange_${name} ${value}`)
      response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(`${lines.join('\n')}\n`)
      return
    }
    if (pathname === '/drain') return say(200, request.method === 'POST' ? engine.drain.begin() : request.method === 'DELETE' ? engine.drain.end() : engine.drain.state())
    const [, kind, name = ''] = pathname.split('/')
    if (kind === 'files' && request.method === 'PUT' && /^[0-9a-f]{64}$/.test(name)) return takeFile(request, name, say)
    if (kind === 'recordings' && request.method === 'GET') return sendRecording(request, response, name, say)
    say(404, { code: 'notFound' })
  }
  async function takeFile(request: IncomingMessage, name: string, say: (status: number, body: unknown) => void): Promise<void> {
    const chunks: Buffer[] = []
    let size = 0
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > FILE_LIMIT) return say(413, { code: 'tooLarge' })
      chunks.push(chunk)
    }
    const body = Buffer.concat(chunks)
    if (createHash('sha256').update(body).digest('hex') !== name) return say(422, { code: 'hash' })
    const folder = path.join(options.folder, 'prompts')
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const file = path.join(folder, `${name}.alaw`)
    await writeFile(`${file}.new`, body, { mode: 0o600 })
    await rename(`${file}.new`, file)
    say(201, { file: name, bytes: size })
  }
  async function sendRecording(request: IncomingMessage, response: ServerResponse, id: string, say: (status: number, body: unknown) => void): Promise<void> {
    const found = await engine.recording(id)
    if (!found) return say(404, { code: 'unknownRecording' })
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '')
    const start = range ? Number(range[1]) : 0
    const end = range?.[2] ? Math.min(Number(range[2]), found.size - 1) : found.size - 1
    if (start > end) { response.writeHead(416, { 'content-range': `bytes */${found.size}` }).end(); return }
    response.writeHead(range ? 206 : 200, { 'content-type': 'audio/wav', 'content-length': end - start + 1, 'accept-ranges': 'bytes', ...(range ? { 'content-range': `bytes ${start}-${end}/${found.size}` } : {}) })
    createReadStream(found.file, { start, end }).on('error', () => response.destroy()).pipe(response)
  }

  const telling = setInterval(() => {
    if (live.size === 0) return
    for (const tenant of engine.tenants.values()) {
      if (!tenant.changed) continue
      tenant.changed = false
      const text = JSON.stringify({ type: 'live', tenant: tenant.name, state: liveOf(tenant.driver.world, now()) } satisfies FromEngine)
      for (const socket of live) if (socket.readyState === 1 && socket.bufferedAmount < 4_000_000) socket.send(text)
    }
  }, 1000)

  await new Promise<void>((resolve, reject) => { server.once('error', reject); server.listen(options.port, options.host, resolve) })
  await new Promise<void>((resolve) => { if (inside) inside.listen(0, '127.0.0.1', resolve); else resolve() })
  const portOf = (one: Server): number | null => { const address = one.address(); return typeof address === 'object' && address ? address.port : null }
  return {
    port: portOf(server) ?? options.port, inside: inside && portOf(inside),
    async close() {
      clearInterval(telling)
      desks.close()
      for (const socket of [...servers, ...sockets.clients]) socket.terminate()
      inside?.closeAllConnections()
      inside?.close()
      server.closeAllConnections()
      await new Promise<void>((resolve) => { server.close(() => resolve()) })
    },
  }
}
