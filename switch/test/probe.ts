// Starts the RTP probe as a process and takes its report.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Heard, ProbeOrder, ProbeReport } from './rtp-probe.ts'

export type Probe = Awaited<ReturnType<typeof startProbe>>

export async function startProbe(order: ProbeOrder) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'rtp-probe.ts'), JSON.stringify(order)], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.on('error', () => {}) // it may have ended by its time
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async (): Promise<string> => String((await lines.next()).value)
  if ((await next()) !== 'ready') throw new Error('the probe did not start')
  return {
    /** What its (first) ear heard since it was asked last. */
    async hear(): Promise<Heard> {
      child.stdin.write('hear\n')
      return (JSON.parse(await next()) as Heard[])[0] ?? { received: 0, tones: {} }
    },
    press: (digits: string) => void child.stdin.write(`press ${digits}\n`),
    async stop(): Promise<ProbeReport[]> {
      child.kill('SIGTERM')
      return JSON.parse(await next()) as ProbeReport[]
    },
  }
}
