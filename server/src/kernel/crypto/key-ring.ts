// The site's keys: a JSON file of versions, only its owner may read it. Losing it loses every encrypted field.
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { systemClock, toIso } from '../time/index.ts'
import type { Instant } from '../time/index.ts'

/** One version of the encryption keys. */
export type DataKey = {
  /** Stands in every ciphertext made with it. */
  readonly id: string
  readonly sm4: Buffer
  readonly mac: Buffer
  /** ISO 8601. */
  readonly created: string
}

/** All keys of a site. `current` encrypts, every one decrypts; the hash key is one for all versions. */
export type KeyRing = {
  readonly current: DataKey
  readonly keys: ReadonlyMap<string, DataKey>
  readonly hashKey: Buffer
}

export type KeyFileProblem = 'missing' | 'permissions' | 'invalid'

/** The key file is not there, can be read by others, or is damaged; the message names the file, never a key. */
export class KeyFileError extends Error {
  readonly problem: KeyFileProblem
  constructor(problem: KeyFileProblem, message: string) {
    super(message)
    this.name = 'KeyFileError'
    this.problem = problem
  }
}

type KeyFileOptions = {
  keyFile: string
  /** Make a file with fresh random keys when there is none. Leave it false where ciphertext already exists. */
  create?: boolean
  /** Time to record in new keys; default the machine's clock. */
  now?: Instant
}

/**
 * Reads the key file. With `create` a missing one is made, mode 0600, whole or not at all; of several processes that
 * start together one makes it and all read the same.
 * @throws KeyFileError when missing, readable by group or others, or damaged
 */
export function loadKeyRing({ keyFile, create = false, now = systemClock.now() }: KeyFileOptions): KeyRing {
  const found = readText(keyFile)
  if (found !== undefined) return parseKeyRing(keyFile, found)
  if (!create) throw new KeyFileError('missing', `key file not found: ${keyFile}`)
  // Not 0700: the folder is usually the data folder, which the embedded database's own system user must reach.
  mkdirSync(dirname(keyFile), { recursive: true })
  const key = newKey(1, now)
  writeKeyRing(keyFile, { current: key, keys: new Map([[key.id, key]]), hashKey: randomBytes(32) }, 'new')
  return loadKeyRing({ keyFile })
}

/**
 * Adds a new version and makes it current; the old ones stay for reading. The hash key stays too: a new one would make
 * stored hashes unfindable. One process at a time: the operator's command, not the running servers.
 * @throws KeyFileError like loadKeyRing
 */
export function rotateKeyRing({ keyFile, now = systemClock.now() }: Omit<KeyFileOptions, 'create'>): KeyRing {
  const ring = loadKeyRing({ keyFile })
  const key = newKey(ring.keys.size + 1, now)
  writeKeyRing(keyFile, { ...ring, current: key, keys: new Map([...ring.keys, [key.id, key]]) }, 'replace')
  return loadKeyRing({ keyFile })
}

function newKey(version: number, now: Instant): DataKey {
  // The random part keeps ciphertext of another site's "first" key from being taken for ours.
  const id = `k${version}-${randomBytes(4).toString('hex')}`
  return { id, sm4: randomBytes(16), mac: randomBytes(32), created: toIso(now) }
}

function readText(keyFile: string): string | undefined {
  const stat = statSync(keyFile, { throwIfNoEntry: false })
  if (!stat) return undefined
  if (!stat.isFile()) throw new KeyFileError('invalid', `not a file: ${keyFile}`)
  if ((stat.mode & 0o077) !== 0) {
    const mode = (stat.mode & 0o777).toString(8).padStart(4, '0')
    throw new KeyFileError('permissions', `key file ${keyFile} has mode ${mode}: allow its owner only (chmod 600)`)
  }
  return readFileSync(keyFile, 'utf8')
}

function writeKeyRing(keyFile: string, ring: KeyRing, mode: 'new' | 'replace'): void {
  const keys = [...ring.keys.values()].map(({ id, sm4, mac, created }) => ({
    id,
    sm4: sm4.toString('base64'),
    mac: mac.toString('base64'),
    created,
  }))
  const text = JSON.stringify({ version: 1, current: ring.current.id, hash: ring.hashKey.toString('base64'), keys }, null, 2)
  const draft = `${keyFile}.${randomBytes(6).toString('hex')}.tmp`
  const file = openSync(draft, 'wx', 0o600)
  try {
    writeSync(file, `${text}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  chmodSync(draft, 0o600)
  if (mode === 'replace') renameSync(draft, keyFile)
  else linkNew(draft, keyFile)
  syncFolder(dirname(keyFile))
}

// A link fails when the name exists: a process that comes second never overwrites keys that are already in use.
function linkNew(draft: string, keyFile: string): void {
  try {
    linkSync(draft, keyFile)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    unlinkSync(draft)
  }
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function parseKeyRing(keyFile: string, text: string): KeyRing {
  const invalid = (why: string): KeyFileError => new KeyFileError('invalid', `key file ${keyFile} is damaged: ${why}`)
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    throw invalid('not JSON') // the parser's own message would quote the file
  }
  if (!isRecord(content) || content['version'] !== 1 || !Array.isArray(content['keys'])) throw invalid('unknown format')
  const bytes = (value: unknown, length: number): Buffer => {
    const buffer = Buffer.from(typeof value === 'string' ? value : '', 'base64')
    if (buffer.length !== length) throw invalid(`a key is not ${length} bytes long`)
    return buffer
  }
  const keys = new Map<string, DataKey>()
  for (const entry of content['keys']) {
    const id = isRecord(entry) ? entry['id'] : undefined
    if (!isRecord(entry) || typeof id !== 'string' || !/^[\w-]{1,32}$/.test(id) || keys.has(id)) throw invalid('a key id')
    const created = typeof entry['created'] === 'string' ? entry['created'] : ''
    keys.set(id, { id, sm4: bytes(entry['sm4'], 16), mac: bytes(entry['mac'], 32), created })
  }
  const current = typeof content['current'] === 'string' ? keys.get(content['current']) : undefined
  if (!current) throw invalid('no current key')
  return { current, keys, hashKey: bytes(content['hash'], 32) }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
