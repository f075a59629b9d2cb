import { deflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../../kernel/runtime.ts'
import { storage } from '../../../kernel/files/index.ts'
import { DAY } from '../../../kernel/time/index.ts'
import { lineCity, type LineCity } from '../testing/line-city.ts'
import { attachFiles, copyFiles, fileAccess, fileRemovable, filesOf, virusScan } from './index.ts'
import { cleanName } from './file-kinds.ts'
import { parseRange } from './open-file.ts'
import { purgeContent } from './remove-file.ts'

let city: LineCity
const removable = new Map<string, boolean>()
beforeAll(async () => {
  city = await lineCity()
  fileAccess.add(async (ctx, object) => (object.objectType === 'case' ? ctx.actor.kind !== 'nobody' || object.audience === 'public' : null))
  fileRemovable.add(async (_ctx, object) => removable.get(object.objectId) ?? null)
})
afterAll(() => city.stop())

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
const pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')
const exe = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200, 1)])
const file = (name: string, content: Buffer) => ({ name, type: 'application/octet-stream', content })
const upload = async (who: string, name: string, content: Buffer, place = 'feedback') => (await city.app.as(who)).upload(`/api/attachments?place=${place}`, file(name, content))

test('按内容识别文件：改名的可执行文件和网页被拒绝', async () => {
  expect(await upload('handler', '合同.pdf', exe)).toMatchObject({ status: 415, body: { code: 'platform.fileDisguised' } })
  expect(await upload('handler', 'a.txt', exe)).toMatchObject({ status: 415 })
  expect(await upload('handler', 'a.txt', Buffer.from('#!/bin/sh\nrm -rf /'))).toMatchObject({ status: 415 })
  expect(await upload('handler', 'a.png', pdf)).toMatchObject({ status: 415 })
  expect(await upload('handler', 'a.pdf', Buffer.from('就是一段文字'))).toMatchObject({ status: 415 })
  expect(await upload('handler', 'setup.exe', exe)).toMatchObject({ status: 415, body: { code: 'platform.fileTypeRefused' } })
  expect(await upload('handler', 'a.svg', Buffer.from('<svg onload="alert(1)"/>'))).toMatchObject({ status: 415 })
  expect(await upload('handler', 'a.pdf', Buffer.alloc(0))).toMatchObject({ status: 422, body: { code: 'platform.fileEmpty' } })
})

test('图片、PDF、文本、表格文档被接受，中文文件名保留', async () => {
  expect(await upload('handler', '现场照片 1.png', png)).toMatchObject({ status: 200, body: { name: '现场照片 1.png', type: 'image/png', size: png.length, uploadedByName: '承办员甲' } })
  expect((await upload('handler', 'a.pdf', pdf)).status).toBe(200)
  expect((await upload('handler', '清单.csv', Buffer.from('编号,内容\r\n1,水'))).status).toBe(200)
  expect((await upload('handler', '旧表.csv', Buffer.from([0xb1, 0xe0, 0xba, 0xc5, 0x2c, 0x31]))).status).toBe(200)
  expect((await upload('handler', '报告.docx', zip(['[Content_Types].xml', 'word/document.xml']))).status).toBe(200)
  expect((await upload('handler', '报告.docx', zip(['[Content_Types].xml', 'xl/workbook.xml']))).status).toBe(415)
  expect((await upload('handler', '带宏.docx', zip(['[Content_Types].xml', 'word/document.xml', 'word/vbaProject.bin']))).status).toBe(415)
  expect((await upload('handler', '工单.jsonl', Buffer.from('{"a":1}\n'), 'import')).status).toBe(200)
  expect((await upload('handler', '工单.jsonl', Buffer.from('{"a":1}\n'))).status).toBe(415)
})

test('超过大小的文件被拒绝，不留内容', async () => {
  const big = Buffer.concat([pdf, Buffer.alloc(10 * 1024 * 1024)])
  expect(await upload('handler', '大.pdf', big, 'registration')).toMatchObject({ status: 413, body: { code: 'platform.fileTooLarge', title: '文件超过 10 MB，未上传', rule: 'attachment.limits' } })
  expect((await upload('handler', '大.pdf', big)).status).toBe(200)
})

test('登记时第六个附件被拒绝，已绑定的和别人的不能再绑定', async () => {
  const ids: string[] = []
  for (let at = 0; at < 6; at++) ids.push((await upload('handler', `${at}.png`, png, 'registration')).body.id)
  const objectId = newId()
  const attach = (fileIds: string[], as = 'handler') => city.app.command((ctx) => attachFiles(ctx, { fileIds, place: 'registration', objectType: 'case', objectId, audience: 'staff' }), as)
  await expect(attach(ids)).rejects.toMatchObject({ code: 'platform.tooManyFiles' })
  expect(await attach(ids.slice(0, 5))).toHaveLength(5)
  await expect(attach(ids.slice(5))).rejects.toMatchObject({ code: 'platform.tooManyFiles' })
  await expect(attach(ids.slice(0, 1))).rejects.toMatchObject({ code: 'platform.filesNotYours' })
  await expect(attach(ids.slice(5), 'stationleader')).rejects.toMatchObject({ code: 'platform.filesNotYours' })
  const files = await city.app.query((ctx) => filesOf(ctx, 'case', [objectId, newId()]), 'handler')
  expect([...files.keys()]).toEqual([objectId])
  expect(files.get(objectId)).toHaveLength(5)
})

