import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer, get } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { DAY, plus, systemClock } from '../time/index.ts'
import { ownCertificate } from './own-certificate.ts'

const folder = mkdtempSync(join(tmpdir(), 'minsheng-tls-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('自签证书：信任站点根证书的客户端按本机地址能连上，不信任的连不上；私钥只有自己可读', async () => {
  const made = await ownCertificate(folder, ['192.168.7.20'])
  expect(statSync(made.key).mode & 0o777).toBe(0o600)
  const cert = new X509Certificate(readFileSync(made.cert, 'utf8'))
  expect([cert.checkIP('192.168.7.20'), cert.checkHost('localhost'), cert.checkIP('192.168.7.21')]).toEqual(['192.168.7.20', 'localhost', undefined])
  const server = createServer({ cert: readFileSync(made.cert), key: readFileSync(made.key) }, (_request, response) => void response.end('ok'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const ask = (ca?: Buffer): Promise<string> => new Promise((resolve) => get({ host: '127.0.0.1', port, ca, agent: false }, (answer) => resolve(String(answer.statusCode))).on('error', (error) => resolve(error.message)))
  expect(await ask(readFileSync(made.authority))).toBe('200')
  expect(await ask()).not.toBe('200')
  server.close()
})

test('地址不变沿用原证书；换了地址或临近到期重新签发，根证书不变', async () => {
  const authority = readFileSync(join(folder, 'authority.crt'), 'utf8')
  expect((await ownCertificate(folder, ['192.168.7.20'])).made).toBe(false)
  expect((await ownCertificate(folder, ['192.168.7.99'])).made).toBe(true)
  expect((await ownCertificate(folder, ['192.168.7.99'], plus(systemClock.now(), 380 * DAY))).made).toBe(true)
  expect(readFileSync(join(folder, 'authority.crt'), 'utf8')).toBe(authority)
})
