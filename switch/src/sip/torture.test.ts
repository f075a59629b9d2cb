// The torture messages of RFC 4475, and mutations of them: reading answers as the RFC asks and never throws.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressOf, addressesOf, cseqOf, header, headersOf, listOf, parseMessage, requestUri, responseTo, serialise, topVia, type SipMessage } from './message.ts'
import { torture } from './torture.ts'

const sdp = 'v=0\r\no=mhandley 29739 7272939 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 49217 RTP/AVP 0 12\r\nm=video 3227 RTP/AVP 31\r\na=rtpmap:31 LPC\r\n'

function valid(name: keyof typeof torture): SipMessage {
  const parsed = parseMessage(Buffer.from(torture[name].replace('{sdp}', sdp), 'utf8'))
  if (!parsed.ok) throw new Error(`${name}: ${parsed.reason}`)
  return parsed.message
}
function refused(name: keyof typeof torture) {
  const parsed = parseMessage(Buffer.from(torture[name].replace('{sdp}', sdp), 'utf8'))
  if (parsed.ok) throw new Error(`${name} was accepted`)
  return parsed
}

describe('valid messages of RFC 4475 §3.1.1 are read', () => {
  test('a short tortuous INVITE: folding, compact names, escaped quotes, odd white space', () => {
    const message = valid('wsinv')
    expect(addressOf(message, 'to')?.params.get('tag')).toBe('1918181833n')
    expect(addressOf(message, 'from')).toMatchObject({ name: 'J Rosenberg "', uri: { user: 'jdrosen' } })
    expect(addressOf(message, 'from')?.params.get('tag')).toBe('98asjd8')
    expect(cseqOf(message)).toEqual({ number: 9, method: 'INVITE' })
    expect(topVia(message)).toMatchObject({ transport: 'udp', host: '192.0.2.2' })
    expect(listOf(message, 'via')).toHaveLength(3)
    expect(addressOf(message, 'contact')?.params.get('q')).toBe('0.33')
    expect(headersOf(message, 'route')).toEqual(['<sip:services.example.com;lr;unknownwith=value;unknown-no-value>'])
    expect(message.body.length).toBe(150)
  })
  test('every character that a method, a header name and a user may have', () => {
    const message = valid('intmeth')
    expect(message.kind === 'request' && message.method).toBe("!interesting-Method0123456789_*+`.%indeed'~")
    expect(message.kind === 'request' && requestUri(message)?.host).toBe('example.com')
    expect(cseqOf(message)?.number).toBe(139122385)
  })
  test('percent escapes in users; the escaped sips: stays a user', () => {
    const message = valid('esc01')
    expect(message.kind === 'request' && requestUri(message)).toMatchObject({ user: 'sips:user@example.com', host: 'example.net' })
    expect(addressOf(message, 'to')?.uri.user).toBe('user')
    expect(addressOf(message, 'from')?.uri.user).toBe('I have spaces')
  })
  test('escaped nulls in users are two different contacts', () => {
    expect(addressesOf(valid('escnull'), 'contact').map((one) => one.uri.user)).toEqual(['\0', '\0\0'])
  })
  test('a percent that is no escape makes another method and another header', () => {
    const message = valid('esc02')
    expect(message.kind === 'request' && message.method).toBe('RE%47IST%45R')
    expect(headersOf(message, 'contact')).toHaveLength(2)
  })
  test('no space before an angle bracket', () => expect(addressOf(valid('lwsdisp'), 'from')?.name).toBe('caller'))
  test('very long values', () => expect(listOf(valid('longreq'), 'via')).toHaveLength(34))
  test('bytes after the message in a datagram are ignored', () => expect(valid('dblreq').body).toHaveLength(0))
  test('parameters in the user part belong to the user', () => {
    const message = valid('semiuri')
    expect(message.kind === 'request' && requestUri(message)).toMatchObject({ user: 'user;par=u@example.net', host: 'example.com' })
  })
  test('unknown transports further down', () => expect(topVia(valid('transports'))?.transport).toBe('udp'))
  test('a reason in any language, and none at all', () => {
    expect(valid('unreason')).toMatchObject({ kind: 'response', status: 200, reason: '= 2**3 * 5**2 но сто девяносто девять - простое' })
    expect(valid('noreason')).toMatchObject({ status: 100, reason: '' })
  })
  test('what the RFC leaves to leniency: separators too many, spaces in brackets, a bad date, an unescaped question', () => {
    expect(addressOf(valid('badaspec'), 'to')).toMatchObject({ name: 'Watson, Thomas', uri: { user: 't.watson' } })
    expect(addressOf(valid('badinv01'), 'contact')?.name).toBe('Joe')
    expect(header(valid('baddate'), 'date')).toContain('EST')
    expect(header(valid('regbadct'), 'contact')).toContain('user@example.com?Route')
  })
})

