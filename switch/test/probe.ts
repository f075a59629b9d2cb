// Starts the RTP probe as a process and takes its report.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { ProbeOrder, ProbeReport } from './rtp-probe.ts'

export async function startProbe(order: ProbeOrder): Promise<{ stop: () => Promise<ProbeReport[]> }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'rtp-probe.ts'), JSON.stringify(order)], { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  const ready = Promise.withResolvers<void>()
  const done = new Promise<ProbeReport[]>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (text.startsWith('ready\n')) ready.resolve()
    })
    child.on('close', () => {
      try {
        resolve(JSON.parse(text.split('\n')[1] ?? '') as ProbeReport[])
      } catch (error) {
        reject(error instanceof Error ? error : new Error('no report'))
      }
    })
  })
  await ready.promise
  return {
    stop() {
      child.kill('SIGTERM')
      return done
    },
  }
}
