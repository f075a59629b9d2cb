// Leaders' instructions: requested or written at once, distributed to units, reported back, closed (SUP-23).
import { sql, type SqlBool } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize, can, userId } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { lockOrder, readOrder, record, saveOrder, stateNames, type OrderRow, type OrderState } from '../../orders/index.ts'
import { afterCursor, boundCount, nextPage, notify, unitsByIds, usersOf } from '../../platform/index.ts'
import { peopleFinder } from '../recipients.ts'
import { supervisionFail } from '../supervision.errors.ts'
import { answersFor, db, lineOfReader, readableTenants, seesOrder } from '../supervision.queries.ts'
import { tellFollowers } from './focus.ts'
import type * as contract from './instruction-contract.ts'
import { instructionStateNames, instructionUrgencyNames, NO_MATTER } from './instruction-texts.zh-CN.ts'

type View = Output<typeof contract.issueInstructionRoute>

const instructions = (ctx: Ctx, tenants: string[]) =>
  db(ctx)
    .selectFrom('supervision_instruction as i')
    .innerJoin('order_view as o', (join) => join.onRef('o.tenant_id', '=', 'i.tenant_id').onRef('o.id', '=', 'i.order_id'))
    .where('i.tenant_id', 'in', tenants)
    .where((eb) => seesOrder(ctx, eb as never) as never)
const select = (query: ReturnType<typeof instructions>) =>
  query.select(['i.id', 'i.tenant_id', 'i.order_id as orderId', 'o.number', 'o.title', 'o.state as orderState', 'o.matter_name as matterName', 'i.state', 'i.urgency', 'i.request', 'i.requested_by', 'i.requested_by_name as requestedByName', 'i.requested_at as requestedAt', 'i.leader_id as leaderId', 'i.leader_name as leaderName', 'i.text', 'i.issued_at as issuedAt', 'i.report_due_at as reportDueAt', 'i.closed_at as closedAt', 'i.created_at as createdAt', 'i.version'])
type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number]

/** Who reads the words: those with the right in the centre, the leader and the officer themselves, and the units it was given to. */
async function views(ctx: Ctx, rows: Row[]): Promise<View[]> {
  if (rows.length === 0) return []
  const units = await db(ctx).selectFrom('supervision_instruction_unit').selectAll().where('tenant_id', 'in', [...new Set(rows.map((r) => r.tenant_id))]).where('instruction_id', 'in', rows.map((r) => r.id)).orderBy('unit_name').execute()
  const mine = new Set((await db(ctx).selectFrom('supervision_instruction_unit').select(['instruction_id', 'unit_id']).where('tenant_id', '=', ctx.tenantId).where('instruction_id', 'in', rows.map((r) => r.id)).where(lineOfReader(ctx, 'unit_id')).execute()).map((r) => `${r.instruction_id} ${r.unit_id}`))
  const central = can(ctx, 'supervision.instruct') || can(ctx, 'supervision.requestInstruction') || can(ctx, 'supervision.readInstruction')
  return Promise.all(rows.map(async ({ tenant_id, requested_by, orderState, createdAt: _created, ...row }) => {
    const own = units.filter((u) => u.instruction_id === row.id)
    const given = can(ctx, 'supervision.answer') && ctx.actor.unitIds.length > 0 && own.some((u) => mine.has(`${row.id} ${u.unit_id}`))
    const reads = central || given || row.leaderId === ctx.actor.id || requested_by === ctx.actor.id
    const state = row.state as View['state']
    const here = tenant_id === ctx.tenantId
    const list = await Promise.all(own.map(async (u) => ({ unitId: u.unit_id, unitName: u.unit_name, report: reads ? u.report : null, reportedByName: u.reported_by_name, reportedAt: u.reported_at, mayReport: here && state === 'issued' && u.reported_at === null && (await answersFor(ctx, [u.unit_id])) })))
    return {
      ...row, number: row.number ?? '', title: row.title ?? '', orderStateName: stateNames[orderState as OrderState], state, stateName: instructionStateNames[state], urgency: row.urgency as View['urgency'], urgencyName: instructionUrgencyNames[row.urgency as View['urgency']],
      request: reads ? row.request : null, text: reads ? row.text : null, textHidden: !reads && row.text !== null, overdue: state === 'issued' && row.reportDueAt !== null && row.reportDueAt <= ctx.clock.now(), units: list,
      mayIssue: here && state === 'requested' && can(ctx, 'supervision.instruct') && (row.leaderId === null || row.leaderId === ctx.actor.id), mayClose: here && state === 'reported' && (can(ctx, 'supervision.instruct') || can(ctx, 'supervision.requestInstruction')),
    }
  }))
}

async function one(ctx: Ctx, id: string): Promise<View> {
  const [view] = await views(ctx, await select(instructions(ctx, readableTenants(ctx)).where('i.id', '=', id)).execute())
  if (!view) throw supervisionFail('instructionNotFound')
  return view
}

const overdueNow = (ctx: Ctx) => sql<SqlBool>`(i.state = 'issued' and i.report_due_at <= ${ts(ctx.clock.now())}::timestamptz)`

