// Joint tasks of linked units beyond lead and assist: duties, time nodes, what each delivered, the common result, the requester's rating (ORD-64).
import { sql, type Selectable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize, can } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { DAY, plus, toIso } from '../../../kernel/time/index.ts'
import { attachFiles, setting, unitsByIds } from '../../platform/index.ts'
import { answerOf } from '../acts.ts'
import { isOpen } from '../order.ts'
import { orderFail } from '../orders.errors.ts'
import { actsFor, assertVisible } from '../orders.policy.ts'
import { addParties, db, lockOrder, saveOrder, type OrderRow } from '../orders.queries.ts'
import { withFlag, withoutFlag } from '../requests/ask.ts'
import { tellDesk, tellRequester, tellUnit } from '../requests/tell.ts'
import { stateNames } from '../texts.zh-CN.ts'
import { record } from '../timeline.ts'
import type { OrdersTables } from '../tables.gen.ts'
import type * as contract from './joint-contract.ts'
import { jointFail } from './joint.errors.ts'
import { jointTaskDue } from './joint.settings.ts'

export type JointRow = Selectable<OrdersTables['order_joint']>
export type MemberRow = Selectable<OrdersTables['order_joint_member']>
type Held = { order: OrderRow; joint: JointRow; members: MemberRow[] }

export const jointStates: readonly string[] = ['pendingDispatch', 'inProgress', 'pendingResultReview']
const fault = (path: string, message: string): Error => jointFail('jointFault', { rule: 'orders.joint', params: { fault: message }, fields: [{ path, message }] })
export const atUnit = (ctx: Ctx, unitId: string | null): boolean => unitId !== null && (actsFor(ctx, unitId, 'orders.handle') || actsFor(ctx, unitId, 'orders.approve'))
/** The lead unit coordinates; the centre can do it for it. */
export const mayLead = (ctx: Ctx, joint: Pick<JointRow, 'lead_unit_id'>): boolean => atUnit(ctx, joint.lead_unit_id) || can(ctx, 'orders.openJoint')
export const membersOf = async (ctx: Ctx, jointIds: string[]): Promise<MemberRow[]> =>
  jointIds.length === 0 ? [] : db(ctx).selectFrom('order_joint_member').selectAll().where('tenant_id', '=', ctx.tenantId).where('joint_id', 'in', jointIds).orderBy('due_at').orderBy('name').execute()

export async function openJoint(ctx: Ctx, input: Input<typeof contract.openJointRoute>) {
  authorize(ctx, 'orders.openJoint')
  const order = await lockOrder(ctx, input.id, input.version)
  await assertVisible(ctx, order)
  if (!jointStates.includes(order.state)) throw jointFail('jointState', { rule: 'orders.joint.state', params: { state: stateNames[order.state] } })
  const open = await db(ctx).selectFrom('order_joint').select('id').where('tenant_id', '=', ctx.tenantId).where('order_id', '=', order.id).where('state', '=', 'open').executeTakeFirst()
  if (open) throw jointFail('jointOpen', { rule: 'orders.joint.open' })
  if (input.setId) await requireSet(ctx, input.setId, order.id)
  const now = ctx.clock.now()
  const id = newId()
  const usual = plus(now, (await setting(ctx, jointTaskDue)) * DAY)
  const lead = (await unitsByIds(ctx, [input.leadUnitId])).get(input.leadUnitId)
  if (!lead || lead.tenantId !== ctx.tenantId || lead.state !== 'active') throw fault('leadUnitId', '请选择本中心的单位牵头')
  const members = await readMembers(ctx, input.members)
  if (input.nodes.some((n) => n.dueAt <= now) || input.members.some((m) => m.dueAt !== undefined && m.dueAt <= now)) throw fault('nodes', '时间节点应晚于现在')
  await db(ctx).insertInto('order_joint').values({ tenant_id: ctx.tenantId, id, order_id: order.id, set_id: input.setId ?? null, title: input.title, goal: input.goal, way: input.way || null, state: 'open', lead_unit_id: lead.id, lead_unit_name: lead.name, opened_by_name: ctx.actor.name, opened_at: ts(now) }).execute()
  await db(ctx).insertInto('order_joint_member').values(members.map(({ dueAt, ...m }) => ({ tenant_id: ctx.tenantId, id: newId(), joint_id: id, ...m, due_at: m.rights === 'feedback' ? ts(dueAt ?? usual) : null }))).execute()
  if (input.nodes.length > 0) await db(ctx).insertInto('order_joint_node').values(input.nodes.map((node, n) => ({ tenant_id: ctx.tenantId, joint_id: id, n, name: node.name, due_at: ts(node.dueAt) }))).execute()
  const units = await unitsByIds(ctx, [lead.id, ...members.flatMap((m) => m.unit_id ?? [])])
  await addParties(ctx, order, [...units.values()])
  await record(ctx, order, { act: 'openJoint', text: input.goal, data: { jointId: id, title: input.title, lead: lead.name, units: members.map((m) => m.name), nodes: input.nodes.map((n) => n.name) }, visibility: 'staff' })
  for (const unit of units.values()) await tellUnit(ctx, order, { unit_id: unit.id, handler_id: null }, { type: 'order.joint', level: 'P2', title: `协同任务：${input.title}`, text: `工单 ${order.number}，${unit.id === lead.id ? '请牵头协调' : `牵头单位${lead.name}`}` })
  return answerOf(await saveOrder(ctx, order, { flags: withFlag(order, 'joint') }))
}

