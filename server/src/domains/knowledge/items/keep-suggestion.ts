// What became of a suggestion that went live is kept where people look things up: a draft for the base's editors (PLA-36).
import type { Ctx } from '../../../kernel/ctx.ts'
import { centreUnit, notify } from '../../platform/index.ts'
import { draftCase } from './draft-case.ts'
import { db } from './item.queries.ts'

type Released = { suggestionId: string; title: string; content: string; effect: string }

/** Once per suggestion; without a directory there is nowhere to put it, and the editors are told to make one. */
export async function keepSuggestion(ctx: Ctx, released: Released): Promise<void> {
  const kept = await db(ctx).selectFrom('knowledge_ticket').select('id').where('tenant_id', '=', ctx.tenantId).where('source', '=', 'suggestion').where('source_id', '=', released.suggestionId).executeTakeFirst()
  if (kept) return
  const itemId = await draftCase(ctx, { title: released.title, appeal: released.content, result: `该改进意见已上线。${released.effect}`, points: '请补充上线后的用法和注意事项。', ownerUnitId: (await centreUnit(ctx)).id, source: 'suggestion', sourceId: released.suggestionId })
  const about = itemId ? { link: '/knowledge/tickets?box=all', objectType: 'knowledgeItem', objectId: itemId } : { text: '知识库还没有目录，草稿没有生成，请建目录后手工采编', link: `/suggestions?of=adopted&id=${released.suggestionId}`, objectType: 'suggestion', objectId: released.suggestionId }
  await notify(ctx, { type: 'knowledge.suggestion', to: { permission: 'knowledge.manage' }, title: `改进意见已上线，请整理成知识：${released.title}`, ...about, level: 'P4' })
}
