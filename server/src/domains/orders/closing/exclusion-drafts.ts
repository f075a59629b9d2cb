// Declarations prepared while the window is shut: looked at by the unit's leader beforehand, submitted without retyping once it opens (ASM-10).
import { sql, type RawBuilder, type Selectable } from 'kysely'
import { authorize, can } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { attachFiles, filesOf, moveFiles, setting, unitsByIds } from '../../platform/index.ts'
import { each } from '../checks/batch-approval.ts'
import { orderFail } from '../orders.errors.ts'
import { requireUnit } from '../orders.policy.ts'
import { db, lockOrder, saveOrder } from '../orders.queries.ts'
import { listOf, orderColumns, type OrderColumns } from '../requests/list-frame.ts'
import { readerUnits } from '../requests/unit-sight.ts'
import type { OrdersTables } from '../tables.gen.ts'
import { record } from '../timeline.ts'
import { assignmentAnswer, holdAssignment } from '../unit-acts.ts'
import { closingFail } from './closing.errors.ts'
import { exclusionItems } from './closing.settings.ts'
import { declarable, kindNames, unfit } from './claim.ts'
import { settleHints } from './exclusion-hints.ts'
import { askFor, itemOf, noEvidence, requireClaim } from './exclusions.ts'
import type { Kind } from './hint-rules.ts'
import type * as contract from './window-contract.ts'

type Row = Selectable<OrdersTables['order_exclusion_draft']>
type State = 'draft' | 'passed' | 'sentBack' | 'submitted' | 'discarded'
const live: State[] = ['draft', 'passed', 'sentBack']

/** One open draft an assignment; saving again replaces its words, keeps its evidence, and asks for review anew. */
export async function prepareExclusion(ctx: Ctx, input: Input<typeof contract.prepareExclusionRoute>) {
  const held = await holdAssignment(ctx, input.id)
  const { order, assignment } = held
  await requireClaim(ctx, held, input)
  await settleHints(ctx, order.id, input)
  const old = await db(ctx).selectFrom('order_exclusion_draft').select(['id', 'entry_id']).where('tenant_id', '=', ctx.tenantId).where('assignment_id', '=', assignment.id).where('state', 'in', live).forUpdate().executeTakeFirst()
  const entry = await record(ctx, order, { act: 'prepareExclusion', assignmentId: assignment.id, text: input.reason, data: { kindName: kindNames[input.kind], reasonClass: input.reasonClass }, visibility: 'unitLine' })
  if (old) await moveFiles(ctx, { objectType: 'timeline', objectId: old.entry_id }, { objectType: 'timeline', objectId: entry, audience: 'staff' })
  await attachFiles(ctx, { fileIds: input.fileIds, place: 'request', objectType: 'timeline', objectId: entry, audience: 'staff' })
  const words = {
    kind: input.kind, reason_class: input.reasonClass, reason: input.reason, expires_at: input.kind === 'shelve' && input.expiresAt !== undefined ? ts(input.expiresAt) : null, entry_id: entry, state: 'draft', prepared_by: ctx.actor.id, prepared_by_name: ctx.actor.name,
    reviewed_by_name: null, reviewed_at: null, opinion: null,
  }
  if (old) await db(ctx).updateTable('order_exclusion_draft').set(words).where('tenant_id', '=', ctx.tenantId).where('id', '=', old.id).execute()
  else await db(ctx).insertInto('order_exclusion_draft').values({ tenant_id: ctx.tenantId, id: newId(), order_id: order.id, assignment_id: assignment.id, unit_id: assignment.unit_id, unit_name: assignment.unit_name, prepared_at: ts(ctx.clock.now()), ...words }).execute()
  return assignmentAnswer(await saveOrder(ctx, order, {}), assignment.id, assignment.state)
}

/** The order first, then the draft: as everywhere. */
async function lockDraft(ctx: Ctx, id: string): Promise<Row> {
  const found = await db(ctx).selectFrom('order_exclusion_draft as x').select('x.order_id').where('x.tenant_id', '=', ctx.tenantId).where('x.id', '=', id).where(readerUnits(ctx, 'x.unit_id') as RawBuilder<boolean>).executeTakeFirst()
  if (!found) throw orderFail('notFound')
  await lockOrder(ctx, found.order_id)
  const row = await db(ctx).selectFrom('order_exclusion_draft').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
  if (!live.includes(row.state as State)) throw closingFail('draftGone', { rule: 'exclusion.draft', params: { state: row.state === 'submitted' ? '提交' : '放弃' } })
  return row
}

