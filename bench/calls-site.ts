// Calls through the whole exchange (control, journal, media) as a process of its own: kills under live calls, browsers' legs, a long soak. A stand-in holds the server's end of the wire.
import { randomUUID } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { signTicket, type Deployment, type Policy } from '../switch/src/engine-port.ts'
import { aPolicy, aQueue } from '../switch/src/simulate/city.ts'
import { type Crowd, startCrowd } from '../switch/test/crowd.ts'
import { freePort } from '../switch/test/desk.ts'
import { startProbe } from '../switch/test/probe.ts'
import { eventually, openSite, standIn, type Site } from '../switch/test/site.ts'
import { called, caller, hasSipp, sippMissing, SPEECH, startSipp, staying } from '../switch/test/sipp.ts'
import { cpuSeconds, residentMb, response, measured, ticks, withSound } from './calls-figures.ts'
import { figure, least, most, percentile, writeResult } from './result.ts'

const keys = { caller: '13900000001', called: '12346' }
const HTTP = 4710
const SIP = 4720
const RTP = { from: 26_000, to: 29_999 }

type Server = ReturnType<typeof standIn>

export const line = (id: string, port: number, tenants = ['demo']): Deployment['trunks'][number] => ({ id, name: id, transport: 'udp', host: '127.0.0.1', port, user: null, password: null, realm: null, register: false, accept: [], codecs: ['PCMA'], channels: 2000, reserved: 0, probeSeconds: 0, tenants })

/** A site whose number 12346 leads straight into a queue and 12347 straight out to another line. */
function plainPolicy(agents: number, number = 1, trunks = ['far']): Policy {
  const base = aPolicy({}, agents)
  return aPolicy({
    number, trunks, queues: [aQueue('general', { wrapUpSeconds: 0 }), aQueue('complaints')], settings: { ...base.settings, answerDelayMs: 0, repeatCallsPerHour: 0 },
    serviceNumbers: [{ number: '12346', label: '直达', to: { queue: 'general' }, displayed: null }, { number: '12347', label: '外转', to: { flow: 'through' }, displayed: null }],
    flows: [...base.flows, { id: 'through', version: 1, name: '外转', use: 'inbound', start: 'out', person: 'wait', language: 'zh', speed: 1, nodes: { out: { kind: 'transfer', name: '外转', to: { kind: 'number', number: '057000000' }, ringSeconds: 20, context: [] }, wait: { kind: 'queue', name: '人工', queue: 'general', full: 'bye', noAgents: 'bye', timeout: 'bye', timeoutSeconds: 60 }, bye: { kind: 'end', name: '再见', say: [], cause: 'normal' } } }],
  }, agents)
}
async function tickets(site: Site, policy: Policy): Promise<string[]> {
  return Promise.all(policy.agents.map((a) => signTicket(site.token(), { kind: 'agent', tenant: 'demo', agent: a.id, jti: a.id, until: Date.now() + 3_600_000, remote: false })))
}
async function withAgents(count: number): Promise<{ site: Site; server: Server; crowd: Crowd; port: number }> {
  const port = await freePort()
  const site = await openSite({ port: HTTP, sipPort: SIP, rtp: RTP })
  const server = standIn(site, 'demo')
  const policy = plainPolicy(count)
  await server.must({ kind: 'deploy', deployment: { number: 1, trunks: [line('in', port)] } })
  await server.must({ kind: 'publishPolicy', policy })
  const crowd = await startCrowd({ url: `ws://127.0.0.1:${site.port}/softphone`, tickets: await tickets(site, policy), queues: ['general'], tone: 600, listen: null })
  return { site, server, crowd, port }
}

