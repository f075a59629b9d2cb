// Where file contents live: a folder by default, S3-compatible storage behind the same port.
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rename, rm, stat, statfs } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'
import { Transform, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

export type Stored = { key: string; size: number; sha256: string }

export type StoragePort = {
  /** Streams to a temporary name and renames at the end: a broken upload leaves nothing. */
  put(key: string, content: Readable): Promise<Stored>
  get(key: string, range?: { start: number; end: number }): Promise<Readable>
  size(key: string): Promise<number>
  remove(key: string): Promise<void>
  /** Bytes free and in all where contents lie; null where nobody can tell (object storage). */
  room(): Promise<{ free: number; total: number } | null>
}

/** Contents in `folder`, two levels of sub-folders by key. */
export function folderStorage(folder: string): StoragePort {
  const path = (key: string): string => {
    if (!/^[0-9a-f-]{36}$/.test(key)) throw new Error('bad storage key')
    return join(folder, key.slice(-2), key.slice(-4, -2), key)
  }
  return {
    async put(key, content) {
      const target = path(key)
      // A source that fails while the folder is being made has nobody listening yet: unheard, its error would end the process.
      content.on('error', () => undefined)
      await mkdir(dirname(target), { recursive: true })
      const hash = createHash('sha256')
      let size = 0
      const measure = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          hash.update(chunk)
          size += chunk.length
          done(null, chunk)
        },
      })
      const part = `${target}.part`
      try {
        await pipeline(content, measure, createWriteStream(part))
        await rename(part, target)
      } catch (error) {
        await rm(part, { force: true })
        throw error
      }
      return { key, size, sha256: hash.digest('hex') }
    },
    async get(key, range) {
      await stat(path(key))
      return createReadStream(path(key), range)
    },
    async size(key) {
      return (await stat(path(key))).size
    },
    async remove(key) {
      await rm(path(key), { force: true })
    },
    async room() {
      const disk = await statfs(folder).catch(() => null)
      return disk && { free: disk.bavail * disk.bsize, total: disk.blocks * disk.bsize }
    },
  }
}
