// What can be counted. New facts stand in files of their own; all are joined with orders (`fact.ts`).
import { sql, type RawBuilder } from 'kysely'
import { assignmentStateNames, clockNames } from '../orders/index.ts'
import { at, choice, flag, ofOrder, over, overSql, seconds, type Fact } from './fact.ts'
import { besides } from './facts-beside.ts'
import { happenings } from './facts-happenings.ts'

export type { Fact, Range } from './fact.ts'

const answers = { yes: '是', no: '否', notStated: '未表态' }

export const orderFacts = {
  order: {
    label: '工单', from: (orders) => sql`${orders} as o`, id: sql.ref('o.id'), orderId: sql.ref('o.id'), unit: sql.ref('o.lead_unit_id'),
    dates: {
      registered: over('登记时间', 'o.registered_at'), dispatched: over('首次派发时间', 'o.dispatched_at'), closed: over('办结时间', 'o.closed_at'), archived: over('归档时间', 'o.archived_at'),
      asOf: { label: '期末在办', column: null, within: ({ before }) => sql`o.registered_at < ${at(before)} and (o.closed_at is null or o.closed_at >= ${at(before)})` },
    },
    fields: ofOrder,
    measures: { handleSeconds: seconds('登记到办结用时（秒）', 'o.registered_at', 'o.closed_at'), dispatchSeconds: seconds('登记到首次派发用时（秒）', 'o.registered_at', 'o.dispatched_at'), returns: { label: '退单次数', sql: sql`coalesce(o.return_count, 0)` }, urges: { label: '催办次数', sql: sql`coalesce(o.urge_count, 0)` }, involved: { label: '涉及人数', sql: sql`coalesce(o.involved_count, 1)` } },
  },
  assignment: {
    label: '处办任务', from: (orders, own = sql`orders_pub_assignment_view`) => sql`${own} as a join ${orders} as o on o.tenant_id = a.tenant_id and o.id = a.order_id`, id: sql.ref('a.id'), orderId: sql.ref('a.order_id'), unit: sql.ref('a.unit_id'),
    dates: { dispatched: over('派发时间', 'a.dispatched_at'), signed: over('签收时间', 'a.signed_at'), done: over('反馈时间', 'a.done_at') },
    fields: { ...ofOrder, role: choice('主办协办', 'a.role', { lead: '主办', assist: '协办' }), taskState: choice('任务状态', 'a.state', assignmentStateNames), own: flag('中心直接派发', () => sql`a.parent_id is null`), signed: flag('已签收', () => sql`a.signed_at is not null`), contacted: flag('已联系诉求人', () => sql`a.contacted_at is not null`) },
    measures: { signSeconds: seconds('派发到签收用时（秒）', 'a.dispatched_at', 'a.signed_at'), contactSeconds: seconds('派发到首次联系用时（秒）', 'a.dispatched_at', 'a.contacted_at'), doneSeconds: seconds('派发到反馈用时（秒）', 'a.dispatched_at', 'a.done_at') },
  },
  clock: {
    label: '时限', from: (orders, own = sql`orders_pub_clock_view`) => sql`${own} as c join ${orders} as o on o.tenant_id = c.tenant_id and o.id = c.order_id`, id: sql.ref('c.id'), orderId: sql.ref('c.order_id'), unit: sql`coalesce(c.unit_id, o.lead_unit_id)`,
    dates: { due: over('到期时间', 'c.due_at'), met: over('完成时间', 'c.met_at') },
    fields: { ...ofOrder, clockKind: choice('时限种类', 'c.kind', clockNames), onTime: flag('按期', () => sql`coalesce(c.met_at <= c.due_at, false)`), counted: flag('计入考核', () => sql`c.state <> 'cancelled'`) },
    measures: {},
  },
  callback: {
    label: '回访结果', from: (orders, own = sql`callback_pub_result_view`) => sql`${own} as r join ${orders} as o on o.tenant_id = r.tenant_id and o.id = r.order_id`, id: sql.ref('r.id'), orderId: sql.ref('r.order_id'), unit: sql`coalesce(r.unit_id, o.lead_unit_id)`,
    dates: { calledBack: over('回访时间', 'r.at'), closed: over('办结时间', 'o.closed_at'), assessed: overSql('办结时间（重办未结的按回访时间）', sql`coalesce(o.closed_at, r.at)`) },
    fields: { ...ofOrder, contacted: choice('响应', 'r.contacted', answers), solved: choice('解决', 'r.solved', answers), satisfied: choice('满意', 'r.satisfied', answers), attributable: flag('可归责', () => sql`r.attributable`), byKind: choice('回访方式', 'r.by_kind') },
    measures: {},
  },
  ...happenings,
  ...besides,
} satisfies Record<string, Fact>

/** Orders as they are. */
export const liveOrders: RawBuilder<unknown> = sql.table('orders_pub_fact_view')
/** One narrow row an order, a moment behind (`kept/`). */
export const keptOrders: RawBuilder<unknown> = sql.table('data_order_fact')

export type FactKey = keyof typeof orderFacts
