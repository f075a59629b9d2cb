// Puts a version before the search, in the transaction that publishes it.
import type { Ctx } from '../../../kernel/ctx.ts'
import { readable } from '../documents/read-document.ts'
import { contentOf, versionRow } from '../items/item.queries.ts'
import { filesOfVersion, indexFiles } from './index-files.ts'
import { dropPassages, passagesOf, writePassages } from './passages.ts'

export async function indexVersion(ctx: Ctx, itemId: string, number: number): Promise<void> {
  const version = await versionRow(ctx, itemId, number)
  await dropPassages(ctx, itemId)
  if (!version) return
  const of = contentOf(version)
  await writePassages(ctx, itemId, of, passagesOf(of), 0)
  if (filesOfVersion(version).some((file) => readable(file))) ctx.enqueue(indexFiles, { tenantId: ctx.tenantId, itemId, number }, { key: `knowledge.files:${itemId}` })
}