export async function listInstructions(ctx: Ctx, input: Input<typeof contract.listInstructionsRoute>): Promise<Output<typeof contract.listInstructionsRoute>> {
  authorize(ctx, 'supervision.read')
  let query = instructions(ctx, readableTenants(ctx))
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

const leadersOf = (ctx: Ctx): Promise<{ id: string; name: string }[]> => usersOf(ctx, { permission: 'supervision.instruct' })
const unitsOf = async (ctx: Ctx, order: OrderRow) =>
  [...new Map((await db(ctx).selectFrom('orders_pub_assignment_view').select(['unit_id', 'unit_name']).where('tenant_id', '=', order.tenant_id).where('order_id', '=', order.id).where('state', 'not in', ['returned', 'cancelled']).execute()).map((r) => [r.unit_id ?? '', r.unit_name ?? ''])).entries()].map(([id, name]) => ({ id, name }))

export async function orderInstructions(ctx: Ctx, input: { id: string }): Promise<Output<typeof contract.orderInstructionsRoute>> {
  const order = await readOrder(ctx, input.id)
  const rows = await select(instructions(ctx, [order.tenant_id]).where('i.order_id', '=', order.id)).orderBy('i.created_at', 'desc').execute()
  const own = order.tenant_id === ctx.tenantId
  const mayRequest = own && can(ctx, 'supervision.requestInstruction')
  return { items: await views(ctx, rows), mayRequest, mayIssue: own && can(ctx, 'supervision.instruct'), leaders: mayRequest ? await leadersOf(ctx) : [], units: own ? await unitsOf(ctx, order) : [] }
}

export async function requestInstruction(ctx: Ctx, input: Input<typeof contract.requestInstructionRoute>): Promise<View> {
  authorize(ctx, 'supervision.requestInstruction')
  await readOrder(ctx, input.id)
  const leader = (await leadersOf(ctx)).find((u) => u.id === input.leaderId)
  if (!leader) throw kernelErrors('invalid', { fields: [{ path: 'leaderId', message: '该人员没有批示的权限' }] })
  const order = await lockOrder(ctx, input.id)
  const now = ts(ctx.clock.now())
  const id = newId()
  await db(ctx).insertInto('supervision_instruction').values({ ...blank(ctx), id, order_id: order.id, state: 'requested', urgency: input.urgency, request: input.request, requested_by: userId(ctx), requested_by_name: ctx.actor.name, requested_at: now, leader_id: leader.id, leader_name: leader.name, created_at: now }).execute()
  await record(ctx, order, { act: 'requestInstruction', text: null, data: { instructionId: id, leader: leader.name } })
  await notify(ctx, { type: 'supervision.instruction', to: { userIds: [leader.id] }, level: 'P2', title: `提请批示：${order.title}`, text: input.request, link: `/supervision/instructions?mine=true&state=requested`, objectType: 'instruction', objectId: id })
  return one(ctx, id)
}
const blank = (ctx: Ctx) => ({ tenant_id: ctx.tenantId, request: null, requested_by: null, requested_by_name: null, requested_at: null, leader_id: null, leader_name: null, text: null, issued_at: null, report_due_at: null, closed_at: null, closed_by_name: null })

type Issue = Pick<Input<typeof contract.issueInstructionRoute>, 'text' | 'urgency' | 'unitIds' | 'reportDueAt'>

export async function issueInstruction(ctx: Ctx, input: Input<typeof contract.issueInstructionRoute>): Promise<View> {
  authorize(ctx, 'supervision.instruct')
  await readOrder(ctx, input.id)
  const order = await lockOrder(ctx, input.id)
  const id = newId()
  const now = ts(ctx.clock.now())
  await db(ctx).insertInto('supervision_instruction').values({ ...blank(ctx), id, order_id: order.id, state: 'requested', urgency: input.urgency, leader_id: userId(ctx), leader_name: ctx.actor.name, created_at: now }).execute()
  await issue(ctx, id, order, input)
  return one(ctx, id)
}

/** Only the leader who was asked answers the request. */
export async function answerInstructionRequest(ctx: Ctx, input: Input<typeof contract.answerInstructionRequestRoute>): Promise<View> {
  authorize(ctx, 'supervision.instruct')
  const seen = await one(ctx, input.id)
  const order = await lockOrder(ctx, seen.orderId)
  const held = await db(ctx).selectFrom('supervision_instruction').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).forUpdate().executeTakeFirstOrThrow()
  if (held.leader_id !== ctx.actor.id) throw supervisionFail('notYours', { rule: 'supervision.instruction.leader', params: { act: '批示' } })
  if (held.state !== 'requested') throw supervisionFail('instructionState', { rule: 'supervision.instruction', params: { state: instructionStateNames[held.state as View['state']] } })
  await issue(ctx, held.id, order, input)
  return one(ctx, held.id)
}