async function attached(audience: 'staff' | 'public' = 'staff', content = png, name = 'a.png'): Promise<{ id: string; objectId: string }> {
  const { id } = (await upload('handler', name, content)).body
  const objectId = newId()
  await city.app.command((ctx) => attachFiles(ctx, { fileIds: [id], place: 'feedback', objectType: 'case', objectId, audience }), 'handler')
  return { id, objectId }
}

test('未绑定的文件只有上传人能看，邻市的文件查无此物', async () => {
  const { id } = (await upload('handler', 'a.png', png)).body
  expect((await (await city.app.as('handler')).get(`/api/attachments/${id}`)).status).toBe(200)
  expect((await (await city.app.as('stationleader')).get(`/api/attachments/${id}`)).status).toBe(404)
  const bound = await attached()
  expect((await (await city.app.as('stationleader')).get(`/api/attachments/${bound.id}`)).status).toBe(200)
  expect((await (await city.app.as('neighbour')).get(`/api/attachments/${bound.id}`)).status).toBe(404)
  expect((await (await city.app.as('handler')).get('/api/attachments/nonsense')).status).toBe(404)
  expect((await city.app.nobody().get(`/api/attachments/${bound.id}`)).status).toBe(401)
})

test('图片在页内打开，文档只下载，都不能当作网页执行', async () => {
  const { id } = await attached('staff', png, '照片（一）.png')
  const answer = await (await city.app.as('handler')).get(`/api/attachments/${id}`)
  expect(answer.headers).toMatchObject({ 'content-type': 'image/png', 'x-content-type-options': 'nosniff', 'accept-ranges': 'bytes', 'content-length': String(png.length) })
  expect(answer.headers['content-security-policy']).toContain('sandbox')
  expect(answer.headers['content-disposition']).toBe(`inline; filename*=UTF-8''${encodeURIComponent('照片（一）.png')}`)
  expect((await (await city.app.as('handler')).get(`/api/attachments/${id}?download=true`)).headers['content-disposition']).toContain('attachment')
  const text = await attached('staff', Buffer.from('<script>alert(1)</script>'), 'a.txt')
  expect((await (await city.app.as('handler')).get(`/api/attachments/${text.id}`)).headers['content-disposition']).toContain('attachment')
})

test('按范围读取', async () => {
  expect(parseRange('bytes=0-3', 10)).toEqual({ start: 0, end: 3 })
  expect(parseRange('bytes=-4', 10)).toEqual({ start: 6, end: 9 })
  expect(parseRange('bytes=4-', 10)).toEqual({ start: 4, end: 9 })
  expect(parseRange('bytes=0-99', 10)).toEqual({ start: 0, end: 9 })
  expect(parseRange('bytes=10-', 10)).toBe('unsatisfiable')
  expect(parseRange('bytes=-', 10)).toBeNull()
  expect(parseRange('bytes=0-1,3-4', 10)).toBeNull()
  const { id } = await attached('staff', pdf, 'a.pdf')
  const staff = city.app.app.staff
  const session = await cookieOf('handler')
  const part = await staff.inject({ url: `/api/attachments/${id}`, headers: { ...session, range: 'bytes=0-7' } })
  expect([part.statusCode, part.body, part.headers['content-range']]).toEqual([206, '%PDF-1.4', `bytes 0-7/${pdf.length}`])
  expect((await staff.inject({ url: `/api/attachments/${id}`, headers: { ...session, range: `bytes=${pdf.length}-` } })).statusCode).toBe(416)
})

test('公众端：访客上传，登录后绑定；只能看公开的文件', async () => {
  const visitor = city.app.nobody('public')
  const { body } = await visitor.upload('/api/public/attachments', file('a.png', png))
  expect(body).toMatchObject({ audience: 'public', place: 'registration' })
  expect((await visitor.get(`/api/public/attachments/${body.id}`)).status).toBe(404)
  expect((await visitor.upload('/api/public/attachments?place=import', file('a.png', png))).status).toBe(422)
})

test('上传人可删除未绑定的和已绑定的；已绑定的留在历史中，办结后不能删', async () => {
  const handler = await city.app.as('handler')
  const loose = (await upload('handler', 'a.png', png)).body
  expect((await (await city.app.as('stationleader')).delete(`/api/attachments/${loose.id}`)).status).toBe(404)
  expect((await handler.delete(`/api/attachments/${loose.id}`)).status).toBe(200)
  expect((await handler.get(`/api/attachments/${loose.id}`)).status).toBe(404)
  const bound = await attached()
  expect((await (await city.app.as('stationleader')).delete(`/api/attachments/${bound.id}`)).status).toBe(404)
  removable.set(bound.objectId, false)
  expect((await handler.delete(`/api/attachments/${bound.id}`)).status).toBe(409)
  removable.delete(bound.objectId)
  expect((await handler.delete(`/api/attachments/${bound.id}`)).status).toBe(200)
  expect((await city.app.query((ctx) => filesOf(ctx, 'case', [bound.objectId]), 'handler')).size).toBe(0)
})

