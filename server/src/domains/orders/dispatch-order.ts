// Dispatch: straight through or level by level, lead and assist or parallel, under the rule's limits (ORD-13, 26, 27, 28).
import type { Ctx } from '../../kernel/ctx.ts'
import { authorize } from '../../kernel/access.ts'
import { ts } from '../../kernel/db/connect.ts'
import type { Input } from '../../kernel/http/route.ts'
import { newId } from '../../kernel/runtime.ts'
import { HOUR, plus, type Instant } from '../../kernel/time/index.ts'
import { awaitsConfirmation, negativeUnits, recommendUnits } from '../matters/index.ts'
import { attachFiles, centreUnit, isSubordinate, setting, unitsByIds, type Unit } from '../platform/index.ts'
import { about, answerOf, move } from './acts.ts'
import { dispatchFault, type AssignmentRole } from './assignment.ts'
import { limitOf, meetClocks, startClocks, type NewClock } from './clocks.ts'
import type * as contract from './contract.ts'
import { orderDispatched } from './events.ts'
import { nodeLimit } from './node-rules/index.ts'
import { orderFail } from './orders.errors.ts'
import { assertVisible } from './orders.policy.ts'
import { addParties, db, insertAssignments, lockAssignments, lockOrder, saveAssignment, type OrderRow } from './orders.queries.ts'
import { autoSignDirect, autoSignOwn, autoSignTransferred, reDispatchBar, routeMode } from './settings.ts'
import { profileLimits } from './case-profiles/index.ts'
import { fastTrackOf, tellFast } from './profiles/index.ts'
import { keepDispatch } from './learning/index.ts'
import { requireSorter } from './queues/index.ts'
import { pathData } from './returns/second-path.ts'
import { record } from './timeline.ts'
import { dispatchFaults, roleNames } from './texts.zh-CN.ts'
import { localBeside, verticalBar } from './vertical.ts'

export type Target = { unit: Unit; role: AssignmentRole; requirement?: string | undefined }

export async function dispatchOrder(ctx: Ctx, input: Input<typeof contract.dispatchOrderRoute>) {
  authorize(ctx, 'orders.dispatch')
  const order = await lockOrder(ctx, input.id, input.version)
  await assertVisible(ctx, order)
  await requireSorter(ctx, order)
  await keepDispatch(ctx, order, (input.units.find((u) => u.role === 'lead') ?? input.units[0])?.unitId)
  return dispatchLocked(ctx, order, input)
}

export type DispatchInput = Omit<Input<typeof contract.dispatchOrderRoute>, 'id' | 'version'>