describe('invalid messages of RFC 4475 §3.1.2 and §3.3 are refused with the status the RFC asks for', () => {
  test.each([
    ['clerr', 400], ['ncl', 400], ['scalar02', 400], ['quotbal', 400], ['ltgtruri', 400], ['lwsruri', 400], ['lwsstart', 400], ['trws', 400], ['mismatch01', 400], ['mismatch02', 400], ['mcl01', 400], ['multi01', 400], ['insuf', 400], ['badvers', 505], ['unkscm', 416], ['novelsc', 416],
  ] as const)('%s → %i', (name, status) => expect(refused(name).status).toBe(status))
  test('an answer with overlarge numbers is dropped, as is a status of four digits', () => {
    expect(refused('scalarlg').answer).toBeNull()
    expect(refused('bigcode').answer).toBeNull()
  })
  test('a request without what an answer needs is not answered', () => expect(refused('insuf').answer).toBeNull())
})

test('no mutation of any message makes the reader throw, and what it accepts can be written and read again', () => {
  const samples = Object.values(torture).map((text) => Buffer.from(text.replace('{sdp}', sdp)))
  fc.assert(
    fc.property(fc.nat(samples.length - 1), fc.array(fc.record({ at: fc.nat(2000), how: fc.constantFrom('set', 'cut', 'insert', 'repeat'), byte: fc.nat(255), length: fc.nat(40) }), { minLength: 1, maxLength: 12 }), (which, edits) => {
      let bytes = samples[which] ?? Buffer.alloc(0)
      for (const { at, how, byte, length } of edits) {
        const i = at % (bytes.length + 1)
        const [before, after] = [bytes.subarray(0, i), bytes.subarray(i)]
        if (how === 'set') bytes = Buffer.concat([before, Buffer.from([byte]), after.subarray(1)])
        if (how === 'cut') bytes = Buffer.concat([before, after.subarray(length)])
        if (how === 'insert') bytes = Buffer.concat([before, Buffer.alloc(length, byte), after])
        if (how === 'repeat') bytes = Buffer.concat([before, after.subarray(0, length), after])
      }
      const parsed = parseMessage(bytes)
      if (!parsed.ok) {
        if (parsed.answer) serialise(responseTo(parsed.answer, parsed.status, 't'))
        return
      }
      const again = parseMessage(serialise(parsed.message))
      expect(again.ok, bytes.toString('latin1')).toBe(true)
      if (again.ok) expect(cseqOf(again.message)).toEqual(cseqOf(parsed.message))
    }),
    { numRuns: 3000 },
  )
})

test('random bytes are refused and never thrown at', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void parseMessage(Buffer.from(bytes))), { numRuns: 2000 })
})

test('no value can smuggle in a header', () => {
  const message = valid('lwsdisp')
  const bytes = serialise({ ...message, headers: [...message.headers, ['subject', 'a\r\nX-Evil: 1\r\n\r\nbody']] })
  const parsed = parseMessage(bytes)
  expect(parsed.ok && header(parsed.message, 'x-evil')).toBeUndefined()
  expect(parsed.ok && parsed.message.body).toHaveLength(0)
})
