// Joint tasks as a list, their acts, and how units cooperate.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize, can } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { unitsByIds } from '../../platform/index.ts'
import { db } from '../orders.queries.ts'
import { actState, type HandlingActs } from '../requests/act-state.ts'
import { listOf, orderColumns, type OrderColumns } from '../requests/list-frame.ts'
import { readsCentre } from '../requests/unit-sight.ts'
import { stateNames } from '../texts.zh-CN.ts'
import type * as contract from './joint-contract.ts'
import { atUnit, jointStates, mayLead, membersOf, type JointRow, type MemberRow } from './joint-tasks.ts'

export async function listJoints(ctx: Ctx, input: Input<typeof contract.listJointsRoute>) {
  authorize(ctx, 'orders.read')
  const now = ctx.clock.now()
  const where = [sql`x.tenant_id = ${ctx.tenantId}`]
  if (input.state) where.push(sql`x.state = ${input.state}`)
  if (input.orderId) where.push(sql`x.order_id = ${input.orderId}`)
  if (input.mine) where.push(sql`x.state = 'open' and exists (select 1 from order_joint_member m where m.tenant_id = x.tenant_id and m.joint_id = x.id and m.rights = 'feedback' and m.delivered_at is null and m.unit_id = any(${ctx.actor.unitIds}::uuid[]))`)
  if (input.late) where.push(sql`(exists (select 1 from order_joint_member m where m.tenant_id = x.tenant_id and m.joint_id = x.id and m.delivered_at is null and m.due_at <= ${ts(now)}) or exists (select 1 from order_joint_node n where n.tenant_id = x.tenant_id and n.joint_id = x.id and n.done_at is null and n.due_at <= ${ts(now)}))`)
  const page = await listOf<JointRow & OrderColumns & { name: string }>(ctx, { columns: sql`x.*, x.title as name, ${orderColumns}`, from: sql`order_joint x join order_order o on o.tenant_id = x.tenant_id and o.id = x.order_id`, where, at: 'x.opened_at', id: 'x.id', down: true }, input)
  const ids = page.rows.map((r) => r.id)
  const members = await membersOf(ctx, ids)
  const nodes = ids.length === 0 ? [] : await db(ctx).selectFrom('order_joint_node').selectAll().where('tenant_id', '=', ctx.tenantId).where('joint_id', 'in', ids).orderBy('n').execute()
  const above = await unitsByIds(ctx, [...members.flatMap((m) => m.unit_id ?? []), ...page.rows.map((r) => r.lead_unit_id)])
  // What was delivered is shared among those who take part (and the units above them), not with every unit that reads the order.
  const takesPart = (unitId: string | null): boolean => unitId !== null && ctx.actor.unitIds.some((own) => own === unitId || above.get(unitId)?.path.includes(own))
  return {
    items: page.rows.map((r) => {
      const own = members.filter((m) => m.joint_id === r.id)
      const open = r.state === 'open'
      const shared = readsCentre(ctx) || takesPart(r.lead_unit_id) || own.some((m) => takesPart(m.unit_id))
      const rows = own.map((m) => memberView(ctx, r, m, shared))
      const steps = nodes.filter((n) => n.joint_id === r.id).map((n) => ({ n: n.n, name: n.name, dueAt: n.due_at, doneAt: n.done_at, doneByName: n.done_by_name, note: shared ? n.note : null, missed: n.done_at === null ? n.due_at <= now : n.done_at > n.due_at }))
      return {
        id: r.id, orderId: r.order_id, number: r.number, title: r.title, urgency: r.urgency, orderState: r.order_state, setId: r.set_id, name: r.name, goal: r.goal, way: r.way, state: r.state as 'open' | 'concluded' | 'ended', leadUnitName: r.lead_unit_name, openedByName: r.opened_by_name, openedAt: r.opened_at,
        measures: shared ? r.measures : null, compensation: shared ? r.compensation : null, later: shared ? r.later : null, plain: r.plain, toldBy: r.told_by, endedByName: r.ended_by_name, endedAt: r.ended_at, endReason: r.end_reason,
        rating: r.rated_at === null ? null : { timeliness: r.timeliness ?? 1, satisfaction: r.satisfaction ?? 1, communication: r.communication ?? 1, note: r.rating_note, at: r.rated_at, byName: r.rated_by_name ?? '' },
        members: rows, nodes: steps, late: rows.filter((m) => m.late).length + steps.filter((s) => s.missed).length, mayLead: open && mayLead(ctx, r), mayEnd: open && can(ctx, 'orders.openJoint'), mayRate: r.state === 'concluded' && r.rated_at === null && can(ctx, 'orders.rateJoint'),
      }
    }),
    next: page.next, count: page.count,
  }
}

