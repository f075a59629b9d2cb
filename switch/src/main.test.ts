// The exchange as a process of its own, killed without warning and started again in the same folder.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { EngineAct, EngineEvent, FromEngine } from './engine-port.ts'
import { aPolicy, aQueue } from './simulate/city.ts'

let folder = ''
let child: ChildProcess | null = null
beforeEach(async () => { folder = await mkdtemp(path.join(tmpdir(), 'exchange-')) })
afterEach(async () => {
  child?.kill('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

type Running = { pid: number, port: number, token: string }
async function start(file = 'main.ts'): Promise<Running> {
  child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', path.join(import.meta.dirname, file)], { env: { PATH: process.env.PATH, EXCHANGE_DATA: folder, EXCHANGE_MEDIA: 'virtual', EXCHANGE_PORT: '0', EXCHANGE_LOG: 'error' }, stdio: 'inherit' })
  return ready((pid) => file !== 'main.ts' || pid === child?.pid)
}
/** The lock of an exchange that is the one meant. */
async function ready(meant: (pid: number) => boolean): Promise<Running> {
  for (;;) {
    await new Promise((resolve) => { setTimeout(resolve, 50) })
    const lock: unknown = JSON.parse(await readFile(path.join(folder, 'exchange.lock'), 'utf8').catch(() => '{}'))
    if (typeof lock === 'object' && lock !== null && 'pid' in lock && 'port' in lock && meant(Number(lock.pid))) return { pid: Number(lock.pid), port: Number(lock.port), token: await readFile(path.join(folder, 'token'), 'utf8') }
  }
}
async function talk(at: { port: number, token: string }, act: EngineAct | null): Promise<{ welcome: Extract<FromEngine, { type: 'welcome' }>, events: EngineEvent[], status: number | null }> {
  const socket = new WebSocket(`ws://127.0.0.1:${at.port}/engine`, { headers: { authorization: `Bearer ${at.token}` } })
  const events: EngineEvent[] = []
  return new Promise((resolve, reject) => {
    let welcome: Extract<FromEngine, { type: 'welcome' }> | null = null
    const finish = (status: number | null): void => { setTimeout(() => { socket.terminate(); if (welcome) resolve({ welcome, events, status }) }, 200) }
    socket.on('error', reject)
    socket.on('open', () => socket.send(JSON.stringify({ type: 'hello', version: 1, server: 't', events: true, after: null, live: false })))
    socket.on('message', (data) => {
      const message = JSON.parse(String(data)) as FromEngine
      if (message.type === 'events') events.push(...message.events as EngineEvent[])
      if (message.type === 'result') finish(message.result.status)
      if (message.type !== 'welcome') return
      welcome = message
      if (act) socket.send(JSON.stringify({ type: 'command', command: { commandId: 'command-1', tenant: 'demo', callId: null, act } }))
      else finish(null)
    })
  })
}

test('被强行终止后马上重新启动：策略和未确认的事件都还在，同一命令不执行两次，编号接着走', async () => {
  const first = await start()
  const policy = aPolicy({ queues: [aQueue('general', { callbackAfterSeconds: 60 }), aQueue('complaints')] })
  expect((await talk(first, { kind: 'publishPolicy', policy })).status).toBe(200)
  const asked = await talk(first, { kind: 'requestCallback', queue: 'general', number: '13900000000', context: { order: '7' } })
  // The same commandId as before: known, so the first answer comes again and nothing is done.
  expect(asked.status).toBe(202)
  const { welcome } = await talk(first, null)
  child?.kill('SIGKILL')
  const second = await start()
  expect(second.token).toBe(first.token)
  const again = await talk(second, null)
  expect(again.welcome).toMatchObject({ epoch: welcome.epoch, policies: { demo: 1 }, gap: false })
  expect(again.events.map((e) => e.seq)).toEqual(again.events.map((_, i) => i + 1))
  expect(again.events.map((e) => e.kind)).toEqual(expect.arrayContaining(['policyTaken', 'engineStarted']))
}, 60_000)

test('交换进程被强行终止后由看护进程马上重新启动；正常停止时看护进程一起退出', async () => {
  const first = await start('keep.ts')
  process.kill(first.pid, 'SIGKILL')
  const second = await ready((pid) => pid !== first.pid)
  expect((await talk(second, null)).welcome.epoch).toMatch(/^[0-9a-f-]{36}$/)
  const ended = new Promise((resolve) => child?.once('exit', resolve))
  process.kill(second.pid, 'SIGTERM')
  expect(await ended).toBe(0)
}, 60_000)
