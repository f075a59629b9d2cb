// Takes one file: streamed to the storage, recognised by content, entered as not yet attached.
import { Readable } from 'node:stream'
import type { MultipartFile } from '@fastify/multipart'
import { storage, type StoragePort } from '../../../kernel/files/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { RawExchange } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { limitOf } from './attachment-limits.ts'
import { virusScan } from './attachment-ports.ts'
import { attachmentErrors } from './attachments.errors.ts'
import type { FileInfo } from './attachment-contract.ts'
import { cleanName, extensionOf, isGenuine, kindOf, type FileKind } from './file-kinds.ts'
import type { FileTables } from './file-tables.ts'

const MB = 1024 * 1024

export function storagePort(): StoragePort {
  if (!storage.port) throw new Error('no storage: app.ts sets it at boot')
  return storage.port
}

/** Of staff or of the public; runs outside a transaction (the sender may be slow), the row is written last. */
export async function uploadFile(ctx: Ctx, input: { place: string }, raw: RawExchange): Promise<FileInfo> {
  const audience = ctx.actor.kind === 'citizen' || ctx.actor.kind === 'nobody' ? 'public' : 'staff'
  const limits = await limitOf(ctx, input.place)
  try {
    refuseBySize(Number(raw.request.headers['content-length'] ?? 0) - MB, Math.max(limits.sizeMb, limits.videoMb ?? 0))
    const part = raw.request.isMultipart() ? await raw.request.file({ throwFileSizeLimit: false, limits: { fileSize: Math.max(limits.sizeMb, limits.videoMb ?? 0) * MB + 1 } }) : undefined
    if (!part) throw attachmentErrors('noFile', { fields: [{ path: 'file', message: '必填' }] })
    const name = cleanName(part.filename)
    const kind = kindOf(name, input.place)
    if (!kind) throw attachmentErrors('fileTypeRefused', { params: { extension: extensionOf(name) || '无扩展名' } })
    return await keep(ctx, { name, kind, place: input.place, audience, limitMb: kind.video ? (limits.videoMb ?? limits.sizeMb) : limits.sizeMb }, part)
  } catch (error) {
    // The answer goes out now; the rest of the body is read and dropped, else a browser that is still sending would see a broken connection.
    raw.request.raw.unpipe().resume()
    throw error
  }
}

function refuseBySize(size: number, limitMb: number): void {
  if (size > limitMb * MB) throw attachmentErrors('fileTooLarge', { rule: 'attachment.limits', params: { limit: limitMb } })
}

/** Counts by itself: the parser, once over its limit, would go on reading to the end of the part before it says so. */
async function* upTo(content: Readable, limitMb: number): AsyncGenerator<Buffer> {
  let size = 0
  for await (const chunk of content) {
    const part: Buffer = chunk
    size += part.length
    refuseBySize(size, limitMb)
    yield part
  }
}

type Wanted = { name: string; kind: FileKind; place: string; audience: 'staff' | 'public'; limitMb: number }

async function keep(ctx: Ctx, wanted: Wanted, part: MultipartFile): Promise<FileInfo> {
  const port = storagePort()
  const key = newId()
  try {
    const stored = await port.put(key, Readable.from(upTo(part.file, wanted.limitMb), { objectMode: false }))
    if (stored.size === 0) throw attachmentErrors('fileEmpty')
    const content = { size: stored.size, open: (range?: { start: number; end: number }) => port.get(key, range) }
    if (!(await isGenuine(wanted.kind, content))) throw attachmentErrors('fileDisguised', { params: { extension: extensionOf(wanted.name) } })
    const found = await virusScan.one()({ name: wanted.name, type: wanted.kind.type, size: stored.size, open: () => port.get(key) })
    if (found) throw attachmentErrors('fileInfected', { params: { found } })
    return await enter(ctx, wanted, { ...stored, key })
  } catch (error) {
    await port.remove(key)
    throw error
  }
}

async function enter(ctx: Ctx, wanted: Wanted, stored: { key: string; size: number; sha256: string }): Promise<FileInfo> {
  const id = newId()
  const createdAt = ctx.clock.now()
  const { name, place, audience } = wanted
  await ctx
    .db<FileTables>()
    .insertInto('kernel_file')
    .values({
      tenant_id: ctx.tenantId, id, place, name, type: wanted.kind.type, size: stored.size, checksum: stored.sha256, storage_key: stored.key,
      uploaded_by: ctx.actor.id, uploaded_by_name: ctx.actor.name, audience, created_at: ts(createdAt),
    })
    .execute()
  ctx.audit({ module: 'platform', act: 'uploadAttachment', objectType: 'file', objectId: id, text: `${name} ${stored.size} 字节` })
  return { id, name, type: wanted.kind.type, size: stored.size, place, audience, uploadedByName: ctx.actor.name, createdAt }
}
