// Recordings lie encrypted: SM4 in counter mode under a key of their own, so that any range can be read without what is before it. Integrity is the SHA-256 in the row.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { Transform, type Readable } from 'node:stream'
import { decrypt, encrypt, type KeyRing } from '../../../kernel/crypto/index.ts'

const CONTEXT = 'telephony.recording'
const BLOCK = 16

export type Seal = { key: Buffer; iv: Buffer }
export const newSeal = (): Seal => ({ key: randomBytes(16), iv: randomBytes(16) })
export const keepSeal = (keys: KeyRing, { key, iv }: Seal): string => encrypt(keys, Buffer.concat([key, iv]).toString('base64'), CONTEXT)
export function readSeal(keys: KeyRing, kept: string): Seal {
  const bytes = Buffer.from(decrypt(keys, kept, CONTEXT), 'base64')
  return { key: bytes.subarray(0, 16), iv: bytes.subarray(16, 32) }
}

export const sealing = ({ key, iv }: Seal): Transform => createCipheriv('sm4-ctr', key, iv)

/** The counter of the block that holds byte `start`. */
function counterAt(iv: Buffer, start: number): Buffer {
  const value = (BigInt(`0x${iv.toString('hex')}`) + BigInt(Math.floor(start / BLOCK))) & ((1n << 128n) - 1n)
  return Buffer.from(value.toString(16).padStart(32, '0'), 'hex')
}

/** Reads clear bytes `start` … `end` of a sealed content. */
export async function openSealed(seal: Seal, get: (range: { start: number; end: number }) => Promise<Readable>, start: number, end: number): Promise<Readable> {
  const skip = start % BLOCK
  const content = await get({ start: start - skip, end })
  const clear = content.pipe(createDecipheriv('sm4-ctr', seal.key, counterAt(seal.iv, start)))
  content.on('error', (error) => clear.destroy(error))
  if (skip === 0) return clear
  let left = skip
  return clear.pipe(new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const from = Math.min(left, chunk.length)
      left -= from
      done(null, chunk.subarray(from))
    },
  }))
}
