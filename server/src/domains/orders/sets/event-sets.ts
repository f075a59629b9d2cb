// The life of a set: proposed, confirmed, members in and out, dissolved. What happens to members' orders is in carry.ts.
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { isOpen } from '../order.ts'
import { assertVisible } from '../orders.policy.ts'
import { db, lockOrder, saveOrder, type OrderRow } from '../orders.queries.ts'
import { stateNames } from '../texts.zh-CN.ts'
import { record } from '../timeline.ts'
import { carry, release } from './carry.ts'
import type * as contract from './set-contract.ts'
import { MAX_MEMBERS } from './set-contract.ts'
import { lockOrders, lockSet, membersOf, nextSetNumber, saveSet, setOf, type SetRow } from './set.queries.ts'
import { setFail } from './sets.errors.ts'
import { setStateNames } from './sets.zh-CN.ts'
import { setView } from './read-sets.ts'

export function requireSetState(set: SetRow, allowed: readonly SetRow['state'][], act: string): void {
  if (!allowed.includes(set.state)) throw setFail('setStateForbids', { rule: 'orders.set.state', params: { state: setStateNames[set.state], act } })
}

export async function createEventSet(ctx: Ctx, input: Input<typeof contract.createSetRoute>) {
  authorize(ctx, 'orders.manageSets')
  const set = await insertSet(ctx, { ...input, state: 'open', source: 'person' })
  await join(ctx, set, input.orderIds, 'joined')
  const lead = input.leadOrderId && input.orderIds.includes(input.leadOrderId) ? input.leadOrderId : input.orderIds[0]
  await saveSet(ctx, set.id, { lead_order_id: lead ?? null })
  return setView(ctx, set.id)
}

type NewSet = Pick<Input<typeof contract.createSetRoute>, 'title' | 'core' | 'communities' | 'people' | 'advice' | 'plan' | 'orderIds'> & { state: 'open' | 'proposed'; source: string }

async function insertSet(ctx: Ctx, input: NewSet): Promise<SetRow> {
  const first = await db(ctx).selectFrom('order_order').select(['area_code', 'matter_id', 'matter_name']).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.orderIds[0] ?? '').executeTakeFirst()
  const now = ts(ctx.clock.now())
  const id = newId()
  await db(ctx).insertInto('order_event_set').values({
    tenant_id: ctx.tenantId, id, number: await nextSetNumber(ctx, 'SJ'), title: input.title, core: input.core, communities: input.communities, people: input.people, area_code: first?.area_code ?? null, matter_id: first?.matter_id ?? null,
    matter_name: first?.matter_name ?? null, state: input.state, source: input.source, advice: input.advice, plan: json(input.plan as never), created_by: ctx.actor.kind === 'user' ? ctx.actor.id : null, created_by_name: ctx.actor.name, created_at: now, updated_at: now,
    ...(input.state === 'open' ? { confirmed_by_name: ctx.actor.name, confirmed_at: now } : {}),
  }).execute()
  return lockSet(ctx, id)
}

/** Takes orders in; a set that is dispatched already carries them at once. */
async function join(ctx: Ctx, set: SetRow, orderIds: string[], state: 'joined' | 'proposed', scores?: Map<string, number>): Promise<void> {
  const held = await membersOf(ctx, set.id)
  const orders = await lockOrders(ctx, orderIds)
  if (orders.length !== new Set(orderIds).size) throw setFail('memberUnknown')
  if (held.filter((m) => m.state === 'joined').length + orders.length > MAX_MEMBERS) throw setFail('setTooLarge', { rule: 'orders.set.size', params: { max: MAX_MEMBERS } })
  for (const order of orders) {
    await assertVisible(ctx, order)
    if (state === 'joined') await requireFree(ctx, set, order)
    const now = ts(ctx.clock.now())
    await db(ctx).insertInto('order_event_member').values({ tenant_id: ctx.tenantId, set_id: set.id, order_id: order.id, state, score: scores?.get(order.id) ?? null, joined_at: now, joined_by_name: ctx.actor.name })
      .onConflict((c) => c.columns(['tenant_id', 'set_id', 'order_id']).doUpdateSet({ state, joined_at: now, joined_by_name: ctx.actor.name, removed_reason: null })).execute()
    if (state === 'proposed') continue
    await record(ctx, order, { act: 'joinSet', text: `${set.number} ${set.title}`, data: { setId: set.id }, visibility: 'staff' })
    const flagged = await saveOrder(ctx, order, { flags: [...new Set([...order.flags, 'eventMember'])] })
    if (set.state === 'dispatched' && set.lead_order_id) await carry(ctx, set, flagged)
  }
}

