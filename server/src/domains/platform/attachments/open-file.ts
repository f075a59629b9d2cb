// Sends a file to whoever may see its object: whole or a range, never as a page of ours.
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { RawExchange } from '../../../kernel/http/route.ts'
import { fileAccess } from './attachment-ports.ts'
import type { FileTables } from './file-tables.ts'
import { storagePort } from './upload-file.ts'

const INLINE = /^(image\/(?!svg)|audio\/|video\/|application\/pdf$)/

export type FileRow = { id: string; tenantId: string; name: string; type: string; size: number; place: string; audience: 'staff' | 'public'; objectType: string | null; objectId: string | null; storageKey: string; uploadedBy: string | null }

/** A file that the actor may open; everything else is unknown (404). */
export async function readableFile(ctx: Ctx, id: string): Promise<FileRow> {
  const row = await ctx
    .db<FileTables>()
    .selectFrom('kernel_file')
    .select(['id', 'tenant_id as tenantId', 'name', 'type', 'size', 'place', 'audience', 'object_type as objectType', 'object_id as objectId', 'storage_key as storageKey', 'uploaded_by as uploadedBy'])
    .where('tenant_id', 'in', [...new Set([ctx.tenantId, ...ctx.actor.tenantIds])])
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (!row || !(await mayOpen(ctx, row))) throw kernelErrors('notFound')
  return row
}

async function mayOpen(ctx: Ctx, row: FileRow): Promise<boolean> {
  if (ctx.actor.kind === 'system') return true
  if (row.objectType === null || row.objectId === null) return row.uploadedBy !== null && row.uploadedBy === ctx.actor.id
  const outside = ctx.actor.kind === 'citizen' || ctx.actor.kind === 'nobody'
  if (outside && row.audience !== 'public') return false
  const object = { objectType: row.objectType, objectId: row.objectId, audience: row.audience, place: row.place }
  for (const ask of fileAccess.all()) if ((await ask(ctx, object)) === true) return true
  return false
}

export async function openFile(ctx: Ctx, input: { id: string; download?: boolean | undefined }, raw: RawExchange): Promise<Record<string, never>> {
  await sendFile(await readableFile(ctx, input.id), { download: input.download ?? false }, raw)
  return {}
}

/** Answers with the content; one range at most, as players ask for it. */
export async function sendFile(file: Pick<FileRow, 'name' | 'type' | 'size' | 'storageKey'>, options: { download: boolean }, { request, reply }: RawExchange): Promise<void> {
  const inline = INLINE.test(file.type) && !options.download
  void reply.headers({
    'content-type': file.type,
    'content-disposition': `${inline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}`,
    'accept-ranges': 'bytes',
    // Chrome's PDF viewer does not start in a sandbox; it runs no script of the document in our origin.
    'content-security-policy': `default-src 'none'; img-src 'self'; media-src 'self'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'${file.type === 'application/pdf' ? '' : '; sandbox'}`,
  })
  const range = parseRange(request.headers.range, file.size)
  if (range === 'unsatisfiable') {
    await reply.code(416).header('content-range', `bytes */${file.size}`).send('')
    return
  }
  const content = await storagePort().get(file.storageKey, range ?? undefined)
  const length = range ? range.end - range.start + 1 : file.size
  if (range) void reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${file.size}`)
  await reply.header('content-length', length).send(content)
}

/** `bytes=0-99`, `bytes=100-`, `bytes=-500`; null for no range or one we do not serve (several ranges: the whole file is a valid answer). */
export function parseRange(header: string | undefined, size: number): { start: number; end: number } | 'unsatisfiable' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '')
  if (!match || (match[1] === '' && match[2] === '')) return null
  const start = match[1] === '' ? Math.max(0, size - Number(match[2])) : Number(match[1])
  const end = match[1] === '' || match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1)
  return start > end || start >= size ? 'unsatisfiable' : { start, end }
}
