// Orders of an upper platform: received once, signed by a rule, a person or the system at the limit; two clocks run (ORD-24).
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { HOUR, plus } from '../../../kernel/time/index.ts'
import { setting } from '../../platform/index.ts'
import { about, answerOf, move } from '../acts.ts'
import { startClocks } from '../clocks.ts'
import { nextStage } from '../stage-clocks.ts'
import { upperOrderSigned } from '../events.ts'
import { applySpecialMarks } from '../key-cases/index.ts'
import { orderFail } from '../orders.errors.ts'
import { assertVisible } from '../orders.policy.ts'
import { db, lockOrder, saveOrder, type OrderRow } from '../orders.queries.ts'
import { createOrder } from '../register-order.ts'
import { autoSignDirect, autoSignTransferred } from '../settings.ts'
import { record } from '../timeline.ts'
import type * as contract from './upper-contract.ts'
import { MODEL_RULE, modelSigns } from './sign-model.ts'
import { ruleFor } from './sign-rules.ts'

type Received = { id: string; number: string; state: OrderRow['state']; created: boolean; signed: boolean; rule: string | null }

export async function receiveUpperRoute(ctx: Ctx, input: Input<typeof contract.receiveUpperRoute>): Promise<Received> {
  authorize(ctx, 'orders.receiveUpper')
  return receiveUpperOrder(ctx, input)
}

/** For connectors, too. The same number of the same platform is one order however often it is delivered. */
export async function receiveUpperOrder(ctx: Ctx, input: Input<typeof contract.receiveUpperRoute>): Promise<Received> {
  const { upper, ...order } = input
  const before = await byUpperNumber(ctx, upper.platform, upper.number)
  if (before) return { id: before.id, number: before.number, state: before.state, created: false, signed: before.upper_signed_at !== null, rule: before.upper_sign_rule }
  const made = await createOrder(ctx, { ...order, channel: 'connector', fastTrack: upper.fastTrack, mirror: { upperNumber: upper.number, upperDispatchedAt: upper.dispatchedAt, dispatchKind: upper.dispatchKind, source: 'platform', state: 'pendingReview', platform: upper.platform } })
  const hours = await setting(ctx, upper.dispatchKind === 'direct' ? autoSignDirect : autoSignTransferred)
  // The platform's limit beside the own ones, which follow at dispatch.
  if (upper.dueAt !== undefined) await startClocks(ctx, made, [{ kind: 'upper', duration: { amount: Math.max(1, Math.round((upper.dueAt - upper.dispatchedAt) / HOUR)), unit: 'naturalHours' }, ruleText: `${upper.platform}时限`, startedAt: upper.dispatchedAt, dueAt: upper.dueAt }])
  const marked = await applySpecialMarks(ctx, made, upper.marks)
  const queued = await saveOrder(ctx, marked, { upper_sign_due_at: ts(plus(upper.dispatchedAt, hours * HOUR)) })
  await pairWithDirect(ctx, queued, upper.platform, upper.relatedNumber ?? upper.number)
  // Unstable and emergency items are signed at once, whatever the rules say (ORD-14).
  const rule = upper.fastTrack ? { name: FAST_RULE, toDispatch: false } : ((await ruleFor(ctx, queued, upper.marks)) ?? (await byModel(ctx, queued)))
  const signed = rule ? await sign(ctx, queued, { by: '系统', rule: rule.name, toDispatch: rule.toDispatch }) : queued
  return { id: signed.id, number: signed.number, state: signed.state, created: true, signed: rule !== null, rule: rule?.name ?? null }
}

/** What no rule names, the classifier may sign; the stamp says how sure it was. */
async function byModel(ctx: Ctx, order: OrderRow): Promise<{ name: string; toDispatch: boolean } | null> {
  const p = await modelSigns(ctx, order)
  return p === null ? null : { name: `${MODEL_RULE}（${Math.floor(p * 1000) / 10}%）`, toDispatch: true }
}

async function byUpperNumber(ctx: Ctx, platform: string, number: string): Promise<OrderRow | undefined> {
  return (await db(ctx).selectFrom('order_order').selectAll().where('tenant_id', '=', ctx.tenantId).where('upper_platform', '=', platform).where('upper_number', '=', number).executeTakeFirst()) as OrderRow | undefined
}