async function requireSet(ctx: Ctx, setId: string, orderId: string): Promise<void> {
  const row = await db(ctx).selectFrom('order_event_set').select('lead_order_id').where('tenant_id', '=', ctx.tenantId).where('id', '=', setId).executeTakeFirst()
  if (row?.lead_order_id !== orderId) throw fault('setId', '协同任务挂在事件集的牵头工单上')
}

async function readMembers(ctx: Ctx, wanted: Input<typeof contract.openJointRoute>['members']) {
  const base = new Map((await db(ctx).selectFrom('order_linked_unit').selectAll().where('tenant_id', '=', ctx.tenantId).where('active', '=', true).where('id', 'in', [...wanted.flatMap((m) => m.linkedId ?? []), newId()]).execute()).map((r) => [r.id, r]))
  const units = await unitsByIds(ctx, [...wanted.flatMap((m) => m.unitId ?? []), ...[...base.values()].flatMap((r) => r.unit_id ?? [])])
  const seen = new Set<string>()
  return wanted.map((m, n) => {
    const linked = m.linkedId ? base.get(m.linkedId) : undefined
    const unit = units.get(m.unitId ?? linked?.unit_id ?? '')
    if (!linked && !unit) throw fault(`members.${n}`, '请选择联动单位')
    if (unit && (unit.tenantId !== ctx.tenantId || unit.state !== 'active')) throw fault(`members.${n}`, '只能选择本中心在用的单位')
    const name = linked?.name ?? unit?.name ?? ''
    if (seen.has(name)) throw fault(`members.${n}`, `“${name}”重复`)
    seen.add(name)
    // The base's view-only right is a ceiling.
    const rights = linked?.rights === 'view' ? ('view' as const) : (m.rights ?? 'feedback')
    return { linked_id: linked?.id ?? null, unit_id: unit?.id ?? null, name, duty: m.duty, rights, dueAt: m.dueAt }
  })
}

async function hold(ctx: Ctx, id: string): Promise<Held> {
  const found = await db(ctx).selectFrom('order_joint').select('order_id').where('tenant_id', '=', ctx.tenantId).where('id', '=', id).executeTakeFirst()
  if (!found) throw orderFail('notFound')
  const order = await lockOrder(ctx, found.order_id)
  await assertVisible(ctx, order)
  const joint = await db(ctx).selectFrom('order_joint').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
  return { order, joint, members: await membersOf(ctx, [id]) }
}