async function issue(ctx: Ctx, id: string, order: OrderRow, input: Issue): Promise<void> {
  const now = ctx.clock.now()
  if (input.reportDueAt <= now) throw supervisionFail('replyInPast', { rule: 'supervision.instruction.due', fields: [{ path: 'reportDueAt', message: '报告时限须晚于现在' }] })
  const found = await unitsByIds(ctx, input.unitIds)
  const units = input.unitIds.flatMap((unitId) => (found.get(unitId)?.tenantId === ctx.tenantId ? [found.get(unitId)] : [])).flatMap((u) => (u ? [u] : []))
  if (units.length !== new Set(input.unitIds).size) throw kernelErrors('invalid', { fields: [{ path: 'unitIds', message: '单位不存在' }] })
  // The words go to those who see the order; a unit that does not is not told of it by an instruction.
  const holding = new Set((await unitsOf(ctx, order)).map((u) => u.id))
  const foreign = units.filter((u) => !holding.has(u.id))
  if (foreign.length > 0) throw supervisionFail('unitWithoutOrder', { rule: 'supervision.instruction.unit', fields: [{ path: 'unitIds', message: `${foreign.map((u) => u.name).join('、')}没有承办该工单` }] })
  await db(ctx).updateTable('supervision_instruction').set((eb) => ({ state: 'issued', text: input.text, urgency: input.urgency, issued_at: ts(now), report_due_at: ts(input.reportDueAt), version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute()
  await db(ctx).insertInto('supervision_instruction_unit').values(units.map((u) => ({ tenant_id: ctx.tenantId, instruction_id: id, unit_id: u.id, unit_name: u.name, report: null, reported_by_name: null, reported_at: null }))).execute()
  // The label stands for all who see the order, the words only for those entitled: the entry names the instruction, not its text.
  await record(ctx, order, { act: 'instruct', text: null, data: { instructionId: id, units: units.map((u) => u.name).join('、'), urgency: input.urgency } })
  if (!order.flags.includes('instructed')) await saveOrder(ctx, order, { flags: [...order.flags, 'instructed'] })
  const people = peopleFinder(ctx)
  for (const unit of units) {
    const told = await people.ofUnit(unit.id, null)
    if (told.length > 0) await notify(ctx, { type: 'supervision.instruction', to: { userIds: told.map((p) => p.id) }, level: input.urgency === 'normal' ? 'P2' : 'P1', title: `领导批示：${order.title}`, text: input.text, link: `/orders/${order.number}`, objectType: 'instruction', objectId: id })
  }
  await tellFollowers(ctx, order, '领导已批示')
  ctx.signal('supervision.board')
}

export async function reportInstruction(ctx: Ctx, input: Input<typeof contract.reportInstructionRoute>): Promise<View> {
  authorize(ctx, 'supervision.answer')
  const seen = await one(ctx, input.id)
  const order = await lockOrder(ctx, seen.orderId)
  const held = await db(ctx).selectFrom('supervision_instruction').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).forUpdate().executeTakeFirst()
  if (!held) throw supervisionFail('instructionNotFound')
  const unit = seen.units.find((u) => u.mayReport && (input.unitId === undefined || u.unitId === input.unitId))
  if (!unit) throw supervisionFail('notYours', { rule: 'supervision.answer', params: { act: '报告该批示' } })
  const now = ts(ctx.clock.now())
  await db(ctx).updateTable('supervision_instruction_unit').set({ report: input.content, reported_by_name: ctx.actor.name, reported_at: now }).where('tenant_id', '=', ctx.tenantId).where('instruction_id', '=', held.id).where('unit_id', '=', unit.unitId).execute()
  const owed = await db(ctx).selectFrom('supervision_instruction_unit').select('unit_id').where('tenant_id', '=', ctx.tenantId).where('instruction_id', '=', held.id).where('reported_at', 'is', null).executeTakeFirst()
  if (!owed) await db(ctx).updateTable('supervision_instruction').set((eb) => ({ state: 'reported', version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', held.id).execute()
  await record(ctx, order, { act: 'reportInstruction', text: input.content, data: { instructionId: held.id } })
  const to = [held.leader_id, held.requested_by].flatMap((id) => (id && id !== ctx.actor.id ? [id] : []))
  if (to.length > 0) await notify(ctx, { type: 'supervision.instructionReported', to: { userIds: to }, level: 'P3', title: `批示已报告：${order.title}`, text: input.content, link: `/supervision/instructions?orderId=${order.id}`, objectType: 'instruction', objectId: held.id })
  return one(ctx, held.id)
}

export async function closeInstruction(ctx: Ctx, input: { id: string }): Promise<View> {
  const seen = await one(ctx, input.id)
  const order = await lockOrder(ctx, seen.orderId)
  if (!seen.mayClose) throw supervisionFail('instructionState', { rule: 'supervision.instruction', params: { state: seen.stateName } })
  await db(ctx).updateTable('supervision_instruction').set((eb) => ({ state: 'closed', closed_at: ts(ctx.clock.now()), closed_by_name: ctx.actor.name, version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).execute()
  await record(ctx, order, { act: 'closeInstruction', text: null, data: { instructionId: input.id } })
  return one(ctx, input.id)
}

export async function instructionStats(ctx: Ctx): Promise<Output<typeof contract.instructionStatsRoute>> {
  authorize(ctx, 'supervision.read')
  const all = () => instructions(ctx, readableTenants(ctx))
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

