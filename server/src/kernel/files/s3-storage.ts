// Contents in S3-compatible object storage (path-style), signed with AWS Signature V4; the same port as the folder.
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AwsClient } from 'aws4fetch'
import type { StoragePort, Stored } from './storage.ts'

export type S3Config = { endpoint: string; bucket: string; region: string; accessKeyId: string; secretAccessKey: string; /** In front of every key, e.g. `files/`. */ prefix?: string }

const PATIENCE_MS = 120_000

/** Answers of the storage that are no success; `status` is its HTTP status. */
export class StorageError extends Error {
  readonly status: number
  constructor(what: string, status: number) {
    super(`object storage: ${what} answered ${status}`)
    this.name = 'StorageError'
    this.status = status
  }
}

/**
 * An upload is spooled to a temporary file first: its length and hash must be known before the request begins, and a broken upload
 * leaves nothing in the bucket. Retries once on 5xx and lost connections.
 */
export function s3Storage(config: S3Config): StoragePort {
  const aws = new AwsClient({ accessKeyId: config.accessKeyId, secretAccessKey: config.secretAccessKey, service: 's3', region: config.region, retries: 1 })
  const url = (key: string): string => {
    if (!/^[0-9a-f-]{36}$/.test(key)) throw new Error('bad storage key')
    return `${config.endpoint.replace(/\/$/, '')}/${config.bucket}/${config.prefix ?? ''}${key}`
  }
  const call = (key: string, init: RequestInit & { duplex?: 'half' } = {}): Promise<Response> => aws.fetch(url(key), { ...init, signal: AbortSignal.timeout(PATIENCE_MS) })
  return {
    async put(key, content) {
      const target = url(key)
      const folder = await mkdtemp(join(tmpdir(), 'minsheng-upload-'))
      try {
        const spooled = await spool(join(folder, 'content'), content)
        const response = await aws.fetch(target, {
          method: 'PUT', body: Readable.toWeb(createReadStream(join(folder, 'content'))) as unknown as NonNullable<RequestInit['body']>, // undici takes a web stream
          headers: { 'content-length': String(spooled.size), 'x-amz-content-sha256': spooled.sha256 }, signal: AbortSignal.timeout(PATIENCE_MS), ...{ duplex: 'half' },
        })
        await response.body?.cancel()
        if (!response.ok) throw new StorageError('put', response.status)
        return { key, ...spooled }
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
    async get(key, range) {
      const response = await call(key, range ? { headers: { range: `bytes=${range.start}-${range.end}` } } : {})
      if (!response.ok || !response.body) {
        await response.body?.cancel()
        throw new StorageError('get', response.status)
      }
      return Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]) // the same stream under two type names
    },
    async size(key) {
      const response = await call(key, { method: 'HEAD' })
      if (!response.ok) throw new StorageError('head', response.status)
      return Number(response.headers.get('content-length') ?? 0)
    },
    async remove(key) {
      const response = await call(key, { method: 'DELETE' })
      await response.body?.cancel()
      // Removing what is gone already is no failure, as in the folder.
      if (!response.ok && response.status !== 404) throw new StorageError('delete', response.status)
    },
    room: () => Promise.resolve(null),
  }
}

async function spool(path: string, content: Readable): Promise<Omit<Stored, 'key'>> {
  const hash = createHash('sha256')
  let size = 0
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      size += chunk.length
      done(null, chunk)
    },
  })
  await pipeline(content, measure, createWriteStream(path))
  return { size, sha256: hash.digest('hex') }
}
