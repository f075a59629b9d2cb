// Digest authentication (RFC 7616, SHA-256 as RFC 8760 wants it, MD5 for older telephones), both as server and as client. No password is kept: users are HA1.
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { parseParams, quote, splitOutside } from './grammar.ts'
import { headersOf, type Header, type SipRequest, type SipResponse } from './message.ts'

export type Algorithm = 'MD5' | 'SHA-256'
/** H(user:realm:password) for each algorithm a user may answer with, in hex. */
export type Ha1 = Readonly<Partial<Record<Algorithm, string>>>
export type Credentials = { user: string; password: string }
export type Verdict = { ok: true; user: string } | { ok: false; why: 'none' | 'stale' | 'wrong'; user: string | null }

const HASHES: Readonly<Record<Algorithm, string>> = { MD5: 'md5', 'SHA-256': 'sha256' }
const ALGORITHMS: readonly Algorithm[] = ['SHA-256', 'MD5']
const NONCE_LIVES_MS = 300_000

const hash = (algorithm: Algorithm, text: string): string => createHash(HASHES[algorithm]).update(text).digest('hex')

export function ha1Of(user: string, realm: string, password: string): Ha1 {
  return { MD5: hash('MD5', `${user}:${realm}:${password}`), 'SHA-256': hash('SHA-256', `${user}:${realm}:${password}`) }
}

function responseOf(algorithm: Algorithm, ha1: string, method: string, p: ReadonlyMap<string, string | null>): string {
  const ha2 = hash(algorithm, `${method}:${p.get('uri') ?? ''}`)
  return p.get('qop') ? hash(algorithm, `${ha1}:${p.get('nonce') ?? ''}:${p.get('nc') ?? ''}:${p.get('cnonce') ?? ''}:${p.get('qop') ?? ''}:${ha2}`) : hash(algorithm, `${ha1}:${p.get('nonce') ?? ''}:${ha2}`)
}

function digestParams(value: string): Map<string, string | null> | null {
  const match = /^digest\s+(.*)$/is.exec(value.trim())
  return match ? parseParams(splitOutside(match[1] ?? '', ',').join(';')) : null
}

