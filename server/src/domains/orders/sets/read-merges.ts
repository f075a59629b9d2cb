// Merges as lists and pages show them.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize, can } from '../../../kernel/access.ts'
import type { ActState } from '../../../kernel/http/codec.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { afterCursor, boundCount, nextPage } from '../../platform/index.ts'
import { db, type OrderRow } from '../orders.queries.ts'
import { shownName } from '../requesters/contact.ts'
import { stateNames } from '../texts.zh-CN.ts'
import type * as contract from './merge-contract.ts'
import type { MergeRow } from './set.queries.ts'
import { setFail } from './sets.errors.ts'
import { mergeStateNames, setActNames } from './sets.zh-CN.ts'

export async function listMerges(ctx: Ctx, input: Input<typeof contract.listMergesRoute>) {
  authorize(ctx, 'orders.merge')
  let query = db(ctx).selectFrom('order_merge').where('tenant_id', '=', ctx.tenantId)
  if (input.state && input.state.length > 0) query = query.where('state', 'in', input.state)
  const rows = await query.selectAll().where(afterCursor(input.cursor, 'created_at', 'id')).orderBy('created_at', 'desc').orderBy('id', 'desc').limit(input.limit + 1).execute()
  const { items, next } = nextPage(rows, input.limit, (r) => r.created_at)
  return { items: await rowViews(ctx, items), next, count: await boundCount(ctx, query) }
}

async function rowViews(ctx: Ctx, rows: MergeRow[]) {
  if (rows.length === 0) return []
  const [leads, counts] = await Promise.all([
    db(ctx).selectFrom('order_order').select(['id', 'number', 'title', 'state']).where('tenant_id', '=', ctx.tenantId).where('id', 'in', rows.map((r) => r.lead_order_id)).execute(),
    sql<{ merge_id: string; n: number }>`select merge_id, count(*)::int as n from order_merge_member where tenant_id = ${ctx.tenantId} and merge_id in (${sql.join(rows.map((r) => r.id))}) group by merge_id`.execute(ctx.db()),
  ])
  return rows.flatMap((r) => {
    const lead = leads.find((l) => l.id === r.lead_order_id)
    if (!lead) return []
    const leadState = lead.state as OrderRow['state']
    return [{
      id: r.id, number: r.number, title: r.title, reason: r.reason, state: r.state as 'draft', stateName: mergeStateNames[r.state] ?? r.state, leadId: lead.id, leadNumber: lead.number, leadTitle: lead.title, leadState, leadStateName: stateNames[leadState],
      members: counts.rows.find((c) => c.merge_id === r.id)?.n ?? 0, createdByName: r.created_by_name, createdAt: r.created_at, sentAt: r.sent_at, undoneAt: r.undone_at, undoneReason: r.undone_reason, version: r.version,
    }]
  })
}

export async function getMerge(ctx: Ctx, input: { id: string }) {
  authorize(ctx, 'orders.merge')
  return mergeView(ctx, input.id)
}

export async function mergeView(ctx: Ctx, id: string) {
  const merge = await db(ctx).selectFrom('order_merge').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).executeTakeFirst()
  const [row] = merge ? await rowViews(ctx, [merge]) : []
  if (!row) throw setFail('mergeNotFound')
  const members = await db(ctx).selectFrom('order_merge_member as m').innerJoin('order_order as o', (j) => j.onRef('o.tenant_id', '=', 'm.tenant_id').onRef('o.id', '=', 'm.order_id'))
    .select(['o.id', 'o.number', 'o.title', 'o.state', 'm.state as memberState', 'o.subject_kind', 'o.requester_name', 'o.anonymous', 'o.registered_at', 'm.answered_at']).where('m.tenant_id', '=', ctx.tenantId).where('m.merge_id', '=', id).orderBy('o.registered_at').execute()
  return {
    ...row, acts: actsOf(ctx, row.state),
    memberList: members.map((m) => {
      const state = m.state as OrderRow['state']
      return { orderId: m.id, number: m.number, title: m.title, state, stateName: stateNames[state], memberState: m.memberState as 'merged', requesterName: shownName({ subject_kind: m.subject_kind, name: m.requester_name, anonymous: m.anonymous }), registeredAt: m.registered_at, answeredAt: m.answered_at }
    }),
  }
}

function actsOf(ctx: Ctx, state: string): ActState[] {
  if (!can(ctx, 'orders.merge')) return []
  return (['send', 'undo', 'delete'] as const).map((act) => {
    const enabled = act === 'undo' ? state === 'sent' : state === 'draft'
    return { act, label: setActNames[act] ?? act, enabled, ...(enabled ? {} : { rule: 'orders.merge.state', reason: `并单当前为“${mergeStateNames[state] ?? state}”` }) }
  })
}

/** The merge that an order leads or has gone into. */
export async function mergeOf(ctx: Ctx, orderId: string) {
  const { rows } = await sql<{ id: string; number: string; lead_order_id: string; members: number; title: string; state: OrderRow['state']; lead_number: string }>`
    select g.id, g.number, g.lead_order_id, l.title, l.state, l.number as lead_number, (select count(*)::int from order_merge_member c where c.tenant_id = g.tenant_id and c.merge_id = g.id and c.state = 'merged') as members
    from order_merge g join order_order l on l.tenant_id = g.tenant_id and l.id = g.lead_order_id
    where g.tenant_id = ${ctx.tenantId} and g.state = 'sent' and (g.lead_order_id = ${orderId} or exists (select 1 from order_merge_member m where m.tenant_id = g.tenant_id and m.merge_id = g.id and m.order_id = ${orderId} and m.state = 'merged'))
    order by g.created_at desc limit 1`.execute(ctx.db())
  const g = rows[0]
  return g ? { number: g.number, leadId: g.lead_order_id, leadNumber: g.lead_number, leadTitle: g.title, leadStateName: stateNames[g.state], lead: g.lead_order_id === orderId, members: g.members } : null
}
