// Child processes: in the foreground, with captured output, and the server with its signals.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import path from 'node:path'

import { texts } from './texts.mjs'

/** Node's own flags for every TypeScript program of ours. */
export const quiet = ['--disable-warning=ExperimentalWarning']

/** Options of the caller's shell or of npm must not reach a program of another Node version. */
export function ownEnvironment(node) {
  const { NODE_OPTIONS: _options, NODE: _node, npm_node_execpath: _execpath, ...env } = process.env
  return { ...env, PATH: [path.dirname(node), env.PATH].filter(Boolean).join(path.delimiter) }
}

/** @returns {Promise<{ code: number | null, signal: NodeJS.Signals | null }>} */
function ending(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve({ code, signal }))
  })
}

/** As a shell has it: 128 + number of the signal. */
export function exitCodeOf({ code, signal }) {
  return code ?? 128 + (constants.signals[signal] ?? 0)
}

/** Shares terminal and process group, so that Ctrl-C reaches it by itself; other signals are passed on. */
export async function runForeground(node, args, { cwd, env = {} }) {
  const child = spawn(node, args, { cwd, env: { ...ownEnvironment(node), ...env }, stdio: 'inherit' })
  return passingSignals(child)
}

/** The same, but also returns what it printed to its standard output. */
export async function runAndListen(node, args, { cwd, env = {} }) {
  const child = spawn(node, args, { cwd, env: { ...ownEnvironment(node), ...env }, stdio: ['inherit', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (chunk) => {
    process.stdout.write(chunk)
    output = (output + chunk).slice(-100_000)
  })
  return { ...(await passingSignals(child)), output }
}

let interruptedBy

/** The exit code to end with when somebody stopped a foreground program, `undefined` when nobody did. */
export function interruption() {
  return interruptedBy && exitCodeOf({ code: null, signal: interruptedBy })
}

async function passingSignals(child) {
  const pass = (signal) => {
    interruptedBy = signal
    child.kill(signal)
  }
  const ignore = () => {
    interruptedBy = 'SIGINT'
  }
  process.on('SIGTERM', pass)
  process.on('SIGHUP', pass)
  process.on('SIGINT', ignore)
  try {
    return await ending(child)
  } finally {
    process.off('SIGTERM', pass)
    process.off('SIGHUP', pass)
    process.off('SIGINT', ignore)
  }
}

/** Runs a program silently; its output comes back. `timeout` in milliseconds. */
export async function runQuietly(program, args, options = {}) {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output = (output + chunk).slice(-20_000)))
  try {
    const result = await ending(child)
    return { ok: result.code === 0, code: exitCodeOf(result), output: output.trim() }
  } catch (error) {
    return { ok: false, code: 127, output: String(error) }
  }
}

/**
 * The server in a session of its own: Ctrl-C at a terminal, and npm passing it on once more, would otherwise reach it two
 * or three times. It gets the first signal only; one that comes two seconds later means that the user has lost patience.
 * `pages`: a build under way; the server is told when it is done, and ended when it failed.
 */
export async function runServer(node, args, { cwd, pages }) {
  const env = { ...ownEnvironment(node), ...(pages ? { MINSHENG_PAGES: 'coming' } : {}) }
  const child = spawn(node, args, { cwd, env, stdio: ['ignore', 'inherit', 'inherit', ...(pages ? ['ipc'] : [])], detached: true })
  let asked
  let failed
  const built = pages?.then(
    () => child.connected && child.send('pages', () => {}),
    (error) => {
      if (asked !== undefined) return
      failed = error
      stop('SIGTERM')
    },
  )
  const stop = (signal) => {
    if (asked === undefined) {
      asked = performance.now()
      child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal)
    } else if (performance.now() - asked > 2000) {
      console.error(texts.killed)
      child.kill('SIGKILL')
    }
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop)
  // npm hands SIGTERM to its shell only, which dies without telling us; the change of our parent does.
  const parent = process.ppid
  const orphaned = () => {
    if (process.ppid !== parent && asked === undefined) stop('SIGTERM')
  }
  const watch = setInterval(process.env.npm_lifecycle_event ? orphaned : () => {}, 500)
  try {
    const end = await ending(child)
    await built
    if (failed) throw failed
    return end
  } finally {
    clearInterval(watch)
  }
}
