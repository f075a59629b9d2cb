import { expect, test } from 'vitest'
import { writeHead } from './packet.ts'
import { createOpener, createSealer, newMasterKey, sessionKeys } from './srtp.ts'

const master = Buffer.from('E1F97A0D3E018BE0D64FA32C06DE41390EC675AD498AFEEBB6960B3AABE6', 'hex')
const packet = (seq: number, ssrc = 7): Buffer => {
  const bytes = Buffer.alloc(172, seq & 0xff)
  writeHead(bytes, 8, false, seq, seq * 160, ssrc)
  return bytes
}

test('session keys are those of RFC 3711, appendix B.3', () => {
  const { cipher, salt, auth } = sessionKeys(master)
  expect(cipher.toString('hex')).toBe('c61e7a93744f39ee10734afe3ff7a087')
  expect(salt.toString('hex')).toBe('30cbbc08863d8c85d49db34a9ae1')
  expect(auth.toString('hex')).toBe('cebe321f6ff7716b6fd4ab49af256a156d38baa4')
})
test('a packet is sealed as the reference implementation (libsrtp) seals it', () => {
  const plain = Buffer.from(`800f1234decafbadcafebabe${'ab'.repeat(16)}`, 'hex')
  const sealed = createSealer(master.toString('base64'))(plain)
  expect(sealed.toString('hex')).toBe('800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb')
  expect(createOpener(master.toString('base64'))(sealed)).toEqual(plain)
})
test('what was sealed is opened over the wrap of sequence numbers, out of order too', () => {
  const key = newMasterKey()
  const [seal, open] = [createSealer(key), createOpener(key)]
  const sealed = Array.from({ length: 200 }, (_, i) => seal(packet((65_500 + i) & 0xffff)))
  const order = sealed.map((_, i) => (i % 2 === 0 ? Math.min(i + 1, 199) : i - 1))
  for (const i of order) expect(open(sealed[i] ?? Buffer.alloc(0))).toEqual(packet((65_500 + i) & 0xffff))
})
test('replayed, changed, foreign and too short packets are not opened, and spoil nothing', () => {
  const key = newMasterKey()
  const [seal, open] = [createSealer(key), createOpener(key)]
  const first = seal(packet(1))
  expect(open(first)).not.toBeNull()
  expect(open(first)).toBeNull()
  const second = seal(packet(2))
  const changed = Buffer.from(second)
  changed[20] = (changed[20] ?? 0) ^ 1
  expect(open(changed)).toBeNull()
  expect(open(createSealer(newMasterKey())(packet(3)))).toBeNull()
  for (const junk of [Buffer.alloc(0), Buffer.alloc(12), packet(4).subarray(0, 15), Buffer.alloc(40, 0xff)]) expect(open(junk)).toBeNull()
  expect(open(second)).toEqual(packet(2))
  for (let seq = 3; seq < 100; seq++) open(seal(packet(seq)))
  expect(open(seal(packet(1)))).toBeNull() // behind the window
})