function requireOpen(joint: JointRow): void {
  if (joint.state !== 'open') throw jointFail('jointEnded', { rule: 'orders.joint.ended', current: { state: joint.state } })
}

/** The unit itself, or for one that does not sign in here whoever coordinates. Shared: every unit of the task reads it. */
export async function deliverJoint(ctx: Ctx, input: Input<typeof contract.deliverJointRoute>) {
  const { order, joint, members } = await hold(ctx, input.id)
  requireOpen(joint)
  const member = members.find((m) => m.id === input.memberId)
  if (!member) throw orderFail('notFound')
  const own = member.unit_id === null ? mayLead(ctx, joint) : atUnit(ctx, member.unit_id)
  if (!own) throw orderFail('notYours', { rule: 'orders.joint.member', params: { act: '提交协同反馈' } })
  if (member.rights !== 'feedback') throw jointFail('jointViewOnly', { rule: 'orders.joint.rights', params: { unit: member.name } })
  if (member.delivered_at !== null) throw jointFail('jointDelivered', { rule: 'orders.joint.delivered', params: { unit: member.name } })
  const now = ctx.clock.now()
  await saveMember(ctx, member.id, { delivered_at: ts(now), delivered_by_name: ctx.actor.name, deliverable: input.text, late: member.due_at !== null && member.due_at < now })
  const entry = await record(ctx, order, { act: 'deliverJoint', text: input.text, data: { jointId: joint.id, for: member.name }, visibility: 'staff' })
  await attachFiles(ctx, { fileIds: input.fileIds, place: 'request', objectType: 'timeline', objectId: entry, audience: 'staff' })
  await tellUnit(ctx, order, { unit_id: joint.lead_unit_id, handler_id: null }, { type: 'order.joint', level: 'P3', title: `协同反馈：${joint.title}`, text: `${member.name}：${input.text.slice(0, 100)}` })
  return answerOf(await saveOrder(ctx, order, {}))
}

const saveMember = async (ctx: Ctx, id: string, change: Partial<Record<keyof MemberRow, unknown>>): Promise<void> => {
  await db(ctx).updateTable('order_joint_member').set(change as never).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute()
}

function requireLead(ctx: Ctx, joint: JointRow, act: string): void {
  requireOpen(joint)
  if (!mayLead(ctx, joint)) throw orderFail('notYours', { rule: 'orders.joint.lead', params: { act } })
}

export async function jointNodeDone(ctx: Ctx, input: Input<typeof contract.jointNodeDoneRoute>) {
  const { order, joint } = await hold(ctx, input.id)
  requireLead(ctx, joint, '完成时间节点')
  const node = await db(ctx).selectFrom('order_joint_node').selectAll().where('tenant_id', '=', ctx.tenantId).where('joint_id', '=', joint.id).where('n', '=', input.n).forUpdate().executeTakeFirst()
  if (!node) throw orderFail('notFound')
  if (node.done_at !== null) throw jointFail('jointNodeDone', { rule: 'orders.joint.node' })
  await db(ctx).updateTable('order_joint_node').set({ done_at: ts(ctx.clock.now()), done_by_name: ctx.actor.name, note: input.note }).where('tenant_id', '=', ctx.tenantId).where('joint_id', '=', joint.id).where('n', '=', input.n).execute()
  await record(ctx, order, { act: 'jointNode', text: input.note, data: { jointId: joint.id, node: node.name }, visibility: 'staff' })
  return answerOf(await saveOrder(ctx, order, {}))
}

const owing = (members: MemberRow[]): MemberRow[] => members.filter((m) => m.rights === 'feedback' && m.delivered_at === null)

