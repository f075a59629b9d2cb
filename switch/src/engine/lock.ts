// One exchange per folder: a lock file with pid and port. Who finds a living one adopts it instead of starting another.
import { readFile, rename, unlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { now } from './clock.ts'

export type Lock = { pid: number, host: string, port: number, /** plain port on 127.0.0.1 where `port` speaks TLS */ inside: number | null, startedAt: number }
const fileOf = (folder: string): string => path.join(folder, 'exchange.lock')

/** The lock of a living exchange, or null. A lock whose process is gone (or is not an exchange any more) does not count. */
export async function readLock(folder: string): Promise<Lock | null> {
  try {
    const lock: unknown = JSON.parse(await readFile(fileOf(folder), 'utf8'))
    if (typeof lock !== 'object' || lock === null || !('pid' in lock) || !('port' in lock) || !('host' in lock)) return null
    process.kill(Number(lock.pid), 0)
    const inside = 'inside' in lock && typeof lock.inside === 'number' ? lock.inside : null
    const health = await fetch(inside === null ? `http://${String(lock.host)}:${Number(lock.port)}/health` : `http://127.0.0.1:${inside}/health`, { signal: AbortSignal.timeout(2000) }).catch(() => null)
    const body: unknown = health?.ok ? await health.json() : null
    if (typeof body !== 'object' || body === null || !('pid' in body) || body.pid !== Number(lock.pid)) return null
    return { pid: Number(lock.pid), host: String(lock.host), port: Number(lock.port), inside, startedAt: 'startedAt' in lock ? Number(lock.startedAt) : 0 }
  } catch {
    return null
  }
}
/** Writes the lock once the port is open; the port itself keeps two from starting at the same moment. */
export async function writeLock(folder: string, host: string, port: number, inside: number | null): Promise<void> {
  const file = fileOf(folder)
  await writeFile(`${file}.new`, JSON.stringify({ pid: process.pid, host, port, inside, startedAt: now() } satisfies Lock), { mode: 0o600 })
  await rename(`${file}.new`, file)
}
/** Removes our own lock. */
export async function dropLock(folder: string): Promise<void> {
  try {
    const lock: unknown = JSON.parse(await readFile(fileOf(folder), 'utf8'))
    if (typeof lock === 'object' && lock !== null && 'pid' in lock && lock.pid === process.pid) await unlink(fileOf(folder))
  } catch {
    // Gone already.
  }
}
