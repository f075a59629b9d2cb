// Real browser, real product: starts both, opens pages as people of the demo city, keeps pictures, counts what passed.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, openSync } from 'node:fs'
import { mkdtemp, chmod, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'

export const root = join(import.meta.dirname, '..')
export const reportDir = join(import.meta.dirname, 'report')

export type World = {
  staff: string; public: string; browser: Browser; dataDir: string; stop(): Promise<void>; moveClock(hours: number): Promise<void>
  /** Where the exchange takes SIP (UDP, TCP); 0: not ours. */
  sipPort: number
  /** Ends the server's process without a word (SIGKILL); the telephone exchange lives on. */
  killServer(): Promise<void>
  /** Starts it again over the same data, at the same ports. */
  startServer(): Promise<void>
}

export function findChromium(): string | null {
  return [process.env['MINSHENG_CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((p): p is string => Boolean(p && existsSync(p))) ?? null
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

/** `MINSHENG_E2E_STAFF` and `MINSHENG_E2E_PUBLIC` name a product that is running already, for writing journeys. */
export async function openWorld(orders: number, rtpFrom = 24_000): Promise<World> {
  mkdirSync(reportDir, { recursive: true })
  const running = process.env['MINSHENG_E2E_STAFF']
  if (running) {
    const browser = await launch()
    return { staff: running, public: process.env['MINSHENG_E2E_PUBLIC'] ?? '', browser, dataDir: '', stop: async () => void (await Promise.all([...opened].map((one) => one.close()))), moveClock: (hours) => moveClock(running, hours), sipPort: Number(process.env['MINSHENG_E2E_SIP'] ?? 0), killServer: notOurs, startServer: notOurs }
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'minsheng-e2e-'))
  // A stopped city that was seeded before saves its minute, for writing journeys that kill the server.
  const seeded = process.env['MINSHENG_E2E_BASE']
  if (seeded) spawnSync('cp', ['-a', `${seeded}/.`, dataDir]) // owners too: PostgreSQL may run as a user of its own
  await chmod(dataDir, 0o755)
  const [port, publicPort] = [await freePort(), await freePort()]
  const sipPort = await freePort()
  const exchange = await startExchange(dataDir, rtpFrom, sipPort)
  let server = await serve(dataDir, port, publicPort, orders)
  const browser = await launch()
  const staff = `http://127.0.0.1:${port}`
  return {
    staff, public: `http://127.0.0.1:${publicPort}`, browser, dataDir,
    async stop() {
      await Promise.all([...opened].map((one) => one.close()))
      await end(server, 'SIGTERM')
      await new Promise((resolve) => {
        exchange.once('exit', resolve)
        exchange.kill('SIGTERM')
      })
      await rm(dataDir, { recursive: true, force: true })
    },
    moveClock: (hours) => moveClock(staff, hours), sipPort, killServer: () => end(server, 'SIGKILL'),
    async startServer() {
      server = await serve(dataDir, port, publicPort, orders)
    },
  }
}

/** A demo city, prepared and stopped: the folder, to be copied by `MINSHENG_E2E_BASE`. */
export async function prepareCity(orders: number): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'minsheng-e2e-city-'))
  await chmod(dataDir, 0o755)
  await end(await serve(dataDir, await freePort(), await freePort(), orders), 'SIGTERM')
  return dataDir
}

async function serve(dataDir: string, port: number, publicPort: number, orders: number): Promise<ChildProcess> {
  const server = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--import', './e2e/scripted-recogniser.ts', 'server/src/main.ts', `--data=${dataDir}`, `--port=${port}`, `--public-port=${publicPort}`, `--demo-orders=${orders}`], {
    cwd: root, env: { ...process.env, MINSHENG_LOG: 'warn' }, stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise<void>((resolve, reject) => {
    server.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('已就绪')) resolve()
    })
    server.once('exit', (code) => reject(new Error(`the product ended with ${code}`)))
  })
  return server
}