async function requireFree(ctx: Ctx, set: SetRow, order: OrderRow): Promise<void> {
  if (!isOpen(order.state)) throw setFail('memberState', { rule: 'orders.set.open', params: { number: order.number, state: stateNames[order.state], act: '加入事件集' } })
  const other = await setOf(ctx, order.id)
  if (other && other.set.id !== set.id) throw setFail('memberElsewhere', { rule: 'orders.set.one', params: { number: order.number, title: other.set.title } })
}

/** From the duplicate check: the newer order is proposed for the older one's set; where there is none, a set of both is proposed. */
export async function proposeMember(ctx: Ctx, input: { orderId: string; likeId: string; score: number }): Promise<void> {
  const older = await lockOrder(ctx, input.likeId)
  const there = await setOf(ctx, older.id)
  const proposed = there ? null : await db(ctx).selectFrom('order_event_member as m').innerJoin('order_event_set as s', (j) => j.onRef('s.tenant_id', '=', 'm.tenant_id').onRef('s.id', '=', 'm.set_id')).select('s.id')
    .where('m.tenant_id', '=', ctx.tenantId).where('m.order_id', '=', older.id).where('m.state', '=', 'proposed').where('s.state', '=', 'proposed').executeTakeFirst()
  const set = there?.set ?? (proposed ? await lockSet(ctx, proposed.id) : await insertSet(ctx, { title: older.title, core: older.summary ?? older.title, communities: [], people: null, advice: null, plan: [], orderIds: [older.id], state: 'proposed', source: 'duplicate' }))
  const ids = there || proposed ? [input.orderId] : [older.id, input.orderId]
  await db(ctx).insertInto('order_event_member')
    .values(ids.map((order_id) => ({ tenant_id: ctx.tenantId, set_id: set.id, order_id, state: 'proposed', score: order_id === input.orderId ? input.score : 1, joined_at: ts(ctx.clock.now()), joined_by_name: ctx.actor.name })))
    .onConflict((c) => c.columns(['tenant_id', 'set_id', 'order_id']).doNothing()).execute()
}

/** What an engine found to be one event: proposed whole, confirmed by a person. Orders that were ever in a set are not proposed again. */
export async function proposeSet(ctx: Ctx, input: { title: string; core: string; members: readonly { orderId: string; score: number }[] }): Promise<string> {
  const set = await insertSet(ctx, { title: input.title.slice(0, 80), core: input.core.slice(0, 1000), communities: [], people: null, advice: null, plan: [], orderIds: input.members.map((m) => m.orderId), state: 'proposed', source: 'engine' })
  await db(ctx).insertInto('order_event_member').values(input.members.map((m) => ({ tenant_id: ctx.tenantId, set_id: set.id, order_id: m.orderId, state: 'proposed', score: m.score, joined_at: ts(ctx.clock.now()), joined_by_name: ctx.actor.name }))).execute()
  return set.id
}

export async function confirmEventSet(ctx: Ctx, input: Input<typeof contract.confirmSetRoute>) {
  authorize(ctx, 'orders.manageSets')
  const set = await lockSet(ctx, input.id, input.version)
  requireSetState(set, ['proposed', 'open', 'dispatched'], '确认成员')
  const proposed = (await membersOf(ctx, set.id)).filter((m) => m.state === 'proposed').map((m) => m.order_id)
  const taken = input.orderIds ? proposed.filter((id) => input.orderIds?.includes(id)) : proposed
  await join(ctx, set, taken, 'joined')
  if (set.state === 'proposed') await saveSet(ctx, set.id, { state: 'open', lead_order_id: set.lead_order_id ?? taken[0] ?? null, confirmed_by_name: ctx.actor.name, confirmed_at: ts(ctx.clock.now()) })
  else await saveSet(ctx, set.id, {})
  return setView(ctx, set.id)
}

