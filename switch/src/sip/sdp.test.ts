import fc from 'fast-check'
import { expect, test } from 'vitest'
import { agree, answerSdp, offerSdp, parseSdp } from './sdp.ts'

const end = { address: '192.0.2.9', port: 20_000, session: 1, version: 1, key: null }
const sdp = (...lines: string[]): string => ['v=0', 'o=- 1 1 IN IP4 192.0.2.1', 's=-', 'c=IN IP4 192.0.2.1', 't=0 0', ...lines, ''].join('\r\n')

test('the other side’s first codec that we have is taken, with its own number for telephone-event', () => {
  const remote = parseSdp(sdp('m=audio 4000 RTP/AVP 18 0 8 97', 'a=rtpmap:97 telephone-event/8000', 'a=ptime:30'))
  expect(agree(remote, ['PCMA', 'PCMU'])).toEqual({ codec: 'PCMU', payloadType: 0, events: 97, address: '192.0.2.1', port: 4000, direction: 'sendrecv', ptime: 30 })
  expect(agree(remote, ['PCMA'])).toMatchObject({ codec: 'PCMA', payloadType: 8 })
})
test('no codec of ours, encrypted media or no audio at all agree on nothing: 488', () => {
  expect(agree(parseSdp(sdp('m=audio 4000 RTP/AVP 18 96', 'a=rtpmap:96 opus/48000/2')), ['PCMA', 'PCMU'])).toBeNull()
  expect(agree(parseSdp(sdp('m=audio 4000 RTP/SAVP 8')), ['PCMA'])).toBeNull()
  expect(agree(parseSdp(sdp('m=video 4000 RTP/AVP 31')), ['PCMA'])).toBeNull()
  expect(agree(parseSdp(sdp('m=audio 0 RTP/AVP 8')), ['PCMA'])).toBeNull()
  expect(agree(parseSdp('hello'), ['PCMA'])).toBeNull()
})
test('a stream with a key is agreed with keys of both sides, the plain one beside it is not taken, and the other way round', () => {
  const [ours, theirs] = ['A'.repeat(40), 'B'.repeat(40)]
  const both = parseSdp(sdp('m=audio 4000 RTP/AVP 8', 'm=audio 4002 RTP/SAVP 8', `a=crypto:1 AES_256_CM_HMAC_SHA1_80 inline:${'C'.repeat(62)}`, `a=crypto:2 AES_CM_128_HMAC_SHA1_80 inline:${theirs}|2^20 WSH=128`))
  const agreed = agree(both, ['PCMA'], ours)
  expect(agreed).toMatchObject({ port: 4002, srtp: { tag: 2, ours, theirs } })
  expect(agree(both, ['PCMA'])).toMatchObject({ port: 4000 })
  if (!both || !agreed) throw new Error('not agreed')
  const answer = answerSdp({ ...end, key: ours }, both, agreed)
  expect(answer.split('\r\n').filter((line) => /^(m=|a=crypto)/.test(line))).toEqual(['m=audio 0 RTP/AVP 8', 'm=audio 20000 RTP/SAVP 8', `a=crypto:2 AES_CM_128_HMAC_SHA1_80 inline:${ours}`])
  expect(agree(parseSdp(offerSdp({ ...end, key: theirs }, ['PCMA'])), ['PCMA'], ours)).toMatchObject({ srtp: { tag: 1, ours, theirs } })
  for (const unusable of ['inline:short', `inline:${theirs}|2^20|1:4`, `inline:${theirs} UNENCRYPTED_SRTP`]) expect(agree(parseSdp(sdp('m=audio 4002 RTP/SAVP 8', `a=crypto:1 AES_CM_128_HMAC_SHA1_80 ${unusable}`)), ['PCMA'], ours)).toBeNull()
})
test('hold in the new way and in the old one', () => {
  expect(agree(parseSdp(sdp('m=audio 4000 RTP/AVP 8', 'a=sendonly')), ['PCMA'])?.direction).toBe('recvonly')
  expect(agree(parseSdp(sdp('c=IN IP4 0.0.0.0', 'm=audio 4000 RTP/AVP 8').replace('c=IN IP4 192.0.2.1\r\n', '')), ['PCMA'])?.direction).toBe('recvonly')
  expect(agree(parseSdp(sdp('a=inactive', 'm=audio 4000 RTP/AVP 8')), ['PCMA'])?.direction).toBe('inactive')
})
test('an answer keeps every line of the offer in its place and refuses all but one', () => {
  const remote = parseSdp(sdp('m=video 3000 RTP/AVP 31', 'm=audio 4000 RTP/AVP 8', 'm=audio 5000 RTP/AVP 8'))
  const agreed = agree(remote, ['PCMA'])
  if (!remote || !agreed) throw new Error('not agreed')
  expect(answerSdp(end, remote, agreed).split('\r\n').filter((line) => line.startsWith('m='))).toEqual(['m=video 0 RTP/AVP 31', 'm=audio 20000 RTP/AVP 8', 'm=audio 0 RTP/AVP 8'])
})
test('our offer can be read by ourselves, over IPv6 too', () => {
  expect(agree(parseSdp(offerSdp({ ...end, address: '2001:db8::1' }, ['PCMA', 'PCMU'])), ['PCMU'])).toMatchObject({ codec: 'PCMU', events: 101, address: '2001:db8::1' })
})
test('reading never throws', () => {
  const base = sdp('m=audio 4000 RTP/AVP 8 101', 'a=rtpmap:101 telephone-event/8000', 'a=ptime:20', 'a=sendonly')
  fc.assert(fc.property(fc.nat(base.length), fc.string({ maxLength: 30 }), fc.nat(30), (at, text, cut) => void agree(parseSdp(base.slice(0, at) + text + base.slice(at + cut)), ['PCMA'])), { numRuns: 2000 })
})
