// Real calls with SIPp over native media: signalling by its scenarios, sound by the probe.
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ha1Of } from '../src/sip/digest.ts'
import { openDesk, freePort, trunk, type Desk } from './desk.ts'
import { startProbe } from './probe.ts'
import { called, caller, expecting, fromCalled, givingUp, hasSipp, info, keepEnds, refusing, registering, reinvite, request, answerTo, runSipp, sippMissing, startSipp } from './sipp.ts'
import { tonesIn } from './tones.ts'

if (!hasSipp) console.log(sippMissing)

const keys = { caller: '13900000001', called: '12345' }
const realm = 'phones.example'
const ha1 = ha1Of('8001', realm, 'secret')
const user = { tenant: 't1', user: '8001', realm, ha1: ha1.MD5 ?? '' } // SIPp knows MD5 only

describe.skipIf(!hasSipp)('calls with SIPp', () => {
  let desk: Desk
  let [port, farPort] = [0, 0]
  let probePort = 31_000
  const nextProbe = (): number => (probePort += 2)

  beforeAll(async () => {
    port = await freePort()
    farPort = await freePort()
    desk = await openDesk({ trunks: [trunk('in', port, { channels: 3000 }), trunk('out', farPort)], users: [user] })
    await desk.when('trunk', (one) => one.trunk === 'out' && one.state === 'up')
  })
  afterAll(() => desk.close())

  /** The leg of the next call to a number; answered at once if wished. */
  async function arrives(number: string, answer = true): Promise<string> {
    const { leg } = await desk.when('incoming', (one) => one.to === number)
    if (answer) {
      desk.order({ kind: 'answer', leg })
      await desk.when('answered', (one) => one.leg === leg)
    }
    return leg
  }

  test('an incoming call is offered with its numbers, answered, hears what is played, and ends by the caller', async () => {
    const probe_port = nextProbe()
    const probe = await startProbe({ ports: [probe_port], tone: null, seconds: 30, listen: [1000, 450] })
    const run = runSipp({ scenario: caller({ talkMs: 1500, headers: 'P-Asserted-Identity: <sip:02112345678@example>\nDiversion: <sip:95000@example>;reason=unconditional' }), target: desk.target, port, keys: { ...keys, called: '100', probe_port: String(probe_port) } })
    const leg = await arrives('100')
    expect(await desk.when('incoming', (one) => one.leg === leg)).toMatchObject({ source: { kind: 'trunk', trunk: 'in' }, from: { number: '02112345678', hidden: false }, to: '100', diverted: '95000' })
    desk.order({ kind: 'play', leg, play: 'p1', sounds: [{ kind: 'tone', tone: 'beep' }, { kind: 'silence', ms: 100 }, { kind: 'tone', tone: 'beep' }], times: 1, mode: 'replace' })
    expect(await desk.when('played', (one) => one.play === 'p1')).toMatchObject({ how: 'done' })
    expect(await desk.when('ended', (one) => one.leg === leg)).toMatchObject({ cause: 'normal', by: 'far' })
    expect((await run).code).toBe(0)
    const [report] = await probe.stop()
    expect(report).toMatchObject({ lost: 0, reordered: 0, sources: 1 })
    expect(report?.received).toBeGreaterThan(60)
    expect(report?.tones['1000']).toBeGreaterThan(0.9)
  })

  test('two calls are bridged: each ear hears the other, the recording has the outside left and the rest right', async () => {
    const [a, b] = [nextProbe(), nextProbe()]
    const atCaller = await startProbe({ ports: [a], tone: 440, seconds: 30, listen: [440, 600] })
    const atFar = await startProbe({ ports: [b], tone: 600, seconds: 30, listen: [440, 600] })
    const far = startSipp({ scenario: called(), port: farPort, keys: { ...keys, probe_port: String(b) } })
    const run = runSipp({ scenario: caller({ talkMs: 3000 }), target: desk.target, port, keys: { ...keys, called: '101', probe_port: String(a) } })
    const leg = await arrives('101')
    desk.order({ kind: 'originate', leg: 'far-101', target: { kind: 'number', number: '57001', trunks: ['out'] }, from: { number: '12345' }, ringMs: 5000 })
    await desk.when('progress', (one) => one.leg === 'far-101')
    await desk.when('answered', (one) => one.leg === 'far-101')
    desk.order({ kind: 'record', recording: 'rec-101', call: 'c', left: [leg], right: ['far-101'] })
    desk.order({ kind: 'mix', room: 'r101', members: [{ leg, hears: ['far-101'] }, { leg: 'far-101', hears: [leg] }] })
    expect(await desk.when('ended', (one) => one.leg === leg)).toMatchObject({ cause: 'normal' })
    desk.order({ kind: 'stopRecording', recording: 'rec-101' })
    desk.order({ kind: 'hangUp', leg: 'far-101', cause: 'normal' })
    expect(await desk.when('ended', (one) => one.leg === 'far-101')).toMatchObject({ cause: 'normal', by: 'near' })
    expect([(await run).code, (await far.done).code]).toEqual([0, 0])
    const finished = await desk.when('recording', (one) => one.recording === 'rec-101' && one.state !== 'started')
    expect(finished).toMatchObject({ state: 'finished' })
    const [[ear], [farEar]] = [await atCaller.stop(), await atFar.stop()]
    expect(ear).toMatchObject({ lost: 0, reordered: 0 })
    expect(farEar).toMatchObject({ lost: 0, reordered: 0 })
    expect([ear?.tones['600'], ear?.tones['440']]).toEqual([expect.closeTo(1, 0), 0])
    expect([farEar?.tones['440'], farEar?.tones['600']]).toEqual([expect.closeTo(1, 0), 0])
    const file = join(desk.folder, 'spool/rec-101.wav')
    expect(tonesIn(file, 440)).toMatchObject({ left: expect.closeTo(1, 0), right: 0 })
    expect(tonesIn(file, 600)).toMatchObject({ left: 0, right: expect.closeTo(1, 0) })
    expect(tonesIn(file, 600).ms).toBeGreaterThan(2000)
  })

  test('a caller who gives up while it rings ends the leg as cancelled', async () => {
    const run = runSipp({ scenario: givingUp(200), target: desk.target, port, keys: { ...keys, called: '102', probe_port: '31000' } })
    const leg = await arrives('102', false)
    desk.order({ kind: 'ring', leg, early: false })
    expect(await desk.when('ended', (one) => one.leg === leg)).toMatchObject({ cause: 'cancelled', by: 'far', status: 487 })
    expect((await run).code).toBe(0)
  })

  test('unknown codecs are refused with 488, an unknown number by control with 404, and no leg is left', async () => {
    const before = desk.happened.length
    expect((await runSipp({ scenario: expecting(488, '18 96'), target: desk.target, port, keys: { ...keys, called: '103', probe_port: '31000' } })).code).toBe(0)
    expect((await runSipp({ scenario: expecting(488).replaceAll('m=audio [probe_port] RTP/AVP', 'm=audio nothing RTP/SAVP'), target: desk.target, port, keys: { ...keys, called: '103', probe_port: '31000' } })).code).toBe(0)
    expect((await runSipp({ scenario: expecting(415).replaceAll('application/sdp', 'text/html'), target: desk.target, port, keys: { ...keys, called: '103', probe_port: '31000' } })).code).toBe(0)
    expect(desk.happened.slice(before).filter((one) => one.kind === 'incoming')).toEqual([])
    expect(desk.media.figures()).toMatchObject({ media_offers_refused_total: 2, sip_unreadable_offers: 1 })
    expect(desk.logs.map((one) => one.text)).toEqual(expect.arrayContaining(['an offer without a codec of ours: 488', 'a body that is no description: 415']))
    const run = runSipp({ scenario: expecting(404), target: desk.target, port, keys: { ...keys, called: '104', probe_port: '31000' } })
    const leg = await arrives('104', false)
    desk.order({ kind: 'refuse', leg, status: 404 })
    expect((await run).code).toBe(0)
    expect(await desk.when('ended', (one) => one.leg === leg)).toMatchObject({ cause: 'refused', by: 'near', status: 404 })
  })

  test('a call from an address that is no line and no telephone is refused with 403', async () => {
    const stranger = await openDesk({ trunks: [], users: [] })
    expect((await runSipp({ scenario: expecting(403), target: stranger.target, port: await freePort(), keys: { ...keys, probe_port: '31000' } })).code).toBe(0)
    await stranger.close()
  })

  test('hold by re-INVITE is told and undone, and no sound is sent meanwhile', async () => {
    const probe_port = nextProbe()
    const probe = await startProbe({ ports: [probe_port], tone: 440, seconds: 30 })
    const run = runSipp({ scenario: caller({ talkMs: 500, middle: `${reinvite(2, 'a=sendonly\n')}<pause milliseconds="1000"/>${reinvite(3, 'a=sendrecv\n')}<pause milliseconds="500"/>` }), target: desk.target, port, keys: { ...keys, called: '105', probe_port: String(probe_port) } })
    const leg = await arrives('105')
    await desk.when('farHold', (one) => one.leg === leg && one.held)
    await desk.when('farHold', (one) => one.leg === leg && !one.held)
    await desk.when('ended', (one) => one.leg === leg)
    const result = await run
    expect(result.code).toBe(0)
    expect(result.messages).toContain('a=recvonly')
    const [report] = await probe.stop()
    expect(report?.received).toBeLessThan(90) // two seconds without the held one
    expect(report?.received).toBeGreaterThan(40)
  })

  test('digits by RFC 4733, by INFO and in the sound are told in order; none while nobody collects', async () => {
    // A key in the very moment of hanging up may come too late: the caller waits half a second.
    const probe_port = nextProbe()
    const probe = await startProbe({ ports: [probe_port], tone: null, seconds: 30, digits: { text: '1359*0#', afterMs: 500 } })
    const run = runSipp({ scenario: caller({ talkMs: 3200, middle: `${info(2, '7')}${info(3, '#')}<pause milliseconds="500"/>` }), target: desk.target, port, keys: { ...keys, called: '106', probe_port: String(probe_port) } })
    const leg = await arrives('106')
    desk.order({ kind: 'collect', leg, on: true, secret: false })
    await desk.when('ended', (one) => one.leg === leg)
    expect((await run).code).toBe(0)
    await probe.stop()
    expect(desk.happened.flatMap((one) => (one.kind === 'digit' && one.leg === leg ? [one.digit] : [])).join('')).toBe('1359*0#7#')
  })

  test('digits are sent out as RFC 4733 and arrive at the far end', async () => {
    const probe_port = nextProbe()
    const probe = await startProbe({ ports: [probe_port], tone: 440, seconds: 30 })
    const far = startSipp({ scenario: called({ early: '183' }), port: farPort, keys: { ...keys, probe_port: String(probe_port) } })
    desk.order({ kind: 'originate', leg: 'out-1', target: { kind: 'number', number: '57002', trunks: ['out'] }, from: { number: '12345', hidden: true }, ringMs: 5000 })
    expect(await desk.when('progress', (one) => one.leg === 'out-1')).toMatchObject({ early: true, trunk: 'out' })
    await desk.when('answered', (one) => one.leg === 'out-1')
    desk.order({ kind: 'sendDigits', leg: 'out-1', digits: '12#9' })
    await new Promise((resolve) => setTimeout(resolve, 1500))
    desk.order({ kind: 'hangUp', leg: 'out-1', cause: 'normal' })
    const result = await far.done
    expect(result.code).toBe(0)
    expect(result.messages).toContain('Privacy: id')
    expect((await probe.stop())[0]?.digits).toBe('12#9')
  })

  test.each([['486', 'busy'], ['404', 'invalidNumber'], ['603', 'refused']] as const)('a called side that answers %s ends the leg as %s', async (status, cause) => {
    const far = startSipp({ scenario: refusing(status), port: farPort, keys })
    const leg = `out-${status}`
    desk.order({ kind: 'originate', leg, target: { kind: 'number', number: '57003', trunks: ['out'] }, from: { number: '12345' }, ringMs: 5000 })
    expect(await desk.when('ended', (one) => one.leg === leg)).toMatchObject({ cause, by: 'far', status: Number(status) })
    expect((await far.done).code).toBe(0)
  })

  test('a line that answers 503 is passed over for the next one', async () => {
    const badPort = await freePort()
    const other = await openDesk({ trunks: [trunk('bad', badPort), trunk('good', farPort)], users: [] })
    await other.when('trunk', (one) => one.trunk === 'good' && one.state === 'up')
    const bad = startSipp({ scenario: refusing('503'), port: badPort, keys })
    const good = startSipp({ scenario: called(), port: farPort, keys: { ...keys, probe_port: '31000' } })
    other.order({ kind: 'originate', leg: 'x', target: { kind: 'number', number: '57004', trunks: ['bad', 'good'] }, from: { number: '12345' }, ringMs: 8000 })
    expect(await other.when('answered', (one) => one.leg === 'x')).toMatchObject({ trunk: 'good' })
    other.order({ kind: 'hangUp', leg: 'x', cause: 'normal' })
    expect([(await bad.done).code, (await good.done).code]).toEqual([0, 0])
    await other.close()
  })

  test('ringing too long is given up with CANCEL: no answer', async () => {
    const slow = startSipp({ scenario: `<?xml version="1.0"?><!DOCTYPE scenario SYSTEM "sipp.dtd"><scenario name="slow"><recv request="INVITE"></recv>${answerTo('180')}<recv request="CANCEL"></recv>${answerTo('200')}<send><![CDATA[
SIP/2.0 487 Request Terminated
[last_Via:]
[last_From:]
[last_To:];tag=[pid]called[call_number]
[last_Call-ID:]
CSeq: [last_cseq_number] INVITE
Content-Length: 0

]]></send><recv request="ACK"></recv></scenario>`, port: farPort, keys })
    desk.order({ kind: 'originate', leg: 'slow', target: { kind: 'number', number: '57005', trunks: ['out'] }, from: { number: '12345' }, ringMs: 600 })
    expect(await desk.when('ended', (one) => one.leg === 'slow')).toMatchObject({ cause: 'noAnswer', by: 'near' })
    slow.child.kill('SIGKILL')
    await slow.done
  })

  test('a telephone registers by digest, is called where it is, and a wrong password is refused', async () => {
    const phonePort = await freePort()
    expect((await runSipp({ scenario: registering(realm, '8001', 'secret'), target: desk.target, port: phonePort, keys: { caller: '8001', called: '8001' } })).code).toBe(0)
    expect(await desk.when('registered', (one) => one.user === '8001')).toMatchObject({ tenant: 't1', expiresInS: 120 })
    const phone = startSipp({ scenario: called(), port: phonePort, keys: { ...keys, probe_port: '31000' } })
    desk.order({ kind: 'originate', leg: 'phone', target: { kind: 'extension', tenant: 't1', user: '8001' }, from: { number: '12345', name: '热线' }, ringMs: 5000 })
    await desk.when('answered', (one) => one.leg === 'phone')
    desk.order({ kind: 'probe', leg: 'nobody' })
    expect(await desk.when('probed', (one) => one.leg === 'nobody')).toMatchObject({ alive: false })
    desk.order({ kind: 'hangUp', leg: 'phone', cause: 'normal' })
    expect((await phone.done).code).toBe(0)
    expect((await runSipp({ scenario: registering(realm, '8001', 'wrong', 401), target: desk.target, port: await freePort(), keys: { caller: '8001', called: '8001' } })).code).toBe(0)
  })

  test('a registered telephone passes its call on by REFER; a line is declined', async () => {
    const phonePort = await freePort()
    expect((await runSipp({ scenario: registering(realm, '8001', 'secret'), target: desk.target, port: phonePort, keys: { caller: '8001', called: '8001' } })).code).toBe(0)
    const refer = (to: string): string => request('REFER', 5, '', `Refer-To: <sip:${to}@${realm}>`)
    const back = fromCalled('REFER', 5, `Refer-To: <sip:8002@${realm}>`)
    const scenario = called().replace('<recv request="INVITE" rrs="true"></recv>', `<recv request="INVITE" rrs="true">${keepEnds}</recv>`).replace('<recv request="ACK"></recv>', `<recv request="ACK"></recv>${back}<recv response="202"></recv><recv request="NOTIFY"></recv>${answerTo('200').replace(';tag=[pid]called[call_number]', '')}`)
    const phone = startSipp({ scenario, port: phonePort, target: desk.target, keys: { ...keys, probe_port: '31000' } })
    desk.order({ kind: 'originate', leg: 'refers', target: { kind: 'extension', tenant: 't1', user: '8001' }, from: { number: '12345' }, ringMs: 5000 })
    expect(await desk.when('refer', (one) => one.leg === 'refers')).toMatchObject({ to: '8002' })
    await new Promise((resolve) => setTimeout(resolve, 300))
    desk.order({ kind: 'hangUp', leg: 'refers', cause: 'normal' })
    const result = await phone.done
    expect([result.code, result.messages.includes('SIP/2.0 100 Trying')]).toEqual([0, true])
    const line = runSipp({ scenario: caller({ talkMs: 300, middle: `${refer('8002')}<recv response="603"></recv>` }), target: desk.target, port: 0, keys: { ...keys, called: '116', probe_port: '31000' } })
    await arrives('116')
    expect((await line).code).toBe(0)
    expect(desk.happened.filter((one) => one.kind === 'refer')).toHaveLength(1)
  })

  test('whisper: the agent hears leader and caller, the caller only the agent', async () => {
    const [c, a, l] = [nextProbe(), nextProbe(), nextProbe()]
    const probes = await Promise.all([startProbe({ ports: [c], tone: 440, seconds: 30, listen: [440, 600, 900] }), startProbe({ ports: [a], tone: 600, seconds: 30, listen: [440, 600, 900] }), startProbe({ ports: [l], tone: 900, seconds: 30, listen: [440, 600, 900] })])
    const runs = [['107', c], ['108', a], ['109', l]].map(([number, at]) => runSipp({ scenario: caller({ talkMs: 2500 }), target: desk.target, port: 0, keys: { ...keys, called: String(number), probe_port: String(at) }, args: [] }))
    const [callerLeg, agent, leader] = [await arrives('107'), await arrives('108'), await arrives('109')]
    desk.order({ kind: 'mix', room: 'w', members: [{ leg: callerLeg, hears: [agent] }, { leg: agent, hears: [callerLeg, leader] }, { leg: leader, hears: [callerLeg, agent] }] })
    await Promise.all(runs)
    const [[atCaller], [atAgent], [atLeader]] = [await probes[0].stop(), await probes[1].stop(), await probes[2].stop()]
    expect([atCaller?.tones['600'], atCaller?.tones['900'], atCaller?.tones['440']]).toEqual([expect.closeTo(1, 0), 0, 0])
    expect(Math.min(atAgent?.tones['440'] ?? 0, atAgent?.tones['900'] ?? 0)).toBeGreaterThan(0.7)
    expect(Math.min(atLeader?.tones['440'] ?? 0, atLeader?.tones['600'] ?? 0)).toBeGreaterThan(0.7)
  })

  test('a sound over a talk is heard with it, by one side only; the talk goes on after it', async () => {
    const [a, b] = [nextProbe(), nextProbe()]
    const atA = await startProbe({ ports: [a], tone: 440, seconds: 30, listen: [600, 1000] })
    const atB = await startProbe({ ports: [b], tone: 600, seconds: 30, listen: [440, 1000] })
    const runs = [['112', a], ['113', b]].map(([number, at]) => runSipp({ scenario: caller({ talkMs: 2500 }), target: desk.target, port: 0, keys: { ...keys, called: String(number), probe_port: String(at) } }))
    const [one, two] = [await arrives('112'), await arrives('113')]
    desk.order({ kind: 'mix', room: 'o', members: [{ leg: one, hears: [two] }, { leg: two, hears: [one] }] })
    desk.order({ kind: 'play', leg: one, play: 'over', sounds: [{ kind: 'tone', tone: 'beep' }, { kind: 'tone', tone: 'beep' }, { kind: 'tone', tone: 'beep' }], times: 1, mode: 'over' })
    expect(await desk.when('played', (p) => p.play === 'over')).toMatchObject({ how: 'done' })
    await Promise.all(runs)
    const [[ear], [other]] = [await atA.stop(), await atB.stop()]
    expect(ear?.tones['600']).toBeGreaterThan(0.9)
    expect(ear?.tones['1000']).toBeGreaterThan(0.15)
    expect(ear).toMatchObject({ lost: 0, sources: 1 })
    expect(other?.tones['1000']).toBe(0)
  })

  test('echo gives a leg its own sound, a tap gives its frames in order, and a message box ends itself in silence', async () => {
    const at = nextProbe()
    const probe = await startProbe({ ports: [at], tone: 440, seconds: 30, listen: [440] })
    const run = runSipp({ scenario: caller({ talkMs: 2500 }), target: desk.target, port: 0, keys: { ...keys, called: '114', probe_port: String(at) } })
    const leg = await arrives('114')
    desk.order({ kind: 'echo', leg, on: true })
    desk.order({ kind: 'tap', tap: 'tap-1', call: 'c', legs: [leg] })
    await desk.when('ended', (one) => one.leg === leg)
    desk.order({ kind: 'stopTap', tap: 'tap-1' })
    await run
    expect((await probe.stop())[0]?.tones['440']).toBeGreaterThan(0.95)
    const frames = desk.frames.filter((one) => one.tap === 'tap-1')
    expect(frames.length).toBeGreaterThan(80)
    expect(frames.every((one, i) => one.leg === leg && one.seq === i && one.offsetMs === i * 20 && one.pcm.byteLength === 320)).toBe(true)
    const quiet = runSipp({ scenario: caller({ talkMs: 1500 }), target: desk.target, port: 0, keys: { ...keys, called: '115', probe_port: '31000' } })
    const box = await arrives('115')
    desk.order({ kind: 'record', recording: 'box', call: 'c', left: [box], right: [], silenceMs: 600, maxMs: 60_000 })
    expect(await desk.when('recording', (one) => one.recording === 'box' && one.state === 'finished')).toMatchObject({ ms: 600, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) })
    await quiet
  })

  test('the exchange hangs up, and the caller gets its BYE', async () => {
    const run = runSipp({ scenario: caller({ talkMs: 10, hangUp: 'them' }), target: desk.target, port, keys: { ...keys, called: '110', probe_port: '31000' } })
    const leg = await arrives('110')
    await new Promise((resolve) => setTimeout(resolve, 200))
    desk.order({ kind: 'hangUp', leg, cause: 'forced' })
    expect(await desk.when('ended', (one) => one.leg === leg)).toMatchObject({ cause: 'forced', by: 'near' })
    const result = await run
    expect(result.code).toBe(0)
    expect(result.messages).toContain('Q.850;cause=16')
  })

  test('over TCP too', async () => {
    const run = runSipp({ scenario: caller({ talkMs: 300 }), target: desk.target, port: 0, transport: 't1', keys: { ...keys, called: '111', probe_port: '31000' } })
    const leg = await arrives('111')
    await desk.when('ended', (one) => one.leg === leg)
    expect((await run).code).toBe(0)
  })

  test('after all calls no leg, room, recording or session is left', async () => {
    await new Promise((resolve) => setTimeout(resolve, 1500))
    expect(desk.media.figures()).toMatchObject({ media_legs: 0, media_rooms: 0, media_recordings: 0, sip_sessions: 0 })
    expect(desk.logs.filter((one) => one.level === 'error')).toEqual([])
  })
})