// Recordings between the recorder and the server: which call each belongs to, and files whose header a crash left behind.
import { createHash } from 'node:crypto'
import { open, unlink } from 'node:fs/promises'
import path from 'node:path'

export type RecordingMeta = { id: string, tenant: string, call: string, segment: number, startedAt: number, offsetMs: number, agents: string[], box: string | null, number: string | null, ready: boolean }

/** Path of a recording in the spool; null for a name that is none. */
export const recordingFile = (spool: string, id: string): string | null => /^[0-9a-zA-Z-]{1,64}$/.test(id) ? path.join(spool, `${id}.wav`) : null

/** Corrects the sizes in the header of a WAV file that was being written, and measures it. Null when there is no file or no sound in it. */
export async function repairWav(file: string): Promise<{ ms: number, bytes: number, sha256: string } | null> {
  let handle
  try {
    handle = await open(file, 'r+')
  } catch {
    return null
  }
  try {
    const { size } = await handle.stat()
    const head = Buffer.alloc(Math.min(size, 128))
    await handle.read(head, 0, head.length, 0)
    const data = head.indexOf('data')
    const format = head.indexOf('fmt ')
    if (head.toString('latin1', 0, 4) !== 'RIFF' || data < 0 || format < 0 || size <= data + 8) return null
    const frame = head.readUInt16LE(format + 20)
    const rate = head.readUInt32LE(format + 12)
    const bytes = size - data - 8
    const sizes = Buffer.alloc(4)
    sizes.writeUInt32LE(size - 8)
    await handle.write(sizes, 0, 4, 4)
    sizes.writeUInt32LE(bytes)
    await handle.write(sizes, 0, 4, data + 4)
    const hash = createHash('sha256')
    for await (const chunk of handle.createReadStream({ start: 0, autoClose: false })) hash.update(chunk as Buffer)
    return { ms: frame > 0 && rate > 0 ? Math.round(bytes / frame / rate * 1000) : 0, bytes: size, sha256: hash.digest('hex') }
  } finally {
    await handle.close().catch(() => {})
  }
}

/** Deletes a recording that the server has stored. */
export async function forgetFile(spool: string, id: string): Promise<void> {
  const file = recordingFile(spool, id)
  if (file) await unlink(file).catch(() => {})
}
