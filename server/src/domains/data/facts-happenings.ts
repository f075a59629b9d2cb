// What happens to orders on their way: requests, pauses, exclusions, stages without suspended time, warnings, supervision.
import { sql } from 'kysely'
import { clockNames } from '../orders/index.ts'
import { choice, flag, number, ofOrder, over, seconds, type Fact } from './fact.ts'
import { exclusionKindNames, gradeNames, pauseEndNames, requestKindNames, requestStateNames, supervisionSourceNames, warningSourceNames } from './texts.zh-CN.ts'

const orderOf = (alias: string) => sql`o.tenant_id = ${sql.ref(`${alias}.tenant_id`)} and o.id = ${sql.ref(`${alias}.order_id`)}`

/** Of a stage that was met: the time from its start less what was suspended of it. */
const netSeconds = sql`(floor(extract(epoch from c.met_at - c.started_at)) - coalesce((select sum(floor(extract(epoch from least(coalesce(p.ended_at, c.met_at), c.met_at) - greatest(p.started_at, c.started_at))))
  from orders_pub_pause_view p where p.tenant_id = c.tenant_id and p.assignment_id = c.assignment_id and p.started_at < c.met_at and coalesce(p.ended_at, c.met_at) > c.started_at), 0))::bigint`

export const happenings = {
  request: {
    label: '申请', apart: true, from: (orders) => sql`orders_pub_request_view as q join ${orders} as o on ${orderOf('q')}`, id: sql.ref('q.id'), orderId: sql.ref('q.order_id'), unit: sql.ref('q.unit_id'),
    dates: { asked: over('申请时间', 'q.created_at'), decided: over('审批时间', 'q.decided_at') },
    fields: { ...ofOrder, requestKind: choice('申请种类', 'q.kind', requestKindNames), requestState: choice('审批结果', 'q.state', requestStateNames), afterSeconds: number('派发后多久申请（秒）', 'q.after_seconds') },
    measures: { decideSeconds: seconds('审批用时（秒）', 'q.created_at', 'q.decided_at') },
    places: { requestKind: sql.ref('q.kind'), reasonClass: sql.ref('q.reason_class') },
  },
  repeat: {
    label: '重复诉求', apart: true, from: (orders) => sql`orders_pub_repeat_view as y join ${orders} as o on ${orderOf('y')}`, id: sql.ref('y.id'), orderId: sql.ref('y.order_id'), unit: sql.ref('o.lead_unit_id'),
    dates: { found: over('认定时间', 'y.created_at') },
    fields: { ...ofOrder },
    measures: {},
  },
  pause: {
    label: '挂单', apart: true, from: (orders) => sql`orders_pub_pause_view as p join ${orders} as o on ${orderOf('p')}`, id: sql.ref('p.id'), orderId: sql.ref('p.order_id'), unit: sql.ref('p.unit_id'),
    dates: { started: over('挂单时间', 'p.started_at'), ended: over('续办时间', 'p.ended_at') },
    fields: { ...ofOrder, pauseEnd: choice('结束方式', 'p.end_kind', pauseEndNames), inTime: flag('期内续办', () => sql`p.ended_at <= p.permitted_until_at`) },
    measures: { pausedSeconds: seconds('挂单用时（秒）', 'p.started_at', 'p.ended_at') },
    places: { reasonClass: sql.ref('p.condition_name') },
  },
  exclusion: {
    label: '剔除与挂账', apart: true, from: (orders) => sql`orders_pub_exclusion_view as x join ${orders} as o on ${orderOf('x')}`, id: sql.ref('x.id'), orderId: sql.ref('x.order_id'), unit: sql.ref('x.unit_id'),
    dates: { approved: over('批准时间', 'x.approved_at'), ended: over('终止时间', 'x.ended_at') },
    fields: { ...ofOrder, exclusionKind: choice('种类', 'x.kind', exclusionKindNames), current: flag('仍有效', () => sql`x.state = 'approved'`) },
    measures: {},
    places: { reasonClass: sql.ref('x.reason_class') },
  },
  stage: {
    label: '环节用时', apart: true, from: (orders) => sql`orders_pub_clock_view as c join ${orders} as o on ${orderOf('c')}`, id: sql.ref('c.id'), orderId: sql.ref('c.order_id'), unit: sql`coalesce(c.unit_id, o.lead_unit_id)`,
    dates: { met: over('完成时间', 'c.met_at') },
    fields: { ...ofOrder, clockKind: choice('环节', 'c.kind', clockNames), onTime: flag('按期', () => sql`coalesce(c.met_at <= c.due_at, false)`) },
    measures: { netSeconds: { label: '环节用时，扣除挂起（秒）', sql: netSeconds } },
    places: { stageKind: sql.ref('c.kind') },
  },
  warning: {
    label: '预警', apart: true, from: (orders) => sql`supervision_pub_warning_view as w join ${orders} as o on ${orderOf('w')}`, id: sql.ref('w.id'), orderId: sql.ref('w.order_id'), unit: sql`coalesce(w.unit_id, o.lead_unit_id)`,
    dates: { raised: over('预警时间', 'w.raised_at') },
    fields: { ...ofOrder, riskGrade: choice('等级', 'w.grade', gradeNames), warningSource: choice('来源', 'w.source', warningSourceNames), handled: flag('已处置', () => sql`w.handled_at is not null`) },
    measures: { handleSeconds: seconds('处置用时（秒）', 'w.raised_at', 'w.handled_at') },
    places: { riskGrade: sql.ref('w.grade'), warningSource: sql.ref('w.source'), warningRule: sql.ref('w.rule_name') },
  },
  hotEvent: {
    label: '热点事件', apart: true, from: (orders) => sql`analytics_pub_hot_order_view as h join ${orders} as o on ${orderOf('h')}`, id: sql.ref('h.order_id'), orderId: sql.ref('h.order_id'), unit: sql.ref('o.lead_unit_id'),
    dates: { registered: over('登记时间', 'o.registered_at') },
    fields: { ...ofOrder },
    measures: {},
    places: { hotEvent: sql.ref('h.event_id') },
  },
  supervision: {
    label: '督办', apart: true, from: (orders) => sql`supervision_pub_task_view as t join ${orders} as o on ${orderOf('t')}`, id: sql.ref('t.id'), orderId: sql.ref('t.order_id'), unit: sql`coalesce(t.unit_id, o.lead_unit_id)`,
    dates: { opened: over('督办时间', 't.opened_at'), closed: over('办结时间', 't.closed_at'), due: over('回复期限', 't.reply_due_at') },
    fields: { ...ofOrder, supervisionSource: choice('来源', 't.source', supervisionSourceNames), late: flag('逾期回复', () => sql`t.late`), inTime: flag('按期回复', () => sql`coalesce(t.first_reply_at <= t.reply_due_at, false)`) },
    measures: { replySeconds: seconds('回复用时（秒）', 't.opened_at', 't.first_reply_at') },
    places: { supervisionSource: sql.ref('t.source') },
  },
} satisfies Record<string, Fact>