export async function remindJoint(ctx: Ctx, input: Input<typeof contract.remindJointRoute>) {
  const { order, joint, members } = await hold(ctx, input.id)
  requireLead(ctx, joint, '催促协同单位')
  const late = owing(members).filter((m) => input.memberIds.length === 0 || input.memberIds.includes(m.id))
  if (late.length === 0) throw fault('memberIds', '没有需要催促的单位')
  for (const m of late) if (m.unit_id) await tellUnit(ctx, order, { unit_id: m.unit_id, handler_id: null }, { type: 'order.joint', level: 'P2', title: `请尽快反馈：${joint.title}`, text: input.note })
  await record(ctx, order, { act: 'remindJoint', text: input.note, data: { jointId: joint.id, units: late.map((m) => m.name) }, visibility: 'staff' })
  return answerOf(await saveOrder(ctx, order, {}))
}

/** 处置-反馈-备案: the common result to the requester in plain words, a copy to every unit. */
export async function concludeJoint(ctx: Ctx, input: Input<typeof contract.concludeJointRoute>) {
  const { order, joint, members } = await hold(ctx, input.id)
  requireLead(ctx, joint, '办结协同任务')
  const missing = owing(members)
  if (missing.length > 0 && !input.missingReason) throw jointFail('jointMissing', { rule: 'orders.joint.missing', params: { units: missing.map((m) => m.name).join('、') }, fields: [{ path: 'missingReason', message: '请催促未反馈的单位，或说明理由' }] })
  const now = ctx.clock.now()
  await db(ctx).updateTable('order_joint').set({ state: 'concluded', measures: input.measures, compensation: input.compensation || null, later: input.later || null, plain: input.plain, told_by: input.tell, ended_by_name: ctx.actor.name, ended_at: ts(now), end_reason: input.missingReason || null }).where('tenant_id', '=', ctx.tenantId).where('id', '=', joint.id).execute()
  for (const m of missing) if (m.due_at !== null && m.due_at < now) await saveMember(ctx, m.id, { late: true })
  await record(ctx, order, { act: 'concludeJoint', text: input.measures, data: { jointId: joint.id, ...(input.compensation ? { compensation: input.compensation } : {}), ...(input.later ? { later: input.later } : {}), ...(missing.length > 0 ? { missing: missing.map((m) => m.name), missingReason: input.missingReason } : {}) }, visibility: 'staff' })
  await record(ctx, order, { act: 'jointResult', text: input.plain, unit: { id: joint.lead_unit_id, name: joint.lead_unit_name }, visibility: 'public' })
  if (input.tell === 'sms') await tellRequester(ctx, order, 'requesterJointResult', { result: input.plain })
  for (const unitId of new Set([joint.lead_unit_id, ...members.flatMap((m) => m.unit_id ?? [])])) await tellUnit(ctx, order, { unit_id: unitId, handler_id: null }, { type: 'order.joint', level: 'P3', title: `协同任务已办结（备案）：${joint.title}`, text: input.measures.slice(0, 200) })
  return answerOf(await saveOrder(ctx, order, { flags: withoutFlag(order, 'joint') }))
}

export async function endJoint(ctx: Ctx, input: Input<typeof contract.endJointRoute>) {
  authorize(ctx, 'orders.openJoint')
  const { order, joint, members } = await hold(ctx, input.id)
  requireOpen(joint)
  await end(ctx, joint.id, input.reason)
  await record(ctx, order, { act: 'endJoint', text: input.reason, data: { jointId: joint.id }, visibility: 'staff' })
  for (const unitId of new Set([joint.lead_unit_id, ...members.flatMap((m) => m.unit_id ?? [])])) await tellUnit(ctx, order, { unit_id: unitId, handler_id: null }, { type: 'order.joint', level: 'P3', title: `协同任务已取消：${joint.title}`, text: input.reason })
  return answerOf(await saveOrder(ctx, order, { flags: withoutFlag(order, 'joint') }))
}

async function end(ctx: Ctx, id: string, reason: string): Promise<void> {
  await db(ctx).updateTable('order_joint').set({ state: 'ended', ended_by_name: ctx.actor.name, ended_at: ts(ctx.clock.now()), end_reason: reason }).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).where('state', '=', 'open').execute()
}

