// Orders declared not to count in assessment (剔除) or to count later (挂账): asked by the unit with evidence, approved by the centre (ORD-53).
import { sql, type Selectable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize, can } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { DAY, earlier, plus, toIso } from '../../../kernel/time/index.ts'
import { approvalFlow } from '../../flow/index.ts'
import { setting } from '../../platform/index.ts'
import { answerOf } from '../acts.ts'
import { orderFail } from '../orders.errors.ts'
import { actsFor, assertVisible, requireUnit } from '../orders.policy.ts'
import { db, lockOrder, saveOrder } from '../orders.queries.ts'
import { actState, pendingOf, type HandlingActs } from '../requests/act-state.ts'
import { ask, dataOf, withFlag, withoutFlag, type AskKind } from '../requests/ask.ts'
import { listOf, orderColumns, type OrderColumns } from '../requests/list-frame.ts'
import { readerUnits } from '../requests/unit-sight.ts'
import { stateNames } from '../texts.zh-CN.ts'
import type { OrdersTables } from '../tables.gen.ts'
import { record } from '../timeline.ts'
import { assignmentAnswer, holdAssignment, type Held } from '../unit-acts.ts'
import { declarable, declarationNeedless, kindNames, unfit, type Claim } from './claim.ts'
import type * as contract from './closing-contract.ts'
import { closingFail } from './closing.errors.ts'
import { exclusionItems, shelvingDays, shelvingExtensions, type ExclusionItem } from './closing.settings.ts'
import { settleHints } from './exclusion-hints.ts'
import type { Kind } from './hint-rules.ts'
import { openings } from './windows.ts'

type Row = Selectable<OrdersTables['order_exclusion']>

const flagOf: Record<Kind, string> = { exclude: 'excluded', shelve: 'shelved' }
export const exclusionFlow = approvalFlow({
  key: 'orders.exclusion', name: '工单-剔除挂账-审批', businessType: '工单', stage: '剔除', names: { start: '申报剔除或挂账', approved: '同意', returned: '不同意' },
  variables: [{ name: 'askUnit', label: '尚未经单位领导预审', type: 'boolean' }],
  steps: [{ key: 'unit', name: '单位领导审批', actor: { permission: 'flow.approveInUnit', unit: 'subject' }, when: 'askUnit' }, { key: 'centre', name: '中心审核', actor: { permission: 'orders.approveExclusion', unit: 'centre' } }],
})


export async function declareExclusion(ctx: Ctx, input: Input<typeof contract.declareExclusionRoute>) {
  const held = await holdAssignment(ctx, input.id)
  await requireClaim(ctx, held, input)
  if (input.fileIds.length === 0 && (await itemOf(ctx, input))?.files !== false) throw noEvidence()
  const asked = await askFor(ctx, held, input, { fileIds: input.fileIds, askUnit: true })
  return assignmentAnswer(asked.order, held.assignment.id, held.assignment.state)
}

export const noEvidence = (): Error => closingFail('exclusionEvidence', { rule: 'orders.exclusion.evidence', fields: [{ path: 'fileIds', message: '请上传证明材料' }] })

/** The item of the regulation's list that a claim names. */
export const itemOf = async (ctx: Ctx, claim: Pick<Claim, 'reasonClass'>): Promise<ExclusionItem | undefined> => (await setting(ctx, exclusionItems)).find((one) => one.name === claim.reasonClass)

/** Whatever is declared or prepared must be the unit's own, of an order that can be declared, for a reason of the list. */
export async function requireClaim(ctx: Ctx, { order, assignment }: Held, claim: Claim): Promise<void> {
  requireUnit(ctx, assignment, 'orders.handle', '申报剔除或挂账')
  if (!declarable.includes(order.state) || unfit.includes(assignment.state)) throw closingFail('exclusionState', { rule: 'orders.exclusion.state', params: { state: stateNames[order.state] } })
  const stands = order.flags.find((f) => f === 'excluded' || f === 'shelved')
  if (stands) throw closingFail('exclusionStands', { rule: 'orders.exclusion.stands', params: { kind: stands === 'excluded' ? '剔除' : '挂账' } })
  const needless = (await declarationNeedless.one()(ctx, [order.id])).get(order.id)
  if (needless !== undefined) throw closingFail('exclusionNeedless', { rule: 'orders.exclusion.needless', params: { reason: needless } })
  // Another unit of the order may have asked, or the centre decided, meanwhile: one order is taken out once.
  const asked = await db(ctx).selectFrom('order_request').select('unit_name').where('tenant_id', '=', ctx.tenantId).where('order_id', '=', order.id).where('kind', '=', 'exclusion').where('state', '=', 'pending').where('assignment_id', '<>', assignment.id).executeTakeFirst()
  if (asked) throw closingFail('exclusionAsked', { rule: 'orders.exclusion.asked', params: { unit: asked.unit_name ?? '' } })
  if (claim.expiresAt !== undefined && claim.expiresAt !== null && claim.expiresAt <= ctx.clock.now()) throw kernelErrors('invalid', { fields: [{ path: 'expiresAt', message: '挂账期限须在今后' }] })
  const item = await itemOf(ctx, claim)
  if (!item) throw closingFail('exclusionClass', { rule: 'exclusion.items', fields: [{ path: 'reasonClass', message: '请从规定的情形中选择' }] })
  if (item.kind !== 'both' && item.kind !== claim.kind) throw closingFail('exclusionClass', { rule: 'exclusion.items', fields: [{ path: 'reasonClass', message: `“${item.name}”只能申报${kindNames[item.kind]}` }] })
}

