import { createCipheriv } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { instant, parseIso } from '../time/index.ts'
import {
  cryptoSelfTest,
  decrypt,
  DecryptError,
  encrypt,
  isCiphertext,
  keyedHash,
  KeyFileError,
  loadKeyRing,
  needsReencryption,
  rotateKeyRing,
  sameSecret,
  sm3,
} from './index.ts'
import type { KeyRing } from './index.ts'

let folder = ''
let keyFile = ''
let ring: KeyRing

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'minsheng-keys-'))
  keyFile = join(folder, 'data', 'keys')
  ring = loadKeyRing({ keyFile, create: true, now: parseIso('2026-11-21T00:00:00Z') })
})

afterEach(() => rmSync(folder, { recursive: true }))

function problemOf(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    if (error instanceof DecryptError || error instanceof KeyFileError) return error.problem
    throw error
  }
  return 'none'
}

test('the standard vectors of SM3 and SM4 hold', () => {
  expect(() => cryptoSelfTest()).not.toThrow()
  expect(sm3('abc')).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0')
  expect(sm3(Buffer.from('abcd'.repeat(16)))).toBe('debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732')
  const block = Buffer.from('0123456789abcdeffedcba9876543210', 'hex')
  const cipher = createCipheriv('sm4-ecb', block, null).setAutoPadding(false)
  expect(cipher.update(block).toString('hex')).toBe('681edf34d206965e86b3e94f536e4246')
})

test('any text comes back, and equal texts give different ciphertexts', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ maxLength: 8 }).filter((text) => !text.includes('\0')), (text, context) => {
      expect(decrypt(ring, encrypt(ring, text, context), context)).toBe(text)
    }),
  )
  expect(encrypt(ring, '13800001234')).not.toBe(encrypt(ring, '13800001234'))
})

test('a ciphertext shows its version and key but nothing of the text', () => {
  const ciphertext = encrypt(ring, '11010519491231002X')
  expect(ciphertext).toMatch(new RegExp(`^v1\\.${ring.current.id}\\.[\\w-]+$`))
  expect(isCiphertext(ciphertext)).toBe(true)
  expect(isCiphertext('11010519491231002X')).toBe(false)
  expect(Buffer.from(ciphertext.split('.')[2] ?? '', 'base64url').includes('110105')).toBe(false)
})

test('a change of any bit of IV, ciphertext or MAC is refused', () => {
  const [version, id, body = ''] = encrypt(ring, '张三').split('.')
  const bytes = Buffer.from(body, 'base64url')
  expect(bytes.length).toBe(16 + 16 + 32)
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const changed = Buffer.from(bytes)
    changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
    expect(problemOf(() => decrypt(ring, `${version}.${id}.${changed.toString('base64url')}`))).toBe('tampered')
  }
})

test.each([
  ['', 'format'],
  ['13800001234', 'format'],
  ['v2.k1.AAAA', 'format'],
  ['v1.k1.AAAA', 'format'],
  [`v1.k1.${'A'.repeat(86)}`, 'unknownKey'],
  [`v1.k1.${'A'.repeat(85)}B`, 'format'], // spare bits at the end
])('ciphertext %j is refused as %s', (text, problem) => {
  expect(problemOf(() => decrypt(ring, text))).toBe(problem)
})

test('cutting off blocks and moving a ciphertext to another context are refused', () => {
  const ciphertext = encrypt(ring, '一段比一个分组更长的文字', 'requester.name')
  const [version, id, body = ''] = ciphertext.split('.')
  const bytes = Buffer.from(body, 'base64url')
  const shorter = Buffer.concat([bytes.subarray(0, 32), bytes.subarray(-32)]).toString('base64url')
  expect(problemOf(() => decrypt(ring, `${version}.${id}.${shorter}`, 'requester.name'))).toBe('tampered')
  expect(problemOf(() => decrypt(ring, ciphertext, 'requester.address'))).toBe('tampered')
  expect(problemOf(() => decrypt(ring, ciphertext))).toBe('tampered')
  expect(decrypt(ring, ciphertext, 'requester.name')).toBe('一段比一个分组更长的文字')
})

