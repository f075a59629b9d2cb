// Builds one listener (staff or public) from the described routes: who, whether, input, transaction, answer.
import { createHash } from 'node:crypto'
import { createServer as createTlsServer } from 'node:https'
import fastifyCookie from '@fastify/cookie'
import fastifyMultipart from '@fastify/multipart'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyReply, type FastifyRequest, type FastifyServerFactory } from 'fastify'
import { sql } from 'kysely'
import { z } from 'zod'
import { findSession, resolveSubject, type Audience, type Session } from '../auth/sessions.ts'
import { newId, runCommand, runQuery, type Origin, type Runtime } from '../runtime.ts'
import { nobody, type Actor, type Ctx } from '../ctx.ts'
import { can, missing } from '../access.ts'
import { AppError, kernelErrors } from '../errors.ts'
import { toHttpDate, toIso } from '../time/index.ts'
import type { Route, RouteSpec } from './route.ts'
import { sendProblem } from './problem.ts'
import { allowCall } from './rate-limit.ts'
import { cookieName, deviceCookie } from './session-cookie.ts'

declare module 'fastify' {
  interface FastifyRequest {
    session: Session | null
    actor: Actor
  }
}

export type ListenerOptions = {
  audience: Audience
  routes: (Route & { module: string })[]
  runtime: Runtime
  /** Tenant that nobody and public pages belong to. */
  homeTenant: () => string
  https: boolean
  /** Ends TLS itself. */
  tls?: { cert: string; key: string } | null
  trustProxy: string | null
  /** False in tests: limits per minute would make them depend on speed. */
  rateLimits: boolean
}

export async function createListener(options: ListenerOptions): Promise<FastifyInstance> {
  const { audience, runtime } = options
  const app = Fastify({
    loggerInstance: runtime.log as FastifyBaseLogger,
    logController: new Fastify.LogController({ disableRequestLogging: true }),
    genReqId: () => newId().replaceAll('-', '').slice(-20),
    bodyLimit: 2 * 1024 * 1024,
    trustProxy: options.trustProxy ?? false,
    forceCloseConnections: 'idle',
    ...(options.tls ? { serverFactory: tlsServer(options.tls) } : {}),
  })
  await app.register(fastifyCookie)
  await app.register(fastifyMultipart, { limits: { fileSize: 200 * 1024 * 1024, files: 1, fields: 10 } })
  // Callbacks of outside platforms (WeChat) are XML; their use-cases read the text themselves.
  app.addContentTypeParser(['text/xml', 'application/xml'], { parseAs: 'string', bodyLimit: 64 * 1024 }, (_request, body, done) => done(null, body))
  // Clients of OAuth 2.0 send forms; nothing else may.
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 64 * 1024 }, (request, body, done) => {
    if (request.url.startsWith('/api/oauth/')) done(null, Object.fromEntries(new URLSearchParams(String(body))))
    else done(Object.assign(new Error('forms are not taken here'), { statusCode: 415 }))
  })
  app.decorate('secureCookies', options.https)
  app.decorateRequest('session', null)
  app.decorateRequest('actor')
  app.setErrorHandler((error: Error, request, reply) => sendProblem(request, reply, error))
  app.addHook('onSend', async (_request, reply) => {
    securityHeaders(reply, options.https)
    void reply.header('date', toHttpDate(runtime.clock.now()))
  })
  if (options.https) {
    app.addHook('onRequest', async (request, reply) => {
      if (request.protocol === 'http' && options.trustProxy) return reply.redirect(`https://${request.hostname}${request.url}`, 308)
    })
  }
  for (const route of options.routes) if (route.spec.audience === 'both' || route.spec.audience === audience) addRoute(app, route, options)
  return app
}

/** Fastify's type of an instance goes by plain HTTP; a TLS server is one in all that is used of it. */
const tlsServer = (tls: { cert: string; key: string }): FastifyServerFactory => (handler) => createTlsServer(tls, handler)

