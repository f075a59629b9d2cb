// Tells open screens that something changed: topic, id, nothing else; the screen asks again, so permission is always checked.
import type { IncomingMessage, Server } from 'node:http'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Actor } from '../ctx.ts'
import type { Pool } from '../db/connect.ts'
import type { Logger } from '../log/index.ts'

type Hint = { tenantId: string; topic: string; id?: string }

export type Hub = {
  attach(server: Server, identify: (request: IncomingMessage) => Promise<Actor | null>): void
  hint(tenantId: string, topic: string, id?: string): void
  /** Number of open sockets, a metric. */
  size(): number
  stop(): Promise<void>
}

/** With `pool` hints also reach the sockets of other processes by NOTIFY, gathered for 200 ms so that commits are not serialised by it. */
export function createHub(options: { topics: ReadonlyMap<string, string>; log: Logger; pool: Pool | null }): Hub {
  const sockets = new Map<WebSocket, { actor: Actor; topics: Set<string> }>()
  const me = crypto.randomUUID()
  let gathered = new Map<string, Hint>()
  let timer: NodeJS.Timeout | null = null
  let listener: { release: (destroy?: boolean) => void } | null = null
  let stopped = false

  const deliver = (hint: Hint): void => {
    const text = JSON.stringify(hint.id ? { topic: hint.topic, id: hint.id } : { topic: hint.topic })
    for (const [socket, { actor, topics }] of sockets)
      if (topics.has(hint.topic) && actor.tenantIds.includes(hint.tenantId)) socket.send(text)
  }

  const flush = (): void => {
    timer = null
    const hints = [...gathered.values()]
    gathered = new Map()
    for (const hint of hints) deliver(hint)
    if (options.pool) options.pool.query('select pg_notify($1, $2)', ['minsheng_hints', JSON.stringify({ me, hints: hints.slice(0, 60) })]).catch((error: unknown) => options.log.warn({ err: error }, 'hints not spread'))
  }

  async function listen(): Promise<void> {
    if (!options.pool || stopped) return
    const client = await options.pool.connect()
    listener = client
    client.on('notification', (message) => {
      const body = JSON.parse(message.payload ?? '{}') as { me: string; hints: Hint[] }
      if (body.me !== me) for (const hint of body.hints) deliver(hint)
    })
    client.on('error', () => {
      client.release(true)
      listener = null
      if (!stopped) setTimeout(() => void listen().catch(() => undefined), 2000).unref()
    })
    await client.query('listen minsheng_hints')
  }
  listen().catch((error: unknown) => options.log.warn({ err: error }, 'no hints from other processes'))

  return {
    attach(server, identify) {
      const wss = new WebSocketServer({ noServer: true, maxPayload: 16_384 })
      server.on('upgrade', (request, socket, head) => {
        if (!request.url?.startsWith('/api/realtime') || !sameOrigin(request)) return socket.destroy()
        identify(request)
          .then((actor) => {
            if (!actor) return socket.destroy()
            wss.handleUpgrade(request, socket, head, (ws) => {
              const entry = { actor, topics: new Set<string>() }
              sockets.set(ws, entry)
              ws.on('message', (data) => subscribe(entry, String(data), options.topics))
              ws.on('close', () => sockets.delete(ws))
              ws.on('error', () => sockets.delete(ws))
            })
          })
          .catch(() => socket.destroy())
      })
    },
    hint(tenantId, topic, id) {
      gathered.set(`${tenantId} ${topic} ${id ?? ''}`, { tenantId, topic, ...(id ? { id } : {}) })
      timer ??= setTimeout(flush, 200)
    },
    size: () => sockets.size,
    async stop() {
      stopped = true
      if (timer) clearTimeout(timer)
      for (const socket of sockets.keys()) socket.terminate()
      listener?.release(true)
    },
  }
}

/** A socket is opened by our own pages only. */
function sameOrigin(request: IncomingMessage): boolean {
  const origin = request.headers.origin
  return !origin || URL.parse(origin)?.host === request.headers.host
}

/** `topics` maps a topic to the permission it needs ('' for any signed-in person). */
function subscribe(entry: { actor: Actor; topics: Set<string> }, text: string, topics: ReadonlyMap<string, string>): void {
  try {
    const wanted = (JSON.parse(text) as { subscribe?: unknown }).subscribe
    if (!Array.isArray(wanted)) return
    entry.topics = new Set(wanted.filter((t): t is string => {
      if (typeof t !== 'string') return false
      const may = topics.get(t)
      return may !== undefined && (may === '' || (entry.actor.grants.get(may)?.size ?? 0) > 0)
    }))
  } catch {
    // An unreadable message changes nothing.
  }
}
