// The only reader of the clock in the exchange, and the maker of ids.
import { randomFillSync } from 'node:crypto'

/** Milliseconds since 1970. */
export const now = (): number => Date.now()

const bytes = Buffer.alloc(16)
/** A UUIDv7 (RFC 9562): sorts by time. */
export function newId(): string {
  randomFillSync(bytes)
  bytes.writeUIntBE(now(), 0, 6)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
