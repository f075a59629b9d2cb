// kill -9 of server and database in the middle of a thousand commands: what was acknowledged is there, nothing is half done or done twice.
import { spawn, type ChildProcess } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
const COMMANDS = 1000
let dataDir = ''
let ports: [number, number] = [0, 0]
let child: ChildProcess | null = null

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

async function start(): Promise<void> {
  const server = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(root, 'server/src/main.ts'), `--data=${dataDir}`, `--port=${ports[0]}`, `--public-port=${ports[1]}`, '--demo-orders=0'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, MINSHENG_LOG: 'error' } })
  child = server
  let output = ''
  await new Promise<void>((resolve, reject) => {
    const listen = (chunk: Buffer): void => {
      output += chunk.toString()
      if (output.includes('已就绪')) resolve()
    }
    server.stdout.on('data', listen)
    server.stderr.on('data', listen)
    server.once('exit', (code) => reject(new Error(`server ended with ${code}: ${output.slice(-2000)}`)))
  })
}

type Session = { cookie: string; csrf: string }
const base = (): string => `http://127.0.0.1:${ports[0]}`

async function signIn(): Promise<Session> {
  const people = (await (await fetch(`${base()}/api/demo/people`)).json()) as { people: { id: string; role: string; tenantName: string }[] }
  const agent = people.people.find((p) => p.role === 'agent' && p.tenantName.startsWith('澜川市'))
  const answer = await fetch(`${base()}/api/demo/sign-in`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ userId: agent?.id }) })
  const cookie = answer.headers.getSetCookie().map((c) => c.split(';')[0]).join('; ')
  const session = (await (await fetch(`${base()}/api/session`, { headers: { cookie } })).json()) as { csrf: string }
  return { cookie, csrf: session.csrf }
}

/** Sends one registration under its own key; null when the server was not there to answer. */
async function register(session: Session, i: number): Promise<string | null> {
  try {
    const answer = await fetch(`${base()}/api/orders`, {
      method: 'POST', signal: AbortSignal.timeout(15_000),
      headers: { 'content-type': 'application/json', cookie: session.cookie, 'x-csrf-token': session.csrf, 'idempotency-key': `kill-${i}` },
      body: JSON.stringify({ requester: { name: '测试人', phone: `199000${String(10_000 + i)}` }, appealType: 'help', title: `第 ${i} 件`, content: '断电测试' }),
    })
    return answer.status === 200 ? ((await answer.json()) as { number: string }).number : null
  } catch {
    return null
  }
}

async function database(): Promise<pg.Client> {
  const record = JSON.parse(await readFile(join(dataDir, 'postgres.json'), 'utf8')) as { port: number; password: string }
  const client = new pg.Client({ host: '127.0.0.1', port: record.port, user: 'postgres', password: record.password, database: 'minsheng' })
  await client.connect()
  return client
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'minsheng-kill-'))
  await chmod(dataDir, 0o755)
  ports = [await freePort(), await freePort()]
  await start()
}, 120_000)

afterAll(async () => {
  const last = child
  if (last && last.exitCode === null) {
    await new Promise((resolve) => {
      last.once('exit', resolve)
      last.kill('SIGTERM')
    })
  }
  await rm(dataDir, { recursive: true, force: true })
}, 60_000)

test('服务器和数据库同时断电：已确认的都在，未确认的重发不重复，通知不丢不重', async () => {
  const session = await signIn()
  const acknowledged = new Map<number, string>()
  const send = async (from: number): Promise<void> => {
    for (let i = from; i < COMMANDS; i += 10) {
      const number = await register(session, i)
      if (number) acknowledged.set(i, number)
    }
  }
  const running = Promise.all(Array.from({ length: 10 }, (_, i) => send(i)))
  while (acknowledged.size < COMMANDS * 0.3) await new Promise((resolve) => setTimeout(resolve, 20))

  // The power goes: both processes at once, in the middle of everything.
  const postmaster = Number((await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0])
  process.kill(postmaster, 'SIGKILL')
  child?.kill('SIGKILL')
  await running
  const before = new Map(acknowledged)
  expect(before.size).toBeLessThan(COMMANDS)

  await start()
  const again = await signIn()
  const missing = Array.from({ length: COMMANDS }, (_, i) => i).filter((i) => !acknowledged.has(i))
  for (let i = 0; i < missing.length; i += 20) await Promise.all(missing.slice(i, i + 20).map(async (k) => {
    const number = await register(again, k)
    if (number) acknowledged.set(k, number)
  }))
  expect(acknowledged.size).toBe(COMMANDS)

  const db = await database()
  try {
    const one = async <T>(text: string): Promise<T> => (await db.query(text)).rows[0] as T
    const numbers = (await db.query<{ number: string; title: string }>("select number, title from order_order where content = '断电测试'")).rows
    expect(numbers.length).toBe(COMMANDS)
    for (const [i, number] of before) expect(numbers.find((n) => n.number === number)?.title).toBe(`第 ${i} 件`)
    // Nothing half done: every order has exactly its entry and its clock.
    expect(await one("select count(*)::int as n from order_order o where content = '断电测试' and ((select count(*) from order_timeline t where t.order_id = o.id) <> 1 or (select count(*) from order_clock c where c.order_id = o.id) <> 1)")).toEqual({ n: 0 })
    // Events and jobs: exactly one acknowledgement by SMS for each order, all sent in the end.
    const sms = "select count(*)::int as all, count(distinct object_id)::int as orders, count(*) filter (where state = 'sent')::int as sent from platform_sms where object_type = 'order'"
    for (let i = 0; i < 240; i++) {
      const state = await one<{ all: number; sent: number }>(sms)
      if (state.sent >= COMMANDS) break
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
    expect(await one(sms)).toEqual({ all: COMMANDS, orders: COMMANDS, sent: COMMANDS })
  } finally {
    await db.end()
  }
}, 300_000)
