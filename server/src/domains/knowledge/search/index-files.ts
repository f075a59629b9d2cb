// Attachments are read after the commit: a scanned book must not hold up publishing.
import { z } from 'zod'
import { inTenant, type Ctx } from '../../../kernel/ctx.ts'
import { defineJob } from '../../../kernel/jobs/job.ts'
import { fileContent } from '../../platform/index.ts'
import { readable, textOfFile } from '../documents/read-document.ts'
import type { Content } from '../content.ts'
import { imageIds } from '../document.ts'
import { contentOf, db, versionRow, type VersionRow } from '../items/item.queries.ts'
import { cutText, writePassages } from './passages.ts'

export type VersionFile = { id: string; name: string; type: string; size: number }
/** Written at publication. */
export const filesOfVersion = (version: Pick<VersionRow, 'files'>): VersionFile[] => version.files as unknown as VersionFile[]
/** Those that stand beside the text, not in it. */
export const attachmentsOf = (version: Pick<VersionRow, 'files'>, content: Pick<Content, 'body'>): VersionFile[] => { const images = imageIds(content.body); return filesOfVersion(version).filter((file) => !images.has(file.id)) }

/** Numbers of file passages begin here, so that a text of its own never meets them. */
const FIRST = 10_000

async function standing(ctx: Ctx, itemId: string, number: number): Promise<{ files: VersionFile[]; content: Content } | null> {
  const item = await db(ctx).selectFrom('knowledge_item').select(['state', 'version_number']).where('tenant_id', '=', ctx.tenantId).where('id', '=', itemId).forUpdate().executeTakeFirst()
  const version = item?.state === 'published' && item.version_number === number ? await versionRow(ctx, itemId, number) : undefined
  return version ? { files: filesOfVersion(version).filter((file) => readable(file)), content: contentOf(version) } : null
}

export const indexFiles = defineJob<{ tenantId: string; itemId: string; number: number }>({
  name: 'knowledge.indexFiles', schema: z.object({ tenantId: z.uuid(), itemId: z.uuid(), number: z.number() }), maxAttempts: 3,
  async run(begin, { tenantId, itemId, number }) {
    const sources = await begin(async (system) => {
      const ctx = inTenant(system, tenantId)
      return Promise.all(((await standing(ctx, itemId, number))?.files ?? []).map(async (file) => ({ file, source: await fileContent(ctx, file.id), log: ctx.log })))
    })
    const texts: { file: VersionFile; text: string }[] = []
    for (const { file, source, log } of sources) texts.push({ file, text: await textOfFile(source).catch((error: unknown) => (log.warn({ err: error, file: file.id }, 'an attachment could not be read for search'), '')) })
    await begin(async (system) => {
      const ctx = inTenant(system, tenantId)
      // Taken down or corrected meanwhile: nothing of it is found.
      const now = await standing(ctx, itemId, number)
      if (!now) return
      const still = new Set(now.files.map((file) => file.id))
      await db(ctx).deleteFrom('knowledge_passage').where('tenant_id', '=', tenantId).where('item_id', '=', itemId).where('part', '=', 'file').execute()
      let from = FIRST
      for (const { file, text } of texts.filter((one) => still.has(one.file.id))) {
        const lines = text.split('\n').map((line) => ({ heading: false, text: line.trim() })).filter((line) => line.text !== '')
        const passages = cutText([{ heading: true, text: file.name }, ...lines], 'file', file.id)
        await writePassages(ctx, itemId, now.content, passages, from)
        from += passages.length
      }
    })
  },
})
