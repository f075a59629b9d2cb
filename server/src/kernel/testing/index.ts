// Test kit: a real application on a database of its own, a movable clock, clients that speak HTTP as a given user.
import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { inject } from 'vitest'
import { createApp, type App } from '../../app.ts'
import { openSession, resolveSubject, type Audience } from '../auth/sessions.ts'
import { loadKeyRing } from '../crypto/index.ts'
import type { Databases } from '../db/provision.ts'
import type { Actor, Ctx } from '../ctx.ts'
import { nobody, systemActor } from '../ctx.ts'
import { cookieName } from '../http/server.ts'
import { scaleRemembered } from '../remembered.ts'
import { clearPorts } from '../port.ts'
import { newId, runCommand, runQuery } from '../runtime.ts'
import { movableClock, type MovableClock } from '../time/index.ts'
import { openTestDatabase, quietLog, testConfig, TEST_START } from './template.ts'

export type Answer = { status: number; body: any; headers: Record<string, unknown> } // oxlint-disable-line no-explicit-any -- answers are asserted on, not typed
export type Client = {
  get(path: string, headers?: Record<string, string>): Promise<Answer>
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  put(path: string, body?: unknown): Promise<Answer>
  patch(path: string, body?: unknown): Promise<Answer>
  delete(path: string, body?: unknown): Promise<Answer>
  upload(path: string, file: { name: string; type: string; content: Buffer }, fields?: Record<string, string>): Promise<Answer>
}

export type TestApp = {
  app: App
  clock: MovableClock
  /** A client signed in as the user with this login name. */
  as(login: string): Promise<Client>
  nobody(audience?: Audience): Client
  /** A client with a session for any subject (citizens). */
  session(audience: Audience, subjectId: string, tenantId: string): Promise<Client>
  /** Runs a use-case in one transaction: as the system of a tenant, or as a user. */
  command<T>(fn: (ctx: Ctx) => Promise<T>, as?: string | { tenantId: string }): Promise<T>
  query<T>(fn: (ctx: Ctx) => Promise<T>, as?: string | { tenantId: string }): Promise<T>
  actor(login: string): Promise<Actor>
  /** Delivers all events and runs due timers once. */
  drain(): Promise<void>
  runTimers(): Promise<void>
  stop(): Promise<void>
}

function ofClone(template: Databases, name: string): Databases {
  const named = (text: string): string => {
    const url = new URL(text)
    url.pathname = `/${name}`
    return url.toString()
  }
  return { ...template, ownerUrl: named(template.ownerUrl), appUrl: named(template.appUrl) }
}

type UserRow = { id: string; tenant_id: string }

