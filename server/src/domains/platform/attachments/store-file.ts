// Files that the product makes or reads itself: results of exports, uploads to be imported.
import type { Readable } from 'node:stream'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { newId } from '../../../kernel/runtime.ts'
import type { Stored } from '../../../kernel/files/index.ts'
import type { FileTables } from './file-tables.ts'
import { readableFile } from './open-file.ts'
import { storagePort } from './upload-file.ts'

/** Streams a content into the storage; enter it by `storeFile` in a transaction, or remove it by `discard`. */
export async function putContent(content: Readable): Promise<Stored> {
  return storagePort().put(newId(), content)
}

export async function discardContent(stored: Stored): Promise<void> {
  await storagePort().remove(stored.key)
}

/** Enters a content as a file of an object; returns its id. */
export async function storeFile(ctx: Ctx, file: { name: string; type: string; stored: Stored; place: string; objectType: string; objectId: string }): Promise<string> {
  const id = newId()
  await ctx
    .db<FileTables>()
    .insertInto('kernel_file')
    .values({
      tenant_id: ctx.tenantId, id, place: file.place, object_type: file.objectType, object_id: file.objectId, name: file.name, type: file.type, size: file.stored.size,
      checksum: file.stored.sha256, storage_key: file.stored.key, uploaded_by: ctx.actor.id, uploaded_by_name: ctx.actor.name, created_at: ts(ctx.clock.now()),
    })
    .execute()
  return id
}

/** Content and name of a file that the actor may open. @throws kernel.notFound */
export async function fileContent(ctx: Ctx, id: string): Promise<{ name: string; size: number; open: () => Promise<Readable> }> {
  const file = await readableFile(ctx, id)
  return { name: file.name, size: file.size, open: () => storagePort().get(file.storageKey) }
}