/** The leader of the unit, or of one above it; what he passed is not asked of him again when it is submitted. */
export async function reviewExclusionDraft(ctx: Ctx, input: Input<typeof contract.reviewExclusionDraftRoute>) {
  authorize(ctx, 'flow.approveInUnit')
  const row = await lockDraft(ctx, input.id)
  const path = (await unitsByIds(ctx, [row.unit_id])).get(row.unit_id)?.path ?? []
  if (!ctx.actor.unitIds.some((own) => own === row.unit_id || path.includes(own))) throw orderFail('notYours', { params: { act: '预审' }, rule: 'flow.approveInUnit' })
  if (row.prepared_by === ctx.actor.id) throw closingFail('draftOwn', { rule: 'exclusion.draft' })
  const state = input.outcome === 'pass' ? 'passed' : 'sentBack'
  await db(ctx).updateTable('order_exclusion_draft').set({ state, opinion: input.opinion, reviewed_by_name: ctx.actor.name, reviewed_at: ts(ctx.clock.now()) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  await note(ctx, row, 'reviewExclusionDraft', `${input.outcome === 'pass' ? '通过' : '退回'}：${input.opinion}`)
  return { id: row.id, state } as const
}

export async function discardExclusionDraft(ctx: Ctx, input: Input<typeof contract.discardExclusionDraftRoute>) {
  const row = await lockDraft(ctx, input.id)
  const { assignment } = await holdAssignment(ctx, row.assignment_id)
  requireUnit(ctx, assignment, 'orders.handle', '放弃申报')
  await end(ctx, row, 'discarded', null)
  await note(ctx, row, 'discardExclusionDraft', null)
  return { id: row.id, state: 'discarded' } as const
}

const note = (ctx: Ctx, row: Row, act: string, text: string | null) => lockOrder(ctx, row.order_id).then((order) => record(ctx, order, { act, assignmentId: row.assignment_id, text, visibility: 'unitLine' }))
const end = (ctx: Ctx, row: Row, state: State, requestId: string | null) => db(ctx).updateTable('order_exclusion_draft').set({ state, request_id: requestId, ended_at: ts(ctx.clock.now()), ended_by_name: ctx.actor.name }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()

/** Those prepared first go first; each that fails stays a draft and is reported with its reason. */
export async function submitExclusionDrafts(ctx: Ctx, input: Input<typeof contract.submitExclusionDraftsRoute>) {
  const rows = await db(ctx).selectFrom('order_exclusion_draft as x').innerJoin('order_order as o', (j) => j.onRef('o.tenant_id', '=', 'x.tenant_id').onRef('o.id', '=', 'x.order_id')).select(['x.id', 'o.number', 'o.title']).where('x.tenant_id', '=', ctx.tenantId).where('x.id', 'in', input.ids).where(readerUnits(ctx, 'x.unit_id') as RawBuilder<boolean>).orderBy('x.prepared_at').orderBy('x.id').execute()
  const known = new Map(rows.map((r) => [r.id, r]))
  return each(ctx, [...known.keys(), ...input.ids], known, (id) => submit(ctx, id))
}

async function submit(ctx: Ctx, id: string): Promise<void> {
  const row = await lockDraft(ctx, id)
  const held = await holdAssignment(ctx, row.assignment_id)
  const claim = { kind: row.kind as Kind, reasonClass: row.reason_class, reason: row.reason, expiresAt: row.expires_at ?? undefined }
  await requireClaim(ctx, held, claim)
  if (row.state === 'sentBack') throw closingFail('draftSentBack', { rule: 'exclusion.draft' })
  if ((await itemOf(ctx, claim))?.files !== false && !(await filesOf(ctx, 'timeline', [row.entry_id])).has(row.entry_id)) throw noEvidence()
  const asked = await askFor(ctx, held, claim, { fileIds: [], askUnit: row.state !== 'passed' })
  await moveFiles(ctx, { objectType: 'timeline', objectId: row.entry_id }, { objectType: 'request', objectId: asked.requestId, audience: 'staff' })
  await end(ctx, row, 'submitted', asked.requestId)
}

export async function listExclusionDrafts(ctx: Ctx, input: Input<typeof contract.listExclusionDraftsRoute>) {
  authorize(ctx, 'orders.read')
  const classes = (await setting(ctx, exclusionItems)).map((one) => one.name)
  const problem = sql`case
    when x.state in ('submitted', 'discarded') then null
    when o.state <> all(${declarable as string[]}) then '工单状态已不能申报'
    when o.flags && array['excluded', 'shelved'] then '该工单已被批准剔除或挂账'
    when a.state = any(${unfit as string[]}) then '任务已退回或取消'
    when x.reason_class <> all(${classes}) then '情形已不在规定之列'
    when exists (select 1 from order_request r where r.tenant_id = x.tenant_id and r.order_id = x.order_id and r.assignment_id = x.assignment_id and r.kind = 'exclusion' and r.state = 'pending') then '剔除申报正在审批' end`
  const where = [sql`x.tenant_id = ${ctx.tenantId} and x.state = any(${input.state})`, readerUnits(ctx, 'x.unit_id')]
  if (input.kind) where.push(sql`x.kind = ${input.kind}`)
  if (input.orderId) where.push(sql`x.order_id = ${input.orderId}`)
  if (input.unitId) where.push(sql`x.unit_id = ${input.unitId}`)
  if (input.invalid) where.push(sql`${problem} is not null`)
  const from = sql`order_exclusion_draft x join order_order o on o.tenant_id = x.tenant_id and o.id = x.order_id join order_assignment a on a.tenant_id = x.tenant_id and a.id = x.assignment_id`
  const page = await listOf<Row & OrderColumns & { problem: string | null }>(ctx, { columns: sql`x.*, ${problem} as problem, ${orderColumns}`, from, where, at: 'x.prepared_at', id: 'x.id', down: false }, input)
  const leads = can(ctx, 'flow.approveInUnit')
  return {
    items: page.rows.map((r) => ({
      id: r.id, orderId: r.order_id, number: r.number, title: r.title, orderState: r.order_state, urgency: r.urgency, assignmentId: r.assignment_id, unitId: r.unit_id, unitName: r.unit_name, kind: r.kind as Kind, reasonClass: r.reason_class, reason: r.reason, expiresAt: r.expires_at, state: r.state as State, preparedByName: r.prepared_by_name, preparedAt: r.prepared_at,
      reviewedByName: r.reviewed_by_name, reviewedAt: r.reviewed_at, opinion: r.opinion, endedAt: r.ended_at, endedByName: r.ended_by_name, problem: r.problem,
      mayReview: leads && live.includes(r.state as State) && r.prepared_by !== ctx.actor.id, maySubmit: live.includes(r.state as State) && can(ctx, 'orders.handle') && ctx.actor.unitIds.includes(r.unit_id),
    })),
    next: page.next, count: page.count,
  }
}