/** Dispatch of a locked order by whoever may: the desk, an adjudication, the difficult-order post, a rule. `stamp` goes into the entry. */
export async function dispatchLocked(ctx: Ctx, order: OrderRow, input: DispatchInput, stamp: Record<string, unknown> = {}) {
  await lockAssignments(ctx, order.id)
  const chosen = await checkTargets(ctx, order, input)
  const local = await localBeside(ctx, order, chosen)
  const targets: Target[] = local ? [...chosen, { unit: local, role: chosen[0]?.role === 'parallel' ? 'parallel' : 'assist' }] : chosen
  const now = ctx.clock.now()
  if (input.dueAt !== undefined && !input.dueReason) throw orderFail('limitNeedsReason', { rule: 'orders.limitOverride', fields: [{ path: 'dueReason', message: '请填写调整时限的理由' }] })
  if (input.dueAt !== undefined && input.dueAt <= now) throw orderFail('limitInPast', { fields: [{ path: 'dueAt', message: '时限必须晚于现在' }] })

  await meetClocks(ctx, order.id, { kinds: ['stage'] })
  const route = input.route ?? (await setting(ctx, routeMode))
  const made = await createAssignments(ctx, order, targets, { route, dueAt: input.dueAt, opinion: input.opinion, recommendedUnitId: input.recommendedUnitId, handler: null })
  const lead = targets.find((t) => t.role === 'lead') ?? targets[0]
  // which line of the lists gave each unit; a unit chosen freely has none
  const lines = new Map((order.matter_id && order.area_code ? await recommendUnits(ctx, { matterId: order.matter_id, areaCode: order.area_code }) : []).map((line) => [line.unitId, line.reason]))
  if (local) lines.set(local.id, '垂管事项，属地单位一并办理')
  const saved = await move(ctx, order, 'dispatch', {
    change: { lead_unit_id: lead?.unit.id ?? null, lead_unit_name: lead?.unit.name ?? null, dispatched_at: ts(now), ...(order.triage ? { triage: 'done' as const } : {}) },
    entry: {
      text: input.opinion ?? null,
      data: {
        route,
        units: targets.map((t) => ({ id: t.unit.id, name: t.unit.name, role: t.role, roleName: roleNames[t.role], ...(lines.has(t.unit.id) ? { origin: lines.get(t.unit.id) } : {}) })),
        ...(input.recommendedUnitId ? { recommendedUnitId: input.recommendedUnitId } : {}),
        ...(input.dueAt !== undefined ? { dueAt: input.dueAt, ruleDueAt: made.ruleDue, dueReason: input.dueReason } : {}),
        ...(input.overrideReason ? { overrideReason: input.overrideReason } : {}),
        ...(await pathData(ctx, order)),
        ...stamp,
      },
    },
  })
  await attachFiles(ctx, { fileIds: input.fileIds, place: 'order', objectType: 'order', objectId: order.id, audience: 'staff' })
  ctx.publish(orderDispatched({ ...about(order), urgency: order.urgency, assignments: made.assignments.map((a) => ({ id: a.id, unitId: a.unitId, role: a.role })) }))
  return { ...answerOf(saved), assignments: made.assignments }
}

async function checkTargets(ctx: Ctx, order: OrderRow, input: DispatchInput): Promise<Target[]> {
  const fault = dispatchFault(input.units)
  if (fault) throw orderFail('dispatchFault', { rule: `orders.dispatch.${fault}`, params: { fault: dispatchFaults[fault] }, fields: [{ path: 'units', message: dispatchFaults[fault] }] })
  const units = await unitsByIds(ctx, input.units.map((u) => u.unitId))
  const centre = await centreUnit(ctx)
  const blocks = await blocksOf(ctx, order)
  const bars = await barring(ctx)
  const vertical = [...units.values()].some((unit) => unit.vertical) ? await verticalBar(ctx) : null
  if (order.matter_id && !input.overrideReason && (await awaitsConfirmation(ctx, order.matter_id))) throw orderFail('matterUnconfirmed', { rule: 'mat.issue.confirm', fields: [{ path: 'overrideReason', message: '事项待本级确认，确需派发须填写理由' }] })
  return input.units.map(({ unitId, role, requirement }) => {
    const unit = units.get(unitId)
    // Units of other tenants are reached by transfer only; the centre dispatches to the whole tree below it.
    if (!unit || (unit.id !== centre.id && !isSubordinate(centre, unit))) throw orderFail('unitOutsideHierarchy', { rule: 'orders.hierarchy', params: { unit: unit?.name ?? '所选单位' } })
    if (unit.state !== 'active') throw orderFail('unitDisabled', { params: { unit: unit.name } })
    if (unit.vertical && vertical !== null) throw orderFail('verticalUpper', { rule: 'verticalRule', params: { unit: unit.name }, fields: [{ path: 'units', message: vertical }] })
    const block = blocks.get(unitId)
    if (block && bars(block, role) && (block.cause === 'firstDirect' || !input.overrideReason)) throw orderFail('unitBarred', { rule: `orders.block.${block.cause}`, params: { unit: unit.name, cause: blockNames[block.cause] ?? '' }, fields: [block.cause === 'firstDirect' ? { path: 'units', message: '请选择其他单位' } : { path: 'overrideReason', message: '再次选择须填写理由' }] })
    return { unit, role, requirement }
  })
}