/** Nonces carry their time under a secret of this process, so that none has to be remembered; counters of used ones are, against replay. */
export function createDigestServer(now: () => number = () => performance.now()) {
  const secret = randomBytes(32)
  const counters = new Map<string, { at: number; highest: number }>()
  let sweptAt = now()

  const seal = (stamp: string): string => createHmac('sha256', secret).update(stamp).digest('hex').slice(0, 32)
  const makeNonce = (): string => {
    const stamp = `${Math.floor(now()).toString(36)}.${randomBytes(6).toString('hex')}`
    return `${stamp}.${seal(stamp)}`
  }
  function ageOf(nonce: string): number | null {
    const at = nonce.lastIndexOf('.')
    const stamp = nonce.slice(0, Math.max(at, 0))
    const expected = Buffer.from(seal(stamp))
    const given = Buffer.from(nonce.slice(at + 1))
    if (at < 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) return null
    return now() - Number.parseInt(stamp.split('.')[0] ?? '', 36)
  }
  function isReplay(nonce: string, count: number): boolean {
    if (now() - sweptAt > 10_000) {
      sweptAt = now()
      for (const [key, { at }] of counters) if (now() - at > NONCE_LIVES_MS) counters.delete(key)
    }
    const seen = counters.get(nonce)
    if (seen && count <= seen.highest) return true
    counters.set(nonce, { at: now(), highest: count })
    return false
  }

  return {
    /** Challenges in the order of preference (RFC 8760 §2.4), without those that the user could not answer: many telephones take the first and fail. */
    challenge(realm: string, proxy: boolean, stale: boolean, ha1: Ha1 | null): Header[] {
      const nonce = makeNonce()
      return ALGORITHMS.filter((algorithm) => !ha1 || ha1[algorithm]).map((algorithm): Header => [proxy ? 'proxy-authenticate' : 'www-authenticate', `Digest realm=${quote(realm)}, nonce="${nonce}", qop="auth", algorithm=${algorithm}${stale ? ', stale=true' : ''}`])
    },
    /** `find` gives the HA1 of a user of the realm; an unknown user costs the same as a wrong password. */
    verify(request: SipRequest, realm: string, proxy: boolean, find: (user: string) => Ha1 | null): Verdict {
      let verdict: Verdict = { ok: false, why: 'none', user: null }
      for (const value of headersOf(request, proxy ? 'proxy-authorization' : 'authorization')) {
        const p = digestParams(value)
        const user = p?.get('username')
        const nonce = p?.get('nonce')
        if (!p || !user || !nonce || p.get('realm') !== realm) continue
        verdict = { ok: false, why: 'wrong', user }
        const algorithm = ALGORITHMS.find((one) => one === (p.get('algorithm') ?? 'MD5').toUpperCase())
        const age = ageOf(nonce)
        if (!algorithm || p.get('qop') !== 'auth' || p.get('uri') === undefined) continue
        if (age === null || age > NONCE_LIVES_MS) {
          verdict = { ok: false, why: 'stale', user }
          continue
        }
        const ha1 = find(user)?.[algorithm] ?? seal(user)
        const expected = Buffer.from(responseOf(algorithm, ha1, request.method, p))
        const given = Buffer.from((p.get('response') ?? '').toLowerCase())
        if (given.length !== expected.length || !timingSafeEqual(given, expected)) continue
        const count = Number.parseInt(p.get('nc') ?? '', 16)
        if (!(count > 0) || isReplay(`${nonce}/${user}`, count)) return { ok: false, why: 'stale', user }
        return { ok: true, user }
      }
      return verdict
    },
  }
}

/** The answer to a 401 or 407, or null where no challenge is one of ours. */
export function answerChallenge(response: SipResponse, request: { method: string; uri: string }, credentials: Credentials, cnonce = randomBytes(8).toString('hex')): Header | null {
  const proxy = response.status === 407
  const challenges = headersOf(response, proxy ? 'proxy-authenticate' : 'www-authenticate').map(digestParams).filter((one) => one !== null)
  for (const challenge of challenges.toSorted((a, b) => rank(a) - rank(b))) {
    const algorithm = ALGORITHMS.find((one) => one === (challenge.get('algorithm') ?? 'MD5').toUpperCase())
    const [realm, nonce] = [challenge.get('realm'), challenge.get('nonce')]
    const qops = (challenge.get('qop') ?? '').split(',').map((one) => one.trim().toLowerCase())
    if (!algorithm || typeof realm !== 'string' || !nonce || (challenge.get('qop') && !qops.includes('auth'))) continue
    const p = new Map<string, string | null>([['nonce', nonce], ['uri', request.uri]])
    if (challenge.get('qop')) p.set('qop', 'auth').set('nc', '00000001').set('cnonce', cnonce)
    const ha1 = hash(algorithm, `${credentials.user}:${realm}:${credentials.password}`)
    const opaque = challenge.get('opaque')
    const parts = [`username=${quote(credentials.user)}`, `realm=${quote(realm)}`, `nonce=${quote(nonce)}`, `uri=${quote(request.uri)}`, `response="${responseOf(algorithm, ha1, request.method, p)}"`, `algorithm=${algorithm}`]
    if (p.has('qop')) parts.push('qop=auth', 'nc=00000001', `cnonce="${cnonce}"`)
    if (typeof opaque === 'string') parts.push(`opaque=${quote(opaque)}`)
    return [proxy ? 'proxy-authorization' : 'authorization', `Digest ${parts.join(', ')}`]
  }
  return null
}

const rank = (challenge: ReadonlyMap<string, string | null>): number => ((challenge.get('algorithm') ?? 'MD5').toUpperCase() === 'SHA-256' ? 0 : 1)