/** The order is over. */
export async function dropJoint(ctx: Ctx, orderId: string): Promise<void> {
  const open = await db(ctx).selectFrom('order_joint').select('id').where('tenant_id', '=', ctx.tenantId).where('order_id', '=', orderId).where('state', '=', 'open').executeTakeFirst()
  if (open) await end(ctx, open.id, '工单已结束')
}

/** What the requester says of it, written down by whoever called. */
export async function rateJoint(ctx: Ctx, input: Input<typeof contract.rateJointRoute>) {
  authorize(ctx, 'orders.rateJoint')
  const { order, joint } = await hold(ctx, input.id)
  if (joint.state !== 'concluded') throw jointFail('jointEnded', { rule: 'orders.joint.concluded', current: { state: joint.state } })
  if (joint.rated_at !== null) throw jointFail('jointRated', { rule: 'orders.joint.rated' })
  await db(ctx).updateTable('order_joint').set({ timeliness: input.timeliness, satisfaction: input.satisfaction, communication: input.communication, rating_note: input.note || null, rated_at: ts(ctx.clock.now()), rated_by_name: ctx.actor.name }).where('tenant_id', '=', ctx.tenantId).where('id', '=', joint.id).execute()
  await record(ctx, order, { act: 'rateJoint', text: input.note ?? null, data: { jointId: joint.id, timeliness: input.timeliness, satisfaction: input.satisfaction, communication: input.communication }, visibility: 'staff' })
  return answerOf(await saveOrder(ctx, order, {}))
}

/** Late deliveries and missed nodes are told once: the unit, the lead, the centre. */
export async function sweepJoints(ctx: Ctx): Promise<void> {
  const now = ts(ctx.clock.now())
  const { rows } = await sql<{ id: string }>`select j.id from order_joint j where j.tenant_id = ${ctx.tenantId} and j.state = 'open' and (
      exists (select 1 from order_joint_member m where m.tenant_id = j.tenant_id and m.joint_id = j.id and m.delivered_at is null and m.warned_at is null and m.due_at <= ${now})
      or exists (select 1 from order_joint_node n where n.tenant_id = j.tenant_id and n.joint_id = j.id and n.done_at is null and n.warned_at is null and n.due_at <= ${now})) limit 200`.execute(ctx.db())
  for (const { id } of rows) await warnLate(ctx, id)
}

async function warnLate(ctx: Ctx, id: string): Promise<void> {
  const { order, joint, members } = await hold(ctx, id)
  if (joint.state !== 'open' || !isOpen(order.state)) return
  const now = ctx.clock.now()
  const late = owing(members).filter((m) => m.warned_at === null && m.due_at !== null && m.due_at <= now)
  const nodes = await db(ctx).updateTable('order_joint_node').set({ warned_at: ts(now) }).where('tenant_id', '=', ctx.tenantId).where('joint_id', '=', id).where('done_at', 'is', null).where('warned_at', 'is', null).where('due_at', '<=', ts(now)).returning(['name', 'due_at']).execute()
  for (const m of late) {
    await saveMember(ctx, m.id, { warned_at: ts(now), late: true })
    if (m.unit_id) await tellUnit(ctx, order, { unit_id: m.unit_id, handler_id: null }, { type: 'order.joint', level: 'P2', title: `协同反馈逾期：${joint.title}`, text: `工单 ${order.number}，请立即反馈`, sms: 'unitJointLate' })
  }
  const what = [...late.map((m) => `${m.name}未反馈`), ...nodes.map((n) => `节点“${n.name}”未完成`)]
  if (what.length === 0) return
  await record(ctx, order, { act: 'jointLate', text: what.join('；'), data: { jointId: id, at: toIso(now) }, visibility: 'staff' })
  const word = { type: 'order.joint', level: 'P2' as const, title: `协同任务逾期：${joint.title}`, text: what.join('；').slice(0, 200) }
  await tellUnit(ctx, order, { unit_id: joint.lead_unit_id, handler_id: null }, word)
  await tellDesk(ctx, order, 'orders.openJoint', word)
  await saveOrder(ctx, order, {})
}