/** Why a unit may not be chosen: an approved return or the negative list of the matter (with a reason it may), or the first direct unit (never). */
export const blockNames: Record<string, string> = { returnApproved: '已退回并获批准', firstDirect: '为该件直派时的首派单位', negative: '在该事项的负面清单上' }

export async function blocksOf(ctx: Ctx, order: Pick<OrderRow, 'id' | 'matter_id' | 'area_code'>): Promise<Map<string, { cause: string; reason?: string }>> {
  const negative = order.matter_id && order.area_code ? await negativeUnits(ctx, { matterId: order.matter_id, areaCode: order.area_code }) : []
  const rows = await db(ctx).selectFrom('order_unit_block').select(['unit_id', 'cause']).where('tenant_id', '=', ctx.tenantId).where('order_id', '=', order.id).execute()
  return new Map([...negative.map((n): [string, { cause: string; reason?: string }] => [n.unitId, { cause: 'negative', reason: n.reason }]), ...rows.map((r): [string, { cause: string }] => [r.unit_id, { cause: r.cause }])])
}

/** Whether a block holds for a role: the rule ⚙ may leave assisting units, or all, free after an approved return. */
export async function barring(ctx: Ctx): Promise<(block: { cause: string }, role: AssignmentRole) => boolean> {
  const rule = await setting(ctx, reDispatchBar)
  return (block, role) => block.cause !== 'returnApproved' || rule === 'leadAndAssist' || (rule === 'lead' && role !== 'assist')
}

export type MadeAssignment = { id: string; unitId: string; role: AssignmentRole; dueAt: Instant | null }

/** Creates assignments with their clocks and parties: at dispatch, at hand-down (parent given) and at a redo (already signed). */
export async function createAssignments(
  ctx: Ctx,
  order: OrderRow,
  targets: Target[],
  given: { route: 'levelByLevel' | 'straight'; dueAt?: Instant | undefined; opinion?: string | undefined; recommendedUnitId?: string | undefined; parentId?: string; handler: { id: string; name: string } | null; signed?: boolean; round?: number },
): Promise<{ assignments: MadeAssignment[]; ruleDue: Instant | null }> {
  const now = ctx.clock.now()
  const from = order.upper_dispatched_at ?? now
  const signHours = await autoSignHours(ctx, order)
  const fast = given.parentId ? null : await fastTrackOf(ctx, order)
  const own = fast || given.parentId ? null : await ownLimits(ctx, order)
  const options = fast ? { ...given, signed: true } : given
  const plans = await Promise.all(targets.map(async (target) => ({ id: newId(), target, limits: fast ?? withOwn(await limitsFor(ctx, order, target.unit), own) })))
  await insertAssignments(
    ctx,
    plans.map(({ id, target }) => ({
      tenant_id: ctx.tenantId, id, order_id: order.id, parent_id: options.parentId ?? null, unit_id: target.unit.id, unit_name: target.unit.name, role: target.role, route_mode: options.route,
      state: options.signed ? 'handling' : 'pendingSign', round: options.round ?? order.round, handler_id: options.handler?.id ?? null, handler_name: options.handler?.name ?? null,
      opinion: options.opinion ?? null, requirement: target.requirement ?? null, recommended_unit_id: options.recommendedUnitId ?? null, dispatched_at: ts(now), dispatched_by: ctx.actor.kind === 'user' ? ctx.actor.id : null,
      dispatched_by_name: ctx.actor.name, ...(options.signed ? { signed_at: ts(now), signed_by_name: '系统', auto_signed: true } : { auto_sign_at: ts(plus(from, signHours * HOUR)) }),
    })),
  )
  const clocks = plans.flatMap(({ id, target, limits }) => clocksOf({ id, unitId: target.unit.id, limits, now, from, signHours, options }))
  const due = await startClocks(ctx, order, clocks)
  const handlingDue = (assignmentId: string): Instant | null => [...due].find(([c]) => c.kind === 'handling' && c.assignmentId === assignmentId)?.[1] ?? null
  const assignments = plans.map(({ id, target }) => ({ id, unitId: target.unit.id, role: target.role, dueAt: handlingDue(id) }))
  for (const a of assignments) if (a.dueAt !== null) await saveAssignment(ctx, a.id, { due_at: ts(a.dueAt) })
  await addParties(ctx, order, targets.map((t) => t.unit))
  if (fast) {
    await record(ctx, order, { act: 'fastTrack', text: options.opinion ?? null, data: { units: targets.map((t) => t.unit.name), limits: clocks.filter((c) => c.kind === 'handling' || c.kind === 'response').map((c) => ({ kind: c.kind, unitId: c.unitId, dueAt: due.get(c) ?? null })) } })
    await tellFast(ctx, order, targets.map((t) => t.unit.id))
  }
  return { assignments, ruleDue: assignments[0]?.dueAt ?? null }
}

