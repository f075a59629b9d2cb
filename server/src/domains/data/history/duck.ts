// DuckDB in a process of its own: begun by the first question, ended when none comes, killed when one takes too long. Its death costs the
// questions under way, which their askers count from PostgreSQL instead.
import { fork, type ChildProcess } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Question, Reply } from './duck-child.ts'

const MEMORY = '1GB'
const PATIENCE_MS = 30_000
const IDLE_MS = 5 * 60_000

type Waiting = { resolve: (rows: Record<string, unknown>[]) => void; reject: (error: Error) => void }
type Duck = { process: ChildProcess; waiting: Map<number, Waiting>; ready: Promise<void> }

let duck: Duck | null = null
let idle: NodeJS.Timeout | undefined
let serial = 0

/** Whether DuckDB is installed here; it is an optional package. */
export const duckInstalled = (() => {
  let known: boolean | undefined
  return (): boolean => {
    try {
      return (known ??= createRequire(import.meta.url).resolve('@duckdb/node-api') !== '')
    } catch {
      return (known = false)
    }
  }
})()

function begin(folder: string): Duck {
  const child = fork(join(import.meta.dirname, 'duck-child.ts'), [folder, MEMORY], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], env: { PATH: process.env['PATH'] ?? '', TZ: 'UTC' }, execArgv: ['--disable-warning=ExperimentalWarning'], serialization: 'advanced' })
  const waiting: Duck['waiting'] = new Map()
  const made: Duck = { process: child, waiting, ready: new Promise((resolve, reject) => waiting.set(0, { resolve: () => resolve(), reject })) }
  made.ready.catch(() => undefined)
  child.on('message', ({ id, rows, error }: Reply) => {
    const one = waiting.get(id)
    waiting.delete(id)
    if (error === undefined) one?.resolve(rows ?? [])
    else one?.reject(new Error(error))
  })
  const over = (): void => {
    if (duck === made) duck = null
    for (const one of waiting.values()) one.reject(new Error('the process of the history has ended'))
    waiting.clear()
  }
  child.on('exit', over)
  child.on('error', over)
  child.unref()
  child.channel?.unref()
  return made
}

/** One question to the files of `folder`. @throws when it fails, takes longer than half a minute, or its process dies */
export async function askDuck(folder: string, ask: Question['ask']): Promise<Record<string, unknown>[]> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const here = (duck ??= begin(folder))
  clearTimeout(idle)
  // The process must not end ours, nor keep it: only a question under way holds both.
  const timer = setTimeout(() => here.process.kill('SIGKILL'), PATIENCE_MS)
  try {
    await here.ready
    const id = (serial += 1)
    return await new Promise((resolve, reject) => {
      here.waiting.set(id, { resolve, reject })
      here.process.send({ id, ask } satisfies Question, (error) => {
        if (error) reject(error)
      })
    })
  } finally {
    clearTimeout(timer)
    idle = setTimeout(endDuck, IDLE_MS).unref()
  }
}

export function endDuck(): void {
  duck?.process.kill('SIGKILL')
}

/** Its process, for tests that kill it. */
export const duckPid = (): number | undefined => duck?.process.pid
