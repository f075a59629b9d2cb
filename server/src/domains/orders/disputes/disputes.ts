// Contested responsibility (挂办): proposed, approved into the pool, decided by the departments together or by the centre's ruling (ORD-47).
import { sql, type Selectable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize, can } from '../../../kernel/access.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { approvalFlow } from '../../flow/index.ts'
import { attachFiles, centreUnit, unitsByIds } from '../../platform/index.ts'
import { answerOf, move } from '../acts.ts'
import { dispatchLocked } from '../dispatch-order.ts'
import { orderFail } from '../orders.errors.ts'
import { actsFor, assertVisible } from '../orders.policy.ts'
import { addParties, db, lockOrder, saveOrder, type AssignmentRow, type OrderRow } from '../orders.queries.ts'
import { actState, pendingOf, type HandlingActs } from '../requests/act-state.ts'
import { ask, dataOf, withFlag, withoutFlag, type AskKind } from '../requests/ask.ts'
import { listOf, orderColumns, type OrderColumns } from '../requests/list-frame.ts'
import { takeBackAll } from '../requests/rework.ts'
import { tellDesk, tellUnit } from '../requests/tell.ts'
import { roleNames, stateNames } from '../texts.zh-CN.ts'
import { record } from '../timeline.ts'
import type { OrdersTables } from '../tables.gen.ts'
import type * as contract from './dispute-contract.ts'
import { disputeFail } from './dispute.errors.ts'

type DisputeRow = Selectable<OrdersTables['order_dispute']>
type VoiceRow = Selectable<OrdersTables['order_dispute_voice']>
type Decided = { unitId: string; unitName: string; role: string }

/** From these states responsibility can be contested; units that hold the order keep it until the decision, their clocks run on. */
const contestable: readonly string[] = ['pendingReview', 'pendingDispatch', 'inProgress']

export const disputeFlow = approvalFlow({
  key: 'orders.dispute', name: '工单-挂办-审批', businessType: '工单', stage: '挂办', names: { start: '提出挂办', approved: '进入挂办工单池', returned: '不同意' },
  steps: [{ key: 'shift', name: '值班长审核', actor: { permission: 'orders.approveDispute', unit: 'centre' } }],
})

export async function proposeDispute(ctx: Ctx, input: Input<typeof contract.proposeDisputeRoute>) {
  authorize(ctx, 'orders.dispute')
  const order = await lockOrder(ctx, input.id, input.version)
  await assertVisible(ctx, order)
  if (!contestable.includes(order.state)) throw disputeFail('disputeState', { rule: 'orders.dispute.state', params: { state: stateNames[order.state] } })
  if (order.flags.includes('disputed')) throw disputeFail('disputeOpen', { rule: 'orders.disputed' })
  const units = await unitsByIds(ctx, input.unitIds)
  for (const unitId of input.unitIds) if (units.get(unitId)?.tenantId !== ctx.tenantId) throw orderFail('unitOutsideHierarchy', { rule: 'orders.hierarchy', params: { unit: units.get(unitId)?.name ?? '所选单位' }, fields: [{ path: 'unitIds', message: '只能选择本中心的单位' }] })
  const centre = await centreUnit(ctx)
  const asked = await ask(ctx, dispute, order, { unit: { id: centre.id, name: centre.name }, reason: input.difficulty, data: { unitIds: input.unitIds, units: [...units.values()].map((u) => u.name) }, fileIds: input.fileIds })
  return answerOf(asked.order)
}

export const dispute: AskKind = {
  kind: 'dispute', name: '挂办', flow: 'orders.dispute', visibility: 'internal',
  async decided(ctx, { order, request, approved }) {
    if (!approved || !contestable.includes(order.state) || order.flags.includes('disputed')) return
    const wanted = dataOf(request)['unitIds']
    return openDispute(ctx, order, { requestId: request.id, difficulty: request.reason, byName: request.applicant_name, unitIds: Array.isArray(wanted) ? wanted.filter((u): u is string => typeof u === 'string') : [] })
  },
}

