// Deleting: an upload that hangs nowhere goes for good, an attached file is kept as deleted; the content goes with its last row.
import { z } from 'zod'
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import { defineJob } from '../../../kernel/jobs/job.ts'
import type { Cron } from '../../../kernel/module.ts'
import { DAY, plus } from '../../../kernel/time/index.ts'
import { fileRemovable } from './attachment-ports.ts'
import type { FileTables } from './file-tables.ts'
import { readableFile } from './open-file.ts'
import { storagePort } from './upload-file.ts'

export const purgeContent = defineJob<{ storageKey: string }>({
  name: 'platform.purgeContent',
  schema: z.object({ storageKey: z.uuid() }),
  maxAttempts: 10,
  async run(begin, { storageKey }) {
    const used = await begin(async (ctx) => {
      const { rows } = await sql`select 1 from kernel_file where storage_key = ${storageKey} and purged_at is null limit 1`.execute(ctx.acrossTenants('tenants may share one stored content'))
      return rows.length > 0
    })
    if (!used) await storagePort().remove(storageKey)
  },
})

/** By the uploader; an attached file stays in the history of its object. */
export async function deleteFile(ctx: Ctx, input: { id: string }): Promise<Record<string, never>> {
  const file = await readableFile(ctx, input.id)
  if (file.uploadedBy === null || file.uploadedBy !== ctx.actor.id) throw kernelErrors('notFound')
  const { objectType, objectId, audience, place } = file
  if (objectType !== null && objectId !== null) {
    for (const ask of fileRemovable.all()) if ((await ask(ctx, { objectType, objectId, audience, place })) === false) throw kernelErrors('conflict')
  }
  await markDeleted(ctx, [file.id], objectId === null)
  return {}
}

/** Marks files of this tenant deleted; with `purge` their content is removed after the commit. */
export async function markDeleted(ctx: Ctx, ids: string[], purge: boolean): Promise<void> {
  if (ids.length === 0) return
  const now = ctx.clock.now()
  const rows = await ctx
    .db<FileTables>()
    .updateTable('kernel_file')
    .set({ deleted_at: ts(now), deleted_by: ctx.actor.id, deleted_by_name: ctx.actor.name, ...(purge ? { purged_at: ts(now) } : {}) })
    .where('tenant_id', '=', ctx.tenantId)
    .where('id', 'in', ids)
    .where('deleted_at', 'is', null)
    .returning('storage_key')
    .execute()
  if (purge) for (const row of rows) ctx.enqueue(purgeContent, { storageKey: row.storage_key }, { key: `purge:${row.storage_key}` })
}

async function cleanOrphans(ctx: Ctx): Promise<void> {
  const rows = await ctx
    .db<FileTables>()
    .selectFrom('kernel_file')
    .select('id')
    .where('tenant_id', '=', ctx.tenantId)
    .where('object_id', 'is', null)
    .where('deleted_at', 'is', null)
    .where('created_at', '<', ts(plus(ctx.clock.now(), -DAY)))
    .limit(500)
    .execute()
  await markDeleted(ctx, rows.map((row) => row.id), true)
}

export const attachmentCrons: Cron[] = [{ name: 'platform.cleanUploads', everySeconds: 3600, run: cleanOrphans }]
