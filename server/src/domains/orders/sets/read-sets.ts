// Sets and their members as lists and pages show them; members outside the reader's scope keep their number and state only.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize, can } from '../../../kernel/access.ts'
import type { ActState } from '../../../kernel/http/codec.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { afterCursor, areaNames, boundCount, nextPage } from '../../platform/index.ts'
import { readOrder, visible } from '../orders.policy.ts'
import { db, type OrderRow } from '../orders.queries.ts'
import { shownName } from '../requesters/contact.ts'
import { stateNames } from '../texts.zh-CN.ts'
import type * as contract from './set-contract.ts'
import { membersOf, setOf, type MemberRow, type SetRow } from './set.queries.ts'
import { setFail } from './sets.errors.ts'
import { mergeOf } from './read-merges.ts'
import { setActNames, setStateNames } from './sets.zh-CN.ts'

export async function listEventSets(ctx: Ctx, input: Input<typeof contract.listSetsRoute>) {
  authorize(ctx, 'orders.sets')
  let query = db(ctx).selectFrom('order_event_set').where('tenant_id', '=', ctx.tenantId)
  if (input.state && input.state.length > 0) query = query.where('state', 'in', input.state)
  const rows = await query.selectAll().where(afterCursor(input.cursor, 'created_at', 'id')).orderBy('created_at', 'desc').orderBy('id', 'desc').limit(input.limit + 1).execute()
  const { items, next } = nextPage(rows as unknown as SetRow[], input.limit, (r) => r.created_at)
  return { items: await rowViews(ctx, items), next, count: await boundCount(ctx, query) }
}

type Counts = { set_id: string; members: number; proposed: number; answered: number }

async function rowViews(ctx: Ctx, rows: SetRow[]) {
  if (rows.length === 0) return []
  const ids = rows.map((r) => r.id)
  const counts = await sql<Counts>`select set_id, (count(*) filter (where state = 'joined'))::int as members, (count(*) filter (where state = 'proposed'))::int as proposed, (count(*) filter (where state = 'joined' and answered_at is not null))::int as answered
    from order_event_member where tenant_id = ${ctx.tenantId} and set_id in (${sql.join(ids)}) group by set_id`.execute(ctx.db())
  const leads = rows.flatMap((r) => r.lead_order_id ?? [])
  const orders = leads.length === 0 ? [] : await db(ctx).selectFrom('order_order').select(['id', 'number', 'lead_unit_name']).where('tenant_id', '=', ctx.tenantId).where('id', 'in', leads).execute()
  const areas = await areaNames(ctx, rows.flatMap((r) => r.area_code ?? []))
  return rows.map((r) => {
    const n = counts.rows.find((c) => c.set_id === r.id)
    const lead = orders.find((o) => o.id === r.lead_order_id)
    return {
      id: r.id, number: r.number, title: r.title, core: r.core, state: r.state, stateName: setStateNames[r.state], source: r.source, members: n?.members ?? 0, proposed: n?.proposed ?? 0, answered: n?.answered ?? 0, matterName: r.matter_name,
      areaName: r.area_code ? (areas.get(r.area_code) ?? null) : null, leadNumber: lead?.number ?? null, leadUnitName: lead?.lead_unit_name ?? null, people: r.people, createdByName: r.created_by_name, createdAt: r.created_at, dispatchedAt: r.dispatched_at, answeredAt: r.answered_at, version: r.version,
    }
  })
}

export async function getEventSet(ctx: Ctx, input: { id: string }) {
  authorize(ctx, 'orders.sets')
  return setView(ctx, input.id)
}

/** A set as its page shows it. The caller has checked the right. */
export async function setView(ctx: Ctx, id: string) {
  const found = await db(ctx).selectFrom('order_event_set').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).executeTakeFirst()
  if (!found) throw setFail('setNotFound')
  const set = found as unknown as SetRow
  const [[row], members, earlier] = await Promise.all([rowViews(ctx, [set]), membersOf(ctx, id), earlierAnswers(ctx, set)])
  if (!row) throw setFail('setNotFound')
  return {
    ...row, communities: set.communities, advice: set.advice, plan: set.plan.map((p) => ({ ...p, dueAt: p.dueAt ?? null, doneAt: p.doneAt ?? null })), reply: set.reply, replyBasis: set.reply_basis, leadOrderId: set.lead_order_id, confirmedByName: set.confirmed_by_name, confirmedAt: set.confirmed_at,
    memberList: await memberViews(ctx, set, members), acts: actsOf(ctx, set, members), earlier,
  }
}

