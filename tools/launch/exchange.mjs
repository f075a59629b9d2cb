// Starts the telephone exchange beside the server, or adopts the one that runs already. The product works without it, so nothing here ends the start.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'

import { ownEnvironment, quiet } from './child.mjs'
import { exchange as texts } from './texts.mjs'

const patienceMs = 15_000

/** @returns {Promise<{ pid: number, ours: boolean } | undefined>} the exchange that now runs */
export async function startExchange(root, node, args) {
  const main = path.join(root, 'switch/src/keep.ts')
  if (!existsSync(main) || process.env.EXCHANGE === 'off') return undefined
  const data = args.find((word) => word.startsWith('--data='))?.slice('--data='.length) ?? process.env.MINSHENG_DATA ?? 'data'
  const folder = process.env.EXCHANGE_DATA ?? path.join(path.resolve(root, data), 'exchange')
  const running = await living(folder)
  if (running) {
    console.log(texts.adopted(running.pid, running.port))
    return { pid: running.pid, ours: false }
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const log = openSync(path.join(folder, 'exchange.log'), 'a', 0o600)
  // A session of its own: it outlives a server that falls, and calls go on.
  const child = spawn(node, [...quiet, main], { cwd: root, detached: true, stdio: ['ignore', log, log], env: { ...ownEnvironment(node), EXCHANGE_DATA: folder } })
  let ended = false
  child.once('exit', () => (ended = true))
  child.once('error', () => (ended = true))
  child.unref()
  for (const began = performance.now(); !ended && performance.now() - began < patienceMs; ) {
    await new Promise((resolve) => setTimeout(resolve, 100))
    const found = await living(folder)
    if (found) {
      console.log(texts.started(found.port))
      return { pid: found.pid, ours: true }
    }
  }
  console.log(texts.missing(path.join(folder, 'exchange.log')))
  return undefined
}

/** The user has stopped the product: a telephone that we started goes as well. In production it stays, as calls do. */
export function stopExchange(running, args) {
  if (!running?.ours || args.includes('--production')) return
  try {
    process.kill(running.pid, 'SIGTERM')
  } catch {
    // Gone already.
  }
}

async function living(folder) {
  try {
    const lock = JSON.parse(await readFile(path.join(folder, 'exchange.lock'), 'utf8'))
    const place = typeof lock.inside === 'number' ? `127.0.0.1:${lock.inside}` : `${lock.host}:${lock.port}`
    const health = await fetch(`http://${place}/health`, { signal: AbortSignal.timeout(2000) })
    return (await health.json()).pid === lock.pid ? lock : undefined
  } catch {
    return undefined
  }
}
