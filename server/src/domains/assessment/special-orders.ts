// Special orders (特殊工单): registered with kind and reason, they do not count until the registration ends.
import { sql, type Selectable } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { authorize } from '../../kernel/access.ts'
import { ts } from '../../kernel/db/connect.ts'
import type { Input, Output } from '../../kernel/http/route.ts'
import { newId } from '../../kernel/runtime.ts'
import { visible } from '../orders/index.ts'
import { assessmentFail } from './assessment.errors.ts'
import { db, orderScope } from './assessment.queries.ts'
import type * as contract from './contract.ts'
import type { AssessmentTables } from './tables.gen.ts'

type View = Output<typeof contract.addSpecialRoute>
const view = (r: Selectable<AssessmentTables['assessment_special_order']>): View => ({ id: r.id, orderId: r.order_id, orderNumber: r.order_number, kind: r.kind, reason: r.reason, at: r.at, byName: r.by_name, endedAt: r.ended_at, endedByName: r.ended_by_name })

export async function listSpecials(ctx: Ctx): Promise<{ items: View[] }> {
  authorize(ctx, 'assessment.manage')
  return { items: (await db(ctx).selectFrom('assessment_special_order').selectAll().where('tenant_id', '=', ctx.tenantId).orderBy('at', 'desc').orderBy('id').limit(500).execute()).map(view) }
}

export async function addSpecial(ctx: Ctx, input: Input<typeof contract.addSpecialRoute>): Promise<View> {
  authorize(ctx, 'assessment.manage')
  const order = (await sql<{ id: string }>`select o.id from orders_pub_fact_view o where o.tenant_id = ${ctx.tenantId} and o.number = ${input.number} and ${visible(ctx, orderScope)}`.execute(db(ctx))).rows[0]
  if (!order) throw assessmentFail('orderUnknown', { params: { number: input.number }, fields: [{ path: 'number', message: '没有这件工单' }] })
  const made = await db(ctx).insertInto('assessment_special_order').values({ tenant_id: ctx.tenantId, id: newId(), order_id: order.id, order_number: input.number, kind: input.kind, reason: input.reason, at: ts(ctx.clock.now()), by_name: ctx.actor.name }).onConflict((c) => c.columns(['tenant_id', 'order_id']).where('ended_at', 'is', null).doNothing()).returningAll().executeTakeFirst()
  if (!made) throw assessmentFail('specialTwice')
  return view(made)
}

export async function endSpecial(ctx: Ctx, input: { id: string }): Promise<View> {
  authorize(ctx, 'assessment.manage')
  const row = await db(ctx).updateTable('assessment_special_order').set({ ended_at: ts(ctx.clock.now()), ended_by_name: ctx.actor.name }).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).where('ended_at', 'is', null).returningAll().executeTakeFirst()
  if (!row) throw assessmentFail('notFound')
  return view(row)
}
