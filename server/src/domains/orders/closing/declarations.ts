// What is declared when a unit closes: industry department, basis, whether the place lies outside (ORD-53).
import { sql, type Selectable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize, can } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { FieldError } from '../../../kernel/errors.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { setting } from '../../platform/index.ts'
import { answerOf } from '../acts.ts'
import { declarationOf, markColumns, markFail, markWritten, readMark } from '../marks/index.ts'
import { assertVisible } from '../orders.policy.ts'
import { db, lockOrder, saveOrder, type AssignmentRow, type OrderRow } from '../orders.queries.ts'
import { listOf, orderColumns, type OrderColumns } from '../requests/list-frame.ts'
import type { OrdersTables } from '../tables.gen.ts'
import { record } from '../timeline.ts'
import type * as contract from './closing-contract.ts'
import { closingFail } from './closing.errors.ts'
import { closingRequired } from './closing.settings.ts'

type Row = Selectable<OrdersTables['order_declaration']>

export type Declared = { industryUnitId?: string | undefined; industryClassId?: string | undefined; basis?: string | undefined; outsideArea: boolean; outsideDetail?: string | undefined }

/** Stores what a result declares; the newest result of the order counts. 422 where the unit's rule asks for more. */
export async function declare(ctx: Ctx, order: OrderRow, assignment: AssignmentRow, declared: Declared): Promise<void> {
  const required = await setting(ctx, closingRequired, assignment.unit_id)
  const faults: FieldError[] = []
  if (required.includes('industryUnit') && !declared.industryUnitId) faults.push({ path: 'industryUnitId', message: '请选择归属行业部门' })
  if (required.includes('industryClass') && !declared.industryClassId) faults.push({ path: 'industryClassId', message: '请选择行业分类' })
  if (required.includes('basis') && !declared.basis) faults.push({ path: 'basis', message: '请填写办理依据' })
  if (declared.outsideArea && !declared.outsideDetail) faults.push({ path: 'outsideDetail', message: '请说明外地的具体情况' })
  if (faults.length > 0) throw closingFail('declarationMissing', { rule: 'closingRequired', fields: faults })
  if (!declared.industryUnitId && !declared.industryClassId && !declared.outsideArea && !declared.basis) return
  const mark = await readMark(ctx, declared)
  const old = await declarationOf(ctx, order.id)
  // A mark set while handling stays where the closing says nothing about it.
  const marked = mark.unit || mark.node ? markColumns(old, mark) : {}
  const values = {
    ...marked, basis: declared.basis ?? null, outside_area: declared.outsideArea, outside_detail: declared.outsideDetail ?? null, assignment_id: assignment.id, unit_id: assignment.unit_id, unit_name: assignment.unit_name,
    declared_by_name: ctx.actor.name, declared_at: ts(ctx.clock.now()), corrected_by_name: null, corrected_at: null,
  }
  await db(ctx).insertInto('order_declaration').values({ tenant_id: ctx.tenantId, order_id: order.id, ...values }).onConflict((c) => c.columns(['tenant_id', 'order_id']).doUpdateSet(values)).execute()
  if (mark.unit) await markWritten(ctx, order, old, mark.unit)
}

/** Reviewers see and correct; old and new are kept. */
export async function correctDeclaration(ctx: Ctx, input: Input<typeof contract.correctDeclarationRoute>) {
  authorize(ctx, 'orders.reviewResult')
  if (input.outsideArea && !input.outsideDetail) throw closingFail('declarationMissing', { rule: 'closingRequired', fields: [{ path: 'outsideDetail', message: '请说明外地的具体情况' }] })
  const order = await lockOrder(ctx, input.id)
  await assertVisible(ctx, order)
  const old = await declarationOf(ctx, order.id)
  const mark = await readMark(ctx, { industryUnitId: input.industryUnitId, industryClassId: input.industryClassId ?? old?.industry_class_id })
  if (old?.industry_ruled && (mark.unit?.id ?? null) !== old.industry_unit_id) throw markFail('markRuled', { rule: 'orders.mark.ruled', fields: [{ path: 'industryUnitId', message: '行业归属已由中心裁定' }] })
  const now = ts(ctx.clock.now())
  const values = { ...markColumns(old, mark), basis: input.basis || null, outside_area: input.outsideArea, outside_detail: input.outsideDetail || null, corrected_by_name: ctx.actor.name, corrected_at: now }
  await db(ctx).insertInto('order_declaration').values({ tenant_id: ctx.tenantId, order_id: order.id, ...values, declared_by_name: ctx.actor.name, declared_at: now }).onConflict((c) => c.columns(['tenant_id', 'order_id']).doUpdateSet(values)).execute()
  await markWritten(ctx, order, old, mark.unit)
  const change = (label: string, before: unknown, after: unknown) => (before === after ? {} : { [label]: { old: before, new: after, label } })
  await record(ctx, order, {
    act: 'correctDeclaration', text: input.reason, visibility: 'staff',
    changes: { ...change('归属行业部门', old?.industry_unit_name ?? null, values.industry_unit_name), ...change('行业分类', old?.industry_class_name ?? null, values.industry_class_name), ...change('办理依据', old?.basis ?? null, values.basis), ...change('外地', old?.outside_area ?? false, input.outsideArea), ...change('外地情况', old?.outside_detail ?? null, values.outside_detail) },
  })
  return answerOf(await saveOrder(ctx, order, {}))
}

export async function listDeclarations(ctx: Ctx, input: Input<typeof contract.listDeclarationsRoute>) {
  authorize(ctx, 'orders.read')
  const where = [sql`x.tenant_id = ${ctx.tenantId}`]
  if (input.outsideArea !== undefined) where.push(sql`x.outside_area = ${input.outsideArea}`)
  if (input.industryUnitId) where.push(sql`x.industry_unit_id = ${input.industryUnitId}`)
  if (input.orderId) where.push(sql`x.order_id = ${input.orderId}`)
  if (input.from !== undefined) where.push(sql`x.declared_at >= ${ts(input.from)}`)
  if (input.to !== undefined) where.push(sql`x.declared_at < ${ts(input.to)}`)
  const page = await listOf<Row & OrderColumns>(ctx, { columns: sql`x.*, x.order_id as id, ${orderColumns}`, from: sql`order_declaration x join order_order o on o.tenant_id = x.tenant_id and o.id = x.order_id`, where, at: 'x.declared_at', id: 'x.order_id', down: true }, input)
  return {
    items: page.rows.map((r) => ({
      orderId: r.order_id, number: r.number, title: r.title, orderState: r.order_state, urgency: r.urgency, industryUnitId: r.industry_unit_id, industryUnitName: r.industry_unit_name, industryClassName: r.industry_class_name, ruled: r.industry_ruled, basis: r.basis, outsideArea: r.outside_area, outsideDetail: r.outside_detail, unitId: r.unit_id, unitName: r.unit_name,
      declaredByName: r.declared_by_name, declaredAt: r.declared_at, correctedByName: r.corrected_by_name, correctedAt: r.corrected_at, mayCorrect: can(ctx, 'orders.reviewResult'),
    })),
    next: page.next, count: page.count,
  }
}
