// From many people's own words to one label of the library: the items that bear it take it on by review.
import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { createLabel, labelNamed, setting } from '../../platform/index.ts'
import { bulkItems } from '../items/bulk-items.ts'
import { db } from '../items/item.queries.ts'
import { promoteAt } from '../settings.ts'
import type * as contract from './label-contract.ts'

/** Most liked first; `hint` where it is time to decide. */
export async function listLikedLabels(ctx: Ctx): Promise<Output<typeof contract.likedLabels>> {
  authorize(ctx, 'knowledge.manage')
  const at = await setting(ctx, promoteAt)
  const { rows } = await sql<{ content: string; people: number; items: number; likes: number }>`select content, count(distinct user_id)::int as people, count(distinct item_id)::int as items, sum(likes)::int as likes from knowledge_personal_label where tenant_id = ${ctx.tenantId} and label_id is null group by content order by likes desc, people desc, content limit 100`.execute(ctx.db())
  return { promoteAt: at, items: rows.map((row) => ({ ...row, hint: row.likes >= at })) }
}

/** An editor decides, with or without the likes. @throws 422 where no one bears the label */
export async function promoteLabel(ctx: Ctx, input: Input<typeof contract.promoteLabel>): Promise<Output<typeof contract.promoteLabel>> {
  authorize(ctx, 'knowledge.manage')
  const rows = await db(ctx).selectFrom('knowledge_personal_label').select(['id', 'item_id']).where('tenant_id', '=', ctx.tenantId).where('content', '=', input.content).where('label_id', 'is', null).forUpdate().limit(2000).execute()
  if (rows.length === 0) throw kernelErrors('invalid', { fields: [{ path: 'content', message: '没有这个个人标签，或已转为公共标签' }] })
  const known = await labelNamed(ctx, input.classCode, input.content)
  const label = known ?? (await createLabel(ctx, { classCode: input.classCode, code: `kno-${newId().slice(-8)}`, name: input.content, reason: '由知识库的个人标签转来' }))
  // A label that its keepers have yet to enable cannot stand in a text: the personal ones wait for it.
  if (label.state !== 'enabled') return { labelId: label.id, state: label.state, sent: 0, left: [] }
  await db(ctx).updateTable('knowledge_personal_label').set({ label_id: label.id }).where('tenant_id', '=', ctx.tenantId).where('id', 'in', rows.map((row) => row.id)).execute()
  const ids = [...new Set(rows.map((row) => row.item_id))]
  const { results } = await bulkItems(ctx, { ids: ids.slice(0, 200), act: 'label', labelIds: [label.id], reason: `个人标签“${input.content}”转为公共标签` })
  return { labelId: label.id, state: label.state, sent: results.filter((one) => one.ok).length, left: results.filter((one) => !one.ok).map((one) => ({ title: one.title, message: one.message ?? '' })) }
}
