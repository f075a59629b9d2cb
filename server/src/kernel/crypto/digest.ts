import { createCipheriv, createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { KeyRing } from './key-ring.ts'

/** SM3 (GB/T 32905) of text (UTF-8) or bytes, 64 lower-case hex digits. */
export function sm3(data: string | Uint8Array): string {
  return createHash('sm3').update(data).digest('hex')
}

/**
 * HMAC-SM3 under the site's hash key, 43 characters base64url: finds an encrypted value by equality (a whole number, its
 * last four digits) without storing it. `purpose` keeps hashes of one value in different columns apart, so that equal
 * columns do not reveal equal values. Normalise the value before hashing; rotation of encryption keys keeps the hash.
 */
export function keyedHash(ring: KeyRing, purpose: string, value: string): string {
  if (purpose === '' || purpose.includes('\0')) throw new RangeError('a keyed hash needs a purpose without NUL')
  return createHmac('sm3', ring.hashKey).update(purpose).update('\0').update(value).digest('base64url')
}

/** Compares two texts in a time that does not depend on where they differ. */
export function sameSecret(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest())
  return left !== undefined && right !== undefined && timingSafeEqual(left, right)
}

/**
 * Checks the standard vectors of SM3 and SM4 (GB/T 32905, GB/T 32907); called at every start.
 * @throws Error when this build of Node has no SM3 or SM4 or computes them wrongly
 */
export function cryptoSelfTest(): void {
  if (sm3('abc') !== '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0') {
    throw new Error('SM3 fails its standard vector')
  }
  const block = Buffer.from('0123456789abcdeffedcba9876543210', 'hex')
  const cipher = createCipheriv('sm4-ecb', block, null).setAutoPadding(false)
  const encrypted = Buffer.concat([cipher.update(block), cipher.final()]).toString('hex')
  if (encrypted !== '681edf34d206965e86b3e94f536e4246') throw new Error('SM4 fails its standard vector')
}
