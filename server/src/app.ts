// The whole boot and shutdown order, readable top to bottom.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { modules } from './modules.ts'
import { registerPermissionNames } from './kernel/access.ts'
import { findSession, resolveSubject } from './kernel/auth/sessions.ts'
import type { Config } from './kernel/config/index.ts'
import { bootDatabase, type BootedDatabase } from './kernel/db/boot.ts'
import { createKysely } from './kernel/db/connect.ts'
import { TenantGuard } from './kernel/db/tenant-guard.ts'
import { createDispatcher, type Dispatcher } from './kernel/events/dispatcher.ts'
import { storage } from './kernel/files/index.ts'
import { s3Storage } from './kernel/files/s3-storage.ts'
import { folderStorage } from './kernel/files/storage.ts'
import { cookieName, createListener } from './kernel/http/server.ts'
import { deviceCookie } from './kernel/http/session-cookie.ts'
import { serveMetrics } from './kernel/http/metrics.ts'
import { serveWeb } from './kernel/http/web.ts'
import { createTimers, startJobs, type Timers } from './kernel/jobs/worker.ts'
import { createLogger, type Logger } from './kernel/log/index.ts'
import { createHub, type Hub } from './kernel/realtime/hub.ts'
import type { Runtime } from './kernel/runtime.ts'
import { plus, systemClock, type Clock } from './kernel/time/index.ts'
import { history } from './domains/data/index.ts'
import { demo, listTenantIds, readHomeTenantId, registerRights, registerSettings } from './domains/platform/index.ts'

export type App = {
  config: Config
  runtime: Runtime
  database: BootedDatabase
  staff: FastifyInstance
  public: FastifyInstance
  dispatcher: Dispatcher
  timers: Timers
  hub: Hub
  /** Listens, delivers events, runs jobs and timers, as `config.services` says. */
  start(): Promise<void>
  stop(): Promise<void>
}

export type AppOptions = { clock?: Clock; log?: Logger; database?: BootedDatabase; rateLimits?: boolean }

/** Everything but listening; the test kit uses it with a database of its own and a clock that it moves. */
export async function createApp(config: Config, options: AppOptions = {}): Promise<App> {
  const log = options.log ?? createLogger(config.logLevel)
  await mkdir(config.dataDir, { recursive: true })

  // 1. What modules declare.
  for (const module of modules) {
    registerPermissionNames(module.permissions ?? {})
    registerSettings(module.settings ?? [])
    registerRights(module)
    for (const implementation of module.implements ?? []) implementation.install()
  }

  // 2. Database, keys, files.
  const database = options.database ?? (await bootDatabase(config, log))
  history.folder = join(config.dataDir, 'history')
  storage.port = config.s3 ? s3Storage(config.s3) : folderStorage(join(config.dataDir, 'files'))

  // 3. Runtime: contexts, events, hints.
  const topics = new Map(modules.flatMap((m) => Object.entries(m.realtime ?? {}).map(([topic, t]) => [topic, t.may] as const)))
  const hub = createHub({ topics, log, pool: config.mode === 'test' ? null : database.app })
  const runtime: Runtime = {
    db: createKysely(database.app, new TenantGuard(database.owned)),
    apart: createKysely(database.apart, new TenantGuard(database.owned)),
    clock: options.clock ?? (config.mode === 'demo' ? { now: () => plus(systemClock.now(), demo.clockLead) } : systemClock),
    keys: database.keys,
    log,
    wake: () => dispatcher.wake(),
    hint: hub.hint,
  }
  const behind: Runtime = { ...runtime, db: createKysely(database.behind, new TenantGuard(database.owned)) }
  const dispatcher = createDispatcher(behind, modules.flatMap((m) => m.events?.handles ?? []))
  const timers = createTimers(behind, modules.flatMap((m) => m.crons ?? []), () => listTenantIds(runtime.db))

  // 4. Two listeners from one list of routes.
  const routes = modules.flatMap((m) => (m.routes ?? []).map((route) => ({ ...route, module: m.name })))
  const home = await readHomeTenantId(runtime.db)
  const homeTenant = { id: home }
  const shared = { routes, runtime, homeTenant: () => homeTenant.id, https: config.https, tls: config.tls ?? null, trustProxy: config.trustProxy, rateLimits: options.rateLimits ?? true }
  const staff = await createListener({ ...shared, audience: 'staff' })
  const publicSide = await createListener({ ...shared, audience: 'public' })
  serveMetrics(staff, { database, hub, runtime })
  await serveWeb(staff, 'console', undefined, config.pagesComing)
  await serveWeb(publicSide, 'portal', undefined, config.pagesComing)
  for (const [listener, audience] of [[staff, 'staff'], [publicSide, 'public']] as const) {
    hub.attach(listener.server, async (request) => {
      const cookies = listener.parseCookie(request.headers.cookie ?? '')
      const token = cookies[cookieName(audience)] ?? (audience === 'staff' ? cookies[deviceCookie] : undefined)
      const session = token ? await findSession(runtime.db, token, audience, runtime.clock.now()) : null
      if (session?.state !== 'open') return null
      for (const resolve of resolveSubject.all()) {
        const actor = await resolve(runtime.db, session, runtime.clock.now())
        if (actor) return actor
      }
      return null
    })
  }

  let runner: { stop: () => Promise<void> } | null = null
  let begun: { stop: () => Promise<void> }[] = []
  return {
    config, runtime, database, staff, public: publicSide, dispatcher, timers, hub,
    async start() {
      homeTenant.id = await readHomeTenantId(runtime.db)
      if (config.services.has('worker')) {
        runner = await startJobs(behind, database.owner, modules.flatMap((m) => m.jobs ?? []))
        dispatcher.start()
      }
      if (config.services.has('cron')) timers.start()
      begun = await Promise.all(modules.flatMap((m) => (m.start ? [m.start({ config, runtime, behind })] : [])))
      if (config.services.has('web')) {
        await staff.listen({ host: config.host, port: config.staffPort })
        await publicSide.listen({ host: config.host, port: config.publicPort })
      }
    },
    async stop() {
      await Promise.allSettled([staff.close(), publicSide.close()])
      await Promise.allSettled(begun.map((one) => one.stop()))
      await timers.stop()
      await dispatcher.stop()
      await runner?.stop()
      await hub.stop()
      await database.stop()
    },
  }
}
