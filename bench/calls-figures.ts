// What all benches of calls share: SIPp with sound, its response times, the clock's lateness, processor time.
import { readFileSync } from 'node:fs'
import type { SippRun } from '../switch/test/sipp.ts'
import { figure, most } from './result.ts'

export type Figures = Record<string, number>

/** Processor time of a process and its threads so far, in seconds (clock ticks of Linux are hundredths on every machine Node runs on). */
export function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / 100
}
export const residentMb = (pid: number): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024

/** The same scenario with sound: SIPp streams A-law from a file both ways of its socket. */
export const withSound = (scenario: string, file: string): string =>
  scenario.replaceAll('[probe_port]', '[rtpstream_audio_port]').replace(/(<pause milliseconds="\d{4,}"\/>|<recv request="BYE">)/, `<nop><action><exec rtp_stream="${file},-1,8"/></action></nop>$1`)

/** Response time 1 of SIPp is INVITE to 200; its partition in the statistics file. */
export function response(run: SippRun): { p99: number; failed: number; calls: number } {
  const parts = Object.entries(run.stats).filter(([name]) => name.startsWith('ResponseTimeRepartition1_<')).map(([name, count]) => ({ most: Number(/<(\d+)/.exec(name)?.[1]), count: Number(count) }))
  const over = Number(Object.entries(run.stats).find(([name]) => name.startsWith('ResponseTimeRepartition1_>='))?.[1] ?? 0)
  const total = parts.reduce((sum, one) => sum + one.count, 0) + over
  let seen = 0
  const at = parts.find((one) => (seen += one.count) >= total * 0.99)
  return { p99: at?.most ?? Number.POSITIVE_INFINITY, failed: Number(run.stats['FailedCall(C)'] ?? 0), calls: Number(run.stats['SuccessfulCall(C)'] ?? 0) }
}

const PARTS = '<ResponseTimeRepartition value="5, 10, 15, 20, 30, 50, 100, 200, 500, 1000"/></scenario>'
export const measured = (scenario: string): string => scenario.replace('</scenario>', PARTS)

const lateShare = (f: Figures): number => {
  const beyond = (f['media_ticks_late_10ms'] ?? 0) + (f['media_ticks_late_20ms'] ?? 0) + (f['media_ticks_late_50ms'] ?? 0) + (f['media_ticks_late_over'] ?? 0)
  return (beyond * 100) / Math.max(1, f['media_ticks_total'] ?? 1)
}

export const ticks = (f: Figures) => ({ 'ticks later than 5 ms': most(lateShare(f), '%', 1), 'worst tick': figure(f['media_tick_worst_ms'] ?? 0, 'ms'), 'ticks skipped': figure(f['media_ticks_skipped_total'] ?? 0, '') })
