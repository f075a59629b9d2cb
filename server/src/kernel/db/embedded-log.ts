// Reads back what PostgreSQL wrote when a start fails.
import { open, readdir, stat } from 'node:fs/promises'
import path from 'node:path'

/** Before its own logging is up PostgreSQL writes to stderr, which goes to this file. */
export function startupLog(cluster: string): string {
  return path.join(cluster, 'log', 'startup.log')
}

/** Sizes of the log files at one moment, by path. */
export type LogMark = ReadonlyMap<string, number>

export async function markLogs(cluster: string): Promise<LogMark> {
  const folder = path.join(cluster, 'log')
  const sizes = new Map<string, number>()
  for (const name of await readdir(folder).catch(() => [])) {
    const file = path.join(folder, name)
    const info = await stat(file).catch(() => undefined)
    if (info?.isFile()) sizes.set(file, info.size)
  }
  return sizes
}

/** What was written since the mark: the file that tells most and the last lines of all of them. */
export async function lastWords(cluster: string, since: LogMark): Promise<{ logFile: string; said: string }> {
  const startup = startupLog(cluster)
  const texts: string[] = []
  let logFile = startup
  for (const [file, size] of await markLogs(cluster)) {
    const before = since.get(file) ?? 0
    // startup.log is truncated at each start.
    const text = await tail(file, file === startup || before > size ? 0 : before)
    if (text === '') continue
    texts.push(text)
    if (file !== startup) logFile = file
  }
  const lines = texts.join('\n').split('\n').filter((line) => line.trim() !== '' && !/redirecting log output|Future log output/.test(line))
  return { logFile, said: lines.slice(-10).join('\n') }
}

async function tail(file: string, from: number): Promise<string> {
  const handle = await open(file, 'r').catch(() => undefined)
  if (!handle) return ''
  try {
    const { size } = await handle.stat()
    const start = Math.max(from, size - 16 * 1024)
    const buffer = Buffer.alloc(Math.max(0, size - start))
    await handle.read(buffer, 0, buffer.length, start)
    return buffer.toString('utf8')
  } finally {
    await handle.close()
  }
}
