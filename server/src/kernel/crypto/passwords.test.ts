import { expect, test } from 'vitest'
import { DAY, instant, parseIso, plus } from '../time/index.ts'
import {
  checkPasswordPolicy,
  defaultPasswordPolicy as policy,
  hashPassword,
  needsRehash,
  newTotpSecret,
  oneTimePassword,
  passwordAge,
  totpUri,
  verifyPassword,
  verifyTotp,
} from './index.ts'

// Made with N=1024 by `scrypt` of another program (Python's hashlib) for "Correct-Horse-7" and salt 00..0f.
const FOREIGN_HASH = 'scrypt$N=1024,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$KA5iAMEgoTvHWc-qeiHrJqnPvWTgkwuKFWo8Xy18Zpw'

test('a password is verified, another is not, and equal passwords have different hashes', async () => {
  const [one, two] = await Promise.all([hashPassword('Correct-Horse-7'), hashPassword('Correct-Horse-7')])
  expect(one).toMatch(/^scrypt\$N=32768,r=8,p=3\$[\w-]{22}\$[\w-]{43}$/)
  expect(one).not.toBe(two)
  expect(await verifyPassword('Correct-Horse-7', one)).toBe(true)
  expect(await verifyPassword('correct-Horse-7', one)).toBe(false)
  expect(await verifyPassword('', one)).toBe(false)
  expect(await verifyPassword('Ｃorrect-Horse-7', one)).toBe(true) // full-width letter of another keyboard
  expect(await verifyPassword('x'.repeat(100_000), one)).toBe(false)
  expect(needsRehash(one)).toBe(false)
})

test('a hash keeps its own parameters and asks to be renewed', async () => {
  expect(await verifyPassword('Correct-Horse-7', FOREIGN_HASH)).toBe(true)
  expect(await verifyPassword('Correct-Horse-8', FOREIGN_HASH)).toBe(false)
  expect(needsRehash(FOREIGN_HASH)).toBe(true)
})

test.each(['', 'Correct-Horse-7', 'scrypt$N=32768,r=8,p=3$AAAA$AAAA', FOREIGN_HASH.replace('N=1024', 'N=9999999')])(
  'stored text %j is an error, not a refused password',
  async (stored) => {
    await expect(verifyPassword('Correct-Horse-7', stored)).rejects.toThrow()
  },
)

test.each([
  ['Xk7-mPq-wZ', []],
  ['Xk7-mPq-w', ['tooShort']],
  ['xkmpqwzxkmpq', ['tooFewClasses']],
  ['xkmpqwz12xkm', ['tooFewClasses']],
  ['Xk7-Password', ['forbiddenWord']],
  ['Xk-12345-mPq', ['forbiddenWord']],
  ['Wang.Min-2026x', ['containsLogin']],
  ['王小明Xk7-mPqw', ['containsName']],
  ['Aa1-'.repeat(33), ['tooLong']],
  ['', ['tooShort', 'tooFewClasses']],
])('新密码 %j 违反的规则：%j', async (password, rules) => {
  const found = await checkPasswordPolicy(policy, password, { login: 'wang.min', name: '王小明' })
  expect(found.map((violation) => violation.rule)).toEqual(rules)
})

test('最近五次用过的密码不能再用，更早的可以', async () => {
  const other = FOREIGN_HASH.replace('AAECAwQFBgcICQoLDA0ODw', 'EAECAwQFBgcICQoLDA0ODw')
  const owner = { login: 'agent01', history: [other, other, other, other, FOREIGN_HASH] }
  expect(await checkPasswordPolicy(policy, 'Correct-Horse-7', owner)).toEqual([{ rule: 'reused', limit: 5 }])
  expect(await checkPasswordPolicy(policy, 'Correct-Horse-7', { ...owner, history: [other, ...owner.history] })).toEqual([])
  expect(await checkPasswordPolicy({ ...policy, history: 0 }, 'Correct-Horse-7', owner)).toEqual([])
})

test.each([
  [0, 'valid', 90],
  [82, 'valid', 8],
  [83, 'expiring', 7],
  [89.5, 'expiring', 1],
  [90, 'expired', 0],
])('改密 %d 天后状态为 %s，还剩 %d 天', (days, state, daysLeft) => {
  const changedAt = instant(0)
  expect(passwordAge(policy, changedAt, plus(changedAt, days * DAY))).toEqual({ state, daysLeft })
  expect(passwordAge({ ...policy, expiryDays: 0 }, changedAt, plus(changedAt, days * DAY)).state).toBe('valid')
})

test('one-time passwords are readable, meet the policy and differ', async () => {
  const made = Array.from({ length: 200 }, oneTimePassword)
  for (const password of made) {
    expect(password).toMatch(/^(?:[A-Z][a-z][2-9][a-z2-9]-?){3}$/)
    expect(password).not.toMatch(/[0O1lI]/)
    expect(await checkPasswordPolicy(policy, password, { login: 'agent01', name: '王小明' })).toEqual([])
  }
  expect(new Set(made).size).toBe(200)
})

// RFC 6238, appendix B, SHA-1, cut to six digits.
const RFC_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

test.each([
  ['1970-01-01T00:00:59Z', '287082', 1],
  ['2005-03-18T01:58:29Z', '081804', 37037036],
  ['2033-05-18T03:33:20Z', '279037', 66666666],
])('time code of RFC 6238 at %s is %s', (iso, code, counter) => {
  expect(verifyTotp(RFC_SECRET, code, parseIso(iso), null)).toEqual({ ok: true, counter })
})

test('a time code holds one period before and after, and once only', () => {
  const now = parseIso('2005-03-18T01:58:29Z')
  const code = ' 081 804 '
  expect(verifyTotp(RFC_SECRET, code, plus(now, 30_000), null)).toEqual({ ok: true, counter: 37037036 })
  expect(verifyTotp(RFC_SECRET, code, plus(now, -30_000), null)).toEqual({ ok: true, counter: 37037036 })
  expect(verifyTotp(RFC_SECRET, code, plus(now, 60_000), null)).toEqual({ ok: false, reason: 'wrong' })
  expect(verifyTotp(RFC_SECRET, code, plus(now, -60_000), null)).toEqual({ ok: false, reason: 'wrong' })
  expect(verifyTotp(RFC_SECRET, code, now, 37037036)).toEqual({ ok: false, reason: 'replayed' })
  expect(verifyTotp(RFC_SECRET, code, now, 37037035)).toEqual({ ok: true, counter: 37037036 })
  expect(verifyTotp(RFC_SECRET, '81804', now, null)).toEqual({ ok: false, reason: 'wrong' })
  expect(verifyTotp(newTotpSecret(), '', now, null)).toEqual({ ok: false, reason: 'wrong' })
})

test('the address for authenticator apps names issuer, login and parameters', () => {
  const secret = newTotpSecret()
  expect(secret).toMatch(/^[A-Z2-7]{32}$/)
  expect(newTotpSecret()).not.toBe(secret)
  const uri = new URL(totpUri(secret, { issuer: '示例市热线', login: 'agent01' }))
  expect(uri.protocol).toBe('otpauth:')
  expect(decodeURIComponent(uri.pathname)).toContain('示例市热线:agent01')
  expect(Object.fromEntries(uri.searchParams)).toMatchObject({ secret, issuer: '示例市热线', digits: '6', period: '30', algorithm: 'SHA1' })
})
