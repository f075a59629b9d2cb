// What the standard answers to the platform: where units and areas are used, and what waits for a reviewer.
import { can } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { HomeCard, HomeTodo, Usage, UsedObject } from '../../platform/index.ts'
import type { MattersTables } from '../tables.gen.ts'

/** Stands against deleting a unit or an area. */
export async function standardUsage(ctx: Ctx, object: UsedObject): Promise<Usage[]> {
  const db = ctx.acrossTenants<MattersTables>('an area is used by any tenant, a unit by its own')
  if (object.type === 'area') {
    const { n } = await db.selectFrom('matter_duty_entry').select((e) => e.fn.countAll<number>().as('n')).where('area_code', '=', object.id).where('state', '<>', 'void').executeTakeFirstOrThrow()
    return [{ label: '职责清单条目', count: n }]
  }
  if (object.type !== 'unit') return []
  const duties = await db.selectFrom('matter_duty_entry').select((e) => e.fn.countAll<number>().as('n')).where('unit_id', '=', object.id).executeTakeFirstOrThrow()
  const matters = await db.selectFrom('matter_matter').select((e) => e.fn.countAll<number>().as('n')).where('competent_unit_id', '=', object.id).executeTakeFirstOrThrow()
  const owners = await db.selectFrom('matter_scheme_node').select((e) => e.fn.countAll<number>().as('n')).where('owner_unit_id', '=', object.id).executeTakeFirstOrThrow()
  return [{ label: '职责清单条目', count: duties.n }, { label: '诉求事项', count: matters.n }, { label: '分类', count: owners.n }]
}

/** Changes that wait for this person's review; the submitter's own ones wait for somebody else. */
export async function reviewTodo(ctx: Ctx): Promise<{ cards: HomeCard[]; todo: HomeTodo[] }> {
  if (!can(ctx, 'matters.review')) return { cards: [], todo: [] }
  const rows = await ctx.db<MattersTables>().selectFrom('matter_change').select(['id', 'title', 'submitted_by_name as by']).where('tenant_id', '=', ctx.tenantId).where('state', '=', 'pending')
    .where((e) => e.or([e('submitted_by', 'is', null), e('submitted_by', '<>', ctx.actor.id)])).orderBy('submitted_at').orderBy('id').limit(100).execute()
  const card: HomeCard = { id: 'matters.toReview', title: '待审核标准变更', value: rows.length, capped: rows.length === 100, link: '/matters/changes?state=pending', todo: true }
  return { cards: [card], todo: rows.slice(0, 20).map((row): HomeTodo => ({ id: row.id, kind: '标准审核', title: row.title, link: `/matters/changes/${row.id}`, hint: `${row.by}提交` })) }
}
