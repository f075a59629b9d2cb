// A real PostgreSQL as a child process, so that a site needs no other server. Any other PostgreSQL goes by DATABASE_URL.
import { readFile, realpath } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { databaseAccount, makePassable } from './embedded-account.ts'
import { findBinaries } from './embedded-binaries.ts'
import { adopt, initialise, launch, stop } from './embedded-cluster.ts'
import type { Cluster, EmbeddedLogger, Running } from './embedded-cluster.ts'
import { EmbeddedDatabaseError, explain } from './embedded-error.ts'
import { endWithUs } from './embedded-guard.ts'
import { isCluster, knownPlace, newPlace, remember, superuserUrl } from './embedded-place.ts'
import { pickPort } from './embedded-postmaster.ts'

export { EmbeddedDatabaseError } from './embedded-error.ts'
export type { EmbeddedDatabaseFault } from './embedded-error.ts'
export type { EmbeddedLogger } from './embedded-cluster.ts'

export interface EmbeddedOptions {
  /** Holds the cluster (`postgres/`) and the record of port and password (`postgres.json`, 0600). Made if absent. */
  dataDir: string
  logger: EmbeddedLogger
  /** For tests: no fsync. A power cut destroys such a cluster; kill -9 does not. */
  fast?: boolean
  /** For tests: the database does not outlive this process, however that ends. */
  endWithProcess?: boolean
}

export interface EmbeddedDatabase {
  /** On 127.0.0.1. Kept between starts; differs after `restart()` only when another program took it meanwhile. */
  readonly port: number
  /** Superuser `postgres`, database `postgres`: for making roles and databases, not for daily work. */
  readonly superuserUrl: string
  /** Of the postmaster. */
  readonly pid: number
  /** Whether this start took over a database that had outlived a killed server. */
  readonly adopted: boolean
  /** The cluster's folder (PGDATA); its `log/` has PostgreSQL's own log. */
  readonly folder: string
  /** Calls back each time the database ends though nobody asked it to. Returns the way to unsubscribe. */
  onExit(callback: () => void): () => void
  /** Stops it if it still runs, and starts it. Calls at the same time share one restart. Throws EmbeddedDatabaseError. */
  restart(): Promise<void>
  /** Fast shutdown: open transactions are rolled back. Final; waits for a restart under way. */
  stop(): Promise<void>
}

/**
 * Starts the database in `dataDir`, or takes over the one running there. The first start creates the cluster
 * (UTF8, C.UTF-8). The database runs in a session of its own and outlives a killed server.
 * @throws EmbeddedDatabaseError with a Chinese message that names the log file
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const cluster = await prepare(options).catch((error: unknown) => {
    throw explain(error, options.dataDir)
  })
  let running = await run(cluster)
  let restarting: Promise<void> | undefined
  let stopped: Promise<void> | undefined
  const listeners = new Set<() => void>()

  async function watch(watched: Running): Promise<void> {
    if (options.endWithProcess) endWithUs(watched)
    await watched.ended
    if (running !== watched || restarting || stopped) return
    options.logger.error(`the database, process ${watched.pid}, ended unexpectedly; its log is in ${path.join(cluster.place.cluster, 'log')}`)
    for (const tell of listeners) tell()
  }
  async function again(): Promise<void> {
    await stop(running.pid, cluster)
    running = await run(cluster)
    void watch(running)
  }
  void watch(running)

  return {
    get port() {
      return cluster.place.port
    },
    get superuserUrl() {
      return superuserUrl(cluster.place)
    },
    get pid() {
      return running.pid
    },
    get adopted() {
      return running.adopted
    },
    folder: cluster.place.cluster,
    onExit(callback) {
      listeners.add(callback)
      return () => listeners.delete(callback)
    },
    async restart() {
      if (stopped) throw new EmbeddedDatabaseError('stopped')
      restarting ??= again().finally(() => {
        restarting = undefined
      })
      await restarting
    },
    async stop() {
      stopped ??= (async () => {
        await restarting?.catch(() => {})
        await stop(running.pid, cluster)
        options.logger.info('database stopped')
      })()
      await stopped
    },
  }
}

/**
 * Restarts the database whenever it dies, with pauses of 1, 2, 4 … 30 seconds while that fails (a full disk, say).
 * @returns the way to end it; `database.stop()` ends it too
 */
export function keepRunning(database: EmbeddedDatabase, logger: EmbeddedLogger): () => void {
  let active = true
  async function revive(): Promise<void> {
    for (let pause = 1; active; pause = Math.min(pause * 2, 30)) {
      try {
        await database.restart()
        return
      } catch (error) {
        if (error instanceof EmbeddedDatabaseError && error.code === 'stopped') return
        logger.error(`the database could not be restarted, next attempt in ${pause} s: ${String(error)}`)
        await sleep(pause * 1000, undefined, { ref: false })
      }
    }
  }
  const unsubscribe = database.onExit(() => void revive())
  return () => {
    active = false
    unsubscribe()
  }
}

async function prepare({ dataDir, logger, fast = false }: EmbeddedOptions): Promise<Cluster> {
  const announce = (message: string) => logger.warn(message)
  await makePassable(path.resolve(dataDir), await databaseAccount(undefined))
  const folder = await realpath(dataDir)
  const known = await knownPlace(folder)
  const account = await databaseAccount(known?.cluster)
  const binaries = await findBinaries(account, announce)
  const place = known ?? (await newPlace(folder, account, await pickPort(), announce))
  const cluster = { place, account, binaries, fast, logger }
  if (!(await isCluster(place.cluster))) {
    if (place.created) throw new EmbeddedDatabaseError('cluster-missing', { subject: place.cluster })
    await initialise(cluster)
  }
  if (!place.created) await remember(place, { created: true })
  const made = (await readFile(path.join(place.cluster, 'PG_VERSION'), 'utf8')).trim()
  if (made !== binaries.version.split('.')[0]) {
    throw new EmbeddedDatabaseError('version-differs', { subject: `${place.cluster}: ${made}, ${binaries.version}` })
  }
  return cluster
}

async function run(cluster: Cluster): Promise<Running> {
  try {
    return (await adopt(cluster)) ?? (await launch(cluster))
  } catch (error) {
    throw explain(error, cluster.place.cluster)
  }
}