type Limits = { handling: Awaited<ReturnType<typeof limitOf>>; response: Awaited<ReturnType<typeof limitOf>>; firstContact: Awaited<ReturnType<typeof limitOf>> }

/** A case profile's limits, else a node rule's for handling; null: those of the standard. */
async function ownLimits(ctx: Ctx, order: OrderRow): Promise<Pick<Limits, 'response' | 'handling'> | null> {
  const profile = await profileLimits(ctx, order)
  if (profile) return profile
  const rule = await nodeLimit(ctx, order, 'handling')
  return rule ? { response: null, handling: { duration: rule.duration, yellowBefore: null, ruleId: '', ruleText: `环节规则：${rule.name}`, receivers: {} } } : null
}

/** A case profile's limits stand before those of the rules. */
const withOwn = (limits: Limits, own: Pick<Limits, 'response' | 'handling'> | null): Limits => ({ ...limits, response: own?.response ?? limits.response, handling: own?.handling ?? limits.handling })

async function limitsFor(ctx: Ctx, order: OrderRow, unit: Unit): Promise<Limits> {
  return { handling: await limitOf(ctx, order, 'handling', unit.kind), response: await limitOf(ctx, order, 'response', unit.kind), firstContact: await limitOf(ctx, order, 'firstContact', unit.kind) }
}

function clocksOf(plan: { id: string; unitId: string; limits: Limits; now: Instant; from: Instant; signHours: number; options: { dueAt?: Instant | undefined; signed?: boolean; parentId?: string } }): NewClock[] {
  const { id, unitId, limits, now, from, signHours, options } = plan
  const base = { assignmentId: id, unitId }
  const clocks: NewClock[] = []
  if (!options.signed) clocks.push({ ...base, kind: 'sign', duration: { amount: signHours, unit: 'naturalHours' }, ruleText: '签收时限（到时系统自动签收）', startedAt: from })
  if (limits.handling) clocks.push({ ...base, kind: 'handling', duration: limits.handling.duration, ruleText: limits.handling.ruleText, startedAt: now, yellowBefore: limits.handling.yellowBefore, ...(options.dueAt !== undefined ? { dueAt: options.dueAt } : {}) })
  // Children answer to the unit above; the centre's response and contact clocks run for top assignments only.
  if (!options.parentId) {
    if (limits.response) clocks.push({ ...base, kind: 'response', duration: limits.response.duration, ruleText: limits.response.ruleText, startedAt: now, yellowBefore: limits.response.yellowBefore })
    if (limits.firstContact) clocks.push({ ...base, kind: 'firstContact', duration: limits.firstContact.duration, ruleText: limits.firstContact.ruleText, startedAt: now, yellowBefore: limits.firstContact.yellowBefore })
  }
  return clocks
}

async function autoSignHours(ctx: Ctx, order: OrderRow): Promise<number> {
  return setting(ctx, order.dispatch_kind === 'direct' ? autoSignDirect : order.dispatch_kind === 'transferred' ? autoSignTransferred : autoSignOwn)
}
