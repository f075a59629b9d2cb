// A line by TLS with encrypted sound (SRTP, keys by SDES): two of our exchanges as each other's line.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ownCertificate } from '../../server/src/kernel/tls/own-certificate.ts'
import { freePort, openDesk, trunk, type Desk } from './desk.ts'
import { tonesIn } from './tones.ts'

const folder = mkdtempSync(join(tmpdir(), 'exchange-tls-'))

describe('a line by TLS and SRTP', () => {
  let [ours, theirs, stranger]: Desk[] = []
  let far = 0
  let oursAt: Parameters<typeof openDesk>[1] = {}
  const line = (id: string, port: number, srtp: boolean) => trunk(id, port, { transport: 'tls', host: 'localhost', accept: ['127.0.0.1'], srtp, probeSeconds: 1 })
  const all = (): Desk[] => [ours, theirs, stranger].filter((one) => one !== undefined)
  const from = (desk: Desk | undefined): Desk => {
    if (!desk) throw new Error('not open')
    return desk
  }

  beforeAll(async () => {
    const made = await ownCertificate(folder)
    const [cert, key, ca] = [made.cert, made.key, made.authority].map((file) => readFileSync(file, 'utf8')) as [string, string, string]
    const near = await freePort()
    far = await freePort()
    oursAt = { sipPort: await freePort(), tls: { port: near, cert, key, ca }, rtp: { from: 24_600, to: 24_799 } }
    theirs = await openDesk({ trunks: [line('in', near, true)], users: [] }, { tls: { port: far, cert, key, ca }, rtp: { from: 24_400, to: 24_599 } })
    ours = await openDesk({ trunks: [line('secured', far, true), line('plain', far, false)], users: [] }, oursAt)
    stranger = await openDesk({ trunks: [line('untrusted', far, true)], users: [] }, { tls: { port: await freePort(), cert, key }, rtp: { from: 24_800, to: 24_899 } })
    const there = theirs
    there.react = (one, order) => {
      if (one.kind === 'incoming') order({ kind: 'answer', leg: one.leg })
      if (one.kind === 'answered') order({ kind: 'play', leg: one.leg, play: one.leg, sounds: [{ kind: 'tone', tone: 'beep' }], times: 0, mode: 'replace' })
      if (one.kind === 'answered') order({ kind: 'collect', leg: one.leg, on: true, secret: false })
    }
    await from(ours).when('trunk', (one) => one.trunk === 'secured' && one.state === 'up')
    await from(ours).when('trunk', (one) => one.trunk === 'plain' && one.state === 'up')
  })
  afterAll(async () => {
    for (const desk of all()) await desk.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const dial = (leg: string, over: string): void => from(ours).order({ kind: 'originate', leg, target: { kind: 'number', number: '57001', trunks: [over] }, from: { number: '12345' }, ringMs: 5000 })

  test('sound and digits go through encrypted, are recorded in clear, and nothing is refused on the way', async () => {
    const [here, there] = [from(ours), from(theirs)]
    dial('secured-1', 'secured')
    await here.when('answered', (one) => one.leg === 'secured-1')
    here.order({ kind: 'record', recording: 'rec-1', call: 'c', left: ['secured-1'], right: [] })
    await here.when('media', (one) => one.leg === 'secured-1' && one.state === 'up')
    here.order({ kind: 'sendDigits', leg: 'secured-1', digits: '42' })
    await there.when('digit', (one) => one.digit === '2')
    await new Promise((resolve) => { setTimeout(resolve, 800) })
    here.order({ kind: 'stopRecording', recording: 'rec-1' })
    await here.when('recording', (one) => one.recording === 'rec-1' && one.state === 'finished')
    expect(tonesIn(join(here.folder, 'spool', 'rec-1.wav'), 1000).left).toBeGreaterThan(0.9)
    expect(there.happened.filter((one) => one.kind === 'digit').map((one) => one.digit)).toEqual(['4', '2'])
    const stored = here.happened.filter((one) => one.kind === 'dialog').map((one) => one.dialog)
    expect(stored.join()).toContain('"srtp":true')
    expect(stored.join()).not.toContain('inline:')
    here.order({ kind: 'hangUp', leg: 'secured-1', cause: 'normal' })
    await here.when('ended', (one) => one.leg === 'secured-1')
    for (const desk of [here, there]) expect(desk.media.figures()['media_packets_refused_total'] ?? 0).toBe(0)
  })
  test('a call is taken up again after a restart, with new keys: sound goes on', async () => {
    const before = from(theirs).happened.filter((one) => one.kind === 'answered').length
    dial('kept-1', 'secured')
    const { dialog } = await from(ours).when('dialog', (one) => one.leg === 'kept-1')
    while (from(theirs).happened.filter((one) => one.kind === 'answered').length === before) await new Promise((resolve) => { setTimeout(resolve, 20) }) // its ACK is there
    await from(ours).close(true)
    ours = await openDesk({ trunks: [line('secured', far, true), line('plain', far, false)], users: [] }, { ...oursAt, folder: from(ours).folder })
    await ours.when('trunk', (one) => one.trunk === 'secured' && one.state === 'up')
    ours.order({ kind: 'restore', leg: 'kept-1', dialog })
    await ours.when('restored', (one) => one.leg === 'kept-1')
    ours.order({ kind: 'record', recording: 'rec-2', call: 'c', left: ['kept-1'], right: [] })
    await ours.when('media', (one) => one.leg === 'kept-1' && one.state === 'up')
    await new Promise((resolve) => { setTimeout(resolve, 600) })
    ours.order({ kind: 'stopRecording', recording: 'rec-2' })
    await ours.when('recording', (one) => one.recording === 'rec-2' && one.state === 'finished')
    expect(tonesIn(join(ours.folder, 'spool', 'rec-2.wav'), 1000).left).toBeGreaterThan(0.9)
  })
  test('a call without keys is refused by a line that wants them: 488, never in clear', async () => {
    dial('plain-1', 'plain')
    expect(await from(ours).when('ended', (one) => one.leg === 'plain-1')).toMatchObject({ status: 488 })
  })
  test('a line whose certificate nobody vouches for is down, and the log says why', async () => {
    await from(stranger).when('trunk', (one) => one.trunk === 'untrusted' && one.state === 'down')
    expect(from(stranger).logs.map((one) => `${one.text} ${String(one.data?.['error'])}`).join('\n')).toMatch(/no connection .*(certificate|self.signed)/i)
  })
})
