// Calls over native media with SIPp as callers and called lines: answered with a prompt, bridged and recorded, and rows of digits. Bounded in count and time.
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { ProbeReport } from '../switch/test/rtp-probe.ts'
import { freePort } from '../switch/test/desk.ts'
import { called, caller, hasSipp, runSipp, sippMissing, SPEECH, startSipp } from '../switch/test/sipp.ts'
import { startProbe } from '../switch/test/probe.ts'
import { cpuSeconds, measured, response, ticks, withSound, type Figures } from './calls-figures.ts'
import { figure, least, most, percentile, writeResult } from './result.ts'

type Plan = { mode: 'ivr' | 'bridged' | 'digits'; port: number; farPort: number; earPort: number; sipPort: number; folder: string; rows: number }

const keys = { caller: '13900000001', called: '12345' }

/** The exchange in a process of its own, as in service. */
async function startDesk(mode: Plan['mode'], rows = 0) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-calls-'))
  const plan: Plan = { mode, rows, port: await freePort(), farPort: await freePort(), earPort: await freePort(), sipPort: await freePort(), folder }
  const child = spawn(process.execPath, [join(import.meta.dirname, 'calls-desk.ts'), JSON.stringify(plan)], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  await lines.next() // ready
  return {
    ...plan,
    target: `127.0.0.1:${plan.sipPort}`,
    cpu: () => cpuSeconds(child.pid ?? 0),
    async stop(): Promise<Figures> {
      child.stdin.write('stop\n')
      const last = await lines.next()
      return JSON.parse(String(last.value)) as Figures
    },
  }
}

/** Answered at once, a prompt played, 3.5 s later hung up by the caller. One caller more has ears. */
export async function benchCallsIvr(rate = 100, seconds = 20): Promise<void> {
  if (!hasSipp) return console.log(sippMissing)
  const desk = await startDesk('ivr')
  const probe = await startProbe({ ports: [31_000], tone: null, seconds: seconds + 60 })
  const crowd = runSipp({ scenario: measured(caller({ talkMs: 3500 })), target: desk.target, port: desk.port, calls: rate * seconds, rate, limit: rate * 10, timeoutS: seconds + 60, trace: false, keys: { ...keys, probe_port: '9' } })
  const heard = await runSipp({ scenario: caller({ talkMs: (seconds - 3) * 1000 }), target: desk.target, port: 0, timeoutS: seconds + 60, keys: { ...keys, probe_port: '31000' } })
  const r = response(await crowd)
  const [ear] = await probe.stop()
  const cpu = desk.cpu()
  const f = await desk.stop()
  rmSync(desk.folder, { recursive: true, force: true })
  writeResult('calls-ivr', {
    command: `npm run bench -- calls-ivr ${rate}`, base: `${rate} calls a second for ${seconds} s, prompt at once, 3.5 s each`,
    metrics: {
      'calls a second': least(rate, '/s', 100), 'calls failed': most(r.failed + (heard.code === 0 ? 0 : 1), '', 0), 'calls done': figure(r.calls, ''), '200 OK p99 (upper edge of its class)': most(r.p99, 'ms', 20),
      'packets at one ear': figure(ear?.received ?? 0, ''), 'packets lost at one ear': most(ear?.lost ?? -1, '', 0), 'lateness at one ear p99': figure(ear?.p99LateMs ?? -1, 'ms'), ...ticks(f), 'legs left': most(f['media_legs'] ?? -1, '', 0), 'exchange CPU a call': figure((cpu * 1000) / Math.max(1, r.calls), 'ms'), 'packets sent': figure(f['media_packets_sent_total'] ?? 0, ''), 'memory at the end': figure(f['rss_mb'] ?? 0, 'MB'),
    },
    notes: ['SIPp, the probe and the exchange share the machine', 'the crowd hears at a closed port; one more caller listens through the whole run'],
  })
}

