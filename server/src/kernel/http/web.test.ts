// The built pages beside the API, replaced while the server runs.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { serveWeb } from './web.ts'

let dist = ''
beforeEach(async () => {
  dist = await mkdtemp(join(tmpdir(), 'minsheng-web-'))
  await mkdir(join(dist, 'assets'))
  await writeFile(join(dist, 'index.html'), 'first')
  await writeFile(join(dist, 'assets', 'a-1.js'), '1')
})
afterEach(() => rm(dist, { recursive: true, force: true }))

test('服务运行时换上新的构建，新文件立即可用，旧文件仍然可用，不用重启', async () => {
  const app = Fastify()
  await serveWeb(app, 'portal', dist)
  expect((await app.inject('/assets/a-1.js')).statusCode).toBe(200)
  await writeFile(join(dist, 'assets', 'a-2.js'), '2')
  await writeFile(join(dist, 'index.html'), 'second')
  const fresh = await app.inject('/assets/a-2.js')
  expect([fresh.statusCode, fresh.body, fresh.headers['cache-control']]).toEqual([200, '2', 'public, max-age=31536000, immutable'])
  expect((await app.inject('/assets/a-1.js')).statusCode).toBe(200)
  for (const path of ['/', '/orders/1']) {
    const page = await app.inject(path)
    expect([page.statusCode, page.body, page.headers['cache-control']]).toEqual([200, 'second', 'no-cache'])
  }
  await app.close()
})

test('没有的文件和接口回答 404，不回答页面；目录之外的文件拿不到', async () => {
  const app = Fastify()
  await serveWeb(app, 'portal', dist)
  expect((await app.inject('/assets/gone.js')).statusCode).toBe(404)
  expect((await app.inject('/api/none')).statusCode).toBe(404)
  for (const path of ['/../package.json', '/..%2fpackage.json', '/assets/..%2f..%2fpackage.json']) expect((await app.inject(path)).body).not.toContain('"name"')
  await app.close()
})
