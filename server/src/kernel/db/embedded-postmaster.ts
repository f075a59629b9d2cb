// What can be learnt about a running PostgreSQL from outside: its pid file, its process, its answer to our password.
import { readFile, readlink, realpath } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import pg from 'pg'

import { EmbeddedDatabaseError } from './embedded-error.ts'
import { superuser } from './embedded-place.ts'

export interface PidFile {
  pid: number
  port: number
  /** `starting`, `ready`, `stopping` or `standby`. */
  status: string
}

/** Reads `postmaster.pid`; its lines are described in PostgreSQL's `src/include/utils/pidfile.h`. */
export async function readPidFile(cluster: string): Promise<PidFile | undefined> {
  const text = await readFile(path.join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')
  const lines = text.split('\n')
  const pid = Number.parseInt(lines[0] ?? '', 10)
  if (!(pid > 0)) return undefined
  return { pid, port: Number.parseInt(lines[3] ?? '', 10), status: (lines[7] ?? '').trim() }
}

/** Whether the process runs; a zombie that nobody reaps (as under a bare container's init) does not. */
export async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // The state follows the command in brackets, which may itself hold brackets.
  const state = stat.slice(stat.lastIndexOf(')') + 2)[0]
  return state !== 'Z' && state !== 'X'
}

/**
 * Whether the process is a PostgreSQL of this cluster and not another one that got its number after a reboot, or that of
 * the folder this one was copied from. Where there is no /proc the number alone must do.
 */
export async function isPostgresOf(pid: number, cluster: string): Promise<boolean> {
  if (!(await isAlive(pid))) return false
  if (process.platform !== 'linux') return true
  const [name, folder, ours] = await Promise.all([
    readFile(`/proc/${pid}/comm`, 'utf8').catch(() => ''),
    // Every PostgreSQL process works in its cluster's folder; unlike its arguments this survives a rename of the folder.
    readlink(`/proc/${pid}/cwd`).catch(() => undefined),
    realpath(cluster).catch(() => cluster),
  ])
  return name.trim() === 'postgres' && folder === ours
}

export type Answer = { version: string } | { refusal: string }

/**
 * Connects as the superuser.
 * @returns the version of the running server, e.g. `18.4`, or why it did not answer (yet).
 */
export async function ask(port: number, password: string): Promise<Answer> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: superuser, password, database: 'postgres', connectionTimeoutMillis: 5000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const result = await client.query<{ version: string }>(`select split_part(current_setting('server_version'), ' ', 1) as version`)
    return { version: result.rows[0]?.version ?? '' }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '28P01') throw new EmbeddedDatabaseError('wrong-password', { said: error.message }, { cause: error })
    return { refusal: String(error) }
  } finally {
    await client.end().catch(() => {})
  }
}

/** Resolves when the process has ended; looks every `everyMs`. */
export async function ended(pid: number, everyMs = 20): Promise<void> {
  while (await isAlive(pid)) await sleep(everyMs)
}

/** Whether a listener on 127.0.0.1 could have this port now. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)))
  })
}

/**
 * A free port below 32768: those above are handed out to outgoing connections, so that a kept port would often be taken
 * at the next start.
 */
export async function pickPort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = 15_000 + Math.floor(Math.random() * 15_000)
    if (await isFree(port)) return port
  }
  throw new EmbeddedDatabaseError('port-taken')
}
