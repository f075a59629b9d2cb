// Leaders' instructions as lists and on orders: who reads the words, what may be done next (SUP-23, ORD-48).
import { sql, type SqlBool } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize, can } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { flowsOf } from '../../flow/index.ts'
import { readOrder, stateNames, type OrderRow, type OrderState } from '../../orders/index.ts'
import { afterCursor, boundCount, filesOf, nextPage, setting, usersOf } from '../../platform/index.ts'
import { headMinTransfers } from '../settings.ts'
import { supervisionFail } from '../supervision.errors.ts'
import { answersFor, db, lineOfReader, listedTenants, readableTenants, seesOrder } from '../supervision.queries.ts'
import type * as contract from './instruction-contract.ts'
import { instructionStateNames, instructionUrgencyNames, NO_MATTER } from './instruction-texts.zh-CN.ts'

export type InstructionView = View
type View = Output<typeof contract.issueInstructionRoute>

const instructions = (ctx: Ctx, tenants: string[]) =>
  db(ctx)
    .selectFrom('supervision_instruction as i')
    .innerJoin('order_view as o', (join) => join.onRef('o.tenant_id', '=', 'i.tenant_id').onRef('o.id', '=', 'i.order_id'))
    .where('i.tenant_id', 'in', tenants)
    .where((eb) => seesOrder(ctx, eb as never) as never)
const select = (query: ReturnType<typeof instructions>) =>
  query.select(['i.id', 'i.tenant_id', 'i.order_id as orderId', 'o.number', 'o.title', 'o.state as orderState', 'o.matter_name as matterName', 'i.state', 'i.urgency', 'i.request', 'i.requested_by', 'i.requested_by_name as requestedByName', 'i.requested_at as requestedAt', 'i.leader_id as leaderId', 'i.leader_name as leaderName', 'i.text', 'i.issued_at as issuedAt', 'i.report_due_at as reportDueAt', 'i.closed_at as closedAt', 'i.created_at as createdAt', 'i.flow_instance_id as flowInstanceId', 'i.declined_reason as declinedReason', 'i.head', 'i.version'])
type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number]

/** Who reads the words: those with the right in the centre, the leader and the officer themselves, and the units it was given to; without units it was given to the desks that may ask for instructions. */
async function views(ctx: Ctx, rows: Row[]): Promise<View[]> {
  if (rows.length === 0) return []
  const units = await db(ctx).selectFrom('supervision_instruction_unit').selectAll().where('tenant_id', 'in', [...new Set(rows.map((r) => r.tenant_id))]).where('instruction_id', 'in', rows.map((r) => r.id)).orderBy('unit_name').execute()
  const mine = new Set((await db(ctx).selectFrom('supervision_instruction_unit').select(['instruction_id', 'unit_id']).where('tenant_id', '=', ctx.tenantId).where('instruction_id', 'in', rows.map((r) => r.id)).where(lineOfReader(ctx, 'unit_id')).execute()).map((r) => `${r.instruction_id} ${r.unit_id}`))
  const central = can(ctx, 'supervision.instruct') || can(ctx, 'supervision.instructFirst') || can(ctx, 'supervision.readInstruction')
  const asks = can(ctx, 'supervision.requestInstruction')
  const flows = await flowsOf(ctx, rows.flatMap((r) => r.flowInstanceId ?? []))
  const files = await filesOf(ctx, 'instruction', rows.map((r) => r.id))
  return Promise.all(rows.map(async ({ tenant_id, requested_by, orderState, createdAt: _created, ...row }) => {
    const own = units.filter((u) => u.instruction_id === row.id)
    const given = can(ctx, 'supervision.answer') && ctx.actor.unitIds.length > 0 && own.some((u) => mine.has(`${row.id} ${u.unit_id}`))
    const reads = central || given || (asks && own.length === 0) || row.leaderId === ctx.actor.id || requested_by === ctx.actor.id
    const flow = row.flowInstanceId ? flows.get(row.flowInstanceId) : undefined
    const state = row.state as View['state']
    const here = tenant_id === ctx.tenantId
    const list = await Promise.all(own.map(async (u) => ({ unitId: u.unit_id, unitName: u.unit_name, report: reads ? u.report : null, reportedByName: u.reported_by_name, reportedAt: u.reported_at, mayReport: here && state === 'issued' && u.reported_at === null && (await answersFor(ctx, [u.unit_id])) })))
    return {
      ...row, number: row.number ?? '', title: row.title ?? '', orderStateName: stateNames[orderState as OrderState], state, stateName: instructionStateNames[state], urgency: row.urgency as View['urgency'], urgencyName: instructionUrgencyNames[row.urgency as View['urgency']],
      request: reads ? row.request : null, text: reads ? row.text : null, textHidden: !reads && row.text !== null, overdue: state === 'issued' && row.reportDueAt !== null && row.reportDueAt <= ctx.clock.now(), units: list,
      steps: reads ? (flow?.steps ?? []).map((s) => ({ name: s.name, actor: s.actor ?? null, state: s.state, decidedAt: s.decidedAt ?? null, opinion: s.opinion ?? null })) : [], files: reads ? (files.get(row.id) ?? []).map(({ id, name, type, size }) => ({ id, name, type, size })) : [], declinedReason: reads ? row.declinedReason : null,
      mayIssue: here && state === 'requested' && (flow ? flow.mayDecide : can(ctx, row.head ? 'supervision.decideHead' : 'supervision.instruct') && (row.leaderId === null || row.leaderId === ctx.actor.id)), mayPassUp: here && state === 'requested' && flow?.mayDecide === true,
      // Without units nobody owes a report: the desk that was addressed closes it.
      mayClose: here && (state === 'reported' || (state === 'issued' && own.length === 0)) && (can(ctx, 'supervision.instruct') || asks),
    }
  }))
}

