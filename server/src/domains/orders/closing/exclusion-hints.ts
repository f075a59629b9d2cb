// Hints that an order may qualify for exclusion or shelving, with a drafted reason; a person confirms, changes or rejects them (ASM-11).
import { sql, type RawBuilder, type Selectable } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { DAY, plus } from '../../../kernel/time/index.ts'
import { setting } from '../../platform/index.ts'
import { orderFail } from '../orders.errors.ts'
import { requireUnit } from '../orders.policy.ts'
import { db, type OrderRow } from '../orders.queries.ts'
import { inSight, listOf, orderColumns, type OrderColumns } from '../requests/list-frame.ts'
import { readerUnits } from '../requests/unit-sight.ts'
import type { OrdersTables } from '../tables.gen.ts'
import { holdAssignment } from '../unit-acts.ts'
import { declarable, declarationNeedless, unfit, type Claim } from './claim.ts'
import { exclusionItems } from './closing.settings.ts'
import type * as contract from './hint-contract.ts'
import { hintsIn, type Hint, type Kind } from './hint-rules.ts'

type Row = Selectable<OrdersTables['order_exclusion_hint']>
const PAST = 365
/** So often approved for the same matter at the same unit before it is proposed. */
const OFTEN = 2
const MOST_STANDING = 10_000
const hinted = sql`order_exclusion_hint x join order_order o on o.tenant_id = x.tenant_id and o.id = x.order_id`

/** After signing and after each result: what the order now says may point to an item. Each item is proposed once for an order, so what was rejected does not return. */
export async function hintExclusions(ctx: Ctx, { orderId }: { orderId: string }): Promise<void> {
  const order = await db(ctx).selectFrom('order_order').select(['id', 'title', 'content', 'matter_id', 'flags', 'state']).where('tenant_id', '=', ctx.tenantId).where('id', '=', orderId).executeTakeFirst()
  if (!order || !declarable.includes(order.state) || order.flags.some((f) => f === 'excluded' || f === 'shelved')) return
  const assignment = await db(ctx).selectFrom('order_assignment').select(['id', 'unit_id', 'unit_name']).where('tenant_id', '=', ctx.tenantId).where('order_id', '=', orderId).where('role', '<>', 'assist').where('state', 'not in', [...unfit]).orderBy('dispatched_at', 'desc').executeTakeFirst()
  if (!assignment || (await declarationNeedless.one()(ctx, [orderId])).has(orderId)) return
  const results = await db(ctx).selectFrom('order_feedback').select('result').where('tenant_id', '=', ctx.tenantId).where('order_id', '=', orderId).orderBy('submitted_at', 'desc').limit(5).execute()
  const items = await setting(ctx, exclusionItems)
  const byWords = hintsIn(items, [...results.map((r) => ({ name: '办理反馈', text: r.result })), { name: '诉求', text: `${order.title}。${order.content}` }])
  const hints = [...byWords, ...(await earlier(ctx, order, assignment.unit_id)).filter((h) => items.some((i) => i.name === h.reasonClass) && !byWords.some((one) => one.reasonClass === h.reasonClass))]
  if (hints.length === 0) return
  await db(ctx).insertInto('order_exclusion_hint').values(hints.map(({ reasonClass, ...hint }) => ({ tenant_id: ctx.tenantId, id: newId(), order_id: orderId, assignment_id: assignment.id, unit_id: assignment.unit_id, unit_name: assignment.unit_name, reason_class: reasonClass, ...hint, state: 'open', created_at: ts(ctx.clock.now()) })))
    .onConflict((c) => c.columns(['tenant_id', 'order_id', 'kind', 'reason_class']).doNothing()).execute()
}

