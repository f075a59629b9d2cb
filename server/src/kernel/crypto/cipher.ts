// Encrypted fields: SM4-CBC (GB/T 32907) with a random IV, then HMAC-SM3 over everything. Node's OpenSSL has no SM4-GCM.
// Text form: v1.<key id>.<base64url of IV (16) | ciphertext | MAC (32)>
import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { DataKey, KeyRing } from './key-ring.ts'

const IV_BYTES = 16
const BLOCK_BYTES = 16
const MAC_BYTES = 32
const FORM = /^v1\.([\w-]{1,32})\.([\w-]+)$/

export type DecryptProblem = 'format' | 'unknownKey' | 'tampered'

/**
 * A ciphertext cannot be read: it is none (`format`), its key is not in the ring (`unknownKey`), or it was changed, moved
 * to another place or made with another key of the same id (`tampered`).
 */
export class DecryptError extends Error {
  readonly problem: DecryptProblem
  constructor(problem: DecryptProblem, message: string) {
    super(message)
    this.name = 'DecryptError'
    this.problem = problem
  }
}

/**
 * Encrypts a text under the current key; equal texts give different ciphertexts. `context` (such as `requester.mobile`) is
 * not stored but must be the same at decryption, so that a ciphertext copied into another column is refused.
 */
export function encrypt(ring: KeyRing, plaintext: string, context: string = ''): string {
  const key = ring.current
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('sm4-cbc', key.sm4, iv)
  const sealed = Buffer.concat([iv, cipher.update(plaintext, 'utf8'), cipher.final()])
  return `v1.${key.id}.${Buffer.concat([sealed, macOf(key, context, sealed)]).toString('base64url')}`
}

/**
 * The text of a ciphertext made by encrypt with the same context. The MAC is checked in constant time before anything
 * is decrypted.
 * @throws DecryptError
 */
export function decrypt(ring: KeyRing, ciphertext: string, context: string = ''): string {
  const { key, sealed, mac } = open(ring, ciphertext)
  if (!timingSafeEqual(mac, macOf(key, context, sealed))) {
    throw new DecryptError('tampered', 'ciphertext fails its authentication')
  }
  const decipher = createDecipheriv('sm4-cbc', key.sm4, sealed.subarray(0, IV_BYTES))
  return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES)), decipher.final()]).toString('utf8')
}

/** Whether a text has the form of a ciphertext; says nothing about its key or truth. */
export function isCiphertext(text: string): boolean {
  return FORM.test(text)
}

/** Whether a ciphertext was made with an older key and should be written anew after a rotation. */
export function needsReencryption(ring: KeyRing, ciphertext: string): boolean {
  return FORM.exec(ciphertext)?.[1] !== ring.current.id
}

function open(ring: KeyRing, ciphertext: string): { key: DataKey; sealed: Buffer; mac: Buffer } {
  const match = FORM.exec(ciphertext)
  const [id, body] = [match?.[1] ?? '', match?.[2] ?? '']
  const bytes = Buffer.from(body, 'base64url')
  const length = bytes.length - MAC_BYTES
  // Re-encoding refuses spare bits at the end: one ciphertext has exactly one text.
  const wellFormed = length >= IV_BYTES + BLOCK_BYTES && length % BLOCK_BYTES === 0 && bytes.toString('base64url') === body
  if (!wellFormed) throw new DecryptError('format', 'not a ciphertext')
  const key = ring.keys.get(id)
  if (!key) throw new DecryptError('unknownKey', `no key ${id} in the key file`)
  return { key, sealed: bytes.subarray(0, length), mac: bytes.subarray(length) }
}

// Version, key id and context are authenticated too; the NULs keep them from running into each other.
function macOf(key: DataKey, context: string, sealed: Buffer): Buffer {
  if (context.includes('\0')) throw new RangeError('a context has no NUL')
  return createHmac('sm3', key.mac).update(`v1\0${key.id}\0${context}\0`).update(sealed).digest()
}
