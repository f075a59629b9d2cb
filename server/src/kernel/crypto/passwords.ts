import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto'
import { DAY } from '../time/index.ts'
import type { Instant } from '../time/index.ts'

// OWASP password storage cheat sheet: scrypt with N = 2^15, r = 8, p = 3, or its equals. One hash needs 32 MiB.
const COST = { N: 2 ** 15, r: 8, p: 3 }
const HASH_BYTES = 32
// A damaged or planted row must not make the server allocate gigabytes.
const MAX_MEMORY = 128 * 1024 * 1024
const MAX_LENGTH = 128

type Cost = typeof COST

/** What a tenant (and role) asks of a password. */
export type PasswordPolicy = {
  minLength: number
  /** How many of lower-case letters, upper-case letters, digits, other characters. */
  minClasses: number
  /** How many earlier passwords may not come back. */
  history: number
  /** Days until it must be changed; 0 for never. */
  expiryDays: number
  /** Days before expiry from which the user is reminded. */
  reminderDays: number
  /** May not be part of a password, in any case. */
  forbiddenWords: readonly string[]
}

export const defaultPasswordPolicy: PasswordPolicy = {
  minLength: 10,
  minClasses: 3,
  history: 5,
  expiryDays: 90,
  reminderDays: 7,
  forbiddenWords: ['password', 'passw0rd', 'minsheng', 'hotline', '12345', 'admin', 'root', 'qwerty', 'abc123', 'iloveyou', '88888', '66666', '00000', '11111'],
}

export type PasswordRule = 'tooShort' | 'tooLong' | 'tooFewClasses' | 'forbiddenWord' | 'containsLogin' | 'containsName' | 'reused'

/** A rule that a password breaks; `limit` is its figure. Texts: passwordRuleTexts. */
export type PasswordViolation = { rule: PasswordRule; limit?: number }

/** Whose password it is. `history` holds the hashes of the present and earlier passwords, newest first. */
export type PasswordOwner = { login: string; name?: string; history?: readonly string[] }

/** Hashes a password with scrypt and a random salt: `scrypt$N=32768,r=8,p=3$<salt>$<hash>`. Takes about 0.3 s in a thread of the pool. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await derive(password, salt, COST)
  return `scrypt$N=${COST.N},r=${COST.r},p=${COST.p}$${salt.toString('base64url')}$${hash.toString('base64url')}`
}

/**
 * Whether the password belongs to the hash.
 * @throws Error when the stored text is no hash of ours: refusing a login silently would hide damaged data
 */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  if (password.length > MAX_LENGTH) return false
  const { cost, salt, hash } = parse(stored)
  return timingSafeEqual(await derive(password, salt, cost), hash)
}

/** Whether a hash was made with other parameters than today's and should be made anew at the next login. */
export function needsRehash(stored: string): boolean {
  const { cost } = parse(stored)
  return cost.N !== COST.N || cost.r !== COST.r || cost.p !== COST.p
}

/** The rules that a new password breaks; none means it is accepted. The history is compared last, only if all else holds. */
export async function checkPasswordPolicy(
  policy: PasswordPolicy,
  password: string,
  owner: PasswordOwner,
): Promise<PasswordViolation[]> {
  const found: PasswordViolation[] = []
  const text = password.normalize('NFKC').toLowerCase()
  const contains = (word: string | undefined, least: number): boolean => {
    const part = (word ?? '').normalize('NFKC').toLowerCase()
    return [...part].length >= least && text.includes(part)
  }
  if ([...password].length < policy.minLength) found.push({ rule: 'tooShort', limit: policy.minLength })
  if (password.length > MAX_LENGTH) found.push({ rule: 'tooLong', limit: MAX_LENGTH })
  if (classesOf(password) < policy.minClasses) found.push({ rule: 'tooFewClasses', limit: policy.minClasses })
  if (policy.forbiddenWords.some((word) => contains(word, 1))) found.push({ rule: 'forbiddenWord' })
  if (contains(owner.login, 3)) found.push({ rule: 'containsLogin' })
  if (contains(owner.name, 2)) found.push({ rule: 'containsName' })
  if (found.length > 0) return found
  for (const hash of (owner.history ?? []).slice(0, policy.history)) {
    if (await verifyPassword(password, hash)) return [{ rule: 'reused', limit: policy.history }]
  }
  return []
}

/** Whether a password set at `changedAt` still holds, and for how many days, begun ones included (null: for ever). */
export function passwordAge(
  policy: PasswordPolicy,
  changedAt: Instant,
  now: Instant,
): { state: 'valid' | 'expiring' | 'expired'; daysLeft: number | null } {
  if (policy.expiryDays <= 0) return { state: 'valid', daysLeft: null }
  const left = changedAt + policy.expiryDays * DAY - now
  const daysLeft = Math.max(0, Math.ceil(left / DAY))
  if (left <= 0) return { state: 'expired', daysLeft }
  return { state: daysLeft <= policy.reminderDays ? 'expiring' : 'valid', daysLeft }
}

// No 0/O, 1/l/I, and no vowels, so that no words come up.
const LOWER = 'bcdfghjkmnpqrstvwxyz'
const UPPER = 'BCDFGHJKMNPQRSTVWXYZ'
const DIGITS = '23456789'

/** A password to be handed over once and changed at first login: `Kp7m-Xw4r-Ht9b`, 49 bits, four classes. */
export function oneTimePassword(): string {
  const pick = (alphabet: string): string => alphabet.charAt(randomInt(alphabet.length))
  // Each group has an upper-case letter and a digit, so that every policy about classes is met.
  const group = (): string => pick(UPPER) + pick(LOWER) + pick(DIGITS) + pick(LOWER + DIGITS)
  return `${group()}-${group()}-${group()}`
}

function classesOf(password: string): number {
  return [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u].filter((kind) => kind.test(password)).length
}

function parse(stored: string): { cost: Cost; salt: Buffer; hash: Buffer } {
  const match = /^scrypt\$N=(\d{1,7}),r=(\d{1,2}),p=(\d{1,2})\$([\w-]+)\$([\w-]+)$/.exec(stored)
  const [N, r, p] = [Number(match?.[1]), Number(match?.[2]), Number(match?.[3])]
  const [salt, hash] = [Buffer.from(match?.[4] ?? '', 'base64url'), Buffer.from(match?.[5] ?? '', 'base64url')]
  if (!match || hash.length !== HASH_BYTES || salt.length < 16) throw new Error('not a password hash')
  return { cost: { N, r, p }, salt, hash }
}

// NFKC: one password typed on different keyboards gives the same characters.
function derive(password: string, salt: Buffer, cost: Cost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, HASH_BYTES, { ...cost, maxmem: MAX_MEMORY }, (error, key) => {
      if (error) reject(error)
      else resolve(key)
    })
  })
}
