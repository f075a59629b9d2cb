// What a dispatcher sees of an order that came back or is contested: who said so and why, and whom to choose now (ORD-42).
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Instant } from '../../../kernel/time/index.ts'
import { setting } from '../../platform/index.ts'
import { db, type OrderRow } from '../orders.queries.ts'
import { reDispatchPreselect } from '../settings.ts'
import { causeNames, causeOfReturn } from './improper.ts'
import { namedUnits } from './named-units.ts'

type Back = { kind: 'return' | 'turnedBack' | 'dispute'; unitId: string | null; unitName: string; reasonClass: string | null; reason: string; cause: string; decidedAt: Instant | null; opinion: string | null }
type Path = { returned: Back[]; preferred: { unitId: string; unitName: string } | null; /** Whom the reasons point at. */ named: { unitId: string; reason: string }[] }
type Came = Pick<OrderRow, 'id' | 'return_count' | 'dispatched_at' | 'flags'>

const none: Path = { returned: [], preferred: null, named: [] }
const cause = (reasonClass: string | null, reason: string): string => causeNames[causeOfReturn(reasonClass, reason)]

/** Nothing is read for an order on its first way. */
export async function secondPath(ctx: Ctx, order: Came): Promise<Path> {
  if (order.dispatched_at === null && order.return_count === 0 && !order.flags.includes('disputed')) return none
  const [requests, turned, disputes] = await Promise.all([
    db(ctx).selectFrom('order_request').select(['unit_id', 'unit_name', 'reason_class', 'reason', 'opinion', 'state', 'decided_at']).where('tenant_id', '=', ctx.tenantId).where('order_id', '=', order.id).where('kind', '=', 'return').where('state', 'in', ['approved', 'refused']).orderBy('created_at').execute(),
    db(ctx).selectFrom('order_timeline').select(['text', 'data', 'at']).where('tenant_id', '=', ctx.tenantId).where('order_id', '=', order.id).where('act', '=', 'transferReturned').orderBy('at').execute(),
    db(ctx).selectFrom('order_dispute').select(['difficulty', 'opinion', 'approved_at']).where('tenant_id', '=', ctx.tenantId).where('order_id', '=', order.id).orderBy('approved_at').execute(),
  ])
  const returned: Back[] = [
    ...requests.filter((r) => r.state === 'approved').map((r) => ({ kind: 'return' as const, unitId: r.unit_id, unitName: r.unit_name, reasonClass: r.reason_class, reason: r.reason, cause: cause(r.reason_class, r.reason), decidedAt: r.decided_at, opinion: r.opinion })),
    ...turned.map((t) => ({ kind: 'turnedBack' as const, unitId: null, unitName: tenantOf(t.data), reasonClass: null, reason: t.text ?? '', cause: cause(null, t.text ?? ''), decidedAt: t.at, opinion: null })),
    ...disputes.map((d) => ({ kind: 'dispute' as const, unitId: null, unitName: '挂办', reasonClass: null, reason: d.difficulty, cause: cause(null, d.difficulty), decidedAt: d.approved_at, opinion: d.opinion })),
  ]
  const refused = requests.findLast((r) => r.state === 'refused')
  const out = new Set(returned.map((r) => r.unitId))
  // Whose return was refused has to handle it: preselected in the next dispatch ⚙.
  const preferred = refused && !out.has(refused.unit_id) && (await setting(ctx, reDispatchPreselect)) ? { unitId: refused.unit_id, unitName: refused.unit_name } : null
  return { returned, preferred, named: (await pointedAt(ctx, returned)).filter((one) => !out.has(one.unitId)) }
}

const tenantOf = (data: unknown): string => (typeof data === 'object' && data !== null && 'tenant' in data && typeof data.tenant === 'string' ? data.tenant : '其他中心')

async function pointedAt(ctx: Ctx, returned: readonly Back[]): Promise<Path['named']> {
  if (returned.length === 0) return []
  const { rows } = await sql<{ id: string; name: string }>`select id, name from platform_unit_view where tenant_id = ${ctx.tenantId} and state = 'active'`.execute(ctx.db())
  return returned.flatMap((one) => namedUnits(`${one.reason}。${one.opinion ?? ''}`, rows).map((unit) => ({ unitId: unit.id, reason: `${one.unitName}${one.kind === 'return' ? '退回' : ''}理由所指` })))
}

/** Kept with the next dispatch: why the first path failed. */
export async function pathData(ctx: Ctx, order: Came): Promise<Record<string, unknown>> {
  const { returned } = await secondPath(ctx, order)
  return returned.length === 0 ? {} : { secondPath: returned.map((one) => ({ kind: one.kind, unitName: one.unitName, cause: one.cause })) }
}
