import { randomBytes, randomInt } from 'node:crypto'
import { sm3 } from './digest.ts'

/** Letters and digits that cannot be mistaken for one another when read aloud or written down: no 0/O, 1/I/L. */
export const CLEAR_CHARACTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'

/** Random bytes as base64url, for session and link tokens; 32 bytes give 43 characters. */
export function randomToken(bytes: number = 32): string {
  return randomBytes(bytes).toString('base64url')
}

/** What is stored instead of a random token: its SM3, hex. Not for passwords or short codes, which can be tried out. */
export function hashToken(token: string): string {
  return sm3(token)
}

/** Code for requesters to ask about an order, `7K3F-99AB`: 31^8, about 8.5·10^11 possibilities. */
export function enquiryCode(): string {
  const code = randomText(CLEAR_CHARACTERS, 8)
  return `${code.slice(0, 4)}-${code.slice(4)}`
}

/** An enquiry code as typed (any case, spaces, with or without the dash) in its stored form; undefined when it is none. */
export function normaliseEnquiryCode(typed: string): string | undefined {
  const code = typed.normalize('NFKC').toUpperCase().replace(/[\s\-–—]/g, '')
  const known = code.length === 8 && [...code].every((character) => CLEAR_CHARACTERS.includes(character))
  return known ? `${code.slice(0, 4)}-${code.slice(4)}` : undefined
}

/** Random digits for one-time codes by SMS. */
export function numericCode(digits: number = 6): string {
  return randomText('0123456789', digits)
}

/** `length` characters drawn evenly from `alphabet`. */
export function randomText(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('')
}