const end = (server: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => new Promise((resolve) => {
  if (server.exitCode !== null || server.signalCode !== null) return resolve()
  server.once('exit', () => resolve())
  server.kill(signal)
})

const notOurs = (): Promise<void> => Promise.reject(new Error('a product that runs already is not killed'))

/** The telephone beside the server, as `npm start` has it, on ports that nobody else uses. */
async function startExchange(dataDir: string, rtpFrom: number, sipPort: number): Promise<ChildProcess> {
  const folder = join(dataDir, 'exchange')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const log = openSync(join(folder, 'exchange.log'), 'a')
  const ports = { EXCHANGE_PORT: String(await freePort()), SIP_PORT: String(sipPort), RTP_PORT_FROM: String(rtpFrom), RTP_PORT_TO: String(rtpFrom + 1999) }
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'switch/src/main.ts'], { cwd: root, env: { ...process.env, ...ports, EXCHANGE_DATA: folder }, stdio: ['ignore', log, log] })
  for (let i = 0; i < 150 && !existsSync(join(folder, 'exchange.lock')); i++) {
    if (child.exitCode !== null) throw new Error(`the exchange ended with ${child.exitCode}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return child
}

const opened = new Set<Browser>()

/** All pages that are open now, of every browser. */
export const openPages = (): Page[] => [...opened].flatMap((browser) => browser.contexts().flatMap((context) => context.pages()))
export async function closePages(): Promise<void> {
  for (const browser of opened) for (const context of browser.contexts()) await context.close()
}

/** A browser of its own; closed with the world. */
export async function launch(more: string[] = []): Promise<Browser> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('no Chromium')
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', ...more] })
  opened.add(browser)
  return browser
}

async function moveClock(staff: string, hours: number): Promise<void> {
  const answer = await fetch(`${staff}/api/demo/clock`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ advanceHours: hours }) })
  if (!answer.ok) throw new Error(`clock: ${answer.status} ${await answer.text()}`)
}

export type Person = { id: string; name: string; unitName: string; role: string; roleName: string; tenantName: string }

export async function people(world: World): Promise<Person[]> {
  const answer = await fetch(`${world.staff}/api/demo/people`)
  return ((await answer.json()) as { people: Person[] }).people
}

/** A page signed in as the first person that fits; console errors of the page fail the journey. */
export async function as(world: World, fits: (p: Person) => boolean, options: { phone?: boolean } = {}): Promise<{ page: Page; person: Person; errors: string[]; api: Api; close(): Promise<void> }> {
  const person = (await people(world)).find(fits)
  if (!person) throw new Error('nobody fits')
  const context = await newContext(world, options)
  const answer = await context.request.post(`${world.staff}/api/demo/sign-in`, { data: { userId: person.id } })
  if (!answer.ok()) throw new Error(`sign-in as ${person.name}: ${answer.status()}`)
  const { csrf } = (await (await context.request.get(`${world.staff}/api/session`)).json()) as { csrf: string }
  const { page, errors } = await watched(context)
  const call = async (method: string, path: string, data?: unknown): Promise<any> => {
    const response = await context.request.fetch(`${world.staff}${path}`, { method, headers: { 'x-csrf-token': csrf }, ...(data === undefined ? {} : { data }) })
    const body = await response.json().catch(() => null)
    if (!response.ok()) throw new Error(`${method} ${path}: ${response.status()} ${JSON.stringify(body)}`)
    return body
  }
  return { page, person, errors, api: { get: (p) => call('GET', p), put: (p, d) => call('PUT', p, d), post: (p, d) => call('POST', p, d ?? {}), patch: (p, d) => call('PATCH', p, d ?? {}) }, close: () => context.close() }
}

export type Api = { get(path: string): Promise<any>; put(path: string, data: unknown): Promise<any>; post(path: string, data?: unknown): Promise<any>; patch(path: string, data?: unknown): Promise<any> }

export async function citizen(world: World, options: { phone?: boolean } = { phone: true }): Promise<{ page: Page; errors: string[]; close(): Promise<void> }> {
  const context = await newContext(world, options)
  return { ...(await watched(context)), close: () => context.close() }
}

function newContext(world: World, options: { phone?: boolean }): Promise<BrowserContext> {
  return world.browser.newContext({ viewport: options.phone ? { width: 390, height: 844 } : { width: 1440, height: 900 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', ...(options.phone ? { hasTouch: true, isMobile: true, deviceScaleFactor: 2 } : {}) })
}

async function watched(context: BrowserContext): Promise<{ page: Page; errors: string[] }> {
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(String(error)))
  // A refused act answers with 4xx on purpose; the browser logs it as a resource error.
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('Failed to load resource')) errors.push(message.text())
  })
  return { page, errors }
}

/** Nothing is on its way any more: for pages whose errors and texts are judged. */
export async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle').catch(() => undefined)
}

/** A picture for the report, once nothing on the page says that it is loading. */
export async function shoot(page: Page, name: string): Promise<void> {
  await page.waitForFunction(() => !document.querySelector('.ant-skeleton-active, .ant-spin-spinning, .ms-skeleton, .k-skeleton, [aria-busy="true"]'), undefined, { timeout: 5000 }).catch(() => undefined)
  await page.waitForTimeout(300)
  await page.screenshot({ path: join(reportDir, `${name}.png`) })
}