test('the key file is made once, for its owner only, and read again the same', () => {
  expect(statSync(keyFile).mode & 0o777).toBe(0o600)
  expect(readdirSync(join(folder, 'data'))).toEqual(['keys'])
  const ciphertext = encrypt(ring, '林女士')
  const again = loadKeyRing({ keyFile, create: true })
  expect(decrypt(again, ciphertext)).toBe('林女士')
  expect(again.current).toMatchObject({ id: ring.current.id, created: '2026-11-21T00:00:00.000Z' })
})

test('a missing key file is an error unless it may be made', () => {
  const other = join(folder, 'other')
  expect(problemOf(() => loadKeyRing({ keyFile: other }))).toBe('missing')
  expect(existsSync(other)).toBe(false)
})

test.each([0o604, 0o640, 0o660, 0o666])('a key file with mode %o is refused', (mode) => {
  chmodSync(keyFile, mode)
  expect(problemOf(() => loadKeyRing({ keyFile }))).toBe('permissions')
})

test('damaged key files are refused without quoting them', () => {
  const good = readFileSync(keyFile, 'utf8')
  const damaged = [
    good.slice(0, -20),
    'null',
    '{"version":2}',
    good.replace('"current": "k', '"current": "x'),
    good.replace(/"sm4": "..../, '"sm4": "'),
    good.replace(/"hash": ".*"/, '"hash": ""'),
  ]
  for (const text of damaged) {
    writeFileSync(keyFile, text)
    expect(problemOf(() => loadKeyRing({ keyFile }))).toBe('invalid')
    expect(() => loadKeyRing({ keyFile })).not.toThrow(ring.current.sm4.toString('base64'))
  }
  mkdirSync(join(folder, 'folder'), { mode: 0o700 })
  expect(problemOf(() => loadKeyRing({ keyFile: join(folder, 'folder') }))).toBe('invalid')
})

test('after a rotation old and new ciphertexts are read and hashes stay findable', () => {
  const old = encrypt(ring, '张三')
  const rotated = rotateKeyRing({ keyFile, now: instant(0) })
  const fresh = encrypt(rotated, '张三')
  expect([old, fresh].map((text) => decrypt(loadKeyRing({ keyFile }), text))).toEqual(['张三', '张三'])
  expect([old, fresh].map((text) => needsReencryption(rotated, text))).toEqual([true, false])
  expect(keyedHash(rotated, 'mobile', '13800001234')).toBe(keyedHash(ring, 'mobile', '13800001234'))
  expect(problemOf(() => decrypt(ring, fresh))).toBe('unknownKey')
  expect(statSync(keyFile).mode & 0o777).toBe(0o600)
})

test('keys of another site read nothing and find nothing', () => {
  const other = loadKeyRing({ keyFile: join(folder, 'other'), create: true })
  expect(problemOf(() => decrypt(other, encrypt(ring, '张三')))).toBe('unknownKey')
  const sameId: KeyRing = { ...other, keys: new Map([[ring.current.id, { ...other.current, id: ring.current.id }]]) }
  expect(problemOf(() => decrypt(sameId, encrypt(ring, '张三')))).toBe('tampered')
  expect(keyedHash(other, 'mobile', '1234')).not.toBe(keyedHash(ring, 'mobile', '1234'))
})

test('keyed hashes are equal for equal values and differ by purpose', () => {
  const hash = keyedHash(ring, 'mobile', '13800001234')
  expect(hash).toMatch(/^[\w-]{43}$/)
  expect(keyedHash(ring, 'mobile', '13800001234')).toBe(hash)
  expect(keyedHash(ring, 'mobile', '13800001235')).not.toBe(hash)
  expect(keyedHash(ring, 'mobile.last4', '13800001234')).not.toBe(hash)
  expect(keyedHash(ring, 'ab', 'c')).not.toBe(keyedHash(ring, 'a', 'bc'))
  expect(() => keyedHash(ring, '', 'x')).toThrow(RangeError)
  expect(() => keyedHash(ring, 'a\0b', 'x')).toThrow(RangeError)
})

test('secrets are compared whole', () => {
  expect(sameSecret('7K3F-99AB', '7K3F-99AB')).toBe(true)
  expect(sameSecret('7K3F-99AB', '7K3F-99AC')).toBe(false)
  expect(sameSecret('7K3F', '7K3F-99AB')).toBe(false)
})
