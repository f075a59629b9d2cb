// The server's end of the wire to the exchange: connects, resumes after the last stored event, sends commands once, comes back by itself.
import { WebSocket } from 'ws'
import { ENGINE_PORT_VERSION, fromEngine, type CommandResult, type EngineCommand, type FromEngine, type LiveState } from '../../../../../switch/src/engine-port.ts'
import type { Logger } from '../../../kernel/log/index.ts'

export type Position = { epoch: string; seq: number }
export type Welcome = Extract<FromEngine, { type: 'welcome' }>

export type EngineClientOptions = {
  /** Where the exchange is now; null while none runs. Asked before each attempt. */
  locate(): Promise<{ url: string; token: string } | null>
  server: string
  /** Whether this process stores events. */
  events: boolean
  position(): Promise<Position | null>
  /** Stores a batch; the batch is acknowledged when it returns, and told again when it throws. */
  store(events: unknown[]): Promise<Position | null>
  welcomed(welcome: Welcome): void
  live(tenant: string, state: LiveState): void
  /** Whether this process is the one that stores events now. */
  lease(held: boolean): void
  log: Logger
}

export type EngineClient = { send(command: EngineCommand): Promise<CommandResult>; connected(): boolean; stop(): Promise<void> }

const COMMAND_MS = 10_000
const RETRY_MS = [250, 500, 1000, 2000, 5000]

export function engineClient(options: EngineClientOptions): EngineClient {
  const waiting = new Map<string, { command: EngineCommand; done: (result: CommandResult) => void; fail: (error: Error) => void; timer: NodeJS.Timeout }>()
  let socket: WebSocket | null = null
  let up = false
  let stopped = false
  let tries = 0
  let timer: NodeJS.Timeout | null = null
  let storing: Promise<void> = Promise.resolve()

  const write = (message: unknown): void => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message))
  }

  function again(): void {
    up = false
    socket = null
    if (stopped || timer) return
    timer = setTimeout(() => {
      timer = null
      void connect()
    }, RETRY_MS[Math.min(tries++, RETRY_MS.length - 1)])
    timer.unref()
  }

  async function connect(): Promise<void> {
    const [place, after] = await Promise.all([options.locate(), options.position()]).catch((error: unknown) => {
      options.log.warn({ err: error }, 'the exchange cannot be located')
      return [null, null] as const
    })
    if (stopped) return
    if (!place) return again()
    const ws = new WebSocket(place.url, { headers: { authorization: `Bearer ${place.token}` }, maxPayload: 256 * 1024 * 1024, handshakeTimeout: 5000 })
    socket = ws
    ws.on('open', () => write({ type: 'hello', version: ENGINE_PORT_VERSION, server: options.server, events: options.events, after, live: true }))
    ws.on('message', (data) => {
      if (ws === socket) receive(String(data))
    })
    ws.on('error', (error) => options.log.debug({ err: error }, 'connection to the exchange'))
    ws.on('close', () => {
      if (ws !== socket) return
      if (up) options.log.warn('the exchange is gone; calls go on there')
      options.lease(false)
      again()
    })
  }

  function receive(text: string): void {
    const read = fromEngine.safeParse(parse(text))
    if (!read.success) {
      options.log.error({ issues: read.error.issues.slice(0, 3) }, 'unreadable message of the exchange')
      return
    }
    const message = read.data
    if (message.type === 'welcome') {
      up = true
      tries = 0
      if (message.gap) options.log.error({ epoch: message.epoch }, 'events of the exchange were lost: the call log may lack some')
      options.welcomed(message)
      for (const { command } of waiting.values()) write({ type: 'command', command })
    } else if (message.type === 'refused') {
      options.log.error({ code: message.code, detail: message.detail }, 'the exchange refuses this server')
      socket?.close()
    } else if (message.type === 'result') {
      const entry = waiting.get(message.result.commandId)
      if (!entry) return
      waiting.delete(message.result.commandId)
      clearTimeout(entry.timer)
      entry.done(message.result)
    } else if (message.type === 'events') {
      const from = socket
      storing = storing.then(() => storeBatch(message.events, from))
    } else if (message.type === 'lease') options.lease(message.held)
    else if (message.type === 'live') options.live(message.tenant, message.state)
  }

  /** Without an acknowledgement the exchange tells again after the reconnection. */
  async function storeBatch(events: unknown[], from: WebSocket | null): Promise<void> {
    if (from !== socket || stopped) return
    try {
      const stored = await options.store(events)
      if (stored) write({ type: 'ack', ...stored })
    } catch (error) {
      options.log.error({ err: error }, 'events of the exchange are not stored; asked for again')
      from?.close()
    }
  }

  void connect()
  return {
    send(command) {
      return new Promise((resolve, reject) => {
        const late = setTimeout(() => {
          waiting.delete(command.commandId)
          reject(new Error('exchange unreachable'))
        }, COMMAND_MS)
        waiting.set(command.commandId, { command, done: resolve, fail: reject, timer: late })
        if (up) write({ type: 'command', command })
      })
    },
    connected: () => up,
    async stop() {
      stopped = true
      if (timer) clearTimeout(timer)
      socket?.close()
      await storing
      for (const entry of waiting.values()) {
        clearTimeout(entry.timer)
        entry.fail(new Error('exchange unreachable'))
      }
      waiting.clear()
    },
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
