// Serves a built web app beside the API: hashed assets for a year, the page itself never from a cache.
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { kernelErrors } from '../errors.ts'
import { sendProblem } from './problem.ts'

const root = join(import.meta.dirname, '..', '..', '..', '..')

/** Other entries of the same build, by path prefix: `/m` is the mobile workbench, `/screen` stands on walls. */
const entries: Record<string, [prefix: string, file: string][]> = { console: [['/m', 'm.html'], ['/screen', 'screen.html']], portal: [] }

/** Files are looked for at each request: a build that is put in place while the server runs is served at once. `coming`: they are being built. */
export async function serveWeb(app: FastifyInstance, name: 'console' | 'portal', dist = join(root, name, 'dist'), coming = false): Promise<void> {
  if (coming) mkdirSync(dist, { recursive: true })
  else if (!existsSync(join(dist, 'index.html'))) {
    app.setNotFoundHandler((request, reply) => sendProblem(request, reply, kernelErrors('notFound')))
    return
  }
  await app.register(fastifyStatic, {
    root: dist,
    serve: true,
    index: 'index.html',
    preCompressed: coming || existsSync(join(dist, 'index.html.gz')),
    setHeaders: (reply, path) => void reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'),
  })
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? ''
    if (request.method !== 'GET' || path.startsWith('/api/') || path.startsWith('/assets/')) return sendProblem(request, reply, kernelErrors('notFound'))
    const entry = (entries[name] ?? []).find(([prefix, file]) => (path === prefix || path.startsWith(`${prefix}/`)) && existsSync(join(dist, file)))
    void reply.header('cache-control', 'no-cache').sendFile(entry?.[1] ?? 'index.html', { cacheControl: false })
  })
}
