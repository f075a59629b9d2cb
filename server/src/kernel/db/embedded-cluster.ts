// Makes a cluster, finds a running one, starts one and stops one.
import { execFile, spawn } from 'node:child_process'
import { constants } from 'node:fs'
import { appendFile, chmod, mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

import { databaseEnvironment, give } from './embedded-account.ts'
import type { Account } from './embedded-account.ts'
import type { Binaries } from './embedded-binaries.ts'
import { EmbeddedDatabaseError, faultOf } from './embedded-error.ts'
import { lastWords, markLogs, startupLog } from './embedded-log.ts'
import { isCluster, remember, replaceFile, socketFolder, superuser } from './embedded-place.ts'
import type { Place } from './embedded-place.ts'
import { ask, ended, isAlive, isFree, isPostgresOf, pickPort, readPidFile } from './embedded-postmaster.ts'
import { machine, renderSettings } from './embedded-settings.ts'

const run = promisify(execFile)

export interface EmbeddedLogger {
  info(message: string): void
  warn(message: string): void
  error(message: string): void
}

export interface Cluster {
  place: Place
  account: Account
  binaries: Binaries
  fast: boolean
  logger: EmbeddedLogger
}

export interface Running {
  pid: number
  adopted: boolean
  /** Resolves when the postmaster has ended, for whatever reason. */
  ended: Promise<void>
}

/** Runs initdb in a folder beside the final one, so that a start cut short leaves nothing half made. */
export async function initialise({ place, account, binaries, fast, logger }: Cluster): Promise<void> {
  const parent = path.dirname(place.cluster)
  await removeLeftovers(parent)
  const part = path.join(parent, `initdb-${process.pid}`)
  const passwordFile = `${part}.pw`
  try {
    await mkdir(part, { mode: 0o700 })
    await give(part, account)
    await replaceFile(passwordFile, `${place.password}\n`, account)
    const options = ['--auth=scram-sha-256', '--locale=C.UTF-8', '--encoding=UTF8', '--no-instructions', ...(fast ? ['--no-sync'] : [])]
    await run(binaries.initdb, ['-D', part, `--username=${superuser}`, `--pwfile=${passwordFile}`, ...options], { cwd: '/', env: databaseEnvironment, ...account })
    await appendFile(path.join(part, 'postgresql.conf'), `\ninclude_if_exists 'minsheng.conf'\ninclude_if_exists 'site.conf'\n`)
    await replaceFile(path.join(part, 'site.conf'), `# Settings of this site. They are read last and never overwritten.\n`, account)
    await rename(part, place.cluster)
    logger.info(`created the database cluster in ${place.cluster}`)
  } catch (cause) {
    // Another server that started at the same moment was quicker.
    if (await isCluster(place.cluster)) return
    const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : String(cause)
    const full = faultOf(`${said} ${String(cause)}`) === 'disk-full'
    throw new EmbeddedDatabaseError(full ? 'disk-full' : 'init-failed', { subject: place.cluster, said }, { cause })
  } finally {
    await rm(part, { recursive: true, force: true })
    await rm(passwordFile, { force: true })
  }
}

async function removeLeftovers(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const pid = /^initdb-(\d+)/.exec(name)?.[1]
    if (pid && !(await isAlive(Number(pid)))) await rm(path.join(parent, name), { recursive: true, force: true })
  }
}

/**
 * Takes over a cluster whose server was killed. Waits while it is starting or stopping; `undefined` when it does not
 * run, in which case no pid file is left behind.
 */
export async function adopt(cluster: Cluster): Promise<Running | undefined> {
  const { place, logger } = cluster
  const file = await readPidFile(place.cluster)
  if (!file) return undefined
  if (!(await isPostgresOf(file.pid, place.cluster))) {
    logger.warn(`removed the stale pid file of process ${file.pid}: the database did not end by itself and will recover`)
    await rm(path.join(place.cluster, 'postmaster.pid'), { force: true })
    await removeSockets(place)
    return undefined
  }
  const version = await awaitReady(file.pid, cluster)
  if (!version) return undefined
  if (version !== cluster.binaries.version) {
    logger.info(`the running database is ${version}, ours is ${cluster.binaries.version}: restarting it`)
    await stop(file.pid, cluster)
    return undefined
  }
  if (file.port !== place.port) await remember(place, { port: file.port })
  // What can change without a restart (the safety settings among them) changes now.
  await writeSettings(cluster)
  process.kill(file.pid, 'SIGHUP')
  logger.info(`adopted the running database, process ${file.pid}, port ${file.port}`)
  return { pid: file.pid, adopted: true, ended: watch(file.pid) }
}

/** Its lock names a process too, and the next start would refuse where that number is in use again. */
async function removeSockets(place: Place): Promise<void> {
  for (const name of await readdir(place.cluster)) if (name.startsWith('.s.PGSQL.')) await rm(path.join(place.cluster, name), { force: true })
}

/** An adopted postmaster is not our child: nothing tells of its end, so we look. */
async function watch(pid: number): Promise<void> {
  while (await isAlive(pid)) await sleep(500, undefined, { ref: false })
}