function memberView(ctx: Ctx, joint: JointRow, m: MemberRow, shared: boolean) {
  const owes = joint.state === 'open' && m.rights === 'feedback' && m.delivered_at === null
  return {
    id: m.id, name: m.name, unitId: m.unit_id, duty: m.duty, rights: m.rights as 'view' | 'feedback', dueAt: m.due_at, deliveredAt: m.delivered_at, deliveredByName: m.delivered_by_name, deliverable: shared ? m.deliverable : null,
    late: m.late || (owes && m.due_at !== null && m.due_at <= ctx.clock.now()), mine: m.unit_id !== null && ctx.actor.unitIds.includes(m.unit_id), mayDeliver: owes && (m.unit_id === null ? mayLead(ctx, joint) : atUnit(ctx, m.unit_id)),
  }
}

/** How units took part in the tasks opened in a period: delivered, in time, and what the requesters said of these tasks. */
export async function jointCooperation(ctx: Ctx, input: Input<typeof contract.jointCooperationRoute>) {
  authorize(ctx, 'orders.openJoint')
  type Row = { unitId: string | null; name: string; tasks: number; owed: number; delivered: number; inTime: number; rated: number; timeliness: number | null; satisfaction: number | null; communication: number | null }
  const mean = (column: string) => sql`round(avg(j.${sql.ref(column)})::numeric, 1)::float8`
  const { rows } = await sql<Row>`select m.unit_id as "unitId", m.name, count(*)::int as tasks, count(*) filter (where m.rights = 'feedback')::int as owed, count(m.delivered_at)::int as delivered, count(*) filter (where m.delivered_at is not null and not m.late)::int as "inTime",
      count(j.rated_at)::int as rated, ${mean('timeliness')} as timeliness, ${mean('satisfaction')} as satisfaction, ${mean('communication')} as communication
    from order_joint_member m join order_joint j on j.tenant_id = m.tenant_id and j.id = m.joint_id
    where m.tenant_id = ${ctx.tenantId} and j.state <> 'ended' ${input.from === undefined ? sql`` : sql`and j.opened_at >= ${ts(input.from)}`} ${input.to === undefined ? sql`` : sql`and j.opened_at < ${ts(input.to)}`}
    group by m.unit_id, m.name order by count(*) desc, m.name limit 500`.execute(ctx.db())
  return { items: rows }
}

export const jointActs: HandlingActs = {
  async order(ctx, { order }) {
    const acts = []
    if (can(ctx, 'orders.openJoint')) acts.push(actState('openJoint', order.flags.includes('joint') ? { rule: 'orders.joint.open', reason: '已有正在进行的协同任务' } : jointStates.includes(order.state) ? null : { rule: 'orders.joint.state', reason: `工单当前为“${stateNames[order.state]}”` }))
    if (order.flags.includes('joint')) {
      const owed = await db(ctx).selectFrom('order_joint_member as m').innerJoin('order_joint as j', (on) => on.onRef('j.tenant_id', '=', 'm.tenant_id').onRef('j.id', '=', 'm.joint_id')).select('m.unit_id').where('m.tenant_id', '=', ctx.tenantId).where('j.order_id', '=', order.id).where('j.state', '=', 'open').where('m.rights', '=', 'feedback').where('m.delivered_at', 'is', null).execute()
      if (owed.some((m) => atUnit(ctx, m.unit_id))) acts.push(actState('deliverJoint', null))
    }
    return acts
  },
}
