// Calls over a line by TLS with SRTP, recorded on both sides: two exchanges of ours, each other's line, in one process with a sound thread each.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ownCertificate } from '../server/src/kernel/tls/own-certificate.ts'
import { freePort, openDesk, trunk } from '../switch/test/desk.ts'
import { tonesIn } from '../switch/test/tones.ts'
import { ticks } from './calls-figures.ts'
import { figure, least, most, writeResult } from './result.ts'

const TALK_MS = 20_000
/** What `beep` sounds at. */
const TONE_HZ = 1000

/** `count` calls at once, sound in both directions, recorded at both ends. */
export async function benchCallsSrtp(count = 50): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-srtp-'))
  const made = await ownCertificate(folder)
  const [cert = '', key = '', ca = ''] = [made.cert, made.key, made.authority].map((file) => readFileSync(file, 'utf8'))
  const [near, far] = [await freePort(), await freePort()]
  const line = (port: number) => ({ trunks: [trunk('line', port, { transport: 'tls' as const, host: 'localhost', accept: ['127.0.0.1'], srtp: true, probeSeconds: 1 })], users: [] })
  const theirs = await openDesk(line(near), { tls: { port: far, cert, key, ca }, rtp: { from: 40_000, to: 40_999 } })
  const ours = await openDesk(line(far), { tls: { port: near, cert, key, ca }, rtp: { from: 41_000, to: 41_999 } })
  const desks = [ours, theirs]
  for (const desk of desks) {
    desk.react = (one, order) => {
      if (one.kind === 'incoming') order({ kind: 'answer', leg: one.leg })
      if (one.kind !== 'answered') return
      order({ kind: 'play', leg: one.leg, play: one.leg, sounds: [{ kind: 'tone', tone: 'beep' }], times: 0, mode: 'replace' })
      order({ kind: 'record', recording: one.leg, call: one.leg, left: [one.leg], right: [] })
    }
  }
  await ours.when('trunk', (one) => one.state === 'up')
  await theirs.when('trunk', (one) => one.state === 'up')
  const legs = Array.from({ length: count }, (_, i) => `out-${i}`)
  const before = process.cpuUsage()
  for (const leg of legs) {
    ours.order({ kind: 'originate', leg, target: { kind: 'number', number: '57001', trunks: ['line'] }, from: { number: '12345' }, ringMs: 10_000 })
    await sleep(20)
  }
  await sleep(TALK_MS)
  for (const leg of legs) ours.order({ kind: 'hangUp', leg, cause: 'normal' })
  for (const leg of legs) await ours.when('ended', (one) => one.leg === leg)
  const cpu = process.cpuUsage(before)
  for (const desk of desks) for (const one of desk.happened) if (one.kind === 'answered') desk.order({ kind: 'stopRecording', recording: one.leg })
  await sleep(2000) // recordings are closed, the last second's figures come in
  const files = desks.flatMap((desk) => desk.happened.flatMap((one) => (one.kind === 'recording' && one.state === 'finished' ? [join(desk.folder, 'spool', `${one.recording}.wav`)] : [])))
  const heard = files.map((file) => tonesIn(file, TONE_HZ))
  const figures = desks.map((desk) => desk.media.figures())
  const sum = (name: string): number => figures.reduce((n, one) => n + (one[name] ?? 0), 0)
  for (const desk of desks) await desk.close()
  rmSync(folder, { recursive: true, force: true })
  writeResult('calls-srtp', {
    command: `npm run bench -- calls-srtp ${count}`, base: `${count} calls at once for ${TALK_MS / 1000} s over TLS and SRTP, sound both ways, recorded at both ends`,
    metrics: {
      'calls answered': least(ours.happened.filter((one) => one.kind === 'answered').length, '', count), recordings: least(files.length, '', 2 * count), 'shortest recording': least(Math.min(...heard.map((one) => one.ms)), 'ms', TALK_MS - 1000),
      'recordings with the other side’s tone': least(heard.filter((one) => one.left > 0.9).length, '', 2 * count), 'packets refused': most(sum('media_packets_refused_total'), '', 0), 'packets sent': figure(sum('media_packets_sent_total'), ''), ...ticks(figures[0] ?? {}), 'legs left': most(sum('media_legs'), '', 0),
      'CPU of both ends, a call and second': figure((cpu.user + cpu.system) / 1000 / count / (TALK_MS / 1000), 'ms'),
    },
    notes: ['both ends share the machine and one process; the peer is our own exchange, no foreign SRTP was at hand'],
  })
}