/** A moment of music, then bridged with a called line, both recorded in stereo, at least 5 s of talk. All speak; one pair more has ears. */
export async function benchCallsBridged(rate = 40, seconds = 20): Promise<void> {
  if (!hasSipp) return console.log(sippMissing)
  const desk = await startDesk('bridged')
  const count = rate * seconds
  const earMs = (seconds - 3) * 1000
  const near = await startProbe({ ports: [31_002], tone: 440, seconds: seconds + 90, listen: [440, 600] })
  const far = await startProbe({ ports: [31_004], tone: 600, seconds: seconds + 90, listen: [440, 600] })
  const earCalled = startSipp({ scenario: called(), port: desk.earPort, timeoutS: seconds + 90, keys: { ...keys, probe_port: '31004' } })
  const answering = startSipp({ scenario: withSound(called(), SPEECH), port: desk.farPort, calls: count, limit: 4000, timeoutS: seconds + 90, trace: false, keys, args: ['-mp', '10000'] })
  const crowd = runSipp({ scenario: withSound(measured(caller({ talkMs: 5600 })), SPEECH), target: desk.target, port: desk.port, calls: count, rate, limit: 4000, timeoutS: seconds + 60, trace: false, keys, args: ['-mp', '20000'] })
  const earCaller = await runSipp({ scenario: caller({ talkMs: earMs }), target: desk.target, port: 0, timeoutS: seconds + 60, keys: { caller: '1', called: '555', probe_port: '31002' } })
  const r = response(await crowd)
  answering.child.kill()
  earCalled.child.kill()
  await Promise.all([answering.done, earCalled.done])
  const reports: ProbeReport[] = [...(await near.stop()), ...(await far.stop())]
  const cpu = desk.cpu()
  const f = await desk.stop()
  const spool = join(desk.folder, 'spool')
  const sizes = readdirSync(spool).map((file) => ({ size: statSync(join(spool, file)).size - 58, head: readFileSync(join(spool, file)).readUInt32LE(54) }))
  const lengths = sizes.map(({ size }) => (size / 320) * 20)
  rmSync(desk.folder, { recursive: true, force: true })
  writeResult('calls-bridged', {
    command: `npm run bench -- calls-bridged ${rate}`, base: `${rate} calls a second for ${seconds} s, each bridged to a called line and recorded in stereo; both ends speak`,
    metrics: {
      'calls a second': least(rate, '/s', 40), 'calls failed': most(r.failed + (earCaller.code === 0 ? 0 : 1), '', 0), 'calls done': figure(r.calls, ''), '200 OK p99 (upper edge of its class)': most(r.p99, 'ms', 20),
      recordings: least(sizes.length, '', count), 'recordings broken': most(sizes.filter(({ size, head }) => size !== head).length, '', 0), 'shortest recording': least(Math.min(...lengths), 'ms', 5000), 'recording length p50': figure(percentile(lengths, 50), 'ms'),
      'packets at two ears': figure(reports.reduce((sum, one) => sum + one.received, 0), ''), 'packets lost at two ears by sequence': most(reports.reduce((sum, one) => sum + one.lost, 0), '', 0), 'lateness at two ears p99': figure(Math.max(...reports.map((one) => one.p99LateMs)), 'ms'),
      'other tone at each ear': least(Math.min(reports[0]?.tones['600'] ?? 0, reports[1]?.tones['440'] ?? 0) * 100, '%', 95), ...ticks(f), 'legs left': most(f['media_legs'] ?? -1, '', 0), 'exchange CPU a call': figure((cpu * 1000) / Math.max(1, r.calls), 'ms'), 'memory at the end': figure(f['rss_mb'] ?? 0, 'MB'),
    },
    notes: ['SIPp, the probes and the exchange share the machine', 'one pair of ears listens through the whole run'],
  })
}

/** Rows of six digits by RFC 4733, each collected and followed by a prompt; right rows, and the time from the last digit to the prompt. */
export async function benchCallsDigits(sequences = 10_000): Promise<void> {
  if (!hasSipp) return console.log(sippMissing)
  const width = 100
  const rows = Math.ceil(sequences / width)
  const desk = await startDesk('digits', rows)
  const ports = Array.from({ length: width }, (_, i) => 31_000 + i * 2)
  const probe = spawn(process.execPath, [join(import.meta.dirname, 'digits-probe.ts'), JSON.stringify({ ports, rows })], { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines = createInterface({ input: probe.stdout })[Symbol.asyncIterator]()
  await lines.next() // ready
  const table = join(desk.folder, 'calls.csv')
  writeFileSync(table, ['SEQUENTIAL', ...ports.map((port, i) => `${port};9000${i}`), ''].join('\n'))
  const run = await runSipp({ scenario: caller({ talkMs: 10, hangUp: 'them' }).replaceAll('[probe_port]', '[field0]').replaceAll('[called]', '[field1]'), target: desk.target, port: desk.port, calls: width, rate: 20, timeoutS: 60 + rows * 5, trace: false, keys, args: ['-inf', table] })
  probe.kill('SIGTERM')
  const promptMs = JSON.parse(String((await lines.next()).value)) as number[]
  const f = await desk.stop()
  rmSync(desk.folder, { recursive: true, force: true })
  writeResult('calls-digits', {
    command: `npm run bench -- calls-digits ${sequences}`, base: `${width} calls at once, rows of six digits one after another`,
    metrics: {
      sequences: least(f['sequences'] ?? 0, '', width * rows), 'right sequences': least(((f['right'] ?? 0) * 100) / (width * rows), '%', 99.9), 'prompt after the last digit p99': most(percentile(promptMs, 99), 'ms', 1000), 'prompt after the last digit p50': figure(percentile(promptMs, 50), 'ms'),
      'calls failed': most(run.code === 0 ? 0 : Number(run.stats['FailedCall(C)'] ?? width), '', 0), ...ticks(f), 'legs left': most(f['media_legs'] ?? -1, '', 0),
    },
    notes: ['the far ends are one process of our own: digits out as RFC 4733, the prompt found by its loudness'],
  })
}