/** Into the pool: by an approved proposal, or by the reviewer of a return. Returns what is to be saved with the order. */
export async function openDispute(ctx: Ctx, order: OrderRow, from: { requestId: string; difficulty: string; byName: string; unitIds: string[] }): Promise<{ flags: string[] }> {
  if (order.flags.includes('disputed')) throw disputeFail('disputeOpen', { rule: 'orders.disputed' })
  const id = newId()
  await db(ctx).insertInto('order_dispute').values({ tenant_id: ctx.tenantId, id, order_id: order.id, request_id: from.requestId, state: 'pool', difficulty: from.difficulty, proposed_by_name: from.byName, approved_at: ts(ctx.clock.now()) }).execute()
  await invite(ctx, order, id, from.unitIds)
  await tellDesk(ctx, order, 'orders.adjudicate', { type: 'order.dispute', level: 'P2', title: `挂办待审定：${order.title}`, text: `工单 ${order.number}：${from.difficulty.slice(0, 100)}` })
  return { flags: withFlag(order, 'disputed') }
}

/** The departments asked can read the order from now on. */
async function invite(ctx: Ctx, order: OrderRow, disputeId: string, unitIds: string[]): Promise<string[]> {
  const units = [...(await unitsByIds(ctx, unitIds)).values()].filter((u) => u.tenantId === ctx.tenantId && u.state === 'active')
  if (units.length === 0) return []
  await db(ctx).insertInto('order_dispute_voice').values(units.map((u) => ({ tenant_id: ctx.tenantId, dispute_id: disputeId, unit_id: u.id, unit_name: u.name, invited_at: ts(ctx.clock.now()) }))).onConflict((c) => c.doNothing()).execute()
  await addParties(ctx, order, units)
  for (const unit of units) await tellUnit(ctx, order, { unit_id: unit.id, handler_id: null }, { type: 'order.dispute', level: 'P2', title: `请参加责任审定：${order.title}`, text: `工单 ${order.number}，请对本单位是否负责发表意见` })
  return units.map((u) => u.name)
}

async function lockDispute(ctx: Ctx, id: string): Promise<{ order: OrderRow; dispute: DisputeRow }> {
  const found = await db(ctx).selectFrom('order_dispute').select('order_id').where('tenant_id', '=', ctx.tenantId).where('id', '=', id).executeTakeFirst()
  if (!found) throw orderFail('notFound')
  const order = await lockOrder(ctx, found.order_id)
  await assertVisible(ctx, order)
  const row = await db(ctx).selectFrom('order_dispute').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
  if (row.state !== 'pool') throw disputeFail('disputeEnded', { rule: 'orders.dispute.ended', params: { by: row.decided_by_name ?? '系统' }, current: { state: row.state } })
  return { order, dispute: row }
}

export async function inviteDispute(ctx: Ctx, input: Input<typeof contract.inviteDisputeRoute>) {
  authorize(ctx, 'orders.adjudicate')
  const held = await lockDispute(ctx, input.id)
  const names = await invite(ctx, held.order, input.id, input.unitIds)
  await record(ctx, held.order, { act: 'inviteDispute', data: { units: names }, visibility: 'internal' })
  return answerOf(await saveOrder(ctx, held.order, {}))
}

/** A department says whose matter it is. Its words are for the centre and itself. */
export async function speakDispute(ctx: Ctx, input: Input<typeof contract.speakDisputeRoute>) {
  const held = await lockDispute(ctx, input.id)
  const voices = await db(ctx).selectFrom('order_dispute_voice').selectAll().where('tenant_id', '=', ctx.tenantId).where('dispute_id', '=', input.id).execute()
  const own = voices.find((v) => (input.unitId === undefined || v.unit_id === input.unitId) && (actsFor(ctx, v.unit_id, 'orders.approve') || actsFor(ctx, v.unit_id, 'orders.handle')))
  if (!own) throw disputeFail('disputeNotInvited', { rule: 'orders.dispute.invited' })
  await db(ctx).updateTable('order_dispute_voice').set({ position: input.position, text: input.text, by_name: ctx.actor.name, at: ts(ctx.clock.now()) }).where('tenant_id', '=', ctx.tenantId).where('dispute_id', '=', input.id).where('unit_id', '=', own.unit_id).execute()
  const entry = await record(ctx, held.order, { act: 'joinDispute', text: input.text, data: { position: input.position }, unit: { id: own.unit_id, name: own.unit_name }, visibility: 'unitLine' })
  await attachFiles(ctx, { fileIds: input.fileIds, place: 'request', objectType: 'timeline', objectId: entry, audience: 'staff' })
  return answerOf(await saveOrder(ctx, held.order, {}))
}