/** How long from now until a new call is answered: a fresh INVITE every quarter of a second. */
function firstAnswer(sipPort: number): Promise<number> {
  const began = performance.now()
  const socket = createSocket('udp4')
  return new Promise((resolve) => {
    const tag = randomUUID()
    let [n, done] = [0, false]
    const send = (method: string, id: number, seq: number, to = '', body = ''): void => socket.send(`${method} sip:12348@127.0.0.1:${sipPort} SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:${socket.address().port};branch=z9hG4bK${tag}${id}${method}\r\nFrom: <sip:13800000000@127.0.0.1>;tag=${tag}\r\nTo: <sip:12348@127.0.0.1>${to}\r\nCall-ID: ${tag}-${id}\r\nCSeq: ${seq} ${method}\r\nContact: <sip:13800000000@127.0.0.1:${socket.address().port}>\r\nMax-Forwards: 70\r\n${body ? 'Content-Type: application/sdp\r\n' : ''}Content-Length: ${body.length}\r\n\r\n${body}`, sipPort, '127.0.0.1')
    const timer = setInterval(() => send('INVITE', ++n, 1, '', 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 8\r\n'), 250)
    socket.on('error', () => {})
    socket.on('message', (bytes) => {
      const text = bytes.toString('latin1')
      if (!text.startsWith('SIP/2.0 200') || !/CSeq: 1 INVITE/i.test(text)) return
      const id = Number(/Call-ID: .*-(\d+)\r/i.exec(text)?.[1])
      const to = /To:.*(;tag=[^\r;]+)/i.exec(text)?.[1] ?? ''
      send('ACK', id, 1, to)
      send('BYE', id, 2, to)
      if (done) return
      done = true
      resolve(performance.now() - began)
      clearInterval(timer)
      setTimeout(() => socket.close(), 1000).unref()
    })
    socket.bind(0, '127.0.0.1')
  })
}

/** Fifty live calls between a line and browsers; the exchange killed ten times, the server's end ten times. */
export async function benchCallsRestart(calls = 50, kills = 10): Promise<void> {
  if (!hasSipp) return console.log(sippMissing)
  const { site, server, crowd, port } = await withAgents(calls)
  // New calls come from addresses of their own line.
  await server.must({ kind: 'deploy', deployment: { number: 2, trunks: [line('in', port), { ...line('new', 9), host: '127.0.0.1' }] } })
  await server.must({ kind: 'publishPolicy', policy: { ...plainPolicy(calls, 2), serviceNumbers: [...plainPolicy(calls).serviceNumbers, { number: '12348', label: '语音', to: { flow: 'main' }, displayed: null }] } })
  const callers = startSipp({ scenario: staying({ talkMs: 600_000, sound: SPEECH }), target: site.target, port, calls, rate: 10, limit: calls, timeoutS: 900, trace: false, keys, args: ['-mp', '12000'] })
  const answered = () => server.of('callAnswered').filter((e) => e.data.agent !== null)
  await server.until(() => answered().length === calls, 'answers', 60_000)
  const ours = new Set(answered().map((e) => e.callId))
  console.log(`  ${calls} calls talk`)
  const talking = async (): Promise<number> => (await server.live()).calls.filter((c) => ours.has(c.callId) && c.state === 'talking' && c.parties.filter((p) => p.state === 'up').length === 2).length
  const dropped = (): number => server.of('callEnded').filter((e) => ours.has(e.callId)).length
  const promised = (): number => new Set(server.of('dialTaskNeeded').map((e) => e.callId)).size
  let droppedByServer = 0
  for (let i = 0; i < kills; i++) {
    server.cut()
    await sleep(500)
    droppedByServer = dropped()
  }
  const [answers, backs, startMs]: [number[], number[], number[]] = [[], [], []]
  let unpromised = 0
  for (let i = 0; i < kills; i++) {
    await site.kill()
    const began = performance.now()
    const first = firstAnswer(site.sipPort)
    startMs.push(await site.start())
    await eventually(async () => (await talking()) + dropped() === calls, 'all calls back or ended', 60_000).catch((error: unknown) => console.log(String(error)))
    await eventually(async () => (await crowd.report()).connected >= calls - dropped(), 'all pages hear again', 60_000).catch((error: unknown) => console.log(String(error)))
    backs.push(performance.now() - began)
    answers.push(await first)
    unpromised = dropped() - promised()
    console.log(`  kill ${i + 1}: started in ${Math.round(startMs.at(-1) ?? 0)} ms, first new answer after ${Math.round(answers.at(-1) ?? 0)} ms, all back after ${Math.round(backs.at(-1) ?? 0)} ms, ${dropped()} ended`)
  }
  const kept = await talking()
  crowd.hangUp()
  await server.until(() => dropped() === calls, 'ends', 60_000)
  const run = await callers.done
  await eventually(async () => (await server.live()).calls.length === 0 && (await server.live()).agents.every((a) => a.callId === null), 'nothing is left', 40_000).catch(() => {})
  const state = await server.live()
  const metrics = await site.metrics()
  await eventually(() => server.of('recordingStarted').every((e) => [...server.of('recordingReady'), ...server.of('recordingFailed')].some((r) => r.data.recordingId === e.data.recordingId)), 'recordings are told').catch(() => {})
  const unheard = server.of('recordingStarted').filter((e) => ![...server.of('recordingReady'), ...server.of('recordingFailed')].some((r) => r.data.recordingId === e.data.recordingId)).length
  const pages = await crowd.stop()
  server.stop()
  await site.close()
  writeResult('calls-restart', {
    command: `npm run bench -- calls-restart ${calls}`, base: `${calls} calls between a line and browsers (WebRTC), both speak; ${kills} kills (SIGKILL) of the exchange, ${kills} of the server's end of the wire`,
    metrics: {
      'calls dropped by kills of the server': most(droppedByServer, '', 0), 'calls kept over all kills': figure(kept, 'calls'), 'calls ended without a dial task': most(unpromised, '', 0), 'calls with a dial task': figure(promised(), ''),
      'first new answer, worst': most(Math.max(...answers) / 1000, 's', 5), 'first new answer p50': figure(percentile(answers, 50) / 1000, 's'), 'all calls back with sound, worst': figure(Math.max(...backs) / 1000, 's'), 'start of the process p50': figure(percentile(startMs, 50) / 1000, 's'),
      'calls stuck': most(state.calls.length, '', 0), 'agents stuck': most(state.agents.filter((a) => a.callId !== null).length, '', 0), 'findings of the audit': most(metrics['audit_findings_total'] ?? -1, '', 0), 'events out of order or lost': most(server.wrongOrder + server.gaps, '', 0), 'recordings without a word': most(unheard, '', 0),
      'callers that ended well': least(Number(run.stats['SuccessfulCall(C)'] ?? 0), '', calls - promised()), 'connections made by the pages': figure(pages.connections, ''),
    },
    notes: ['SIPp, the pages (werift in one process) and the exchange share the machine', 'a new call is one INVITE every 250 ms from the moment of the kill'],
  })
}

/** Browsers' legs both ways, recorded. */
export async function benchCallsWebrtc(legs = 50, seconds = 60): Promise<void> {
  if (!hasSipp) return console.log(sippMissing)
  const { site, server, crowd, port } = await withAgents(legs)
  const probe = await startProbe({ ports: [31_000], tone: 440, seconds: seconds + 60, listen: [600] })
  const ear = startSipp({ scenario: caller({ talkMs: seconds * 1000 }), target: site.target, port, timeoutS: seconds + 60, keys: { ...keys, probe_port: '31000' } })
  const earPort = await freePort()
  await server.must({ kind: 'deploy', deployment: { number: 2, trunks: [line('in', port), line('in2', earPort)] } })
  await sleep(300)
  const crowdCallers = startSipp({ scenario: withSound(caller({ talkMs: seconds * 1000 }), SPEECH), target: site.target, port: earPort, calls: legs - 1, rate: 10, timeoutS: seconds + 90, trace: false, keys, args: ['-mp', '12000'] })
  await server.until(() => server.of('callAnswered').length === legs, 'answers', 60_000)
  const [cpu, before] = [cpuSeconds(site.pid()), await crowd.report()]
  const began = performance.now()
  await sleep(Math.max(1, seconds - 12) * 1000)
  const [after, spent, lasted] = [await crowd.report(), cpuSeconds(site.pid()) - cpu, (performance.now() - began) / 1000]
  const memory = residentMb(site.pid())
  const [run] = await Promise.all([crowdCallers.done, ear.done])
  await server.until(() => server.of('recordingReady').length === legs, 'recordings', 30_000).catch(() => {})
  await sleep(1500) // the last second's figures come in
  const [heard] = await probe.stop()
  const metrics = await site.metrics()
  const lengths = server.of('recordingReady').map((e) => e.data.ms)
  await crowd.stop()
  server.stop()
  await site.close()
  writeResult('calls-webrtc', {
    command: `npm run bench -- calls-webrtc ${legs}`, base: `${legs} WebRTC legs (DTLS-SRTP, G.711) bridged with ${legs} SIP callers for ${seconds} s, both speak, all recorded in stereo`,
    metrics: {
      'browser legs at once': least(after.connected, '', legs), 'calls failed': most(Number(run.stats['FailedCall(C)'] ?? legs), '', 0),
      'packets a second at a browser': least((after.received - before.received) / lasted / legs, '/s', 49), 'packets lost at browsers by sequence': most(after.lost - before.lost, '', 0), 'packets lost at the caller’s ear': most(heard?.lost ?? -1, '', 0), 'the agent’s tone at the caller’s ear': least((heard?.tones['600'] ?? 0) * 100, '%', 95),
      recordings: least(lengths.length, '', legs), 'shortest recording': figure(Math.min(...lengths), 'ms'), ...ticks(metrics), 'exchange CPU': figure((spent * 100) / lasted, '% of a core'), 'exchange CPU per leg and second': figure((spent * 1000) / lasted / legs / 2, 'ms'), memory: figure(memory, 'MB'),
    },
    notes: ['the browsers are one process of werift peers, not Chromium: media and crypto are the same, the far end is not', 'SIPp, the browsers and the exchange share the machine'],
  })
}

const EARS = 10

/** Calls bridged by the exchange from line to line, recorded, for a long time. */
export async function benchCallsSoak(calls = 200, seconds = 600): Promise<void> {
  if (!hasSipp) return console.log(sippMissing)
  const [port, earPort, farPort, farEarPort] = [await freePort(), await freePort(), await freePort(), await freePort()]
  const site = await openSite({ port: HTTP, sipPort: SIP, rtp: RTP })
  const server = standIn(site, 'demo')
  const trunks = [line('in', port), line('ears', earPort), line('far', farPort), line('far-ears', farEarPort)]
  await server.must({ kind: 'deploy', deployment: { number: 1, trunks } })
  await server.must({ kind: 'publishPolicy', policy: plainPolicy(1, 1, ['far-ears']) })
  const ports = (from: number): number[] => Array.from({ length: EARS }, (_, i) => from + i * 2)
  const table = (name: string, from: number): string => {
    const file = join(site.folder, name)
    writeFileSync(file, ['SEQUENTIAL', ...ports(from).map((one) => `${one};`), ''].join('\n'))
    return file
  }
  const near = await startProbe({ ports: ports(31_000), tone: 440, seconds: seconds + 120, listen: [600] })
  const far = await startProbe({ ports: ports(31_100), tone: 600, seconds: seconds + 120, listen: [440] })
  const field = (scenario: string): string => scenario.replaceAll('[probe_port]', '[field0]')
  const to = { ...keys, called: '12347' }
  const timeoutS = seconds + 120
  const holdMs = seconds * 1000
  const answeringEars = startSipp({ scenario: field(called()), port: farEarPort, calls: EARS, timeoutS, trace: false, keys: to, args: ['-inf', table('far.csv', 31_100)] })
  const answering = startSipp({ scenario: withSound(called(), SPEECH), port: farPort, calls: calls - EARS, timeoutS, trace: false, keys: to, args: ['-mp', '16000'] })
  await sleep(500)
  const ears = startSipp({ scenario: field(caller({ talkMs: holdMs })), target: site.target, port: earPort, calls: EARS, rate: 10, timeoutS, trace: false, keys: to, args: ['-inf', table('near.csv', 31_000)] })
  await server.until(() => server.of('callAnswered').length === EARS, 'the ears’ calls', 30_000)
  await server.must({ kind: 'publishPolicy', policy: plainPolicy(1, 2, ['far']) })
  const crowd = startSipp({ scenario: withSound(measured(caller({ talkMs: holdMs })), SPEECH), target: site.target, port, calls: calls - EARS, rate: 20, limit: calls, timeoutS, trace: false, keys: to, args: ['-mp', '12000'] })
  await server.until(() => server.of('callAnswered').length === calls, 'all answers', 60_000)
  const memory: number[] = []
  const [cpu, began] = [cpuSeconds(site.pid()), performance.now()]
  const until = began + (seconds - calls / 20 - 5) * 1000
  while (performance.now() < until) {
    memory.push(residentMb(site.pid()))
    await sleep(2000)
  }
  const [spent, lasted] = [cpuSeconds(site.pid()) - cpu, (performance.now() - began) / 1000]
  const live = await site.metrics()
  const r = response(await crowd.done)
  const earRun = await ears.done
  await Promise.all([answering.done, answeringEars.done])
  await server.until(() => server.of('recordingReady').length === calls, 'recordings', 60_000).catch(() => {})
  await sleep(1500) // the last second's figures come in
  const reports = [...(await near.stop()), ...(await far.stop())]
  const metrics = await site.metrics()
  const talk = new Map(server.of('callEnded').map((e) => [e.callId, e.data.talkMs]))
  const off = server.of('recordingReady').map((e) => Math.abs(e.data.ms - (talk.get(e.callId) ?? 0)))
  server.stop()
  await site.close()
  // Flat: the last quarter against what was there after two minutes (or at a third of a shorter run).
  const settled = Math.min(Math.floor(memory.length / 3), 60)
  const mean = (list: number[]): number => list.reduce((sum, one) => sum + one, 0) / Math.max(1, list.length)
  const growth = mean(memory.slice(-Math.ceil(memory.length / 4))) - mean(memory.slice(settled, settled + Math.ceil(memory.length / 4)))
  writeResult('calls-soak', {
    command: `npm run bench -- calls-soak ${seconds}`, base: `${calls} calls at once, line to line, both ends speak, recorded in stereo, ${seconds} s each`,
    metrics: {
      'calls at once': least(live['calls_talking'] ?? 0, '', calls), 'calls failed': most(r.failed + Number(earRun.stats['FailedCall(C)'] ?? 0), '', 0), '200 OK p99 (upper edge of its class)': figure(r.p99, 'ms'),
      'packets at the ears': figure(reports.reduce((sum, one) => sum + one.received, 0), ''), 'packets lost by sequence at the ears': most(reports.reduce((sum, one) => sum + one.lost, 0), '', 0), 'packets lost by sequence on the way in': most(live['media_live_packets_lost'] ?? -1, '', 0), 'the other’s tone at the worst ear': least(Math.min(...reports.map((one) => Math.max(...Object.values(one.tones)))) * 100, '%', 95), 'lateness at the ears p99': figure(Math.max(...reports.map((one) => one.p99LateMs)), 'ms'),
      ...ticks(metrics), recordings: least(off.length, '', calls), 'recording against talk time, worst': most(Math.max(...off), 'ms', 40), 'recording against talk time p50': figure(percentile(off, 50), 'ms'),
      'memory at the end': figure(memory.at(-1) ?? 0, 'MB'), 'growth of memory after two minutes': most(growth, 'MB', 20), 'exchange CPU': figure((spent * 100) / lasted, '% of a core'), 'exchange CPU per call and second': figure((spent * 1000) / lasted / calls, 'ms'), 'legs left': most(metrics['media_legs'] ?? -1, '', 0), 'findings of the audit': most(metrics['audit_findings_total'] ?? -1, '', 0),
    },
    notes: [`${EARS} of the calls have ears at both ends (own RTP probe); the others are SIPp both ways, and their packets are counted by sequence where they come in`, 'SIPp, the probes and the exchange share the machine'],
  })
}
