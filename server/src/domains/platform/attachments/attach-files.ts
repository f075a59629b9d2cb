// Binding uploads to an object, listing and copying them.
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { newId } from '../../../kernel/runtime.ts'
import { DAY, plus } from '../../../kernel/time/index.ts'
import type { FileInfo } from './attachment-contract.ts'
import { limitOf } from './attachment-limits.ts'
import { attachmentErrors } from './attachments.errors.ts'
import type { FileTables } from './file-tables.ts'

const MB = 1024 * 1024
const infoColumns = ['id', 'name', 'type', 'size', 'place', 'audience', 'uploaded_by_name as uploadedByName', 'created_at as createdAt'] as const

export type Attaching = { fileIds: readonly string[]; place: string; objectType: string; objectId: string; audience: 'staff' | 'public' }

/**
 * Binds the actor's own fresh uploads to an object. Errors (422): `platform.filesNotYours`, `platform.tooManyFiles`,
 * `platform.fileTooLarge` (413) by the limits of the place. Ids given twice count once.
 */
export async function attachFiles(ctx: Ctx, input: Attaching): Promise<FileInfo[]> {
  const ids = [...new Set(input.fileIds)]
  if (ids.length === 0) return []
  const db = ctx.db<FileTables>()
  const rows = await db
    .selectFrom('kernel_file')
    .select([...infoColumns, 'uploaded_by'])
    .where('tenant_id', '=', ctx.tenantId)
    .where('id', 'in', ids)
    .where('object_id', 'is', null)
    .where('deleted_at', 'is', null)
    .forUpdate()
    .execute()
  const own = rows.filter((row) => ctx.actor.kind === 'system' || row.uploaded_by === ctx.actor.id || isOpenPublicUpload(ctx, row))
  if (own.length < ids.length) throw attachmentErrors('filesNotYours', { fields: [{ path: 'fileIds', message: '请重新上传附件' }] })
  await checkLimits(ctx, input, own)
  await db
    .updateTable('kernel_file')
    .set({ object_type: input.objectType, object_id: input.objectId, place: input.place, audience: input.audience })
    .where('tenant_id', '=', ctx.tenantId)
    .where('id', 'in', ids)
    .execute()
  return own.map(({ uploaded_by: _uploader, ...info }) => ({ ...info, place: input.place, audience: input.audience }))
}

/** What a visitor sent before signing in has no owner: whoever knows its random id on the public side attaches it, for a day. */
function isOpenPublicUpload(ctx: Ctx, row: { uploaded_by: string | null; audience: string; createdAt: FileInfo['createdAt'] }): boolean {
  return row.uploaded_by === null && row.audience === 'public' && ctx.actor.kind !== 'user' && row.createdAt > plus(ctx.clock.now(), -DAY)
}

async function checkLimits(ctx: Ctx, input: Attaching, files: { size: number; type: string }[]): Promise<void> {
  const limit = await limitOf(ctx, input.place)
  const { count } = await ctx
    .db<FileTables>()
    .selectFrom('kernel_file')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('tenant_id', '=', ctx.tenantId)
    .where('object_type', '=', input.objectType)
    .where('object_id', '=', input.objectId)
    .where('place', '=', input.place)
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow()
  if (count + files.length > limit.count) {
    throw attachmentErrors('tooManyFiles', { rule: 'attachment.limits', params: { limit: limit.count, count }, fields: [{ path: 'fileIds', message: `最多 ${limit.count} 个` }] })
  }
  for (const file of files) {
    const limitMb = file.type.startsWith('video/') ? (limit.videoMb ?? limit.sizeMb) : limit.sizeMb
    if (file.size > limitMb * MB) throw attachmentErrors('fileTooLarge', { rule: 'attachment.limits', params: { limit: limitMb } })
  }
}

/** Hands the files of one object to another, for the readers of the other; all files of that one get its audience. The caller holds both. */
export async function moveFiles(ctx: Ctx, from: { objectType: string; objectId: string }, to: { objectType: string; objectId: string; audience: 'staff' | 'public' }): Promise<void> {
  await ctx
    .db<FileTables>()
    .updateTable('kernel_file')
    .set({ object_type: to.objectType, object_id: to.objectId, audience: to.audience })
    .where('tenant_id', '=', ctx.tenantId)
    .where('deleted_at', 'is', null)
    .where((e) => e.or([from, to].map((object) => e.and([e('object_type', '=', object.objectType), e('object_id', '=', object.objectId)]))))
    .execute()
}

/** Files of objects by object id, oldest first; objects without files are missing in the map. The caller has checked who asks. */
export async function filesOf(ctx: Ctx, objectType: string, objectIds: readonly string[]): Promise<Map<string, FileInfo[]>> {
  if (objectIds.length === 0) return new Map()
  const rows = await ctx
    .db<FileTables>()
    .selectFrom('kernel_file')
    .select([...infoColumns, 'object_id'])
    .where('tenant_id', 'in', [...new Set([ctx.tenantId, ...ctx.actor.tenantIds])])
    .where('object_type', '=', objectType)
    .where('object_id', 'in', [...objectIds])
    .where('deleted_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  const map = new Map<string, FileInfo[]>()
  for (const { object_id, ...info } of rows) if (object_id) map.set(object_id, [...(map.get(object_id) ?? []), info])
  return map
}

/**
 * Gives an object of this tenant copies of another tenant's files (mirror orders): rows of its own, one stored content. Returns
 * the number of files; already copied ones are copied again, so call it once.
 */
export async function copyFiles(ctx: Ctx, from: { tenantId: string; objectType: string; objectId: string; audience?: 'public' }, to: { objectType: string; objectId: string }): Promise<number> {
  const db = ctx.acrossTenants<FileTables>('a transferred object takes its files along')
  let query = db.selectFrom('kernel_file').selectAll().where('tenant_id', '=', from.tenantId).where('object_type', '=', from.objectType).where('object_id', '=', from.objectId).where('deleted_at', 'is', null)
  if (from.audience) query = query.where('audience', '=', from.audience)
  const rows = await query.execute()
  if (rows.length === 0) return 0
  await db
    .insertInto('kernel_file')
    .values(rows.map((row) => ({ ...row, tenant_id: ctx.tenantId, id: newId(), object_type: to.objectType, object_id: to.objectId, created_at: ts(row.created_at), deleted_at: null, purged_at: null })))
    .execute()
  return rows.length
}
