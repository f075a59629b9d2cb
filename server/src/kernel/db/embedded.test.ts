import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

import pg from 'pg'
import { afterEach, describe, expect, test } from 'vitest'

import { EmbeddedDatabaseError, keepRunning, startEmbedded } from './embedded.ts'
import type { EmbeddedDatabase } from './embedded.ts'
import { ended } from './embedded-postmaster.ts'

const asRoot = process.getuid?.() === 0
const lines: string[] = []
const logger = {
  info: (message: string) => void lines.push(message),
  warn: (message: string) => void lines.push(message),
  error: (message: string) => void lines.push(message),
}
const cleanups: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
  lines.length = 0
})

/** A data folder that is removed afterwards; `mode` decides whether another account gets through its parent. */
async function aDataDir(mode = 0o711): Promise<string> {
  const parent = await mkdtemp(path.join(tmpdir(), 'minsheng-embedded-'))
  await chmod(parent, mode)
  cleanups.push(() => rm(parent, { recursive: true, force: true }))
  return path.join(parent, 'data')
}

async function start(dataDir: string, fast = false): Promise<EmbeddedDatabase> {
  const database = await startEmbedded({ dataDir, logger, fast })
  cleanups.push(() => database.stop())
  return database
}

async function query<Row extends pg.QueryResultRow>(database: EmbeddedDatabase, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: database.superuserUrl })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}