/** Names the unit and dispatches to it at once. Alone the centre decides by its ruling, which needs no voices. */
export async function decideDispute(ctx: Ctx, input: Input<typeof contract.decideDisputeRoute>) {
  authorize(ctx, 'orders.adjudicate')
  const { order, dispute: row } = await lockDispute(ctx, input.id)
  if (input.version !== undefined && input.version !== order.version) await lockOrder(ctx, order.id, input.version)
  const voices = await db(ctx).selectFrom('order_dispute_voice').select('position').where('tenant_id', '=', ctx.tenantId).where('dispute_id', '=', input.id).execute()
  const spoken = voices.filter((v) => v.position !== null).length
  if (input.way === 'adjudication' && spoken < Math.min(2, Math.max(1, voices.length))) throw disputeFail('disputeVoices', { rule: 'orders.dispute.voices', params: { missing: voices.length - spoken } })
  const units = await unitsByIds(ctx, input.units.map((u) => u.unitId))
  const decided: Decided[] = input.units.map((u) => ({ unitId: u.unitId, unitName: units.get(u.unitId)?.name ?? '', role: u.role }))
  await db(ctx).updateTable('order_dispute').set({ state: 'decided', way: input.way, deciding_body: input.decidingBody, opinion: input.opinion, decided_units: json(decided as never), decided_by_name: ctx.actor.name, decided_at: ts(ctx.clock.now()) })
    .where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  const entry = await record(ctx, order, { act: input.way === 'ruling' ? 'ruleDispute' : 'adjudicate', text: input.opinion, data: { decidingBody: input.decidingBody, units: decided.map((u) => `${u.unitName}（${roleNames[u.role as 'lead'] ?? u.role}）`) }, visibility: 'staff' })
  await attachFiles(ctx, { fileIds: input.fileIds, place: 'request', objectType: 'timeline', objectId: entry, audience: 'staff' })
  let free = await saveOrder(ctx, order, { flags: withoutFlag(order, 'disputed') })
  if (free.state === 'pendingReview') free = await move(ctx, free, 'passReview', { entry: { text: null } })
  const waiting = await takeBackAll(ctx, free, { act: 'reassigned', reason: '联合审定另定责任单位' })
  return dispatchLocked(ctx, waiting, { units: input.units, opinion: input.opinion, overrideReason: input.overrideReason ?? `${input.decidingBody}审定`, fileIds: [] })
}

/** @throws orders.disputeDecidedUnit where an adjudication named the unit: it cannot say again that the matter is not its own. */
export async function requireNotDecided(ctx: Ctx, assignment: AssignmentRow, reasonClass: string): Promise<void> {
  if (!reasonClass.includes('职责')) return
  const rows = await db(ctx).selectFrom('order_dispute').select('decided_units').where('tenant_id', '=', ctx.tenantId).where('order_id', '=', assignment.order_id).where('state', '=', 'decided').execute()
  if (rows.some((r) => decidedOf(r.decided_units).some((u) => u.unitId === assignment.unit_id))) throw disputeFail('disputeDecidedUnit', { rule: 'orders.dispute.decided', params: { unit: assignment.unit_name, reason: reasonClass }, fields: [{ path: 'reasonClass', message: '责任已经审定' }] })
}

const decidedOf = (value: unknown): Decided[] => (Array.isArray(value) ? (value as Decided[]) : []) // written by decideDispute only