/** A direct order that went back upward comes again as a transferred one: linked, and its first unit can never be chosen (ORD-32). */
async function pairWithDirect(ctx: Ctx, order: OrderRow, platform: string, number: string): Promise<void> {
  if (order.dispatch_kind !== 'transferred') return
  const first = await db(ctx).selectFrom('order_upward_return as r').innerJoin('order_order as o', (j) => j.onRef('o.tenant_id', '=', 'r.tenant_id').onRef('o.id', '=', 'r.order_id')).select(['o.id', 'o.number', 'r.unit_id', 'r.unit_name'])
    .where('r.tenant_id', '=', ctx.tenantId).where('o.upper_platform', '=', platform).where('o.upper_number', '=', number).executeTakeFirst()
  if (!first) return
  await db(ctx).insertInto('order_link').values({ tenant_id: ctx.tenantId, id: newId(), from_id: order.id, to_id: first.id, kind: 'directPair', created_at: ts(ctx.clock.now()) }).execute()
  if (first.unit_id)
    await db(ctx).insertInto('order_unit_block').values({ tenant_id: ctx.tenantId, order_id: order.id, unit_id: first.unit_id, cause: 'firstDirect', reason: `直派件 ${first.number} 的首派单位`, at: ts(ctx.clock.now()) }).onConflict((c) => c.doNothing()).execute()
  await record(ctx, order, { act: 'directPair', text: null, data: { number: first.number, ...(first.unit_name ? { unitName: first.unit_name } : {}) } })
}

/** By a person from the queue. */
export async function signUpper(ctx: Ctx, input: Input<typeof contract.signUpperRoute>) {
  authorize(ctx, 'orders.review')
  const order = await lockOrder(ctx, input.id, input.version)
  await assertVisible(ctx, order)
  if (order.upper_platform === null) throw orderFail('notFound')
  if (order.upper_signed_at !== null) throw orderFail('signedUpward', { rule: 'orders.upper.signed', params: { by: order.upper_signed_by_name ?? '' }, current: { version: order.version, state: order.state } })
  return answerOf(await sign(ctx, order, { by: ctx.actor.name, rule: null, toDispatch: false }))
}

async function sign(ctx: Ctx, order: OrderRow, how: { by: string; rule: string | null; toDispatch: boolean }): Promise<OrderRow> {
  const change = { upper_signed_at: ts(ctx.clock.now()), upper_signed_by_name: how.by, upper_sign_rule: how.rule }
  ctx.publish(upperOrderSigned({ ...about(order), platform: order.upper_platform ?? '', upperNumber: order.upper_number ?? '', rule: how.rule }))
  await record(ctx, order, { act: how.rule === null ? 'signUpper' : 'autoSignUpper', text: how.rule === null ? null : `按规则“${how.rule}”自动签收`, data: { platform: order.upper_platform, upperNumber: order.upper_number, ...(how.rule ? { rule: how.rule } : {}) } })
  if (how.toDispatch && order.state === 'pendingReview') return move(ctx, order, 'passReview', { change, entry: { text: `自动签收规则“${how.rule}”` } })
  await nextStage(ctx, { ...order, ...change } as unknown as OrderRow)
  return saveOrder(ctx, order, change)
}

export const FAST_RULE = '快速通道即时签收'
export const LIMIT_RULE = '到时自动签收'

/** At the limit after the upper dispatch the system signs; the order still waits for its review. */
export async function signUpperDue(ctx: Ctx): Promise<void> {
  const due = await db(ctx).selectFrom('order_order').select('id').where('tenant_id', '=', ctx.tenantId).where('upper_platform', 'is not', null).where('upper_signed_at', 'is', null).where('upper_sign_due_at', '<=', ts(ctx.clock.now())).orderBy('upper_sign_due_at').limit(200).execute()
  for (const { id } of due) {
    const order = await lockOrder(ctx, id)
    if (order.upper_signed_at === null) await sign(ctx, order, { by: '系统', rule: LIMIT_RULE, toDispatch: false })
  }
}