/** One instruction as the reader may see it; `instructionNotFound` otherwise. */
export async function instructionById(ctx: Ctx, id: string): Promise<View> {
  const [view] = await views(ctx, await select(instructions(ctx, readableTenants(ctx)).where('i.id', '=', id)).execute())
  if (!view) throw supervisionFail('instructionNotFound')
  return view
}

const overdueNow = (ctx: Ctx) => sql<SqlBool>`(i.state = 'issued' and i.report_due_at <= ${ts(ctx.clock.now())}::timestamptz)`

export async function listInstructions(ctx: Ctx, input: Input<typeof contract.listInstructionsRoute>): Promise<Output<typeof contract.listInstructionsRoute>> {
  authorize(ctx, 'supervision.read')
  let query = instructions(ctx, listedTenants(ctx, input))
  if (input.state) query = query.where('i.state', '=', input.state)
  if (input.urgency) query = query.where('i.urgency', '=', input.urgency)
  if (input.mine) query = query.where((eb) => eb.or([eb('i.leader_id', '=', ctx.actor.id), eb('i.requested_by', '=', ctx.actor.id)]))
  if (input.overdue) query = query.where(overdueNow(ctx))
  if (input.matterId) query = query.where('o.matter_id', '=', input.matterId)
  if (input.orderId) query = query.where('i.order_id', '=', input.orderId)
  const rows = await select(query).where(afterCursor(input.cursor, 'i.created_at', 'i.id')).orderBy('i.created_at', 'desc').orderBy('i.id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (r) => r.createdAt)
  return { items: await views(ctx, page.items), next: page.next, count: await boundCount(ctx, query) }
}

export const leadersOf = (ctx: Ctx): Promise<{ id: string; name: string }[]> => usersOf(ctx, { permission: 'supervision.instruct' })
/** Units that hold or held the order, those responsible for it now (lead or parallel of the running round, not handed down to them) first. */
export async function unitsOf(ctx: Ctx, order: Pick<OrderRow, 'tenant_id' | 'id' | 'round'>): Promise<{ id: string; name: string; responsible: boolean }[]> {
  const rows = await db(ctx).selectFrom('orders_pub_assignment_view').select(['unit_id', 'unit_name', 'parent_id', 'role', 'round']).where('tenant_id', '=', order.tenant_id).where('order_id', '=', order.id).where('state', 'not in', ['returned', 'cancelled']).orderBy('dispatched_at').orderBy('id').execute()
  const units = new Map<string, { id: string; name: string; responsible: boolean }>()
  for (const row of rows) {
    const id = row.unit_id ?? ''
    const responsible = row.parent_id === null && row.role !== 'assist' && row.round === order.round
    units.set(id, { id, name: row.unit_name ?? '', responsible: responsible || (units.get(id)?.responsible ?? false) })
  }
  return [...units.values()].toSorted((a, b) => Number(b.responsible) - Number(a.responsible))
}

/** States in which the head may still designate a unit. */
export const headStates: readonly string[] = ['pendingReview', 'pendingDispatch', 'inProgress']
export const headsOf = (ctx: Ctx): Promise<{ id: string; name: string }[]> => usersOf(ctx, { permission: 'supervision.decideHead' })

/** How often the order went on to another unit: returns, or dispatches beyond the first. */
export async function transfersOf(ctx: Ctx, order: Pick<OrderRow, 'id' | 'tenant_id' | 'return_count'>): Promise<number> {
  const row = await db(ctx).selectFrom('orders_pub_assignment_view').select(sql<number>`count(distinct unit_id)::int`.as('n')).where('tenant_id', '=', order.tenant_id).where('order_id', '=', order.id).where('parent_id', 'is', null).where('role', 'in', ['lead', 'parallel']).executeTakeFirstOrThrow()
  return Math.max(order.return_count, row.n - 1)
}

async function headOffer(ctx: Ctx, order: OrderRow): Promise<{ heads: { id: string; name: string }[]; headReason: string | null }> {
  if (!headStates.includes(order.state)) return { heads: [], headReason: null }
  const [count, needed] = [await transfersOf(ctx, order), await setting(ctx, headMinTransfers)]
  return count < needed ? { heads: [], headReason: `退回或转派满 ${needed} 次可转主要领导审批，目前 ${count} 次` } : { heads: await headsOf(ctx), headReason: null }
}

export async function orderInstructions(ctx: Ctx, input: { id: string }): Promise<Output<typeof contract.orderInstructionsRoute>> {
  const order = await readOrder(ctx, input.id)
  const rows = await select(instructions(ctx, [order.tenant_id]).where('i.order_id', '=', order.id)).orderBy('i.created_at', 'desc').execute()
  const own = order.tenant_id === ctx.tenantId
  const mayRequest = own && can(ctx, 'supervision.requestInstruction')
  return { items: await views(ctx, rows), mayRequest, mayIssue: own && can(ctx, 'supervision.instruct'), leaders: mayRequest ? await leadersOf(ctx) : [], units: own ? (await unitsOf(ctx, order)).map(({ id, name }) => ({ id, name })) : [], ...(mayRequest ? await headOffer(ctx, order) : { heads: [], headReason: null }) }
}

export async function instructionStats(ctx: Ctx): Promise<Output<typeof contract.instructionStatsRoute>> {
  authorize(ctx, 'supervision.read')
  const all = () => instructions(ctx, [ctx.tenantId])
  const n = sql<number>`count(*)::int`.as('count')
  const states = await all().select('i.state').select(n).groupBy('i.state').execute()
  const urgencies = await all().select('i.urgency').select(n).groupBy('i.urgency').execute()
  const matters = await all().select(['o.matter_id', 'o.matter_name']).select(n).groupBy(['o.matter_id', 'o.matter_name']).orderBy(sql`3`, 'desc').limit(20).execute()
  const late = await all().where(overdueNow(ctx)).select(n).executeTakeFirstOrThrow()
  return {
    states: (Object.keys(instructionStateNames) as View['state'][]).map((state) => ({ state, name: instructionStateNames[state], count: states.find((s) => s.state === state)?.count ?? 0 })),
    urgencies: (Object.keys(instructionUrgencyNames) as View['urgency'][]).map((urgency) => ({ urgency, name: instructionUrgencyNames[urgency], count: urgencies.find((s) => s.urgency === urgency)?.count ?? 0 })),
    matters: matters.map((m) => ({ matterId: m.matter_id, name: m.matter_name ?? NO_MATTER, count: m.count })),
    overdue: late.count,
  }
}