/** What the unit had approved again and again for the same matter. An exclusion that was taken back is no precedent; a shelving ends as it should. */
async function earlier(ctx: Ctx, order: Pick<OrderRow, 'id' | 'matter_id'>, unitId: string): Promise<Hint[]> {
  if (order.matter_id === null) return []
  const since = ts(plus(ctx.clock.now(), -PAST * DAY))
  const { rows } = await sql<{ kind: Kind; reasonClass: string; n: number; reason: string }>`select x.kind, x.reason_class as "reasonClass", count(*)::int as n, (array_agg(x.reason order by x.approved_at desc))[1] as reason from order_exclusion x join order_order o on o.tenant_id = x.tenant_id and o.id = x.order_id
    where x.tenant_id = ${ctx.tenantId} and x.unit_id = ${unitId} and (x.state = 'approved' or x.kind = 'shelve') and x.approved_at > ${since} and o.matter_id = ${order.matter_id} and o.id <> ${order.id} and not o.confidential group by 1, 2 having count(*) >= ${OFTEN} order by 3 desc limit 1`.execute(ctx.db())
  return rows.map(({ n, ...hint }) => ({ ...hint, because: `本单位近一年同一事项已批准 ${n} 件`, source: 'history' as const }))
}

/** A declaration settles what was proposed for its order: taken as it was, changed, or not taken. */
export async function settleHints(ctx: Ctx, orderId: string, claim: Claim): Promise<void> {
  const open = await db(ctx).selectFrom('order_exclusion_hint').selectAll().where('tenant_id', '=', ctx.tenantId).where('order_id', '=', orderId).where('state', '=', 'open').execute()
  for (const hint of open) {
    const same = hint.kind === claim.kind && hint.reason_class === claim.reasonClass
    await decide(ctx, hint, same ? (hint.reason === claim.reason ? 'confirmed' : 'changed') : 'rejected', same ? null : '按其他情形申报')
  }
}

const decide = async (ctx: Ctx, { id }: Pick<Row, 'id'>, state: string, why: string | null): Promise<void> => {
  await db(ctx).updateTable('order_exclusion_hint').set({ state, decided_at: ts(ctx.clock.now()), decided_by_name: ctx.actor.name, decided_why: why }).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute()
}

export async function rejectExclusionHint(ctx: Ctx, input: Input<typeof contract.rejectExclusionHintRoute>) {
  const found = await db(ctx).selectFrom('order_exclusion_hint').select('assignment_id').where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).executeTakeFirst()
  if (!found) throw orderFail('notFound')
  const { assignment } = await holdAssignment(ctx, found.assignment_id)
  requireUnit(ctx, assignment, 'orders.handle', '处理申报提示')
  const row = await db(ctx).selectFrom('order_exclusion_hint').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).forUpdate().executeTakeFirstOrThrow()
  if (row.state !== 'open') throw orderFail('requestEnded', { rule: 'orders.requestEnded', current: { state: row.state } })
  await decide(ctx, row, 'rejected', input.reason || null)
  return { id: row.id, state: 'rejected' }
}

const view = (r: Row) => ({ id: r.id, kind: r.kind as Kind, reasonClass: r.reason_class, reason: r.reason, because: r.because })

/** What the form of a declaration offers: the list, what is proposed, and words the unit used before. */
export async function exclusionForm(ctx: Ctx, input: Input<typeof contract.exclusionFormRoute>) {
  const { order, assignment } = await holdAssignment(ctx, input.id)
  requireUnit(ctx, assignment, 'orders.handle', '申报剔除或挂账')
  const hints = (await declarationNeedless.one()(ctx, [order.id])).has(order.id) ? [] : await db(ctx).selectFrom('order_exclusion_hint').selectAll().where('tenant_id', '=', ctx.tenantId).where('order_id', '=', order.id).where('state', '=', 'open').orderBy('created_at').limit(5).execute()
  const { rows: texts } = await sql<{ reasonClass: string; reason: string }>`select "reasonClass", reason from (select reason_class as "reasonClass", reason, max(created_at) as at from (select reason_class, reason, created_at from order_request where tenant_id = ${ctx.tenantId} and unit_id = ${assignment.unit_id} and kind = 'exclusion' order by created_at desc limit 100) as latest where reason_class is not null group by 1, 2) as used order by at desc limit 12`.execute(ctx.db())
  return { items: (await setting(ctx, exclusionItems)).map(({ name, kind, files }) => ({ name, kind, files })), hints: hints.map(view), texts }
}