test('副本共用内容，最后一份清除时内容才删除', async () => {
  const { id, objectId } = await attached()
  const target = newId()
  expect(await city.app.command((ctx) => copyFiles(ctx, { tenantId: city.tenant, objectType: 'case', objectId }, { objectType: 'case', objectId: target }), { tenantId: city.sibling })).toBe(1)
  const copy = (await city.app.query((ctx) => filesOf(ctx, 'case', [target]), { tenantId: city.sibling })).get(target)?.[0]
  expect(copy?.id).not.toBe(id)
  expect((await (await city.app.as('neighbour')).get(`/api/attachments/${copy?.id}`)).status).toBe(200)
  const [key] = await storageKeys([id])
  await city.runJob(purgeContent, { storageKey: key ?? '' })
  expect(await storage.port?.size(key ?? '')).toBe(png.length)
})

test('24 小时未绑定的上传被清理', async () => {
  const { id } = (await upload('handler', 'a.png', png)).body
  const [key] = await storageKeys([id])
  city.app.clock.advance(DAY + 1000)
  await city.app.runTimers()
  expect((await (await city.app.as('handler')).get(`/api/attachments/${id}`)).status).toBe(404)
  await city.runJob(purgeContent, { storageKey: key ?? '' })
  await expect(storage.port?.size(key ?? '')).rejects.toThrow()
})

test('安全检查发现问题的文件被拒绝', async () => {
  virusScan.add(async (scanned) => (scanned.name.includes('毒') ? '测试病毒' : null))
  expect(await upload('handler', '毒.png', png)).toMatchObject({ status: 422, body: { title: '文件未通过安全检查（测试病毒），已拒绝' } })
  expect((await upload('handler', '好.png', png)).status).toBe(200)
})

test('经真实连接上传：超限的文件不等传完就被拒绝，服务照常', async () => {
  await city.app.app.start()
  const address = city.app.app.staff.server.address()
  const port = typeof address === 'object' ? address?.port : 0
  const { request } = await import('node:http')
  const session = await cookieOf('handler')
  const sent = { bytes: 0 }
  const status = await new Promise<number>((resolve, reject) => {
    const call = request({ port, host: '127.0.0.1', method: 'POST', path: '/api/attachments?place=registration', headers: { ...session, 'content-type': 'multipart/form-data; boundary=b', 'transfer-encoding': 'chunked' } }, (answer) => {
      resolve(answer.statusCode ?? 0)
      call.destroy()
    })
    call.on('error', reject)
    call.write('--b\r\ncontent-disposition: form-data; name="file"; filename="a.mp4"\r\n\r\n')
    const chunk = Buffer.alloc(1024 * 1024)
    const more = (): void => {
      if (call.destroyed || sent.bytes > 400 * chunk.length) return
      sent.bytes += chunk.length
      call.write(chunk, () => setImmediate(more))
    }
    more()
  })
  expect(status).toBe(413)
  expect(sent.bytes).toBeLessThan(200 * 1024 * 1024)
  expect((await upload('handler', 'a.png', png)).status).toBe(200)
})

test('文件名去掉路径和不可见字符', () => {
  expect(cleanName('..\\..\\a<b>.pdf')).toBe('ab.pdf')
  expect(cleanName('照\u202E片.png')).toBe('照片.png')
  expect(cleanName(`${'长'.repeat(200)}.pdf`)).toHaveLength(120 + 3 - 3)
  expect(cleanName('///')).toBe('附件')
})

async function storageKeys(ids: string[]): Promise<string[]> {
  return city.app.query(async (ctx) => {
    const rows = await ctx.acrossTenants<{ kernel_file: { id: string; storage_key: string } }>('test').selectFrom('kernel_file').select('storage_key').where('id', 'in', ids).execute()
    return rows.map((row) => row.storage_key)
  })
}

async function cookieOf(login: string): Promise<Record<string, string>> {
  const { openSession } = await import('../../../kernel/auth/sessions.ts')
  const actor = await city.app.actor(login)
  const { token, csrf } = await city.app.command((ctx) => openSession(ctx, { audience: 'staff', subjectId: actor.id ?? '', tenantId: actor.tenantId, state: 'open', method: 'test', hours: 1, idleMinutes: 0 }))
  return { cookie: `ms_staff=${token}`, 'x-csrf-token': csrf }
}

/** A small zip with empty entries of these names. */
function zip(names: string[]): Buffer {
  const local: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const name of names) {
    const data = deflateRawSync(Buffer.from('<x/>'))
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(20, 4)
    head.writeUInt16LE(8, 8)
    head.writeUInt32LE(data.length, 18)
    head.writeUInt32LE(4, 22)
    head.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(offset, 42)
    local.push(head, Buffer.from(name), data)
    central.push(entry, Buffer.from(name))
    offset += head.length + name.length + data.length
  }
  const size = Buffer.concat(central).length
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(names.length, 8)
  end.writeUInt16LE(names.length, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...local, ...central, end])
}