export async function addSetMembers(ctx: Ctx, input: Input<typeof contract.addMembersRoute>) {
  authorize(ctx, 'orders.manageSets')
  const set = await lockSet(ctx, input.id, input.version)
  requireSetState(set, ['proposed', 'open', 'dispatched'], '加入工单')
  await join(ctx, set, input.orderIds, 'joined')
  await saveSet(ctx, set.id, { lead_order_id: set.lead_order_id ?? input.orderIds[0] ?? null })
  return setView(ctx, set.id)
}

/** A wrong member goes on alone, from the dispatch desk where it had been carried. */
export async function removeSetMember(ctx: Ctx, input: Input<typeof contract.removeMemberRoute>) {
  authorize(ctx, 'orders.manageSets')
  const set = await lockSet(ctx, input.id, input.version)
  requireSetState(set, ['proposed', 'open', 'dispatched'], '移出工单')
  const member = (await membersOf(ctx, set.id)).find((m) => m.order_id === input.orderId && m.state !== 'removed')
  if (!member) throw setFail('memberUnknown')
  if (set.lead_order_id === member.order_id && set.state === 'dispatched') throw setFail('leadStays', { rule: 'orders.set.lead' })
  await takeOut(ctx, set, member.order_id, member.carried, input.reason)
  const next = set.lead_order_id === member.order_id ? ((await membersOf(ctx, set.id)).find((m) => m.state === 'joined')?.order_id ?? null) : set.lead_order_id
  await saveSet(ctx, set.id, { lead_order_id: next })
  return setView(ctx, set.id)
}

async function takeOut(ctx: Ctx, set: SetRow, orderId: string, carried: boolean, reason: string): Promise<void> {
  const order = await lockOrder(ctx, orderId)
  await db(ctx).updateTable('order_event_member').set({ state: 'removed', carried: false, removed_reason: reason }).where('tenant_id', '=', ctx.tenantId).where('set_id', '=', set.id).where('order_id', '=', orderId).execute()
  await record(ctx, order, { act: 'leaveSet', text: reason, data: { setId: set.id, number: set.number }, visibility: 'staff' })
  const free = await saveOrder(ctx, order, { flags: order.flags.filter((f) => f !== 'eventMember') })
  if (carried) await release(ctx, free, reason)
}

export async function patchEventSet(ctx: Ctx, input: Input<typeof contract.patchSetRoute>) {
  authorize(ctx, 'orders.manageSets')
  const set = await lockSet(ctx, input.id, input.version)
  requireSetState(set, ['proposed', 'open', 'dispatched'], '修改')
  const { title, core, communities, people, advice, plan, leadOrderId } = input
  if (leadOrderId !== undefined && leadOrderId !== set.lead_order_id) {
    if (set.state === 'dispatched') throw setFail('leadStays', { rule: 'orders.set.lead' })
    if (!(await membersOf(ctx, set.id)).some((m) => m.order_id === leadOrderId && m.state === 'joined')) throw setFail('memberUnknown')
  }
  await saveSet(ctx, set.id, {
    ...(title === undefined ? {} : { title }), ...(core === undefined ? {} : { core }), ...(communities === undefined ? {} : { communities }), ...(people === undefined ? {} : { people }), ...(advice === undefined ? {} : { advice }),
    ...(plan === undefined ? {} : { plan: json(plan as never) }), ...(leadOrderId === undefined ? {} : { lead_order_id: leadOrderId }),
  })
  return setView(ctx, set.id)
}

/** Nobody is left behind: carried members return to the dispatch desk, the leading order goes on as it is. */
export async function dissolveEventSet(ctx: Ctx, input: Input<typeof contract.dissolveSetRoute>) {
  authorize(ctx, 'orders.manageSets')
  const set = await lockSet(ctx, input.id, input.version)
  requireSetState(set, ['proposed', 'open', 'dispatched'], '解散')
  for (const member of await membersOf(ctx, set.id)) {
    if (member.state === 'joined') await takeOut(ctx, set, member.order_id, member.carried, `事件集解散：${input.reason}`)
    else if (member.state === 'proposed') await db(ctx).updateTable('order_event_member').set({ state: 'removed', removed_reason: input.reason }).where('tenant_id', '=', ctx.tenantId).where('set_id', '=', set.id).where('order_id', '=', member.order_id).execute()
  }
  await saveSet(ctx, set.id, { state: 'dissolved' })
  return setView(ctx, set.id)
}
