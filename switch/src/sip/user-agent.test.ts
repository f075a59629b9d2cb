// Two user agents speak with each other over loopback: what SIPp scenarios do not reach. Timers are shrunk, nothing is mocked.
import { createSocket } from 'node:dgram'
import { afterEach, describe, expect, test } from 'vitest'
import type { CallEnd, CallHandlers } from './call-shapes.ts'
import { answerChallenge, createDigestServer, ha1Of } from './digest.ts'
import { createFramer } from './framer.ts'
import { createBuckets } from './limits.ts'
import type { InboundCall } from './inbound-call.ts'
import { header, parseMessage, serialise, type SipRequest, type SipResponse } from './message.ts'
import { offerSdp } from './sdp.ts'
import { startUserAgent, type CallSource, type UserAgent, type UserAgentOptions } from './user-agent.ts'

const timers = { t1: 20, t2: 160, t4: 200 }
const sdp = offerSdp({ address: '127.0.0.1', port: 20_000, session: 1, version: 1, key: null }, ['PCMA'])
const open: UserAgent[] = []

async function agent(onCall: (call: InboundCall, source: CallSource) => void, more: Partial<UserAgentOptions> = {}): Promise<UserAgent> {
  const made = await startUserAgent({ listen: [{ transport: 'udp', address: '127.0.0.1', port: 0 }, { transport: 'tcp', address: '127.0.0.1', port: 0 }], timers, onCall, onTrunk: () => {}, onRegistered: () => {}, onUnregistered: () => {}, onFlood: () => {}, onLog: () => {}, ...more })
  open.push(made)
  return made
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

const line = (id: string) => ({ trunks: [{ id, transport: 'udp' as const, host: '127.0.0.1', port: 9, register: false, accept: ['127.0.0.0/8', '::1'], codecs: ['PCMA' as const], channels: 10, probeSeconds: 0 }], users: [] })
const located = async (ua: UserAgent): Promise<void> => {
  while (ua.trunks.all.some((one) => one.state === 'unknown')) await new Promise((resolve) => setTimeout(resolve, 5))
}

/** A caller and a called agent; what the called one does with the call is given. */
async function pair(onCall: (call: InboundCall) => void, more: Partial<UserAgentOptions> = {}, handlers: Partial<CallHandlers> = {}) {
  const far = await agent(onCall, more)
  far.configure(line('x'))
  await located(far)
  const near = await agent(() => {}, more)
  const peer = far.listening.find((one) => one.transport === 'udp') ?? { transport: 'udp' as const, address: '127.0.0.1', port: 0 }
  const seen: string[] = []
  const ended = Promise.withResolvers<CallEnd>()
  const answered = Promise.withResolvers<string | null>()
  const call = near.call({ uri: `sip:100@127.0.0.1:${peer.port}`, peer, from: '<sip:a@near>', to: '<sip:100@far>', sdp, ringMs: 5000 }, {
    offer: () => sdp, progress: (status, early) => seen.push(`${status}${early ? '+sdp' : ''}`), answered: answered.resolve, ended: ended.resolve, ...handlers,
  })
  return { far, near, call, seen, ended: ended.promise, answered: answered.promise }
}
const quiet: CallHandlers = { offer: () => sdp, ended: () => {} }

describe('calls between two agents', () => {
  test('early media is sent reliably, acknowledged by PRACK, and the 200 waits for it', async () => {
    const confirmed = Promise.withResolvers<void>()
    const { call, seen, answered, ended } = await pair((incoming) => {
      incoming.handlers = { ...quiet, confirmed: () => confirmed.resolve() }
      incoming.provisional(183, sdp)
      incoming.accept(sdp) // at once: must not overtake the 183
    })
    await answered
    await confirmed.promise
    expect(seen).toEqual(['183+sdp'])
    call.hangUp()
    expect(await ended).toMatchObject({ by: 'local' })
  })

  test('both sides may offer anew at the same moment: the glare is waited out and both get their answer', async () => {
    const incoming = Promise.withResolvers<InboundCall>()
    const { call, answered } = await pair((one) => {
      one.handlers = { ...quiet, confirmed: () => incoming.resolve(one) }
      one.accept(sdp)
    })
    await answered
    const other = await incoming.promise
    const results = await Promise.all([call.session?.reoffer(sdp), other.session.reoffer(sdp)])
    expect(results.map((one) => one?.ok)).toEqual([true, true])
  })

  test('the session timer refreshes by UPDATE, and a side that falls silent is given up', async () => {
    const updates: string[] = []
    const { near, far, answered, ended } = await pair((one) => {
      one.handlers = quiet
      one.accept(sdp)
    }, { sessionTimer: { interval: 2, least: 1 }, onLog: (what) => updates.push(what) })
    await answered
    await new Promise((resolve) => setTimeout(resolve, 2600))
    expect([near.figures().sessions, far.figures().sessions]).toEqual([1, 1]) // more than the interval has passed
    await far.close()
    open.splice(open.indexOf(far), 1)
    expect(await ended).toMatchObject({ by: 'network' })
  })

  test('a cancelled call is over on both sides, whatever crosses', async () => {
    const gone = Promise.withResolvers<CallEnd>()
    const { call, ended } = await pair((one) => {
      one.handlers = { ...quiet, ended: gone.resolve }
      one.provisional(180)
    })
    await new Promise((resolve) => setTimeout(resolve, 50))
    call.hangUp()
    expect(await ended).toMatchObject({ by: 'local' })
    expect(await gone.promise).toMatchObject({ by: 'remote', status: 487 })
  })

  test('nobody there: the call ends after 64 T1', async () => {
    const near = await agent(() => {})
    const end = await new Promise<CallEnd>((resolve) => near.call({ uri: 'sip:1@127.0.0.1:9', peer: { transport: 'udp', address: '127.0.0.1', port: 9 }, from: '<sip:a@b>', to: '<sip:1@b>', sdp, ringMs: 60_000 }, { offer: () => null, ended: resolve }))
    expect(end).toMatchObject({ by: 'network' })
  })

  test('a 200 without ACK is repeated, then the call is given up', async () => {
    const ended = Promise.withResolvers<CallEnd>()
    const far = await agent((one) => {
      one.handlers = { ...quiet, ended: ended.resolve }
      one.accept(sdp)
    })
    far.configure(line('x'))
    await located(far)
    const socket = createSocket('udp4')
    let answers = 0
    socket.on('message', (bytes) => (answers += bytes.toString().startsWith('SIP/2.0 200') ? 1 : 0))
    const invite: SipRequest = { kind: 'request', method: 'INVITE', uri: 'sip:1@x', body: Buffer.from(sdp), headers: [['via', 'SIP/2.0/UDP 127.0.0.1:9;rport;branch=z9hG4bKnoack'], ['from', '<sip:a@x>;tag=1'], ['to', '<sip:1@x>'], ['call-id', 'noack'], ['cseq', '1 INVITE'], ['contact', '<sip:a@127.0.0.1:9>'], ['content-type', 'application/sdp']] }
    socket.send(serialise(invite), far.listening[0]?.port ?? 0, '127.0.0.1')
    expect(await ended.promise).toMatchObject({ by: 'network', status: 408 })
    expect(answers).toBeGreaterThan(5)
    socket.close()
  })

  test('what an extension or a method of others wants is answered as RFC 3261 says', async () => {
    const far = await agent((one) => one.reject(404))
    far.configure(line('x'))
    await located(far)
    const socket = createSocket('udp4')
    const got = new Map<string, SipResponse>()
    socket.on('message', (bytes) => {
      const parsed = parseMessage(bytes)
      if (parsed.ok && parsed.message.kind === 'response' && parsed.message.status > 100) got.set(header(parsed.message, 'call-id') ?? '', parsed.message)
    })
    const send = (id: string, method: string, more: [string, string][] = [], to = '<sip:1@x>'): void => {
      socket.send(serialise({ kind: 'request', method, uri: 'sip:1@x', body: Buffer.alloc(0), headers: [['via', `SIP/2.0/UDP 127.0.0.1:9;rport;branch=z9hG4bK${id}`], ['from', '<sip:a@x>;tag=1'], ['to', to], ['call-id', id], ['cseq', `1 ${method}`], ['contact', '<sip:a@127.0.0.1:9>'], ...more] }), far.listening[0]?.port ?? 0, '127.0.0.1')
    }
    send('options', 'OPTIONS')
    send('require', 'INVITE', [['require', '100rel, magic']])
    send('message', 'MESSAGE')
    send('bye', 'BYE', [], '<sip:1@x>;tag=nobody')
    send('cancel', 'CANCEL')
    send('refer', 'REFER', [['refer-to', '<sip:2@x>']])
    send('body', 'INVITE', [['content-type', 'text/plain']])
    send('timer', 'INVITE', [['supported', 'timer'], ['session-expires', '30']])
    await new Promise((resolve) => setTimeout(resolve, 150))
    const status = (id: string): number | undefined => got.get(id)?.status
    expect([status('options'), status('require'), status('message'), status('bye'), status('cancel'), status('refer'), status('timer')]).toEqual([200, 420, 405, 481, 481, 405, 422])
    const unsupported = got.get('require')
    const tooSmall = got.get('timer')
    expect(unsupported && header(unsupported, 'unsupported')).toBe('magic')
    expect(tooSmall && header(tooSmall, 'min-se')).toBe('90')
    socket.close()
  })

  test('over IPv6', async () => {
    const far = await agent((one) => {
      one.handlers = quiet
      one.accept(sdp)
    }, { listen: [{ transport: 'udp', address: '::1', port: 0 }] })
    far.configure(line('x'))
    await located(far)
    const near = await agent(() => {}, { listen: [{ transport: 'udp', address: '::1', port: 0 }] })
    const port = far.listening[0]?.port ?? 0
    const answered = Promise.withResolvers<void>()
    const ended = Promise.withResolvers<CallEnd>()
    const call = near.call({ uri: `sip:1@[::1]:${port}`, peer: { transport: 'udp', address: '::1', port }, from: '<sip:a@[::1]>', to: '<sip:1@[::1]>', sdp, ringMs: 3000 }, { offer: () => null, answered: () => answered.resolve(), ended: ended.resolve })
    await answered.promise
    call.hangUp()
    expect(await ended.promise).toMatchObject({ by: 'local', status: 200 })
  })
})

describe('digest', () => {
  const server = createDigestServer()
  const credentials = { user: '8001', password: '秘密"\\' }
  const ha1 = ha1Of('8001', 'r', credentials.password)
  const request = (extra: [string, string][]): SipRequest => ({ kind: 'request', method: 'REGISTER', uri: 'sip:r', headers: extra, body: Buffer.alloc(0) })
  const challenged = (only?: 'MD5'): SipResponse => ({ kind: 'response', status: 401, reason: '', headers: server.challenge('r', false, false, only ? { MD5: ha1.MD5 ?? '' } : ha1), body: Buffer.alloc(0) })
  test('both algorithms are answered and accepted once; a replay, a wrong password and a foreign nonce are not', () => {
    for (const only of [undefined, 'MD5'] as const) {
      const answer = answerChallenge(challenged(only), { method: 'REGISTER', uri: 'sip:r' }, credentials)
      if (!answer) throw new Error('no answer')
      expect(answer[1]).toContain(only ? 'algorithm=MD5' : 'algorithm=SHA-256')
      expect(server.verify(request([[...answer]]), 'r', false, () => ha1)).toEqual({ ok: true, user: '8001' })
      expect(server.verify(request([[...answer]]), 'r', false, () => ha1)).toMatchObject({ ok: false, why: 'stale' })
      expect(server.verify({ ...request([[...answer]]), method: 'INVITE' }, 'r', false, () => ha1)).toMatchObject({ ok: false, why: 'wrong' })
      expect(createDigestServer().verify(request([[...answer]]), 'r', false, () => ha1)).toMatchObject({ ok: false, why: 'stale' })
    }
    const wrong = answerChallenge(challenged(), { method: 'REGISTER', uri: 'sip:r' }, { user: '8001', password: 'x' })
    expect(wrong && server.verify(request([[...wrong]]), 'r', false, () => ha1)).toMatchObject({ ok: false, why: 'wrong' })
    const nobody = answerChallenge(challenged(), { method: 'REGISTER', uri: 'sip:r' }, credentials)
    expect(nobody && server.verify(request([[...nobody]]), 'r', false, () => null)).toMatchObject({ ok: false, why: 'wrong' })
  })
})

describe('streams and limits', () => {
  test('messages are cut out of a stream however it is sliced; a stream without lengths is given up', () => {
    const bytes = Buffer.from('OPTIONS sip:a SIP/2.0\r\nl: 3\r\n\r\nabc\r\n\r\nOPTIONS sip:b SIP/2.0\r\nContent-Length: 0\r\n\r\n')
    for (let size = 1; size < 40; size++) {
      const got: string[] = []
      const feed = createFramer((one) => got.push(one.toString()), () => {})
      for (let at = 0; at < bytes.length; at += size) expect(feed(bytes.subarray(at, at + size))).toBeNull()
      expect(got.map((one) => [one.slice(8, 13), one.endsWith('abc')])).toEqual([['sip:a', true], ['sip:b', false]])
    }
    expect(createFramer(() => {}, () => {})(Buffer.from('OPTIONS sip:a SIP/2.0\r\nX: 1\r\n\r\n'))).not.toBeNull()
    expect(createFramer(() => {}, () => {})(Buffer.alloc(100_000, 65))).not.toBeNull()
  })
  test('a measure refills with time, one address does not use up another’s, and the memory of addresses is bounded', () => {
    let now = 0
    const buckets = createBuckets({ perSecond: 2, burst: 3 }, () => now)
    expect([1, 2, 3, 4].map(() => buckets.take('a'))).toEqual([true, true, true, false])
    expect(buckets.take('b')).toBe(true)
    now = 600
    expect([buckets.take('a'), buckets.take('a')]).toEqual([true, false])
    for (let i = 0; i < 50_000; i++) buckets.take(`f${i}`)
    expect(buckets.size).toBeLessThanOrEqual(20_000)
    now = 10_000
    expect(buckets.take('new')).toBe(true)
  })
})
