// One suite for both storages: the folder, and S3 against a small double that checks signatures.
import { createHash, createHmac, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { s3Storage, StorageError } from './s3-storage.ts'
import { folderStorage, type StoragePort } from './storage.ts'

const SECRET = 'a-secret-of-the-test'
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()

/** Recomputes AWS Signature V4 from the request as it arrived. */
function signed(method: string, path: string, headers: Record<string, string | string[] | undefined>): boolean {
  const found = /Credential=KEY\/(\d{8})\/(\S+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})/.exec(String(headers['authorization'] ?? ''))
  if (!found) return false
  const [, day = '', region = '', names = '', signature] = found
  const canonical = [method, path, '', ...names.split(';').map((name) => `${name}:${String(headers[name] ?? '').trim()}`), '', names, String(headers['x-amz-content-sha256'])].join('\n')
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], `${day}/${region}/s3/aws4_request`, createHash('sha256').update(canonical).digest('hex')].join('\n')
  const key = hmac(hmac(hmac(hmac(`AWS4${SECRET}`, day), region), 's3'), 'aws4_request')
  return hmac(key, text).toString('hex') === signature
}

const objects = new Map<string, Buffer>()
const server = createServer((request, response) => {
  const parts: Buffer[] = []
  request.on('error', () => undefined)
  request.on('data', (part: Buffer) => parts.push(part))
  request.on('end', () => {
    const end = (status: number, body?: Buffer, headers: Record<string, string | number> = {}): void => void response.writeHead(status, headers).end(body)
    const path = request.url ?? ''
    if (!signed(request.method ?? '', path, request.headers)) return end(403)
    const held = objects.get(path)
    if (request.method === 'PUT') {
      const body = Buffer.concat(parts)
      if (createHash('sha256').update(body).digest('hex') !== request.headers['x-amz-content-sha256']) return end(400)
      objects.set(path, body)
      return end(200)
    }
    if (!held) return end(404)
    if (request.method === 'DELETE') {
      objects.delete(path)
      return end(204)
    }
    if (request.method === 'HEAD') return end(200, undefined, { 'content-length': held.length })
    const range = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '')
    return range ? end(206, held.subarray(Number(range[1]), Number(range[2]) + 1)) : end(200, held)
  })
})

let folder: string
let endpoint: string
const s3 = (more: object = {}): StoragePort => s3Storage({ endpoint, bucket: 'minsheng', region: 'cn-north-1', accessKeyId: 'KEY', secretAccessKey: SECRET, prefix: 'files/', ...more })
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minsheng-storage-'))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  endpoint = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await rm(folder, { recursive: true, force: true })
})

const read = async (stream: Readable): Promise<string> => Buffer.concat(await stream.toArray()).toString()

describe.each([['文件夹', () => folderStorage(folder)], ['对象存储', () => s3()]] as const)('存储契约：%s', (_name, open) => {
  test('存入后大小、校验和与内容一致，可按范围读取', async () => {
    const key = randomUUID()
    const text = '路灯不亮'.repeat(50_000)
    const stored = await open().put(key, Readable.from([Buffer.from(text)]))
    expect(stored).toEqual({ key, size: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') })
    expect(await open().size(key)).toBe(stored.size)
    expect(await read(await open().get(key))).toBe(text)
    expect(await read(await open().get(key, { start: 3, end: 5 }))).toBe('灯')
  })
  test('空文件也能存取', async () => {
    const key = randomUUID()
    await open().put(key, Readable.from([]))
    expect(await open().size(key)).toBe(0)
    expect(await read(await open().get(key))).toBe('')
  })
  test('中断的上传什么也不留下', async () => {
    const key = randomUUID()
    const broken = Readable.from((function* () {
      yield Buffer.from('half')
      throw new Error('断线')
    })())
    await expect(open().put(key, broken)).rejects.toThrow('断线')
    await expect(open().size(key)).rejects.toThrow()
    expect([...objects.keys()].join()).not.toContain(key)
    expect((await readdir(folder, { recursive: true })).join()).not.toContain(key)
  })
  test('没有的内容读不到；删除没有的不算错；不像编号的键被拒绝', async () => {
    const key = randomUUID()
    await expect(open().get(key)).rejects.toThrow()
    await open().remove(key)
    await open().put(key, Readable.from(['x']))
    await open().remove(key)
    await expect(open().size(key)).rejects.toThrow()
    await expect(open().put('../etc/passwd', Readable.from(['x']))).rejects.toThrow('bad storage key')
  })
})

test('签名不对时对象存储拒绝，错误带着状态码', async () => {
  await expect(s3({ secretAccessKey: 'wrong' }).put(randomUUID(), Readable.from(['x']))).rejects.toMatchObject({ status: 403 })
  expect(new StorageError('get', 404).message).toBe('object storage: get answered 404')
})
