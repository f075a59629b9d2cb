// A fresh clone in a new folder, as a newcomer does it: `npm start` until it is ready, then a second start.
import { spawn } from 'node:child_process'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { figure, most, writeResult, type Metric } from './result.ts'

const root = join(import.meta.dirname, '..')

async function untilReady(folder: string): Promise<{ seconds: number; rssMb: number }> {
  const began = performance.now()
  const child = spawn('npm', ['start', '--', '--port=18180', '--public-port=18181'], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, MINSHENG_LOG: 'warn' } })
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('已就绪')) resolve()
    })
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code}`)))
  })
  const seconds = (performance.now() - began) / 1000
  await new Promise((resolve) => setTimeout(resolve, 20_000))
  const pid = execFileSync('pgrep', ['-f', `server/src/main.ts --port=18180`], { encoding: 'utf8' }).split('\n')[0] ?? ''
  const rss = execFileSync('ps', ['-o', 'rss=', '-p', pid], { encoding: 'utf8' })
  await new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
  return { seconds, rssMb: Number(rss.trim()) / 1024 }
}

export async function benchStart(): Promise<void> {
  const folder = join(mkdtempSync(join(tmpdir(), 'minsheng-start-')), 'minsheng')
  execFileSync('git', ['clone', '-q', root, folder])
  try {
    const first = await untilReady(folder)
    const later = await untilReady(folder)
    const metrics: Record<string, Metric> = {
      'first start of a fresh clone': most(first.seconds, 's', 240),
      'later start': most(later.seconds, 's', 10),
      'server resident memory with the demo city, 20 s after start': most(later.rssMb, 'MB', 400),
      'server resident memory after the first start (seeding)': figure(first.rssMb, 'MB'),
    }
    writeResult('start', { command: 'npm run bench -- start', base: 'empty folder, package cache warm', metrics, notes: ['includes npm ci, both web builds, database creation, migration and the demo city'] })
  } finally {
    rmSync(join(folder, '..'), { recursive: true, force: true })
  }
}
