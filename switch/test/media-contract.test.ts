// One contract for whatever carries the sound: native media against a second one as its line, FreeSWITCH against a double of its event socket,
// and the virtual media of simulations.
import { randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { freeSwitchMedia } from '../src/freeswitch/index.ts'
import type { MediaHappening, MediaOrder, MediaPort } from '../src/media-port.ts'
import { virtualMedia } from '../src/simulate/virtual-media.ts'
import { freePort, openDesk, trunk } from './desk.ts'
import { freeSwitchDouble, type FreeSwitchDouble } from './freeswitch-double.ts'

type Kind = MediaHappening['kind']
type Of<K extends Kind> = Extract<MediaHappening, { kind: K }>
type Caller = { hangUp: () => void; press: (digit: string) => void }
/** Media under contract, and the world at the other end of its line. */
type Bench = { media: MediaPort; happened: MediaHappening[]; incoming: (from: string, to: string) => Promise<Caller>; far: (how: 'answers' | 'busy' | 'silent') => void; sound: string; stop: () => Promise<void> }

const until = async <T>(find: () => T | undefined, what: string): Promise<T> => {
  for (let i = 0; i < 1000; i++) {
    const found = find()
    if (found !== undefined) return found
    await new Promise((resolve) => { setTimeout(resolve, 10) })
  }
  throw new Error(`never happened: ${what}`)
}
const listening = async (media: MediaPort): Promise<MediaHappening[]> => {
  const happened: MediaHappening[] = []
  await media.start({ tell: (one) => happened.push(one), frames: () => undefined })
  return happened
}
const beep = 'shipped/beep'
const DOUBLE_PASSWORD = 'double'
let double: FreeSwitchDouble

const benches: Record<string, () => Promise<Bench>> = {
  async virtual() {
    let how: 'answers' | 'busy' | 'silent' = 'answers'
    const media = virtualMedia({ now: () => performance.now(), after: (ms, run) => { setTimeout(run, Math.min(ms, 60)) } }, () => how === 'answers' ? { kind: 'answers', afterMs: 20 } : how === 'busy' ? { kind: 'ends', afterMs: 20, cause: 'busy', status: 486 } : { kind: 'silent' })
    const happened = await listening(media)
    return { media, happened, sound: beep, far: (next) => { how = next }, incoming: (from, to) => { const leg = media.incoming(from, to); return Promise.resolve({ hangUp: () => media.farEnd(leg), press: (digit) => media.press(leg, digit) }) }, stop: () => media.stop() }
  },
  async freeswitch() {
    double = await freeSwitchDouble(DOUBLE_PASSWORD)
    const media = freeSwitchMedia({ host: '127.0.0.1', port: double.port, password: DOUBLE_PASSWORD, spool: mkdtempSync(join(tmpdir(), 'freeswitch-')), folders: { prompts: '/prompts', shipped: '/shipped', speech: null } }, () => undefined)
    const happened = await listening(media)
    media.order({ kind: 'configure', lines: { trunks: [trunk('line', 5060)], users: [] } })
    return { media, happened, sound: beep, far: (how) => { double.behave = how }, incoming: (from, to) => { const leg = double.incoming(from, to); return Promise.resolve({ hangUp: () => double.hangUp(leg), press: (digit) => double.press(leg, digit) }) }, stop: async () => { await media.stop(); await double.stop() } }
  },
  async native() {
    const [near, far] = [await freePort(), await freePort()]
    const ours = await openDesk({ trunks: [trunk('line', far)], users: [] }, { sipPort: near, rtp: { from: 24_000, to: 24_199 } })
    const theirs = await openDesk({ trunks: [trunk('line', near)], users: [] }, { sipPort: far, rtp: { from: 24_200, to: 24_399 } })
    let how: 'answers' | 'busy' | 'silent' = 'answers'
    theirs.react = (one, order) => {
      if (one.kind === 'incoming') order(how === 'busy' ? { kind: 'refuse', leg: one.leg, status: 486 } : how === 'silent' ? { kind: 'ring', leg: one.leg, early: false } : { kind: 'answer', leg: one.leg })
    }
    return {
      media: ours.media, happened: ours.happened, sound: beep, far: (next) => { how = next },
      incoming: (from, to) => {
        const leg = randomUUID()
        theirs.order({ kind: 'originate', leg, target: { kind: 'number', number: to, trunks: ['line'] }, from: { number: from }, ringMs: 10_000 })
        return Promise.resolve({ hangUp: () => theirs.order({ kind: 'hangUp', leg, cause: 'normal' }), press: (digit) => theirs.order({ kind: 'sendDigits', leg, digits: digit }) })
      },
      stop: async () => { await ours.media.stop(); await theirs.media.stop() },
    }
  },
}

describe.each(Object.keys(benches))('media port: %s', (name) => {
  let bench: Bench
  const order = (one: MediaOrder): void => bench.media.order(one)
  const when = <K extends Kind>(kind: K, fits: (one: Of<K>) => boolean = () => true): Promise<Of<K>> => until(() => bench.happened.find((one): one is Of<K> => one.kind === kind && fits(one as Of<K>)), kind)
  beforeAll(async () => { bench = await (benches[name] as () => Promise<Bench>)() })
  beforeEach(() => { bench.happened.length = 0; bench.far('answers') })
  afterAll(() => bench.stop())

  async function called(): Promise<{ leg: string; caller: Caller }> {
    const caller = await bench.incoming('13900001111', '12345')
    const { leg } = await when('incoming')
    order({ kind: 'answer', leg })
    await when('answered', (one) => one.leg === leg)
    return { leg, caller }
  }
  async function dialled(ringMs = 10_000): Promise<string> {
    const leg = randomUUID()
    order({ kind: 'originate', leg, target: { kind: 'number', number: '13900002222', trunks: ['line'] }, from: { number: '12345' }, ringMs })
    return Promise.resolve(leg)
  }

  test('a call that comes in is offered with its numbers, answered, and ends when the caller hangs up: the last word, told once', async () => {
    const caller = await bench.incoming('13900001111', '12345')
    const offered = await when('incoming')
    expect(offered).toMatchObject({ to: '12345', from: { number: '13900001111', hidden: false }, source: { kind: 'trunk' } })
    order({ kind: 'answer', leg: offered.leg })
    expect(['PCMA', 'PCMU']).toContain((await when('answered', (one) => one.leg === offered.leg)).codec)
    caller.hangUp()
    expect(await when('ended', (one) => one.leg === offered.leg)).toMatchObject({ cause: 'normal', by: 'far' })
    order({ kind: 'hangUp', leg: offered.leg, cause: 'normal' })
    order({ kind: 'stopPlaying', leg: offered.leg })
    await new Promise((resolve) => { setTimeout(resolve, 60) })
    expect(bench.happened.filter((one) => one.kind === 'ended' && one.leg === offered.leg)).toHaveLength(1)
  })

  test('a number is dialled, answers, and is hung up by us', async () => {
    const leg = await dialled()
    await when('answered', (one) => one.leg === leg)
    order({ kind: 'hangUp', leg, cause: 'normal' })
    expect(await when('ended', (one) => one.leg === leg)).toMatchObject({ by: 'near' })
  })

  test('a busy number ends with that cause', async () => {
    bench.far('busy')
    const leg = await dialled()
    expect(await when('ended', (one) => one.leg === leg)).toMatchObject({ cause: 'busy', by: 'far' })
  })

  test('who does not answer is given up by us', async () => {
    bench.far('silent')
    const leg = await dialled()
    if (name !== 'virtual') await when('progress', (one) => one.leg === leg)
    order({ kind: 'hangUp', leg, cause: 'cancelled' })
    expect(await when('ended', (one) => one.leg === leg)).toMatchObject({ by: 'near' })
  })

  test('a sound is told as played when it is over, and as stopped when it is stopped', async () => {
    const { leg, caller } = await called()
    order({ kind: 'play', leg, play: 'one', sounds: [{ kind: 'silence', ms: 40 }], times: 1, mode: 'replace' })
    expect(await when('played', (one) => one.play === 'one')).toMatchObject({ leg, how: 'done' })
    order({ kind: 'play', leg, play: 'two', sounds: [{ kind: 'tone', tone: 'ringback' }], times: 0, mode: 'replace' })
    order({ kind: 'stopPlaying', leg })
    expect(await when('played', (one) => one.play === 'two')).toMatchObject({ how: 'stopped' })
    caller.hangUp()
    await when('ended', (one) => one.leg === leg)
  })

  test('a recording begins and is finished with its length', async () => {
    const { leg, caller } = await called()
    const recording = randomUUID()
    order({ kind: 'record', recording, call: 'call', left: [leg], right: [] })
    await when('recording', (one) => one.recording === recording && one.state === 'started')
    order({ kind: 'stopRecording', recording })
    const done = await when('recording', (one) => one.recording === recording && one.state === 'finished')
    expect(done.sha256).toMatch(/^[0-9a-f]{64}$/)
    caller.hangUp()
    await when('ended', (one) => one.leg === leg)
  })

  test('whether the other end is there is told when asked; orders about legs that are not are nothing', async () => {
    const { leg, caller } = await called()
    order({ kind: 'probe', leg })
    expect(await when('probed', (one) => one.leg === leg)).toMatchObject({ alive: true })
    for (const one of [{ kind: 'answer', leg: 'nobody' }, { kind: 'hangUp', leg: 'nobody', cause: 'normal' }, { kind: 'play', leg: 'nobody', play: 'x', sounds: [], times: 1, mode: 'replace' }, { kind: 'stopRecording', recording: 'none' }] as MediaOrder[]) expect(() => order(one)).not.toThrow()
    caller.hangUp()
    await when('ended', (one) => one.leg === leg)
  })
})

describe('FreeSWITCH, by a double of its event socket', () => {
  let bench: Bench
  beforeAll(async () => { bench = await (benches['freeswitch'] as () => Promise<Bench>)() })
  afterAll(() => bench.stop())
  const incoming = async (): Promise<string> => {
    const before = bench.happened.filter((one) => one.kind === 'incoming').length
    double.incoming('13900001111', '12345')
    return (await until(() => bench.happened.filter((one): one is Of<'incoming'> => one.kind === 'incoming')[before], 'incoming')).leg
  }

  test('digits are told only while they are collected', async () => {
    const leg = await incoming()
    double.press(leg, '1')
    // Told and answered in order: when the answer is here, the first digit was.
    bench.media.order({ kind: 'probe', leg })
    await until(() => bench.happened.find((one) => one.kind === 'probed' && one.leg === leg), 'probed')
    bench.media.order({ kind: 'collect', leg, on: true, secret: false })
    double.press(leg, '2')
    expect((await until(() => bench.happened.find((one): one is Of<'digit'> => one.kind === 'digit'), 'digit')).digit).toBe('2')
    double.hangUp(leg)
  })

  test('two who hear each other are bridged; a third makes a conference, and who only listens is heard by nobody', async () => {
    const [a, b, c] = [await incoming(), await incoming(), await incoming()]
    bench.media.order({ kind: 'mix', room: 'room', members: [{ leg: a, hears: [b] }, { leg: b, hears: [a] }] })
    await until(() => double.commands.find((one) => one === `uuid_bridge ${a} ${b}`), 'bridge')
    bench.media.order({ kind: 'mix', room: 'room', members: [{ leg: a, hears: [b] }, { leg: b, hears: [a] }, { leg: c, hears: [a, b] }] })
    await until(() => (double.commands.filter((one) => / relate .* nohear$/.test(one)).length >= 2 ? true : undefined), 'relations')
    expect(double.commands.filter((one) => one.startsWith('uuid_transfer') && one.endsWith('conference:room@minsheng inline'))).toHaveLength(3)
    for (const leg of [a, b, c]) double.hangUp(leg)
  })

  test('lost connection: an alarm, calls stay; who went meanwhile is told as ended, the rest goes on', async () => {
    const [stays, goes] = [await incoming(), await incoming()]
    double.cut()
    double.hangUp(goes)
    expect((await until(() => bench.happened.find((one): one is Of<'alarm'> => one.kind === 'alarm' && one.alarm === 'freeswitch' && !one.over), 'alarm')).over).toBe(false)
    expect(await until(() => bench.happened.find((one): one is Of<'ended'> => one.kind === 'ended' && one.leg === goes), 'ended')).toMatchObject({ cause: 'engineFailure', by: 'media' })
    expect(bench.happened.some((one) => one.kind === 'ended' && one.leg === stays)).toBe(false)
    double.hangUp(stays)
  })

  test('what is no protocol, strange events and numbers with commands in them do no harm', async () => {
    double.babble('Content-Length: 5\nContent-Type: text/event-json\n\n{{{{{')
    double.event({ 'Event-Name': 'CHANNEL_ANSWER', 'Unique-ID': 'nobody' })
    const leg = randomUUID()
    bench.media.order({ kind: 'originate', leg, target: { kind: 'number', number: '139 &system(rm -rf /)', trunks: ['line'] }, from: { number: '12345' }, ringMs: 1000 })
    expect(await until(() => bench.happened.find((one): one is Of<'ended'> => one.kind === 'ended' && one.leg === leg), 'ended')).toMatchObject({ cause: 'trunkFailure' })
    expect(double.commands.some((one) => one.includes('system('))).toBe(false)
    expect(await incoming()).toMatch(/-/)
  })

  test('a browser leg is refused with its reason', async () => {
    bench.media.order({ kind: 'browserOffer', leg: 'browser', sdp: 'v=0' })
    expect(await until(() => bench.happened.find((one): one is Of<'ended'> => one.kind === 'ended' && one.leg === 'browser'), 'ended')).toMatchObject({ cause: 'engineFailure', reason: 'browser legs need native media' })
  })
})
