// A whole exchange in a process of its own, as in service, with a stand-in for the server at its wire: started, killed and started again in the same folder.
import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { type CommandResult, ENGINE_PORT_VERSION, type EngineAct, type EngineEventOf, type EventKind, fromEngine, readEngineEvent, type EngineEvent, type LiveState, liveState } from '../src/engine-port.ts'
import { freePort } from './desk.ts'

export type SiteOptions = { folder?: string; sipPort?: number; port?: number; rtp?: { from: number; to: number }; env?: Record<string, string> }
export type Site = Awaited<ReturnType<typeof openSite>>

const parsed = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

/** Who holds the folder now. */
function lockedBy(folder: string): number | null {
  const lock = parsed(path.join(folder, 'exchange.lock'))
  return typeof lock === 'object' && lock !== null && 'pid' in lock ? Number(lock.pid) : null
}

export async function openSite(options: SiteOptions = {}) {
  const folder = options.folder ?? mkdtempSync(path.join(tmpdir(), 'exchange-site-'))
  const [sipPort, port, rtp] = [options.sipPort ?? (await freePort()), options.port ?? (await freePort()), options.rtp ?? { from: 26_000, to: 27_999 }]
  let child: ChildProcess | null = null

  /** Resolves once the port is open; how long that took. */
  async function start(): Promise<number> {
    const began = performance.now()
    const made = spawn(process.execPath, [...(process.env.BENCH_PROF ? ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROF}`] : []), '--disable-warning=ExperimentalWarning', path.join(import.meta.dirname, '../src/main.ts')], {
      env: { PATH: process.env.PATH, EXCHANGE_DATA: folder, EXCHANGE_MEDIA: 'native', EXCHANGE_PORT: String(port), SIP_PORT: String(sipPort), RTP_PORT_FROM: String(rtp.from), RTP_PORT_TO: String(rtp.to), EXCHANGE_LOG: 'warn', ...options.env }, stdio: ['ignore', process.env.SITE_LOG ? 'inherit' : 'ignore', 'inherit'],
    })
    child = made
    process.once('exit', () => made.kill('SIGKILL'))
    for (;;) {
      if (lockedBy(folder) === made.pid) return performance.now() - began
      if (made.exitCode !== null || made.signalCode !== null) throw new Error(`the exchange ended with ${made.exitCode ?? made.signalCode ?? ''} before it was ready`)
      await sleep(10)
    }
  }
  /** Ends the process and waits until it is gone. */
  async function kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    const running = child
    if (!running || running.exitCode !== null || running.signalCode !== null) return
    const over = new Promise((resolve) => running.once('exit', resolve))
    running.kill(signal)
    await over
  }
  const token = (): string => readFileSync(path.join(folder, 'token'), 'utf8').trim()
  async function metrics(): Promise<Record<string, number>> {
    const answer = await fetch(`http://127.0.0.1:${port}/metrics`, { headers: { authorization: `Bearer ${token()}` } })
    return Object.fromEntries((await answer.text()).trim().split('\n').map((line) => [line.split(' ')[0]?.replace('exchange_', '') ?? '', Number(line.split(' ')[1])]))
  }

  await start()
  return {
    folder, port, sipPort, target: `127.0.0.1:${sipPort}`, start, kill, token, metrics,
    pid: () => child?.pid ?? 0,
    spool: path.join(folder, 'spool'),
    async close(keep = false): Promise<void> {
      await kill('SIGTERM')
      if (!keep) rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The server's end of the wire: holds the lease, keeps and acknowledges events, comes back by itself. */
export function standIn(site: Pick<Site, 'port' | 'token'>, tenant: string) {
  const events: EngineEvent[] = []
  const results = new Map<string, (result: CommandResult) => void>()
  const waiting = new Set<() => void>()
  let socket: WebSocket | null = null
  let [up, stopped, gaps, wrongOrder, seen] = [false, false, 0, 0, 0]
  let after: { epoch: string; seq: number } | null = null

  function connect(): void {
    if (stopped) return
    const made = new WebSocket(`ws://127.0.0.1:${site.port}/engine`, { headers: { authorization: `Bearer ${site.token()}` } })
    socket = made
    made.on('open', () => made.send(JSON.stringify({ type: 'hello', version: ENGINE_PORT_VERSION, server: 'stand-in', events: true, after, live: false })))
    made.on('message', (data) => take(String(data), made))
    made.on('error', () => {})
    made.on('close', () => {
      if (socket !== made) return
      up = false
      setTimeout(connect, 50)
    })
  }
  function take(text: string, from: WebSocket): void {
    const message = fromEngine.parse(JSON.parse(text))
    if (message.type === 'welcome') {
      up = true
      if (message.gap) gaps++
    } else if (message.type === 'result') {
      results.get(message.result.commandId)?.(message.result)
      results.delete(message.result.commandId)
    } else if (message.type === 'events') {
      for (const raw of message.events) {
        const read = readEngineEvent(raw)
        if (!('event' in read)) throw new Error(read.detail)
        if (read.event.seq <= seen) continue // told at least once
        if (read.event.seq !== seen + 1 && seen > 0) wrongOrder++
        seen = read.event.seq
        after = { epoch: read.event.epoch, seq: seen }
        events.push(read.event)
      }
      if (after) from.send(JSON.stringify({ type: 'ack', ...after }))
    }
    for (const check of [...waiting]) check()
  }
  async function until<T>(find: () => T | undefined | null | false, what: string, withinMs = 20_000): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    const check = (): void => {
      const found = find()
      if (found !== undefined && found !== null && found !== false) resolve(found)
    }
    const timer = setTimeout(() => reject(new Error(`${what} did not happen within ${withinMs} ms; last: ${events.slice(-12).map((e) => `${e.kind} ${JSON.stringify(e.data).slice(0, 120)}`).join('\n')}`)), withinMs)
    waiting.add(check)
    check()
    try {
      return await promise
    } finally {
      waiting.delete(check)
      clearTimeout(timer)
    }
  }
  async function command(act: EngineAct, callId: string | null = null): Promise<CommandResult> {
    await until(() => up, 'connection')
    const commandId = randomUUID()
    return new Promise((resolve, reject) => {
      results.set(commandId, resolve)
      setTimeout(() => results.delete(commandId) && reject(new Error(`no answer to ${act.kind}`)), 10_000).unref()
      socket?.send(JSON.stringify({ type: 'command', command: { commandId, tenant, callId, act } }))
    })
  }
  connect()
  return {
    events, until, command,
    get gaps() { return gaps },
    get wrongOrder() { return wrongOrder },
    /** As if the server had been killed: no farewell, back after a moment. */
    cut: () => socket?.terminate(),
    of: <K extends EventKind>(kind: K): EngineEventOf<K>[] => events.filter((one): one is EngineEventOf<K> => one.kind === kind),
    when: <K extends EventKind>(kind: K, fits: (event: EngineEventOf<K>) => boolean = () => true, withinMs?: number): Promise<EngineEventOf<K>> => until(() => events.find((one): one is EngineEventOf<K> => one.kind === kind && fits(one as EngineEventOf<K>)), kind, withinMs),
    async live(): Promise<LiveState> {
      return liveState.parse((await command({ kind: 'readLive' })).data)
    },
    async must(act: EngineAct, callId: string | null = null): Promise<CommandResult> {
      const result = await command(act, callId)
      if (result.status >= 300) throw new Error(`${act.kind}: ${JSON.stringify(result)}`)
      return result
    },
    stop(): void {
      stopped = true
      socket?.terminate()
    },
  }
}

/** Asks again until it is so: for what no event tells. */
export async function eventually(check: () => Promise<boolean> | boolean, what: string, withinMs = 20_000): Promise<void> {
  const until = performance.now() + withinMs
  while (!(await check())) {
    if (performance.now() > until) throw new Error(`${what} did not happen within ${withinMs} ms`)
    await sleep(50)
  }
}
