// What the exchange keeps on disk under its key file: frames of AES-256-GCM, and the secret files themselves.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'

const HEAD = 4 + 12 + 16

/** Encrypts a frame: length, iv, tag, cipher text. */
export function seal(key: Buffer, text: string): Buffer {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  const head = Buffer.alloc(4)
  head.writeUInt32BE(body.length)
  return Buffer.concat([head, iv, cipher.getAuthTag(), body])
}
/** Texts of the frames of a file; stops at the first that is torn or not ours. `good`: bytes up to there. */
export function unseal(key: Buffer, file: Buffer): { texts: string[], good: number } {
  const texts: string[] = []
  let at = 0
  while (at + HEAD <= file.length) {
    const length = file.readUInt32BE(at)
    if (at + HEAD + length > file.length) break
    try {
      const open = createDecipheriv('aes-256-gcm', key, file.subarray(at + 4, at + 16))
      open.setAuthTag(file.subarray(at + 16, at + HEAD))
      texts.push(Buffer.concat([open.update(file.subarray(at + HEAD, at + HEAD + length)), open.final()]).toString('utf8'))
    } catch {
      break
    }
    at += HEAD + length
  }
  return { texts, good: at }
}

/** The text of a file of one frame; throws when it is torn or not ours. */
export function unsealed(key: Buffer, file: Buffer): string {
  const [text] = unseal(key, file).texts
  if (text === undefined) throw new Error('not readable with this key')
  return text
}

/** Reads a small secret file, making it (0600) on the first start. */
export async function secretFile(file: string, make: () => Buffer): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch {
    const made = make()
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
    await writeFile(`${file}.new`, made, { mode: 0o600 })
    await rename(`${file}.new`, file)
    return made
  }
}