/** Starts the database from another process, which is then killed without any chance to tidy up. */
async function startAndKillServer(dataDir: string, ...options: 'endWithProcess'[]): Promise<{ pid: number; port: number }> {
  const server = spawn(process.execPath, [fileURLToPath(new URL('embedded-test-server.ts', import.meta.url)), dataDir, ...options], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(createInterface({ input: server.stdout }), 'line')
  server.kill('SIGKILL')
  await once(server, 'exit')
  return JSON.parse(String(line))
}

describe('a new data folder', () => {
  test('gets a UTF-8 database with working trigrams for Chinese, on loopback only, with its password kept private', async () => {
    const dataDir = await aDataDir()
    const database = await start(dataDir)
    const rows = await query<{ name: string; setting: string }>(
      database,
      `select name, setting from pg_settings where name in ('server_encoding', 'listen_addresses', 'unix_socket_directories', 'TimeZone', 'jit', 'fsync', 'synchronous_commit', 'data_checksums')
       union all select 'ctype', datctype from pg_database where datname = 'postgres'`,
    )
    expect(Object.fromEntries(rows.map((row) => [row.name, row.setting]))).toEqual({
      server_encoding: 'UTF8',
      ctype: 'C.UTF-8',
      listen_addresses: '127.0.0.1',
      unix_socket_directories: database.folder,
      TimeZone: 'UTC',
      jit: 'off',
      fsync: 'on',
      synchronous_commit: 'on',
      data_checksums: 'on',
    })
    await query(database, 'create extension pg_trgm')
    expect(await query(database, `select cardinality(show_trgm('路灯不亮')) as n`)).toEqual([{ n: 5 }])

    expect((await stat(path.join(dataDir, 'postgres.json'))).mode & 0o777).toBe(0o600)
    const stranger = new pg.Client({ host: '127.0.0.1', port: database.port, user: 'postgres', database: 'postgres', password: 'postgres' })
    await expect(stranger.connect()).rejects.toMatchObject({ code: '28P01' })
  })

  test('keeps its port and rows over a clean stop and start, and moves when the port was taken meanwhile', async () => {
    const dataDir = await aDataDir()
    const first = await start(dataDir, true)
    await query(first, `create table t as select '在' as v`)
    await first.stop()
    await ended(first.pid)
    const second = await start(dataDir, true)
    expect(second.port).toBe(first.port)
    await second.stop()

    const squatter = createServer().listen(first.port, '127.0.0.1')
    await once(squatter, 'listening')
    cleanups.push(async () => void squatter.close())
    const third = await start(dataDir, true)
    expect(third.port).not.toBe(first.port)
    expect(await query(third, 'select v from t')).toEqual([{ v: '在' }])
  })

  test('is made once when two servers begin at the same moment', async () => {
    const dataDir = await aDataDir()
    const [one, other] = await Promise.all([start(dataDir, true), startAndKillServer(dataDir)])
    expect(one.pid).toBe(other.pid)
    expect(one.port).toBe(other.port)
  })
})

describe('kill -9', () => {
  test('of the database loses no committed row: the server is told, restarts it on the same port, and goes on', async () => {
    const database = await start(await aDataDir())
    await query(database, 'create table t (v int)')
    const told = Promise.withResolvers<void>()
    database.onExit(() => told.resolve())
    await query(database, 'insert into t values (1)')
    const { pid, port } = database
    process.kill(pid, 'SIGKILL')
    await told.promise
    await Promise.all([database.restart(), database.restart()])
    expect(database.pid).not.toBe(pid)
    expect(database.port).toBe(port)
    expect(await query(database, 'select v from t')).toEqual([{ v: 1 }])
  })

  test('of the database in the middle of a long query is healed without a hand', async () => {
    const database = await start(await aDataDir(), true)
    cleanups.push(async () => unsubscribe())
    const unsubscribe = keepRunning(database, logger)
    const busy = query(database, 'select count(*) from generate_series(1, 300000000)').catch(() => undefined)
    await sleep(300)
    const { pid } = database
    process.kill(pid, 'SIGKILL')
    while (database.pid === pid) await sleep(50)
    expect(await query(database, 'select 1 as one')).toEqual([{ one: 1 }])
    await busy
  })

  test('of the server leaves the database running; the next start takes it over with its own safety settings', async () => {
    const dataDir = await aDataDir()
    const left = await startAndKillServer(dataDir)
    const database = await start(dataDir, true)
    expect(database).toMatchObject({ adopted: true, pid: left.pid, port: left.port })
    while ((await query<{ fsync: string }>(database, 'show fsync'))[0]?.fsync !== 'off') await sleep(20)

    const told = Promise.withResolvers<void>()
    database.onExit(() => told.resolve())
    process.kill(left.pid, 'SIGKILL')
    await told.promise
    await database.restart()
    expect(await query(database, 'select 1 as one')).toEqual([{ one: 1 }])
    await database.stop()
    await ended(database.pid)
    await expect(database.restart()).rejects.toMatchObject({ code: 'stopped' })
  })

  test('of a test run takes its throw-away database along', async () => {
    const { pid } = await startAndKillServer(await aDataDir(), 'endWithProcess')
    await ended(pid)
  })

  test('of both leaves a stale pid file, even one whose number another process got', async () => {
    const dataDir = await aDataDir()
    const left = await startAndKillServer(dataDir)
    process.kill(left.pid, 'SIGKILL')
    await ended(left.pid)
    const pidFile = path.join(dataDir, 'postgres', 'postmaster.pid')
    const text = await readFile(pidFile, 'utf8')
    await writeFile(pidFile, text.replace(/^\d+/, String(process.ppid)))
    const database = await start(dataDir)
    expect(database.adopted).toBe(false)
    expect(await query(database, 'select 1 as one')).toEqual([{ one: 1 }])
  })
})

describe('what is wrong is said', () => {
  test('a setting of the site that PostgreSQL refuses names the log and the line', async () => {
    const dataDir = await aDataDir()
    const database = await start(dataDir, true)
    await database.stop()
    await writeFile(path.join(dataDir, 'postgres', 'site.conf'), 'work_mem = lots\n', { mode: 0o644 })
    const failure = await startEmbedded({ dataDir, logger }).catch((error: unknown) => error)
    if (!(failure instanceof EmbeddedDatabaseError)) throw new Error('it started')
    expect(failure.code).toBe('start-failed')
    expect(failure.message).toContain('work_mem')
    expect(failure.message).toContain(failure.logFile)
    expect(await readFile(failure.logFile ?? '', 'utf8')).toContain('work_mem')
  })

  test('a lost record or a lost cluster is never replaced by an empty database', async () => {
    const dataDir = await aDataDir()
    const database = await start(dataDir, true)
    await database.stop()
    const record = path.join(dataDir, 'postgres.json')
    const text = await readFile(record, 'utf8')
    await rm(record)
    await expect(startEmbedded({ dataDir, logger })).rejects.toMatchObject({ code: 'record-missing' })
    await writeFile(record, text)
    await rm(path.join(dataDir, 'postgres'), { recursive: true })
    await expect(startEmbedded({ dataDir, logger })).rejects.toMatchObject({ code: 'cluster-missing' })
  })

  test.runIf(asRoot)('a data folder that user postgres cannot reach puts the cluster under /var/lib/minsheng, found again next time', async () => {
    const dataDir = await aDataDir(0o700)
    const first = await start(dataDir, true)
    cleanups.splice(-1, 0, () => rm(path.dirname(first.folder), { recursive: true, force: true }))
    expect(first.folder).toMatch(/^\/var\/lib\/minsheng\/[0-9a-f]{12}\/postgres$/)
    expect(lines.join('\n')).toContain(first.folder)
    await query(first, 'create table t ()')
    await first.stop()
    const second = await start(dataDir, true)
    expect(await query(second, 'select * from t')).toEqual([])
  })
})