export async function endDispute(ctx: Ctx, orderId: string): Promise<void> {
  await db(ctx).updateTable('order_dispute').set({ state: 'ended', decided_at: ts(ctx.clock.now()), decided_by_name: ctx.actor.name }).where('tenant_id', '=', ctx.tenantId).where('order_id', '=', orderId).where('state', '=', 'pool').execute()
}

export async function listDisputes(ctx: Ctx, input: Input<typeof contract.listDisputesRoute>) {
  authorize(ctx, 'orders.read')
  const where = [sql`x.tenant_id = ${ctx.tenantId} and x.state = ${input.state}`]
  if (input.orderId) where.push(sql`x.order_id = ${input.orderId}`)
  if (input.mine) where.push(sql`exists (select 1 from order_dispute_voice v where v.tenant_id = x.tenant_id and v.dispute_id = x.id and v.position is null and v.unit_id = any(${ctx.actor.unitIds}::uuid[]))`)
  const pool = input.state === 'pool'
  const page = await listOf<DisputeRow & OrderColumns>(ctx, { columns: sql`x.*, ${orderColumns}`, from: sql`order_dispute x join order_order o on o.tenant_id = x.tenant_id and o.id = x.order_id`, where, at: 'x.approved_at', id: 'x.id', down: !pool }, input)
  const ids = page.rows.map((r) => r.id)
  const voices = ids.length === 0 ? [] : await db(ctx).selectFrom('order_dispute_voice').selectAll().where('tenant_id', '=', ctx.tenantId).where('dispute_id', 'in', ids).orderBy('invited_at').orderBy('unit_name').execute()
  const centre = can(ctx, 'orders.adjudicate') || can(ctx, 'orders.dispute')
  return { items: page.rows.map((r) => disputeView(ctx, r, voices.filter((v) => v.dispute_id === r.id), centre)), next: page.next, count: page.count }
}

function disputeView(ctx: Ctx, r: DisputeRow & OrderColumns, voices: VoiceRow[], centre: boolean) {
  const mine = (v: VoiceRow): boolean => ctx.actor.unitIds.includes(v.unit_id)
  const open = r.state === 'pool'
  return {
    id: r.id, orderId: r.order_id, number: r.number, title: r.title, urgency: r.urgency, orderState: r.order_state, state: r.state as 'pool' | 'decided' | 'ended', difficulty: r.difficulty, proposedByName: r.proposed_by_name, approvedAt: r.approved_at,
    voices: voices.filter((v) => centre || mine(v)).map((v) => ({ unitId: v.unit_id, unitName: v.unit_name, invitedAt: v.invited_at, position: v.position as 'ours' | null, text: v.text, byName: v.by_name, at: v.at, mine: mine(v) })),
    way: r.way, decidingBody: r.deciding_body, opinion: r.opinion, decidedUnits: decidedOf(r.decided_units), decidedByName: r.decided_by_name, decidedAt: r.decided_at,
    mayDecide: open && can(ctx, 'orders.adjudicate'), maySpeak: open && voices.some((v) => mine(v) && (actsFor(ctx, v.unit_id, 'orders.approve') || actsFor(ctx, v.unit_id, 'orders.handle'))),
  }
}

export const disputeActs: HandlingActs = {
  order(ctx, { order, requests }) {
    const acts = []
    const disputed = order.flags.includes('disputed')
    if (can(ctx, 'orders.dispute')) {
      const why = disputed ? { rule: 'orders.disputed', reason: '工单已在挂办工单池' } : pendingOf(requests, 'dispute') ? { rule: 'orders.requestPending', reason: '挂办申请正在审批' } : contestable.includes(order.state) ? null : { rule: 'orders.dispute.state', reason: `工单当前为“${stateNames[order.state]}”` }
      acts.push(actState('proposeDispute', why))
    }
    if (disputed && can(ctx, 'orders.adjudicate')) acts.push(actState('adjudicate', null))
    return acts
  },
}