/** The request itself, only while the upper platform takes declarations of the kind. `askUnit` false: the unit's leader has agreed beforehand. */
export async function askFor(ctx: Ctx, { order, assignment }: Held, claim: Claim, { fileIds, askUnit }: { fileIds: string[]; askUnit: boolean }) {
  const window = (await openings(ctx))[claim.kind]
  if (!window.open) throw closingFail('exclusionWindow', { rule: 'exclusion.window', ...(window.until === null ? {} : { until: toIso(window.until) }) })
  const latest = plus(ctx.clock.now(), (await setting(ctx, shelvingDays)) * DAY)
  await settleHints(ctx, order.id, claim)
  const expires = claim.kind === 'shelve' ? earlier(claim.expiresAt ?? latest, latest) : null
  return ask(ctx, exclusion, order, {
    assignment, unit: { id: assignment.unit_id, name: assignment.unit_name }, reason: claim.reason, reasonClass: claim.reasonClass, fileIds, variables: { askUnit },
    data: { exclusion: claim.kind, kindName: kindNames[claim.kind], ...(expires === null ? {} : { expiresAt: toIso(expires) }) }, ...(expires === null ? {} : { newDueAt: expires }),
  })
}

export const exclusion: AskKind = {
  kind: 'exclusion', name: '剔除', flow: 'orders.exclusion',
  async decided(ctx, { order, request, approved }) {
    if (!approved || !declarable.includes(order.state)) return
    if (order.flags.some((f) => f === 'excluded' || f === 'shelved')) return
    const kind: Kind = dataOf(request)['exclusion'] === 'shelve' ? 'shelve' : 'exclude'
    await db(ctx).insertInto('order_exclusion').values({
      tenant_id: ctx.tenantId, id: newId(), order_id: order.id, request_id: request.id, kind, reason_class: request.reason_class ?? '', reason: request.reason, unit_id: request.unit_id, unit_name: request.unit_name, state: 'approved', approved_at: ts(ctx.clock.now()),
      expires_at: kind === 'shelve' && request.new_due_at !== null ? ts(request.new_due_at) : null,
    }).execute()
    return { flags: withFlag(order, flagOf[kind]) }
  },
}

/** A standing exclusion with its order, the order first. */
export async function lockExclusion(ctx: Ctx, id: string) {
  const found = await db(ctx).selectFrom('order_exclusion').select('order_id').where('tenant_id', '=', ctx.tenantId).where('id', '=', id).executeTakeFirst()
  if (!found) throw orderFail('notFound')
  const order = await lockOrder(ctx, found.order_id)
  await assertVisible(ctx, order)
  const row = await db(ctx).selectFrom('order_exclusion').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
  if (row.state !== 'approved') throw orderFail('requestEnded', { rule: 'orders.requestEnded', current: { state: row.state } })
  return { order, row }
}

/** 销账: the centre ends a shelving, or takes an exclusion back. */
export async function liftExclusion(ctx: Ctx, input: Input<typeof contract.liftExclusionRoute>) {
  authorize(ctx, 'orders.approveExclusion')
  const { order, row } = await lockExclusion(ctx, input.id)
  await end(ctx, row, 'lifted', input.reason)
  await record(ctx, order, { act: 'liftExclusion', text: input.reason, data: { kind: row.kind }, visibility: 'staff' })
  return answerOf(await saveOrder(ctx, order, { flags: withoutFlag(order, flagOf[row.kind as Kind]) }))
}

