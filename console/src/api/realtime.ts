// One socket for the whole console. It carries ids only; whoever hears of a change asks again.
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'

export type RealtimeMessage = { topic: string; id?: string; version?: number }
type Listener = (message: RealtimeMessage) => void

const listeners = new Map<string, Set<Listener>>()
let socket: WebSocket | null = null
let attempts = 0
let timer: ReturnType<typeof setTimeout> | undefined
let enabled = false
const missed = new Set<string>()

function address(): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/realtime`
}

function connect(): void {
  if (!enabled || socket || document.hidden || listeners.size === 0) return
  const opened = new WebSocket(address())
  socket = opened
  opened.onopen = () => {
    const reconnected = attempts > 0
    attempts = 0
    subscribe()
    // what happened while we were away is unknown: everybody asks again
    if (reconnected) for (const topic of listeners.keys()) deliver({ topic })
  }
  opened.onmessage = (event: MessageEvent<unknown>) => {
    const message = parse(event.data)
    if (!message) return
    if (document.hidden) missed.add(message.topic)
    else deliver(message)
  }
  opened.onclose = () => {
    if (socket === opened) socket = null
    attempts += 1
    // 1 s, 2 s, 4 s … 30 s, each with a random part so that a restart of the server is not met by everybody at once
    const wait = Math.min(30_000, 1000 * 2 ** Math.min(attempts - 1, 5)) * (0.5 + Math.random() / 2)
    clearTimeout(timer)
    timer = setTimeout(connect, wait)
  }
}

function parse(data: unknown): RealtimeMessage | null {
  if (typeof data !== 'string') return null
  try {
    const value: unknown = JSON.parse(data)
    if (typeof value !== 'object' || value === null || !('topic' in value) || typeof value.topic !== 'string') return null
    const id = 'id' in value && typeof value.id === 'string' ? value.id : undefined
    const version = 'version' in value && typeof value.version === 'number' ? value.version : undefined
    return { topic: value.topic, id, version }
  } catch {
    return null
  }
}

function deliver(message: RealtimeMessage): void {
  for (const listener of listeners.get(message.topic) ?? []) listener(message)
}

function subscribe(): void {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ subscribe: [...listeners.keys()] }))
}

function onVisible(): void {
  if (document.hidden) return
  for (const topic of missed) deliver({ topic })
  missed.clear()
  connect()
}

/** Starts the socket after sign-in; returns the stop. */
export function startRealtime(): () => void {
  enabled = true
  document.addEventListener('visibilitychange', onVisible)
  window.addEventListener('online', onVisible)
  connect()
  return () => {
    enabled = false
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', onVisible)
    window.removeEventListener('online', onVisible)
    socket?.close()
    socket = null
  }
}

/** Hears of changes of a topic; returns the unsubscribe. */
function listen(topic: string, listener: Listener): () => void {
  const set = listeners.get(topic) ?? new Set<Listener>()
  const fresh = set.size === 0
  set.add(listener)
  listeners.set(topic, set)
  if (fresh) {
    if (socket) subscribe()
    else connect()
  }
  return () => {
    set.delete(listener)
    if (set.size === 0 && listeners.get(topic) === set) {
      listeners.delete(topic)
      subscribe()
    }
  }
}

/** How soon the first change is shown, and how often a screen asks again while changes keep coming: hundreds of screens hear the same topic. */
const SOON = 300
const GAP = 3000
/** Figures of the start page cost the server much and are kept there for some seconds (KEPT_SECONDS of the server's start page): asked later than that. */
const GAPS: Record<string, number> = { 'home.counts': 9000 }

/**
 * Refreshes queries when the topic changes. Either names of operations to invalidate, or an own callback.
 * The first message refreshes at once, a stream of them every few seconds, not all screens at the same moment. `undefined` as topic
 * listens to nothing.
 */
export function useTopic(topic: string | undefined, then: readonly string[] | Listener): void {
  const client = useQueryClient()
  const latest = useRef(then)
  latest.current = then
  useEffect(() => {
    if (!topic) return
    let pending: ReturnType<typeof setTimeout> | undefined
    const gap = GAPS[topic] ?? GAP
    let last = -gap
    const stop = listen(topic, (message) => {
      const target = latest.current
      if (typeof target === 'function') return target(message)
      pending ??= setTimeout(() => {
        pending = undefined
        last = performance.now()
        for (const op of target) void client.invalidateQueries({ queryKey: [op] })
      }, Math.max(SOON, last + gap - performance.now() + Math.random() * SOON))
    })
    return () => {
      clearTimeout(pending)
      stop()
    }
  }, [topic, client])
}
