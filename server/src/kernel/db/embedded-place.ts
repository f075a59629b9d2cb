// Where a cluster lives, and the record `postgres.json` that knows its folder, port and password.
import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, link, lstat, mkdir, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'

import { canUse, give, makePassable } from './embedded-account.ts'
import type { Account } from './embedded-account.ts'
import { outsideFolder } from './embedded-binaries.ts'
import { EmbeddedDatabaseError } from './embedded-error.ts'

export const superuser = 'postgres'

interface PlaceRecord {
  /** Relative to the data folder, or absolute where the database account cannot reach that. */
  cluster: string
  port: number
  password: string
  /** Set once initdb is through: a cluster that is missing from then on was lost, and must not be replaced by an empty one. */
  created: boolean
}

export interface Place extends PlaceRecord {
  /** Absolute path of the cluster (PGDATA). */
  cluster: string
  recordFile: string
}

const recordName = 'postgres.json'

// A socket's address is at most 107 bytes on Linux (103 elsewhere), file name `.s.PGSQL.65535` included.
const LONGEST_SOCKET_FOLDER = 88

/** Folder of the Unix socket: the cluster's own, which only its account and root can enter; '' where its path is too long. */
export function socketFolder(place: Place): string {
  return process.platform !== 'win32' && Buffer.byteLength(place.cluster) <= LONGEST_SOCKET_FOLDER ? place.cluster : ''
}

/** How to reach the running cluster as superuser: by its socket where there is one, else by TCP on loopback. */
export function superuserUrl(place: Place): string {
  const folder = socketFolder(place)
  const bySocket = folder !== '' && existsSync(path.join(folder, `.s.PGSQL.${place.port}`))
  return `postgres://${superuser}:${place.password}@127.0.0.1:${place.port}/postgres${bySocket ? `?host=${encodeURIComponent(folder)}` : ''}`
}

/** The cluster that the data folder's record names, if there is one already. */
export async function knownPlace(dataDir: string): Promise<Place | undefined> {
  const recordFile = path.join(dataDir, recordName)
  const text = await readFile(recordFile, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    if (error.code === 'EACCES') throw new EmbeddedDatabaseError('folder-unreachable', { subject: recordFile }, { cause: error })
    throw error
  })
  if (text === undefined) {
    if (await isCluster(path.join(dataDir, 'postgres'))) throw new EmbeddedDatabaseError('record-missing', { subject: recordFile })
    return undefined
  }
  const record = parseRecord(text)
  if (!record) throw new EmbeddedDatabaseError('record-missing', { subject: recordFile })
  return { ...record, cluster: path.resolve(dataDir, record.cluster), recordFile }
}

/**
 * Chooses a folder for a new cluster and writes the record. Of two servers that do so at the same moment the second
 * gets the first one's record.
 */
export async function newPlace(dataDir: string, account: Account, port: number, announce: (message: string) => void): Promise<Place> {
  const inside = await makeFolderFor(dataDir, account)
  let cluster = 'postgres'
  if (!inside) {
    const hash = createHash('sha256').update(await realpath(dataDir)).digest('hex').slice(0, 12)
    const outside = path.join(outsideFolder, hash)
    if (!(await makeFolderFor(outside, account))) throw new EmbeddedDatabaseError('folder-unreachable', { subject: outside })
    cluster = path.join(outside, 'postgres')
    announce(`the account of the database cannot reach ${dataDir}; its data goes to ${cluster}`)
  }
  await writeRecord(path.join(dataDir, recordName), { cluster, port, password: randomBytes(24).toString('hex'), created: false }, 'create')
  const place = await knownPlace(dataDir)
  if (!place) throw new EmbeddedDatabaseError('record-missing', { subject: dataDir })
  return place
}

async function makeFolderFor(folder: string, account: Account): Promise<boolean> {
  await makePassable(folder, account)
  const probe = path.join(folder, `.reach-${process.pid}`)
  await mkdir(probe, { recursive: true })
  try {
    await chmod(probe, 0o700)
    await give(probe, account)
    return await canUse(probe, account)
  } catch {
    return false
  } finally {
    await rm(probe, { recursive: true, force: true })
  }
}

/** A cluster is complete once its folder has this name: it is made under another one and renamed. */
export async function isCluster(cluster: string): Promise<boolean> {
  return lstat(path.join(cluster, 'PG_VERSION')).then(
    () => true,
    () => false,
  )
}

/** Changes the record of a place, on disk and in memory. */
export async function remember(place: Place, change: Partial<Pick<PlaceRecord, 'port' | 'created'>>): Promise<void> {
  const record = parseRecord(await readFile(place.recordFile, 'utf8'))
  if (!record) throw new EmbeddedDatabaseError('record-missing', { subject: place.recordFile })
  await writeRecord(place.recordFile, { ...record, ...change }, 'replace')
  Object.assign(place, change)
}

async function writeRecord(file: string, record: PlaceRecord, mode: 'create' | 'replace'): Promise<void> {
  const owner = await stat(file).catch(() => undefined)
  const part = `${file}.part-${process.pid}`
  await replaceFile(part, `${JSON.stringify(record, null, 2)}\n`, owner)
  if (mode === 'replace') return rename(part, file)
  try {
    // link, unlike rename, fails where the file exists.
    await link(part, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    await rm(part, { force: true })
  }
}

/** Writes a private file whole or not at all, never through a symbolic link that someone else put there. */
export async function replaceFile(file: string, text: string, owner: Account): Promise<void> {
  const part = `${file}.tmp-${process.pid}`
  await rm(part, { force: true })
  const handle = await open(part, 'wx', 0o600)
  try {
    await handle.writeFile(text)
    if (owner && process.getuid?.() === 0) await handle.chown(owner.uid, owner.gid)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(part, file)
}

function parseRecord(text: string): PlaceRecord | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  if (!('cluster' in value && 'port' in value && 'password' in value && 'created' in value)) return undefined
  const { cluster, port, password, created } = value
  if (typeof cluster !== 'string' || typeof port !== 'number' || typeof password !== 'string' || typeof created !== 'boolean') return undefined
  return { cluster, port, password, created }
}