export async function testApp(): Promise<TestApp> {
  scaleRemembered(0)
  const superuserUrl = inject('superuserUrl')
  const name = `t_${randomUUID().replaceAll('-', '')}`
  const admin = async (text: string): Promise<void> => {
    const client = new pg.Client({ connectionString: superuserUrl })
    await client.connect()
    await client.query(text)
    await client.end()
  }
  // Copying files instead of writing each page to the log takes a quarter of the time.
  await admin(`create database ${name} template ${inject('template')} strategy file_copy owner minsheng_owner`)
  const keys = loadKeyRing({ keyFile: inject('keyFile'), create: false })
  const database = await openTestDatabase(ofClone(inject('urls'), name), keys, () => admin(`drop database if exists ${name} with (force)`), true)
  const clock = movableClock(TEST_START)
  const app = await createApp(testConfig(inject('dataDir'), inject('keyFile')), { clock, log: quietLog, database, rateLimits: false })
  const { runtime } = app

  const userOf = async (login: string): Promise<UserRow> => {
    const { rows } = await sql<UserRow>`select id, tenant_id from platform_user where login = ${login.toLowerCase()}`.execute(runtime.db.withoutPlugins())
    const row = rows[0]
    if (!row) throw new Error(`no user with login ${login} in the test city`)
    return row
  }
  const session = async (audience: Audience, subjectId: string, tenantId: string): Promise<{ token: string; csrf: string }> =>
    runCommand(runtime, { actor: nobody(tenantId), requestId: 'test' }, (ctx) => openSession(ctx, { audience, subjectId, tenantId, state: 'open', method: 'test', hours: 24 * 400, idleMinutes: 0 }))

  const actor = async (login: string): Promise<Actor> => {
    const user = await userOf(login)
    for (const resolve of resolveSubject.all()) {
      const found = await resolve(runtime.db, { tokenHash: '', audience: 'staff', subjectId: user.id, tenantId: user.tenant_id, csrf: '', state: 'open', method: 'test' }, clock.now())
      if (found) return found
    }
    throw new Error(`${login} cannot act (disabled or expired)`)
  }
  const originOf = async (as: string | { tenantId: string } | undefined): Promise<{ actor: Actor; requestId: string }> => ({
    actor: typeof as === 'string' ? await actor(as) : systemActor(as?.tenantId ?? (await homeTenantId(app))),
    requestId: 'test',
  })

  return {
    app,
    clock,
    actor,
    async as(login) {
      const user = await userOf(login)
      return client(app.staff, 'staff', await session('staff', user.id, user.tenant_id))
    },
    nobody: (audience = 'staff') => client(audience === 'staff' ? app.staff : app.public, audience, null),
    async session(audience, subjectId, tenantId) {
      return client(audience === 'staff' ? app.staff : app.public, audience, await session(audience, subjectId, tenantId))
    },
    command: async (fn, as) => runCommand(runtime, await originOf(as), fn),
    query: async (fn, as) => runQuery(runtime, await originOf(as), fn),
    drain: () => deliverAll(app),
    async runTimers() {
      await app.timers.runAll()
      await deliverAll(app)
    },
    async stop() {
      await app.stop()
      // The next file of this worker begins with its own implementations only.
      clearPorts()
    },
  }
}

/**
 * Test files share one cluster: a transaction that another file has open holds back the horizon below which events are read, so
 * one run of the dispatcher may leave some. They are delivered as soon as it ends.
 */
async function deliverAll(app: App): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    await app.dispatcher.drain()
    const { rows } = await sql<{ left: boolean }>`select exists (select 1 from kernel_outbox o where (o.xid, o.id) >
      (select c.xid, c.id from kernel_outbox_cursor c order by c.xid, c.id limit 1)) as left`.execute(app.runtime.db.withoutPlugins())
    if (!rows[0]?.left) return
    await setTimeout(10)
  }
  throw new Error('events stay undelivered: a transaction was left open')
}

async function homeTenantId(app: App): Promise<string> {
  const { rows } = await sql<{ id: string }>`select id from platform_tenant where code = 'test'`.execute(app.runtime.db.withoutPlugins())
  return rows[0]?.id ?? newId()
}

function client(listener: FastifyInstance, audience: Audience, session: { token: string; csrf: string } | null): Client {
  const headers = session ? { cookie: `${cookieName(audience)}=${session.token}`, 'x-csrf-token': session.csrf } : {}
  const send = async (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, body?: unknown, more: Record<string, string> = {}): Promise<Answer> => {
    const answer = await listener.inject({ method, url, headers: { ...headers, ...more }, ...(body === undefined ? {} : { payload: body as object }) })
    return { status: answer.statusCode, body: parse(answer.body), headers: answer.headers }
  }
  return {
    get: (path, more) => send('GET', path, undefined, more),
    post: (path, body = {}, more) => send('POST', path, body, more),
    put: (path, body = {}) => send('PUT', path, body),
    patch: (path, body = {}) => send('PATCH', path, body),
    delete: (path, body) => send('DELETE', path, body),
    async upload(path, file, fields = {}) {
      const form = new FormData()
      for (const [key, value] of Object.entries(fields)) form.append(key, value)
      form.append('file', new Blob([new Uint8Array(file.content)], { type: file.type }), file.name)
      const request = new Request('http://x', { method: 'POST', body: form })
      const answer = await listener.inject({ method: 'POST', url: path, headers: { ...headers, 'content-type': request.headers.get('content-type') ?? '' }, payload: Buffer.from(await request.arrayBuffer()) })
      return { status: answer.statusCode, body: parse(answer.body), headers: answer.headers }
    },
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
