// Urges and notices as lists: of an order, of a unit's line, owed ones first in nobody's way.
import type { Ctx } from '../../kernel/ctx.ts'
import { authorize } from '../../kernel/access.ts'
import type { Input } from '../../kernel/http/route.ts'
import { readOrder, stateNames, type OrderState } from '../orders/index.ts'
import { afterCursor, boundCount, dayRange, filesOf, nextPage } from '../platform/index.ts'
import { answerUrge } from './urge-order.ts'
import type { UrgeSource } from './supervision.ts'
import { answersFor, db, inUnitAny, lineOfReaderAny, listedTenants, ownLineAny, seesOrder, type Chosen } from './supervision.queries.ts'
import { supervisionFail } from './supervision.errors.ts'
import { urgeSourceNames } from './texts.zh-CN.ts'
import { taskQuery } from './tasks/read-tasks.ts'
import type * as contract from './urge-contract.ts'

const urges = (ctx: Ctx, tenants: string[]) =>
  db(ctx)
    .selectFrom('supervision_urge as u')
    .innerJoin('order_view as o', (join) => join.onRef('o.tenant_id', '=', 'u.tenant_id').onRef('o.id', '=', 'u.order_id'))
    .where('u.tenant_id', 'in', tenants)
    .where((eb) => seesOrder(ctx, eb as never) as never)

const select = (query: ReturnType<typeof urges>) =>
  query.select([
    'u.id', 'u.order_id as orderId', 'o.number', 'o.title', 'o.state', 'u.number as nth', 'u.source', 'u.content', 'u.unit_ids', 'u.unit_names as unitNames', 'u.created_by_name as createdByName', 'u.created_unit_name as createdUnitName', 'u.created_at as createdAt',
    'u.answer', 'u.answered_by_name as answeredByName', 'u.answered_unit_name as answeredUnitName', 'u.answered_at as answeredAt', 'u.tenant_id',
  ])
type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number]

async function view(ctx: Ctx, rows: Row[]) {
  const files = await filesOf(ctx, 'urge', rows.map((r) => r.id))
  return Promise.all(
    rows.map(async ({ unit_ids, tenant_id, state, ...row }) => ({
      ...row, number: row.number ?? '', title: row.title ?? '', orderStateName: stateNames[state as OrderState], source: row.source as UrgeSource, sourceName: urgeSourceNames[row.source as UrgeSource],
      owed: row.answeredAt === null, mayAnswer: row.answeredAt === null && tenant_id === ctx.tenantId && (await answersFor(ctx, unit_ids)),
      files: (files.get(row.id) ?? []).map(({ id, name, type, size }) => ({ id, name, type, size })),
    })),
  )
}

export async function orderUrges(ctx: Ctx, input: Input<typeof contract.orderUrgesRoute>) {
  const order = await readOrder(ctx, input.id)
  const rows = await select(urges(ctx, [order.tenant_id]).where(lineOfReaderAny(ctx, 'u.unit_ids'))).where('u.order_id', '=', order.id).orderBy('u.number', 'desc').execute()
  const notices = await db(ctx).selectFrom('supervision_upper_notice').select(['id', 'upper_number as upperNumber', 'content', 'received_at as receivedAt', 'created_by_name as createdByName']).where('tenant_id', '=', order.tenant_id).where('order_id', '=', order.id).orderBy('received_at', 'desc').execute()
  return { items: await view(ctx, rows), upperNotices: notices }
}

export async function urgeQuery(ctx: Ctx, input: Partial<Input<typeof contract.listUrgesRoute>>) {
  const { from, before } = await dayRange(ctx, input.from, input.to)
  let query = urges(ctx, listedTenants(ctx, input)).where(ownLineAny(ctx, 'u.unit_ids'))
  if (input.owed !== undefined) query = query.where('u.answered_at', input.owed ? 'is' : 'is not', null)
  if (input.unitId) query = query.where(inUnitAny(ctx, 'u.unit_ids', input.unitId))
  if (input.source) query = query.where('u.source', '=', input.source)
  if (from) query = query.where('u.created_at', '>=', from)
  if (before) query = query.where('u.created_at', '<', before)
  return query
}

export async function listUrges(ctx: Ctx, input: Input<typeof contract.listUrgesRoute>) {
  authorize(ctx, 'supervision.read')
  const query = await urgeQuery(ctx, input)
  const rows = await select(query).where(afterCursor(input.cursor, 'u.created_at', 'u.id')).orderBy('u.created_at', 'desc').orderBy('u.id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (r) => r.createdAt)
  return { items: await view(ctx, page.items), next: page.next, count: await boundCount(ctx, query) }
}

export const owedUrges = async (ctx: Ctx, chosen: Pick<Chosen, 'unitId' | 'below'> = {}) => boundCount(ctx, await urgeQuery(ctx, { owed: true, unitId: chosen.unitId, below: chosen.below }))

export async function urgeCounts(ctx: Ctx) {
  authorize(ctx, 'supervision.read')
  return { owed: await owedUrges(ctx), openTasks: await boundCount(ctx, taskQuery(ctx, { state: ['open'] })) }
}

/** The route: the answered urge as lists show it. */
export async function answerUrgeRoute(ctx: Ctx, input: Input<typeof contract.answerUrgeRoute>) {
  const { id } = await answerUrge(ctx, input)
  const [row] = await view(ctx, await select(urges(ctx, [ctx.tenantId])).where('u.id', '=', id).execute())
  if (!row) throw supervisionFail('urgeNotFound')
  return row
}

export async function listUpperNotices(ctx: Ctx, input: Input<typeof contract.listUpperNoticesRoute>) {
  authorize(ctx, 'supervision.read')
  const query = db(ctx)
    .selectFrom('supervision_upper_notice as n')
    .innerJoin('order_view as o', (join) => join.onRef('o.tenant_id', '=', 'n.tenant_id').onRef('o.id', '=', 'n.order_id'))
    .innerJoin('orders_pub_order_view as w', (join) => join.onRef('w.tenant_id', '=', 'n.tenant_id').onRef('w.id', '=', 'n.order_id'))
    .where('n.tenant_id', 'in', listedTenants(ctx, input))
    .where((eb) => seesOrder(ctx, eb as never) as never)
  const rows = await query
    .select(['n.id', 'n.order_id as orderId', 'o.number', 'o.title', 'o.state', 'o.lead_unit_name as unitName', 'w.urge_count as urgeCount', 'n.upper_number as upperNumber', 'n.content', 'n.received_at as receivedAt', 'n.created_by_name as createdByName'])
    .where(afterCursor(input.cursor, 'n.received_at', 'n.id')).orderBy('n.received_at', 'desc').orderBy('n.id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (r) => r.receivedAt)
  return { items: page.items.map(({ state, ...r }) => ({ ...r, number: r.number ?? '', title: r.title ?? '', urgeCount: r.urgeCount ?? 0, orderStateName: stateNames[state as OrderState] })), next: page.next, count: await boundCount(ctx, query) }
}