const end = async (ctx: Ctx, row: Pick<Row, 'id'>, state: 'expired' | 'lifted', reason: string): Promise<void> => {
  await db(ctx).updateTable('order_exclusion').set({ state, ended_at: ts(ctx.clock.now()), ended_by_name: ctx.actor.name, end_reason: reason }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
}

/** A shelved order counts again when its time is over. */
export async function sweepShelvings(ctx: Ctx): Promise<void> {
  const due = await db(ctx).selectFrom('order_exclusion').selectAll().where('tenant_id', '=', ctx.tenantId).where('state', '=', 'approved').where('expires_at', '<=', ts(ctx.clock.now())).limit(200).execute()
  for (const { id, order_id } of due) {
    const order = await lockOrder(ctx, order_id)
    // Looked at again under the lock: it may have been lifted or extended since.
    const row = await db(ctx).selectFrom('order_exclusion').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).where('state', '=', 'approved').where('expires_at', '<=', ts(ctx.clock.now())).forUpdate().executeTakeFirst()
    if (!row) continue
    await end(ctx, row, 'expired', '挂账到期')
    await record(ctx, order, { act: 'shelvingExpired', text: '挂账到期，恢复计入考核', visibility: 'staff' })
    await saveOrder(ctx, order, { flags: withoutFlag(order, 'shelved') })
  }
}

export async function listExclusions(ctx: Ctx, input: Input<typeof contract.listExclusionsRoute>) {
  authorize(ctx, 'orders.read')
  const where = [sql`x.tenant_id = ${ctx.tenantId} and x.state = ${input.state}`, readerUnits(ctx, 'x.unit_id')]
  if (input.kind) where.push(sql`x.kind = ${input.kind}`)
  if (input.dueWithin !== undefined) where.push(sql`x.expires_at <= ${toIso(plus(ctx.clock.now(), input.dueWithin * DAY))}::timestamptz`)
  if (input.orderId) where.push(sql`x.order_id = ${input.orderId}`)
  if (input.unitId) where.push(sql`x.unit_id = ${input.unitId}`)
  const [approves, most] = [can(ctx, 'orders.approveExclusion'), await setting(ctx, shelvingExtensions)]
  const page = await listOf<Row & OrderColumns>(ctx, { columns: sql`x.*, ${orderColumns}`, from: sql`order_exclusion x join order_order o on o.tenant_id = x.tenant_id and o.id = x.order_id`, where, at: 'x.approved_at', id: 'x.id', down: true }, input)
  return {
    items: page.rows.map((r) => ({
      id: r.id, orderId: r.order_id, number: r.number, title: r.title, orderState: r.order_state, urgency: r.urgency, kind: r.kind as Kind, reasonClass: r.reason_class, reason: r.reason, unitId: r.unit_id, unitName: r.unit_name, state: r.state, approvedAt: r.approved_at, expiresAt: r.expires_at, endedAt: r.ended_at, endedByName: r.ended_by_name, endReason: r.end_reason,
      extensions: r.extensions, mayLift: r.state === 'approved' && approves, mayExtend: r.state === 'approved' && r.kind === 'shelve' && r.extensions < most && approves,
    })),
    next: page.next, count: page.count,
  }
}

export const exclusionActs: HandlingActs = {
  order(ctx, { order }) {
    return can(ctx, 'orders.reviewResult') ? [actState('correctDeclaration', declarable.includes(order.state) ? null : { rule: 'orders.declaration.state', reason: `工单当前为“${stateNames[order.state]}”` })] : []
  },
  async assignment(ctx, { order, assignment, requests }) {
    if (!actsFor(ctx, assignment.unit_id, 'orders.handle') || unfit.includes(assignment.state) || !declarable.includes(order.state)) return []
    const stands = order.flags.includes('excluded') || order.flags.includes('shelved')
    const needless = (await declarationNeedless.one()(ctx, [order.id])).get(order.id)
    const why = needless !== undefined ? { rule: 'orders.exclusion.needless', reason: needless } : stands ? { rule: 'orders.exclusion.stands', reason: '已批准剔除或挂账' } : pendingOf(requests, 'exclusion', assignment.id) ? { rule: 'orders.requestPending', reason: '剔除申报正在审批' } : null
    const { exclude, shelve } = await openings(ctx)
    if (exclude.open && shelve.open) return [actState('declareExclusion', why)]
    const until = exclude.until ?? shelve.until
    const shut = exclude.open || shelve.open ? null : { rule: 'exclusion.window', reason: '不在申报窗口期内，可先暂存', ...(until === null ? {} : { until: toIso(until) }) }
    return [actState('declareExclusion', why ?? shut), actState('prepareExclusion', why)]
  },
}
