import { Secret, TOTP } from 'otpauth'
import type { Instant } from '../time/index.ts'

const PERIOD_SECONDS = 30
/** Codes of one period before and after are accepted: clocks of telephones drift. */
const WINDOW = 1

export type TotpResult =
  | { ok: true; /** Store it and give it back as `lastCounter`. */ counter: number }
  | { ok: false; reason: 'wrong' | 'replayed' }

/** A new secret for an authenticator app, base32, 160 bits. Store it encrypted. */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32
}

/** `otpauth://` address for the QR code of an authenticator app. */
export function totpUri(secret: string, account: { issuer: string; login: string }): string {
  return generator(secret, account).toString()
}

/**
 * Checks a time code (RFC 6238: SHA-1, 6 digits, 30 s, one period before and after). A code counts once: the counter of
 * the last accepted code and all before are refused.
 * @param lastCounter counter of the last accepted code, null before the first
 */
export function verifyTotp(secret: string, code: string, now: Instant, lastCounter: number | null): TotpResult {
  const token = code.normalize('NFKC').replace(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return { ok: false, reason: 'wrong' }
  const delta = generator(secret).validate({ token, timestamp: now, window: WINDOW })
  if (delta === null) return { ok: false, reason: 'wrong' }
  const counter = Math.floor(now / 1000 / PERIOD_SECONDS) + delta
  return lastCounter !== null && counter <= lastCounter ? { ok: false, reason: 'replayed' } : { ok: true, counter }
}

function generator(secret: string, account?: { issuer: string; login: string }): TOTP {
  return new TOTP({
    ...(account ? { issuer: account.issuer, label: account.login } : {}),
    secret: Secret.fromBase32(secret),
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD_SECONDS,
  })
}
