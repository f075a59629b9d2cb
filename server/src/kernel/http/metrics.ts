// Figures for monitoring at /metrics and a health answer at /healthz, on the staff listener only.
import type { FastifyInstance } from 'fastify'
import client from 'prom-client'
import { sql } from 'kysely'
import type { BootedDatabase } from '../db/boot.ts'
import type { Hub } from '../realtime/hub.ts'
import type { Runtime } from '../runtime.ts'

export function serveMetrics(app: FastifyInstance, parts: { database: BootedDatabase; hub: Hub; runtime: Runtime }): void {
  const register = new client.Registry()
  client.collectDefaultMetrics({ register })
  new client.Gauge({ name: 'minsheng_sockets', help: 'Open realtime sockets', registers: [register], collect() { this.set(parts.hub.size()) } })
  new client.Gauge({ name: 'minsheng_pool_waiting', help: 'Requests waiting for a database connection', registers: [register], collect() { this.set(parts.database.app.waitingCount) } })
  new client.Gauge({
    name: 'minsheng_outbox_retries', help: 'Events whose handler failed and that wait for another try', registers: [register],
    async collect() {
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from kernel_outbox_retry`.execute(parts.runtime.db.withoutPlugins())
      this.set(rows[0]?.n ?? 0)
    },
  })
  const duration = new client.Histogram({ name: 'minsheng_request_seconds', help: 'Duration of requests', labelNames: ['route', 'status'], registers: [register], buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3] })
  app.addHook('onResponse', async (request, reply) => {
    if (request.routeOptions.url) duration.observe({ route: request.routeOptions.url, status: String(reply.statusCode) }, reply.elapsedTime / 1000)
  })
  app.get('/metrics', async (_request, reply) => reply.type(register.contentType).send(await register.metrics()))
  app.get('/healthz', async (_request, reply) => {
    await sql`select 1`.execute(parts.runtime.db.withoutPlugins())
    return reply.send({ ok: true })
  })
}
