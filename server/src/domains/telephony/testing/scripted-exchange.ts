// An exchange that speaks the wire and does what a test scripts: for the server's end of it, never in the product.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { WebSocketServer, type WebSocket } from 'ws'
import { systemClock } from '../../../kernel/time/index.ts'
import { ENGINE_PORT_VERSION, toEngine, type CommandResult, type EngineAct, type EngineCommand, type EventData, type EventKind, type LiveState } from '../../../../../switch/src/engine-port.ts'

const TOKEN = 'scripted-exchange-token'

export type ScriptedExchange = {
  commands: EngineCommand[]
  acked: { epoch: string; seq: number }[]
  /** Greets of the server: what it asked to resume from. */
  hellos: ({ epoch: string; seq: number } | null)[]
  files: Map<string, Buffer>
  recordings: Map<string, Buffer>
  /** Sockets that ask for the sound of a call, by the call. */
  taps: Map<string, WebSocket>
  /** Says whether the server at the other end stores events. */
  lease(held: boolean): void
  /** How an act is answered; 200 without data where nothing is said. */
  answer: (act: EngineAct, command: EngineCommand) => Partial<CommandResult> | undefined
  /** Journals an event and tells it; returns its sequence. */
  tell<K extends EventKind>(tenant: string, kind: K, callId: string | null, data: EventData<K>, at?: number): number
  /** Tells everything after a sequence again. */
  repeat(after: number): void
  /** Tells something that is no event. */
  repeatRaw(event: unknown): void
  live(tenant: string, state: LiveState): void
  /** Cuts the connection; the server comes back. */
  cut(): void
  dataDir: string
  stop(): Promise<void>
}

/** Listens on a free port and writes the lock file into `dataDir`, as the real one does. */
export async function scriptedExchange(dataDir: string): Promise<ScriptedExchange> {
  const epoch = 'scripted-epoch'
  const journal: Record<string, unknown>[] = []
  const sockets = new Set<WebSocket>()
  const files = new Map<string, Buffer>()
  const recordings = new Map<string, Buffer>()
  const http: Server = createServer((request, response) => {
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return void response.writeHead(401).end()
    const [, kind = '', name = ''] = (request.url ?? '').split('/')
    if (kind === 'recordings') {
      const found = recordings.get(name)
      return void (found ? response.writeHead(200, { 'content-type': 'audio/wav' }).end(found) : response.writeHead(404).end())
    }
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      files.set(name, Buffer.concat(chunks))
      response.writeHead(204).end()
    })
  })
  const wss = new WebSocketServer({ noServer: true })
  http.on('upgrade', (request, socket, head) => {
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return void socket.destroy()
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://x')
    if (pathname === '/tap') return wss.handleUpgrade(request, socket, head, (ws) => void self.taps.set(searchParams.get('call') ?? '', ws))
    wss.handleUpgrade(request, socket, head, (ws) => {
      sockets.add(ws)
      ws.on('close', () => sockets.delete(ws))
      ws.on('message', (data) => receive(ws, String(data)))
    })
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo
  await mkdir(join(dataDir, 'exchange'), { recursive: true })
  await writeFile(join(dataDir, 'exchange', 'exchange.lock'), JSON.stringify({ host: '127.0.0.1', port, pid: process.pid, startedAt: systemClock.now() }), { mode: 0o600 })
  await writeFile(join(dataDir, 'exchange', 'token'), TOKEN, { mode: 0o600 })

  const send = (ws: WebSocket, message: unknown): void => ws.send(JSON.stringify(message))
  const self: ScriptedExchange = {
    commands: [], acked: [], hellos: [], files, recordings, dataDir, taps: new Map(),
    answer: () => undefined,
    tell(tenant, kind, callId, data, at = systemClock.now()) {
      const event = { epoch, seq: journal.length + 1, tenant, callId, at, kind, data }
      journal.push(event)
      for (const ws of sockets) send(ws, { type: 'events', events: [event] })
      return event.seq
    },
    repeat(after) {
      for (const ws of sockets) send(ws, { type: 'events', events: journal.slice(after) })
    },
    repeatRaw(event) {
      for (const ws of sockets) send(ws, { type: 'events', events: [event] })
    },
    lease(held) {
      for (const ws of sockets) send(ws, { type: 'lease', held })
    },
    live(tenant, state) {
      for (const ws of sockets) send(ws, { type: 'live', tenant, state })
    },
    cut() {
      for (const ws of sockets) ws.terminate()
    },
    async stop() {
      for (const ws of [...sockets, ...self.taps.values()]) ws.terminate()
      await new Promise((resolve) => http.close(resolve))
      await rm(join(dataDir, 'exchange', 'exchange.lock'), { force: true })
    },
  }

  function receive(ws: WebSocket, text: string): void {
    const message = toEngine.parse(JSON.parse(text))
    if (message.type === 'hello') {
      self.hellos.push(message.after)
      send(ws, { type: 'welcome', version: ENGINE_PORT_VERSION, exchange: 'scripted', epoch, firstSeq: 1, lastSeq: journal.length, gap: false, policies: {}, deployment: 0, at: systemClock.now() })
      const after = message.after?.epoch === epoch ? message.after.seq : 0
      if (journal.length > after) send(ws, { type: 'events', events: journal.slice(after) })
    } else if (message.type === 'ack') self.acked.push({ epoch: message.epoch, seq: message.seq })
    else {
      self.commands.push(message.command)
      const said = self.answer(message.command.act, message.command)
      send(ws, { type: 'result', result: { commandId: message.command.commandId, status: 200, code: null, detail: null, data: null, ...said } })
    }
  }
  return self
}
