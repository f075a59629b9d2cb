// The industry mark of an order: class and competent department, stored with what is declared at closing (ORD-53, ORD-34).
import type { Selectable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { schemeNodeById } from '../../matters/index.ts'
import { unitsByIds, type Unit } from '../../platform/index.ts'
import { addParties, db, type OrderRow } from '../orders.queries.ts'
import { tellUnit } from '../requests/tell.ts'
import type { OrdersTables } from '../tables.gen.ts'
import { markFail } from './mark.errors.ts'

export type Declaration = Selectable<OrdersTables['order_declaration']>
export type Mark = { unit: Unit | null; node: { id: string; name: string } | null }

const fault = (path: string, message: string): Error => markFail('markFault', { rule: 'orders.mark', params: { fault: message }, fields: [{ path, message }] })

/** @throws orders.markFault for a department of another centre or a node that is no industry class */
export async function readMark(ctx: Ctx, input: { industryUnitId?: string | null | undefined; industryClassId?: string | null | undefined }): Promise<Mark> {
  const unit = input.industryUnitId ? (await unitsByIds(ctx, [input.industryUnitId])).get(input.industryUnitId) : null
  if (input.industryUnitId && unit?.tenantId !== ctx.tenantId) throw fault('industryUnitId', '请选择本中心的部门')
  const node = input.industryClassId ? await schemeNodeById(ctx, input.industryClassId) : null
  if (input.industryClassId && node?.scheme !== 'industry') throw fault('industryClassId', '请选择行业分类')
  return { unit: unit ?? null, node: node ? { id: node.id, name: node.pathNames.join(' / ') } : null }
}

export const declarationOf = (ctx: Ctx, orderId: string): Promise<Declaration | undefined> => db(ctx).selectFrom('order_declaration').selectAll().where('tenant_id', '=', ctx.tenantId).where('order_id', '=', orderId).forUpdate().executeTakeFirst()

/** Columns of the mark for a write of the declaration; a ruled mark stays as the centre left it. */
export function markColumns(old: Declaration | undefined, mark: Mark) {
  if (old?.industry_ruled) return { industry_unit_id: old.industry_unit_id, industry_unit_name: old.industry_unit_name, industry_class_id: old.industry_class_id, industry_class_name: old.industry_class_name }
  return { industry_unit_id: mark.unit?.id ?? null, industry_unit_name: mark.unit?.name ?? null, industry_class_id: mark.node?.id ?? null, industry_class_name: mark.node?.name ?? null }
}

/**
 * After a mark was written: the department named is told and may read the order, unless it is confidential; an objection to another
 * department's mark falls away.
 */
export async function markWritten(ctx: Ctx, order: OrderRow, old: Declaration | undefined, unit: Unit | null): Promise<void> {
  if (old?.industry_ruled || old?.industry_unit_id === (unit?.id ?? null)) return
  await db(ctx).updateTable('order_mark_objection').set({ state: 'superseded', ruled_at: ts(ctx.clock.now()) }).where('tenant_id', '=', ctx.tenantId).where('order_id', '=', order.id).where('state', 'in', ['asked', 'disputed']).execute()
  if (unit === null || order.confidential) return
  await addParties(ctx, order, [unit])
  await tellUnit(ctx, order, { unit_id: unit.id, handler_id: null }, { type: 'order.mark', level: 'P3', title: `行业归属标注：${order.title}`, text: `工单 ${order.number} 被标注为归属贵单位，有异议可在工单上提出` })
}