/** Starts the postmaster and waits until it answers, through crash recovery if need be. */
export async function launch(cluster: Cluster): Promise<Running> {
  const { place, logger } = cluster
  for (let attempt = 1; ; attempt += 1) {
    if (!(await isFree(place.port))) {
      const port = await pickPort()
      logger.warn(`port ${place.port} is taken by another program; the database moves to ${port}`)
      await remember(place, { port })
    }
    await writeSettings(cluster)
    const mark = await markLogs(place.cluster)
    const started = await spawnPostmaster(cluster)
    if (await awaitReady(started.pid, cluster)) {
      logger.info(`database started, process ${started.pid}, port ${place.port}`)
      return started
    }
    await started.ended
    const { logFile, said } = await lastWords(place.cluster, mark)
    const fault = faultOf(said)
    const other = fault === 'already-running' ? await adopt(cluster) : undefined
    if (other) return other
    const again = fault === 'still-ending' || ((fault === 'port-taken' || fault === 'already-running') && attempt < 5)
    if (!again || attempt >= 240) throw new EmbeddedDatabaseError(fault, { subject: place.cluster, logFile, said })
    // After kill -9 of the postmaster its busy backends live on until their query ends. Five seconds are enough to ask.
    if (fault === 'still-ending' && attempt >= 20) await endOrphans(place.cluster)
    await sleep(250)
  }
}

async function writeSettings({ place, account, fast }: Cluster): Promise<void> {
  const file = path.join(place.cluster, 'minsheng.conf')
  const text = renderSettings({ ...(await machine()), port: place.port, socketFolder: socketFolder(place), fast })
  if ((await readFile(file, 'utf8').catch(() => '')) !== text) await replaceFile(file, text, account)
}

async function spawnPostmaster({ place, account, binaries }: Cluster): Promise<Running> {
  const log = startupLog(place.cluster)
  await mkdir(path.dirname(log), { recursive: true })
  await chmod(path.dirname(log), 0o700)
  await give(path.dirname(log), account)
  const output = await open(log, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW, 0o600)
  try {
    await give(log, account)
    // A session of its own: the terminal's Ctrl-C must not end it before the server has finished, nor the server's kill -9.
    const child = spawn(binaries.postgres, ['-D', place.cluster], {
      cwd: '/',
      env: databaseEnvironment,
      detached: true,
      stdio: ['ignore', output.fd, output.fd],
      ...account,
    })
    const end = Promise.withResolvers<void>()
    child.once('exit', () => end.resolve())
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve)
      child.once('error', reject)
    })
    child.unref()
    if (child.pid === undefined) throw new Error('a spawned process has no number')
    return { pid: child.pid, adopted: false, ended: end.promise }
  } catch (cause) {
    throw new EmbeddedDatabaseError('start-failed', { subject: binaries.postgres, said: String(cause) }, { cause })
  } finally {
    await output.close()
  }
}

/**
 * The version of the cluster as soon as it answers, `undefined` when the process has ended. Crash recovery may take
 * minutes and has no limit; once the cluster calls itself ready it has a minute to let us in.
 */
async function awaitReady(pid: number, { place, logger }: Cluster): Promise<string | undefined> {
  let refusal = ''
  let readySince: number | undefined
  for (let rounds = 1; ; rounds += 1) {
    const file = await readPidFile(place.cluster)
    if (file?.pid === pid && file.status === 'ready') {
      readySince ??= performance.now()
      const answer = await ask(file.port, place.password)
      if ('version' in answer) return answer.version
      refusal = answer.refusal
    }
    if (!(await isAlive(pid))) return undefined
    if (readySince !== undefined && performance.now() - readySince > 60_000) {
      throw new EmbeddedDatabaseError('not-answering', { subject: place.cluster, logFile: startupLog(place.cluster), said: refusal })
    }
    if (rounds % 400 === 0) logger.warn(`still waiting for the database, process ${pid}: ${file?.status || 'beginning'} ${refusal}`)
    await sleep(25)
  }
}

/** SIGQUIT makes a backend without postmaster leave at once. Linux only; elsewhere they end with their query. */
async function endOrphans(cluster: string): Promise<void> {
  if (process.platform !== 'linux') return
  for (const name of await readdir('/proc').catch(() => [])) {
    const pid = Number(name)
    if (pid > 0 && (await isPostgresOf(pid, cluster))) process.kill(pid, 'SIGQUIT')
  }
}

/** Fast shutdown: open transactions are rolled back, a checkpoint is written. After a minute without recourse to it. */
export async function stop(pid: number, { place, logger }: Cluster): Promise<void> {
  if (!(await isPostgresOf(pid, place.cluster))) return
  process.kill(pid, 'SIGINT')
  const slow = new AbortController()
  const force = sleep(60_000, undefined, { signal: slow.signal, ref: false }).then(
    () => {
      logger.warn(`the database did not stop within a minute; ending it at once, it will recover at the next start`)
      process.kill(pid, 'SIGQUIT')
    },
    () => {},
  )
  await ended(pid)
  slow.abort()
  await force
}
