// What survives: a restarted exchange takes its calls up again; what strangers send harms nobody; a full disk stops no call.
import { createSocket } from 'node:dgram'
import { mkdirSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { torture } from '../src/sip/torture.ts'
import { freePort, openDesk, trunk } from './desk.ts'
import { startProbe } from './probe.ts'
import { ha1Of } from '../src/sip/digest.ts'
import { answerTo, called, caller, expecting, hasSipp, registering, runSipp, startSipp } from './sipp.ts'

const keys = { caller: '139', called: '300', probe_port: '31000' }

describe.skipIf(!hasSipp)('what an exchange must survive', () => {
  test('after a restart a live dialog of the journal is re-INVITEd with new sound and can be ended', async () => {
    const port = await freePort()
    const sipPort = await freePort()
    const first = await openDesk({ trunks: [trunk('in', port)], users: [] }, { sipPort })
    const again = `<recv request="INVITE" crlf="true"></recv>${answerTo('200', true).replace(';tag=[pid]called[call_number]', '')}<recv request="ACK"></recv>`
    const probe = await startProbe({ ports: [31_800], tone: null, seconds: 60 })
    const run = runSipp({ scenario: caller({ talkMs: 100, middle: again, hangUp: 'them' }), target: first.target, port, keys: { ...keys, probe_port: '31800' } })
    const { leg } = await first.when('incoming')
    first.order({ kind: 'answer', leg })
    const { dialog } = await first.when('dialog', (one) => one.leg === leg)
    await first.close() // no BYE: as if it had been killed
    const second = await openDesk({ trunks: [trunk('in', port)], users: [] }, { sipPort })
    second.order({ kind: 'restore', leg, dialog })
    await second.when('restored', (one) => one.leg === leg)
    second.order({ kind: 'hangUp', leg, cause: 'normal' })
    expect(await second.when('ended', (one) => one.leg === leg)).toMatchObject({ cause: 'normal', by: 'near' })
    expect((await run).code).toBe(0)
    await probe.stop()
    second.order({ kind: 'restore', leg: 'rubbish', dialog: '{"v":2}' })
    expect(await second.when('ended', (one) => one.leg === 'rubbish')).toMatchObject({ cause: 'engineFailure' })
    await second.close()
  })

  test('a telephone that had registered is called again after a restart without registering anew', async () => {
    const [sipPort, phonePort] = [await freePort(), await freePort()]
    const lines = { trunks: [], users: [{ tenant: 't1', user: '8001', realm: 'phones.example', ha1: ha1Of('8001', 'phones.example', 'secret').MD5 ?? '' }] }
    const first = await openDesk(lines, { sipPort })
    expect((await runSipp({ scenario: registering('phones.example', '8001', 'secret'), target: first.target, port: phonePort, keys: { caller: '8001', called: '8001' } })).code).toBe(0)
    const { binding } = await first.when('registered')
    await first.close()
    const second = await openDesk(lines, { sipPort })
    second.order({ kind: 'rebind', tenant: 't1', user: '8001', binding, expiresInS: 60 })
    second.order({ kind: 'rebind', tenant: 't1', user: '8001', binding: '{}', expiresInS: 60 })
    second.order({ kind: 'rebind', tenant: 't1', user: '9999', binding, expiresInS: 60 })
    await second.when('registered', (one) => one.user === '8001')
    const phone = startSipp({ scenario: called(), port: phonePort, keys: { ...keys, probe_port: '31000' } })
    second.order({ kind: 'originate', leg: 'phone', target: { kind: 'extension', tenant: 't1', user: '8001' }, from: { number: '12345' }, ringMs: 5000 })
    await second.when('answered', (one) => one.leg === 'phone')
    second.order({ kind: 'hangUp', leg: 'phone', cause: 'normal' })
    expect((await phone.done).code).toBe(0)
    expect(second.happened.filter((one) => one.kind === 'registered')).toHaveLength(1)
    expect(second.logs.filter((one) => one.level === 'error')).toEqual([])
    await second.close()
  })

  test('a flood of INVITE and REGISTER from one address is held to its measure and told once, while a line’s calls go on', async () => {
    const port = await freePort()
    const desk = await openDesk({ trunks: [trunk('in', port, { host: '127.0.0.2' })], users: [] })
    desk.react = (happening, order) => {
      if (happening.kind === 'incoming') order({ kind: 'answer', leg: happening.leg })
    }
    const socket = createSocket('udp4')
    const flood = (method: string, i: number): Buffer => Buffer.from(`${method} sip:1@x SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:9;rport;branch=z9hG4bKf${method}${i}\r\nFrom: <sip:a@x>;tag=${i}\r\nTo: <sip:1@x>\r\nCall-ID: f${method}${i}\r\nCSeq: 1 ${method}\r\nContact: <sip:a@127.0.0.1>\r\nContent-Length: 0\r\n\r\n`)
    for (let i = 0; i < 3000; i++) {
      socket.send(flood(i % 2 ? 'INVITE' : 'REGISTER', i), desk.sipPort, '127.0.0.1')
      if (i % 100 === 0) await new Promise((resolve) => setTimeout(resolve, 1))
    }
    expect(await desk.when('alarm', (one) => one.alarm === 'flood')).toMatchObject({ over: false })
    const run = await runSipp({ scenario: caller({ talkMs: 200 }), target: desk.target, port, calls: 5, keys, args: ['-i', '127.0.0.2'] })
    expect(run.code).toBe(0)
    expect(desk.happened.filter((one) => one.kind === 'alarm' && one.alarm === 'flood' && !one.over)).toHaveLength(1)
    expect(desk.media.figures()['sip_limited']).toBeGreaterThan(1000)
    expect(desk.happened.filter((one) => one.kind === 'incoming')).toHaveLength(5)
    socket.close()
    await desk.close()
  })

  test('torture messages, their mutations and noise on the socket: the next call is answered all the same', async () => {
    const port = await freePort()
    const desk = await openDesk({ trunks: [trunk('in', port)], users: [] })
    desk.react = (happening, order) => {
      if (happening.kind === 'incoming') order({ kind: 'refuse', leg: happening.leg, status: 404 })
    }
    const socket = createSocket('udp4')
    const samples = Object.values(torture).map((text) => Buffer.from(text.replace('{sdp}', 'v=0\r\n')))
    for (const sample of samples) socket.send(sample, desk.sipPort, '127.0.0.1')
    for (const [which, at, byte] of fc.sample(fc.tuple(fc.nat(samples.length - 1), fc.nat(900), fc.nat(255)), 600)) {
      const mutated = Buffer.from(samples[which] ?? '')
      mutated[at % mutated.length] = byte
      socket.send(mutated, desk.sipPort, '127.0.0.1')
    }
    expect((await runSipp({ scenario: expecting(404), target: desk.target, port, keys })).code).toBe(0)
    expect(desk.logs.filter((one) => one.level === 'error' || one.text === 'message not handled')).toEqual([])
    socket.close()
    await desk.close()
  })

  test('a recording that cannot be written fails with its reason and an alarm; the call goes on', async () => {
    const port = await freePort()
    const desk = await openDesk({ trunks: [trunk('in', port)], users: [] })
    const spool = join(desk.folder, 'spool')
    mkdirSync(join(spool, 'blocked.wav')) // a folder in its place: cannot be opened, for root either
    const run = runSipp({ scenario: caller({ talkMs: 1200 }), target: desk.target, port, keys })
    const { leg } = await desk.when('incoming')
    desk.order({ kind: 'answer', leg })
    await desk.when('answered')
    desk.order({ kind: 'record', recording: 'blocked', call: 'c', left: [leg], right: [] })
    expect(await desk.when('recording', (one) => one.state === 'failed')).toMatchObject({ recording: 'blocked', reason: expect.stringContaining('EISDIR') })
    await desk.when('alarm', (one) => one.alarm === 'spoolFull' && !one.over)
    symlinkSync('/dev/full', join(spool, 'full.wav')) // a disk without a byte left
    desk.order({ kind: 'record', recording: 'full', call: 'c', left: [leg], right: [] })
    expect(await desk.when('recording', (one) => one.recording === 'full' && one.state === 'failed')).toMatchObject({ reason: expect.stringContaining('ENOSPC') })
    desk.order({ kind: 'record', recording: 'good', call: 'c', left: [leg], right: [] })
    expect(await desk.when('ended', (one) => one.leg === leg)).toMatchObject({ cause: 'normal' })
    desk.order({ kind: 'stopRecording', recording: 'good' })
    await desk.when('recording', (one) => one.recording === 'good' && one.state === 'finished')
    expect(statSync(join(spool, 'good.wav')).mode & 0o777).toBe(0o600)
    expect((await run).code).toBe(0)
    await desk.close()
  })

  test('a missing prompt is named and the sounds after it are heard', async () => {
    const port = await freePort()
    const desk = await openDesk({ trunks: [trunk('in', port)], users: [] })
    const probe = await startProbe({ ports: [31_700], tone: null, seconds: 30, listen: [1000] })
    const run = runSipp({ scenario: caller({ talkMs: 1500 }), target: desk.target, port, keys: { ...keys, probe_port: '31700' } })
    const { leg } = await desk.when('incoming')
    desk.order({ kind: 'answer', leg })
    await desk.when('answered')
    desk.order({ kind: 'play', leg, play: 'p', sounds: [{ kind: 'file', file: '../../../etc/passwd' }, { kind: 'tone', tone: 'beep' }], times: 1, mode: 'replace' })
    expect(await desk.when('played')).toMatchObject({ how: 'failed', file: '../../../etc/passwd' })
    desk.order({ kind: 'play', leg, play: 'q', sounds: [{ kind: 'file', file: 'shipped/digits/8' }], times: 1, mode: 'replace' })
    expect(await desk.when('played', (one) => one.play === 'q')).toMatchObject({ how: 'done' })
    await desk.when('ended')
    expect((await run).code).toBe(0)
    expect((await probe.stop())[0]?.tones['1000']).toBeGreaterThan(0.1)
    await desk.close()
  })
})