async function memberViews(ctx: Ctx, set: SetRow, members: MemberRow[]) {
  const ids = members.map((m) => m.order_id)
  if (ids.length === 0) return []
  const [orders, readable] = await Promise.all([
    db(ctx).selectFrom('order_order').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', 'in', ids).execute() as Promise<OrderRow[]>,
    db(ctx).selectFrom('order_order as o').select('o.id').where('o.tenant_id', '=', ctx.tenantId).where('o.id', 'in', ids).where((eb) => visible(ctx, eb)).execute(),
  ])
  const mayOpen = new Set(readable.map((r) => r.id))
  const byId = new Map(orders.map((o) => [o.id, o]))
  return members.flatMap((m) => {
    const o = byId.get(m.order_id)
    if (!o) return []
    const open = mayOpen.has(o.id)
    return [{
      orderId: o.id, number: o.number, title: open ? o.title : '（不在您的查看范围）', state: o.state, stateName: stateNames[o.state], requesterName: open ? shownName({ subject_kind: o.subject_kind, name: o.requester_name, anonymous: o.anonymous }) : '–', address: open ? o.address : null,
      registeredAt: o.registered_at, memberState: m.state as 'joined', lead: o.id === set.lead_order_id, carried: m.carried, score: m.score, answeredAt: m.answered_at, joinedByName: m.joined_by_name, removedReason: m.removed_reason, mayOpen: open,
    }]
  })
}

async function earlierAnswers(ctx: Ctx, set: SetRow) {
  if (!set.matter_id) return []
  const rows = await db(ctx).selectFrom('order_event_set').select(['id', 'title', 'reply', 'answered_at']).where('tenant_id', '=', ctx.tenantId).where('matter_id', '=', set.matter_id).where('state', '=', 'answered').where('id', '<>', set.id).orderBy('created_at', 'desc').limit(5).execute()
  return rows.flatMap((r) => (r.reply !== null && r.answered_at !== null ? [{ id: r.id, title: r.title, reply: r.reply, answeredAt: r.answered_at }] : []))
}

function actsOf(ctx: Ctx, set: SetRow, members: MemberRow[]): ActState[] {
  const acts: ActState[] = []
  const state = (act: string, states: readonly SetRow['state'][], permission: string, also?: string): void => {
    if (!can(ctx, permission)) return
    const fits = states.includes(set.state)
    acts.push({ act, label: setActNames[act] ?? act, enabled: fits && !also, ...(fits && !also ? {} : { rule: 'orders.set.state', reason: also ?? `事件集当前为“${setStateNames[set.state]}”` }) })
  }
  const joined = members.filter((m) => m.state === 'joined').length
  const proposed = members.filter((m) => m.state === 'proposed').length
  if (proposed > 0) state('confirm', ['proposed', 'open', 'dispatched'], 'orders.manageSets')
  state('dispatch', ['open'], 'orders.dispatch', joined === 0 ? '请先确认成员' : undefined)
  state('answer', ['open'], 'orders.answerUncited', joined === 0 ? '请先确认成员' : undefined)
  state('notice', ['open', 'dispatched', 'answered'], 'orders.manageSets', joined === 0 ? '请先确认成员' : undefined)
  state('addMembers', ['proposed', 'open', 'dispatched'], 'orders.manageSets')
  state('edit', ['proposed', 'open', 'dispatched'], 'orders.manageSets')
  state('dissolve', ['proposed', 'open', 'dispatched'], 'orders.manageSets')
  return acts
}

/** For the order's page: the set it belongs to and the merge it is part of. */
export async function eventSetOfOrder(ctx: Ctx, input: { id: string }) {
  authorize(ctx, 'orders.read')
  const order = await readOrder(ctx, input.id)
  if (order.tenant_id !== ctx.tenantId) return { set: null, merge: null }
  const [found, merge] = await Promise.all([setOf(ctx, order.id), mergeOf(ctx, order.id)])
  if (!found) return { set: null, merge }
  const [row] = await rowViews(ctx, [found.set])
  if (!row) return { set: null, merge }
  const { id, number, title, core, state, stateName, members, answered, leadNumber, leadUnitName } = row
  return { set: { id, number, title, core, state, stateName, members, answered, leadNumber, leadUnitName, carried: found.member.carried, lead: found.set.lead_order_id === order.id, mayOpen: can(ctx, 'orders.sets') }, merge }
}
