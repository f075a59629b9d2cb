// What the HTTP node of a flow may reach, against real servers on loopback addresses.
import { createServer, type Server } from 'node:http'
import type { LookupFunction } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { askHttp, privateAddress } from './http-node.ts'

let server: Server
let port = 0
const hits: string[] = []
beforeAll(async () => {
  server = createServer((request, response) => {
    hits.push(`${request.method} ${request.url}`)
    if (request.url === '/moved') return void response.writeHead(302, { location: '/ok' }).end()
    if (request.url === '/long') return void response.end(`{"a":"${'x'.repeat(70_000)}"}`)
    if (request.url === '/list') return void response.end('[1]')
    response.end('{"open":{"orders":3},"name":"好","deep":{"__proto__":1}}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  port = typeof address === 'object' && address ? address.port : 0
})
afterAll(() => { server.close() })

/** A name service that gives one address after another; the last again and again. */
function names(...addresses: string[]): { lookup: LookupFunction, asked: () => number } {
  let asked = 0
  return { asked: () => asked, lookup: (_name, _options, done) => done(null, addresses[Math.min(asked++, addresses.length - 1)] ?? '', 4) }
}
const get = (path: string, hosts: string[], lookup?: LookupFunction) => {
  const why: string[] = []
  const answer = askHttp({ method: 'GET', url: `http://service.example:${port}${path}`, body: null, take: { count: 'open.orders', name: 'name', none: 'deep.constructor' }, hosts }, (_host, reason) => why.push(reason), lookup)
  return answer.then((values) => ({ values, why }))
}

test('名单内的主机、地址已登记：取回字段；没有的字段不出现', async () => {
  const { lookup, asked } = names('127.0.0.1')
  expect(await get('/ok', ['service.example', '127.0.0.1'], lookup)).toEqual({ values: { count: '3', name: '好' }, why: [] })
  expect(asked()).toBe(1)
})

test('名单外的主机、指向内网而未登记的名字都不访问，并说明原因', async () => {
  const before = hits.length
  expect(await get('/ok', ['other.example'])).toMatchObject({ values: null, why: ['not on the allow-list'] })
  expect(await get('/ok', ['service.example'], names('127.0.0.1').lookup)).toMatchObject({ values: null, why: [expect.stringContaining('private address')] })
  expect(hits).toHaveLength(before)
})

test('先给登记过的地址、再换成内网地址的名字（DNS 重绑定）：连的就是检查过的那个地址', async () => {
  const before = hits.length
  const { lookup, asked } = names('127.0.0.2', '127.0.0.1')
  expect((await get('/ok', ['service.example', '127.0.0.2'], lookup)).values).toBeNull()
  expect([asked(), hits.length]).toEqual([1, before])
})

test('重定向不跟，太长的回答、不是对象的回答都算不可用', async () => {
  for (const path of ['/moved', '/long', '/list']) expect((await get(path, ['service.example', '127.0.0.1'], names('127.0.0.1').lookup)).values).toBeNull()
  expect(hits.filter((one) => one === 'GET /moved')).toHaveLength(1)
})

test('内网地址的各种写法都认得', () => {
  expect(['127.0.0.1', '10.1.2.3', '172.20.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '::1', '::', 'fd00::1', 'fe80::1', '::ffff:127.0.0.1', '::ffff:a00:1', '64:ff9b::a00:1', 'rubbish'].map(privateAddress)).not.toContain(false)
  expect(['93.184.216.34', '8.8.8.8', '2001:4860:4860::8888', '172.32.0.1'].map(privateAddress)).not.toContain(true)
})
