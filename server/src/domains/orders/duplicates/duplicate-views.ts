// Found orders as the check shows them: public facts only, whoever asks; whether the reader may open one is said apart.
import type { Ctx } from '../../../kernel/ctx.ts'
import { areaNames } from '../../platform/index.ts'
import { isOpen } from '../order.ts'
import { visible } from '../orders.policy.ts'
import { db } from '../orders.queries.ts'
import { shownName } from '../requesters/contact.ts'
import { appealTypeNames, stateNames } from '../texts.zh-CN.ts'
import type { Duplicate } from './duplicate-contract.ts'
import type { Found } from './find-duplicates.ts'

export async function duplicateViews(ctx: Ctx, found: Found[]): Promise<Duplicate[]> {
  const ids = found.map((f) => f.row.id)
  if (ids.length === 0) return []
  const [areas, readable, sets] = await Promise.all([
    areaNames(ctx, found.flatMap((f) => f.row.area_code ?? [])),
    db(ctx).selectFrom('order_order as o').select('o.id').where('o.tenant_id', '=', ctx.tenantId).where('o.id', 'in', ids).where((eb) => visible(ctx, eb)).execute(),
    db(ctx).selectFrom('order_event_member as m').innerJoin('order_event_set as s', (j) => j.onRef('s.tenant_id', '=', 'm.tenant_id').onRef('s.id', '=', 'm.set_id'))
      .select(['m.order_id', 's.id', 's.title']).where('m.tenant_id', '=', ctx.tenantId).where('m.order_id', 'in', ids).where('m.state', '=', 'joined').execute(),
  ])
  const mayOpen = new Set(readable.map((r) => r.id))
  const setOf = new Map(sets.map((s) => [s.order_id, { id: s.id, title: s.title }]))
  return found.map(({ row, score, reasons, distance }) => ({
    orderId: row.id, number: row.number, title: row.title, state: row.state, stateName: stateNames[row.state], open: isOpen(row.state), appealTypeName: appealTypeNames[row.appeal_type] ?? row.appeal_type, purpose: row.purpose, matterId: row.matter_id,
    matterName: row.matter_name, categoryId: row.category_id, areaCode: row.area_code, areaName: row.area_code ? (areas.get(row.area_code) ?? null) : null, address: row.address, unitName: row.lead_unit_name,
    requesterName: shownName({ subject_kind: row.subject_kind, name: row.requester_name, anonymous: row.anonymous }), registeredAt: row.registered_at, score: Math.min(1, Math.max(0, score)), reasons, distance, eventSet: setOf.get(row.id) ?? null, mayOpen: mayOpen.has(row.id),
  }))
}