/** What still asks for a decision: the order can be declared, is not declared yet, and need be. Over `x` and `o`, for list and figures alike. */
async function standing(ctx: Ctx): Promise<RawBuilder<unknown>> {
  const declarableNow = sql`o.state = any(${declarable as string[]}) and not (o.flags && array['excluded', 'shelved']) and not exists (select 1 from order_request r where r.tenant_id = x.tenant_id and r.order_id = x.order_id and r.kind = 'exclusion' and r.state = 'pending')`
  const { rows } = await sql<{ id: string }>`select distinct x.order_id as id from ${hinted} where x.tenant_id = ${ctx.tenantId} and x.state = 'open' and ${readerUnits(ctx, 'x.unit_id')} and ${declarableNow} limit ${MOST_STANDING}`.execute(ctx.db())
  const needless = [...(await declarationNeedless.one()(ctx, rows.map((r) => r.id))).keys()]
  return needless.length === 0 ? declarableNow : sql`${declarableNow} and x.order_id <> all(${needless}::uuid[])`
}

export async function listExclusionHints(ctx: Ctx, input: Input<typeof contract.listExclusionHintsRoute>) {
  authorize(ctx, 'orders.read')
  const where = [sql`x.tenant_id = ${ctx.tenantId} and x.state = ${input.state}`, readerUnits(ctx, 'x.unit_id')]
  if (input.state === 'open') where.push(await standing(ctx))
  if (input.kind) where.push(sql`x.kind = ${input.kind}`)
  if (input.unitId) where.push(sql`x.unit_id = ${input.unitId}`)
  if (input.orderId) where.push(sql`x.order_id = ${input.orderId}`)
  const page = await listOf<Row & OrderColumns>(ctx, { columns: sql`x.*, ${orderColumns}`, from: hinted, where, at: 'x.created_at', id: 'x.id', down: true }, input)
  return {
    items: page.rows.map((r) => ({ ...view(r), orderId: r.order_id, number: r.number, title: r.title, urgency: r.urgency, assignmentId: r.assignment_id, unitName: r.unit_name, source: r.source as Hint['source'], state: r.state, createdAt: r.created_at, decidedAt: r.decided_at, decidedByName: r.decided_by_name, decidedWhy: r.decided_why, mayAct: r.state === 'open' && ctx.actor.unitIds.includes(r.unit_id) })),
    next: page.next, count: page.count,
  }
}

/** How good the proposals are: confirmed or changed of all that were decided. */
export async function exclusionHintShare(ctx: Ctx) {
  authorize(ctx, 'orders.read')
  const { rows } = await sql<{ state: string; n: number }>`select x.state, count(*)::int as n from order_exclusion_hint x where x.tenant_id = ${ctx.tenantId} and ${readerUnits(ctx, 'x.unit_id')} group by 1`.execute(ctx.db())
  const { rows: [open] } = await sql<{ n: number }>`select count(*)::int as n from ${hinted} where x.tenant_id = ${ctx.tenantId} and x.state = 'open' and ${readerUnits(ctx, 'x.unit_id')} and ${inSight(ctx)} and ${await standing(ctx)}`.execute(ctx.db())
  const of = (state: string): number => rows.find((r) => r.state === state)?.n ?? 0
  const [confirmed, changed, rejected] = [of('confirmed'), of('changed'), of('rejected')]
  const decided = confirmed + changed + rejected
  return { open: open?.n ?? 0, confirmed, changed, rejected, share: decided === 0 ? null : (confirmed + changed) / decided }
}
