// Contacts and failed attempts, recorded as what they were; the first success stops the first-contact clock (ORD-38).
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { MINUTE, plus, toIso, type Instant } from '../../../kernel/time/index.ts'
import { setting } from '../../platform/index.ts'
import { isOpenAssignment } from '../assignment.ts'
import { meetClocks } from '../clocks.ts'
import { orderFail } from '../orders.errors.ts'
import { actsFor, requireUnit } from '../orders.policy.ts'
import { db, saveAssignment, saveOrder, type AssignmentRow, type OrderRow } from '../orders.queries.ts'
import { contactMaxAttempts } from '../settings.ts'
import { assignmentStateNames } from '../texts.zh-CN.ts'
import { record } from '../timeline.ts'
import { assignmentAnswer, holdAssignment } from '../unit-acts.ts'
import type * as contract from './contact-contract.ts'
import { contactFail } from './contact.errors.ts'
import { contactBeforeResult } from './contact.settings.ts'

export async function recordContact(ctx: Ctx, input: Input<typeof contract.recordContactRoute>) {
  const { order, assignment } = await holdAssignment(ctx, input.id)
  requireUnit(ctx, assignment, 'orders.handle', '登记联系')
  if (assignment.state === 'pendingSign' || !isOpenAssignment(assignment.state)) throw orderFail('assignmentForbids', { rule: 'orders.assignment.contact', params: { state: assignmentStateNames[assignment.state], act: '登记联系' } })
  const now = ctx.clock.now()
  // Clocks of desks differ by some minutes; a contact of tomorrow is none.
  if (input.at !== undefined && input.at > plus(now, 5 * MINUTE)) throw fault('at', '联系时间不能晚于现在')
  if (input.promised && input.outcome === 'notReached') throw fault('promised', '未联系上时不能登记承诺')
  if (input.promisedAt !== undefined && input.promisedAt <= now) throw fault('promisedAt', '承诺反馈时间必须晚于现在')
  const contact = await noteContact(ctx, order, assignment, input)
  await record(ctx, order, {
    act: 'contact', assignmentId: assignment.id, text: input.note ?? null, visibility: 'unitLine',
    data: { contactId: contact.id, method: input.method, outcome: input.outcome, met: contact.met, ...(input.at === undefined ? {} : { at: input.at }), ...(input.promised ? { promised: true, ...(input.promisedAt === undefined ? {} : { promisedAt: toIso(input.promisedAt) }) } : {}), ...(input.callRef ? { callRef: input.callRef } : {}) },
  })
  if (contact.inVain) await record(ctx, order, { act: 'triedInVain', assignmentId: assignment.id, text: `已尝试联系 ${contact.attempts} 次，未成功`, visibility: 'unitLine' })
  return assignmentAnswer(await saveOrder(ctx, order, {}), assignment.id, assignment.state)
}

const fault = (path: string, message: string): Error => contactFail('contactFault', { fields: [{ path, message }] })

export type Contact = { method: string; outcome: 'reached' | 'notReached'; met?: boolean | undefined; promised?: boolean | undefined; promisedAt?: Instant | undefined; note?: string | undefined; at?: Instant | undefined; callRef?: string | undefined }

/** Stores a contact (also one told with a feedback) and what follows for the assignment. The caller writes the entry. */
export async function noteContact(ctx: Ctx, order: OrderRow, assignment: AssignmentRow, contact: Contact): Promise<{ id: string; met: boolean; inVain: boolean; attempts: number }> {
  const now = ctx.clock.now()
  const id = newId()
  const reached = contact.outcome === 'reached'
  const promised = reached && contact.promised === true
  const met = reached && contact.met === true
  await db(ctx).insertInto('order_contact').values({
    tenant_id: ctx.tenantId, id, order_id: order.id, assignment_id: assignment.id, unit_id: assignment.unit_id, unit_name: assignment.unit_name, method: contact.method, outcome: contact.outcome, met, promised,
    promised_at: promised && contact.promisedAt !== undefined ? ts(contact.promisedAt) : null, promise_state: promised ? 'open' : null, note: contact.note ?? null, call_ref: contact.callRef ?? null, contacted_at: ts(contact.at ?? now),
    recorded_by: ctx.actor.kind === 'user' ? ctx.actor.id : null, recorded_by_name: ctx.actor.name, created_at: ts(now),
  }).execute()
  if (reached) {
    if (assignment.contacted_at === null) await saveAssignment(ctx, assignment.id, { contacted_at: ts(contact.at ?? now) })
    await meetClocks(ctx, order.id, { kinds: ['firstContact', 'response'], assignmentIds: [assignment.id] })
    return { id, met, inVain: false, attempts: 0 }
  }
  if (assignment.contacted_at !== null || assignment.tried_in_vain_at !== null) return { id, met, inVain: false, attempts: 0 }
  const { n } = await db(ctx).selectFrom('order_contact').select((eb) => eb.fn.countAll<number>().as('n')).where('tenant_id', '=', ctx.tenantId).where('assignment_id', '=', assignment.id).where('outcome', '=', 'notReached').executeTakeFirstOrThrow()
  const inVain = Number(n) >= (await setting(ctx, contactMaxAttempts))
  if (inVain) await saveAssignment(ctx, assignment.id, { tried_in_vain_at: ts(now) })
  return { id, met, inVain, attempts: Number(n) }
}

/** Before a result, where the tenant asks for it: the requester was reached, or tried often enough. The latter never counts as reached. */
export async function requireContact(ctx: Ctx, assignment: AssignmentRow, reachedNow: boolean): Promise<void> {
  if (reachedNow || assignment.contacted_at !== null || assignment.tried_in_vain_at !== null) return
  if (!(await setting(ctx, contactBeforeResult, assignment.unit_id))) return
  throw contactFail('contactMissing', { rule: 'contact.beforeResult', fields: [{ path: 'contactMethod', message: '请先联系诉求人并登记联系记录' }] })
}

export async function closeContactPromise(ctx: Ctx, input: Input<typeof contract.closeContactPromiseRoute>) {
  const found = await db(ctx).selectFrom('order_contact').select('assignment_id').where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).executeTakeFirst()
  if (!found) throw orderFail('notFound')
  const { order, assignment } = await holdAssignment(ctx, found.assignment_id)
  if (!actsFor(ctx, assignment.unit_id, 'orders.handle')) throw orderFail('notFound')
  const row = await db(ctx).selectFrom('order_contact').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).forUpdate().executeTakeFirstOrThrow()
  if (row.promise_state !== 'open') throw contactFail('contactPromiseClosed', { rule: 'orders.contactPromise', current: { promiseState: row.promise_state } })
  const promiseState = input.kept ? 'kept' : 'broken'
  await db(ctx).updateTable('order_contact').set({ promise_state: promiseState, promise_note: input.note, promise_closed_at: ts(ctx.clock.now()) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  await record(ctx, order, { act: 'contactPromise', assignmentId: assignment.id, text: input.note, data: { contactId: row.id, kept: input.kept }, visibility: 'unitLine' })
  await saveOrder(ctx, order, {})
  return { id: row.id, promiseState }
}
