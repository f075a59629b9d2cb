// Numbers at the exchange are E.164 digits without `+`; here they are national. Pure.
import { normalisePhone } from '../../kernel/crypto/index.ts'

/** `8613800001111` → `13800001111`, `869905550001` → `09905550001`; short numbers and extensions stay. */
export function fromExchange(number: string): string {
  return /^[1-9]\d{8,14}$/.test(number) && !/^1[3-9]\d{9}$/.test(number) ? normalisePhone(`+${number}`) : number
}

/** The other way, for lists and dialling; local numbers stay local, the exchange knows their area. */
export function toExchange(number: string): string {
  const digits = normalisePhone(number).replace(/-\d+$/, '')
  if (digits.startsWith('+')) return digits.slice(1)
  if (/^1[3-9]\d{9}$/.test(digits)) return `86${digits}`
  return /^0\d{9,11}$/.test(digits) ? `86${digits.slice(1)}` : digits
}

/** Leading digits of a segment as the exchange compares them; null where they name no number of a line. */
export function segmentToExchange(prefix: string): string {
  if (prefix.startsWith('+')) return prefix.slice(1)
  if (/^1[3-9]/.test(prefix)) return `86${prefix}`
  return prefix.startsWith('0') ? `86${prefix.slice(1)}` : prefix
}
