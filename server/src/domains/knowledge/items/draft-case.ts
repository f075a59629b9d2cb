// A finished case as a draft of the knowledge base, made by other rooms that found it worth keeping.
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { content } from '../content.ts'
import { docOf } from '../document.ts'
import { createDraft } from './edit-item.ts'
import { db } from './item.queries.ts'

const cut = (text: string, most: number): string => [...text].slice(0, most).join('')

/** Returns the id of the item; null where the base has no directory yet. Texts come without numbers of persons; the draft goes the usual way of review. Errors: 403 without `knowledge.edit`. */
export async function draftCase(ctx: Ctx, of: { title: string; appeal: string; result: string; points: string; ownerUnitId: string; source?: 'quality' | 'suggestion'; sourceId: string }): Promise<string | null> {
  authorize(ctx, 'knowledge.edit')
  const directory = await db(ctx).selectFrom('knowledge_directory').select('id').where('tenant_id', '=', ctx.tenantId).orderBy('sort').orderBy('name').executeTakeFirst()
  if (!directory) return null
  const made = await createDraft(ctx, content.parse({ typeCode: 'case', directoryId: directory.id, ownerUnitId: of.ownerUnitId, title: cut(of.title, 120), body: docOf(of.result), fields: { appeal: cut(of.appeal, 4000), result: cut(of.result, 4000), points: cut(of.points, 4000) } }), { origin: { source: of.source ?? 'quality', sourceId: of.sourceId } })
  return made.itemId
}
