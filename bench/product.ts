// Starts the product as a user does, as a process of its own, and speaks to it over HTTP with sessions of its roles.
import { spawn, type ChildProcess } from 'node:child_process'
import { Agent, request } from 'node:http'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')

export type Product = { staff: number; public: number; readyMs: number; pid: number; stop(): Promise<void>; memoryMb(): number; cpu(): Cpu }

/** Processor time spent so far, in milliseconds: the server's process, and everything of its database. */
export type Cpu = { server: number; database: number }

/** Waits for the ready line; `dataDir` is kept, so that a prepared base can be used again. */
export async function startProduct(dataDir: string, port = Number(process.env['BENCH_PORT'] ?? 18080)): Promise<Product> {
  const began = performance.now()
  const child: ChildProcess = spawn(process.execPath, [...(process.env.BENCH_PROF ? ['--cpu-prof', '--cpu-prof-dir=' + process.env.BENCH_PROF] : []), '--disable-warning=ExperimentalWarning', 'server/src/main.ts', `--data=${dataDir}`, `--port=${port}`, `--public-port=${port + 1}`, '--demo-orders=300'], {
    cwd: root, env: { ...process.env, MINSHENG_LOG: 'warn' }, stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('已就绪')) resolve()
    })
    child.once('exit', (code) => reject(new Error(`the product ended with ${code} before it was ready`)))
  })
  return {
    staff: port, public: port + 1, readyMs: performance.now() - began, pid: child.pid ?? 0,
    memoryMb: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024,
    cpu: () => ({ server: cpuOf(child.pid ?? 0), database: databaseCpu(dataDir) }),
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve())
        child.kill('SIGTERM')
      }),
  }
}

/** Clock ticks of Linux are hundredths of a second on every machine Node runs on. */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * 10
}

function databaseCpu(dataDir: string): number {
  const root = Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
  const children = readFileSync(`/proc/${root}/task/${root}/children`, 'utf8').trim().split(' ').filter(Boolean)
  let sum = 0
  for (const pid of [root, ...children.map(Number)]) {
    try {
      sum += cpuOf(pid)
    } catch {
      // A connection that ended between the two readings.
    }
  }
  return sum
}

export type Answer = { status: number; body: any; ms: number }
export type Session = { call(method: string, path: string, body?: unknown): Promise<Answer>; user: { id: string; name: string; unitName: string; tenantName: string } }

const agent = new Agent({ keepAlive: true, maxSockets: 200 })

function send(port: number, method: string, path: string, headers: Record<string, string>, body?: unknown): Promise<Answer & { cookies: string[] }> {
  const text = body === undefined ? undefined : JSON.stringify(body)
  const began = performance.now()
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, method, path, agent, headers: { ...headers, ...(text ? { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) } : {}) }, timeout: 30_000 }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (c: Buffer) => chunks.push(c))
      answer.on('end', () => {
        const raw = Buffer.concat(chunks).toString()
        resolve({ status: answer.statusCode ?? 0, body: raw.startsWith('{') ? JSON.parse(raw) : raw, ms: performance.now() - began, cookies: answer.headers['set-cookie'] ?? [] })
      })
    })
    call.on('timeout', () => call.destroy(new Error('timeout')))
    call.on('error', reject)
    call.end(text)
  })
}

export type Person = { id: string; name: string; unitName: string; role: string; tenantName: string }

export async function people(port: number): Promise<Person[]> {
  return (await send(port, 'GET', '/api/demo/people', {})).body.people
}

/** Signs in by the demo's one click and keeps cookie and CSRF token. */
export async function signIn(port: number, person: Person): Promise<Session> {
  const answer = await send(port, 'POST', '/api/demo/sign-in', {}, { userId: person.id })
  if (answer.status !== 200) throw new Error(`sign-in of ${person.name}: ${answer.status} ${JSON.stringify(answer.body)}`)
  const cookie = answer.cookies.map((c) => c.split(';')[0]).join('; ')
  const session = await send(port, 'GET', '/api/session', { cookie })
  const headers = { cookie, 'x-csrf-token': session.body.csrf as string }
  return { user: person, call: (method, path, body) => send(port, method, path, headers, body) }
}