function securityHeaders(reply: FastifyReply, https: boolean): void {
  void reply.headers({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(self), microphone=(self), geolocation=(self)',
    ...(https ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  })
  if (!reply.hasHeader('content-security-policy'))
    void reply.header('content-security-policy', "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; style-src 'self' 'unsafe-inline'; connect-src 'self' ws: wss:; frame-ancestors 'none'; base-uri 'self'; form-action 'self'")
  if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store')
}

function addRoute(app: FastifyInstance, route: Route & { module: string }, options: ListenerOptions): void {
  const { spec } = route
  app.route({
    method: spec.method,
    url: spec.path,
    handler: async (request, reply) => {
      await identify(request, options)
      if (options.rateLimits && spec.limit && !allowCall(`${spec.id}:${request.actor.id ?? request.ip}`, spec.limit)) throw kernelErrors('tooMany')
      try {
        admit(spec, request)
      } catch (error) {
        await auditRefusal(options, route, request, error)
        throw error
      }
      const answer = await execute(route, request, reply, options)
      if (spec.raw === 'download' || reply.sent) return reply
      return reply.type('application/json; charset=utf-8').send(answer)
    },
  })
}

async function identify(request: FastifyRequest, options: ListenerOptions): Promise<void> {
  const { runtime, audience } = options
  const bearer = request.headers.authorization?.startsWith('Bearer ') ? request.headers.authorization.slice(7) : undefined
  const token = bearer ?? request.cookies[cookieName(audience)]
  const device = audience === 'staff' && !bearer ? request.cookies[deviceCookie] : undefined
  const now = runtime.clock.now()
  // A screen that somebody once signed in at falls back to what it is.
  const session = (token ? await findSession(runtime.db, token, audience, now) : null) ?? (device ? await findSession(runtime.db, device, audience, now) : null)
  const actor = session ? await resolveSubject.all().reduce<Promise<Actor | null>>(async (found, resolve) => (await found) ?? resolve(runtime.db, session, now), Promise.resolve(null)) : null
  request.session = actor ? session : null
  request.actor = actor ?? nobody(options.homeTenant())
  // A cookie is sent by the browser whoever wrote the page: commands must show that ours did. A session that is not open yet
  // can only call what asks for a secret itself (code, password).
  if (request.method !== 'GET' && !bearer) {
    const site = request.headers['sec-fetch-site']
    if (site === 'cross-site' || (request.session?.state === 'open' && request.headers['x-csrf-token'] !== request.session.csrf)) throw kernelErrors('csrf')
  }
}

function admit(spec: RouteSpec, request: FastifyRequest): void {
  if (spec.access === 'everybody') return
  if (!request.session) throw kernelErrors('signInRequired')
  if (request.session.state !== 'open' && !spec.beforeOpen) throw kernelErrors('signInRequired', { rule: request.session.state })
  // what belongs to a person (password, own account) is nothing for an application that acts by a grant
  if (spec.access === 'signedIn' && request.session.method.startsWith('app:')) throw kernelErrors('forbidden', { rule: 'signedIn', params: { permission: '本人操作' } })
  if (spec.access === 'signedIn') return
  const probe = { actor: request.actor } as Ctx
  const wanted = 'permission' in spec.access ? [spec.access.permission] : spec.access.anyOf
  if (!wanted.some((p) => can(probe, p))) {
    throw missing(request.actor, wanted[0] ?? '')
  }
}

/** Refused access is part of the audit trail too. */
async function auditRefusal(options: ListenerOptions, route: Route & { module: string }, request: FastifyRequest, error: unknown): Promise<void> {
  if (!(error instanceof AppError) || error.status !== 403 || !request.session) return
  await runQuery(options.runtime, originOf(request), async (ctx) => {
    ctx.audit({ module: route.module, act: `access:${route.spec.id}`, result: 'refused', text: error.title })
  }).catch((e: unknown) => request.log.error({ err: e }, 'audit of a refusal failed'))
}

const originOf = (request: FastifyRequest): Origin => ({
  actor: request.actor,
  requestId: request.id,
  ip: request.ip,
  terminal: request.headers['user-agent']?.slice(0, 200) ?? null,
})

function parseInput(spec: RouteSpec, request: FastifyRequest): Record<string, unknown> {
  const parts: [z.ZodType | undefined, unknown][] = [
    [spec.params, request.params],
    [spec.query?.strict(), request.query],
    [spec.raw === 'upload' ? undefined : spec.body, request.body ?? (spec.body ? {} : undefined)],
  ]
  const input: Record<string, unknown> = {}
  for (const [schema, value] of parts) if (schema) Object.assign(input, schema.parse(value))
  return input
}

async function execute(route: Route & { module: string }, request: FastifyRequest, reply: FastifyReply, options: ListenerOptions): Promise<string | undefined> {
  const { spec } = route
  const { runtime } = options
  const input = parseParams(spec, request)
  const found = route.before ? await runQuery(runtime, originOf(request), (ctx) => route.before?.(ctx, input as never) ?? Promise.resolve()) : undefined
  const run = (ctx: Ctx): Promise<unknown> => route.handler(ctx, input as never, { request, reply, found })
  if (spec.method === 'GET' && !spec.writes) {
    const value = await runQuery(runtime, originOf(request), run)
    return spec.raw === 'download' ? undefined : encode(spec, value)
  }
  if (spec.raw === 'upload' || spec.waits) {
    // A telephone may send for minutes: no transaction waits for it. What such a use-case writes is one statement, or is made good by itself.
    return encode(spec, await runQuery(runtime, originOf(request), run))
  }
  if (spec.raw) {
    const value = await runCommand(runtime, originOf(request), run)
    return spec.raw === 'download' ? undefined : encode(spec, value)
  }
  return runCommand(runtime, originOf(request), async (ctx) => {
    const key = spec.secret ? undefined : request.headers['idempotency-key']
    const earlier = typeof key === 'string' ? await recall(ctx, spec, key, request) : null
    if (earlier !== null) return earlier
    const text = encode(spec, await run(ctx))
    if (spec.audit !== false) ctx.audit({ module: route.module, act: spec.id, ...objectOf(request) })
    if (typeof key === 'string') await remember(ctx, spec, key, request, text)
    return text
  })
}

/** A path id that is not even an id is an unknown object, not a bad field. */
function parseParams(spec: RouteSpec, request: FastifyRequest): Record<string, unknown> {
  if (spec.params && !spec.params.safeParse(request.params).success) throw kernelErrors('notFound')
  return parseInput(spec, request)
}

function objectOf(request: FastifyRequest): { objectId?: string } {
  const params = request.params as Record<string, string>
  const first = params['id'] ?? Object.values(params)[0]
  return first ? { objectId: first } : {}
}

/** The answer is validated too: a field that no contract names never leaves the house. */
function encode(spec: RouteSpec, value: unknown): string {
  try {
    return JSON.stringify(z.encode(spec.response, value as never))
  } catch (error) {
    throw new Error(`${spec.id} answers against its contract: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

const actorKey = (request: FastifyRequest): string => request.actor.id ?? request.ip
const requestHash = (request: FastifyRequest): string => createHash('sha256').update(JSON.stringify([request.url, request.body ?? null])).digest('hex')

async function recall(ctx: Ctx, spec: RouteSpec, key: string, request: FastifyRequest): Promise<string | null> {
  const db = ctx.acrossTenants('idempotency keys belong to the caller')
  // Two sends of one key at the same moment: the second waits here for the first.
  await sql`select pg_advisory_xact_lock(hashtextextended(${actorKey(request) + key}, 0))`.execute(db)
  const { rows } = await sql<{ request_hash: string; route: string; response: unknown }>`select request_hash, route, response from kernel_idempotency where actor_id = ${actorKey(request)} and key = ${key}`.execute(db)
  const row = rows[0]
  if (!row) return null
  if (row.request_hash !== requestHash(request) || row.route !== spec.id) throw kernelErrors('idempotencyMismatch')
  return JSON.stringify(row.response)
}

async function remember(ctx: Ctx, spec: RouteSpec, key: string, request: FastifyRequest, text: string): Promise<void> {
  await sql`insert into kernel_idempotency (key, actor_id, route, request_hash, status, response, at)
    values (${key}, ${actorKey(request)}, ${spec.id}, ${requestHash(request)}, 200, ${text}::jsonb, ${toIso(ctx.clock.now())})`.execute(ctx.acrossTenants('idempotency keys belong to the caller'))
}

export { cookieName }
