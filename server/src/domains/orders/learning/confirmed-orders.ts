// Orders that people confirmed, as samples of each application; secret ones teach nothing.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { runNested } from '../../../kernel/runtime.ts'
import { localDate } from '../../../kernel/time/index.ts'
import { settleSuggestions, subjectOf, type TrainingSample } from '../../ai/index.ts'
import { appealTypes, effectiveNodes, mattersByIds } from '../../matters/index.ts'
import { offeredLabels, unitsByIds } from '../../platform/index.ts'
import type { OrderRow } from '../orders.queries.ts'

type Row = Pick<OrderRow, 'id' | 'title' | 'content' | 'address' | 'appeal_type' | 'matter_id' | 'category_id' | 'area_code'> & { label: string }

/** What people confirmed: a reviewed order's classes; the unit that concluded it without a return. */
const confirmed: Record<string, { label: ReturnType<typeof sql.ref>; when: ReturnType<typeof sql> }> = {
  category: { label: sql.ref('category_id'), when: sql`o.state not in ('pendingReview', 'withdrawn')` },
  matter: { label: sql.ref('matter_id'), when: sql`o.state not in ('pendingReview', 'withdrawn')` },
  'appeal-type': { label: sql.ref('appeal_type'), when: sql`o.state not in ('pendingReview', 'withdrawn')` },
  dispatch: { label: sql.ref('lead_unit_id'), when: sql`o.return_count = 0 and o.state not in ('pendingReview', 'pendingDispatch', 'withdrawn', 'merged')` },
}

/** Labels that people put and nobody took away: an order stands once for each. */
async function labelledOrders(ctx: Ctx, most: number): Promise<Row[]> {
  const { rows } = await sql<Row>`select o.id, o.title, o.content, o.address, o.appeal_type, o.matter_id, o.category_id, o.area_code, m.label_id::text as label from order_label m join order_order o on o.tenant_id = m.tenant_id and o.id = m.order_id
    where m.tenant_id = ${ctx.tenantId} and m.source = 'person' and m.removed_at is null and not o.confidential order by m.at desc limit ${most}`.execute(ctx.db())
  return rows
}

export async function confirmedOrders(ctx: Ctx, application: string, most: number): Promise<TrainingSample[] | null> {
  if (application === 'label') return (await labelledOrders(ctx, most)).map((row) => asSample(application, row))
  const known = confirmed[application]
  if (!known) return null
  const { rows } = await sql<Row>`select o.id, o.title, o.content, o.address, o.appeal_type, o.matter_id, o.category_id, o.area_code, o.${known.label}::text as label from order_order o
    where o.tenant_id = ${ctx.tenantId} and o.${known.label} is not null and not o.confidential and ${known.when} order by o.registered_at desc limit ${most}`.execute(ctx.db())
  return rows.map((row) => asSample(application, row))
}

const asSample = (application: string, row: Row): TrainingSample => ({ id: row.id, label: row.label, fields: subjectOf(application, { title: row.title, content: row.content, address: row.address, appealType: row.appeal_type, matterId: row.matter_id, categoryId: row.category_id, areaCode: row.area_code }) })

export async function namesOfValues(ctx: Ctx, application: string, values: readonly string[]): Promise<Map<string, string> | null> {
  const chosen = <T>(items: Iterable<T>, key: (item: T) => string, name: (item: T) => string): Map<string, string> => new Map([...items].filter((item) => values.includes(key(item))).map((item) => [key(item), name(item)]))
  if (application === 'category') return chosen(await effectiveNodes(ctx, 'category', localDate(ctx.clock.now())), (n) => n.id, (n) => n.name)
  if (application === 'matter') return chosen([...(await mattersByIds(ctx, [...values])).values()].filter((m) => m.status === 'effective'), (m) => m.id, (m) => m.name)
  if (application === 'appeal-type') return chosen(await appealTypes(ctx), (t) => t.id, (t) => t.name)
  if (application === 'dispatch') return chosen([...(await unitsByIds(ctx, [...values])).values()].filter((u) => u.state === 'active' && u.tenantId === ctx.tenantId), (u) => u.id, (u) => u.name)
  if (application === 'label') return chosen(await offeredLabels(ctx, { ids: [...values] }), (l) => l.id, (l) => l.name)
  return null
}

/** What stands in the saved order is what people made of the proposals. A failure here undoes only itself: the order is registered. */
export async function keepRegistration(ctx: Ctx, order: OrderRow, draftId: string | undefined): Promise<void> {
  if (!draftId) return
  try {
    await runNested(ctx, () => settleSuggestions(ctx, { type: 'draft', id: draftId }, { category: order.category_id, matter: order.matter_id, 'appeal-type': order.appeal_type }))
  } catch (error) {
    ctx.log.error({ err: error, order: order.id }, 'the proposals beside a registration were not settled')
  }
}
